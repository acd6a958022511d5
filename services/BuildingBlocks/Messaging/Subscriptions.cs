using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Npgsql;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>
/// The table of what a service listens to: topic and event type → operation. A type of a topic that is not in the table is retried, because during a rolling upgrade
/// a publisher may be newer than this build; what the service does not care about is named with <see cref="Ignore"/>.
/// </summary>
public sealed class Subscriptions
{
    // Unknown fields come from newer publishers and mean nothing to this build.
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly Dictionary<(string Topic, string Type), EventHandling> table = [];

    internal IEnumerable<string> Topics => table.Keys.Select(key => key.Topic).Distinct(StringComparer.Ordinal);

    /// <summary>Handles one type of event. The scope is the event's own; a thrown exception rolls everything back and the event comes again.</summary>
    public Subscriptions On<TData>(string topic, Func<IServiceProvider, IncomingEvent<TData>, CancellationToken, Task> handle)
        where TData : class, IMessage<TData>, new()
    {
        var descriptor = new TData().Descriptor;
        table.Add((topic, descriptor.FullName), async (scope, header, data, connection, cancellationToken) =>
            await handle(scope, new IncomingEvent<TData>(header, Parse<TData>(data), connection), cancellationToken));
        return this;
    }

    /// <summary>Takes note of events of a type without doing anything.</summary>
    public Subscriptions Ignore(string topic, MessageDescriptor type)
    {
        table.Add((topic, type.FullName), static (_, _, _, _, _) => Task.CompletedTask);
        return this;
    }

    internal EventHandling? Find(string topic, string type) => table.GetValueOrDefault((topic, type));

    private static TData Parse<TData>(ReadOnlyMemory<byte> json)
        where TData : IMessage, new()
    {
        try
        {
            return Parser.Parse<TData>(Encoding.UTF8.GetString(json.Span));
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException or FormatException)
        {
            throw new PoisonEventException("The data is not proto JSON of its type.", exception);
        }
    }
}

internal delegate Task EventHandling(IServiceProvider scope, EventHeader header, ReadOnlyMemory<byte> data, NpgsqlConnection connection, CancellationToken cancellationToken);

/// <summary>This event can never be handled, however often it comes: it goes to the dead letters. The message names what is wrong with its form, no data.</summary>
public sealed class PoisonEventException(string message, Exception? inner = null) : Exception(message, inner);
