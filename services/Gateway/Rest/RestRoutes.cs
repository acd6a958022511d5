namespace Platform.Gateway.Rest;

internal static class RestRoutes
{
    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapPost("/eligibility/checks", (HttpContext context, ChecksEndpoint endpoint) => endpoint.Handle(context));
        api.MapPost("/copay-ratios/decisions", (HttpContext context, CalculationsEndpoint endpoint) => endpoint.DecideCopayRatio(context));
        api.MapPost("/ceilings/quotes", (HttpContext context, CalculationsEndpoint endpoint) => endpoint.QuoteCeiling(context));
        api.MapPost("/members/files", (HttpContext context, MemberFilesEndpoint endpoint) => endpoint.Upload(context));
        api.MapGet("/members/files", (HttpContext context, MemberFilesEndpoint endpoint) => endpoint.List(context));
        api.MapGet("/members/files/{importId}", (HttpContext context, string importId, MemberFilesEndpoint endpoint) => endpoint.Progress(context, importId));
        api.MapGet("/members/files/{importId}/report", (HttpContext context, string importId, MemberFilesEndpoint endpoint) => endpoint.Report(context, importId));
    }
}
