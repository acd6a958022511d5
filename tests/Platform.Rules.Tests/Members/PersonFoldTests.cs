using Platform.Rules.Members;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Members;

public class PersonFoldTests
{
    [Fact]
    public void NoFacts_AreTheEmptyPerson() => new Facts().Fold().ShouldBe(PersonState.Empty);

    [Fact]
    public void AcquisitionAndLoss_MakeOnePeriod()
    {
        var period = new Facts().Acquire("2020-04-01").Lose("2026-10-01", LossReason.OtherInsurance).Fold().Periods.ShouldHaveSingleItem();

        period.AcquiredOn.ShouldBe(D("2020-04-01"));
        period.LostOn.ShouldBe(D("2026-10-01"));
        period.LossReason.ShouldBe(LossReason.OtherInsurance);
        period.AttributesOn(D("2022-01-01")).Name.ShouldBe("花子");
    }

    [Fact]
    public void Change_KeepsWhatItDoesNotSay_AndClearsWhatItClears()
    {
        var period = new Facts().Acquire("2020-04-01")
            .Change("2024-08-01", said => said with { Name = "山田 花子" })
            .Change("2025-08-01", said => said with { Address = Field.Cleared<string>() })
            .Fold().Periods[0];

        period.Segments.Count.ShouldBe(3);
        period.AttributesOn(D("2024-07-31")).Name.ShouldBe("花子");
        period.AttributesOn(D("2024-08-01")).Name.ShouldBe("山田 花子");
        period.AttributesOn(D("2024-08-01")).Address.ShouldBe("旧住所");
        period.AttributesOn(D("2025-08-01")).Name.ShouldBe("山田 花子");
        period.AttributesOn(D("2025-08-01")).Address.ShouldBeNull();
    }

    [Fact]
    public void ChangeThatArrivesLate_TakesItsPlaceByItsDay()
    {
        var inOrder = new Facts().Acquire("2020-04-01").Change("2024-08-01", said => said with { Name = "二" }).Change("2025-08-01", said => said with { Name = "三" });
        var late = new Facts().Acquire("2020-04-01").Change("2025-08-01", said => said with { Name = "三" }).Change("2024-08-01", said => said with { Name = "二" });

        late.Fold().ShouldBe(inOrder.Fold());
    }

    [Fact]
    public void LineThatSaysNothingNew_MakesNoSegment() =>
        new Facts().Acquire("2020-04-01").Change("2024-08-01", said => said with { Name = "花子" }).Fold().Periods[0].Segments.Count.ShouldBe(1);

    [Fact]
    [RuleTest("BKO-5")]
    public void SecondVersionOfAKey_ReplacesTheFirstWhole()
    {
        var facts = new Facts().Acquire("2020-04-01")
            .Change("2024-08-01", said => said with { Name = "誤", Address = "新住所" })
            .Change("2024-08-01", said => said with { Name = "正" });

        var attributes = facts.Fold().Periods[0].AttributesOn(D("2024-08-01"));

        attributes.Name.ShouldBe("正");
        attributes.Address.ShouldBe("旧住所");
        facts.All[1].Event.Key.ShouldBe(facts.All[2].Event.Key);
    }

    [Fact]
    public void Cancel_RemovesThePeriodWithWhatWasSaidOfIt()
    {
        var person = new Facts().Acquire("2020-04-01").Change("2024-08-01", said => said with { Name = "二" }).Lose("2026-10-01").Cancel("2020-04-01").Fold();

        person.Periods.ShouldBeEmpty();
    }

    [Fact]
    public void AcquisitionSentAgainAfterItsCancel_RevivesThePeriod_WithoutTheOldLoss()
    {
        var person = new Facts().Acquire("2020-04-01").Lose("2026-10-01").Cancel("2020-04-01").Acquire("2020-04-01", "新").Fold();

        person.Periods.ShouldHaveSingleItem().LostOn.ShouldBeNull();
        person.Periods[0].AttributesOn(D("2021-01-01")).Name.ShouldBe("新");
    }

