namespace Platform.Gateway.Rest;

internal static class RestRoutes
{
    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapPost("/eligibility/checks", (HttpContext context, ChecksEndpoint endpoint) => endpoint.Handle(context));
    }
}
