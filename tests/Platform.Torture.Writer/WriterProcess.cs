using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Platform.BuildingBlocks.Caching;
using Platform.Eligibility.Caching;
using Platform.Eligibility.Storage;

namespace Platform.Torture.Writer;

/// <summary>
/// Speaks lines with the torture test: <c>w id person version step action</c> writes that version of a person and stops at the step (<c>kill</c> itself, or <c>wait</c>
/// for <c>go id</c>); it says <c>at id step</c>, then <c>ack id</c> or <c>fail id kind</c>.
/// </summary>
internal static class WriterProcess
{
    public static async Task Run(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        await using var dataSource = NpgsqlDataSource.Create(configuration.GetConnectionString("Eligibility")!);
        await using var redis = new RedisCache(
            configuration.GetConnectionString("Cache")!, new RedisCacheOptions(), TimeProvider.System, logging.CreateLogger<RedisCache>());
        var store = new AnswerStore(dataSource);
        using var watch = new CacheWatch(store, TimeProvider.System, logging.CreateLogger<CacheWatch>());
        await watch.StartAsync(CancellationToken.None);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, int.Parse(configuration["Control"]!, CultureInfo.InvariantCulture));
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        var control = new Control(TextWriter.Synchronized(writer));
        var thin = new ThinWriter(dataSource, store, redis, watch, logging, configuration["Defect"] ?? "");
        while (await reader.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            if (words[0] == "go")
            {
                control.Go(words[1]);
            }
            else
            {
                _ = Write(thin, control, words);
            }
        }
    }

    private static async Task Write(ThinWriter thin, Control control, string[] words)
    {
        var (id, step, action) = (words[1], words[4], words[5]);
        try
        {
            await thin.Write(Guid.Parse(words[2]), long.Parse(words[3], CultureInfo.InvariantCulture), at => control.At(id, at, step, action));
            control.Say("ack " + id);
        }
        catch (Exception exception)
        {
            control.Say($"fail {id} {exception.GetType().Name}");
        }
    }
}
