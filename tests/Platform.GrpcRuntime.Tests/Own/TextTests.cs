using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Tests.Own;

public class TextTests
{
    [Theory]
    [InlineData("1H", 36_000_000_000)]
    [InlineData("2M", 1_200_000_000)]
    [InlineData("3S", 30_000_000)]
    [InlineData("100m", 1_000_000)]
    [InlineData("5u", 50)]
    [InlineData("100n", 1)]
    [InlineData("0m", 0)]
    [InlineData("99999999H", 3_599_999_964_000_000_000)]
    public void Timeout_IsRead(string text, long ticks)
    {
        TimeoutText.TryParse(text, out var timeout).ShouldBeTrue();

        timeout.Ticks.ShouldBe(ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("m")]
    [InlineData("-1m")]
    [InlineData("+1m")]
    [InlineData("1.5S")]
    [InlineData("1 S")]
    [InlineData("1s")]
    [InlineData("123456789m")]
    public void TextThatIsNoTimeout_IsNotRead(string? text) => TimeoutText.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData(1, "1m")]
    [InlineData(10_000, "1m")]
    [InlineData(10_001, "2m")]
    [InlineData(999_999_990_000, "99999999m")]
    [InlineData(999_999_990_001, "100000S")]
    [InlineData(0, "1n")]
    [InlineData(-1, "1n")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Timeout_IsWrittenWithAtMostEightDigits(long ticks, string text)
    {
        TimeoutText.Format(TimeSpan.FromTicks(ticks)).ShouldBe(text);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain text ~", "plain text ~")]
    [InlineData("100%", "100%25")]
    [InlineData("a\r\nb\t", "a%0D%0Ab%09")]
    [InlineData("記号", "%E8%A8%98%E5%8F%B7")]
    [InlineData("\U00020BB7", "%F0%A0%AE%B7")]
    public void Message_IsPercentEncodedAndBack(string text, string encoded)
    {
        MessageText.Encode(text).ShouldBe(encoded);
        MessageText.Decode(encoded).ShouldBe(text);
    }

    [Theory]
    [InlineData("50%", "50%")]
    [InlineData("%zz", "%zz")]
    [InlineData("%4", "%4")]
    [InlineData("%41%", "A%")]
    public void BrokenEscapes_StayAsTheyAre(string encoded, string text) => MessageText.Decode(encoded).ShouldBe(text);

    [Theory]
    [InlineData("te", true)]
    [InlineData("TE", true)]
    [InlineData(":path", true)]
    [InlineData("grpc-timeout", true)]
    [InlineData("grpc-internal-encoding-request", true)]
    [InlineData("grpc-previous-rpc-attempts", true)]
    [InlineData("grpc-status-details-bin", false)]
    [InlineData("x-platform-caller", false)]
    [InlineData("traceparent", false)]
    [InlineData("user-agent", false)]
    public void Reserved_AreTheProtocolsOwnHeadersOnly(string name, bool reserved) => Names.IsReserved(name).ShouldBe(reserved);
}
