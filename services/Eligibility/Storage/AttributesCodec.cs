using Platform.Protos.Eligibility.Storage.V1;
using Platform.Rules;
using Platform.Rules.Members;

namespace Platform.Eligibility.Storage;

/// <summary>The attributes of a segment as stored columns and back; what has its usual value is not written.</summary>
internal static class AttributesCodec
{
    public static FactPayload ToStored(MemberAttributes attributes)
    {
        var stored = new FactPayload { Relationship = (int)attributes.Relationship };
        if (attributes.Name is { } name)
        {
            stored.Name = name;
        }

        if (attributes.NameKana is { } nameKana)
        {
            stored.NameKana = nameKana;
        }

        if (attributes.NameOther is { } nameOther)
        {
            stored.NameOther = nameOther;
        }

        if (attributes.NameOtherKana is { } nameOtherKana)
        {
            stored.NameOtherKana = nameOtherKana;
        }

        if (attributes.PostalCode is { } postalCode)
        {
            stored.PostalCode = postalCode;
        }

        if (attributes.Address is { } address)
        {
            stored.Address = address;
        }

        if (attributes.InsuredName is { } insuredName)
        {
            stored.InsuredName = insuredName;
        }

        if (attributes.HouseholdId is { } householdId)
        {
            stored.HouseholdId = householdId;
        }

        if (attributes.EmployerCode is { } employerCode)
        {
            stored.EmployerCode = employerCode;
        }

        if (attributes.EmployerName is { } employerName)
        {
            stored.EmployerName = employerName;
        }

        if (attributes.CopayFrom is { } copayFrom)
        {
            stored.CopayFrom = StoredDays.Store(copayFrom);
        }

        if (attributes.CopayTo is { } copayTo)
        {
            stored.CopayTo = StoredDays.Store(copayTo);
        }

        if (attributes.ElderlyIssuedOn is { } elderlyIssuedOn)
        {
            stored.ElderlyIssuedOn = StoredDays.Store(elderlyIssuedOn);
        }

        if (attributes.ElderlyFrom is { } elderlyFrom)
        {
            stored.ElderlyFrom = StoredDays.Store(elderlyFrom);
        }

        if (attributes.ElderlyTo is { } elderlyTo)
        {
            stored.ElderlyTo = StoredDays.Store(elderlyTo);
        }

        if (attributes.IssuedOn is { } issuedOn)
        {
            stored.IssuedOn = StoredDays.Store(issuedOn);
        }

        if (attributes.ValidFrom is { } validFrom)
        {
            stored.ValidFrom = StoredDays.Store(validFrom);
        }

        if (attributes.ValidTo is { } validTo)
        {
            stored.ValidTo = StoredDays.Store(validTo);
        }

        if (attributes.VoluntaryUntil is { } voluntaryUntil)
        {
            stored.VoluntaryUntil = StoredDays.Store(voluntaryUntil);
        }

        if (attributes.StayUntil is { } stayUntil)
        {
            stored.StayUntil = StoredDays.Store(stayUntil);
        }

        if (attributes.GraduationOn is { } graduationOn)
        {
            stored.GraduationOn = StoredDays.Store(graduationOn);
        }

        if (attributes.Sex != default)
        {
            stored.Sex = (int)attributes.Sex;
        }

        if (attributes.Sex2 != default)
        {
            stored.Sex2 = (int)attributes.Sex2;
        }

        if (attributes.LateElderlyReason != default)
        {
            stored.LateElderlyReason = (int)attributes.LateElderlyReason;
        }

        if (attributes.Delivery != default)
        {
            stored.Delivery = (int)attributes.Delivery;
        }

        if (attributes.Residence != default)
        {
            stored.Residence = (int)attributes.Residence;
        }

        if (attributes.CardClass != CardClass.General)
        {
            stored.CardClass = (int)attributes.CardClass;
        }

        if (attributes.CopayRatio is { } ratio)
        {
            stored.CopayPercent = ratio;
        }

        if (attributes.HouseholdHead)
        {
            stored.HouseholdHead = true;
        }

        if (attributes.AssistanceNeeded)
        {
            stored.AssistanceNeeded = true;
        }

        if (attributes.Limit is { } limit)
        {
            StoreLimit(limit, stored);
        }

        foreach (var disease in attributes.Diseases.AsSpan())
        {
            stored.Diseases.Add(ToStored(disease));
        }

        return stored;
    }

