using System.Collections.Immutable;

namespace Platform.BuildingBlocks.Errors;

/// <summary>What kind of failure a caller meets; decides the gRPC code (<see cref="ProblemStatus"/>).</summary>
public enum ProblemKind
{
    /// <summary>The request is malformed, whatever the state of the system.</summary>
    Invalid,

    /// <summary>What the request names is not there.</summary>
    NotFound,

    /// <summary>What the request would create is there already.</summary>
    AlreadyExists,

    /// <summary>The state of the system does not allow it; repeating does not help until the state changes.</summary>
    Precondition,

    /// <summary>Lost against a concurrent change; repeating from the start may help.</summary>
    Conflict,

    /// <summary>The caller is known and may not.</summary>
    Forbidden,

    /// <summary>The caller is not known.</summary>
    Unauthenticated,

    /// <summary>A quota or size limit is used up.</summary>
    Exhausted,

    /// <summary>Something that is needed is down for now; repeating later helps.</summary>
    Unavailable,
}

/// <summary>One wrong field of a request. Texts name the field and the rule, never the value that was sent.</summary>
/// <param name="Field">Path in proto spelling, such as <c>insured_number.birth_date</c>.</param>
public sealed record FieldViolation(string Field, string Reason, string MessageJa, string MessageEn);

/// <summary>
/// A failure that the caller can act on. Instances are made in one catalogue a service (<c>…Problems.cs</c>). The reason belongs to the contract and keeps
/// its meaning for ever; whatever a text says dynamically is in the metadata too; neither ever holds personal data.
/// </summary>
/// <param name="Reason">UPPER_SNAKE_CASE, unique in the platform.</param>
/// <param name="MessageJa">For the person at the desk.</param>
public sealed record Problem(ProblemKind Kind, string Reason, string MessageJa, string MessageEn)
{
    /// <summary>What the person at the desk can do next.</summary>
    public string? NextStepJa { get; init; }

    public string? NextStepEn { get; init; }

    /// <summary>All wrong fields, for <see cref="ProblemKind.Invalid"/>.</summary>
    public ImmutableArray<FieldViolation> Violations { get; init; } = [];

    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>When repeating makes sense; null when it does not by itself.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>One problem for a request with wrong fields: all of them are reported at once.</summary>
    public static Problem InvalidFields(params ImmutableArray<FieldViolation> violations) =>
        new(ProblemKind.Invalid, "INVALID_REQUEST", "入力内容に誤りがあります。", "The request has invalid fields.") { Violations = violations };

    public Problem With(string key, string value) => this with { Metadata = Metadata.SetItem(key, value) };
}
