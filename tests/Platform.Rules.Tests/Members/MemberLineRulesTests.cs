using System.Text;
using Platform.Rules.Lines;
using Platform.Rules.Members;
using Platform.Rules.Texts;

namespace Platform.Rules.Tests.Members;

public class MemberLineRulesTests
{
    [Fact]
    public void ExampleOfTheContract_IsRead()
    {
        var said = new MemberLine().With("limit_class", "01").With("limit_category", "A03").With("limit_from", "2026-08-01").With("limit_to", "2027-07-31").Accepted();

        said.Event.ShouldBe(MemberEventKind.Acquire);
        said.EffectiveOn.ShouldBe(new DateOnly(2026, 4, 1));
        said.Symbol.ShouldBe("江中");
        said.Name.ValueOrDefault.ShouldBe("𠮷野 花子");
        said.Sex.ValueOrDefault.ShouldBe(Sex.Female);
        said.LimitCategory.ValueOrDefault.ShouldBe(LimitCategory.A03);
        said.LimitTo.ValueOrDefault.ShouldBe(new DateOnly(2027, 7, 31));
        said.Address.IsAbsent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("event", "acquire", "CODE_UNKNOWN")]
    [InlineData("event", "", "REQUIRED")]
    [InlineData("effective_on", "", "REQUIRED")]
    [InlineData("effective_on", "2026-02-30", "DATE_INVALID")]
    [InlineData("effective_on", "2026-2-3", "DATE_INVALID")]
    [InlineData("effective_on", "26-02-03", "DATE_INVALID")]
    [InlineData("effective_on", "2026/02/03", "DATE_INVALID")]
    [InlineData("effective_on", "20260230", "DATE_INVALID")]
    [InlineData("effective_on", "令和8年4月1日", "DATE_INVALID")]
    [InlineData("effective_on", "00000000", "DATE_INVALID")]
    [InlineData("effective_on", "-", "CLEAR_NOT_ALLOWED")]
    [InlineData("insurer_number", "", "REQUIRED")]
    [InlineData("insurer_number", "0613201", "INSURER_NUMBER_FORM")]
    [InlineData("insurer_number", "0613201X", "INSURER_NUMBER_FORM")]
    [InlineData("insurer_number", "06132014", "INSURER_NUMBER_CHECK_DIGIT")]
    [InlineData("insurer_number", "05132013", "INSURER_NUMBER_SCHEME")]
    [InlineData("insurer_number", "06482010", "INSURER_NUMBER_PREFECTURE")]
    [InlineData("number", "", "REQUIRED")]
    [InlineData("number", "123456789012345678901", "TEXT_TOO_LONG")]
    [InlineData("number", "10 24", "NUMBER_INVALID")]
    [InlineData("number", "千二十四", "NUMBER_INVALID")]
    [InlineData("number", "-", "NUMBER_INVALID")]
    [InlineData("symbol", "123456789012345678901", "TEXT_TOO_LONG")]
    [InlineData("symbol", "江\u0007", "TEXT_INVALID")]
    [InlineData("branch", "0", "BRANCH_INVALID")]
    [InlineData("branch", "A1", "BRANCH_INVALID")]
    [InlineData("relationship", "", "REQUIRED")]
    [InlineData("relationship", "3", "CODE_UNKNOWN")]
    [InlineData("individual_number", "12345678901", "INDIVIDUAL_NUMBER_FORM")]
    [InlineData("individual_number", "123456789019", "INDIVIDUAL_NUMBER_CHECK_DIGIT")]
    [InlineData("name", "", "REQUIRED")]
    [InlineData("name", "-", "CLEAR_NOT_ALLOWED")]
    [InlineData("name", "\uFFFD野 花子", "TEXT_INVALID")]
    [InlineData("name", "\uD842 花子", "TEXT_INVALID")]
    [InlineData("name_kana", "よしの", "KANA_INVALID")]
    [InlineData("name_kana", "吉野", "KANA_INVALID")]
    [InlineData("name_kana", "", "REQUIRED")]
    [InlineData("sex", "", "REQUIRED")]
    [InlineData("sex", "9", "CODE_UNKNOWN")]
    [InlineData("birthdate", "", "REQUIRED")]
    [InlineData("birthdate", "1985-13-01", "DATE_INVALID")]
    [InlineData("birthdate", "2026-04-02", "BIRTHDATE_AFTER_EVENT")]
    [InlineData("birthdate", "1885-05-10", "BIRTHDATE_TOO_OLD")]
    [InlineData("postal_code", "1320", "POSTAL_CODE_INVALID")]
    [InlineData("postal_code", "132-002A", "POSTAL_CODE_INVALID")]
    [InlineData("card_class", "08", "CODE_UNKNOWN")]
    [InlineData("card_class", "A1", "CODE_UNKNOWN")]
    [InlineData("loss_reason", "01", "LOSS_REASON_NOT_ALLOWED")]
    [InlineData("loss_reason", "04", "CODE_UNKNOWN")]
    [InlineData("copay_ratio", "30", "CODE_UNKNOWN")]
    [InlineData("copay_ratio", "020", "COPAY_RATIO_CONTRADICTS_AGE")]
    [InlineData("late_elderly_reason", "AGE", "LATE_ELDERLY_REASON_NOT_ALLOWED")]
    [InlineData("limit_category", "A07", "CODE_UNKNOWN")]
    [InlineData("limit_category", "B11", "CODE_UNKNOWN")]
    [InlineData("limit_category", "C01", "CODE_UNKNOWN")]
    [InlineData("disease_self_pay", "10000", "DISEASE_INCOMPLETE", "disease_category")]
    [InlineData("disease_self_pay", "1万円", "AMOUNT_INVALID")]
    [InlineData("disease_category", "4", "CODE_UNKNOWN")]
    [InlineData("received_on", "2026-11-23", "RECEIVED_IN_FUTURE")]
    [InlineData("household_head", "2", "FLAG_INVALID")]
    [InlineData("voluntary_until", "2026-03-31", "PERIOD_REVERSED")]
    [InlineData("voluntary_until", "2028-04-02", "VOLUNTARY_TOO_LONG")]
    [InlineData("delivery", "POST", "CODE_UNKNOWN")]
    [InlineData("residence", "FR", "CODE_UNKNOWN")]
    [InlineData("address_hidden", "-", "CLEAR_NOT_ALLOWED")]
    [InlineData("self_info_blocked", "yes", "FLAG_INVALID")]
    [InlineData("jlis_status", "OK", "CODE_UNKNOWN")]
    [InlineData("previous_symbol", "江中", "PREVIOUS_INCOMPLETE", "previous_number")]
    [InlineData("previous_insurer_number", "06132014", "INSURER_NUMBER_CHECK_DIGIT")]
    public void WrongValue_IsRejectedWithItsCode(string column, string value, string code, string? at = null) =>
        new MemberLine().With(column, value).Rejected().ShouldBe([$"{at ?? column}:{code}"]);

