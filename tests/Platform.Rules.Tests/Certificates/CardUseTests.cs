using Platform.Rules.Certificates;
using Platform.Rules.Instruments;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Certificates.Cards;

namespace Platform.Rules.Tests.Certificates;

public class CardUseTests
{
    [Theory]
    [InlineData("2026-05-09", UseLevel.Full, "CARD_FULL_USE", 1)]
    [InlineData("2026-05-10", UseLevel.Full, "CARD_FULL_USE", 0)]
    [InlineData("2026-05-11", UseLevel.EligibilityOnly, "CERTIFICATE_IN_GRACE", 112)]
    [InlineData("2026-08-31", UseLevel.EligibilityOnly, "CERTIFICATE_IN_GRACE", 0)]
    [InlineData("2026-09-01", UseLevel.None, "CERTIFICATE_AFTER_GRACE", null)]
    [RuleTest("CRT-8", "CRT-9", "CRT-11")]
    public void Level_FallsAtExpiryAndAtTheEndOfGrace(string day, UseLevel level, string reason, int? daysLeft)
    {
        var use = CardUseRules.On(D(day), InUse(), Default);

        (use.Level, use.Reason, use.DaysLeft).ShouldBe((level, reason, daysLeft));
        use.OpensMedicalInformation.ShouldBe(level == UseLevel.Full);
        use.State.Use.ShouldBe(level);
    }

    [Theory]
    [InlineData("2026-08-15", UseLevel.Full, UseLevel.Full)]
    [InlineData("2026-08-16", UseLevel.None, UseLevel.EligibilityOnly)]
    [InlineData("2026-11-30", UseLevel.None, UseLevel.EligibilityOnly)]
    [InlineData("2026-12-01", UseLevel.None, UseLevel.None)]
    [RuleTest("CRT-10")]
    public void CardBoundedCertificate_HasGraceOnlyByTheSetting(string day, UseLevel byDefault, UseLevel withSetting)
    {
        var card = InUse("2026-08-15", "2026-08-15");

        CardUseRules.On(D(day), card, Default).Level.ShouldBe(byDefault);
        CardUseRules.On(D(day), card, GraceOnCardExpiry).Level.ShouldBe(withSetting);
    }

    [Theory]
    [InlineData("2026-06-20", UseLevel.EligibilityOnly, "CERTIFICATE_IN_GRACE")]
    [InlineData("2026-06-21", UseLevel.None, "CARD_EXPIRED")]
    [InlineData("2026-09-01", UseLevel.None, "CARD_EXPIRED")]
    [RuleTest("CRT-10")]
    public void CardThatEndsInGrace_EndsIt(string day, UseLevel level, string reason)
    {
        var use = CardUseRules.On(D(day), InUse("2026-05-10", "2026-06-20"), Default);

        (use.Level, use.Reason).ShouldBe((level, reason));
    }

    public static TheoryData<string, CardTrouble, CardOnDay> NoUse => new()
    {
        { CardUseReasons.Suspended, CardTrouble.Suspended, InUse() with { Suspended = true } },
        { CardUseReasons.Returned, CardTrouble.Returned, InUse() with { Returned = true } },
        { CardUseReasons.Revoked, CardTrouble.Suspended, InUse() with { Revoked = true } },
        { CardUseReasons.Blocked, CardTrouble.Blocked, InUse() with { Blocked = true } },
        { CardUseReasons.Blocked, CardTrouble.Blocked, InUse() with { Blocked = true, Suspended = true, Returned = true, Registered = false } },
        { CardUseReasons.NotRegistered, CardTrouble.None, InUse() with { Registered = false } },
    };

    [Theory]
    [MemberData(nameof(NoUse), DisableDiscoveryEnumeration = true)]
    [RuleTest("CRT-10", "CRT-15", "CRT-18")]
    public void CardWithTrouble_GivesNothing(string reason, CardTrouble trouble, CardOnDay card)
    {
        foreach (var day in new[] { "2026-05-10", "2026-05-11" })
        {
            var use = CardUseRules.On(D(day), card, Default);

            use.Level.ShouldBe(UseLevel.None);
            use.LastDay.ShouldBeNull();
            if (day == "2026-05-10" || reason != CardUseReasons.NotRegistered)
            {
                (use.Reason, use.State.Trouble).ShouldBe((reason, trouble));
            }
        }
    }

