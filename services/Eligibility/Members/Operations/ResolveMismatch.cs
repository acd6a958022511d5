using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Keys;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Confirms or corrects a member that an unresolved comparison with the register blocks (ELG-19).</summary>
internal sealed record ResolveMismatch(ResolveMismatchRequest Request, string Caller, bool MayLowerProtection);

internal sealed class ResolveMismatchHandler(
    MemberTransactions transactions, MemberFinder finder, MemberWriter writer, LookupKeys keys, BusinessClock clock, InsurerOptions insurers, RulesInForce rules)
{
    // What says whose the record is; a correction does not move it to another number.
    private static readonly string[] Fixed =
        ["event", "effective_on", "insurer_number", "symbol", "number", "branch", "jlis_status", "individual_number"];

    public async Task<Result<ResolveMismatchResponse>> Handle(ResolveMismatch command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var corrects = request.Resolution == "CORRECTED";
        if (!corrects && request.Resolution != "CONFIRMED")
        {
            return MemberProblems.ResolutionUnknown;
        }

        var wrong = request.Columns.Keys.Where(name => !corrects || Fixed.Contains(name)).ToList();
        if (wrong.Count > 0)
        {
            return Problem.InvalidFields(
                [.. wrong.Select(name => new FieldViolation("columns." + name, "NOT_ALLOWED", "この項目はここでは指定できません。", "The column cannot be given here."))]);
        }

        if (corrects && request.Columns.Count == 0)
        {
            return MemberProblems.Required("columns");
        }

        if (!finder.Parse(request.InsuredNumber, "insured_number").TryGet(out var address, out var problem))
        {
            return problem;
        }

        return await transactions.Once(
            command.Caller,
            request.RequestId,
            request,
            ResolveMismatchResponse.Parser,
            async (connection, lookupKeys, cancel) =>
            {
                if (!(await finder.FindLocked(connection, address, cancel)).TryGet(out var member, out var missing))
                {
                    return missing;
                }

                if (member.Period.Jlis != JlisStatus.Mismatch)
                {
                    return MemberProblems.NoMismatch;
                }

                var lines = new List<MemberLine>();
                foreach (var day in new[] { member.Period.AcquiredOn, MemberChanges.LastSaidOn(member.Person, member.Period) }.Distinct())
                {
                    if (!Event(request, member, day).TryGet(out var said, out var invalid))
                    {
                        return invalid;
                    }

                    if (said.LowersProtection && !command.MayLowerProtection)
                    {
                        return MemberProblems.ApprovalRequired;
                    }

                    lines.Add(new MemberLines(keys).MakeOver(said, member.Standing(said.Key)));
                }

                var outcome = await writer.Write(connection, address.Insurer.Value, importId: null, lines, cancel);
                lookupKeys.UnionWith(outcome.LookupKeys);
                return new ResolveMismatchResponse { DataVersion = outcome.Changed.Count == 0 ? member.Person.Version : outcome.Changed[0].Version };
            },
            cancellationToken);
    }

    private Result<MemberEvent> Event(ResolveMismatchRequest request, FoundMember member, DateOnly day)
    {
        var change = MemberChanges.Of(member.Period, day) with { JlisStatus = JlisStatus.Matched };
        if (request.Columns.Count == 0)
        {
            return change;
        }

        var columns = new Dictionary<string, string>(request.Columns, StringComparer.Ordinal)
        {
            ["event"] = "CHANGE",
            ["effective_on"] = day.ToString("yyyy-MM-dd"),
            ["insurer_number"] = change.InsurerNumber.Value,
            ["symbol"] = change.Symbol,
            ["number"] = change.Number,
            ["branch"] = change.Branch,
            ["jlis_status"] = "MATCHED",
        };
        columns.TryAdd("relationship", ((int)change.Relationship).ToString());
        columns.TryAdd("birthdate", change.Birthdate.ToString("yyyy-MM-dd"));
        return EventColumns.Read(
            columns, new MemberLineContext { Today = clock.Today(), AllowFictional = insurers.AllowFictional, Settings = rules.Settings });
    }
}
