using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Directories;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Reports one event of one member. A repetition of the request id, or of an event that is known, changes nothing.</summary>
internal sealed record RecordMemberEvent(RecordMemberEventRequest Request, string Caller, bool MayLowerProtection);

internal sealed class RecordMemberEventHandler(
    MemberTransactions transactions, MemberWriter writer, DirectoryStore directory, LookupKeys keys, BusinessClock clock, InsurerOptions insurers, RulesInForce rules)
{
    private const string IndividualNumber = "individual_number";

    public async Task<Result<RecordMemberEventResponse>> Handle(RecordMemberEvent command, CancellationToken cancellationToken)
    {
        var read = EventColumns.Read(
            command.Request.Columns,
            new MemberLineContext { Today = clock.Today(), AllowFictional = insurers.AllowFictional, Settings = rules.Settings });
        if (!read.TryGet(out var said, out var problem))
        {
            return problem;
        }

        if (said.LowersProtection && !command.MayLowerProtection)
        {
            return MemberProblems.ApprovalRequired;
        }

        if (!await directory.IsInsurer(said.InsurerNumber.Value, cancellationToken))
        {
            return MemberProblems.InsurerUnknown(said.InsurerNumber.Value);
        }

        var line = new MemberLines(keys).Make(0, said);
        return await transactions.Once(
            command.Caller,
            command.Request.RequestId,
            WithoutIndividualNumber(command.Request),
            RecordMemberEventResponse.Parser,
            async (connection, lookupKeys, cancel) =>
            {
                var outcome = await writer.Write(connection, said.InsurerNumber.Value, importId: null, [line], cancel);
                if (line.Rejection is { } rejection)
                {
                    return MemberProblems.Rejected("columns." + rejection.Column, rejection.Code);
                }

                lookupKeys.UnionWith(outcome.LookupKeys);
                var member = keys.Member(said.InsurerNumber.Value, said.SymbolKey, said.Number, said.Branch);
                var (personId, version) = await PersonStore.FindByMember(connection, member, cancel);
                return new RecordMemberEventResponse
                {
                    PersonId = Ulid.Format(personId),
                    Changed = line.Outcome == LineOutcome.Applied,
                    DataVersion = version,
                };
            },
            cancellationToken);
    }

    /// <summary>The body whose hash is stored: a plain hash of a 個人番号 could be tried out (BKO-7).</summary>
    private RecordMemberEventRequest WithoutIndividualNumber(RecordMemberEventRequest request)
    {
        if (!request.Columns.TryGetValue(IndividualNumber, out var number))
        {
            return request;
        }

        var masked = request.Clone();
        masked.Columns[IndividualNumber] = keys.IndividualNumber(number).ToString();
        return masked;
    }
}
