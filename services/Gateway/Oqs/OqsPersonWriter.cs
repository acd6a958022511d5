namespace Platform.Gateway.Oqs;

/// <summary>Writes one ResultOfQualificationConfirmation (interface, 4.4 and 4.5), in the order of the layout.</summary>
internal static class OqsPersonWriter
{
    private const int InsurerNumberLength = 8;

    public static void Write(XmlOutput xml, in OqsPerson person, string? arbitraryIdentifier, DateTimeOffset answeredAt)
    {
        var result = person.Result;
        xml.Open("ResultOfQualificationConfirmation");
        xml.Element("InsuredCardClassification", result.CardClass);
        xml.Element("InsurerNumber", result.InsurerNumber.PadLeft(InsurerNumberLength));
        xml.Element("InsuredCardSymbol", person.Symbol);
        xml.Element("InsuredIdentificationNumber", person.Number);
        xml.Element("InsuredBranchNumber", result.Branch);
        WriteCode(xml, "PersonalFamilyClassification", result.Relationship);
        xml.Element("InsuredName", person.InsuredName);
        xml.Element("Name", person.Name);
        xml.Element("NameOfOther", person.NameOther);
        xml.Element("NameKana", person.NameKana);
        xml.Element("NameOfOtherKana", person.NameOtherKana);
        WriteCode(xml, "Sex1", result.Sex);
        WriteCode(xml, "Sex2", result.Sex2);
        xml.Element("Birthdate", result.Birthdate);
        xml.Element("Address", person.Address);
        xml.Element("PostNumber", PostNumber(result.PostalCode));
        xml.Element("QualificationDate", result.QualifiedOn);
        xml.Element("DisqualificationDate", result.DisqualifiedOn);
        xml.Element("InsuredCertificateIssuanceDate", result.IssuedOn);
        xml.Element("InsuredCardValidDate", result.ValidFrom ?? result.IssuedOn ?? result.QualifiedOn);
        xml.Element("InsuredCardExpirationDate", result.ValidTo);
        if (IsLateElderly(result.InsurerNumber))
        {
            WriteRatio(xml, "InsuredPartialContributionRatio", result.CopayPercent);
        }

        if (result.Preschool)
        {
            xml.Element("PreschoolClassification", 1, 1);
        }

        xml.Element("ReasonOfLoss", result.LossReason);
        xml.Element("InsurerName", person.InsurerName);
        WriteElderlyRecipient(xml, person);
        WriteLimit(xml, person, answeredAt);
        WriteDiseases(xml, person, answeredAt);
        xml.Echo("ArbitraryIdentifier", arbitraryIdentifier);
        xml.Close("ResultOfQualificationConfirmation");
    }

    private static void WriteElderlyRecipient(XmlOutput xml, in OqsPerson person)
    {
        if (person.Result.ElderlyRecipient is { } elderly)
        {
            xml.Open("ElderlyRecipientCertificateInfo");
            xml.Element("ElderlyRecipientCertificateDate", elderly.IssuedOn);
            xml.Element("ElderlyRecipientValidStartDate", elderly.ValidFrom);
            xml.Element("ElderlyRecipientValidEndDate", elderly.ValidTo);
            WriteRatio(xml, "ElderlyRecipientContributionRatio", elderly.RatioPercent);
            xml.Close("ElderlyRecipientCertificateInfo");
        }
    }

    private static void WriteLimit(XmlOutput xml, in OqsPerson person, DateTimeOffset answeredAt)
    {
        xml.Element("LimitApplicationCertificateRelatedConsFlg", person.Result.LimitConsent ? 1 : 0, 1);
        if (!person.Result.LimitConsent)
        {
            return;
        }

        // The consent is given orally at the desk with this very question.
        xml.Element("LimitApplicationCertificateRelatedConsTime", answeredAt);
        if (person.Result.Limit is { } limit)
        {
            xml.Open("LimitApplicationCertificateRelatedInfo");
            xml.Element("LimitApplicationCertificateClassification", limit.LimitClass);
            xml.Element("LimitApplicationCertificateClassificationFlag", limit.Category);
            xml.Element("LimitApplicationCertificateDate", limit.IssuedOn);
            xml.Element("LimitApplicationCertificateValidStartDate", limit.ValidFrom);
            xml.Element("LimitApplicationCertificateValidEndDate", limit.ValidTo);
            xml.Element("LimitApplicationCertificateLongTermDate", limit.LongTermOn);
            xml.Close("LimitApplicationCertificateRelatedInfo");
        }
    }

    private static void WriteDiseases(XmlOutput xml, in OqsPerson person, DateTimeOffset answeredAt)
    {
        if (person.Result.Diseases.Count == 0)
        {
            return;
        }

        xml.Element("SpecificDiseasesCertificateRelatedConsFlg", 1, 1);
        xml.Element("SpecificDiseasesCertificateRelatedConsTime", answeredAt);
        xml.Open("SpecificDiseasesCertificateList");
        foreach (var disease in person.Result.Diseases)
        {
            xml.Open("SpecificDiseasesCertificateInfo");
            xml.Element("SpecificDiseasesDiseaseCategory", disease.Category);
            xml.Element("SpecificDiseasesCertificateDate", disease.IssuedOn);
            xml.Element("SpecificDiseasesValidStartDate", disease.ValidFrom);
            xml.Element("SpecificDiseasesValidEndDate", disease.ValidTo);
            xml.Element("SpecificDiseasesSelfPay", disease.SelfPayYen > 0 ? disease.SelfPayYen.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
            xml.Close("SpecificDiseasesCertificateInfo");
        }

        xml.Close("SpecificDiseasesCertificateList");
    }

    private static void WriteCode(XmlOutput xml, string name, int code)
    {
        if (code != 0)
        {
            xml.Element(name, code, 1);
        }
    }

    // Only these three are codes of the interface; a person who pays in full shows by certificate class 05.
    private static void WriteRatio(XmlOutput xml, string name, int percent)
    {
        if (percent is 10 or 20 or 30)
        {
            xml.Element(name, percent, 3);
        }
    }

    private static bool IsLateElderly(string insurerNumber) => insurerNumber.Length == InsurerNumberLength && insurerNumber.StartsWith("39", StringComparison.Ordinal);

    private static string PostNumber(string postalCode) =>
        postalCode.Length == 7 && postalCode.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? $"{postalCode[..3]}-{postalCode[3..]}" : postalCode;
}
