using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Server;

/// <summary>One running call. What a handler may never ask for (headers, token, trailers) is made when it is asked for.</summary>
internal sealed partial class ServerCall : ServerCallContext, IServiceProvider, IAsyncDisposable
{
    private readonly MethodSettings settings;
    private readonly string? requestEncoding;
    private readonly bool compresses;
    private Metadata? requestHeaders;
    private Metadata? responseTrailers;
    private AuthContext? authContext;
    private Status status = Status.DefaultSuccess;
    private PipeReader? reader;
    private PipeWriter? writer;
    private bool headersReady;

    // True from the first byte of the body or the explicit headers on: from there the status goes into trailers.
    private bool responseBegun;

    public ServerCall(HttpContext http, MethodSettings settings)
    {
        Http = http;
        this.settings = settings;
        var headers = http.Request.Headers;
        var encoding = headers.GrpcEncoding;
        requestEncoding = encoding.Count == 0 ? null : encoding.ToString();
        compresses = settings.Compresses && Accepts(headers.GrpcAcceptEncoding.ToString());
        var timeout = headers.GrpcTimeout;
        if (timeout.Count > 0)
        {
            StartDeadline(timeout.ToString());
        }
    }

    public HttpContext Http { get; }

    public PipeReader Reader => reader ??= Http.Request.BodyReader;

    protected override string MethodCore => settings.Method.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore
    {
        get
        {
            var connection = Http.Connection;
            return connection.RemoteIpAddress switch
            {
                null => "unknown",
                { AddressFamily: AddressFamily.InterNetworkV6 } ip => $"ipv6:[{ip}]:{connection.RemotePort}",
                { } ip => $"ipv4:{ip}:{connection.RemotePort}",
            };
        }
    }

    protected override Metadata RequestHeadersCore => requestHeaders ??= ReadHeaders(Http.Request.Headers);

    protected override Metadata ResponseTrailersCore => responseTrailers ??= [];

    protected override Status StatusCore
    {
        get => status;
        set => status = value;
    }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => authContext ??= PeerCertificate.Describe(Http.Connection.ClientCertificate);

    /// <summary>The services of the call's scope, which is made only when something is asked for.</summary>
    public object? GetService(Type serviceType) => Http.RequestServices.GetService(serviceType);

    /// <summary>The next message, or null after the last one.</summary>
    public async ValueTask<T?> Read<T>(Marshaller<T> marshaller, CancellationToken cancellationToken)
        where T : class
    {
        var reader = Reader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            ThrowIfCanceled(result.IsCanceled);
            if (PayloadReader.TryTake(ref buffer, marshaller, settings.ReceiveLimit, requestEncoding, out var message))
            {
                reader.AdvanceTo(buffer.Start);
                return message;
            }

            if (result.IsCompleted)
            {
                reader.AdvanceTo(buffer.End);
                return buffer.IsEmpty ? null : throw new RpcException(Failures.Incomplete);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Takes the one message of a request out of what was read. False: there is more to read.</summary>
    public bool TryTakeOnly<T>(ReadResult result, Marshaller<T> marshaller, ref T? message)
        where T : class
    {
        ThrowIfCanceled(result.IsCanceled);
        var buffer = result.Buffer;
        if (message is null)
        {
            PayloadReader.TryTake(ref buffer, marshaller, settings.ReceiveLimit, requestEncoding, out message);
        }

        if (message is not null && !buffer.IsEmpty)
        {
            throw new RpcException(Failures.AdditionalData);
        }

        if (!result.IsCompleted)
        {
            reader!.AdvanceTo(buffer.Start, buffer.End);
            return false;
        }

        reader!.AdvanceTo(buffer.End);
        return message is not null ? true : throw new RpcException(Failures.Incomplete);
    }

    /// <summary>Puts the only message of a response into the output; it leaves together with the status.</summary>
    public void WriteOnly<T>(Marshaller<T> marshaller, T message)
    {
        if (!TryBeginWrite())
        {
            return;
        }

        try
        {
            PrepareHeaders();
            Write(marshaller, message, WriteOptionsCore);
        }
        finally
        {
            EndWrite();
        }
    }

    public async Task WriteNext<T>(Marshaller<T> marshaller, T message, WriteOptions? options, CancellationToken cancellationToken)
    {
        if (!TryBeginWrite())
        {
            throw new InvalidOperationException("Can't write the message because the request is complete.");
        }

        try
        {
            PrepareHeaders();
            options ??= WriteOptionsCore;
            Write(marshaller, message, options);
            if (options is null || (options.Flags & WriteFlags.BufferHint) == 0)
            {
                await Flush(cancellationToken);
            }
        }
        finally
        {
            EndWrite();
        }
    }

    protected override async Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        if (!TryBeginWrite())
        {
            throw new InvalidOperationException("Can't send headers because the request is complete.");
        }

        try
        {
            if (responseBegun || Http.Response.HasStarted)
            {
                throw new InvalidOperationException("Response headers can only be sent once per call.");
            }

            PrepareHeaders();
            CopyTo(responseHeaders, Http.Response.Headers);
            responseBegun = true;
            writer ??= Http.Response.BodyWriter;
            await Http.Response.StartAsync();
            await Flush(CancellationToken.None);
        }
        finally
        {
            EndWrite();
        }
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Calls propagate by EnableCallContextPropagation on the client.");

    private static bool Accepts(string acceptEncoding)
    {
        foreach (var part in acceptEncoding.AsSpan().Split(','))
        {
            if (acceptEncoding.AsSpan(part).Trim().SequenceEqual(Names.Gzip))
            {
                return true;
            }
        }

        return false;
    }

    private static Metadata ReadHeaders(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            if (Names.IsReserved(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                MetadataText.Add(metadata, name, value ?? "");
            }
        }

        return metadata;
    }

    private static void CopyTo(Metadata metadata, IHeaderDictionary headers)
    {
        foreach (var entry in metadata)
        {
            if (!Names.IsReserved(entry.Key))
            {
                headers.Append(entry.Key, MetadataText.ToHeader(entry));
            }
        }
    }

    private void PrepareHeaders()
    {
        if (headersReady)
        {
            return;
        }

        headersReady = true;
        Http.Response.ContentType = Names.ContentType;
        if (compresses)
        {
            Http.Response.Headers.GrpcEncoding = Names.Gzip;
        }
    }

    private void Write<T>(Marshaller<T> marshaller, T message, WriteOptions? options)
    {
        var compress = compresses && (options is null || (options.Flags & WriteFlags.NoCompress) == 0);
        writer ??= Http.Response.BodyWriter;
        PayloadWriter.Write(marshaller, message, writer, settings.SendLimit, compress ? settings.CompressionLevel : (CompressionLevel?)null);
        responseBegun = true;
    }

    // Kestrel ends a read or a write by itself when the client goes away; the deadline cancels what is pending.
    private static void ThrowIfCanceled(bool canceled)
    {
        if (canceled)
        {
            throw new OperationCanceledException("The deadline of the call has passed.");
        }
    }

    private async ValueTask Flush(CancellationToken cancellationToken)
    {
        var result = await writer!.FlushAsync(cancellationToken);
        ThrowIfCanceled(result.IsCanceled);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("The client has gone away.");
        }
    }
}
