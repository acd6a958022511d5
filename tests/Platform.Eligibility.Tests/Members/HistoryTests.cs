using Platform.Eligibility.Storage;
using Platform.Eligibility.Tests.Answering;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

/// <summary>Facts over time: repeats, corrections, cancellation, order, undo, merges.</summary>
public class HistoryTests(PostgresServer postgres)
{
    private const string Kyokai = "01130012";
    private const string Individual = "123456789018";

    private static readonly DateOnly Day = new(2026, 11, 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LinesOutOfOrder_GiveTheStateOfTheOrderOfDays()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        const string Columns = MemberFiles.Columns + ",loss_reason\n";

        await MemberActsTests.Send(host, Columns + Lose("7") + "\n");
        var early = await MemberFiles.Check(host, "7", Day);
        await MemberActsTests.Send(host, Columns + MemberFiles.Acquire("7") + ",\n");

        early.Validity.ShouldBe(Validity.NotFound);
        (await MemberFiles.Check(host, "7", Day)).Validity.ShouldBe(Validity.Invalid);
        (await MemberFiles.Check(host, "7", new DateOnly(2026, 5, 1))).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task CancelledPeriod_ComesBackByTheSameLineAndGoesByTheSameCancel()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var cancel = MemberFiles.Acquire("7").Replace("ACQUIRE", "CANCEL", StringComparison.Ordinal);

        foreach (var (line, expected) in new[]
        {
            (MemberFiles.Acquire("7"), Validity.Valid), (cancel, Validity.NotFound), (MemberFiles.Acquire("7"), Validity.Valid), (cancel, Validity.NotFound),
        })
        {
            (await MemberActsTests.Send(host, MemberFiles.Columns + "\n" + line + "\n")).Import.Applied.ShouldBe(1);
            (await MemberFiles.Check(host, "7", Day)).Validity.ShouldBe(expected);
        }

        (await MemberActsTests.Send(host, MemberFiles.Columns + "\n" + cancel + "\n")).Import.Repeated.ShouldBe(1);
    }

    [Fact]
    public async Task CancelBetweenEqualLinesOfOneFile_DoesNotSwallowTheSecond()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var cancel = MemberFiles.Acquire("7").Replace("ACQUIRE", "CANCEL", StringComparison.Ordinal);

        await MemberFiles.Import(host, MemberFiles.Acquire("7"), cancel, MemberFiles.Acquire("7"));

