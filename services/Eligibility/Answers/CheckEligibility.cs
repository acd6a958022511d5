using Google.Protobuf;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Auditing;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;
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
    LookupKeys keys, SnapshotCache snapshots, DirectoryCache directory, AuditWriter audit, RulesInForce rules, TimeProvider clock, BusinessClock businessClock)
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
        var answer = EligibilityRules.Answer(question, States(data.Persons), rules.Settings);
        var dataVersion = answer.Candidate >= 0 ? data.Persons[answer.Candidate].Version : 0;

        var answeredAt = clock.GetUtcNow();
        var record = new AuditRecord
        {
            AnsweredAt = Microseconds(answeredAt),
            BusinessTime = Microseconds(businessClock.GetUtcNow()),
            InstitutionCode = query.Institution.Value,
            Caller = query.Caller,
            LookupKey = ByteString.CopyFrom(lookupKey.ToByteArray(bigEndian: true)),
            Channel = query.Channel,
            AskedDate = StoredDays.Store(askedOn),
            Validity = (int)answer.Validity,
            Reason = answer.Reason,
            DataVersion = dataVersion,
            Ruleset = rules.Hash,
            Downtime = data.Downtime,
            LimitConsent = query.LimitConsent,
            Operation = nameof(CheckEligibility),
        };
        AddPersons(record, answer, data.Persons);

        if (await audit.Append(record) is not { } sequence)
        {
            return EligibilityProblems.AuditUnavailable;
        }

        EligibilityTelemetry.Answered((int)answer.Validity);
        return new CheckedEligibility(
            answer, askedOn, dataVersion, data.Age, data.Downtime, answeredAt, institution, rules.Hash, $"{audit.ChainText}:{sequence}");
    }

    internal static PersonState[] States(IReadOnlyList<PersonSnapshot> persons)
    {
        var states = new PersonState[persons.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = SnapshotCodec.ToState(persons[i]);
        }

        return states;
    }

    // Whom the answer is about; where it says "several" or hides a record, everyone who was found: the auditor sees whose data were read.
    private static void AddPersons(AuditRecord record, EligibilityAnswer answer, IReadOnlyList<PersonSnapshot> persons)
    {
        if (answer.Candidate >= 0)
        {
            record.PersonIds.Add(persons[answer.Candidate].PersonId);
            return;
        }

        foreach (var person in persons)
        {
            record.PersonIds.Add(person.PersonId);
        }
    }

    private static long Microseconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
