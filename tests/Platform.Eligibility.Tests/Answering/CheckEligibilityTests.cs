using Grpc.Core;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Answering;

public sealed class CheckEligibilityTests(PostgresServer postgres)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InsuredPerson_IsAnsweredWithItsData()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period, version: 7);
        await using var host = await world.StartHost();

        var answer = await AnswerWorld.Client(host).CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);

        answer.Validity.ShouldBe(Validity.Valid);
        answer.DataVersion.ShouldBe(7);
        answer.Downtime.ShouldBeFalse();
        var result = answer.Results.ShouldHaveSingleItem();
        result.Name.ShouldBe("江中 太郎");
        result.InsurerName.ShouldBe("試験健康保険組合");
        result.CopayPercent.ShouldBe(30);
        answer.Reasons.ShouldNotBeEmpty();
        (await world.Database.Scalar<long>("select sum(n)::bigint from audit_block")).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LimitConsent_IsEchoedWhereNoLimitIsReported(bool consent)
    {
        await using var world = await AnswerWorld.Create(postgres);
        await world.Put(Samples.Period);
        await using var host = await world.StartHost();
        var request = Samples.Request();
        request.LimitConsent = consent;

        var answer = await AnswerWorld.Client(host).CheckEligibilityAsync(request, cancellationToken: Cancelled);

        var result = answer.Results.ShouldHaveSingleItem();
        result.LimitConsent.ShouldBe(consent);
        result.Limit.ShouldBeNull();
        result.InsuredName.ShouldBe("江中 太郎");
    }

    [Fact]
    public async Task NobodyFound_SaysWhatTheDeskCanDo()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();

        var answer = await AnswerWorld.Client(host).CheckEligibilityAsync(Samples.Request(), cancellationToken: Cancelled);

        answer.Validity.ShouldBe(Validity.NotFound);
        answer.Reason.ShouldBe("NO_MATCH");
        answer.NextStep.Ja.ShouldNotBeEmpty();
        answer.NextStep.En.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task UnknownInstitution_IsRefusedUntilItIsStored()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var client = AnswerWorld.Client(host);
        var request = Samples.Request();
        request.InstitutionCode = "1310000002";

        var refused = await Should.ThrowAsync<RpcException>(client.CheckEligibilityAsync(request, cancellationToken: Cancelled).ResponseAsync);
        await world.Database.Execute("""
            insert into institution (institution_code, name, kind, groups_on) values ('1310000002', '新医院', 'CLINIC', '{}');
            update directory_version set version = version + 1
            """);

        refused.StatusCode.ShouldBe(StatusCode.FailedPrecondition);
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    await client.CheckEligibilityAsync(request, cancellationToken: Cancelled);
                    return true;
                }
                catch (RpcException)
                {
                    return false;
                }
            },
            "the new institution is known");
    }

    [Fact]
    public async Task WrongFields_AreReportedTogether()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var request = Samples.Request();
        request.InstitutionCode = "99";
        request.InsuredNumber.InsurerNumber = "06132014";
        request.InsuredNumber.Number = "";
        request.InsuredNumber.Branch = "1";
        request.InsuredNumber.Birthdate = new Date { Year = 2026, Month = 2, Day = 30 };

        var refused = await Should.ThrowAsync<RpcException>(
            AnswerWorld.Client(host).CheckEligibilityAsync(request, cancellationToken: Cancelled).ResponseAsync);

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        var details = Platform.Protos.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
        var fields = details.Details.First(detail => detail.Is(Platform.Protos.Rpc.BadRequest.Descriptor)).Unpack<Platform.Protos.Rpc.BadRequest>();
        fields.FieldViolations.Select(violation => violation.Field).ShouldBe(
            ["institution_code", "insured_number.insurer_number", "insured_number.number", "insured_number.branch", "insured_number.birthdate"],
            ignoreOrder: true);
        (await world.Database.Scalar<long>("select count(*) from audit_block")).ShouldBe(0);
    }
}