    [Theory]
    [InlineData("2027-12-27", true)]
    [InlineData("2027-12-28", false)]
    [RuleTest("BKO-5")]
    public void EventAhead_IsTakenUpTo400Days(string effectiveOn, bool accepted)
    {
        var errors = new List<LineError>();

        new MemberLine().With("effective_on", effectiveOn).Read(errors);

        errors.Select(error => error.Code).ShouldBe(accepted ? [] : ["EFFECTIVE_TOO_FAR_AHEAD"]);
    }

    [Fact]
    public void Loss_NeedsItsReason()
    {
        var line = new MemberLine().With("event", "LOSE");

        line.Rejected().ShouldBe(["loss_reason:LOSS_REASON_REQUIRED"]);
        line.With("loss_reason", "03").Accepted().LossReason.ShouldBe(LossReason.OtherInsurance);
    }

    [Fact]
    public void FamilyMember_NeedsTheInsuredName()
    {
        var line = new MemberLine().With("relationship", "2");

        line.Rejected().ShouldBe(["insured_name:INSURED_NAME_REQUIRED"]);
        line.With("insured_name", "吉野 一郎").Accepted();
    }

    [Fact]
    public void Change_TellsAbsentFromCleared()
    {
        var said = new MemberLine().Change().With("address", "-").With("postal_code", "").With("limit_category", "-").Accepted();

        said.Address.IsCleared.ShouldBeTrue();
        said.LimitCategory.IsCleared.ShouldBeTrue();
        said.PostalCode.IsAbsent.ShouldBeTrue();
        said.Name.IsAbsent.ShouldBeTrue();
    }

