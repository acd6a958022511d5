using System.Diagnostics;
using System.Diagnostics.Metrics;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Protos.DaprRuntime.V1;
using Outcome = Platform.Protos.DaprRuntime.V1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// Events arrive by here, at least once and in any order. One transaction records the event's id, raises its subject's version and holds the effect. A repetition, and
/// an event older than what was applied, change nothing and are answered with SUCCESS.
/// </summary>
internal sealed partial class Inbox(
    NpgsqlDataSource dataSource, Subscriptions subscriptions, IServiceScopeFactory scopes, MessagingOptions options, ILogger<Inbox> logger) : IDisposable
{
    private static readonly ActivitySource Activities = new("Platform.Messaging");
    private static readonly Meter Meter = new("Platform.Messaging");
    private static readonly Counter<long> Handled = Meter.CreateCounter<long>("platform_inbox_events_total", null, "Events that arrived, by topic and outcome.");

    // A sidecar hands over as many events at a time as it likes.
    private readonly SemaphoreSlim places = new(options.InboxParallel);
    private int running;

    /// <summary>Events being handled at this moment.</summary>
    public int Running => Volatile.Read(ref running);

    public async Task<Outcome> Receive(TopicEventRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref running);
        try
        {
            var (outcome, what) = await Try(request, cancellationToken);
            Handled.Add(1, new("topic", request.Topic), new("outcome", what));
            return outcome;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    /// <summary>Handles a stored event again, in the given transaction: what has been applied meanwhile is not applied twice.</summary>
    public async Task Replay(TopicEventRequest request, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var header = HeaderOf(request);
        var handling = subscriptions.Find(header.Topic, header.Type) ?? throw new PoisonEventException("No operation handles this type.");
        await Apply(header, handling, request, connection, cancellationToken);
    }

    public void Dispose() => places.Dispose();

    private async Task<(Outcome Outcome, string What)> Try(TopicEventRequest request, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("event " + request.Topic, ActivityKind.Consumer, Extension(request, "traceparent") is { Length: > 0 } parent ? parent : null);
        try
        {
            var header = HeaderOf(request);
            if (subscriptions.Find(header.Topic, header.Type) is not { } handling)
            {
                Log.UnknownType(logger, header.Topic, header.Type);
                return (Outcome.Retry, "unknown_type");
            }

            await places.WaitAsync(cancellationToken);
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var what = await Apply(header, handling, request, connection, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return (Outcome.Success, what);
            }
            finally
            {
                places.Release();
            }
        }
        catch (PoisonEventException exception)
        {
            Log.Poison(logger, request.Topic, request.Type, request.Id, exception.Message);
            return (Outcome.Drop, "poison");
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested || ProblemStatus.OfOutage(exception) is not null)
        {
            Log.LaterPlease(logger, request.Topic, request.Id, ExceptionReport.Kind(exception));
            return (Outcome.Retry, "unavailable");
        }
        catch (Exception exception)
        {
            Log.Failed(logger, request.Topic, request.Type, request.Id, ExceptionReport.Full(exception));
            return (Outcome.Retry, "failed");
        }
    }

    private async Task<string> Apply(EventHeader header, EventHandling handling, TopicEventRequest request, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await Record(connection, header, cancellationToken))
        {
            return "repeated";
        }

        if (header.Subject.Length > 0)
        {
            var newer = await InboxVersions.Advance(connection, header, [new(header.Subject, header.SubjectVersion)], cancellationToken);
            if (newer.Count == 0)
            {
                return "outdated";
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        await handling(scope.ServiceProvider, header, request.Data.Memory, connection, cancellationToken);
        return "applied";
    }

    private static async Task<bool> Record(NpgsqlConnection connection, EventHeader header, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into infra.inbox (source, id, topic) values ($1, $2, $3) on conflict do nothing", connection);
        command.Parameters.Add(new() { Value = header.Source });
        command.Parameters.Add(new() { Value = header.Id });
        command.Parameters.Add(new() { Value = header.Topic });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static EventHeader HeaderOf(TopicEventRequest request)
    {
        if (!Ulid.TryParse(request.Id, out var id))
        {
            throw new PoisonEventException("The id is no ULID.");
        }

        if (request.Source.Length == 0 || request.Type.Length == 0)
        {
            throw new PoisonEventException("The envelope lacks source or type.");
        }

        var subject = Extension(request, "subject") ?? "";
        long version = 0;
        if (subject.Length > 0 && (!long.TryParse(Extension(request, "subjectversion"), out version) || version < 1))
        {
            throw new PoisonEventException("A subject comes with subjectversion, from 1 on.");
        }

        return new EventHeader(
            id,
            request.Source,
            request.Topic,
            request.Type,
            subject,
            version,
            DateTimeOffset.TryParse(Extension(request, "time"), out var time) ? time : default,
            Extension(request, "ruleset") ?? "");
    }

    private static string? Extension(TopicEventRequest request, string name) =>
        request.Extensions?.Fields.GetValueOrDefault(name) switch
        {
            { KindCase: Value.KindOneofCase.StringValue } text => text.StringValue,
            { KindCase: Value.KindOneofCase.NumberValue } number => ((long)number.NumberValue).ToString(),
            _ => null,
        };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "An event of {Topic} has the type {Type}, which this build does not know; it is retried.")]
        public static partial void UnknownType(ILogger logger, string topic, string type);

        [LoggerMessage(2, LogLevel.Error, "Event {EventId} of {Topic} ({Type}) can never be handled and goes to the dead letters: {Reason}")]
        public static partial void Poison(ILogger logger, string topic, string type, string eventId, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Event {EventId} of {Topic} is retried: {Reason}.")]
        public static partial void LaterPlease(ILogger logger, string topic, string eventId, string reason);

        [LoggerMessage(4, LogLevel.Error, "Event {EventId} of {Topic} ({Type}) failed and is retried. {Exception}")]
        public static partial void Failed(ILogger logger, string topic, string type, string eventId, string exception);
    }
}
