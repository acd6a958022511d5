using Google.Protobuf;
using Platform.Protos.Eligibility.Storage.V1;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Storage;

/// <summary>
/// A member event as bytes and back. The bytes are the same for equal events, so that their hash tells "says the same". The 個人番号 is not in
/// them: only whether there was one.
/// </summary>
internal static class FactCodec
{
    private const int DiseaseColumns = 100;

    public static FactPayload ToPayload(MemberEvent said)
    {
        var payload = new FactPayload
        {
            Number = said.Number,
            Relationship = (int)said.Relationship,
            Birthdate = StoredDays.Store(said.Birthdate),
            IndividualNumberGiven = !said.IndividualNumber.IsEmpty,
        };
        if (said.Symbol.Length > 0)
        {
            payload.Symbol = said.Symbol;
        }

        if (said.SymbolKey != said.Symbol)
        {
            payload.SymbolKey = said.SymbolKey;
        }

        if (said.Branch.Length > 0)
        {
            payload.Branch = said.Branch;
        }

        if (said.LossReason != LossReason.Unspecified)
        {
            payload.LossReason = (int)said.LossReason;
        }

        if (said.Previous.TryGet(out var previous))
        {
            payload.Previous = new StoredPreviousNumber
            {
                InsurerNumber = previous.Insurer.Value,
                SymbolKey = previous.SymbolKey,
                Number = previous.Number,
                Branch = previous.Branch,
            };
        }
        else if (said.Previous.IsCleared)
        {
            payload.Cleared.Add(FactPayload.PreviousFieldNumber);
        }

        if (said.Name.TryGet(out var name))
        {
            payload.Name = name;
        }
        else if (said.Name.IsCleared)
        {
            payload.Cleared.Add(FactPayload.NameFieldNumber);
        }

        if (said.NameKana.TryGet(out var nameKana))
        {
            payload.NameKana = nameKana;
        }
        else if (said.NameKana.IsCleared)
        {
            payload.Cleared.Add(FactPayload.NameKanaFieldNumber);
        }

        if (said.NameOther.TryGet(out var nameOther))
        {
            payload.NameOther = nameOther;
        }
        else if (said.NameOther.IsCleared)
        {
            payload.Cleared.Add(FactPayload.NameOtherFieldNumber);
        }

        if (said.NameOtherKana.TryGet(out var nameOtherKana))
        {
            payload.NameOtherKana = nameOtherKana;
        }
        else if (said.NameOtherKana.IsCleared)
        {
            payload.Cleared.Add(FactPayload.NameOtherKanaFieldNumber);
        }

        if (said.Sex.TryGet(out var sex))
        {
            payload.Sex = (int)sex;
        }
        else if (said.Sex.IsCleared)
        {
            payload.Cleared.Add(FactPayload.SexFieldNumber);
        }

        if (said.Sex2.TryGet(out var sex2))
        {
            payload.Sex2 = (int)sex2;
        }
        else if (said.Sex2.IsCleared)
        {
            payload.Cleared.Add(FactPayload.Sex2FieldNumber);
        }

        if (said.PostalCode.TryGet(out var postalCode))
        {
            payload.PostalCode = postalCode;
        }
        else if (said.PostalCode.IsCleared)
        {
            payload.Cleared.Add(FactPayload.PostalCodeFieldNumber);
        }

        if (said.Address.TryGet(out var address))
        {
            payload.Address = address;
        }
        else if (said.Address.IsCleared)
        {
            payload.Cleared.Add(FactPayload.AddressFieldNumber);
        }

        if (said.InsuredName.TryGet(out var insuredName))
        {
            payload.InsuredName = insuredName;
        }
        else if (said.InsuredName.IsCleared)
        {
            payload.Cleared.Add(FactPayload.InsuredNameFieldNumber);
        }

        if (said.CardClass.TryGet(out var cardClass))
        {
            payload.CardClass = (int)cardClass;
        }
        else if (said.CardClass.IsCleared)
        {
            payload.Cleared.Add(FactPayload.CardClassFieldNumber);
        }

        if (said.CopayRatio.TryGet(out var copayRatio))
        {
            payload.CopayPercent = copayRatio;
        }
        else if (said.CopayRatio.IsCleared)
        {
            payload.Cleared.Add(FactPayload.CopayPercentFieldNumber);
        }

        if (said.CopayFrom.TryGet(out var copayFrom))
        {
            payload.CopayFrom = StoredDays.Store(copayFrom);
        }
        else if (said.CopayFrom.IsCleared)
        {
            payload.Cleared.Add(FactPayload.CopayFromFieldNumber);
        }

        if (said.CopayTo.TryGet(out var copayTo))
        {
            payload.CopayTo = StoredDays.Store(copayTo);
        }
        else if (said.CopayTo.IsCleared)
        {
            payload.Cleared.Add(FactPayload.CopayToFieldNumber);
        }

        if (said.LateElderlyReason.TryGet(out var lateElderlyReason))
        {
            payload.LateElderlyReason = (int)lateElderlyReason;
        }
        else if (said.LateElderlyReason.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LateElderlyReasonFieldNumber);
        }

