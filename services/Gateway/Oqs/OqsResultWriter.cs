using System.Buffers;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Oqs;

/// <summary>Writes a 資格確認結果 (interface, 4.2 to 4.5). Elements without a value are left out.</summary>
internal static class OqsResultWriter
{
    private const string ReducedJa =
        "氏名等にShift_JISで表せない文字があるため、縮退した字形または〓で表示しています。UTF-8、REST、FHIR、gRPCでは元の文字のまま取得できます。";

    private const string DowntimeJa = "システム障害中のため、最後に確認できた情報で回答しています。";

    /// <summary>An answer.</summary>
    public static void Write(OqsRequest request, CheckEligibilityResponse answer, CharacterCode code, IBufferWriter<byte> output)
    {
        using var xml = new XmlOutput(code);
        var reduced = false;
        var results = new OqsPerson[answer.Results.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = OqsPerson.From(answer.Results[i], code, ref reduced);
        }

        var answeredAt = answer.AnsweredAt.ToDateTimeOffset().ToOffset(JapanTime.Offset);
        Begin(xml, request, answeredAt);
        xml.Element("SegmentOfResult", 1, 1);
        xml.Element("CharacterCodeIdentifier", (int)code, 1);
        xml.Close("MessageHeader");

        xml.Open("MessageBody");
        Echo(xml, request);
        xml.Element("ProcessingResultStatus", 1, 1);
        WriteRemarks(xml, answer, code, reduced);
        xml.Element("QualificationValidity", (int)answer.Validity, 1);
        if (results.Length > 0 && answer.Validity is not (Validity.NotFound or Validity.Several))
        {
            xml.Open("ResultList");
            foreach (var person in results)
            {
                OqsPersonWriter.Write(xml, person, request.ArbitraryIdentifier, answeredAt);
            }

            xml.Close("ResultList");
        }

        xml.Close("MessageBody");
        xml.Close("XmlMsg");
        xml.CopyTo(output);
    }

    /// <summary>A refusal of the whole message. The header holds what could be read; the body is there, and empty, since one client wants it.</summary>
    public static void WriteRefusal(OqsRequest request, Problem problem, CharacterCode code, DateTimeOffset now, IBufferWriter<byte> output)
    {
        using var xml = new XmlOutput(code);
        Begin(xml, request, now.ToOffset(JapanTime.Offset));
        xml.Element("SegmentOfResult", 9, 1);
        xml.Element("ErrorCode", PlatformCodes.OfProblem(problem.Reason));
        xml.Element("ErrorMessage", Carried(OqsMessages.Of(problem), code));
        xml.Element("CharacterCodeIdentifier", (int)code, 1);
        xml.Close("MessageHeader");
        xml.Empty("MessageBody");
        xml.Close("XmlMsg");
        xml.CopyTo(output);
    }

    private static void Begin(XmlOutput xml, OqsRequest request, DateTimeOffset at)
    {
        xml.Declaration();
        xml.Open("XmlMsg");
        xml.Open("MessageHeader");
        xml.Element("ProcessExecutionTime", at);
        xml.Echo("QualificationConfirmationDate", request.ConfirmationDate);
        xml.Echo("MedicalInstitutionCode", request.InstitutionCode);
        xml.Echo("ArbitraryFileIdentifier", request.ArbitraryFileIdentifier);

        // 2: asked by the numbers of a card or paper.
        xml.Element("ReferenceClassification", 2, 1);
    }

    private static void Echo(XmlOutput xml, OqsRequest request)
    {
        xml.Open("QualificationConfirmSearchInfo");
        xml.Echo("InsurerNumber", request.InsurerNumber);
        xml.Echo("InsuredCardSymbol", request.Symbol);
        xml.Echo("InsuredIdentificationNumber", request.Number);
        xml.Echo("InsuredBranchNumber", request.Branch);
        xml.Echo("Birthdate", request.Birthdate);
        xml.Echo("LimitApplicationCertificateRelatedConsFlg", request.LimitConsent);
        xml.Echo("ArbitraryIdentifier", request.ArbitraryIdentifier);
        xml.Close("QualificationConfirmSearchInfo");
    }

    // One code, the weightiest: why it is not a plain yes, else what is to be known beside it. The message says all of it.
    private static void WriteRemarks(XmlOutput xml, CheckEligibilityResponse answer, CharacterCode code, bool reduced)
    {
        var result = PlatformCodes.OfAnswer(answer.Reason);
        if (result is null && !answer.Downtime && !reduced)
        {
            return;
        }

        xml.Element("ProcessingResultCode", result ?? (answer.Downtime ? PlatformCodes.Downtime : PlatformCodes.NameReduced));
        var message = result is null ? "" : answer.Message?.Ja + answer.NextStep?.Ja;
        xml.Element("ProcessingResultMessage", Carried(message + (answer.Downtime ? DowntimeJa : "") + (reduced ? ReducedJa : ""), code));
    }

    private static string Carried(string text, CharacterCode code)
    {
        var ignored = false;
        return code == CharacterCode.ShiftJis ? ReducedText.Reduce(text, ref ignored) : text;
    }
}
