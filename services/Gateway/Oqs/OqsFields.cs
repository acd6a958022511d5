namespace Platform.Gateway.Oqs;

/// <summary>Fields of CheckEligibilityRequest, as violations name them, and the elements that carry them.</summary>
internal static class OqsFields
{
    public static string ElementOf(string field) => field switch
    {
        "institution_code" => "MedicalInstitutionCode",
        "confirmation_date" => "QualificationConfirmationDate",
        "insured_number" => "QualificationConfirmSearchInfo",
        "insured_number.insurer_number" => "InsurerNumber",
        "insured_number.symbol" => "InsuredCardSymbol",
        "insured_number.number" => "InsuredIdentificationNumber",
        "insured_number.branch" => "InsuredBranchNumber",
        "insured_number.birthdate" => "Birthdate",
        "limit_consent" => "LimitApplicationCertificateRelatedConsFlg",
        _ => field,
    };
}
