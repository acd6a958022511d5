using System.Collections.Concurrent;

namespace Platform.LocalSidecar;

/// <summary>Topics seen in this run, published or subscribed to: those whose streams are trimmed.</summary>
internal sealed class TopicNames
{
    private readonly ConcurrentDictionary<string, bool> names = new(StringComparer.Ordinal);

    public IEnumerable<string> All => names.Keys;

    public void Add(string topic) => names.TryAdd(topic, true);
}