    [Theory]
    [InlineData("name")]
    [InlineData("name_kana")]
    [InlineData("sex")]
    [InlineData("jlis_status")]
    [InlineData("address_hidden")]
    [InlineData("self_info_blocked")]
    public void Change_CannotClearWhatMustBeStated(string column) =>
        new MemberLine().Change().With(column, "-").Rejected().ShouldBe([$"{column}:CLEAR_NOT_ALLOWED"]);

    [Fact]
    public void FullWidth_IsStoredHalfWidth_AndSymbolIsKept()
    {
        var said = new MemberLine()
            .With("insurer_number", "０６１３２０１３").With("number", "１０２４").With("branch", "００").With("birthdate", "１９８５０５１０")
            .With("sex", "２").With("symbol", "ＡＢ－１２ ").With("postal_code", "１３２００２１").With("limit_class", "０１").With("limit_category", "Ａ０３").Accepted();

        said.InsurerNumber.Value.ShouldBe("06132013");
        said.Number.ShouldBe("1024");
        said.Branch.ShouldBe("00");
        said.Birthdate.ShouldBe(new DateOnly(1985, 5, 10));
        said.Symbol.ShouldBe("ＡＢ－１２ ");
        said.SymbolKey.ShouldBe("AB-12");
        said.PostalCode.ValueOrDefault.ShouldBe("132-0021");
        said.LimitCategory.ValueOrDefault.ShouldBe(LimitCategory.A03);
    }

    [Theory]
    [InlineData("ﾖｼﾉ ﾊﾅｺ", "ヨシノ ハナコ")]
    [InlineData("ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞ", "ガギグゲゴザジズゼゾダヂヅデド")]
    [InlineData("ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟｳﾞ", "バビブベボパピプペポヴ")]
    [InlineData("ｯｬｭｮｰ･｡", "ッャュョー・。")]
    [InlineData("ﾅﾞ", "ナ゛")]
    [InlineData("スミス John", "スミス John")]
    public void Kana_IsWidened(string given, string stored) =>
        new MemberLine().With("name_kana", given).Accepted().NameKana.ValueOrDefault.ShouldBe(stored);

    [Fact]
    public void Names_KeepEveryCharacter()
    {
        const string name = "辻\U000E0100󠄀 𠮷子";

        new MemberLine().With("name", name).Accepted().Name.ValueOrDefault.ShouldBe(name);
    }

    [Fact]
    [RuleTest("BKO-9")]
    public void LateElderly_HasEightDigitsNoSymbolNoBranch()
    {
        MemberLine.LateElderly().Accepted().Branch.ShouldBe("");
        MemberLine.LateElderly().With("symbol", "江").Rejected().ShouldBe(["symbol:SYMBOL_NOT_ALLOWED"]);
        MemberLine.LateElderly().With("branch", "00").Rejected().ShouldBe(["branch:BRANCH_NOT_ALLOWED"]);
        MemberLine.LateElderly().With("number", "1234567").Rejected().ShouldBe(["number:NUMBER_INVALID"]);
        MemberLine.LateElderly().With("voluntary_until", "2027-03-31").Rejected().ShouldBe(["voluntary_until:VOLUNTARY_NOT_ALLOWED"]);
    }

    [Theory]
    [InlineData("1951-04-01", "AGE", true)]
    [InlineData("1951-04-02", "AGE", false)]
    [InlineData("1961-04-01", "DISABILITY", true)]
    [InlineData("1961-04-02", "DISABILITY", false)]
    [RuleTest("ELG-33")]
    public void LateElderlyReason_AgreesWithTheAge(string birthdate, string reason, bool accepted)
    {
        var errors = new List<LineError>();

        MemberLine.LateElderly().With("birthdate", birthdate).With("late_elderly_reason", reason).Read(errors);

        errors.Select(error => error.Code).ShouldBe(accepted ? [] : ["LATE_ELDERLY_REASON_CONTRADICTS_AGE"]);
    }

