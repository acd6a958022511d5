using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Net.Client;
using Platform.Benchmarks.Load;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Benchmarks;

/// <summary>The same questions, each about another loaded member whose answer is a plain yes, as bodies of each way in.</summary>
internal sealed class CheckBodies : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("platform-bench-bodies-").FullName;

    private CheckBodies(IReadOnlyList<Question> questions)
    {
        Count = questions.Count;
        LoadProcess.WriteBodies(Grpc, questions.Select(InGrpc));
        LoadProcess.WriteBodies(Rest, questions.Select(InRest));
        LoadProcess.WriteBodies(Oqs, questions.Select(InOqs));
        LoadProcess.WriteBodies(Empty, [[]]);
    }

    public int Count { get; }

    public string Grpc => Path.Combine(folder, "grpc");

    public string Rest => Path.Combine(folder, "rest");

    public string Oqs => Path.Combine(folder, "oqs");

    /// <summary>One body without bytes.</summary>
    public string Empty => Path.Combine(folder, "empty");

    /// <summary>The members of the generated file for whom the answer is a plain yes.</summary>
    public static async Task<CheckBodies> Of(PlatformUnderLoad platform)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(platform.Data, "members", PlatformUnderLoad.Insurer + ".csv"));
        var header = lines[0].Split(',');
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        string Cell(string[] row, string column) => row[Array.IndexOf(header, column)];
        var questions = rows
            .Where(row => Cell(row, "event") == "ACQUIRE")
            .Select(row => new Question(Cell(row, "symbol"), Cell(row, "number"), Cell(row, "branch"), DateOnly.Parse(Cell(row, "birthdate"))))
            .Distinct()
            .ToList();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{platform.Port("ELIGIBILITY")}");
        var client = new EligibilityService.EligibilityServiceClient(channel);
        var yes = new List<Question>();
        foreach (var some in questions.Chunk(64))
        {
            var answers = await Task.WhenAll(some.Select(async question => await client.CheckEligibilityAsync(ToProto(question))));
            yes.AddRange(some.Where((_, i) => answers[i].Validity == Validity.Valid));
        }

        return new(yes);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] InGrpc(Question question) => ToProto(question).ToByteArray();

    private static CheckEligibilityRequest ToProto(Question question) => new()
    {
        InstitutionCode = PlatformUnderLoad.Institution,
        ConfirmationDate = Date(DateOnly.Parse(PlatformUnderLoad.Today)),
        LimitConsent = true,
        InsuredNumber = new InsuredNumber
        {
            InsurerNumber = PlatformUnderLoad.Insurer,
            Symbol = question.Symbol,
            Number = question.Number,
            Branch = question.Branch,
            Birthdate = Date(question.Birthdate),
        },
    };

    private static byte[] InRest(Question question) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        confirmationDate = PlatformUnderLoad.Today,
        institutionCode = PlatformUnderLoad.Institution,
        insuredNumber = new
        {
            insurerNumber = PlatformUnderLoad.Insurer,
            symbol = question.Symbol,
            number = question.Number,
            branch = question.Branch,
            birthdate = question.Birthdate.ToString("yyyy-MM-dd"),
        },
        limitConsent = true,
    });

    private static byte[] InOqs(Question question) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <XmlMsg>
          <MessageHeader>
            <QualificationConfirmationDate>{PlatformUnderLoad.Today.Replace("-", "")}</QualificationConfirmationDate>
            <MedicalInstitutionCode>{PlatformUnderLoad.Institution}</MedicalInstitutionCode>
            <ArbitraryFileIdentifier>desk1-0001</ArbitraryFileIdentifier>
          </MessageHeader>
          <MessageBody>
            <QualificationConfirmSearchInfo>
              <InsurerNumber>{PlatformUnderLoad.Insurer,8}</InsurerNumber>
              <InsuredCardSymbol>{question.Symbol}</InsuredCardSymbol>
              <InsuredIdentificationNumber>{question.Number}</InsuredIdentificationNumber>
              <InsuredBranchNumber>{question.Branch}</InsuredBranchNumber>
              <Birthdate>{question.Birthdate:yyyyMMdd}</Birthdate>
              <LimitApplicationCertificateRelatedConsFlg>1</LimitApplicationCertificateRelatedConsFlg>
            </QualificationConfirmSearchInfo>
          </MessageBody>
        </XmlMsg>
        """);

    private static Date Date(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    private sealed record Question(string Symbol, string Number, string Branch, DateOnly Birthdate);
}
