using System.Globalization;
using System.Net;
using Grpc.Core;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Client;

/// <summary>One outgoing call, whatever its message types: its start, its cancellation and its end.</summary>
internal abstract class ClientCall : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly Lock gate = new();
    private readonly string? host;
    private readonly CallOptions options;
    private readonly CancellationTokenSource cancellation = new();
    private CancellationTokenRegistration callerRegistration;
    private CancellationTokenRegistration incomingRegistration;
    private CancellationTokenRegistration channelRegistration;
    private Timer? timer;
    private bool deadlinePassed;
    private Outcome? outcome;
    private Task started = Task.CompletedTask;
    private TaskCompletionSource? ended;

    protected ClientCall(ChannelCore channel, IMethod method, string? host, in CallOptions options)
    {
        Channel = channel;
        Method = method;
        this.host = host;
        this.options = options;
        Compresses = options.Headers?.GetValue(Names.EncodingRequest) == Names.Gzip;
    }

    protected ChannelCore Channel { get; }

    protected IMethod Method { get; }

    protected bool Compresses { get; }

    protected WriteOptions? CallWriteOptions => options.WriteOptions;

    protected CancellationToken Token => cancellation.Token;

    protected HttpResponseMessage? Response { get; private set; }

    public async Task<Metadata> ResponseHeaders()
    {
        await started;
        if (Response is null)
        {
            throw Ended().ToException();
        }

        return ResponseText.Metadata(Response.Headers);
    }

    public Status GetStatus() => (outcome ?? throw new InvalidOperationException("Unable to get the status because the call is not complete.")).Status;

    public Metadata GetTrailers() =>
        (outcome ?? throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.")).Trailers;

    public void Dispose()
    {
        if (outcome is null)
        {
            End(new Outcome(new Status(StatusCode.Cancelled, "gRPC call disposed."), []));
        }
    }

    /// <summary>How the call ended; it has.</summary>
    public Outcome Ended() => outcome ?? throw new InvalidOperationException("The call has not ended.");

    /// <summary>Sends the request and waits for the response headers. Never fails: a failure ends the call.</summary>
    protected void Begin()
    {
        callerRegistration = options.CancellationToken.UnsafeRegister(static call => ((ClientCall)call!).Cancel(), this);
        incomingRegistration = options.IncomingCall.UnsafeRegister(static call => ((ClientCall)call!).Cancel(), this);
        channelRegistration = Channel.Disposed.UnsafeRegister(static call => ((ClientCall)call!).Cancel(), this);
        if (HasEnded)
        {
            // A token was cancelled already: End has run before the later registrations were there.
            ReleaseRegistrations();
            return;
        }

        started = Run();
    }

    /// <summary>The body of the next attempt; null when the call cannot be attempted again.</summary>
    protected abstract HttpContent? CreateContent(int attempt);

    protected Task Started => started;

    protected bool HasEnded => outcome is not null;

    /// <summary>The status in the trailers, once the body is read to its end.</summary>
    protected void EndByTrailers()
    {
        var trailers = Response!.TrailingHeaders;
        End(ResponseText.TryGetStatus(trailers, out var status)
            ? new Outcome(status, ResponseText.Metadata(trailers))
            : new Outcome(new Status(StatusCode.Unknown, "No grpc-status found on response."), ResponseText.Metadata(trailers)));
    }

    protected void EndByFailure(Exception exception) => End(Describe(exception));

    /// <summary>The first end counts. Ending an unfinished exchange resets its stream.</summary>
    private void End(Outcome end)
    {
        lock (gate)
        {
            if (outcome is not null)
            {
                return;
            }

            outcome = end;
        }

        OnEnded();
        ReleaseRegistrations();
        timer?.Dispose();
        cancellation.Cancel();
        Response?.Dispose();
        Volatile.Read(ref ended)?.TrySetResult();
    }

    private void ReleaseRegistrations()
    {
        callerRegistration.Dispose();
        incomingRegistration.Dispose();
        channelRegistration.Dispose();
    }

    protected abstract void OnEnded();

    /// <summary>The failure to throw out of a write that did not go through.</summary>
    /// <param name="isRead">Whether somebody is reading the response already, and will find the status.</param>
    public async Task<RpcException> EndOfBrokenWrite(Exception exception, bool isRead)
    {
        await started;
        if (Response is null)
        {
            EndByFailure(exception);
        }
        else if (isRead)
        {
            await WhenEnded();
        }

        return outcome?.ToException()
            ?? new RpcException(new Status(StatusCode.Unavailable, "The server takes no more requests; its status follows its responses.", exception));
    }

    private Task WhenEnded()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source = Interlocked.CompareExchange(ref ended, source, null) ?? source;
        if (HasEnded)
        {
            source.TrySetResult();
        }

        return source.Task;
    }

    private async Task Run()
    {
        try
        {
            if (!StartDeadline())
            {
                End(new Outcome(Failures.DeadlineExceeded, []));
                return;
            }

            var retries = Channel.Retries.For(Method);
            for (var attempt = 1; ; attempt++)
            {
                var (response, failure) = await Attempt(attempt);
                if (failure is { } status
                    && retries?.Delay(attempt, status.Status.StatusCode, response?.Headers) is { } delay
                    && CreateContent(attempt + 1) is { } content)
                {
                    response?.Dispose();
                    content.Dispose();
                    await Task.Delay(delay, TimeProvider.System, Token);
                    continue;
                }

                Response = response;
                if (failure is not null)
                {
                    End(failure);
                }
                else if (HasEnded)
                {
                    response!.Dispose();
                }

                return;
            }
        }
        catch (Exception e)
        {
            EndByFailure(e);
        }
    }

    private async Task<(HttpResponseMessage? Response, Outcome? Failure)> Attempt(int attempt)
    {
        while (true)
        {
            var endpoint = await Channel.Target.Pick(Token);
            HttpResponseMessage response;
            try
            {
                using var request = CreateRequest(endpoint, CreateContent(attempt)!, attempt);
                response = await Channel.Send(request, Token);
            }
            catch (HttpRequestException e) when (TransportFailure.IsBeforeSending(e))
            {
                if (Channel.Target.HasAlternative(endpoint))
                {
                    continue;
                }

                return (null, Describe(e));
            }
            catch (Exception e) when (e is HttpRequestException or IOException && !Token.IsCancellationRequested)
            {
                return (null, Describe(e));
            }

            Channel.Target.Succeeded(endpoint);
            return ResponseText.TryGetFailure(response, out var failure)
                ? (response, new Outcome(failure, ResponseText.Metadata(response.Headers)))
                : (response, null);
        }
    }

    private HttpRequestMessage CreateRequest(Endpoint endpoint, HttpContent content, int attempt)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.For(Method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("TE", "trailers");
        headers.TryAddWithoutValidation(Names.AcceptEncoding, Names.SupportedEncodings);
        if (Compresses)
        {
            headers.TryAddWithoutValidation(Names.Encoding, Names.Gzip);
        }

        if (options.Deadline is { } deadline && deadline != DateTime.MaxValue)
        {
            headers.TryAddWithoutValidation(Names.Timeout, TimeoutText.Format(deadline.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime));
        }

        if (attempt > 1)
        {
            headers.TryAddWithoutValidation(Names.PreviousAttempts, (attempt - 1).ToString(CultureInfo.InvariantCulture));
        }

        if ((host ?? endpoint.Host) is { } authority)
        {
            headers.Host = authority;
        }

        if (options.Headers is { Count: > 0 } metadata)
        {
            foreach (var entry in metadata)
            {
                if (!Names.IsReserved(entry.Key))
                {
                    headers.TryAddWithoutValidation(entry.Key, MetadataText.ToHeader(entry));
                }
            }
        }

        return request;
    }

    private bool StartDeadline()
    {
        if (options.Deadline is not { } deadline || deadline == DateTime.MaxValue)
        {
            return true;
        }

        var left = deadline.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime;
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        if (left <= LongestTimer)
        {
            timer = new Timer(static call => ((ClientCall)call!).OnDeadline(), this, left, Timeout.InfiniteTimeSpan);
        }

        return true;
    }

    private void OnDeadline()
    {
        deadlinePassed = true;
        Cancel();
    }

    public void Cancel() => EndByFailure(new OperationCanceledException());

    private Outcome Describe(Exception exception)
    {
        if (deadlinePassed)
        {
            return new Outcome(Failures.DeadlineExceeded, []);
        }

        // The transport wraps what a request body throws.
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is RpcException rpc)
            {
                return new Outcome(rpc.Status, rpc.Trailers);
            }
        }

        if (exception is OperationCanceledException)
        {
            return new Outcome(new Status(StatusCode.Cancelled, "Call canceled by the client.", exception), []);
        }

        return new Outcome(TransportFailure.Describe(exception), []);
    }
}

internal sealed record Outcome(Status Status, Metadata Trailers)
{
    public RpcException ToException() => new(Status, Trailers);
}
