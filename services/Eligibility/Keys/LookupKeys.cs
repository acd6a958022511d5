using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Keys;

/// <summary>
/// The keyed hashes under which numbers are stored and found: HMAC-SHA-256, the first 16 bytes. Nobody without the key can tell a number from its hash, nor try
/// all numbers. Each purpose has its own key, so that hashes of one purpose say nothing about those of another.
/// Numbers are brought into the form in which they are matched (<see cref="SymbolText"/>); 保険者番号 is trimmed and never padded.
/// </summary>
internal sealed class LookupKeys(KeyOptions options) : IDisposable
{
    private readonly Purpose lookup = new(options, "lookup");
    private readonly Purpose member = new(options, "member");
    private readonly Purpose fact = new(options, "fact");
    private readonly Purpose individual = new(options, "individual-number");
    private readonly Purpose content = new(options, "content");

    /// <summary>What a check finds: 保険者番号 + 記号 + 番号 + birth date, whatever the 枝番.</summary>
    public Guid Lookup(string insurerNumber, string symbol, string number, DateOnly birthdate) =>
        Hash(lookup, SymbolText.ToNumber(insurerNumber), SymbolText.ToKey(symbol), SymbolText.ToNumber(number), Day(birthdate));

    /// <summary>Whose a number is: 保険者番号 + 記号 + 番号 + 枝番.</summary>
    public Guid Member(string insurerNumber, string symbol, string number, string branch) =>
        Hash(member, SymbolText.ToNumber(insurerNumber), SymbolText.ToKey(symbol), SymbolText.ToNumber(number), SymbolText.ToNumber(branch));

    /// <summary>The key under which one fact stands at a time.</summary>
    public Guid Fact(string insurerNumber, string symbol, string number, string branch, int memberEvent, DateOnly effectiveOn, string diseaseCategory) =>
        Hash(
            fact,
            SymbolText.ToNumber(insurerNumber),
            SymbolText.ToKey(symbol),
            SymbolText.ToNumber(number),
            SymbolText.ToNumber(branch),
            memberEvent.ToString(CultureInfo.InvariantCulture),
            Day(effectiveOn),
            diseaseCategory);

    /// <summary>個人番号, for matching only (BKO-7).</summary>
    public Guid IndividualNumber(string twelveDigits) => Hash(individual, twelveDigits);

    /// <summary>A keyed hash of bytes, to tell whether two payloads say the same without showing what a guessed payload would hash to.</summary>
    public Guid Content(ReadOnlySpan<byte> bytes) => content.Hash(bytes);

    public void Dispose()
    {
        lookup.Dispose();
        member.Dispose();
        fact.Dispose();
        individual.Dispose();
        content.Dispose();
    }

    internal static byte[] Derive(string base64, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(base64), 32, info: Encoding.ASCII.GetBytes("platform.eligibility." + purpose));

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // Each part is preceded by its length: "1","23" and "12","3" must not meet.
    private static Guid Hash(Purpose purpose, params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
        {
            size += 4 + Encoding.UTF8.GetMaxByteCount(part.Length);
        }

        byte[]? rented = null;
        var buffer = size <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(size);
        var used = 0;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, buffer[(used + 4)..]);
            BinaryPrimitives.WriteInt32BigEndian(buffer[used..], length);
            used += 4 + length;
        }

        var hash = purpose.Hash(buffer[..used]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return hash;
    }

    /// <summary>The key of one purpose, with a hash function for each thread: setting one up costs more than hashing a number.</summary>
    private sealed class Purpose : IDisposable
    {
        private readonly ThreadLocal<HMACSHA256> function;

        public Purpose(KeyOptions options, string name)
        {
            var key = Derive(options.Hash, name);
            function = new ThreadLocal<HMACSHA256>(() => new HMACSHA256(key), trackAllValues: true);
        }

        public Guid Hash(ReadOnlySpan<byte> bytes)
        {
            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            return function.Value!.TryComputeHash(bytes, mac, out _)
                ? new Guid(mac[..16], bigEndian: true)
                : throw new CryptographicException("A hash did not fit its own size.");
        }

        public void Dispose()
        {
            foreach (var one in function.Values)
            {
                one.Dispose();
            }

            function.Dispose();
        }
    }
}
