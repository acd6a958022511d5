using Platform.BuildingBlocks.Errors;
using StackExchange.Redis;

namespace Platform.LocalSidecar;

/// <summary>One event in a stream.</summary>
internal sealed record StreamEntry(string Topic, string Id, byte[] Event);

/// <summary>
/// Redis Streams as Dapr's <c>pubsub.redis</c> uses them: one stream a topic under the topic's name, the CloudEvent in field <c>data</c>, one consumer group an app-id.
/// </summary>
internal sealed partial class Streams : IDisposable
{
    // All consumers of a group are this process: whoever runs later goes on with what it left.
    private const string Consumer = "sidecar";

    // A blocking read holds its connection, so each app has one of its own.
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConfigurationOptions configuration;
    private readonly ILogger<Streams> logger;
    private readonly Lazy<Task<ConnectionMultiplexer>> shared;

    public Streams(SidecarOptions options, ILogger<Streams> logger)
    {
        configuration = ConfigurationOptions.Parse(options.Redis);
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = 2000;
        configuration.KeepAlive = 5;
        this.logger = logger;
        shared = new(Connect);
    }

    /// <summary>A connection for one app's reading.</summary>
    public async Task<ConnectionMultiplexer> Connect() => await ConnectionMultiplexer.ConnectAsync(configuration);

    public async Task<bool> IsThere()
    {
        try
        {
            await (await Database()).PingAsync().WaitAsync(TimeSpan.FromSeconds(1));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NotThere(logger, ExceptionReport.Kind(exception));
            return false;
        }
    }

    /// <summary>Appends an event; with a durable Redis it is on disk when this returns.</summary>
    public async Task Append(string topic, ReadOnlyMemory<byte> cloudEvent) =>
        await (await Database()).ExecuteAsync("XADD", (RedisKey)topic, "*", "data", (RedisValue)cloudEvent.ToArray()).WaitAsync(Patience);

    /// <summary>Makes sure the app's group exists, from the stream's beginning on.</summary>
    public async Task Join(string topic, string group)
    {
        try
        {
            await (await Database()).ExecuteAsync("XGROUP", "CREATE", (RedisKey)topic, group, "0", "MKSTREAM").WaitAsync(Patience);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It exists: the usual case.
        }
    }

    /// <summary>New events of several topics; waits a moment when there are none.</summary>
    public static async Task<List<StreamEntry>> Read(ConnectionMultiplexer connection, string group, IReadOnlyList<string> topics, int count)
    {
        object[] arguments =
        [
            "GROUP", group, Consumer, "COUNT", count.ToString(), "BLOCK", Block.TotalMilliseconds.ToString("0"), "STREAMS",
            .. topics.Select(topic => (object)(RedisKey)topic), .. topics.Select(_ => (object)">"),
        ];
        var answer = await connection.GetDatabase().ExecuteAsync("XREADGROUP", arguments).WaitAsync(Block + Patience);
        if (answer.IsNull)
        {
            return [];
        }

        return [.. ((RedisResult[])answer!).Select(stream => (RedisResult[])stream!).SelectMany(stream => Entries((string)stream[0]!, stream[1]))];
    }

    /// <summary>All events that were handed out and not acknowledged: what a process that ended, or a lost answer, left behind.</summary>
    public async Task<List<StreamEntry>> Pending(string topic, string group)
    {
        var found = new List<StreamEntry>();
        var cursor = "0-0";
        do
        {
            var answer = (RedisResult[])(await (await Database())
                .ExecuteAsync("XAUTOCLAIM", (RedisKey)topic, group, Consumer, "0", cursor, "COUNT", "100").WaitAsync(Patience))!;
            cursor = (string)answer[0]!;
            found.AddRange(Entries(topic, answer[1]));
        }
        while (cursor != "0-0");
        return found;
    }

    public async Task Acknowledge(string topic, string group, string id) =>
        await (await Database()).ExecuteAsync("XACK", (RedisKey)topic, group, id).WaitAsync(Patience);

