using System.IO.Pipelines;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Gateway.Downstream;
using Platform.Gateway.Http;
using Platform.Gateway.OpenApi;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Oqs;

/// <summary>
/// <c>POST /oqs/&lt;kind&gt;</c>: request XML in, result XML out. Whatever a message can be blamed for is a result with SegmentOfResult 9 and status 200;
/// 4xx is for transport only, and 503 carries such a result too, so that whoever passes files on can keep the request and try again.
/// </summary>
internal sealed class OqsEndpoint(EligibilityPeer eligibility, GatewayTelemetry telemetry, SystemClock clock)
{
    /// <summary>The one kind there is: 資格確認要求.</summary>
    public const string EligibilityKind = "OQSsiquc01";

    private const string Channel = "oqs";

    private static readonly Problem KindUnknown = HttpProblems.NotFound with
    {
        Reason = "KIND_UNKNOWN",
        MessageJa = "この要求種別には対応していません。",
        MessageEn = "This kind of request is not supported.",
        NextStepJa = $"対応している種別は{EligibilityKind}です。",
        NextStepEn = $"The kind that is supported is {EligibilityKind}.",
    };

    public async Task Handle(HttpContext context, string kind)
    {
        if (kind != EligibilityKind)
        {
            await ProblemJson.Write(context, KindUnknown);
            return;
        }

        if (!IsXml(context.Request.ContentType))
        {
            await ProblemJson.Write(context, HttpProblems.MediaType("application/xml"));
            return;
        }

        if (!(await PooledBody.Read(context.Request, OqsLimits.MaxMessageBytes)).TryGet(out var body, out var tooLarge))
        {
            await ProblemJson.Write(context, tooLarge);
            return;
        }

        using (body)
        {
            await Answer(context, body);
        }
    }

    private async Task Answer(HttpContext context, PooledBody body)
    {
        var request = new OqsRequest();
        if (!(await Ask(context, body, request)).TryGet(out var answer, out var problem))
        {
            await Refuse(context, request, problem);
            return;
        }

        telemetry.Answered(Channel);
        var code = CharacterCodes.Choose(WantedEncoding(context) ?? answer.ResultEncoding, request.Code);
        OqsResultWriter.Write(request, answer, code, Begin(context.Response, code));
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private Task<Result<CheckEligibilityResponse>> Ask(HttpContext context, PooledBody body, OqsRequest request)
    {
        if ((Parse(body, request) ?? CheckInstitution(context, request)) is { } refused)
        {
            return Task.FromResult<Result<CheckEligibilityResponse>>(refused);
        }

        return OqsQuestion.From(request).TryGet(out var question, out var problem)
            ? eligibility.Check(question, context.RequestAborted)
            : Task.FromResult<Result<CheckEligibilityResponse>>(problem);
    }

    private static Problem? Parse(PooledBody body, OqsRequest request)
    {
        if (body.Span.IsEmpty)
        {
            return OqsProblems.MessageEmpty;
        }

        if (OqsText.Decode(body.Span, out var code, out var text) is { } unreadable)
        {
            return unreadable;
        }

        using (text)
        {
            request.Code = code;
            return OqsRequestReader.Read(text, request);
        }
    }

    // A connection that stands for one institution (a folder of its terminal) must not ask in the name of another.
    private static Problem? CheckInstitution(HttpContext context, OqsRequest request) =>
        context.Request.Query["institution"].ToString() is { Length: > 0 } institution && request.InstitutionCode is { } sent && sent.Trim() != institution
            ? OqsProblems.InstitutionMismatch
            : null;

    private async Task Refuse(HttpContext context, OqsRequest request, Problem problem)
    {
        var status = HttpProblems.StatusOf(problem);
        var unavailable = status is >= 500 or StatusCodes.Status429TooManyRequests;
        telemetry.Refused(Channel, unavailable);
        context.Response.StatusCode = unavailable ? status : StatusCodes.Status200OK;
        ProblemJson.SetRetryAfter(context.Response, problem);
        var code = CharacterCodes.Choose(WantedEncoding(context), request.Code);
        OqsResultWriter.WriteRefusal(request, problem, code, clock.GetUtcNow(), Begin(context.Response, code));
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static PipeWriter Begin(HttpResponse response, CharacterCode code)
    {
        response.ContentType = code == CharacterCode.Utf8 ? "application/xml; charset=utf-8" : "application/xml; charset=Shift_JIS";
        return response.BodyWriter;
    }

    // What the connection asks for goes before the institution's setting: the folder agent knows which client reads its results.
    private static string? WantedEncoding(HttpContext context) =>
        context.Request.Query["encoding"].ToString() is { Length: > 0 } wanted ? wanted : null;

    // Clients of today send no type, or whatever their library adds to a file; a form or JSON is a mistake worth telling.
    private static bool IsXml(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (type.MediaType.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("text/xml", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)));
}

internal static class OqsRoutes
{
    public static void MapOqs(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/oqs/{kind}", (HttpContext context, string kind, OqsEndpoint endpoint) => endpoint.Handle(context, kind))
            .WithTextBody("A 資格確認要求 (XML, UTF-8 or Shift_JIS by its declaration).", "application/xml", "text/xml")
            .WithTextAnswer("200", "The 資格確認結果. Whatever the message can be blamed for is a result with SegmentOfResult 9 and a platform code.", "application/xml")
            .WithQuery(
                ("encoding", false, "UTF-8, SHIFT_JIS or AS_REQUEST; goes before the institution's setting."),
                ("institution", false, "The institution that this connection is for; messages of another are refused."))
            .Described(
                "oqs", "Eligibility check in XML / 資格確認（XML）", "kind is OQSsiquc01. 503 carries a result with SegmentOfResult 9 too, to be sent again later.", 404, 413, 415);
}
