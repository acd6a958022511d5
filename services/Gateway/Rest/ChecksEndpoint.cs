using Platform.Gateway.Downstream;
using Platform.Gateway.Http;

namespace Platform.Gateway.Rest;

/// <summary><c>POST /api/v1/eligibility/checks</c>: one question, one answer. A negative answer is 200 with its reason and next step.</summary>
internal sealed class ChecksEndpoint(EligibilityPeer eligibility, GatewayTelemetry telemetry)
{
    // A question has some 300 bytes.
    private const int MaxBodyBytes = 64 * 1024;

    private const string Channel = "rest";

    public async Task Handle(HttpContext context)
    {
        if (!(await JsonBody.Read(context.Request, MaxBodyBytes, CheckRequest.Read)).TryGet(out var question, out var problem))
        {
            telemetry.Refused(Channel, unavailable: false);
            await ProblemJson.Write(context, problem);
            return;
        }

        if (!(await eligibility.Check(question, context.RequestAborted)).TryGet(out var answer, out problem))
        {
            telemetry.Refused(Channel, HttpProblems.StatusOf(problem) >= 500);
            await ProblemJson.Write(context, problem);
            return;
        }

        telemetry.Answered(Channel);
        await JsonBody.Write(context.Response, answer, CheckAnswerWriter.Write);
    }
}
