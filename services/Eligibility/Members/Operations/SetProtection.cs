using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Keys;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members.Operations;

/// <summary>Sets or lifts protection of a member (ELG-35, ELG-36). Effective when it returns; lifting needs the approver's right (ELG-37).</summary>
internal sealed record SetProtection(SetProtectionRequest Request, string Caller, bool MayLowerProtection);

internal sealed class SetProtectionHandler(MemberTransactions transactions, MemberFinder finder, MemberWriter writer, LookupKeys keys, BusinessClock clock)
{
    public async Task<Result<SetProtectionResponse>> Handle(SetProtection command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        if (!finder.Parse(request.InsuredNumber, "insured_number").TryGet(out var address, out var problem))
        {
            return problem;
        }

        return await transactions.Once(
            command.Caller,
            request.RequestId,
            request,
            SetProtectionResponse.Parser,
            async (connection, lookupKeys, cancel) =>
            {
                if (!(await finder.FindLocked(connection, address, cancel)).TryGet(out var member, out var missing))
                {
                    return missing;
                }

                var today = clock.Today();
                var before = member.State.ProtectionOn(today);
                var lowers = (request is { HasAddressHidden: true, AddressHidden: false } && before.HasFlag(Protection.AddressHidden))
                    || (request is { HasSelfInfoBlocked: true, SelfInfoBlocked: false } && before.HasFlag(Protection.SelfInfoBlocked));
                if (lowers && !command.MayLowerProtection)
                {
                    return MemberProblems.ApprovalRequired;
                }

                var said = MemberChanges.Of(member.Period, today) with
                {
                    AddressHidden = request.HasAddressHidden ? Field.Of(request.AddressHidden) : default,
                    SelfInfoBlocked = request.HasSelfInfoBlocked ? Field.Of(request.SelfInfoBlocked) : default,
                };
                var line = new MemberLines(keys).MakeOver(said, member.Standing(said.Key));
                var outcome = await writer.Write(connection, address.Insurer.Value, importId: null, [line], cancel);
                lookupKeys.UnionWith(outcome.LookupKeys);
                var person = outcome.Changed.Find(one => one.PersonId == member.Person.PersonId) ?? member.Person;
                var after = outcome.Changed.Count == 0 ? before : person.State.ProtectionOn(today);
                return new SetProtectionResponse
                {
                    AddressHidden = after.HasFlag(Protection.AddressHidden),
                    SelfInfoBlocked = after.HasFlag(Protection.SelfInfoBlocked),
                    DataVersion = person.Version,
                };
            },
            cancellationToken);
    }
}
