using System.Runtime.InteropServices;

namespace Platform.OqsAgent;

/// <summary>
/// The folders of one facility. A file is in one place at a time and moves by rename: req → work (taken), work → res (answered). What is in work is
/// the whole memory of the agent, so that a crash at any point neither loses a request nor publishes a result twice.
/// </summary>
internal sealed partial class FacilityFolders(string root) : IDisposable
{
    private const string Unfinished = ".new";

    private FileStream? owned;

    public string Requests { get; } = Path.Combine(root, "req");

    public string Results { get; } = Path.Combine(root, "res");

    /// <summary>For what a card reader leaves; made, since clients look into it.</summary>
    public string Face { get; } = Path.Combine(root, "face");

    private string Work { get; } = Path.Combine(root, "work");

    /// <summary>Makes the folders and keeps them for this process alone; two agents on one folder would answer twice.</summary>
    public void Open()
    {
        try
        {
            foreach (var folder in (string[])[Requests, Results, Face, Work])
            {
                Directory.CreateDirectory(folder);
            }

            owned = new FileStream(Path.Combine(Work, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{root} cannot be used, or another agent uses it: {exception.Message}");
        }

        foreach (var half in Directory.EnumerateFiles(Work, "*" + Unfinished))
        {
            File.Delete(half);
        }
    }

    /// <summary>Requests that were taken and whose result is not in res yet; for the start.</summary>
    public IReadOnlyList<MessageName> Pending()
    {
        var pending = new List<MessageName>();
        foreach (var path in Directory.EnumerateFiles(Work))
        {
            var file = Path.GetFileName(path);
            if (MessageName.TryParse(file, out var name))
            {
                pending.Add(name!);
            }
            else if (file.Contains("res_", StringComparison.Ordinal) && MessageName.TryParse(RequestOf(file), out name) && !File.Exists(Path.Combine(Work, name!.Request)))
            {
                pending.Add(name);
            }
        }

        return pending;
    }

    /// <summary>Takes a request away from req; false if it went meanwhile.</summary>
    public bool Take(MessageName name) => Move(Path.Combine(Requests, name.Request), Path.Combine(Work, name.Request)) == Moved.Done;

    public Task<byte[]> ReadRequest(MessageName name, CancellationToken cancellationToken) => File.ReadAllBytesAsync(Path.Combine(Work, name.Request), cancellationToken);

    /// <summary>Whether the answer was received before, and only its way into res is left.</summary>
    public bool IsAnswered(MessageName name) => File.Exists(Path.Combine(Work, name.Result));

    /// <summary>Keeps the answer. From here on the request is not asked again, whatever happens.</summary>
    public async Task Keep(MessageName name, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(Work, name.Result + Unfinished);
        await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await file.WriteAsync(answer, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Path.Combine(Work, name.Result), overwrite: true);
    }

    /// <summary>Moves the answer into res; false while a result of this name lies there, which is never overwritten.</summary>
    public bool Publish(MessageName name)
    {
        File.Delete(Path.Combine(Work, name.Request));
        return Move(Path.Combine(Work, name.Result), Path.Combine(Results, name.Result)) != Moved.Exists;
    }

    /// <summary>Deletes results that lie longer than the given time; how many.</summary>
    public int DeleteForgotten(TimeSpan stay, DateTimeOffset now)
    {
        var deleted = 0;
        foreach (var path in Directory.EnumerateFiles(Results))
        {
            if (MessageName.IsResult(Path.GetFileName(path)) && now.UtcDateTime - File.GetLastWriteTimeUtc(path) > stay)
            {
                File.Delete(path);
                deleted++;
            }
        }

        return deleted;
    }

    public void Dispose() => owned?.Dispose();

    private static string RequestOf(string result)
    {
        var at = result.IndexOf("res_", StringComparison.Ordinal);
        return string.Concat(result.AsSpan(0, at), "req_", result.AsSpan(at + 4));
    }

    private enum Moved
    {
        Done,
        Exists,
        Gone,
    }

    /// <summary>Renames in one step and never onto a file that is there.</summary>
    private static Moved Move(string from, string to)
    {
        const int AtWorkingDirectory = -100;
        const uint NoReplace = 1;
        const int NotThere = 2;
        const int Exists = 17;
        if (OperatingSystem.IsLinux())
        {
            if (renameat2(AtWorkingDirectory, from, AtWorkingDirectory, to, NoReplace) == 0)
            {
                return Moved.Done;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Exists:
                    return Moved.Exists;
                case NotThere when !File.Exists(from):
                    return Moved.Gone;
            }
        }

        // Other systems, and file systems that do not know the flag (network shares): link and unlink, or the system's own move.
        try
        {
            File.Move(from, to, overwrite: false);
            return Moved.Done;
        }
        catch (FileNotFoundException)
        {
            return Moved.Gone;
        }
        catch (IOException) when (File.Exists(to))
        {
            return Moved.Exists;
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int oldDirectory, string oldPath, int newDirectory, string newPath, uint flags);
}