    [Theory]
    // Born on the 1st: 70 to 74 starts on the birthday; on the 2nd: a month later.
    [InlineData("1956-04-01", "", "copay_ratio:COPAY_RATIO_REQUIRED")]
    [InlineData("1956-04-02", "", "")]
    [InlineData("1956-04-01", "020", "")]
    [InlineData("1956-04-01", "010", "copay_ratio:COPAY_RATIO_CONTRADICTS_AGE")]
    [InlineData("1956-04-02", "020", "copay_ratio:COPAY_RATIO_CONTRADICTS_AGE")]
    [InlineData("1956-04-02", "030", "")]
    // Preschool until the 31 March after attaining 6.
    [InlineData("2020-04-01", "020", "copay_ratio:COPAY_RATIO_CONTRADICTS_AGE")]
    [InlineData("2020-04-02", "020", "")]
    [InlineData("2020-04-02", "030", "copay_ratio:COPAY_RATIO_CONTRADICTS_AGE")]
    [RuleTest("ELG-30", "ELG-31", "ELG-32")]
    public void CopayRatio_IsRequiredFromSeventyAndFollowsTheAgeBelow(string birthdate, string ratio, string rejected)
    {
        var errors = new List<LineError>();
        var line = new MemberLine().With("birthdate", birthdate).With("copay_ratio", ratio).With("copay_from", ratio.Length == 0 ? "" : "2026-04-01");

        line.Read(errors);

        string.Join(' ', errors.Select(error => $"{error.Column}:{error.Code}")).ShouldBe(rejected);
    }

    [Fact]
    public void CopayRatioFromSeventy_NeedsItsStart() =>
        new MemberLine().With("birthdate", "1956-04-01").With("copay_ratio", "020").Rejected().ShouldBe(["copay_from:COPAY_FROM_REQUIRED"]);

    [Fact]
    public void ChangeOfTheRatioAlone_KeepsItsStart() =>
        MemberLine.LateElderly().Change().With("copay_ratio", "030").Accepted().CopayFrom.IsAbsent.ShouldBeTrue();

    [Fact]
    public void CopayRatio_IsJudgedOnTheDayItStarts() =>
        new MemberLine().Change("2026-04-01").With("birthdate", "1956-04-15").With("copay_ratio", "020").With("copay_from", "2026-05-01").Accepted()
            .CopayRatio.ValueOrDefault.ShouldBe(20);

    [Fact]
    [RuleTest("ELG-1")]
    public void LineOfAnotherInsurer_IsRejected() =>
        new MemberLine { FileInsurer = "01130012" }.Rejected().ShouldBe(["insurer_number:INSURER_NOT_OF_FILE"]);

    [Fact]
    [RuleTest("ELG-4")]
    public void FictionalInsurer_IsTakenOnlyWhereAllowed()
    {
        new MemberLine().With("insurer_number", "06990014").Rejected().ShouldBe(["insurer_number:INSURER_NUMBER_PREFECTURE"]);
        new MemberLine { AllowFictional = true }.With("insurer_number", "06990014").Accepted().InsurerNumber.IsFictional.ShouldBeTrue();
    }

    [Fact]
    [RuleTest("BKO-9", "BKO-10")]
    public void PreviousNumber_IsOfThisInsurerUnlessStated()
    {
        var own = new MemberLine().With("previous_symbol", "江中").With("previous_number", "９９").With("previous_branch", "00").Accepted();
        var other = new MemberLine().With("previous_insurer_number", "138230").With("previous_number", "77").Accepted();

        own.Previous.ValueOrDefault.Insurer.Value.ShouldBe("06132013");
        own.Previous.ValueOrDefault.Number.ShouldBe("99");
        other.Previous.ValueOrDefault.Insurer.Value.ShouldBe("138230");
        new MemberLine().With("previous_symbol", "江中").With("previous_number", "1024").With("previous_branch", "00").Rejected()
            .ShouldBe(["previous_number:PREVIOUS_IS_SAME"]);
    }