    [Fact]
    public void CancelledAndAcquiredOnAnotherDay_TheOldLossDoesNotReturn()
    {
        var person = new Facts().Acquire("2020-04-01").Lose("2026-10-01").Cancel("2020-04-01").Acquire("2020-04-15").Fold();

        person.Periods.ShouldHaveSingleItem().AcquiredOn.ShouldBe(D("2020-04-15"));
        person.Periods[0].LostOn.ShouldBeNull();
    }

    [Fact]
    public void CancelOfASecondPeriod_LeavesTheFirst()
    {
        var person = new Facts().Acquire("2020-04-01").Lose("2022-04-01").Acquire("2024-04-01").Cancel("2024-04-01").Fold();

        person.Periods.ShouldHaveSingleItem().LostOn.ShouldBe(D("2022-04-01"));
    }

    [Fact]
    public void CancelOfAFirstPeriod_LeavesALaterGenuineOneAndItsLoss()
    {
        var person = new Facts().Acquire("2020-04-01").Lose("2022-04-01").Acquire("2024-04-01").Lose("2026-04-01").Cancel("2020-04-01").Fold();

        person.Periods.ShouldHaveSingleItem().AcquiredOn.ShouldBe(D("2024-04-01"));
        person.Periods[0].LostOn.ShouldBe(D("2026-04-01"));
    }

    [Fact]
    public void CancelOfADayWithoutAcquisition_ChangesNothing()
    {
        var facts = new Facts().Acquire("2020-04-01").Lose("2026-10-01");
        var before = facts.Fold();

        facts.Cancel("2021-01-01").Fold().ShouldBe(before);
    }

    [Fact]
    public void Correct_ReplacesTheAcquisition_AndLeavesLaterChanges()
    {
        var period = new Facts().Acquire("2020-04-01").Change("2024-08-01", said => said with { Address = "新住所" }).Correct("2020-04-01").Fold().Periods
            .ShouldHaveSingleItem();

        period.AttributesOn(D("2020-04-01")).Name.ShouldBe("訂正");
        period.AttributesOn(D("2020-04-01")).Address.ShouldBeNull();
        period.AttributesOn(D("2024-08-01")).Address.ShouldBe("新住所");
    }

    [Fact]
    public void AcquisitionAfterItsCorrection_IsTheNewerStatement() =>
        new Facts().Acquire("2020-04-01").Correct("2020-04-01").Acquire("2020-04-01", "最新").Fold().Periods.ShouldHaveSingleItem()
            .AttributesOn(D("2021-01-01")).Name.ShouldBe("最新");

    [Fact]
    public void Correct_OnTheDayOfAChange_ReplacesTheChange()
    {
        var period = new Facts().Acquire("2020-04-01").Change("2024-08-01", said => said with { Name = "誤" }).Correct("2024-08-01").Fold().Periods
            .ShouldHaveSingleItem();

        period.AcquiredOn.ShouldBe(D("2020-04-01"));
        period.AttributesOn(D("2024-08-01")).Name.ShouldBe("訂正");
        period.AttributesOn(D("2024-07-31")).Name.ShouldBe("花子");
    }

    [Fact]
    public void Correct_OnTheDayOfALoss_TakesTheLossBack() =>
        new Facts().Acquire("2020-04-01").Lose("2026-10-01").Correct("2026-10-01").Fold().Periods.ShouldHaveSingleItem().LostOn.ShouldBeNull();

    [Fact]
    public void Correct_WithoutAPeriod_OpensOne() =>
        new Facts().Correct("2020-04-01").Fold().Periods.ShouldHaveSingleItem().AcquiredOn.ShouldBe(D("2020-04-01"));

