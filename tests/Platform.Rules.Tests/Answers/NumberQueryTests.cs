using Platform.Rules.Answers;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

public class NumberQueryTests
{
    [Theory]
    [InlineData("2020-03-31", Validity.NoMatch, "NOT_YET_BEGUN")]
    [InlineData("2020-04-01", Validity.Valid, "ACTIVE")]
    [InlineData("2026-09-30", Validity.Valid, "ACTIVE")]
    [InlineData("2026-10-01", Validity.Invalid, "ENDED_BETWEEN_INSURERS")]
    [InlineData("2026-12-01", Validity.Invalid, "ENDED")]
    [RuleTest("ELG-12", "ELG-15")]
    public void Period_HoldsFromAcquisitionUpToTheDayBeforeLoss(string on, Validity validity, string reason)
    {
        var answer = With(Period(lost: "2026-10-01")).ByNumber(on);

        answer.Validity.ShouldBe(validity);
        answer.Reason.ShouldBe(reason);
        answer.Results.Count.ShouldBe(validity == Validity.NoMatch ? 0 : 1);
    }

    [Theory]
    [InlineData(Society, "江中", "1024", "00", "1985-05-10", Validity.Valid)]
    [InlineData(Society, "江中", "1024", null, "1985-05-10", Validity.Valid)]
    [InlineData(Society, "江中", "1024", "", "1985-05-10", Validity.Valid)]
    [InlineData(Society, " 江中 ", "１０２４", "００", "1985-05-10", Validity.Valid)]
    [InlineData(Society, "江中", "1024", "01", "1985-05-10", Validity.NoMatch)]
    [InlineData(Society, "江中", "1024", "00", "1985-05-11", Validity.NoMatch)]
    [InlineData(Society, "江東", "1024", "00", "1985-05-10", Validity.NoMatch)]
    [InlineData(Society, "", "1024", "00", "1985-05-10", Validity.NoMatch)]
    [InlineData(Society, "江中", "1025", "00", "1985-05-10", Validity.NoMatch)]
    [InlineData(OtherSociety, "江中", "1024", "00", "1985-05-10", Validity.NoMatch)]
    [RuleTest("ELG-11", "BKO-8")]
    public void InsurerSymbolNumberAndBirthDate_MustAllMatch(string insurer, string symbol, string number, string? branch, string born, Validity validity)
    {
        var answer = With(Period()).ByNumber("2026-11-22", insurer, branch, born, symbol: symbol, number: number);

        answer.Validity.ShouldBe(validity);
        answer.Reason.ShouldBe(validity == Validity.Valid ? "ACTIVE" : "NO_MATCH");
    }

    [Fact]
    [RuleTest("ELG-11", "BKO-8")]
    public void WithoutBranch_TheAnswerReturnsIt_AndTwinsAreSeveral()
    {
        var first = With(Period(branch: "01"));
        var second = With(Period(branch: "02"));

        Ask([first], "2026-11-22", branch: null).Results[0].Branch.ShouldBe("01");
        Ask([first, second], "2026-11-22", branch: null).Validity.ShouldBe(Validity.SeveralMatch);
        Ask([first, second], "2026-11-22", branch: null).Results.ShouldBeEmpty();
        Ask([first, second], "2026-11-22", branch: "02").Results[0].Branch.ShouldBe("02");
        Ask([first, second], "2026-11-22", branch: "02").Candidate.ShouldBe(1);
    }

    [Fact]
    [RuleTest("BKO-8")]
    public void OldPaperWithoutBranch_StaysUsable() =>
        With(Period(branch: "")).ByNumber("2026-11-22", branch: "00").Validity.ShouldBe(Validity.Valid);

    [Fact]
    [RuleTest("ELG-11", "ELG-19")]
    public void HiddenTwin_StillMakesSeveral() =>
        Ask([With(Period(branch: "01")), With(Period(branch: "02", jlis: JlisStatus.Mismatch))], "2026-11-22", branch: null).Validity
            .ShouldBe(Validity.SeveralMatch);

