using System.Text.Json;

namespace Platform.BuildingBlocks.Time;

/// <summary>The local shift of the business clock, as <c>&lt;data&gt;/clock.json</c> holds it: <c>{"offsetSeconds": 86400, "generation": 2}</c>.</summary>
public sealed record ClockShift(long OffsetSeconds, long Generation)
{
    /// <summary>No shift: what a missing file means.</summary>
    public static readonly ClockShift None = new(0, 0);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public TimeSpan Offset => TimeSpan.FromSeconds(OffsetSeconds);

    /// <summary>Reads the file; <see cref="None"/> when there is none, <see cref="InvalidDataException"/> when it is not such a file.</summary>
    public static ClockShift Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ClockShift>(File.ReadAllBytes(file), Json) ?? None;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return None;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The clock file '{Path.GetFileName(file)}' is not of the form {{\"offsetSeconds\":…,\"generation\":…}}.", exception);
        }
    }

    /// <summary>Writes the file in one step (rename), so that no reader sees half of it.</summary>
    public void Write(string file)
    {
        var temporary = file + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new { OffsetSeconds, Generation }, Json));
        File.Move(temporary, file, overwrite: true);
    }
}
