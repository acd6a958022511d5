using Platform.Rules.BackOffice;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Tests.Members;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.BackOffice;

public class BackOfficeTests
{
    [Fact]
    [RuleTest("BKO-3")]
    public void WorkedDeadlines_AreRight()
    {
        DeadlineRules.ReportDue(SchemeKind.Society, D("2026-07-01")).ShouldBe(D("2026-07-06"));
        DeadlineRules.SystemDue(D("2026-07-03")).ShouldBe(D("2026-07-08"));
        DeadlineRules.ReportDue(SchemeKind.Kokuho, D("2026-07-01")).ShouldBe(D("2026-07-15"));
        DeadlineRules.ReportDue(SchemeKind.LateElderly, D("2026-07-01")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-07-06", "2026-07-11", false, false)]
    [InlineData("2026-07-07", "2026-07-12", true, false)]
    [InlineData("2026-07-06", "2026-07-12", false, true)]
    [InlineData("2026-06-20", "2026-06-25", false, false)]
    [RuleTest("BKO-3", "ELG-17")]
    public void Lateness_IsShownAndNeverRefused(string received, string known, bool reportLate, bool systemLate)
    {
        var said = new MemberLine().With("effective_on", "2026-07-01").With("received_on", received).Accepted();

        var judged = DeadlineRules.Judge(said, D(known));

        judged.ReportLate.ShouldBe(reportLate);
        judged.SystemLate.ShouldBe(systemLate);
        (InsurerTaskRules.ForEvent(said, D(known)) is not null).ShouldBe(reportLate || systemLate);
    }

    [Fact]
    [RuleTest("BKO-3")]
    public void LateReport_BecomesATaskOfItsEvent()
    {
        var said = new MemberLine().With("effective_on", "2026-07-01").With("received_on", "2026-07-03").Accepted();

        var task = InsurerTaskRules.ForEvent(said, D("2026-07-09")).ShouldNotBeNull();

        task.Kind.ShouldBe("DEADLINE");
        task.Reference.ShouldBe("ACQUIRE:2026-07-01");
        task.DueOn.ShouldBe(D("2026-07-08"));
        InsurerTaskRules.ForEvent(new MemberLine().Accepted(), D("2026-11-22")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-10-06", true)]
    [InlineData("2026-10-07", false)]
    [RuleTest("BKO-3")]
    public void DeadlineMissedLongAgo_IsHistory(string known, bool task)
    {
        var said = new MemberLine().With("effective_on", "2026-07-01").With("received_on", "2026-07-03").Accepted();

        (InsurerTaskRules.ForEvent(said, D(known)) is not null).ShouldBe(task);
    }

    [Theory]
    [InlineData("2023-05-31", false)]
    [InlineData("2023-06-01", true)]
    [RuleTest("BKO-2")]
    public void IndividualNumber_IsMandatoryOnAcquisition(string on, bool mandatory)
    {
        NumberRules.NumberIsMandatory(MemberEventKind.Acquire, D(on)).ShouldBe(mandatory);
        NumberRules.NumberIsMandatory(MemberEventKind.Change, D(on)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2023-12-07", false)]
    [InlineData("2023-12-08", true)]
    [RuleTest("BKO-2")]
    public void Address_IsMandatoryOnAcquisition(string on, bool mandatory) =>
        NumberRules.AddressIsMandatory(MemberEventKind.Acquire, D(on)).ShouldBe(mandatory);

    [Fact]
    [RuleTest("BKO-1")]
    public void Report_CarriesOneMemberWithItsFiveAttributes()
    {
        new MemberLine().With("name", "").With("name_kana", "").With("sex", "").Rejected()
            .ShouldBe(["name:REQUIRED", "name_kana:REQUIRED", "sex:REQUIRED"], ignoreOrder: true);
        new MemberLine().With("birthdate", "").Rejected().ShouldBe(["birthdate:REQUIRED"]);
    }

    [Fact]
    [RuleTest("BKO-2", "BKO-4")]
    public void Register_MustAgreeInAllFive()
    {
        var reported = new FiveAttributes("𠮷野 花子", "ヨシノ ハナコ", Born, Sex.Female, "江戸川区中央１－４－１");

        JlisRules.Compare(reported, reported with { Name = "𠮷野　花子", NameKana = "ﾖｼﾉﾊﾅｺ", Address = "江戸川区中央1-4-1" }).ShouldBe(JlisStatus.Matched);
        JlisRules.Compare(reported, null).ShouldBe(JlisStatus.Unchecked);
        JlisRules.Compare(reported, reported with { Name = "吉野 花子" }).ShouldBe(JlisStatus.Mismatch);
        JlisRules.Compare(reported, reported with { NameKana = "ヨシノ ハナエ" }).ShouldBe(JlisStatus.Mismatch);
        JlisRules.Compare(reported, reported with { Birthdate = Born.AddDays(1) }).ShouldBe(JlisStatus.Mismatch);
        JlisRules.Compare(reported, reported with { Sex = Sex.Male }).ShouldBe(JlisStatus.Mismatch);
        JlisRules.Compare(reported, reported with { Address = null }).ShouldBe(JlisStatus.Mismatch);
    }

    [Theory]
    [InlineData("39131016", "39132014", true)]
    [InlineData("39131016", "39141015", false)]
    [InlineData("138230", "39131016", false)]
    [RuleTest("BKO-9")]
    public void LateElderlyNumber_StaysWithinThePrefecture(string from, string to, bool stays) =>
        NumberRules.LateElderlyNumberStays(InsurerNumber.FromStored(from), InsurerNumber.FromStored(to)).ShouldBe(stays);

    [Fact]
    [RuleTest("BKO-10")]
    public void History_IsKeptTenYears_AndTraversedByTheCentralSystemAlone()
    {
        NumberRules.KeepHistoryUntil(D("2026-10-01")).ShouldBe(D("2036-10-01"));
        NumberRules.KeepHistoryUntil(null).ShouldBeNull();
        Enum.GetValues<Party>().Where(NumberRules.MayTraverseHistory).ShouldBe([Party.CentralSystem]);
    }

    [Theory]
    [InlineData(RegistrationStanding.None, null, Protection.None, ExtractReasons.NotRegistered)]
    [InlineData(RegistrationStanding.PendingLift, null, Protection.None, ExtractReasons.Lifted)]
    [InlineData(RegistrationStanding.Lifted, null, Protection.None, ExtractReasons.Lifted)]
    [InlineData(RegistrationStanding.Active, "2026-12-31", Protection.None, ExtractReasons.LeavingGrace)]
    [InlineData(RegistrationStanding.Active, "2027-01-31", Protection.None, ExtractReasons.None)]
    [InlineData(RegistrationStanding.Active, null, Protection.AddressHidden, ExtractReasons.Protected)]
    [InlineData(RegistrationStanding.None, "2026-12-31", Protection.SelfInfoBlocked, ExtractReasons.NotRegistered | ExtractReasons.LeavingGrace | ExtractReasons.Protected)]
    [RuleTest("BKO-11")]
    public void Extract_NamesWhoNeedsPaper(RegistrationStanding registration, string? graceEnd, Protection protection, ExtractReasons expected) =>
        ExtractRules.ReasonsFor(registration, graceEnd is null ? null : D(graceEnd), protection, D("2026-11-22")).ShouldBe(expected);
}
