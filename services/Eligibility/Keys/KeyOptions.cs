using System.ComponentModel.DataAnnotations;

namespace Platform.Eligibility.Keys;

/// <summary>Secrets of this service, section <c>Keys</c>. Every process of Eligibility has the same two.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>
    /// Base64 of 32 random bytes: keys the hashes under which numbers are found. No default. Changing it orphans every stored hash; it changes only with a rebuild of them.
    /// </summary>
    [Required, Base64String, Length(44, 44)]
    public string Hash { get; init; } = "";

    /// <summary>Base64 of 32 random bytes: encrypts stored 個人番号 and what the cache holds. No default.</summary>
    [Required, Base64String, Length(44, 44)]
    public string Encryption { get; init; } = "";
}
