using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Grpc.Net.Client;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.EndToEnd.Tests;

/// <summary>What all ways in must agree on.</summary>
public sealed record Answer(int Validity, string InsurerNumber, string Symbol, string Number, string Branch, string Name, string Birthdate, string QualifiedOn);

/// <summary>The same question by each way in.</summary>
internal sealed class Questions(LocalPlatform platform)
{
    public async Task<Answer> ByGrpc(LoadedMember member, string insurer, DateOnly date)
    {
        using var channel = GrpcChannel.ForAddress(platform.Eligibility);
        var response = await new EligibilityService.EligibilityServiceClient(channel).CheckEligibilityAsync(new CheckEligibilityRequest
        {
            InstitutionCode = LocalPlatform.Institution,
            ConfirmationDate = Proto(date),
            InsuredNumber = new InsuredNumber { InsurerNumber = insurer, Symbol = member.Symbol, Number = member.Number, Branch = member.Branch, Birthdate = Proto(member.Birthdate) },
        });
        var result = response.Results.SingleOrDefault();
        return new Answer(
            (int)response.Validity, result?.InsurerNumber ?? "", result?.Symbol ?? "", result?.Number ?? "", result?.Branch ?? "", result?.Name ?? "", Iso(result?.Birthdate), Iso(result?.QualifiedOn));
    }

    public async Task<Answer> ByRest(LoadedMember member, string insurer, DateOnly date)
    {
        using var http = new HttpClient { BaseAddress = platform.Gateway };
        using var response = await http.PostAsJsonAsync("/api/v1/eligibility/checks", new
        {
            confirmationDate = Iso(date),
            institutionCode = LocalPlatform.Institution,
            insuredNumber = new { insurerNumber = insurer, symbol = member.Symbol, number = member.Number, branch = member.Branch, birthdate = Iso(member.Birthdate) },
        });
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        var json = JsonNode.Parse(text)!;
        var result = json["results"]!.AsArray().SingleOrDefault();
        string Text(string name) => (string?)result?[name] ?? "";
        return new Answer((int)json["validity"]!, Text("insurerNumber"), Text("symbol"), Text("number"), Text("branch"), Text("name"), Text("birthdate"), Text("qualifiedOn"));
    }

    public async Task<Answer> ByCli(LoadedMember member, string insurer, DateOnly date)
    {
        var (status, json) = await platform.Cli(
            "check", "--insurer", insurer, "--symbol", member.Symbol, "--number", member.Number, "--branch", member.Branch, "--birthdate", Iso(member.Birthdate), "--date", Iso(date));
        var result = json["results"]!.AsArray().SingleOrDefault();
        string Text(string name) => (string?)result?[name] ?? "";
        var validity = (string)json["validity"]! switch { "VALIDITY_VALID" => 1, "VALIDITY_INVALID" => 2, "VALIDITY_INVALID_NEWER_EXISTS" => 3, "VALIDITY_NOT_FOUND" => 4, "VALIDITY_SEVERAL" => 5, _ => 6 };
        status.ShouldBe(validity is 1 or 6 ? 0 : 1);
        return new Answer(validity, Text("insurerNumber"), Text("symbol"), Text("number"), Text("branch"), Text("name"), Text("birthdate"), Text("qualifiedOn"));
    }

    public async Task<Answer> ByXml(LoadedMember member, string insurer, DateOnly date)
    {
        using var http = new HttpClient { BaseAddress = platform.Gateway };
        using var content = new StringContent(Xml(member, insurer, date), Encoding.UTF8, "application/xml");
        using var response = await http.PostAsync("/oqs/OQSsiquc01", content);
        var body = await response.Content.ReadAsByteArrayAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(Encoding.UTF8.GetString(body));
        using var stream = new MemoryStream(body);
        var document = XDocument.Load(stream);
        var result = document.Descendants("ResultOfQualificationConfirmation").SingleOrDefault();
        string Text(string name) => result?.Element(name)?.Value ?? "";
        return new Answer(
            int.Parse(document.Descendants("QualificationValidity").Single().Value), Text("InsurerNumber").Trim(), Text("InsuredCardSymbol"), Text("InsuredIdentificationNumber"), Text("InsuredBranchNumber"),
            Text("Name"), IsoOfCompact(Text("Birthdate")), IsoOfCompact(Text("QualificationDate")));
    }

    /// <summary>The single-check request of a clinic system, as it stands in today's messages.</summary>
    public static string Xml(LoadedMember member, string insurer, DateOnly date) => $"""
        <?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <XmlMsg>
          <MessageHeader>
            <QualificationConfirmationDate>{date:yyyyMMdd}</QualificationConfirmationDate>
            <MedicalInstitutionCode>{LocalPlatform.Institution}</MedicalInstitutionCode>
            <ArbitraryFileIdentifier>desk1-0001</ArbitraryFileIdentifier>
          </MessageHeader>
          <MessageBody>
            <QualificationConfirmSearchInfo>
              <InsurerNumber>{insurer,8}</InsurerNumber>
              <InsuredCardSymbol>{member.Symbol}</InsuredCardSymbol>
              <InsuredIdentificationNumber>{member.Number}</InsuredIdentificationNumber>
              <InsuredBranchNumber>{member.Branch}</InsuredBranchNumber>
              <Birthdate>{member.Birthdate:yyyyMMdd}</Birthdate>
              <LimitApplicationCertificateRelatedConsFlg>1</LimitApplicationCertificateRelatedConsFlg>
            </QualificationConfirmSearchInfo>
          </MessageBody>
        </XmlMsg>
        """;

    private static Date Proto(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static string Iso(Date? day) => day is null ? "" : $"{day.Year:0000}-{day.Month:00}-{day.Day:00}";

    private static string IsoOfCompact(string day) => day.Length == 8 ? $"{day[..4]}-{day[4..6]}-{day[6..]}" : day;
}