    [Theory]
    [InlineData("2026-10-01", Validity.InvalidNewerExists)]
    [InlineData("2026-09-30", Validity.Valid)]
    [RuleTest("ELG-12", "ELG-13")]
    public void EndedWithAnotherInForce_Is3_AndNamesNoNewInsurer(string on, Validity validity)
    {
        var person = With(Period(lost: "2026-10-01"), Period(OtherSociety, "2026-10-01", number: "77"));

        var answer = person.ByNumber(on);

        answer.Validity.ShouldBe(validity);
        answer.Results.ShouldAllBe(result => result.InsurerNumber.Value == Society);
    }

    [Fact]
    [RuleTest("ELG-12")]
    public void EndedWithAnotherEndedToo_Is2()
    {
        var person = With(Period(lost: "2025-10-01"), Period(OtherSociety, "2025-10-01", "2026-01-01", number: "77"));

        var answer = person.ByNumber("2026-06-01");

        answer.Validity.ShouldBe(Validity.Invalid);
        answer.Reason.ShouldBe("ENDED");
    }

    [Fact]
    [RuleTest("ELG-12")]
    public void SameNumberAcquiredAgain_AnswersFromThePeriodOfTheDay()
    {
        var person = With(Period(lost: "2022-04-01"), Period(acquired: "2024-04-01"));

        person.ByNumber("2021-01-01").Results[0].AcquiredOn.ShouldBe(D("2020-04-01"));
        person.ByNumber("2023-01-01").Validity.ShouldBe(Validity.Invalid);
        person.ByNumber("2025-01-01").Results[0].AcquiredOn.ShouldBe(D("2024-04-01"));
    }

    [Fact]
    [RuleTest("ELG-14")]
    public void LateLossReport_EachNumberAnswersItsOwnRecord_AndSaysOverlap()
    {
        var person = With(Period(), Period(OtherSociety, "2026-10-01", number: "77"));

        var old = person.ByNumber("2026-11-22");
        var current = person.ByNumber("2026-11-22", OtherSociety, number: "77");

        old.Validity.ShouldBe(Validity.Valid);
        old.RuleIds.ShouldContain(RuleIds.Elg14);
        current.RuleIds.ShouldContain(RuleIds.Elg14);
    }

    [Fact]
    [RuleTest("ELG-15")]
    public void KokuhoLostTheDayAfterJoining_IsTheStatutoryOneDay()
    {
        var person = With(Period(Kokuho, lost: "2026-10-02"), Period(OtherSociety, "2026-10-01", number: "77"));

        var onJoining = person.ByNumber("2026-10-01", Kokuho);

        onJoining.Validity.ShouldBe(Validity.Valid);
        onJoining.RuleIds.ShouldContain(RuleIds.Elg15);
        onJoining.RuleIds.ShouldNotContain(RuleIds.Elg14);
        person.ByNumber("2026-10-02", Kokuho).Validity.ShouldBe(Validity.InvalidNewerExists);
    }

    [Theory]
    [InlineData("2026-05-09", Validity.Valid)]
    [InlineData("2026-05-10", Validity.InvalidNewerExists)]
    [RuleTest("ELG-15", "ELG-16")]
    public void From75_LateElderlyWins(string on, Validity validity)
    {
        var person = With(
            Period(Kokuho, born: "1951-05-10"),
            Period(Late, "2026-05-10", born: "1951-05-10", number: "12345678"));

        var answer = person.ByNumber(on, Kokuho, born: "1951-05-10");

        answer.Validity.ShouldBe(validity);
        if (validity != Validity.Valid)
        {
            answer.Results[0].LostOn.ShouldBe(D("2026-05-10"));
            answer.RuleIds.ShouldContain(RuleIds.Elg16);
        }
    }

