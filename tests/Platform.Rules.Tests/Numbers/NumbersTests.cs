using Platform.Rules.Numbers;

namespace Platform.Rules.Tests.Numbers;

public class NumbersTests
{
    [Theory]
    [InlineData("01130012", SchemeKind.Kyokai)]
    [InlineData("33120015", SchemeKind.MutualAid)]
    [InlineData("138230", SchemeKind.Kokuho)]
    [InlineData("39131016", SchemeKind.LateElderly)]
    [InlineData("06132013", SchemeKind.Society)]
    [RuleTest("ELG-1", "ELG-2", "ELG-3")]
    public void WorkedInsurerNumbers_AreRight(string text, SchemeKind scheme)
    {
        InsurerNumber.TryParse(text, allowFictional: false, out var number).ShouldBe(InsurerNumberFault.None);

        number.Scheme.ShouldBe(scheme);
        number.Value.ShouldBe(text);
        number.Prefecture.ShouldBeInRange(12, 13);
    }

    [Fact]
    [RuleTest("ELG-2")]
    public void AnyOtherCheckDigit_IsRefused()
    {
        foreach (var digit in "0123456789".Where(digit => digit != '2'))
        {
            InsurerNumber.TryParse($"0113001{digit}", false, out _).ShouldBe(InsurerNumberFault.CheckDigit);
        }
    }

    [Theory]
    [InlineData("01", SchemeKind.Kyokai)]
    [InlineData("02", SchemeKind.Seamen)]
    [InlineData("06", SchemeKind.Society)]
    [InlineData("07", SchemeKind.SelfDefence)]
    [InlineData("12", SchemeKind.PublicAssistance)]
    [InlineData("31", SchemeKind.MutualAid)]
    [InlineData("32", SchemeKind.MutualAid)]
    [InlineData("33", SchemeKind.MutualAid)]
    [InlineData("34", SchemeKind.MutualAid)]
    [InlineData("39", SchemeKind.LateElderly)]
    [InlineData("63", SchemeKind.SpecialRetired)]
    [RuleTest("ELG-3")]
    public void Schemes_FollowFromTheirDigits(string digits, SchemeKind scheme)
    {
        var number = Checked($"{digits}13001");

        InsurerNumber.TryParse(number, false, out var parsed).ShouldBe(InsurerNumberFault.None);
        parsed.Scheme.ShouldBe(scheme);
        parsed.Scheme.IsEmployees().ShouldBe(scheme is not (SchemeKind.PublicAssistance or SchemeKind.LateElderly));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("03")]
    [InlineData("35")]
    [InlineData("99")]
    [RuleTest("ELG-3")]
    public void UnknownSchemes_AreRefused(string digits) =>
        InsurerNumber.TryParse(Checked($"{digits}13001"), false, out _).ShouldBe(InsurerNumberFault.Scheme);

    [Theory]
    [InlineData("00", false, false)]
    [InlineData("01", false, true)]
    [InlineData("47", false, true)]
    [InlineData("48", true, false)]
    [InlineData("99", false, false)]
    [InlineData("99", true, true)]
    [RuleTest("ELG-4")]
    public void Prefectures_Are01To47_And99WhereFictionalOnesAreAllowed(string prefecture, bool allowFictional, bool taken)
    {
        var expected = taken ? InsurerNumberFault.None : InsurerNumberFault.Prefecture;

        InsurerNumber.TryParse(Checked($"06{prefecture}001"), allowFictional, out _).ShouldBe(expected);
        InsurerNumber.TryParse(Checked($"{prefecture}001"), allowFictional, out _).ShouldBe(expected);
        InstitutionCode.TryParse($"{prefecture}10000001", allowFictional, out _).ShouldBe(taken ? InstitutionCodeFault.None : InstitutionCodeFault.Prefecture);
    }

    [Theory]
    [InlineData("  138230", "138230")]
    [InlineData("00138230", "138230")]
    [InlineData("０１１３００１２", "01130012")]
    [InlineData("01130012", "01130012")]
    [RuleTest("ELG-1")]
    public void PaddedNumbers_AreReadWithoutTheirPadding(string text, string expected)
    {
        InsurerNumber.TryParsePadded(text, false, out var number).ShouldBe(InsurerNumberFault.None);

        number.Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("13823")]
    [InlineData("1382300")]
    [InlineData("011300121")]
    [InlineData("0113 012")]
    [InlineData("01130O12")]
    [InlineData("00138230")]
    [RuleTest("ELG-1")]
    public void OtherForms_AreRefused(string text) => InsurerNumber.TryParse(text, false, out _).ShouldNotBe(InsurerNumberFault.None);

    [Theory]
    [InlineData("12345678901", 8)]
    [InlineData("70000000007", 0)]
    [InlineData("70000000015", 0)]
    [RuleTest("BKO-6")]
    public void WorkedIndividualNumbers_AreRight(string digits, int check)
    {
        IndividualNumber.CheckDigit(digits).ShouldBe(check);
        for (var digit = 0; digit < 10; digit++)
        {
            IndividualNumber.TryParse($"{digits}{digit}", out _).ShouldBe(digit == check ? IndividualNumberFault.None : IndividualNumberFault.CheckDigit);
        }
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1234567890188")]
    [InlineData("12345678901A")]
    [RuleTest("BKO-6")]
    public void IndividualNumber_HasTwelveDigits(string text) => IndividualNumber.TryParse(text, out _).ShouldBe(IndividualNumberFault.Form);

    [Fact]
    [RuleTest("BKO-7", "BKO-12")]
    public void NumbersOfPersons_PrintMasked()
    {
        IndividualNumber.TryParse("１２３４５６７８９０１８", out var number).ShouldBe(IndividualNumberFault.None);

        $"{number}".ShouldBe("************");
        number.Reveal().ShouldBe("123456789018");
        number.LastFour.ShouldBe("9018");
        $"{new InsuredIdentity(InsurerNumber.FromStored("06132013"), "江中", "1024", "00")}".ShouldBe("06132013 ****");
    }

    [Theory]
    [InlineData("1310000001", InstitutionTable.Medical)]
    [InlineData("1330000001", InstitutionTable.Dental)]
    [InlineData("1340000001", InstitutionTable.Pharmacy)]
    [InlineData("1360000001", InstitutionTable.VisitingNurse)]
    public void InstitutionCodes_TellTheirTable(string text, InstitutionTable table)
    {
        InstitutionCode.TryParse(text, false, out var code).ShouldBe(InstitutionCodeFault.None);

        code.Table.ShouldBe(table);
        code.Prefecture.ShouldBe(13);
    }

    [Theory]
    [InlineData("1320000001", InstitutionCodeFault.Table)]
    [InlineData("131000000", InstitutionCodeFault.Form)]
    [InlineData("13100000012", InstitutionCodeFault.Form)]
    [InlineData("131000000A", InstitutionCodeFault.Form)]
    public void OtherInstitutionCodes_AreRefused(string text, InstitutionCodeFault fault) => InstitutionCode.TryParse(text, false, out _).ShouldBe(fault);

    private static string Checked(string digits) => $"{digits}{InsurerNumber.CheckDigit(digits)}";
}
