using Platform.Gateway.OpenApi;

namespace Platform.Gateway.Rest;

/// <summary>The addresses of the REST way in, each with its description for the OpenAPI document.</summary>
internal static class RestRoutes
{
    private const string Json = "application/json";

    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        MapChecks(api);
        MapCalculations(api);
        MapMemberFiles(api);
    }

    private static void MapChecks(RouteGroupBuilder api) =>
        api.MapPost("/eligibility/checks", (HttpContext context, ChecksEndpoint endpoint) => endpoint.Handle(context))
            .Accepts<CheckBody>(Json)
            .Produces<CheckAnswer>()
            .Described(
                "eligibility",
                "Is this person insured? / 資格確認",
                "Answers by the printed numbers, for any day. A negative answer is 200 with its reason and next step; every answer is in the audit before it leaves.",
                400, 413, 415, 422, 429, 503, 504)
            .WithExample(Json, Examples.CheckRequest, "200", Examples.CheckAnswer);

    private static void MapCalculations(RouteGroupBuilder api)
    {
        api.MapPost("/copay-ratios/decisions", (HttpContext context, CalculationsEndpoint endpoint) => endpoint.DecideCopayRatio(context))
            .Accepts<CopayRatioBody>(Json)
            .Produces<CopayRatioAnswer>()
            .Described("calculations", "Which copay ratio follows from these incomes? / 負担割合の判定", "Stores nothing but the insurer's task where the reported ratio of the member named contradicts.", 400, 413, 415, 422, 503, 504)
            .WithExample(Json, Examples.CopayRatioRequest, "200", Examples.CopayRatioAnswer);
        api.MapPost("/ceilings/quotes", (HttpContext context, CalculationsEndpoint endpoint) => endpoint.QuoteCeiling(context))
            .Accepts<CeilingBody>(Json)
            .Produces<CeilingAnswer>()
            .Described("calculations", "What is the ceiling of this month? / 高額療養費の自己負担限度額", "Stores nothing.", 400, 413, 415, 422, 503, 504)
            .WithExample(Json, Examples.CeilingRequest, "200", Examples.CeilingAnswer);
    }

    private static void MapMemberFiles(RouteGroupBuilder api)
    {
        api.MapPost("/members/files", (HttpContext context, MemberFilesEndpoint endpoint) => endpoint.Upload(context))
            .WithTextBody("The member file (資格情報ファイル, CSV), as it is or as the first file of a form.", "text/csv", "application/octet-stream", "multipart/form-data")
            .Produces<MemberFile>()
            .Produces<MemberFile>(StatusCodes.Status202Accepted)
            .WithQuery(
                ("insurer", true, "保険者番号 the file belongs to."),
                ("encoding", false, "utf-8 or cp932; decided by the content when left out."),
                ("again", false, "true: process the file even if the same bytes were finished before."),
                ("fileName", false, "Name for the list; a form brings its own."),
                ("resumeImportId", false, "Continue this interrupted import."),
                ("resumeOffset", false, "Byte of the file that the body starts at, when resuming."))
            .Described(
                "members",
                "Upload a member file / 資格情報ファイルの登録",
                "The file is taken in while it arrives. 200 when it is finished; 202 with Location when it goes on by itself. Sending the same file again changes nothing.",
                400, 413, 415, 422, 503)
            .WithExample(Json, null, "200", Examples.MemberFile);
        api.MapGet("/members/files", (HttpContext context, MemberFilesEndpoint endpoint) => endpoint.List(context))
            .Produces<MemberFileList>()
            .WithQuery(("insurer", true, "保険者番号."), ("pageSize", false, "1 to 200; 50 when left out."), ("pageToken", false, "From the previous page."))
            .Described("members", "Member files of an insurer / 登録済みファイルの一覧", "Newest first.", 400, 503, 504);
        api.MapGet("/members/files/{importId}", (HttpContext context, string importId, MemberFilesEndpoint endpoint) => endpoint.Progress(context, importId))
            .Produces<MemberFile>()
            .Described("members", "Progress of a member file / 登録の進み具合", "Counters as of now.", 404, 503, 504)
            .WithExample(Json, null, "200", Examples.MemberFile);
        api.MapGet("/members/files/{importId}/report", (HttpContext context, string importId, MemberFilesEndpoint endpoint) => endpoint.Report(context, importId))
            .WithTextAnswer("200", "line,column,code,message_ja,message_en,value_masked; UTF-8.", "text/csv")
            .Described("members", "Report of a member file / 行ごとの結果", "One line for each line of the file that was rejected or superseded.", 404, 503);
    }
}
