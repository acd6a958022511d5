using Platform.Rules.Institutions;
using Platform.Rules.Lines;

namespace Platform.Rules.Tests.Institutions;

public class InstitutionLineRulesTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["institution_code"] = "1310000001",
        ["name"] = "江戸川中央病院",
        ["name_kana"] = "ｴﾄﾞｶﾞﾜﾁｭｳｵｳﾋﾞｮｳｲﾝ",
        ["kind"] = "HOSPITAL",
        ["reader"] = "1",
        ["effective_on"] = "2026-04-01",
    };

    [Fact]
    public void GoodLine_IsRead_WithInitialSettings()
    {
        var entry = Read([]).Entry.ShouldNotBeNull();

        entry.Code.Value.ShouldBe("1310000001");
        entry.NameKana.ShouldBe("エドガワチュウオウビョウイン");
        entry.Kind.ShouldBe(InstitutionKind.Hospital);
        entry.Reader.ShouldBeTrue();
        entry.PhoneReader.ShouldBeFalse();
        entry.GroupsOn.ShouldBe(ConsentGroups.Drugs | ConsentGroups.Checkups);
        entry.Encoding.ShouldBe(ResultEncoding.AsRequest);
        entry.EndedOn.ShouldBeNull();
    }

    [Fact]
    public void AllColumns_AreRead()
    {
        var entry = Read([
            ("groups_on", "YZK  SRJ SHJ"), ("encoding", "SHIFT_JIS"), ("phone_reader", "1"), ("emergency_view", "1"), ("ended_on", "2027-03-31"),
            ("address", "東京都江戸川区"), ("phone", "03-0000-0000"),
        ]).Entry.ShouldNotBeNull();

        entry.GroupsOn.ShouldBe(ConsentGroups.Drugs | ConsentGroups.Treatment | ConsentGroups.Operations);
        entry.Encoding.ShouldBe(ResultEncoding.ShiftJis);
        entry.PhoneReader.ShouldBeTrue();
        entry.EmergencyView.ShouldBeTrue();
        entry.EndedOn.ShouldBe(new DateOnly(2027, 3, 31));
    }

    [Theory]
    [InlineData("institution_code", "", "REQUIRED")]
    [InlineData("institution_code", "131000000", "INSTITUTION_CODE_FORM")]
    [InlineData("institution_code", "4810000001", "INSTITUTION_CODE_PREFECTURE")]
    [InlineData("institution_code", "9910000001", "INSTITUTION_CODE_PREFECTURE")]
    [InlineData("institution_code", "1320000001", "INSTITUTION_CODE_TABLE")]
    [InlineData("name", "", "REQUIRED")]
    [InlineData("name_kana", "病院", "KANA_INVALID")]
    [InlineData("kind", "", "REQUIRED")]
    [InlineData("kind", "SPA", "CODE_UNKNOWN")]
    [InlineData("kind", "PHARMACY", "KIND_CONTRADICTS_CODE")]
    [InlineData("reader", "yes", "FLAG_INVALID")]
    [InlineData("groups_on", "YZK XYZ", "CODE_UNKNOWN")]
    [InlineData("encoding", "EUC-JP", "CODE_UNKNOWN")]
    [InlineData("effective_on", "", "REQUIRED")]
    [InlineData("effective_on", "2026-02-30", "DATE_INVALID")]
    [InlineData("ended_on", "2026-03-31", "PERIOD_REVERSED")]
    public void WrongValue_IsRejectedWithItsCode(string column, string value, string code) =>
        Read([(column, value)]).Errors.ShouldBe([$"{column}:{code}"]);

    [Theory]
    [InlineData("1310000001", "CLINIC", "emergency_view:EMERGENCY_NOT_ALLOWED")]
    [InlineData("1310000001", "HOSPITAL", "")]
    [InlineData("1330000001", "HOSPITAL", "")]
    [InlineData("1340000001", "PHARMACY", "emergency_view:EMERGENCY_NOT_ALLOWED")]
    public void EmergencyView_IsForHospitals(string code, string kind, string expected) =>
        string.Join(' ', Read([("institution_code", code), ("kind", kind), ("emergency_view", "1")]).Errors).ShouldBe(expected);

    [Fact]
    public void PhoneReader_NeedsAReader() =>
        Read([("reader", "0"), ("phone_reader", "1")]).Errors.ShouldBe(["phone_reader:PHONE_READER_WITHOUT_READER"]);

    [Fact]
    [RuleTest("ELG-4")]
    public void FictionalInstitution_IsTakenOnlyWhereAllowed() =>
        Read([("institution_code", "9910000001")], allowFictional: true).Entry.ShouldNotBeNull();

    private static (InstitutionEntry? Entry, string[] Errors) Read((string Column, string Value)[] changes, bool allowFictional = false)
    {
        var cells = new Dictionary<string, string>(Good);
        foreach (var (column, value) in changes)
        {
            cells[column] = value;
        }

        var line = InstitutionLineRules.NewCells();
        foreach (var (column, value) in cells)
        {
            line.Set(InstitutionColumns.All.IndexOf(column), value);
        }

        var errors = new List<LineError>();
        var entry = new InstitutionLineRules(allowFictional).Read(line, errors);
        return (entry, [.. errors.Select(error => $"{error.Column}:{error.Code}")]);
    }
}
