using System.Security.Cryptography;

namespace Platform.Eligibility.Keys;

/// <summary>
/// AES-256-GCM with a random nonce for one purpose. A sealed value opens only with what it was bound to (the row or cache key it belongs to), so that it cannot be moved.
/// </summary>
internal sealed class Sealing : IDisposable
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // An AesGcm must not be used by two threads at once.
    private readonly ThreadLocal<AesGcm> cipher;

    public Sealing(KeyOptions options, string purpose)
    {
        var key = LookupKeys.Derive(options.Encryption, purpose);
        cipher = new ThreadLocal<AesGcm>(() => new AesGcm(key, TagSize), trackAllValues: true);
    }

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = NonceSize + TagSize;

    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> boundTo)
    {
        var box = new byte[plain.Length + Overhead];
        Seal(plain, boundTo, box);
        return box;
    }

    public void Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> boundTo, Span<byte> box)
    {
        var nonce = box[..NonceSize];
        RandomNumberGenerator.Fill(nonce);
        cipher.Value!.Encrypt(nonce, plain, box.Slice(NonceSize, plain.Length), box.Slice(NonceSize + plain.Length, TagSize), boundTo);
    }

    /// <summary>Opens into a buffer of <c>box.Length - Overhead</c> bytes; false if the box was altered, moved or sealed with another key.</summary>
    public bool TryOpen(ReadOnlySpan<byte> box, ReadOnlySpan<byte> boundTo, Span<byte> plain)
    {
        if (box.Length < Overhead || plain.Length != box.Length - Overhead)
        {
            return false;
        }

        try
        {
            cipher.Value!.Decrypt(box[..NonceSize], box[NonceSize..^TagSize], box[^TagSize..], plain, boundTo);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        foreach (var aes in cipher.Values)
        {
            aes.Dispose();
        }

        cipher.Dispose();
    }
}
