namespace Platform.Gateway.Rest;

/// <summary>A problem (RFC 9457). The shape of what <see cref="Http.ProblemJson"/> writes.</summary>
internal sealed record ProblemAnswer
{
    /// <summary>urn:platform:problem: and the reason, which is stable.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Both languages in one text.</summary>
    public required string Detail { get; init; }

    public required Text Message { get; init; }

    /// <summary>What to do next.</summary>
    public Text? NextStep { get; init; }

    /// <summary>Every wrong field.</summary>
    public IReadOnlyList<ProblemField>? Errors { get; init; }

    /// <summary>What the texts say dynamically.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>One wrong field.</summary>
internal sealed record ProblemField
{
    /// <summary>Path, such as insuredNumber.birthdate or members[0].birthdate.</summary>
    public required string Field { get; init; }

    /// <summary>Stable code.</summary>
    public required string Code { get; init; }

    public required string Ja { get; init; }

    public required string En { get; init; }
}
