using System.Buffers;
using System.Text;

namespace Platform.Cli.Generate;

/// <summary>The columns of the member file that the generator fills, in the order of its header.</summary>
internal enum Column
{
    Event,
    EffectiveOn,
    InsurerNumber,
    Symbol,
    Number,
    Branch,
    PreviousInsurerNumber,
    PreviousSymbol,
    PreviousNumber,
    PreviousBranch,
    Relationship,
    IndividualNumber,
    Name,
    NameKana,
    NameOther,
    NameOtherKana,
    Sex,
    Birthdate,
    PostalCode,
    Address,
    InsuredName,
    CardClass,
    LossReason,
    CopayRatio,
    CopayFrom,
    CopayTo,
    LateElderlyReason,
    ElderlyIssuedOn,
    ElderlyFrom,
    ElderlyTo,
    LimitClass,
    LimitCategory,
    LimitIssuedOn,
    LimitFrom,
    LimitTo,
    LimitLongTermOn,
    DiseaseCategory,
    DiseaseIssuedOn,
    DiseaseFrom,
    DiseaseTo,
    DiseaseSelfPay,
    IssuedOn,
    ValidFrom,
    ValidTo,
    ReceivedOn,
    HouseholdId,
    HouseholdHead,
    EmployerCode,
    EmployerName,
    VoluntaryUntil,
    Delivery,
    Residence,
    StayUntil,
    GraduationOn,
    AddressHidden,
    SelfInfoBlocked,
    JlisStatus,
    AssistanceNeeded,
}

/// <summary>One line under construction; reused from line to line.</summary>
internal sealed class MemberLine
{
    internal static readonly int Width = Enum.GetValues<Column>().Length;

    private readonly string?[] cells = new string?[Width];

    public string? this[Column column]
    {
        get => cells[(int)column];
        set => cells[(int)column] = value;
    }

    public ReadOnlySpan<string?> Cells => cells;

    public void Set(Column column, DateOnly? day) => this[column] = day is { } known ? Days.Text(known) : null;

    public void Clear() => Array.Clear(cells);
}

/// <summary>Writes lines as UTF-8 CSV (RFC 4180, LF), buffered, without a string for the whole line.</summary>
internal sealed class MemberFileWriter(Stream stream) : IDisposable
{
    private const int FlushAt = 1 << 16;

    private readonly ArrayBufferWriter<byte> buffer = new(FlushAt + 8192);

    public long Lines { get; private set; }

    public static IEnumerable<string> Header => Enum.GetNames<Column>().Select(SnakeCase);

    public void WriteHeader()
    {
        buffer.Write(Encoding.UTF8.GetBytes(string.Join(',', Header) + "\n"));
    }

    public void Write(MemberLine line)
    {
        var cells = line.Cells;
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                Put((byte)',');
            }

            if (cells[i] is { Length: > 0 } text)
            {
                WriteCell(text);
            }
        }

        Put((byte)'\n');
        Lines++;
        if (buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    public void Dispose() => Flush();

    private void Flush()
    {
        stream.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }

    private void WriteCell(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") >= 0)
        {
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        var span = buffer.GetSpan(text.Length * 3);
        buffer.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    private void Put(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
