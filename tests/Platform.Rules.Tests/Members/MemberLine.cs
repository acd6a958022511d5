using Platform.Rules.Lines;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Rules.Tests.Members;

/// <summary>A good line of a member file; a test changes what matters to it.</summary>
internal sealed class MemberLine
{
    private readonly Dictionary<string, string> cells = new()
    {
        ["event"] = "ACQUIRE",
        ["effective_on"] = "2026-04-01",
        ["insurer_number"] = "06132013",
        ["symbol"] = "江中",
        ["number"] = "1024",
        ["branch"] = "00",
        ["relationship"] = "1",
        ["name"] = "𠮷野 花子",
        ["name_kana"] = "ヨシノ ハナコ",
        ["sex"] = "2",
        ["birthdate"] = "1985-05-10",
    };

    public DateOnly Today { get; init; } = new(2026, 11, 22);

    public string? FileInsurer { get; init; }

    public bool AllowFictional { get; init; }

    /// <summary>A good line of a 後期高齢者 member.</summary>
    public static MemberLine LateElderly() => new MemberLine()
        .With("insurer_number", "39131016").With("symbol", "").With("branch", "").With("number", "12345678").With("birthdate", "1950-04-01")
        .With("copay_ratio", "010").With("copay_from", "2026-04-01").With("late_elderly_reason", "AGE");

    public MemberLine With(string column, string value)
    {
        cells[column] = value;
        return this;
    }

    public MemberLine Change(string effectiveOn = "2026-08-01")
    {
        foreach (var column in new[] { "name", "name_kana", "sex", "copay_ratio", "copay_from", "late_elderly_reason" })
        {
            cells.Remove(column);
        }

        return With("event", "CHANGE").With("effective_on", effectiveOn);
    }

    public MemberEvent? Read(List<LineError> errors)
    {
        var line = MemberLineRules.NewCells();
        foreach (var (column, value) in cells)
        {
            line.Set(MemberColumns.All.IndexOf(column), value);
        }

        var context = new MemberLineContext
        {
            Today = Today,
            AllowFictional = AllowFictional,
            FileInsurer = FileInsurer is null ? null : InsurerNumber.FromStored(FileInsurer),
        };
        return new MemberLineRules(context).Read(line, errors);
    }

    public MemberEvent Accepted()
    {
        var errors = new List<LineError>();
        var said = Read(errors);
        errors.ShouldBeEmpty();
        return said.ShouldNotBeNull();
    }

    /// <summary>Codes by column, as in <c>birthdate:DATE_INVALID</c>.</summary>
    public string[] Rejected()
    {
        var errors = new List<LineError>();
        Read(errors).ShouldBeNull();
        return [.. errors.Select(error => $"{error.Column}:{error.Code}")];
    }
}
