using System.Text.Json;
using Platform.Gateway.Http;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>
/// Writes an answer as JSON, straight from the message: no object is made on the way. The shape is that of CheckAnswer, which the OpenAPI
/// document shows; a test holds the two together.
/// </summary>
internal static class CheckAnswerWriter
{
    private static readonly string[] ValidityNames = ["UNSPECIFIED", "VALID", "INVALID", "INVALID_NEWER_EXISTS", "NOT_FOUND", "SEVERAL", "VALID_TICKET_MISSING"];

    public static void Write(Utf8JsonWriter json, CheckEligibilityResponse answer)
    {
        json.WriteStartObject();
        json.WriteNumber("validity"u8, (int)answer.Validity);
        json.WriteString("validityName"u8, ValidityNames[(int)answer.Validity]);
        json.WriteString("reason"u8, answer.Reason);
        WriteText(json, "message"u8, answer.Message);
        WriteText(json, "nextStep"u8, answer.NextStep);
        json.WriteDate("confirmationDate"u8, answer.ConfirmationDate);
        json.WriteStartArray("results"u8);
        foreach (var result in answer.Results)
        {
            WriteResult(json, result);
        }

        json.WriteEndArray();
        json.WriteStartArray("reasons"u8);
        foreach (var reason in answer.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, reason.RuleId);
            json.WriteString("ja"u8, reason.Text?.Ja);
            json.WriteString("en"u8, reason.Text?.En);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("situation"u8, answer.Situation == Situation.BetweenInsurers ? "BETWEEN_INSURERS"u8 : "NONE"u8);
        json.WriteDate("until"u8, answer.SituationUntil);
        json.WriteNumber("dataVersion"u8, answer.DataVersion);
        json.WriteNumber("dataAge"u8, answer.DataAge?.Seconds ?? 0);
        json.WriteBoolean("downtime"u8, answer.Downtime);
        json.WriteString("answeredAt"u8, answer.AnsweredAt.ToDateTimeOffset().ToOffset(BuildingBlocks.Time.JapanTime.Offset));
        json.WriteString("ruleset"u8, answer.Ruleset);
        json.WriteString("auditId"u8, answer.AuditId);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, EligibilityResult result)
    {
        json.WriteStartObject();
        json.WriteString("cardClass"u8, result.CardClass);
        json.WriteString("insurerNumber"u8, result.InsurerNumber);
        json.WriteString("insurerName"u8, result.InsurerName);
        WriteOptional(json, "symbol"u8, result.Symbol);
        json.WriteString("number"u8, result.Number);
        WriteOptional(json, "branch"u8, result.Branch);
        WriteCode(json, "relationship"u8, result.Relationship);
        WriteOptional(json, "insuredName"u8, result.InsuredName);
        WriteOptional(json, "name"u8, result.Name);
        WriteOptional(json, "nameKana"u8, result.NameKana);
        WriteOptional(json, "nameOther"u8, result.NameOther);
        WriteOptional(json, "nameOtherKana"u8, result.NameOtherKana);
        WriteCode(json, "sex"u8, result.Sex);
        WriteCode(json, "sex2"u8, result.Sex2);
        json.WriteDate("birthdate"u8, result.Birthdate);
        WriteOptional(json, "postalCode"u8, result.PostalCode);
        WriteOptional(json, "address"u8, result.Address);
        json.WriteDate("qualifiedOn"u8, result.QualifiedOn);
        json.WriteDate("disqualifiedOn"u8, result.DisqualifiedOn);
        WriteOptional(json, "lossReason"u8, result.LossReason);
        json.WriteDate("issuedOn"u8, result.IssuedOn);
        json.WriteDate("validFrom"u8, result.ValidFrom);
        json.WriteDate("validTo"u8, result.ValidTo);
        WriteCode(json, "copayPercent"u8, result.CopayPercent);
        json.WriteBoolean("preschool"u8, result.Preschool);
        WriteElderlyRecipient(json, result.ElderlyRecipient);
        json.WriteBoolean("limitConsent"u8, result.LimitConsent);
        WriteLimit(json, result.Limit);
        json.WriteStartArray("diseases"u8);
        foreach (var disease in result.Diseases)
        {
            json.WriteStartObject();
            json.WriteString("category"u8, disease.Category);
            json.WriteDate("issuedOn"u8, disease.IssuedOn);
            json.WriteDate("validFrom"u8, disease.ValidFrom);
            json.WriteDate("validTo"u8, disease.ValidTo);
            json.WriteNumber("selfPayYen"u8, disease.SelfPayYen);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteElderlyRecipient(Utf8JsonWriter json, ElderlyRecipientInformation? elderly)
    {
        if (elderly is null)
        {
            json.WriteNull("elderlyRecipient"u8);
            return;
        }

        json.WriteStartObject("elderlyRecipient"u8);
        json.WriteDate("issuedOn"u8, elderly.IssuedOn);
        json.WriteDate("validFrom"u8, elderly.ValidFrom);
        json.WriteDate("validTo"u8, elderly.ValidTo);
        WriteCode(json, "ratioPercent"u8, elderly.RatioPercent);
        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, LimitInformation? limit)
    {
        if (limit is null)
        {
            json.WriteNull("limit"u8);
            return;
        }

        json.WriteStartObject("limit"u8);
        json.WriteString("class"u8, limit.LimitClass);
        json.WriteString("category"u8, limit.Category);
        json.WriteDate("issuedOn"u8, limit.IssuedOn);
        json.WriteDate("validFrom"u8, limit.ValidFrom);
        json.WriteDate("validTo"u8, limit.ValidTo);
        json.WriteDate("longTermOn"u8, limit.LongTermOn);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, LocalizedText? text)
    {
        if (text is null || (text.Ja.Length == 0 && text.En.Length == 0))
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("ja"u8, text.Ja);
        json.WriteString("en"u8, text.En);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteCode(Utf8JsonWriter json, ReadOnlySpan<byte> name, int code)
    {
        if (code == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, code);
        }
    }
}