    [Theory]
    [InlineData(Kokuho, KokuhoLossAt75.Birthday, "2026-05-10", false)]
    [InlineData(Kokuho, KokuhoLossAt75.DayAfter, "2026-05-10", true)]
    [InlineData(Kokuho, KokuhoLossAt75.DayAfter, "2026-05-11", false)]
    [InlineData(Society, KokuhoLossAt75.DayAfter, "2026-05-10", false)]
    [RuleTest("ELG-16")]
    public void KokuhoLossAt75_CanBeTheDayAfter(string insurer, KokuhoLossAt75 rule, string on, bool valid)
    {
        var settings = RuleSettings.Default with { Late = new LateSettings { KokuhoLossAt75 = rule } };
        var person = With(
            Period(insurer, born: "1951-05-10"),
            Period(Late, "2026-05-10", born: "1951-05-10", number: "12345678"));

        var answer = person.ByNumber(on, insurer, born: "1951-05-10", settings: settings);

        answer.Validity.ShouldBe(valid ? Validity.Valid : Validity.InvalidNewerExists);
    }

    [Fact]
    [RuleTest("ELG-16")]
    public void Without75Record_TheReportedPeriodStands() =>
        With(Period(Kokuho, born: "1951-05-10")).ByNumber("2026-05-10", Kokuho, born: "1951-05-10").Validity.ShouldBe(Validity.Valid);

