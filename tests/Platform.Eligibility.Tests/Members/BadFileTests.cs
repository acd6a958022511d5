using System.Text;
using Grpc.Core;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Tests.Answering;
using Platform.Protos.Eligibility.V1;
using Platform.Testing;

namespace Platform.Eligibility.Tests.Members;

/// <summary>Wrong input: each with its code, and nothing changed.</summary>
public class BadFileTests(PostgresServer postgres)
{
    private const string All = MemberFiles.Columns
        + ",individual_number,previous_insurer_number,previous_symbol,previous_number,previous_branch,sex2,postal_code,address,insured_name,card_class,loss_reason"
        + ",copay_ratio,copay_from,copay_to,late_elderly_reason,limit_class,limit_category,limit_from,limit_to,disease_category,disease_from,disease_self_pay"
        + ",valid_from,valid_to,received_on,household_head,delivery,residence,address_hidden,jlis_status,assistance_needed,voluntary_until";

    /// <summary>One line from a right one by changing columns, with the code it must be rejected with.</summary>
    private static readonly (string Columns, string Column, string Code)[] Lines =
    [
        ("event=", "event", "REQUIRED"),
        ("event=JOIN", "event", "CODE_UNKNOWN"),
        ("event=acquire", "event", "CODE_UNKNOWN"),
        ("effective_on=", "effective_on", "REQUIRED"),
        ("effective_on=2026-02-30", "effective_on", "DATE_INVALID"),
        ("effective_on=20260431", "effective_on", "DATE_INVALID"),
        ("effective_on=2026/04/01", "effective_on", "DATE_INVALID"),
        ("effective_on=2026-4-1", "effective_on", "DATE_INVALID"),
        ("effective_on=令和8年4月1日", "effective_on", "DATE_INVALID"),
        ("effective_on=-", "effective_on", "CLEAR_NOT_ALLOWED"),
        ("effective_on=2099-01-01", "effective_on", "EFFECTIVE_TOO_FAR_AHEAD"),
        ("insurer_number=", "insurer_number", "REQUIRED"),
        ("insurer_number=0613201", "insurer_number", "INSURER_NUMBER_FORM"),
        ("insurer_number=06132014", "insurer_number", "INSURER_NUMBER_CHECK_DIGIT"),
        ("insurer_number=05132014", "insurer_number", "INSURER_NUMBER_SCHEME"),
        ("insurer_number=06482012", "insurer_number", "INSURER_NUMBER_PREFECTURE"),
        ("insurer_number=01130012", "insurer_number", "INSURER_NOT_OF_FILE"),
        ("symbol=1234567890123456789012345678901234567890123456789012345678901234567890", "symbol", "TEXT_TOO_LONG"),
        ("number=", "number", "REQUIRED"),
        ("number=123456789012345678901234567890", "number", "TEXT_TOO_LONG"),
        ("branch=0", "branch", "BRANCH_INVALID"),
        ("branch=001", "branch", "BRANCH_INVALID"),
        ("branch=ab", "branch", "BRANCH_INVALID"),
        ("relationship=", "relationship", "REQUIRED"),
        ("relationship=3", "relationship", "CODE_UNKNOWN"),
        ("name=", "name", "REQUIRED"),
        ("name=\"花\tコ\"", "name", "TEXT_INVALID"),
        ("name=-", "name", "CLEAR_NOT_ALLOWED"),
        ("name_kana=", "name_kana", "REQUIRED"),
        ("name_kana=よしの", "name_kana", "KANA_INVALID"),
        ("name_kana=吉野", "name_kana", "KANA_INVALID"),
        ("sex=", "sex", "REQUIRED"),
        ("sex=4", "sex", "CODE_UNKNOWN"),
        ("sex=男", "sex", "CODE_UNKNOWN"),
        ("birthdate=", "birthdate", "REQUIRED"),
        ("birthdate=1985-13-10", "birthdate", "DATE_INVALID"),
        ("birthdate=2026-05-10", "birthdate", "BIRTHDATE_AFTER_EVENT"),
        ("birthdate=1868-01-01", "birthdate", "BIRTHDATE_TOO_OLD"),
        ("individual_number=123456789012", "individual_number", "INDIVIDUAL_NUMBER_CHECK_DIGIT"),
        ("individual_number=12345678901", "individual_number", "INDIVIDUAL_NUMBER_FORM"),
        ("individual_number=12345678901x", "individual_number", "INDIVIDUAL_NUMBER_FORM"),
        ("previous_symbol=江", "previous_number", "PREVIOUS_INCOMPLETE"),
        ("previous_insurer_number=06132014;previous_number=1", "previous_insurer_number", "INSURER_NUMBER_CHECK_DIGIT"),
        ("previous_symbol=江中;previous_number=9;previous_branch=00", "previous_number", "PREVIOUS_IS_SAME"),
        ("sex2=9", "sex2", "CODE_UNKNOWN"),
        ("postal_code=13200210", "postal_code", "POSTAL_CODE_INVALID"),
        ("postal_code=abc-defg", "postal_code", "POSTAL_CODE_INVALID"),
        ("relationship=2;insured_name=", "insured_name", "INSURED_NAME_REQUIRED"),
        ("card_class=08", "card_class", "CODE_UNKNOWN"),
        ("event=LOSE", "loss_reason", "LOSS_REASON_REQUIRED"),
        ("event=LOSE;loss_reason=05", "loss_reason", "CODE_UNKNOWN"),
        ("loss_reason=01", "loss_reason", "LOSS_REASON_NOT_ALLOWED"),
        ("copay_ratio=020", "copay_ratio", "COPAY_RATIO_CONTRADICTS_AGE"),
        ("copay_ratio=15", "copay_ratio", "CODE_UNKNOWN"),
        ("birthdate=1954-05-10", "copay_ratio", "COPAY_RATIO_REQUIRED"),
        ("late_elderly_reason=AGE", "late_elderly_reason", "LATE_ELDERLY_REASON_NOT_ALLOWED"),
        ("limit_class=01", "limit_category", "LIMIT_INCOMPLETE"),
        ("limit_class=04;limit_category=A01", "limit_class", "CODE_UNKNOWN"),
        ("limit_class=01;limit_category=C01", "limit_category", "CODE_UNKNOWN"),
        ("limit_class=01;limit_category=A03;limit_from=2026-08-01;limit_to=2026-07-31", "limit_to", "PERIOD_REVERSED"),
        ("disease_from=2026-04-01", "disease_category", "DISEASE_INCOMPLETE"),
        ("disease_category=4", "disease_category", "CODE_UNKNOWN"),
        ("disease_category=1;disease_self_pay=一万", "disease_self_pay", "AMOUNT_INVALID"),
        ("valid_from=2026-08-01;valid_to=2026-07-01", "valid_to", "PERIOD_REVERSED"),
        ("received_on=2098-01-01", "received_on", "RECEIVED_IN_FUTURE"),
        ("household_head=2", "household_head", "FLAG_INVALID"),
        ("delivery=OFFICE", "delivery", "CODE_UNKNOWN"),
        ("residence=USA", "residence", "CODE_UNKNOWN"),
        ("address_hidden=yes", "address_hidden", "FLAG_INVALID"),
        ("address_hidden=0", "address_hidden", "PROTECTION_NEEDS_APPROVER"),
        ("jlis_status=OK", "jlis_status", "CODE_UNKNOWN"),
        ("assistance_needed=x", "assistance_needed", "FLAG_INVALID"),
        ("voluntary_until=2036-01-01", "voluntary_until", "VOLUNTARY_TOO_LONG"),
    ];

