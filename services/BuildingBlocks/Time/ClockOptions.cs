namespace Platform.BuildingBlocks.Time;

/// <summary>Settings of the business clock, section <c>Clock</c>.</summary>
public sealed class ClockOptions
{
    public const string Section = "Clock";

    /// <summary>Whether the business clock may be shifted. Default false: production never sets it.</summary>
    public bool AllowShift { get; init; }

    /// <summary>The file with the shift, read once a second. Default none.</summary>
    public string? File { get; init; }
}
