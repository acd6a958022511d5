using Platform.Rules.Income;
using static Platform.Rules.Tests.Income.Copay;

namespace Platform.Rules.Tests.Income;

[RuleTest("ELG-32")]
public class SeventiesRatioTests
{
    [Theory]
    [InlineData(1_449_999, 20)]
    [InlineData(1_450_000, 30)]
    public void TaxableIncome_DecidesFrom1450000(long taxable, int percent)
    {
        var decision = Kokuho(Aged72(taxable, receipts: 9_000_000)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reasons.ShouldBe(["ELG-32"]);
        decision.Reliefs.ShouldBeEmpty();
    }

    [Fact]
    public void OneMemberAboveTheLine_IsEnoughForAll()
    {
        var above = Born(1955, 1, 1, taxable: 1_450_000, receipts: 9_000_000);

        Kokuho(Aged72(), above).Decide().Percent.ShouldBe(30);
        Kokuho(above, Aged72()).Decide().Percent.ShouldBe(30);
    }

    [Fact]
    public void MemberBelowSeventy_DoesNotCount() =>
        Kokuho(Aged72(), Born(1960, 1, 1, taxable: 9_000_000, receipts: 9_000_000)).Decide().Percent.ShouldBe(20);

    [Theory]
    [InlineData(2_100_000, 20)]
    [InlineData(2_100_001, 30)]
    public void ReliefA_TotalAfterDeduction(long afterDeduction, int percent)
    {
        var decision = Kokuho(Aged72(2_000_000, 9_000_000, afterDeduction)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reliefs.ShouldBe(percent == 20 ? [CopayRelief.TotalAfterDeduction] : []);
    }

    [Theory]
    [InlineData(1_100_000, 1_000_000, 20)]
    [InlineData(1_100_000, 1_000_001, 30)]
    public void ReliefA_IsOfAllMembersTogether(long first, long second, int percent) =>
        Kokuho(Aged72(2_000_000, 9_000_000, first), Born(1955, 1, 1, 0, 9_000_000, second)).Decide().Percent.ShouldBe(percent);

    [Theory]
    [InlineData(3_829_999, 20)]
    [InlineData(3_830_000, 30)]
    public void ReliefB_OneMember(long receipts, int percent)
    {
        var decision = Kokuho(Aged72(2_000_000, receipts)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reliefs.ShouldBe(percent == 20 ? [CopayRelief.OneMember] : []);
    }

    [Theory]
    [InlineData(4_000_000, 1_199_999, 20)]
    [InlineData(4_000_000, 1_200_000, 30)]
    [InlineData(3_000_000, 2_200_000, 30)] // each below 3,830,000: with two members only the sum counts
    public void ReliefC_SeveralMembers(long first, long second, int percent)
    {
        var decision = Kokuho(Aged72(2_000_000, first), Born(1955, 1, 1, 0, second)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reliefs.ShouldBe(percent == 20 ? [CopayRelief.SeveralMembers] : []);
    }

    [Theory]
    [InlineData(3_830_000, 1_369_999, 20)]
    [InlineData(3_830_000, 1_370_000, 30)]
    public void ReliefD_OneMemberWithFormerMember(long own, long former, int percent)
    {
        var decision = Kokuho(Aged72(2_000_000, own), Aged80(receipts: former) with { FormerMember = true }).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reliefs.ShouldBe(percent == 20 ? [CopayRelief.WithFormerMembers] : []);
    }

    [Fact]
    public void ReliefD_NeedsAFormerMember()
    {
        Kokuho(Aged72(2_000_000, 4_000_000)).Decide().Percent.ShouldBe(30);
        Kokuho(Aged72(2_000_000, 4_000_000), Aged80()).Decide().Percent.ShouldBe(30);
    }

    [Fact]
    public void ReliefD_IsNotForTwoMembers() =>
        Kokuho(Aged72(2_000_000, 4_000_000), Born(1955, 1, 1, 0, 1_300_000), Aged80() with { FormerMember = true }).Decide().Percent.ShouldBe(30);

    [Fact]
    public void SeveralReliefs_AreAllTold() =>
        Kokuho(Aged72(1_500_000, 3_000_000, 2_000_000)).Decide().Reliefs.ShouldBe([CopayRelief.TotalAfterDeduction, CopayRelief.OneMember]);

    [Theory]
    [InlineData(279_999, 20)]
    [InlineData(280_000, 30)]
    public void Employee_StandardPayDecidesFrom280000(long standardPay, int percent) =>
        Employee(Aged72(0, 9_000_000) with { StandardPay = standardPay }).Decide().Percent.ShouldBe(percent);

    [Theory]
    [InlineData(3_829_999, 20)]
    [InlineData(3_830_000, 30)]
    public void Employee_HasTheIncomeReliefs(long receipts, int percent) =>
        Employee(Aged72(0, receipts) with { StandardPay = 300_000 }).Decide().Percent.ShouldBe(percent);

    [Fact]
    public void Employee_WithoutAfterDeductionOfAll_ReliefAIsNotLookedAt()
    {
        var insured = Aged72(0, 9_000_000, 1_000_000) with { StandardPay = 300_000 };
        var dependant = Born(1955, 1, 1) with { Incomes = [new YearIncome { Year = 2025 }] };

        Employee(insured, dependant).Decide().Percent.ShouldBe(30);
        Employee(insured).Decide().Percent.ShouldBe(20);
    }

    [Fact]
    public void DependantOfAnInsuredBelowSeventy_Pays20()
    {
        var insured = Born(1960, 1, 1) with { StandardPay = 1_000_000 };

        Employee(Aged72(5_000_000, 9_000_000), insured).Decide().Percent.ShouldBe(20);
    }

    [Fact]
    public void DependantOfAnInsuredFromSeventy_FollowsTheInsured() =>
        Employee(Aged72(0, 2_000_000), Born(1955, 1, 1, 0, 9_000_000) with { StandardPay = 500_000 }).Decide().Percent.ShouldBe(30);

    [Fact]
    public void EmployeeBelowTheLine_NeedsNoIncomes() =>
        Employee(Aged72() with { StandardPay = 200_000, Incomes = [] }).Decide().Percent.ShouldBe(20);

    [Fact]
    public void Lines_TellFigureThresholdAndPerson()
    {
        var lines = Kokuho(Aged72(), Born(1955, 1, 1, 2_000_000, 3_000_000)).Decide().Lines;

        lines[0].ShouldSatisfyAllConditions(
            line => line.TextKey.ShouldBe("COPAY_TAXABLE_REACHES"),
            line => line.Person.ShouldBe("2"),
            line => line.Parts.ShouldBe([new("value", 2_000_000), new("threshold", 1_450_000)]));
        lines.Select(line => line.TextKey).ShouldBe(["COPAY_TAXABLE_REACHES", "COPAY_RELIEF_TOTAL_NOT", "COPAY_RELIEF_SEVERAL_APPLIES", "COPAY_RESULT"]);
    }
}