    [Fact]
    public async Task EveryWrongLine_IsRejectedWithItsCodeAndTheOthersGoIn()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var columns = All.Split(',');
        var file = new StringBuilder(All).Append('\n');
        foreach (var (changes, _, _) in Lines)
        {
            var values = Right(columns);
            foreach (var change in changes.Split(';'))
            {
                values[change[..change.IndexOf('=', StringComparison.Ordinal)]] = change[(change.IndexOf('=', StringComparison.Ordinal) + 1)..];
            }

            file.AppendJoin(',', columns.Select(column => values[column])).Append('\n');
        }

        file.AppendJoin(',', columns.Select(column => Right(columns)[column])).Append('\n');

        var response = await MemberFiles.Send(host, Encoding.UTF8.GetBytes(file.ToString()), new ImportHeader { InsurerNumber = MemberFiles.Insurer });

        var report = await MemberFiles.Report(host, response.Import.ImportId);
        var found = report.Split("\r\n")[1..^1].Select(row => row.Split(',')).ToLookup(row => long.Parse(row[0]), row => (Column: row[1], Code: row[2]));
        var missed = Enumerable.Range(0, Lines.Length)
            .Where(i => !found[i + 2].Contains((Lines[i].Column, Lines[i].Code)))
            .Select(i => $"{Lines[i].Columns}: expected {Lines[i].Column} {Lines[i].Code}, got {string.Join(' ', found[i + 2])}");
        string.Join('\n', missed).ShouldBe("");