    /// <summary>Moves an event to the dead letters in one step.</summary>
    public async Task Bury(StreamEntry entry, string group, string deadLetterTopic) =>
        await (await Database()).ScriptEvaluateAsync(
            "redis.call('XADD', KEYS[2], '*', 'data', ARGV[3]) return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])",
            [entry.Topic, deadLetterTopic],
            [group, entry.Id, entry.Event]).WaitAsync(Patience);

    /// <summary>Cuts a stream to what some group still has to read or acknowledge, and to what is not older than the given id.</summary>
    public async Task Trim(string topic, string oldest)
    {
        var database = await Database();
        var needed = "";
        foreach (var group in await Groups(topic))
        {
            var first = (string)group["last-delivered-id"]!;
            if ((long)group["pending"] > 0)
            {
                var pending = (RedisResult[])(await database.ExecuteAsync("XPENDING", (RedisKey)topic, (string)group["name"]!).WaitAsync(Patience))!;
                first = (string?)pending[1] ?? first;
            }

            needed = needed.Length == 0 || StreamId.Compare(first, needed) < 0 ? first : needed;
        }

        var threshold = needed.Length > 0 && StreamId.Compare(needed, oldest) > 0 ? needed : oldest;
        await database.ExecuteAsync("XTRIM", (RedisKey)topic, "MINID", threshold).WaitAsync(Patience);
    }

    /// <summary>Events of a topic that some group has not read or not acknowledged, summed over groups.</summary>
    public async Task<long> Waiting(string topic)
    {
        long waiting = 0;
        foreach (var group in await Groups(topic))
        {
            waiting += (long)group["pending"];

            // Redis says null when it lost count; then what lies behind the last one handed out is counted.
            waiting += group["lag"].IsNull
                ? ((RedisResult[])(await (await Database()).ExecuteAsync("XRANGE", (RedisKey)topic, "(" + (string)group["last-delivered-id"]!, "+", "COUNT", "1000").WaitAsync(Patience))!).Length
                : (long)group["lag"];
        }

        return waiting;
    }

    public void Dispose()
    {
        if (shared.IsValueCreated && shared.Value.IsCompletedSuccessfully)
        {
            shared.Value.Result.Dispose();
        }
    }

    private async Task<List<Dictionary<string, RedisResult>>> Groups(string topic)
    {
        try
        {
            var groups = (RedisResult[])(await (await Database()).ExecuteAsync("XINFO", "GROUPS", (RedisKey)topic).WaitAsync(Patience))!;
            return [.. groups.Select(Fields)];
        }
        catch (RedisServerException exception) when (exception.Message.Contains("no such key", StringComparison.Ordinal))
        {
            return [];
        }
    }

    private static IEnumerable<StreamEntry> Entries(string topic, RedisResult entries)
    {
        foreach (var entry in (RedisResult[])entries!)
        {
            // An entry that was trimmed meanwhile comes as null.
            if (!entry.IsNull && (RedisResult[])entry! is [var id, { IsNull: false } fields] && Fields(fields).GetValueOrDefault("data") is { } data)
            {
                yield return new StreamEntry(topic, (string)id!, (byte[])data!);
            }
        }
    }

    private static Dictionary<string, RedisResult> Fields(RedisResult flat) =>
        ((RedisResult[])flat!).Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => pair[1], StringComparer.Ordinal);

    private async Task<IDatabase> Database() => (await shared.Value.WaitAsync(Patience)).GetDatabase();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis does not answer: {Reason}.")]
        public static partial void NotThere(ILogger logger, string reason);
    }
}

/// <summary>Redis' ids, <c>milliseconds-sequence</c>.</summary>
internal static class StreamId
{
    public static int Compare(string left, string right) => Parse(left).CompareTo(Parse(right));

    private static (ulong Time, ulong Sequence) Parse(string id) =>
        id.Split('-') is [var time, var sequence] ? (ulong.Parse(time), ulong.Parse(sequence)) : (ulong.Parse(id), 0);
}
