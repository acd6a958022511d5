using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Platform.Gateway.Http;
using Platform.Gateway.Rest;

namespace Platform.Gateway.OpenApi;

/// <summary>The description of the REST and XML ways in at <c>/openapi/v1.json</c>, and its page at <c>/openapi</c>.</summary>
internal static class Document
{
    public static void AddDescription(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            // What is at the operations door is no caller's affair.
            options.ShouldInclude = description => description.RelativePath is { } path
                && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("oqs/", StringComparison.Ordinal));
            options.AddDocumentTransformer(Describe);
        });

    public static void MapDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "openapi";
            page.DocumentTitle = "Eligibility platform";
            page.SwaggerEndpoint("/openapi/v1.json", "v1");
        });
    }

    /// <summary>Says what the endpoint does and which problems it can answer with.</summary>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder endpoint, string tag, string summary, string description, params int[] problems)
    {
        endpoint.WithTags(tag).WithSummary(summary).WithDescription(description);
        foreach (var status in problems)
        {
            endpoint.Produces<ProblemAnswer>(status, ProblemJson.MediaType);
        }

        return endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (Examples.OfProblem(status) is { } problem && response.Content?.TryGetValue(ProblemJson.MediaType, out var content) == true)
                {
                    content.Example = problem;
                }
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Shows a request and its answer.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, string mediaType, JsonNode? request, string status, JsonNode answer) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (request is not null && operation.RequestBody?.Content?.TryGetValue(mediaType, out var body) == true)
            {
                body.Example = request.DeepClone();
            }

            if (operation.Responses?.TryGetValue(status, out var response) == true && response.Content?.TryGetValue(mediaType, out var content) == true)
            {
                content.Example = answer.DeepClone();
            }

            return Task.CompletedTask;
        });

    /// <summary>Names the query parameters, which the handler reads by itself.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params (string Name, bool Required, string Description)[] parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var (name, required, description) in parameters)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Query,
                    Required = required,
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            return Task.CompletedTask;
        });

    /// <summary>A body that is text or bytes and has no schema beyond that.</summary>
    public static RouteHandlerBuilder WithTextBody(this RouteHandlerBuilder endpoint, string description, params string[] mediaTypes) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = description,
                Content = mediaTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }, StringComparer.Ordinal),
            };
            return Task.CompletedTask;
        });

    /// <summary>An answer that is text.</summary>
    public static RouteHandlerBuilder WithTextAnswer(this RouteHandlerBuilder endpoint, string status, string description, string mediaType) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Responses ??= [];
            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [mediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
            return Task.CompletedTask;
        });

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Eligibility platform / 資格確認プラットフォーム",
            Version = "v1",
            Description = "Whether a person is insured, and how. Dates are days in Japan (yyyy-MM-dd); every refusal is a problem (RFC 9457) with a stable reason, texts in "
                + "Japanese and English, and what to do next.",
        };

        // Whoever reads the document knows where it came from; the address behind a proxy is not ours to state.
        document.Servers = [];
        return Task.CompletedTask;
    }
}
