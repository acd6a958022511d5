using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility.Members.Operations;

/// <summary>
/// Takes a merge of two persons back (ELG-23). Each keeps the facts reported for it. Whose the 個人番号 is that had joined them nobody can say any more:
/// it is let go of, the insurers get NUMBER_MISSING tasks, and the two do not merge again by themselves.
/// </summary>
internal sealed record SeparatePersons(SeparatePersonsRequest Request, string Caller);

internal sealed class SeparatePersonsHandler(MemberTransactions transactions, MemberWriter writer, NumberSealing sealing, UlidSource ids)
{
    public async Task<Result<SeparatePersonsResponse>> Handle(SeparatePersons command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        if (!Ulid.TryParse(request.KeptPersonId, out var keptId) || !Ulid.TryParse(request.GonePersonId, out var goneId))
        {
            return MemberProblems.PersonUnknown;
        }

        return await transactions.Once(
            command.Caller,
            request.RequestId,
            request,
            SeparatePersonsResponse.Parser,
            async (connection, lookupKeys, cancel) =>
            {
                var persons = await PersonReads.LockAndLoad(connection, [keptId, goneId], cancel, goneId);
                if (persons.Count != 2)
                {
                    return MemberProblems.PersonUnknown;
                }

                if (!(await PersonStore.LoadAliases(connection, [goneId], cancel)).Contains((goneId, keptId)))
                {
                    return new SeparatePersonsResponse { Changed = false };
                }

                var matcher = new PersonMatcher(ids, sealing);
                persons.ForEach(matcher.Know);
                matcher.Split(goneId, keptId, separated: true);
                var outcome = new WriteOutcome();
                await writer.Store(connection, matcher, importId: null, outcome, cancel);
                lookupKeys.UnionWith(outcome.LookupKeys);
                return new SeparatePersonsResponse { Changed = true };
            },
            cancellationToken);
    }
}