    [Fact]
    public void ReversedPeriods_AreRejected()
    {
        foreach (var block in new[] { "limit", "valid", "elderly" })
        {
            new MemberLine().With("limit_class", "01").With("limit_category", "A03").With($"{block}_from", "2026-08-01").With($"{block}_to", "2026-07-31").Rejected()
                .ShouldBe([$"{block}_to:PERIOD_REVERSED"]);
        }
    }

    [Fact]
    public void AllFaultsOfALine_AreReported() =>
        new MemberLine().With("birthdate", "x").With("sex", "9").With("name", "").With("number", "").Rejected()
            .ShouldBe(["number:REQUIRED", "birthdate:DATE_INVALID", "sex:CODE_UNKNOWN"], ignoreOrder: true);

    [Fact]
    [RuleTest("BKO-7", "BKO-12")]
    public void Report_NeverHoldsPersonalValues()
    {
        var errors = new List<LineError>();
        new MemberLine().With("birthdate", "1985-05-40").With("individual_number", "123456789019").With("name_kana", "吉野花子").With("number", "千")
            .With("effective_on", "2026-02-30").With("event", "吉野花子").Read(errors);

        var shown = errors.ToDictionary(error => error.Column, error => error.ValueMasked);
        shown["birthdate"].ShouldBe("####-##-##");
        shown["individual_number"].ShouldBe("############");
        shown["name_kana"].ShouldBe("****");
        shown["number"].ShouldBe("*");
        shown["event"].ShouldBe("****");
        shown["effective_on"].ShouldBe("2026-02-30");
    }

    [Fact]
    public void EveryCode_HasATextInBothLanguages()
    {
        foreach (var code in LineCodes.All)
        {
            LineTexts.Of(code).Ja.ShouldNotBeNullOrWhiteSpace(code);
            LineTexts.Of(code).En.ShouldNotBeNullOrWhiteSpace(code);
        }
    }

    [Fact]
    public void EveryCode_IsListedOnce() =>
        typeof(LineCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ShouldBe(LineCodes.All, ignoreOrder: true);

    [Fact]
    public void Header_InAnyOrder_IsResolved()
    {
        var errors = new List<LineError>();

        var header = LineHeader.Resolve(["birthdate", "number", "event", "relationship", "insurer_number", "effective_on"], MemberColumns.All, errors).ShouldNotBeNull();

        header.Count.ShouldBe(6);
        header[0].ShouldBe(MemberColumns.Birthdate);
    }

    [Fact]
    public void UnusableHeader_IsRefusedByName()
    {
        var errors = new List<LineError>();

        LineHeader.Resolve(["event", "event", "colour", "山田 太郎", "effective_on", "insurer_number", "number", "relationship"], MemberColumns.All, errors).ShouldBeNull();

        errors.Select(error => $"{error.Column}:{error.Code}")
            .ShouldBe(["event:COLUMN_TWICE", "colour:COLUMN_UNKNOWN", "*****:COLUMN_UNKNOWN", "birthdate:COLUMN_MISSING"]);
    }

    [Fact]
    public void Columns_AreThoseOfTheContract()
    {
        MemberColumns.All.Count.ShouldBe(59);
        foreach (var field in typeof(MemberColumns).GetFields().Where(field => field.IsLiteral))
        {
            MemberColumns.All.NameOf((int)field.GetRawConstantValue()!).Replace("_", "", StringComparison.Ordinal).ShouldBe(field.Name.ToLowerInvariant());
        }
    }

    [Fact]
    public void Bytes_AreDecodedAsUtf8()
    {
        var cells = new LineCells(3);
        cells.SetUtf8(0, Encoding.UTF8.GetBytes("𠮷野"));
        cells.SetUtf8(1, [0xE5, 0x90]);
        cells.SetUtf8(2, []);

        cells[0].ToString().ShouldBe("𠮷野");
        cells[1].ToString().ShouldBe("\uFFFD");
        cells.IsEmpty(2).ShouldBeTrue();
    }
}
