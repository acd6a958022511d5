namespace Platform.Rules.Members;

/// <summary>The attributes after an event, from those before it.</summary>
internal static class AttributeFold
{
    public static MemberAttributes Over(MemberAttributes before, MemberEvent said) => new()
    {
        Relationship = said.Relationship,
        Name = said.Name.Over(before.Name),
        NameKana = said.NameKana.Over(before.NameKana),
        NameOther = said.NameOther.Over(before.NameOther),
        NameOtherKana = said.NameOtherKana.Over(before.NameOtherKana),
        Sex = said.Sex.OverOr(before.Sex, Sex.Unspecified),
        Sex2 = said.Sex2.OverOr(before.Sex2, Sex.Unspecified),
        PostalCode = said.PostalCode.Over(before.PostalCode),
        Address = said.Address.Over(before.Address),
        InsuredName = said.InsuredName.Over(before.InsuredName),
        CardClass = said.CardClass.OverOr(before.CardClass, CardClass.General),
        CopayRatio = said.CopayRatio.Over(before.CopayRatio),
        CopayFrom = said.CopayFrom.Over(before.CopayFrom),
        CopayTo = EndOf(said.CopayTo, before.CopayTo, said.CopayFrom),
        LateElderlyReason = said.LateElderlyReason.OverOr(before.LateElderlyReason, LateElderlyReason.Unspecified),
        ElderlyIssuedOn = said.ElderlyIssuedOn.Over(before.ElderlyIssuedOn),
        ElderlyFrom = said.ElderlyFrom.Over(before.ElderlyFrom),
        ElderlyTo = EndOf(said.ElderlyTo, before.ElderlyTo, said.ElderlyFrom),
        Limit = LimitOver(before.Limit, said),
        Diseases = DiseasesOver(before.Diseases, said),
        IssuedOn = said.IssuedOn.Over(before.IssuedOn),
        ValidFrom = said.ValidFrom.Over(before.ValidFrom),
        ValidTo = EndOf(said.ValidTo, before.ValidTo, said.ValidFrom),
        HouseholdId = said.HouseholdId.Over(before.HouseholdId),
        HouseholdHead = said.HouseholdHead.OverOr(before.HouseholdHead, false),
        EmployerCode = said.EmployerCode.Over(before.EmployerCode),
        EmployerName = said.EmployerName.Over(before.EmployerName),
        VoluntaryUntil = said.VoluntaryUntil.Over(before.VoluntaryUntil),
        Delivery = said.Delivery.OverOr(before.Delivery, Delivery.Home),
        Residence = said.Residence.OverOr(before.Residence, Residence.Japan),
        StayUntil = said.StayUntil.Over(before.StayUntil),
        GraduationOn = said.GraduationOn.Over(before.GraduationOn),
        AssistanceNeeded = said.AssistanceNeeded.OverOr(before.AssistanceNeeded, false),
    };

    /// <summary>An end "as before" that lies before the newly stated start belonged to the period before and is not carried on.</summary>
    private static DateOnly? EndOf(Field<DateOnly> end, DateOnly? before, Field<DateOnly> start) =>
        end.IsAbsent && before < (start.HasValue ? start.ValueOrDefault : null) ? null : end.Over(before);

    private static LimitBlock? LimitOver(LimitBlock? before, MemberEvent said)
    {
        if (said.LimitClass.IsAbsent && said.LimitCategory.IsAbsent && said.LimitIssuedOn.IsAbsent && said.LimitFrom.IsAbsent
            && said.LimitTo.IsAbsent && said.LimitLongTermOn.IsAbsent)
        {
            return before;
        }

        // Without a category there is nothing to apply: clearing it clears the block.
        if (said.LimitCategory.IsCleared || said.LimitClass.IsCleared)
        {
            return null;
        }

        return new LimitBlock
        {
            Class = said.LimitClass.OverOr(before?.Class ?? LimitClass.Unspecified, LimitClass.Unspecified),
            Category = said.LimitCategory.OverOr(before?.Category ?? LimitCategory.Unspecified, LimitCategory.Unspecified),
            IssuedOn = said.LimitIssuedOn.Over(before?.IssuedOn),
            From = said.LimitFrom.Over(before?.From),
            To = EndOf(said.LimitTo, before?.To, said.LimitFrom),
            LongTermOn = said.LimitLongTermOn.Over(before?.LongTermOn),
        };
    }

    private static ValueList<DiseaseBlock> DiseasesOver(ValueList<DiseaseBlock> before, MemberEvent said)
    {
        if (said.DiseaseCategory.IsCleared)
        {
            return [];
        }

        if (!said.DiseaseCategory.TryGet(out var category))
        {
            return before;
        }

        DiseaseBlock? old = null;
        var after = new List<DiseaseBlock>(before.Count + 1);
        foreach (var block in before)
        {
            if (block.Category == category)
            {
                old = block;
            }
            else
            {
                after.Add(block);
            }
        }

        after.Add(new DiseaseBlock
        {
            Category = category,
            IssuedOn = said.DiseaseIssuedOn.Over(old?.IssuedOn),
            From = said.DiseaseFrom.Over(old?.From),
            To = EndOf(said.DiseaseTo, old?.To, said.DiseaseFrom),
            SelfPay = said.DiseaseSelfPay.Over(old?.SelfPay),
        });
        after.Sort(static (left, right) => left.Category.CompareTo(right.Category));
        return [.. after];
    }
}
