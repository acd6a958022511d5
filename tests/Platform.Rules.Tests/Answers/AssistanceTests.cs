using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Texts;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

public class AssistanceTests
{
    private static readonly AssistancePeriod Assisted = new()
    {
        PayerNumber = InsurerNumber.FromStored(Welfare),
        RecipientNumber = "1234567",
        Birthdate = Born,
        From = D("2026-10-05"),
        Until = D("2026-12-10"),
        Tickets = [new AssistanceTicket(D("2026-10-05"), D("2026-10-31")), new AssistanceTicket(D("2026-12-01"), D("2026-12-09"))],
    };

    private static PersonState Recipient(params CoveragePeriod[] periods) => With(periods) with { Assistance = [Assisted] };

    [Theory]
    [InlineData("2026-10-04", Validity.NoMatch, "NO_COVERAGE")]
    [InlineData("2026-10-05", Validity.Valid, "ASSISTANCE_ACTIVE")]
    [InlineData("2026-10-31", Validity.Valid, "ASSISTANCE_ACTIVE")]
    [InlineData("2026-11-01", Validity.ValidWithoutTicket, "ASSISTANCE_TICKET_MISSING")]
    [InlineData("2026-12-01", Validity.Valid, "ASSISTANCE_ACTIVE")]
    [InlineData("2026-12-10", Validity.NoMatch, "NO_COVERAGE")]
    [RuleTest("ELG-40", "ELG-41")]
    public void Card_AnswersByPersonAndTicket(string on, Validity validity, string reason)
    {
        var answer = Recipient().ByCard(on);

        answer.Validity.ShouldBe(validity);
        answer.Reason.ShouldBe(reason);
        if (answer.Results.Count > 0)
        {
            answer.Results[0].CardClass.Code().ShouldBe("A1");
            answer.Results[0].TicketLoaded.ShouldBe(validity == Validity.Valid);
        }
    }

    [Theory]
    [InlineData("2024-02-29", "NO_COVERAGE")]
    [InlineData("2024-03-01", "ASSISTANCE_TICKET_MISSING")]
    [RuleTest("ELG-40")]
    public void Before2024March_AssistanceIsNotAnswered(string on, string reason)
    {
        var person = PersonState.Empty with { Assistance = [Assisted with { From = D("2020-01-01"), Tickets = [] }] };

        person.ByCard(on).Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("2026-11-15", Validity.ValidWithoutTicket)]
    [InlineData("2026-12-05", Validity.Valid)]
    [InlineData("2026-12-10", Validity.Invalid)]
    [InlineData("2026-10-04", Validity.NoMatch)]
    [RuleTest("ELG-40", "ELG-41")]
    public void Number_AnswersByPayerAndRecipient(string on, Validity validity) =>
        Recipient().ByNumber(on, Welfare, branch: null, number: "1234567").Validity.ShouldBe(validity);

    [Fact]
    [RuleTest("ELG-42")]
    public void TicketMissing_SendsToTheWelfareOffice_AndTheAnswerStays()
    {
        AnswerTexts.Of(AnswerReasons.AssistanceTicketMissing).NextStep.En.ShouldContain("welfare office");

        // Whether the caseworker was told is not asked: two equal questions get equal answers.
        Recipient().ByCard("2026-11-15").ShouldBe(Recipient().ByCard("2026-11-15"));
    }

    [Theory]
    [InlineData("2026-10-04", Validity.Valid, Kokuho)]
    [InlineData("2026-10-05", Validity.Valid, Welfare)]
    [RuleTest("ELG-43")]
    public void StartOfAssistance_EndsKokuhoTheSameDay(string on, Validity validity, string insurer)
    {
        var answer = Recipient(Period(Kokuho)).ByCard(on);

        answer.Validity.ShouldBe(validity);
        answer.Results[0].InsurerNumber.Value.ShouldBe(insurer);
        answer.Results.Count.ShouldBe(1);
    }

    [Fact]
    [RuleTest("ELG-43")]
    public void KokuhoByNumber_IsEndedByAssistance_ThoughNotReported()
    {
        var answer = Recipient(Period(Kokuho)).ByNumber("2026-10-05", Kokuho);

        answer.Validity.ShouldBe(Validity.Invalid);
        answer.Reason.ShouldBe("ENDED_ASSISTANCE_STARTED");
        answer.Results[0].LostOn.ShouldBe(D("2026-10-05"));
        answer.Results[0].LossReason.ShouldBe(LossReason.PublicAssistance);
    }

    [Fact]
    [RuleTest("ELG-43")]
    public void EmployeesInsurance_ContinuesBesideAssistance()
    {
        var answer = Recipient(Period()).ByCard("2026-11-15");

        answer.Validity.ShouldBe(Validity.Valid);
        answer.Results.Select(result => result.InsurerNumber.Value).ShouldBe([Society, Welfare]);
        answer.Results[1].TicketLoaded.ShouldBe(false);
    }
}
