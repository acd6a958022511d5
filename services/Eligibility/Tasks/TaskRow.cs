namespace Platform.Eligibility.Tasks;

/// <summary>A stored task.</summary>
internal sealed record TaskRow
{
    public required Guid TaskId { get; init; }

    public required string InsurerNumber { get; init; }

    public required string Kind { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>What within the person it is about.</summary>
    public required string Reference { get; init; }

    public required string Symbol { get; init; }

    public required string Number { get; init; }

    public required string Branch { get; init; }

    public DateOnly? Birthdate { get; init; }

    /// <summary>Business time.</summary>
    public required DateTime OpenedAt { get; init; }

    public DateOnly? DueOn { get; init; }

    public DateTime? ClosedAt { get; init; }

    public bool ByClerk { get; init; }

    public string Note { get; init; } = "";
}