    [Fact]
    [RuleTest("CRT-10")]
    public void GraceNeedsARegistration()
    {
        var use = CardUseRules.On(D("2026-05-11"), InUse() with { Registered = false }, Default);

        (use.Level, use.Reason).ShouldBe((UseLevel.None, CardUseReasons.CertificateExpired));
        use.State.CertificateValid.ShouldBeFalse();
    }

    [Fact]
    [RuleTest("CRT-18")]
    public void BlockedCard_SaysNothingOfThePerson()
    {
        var use = CardUseRules.On(D("2026-06-01"), InUse() with { Blocked = true }, Default);
        var text = CertificateTexts.Of(use);

        use.Reason.ShouldBe("CARD_BLOCKED");
        use.RenewalHint.ShouldBeFalse();
        use.DaysLeft.ShouldBeNull();
        text.NextStep.Ja.ShouldContain("資格確認書");
        text.Message.Ja.ShouldBe("このカードは保険証として利用できません。");
    }

    [Theory]
    [InlineData("2026-02-09", false)]
    [InlineData("2026-02-10", true)]
    [InlineData("2026-05-10", true)]
    [InlineData("2026-08-31", true)]
    [RuleTest("CRT-6")]
    public void Reader_WarnsFromThreeMonthsBefore(string day, bool warns) =>
        CardUseRules.On(D(day), InUse(), Default).RenewalHint.ShouldBe(warns);

    [Theory]
    [InlineData("2026-05-11")]
    [InlineData("2026-09-01")]
    [RuleTest("CRT-16")]
    public void Expiry_NeverEndsTheInsurance(string day)
    {
        var use = CardUseRules.On(D(day), InUse(), Default);

        use.RuleIds.ShouldContain("CRT-16");
        CertificateTexts.Of(use).Message.Ja.ShouldContain("資格は続いて");
        CertificateTexts.Of(use).Message.En.ShouldContain("insurance goes on");
    }

    [Fact]
    public void State_AgreesWithTheAcceptanceTable()
    {
        foreach (var (day, row) in new[] { ("2026-05-10", "1"), ("2026-05-11", "2"), ("2026-08-31", "2"), ("2026-09-01", "11") })
        {
            var state = CardUseRules.On(D(day), InUse(), Default).State;

            AcceptanceRules.Assess(Instruments.Counter.Card(state) with { VisitDate = D(day) }, Default).Value!.Row.ShouldBe(row);
        }

        Instruments.Counter.Row(Instruments.Counter.Card(CardUseRules.On(D("2026-05-10"), InUse() with { Registered = false }, Default).State)).ShouldBe("3");
        Instruments.Counter.Row(Instruments.Counter.Card(CardUseRules.On(D("2026-05-10"), InUse() with { Suspended = true }, Default).State)).ShouldBe("11");
    }

    [Fact]
    public void EveryReason_HasBothLanguages()
    {
        var reasons = CardUseReasons.All.Concat(CardIncidentReasons.All).Concat(CardProblems.All).ToArray();
        foreach (var reason in reasons)
        {
            reason.ShouldMatch("^[A-Z0-9_]+$");
            var text = CertificateTexts.Of(reason);
            new[] { text.Message.Ja, text.Message.En }.ShouldAllBe(part => part.Length > 0);
            (text.NextStep.Ja.Length > 0).ShouldBe(text.NextStep.En.Length > 0, reason);
        }

        foreach (var reason in CardUseReasons.All.Where(reason => reason != CardUseReasons.Full).Concat(CardProblems.All))
        {
            CertificateTexts.Of(reason).NextStep.Ja.ShouldNotBeEmpty(reason);
        }

        CertificateTexts.Of(CardUseRules.On(D("2026-05-11"), InUse(), Default)).Message.En.ShouldContain("2026-08-31");
        CertificateTexts.Of(CardLossRules.SuspensionLineOn(D("2026-05-11"))).Ja.ShouldContain("0120-95-0178");
    }
}
