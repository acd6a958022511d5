using Google.Protobuf;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Auditing;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;
using Platform.Rules.Answers;

namespace Platform.Eligibility.Answers;

/// <summary>An answer that has been decided and not yet recorded.</summary>
internal readonly record struct AnswerToRecord
{
    public required CheckEligibility Check { get; init; }

    public required EligibilityAnswer Answer { get; init; }

    public required DateOnly AskedOn { get; init; }

    public required Guid LookupKey { get; init; }

    public required KnownInstitution Institution { get; init; }

    /// <summary>Ids of everyone who was found, in the order of the candidates; 16 bytes each.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Persons { get; init; }

    public required string Operation { get; init; }

    /// <summary>Version of the data of the person answered about; 0 where there is none.</summary>
    public long DataVersion { get; init; }

    public TimeSpan DataAge { get; init; }

    public bool Downtime { get; init; }
}

/// <summary>Records an answer and gives it out once the record is durable; no record, no answer.</summary>
internal sealed class AnswerRecorder(AuditWriter audit, RulesInForce rules, TimeProvider clock, BusinessClock businessClock)
{
    public async ValueTask<Result<CheckedEligibility>> Record(AnswerToRecord answered)
    {
        var answer = answered.Answer;
        var answeredAt = clock.GetUtcNow();
        var record = new AuditRecord
        {
            AnsweredAt = Microseconds(answeredAt),
            BusinessTime = Microseconds(businessClock.GetUtcNow()),
            InstitutionCode = answered.Check.Institution.Value,
            Caller = answered.Check.Caller,
            LookupKey = ByteString.CopyFrom(answered.LookupKey.ToByteArray(bigEndian: true)),
            Channel = answered.Check.Channel,
            AskedDate = StoredDays.Store(answered.AskedOn),
            Validity = (int)answer.Validity,
            Reason = answer.Reason,
            DataVersion = answered.DataVersion,
            Ruleset = rules.Hash,
            Downtime = answered.Downtime,
            LimitConsent = answered.Check.LimitConsent,
            Operation = answered.Operation,
        };

        // Whom the answer is about; where it says "several" or hides a record, everyone who was found: the auditor sees whose data were read.
        for (var i = 0; i < answered.Persons.Count; i++)
        {
            if (answer.Candidate < 0 || answer.Candidate == i)
            {
                record.PersonIds.Add(UnsafeByteOperations.UnsafeWrap(answered.Persons[i]));
            }
        }

        if (await audit.Append(record) is not { } sequence)
        {
            return EligibilityProblems.AuditUnavailable;
        }

        EligibilityTelemetry.Answered((int)answer.Validity);
        return new CheckedEligibility(
            answer,
            answered.AskedOn,
            answered.DataVersion,
            answered.DataAge,
            answered.Downtime,
            answeredAt,
            answered.Institution,
            rules.Hash,
            $"{audit.ChainText}:{sequence}");
    }

    /// <summary>Records that a person's data were read otherwise than by an answer. False: the data must not leave.</summary>
    public async ValueTask<bool> RecordReading(Guid person, string operation, string caller) =>
        await audit.Append(new AuditRecord
        {
            AnsweredAt = Microseconds(clock.GetUtcNow()),
            BusinessTime = Microseconds(businessClock.GetUtcNow()),
            Caller = caller,
            PersonIds = { ByteString.CopyFrom(person.ToByteArray(bigEndian: true)) },
            Channel = "GRPC",
            Ruleset = rules.Hash,
            Operation = operation,
        }) is not null;

    private static long Microseconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
