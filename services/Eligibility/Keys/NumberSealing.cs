namespace Platform.Eligibility.Keys;

/// <summary>Seals 個人番号. Each is bound to the key it is found by, so that it moves with it and with nothing else.</summary>
internal sealed class NumberSealing(KeyOptions options) : IDisposable
{
    private readonly Sealing sealing = new(options, "individual-number");

    public byte[] Seal(Guid numberKey, string twelveDigits)
    {
        Span<byte> plain = stackalloc byte[12];
        System.Text.Encoding.ASCII.GetBytes(twelveDigits, plain);
        Span<byte> boundTo = stackalloc byte[16];
        numberKey.TryWriteBytes(boundTo, bigEndian: true, out _);
        return sealing.Seal(plain, boundTo);
    }

    public void Dispose() => sealing.Dispose();
}
