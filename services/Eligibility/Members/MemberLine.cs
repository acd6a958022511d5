using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>A validated line (or single event) with the keys and bytes under which it is stored.</summary>
internal sealed class MemberLine
{
    /// <summary>Line of the file; 0 for a single event.</summary>
    public required long Line { get; init; }

    public required MemberEvent Event { get; init; }

    public required Guid FactKey { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>Keyed hash of the payload and the 個人番号: equal means "says the same".</summary>
    public required Guid PayloadHash { get; init; }

    /// <summary>Keyed hash of the 個人番号, where the line has one.</summary>
    public required Guid? IndividualNumberKey { get; init; }

    /// <summary>What became of it; set by <see cref="MemberWriter"/>.</summary>
    public LineOutcome Outcome { get; set; }

    /// <summary>Why it was rejected in view of what is known.</summary>
    public LineRejection? Rejection { get; set; }

    /// <summary>The person it was stored for, once it was.</summary>
    public Guid PersonId { get; set; }
}

/// <summary>Column and stable code.</summary>
internal sealed record LineRejection(string Column, string Code);

internal enum LineOutcome : byte
{
    Pending,

    /// <summary>Added or changed a fact.</summary>
    Applied,

    /// <summary>Known already.</summary>
    Repeated,

    /// <summary>A later line of the same file said something else under the same key.</summary>
    Superseded,

    Rejected,
}