    [Theory]
    [InlineData("2026-10-01", "2026-11-01", "2026-11-01")]
    [InlineData("2026-11-01", "2026-10-01", "2026-10-01")]
    public void OfTwoLosses_TheLastArrivalHolds(string first, string second, string expected) =>
        new Facts().Acquire("2020-04-01").Lose(first).Lose(second).Fold().Periods.ShouldHaveSingleItem().LostOn.ShouldBe(D(expected));

    [Fact]
    public void SecondAcquisition_EndsThePeriodBefore()
    {
        var person = new Facts().Acquire("2020-04-01").Acquire("2024-04-01").Fold();

        person.Periods.Select(period => (period.AcquiredOn, period.LostOn)).ShouldBe([(D("2020-04-01"), D("2024-04-01")), (D("2024-04-01"), null)]);
    }

    [Fact]
    public void LostAndAcquiredOnOneDay_AreTwoPeriods()
    {
        var person = new Facts().Acquire("2020-04-01").Lose("2024-04-01", LossReason.OtherInsurance).Acquire("2024-04-01").Fold();

        person.Periods.Count.ShouldBe(2);
        person.Periods[0].LostOn.ShouldBe(D("2024-04-01"));
        person.Periods[0].LossReason.ShouldBe(LossReason.OtherInsurance);
        person.Periods[1].LostOn.ShouldBeNull();
    }

    [Fact]
    public void ChangeAndLossWithoutAPeriod_MakeNone() =>
        new Facts().Change("2024-08-01", said => said with { Name = "二" }).Lose("2026-10-01").Fold().Periods.ShouldBeEmpty();

    [Fact]
    public void Insurers_AreFoldedSideBySide()
    {
        var person = new Facts().Acquire("2026-10-01", insurer: OtherSociety, number: "77").Acquire("2020-04-01").Lose("2026-10-01").Fold();

        person.Periods.Select(period => period.InsurerNumber.Value).ShouldBe([Society, OtherSociety]);
    }

    [Fact]
    [RuleTest("ELG-37")]
    public void Protection_FallsOnlyByAnExplicitZero()
    {
        var facts = new Facts().Acquire("2020-04-01")
            .Change("2024-08-01", said => said with { SelfInfoBlocked = true })
            .Change("2025-08-01", said => said with { Name = "二" })
            .Lose("2026-01-01")
            .Acquire("2026-01-01", insurer: OtherSociety, number: "77");

        facts.Fold().ProtectionOn(D("2026-11-22")).ShouldBe(Protection.SelfInfoBlocked);
        facts.Change("2026-06-01", said => said with { SelfInfoBlocked = false }).Fold().ProtectionOn(D("2026-11-22")).ShouldBe(Protection.None);
        facts.All[^1].Event.LowersProtection.ShouldBeTrue();
        facts.All[1].Event.LowersProtection.ShouldBeFalse();
    }

    [Fact]
    [RuleTest("ELG-37")]
    public void Protection_OutlivesACancelledPeriod() =>
        new Facts().Acquire("2020-04-01").Change("2024-08-01", said => said with { AddressHidden = true }).Cancel("2020-04-01").Fold()
            .ProtectionOn(D("2026-11-22")).ShouldBe(Protection.AddressHidden);

    [Fact]
    [RuleTest("ELG-18")]
    public void KnownAtAnInstant_IsTheFoldOfTheFactsOfThen()
    {
        var facts = new Facts().Acquire("2020-04-01").Lose("2026-10-01").All;
        MemberFact[] ended = [facts[0], facts[1] with { KnownTo = Facts.At(5) }];

        PersonFold.FoldAt(ended, Facts.At(1).AddTicks(-1)).Periods.ShouldBeEmpty();
        PersonFold.FoldAt(ended, Facts.At(1)).Periods[0].LostOn.ShouldBeNull();
        PersonFold.FoldAt(ended, Facts.At(2)).Periods[0].LostOn.ShouldBe(D("2026-10-01"));
        PersonFold.FoldAt(ended, Facts.At(5).AddTicks(-1)).Periods[0].LostOn.ShouldBe(D("2026-10-01"));
        PersonFold.FoldAt(ended, Facts.At(5)).Periods[0].LostOn.ShouldBeNull();
    }

