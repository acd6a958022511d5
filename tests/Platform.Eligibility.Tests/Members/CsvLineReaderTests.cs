using System.Text;
using Platform.Eligibility.Members.Files;

namespace Platform.Eligibility.Tests.Members;

public class CsvLineReaderTests
{
    private static readonly Encoding Cp932 = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b/1|2")]
    [InlineData("a,b\r\n1,2\r\n", "a|b/1|2")]
    [InlineData("a,b\n1,2", "a|b/1|2")]
    [InlineData("a,b\n\n1,2\n\n", "a|b/1|2")]
    [InlineData("a,b\n\"1,1\",2\n", "a|b/1,1|2")]
    [InlineData("a,b\n\"1\"\"1\",\"\"\n", "a|b/1\"1|")]
    [InlineData("a,b\n\"1\n1\",2\n", "a|b/1\n1|2")]
    [InlineData("a,b\n1,\n,2\n,\n", "a|b/1|/|2/|")]
    [InlineData("\uFEFFa,b\n𠮷,葛\U000E0100\n", "a|b/𠮷|葛\U000E0100")]
    public async Task WellFormedFile_IsReadWhateverThePieces(string file, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(file);

        foreach (var piece in new[] { 1, 2, 3, 7, 1000 })
        {
            (await Read(bytes, piece)).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("a\n\"x\ny\nz\n", "a/!Quote/y/z")]
    [InlineData("a\n\"x\ny\n\"z\"\n", "a/!Quote/y/z")]
    [InlineData("a\n\"x\"y\nz\n", "a/!Quote/z")]
    [InlineData("a\nx\"y\nz\n", "a/!Quote/z")]
    [InlineData("a\nx\ry\nz\n", "a/!Quote/z")]
    [InlineData("a\n\"x", "a/!Quote")]
    public async Task BrokenQuote_CostsItsLineAlone(string file, string expected)
    {
        foreach (var piece in new[] { 1, 3, 1000 })
        {
            (await Read(Encoding.UTF8.GetBytes(file), piece)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task LineWithoutEnd_IsDroppedInConstantMemory()
    {
        var file = "a\n" + new string('x', 3_000_000) + "\nz\n" + new string('y', CsvLineReader.MaxCellBytes + 1) + "\nq\n";

        (await Read(Encoding.UTF8.GetBytes(file), 100_000)).ShouldBe("a/!LineTooLong/z/!CellTooLong/q");
    }

    [Fact]
    public async Task BytesThatAreNotUtf8_RejectTheirLine()
    {
        byte[] file = [.. "a,b\n𠮷,1\n"u8, .. new byte[] { (byte)'x', (byte)',', 0xC3, 0x28, (byte)'\n' }, .. "花,2\n"u8];

        (await Read(file, 4, FileEncoding.Utf8)).ShouldBe("a|b/𠮷|1/!Encoding1/花|2");
    }

    [Fact]
    public async Task UndeclaredCp932_IsDecidedByTheFirstBlockBeyondAscii()
    {
        var file = Cp932.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 40_000)) + "ソ能表,ﾖｼﾉ\n");

        (await Read(file, 5000))[^8..].ShouldBe("/ソ能表|ﾖｼﾉ");
    }

    [Fact]
    public async Task BytesUnknownToCp932_RejectTheirLine()
    {
        byte[] file = [.. Cp932.GetBytes("a\n花\n"), 0x81, (byte)'\n', 0xFD, (byte)'\n', .. Cp932.GetBytes("子\n")];

        (await Read(file, 3, FileEncoding.Cp932)).ShouldBe("a/花/!Encoding0/!Encoding0/子");
    }

    [Fact]
    public async Task EndOffsetAndNextLine_AreWhereAResumeStarts()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\r\n1,\"x\ny\"\r\n3,4\r\n5,6");
        var reader = Over(bytes, 4);
        await reader.ReadAsync(CancellationToken.None);
        await reader.ReadAsync(CancellationToken.None);
        var (offset, line) = (reader.EndOffset, reader.NextLine);
        var rest = Over(bytes[(int)offset..], 4);
        rest.StartAt(offset, line);

        (await rest.ReadAsync(CancellationToken.None)).ShouldBeTrue();

        rest.Text(0).ShouldBe("3");
        rest.Line.ShouldBe(4);
        (await rest.ReadAsync(CancellationToken.None)).ShouldBeTrue();
        rest.EndOffset.ShouldBe(bytes.Length);
    }

    private static CsvLineReader Over(byte[] bytes, int piece, FileEncoding encoding = FileEncoding.Undecided)
    {
        var at = 0;
        return new CsvLineReader(_ =>
        {
            var length = Math.Min(piece, bytes.Length - at);
            at += length;
            return ValueTask.FromResult(new ReadOnlyMemory<byte>(bytes, at - length, length));
        })
        {
            Encoding = encoding,
        };
    }

    private static async Task<string> Read(byte[] bytes, int piece, FileEncoding encoding = FileEncoding.Undecided)
    {
        var reader = Over(bytes, piece, encoding);
        var lines = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
        {
            lines.Add(reader.Fault == CsvFault.None
                ? string.Join('|', Enumerable.Range(0, reader.CellCount).Select(reader.Text))
                : "!" + reader.Fault + (reader.Fault == CsvFault.Encoding ? reader.FaultCell : ""));
        }

        return string.Join('/', lines);
    }
}
