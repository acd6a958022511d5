using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Answers;

/// <summary>
/// Answers for one person and one day. Asking again asks anew: each answer is recorded. The answer leaves after its record is durable, and not at all if that fails.
/// </summary>
internal sealed record CheckEligibility(
    InstitutionCode Institution,
    InsurerNumber InsurerNumber,
    string Symbol,
    string Number,
    string Branch,
    DateOnly Birthdate,
    DateOnly? AskedOn,
    bool LimitConsent,
    string Channel,
    string Caller)
{
    /// <summary>Masked: the rest names a person.</summary>
    public override string ToString() => $"{nameof(CheckEligibility)} {InsurerNumber}";
}

/// <summary>An answer with all that the transport adds to it.</summary>
internal sealed record CheckedEligibility(
    EligibilityAnswer Answer,
    DateOnly AskedOn,
    long DataVersion,
    TimeSpan DataAge,
    bool Downtime,
    DateTimeOffset AnsweredAt,
    KnownInstitution Institution,
    string Ruleset,
    string AuditId);

internal sealed class CheckEligibilityHandler(
    LookupKeys keys, SnapshotCache snapshots, DirectoryCache directory, AnswerRecorder recorder, RulesInForce rules, BusinessClock businessClock)
{
    public async ValueTask<Result<CheckedEligibility>> Handle(CheckEligibility query, CancellationToken cancellationToken)
    {
        var today = businessClock.Today();
        if (await directory.Institution(query.Institution, cancellationToken) is not { } institution || !institution.IsActiveOn(today))
        {
            return EligibilityProblems.InstitutionUnknown(query.Institution.Value);
        }

        var askedOn = query.AskedOn ?? today;
        var lookupKey = keys.Lookup(query.InsurerNumber.Value, query.Symbol, query.Number, query.Birthdate);
        var found = await snapshots.Find(lookupKey, cancellationToken);
        if (!found.TryGet(out var data, out var problem))
        {
            return problem;
        }

        var question = EligibilityQuestion.ByNumber(
            query.InsurerNumber, query.Symbol, query.Number, query.Birthdate, query.Branch, askedOn, today, query.LimitConsent);
        var states = new PersonState[data.Persons.Count];
        var ids = new ReadOnlyMemory<byte>[states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = SnapshotCodec.ToState(data.Persons[i]);
            ids[i] = data.Persons[i].PersonId.Memory;
        }

        var answer = EligibilityRules.Answer(question, states, rules.Settings);
        return await recorder.Record(new AnswerToRecord
        {
            Check = query,
            Answer = answer,
            AskedOn = askedOn,
            LookupKey = lookupKey,
            Institution = institution,
            Persons = ids,
            Operation = nameof(CheckEligibility),
            DataVersion = answer.Candidate >= 0 ? data.Persons[answer.Candidate].Version : 0,
            DataAge = data.Age,
            Downtime = data.Downtime,
        });
    }
}
