namespace Platform.Cli.Generate;

/// <summary>
/// xoshiro256** seeded by SplitMix64: integer arithmetic only, so that a seed gives the same numbers on every machine and every version of .NET
/// (System.Random promises neither).
/// </summary>
internal struct SeededRandom
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    public SeededRandom(ulong seed)
    {
        s0 = Mix(ref seed);
        s1 = Mix(ref seed);
        s2 = Mix(ref seed);
        s3 = Mix(ref seed);
    }

    /// <summary>A generator of its own for one thing (a mover, an employer), independent of how many numbers were drawn before.</summary>
    public static SeededRandom For(ulong seed, string what, long index) => new(Hash(seed, what) ^ (ulong)index * 0x9E3779B97F4A7C15UL);

    /// <summary>FNV-1a over the UTF-16 units, started from the seed.</summary>
    public static ulong Hash(ulong seed, string text)
    {
        var hash = 14695981039346656037UL ^ Mix(ref seed);
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(ref hash);
    }

    public ulong Next()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>0 to bound − 1. The bias of the multiply-and-shift form is below 2^-32 for the small bounds used here.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>From lowest to highest, both included.</summary>
    public int Between(int lowest, int highest) => lowest + Below(highest - lowest + 1);

    /// <summary>True in <paramref name="count"/> of 10,000 cases.</summary>
    public bool PerMyriad(int count) => Below(10_000) < count;

    public T Of<T>(T[] items) => items[Below(items.Length)];

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>Items with weights; picking costs one random number and a binary search.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] items;
    private readonly int[] upTo;

    public Weighted(IEnumerable<(T Item, int Weight)> weighted)
    {
        var all = weighted.ToArray();
        items = [.. all.Select(entry => entry.Item)];
        upTo = new int[all.Length];
        var sum = 0;
        for (var i = 0; i < all.Length; i++)
        {
            upTo[i] = sum += all[i].Weight;
        }
    }

    public T Pick(ref SeededRandom random)
    {
        var at = Array.BinarySearch(upTo, random.Below(upTo[^1]) + 1);
        return items[at < 0 ? ~at : at];
    }
}