        if (said.ElderlyIssuedOn.TryGet(out var elderlyIssuedOn))
        {
            payload.ElderlyIssuedOn = StoredDays.Store(elderlyIssuedOn);
        }
        else if (said.ElderlyIssuedOn.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ElderlyIssuedOnFieldNumber);
        }

        if (said.ElderlyFrom.TryGet(out var elderlyFrom))
        {
            payload.ElderlyFrom = StoredDays.Store(elderlyFrom);
        }
        else if (said.ElderlyFrom.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ElderlyFromFieldNumber);
        }

        if (said.ElderlyTo.TryGet(out var elderlyTo))
        {
            payload.ElderlyTo = StoredDays.Store(elderlyTo);
        }
        else if (said.ElderlyTo.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ElderlyToFieldNumber);
        }

        if (said.LimitClass.TryGet(out var limitClass))
        {
            payload.LimitClass = (int)limitClass;
        }
        else if (said.LimitClass.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LimitClassFieldNumber);
        }

        if (said.LimitCategory.TryGet(out var limitCategory))
        {
            payload.LimitCategory = (int)limitCategory;
        }
        else if (said.LimitCategory.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LimitCategoryFieldNumber);
        }

        if (said.LimitIssuedOn.TryGet(out var limitIssuedOn))
        {
            payload.LimitIssuedOn = StoredDays.Store(limitIssuedOn);
        }
        else if (said.LimitIssuedOn.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LimitIssuedOnFieldNumber);
        }

        if (said.LimitFrom.TryGet(out var limitFrom))
        {
            payload.LimitFrom = StoredDays.Store(limitFrom);
        }
        else if (said.LimitFrom.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LimitFromFieldNumber);
        }

        if (said.LimitTo.TryGet(out var limitTo))
        {
            payload.LimitTo = StoredDays.Store(limitTo);
        }
        else if (said.LimitTo.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LimitToFieldNumber);
        }

        if (said.LimitLongTermOn.TryGet(out var limitLongTermOn))
        {
            payload.LimitLongTermOn = StoredDays.Store(limitLongTermOn);
        }
        else if (said.LimitLongTermOn.IsCleared)
        {
            payload.Cleared.Add(FactPayload.LimitLongTermOnFieldNumber);
        }

        if (said.IssuedOn.TryGet(out var issuedOn))
        {
            payload.IssuedOn = StoredDays.Store(issuedOn);
        }
        else if (said.IssuedOn.IsCleared)
        {
            payload.Cleared.Add(FactPayload.IssuedOnFieldNumber);
        }

        if (said.ValidFrom.TryGet(out var validFrom))
        {
            payload.ValidFrom = StoredDays.Store(validFrom);
        }
        else if (said.ValidFrom.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ValidFromFieldNumber);
        }

        if (said.ValidTo.TryGet(out var validTo))
        {
            payload.ValidTo = StoredDays.Store(validTo);
        }
        else if (said.ValidTo.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ValidToFieldNumber);
        }

        if (said.ReceivedOn.TryGet(out var receivedOn))
        {
            payload.ReceivedOn = StoredDays.Store(receivedOn);
        }
        else if (said.ReceivedOn.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ReceivedOnFieldNumber);
        }

        if (said.HouseholdId.TryGet(out var householdId))
        {
            payload.HouseholdId = householdId;
        }
        else if (said.HouseholdId.IsCleared)
        {
            payload.Cleared.Add(FactPayload.HouseholdIdFieldNumber);
        }

        if (said.HouseholdHead.TryGet(out var householdHead))
        {
            payload.HouseholdHead = householdHead;
        }
        else if (said.HouseholdHead.IsCleared)
        {
            payload.Cleared.Add(FactPayload.HouseholdHeadFieldNumber);
        }

        if (said.EmployerCode.TryGet(out var employerCode))
        {
            payload.EmployerCode = employerCode;
        }
        else if (said.EmployerCode.IsCleared)
        {
            payload.Cleared.Add(FactPayload.EmployerCodeFieldNumber);
        }

        if (said.EmployerName.TryGet(out var employerName))
        {
            payload.EmployerName = employerName;
        }
        else if (said.EmployerName.IsCleared)
        {
            payload.Cleared.Add(FactPayload.EmployerNameFieldNumber);
        }

        if (said.VoluntaryUntil.TryGet(out var voluntaryUntil))
        {
            payload.VoluntaryUntil = StoredDays.Store(voluntaryUntil);
        }
        else if (said.VoluntaryUntil.IsCleared)
        {
            payload.Cleared.Add(FactPayload.VoluntaryUntilFieldNumber);
        }

        if (said.Delivery.TryGet(out var delivery))
        {
            payload.Delivery = (int)delivery;
        }
        else if (said.Delivery.IsCleared)
        {
            payload.Cleared.Add(FactPayload.DeliveryFieldNumber);
        }

        if (said.Residence.TryGet(out var residence))
        {
            payload.Residence = (int)residence;
        }
        else if (said.Residence.IsCleared)
        {
            payload.Cleared.Add(FactPayload.ResidenceFieldNumber);
        }

        if (said.StayUntil.TryGet(out var stayUntil))
        {
            payload.StayUntil = StoredDays.Store(stayUntil);
        }
        else if (said.StayUntil.IsCleared)
        {
            payload.Cleared.Add(FactPayload.StayUntilFieldNumber);
        }

        if (said.GraduationOn.TryGet(out var graduationOn))
        {
            payload.GraduationOn = StoredDays.Store(graduationOn);
        }
        else if (said.GraduationOn.IsCleared)
        {
            payload.Cleared.Add(FactPayload.GraduationOnFieldNumber);
        }

        if (said.AddressHidden.TryGet(out var addressHidden))
        {
            payload.AddressHidden = addressHidden;
        }
        else if (said.AddressHidden.IsCleared)
        {
            payload.Cleared.Add(FactPayload.AddressHiddenFieldNumber);
        }

        if (said.SelfInfoBlocked.TryGet(out var selfInfoBlocked))
        {
            payload.SelfInfoBlocked = selfInfoBlocked;
        }
        else if (said.SelfInfoBlocked.IsCleared)
        {
            payload.Cleared.Add(FactPayload.SelfInfoBlockedFieldNumber);
        }

        if (said.JlisStatus.TryGet(out var jlisStatus))
        {
            payload.JlisStatus = (int)jlisStatus;
        }
        else if (said.JlisStatus.IsCleared)
        {
            payload.Cleared.Add(FactPayload.JlisStatusFieldNumber);
        }

        if (said.AssistanceNeeded.TryGet(out var assistanceNeeded))
        {
            payload.AssistanceNeeded = assistanceNeeded;
        }
        else if (said.AssistanceNeeded.IsCleared)
        {
            payload.Cleared.Add(FactPayload.AssistanceNeededFieldNumber);
        }

        StoreDisease(said, payload);
        return payload;
    }

    public static byte[] ToBytes(MemberEvent said) => ToPayload(said).ToByteArray();

    /// <summary>What a later statement changes of an earlier one of the same key: columns it does not state stay.</summary>
    public static FactPayload Over(FactPayload earlier, FactPayload later)
    {
        var merged = earlier.Clone();
        if (later.Diseases.Count > 0)
        {
            merged.Diseases.Clear();
        }

        var given = merged.IndividualNumberGiven || later.IndividualNumberGiven;
        merged.Cleared.Clear();
        merged.MergeFrom(later);
        foreach (var number in later.Cleared)
        {
            if (number < DiseaseColumns)
            {
                FactPayload.Descriptor.FindFieldByNumber(number).Accessor.Clear(merged);
            }
        }

        foreach (var number in earlier.Cleared)
        {
            // Still cleared, unless the later statement gives a value.
            if (!merged.Cleared.Contains(number)
                && (number > DiseaseColumns || number is FactPayload.PreviousFieldNumber or FactPayload.DiseasesFieldNumber
                    || !FactPayload.Descriptor.FindFieldByNumber(number).Accessor.HasValue(merged)))
            {
                merged.Cleared.Add(number);
            }
        }

        merged.IndividualNumberGiven = given;
        return merged;
    }

    private static void StoreDisease(MemberEvent said, FactPayload payload)
    {
        if (said.DiseaseCategory.IsCleared)
        {
            payload.Cleared.Add(FactPayload.DiseasesFieldNumber);
        }

        if (!said.DiseaseCategory.TryGet(out var category))
        {
            return;
        }

        var disease = new StoredDisease { Category = (int)category };
        payload.Diseases.Add(disease);
        if (said.DiseaseIssuedOn.TryGet(out var diseaseIssuedOn))
        {
            disease.IssuedOn = StoredDays.Store(diseaseIssuedOn);
        }
        else if (said.DiseaseIssuedOn.IsCleared)
        {
            payload.Cleared.Add(DiseaseColumns + StoredDisease.IssuedOnFieldNumber);
        }

        if (said.DiseaseFrom.TryGet(out var diseaseFrom))
        {
            disease.From = StoredDays.Store(diseaseFrom);
        }
        else if (said.DiseaseFrom.IsCleared)
        {
            payload.Cleared.Add(DiseaseColumns + StoredDisease.FromFieldNumber);
        }

        if (said.DiseaseTo.TryGet(out var diseaseTo))
        {
            disease.To = StoredDays.Store(diseaseTo);
        }
        else if (said.DiseaseTo.IsCleared)
        {
            payload.Cleared.Add(DiseaseColumns + StoredDisease.ToFieldNumber);
        }

        if (said.DiseaseSelfPay.TryGet(out var diseaseSelfPay))
        {
            disease.SelfPayYen = diseaseSelfPay;
        }
        else if (said.DiseaseSelfPay.IsCleared)
        {
            payload.Cleared.Add(DiseaseColumns + StoredDisease.SelfPayYenFieldNumber);
        }
    }

    /// <summary>Event, day and insurer are columns of their own beside the payload.</summary>
    public static MemberEvent ToEvent(MemberEventKind kind, DateOnly effectiveOn, InsurerNumber insurer, FactPayload payload)
    {
        Span<int> cleared = stackalloc int[payload.Cleared.Count];
        for (var i = 0; i < cleared.Length; i++)
        {
            cleared[i] = payload.Cleared[i];
        }

        var disease = payload.Diseases.Count == 0 ? null : payload.Diseases[0];
        return new MemberEvent
        {
            Event = kind,
            EffectiveOn = effectiveOn,
            InsurerNumber = insurer,
            Symbol = payload.Symbol,
            SymbolKey = payload.HasSymbolKey ? payload.SymbolKey : payload.Symbol,
            Number = payload.Number,
            Branch = payload.Branch,
            Relationship = (Relationship)payload.Relationship,
            Birthdate = StoredDays.Load(payload.Birthdate),
            LossReason = (LossReason)payload.LossReason,
            Previous = payload.Previous is { } previous
                ? Field.Of(new InsuredIdentity(InsurerNumber.FromStored(previous.InsurerNumber), previous.SymbolKey, previous.Number, previous.Branch))
                : cleared.Contains(FactPayload.PreviousFieldNumber) ? Field.Cleared<InsuredIdentity>() : default,
            Name = StoredFields.Text(payload.HasName, payload.Name, cleared, FactPayload.NameFieldNumber),
            NameKana = StoredFields.Text(payload.HasNameKana, payload.NameKana, cleared, FactPayload.NameKanaFieldNumber),
            NameOther = StoredFields.Text(payload.HasNameOther, payload.NameOther, cleared, FactPayload.NameOtherFieldNumber),
            NameOtherKana = StoredFields.Text(payload.HasNameOtherKana, payload.NameOtherKana, cleared, FactPayload.NameOtherKanaFieldNumber),
            Sex = StoredFields.Code<Sex>(payload.HasSex, payload.Sex, cleared, FactPayload.SexFieldNumber),
            Sex2 = StoredFields.Code<Sex>(payload.HasSex2, payload.Sex2, cleared, FactPayload.Sex2FieldNumber),
            PostalCode = StoredFields.Text(payload.HasPostalCode, payload.PostalCode, cleared, FactPayload.PostalCodeFieldNumber),
            Address = StoredFields.Text(payload.HasAddress, payload.Address, cleared, FactPayload.AddressFieldNumber),
            InsuredName = StoredFields.Text(payload.HasInsuredName, payload.InsuredName, cleared, FactPayload.InsuredNameFieldNumber),
            CardClass = StoredFields.Code<CardClass>(payload.HasCardClass, payload.CardClass, cleared, FactPayload.CardClassFieldNumber),
            CopayRatio = StoredFields.Number(payload.HasCopayPercent, payload.CopayPercent, cleared, FactPayload.CopayPercentFieldNumber),
            CopayFrom = StoredFields.Day(payload.HasCopayFrom, payload.CopayFrom, cleared, FactPayload.CopayFromFieldNumber),
            CopayTo = StoredFields.Day(payload.HasCopayTo, payload.CopayTo, cleared, FactPayload.CopayToFieldNumber),
            LateElderlyReason = StoredFields.Code<LateElderlyReason>(payload.HasLateElderlyReason, payload.LateElderlyReason, cleared, FactPayload.LateElderlyReasonFieldNumber),
            ElderlyIssuedOn = StoredFields.Day(payload.HasElderlyIssuedOn, payload.ElderlyIssuedOn, cleared, FactPayload.ElderlyIssuedOnFieldNumber),
            ElderlyFrom = StoredFields.Day(payload.HasElderlyFrom, payload.ElderlyFrom, cleared, FactPayload.ElderlyFromFieldNumber),
            ElderlyTo = StoredFields.Day(payload.HasElderlyTo, payload.ElderlyTo, cleared, FactPayload.ElderlyToFieldNumber),
            LimitClass = StoredFields.Code<LimitClass>(payload.HasLimitClass, payload.LimitClass, cleared, FactPayload.LimitClassFieldNumber),
            LimitCategory = StoredFields.Code<LimitCategory>(payload.HasLimitCategory, payload.LimitCategory, cleared, FactPayload.LimitCategoryFieldNumber),
            LimitIssuedOn = StoredFields.Day(payload.HasLimitIssuedOn, payload.LimitIssuedOn, cleared, FactPayload.LimitIssuedOnFieldNumber),
            LimitFrom = StoredFields.Day(payload.HasLimitFrom, payload.LimitFrom, cleared, FactPayload.LimitFromFieldNumber),
            LimitTo = StoredFields.Day(payload.HasLimitTo, payload.LimitTo, cleared, FactPayload.LimitToFieldNumber),
            LimitLongTermOn = StoredFields.Day(payload.HasLimitLongTermOn, payload.LimitLongTermOn, cleared, FactPayload.LimitLongTermOnFieldNumber),
            IssuedOn = StoredFields.Day(payload.HasIssuedOn, payload.IssuedOn, cleared, FactPayload.IssuedOnFieldNumber),
            ValidFrom = StoredFields.Day(payload.HasValidFrom, payload.ValidFrom, cleared, FactPayload.ValidFromFieldNumber),
            ValidTo = StoredFields.Day(payload.HasValidTo, payload.ValidTo, cleared, FactPayload.ValidToFieldNumber),
            ReceivedOn = StoredFields.Day(payload.HasReceivedOn, payload.ReceivedOn, cleared, FactPayload.ReceivedOnFieldNumber),
            HouseholdId = StoredFields.Text(payload.HasHouseholdId, payload.HouseholdId, cleared, FactPayload.HouseholdIdFieldNumber),
            HouseholdHead = StoredFields.Flag(payload.HasHouseholdHead, payload.HouseholdHead, cleared, FactPayload.HouseholdHeadFieldNumber),
            EmployerCode = StoredFields.Text(payload.HasEmployerCode, payload.EmployerCode, cleared, FactPayload.EmployerCodeFieldNumber),
            EmployerName = StoredFields.Text(payload.HasEmployerName, payload.EmployerName, cleared, FactPayload.EmployerNameFieldNumber),
            VoluntaryUntil = StoredFields.Day(payload.HasVoluntaryUntil, payload.VoluntaryUntil, cleared, FactPayload.VoluntaryUntilFieldNumber),
            Delivery = StoredFields.Code<Delivery>(payload.HasDelivery, payload.Delivery, cleared, FactPayload.DeliveryFieldNumber),
            Residence = StoredFields.Code<Residence>(payload.HasResidence, payload.Residence, cleared, FactPayload.ResidenceFieldNumber),
            StayUntil = StoredFields.Day(payload.HasStayUntil, payload.StayUntil, cleared, FactPayload.StayUntilFieldNumber),
            GraduationOn = StoredFields.Day(payload.HasGraduationOn, payload.GraduationOn, cleared, FactPayload.GraduationOnFieldNumber),
            AddressHidden = StoredFields.Flag(payload.HasAddressHidden, payload.AddressHidden, cleared, FactPayload.AddressHiddenFieldNumber),
            SelfInfoBlocked = StoredFields.Flag(payload.HasSelfInfoBlocked, payload.SelfInfoBlocked, cleared, FactPayload.SelfInfoBlockedFieldNumber),
            JlisStatus = StoredFields.Code<JlisStatus>(payload.HasJlisStatus, payload.JlisStatus, cleared, FactPayload.JlisStatusFieldNumber),
            AssistanceNeeded = StoredFields.Flag(payload.HasAssistanceNeeded, payload.AssistanceNeeded, cleared, FactPayload.AssistanceNeededFieldNumber),
            DiseaseCategory = disease is not null
                ? Field.Of((DiseaseCategory)disease.Category)
                : cleared.Contains(FactPayload.DiseasesFieldNumber) ? Field.Cleared<DiseaseCategory>() : default,
            DiseaseIssuedOn = StoredFields.Day(disease?.HasIssuedOn ?? false, disease?.IssuedOn ?? 0, cleared, DiseaseColumns + StoredDisease.IssuedOnFieldNumber),
            DiseaseFrom = StoredFields.Day(disease?.HasFrom ?? false, disease?.From ?? 0, cleared, DiseaseColumns + StoredDisease.FromFieldNumber),
            DiseaseTo = StoredFields.Day(disease?.HasTo ?? false, disease?.To ?? 0, cleared, DiseaseColumns + StoredDisease.ToFieldNumber),
            DiseaseSelfPay = StoredFields.Number(disease?.HasSelfPayYen ?? false, disease?.SelfPayYen ?? 0, cleared, DiseaseColumns + StoredDisease.SelfPayYenFieldNumber),
        };
    }
}
