using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Fixtures;

/// <summary>The member service's stand-in beside <see cref="FakeEligibility"/>.</summary>
public sealed class FakeMembers : MemberService.MemberServiceBase;
