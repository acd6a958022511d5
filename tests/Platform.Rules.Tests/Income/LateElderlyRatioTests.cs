using Platform.Rules.Income;
using static Platform.Rules.Tests.Income.Copay;

namespace Platform.Rules.Tests.Income;

[RuleTest("ELG-33")]
public class LateElderlyRatioTests
{
    [Theory]
    [InlineData(1_450_000, 3_830_000, 9_000_000, 30)]
    [InlineData(1_450_000, 3_829_999, 9_000_000, 20)] // relieved of 3割, then the test of 2割
    [InlineData(1_450_000, 3_829_999, 1_999_999, 10)]
    [InlineData(1_449_999, 9_000_000, 2_000_000, 20)]
    [InlineData(1_449_999, 9_000_000, 1_999_999, 10)]
    [InlineData(280_000, 9_000_000, 2_000_000, 20)]
    [InlineData(279_999, 9_000_000, 9_000_000, 10)]
    [InlineData(0, 0, 0, 10)]
    public void OneInsured_IsTestedAlone(long taxable, long receipts, long pension, int percent)
    {
        var decision = Late(Aged80(taxable, receipts, pension)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reasons.ShouldBe(["ELG-33"]);
    }

    [Theory]
    [InlineData(3_000_000, 2_200_000, 30)]
    [InlineData(3_000_000, 2_199_999, 20)]
    [InlineData(5_000_000, 199_999, 20)]
    public void TwoInsured_AreRelievedOf3TenthsTogether(long first, long second, int percent)
    {
        var decision = Late(Aged80(1_450_000, first, 3_000_000), Born(1948, 1, 1, 0, second, pension: 1_000_000)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reliefs.ShouldBe(percent == 20 ? [CopayRelief.SeveralInsured] : []);
    }

    [Theory]
    [InlineData(2_000_000, 1_200_000, 20)]
    [InlineData(2_000_000, 1_199_999, 10)]
    [InlineData(3_199_999, 0, 10)]
    public void TwoInsured_AreTestedFor2TenthsTogether(long first, long second, int percent) =>
        Late(Aged80(500_000, 3_000_000, first), Born(1948, 1, 1, 0, second, pension: second)).Decide().Percent.ShouldBe(percent);

    [Fact]
    public void OneOfTwoAbove280000_IsNotAllBelow() =>
        Late(Aged80(0, 0, 3_000_000), Born(1948, 1, 1, 280_000, 0, pension: 200_000)).Decide().Percent.ShouldBe(20);

    [Fact]
    public void BothBelow280000_Pay10WhateverThePension() =>
        Late(Aged80(279_999, 0, 9_000_000), Born(1948, 1, 1, 279_999, 0, pension: 9_000_000)).Decide().Percent.ShouldBe(10);

    [Theory]
    [InlineData(1_369_999, 20)]
    [InlineData(1_370_000, 30)]
    public void OneInsured_IsRelievedTogetherWithTheSeventies(long receiptsOfSpouse, int percent)
    {
        var decision = Late(Aged80(2_000_000, 3_830_000, 9_000_000), Aged72(receipts: receiptsOfSpouse)).Decide();

        decision.Percent.ShouldBe(percent);
        decision.Reliefs.ShouldBe(percent == 20 ? [CopayRelief.WithSeventies] : []);
    }

    [Fact]
    public void WithoutSeventies_TheSecondReliefIsNotOpen() => Late(Aged80(2_000_000, 4_000_000, 9_000_000)).Decide().Percent.ShouldBe(30);

    [Fact]
    public void IncomeOfTheSeventies_DoesNotMakeLateElderlyPay30() =>
        Late(Aged80(), Aged72(taxable: 9_000_000, receipts: 9_000_000)).Decide().Percent.ShouldBe(10);

    [Fact]
    public void CertifiedDisability_CountsAsLateElderly()
    {
        var certified = Born(1958, 5, 10, taxable: 300_000, pension: 2_000_000) with { CertifiedFrom = new(2026, 9, 1) };

        Late(certified).Decide(new(2026, 9, 1)).ShouldSatisfyAllConditions(
            decision => decision.Percent.ShouldBe(20),
            decision => decision.From.ShouldBe(new DateOnly(2026, 9, 1)),
            decision => decision.To.ShouldBe(new DateOnly(2027, 7, 31)));
        Kokuho(certified).Decide(new(2026, 8, 31)).ShouldSatisfyAllConditions(
            decision => decision.Percent.ShouldBe(30),
            decision => decision.To.ShouldBe(new DateOnly(2026, 8, 31)));
    }

    [Theory]
    [InlineData("2023-05-10")] // the 65th birthday
    [InlineData("2033-05-10")] // the 75th
    public void CertifiedDisability_CanBeginFrom65To75(string certifiedFrom)
    {
        var member = Born(1958, 5, 10) with { CertifiedFrom = Day(certifiedFrom) };

        CopayRatioRules.Decide(Kokuho(member), new(2023, 5, 10), Default).Problems
            .ShouldNotContain(problem => problem.Code == "COPAY_CERTIFIED_OUT_OF_RANGE");
    }

    [Theory]
    [InlineData("2022-09-30", 10, "2022-08-01", "2022-09-30")]
    [InlineData("2022-10-01", 20, "2022-10-01", "2023-07-31")]
    public void TwoTenths_BeganInOctober2022(string on, int percent, string from, string to)
    {
        var member = Aged80() with { Incomes = [new YearIncome { Year = 2021, Taxable = 500_000, PensionAndOther = 2_500_000 }] };

        var decision = Late(member).Decide(Day(on));

        (decision.Percent, decision.From, decision.To).ShouldBe((percent, Day(from), Day(to)));
    }
}
