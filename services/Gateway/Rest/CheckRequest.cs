using Platform.BuildingBlocks.Errors;
using Platform.Gateway.Http;
using Platform.Gateway.Json;
using Platform.Gateway.Oqs;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Rest;

/// <summary>The body of <c>POST /api/v1/eligibility/checks</c>.</summary>
internal static class CheckRequest
{
    public const string Channel = "REST";

    public static readonly JsonMembers Members = new("institutionCode", "insuredNumber", "confirmationDate", "limitConsent");

    public static readonly JsonMembers NumberMembers = new("insurerNumber", "number", "birthdate", "symbol", "branch");

    private const int RequiredMembers = 2;
    private const int RequiredNumberMembers = 3;

    public static Result<CheckEligibilityRequest> Read(ReadOnlySpan<byte> body) => JsonRequest.Read(body, new Violations(), ReadBody);

    private static CheckEligibilityRequest ReadBody(ref JsonRequest json)
    {
        var question = new CheckEligibilityRequest { Channel = Channel };
        var seen = 0u;
        for (int member; (member = json.NextMember(Members, ref seen)) != JsonRequest.End;)
        {
            switch (member)
            {
                case 0:
                    question.InstitutionCode = json.Text();
                    break;
                case 1:
                    question.InsuredNumber = json.Object(ReadNumber);
                    break;
                case 2:
                    question.ConfirmationDate = json.Day();
                    break;
                case 3:
                    question.LimitConsent = json.Flag();
                    break;
            }
        }

        json.Require(Members, seen, RequiredMembers);
        return question;
    }

    public static InsuredNumber ReadNumber(ref JsonRequest json)
    {
        var number = new InsuredNumber();
        var seen = 0u;
        for (int member; (member = json.NextMember(NumberMembers, ref seen)) != JsonRequest.End;)
        {
            switch (member)
            {
                case 0:
                    number.InsurerNumber = OqsQuestion.InsurerNumberOf(json.Text());
                    break;
                case 1:
                    number.Number = json.Text();
                    break;
                case 2:
                    number.Birthdate = json.Day();
                    break;
                case 3:
                    number.Symbol = json.OptionalText();
                    break;
                case 4:
                    number.Branch = json.OptionalText();
                    break;
            }
        }

        json.Require(NumberMembers, seen, RequiredNumberMembers);
        return number;
    }
}
