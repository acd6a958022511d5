using Platform.Gateway.Oqs;

namespace Platform.Gateway.Tests.Oqs;

public sealed class NameFormTests
{
    [Theory]
    [InlineData("ミホン イチロウ", "ﾐﾎﾝ ｲﾁﾛｳ")]
    [InlineData("ミホン　イチロウ", "ﾐﾎﾝ ｲﾁﾛｳ")]
    [InlineData("  ミホン \u3000 イチロウ ", "ﾐﾎﾝ ｲﾁﾛｳ")]
    [InlineData("ガギグゲゴ", "ｶﾞｷﾞｸﾞｹﾞｺﾞ")]
    [InlineData("ザジズゼゾダヂヅデド", "ｻﾞｼﾞｽﾞｾﾞｿﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞ")]
    [InlineData("バビブベボパピプペポ", "ﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ")]
    [InlineData("ヴァイオレット", "ｳﾞｧｲｵﾚｯﾄ")]
    [InlineData("ヷヺ", "ﾜﾞｦﾞ")]
    [InlineData("キャサリン・オーブリー", "ｷｬｻﾘﾝ･ｵｰﾌﾞﾘｰ")]
    [InlineData("ヰヱヮヵヶ", "ｲｴﾜｶｹ")]
    [InlineData("やまだ はなこ", "ﾔﾏﾀﾞ ﾊﾅｺ")]
    [InlineData("ﾐﾎﾝ ｲﾁﾛｳ", "ﾐﾎﾝ ｲﾁﾛｳ")]
    [InlineData("か\u3099", "ｶﾞ")]
    [InlineData("Ｊｏｈｎ　ｓｍｉｔｈ", "John smith")]
    [InlineData("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ")]
    [InlineData("ァィゥェォッャュョー「」、。゛゜", "ｧｨｩｪｫｯｬｭｮｰ｢｣､｡ﾞﾟ")]
    [InlineData("", "")]
    public void Kana_GoesOutInHalfWidth(string kana, string half) => NameForm.HalfWidthKana(kana).ShouldBe(half);

    [Theory]
    [InlineData("見本 一郎", "見本　一郎")]
    [InlineData("見本　一郎", "見本　一郎")]
    [InlineData(" 見本\u00a0\t一郎 ", "見本　一郎")]
    [InlineData("見本一郎", "見本一郎")]
    [InlineData("SMITH JOHN A", "ＳＭＩＴＨ　ＪＯＨＮ　Ａ")]
    [InlineData("ｶﾞﾊﾟﾔﾞ", "ガパヤ゛")]
    [InlineData("𠮷野 葛\U000E0100", "𠮷野　葛\U000E0100")]
    [InlineData("", "")]
    public void Name_GoesOutInFullWidth(string name, string full) => NameForm.FullWidth(name).ShouldBe(full);
}
