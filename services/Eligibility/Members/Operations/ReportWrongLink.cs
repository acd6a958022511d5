using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.BackOffice;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Reports that a number or card shows wrong or another person's data (ELG-23): blocked when it returns, and the insurer has a task.</summary>
internal sealed record ReportWrongLink(ReportWrongLinkRequest Request, string Caller);

internal sealed class ReportWrongLinkHandler(
    MemberTransactions transactions, MemberFinder finder, MemberWriter writer, DirectoryStore directory, NumberSealing sealing, UlidSource ids, BusinessClock clock)
{
    public async Task<Result<ReportWrongLinkResponse>> Handle(ReportWrongLink command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        if (!finder.Parse(request.InsuredNumber, "insured_number").TryGet(out var address, out var problem))
        {
            return problem;
        }

        if (request.InstitutionCode.Length > 0 && !await directory.IsInstitution(request.InstitutionCode, cancellationToken))
        {
            return EligibilityProblems.InstitutionUnknown(request.InstitutionCode);
        }

        return await transactions.Once(
            command.Caller,
            request.RequestId,
            request,
            ReportWrongLinkResponse.Parser,
            async (connection, lookupKeys, cancel) =>
            {
                if (!(await finder.FindLocked(connection, address, cancel)).TryGet(out var member, out var missing))
                {
                    return missing;
                }

                var (person, _, period) = member;
                if (!person.BlockedLinks.Contains(period.Identity))
                {
                    await WrongLinkStore.Insert(
                        connection, ids.Next(), person.Facts.First(fact => fact.Event.Identity == period.Identity).PersonId, period.Identity, request.InstitutionCode, PersonReads.Instant(clock), cancel);
                    person.BlockedLinks.Add(period.Identity);
                    person.Changed = true;
                    var matcher = new PersonMatcher(ids, sealing);
                    matcher.Know(person);
                    var outcome = new WriteOutcome();
                    await writer.Store(connection, matcher, importId: null, outcome, cancel);
                    lookupKeys.UnionWith(outcome.LookupKeys);
                }

                var task = person.NewTasks.Concat(person.Tasks.Where(one => one.ClosedAt is null))
                    .First(one => one.Kind == InsurerTaskKinds.WrongLink && one.InsurerNumber == period.InsurerNumber.Value
                        && one.Symbol == period.SymbolKey && one.Number == period.Number && one.Branch == period.Branch);
                return new ReportWrongLinkResponse { TaskId = Ulid.Format(task.TaskId) };
            },
            cancellationToken);
    }
}
