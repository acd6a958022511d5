namespace Platform.OqsAgent;

/// <summary>
/// Finds requests that are complete. Most clients write under another name and rename; for those that write in place, a file counts as complete when it
/// stood still between two looks and ends as a message ends, or when it stood still for a few seconds, however it ends.
/// </summary>
internal sealed class RequestWatch(string folder, TimeProvider clock)
{
    private const int TailBytes = 256;

    private static readonly TimeSpan StillWithoutEnd = TimeSpan.FromSeconds(3);

    private Dictionary<string, Seen> seen = new(StringComparer.Ordinal);

    private readonly record struct Seen(long Length, DateTime Written, long Since);

    /// <summary>Looks once. Temporary names are left alone.</summary>
    public IReadOnlyList<MessageName> Look()
    {
        var now = clock.GetTimestamp();
        var complete = new List<MessageName>();
        var present = new Dictionary<string, Seen>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (!MessageName.TryParse(file.Name, out var name))
            {
                continue;
            }

            file.Refresh();
            if (!file.Exists)
            {
                continue;
            }

            var state = new Seen(file.Length, file.LastWriteTimeUtc, now);
            if (seen.TryGetValue(file.Name, out var before) && before.Length == state.Length && before.Written == state.Written)
            {
                state = before;
                if (EndsAsMessage(file) || clock.GetElapsedTime(before.Since, now) >= StillWithoutEnd)
                {
                    complete.Add(name!);
                }
            }

            present[file.Name] = state;
        }

        seen = present;
        return complete;
    }

    private static bool EndsAsMessage(FileInfo file)
    {
        try
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            stream.Seek(-Math.Min(TailBytes, stream.Length), SeekOrigin.End);
            Span<byte> tail = stackalloc byte[TailBytes];
            var read = stream.ReadAtLeast(tail, TailBytes, throwOnEndOfStream: false);

            // ASCII in both encodings.
            return tail[..read].TrimEnd(" \t\r\n\0"u8).EndsWith("</XmlMsg>"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Still in its writer's hands.
            return false;
        }
    }
}
