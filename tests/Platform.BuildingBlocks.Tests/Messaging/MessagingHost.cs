using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Npgsql;
using Platform.BuildingBlocks.Hosting;
using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Postgres;
using Platform.Protos.DaprRuntime.V1;
using Platform.Testing;

namespace Platform.BuildingBlocks.Tests.Messaging;

/// <summary>A service that publishes and listens. Its one effect: a row in <c>thing</c> per event applied.</summary>
internal static class MessagingHost
{
    public static async Task<TestHost> Start(
        TestDatabase database, string sidecar, Func<string, Task>? onEvent = null, string? relayInterval = null, params KeyValuePair<string, string>[] settings) =>
        await TestHost.Start(
            (args, configure) =>
            {
                var builder = PlatformHost.CreateBuilder(args, "Sample", new ListenerPorts(0, 0, 0));
                builder.AddPostgres(typeof(MessagingHost).Assembly);
                builder.AddMessaging(subscriptions => subscriptions
                    .On<StringValue>("coverage.v1", async (_, incoming, cancellationToken) =>
                    {
                        if (onEvent is not null)
                        {
                            await onEvent(incoming.Data.Value);
                        }

                        await Effect(incoming.Connection, incoming.Data.Value, cancellationToken);
                    })
                    .On<ListValue>("coverage.v1", async (_, incoming, cancellationToken) =>
                    {
                        // Pairs of subject and version.
                        var versions = incoming.Data.Values.Chunk(2).Select(pair => new KeyValuePair<string, long>(pair[0].StringValue, (long)pair[1].NumberValue)).ToList();
                        foreach (var subject in await incoming.Newer(versions, cancellationToken))
                        {
                            await Effect(incoming.Connection, subject, cancellationToken);
                        }
                    })
                    .Ignore("coverage.v1", BoolValue.Descriptor));
                configure?.Invoke(builder);
                return builder.Build();
            },
            [
                new("ConnectionStrings:Sample", database.ConnectionString), new("DAPR_GRPC_ENDPOINT", sidecar),
                new("Messaging:RelayInterval", relayInterval ?? "00:00:00.020"), .. settings,
            ]);

    public static async Task Publish(TestHost host, string subject, string value, bool commit = true)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var outbox = host.Services.GetRequiredService<Outbox>();
        await using var connection = await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var version = await Outbox.NextVersion(connection, "coverage.v1", subject, cancellationToken);
        await outbox.Add(connection, new OutgoingEvent("coverage.v1", subject, version, new StringValue { Value = value }, "rules-1"), cancellationToken);
        if (commit)
        {
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>An event as a sidecar hands it over.</summary>
    public static TopicEventRequest Event(IMessage data, string? subject = null, long version = 0, Guid? id = null, string topic = "coverage.v1", string? type = null)
    {
        var request = new TopicEventRequest
        {
            Id = Ulid.Format(id ?? Guid.NewGuid()),
            Source = "eligibility",
            Type = type ?? data.Descriptor.FullName,
            SpecVersion = "1.0",
            DataContentType = "application/json",
            Topic = topic,
            PubsubName = "pubsub",
            Data = ByteString.CopyFromUtf8(JsonFormatter.Default.Format(data)),
            Extensions = new Struct(),
        };
        if (subject is not null)
        {
            request.Extensions.Fields.Add("subject", Value.ForString(subject));
            request.Extensions.Fields.Add("subjectversion", Value.ForString(version.ToString()));
        }

        return request;
    }

    private static async Task Effect(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into thing (name) values ($1)", connection);
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
