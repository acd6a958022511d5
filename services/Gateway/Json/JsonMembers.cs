using System.Text;

namespace Platform.Gateway.Json;

/// <summary>The members that an object may have; a reader's switch goes by their position.</summary>
internal sealed class JsonMembers(params string[] names)
{
    private readonly byte[][] utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => names.Length;

    public string Name(int index) => names[index];

    public ReadOnlySpan<byte> Utf8(int index) => utf8[index];
}
