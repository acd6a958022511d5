using Platform.Eligibility.Tests.Answering;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

public class ImportMembersTests(PostgresServer postgres)
{
    private static readonly DateOnly Day = new(2026, 5, 1);

    [Fact]
    public async Task NewMember_IsAnsweredAsSoonAsTheImportReturns()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();

        var response = await MemberFiles.Import(host, MemberFiles.Acquire("1024"), MemberFiles.Acquire("1024", branch: "01", name: "𠮷野 太一", birthdate: "2021-08-10"));

        response.Import.State.ShouldBe(ImportState.Finished);
        response.Import.Applied.ShouldBe(2, await MemberFiles.Report(host, response.Import.ImportId));
        var answer = await MemberFiles.Check(host, "1024", Day);
        answer.Validity.ShouldBe(Validity.Valid);
        answer.Results[0].Name.ShouldBe("𠮷野 花子");
    }

    [Fact]
    public async Task SameFileAgain_ChangesNothing()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("1024"));

        var again = await MemberFiles.Send(host, MemberFiles.File(MemberFiles.Acquire("1024")), new ImportHeader { InsurerNumber = MemberFiles.Insurer, Again = true });

        again.Import.Repeated.ShouldBe(1);
        again.Import.Applied.ShouldBe(0);
        (await world.Database.Scalar<long>("select count(*) from member_fact")).ShouldBe(1);
    }

    [Fact]
    public async Task FinishedFileAgain_ReturnsItsFirstReportAndTakesNothing()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var first = await MemberFiles.Import(host, MemberFiles.Acquire("1024", name: "一 花子"), "broken");
        await MemberFiles.Import(host, MemberFiles.Acquire("1024", name: "二 花子"));

        var again = await MemberFiles.Import(host, MemberFiles.Acquire("1024", name: "一 花子"), "broken");

        again.AlreadyKnown.ShouldBeTrue();
        again.Import.ShouldBe(first.Import);
        (await MemberFiles.Check(host, "1024", Day)).Results[0].Name.ShouldBe("二 花子");
        (await world.Database.Scalar<long>("select count(*) from import")).ShouldBe(2);
    }

    [Fact]
    public async Task FileThatBeginsLikeAFinishedOne_IsTaken()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var lines = Enumerable.Range(1, 2000).Select(i => MemberFiles.Acquire(i.ToString())).ToArray();
        await MemberFiles.Import(host, lines);

        var longer = await MemberFiles.Import(host, [.. lines, MemberFiles.Acquire("2001")]);

        longer.AlreadyKnown.ShouldBeFalse();
        (longer.Import.Repeated, longer.Import.Applied).ShouldBe((2000, 1));
        longer.Import.Sha256.Length.ShouldBe(64);
    }

    [Fact]
    public async Task RepeatThatALaterLineReplaces_IsReportedAsSuperseded()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7", name: "一 花子"));
        var filler = Enumerable.Range(100, 6000).Select(i => MemberFiles.Acquire(i.ToString())).ToArray();

        var response = await MemberFiles.Import(host, [MemberFiles.Acquire("7", name: "一 花子"), .. filler, MemberFiles.Acquire("7", name: "二 花子")]);

        (response.Import.Superseded, response.Import.Repeated, response.Import.Applied).ShouldBe((1, 0, 6001));
        (await MemberFiles.Report(host, response.Import.ImportId)).ShouldContain("2,,SUPERSEDED_IN_FILE");
        (await world.Database.Scalar<long>("select count(*) from import_repeat")).ShouldBe(0);
    }

    [Fact]
    public async Task Cp932File_KeepsItsNamesAndIsDecidedByItsBytes()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var file = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(932)!
            .GetBytes(MemberFiles.Columns + "\r\n" + MemberFiles.Acquire("1024", name: "能表 ソ子") + "\r\n");

        await MemberFiles.Send(host, file, new ImportHeader { InsurerNumber = MemberFiles.Insurer }, piece: 7);

        (await MemberFiles.Check(host, "1024", Day)).Results[0].Name.ShouldBe("能表 ソ子");
    }

    [Fact]
    public async Task ResumeAtTheWrongPlace_IsRefused()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var first = await MemberFiles.Import(host, MemberFiles.Acquire("1"));

        var failure = await Should.ThrowAsync<Grpc.Core.RpcException>(() => MemberFiles.Send(
            host, MemberFiles.File(), new ImportHeader { InsurerNumber = MemberFiles.Insurer, ResumeImportId = first.Import.ImportId, ResumeOffset = 3 }));

        Platform.BuildingBlocks.Errors.ProblemStatus.ToProblem(failure)!.Reason.ShouldBe("IMPORT_NOT_OPEN");
    }

    [Fact]
    public async Task ResumeOfALivingImportAtTheWrongPlace_LeavesItAlone()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var stop = TestContext.Current.CancellationToken;
        var chunk = Google.Protobuf.ByteString.CopyFrom(MemberFiles.File(MemberFiles.Acquire("1")));
        using var living = MemberFiles.Members(host).ImportMembers(cancellationToken: stop);
        await living.RequestStream.WriteAsync(new ImportMembersRequest { Header = new ImportHeader { InsurerNumber = MemberFiles.Insurer } }, stop);
        await living.RequestStream.WriteAsync(new ImportMembersRequest { Chunk = chunk }, stop);
        Import? running = null;
        while (running is null)
        {
            var listed = await MemberFiles.Members(host).ListImportsAsync(new ListImportsRequest { InsurerNumber = MemberFiles.Insurer }, cancellationToken: stop);
            running = listed.Imports.FirstOrDefault();
        }

        var failure = await Should.ThrowAsync<Grpc.Core.RpcException>(() => MemberFiles.Send(
            host, MemberFiles.File(), new ImportHeader { InsurerNumber = MemberFiles.Insurer, ResumeImportId = running.ImportId, ResumeOffset = 3 }));
        await living.RequestStream.CompleteAsync();

        Platform.BuildingBlocks.Errors.ProblemStatus.ToProblem(failure)!.Reason.ShouldBe("RESUME_OFFSET_WRONG");
        (await living).Import.State.ShouldBe(ImportState.Finished);
    }

    [Fact]
    public async Task Changes_LeaveAsMessagesOfUpTo200PersonsWithoutNames()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();

        await MemberFiles.Import(host, [.. Enumerable.Range(1, 450).Select(i => MemberFiles.Acquire(i.ToString()))]);

        (await world.Database.Scalar<long>("select count(*) from infra.outbox where topic = 'coverage.v1'")).ShouldBe(3);
        (await world.Database.Scalar<long>("select count(*) from infra.outbox where convert_from(event, 'utf8') like '%花子%'")).ShouldBe(0);
    }
}
