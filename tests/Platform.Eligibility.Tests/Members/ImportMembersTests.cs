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
}
