using Grpc.Core;

namespace Platform.Eligibility;

/// <summary>
/// What the caller says it may. Roles stand in the metadata <c>x-platform-roles</c> until callers carry the signed assertion that vouches for them;
/// where the callers' port is open to more than trusted systems, nobody but the gateway may set it.
/// </summary>
internal static class CallerRights
{
    public const string RolesHeader = "x-platform-roles";

    public const string Approver = "approver";

    /// <summary>The transport identity, under which request ids are kept; doors without TLS know none.</summary>
    public static string Name(ServerCallContext context) => context.AuthContext.PeerIdentity.FirstOrDefault()?.Value ?? "";

    /// <summary>Whether the caller may lower a protection (ELG-37).</summary>
    public static bool MayApprove(ServerCallContext context) =>
        context.RequestHeaders.GetValue(RolesHeader)?.Split(',', StringSplitOptions.TrimEntries).Contains(Approver) is true;
}
