using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Http;

/// <summary>JSON in and out of a request without objects in between.</summary>
internal static class JsonBody
{
    // A writer is used from its first to its last byte without an await, so that one a thread is enough.
    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    public delegate Result<T> BodyReader<T>(ReadOnlySpan<byte> body);

    /// <summary>Reads the body; a problem where it is too large, not JSON by its type, or not what the reader takes.</summary>
    public static async ValueTask<Result<T>> Read<T>(HttpRequest request, int limit, BodyReader<T> read)
    {
        if (!IsJson(request.ContentType))
        {
            return HttpProblems.MediaType("application/json");
        }

        if (!(await PooledBody.Read(request, limit)).TryGet(out var body, out var problem))
        {
            return problem;
        }

        using (body)
        {
            return read(body.Span);
        }
    }

    public static async Task Write<T>(HttpResponse response, T value, Action<Utf8JsonWriter, T> write)
    {
        response.ContentType = "application/json";
        WriteNow(response, value, write);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    public static Task Write<T>(HttpResponse response, T value, JsonTypeInfo<T> type) =>
        Write(response, value, (json, written) => JsonSerializer.Serialize(json, written, type));

    private static void WriteNow<T>(HttpResponse response, T value, Action<Utf8JsonWriter, T> write)
    {
        var json = writer ??= new Utf8JsonWriter(Stream.Null, JsonText.WriterOptions);
        json.Reset(response.BodyWriter);
        write(json, value);
        json.Flush();
        json.Reset(Stream.Null);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
