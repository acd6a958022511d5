using System.Globalization;
using System.Text;
using Platform.Rules.Numbers;

namespace Platform.Rules.Tests.Numbers;

[RuleTest("ELG-11")]
public class SymbolTextTests
{
    [Theory]
    [InlineData("江中", "江中")]
    [InlineData("", "")]
    [InlineData("　", "")]
    [InlineData(" 江中　", "江中")]
    [InlineData("ＡＢ－１２", "AB-12")]
    [InlineData("ｶﾞｷﾞﾊﾟ", "ガギパ")]
    [InlineData("か\u3099", "が")]
    [InlineData("㈱日本①", "(株)日本1")]
    [InlineData("神", "神")]
    [InlineData("𠮷野", "𠮷野")]
    [InlineData("각", "각")]
    public void Symbols_AreMatchedAfterNfkcAndTrimming(string given, string key) => SymbolText.ToKey(given).ShouldBe(key);

    [Fact]
    public void Normalization_AgreesWithAnotherImplementation()
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "NfkcVectors.txt")))
        {
            var (given, expected) = (Text(line.Split(';')[0]), Text(line.Split(';')[1]));

            Nfkc.Normalize(given).ShouldBe(expected, line);
            Nfkc.Normalize(expected).ShouldBe(expected, line);
        }
    }

    [Theory]
    [InlineData(" １０２４ ", "1024")]
    [InlineData("ａ－１", "a-1")]
    [InlineData("1024", "1024")]
    public void Numbers_AreNarrowed(string given, string expected) => SymbolText.ToNumber(given).ShouldBe(expected);

    private static string Text(string hex) =>
        string.Concat(hex.Split(' ').Select(code => new Rune(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
}
