using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Eligibility.Tasks;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>Another writer changed who is who between the look-up and the lock: begin again.</summary>
internal sealed class MatchIsStaleException() : Exception("Persons were merged or separated by another writer.");

/// <summary>What a transaction's lines did.</summary>
internal sealed class WriteOutcome
{
    /// <summary>Every look-up key that found a changed person before or will find one after.</summary>
    public HashSet<Guid> LookupKeys { get; } = [];

    /// <summary>Lines of the same import, committed earlier, that these lines superseded.</summary>
    public List<long> SupersededLines { get; } = [];

    /// <summary>Lines that replaced a fact: an earlier line of this file may have repeated it.</summary>
    public List<MemberLine> Replacing { get; } = [];

    public List<PersonWork> Changed { get; } = [];
}

/// <summary>
/// Writes lines of one insurer within its caller's transaction: finds what is new, matches and locks persons, ends and inserts facts, folds, and writes
/// snapshots, numbers and look-up keys. The same lines again change nothing.
/// </summary>
internal sealed class MemberWriter(LookupKeys keys, NumberSealing sealing, UlidSource ids, BusinessClock clock, Outbox outbox, RulesInForce rules)
{
    public async Task<WriteOutcome> Write(
        NpgsqlConnection connection, string insurerNumber, Guid? importId, IReadOnlyList<MemberLine> lines, CancellationToken cancellationToken)
    {
        var outcome = new WriteOutcome();
        var standing = LastOfEachKey(lines);
        var (work, servedSince) = await FindNew(connection, insurerNumber, standing, cancellationToken);
        work = await CancelledLines.Settle(connection, standing, work, cancellationToken);
        if (work.Count == 0)
        {
            return outcome;
        }

        var factKeys = work.ConvertAll(line => line.FactKey).ToArray();
        var known = await FactStore.FindCurrent(connection, factKeys, cancellationToken);
        var matcher = new PersonMatcher(ids, sealing);
        var lineKeys = work.ConvertAll(KeysOf);
        await ReadPersons(connection, work, lineKeys, matcher, cancellationToken);

        for (var i = 0; i < work.Count; i++)
        {
            var line = work[i];
            var (person, rejection) = matcher.Match(line, lineKeys[i].Member, lineKeys[i].Previous);
            if (person is null)
            {
                line.Outcome = LineOutcome.Rejected;
                line.Rejection = rejection;
                continue;
            }

            line.Outcome = LineOutcome.Applied;
            line.PersonId = person.PersonId;
            person.ServedSince = servedSince;
            Put(line, person, matcher.ReportedFor(lineKeys[i].Member), importId, known, outcome);
        }

        foreach (var line in work)
        {
            line.PersonId = line.PersonId == Guid.Empty ? line.PersonId : matcher.Find(line.PersonId)!.PersonId;
        }

        await Store(connection, matcher, importId, outcome, cancellationToken);
        return outcome;
    }

    /// <summary>Of the lines of one key only the last stands; earlier ones are repeats of it or superseded.</summary>
    private static List<MemberLine> LastOfEachKey(IReadOnlyList<MemberLine> lines)
    {
        var standing = new List<MemberLine>(lines.Count);
        var last = new Dictionary<Guid, MemberLine>(lines.Count);
        HashSet<Rules.Numbers.InsuredIdentity>? cancelled = null;
        foreach (var line in lines)
        {
            if (line.Event.Event == MemberEventKind.Cancel)
            {
                (cancelled ??= []).Add(line.Event.Identity);
            }
        }

        foreach (var line in lines)
        {
            line.Outcome = LineOutcome.Pending;
            if (!last.TryAdd(line.FactKey, line))
            {
                // Around a CANCEL the same line again says something new, and its place in the order counts.
                var earlier = last[line.FactKey];
                if (earlier.PayloadHash == line.PayloadHash && cancelled?.Contains(line.Event.Identity) is not true)
                {
                    line.Outcome = LineOutcome.Repeated;
                    continue;
                }

                earlier.Outcome = LineOutcome.Superseded;
                last[line.FactKey] = line;
            }
        }

        foreach (var line in lines)
        {
            if (line.Outcome == LineOutcome.Pending)
            {
                standing.Add(line);
            }
        }

        return standing;
    }

    /// <summary>The lines that say something new, and since when the platform serves the insurer.</summary>
    private static async Task<(List<MemberLine> Work, DateOnly ServedSince)> FindNew(
        NpgsqlConnection connection, string insurerNumber, List<MemberLine> lines, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in PersonStore.Begin(insurerNumber))
        {
            batch.BatchCommands.Add(command);
        }

        var factKeys = new Guid[lines.Count];
        var payloadHashes = new Guid[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            factKeys[i] = lines[i].FactKey;
            payloadHashes[i] = lines[i].PayloadHash;
            lines[i].Outcome = LineOutcome.Repeated;
        }

