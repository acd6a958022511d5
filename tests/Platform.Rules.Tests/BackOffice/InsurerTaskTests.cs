using Platform.Rules.Answers;
using Platform.Rules.BackOffice;
using Platform.Rules.Income;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.BackOffice;

public class InsurerTaskTests
{
    [Fact]
    public void OrdinaryPerson_HasNoTask() => Kinds(With(Period())).ShouldBeEmpty();

    [Fact]
    [RuleTest("ELG-14")]
    public void Overlap_IsATaskOfBoth_UntilTheLossIsReported()
    {
        var late = With(Period(), Period(OtherSociety, "2026-10-01", number: "77"));
        var reported = With(Period(lost: "2026-10-01"), Period(OtherSociety, "2026-10-01", number: "77"));

        Tasks(late).Select(task => $"{task.Kind} {task.Insurer} {task.Reference}")
            .ShouldBe([$"OVERLAP {Society} 2020-04-01/2026-10-01", $"OVERLAP {OtherSociety} 2020-04-01/2026-10-01"]);
        Kinds(reported).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Kokuho, "2026-10-01", false)]
    [InlineData(Kokuho, "2026-10-02", false)]
    [InlineData(Kokuho, "2026-10-03", true)]
    [InlineData(Society, "2026-10-02", true)]
    [RuleTest("ELG-14", "ELG-15")]
    public void StatutoryOneDay_IsNoTask(string older, string lost, bool task) =>
        Kinds(With(Period(older, lost: lost), Period(OtherSociety, "2026-10-01", number: "77"))).Contains("OVERLAP").ShouldBe(task);

    [Fact]
    [RuleTest("ELG-19", "BKO-4")]
    public void Mismatch_IsATaskUntilResolved()
    {
        Kinds(With(Period(jlis: JlisStatus.Mismatch))).ShouldBe(["MISMATCH"]);
        Kinds(With(Period(jlis: JlisStatus.Unchecked))).ShouldBeEmpty();
    }

    [Fact]
    [RuleTest("ELG-23")]
    public void WrongLink_IsATask() => Kinds(With(Period() with { LinkBlocked = true })).ShouldBe(["WRONG_LINK"]);

    [Theory]
    [InlineData("2023-05-31", null, false, false)]
    [InlineData("2023-06-01", null, false, true)]
    [InlineData("2023-06-01", null, true, false)]
    [InlineData("2023-06-01", "2026-11-22", false, false)]
    [InlineData("2023-06-01", "2026-11-23", false, true)]
    [RuleTest("BKO-2")]
    public void MissingNumber_IsATaskWhileInsured(string acquired, string? lost, bool hasNumber, bool task) =>
        Kinds(With(Period(acquired: acquired, lost: lost, reason: LossReason.Death)), hasNumber).Contains("NUMBER_MISSING").ShouldBe(task);

    [Theory]
    [InlineData("2026-11-02", true)]
    [InlineData("2026-11-01", false)]
    [InlineData("2026-11-23", false)]
    [RuleTest("ELG-24")]
    public void BetweenInsurers_IsATaskWithinTheWindow(string lost, bool task)
    {
        var tasks = Tasks(With(Period(lost: lost)));

        tasks.Count(found => found.Kind == "BETWEEN_INSURERS").ShouldBe(task ? 1 : 0);
        if (task)
        {
            tasks[0].DueOn.ShouldBe(D("2026-11-22"));
        }
    }

    // decided: 20 % from 2026-08-01 to 2027-07-31
    [Theory]
    [InlineData(20, null, null, null)]
    [InlineData(30, null, null, "2026-08-01")]
    [InlineData(30, "2026-08-01", "2027-07-31", "2026-08-01")]
    [InlineData(30, "2026-10-01", null, "2026-10-01")]
    [InlineData(30, null, "2026-08-01", "2026-08-01")]
    [InlineData(30, null, "2026-07-31", null)]
    [InlineData(30, "2027-07-31", null, "2027-07-31")]
    [InlineData(30, "2027-08-01", null, null)]
    [RuleTest("ELG-32")]
    public void RatioThatContradictsIncomes_IsATaskFromTheFirstCommonDay(int reported, string? from, string? to, string? day)
    {
        var attributes = Attributes with { CopayRatio = reported, CopayFrom = from is null ? null : D(from), CopayTo = to is null ? null : D(to) };

        var task = InsurerTaskRules.RatioContradicts(Period(Kokuho, born: "1955-01-15", attributes: attributes), Decided);

        task?.Reference.ShouldBe(day);
        (task?.Kind).ShouldBe(day is null ? null : "RATIO_CONTRADICTS");
    }

    [Theory]
    [InlineData("2026-08-01", null)]
    [InlineData("2026-08-02", "2026-08-01")]
    [RuleTest("ELG-32")]
    public void ContradictingRatio_CountsWhileThePersonIsInsured(string lost, string? day)
    {
        var period = Period(Kokuho, lost: lost, born: "1955-01-15", attributes: Attributes with { CopayRatio = 30 });

        InsurerTaskRules.RatioContradicts(period, Decided)?.Reference.ShouldBe(day);
        (InsurerTaskRules.RatioContradicts(period, Decided) is null).ShouldBe(day is null);
    }

    [Fact]
    [RuleTest("ELG-21", "ELG-32", "ELG-33")]
    public void ChangedRatio_ContradictsFromItsChangeOn_AndNeverWhoPaysInFull()
    {
        var agreed = Period(Kokuho, born: "1955-01-15", attributes: Attributes with { CopayRatio = 20 });
        var segment = new MemberSegment(D("2027-01-01"), Attributes with { CopayRatio = 30 });
        var full = segment with { Attributes = segment.Attributes with { CardClass = CardClass.SpecialMedicalExpense } };

        InsurerTaskRules.RatioContradicts(agreed with { Segments = [.. agreed.Segments, segment] }, Decided)!.Reference.ShouldBe("2027-01-01");
        InsurerTaskRules.RatioContradicts(agreed with { Segments = [.. agreed.Segments, full] }, Decided).ShouldBeNull();
        InsurerTaskRules.RatioContradicts(agreed, Decided with { Band = CopayBand.LateElderly, Percent = 10 })!.RuleId.ShouldBe("ELG-33");
        InsurerTaskRules.RatioContradicts(agreed, Decided with { Band = CopayBand.General, Percent = 30 }).ShouldBeNull();
    }

    [Fact]
    public void Derivation_IsRepeatable()
    {
        var person = With(Period(jlis: JlisStatus.Mismatch), Period(OtherSociety, "2026-10-01", number: "77"));

        Tasks(person).ShouldBe(Tasks(person));
        Tasks(person).Select(task => (task.Kind, task.Insurer, task.Reference)).ShouldBeUnique();
    }

    private static CopayDecision Decided { get; } = new()
    {
        Percent = 20,
        Band = CopayBand.Seventies,
        From = D("2026-08-01"),
        To = D("2027-07-31"),
        IncomeYear = 2025,
        Reliefs = [],
        Lines = [],
    };

    private static IReadOnlyList<InsurerTask> Tasks(PersonState person, bool hasNumber = true) =>
        InsurerTaskRules.OpenFor(person, new TaskContext { Today = D("2026-11-22"), HasIndividualNumber = hasNumber });

    private static string[] Kinds(PersonState person, bool hasNumber = true) => [.. Tasks(person, hasNumber).Select(task => task.Kind)];
}
