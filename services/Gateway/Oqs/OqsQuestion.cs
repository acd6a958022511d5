using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Oqs;

/// <summary>A 資格確認要求 as the question that Eligibility answers.</summary>
internal static class OqsQuestion
{
    public const string Channel = "OQS";

    /// <summary>Checks what the question cannot carry: absence, dates, flags. All else is for Eligibility to judge, by the same rules for every way in.</summary>
    public static Result<CheckEligibilityRequest> From(OqsRequest request)
    {
        var violations = new Violations();
        var question = new CheckEligibilityRequest
        {
            InstitutionCode = Required(violations, "institution_code", request.InstitutionCode),
            InsuredNumber = new InsuredNumber
            {
                InsurerNumber = InsurerNumberOf(Required(violations, "insured_number.insurer_number", request.InsurerNumber)),

                // Blanks inside a symbol or number are the card's; those at the ends are padding.
                Symbol = request.Symbol?.Trim() ?? "",
                Number = Required(violations, "insured_number.number", request.Number),
                Branch = request.Branch?.Trim() ?? "",
            },
            Channel = Channel,
        };
        if (Required(violations, "confirmation_date", request.ConfirmationDate) is { Length: > 0 } date)
        {
            question.ConfirmationDate = violations.CompactDate("confirmation_date", date);
        }

        if (Required(violations, "insured_number.birthdate", request.Birthdate) is { Length: > 0 } birthdate)
        {
            question.InsuredNumber.Birthdate = violations.CompactDate("insured_number.birthdate", birthdate);
        }

        switch (request.LimitConsent?.Trim() ?? "")
        {
            case "1":
                question.LimitConsent = true;
                break;

            // Not sent is not agreed: the cautious reading of an element that some clients leave out.
            case "0" or "":
                break;
            default:
                violations.InvalidValue("limit_consent", "0, 1");
                break;
        }

        return violations.Any ? violations.ToProblem() : question;
    }

    /// <summary>Six digits padded to eight, by blanks in files and by zeros in one client, are six.</summary>
    public static string InsurerNumberOf(string sent)
    {
        var number = sent.Trim();
        return number.Length == 8 && number.StartsWith("00", StringComparison.Ordinal) ? number[2..] : number;
    }

    private static string Required(Violations violations, string field, string? value)
    {
        var trimmed = value?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            violations.Required(field);
        }

        return trimmed;
    }
}