        batch.BatchCommands.Add(DirectoryStore.SelectServedSince(insurerNumber));
        batch.BatchCommands.Add(FactStore.SelectNotKnown(factKeys, payloadHashes));
        var work = new List<MemberLine>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var servedSince = await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<DateOnly>(0) : DateOnly.MaxValue;
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var line = lines[(int)reader.GetInt64(0)];
            line.Outcome = LineOutcome.Pending;
            work.Add(line);
        }

        return (work, servedSince);
    }

    private (Guid Member, Guid? Previous) KeysOf(MemberLine line)
    {
        var said = line.Event;
        return (
            keys.Member(said.InsurerNumber.Value, said.SymbolKey, said.Number, said.Branch),
            said.Previous.TryGet(out var previous) ? keys.Member(previous.Insurer.Value, previous.SymbolKey, previous.Number, previous.Branch) : null);
    }

    private static async Task ReadPersons(
        NpgsqlConnection connection, List<MemberLine> work, List<(Guid Member, Guid? Previous)> lineKeys, PersonMatcher matcher, CancellationToken cancellationToken)
    {
        var memberKeys = new HashSet<Guid>(work.Count);
        var numberKeys = new HashSet<Guid>();
        for (var i = 0; i < work.Count; i++)
        {
            memberKeys.Add(lineKeys[i].Member);
            if (lineKeys[i].Previous is { } previous)
            {
                memberKeys.Add(previous);
            }

            if (work[i].IndividualNumberKey is { } number)
            {
                numberKeys.Add(number);
            }
        }

        var numbers = new List<(Guid MemberKey, Guid ReportedFor, Guid PersonId, bool Released)>();
        var persons = new HashSet<Guid>();
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(PersonStore.SelectByMember([.. memberKeys]));
            batch.BatchCommands.Add(PersonStore.SelectByIndividualNumber([.. numberKeys]));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                numbers.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetBoolean(3)));
                persons.Add(reader.GetGuid(2));
            }

            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                persons.Add(reader.GetGuid(1));
            }
        }

        if (persons.Count > 0)
        {
            foreach (var person in await PersonReads.LockAndLoad(connection, [.. persons], cancellationToken))
            {
                matcher.Know(person);
            }

            matcher.KnowSeparated(await PersonReads.LoadSeparated(connection, [.. persons], cancellationToken));
        }

        foreach (var (memberKey, reportedFor, personId, released) in numbers)
        {
            matcher.KnowNumber(memberKey, reportedFor, personId, released);
        }
    }

    private void Put(
        MemberLine line, PersonWork person, Guid reportedFor, Guid? importId, Dictionary<Guid, KnownFact> known, WriteOutcome outcome)
    {
        var said = line.Event;
        if (known.TryGetValue(line.FactKey, out var standing))
        {
            var replaced = person.Facts.Find(fact => fact.FactId == standing.FactId);
            said = Protections.Carry(said, replaced?.Event);
            person.EndedFacts.Add(standing.FactId);
            person.Facts.Remove(replaced!);
            outcome.Replacing.Add(line);
            if (importId is not null && standing.ImportId == importId)
            {
                outcome.SupersededLines.Add(standing.ImportLine!.Value);
            }
        }

        var fact = new StoredFact
        {
            FactId = ids.Next(),
            PersonId = reportedFor,
            FactKey = line.FactKey,
            Event = said,
            Payload = ReferenceEquals(said, line.Event) ? line.Payload : FactCodec.ToPayload(said).ToByteArray(),
            PayloadHash = line.PayloadHash,
            NumberGiven = line.IndividualNumberKey is not null,
            ImportId = importId,
            ImportLine = importId is null ? null : line.Line,
        };
        SpentFacts.Mark(person, fact);
        person.Facts.Add(fact);
        person.NewFacts.Add(fact);
        person.Changed = true;
    }

    /// <summary>Folds every changed person and writes what follows.</summary>
    public async Task Store(
        NpgsqlConnection connection, PersonMatcher matcher, Guid? importId, WriteOutcome outcome, CancellationToken cancellationToken)
    {
        var now = PersonReads.Instant(clock);
        foreach (var person in matcher.Persons)
        {
            if (!person.Changed || (person.IsNew && person.MergedInto is not null))
            {
                continue;
            }

            Fold(person, now, matcher);
            outcome.Changed.Add(person);
            outcome.LookupKeys.UnionWith(person.OldLookupKeys);
            outcome.LookupKeys.UnionWith(person.NewLookupKeys);
        }

        await PersonWrites.Store(connection, matcher, outcome.Changed, importId, cancellationToken);
        await outbox.Add(connection, CoverageEvents.For(outcome.Changed, matcher, clock.Today(), rules.Hash), cancellationToken);
    }

    /// <summary>The state that follows from the facts that stand now.</summary>
    private void Fold(PersonWork person, DateTime now, PersonMatcher matcher)
    {
        var knownFrom = person.Current.KnownFrom(now);
        foreach (var fact in person.NewFacts)
        {
            fact.KnownFrom = knownFrom;
            if (fact.Arrived == default)
            {
                fact.Arrived = knownFrom;
            }

            // Facts of a person made in this transaction and merged in it are the other person's from the start.
            if (matcher.Find(fact.PersonId) is { } owner && owner.PersonId != fact.PersonId && !matcher.IsStored(fact.PersonId))
            {
                fact.PersonId = owner.PersonId;
            }
        }

        person.Stamp = knownFrom;
        person.Version++;
        person.State = person.FoldFacts();
        person.Snapshot = SnapshotCodec.ToSnapshot(person.PersonId, person.Version, rules.Hash, person.State).ToByteArray();
        person.NewLookupKeys = LookupKeysOf(person.State);
        if (person.MergedInto is null)
        {
            TaskDerivation.Derive(person, clock.Today(), rules.Settings, ids);
        }
    }

    private Guid[] LookupKeysOf(PersonState state)
    {
        var periods = state.Periods.AsSpan();
        if (periods.Length == 0)
        {
            return [];
        }

        var found = new Guid[periods.Length];
        var count = 0;
        foreach (var period in periods)
        {
            var key = keys.Lookup(period.InsurerNumber.Value, period.SymbolKey, period.Number, period.Birthdate);
            if (!found.AsSpan(0, count).Contains(key))
            {
                found[count++] = key;
            }
        }

        return count == found.Length ? found : found[..count];
    }
}