        response.Import.Rejected.ShouldBe(Lines.Length);
        response.Import.Applied.ShouldBe(1);
        (await world.Database.Scalar<long>("select count(*) from person")).ShouldBe(1);
        report.ShouldNotContain("123456789012");
        Lines.Length.ShouldBeGreaterThanOrEqualTo(60);
    }

    [Theory]
    [InlineData("", "FILE_EMPTY")]
    [InlineData("\n\n", "FILE_EMPTY")]
    [InlineData("event;effective_on;insurer_number\n", "COLUMN_UNKNOWN")]
    [InlineData(MemberFiles.Columns + ",nickname\n", "COLUMN_UNKNOWN")]
    [InlineData(MemberFiles.Columns + ",name\n", "COLUMN_TWICE")]
    [InlineData("event,effective_on,insurer_number,number,relationship\n", "COLUMN_MISSING")]
    [InlineData("\"event,effective_on\nx", "QUOTE_BROKEN")]
    [InlineData("氏名,生年月日\n", "COLUMN_UNKNOWN")]
    public async Task UnusableHeader_RefusesTheFileWhole(string file, string code)
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();

        var failure = await Should.ThrowAsync<RpcException>(
            () => MemberFiles.Send(host, Encoding.UTF8.GetBytes(file), new ImportHeader { InsurerNumber = MemberFiles.Insurer }));

        var problem = failure.ToProblem()!;
        problem.Reason.ShouldBe("HEADER_UNUSABLE");
        problem.Violations.ShouldContain(violation => violation.Reason == code);
        (await world.Database.Scalar<string>("select refusal_reason from import")).ShouldBe("HEADER_UNUSABLE");
        (await world.Database.Scalar<long>("select count(*) from member_fact")).ShouldBe(0);
    }

    [Fact]
    public async Task FileOfAnotherInsurer_IsRefusedWhole()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        await world.Database.Execute("insert into insurer (insurer_number, name) values ('01130012', '協会')");

        var failure = await Should.ThrowAsync<RpcException>(
            () => MemberFiles.Send(host, MemberFiles.File(MemberFiles.Acquire("1"), MemberFiles.Acquire("2")), new ImportHeader { InsurerNumber = "01130012" }));

        failure.ToProblem()!.Reason.ShouldBe("INSURER_MISMATCH");
        (await world.Database.Scalar<long>("select count(*) from member_fact")).ShouldBe(0);
    }

    [Theory]
    [InlineData("06132014", "", "INVALID_REQUEST")]
    [InlineData("01130012", "", "INSURER_UNKNOWN")]
    [InlineData("06132013", "EBCDIC", "INVALID_REQUEST")]
    public async Task WrongHeaderMessage_IsRefused(string insurer, string encoding, string reason)
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();

        var failure = await Should.ThrowAsync<RpcException>(
            () => MemberFiles.Send(host, MemberFiles.File(), new ImportHeader { InsurerNumber = insurer, Encoding = encoding }));

        failure.ToProblem()!.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task HalfAFile_TakesItsWholeLinesAndRejectsTheCutOne()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        var file = MemberFiles.File(MemberFiles.Acquire("1"), MemberFiles.Acquire("2"), MemberFiles.Acquire("3"));

        var response = await MemberFiles.Send(host, file.AsMemory(0, file.Length - 40), new ImportHeader { InsurerNumber = MemberFiles.Insurer });

        response.Import.Applied.ShouldBe(2);
        (await MemberFiles.Report(host, response.Import.ImportId)).ShouldContain("4,,CELL_COUNT");
    }

    [Fact]
    public async Task Utf8DeclaredAsCp932_RejectsWhatItCannotRead()
    {
        await using var world = await AnswerWorld.Create(postgres);
        await using var host = await world.StartHost();
        byte[] file = [.. MemberFiles.File(MemberFiles.Acquire("1")), 0x41, 0xFF, 0xFE, 0x0A];

        var response = await MemberFiles.Send(host, file, new ImportHeader { InsurerNumber = MemberFiles.Insurer, Encoding = "UTF-8" });

        response.Import.Applied.ShouldBe(1);
        (await MemberFiles.Report(host, response.Import.ImportId)).ShouldContain("3,");
        (await MemberFiles.Report(host, response.Import.ImportId)).ShouldContain("ENCODING");
    }

    private static Dictionary<string, string> Right(string[] columns)
    {
        var values = columns.ToDictionary(column => column, _ => "", StringComparer.Ordinal);
        var right = MemberFiles.Acquire("9").Split(',');
        for (var i = 0; i < right.Length; i++)
        {
            values[columns[i]] = right[i];
        }

        return values;
    }
}
