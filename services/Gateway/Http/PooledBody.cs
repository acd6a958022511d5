using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Http;

/// <summary>A whole request body in one pooled array.</summary>
internal readonly struct PooledBody(byte[] buffer, int length) : IDisposable
{
    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    public void Dispose()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads all of it; more than <paramref name="limit"/> bytes is a problem, told before they are read where the length is declared.</summary>
    public static async ValueTask<Result<PooledBody>> Read(HttpRequest request, int limit)
    {
        // Ours is the limit that counts. With the server's own it would drop the connection of a client still sending, which then never sees the refusal.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }

        if (request.ContentLength > limit)
        {
            return HttpProblems.TooLarge(limit);
        }

        var cancellationToken = request.HttpContext.RequestAborted;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return HttpProblems.TooLarge(limit);
            }

            if (read.IsCompleted)
            {
                return Take(reader, read);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static PooledBody Take(PipeReader reader, ReadResult read)
    {
        var length = (int)read.Buffer.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        read.Buffer.CopyTo(buffer);
        reader.AdvanceTo(read.Buffer.End);
        return new PooledBody(buffer, length);
    }
}
