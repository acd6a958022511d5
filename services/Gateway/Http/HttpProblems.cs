using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Http;

/// <summary>Problems of HTTP itself, with the status that each has.</summary>
internal static class HttpProblems
{
    public const string SendAgainJa = "送信側のプログラムまたは設定を確認し、送信し直してください。";
    public const string SendAgainEn = "Check the sending program or its settings and send again.";

    public static readonly Problem NotFound = new(ProblemKind.NotFound, "ROUTE_UNKNOWN", "このURLはありません。", "There is nothing at this address.")
    {
        NextStepJa = "/openapi で利用できるURLを確認してください。",
        NextStepEn = "See /openapi for the addresses there are.",
    };

    public static readonly Problem MethodNotAllowed = new(
        ProblemKind.Invalid, "METHOD_NOT_ALLOWED", "このURLではこのHTTPメソッドは使えません。", "This HTTP method cannot be used at this address.")
    {
        NextStepJa = "/openapi でこのURLに使えるメソッドを確認してください。",
        NextStepEn = "See /openapi for the methods of this address.",
    };

    public static readonly Problem BadRequest = new(
        ProblemKind.Invalid, "HTTP_REQUEST_BROKEN", "HTTP要求が途中で切れているか、形式が正しくありません。", "The HTTP request is incomplete or malformed.")
    {
        NextStepJa = SendAgainJa,
        NextStepEn = SendAgainEn,
    };

    public static Problem TooLarge(long limit) =>
        new Problem(ProblemKind.Invalid, "BODY_TOO_LARGE", $"要求が大きすぎます（上限{limit}バイト）。", $"The request is too large (at most {limit} bytes).")
        {
            NextStepJa = "要求を分割して送信してください。",
            NextStepEn = "Split it and send the parts.",
        }.With("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Problem MediaType(string expected) =>
        new Problem(ProblemKind.Invalid, "MEDIA_TYPE_NOT_SUPPORTED", $"Content-Typeは{expected}で送信してください。", $"Send the request with Content-Type {expected}.")
        {
            NextStepJa = SendAgainJa,
            NextStepEn = SendAgainEn,
        }.With("expected", expected);

    public static int StatusOf(Problem problem) => problem.Reason switch
    {
        "METHOD_NOT_ALLOWED" => StatusCodes.Status405MethodNotAllowed,
        "BODY_TOO_LARGE" => StatusCodes.Status413PayloadTooLarge,
        "MEDIA_TYPE_NOT_SUPPORTED" => StatusCodes.Status415UnsupportedMediaType,
        "DEADLINE_EXCEEDED" => StatusCodes.Status504GatewayTimeout,
        "INTERNAL" => StatusCodes.Status500InternalServerError,
        _ => problem.Kind switch
        {
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.AlreadyExists or ProblemKind.Conflict => StatusCodes.Status409Conflict,
            ProblemKind.Precondition => StatusCodes.Status422UnprocessableEntity,
            ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            ProblemKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ProblemKind.Exhausted => StatusCodes.Status429TooManyRequests,
            ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        },
    };
}
