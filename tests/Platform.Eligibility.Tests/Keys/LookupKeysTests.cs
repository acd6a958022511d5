using System.Text;
using Platform.Eligibility.Keys;

namespace Platform.Eligibility.Tests.Keys;

public sealed class LookupKeysTests : IDisposable
{
    private static readonly DateOnly Born = new(1985, 5, 10);
    private static readonly KeyOptions Options = new()
    {
        Hash = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray()),
        Encryption = Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray()),
    };

    private readonly LookupKeys keys = new(Options);

    public void Dispose() => keys.Dispose();

    [Theory]
    [InlineData("06132013", "江中", "1024")]
    [InlineData(" 06132013 ", "江中", "1024")]
    [InlineData("０６１３２０１３", " 江中", "１０２４")]
    public void SameNumberInAnotherForm_HasTheSameKey(string insurer, string symbol, string number)
    {
        keys.Lookup(insurer, symbol, number, Born).ShouldBe(keys.Lookup("06132013", "江中", "1024", Born));
    }

    [Fact]
    public void HalfWidthSymbol_IsFoundByTheFullWidthOne()
    {
        keys.Lookup("06132013", "ｱﾊﾞ-1", "1", Born).ShouldBe(keys.Lookup("06132013", "アバ－１", "1", Born));
    }

    [Fact]
    public void OtherNumbers_HaveOtherKeys()
    {
        Guid[] all =
        [
            keys.Lookup("06132013", "江中", "1024", Born),
            keys.Lookup("06132013", "江中", "01024", Born),
            keys.Lookup("06132013", "江中1", "024", Born),
            keys.Lookup("06132013", "", "江中1024", Born),
            keys.Lookup("06132013", "江中", "1024", Born.AddDays(1)),
            keys.Member("06132013", "江中", "1024", ""),
            keys.Member("06132013", "江中", "1024", "00"),
            keys.IndividualNumber("061320131024"),
            new LookupKeys(new KeyOptions { Hash = Options.Encryption }).Lookup("06132013", "江中", "1024", Born),
        ];

        all.ShouldBeUnique();
    }

    // Numbers are stored under these keys: another algorithm would orphan them all. The values were computed apart from this code (HKDF and HMAC of Python).
    [Fact]
    public void Key_NeverChanges()
    {
        keys.Lookup("06132013", "江中", "1024", Born).ShouldBe(new Guid("356d29e5-329c-7266-e0de-d07584984640"));
        keys.Member("06132013", "江中", "1024", "00").ShouldBe(new Guid("f64c99ab-2eb4-5f52-ecc0-8950129f75e4"));
    }

    [Fact]
    public void SealedValue_OpensOnlyUnalteredAndInItsPlace()
    {
        using var sealing = new Sealing(Options, "test");
        var box = sealing.Seal("秘密"u8, "here"u8);
        var plain = new byte[box.Length - Sealing.Overhead];

        sealing.TryOpen(box, "here"u8, plain).ShouldBeTrue();
        plain.ShouldBe(Encoding.UTF8.GetBytes("秘密"));
        sealing.TryOpen(box, "there"u8, plain).ShouldBeFalse();
        box[^1] ^= 1;
        sealing.TryOpen(box, "here"u8, plain).ShouldBeFalse();
    }
}