        (await MemberFiles.Check(host, "7", Day)).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task LineThatDiffers_SupersedesAndTheEarlierVersionStaysKnown()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7", name: "旧姓 花子"));
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Stop);
        var between = await world.Database.Scalar<DateTime>("select max(known_from) from member_fact");

        var response = await MemberFiles.Import(host, MemberFiles.Acquire("7", name: "新姓 花子"));

        response.Import.Applied.ShouldBe(1);
        (await MemberFiles.Check(host, "7", Day)).Results[0].Name.ShouldBe("新姓 花子");
        var person = await world.Database.Scalar<Guid>("select person_id from person");
        var facts = Platform.Eligibility.Members.StoredFacts.InOrderOfArrival(
            await FactStore.Load(connection, [person], alsoEnded: true, Stop));
        PersonFold.FoldAt(facts, between).Periods[0].Segments[0].Attributes.Name.ShouldBe("旧姓 花子");
        PersonFold.FoldAt(facts, DateTimeOffset.MaxValue).Periods[0].Segments[0].Attributes.Name.ShouldBe("新姓 花子");
        PersonFold.FoldAt(facts, between.AddTicks(-10)).Periods.Count.ShouldBe(0);
    }

    [Fact]
    public async Task LinesOfOneKeyInOneFile_LastWinsAndTheEarlierIsReported()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var filler = Enumerable.Range(100, 6000).Select(i => MemberFiles.Acquire(i.ToString())).ToArray();

        var response = await MemberFiles.Import(
            host,
            [MemberFiles.Acquire("7", name: "一 花子"), MemberFiles.Acquire("7", name: "二 花子"), MemberFiles.Acquire("7", name: "二 花子"), .. filler, MemberFiles.Acquire("7", name: "三 花子")]);

        response.Import.Superseded.ShouldBe(3);
        response.Import.Repeated.ShouldBe(0);
        response.Import.Applied.ShouldBe(6001);
        var report = await MemberFiles.Report(host, response.Import.ImportId);
        report.ShouldContain("2,,SUPERSEDED_IN_FILE");
        report.ShouldContain("3,,SUPERSEDED_IN_FILE");
        (await MemberFiles.Check(host, "7", Day)).Results[0].Name.ShouldBe("三 花子");
    }

    [Fact]
    public async Task UndoneFile_RevivesWhatItReplacedAndCanBeSentAgain()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7", name: "正 花子"));
        var wrong = await MemberFiles.Import(host, MemberFiles.Acquire("7", name: "誤 花子"), MemberFiles.Acquire("8"));

        var undone = await MemberFiles.Members(host).UndoFileAsync(new UndoFileRequest { ImportId = wrong.Import.ImportId, RequestId = "one" }, cancellationToken: Stop);
        var again = await MemberFiles.Members(host).UndoFileAsync(new UndoFileRequest { ImportId = wrong.Import.ImportId, RequestId = "two" }, cancellationToken: Stop);

        (undone.Ended, undone.Revived).ShouldBe((2, 1));
        again.ShouldBe(undone);
        (await MemberFiles.Check(host, "7", Day)).Results[0].Name.ShouldBe("正 花子");
        (await MemberFiles.Check(host, "8", Day)).Validity.ShouldBe(Validity.NotFound);
        (await MemberFiles.Members(host).GetImportAsync(new GetImportRequest { ImportId = wrong.Import.ImportId }, cancellationToken: Stop)).Import.State.ShouldBe(ImportState.Undone);
        (await world.Database.Scalar<long>("select count(*) from member_fact")).ShouldBe(4);
        (await MemberFiles.Import(host, MemberFiles.Acquire("8"))).Import.Applied.ShouldBe(1);
        (await MemberFiles.Check(host, "8", Day)).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task UndoneFile_DoesNotLowerProtection()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7"));
        var file = await MemberActsTests.Send(
            host,
            MemberFiles.Columns + ",address,address_hidden\n" + MemberFiles.Acquire("7").Replace("ACQUIRE", "CHANGE", StringComparison.Ordinal) + ",東京都,1\n");

        await MemberFiles.Members(host).UndoFileAsync(new UndoFileRequest { ImportId = file.Import.ImportId, RequestId = "one" }, cancellationToken: Stop);

        var person = await world.Database.Scalar<byte[]>("select snapshot from person");
        SnapshotCodec.ToState(Platform.Protos.Eligibility.Storage.V1.PersonSnapshot.Parser.ParseFrom(person))
            .ProtectionOn(Day).ShouldBe(Protection.AddressHidden);
    }

    [Fact]
    public async Task SamePersonAtTwoInsurers_IsOneByIndividualNumberAndOverlapIsATaskOfBoth()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await world.Database.Execute($"insert into insurer (insurer_number, name) values ('{Kyokai}', '協会')");
        await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("7")));

        await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("77", "2026-06-01").Replace(MemberFiles.Insurer, Kyokai, StringComparison.Ordinal)), Kyokai);

        (await world.Database.Scalar<long>("select count(*) from person")).ShouldBe(1);
        foreach (var insurer in new[] { MemberFiles.Insurer, Kyokai })
        {
            var task = (await MemberActsTests.Tasks(host, insurer)).Single(one => one.Kind == "OVERLAP");
            task.InsurerNumber.ShouldBe(insurer);
            task.ToString().ShouldNotContain(insurer == Kyokai ? MemberFiles.Insurer : Kyokai);
        }

        // The cover begun later goes before (ELG-14), seen under the older number as "newer exists" only once that ended.
        (await MemberFiles.Check(host, "7", Day)).Validity.ShouldBe(Validity.Valid);
    }

    [Fact]
    public async Task IndividualNumberOfSomeoneElse_IsRejected()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("7")));

        var response = await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("8", birthdate: "1990-01-01")));

        response.Import.Rejected.ShouldBe(1);
        (await MemberFiles.Report(host, response.Import.ImportId)).ShouldContain("2,individual_number,INDIVIDUAL_NUMBER_OF_ANOTHER");
        (await world.Database.Scalar<long>("select count(*) from person")).ShouldBe(1);
    }

    [Fact]
    public async Task MergeByIndividualNumber_CanBeTakenBackForGood()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await MemberFiles.Import(host, MemberFiles.Acquire("7"));
        await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("8", "2026-05-01")));
        (await world.Database.Scalar<long>("select count(*) from person")).ShouldBe(2);

        await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("7")));
        var gone = await world.Database.Scalar<Guid>("select gone from person_alias where known_to = 'infinity'");
        var kept = await world.Database.Scalar<Guid>("select kept from person_alias where known_to = 'infinity'");
        var merged = await world.Database.Scalar<long>("select count(distinct person_id) from lookup_key");
        var separated = await MemberFiles.Members(host).SeparatePersonsAsync(new SeparatePersonsRequest
        {
            KeptPersonId = BuildingBlocks.Ids.Ulid.Format(kept),
            GonePersonId = BuildingBlocks.Ids.Ulid.Format(gone),
            RequestId = "one",
        }, cancellationToken: Stop);
        var again = await MemberActsTests.Send(host, Numbered(MemberFiles.Acquire("7"), MemberFiles.Acquire("8", "2026-05-01")));

        merged.ShouldBe(1);
        separated.Changed.ShouldBeTrue();
        (await world.Database.Scalar<long>("select count(distinct person_id) from lookup_key")).ShouldBe(2);
        again.Import.Rejected.ShouldBe(1);
        (await MemberFiles.Check(host, "7", Day)).Validity.ShouldBe(Validity.Valid);
        (await MemberFiles.Check(host, "8", Day)).Validity.ShouldBe(Validity.Valid);
        (await world.Database.Scalar<long>("select count(*) from infra.outbox where type like '%PersonsMerged' or type like '%PersonsSeparated'")).ShouldBe(2);
    }

    [Fact]
    public async Task TwoInsurersAtOnce_MakeOnePersonOfOneIndividualNumber()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await world.Database.Execute($"insert into insurer (insurer_number, name) values ('{Kyokai}', '協会')");
        string[] numbers = ["123456789018", "700000000070", "700000000150"];
        var own = numbers.Select((number, i) => MemberFiles.Acquire((10 + i).ToString()) + "," + number);
        var other = numbers.Reverse().Select((number, i) => MemberFiles.Acquire((20 + i).ToString()).Replace(MemberFiles.Insurer, Kyokai, StringComparison.Ordinal) + "," + number);
        const string Columns = MemberFiles.Columns + ",individual_number\n";

        await Task.WhenAll(
            MemberActsTests.Send(host, Columns + string.Join('\n', own)),
            MemberActsTests.Send(host, Columns + string.Join('\n', other), Kyokai));

        (await world.Database.Scalar<long>("select count(*) from person where individual_number_key is not null")).ShouldBe(3);
        (await world.Database.Scalar<long>("select count(*) from member_fact where known_to = 'infinity'")).ShouldBe(6);
        (await world.Database.Scalar<long>("select count(*) from person p where (select count(distinct insurer_number) from member_fact f where f.person_id = p.person_id) <> 2")).ShouldBe(0);
    }

    private static string Numbered(params string[] lines) =>
        MemberFiles.Columns + ",individual_number\n" + string.Join('\n', lines.Select(line => line + "," + Individual)) + "\n";

    private static string Lose(string number) => MemberFiles.Acquire(number, "2026-10-01").Replace("ACQUIRE", "LOSE", StringComparison.Ordinal) + ",03";
}