    [Fact]
    [RuleTest("ELG-19")]
    public void Mismatch_HoldsForTheWholeRecordUntilResolved()
    {
        var facts = new Facts().Acquire("2020-04-01").Change("2026-10-01", said => said with { JlisStatus = JlisStatus.Mismatch });

        facts.Fold().ByNumber("2021-01-01").Reason.ShouldBe("MISMATCH_UNRESOLVED");
        facts.Change("2026-11-01", said => said with { JlisStatus = JlisStatus.Matched }).Fold().ByNumber("2021-01-01").Reason.ShouldBe("ACTIVE");
    }

    [Fact]
    [RuleTest("BKO-9", "BKO-10")]
    public void OlderNumbers_StayLinked()
    {
        var older = new InsuredIdentity(InsurerNumber.FromStored(Kokuho), "", "55", "01");

        var person = new Facts().Add(Facts.Event(MemberEventKind.Acquire, "2026-04-01") with { Name = "花子", Previous = older }).Fold();

        person.NumberHistory.ShouldHaveSingleItem().ShouldBe(new PreviousNumber(older, D("2026-04-01"), InsurerNumber.FromStored(Society)));
    }

    [Fact]
    public void Diseases_AreKeptByCategory()
    {
        var facts = new Facts().Acquire("2020-04-01")
            .Change("2024-08-01", said => said with { DiseaseCategory = DiseaseCategory.Dialysis, DiseaseFrom = D("2024-08-01"), DiseaseSelfPay = 10_000 })
            .Change("2024-08-01", said => said with { DiseaseCategory = DiseaseCategory.Hiv, DiseaseFrom = D("2024-08-01") })
            .Change("2025-08-01", said => said with { DiseaseCategory = DiseaseCategory.Dialysis, DiseaseTo = D("2025-12-31") });

        var diseases = facts.Fold().Periods[0].AttributesOn(D("2025-08-01")).Diseases;

        diseases.Select(disease => disease.Category).ShouldBe([DiseaseCategory.Dialysis, DiseaseCategory.Hiv]);
        diseases[0].SelfPay.ShouldBe(10_000);
        diseases[0].To.ShouldBe(D("2025-12-31"));
        facts.Change("2026-01-01", said => said with { DiseaseCategory = Field.Cleared<DiseaseCategory>() }).Fold().Periods[0]
            .AttributesOn(D("2026-01-01")).Diseases.ShouldBeEmpty();
    }

    [Fact]
    public void NewRatioWithoutEnd_DoesNotInheritAnEndBeforeItsStart()
    {
        var period = new Facts().Acquire("2020-04-01")
            .Change("2025-08-01", said => said with { CopayRatio = 20, CopayFrom = D("2025-08-01"), CopayTo = D("2026-07-31") })
            .Change("2026-08-01", said => said with { CopayRatio = 30, CopayFrom = D("2026-08-01") })
            .Fold().Periods[0];

        period.AttributesOn(D("2026-08-01")).CopayTo.ShouldBeNull();
        period.AttributesOn(D("2026-07-31")).CopayTo.ShouldBe(D("2026-07-31"));
    }

    [Fact]
    public void ClearedLimitCategory_ClearsTheBlock()
    {
        var facts = new Facts().Acquire("2020-04-01")
            .Change("2026-08-01", said => said with { LimitClass = LimitClass.Limit, LimitCategory = LimitCategory.A03, LimitFrom = D("2026-08-01") });

        facts.Fold().Periods[0].AttributesOn(D("2026-08-01")).Limit!.Category.ShouldBe(LimitCategory.A03);
        facts.Change("2026-10-01", said => said with { LimitCategory = Field.Cleared<LimitCategory>() }).Fold().Periods[0]
            .AttributesOn(D("2026-10-01")).Limit.ShouldBeNull();
    }
}
