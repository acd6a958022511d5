using System.Text;
using Platform.Gateway.Oqs;

namespace Platform.Gateway.Tests.Oqs;

public sealed class ReducedTextTests
{
    [Theory]
    [InlineData("𠮷", "吉", true)]
    [InlineData("髙﨑濵德", "髙﨑濵德", false)]
    [InlineData("鷗", "鴎", true)]
    [InlineData("葛\U000E0100飾", "葛飾", true)]
    [InlineData("\uFA19", "\uFA19", false)]
    [InlineData("\uFA67", "逸", true)]
    [InlineData("刘伟", "劉偉", true)]
    [InlineData("é", "e", true)]
    [InlineData("𩸽", "〓", true)]
    [InlineData("\uE000", "〓", true)]
    [InlineData("👨‍👩", "〓〓〓", true)]
    [InlineData("−〜‖", "－～∥", false)]
    [InlineData("①㈱Ⅲ", "①㈱Ⅲ", false)]
    public void Text_IsReducedByTheTable(string text, string expected, bool isReduced)
    {
        var reduced = false;

        ReducedText.Reduce(text, ref reduced).ShouldBe(expected);

        reduced.ShouldBe(isReduced);
    }

    [Fact]
    public void EveryCharacter_ComesOutAsSomethingThatShiftJisCarries()
    {
        for (var code = 0x20; code <= 0x323AF; code++)
        {
            if (!Rune.IsValid(code))
            {
                continue;
            }

            var reduced = false;
            var text = ReducedText.Reduce(new Rune(code).ToString(), ref reduced);

            Cp932.CanCarry(text).ShouldBeTrue($"U+{code:X4}");
            (text.Length > 0 || code is >= 0xFE00 and <= 0xFE0F).ShouldBeTrue($"U+{code:X4} was dropped");
            (code == '●' || !text.Contains('●')).ShouldBeTrue($"U+{code:X4}");
        }
    }

    [Fact]
    public void CarriedCharacters_AreThoseThatComeBack()
    {
        for (var code = 1; code < 0x10000; code++)
        {
            if (Cp932.CanCarry((char)code))
            {
                Cp932.Strict.GetString(Cp932.Strict.GetBytes([(char)code])).ShouldBe(((char)code).ToString());
            }
        }

        Cp932.CanCarry('é').ShouldBeFalse();
        Cp932.CanCarry('\u2212').ShouldBeFalse();
        Cp932.CanCarry('亜').ShouldBeTrue();
    }
}
