using System.Collections;
using System.Text;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call, in order; a key may repeat. Keys are lower case; a key ending in <c>-bin</c> carries bytes.</summary>
public sealed class Metadata : IList<Metadata.Entry>
{
    public const string BinaryHeaderSuffix = "-bin";

    public static readonly Metadata Empty = new(readOnly: true);

    // Created with the first entry: most calls carry none.
    private List<Entry>? entries;
    private readonly bool readOnly;

    public Metadata()
    {
    }

    private Metadata(bool readOnly) => this.readOnly = readOnly;

    public int Count => entries?.Count ?? 0;

    public bool IsReadOnly => readOnly;

    public Entry this[int index]
    {
        get => Existing(index)[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CheckWritable();
            Existing(index)[index] = value;
        }
    }

    /// <summary>The last entry with this key, or null.</summary>
    public Entry? Get(string key)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (string.Equals(entries![i].Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return entries[i];
            }
        }

        return null;
    }

    public string? GetValue(string key) => Get(key)?.Value;

    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    public IEnumerable<Entry> GetAll(string key)
    {
        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(entries![i].Key, key, StringComparison.OrdinalIgnoreCase))
            {
                yield return entries[i];
            }
        }
    }

    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWritable();
        (entries ??= []).Add(item);
    }

    public void Add(string key, string value) => Add(new Entry(key, value));

    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWritable();
        (entries ??= []).Insert(index, item);
    }

    public bool Remove(Entry item)
    {
        CheckWritable();
        return entries?.Remove(item) ?? false;
    }

    public void RemoveAt(int index)
    {
        CheckWritable();
        Existing(index).RemoveAt(index);
    }

    public void Clear()
    {
        CheckWritable();
        entries?.Clear();
    }

    public int IndexOf(Entry item) => entries?.IndexOf(item) ?? -1;

    public bool Contains(Entry item) => entries?.Contains(item) ?? false;

    public void CopyTo(Entry[] array, int arrayIndex) => entries?.CopyTo(array, arrayIndex);

    public IEnumerator<Entry> GetEnumerator() => (entries ?? Enumerable.Empty<Entry>()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<Entry> Existing(int index) => entries ?? throw new ArgumentOutOfRangeException(nameof(index));

    private void CheckWritable()
    {
        if (readOnly)
        {
            throw new InvalidOperationException("This metadata is read-only.");
        }
    }

    /// <summary>One key with its text or bytes.</summary>
    public class Entry
    {
        private readonly string? text;
        private readonly byte[]? bytes;

        public Entry(string key, byte[] valueBytes)
        {
            Key = NormalizedKey(key);
            ArgumentNullException.ThrowIfNull(valueBytes);
            if (!IsBinary)
            {
                throw new ArgumentException("The key of a binary value must end in \"-bin\".", nameof(key));
            }

            bytes = (byte[])valueBytes.Clone();
        }

        public Entry(string key, string value)
        {
            Key = NormalizedKey(key);
            ArgumentNullException.ThrowIfNull(value);
            if (IsBinary)
            {
                throw new ArgumentException("A key that ends in \"-bin\" carries bytes, not text.", nameof(key));
            }

            text = value;
        }

        // From the wire: the key is valid and lower case, and the bytes belong to nobody else.
        internal Entry(string wireKey, string? wireText, byte[]? wireBytes)
        {
            Key = wireKey;
            text = wireText;
            bytes = wireBytes;
        }

        public string Key { get; }

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        public byte[] ValueBytes => bytes is null ? Encoding.ASCII.GetBytes(text!) : (byte[])bytes.Clone();

        public string Value => text ?? throw new InvalidOperationException("The value of this entry is binary.");

        internal ReadOnlySpan<byte> RawBytes => bytes;

        public override string ToString() =>
            IsBinary ? $"[Entry: key={Key}, valueBytes=byte[{bytes!.Length}]]" : $"[Entry: key={Key}, value={text}]";

        private static string NormalizedKey(string key)
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            foreach (var c in key)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                {
                    throw new ArgumentException("A metadata key consists of letters, digits, '-', '_' and '.' only.", nameof(key));
                }
            }

            return IsLower(key) ? key : key.ToLowerInvariant();
        }

        private static bool IsLower(string key)
        {
            foreach (var c in key)
            {
                if (char.IsAsciiLetterUpper(c))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
