using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Tests.Answering;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

/// <summary>What clerks do with one member, through the real host.</summary>
public class MemberActsTests(PostgresServer postgres)
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    private static readonly Metadata Approver = new() { { CallerRights.RolesHeader, CallerRights.Approver } };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordedEvent_CountsOnceAndRepeatsItsOutcome()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7"));
        var request = Lose("7", "one");

        var first = await MemberFiles.Members(host).RecordMemberEventAsync(request, cancellationToken: Stop);
        var again = await MemberFiles.Members(host).RecordMemberEventAsync(request, cancellationToken: Stop);
        var known = await MemberFiles.Members(host).RecordMemberEventAsync(Lose("7", "two"), cancellationToken: Stop);

        first.Changed.ShouldBeTrue();
        again.ShouldBe(first);
        known.Changed.ShouldBeFalse();
        known.DataVersion.ShouldBe(first.DataVersion);
        (await MemberFiles.Check(host, "7", Day)).Validity.ShouldBe(Validity.Invalid);
        (await MemberFiles.Check(host, "7", new DateOnly(2026, 9, 30))).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task RequestIdWithAnotherBody_IsRefused()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Members(host).RecordMemberEventAsync(Lose("7", "one"), cancellationToken: Stop);

        var failure = await Should.ThrowAsync<RpcException>(() => MemberFiles.Members(host).RecordMemberEventAsync(Lose("8", "one"), cancellationToken: Stop).ResponseAsync);

        failure.ToProblem()!.Reason.ShouldBe("REQUEST_ID_REUSED");
    }

    [Fact]
    public async Task WrongEvent_NamesEachFieldAndChangesNothing()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var request = Lose("7", "one");
        request.Columns["birthdate"] = "1985-02-30";
        request.Columns["shoe_size"] = "25";

        var failure = await Should.ThrowAsync<RpcException>(() => MemberFiles.Members(host).RecordMemberEventAsync(request, cancellationToken: Stop).ResponseAsync);

        failure.ToProblem()!.Violations.ShouldContain(one => one.Field == "columns.shoe_size" && one.Reason == "COLUMN_UNKNOWN");
        (await world.Database.Scalar<long>("select count(*) from member_fact")).ShouldBe(0);
    }

    [Fact]
    public async Task Protection_HidesTheAddressInTheNextCheckAndFallsOnlyForAnApprover()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await ImportWithAddress(host, "7");
        (await MemberFiles.Check(host, "7", Day)).Results[0].Address.ShouldBe("東京都");

        var raised = await MemberFiles.Members(host).SetProtectionAsync(Protect("7", true, "one"), cancellationToken: Stop);
        var hidden = await MemberFiles.Check(host, "7", Day);
        await ImportWithAddress(host, "7", again: true);
        var afterTheFileAgain = await MemberFiles.Check(host, "7", Day);
        var refused = await Should.ThrowAsync<RpcException>(() => MemberFiles.Members(host).SetProtectionAsync(Protect("7", false, "two"), cancellationToken: Stop).ResponseAsync);
        var lowered = await MemberFiles.Members(host).SetProtectionAsync(Protect("7", false, "three"), Approver, cancellationToken: Stop);

        raised.AddressHidden.ShouldBeTrue();
        hidden.Results[0].Address.ShouldBe("");
        afterTheFileAgain.Results[0].Address.ShouldBe("");
        refused.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        refused.ToProblem()!.Reason.ShouldBe("PROTECTION_NEEDS_APPROVER");
        lowered.AddressHidden.ShouldBeFalse();
        (await MemberFiles.Check(host, "7", Day)).Results[0].Address.ShouldBe("東京都");
    }

    [Fact]
    public async Task CorrectedLineWithoutTheFlag_DoesNotLowerProtection()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var columns = MemberFiles.Columns + ",address,address_hidden\n";
        await Send(host, columns + MemberFiles.Acquire("7") + ",東京都,1\n");

        await Send(host, columns + MemberFiles.Acquire("7", name: "𠮷野 花") + ",大阪府,\n");

        var answer = await MemberFiles.Check(host, "7", Day);
        answer.Results[0].Name.ShouldBe("𠮷野 花");
        answer.Results[0].Address.ShouldBe("");
    }

    [Theory]
    [InlineData("CONFIRMED", "𠮷野 花子")]
    [InlineData("CORRECTED", "吉野 花子")]
    public async Task ResolvedMismatch_IsShownAgainAndItsTaskCloses(string resolution, string name)
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await Send(host, MemberFiles.Columns + ",jlis_status\n" + MemberFiles.Acquire("7") + ",MISMATCH\n");
        var before = await MemberFiles.Check(host, "7", Day);
        var task = (await Tasks(host)).Single(one => one.Kind == "MISMATCH");
        var closing = await Should.ThrowAsync<RpcException>(
            () => MemberFiles.Members(host).CloseTaskAsync(new CloseTaskRequest { TaskId = task.TaskId, RequestId = "close" }, cancellationToken: Stop).ResponseAsync);
        var request = new ResolveMismatchRequest { InsuredNumber = Number("7"), Resolution = resolution, RequestId = "one" };
        if (resolution == "CORRECTED")
        {
            request.Columns["name"] = name;
        }

        await MemberFiles.Members(host).ResolveMismatchAsync(request, cancellationToken: Stop);

        before.Validity.ShouldBe(Validity.NotFound);
        closing.ToProblem()!.Reason.ShouldBe("TASK_NEEDS_RESOLUTION");
        var after = await MemberFiles.Check(host, "7", Day);
        after.Validity.ShouldBe(Validity.Valid);
        after.Results[0].Name.ShouldBe(name);
        (await Tasks(host)).ShouldNotContain(one => one.Kind == "MISMATCH");
    }

    [Fact]
    public async Task WrongLink_IsBlockedAtOnceUntilItsTaskIsClosed()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7"));

        var reported = await MemberFiles.Members(host).ReportWrongLinkAsync(
            new ReportWrongLinkRequest { InsuredNumber = Number("7"), InstitutionCode = AnswerWorld.Institution, RequestId = "one" }, cancellationToken: Stop);
        var blocked = await MemberFiles.Check(host, "7", Day);
        var closed = await MemberFiles.Members(host).CloseTaskAsync(new CloseTaskRequest { TaskId = reported.TaskId, Note = "本人確認済み", RequestId = "two" }, cancellationToken: Stop);

        // What a card shows is blocked; the number itself goes on answering by the rules.
        (await world.Database.Scalar<long>("select count(*) from wrong_link where cleared_at is not null")).ShouldBe(1);
        blocked.DataVersion.ShouldBe(2);
        closed.Task.ClosedAt.ShouldNotBeNull();
        closed.Task.Note.ShouldBe("本人確認済み");
        (await Tasks(host)).ShouldNotContain(one => one.Kind == "WRONG_LINK");
    }

    [Fact]
    public async Task WrongLinkOfOneOfTwoSymbols_NamesItsOwnTask()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var line = MemberFiles.Acquire("7") + ",123456789018\n";
        await Send(host, MemberFiles.Columns + ",individual_number\n" + line + line.Replace("江中", "江東", StringComparison.Ordinal));
        var other = Number("7");
        other.Symbol = "江東";

        var ids = new List<string>();
        foreach (var number in (InsuredNumber[])[Number("7"), other, Number("7"), other])
        {
            var reported = await MemberFiles.Members(host).ReportWrongLinkAsync(
                new ReportWrongLinkRequest { InsuredNumber = number, RequestId = $"report {ids.Count}" }, cancellationToken: Stop);
            ids.Add(reported.TaskId);
        }

        ids[1].ShouldNotBe(ids[0]);
        ids[2..].ShouldBe(ids[..2]);
    }

    [Fact]
    public async Task UnknownMember_IsNotFound()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();

        var failure = await Should.ThrowAsync<RpcException>(() => MemberFiles.Members(host).SetProtectionAsync(Protect("404", true, "one"), cancellationToken: Stop).ResponseAsync);

        failure.ToProblem()!.Reason.ShouldBe("MEMBER_UNKNOWN");
        failure.ToProblem()!.NextStepEn.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task ResolvedPersons_AreFoundAgainAndGetTheCoverThatComesLater()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var keys = new[]
        {
            new PersonKey { IndividualNumber = "123456789018" },
            new PersonKey { InsuredNumber = Number("7", "00") },
            new PersonKey { IndividualNumber = "123456789012" },
        };

        var first = await Resolve(host, keys);
        await Send(host, MemberFiles.Columns + ",individual_number\n" + MemberFiles.Acquire("8") + ",123456789018\n" + MemberFiles.Acquire("7") + ",\n");
        var again = await Resolve(host, keys);

        first.Select(one => one.Created).ShouldBe([true, true, false]);
        first[2].ProblemReason.ShouldBe("INDIVIDUAL_NUMBER_CHECK_DIGIT");
        again.Select(one => one.PersonId).ShouldBe(first.Select(one => one.PersonId));
        again.ShouldAllBe(one => !one.Created);
        (await world.Database.Scalar<long>("select count(*) from person")).ShouldBe(2);
    }

    [Fact]
    public async Task ReportedRatioThatContradictsIncomes_IsOneTaskHoweverOftenAsked()
    {
        const string number = "70000001";
        await using var world = await AnswerWorld.Create(postgres);
        await world.Database.Execute("insert into insurer (insurer_number, name) values ('39131016', '試験広域連合')");
        await using var host = await world.StartHost();
        await Send(host, $"""
            event,effective_on,insurer_number,number,relationship,name,name_kana,sex,birthdate,copay_ratio,copay_from,late_elderly_reason
            ACQUIRE,2024-05-10,39131016,{number},1,見本　梅,ミホン　ウメ,2,1949-05-10,030,2024-05-10,AGE

            """, "39131016");
        var client = new EligibilityService.EligibilityServiceClient(host.Callers);

        var contradicted = await client.DecideCopayRatioAsync(Ask(new Protos.Common.V1.Date { Year = 1949, Month = 5, Day = 10 }), cancellationToken: Stop);
        var again = await client.DecideCopayRatioAsync(Ask(new Protos.Common.V1.Date { Year = 1949, Month = 5, Day = 10 }), cancellationToken: Stop);
        var another = await Should.ThrowAsync<RpcException>(
            () => client.DecideCopayRatioAsync(Ask(new Protos.Common.V1.Date { Year = 1949, Month = 5, Day = 11 }), cancellationToken: Stop).ResponseAsync);

        contradicted.RatioPercent.ShouldBe(10);
        again.TaskId.ShouldBe(contradicted.TaskId);
        var task = (await Tasks(host, "39131016")).Single(one => one.Kind == "RATIO_CONTRADICTS");
        task.TaskId.ShouldBe(contradicted.TaskId);
        task.InsuredNumber.Number.ShouldBe(number);
        another.ToProblem()!.Violations.ShouldHaveSingleItem().Reason.ShouldBe("BIRTHDATE_DIFFERS");

        static DecideCopayRatioRequest Ask(Protos.Common.V1.Date birthdate) => new()
        {
            Date = new Protos.Common.V1.Date { Year = 2026, Month = 11, Day = 1 },
            Scheme = "LATE_ELDERLY",
            Members = { new HouseholdMember { Birthdate = new Protos.Common.V1.Date { Year = 1949, Month = 5, Day = 10 }, TaxableIncomeYen = 0 } },
            InsuredNumber = new InsuredNumber { InsurerNumber = "39131016", Number = number, Birthdate = birthdate },
        };
    }

    internal static async Task<IReadOnlyList<InsurerTask>> Tasks(TestHost host, string insurer = MemberFiles.Insurer) =>
        (await MemberFiles.Members(host).ListTasksAsync(new ListTasksRequest { InsurerNumber = insurer })).Tasks;

    internal static Task<ImportMembersResponse> Send(TestHost host, string file, string insurer = MemberFiles.Insurer) =>
        MemberFiles.Send(host, System.Text.Encoding.UTF8.GetBytes(file), new ImportHeader { InsurerNumber = insurer, Again = true });

    private static async Task<IReadOnlyList<ResolvedPerson>> Resolve(TestHost host, PersonKey[] keys)
    {
        using var call = MemberFiles.Members(host).ResolvePersons();
        await call.RequestStream.WriteAsync(new ResolvePersonsRequest { Persons = { keys } });
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        return call.ResponseStream.Current.Persons;
    }

    private static Task<ImportMembersResponse> ImportWithAddress(TestHost host, string number, bool again = false) =>
        Send(host, MemberFiles.Columns + ",address\n" + MemberFiles.Acquire(number) + ",東京都\n" + (again ? MemberFiles.Acquire("99") + ",\n" : ""));

    private static InsuredNumber Number(string number, string branch = "") => new()
    {
        InsurerNumber = MemberFiles.Insurer,
        Symbol = "江中",
        Number = number,
        Branch = branch,
        Birthdate = ProtoDates.ToProto(new DateOnly(1985, 5, 10)),
    };

    private static SetProtectionRequest Protect(string number, bool hidden, string requestId) =>
        new() { InsuredNumber = Number(number), AddressHidden = hidden, RequestId = requestId };

    private static RecordMemberEventRequest Lose(string number, string requestId) => new()
    {
        RequestId = requestId,
        Columns =
        {
            ["event"] = "LOSE",
            ["effective_on"] = "2026-10-01",
            ["insurer_number"] = MemberFiles.Insurer,
            ["symbol"] = "江中",
            ["number"] = number,
            ["branch"] = "00",
            ["relationship"] = "1",
            ["birthdate"] = "1985-05-10",
            ["loss_reason"] = "03",
        },
    };
}
