using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Members;
using Platform.Eligibility.Storage;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Answers;

/// <summary>
/// All that one insurer reported of one of its members: facts with the times they were known, periods and numbers. Nothing that another insurer reported.
/// The reading is recorded in the audit before it leaves.
/// </summary>
internal sealed record GetMemberHistory(InsurerNumber InsurerNumber, string Symbol, string Number, string Branch, DateOnly? Birthdate, string Caller)
{
    /// <summary>Masked: the rest names a person.</summary>
    public override string ToString() => $"{nameof(GetMemberHistory)} {InsurerNumber}";
}

internal sealed record MemberHistory(Guid PersonId, IReadOnlyList<StoredFact> Facts, IReadOnlyList<CoveragePeriod> Periods, IReadOnlyList<InsuredIdentity> Numbers);

internal sealed class GetMemberHistoryHandler(LookupKeys keys, KnowledgeStore knowledge, AnswerRecorder recorder, BusinessClock clock)
{
    public async Task<Result<MemberHistory>> Handle(GetMemberHistory query, CancellationToken cancellationToken)
    {
        var memberKeys = MemberKeys.Of(keys, query.InsurerNumber.Value, query.Symbol, query.Number, query.Branch);
        var now = clock.GetUtcNow();
        var persons = (await knowledge.Find(null, memberKeys, now, cancellationToken))
            .Where(person => query.Birthdate is not { } born || person.Facts.Any(fact => fact.Event.Birthdate == born))
            .ToList();
        if (persons.Count != 1)
        {
            return persons.Count == 0 ? MemberProblems.MemberUnknown : MemberProblems.MemberAmbiguous;
        }

        var person = persons[0];
        if (!await recorder.RecordReading(person.PersonId, nameof(GetMemberHistory), query.Caller))
        {
            return EligibilityProblems.AuditUnavailable;
        }

        var state = person.StateAt(now);
        var periods = state.Periods.Where(period => period.InsurerNumber == query.InsurerNumber).ToList();
        var numbers = periods.Select(period => period.Identity)
            .Concat(state.NumberHistory.Where(older => older.Identity.Insurer == query.InsurerNumber).Select(older => older.Identity))
            .Distinct()
            .ToList();
        var facts = person.Facts.Where(fact => fact.Event.InsurerNumber == query.InsurerNumber).OrderBy(fact => fact.KnownFrom).ThenBy(fact => fact.FactId).ToList();
        return new MemberHistory(person.PersonId, facts, periods, numbers);
    }
}
