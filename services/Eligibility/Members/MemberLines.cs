using Google.Protobuf;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>Gives validated events the keys and bytes under which they are stored.</summary>
internal sealed class MemberLines(LookupKeys keys)
{
    // The payload and, after it, the key of the 個人番号: a line that differs in nothing else is not a repeat.
    private byte[] content = new byte[1024];

    /// <summary>Not for concurrent use: the instance keeps a buffer.</summary>
    public MemberLine Make(long line, MemberEvent said)
    {
        var payload = FactCodec.ToPayload(said).ToByteArray();
        Guid? individual = said.IndividualNumber.IsEmpty ? null : keys.IndividualNumber(said.IndividualNumber.Reveal());
        return new MemberLine
        {
            Line = line,
            Event = said,
            FactKey = keys.Fact(
                said.InsurerNumber.Value,
                said.SymbolKey,
                said.Number,
                said.Branch,
                (int)said.Event,
                said.EffectiveOn,
                said.DiseaseCategory.TryGet(out var disease) ? DiseaseCode(disease) : ""),
            Payload = payload,
            PayloadHash = HashOf(payload, individual),
            IndividualNumberKey = individual,
        };
    }

    /// <summary>As <see cref="Make"/>, for an event that changes only some columns of what stands under its key.</summary>
    public MemberLine MakeOver(MemberEvent said, StoredFact? standing)
    {
        if (standing is null)
        {
            return Make(0, said);
        }

        var merged = FactCodec.Over(FactCodec.ToPayload(standing.Event), FactCodec.ToPayload(said));
        return Make(0, FactCodec.ToEvent(said.Event, said.EffectiveOn, said.InsurerNumber, merged) with { IndividualNumber = said.IndividualNumber });
    }

    private Guid HashOf(byte[] payload, Guid? individual)
    {
        if (individual is not { } key)
        {
            return keys.Content(payload);
        }

        var length = payload.Length + 16;
        if (content.Length < length)
        {
            content = new byte[length * 2];
        }

        payload.CopyTo(content, 0);
        key.TryWriteBytes(content.AsSpan(payload.Length), bigEndian: true, out _);
        return keys.Content(content.AsSpan(0, length));
    }

    private static string DiseaseCode(DiseaseCategory category) => category switch
    {
        DiseaseCategory.Dialysis => "1",
        DiseaseCategory.Haemophilia => "2",
        DiseaseCategory.Hiv => "3",
        _ => "",
    };
}
