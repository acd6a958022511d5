using Google.Protobuf;
using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Lines;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Finds or creates persons, also without coverage (REG-12). Each key has its own outcome; the same key again finds the same person.</summary>
internal sealed record ResolvePersons(IReadOnlyList<PersonKey> Keys);

internal sealed class ResolvePersonsHandler(
    MemberTransactions transactions, MemberFinder finder, LookupKeys keys, NumberSealing sealing, UlidSource ids, BusinessClock clock, RulesInForce rules)
{
    public const int MaxKeys = 1000;

    public async Task<Result<IReadOnlyList<ResolvedPerson>>> Handle(ResolvePersons command, CancellationToken cancellationToken)
    {
        if (command.Keys.Count > MaxKeys)
        {
            return MemberProblems.TooManyPersons;
        }

        var wanted = command.Keys.Select(Read).ToList();
        return await transactions.Run<IReadOnlyList<ResolvedPerson>>(
            async (connection, _, cancel) => await Resolve(connection, wanted, cancel), cancellationToken);
    }

    private Wanted Read(PersonKey key)
    {
        if (key.IndividualNumber.Length > 0)
        {
            return IndividualNumber.TryParse(key.IndividualNumber, out var number) switch
            {
                IndividualNumberFault.None => new Wanted(null, null, keys.IndividualNumber(number.Reveal()), number, null),
                IndividualNumberFault.CheckDigit => Wanted.Refused(LineCodes.IndividualNumberCheckDigit),
                _ => Wanted.Refused(LineCodes.IndividualNumberForm),
            };
        }

        if (!finder.Parse(key.InsuredNumber, "insured_number").TryGet(out var address, out var problem))
        {
            return Wanted.Refused(problem.Violations.IsDefaultOrEmpty ? problem.Reason : problem.Violations[0].Reason);
        }

        return new Wanted(
            keys.Member(address.Insurer.Value, address.SymbolKey, address.Number, address.Branch),
            keys.Lookup(address.Insurer.Value, address.SymbolKey, address.Number, address.Birthdate),
            null,
            default,
            null);
    }

    private async Task<Result<IReadOnlyList<ResolvedPerson>>> Resolve(NpgsqlConnection connection, List<Wanted> wanted, CancellationToken cancellationToken)
    {
        var byMember = await PersonStore.FindByMembers(connection, Distinct(wanted, one => one.Member), cancellationToken);
        var byNumber = await PersonStore.FindByIndividualNumbers(connection, Distinct(wanted, one => one.Individual), cancellationToken);
        var lookups = await LookupKeyStore.LoadFor(connection, [.. byMember.Values.Distinct()], cancellationToken);
        var added = new List<PersonRow>();
        var numbers = new List<(Guid, Guid)>();
        var resolved = new List<ResolvedPerson>(wanted.Count);
        foreach (var one in wanted)
        {
            if (one.Problem is not null)
            {
                resolved.Add(new ResolvedPerson { ProblemReason = one.Problem });
                continue;
            }

            var (found, key) = one.Member is { } member ? (byMember, member) : (byNumber, one.Individual!.Value);
            if (found.TryGetValue(key, out var personId))
            {
                // A person with periods has a look-up key for each number and birth date; another birth date is another person's.
                var contradicts = one.Lookup is { } lookup && lookups.TryGetValue(personId, out var known) && !known.Contains(lookup);
                resolved.Add(contradicts
                    ? new ResolvedPerson { ProblemReason = "BIRTHDATE_DIFFERS" }
                    : new ResolvedPerson { PersonId = Ulid.Format(personId) });
                continue;
            }

            personId = ids.Next();
            found.Add(key, personId);
            added.Add(NewPerson(personId, one));
            if (one.Member is { } number)
            {
                numbers.Add((number, personId));
            }

            resolved.Add(new ResolvedPerson { PersonId = Ulid.Format(personId), Created = true });
        }

        if (added.Count > 0)
        {
            await PersonStore.Insert(connection, added, cancellationToken);
        }

        if (numbers.Count > 0)
        {
            await PersonStore.InsertNumbers(connection, numbers, importId: null, cancellationToken);
        }

        return resolved;
    }

    private PersonRow NewPerson(Guid personId, Wanted wanted) => new(
        personId,
        1,
        PersonReads.Instant(clock),
        SnapshotCodec.ToSnapshot(personId, 1, rules.Hash, PersonState.Empty).ToByteArray(),
        wanted.Individual,
        wanted.Individual is { } key ? sealing.Seal(key, wanted.Number.Reveal()) : null,
        null,
        null);

    private static Guid[] Distinct(List<Wanted> wanted, Func<Wanted, Guid?> key) => [.. wanted.Select(key).OfType<Guid>().Distinct()];

    private sealed record Wanted(Guid? Member, Guid? Lookup, Guid? Individual, IndividualNumber Number, string? Problem)
    {
        public static Wanted Refused(string reason) => new(null, null, null, default, reason);
    }
}