    [Fact]
    [RuleTest("ELG-19", "BKO-4")]
    public void UnresolvedMismatch_ShowsNothing()
    {
        var answer = With(Period(jlis: JlisStatus.Mismatch)).ByNumber("2026-11-22");

        answer.Validity.ShouldBe(Validity.NoMatch);
        answer.Reason.ShouldBe("MISMATCH_UNRESOLVED");
        answer.Results.ShouldBeEmpty();
        With(Period(jlis: JlisStatus.Unchecked)).ByNumber("2026-11-22").Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    [RuleTest("ELG-19")]
    public void HiddenNewerRecord_IsNotDisclosedByCode3()
    {
        var person = With(Period(lost: "2026-10-01"), Period(OtherSociety, "2026-10-01", number: "77", jlis: JlisStatus.Mismatch));

        var answer = person.ByNumber("2026-10-05");

        answer.Validity.ShouldBe(Validity.Invalid);
        answer.Situation.ShouldBe(Situation.None);
    }

    [Fact]
    [RuleTest("ELG-22")]
    public void Paper_OpensEligibilityOnly()
    {
        var attributes = Attributes with
        {
            Diseases = [new DiseaseBlock { Category = DiseaseCategory.Dialysis, From = D("2024-01-01"), SelfPay = 10_000 }],
            Limit = new LimitBlock { Class = LimitClass.Limit, Category = LimitCategory.A03, From = D("2026-08-01"), To = D("2027-07-31") },
        };

        var answer = With(Period(attributes: attributes)).ByNumber("2026-11-22");

        answer.Results[0].Diseases.ShouldBeEmpty();
        answer.Results[0].Limit.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-07-31", true, false)]
    [InlineData("2026-08-01", true, true)]
    [InlineData("2027-07-31", true, true)]
    [InlineData("2027-08-01", true, false)]
    [InlineData("2026-08-01", false, false)]
    [RuleTest("ELG-22")]
    public void Limit_IsShownWithConsentWhileItHolds(string on, bool consent, bool shown)
    {
        var attributes = Attributes with
        {
            Limit = new LimitBlock { Class = LimitClass.Limit, Category = LimitCategory.A03, From = D("2026-08-01"), To = D("2027-07-31") },
        };

        var answer = With(Period(attributes: attributes)).ByNumber(on, limitConsent: consent);

        (answer.Results[0].Limit is not null).ShouldBe(shown);
        answer.Results[0].LimitConsent.ShouldBe(consent);
    }

    [Theory]
    [InlineData("2026-10-01", "new address")]
    [InlineData("2026-10-02", "old address")]
    [RuleTest("ELG-12")]
    public void EndedRecord_ShowsWhatWasReportedUpToItsLoss(string changedOn, string shown)
    {
        var period = Period(lost: "2026-10-01") with
        {
            Segments =
            [
                new MemberSegment(D("2020-04-01"), Attributes with { Address = "old address" }),
                new MemberSegment(D(changedOn), Attributes with { Address = "new address" }),
            ],
        };

        With(period).ByNumber("2026-11-22").Results[0].Address.ShouldBe(shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [RuleTest("ELG-22")]
    public void LimitConsent_IsToldAsGiven_WhereNoLimitIsReported(bool consent)
    {
        var result = With(Period()).ByNumber("2026-08-01", limitConsent: consent).Results[0];

        result.Limit.ShouldBeNull();
        result.LimitConsent.ShouldBe(consent);
    }

    [Theory]
    [InlineData(Relationship.Insured, null, "𠮷野 花子")]
    [InlineData(Relationship.Insured, "𠮷野 一郎", "𠮷野 一郎")]
    [InlineData(Relationship.Family, null, null)]
    [InlineData(Relationship.Family, "𠮷野 一郎", "𠮷野 一郎")]
    [RuleTest("ELG-11")]
    public void InsuredName_OfTheInsuredIsTheirOwn_WhereNoneIsReported(Relationship relationship, string? reported, string? told)
    {
        var attributes = Attributes with { Relationship = relationship, InsuredName = reported };

        With(Period(attributes: attributes)).ByNumber("2026-08-01").Results[0].InsuredName.ShouldBe(told);
    }

    [Theory]
    [InlineData(CardClass.SelfDefence, Society, false)]
    [InlineData(CardClass.General, "07131012", false)]
    [InlineData(CardClass.General, Society, true)]
    [RuleTest("ELG-20")]
    public void SelfDefence_HasNoMedicalInformation(CardClass cardClass, string insurer, bool medical) =>
        With(Period(insurer, attributes: Attributes with { CardClass = cardClass })).ByNumber("2026-11-22", insurer).Results[0].MedicalInformation.ShouldBe(medical);

    [Theory]
    // 18 is attained on 2026-03-31 when born on 1 April, on 2026-04-01 when born on the 2nd.
    [InlineData("2008-04-01", "2026-03-31", 30, "ACTIVE")]
    [InlineData("2008-04-01", "2026-04-01", 100, "ACTIVE_PAYS_IN_FULL")]
    [InlineData("2008-04-02", "2027-03-31", 30, "ACTIVE")]
    [InlineData("2008-04-02", "2027-04-01", 100, "ACTIVE_PAYS_IN_FULL")]
    [RuleTest("ELG-21")]
    public void SpecialMedicalExpense_PaysInFullExceptMinors(string born, string on, int percent, string reason)
    {
        var answer = With(Period(Kokuho, born: born, attributes: Attributes with { CardClass = CardClass.SpecialMedicalExpense })).ByNumber(on, Kokuho, born: born);

        answer.Results[0].CopayRatio.ShouldBe(percent);
        answer.Results[0].PaysInFull.ShouldBe(percent == 100);
        answer.Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(null, null, "2020-04-01")]
    [InlineData("2025-08-01", null, "2025-08-01")]
    [InlineData("2025-08-01", "2025-09-01", "2025-09-01")]
    public void ValidFrom_IsAlwaysSent(string? issued, string? validFrom, string expected)
    {
        var attributes = Attributes with { IssuedOn = issued is null ? null : D(issued), ValidFrom = validFrom is null ? null : D(validFrom) };

        With(Period(attributes: attributes)).ByNumber("2026-11-22").Results[0].ValidFrom.ShouldBe(D(expected));
    }

    [Fact]
    [RuleTest("ELG-44")]
    public void Answer_HasNoPlaceForOtherPublicExpense() =>
        typeof(EligibilityResult).GetProperties().Select(property => property.Name).ShouldNotContain(name => name.Contains("PublicExpense"));

    [Fact]
    [RuleTest("ELG-39", "BKO-12")]
    public void Texts_OfAnswersHoldNoPersonalValue()
    {
        var answer = With(Period()).ByNumber("2026-11-22");

        var printed = $"{answer} {answer.Results[0]} {With(Period()).Periods[0]} {Attributes}";

        foreach (var value in new[] { "花子", "ハナコ", "江戸川", "1024", "江中", "1985" })
        {
            printed.ShouldNotContain(value);
        }
    }
}