    public static MemberAttributes FromStored(FactPayload stored) => new()
    {
        Relationship = (Relationship)stored.Relationship,
        Name = stored.HasName ? stored.Name : null,
        NameKana = stored.HasNameKana ? stored.NameKana : null,
        NameOther = stored.HasNameOther ? stored.NameOther : null,
        NameOtherKana = stored.HasNameOtherKana ? stored.NameOtherKana : null,
        PostalCode = stored.HasPostalCode ? stored.PostalCode : null,
        Address = stored.HasAddress ? stored.Address : null,
        InsuredName = stored.HasInsuredName ? stored.InsuredName : null,
        HouseholdId = stored.HasHouseholdId ? stored.HouseholdId : null,
        EmployerCode = stored.HasEmployerCode ? stored.EmployerCode : null,
        EmployerName = stored.HasEmployerName ? stored.EmployerName : null,
        CopayFrom = stored.HasCopayFrom ? StoredDays.Load(stored.CopayFrom) : null,
        CopayTo = stored.HasCopayTo ? StoredDays.Load(stored.CopayTo) : null,
        ElderlyIssuedOn = stored.HasElderlyIssuedOn ? StoredDays.Load(stored.ElderlyIssuedOn) : null,
        ElderlyFrom = stored.HasElderlyFrom ? StoredDays.Load(stored.ElderlyFrom) : null,
        ElderlyTo = stored.HasElderlyTo ? StoredDays.Load(stored.ElderlyTo) : null,
        IssuedOn = stored.HasIssuedOn ? StoredDays.Load(stored.IssuedOn) : null,
        ValidFrom = stored.HasValidFrom ? StoredDays.Load(stored.ValidFrom) : null,
        ValidTo = stored.HasValidTo ? StoredDays.Load(stored.ValidTo) : null,
        VoluntaryUntil = stored.HasVoluntaryUntil ? StoredDays.Load(stored.VoluntaryUntil) : null,
        StayUntil = stored.HasStayUntil ? StoredDays.Load(stored.StayUntil) : null,
        GraduationOn = stored.HasGraduationOn ? StoredDays.Load(stored.GraduationOn) : null,
        Sex = (Sex)stored.Sex,
        Sex2 = (Sex)stored.Sex2,
        LateElderlyReason = (LateElderlyReason)stored.LateElderlyReason,
        Delivery = (Delivery)stored.Delivery,
        Residence = (Residence)stored.Residence,
        CardClass = stored.HasCardClass ? (CardClass)stored.CardClass : CardClass.General,
        CopayRatio = stored.HasCopayPercent ? stored.CopayPercent : null,
        HouseholdHead = stored.HouseholdHead,
        AssistanceNeeded = stored.AssistanceNeeded,
        Limit = stored.HasLimitCategory || stored.HasLimitClass ? LoadLimit(stored) : null,
        Diseases = stored.Diseases.Count == 0 ? [] : stored.Diseases.Select(FromStored).ToValueList(),
    };

    // A block always has its class, so that its presence can be read back even if nothing else was stated.
    private static void StoreLimit(LimitBlock limit, FactPayload stored)
    {
        stored.LimitClass = (int)limit.Class;
        stored.LimitCategory = (int)limit.Category;
        if (limit.IssuedOn is { } issuedOn)
        {
            stored.LimitIssuedOn = StoredDays.Store(issuedOn);
        }

        if (limit.From is { } from)
        {
            stored.LimitFrom = StoredDays.Store(from);
        }

        if (limit.To is { } to)
        {
            stored.LimitTo = StoredDays.Store(to);
        }

        if (limit.LongTermOn is { } longTermOn)
        {
            stored.LimitLongTermOn = StoredDays.Store(longTermOn);
        }
    }

    private static LimitBlock LoadLimit(FactPayload stored) => new()
    {
        Class = (LimitClass)stored.LimitClass,
        Category = (LimitCategory)stored.LimitCategory,
        IssuedOn = stored.HasLimitIssuedOn ? StoredDays.Load(stored.LimitIssuedOn) : null,
        From = stored.HasLimitFrom ? StoredDays.Load(stored.LimitFrom) : null,
        To = stored.HasLimitTo ? StoredDays.Load(stored.LimitTo) : null,
        LongTermOn = stored.HasLimitLongTermOn ? StoredDays.Load(stored.LimitLongTermOn) : null,
    };

    private static StoredDisease ToStored(DiseaseBlock disease)
    {
        var stored = new StoredDisease { Category = (int)disease.Category };
        if (disease.IssuedOn is { } issuedOn)
        {
            stored.IssuedOn = StoredDays.Store(issuedOn);
        }

        if (disease.From is { } from)
        {
            stored.From = StoredDays.Store(from);
        }

        if (disease.To is { } to)
        {
            stored.To = StoredDays.Store(to);
        }

        if (disease.SelfPay is { } selfPay)
        {
            stored.SelfPayYen = selfPay;
        }

        return stored;
    }

    private static DiseaseBlock FromStored(StoredDisease stored) => new()
    {
        Category = (DiseaseCategory)stored.Category,
        IssuedOn = stored.HasIssuedOn ? StoredDays.Load(stored.IssuedOn) : null,
        From = stored.HasFrom ? StoredDays.Load(stored.From) : null,
        To = stored.HasTo ? StoredDays.Load(stored.To) : null,
        SelfPay = stored.HasSelfPayYen ? stored.SelfPayYen : null,
    };
}
