using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Console;
using Platform.OqsAgent;

var code = new Option<string?>("--code") { Description = "Institution code (10 digits) that the folders belong to." };
var root = new Option<string?>("--root") { Description = "Folder that holds req, res and face; they are made where missing." };
var gateway = new Option<string?>("--gateway") { Description = "Address of the Gateway (default http://127.0.0.1:5080)." };
var encoding = new Option<string?>("--encoding") { Description = "Encoding of results: UTF-8, SHIFT_JIS or AS_REQUEST; without it the institution's setting decides." };
var stay = new Option<int?>("--response-file-stay-time") { Description = "Minutes after which a result that nobody fetched is deleted (default 1440; 0 keeps it)." };
var config = new Option<string?>("--config") { Description = "JSON file with several facilities, in place of --code and --root; see the README beside the agent." };
var command = new RootCommand("Answers eligibility requests from a folder, as the clinic terminal does: a file in req is taken, its result appears in res.")
{
    code, root, gateway, encoding, stay, config,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    AgentSettings settings;
    try
    {
        settings = parsed.GetValue(config) is { } file
            ? AgentSettings.Load(file)
            : AgentSettings.Single(parsed.GetValue(code), parsed.GetValue(root), parsed.GetValue(gateway), parsed.GetValue(encoding), parsed.GetValue(stay));
    }
    catch (SettingsException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 2;
    }

    return await Run(settings, cancellationToken);
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static async Task<int> Run(AgentSettings settings, CancellationToken cancellationToken)
{
    using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.TimestampFormat = "HH:mm:ss ";
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    }));
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var http = GatewayConnection.CreateClient();
    var agents = settings.Facilities
        .Select(facility => new FacilityAgent(facility, new GatewayConnection(http, facility, TimeProvider.System), TimeProvider.System, loggers.CreateLogger(facility.Code)))
        .ToList();
    try
    {
        agents.ForEach(agent => agent.Open());
        await Task.WhenAll(agents.Select(RunOne));
        return 0;
    }
    catch (SettingsException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 2;
    }
    finally
    {
        agents.ForEach(agent => agent.Dispose());
    }

    // A defect in one ends all, so that whoever supervises the process starts it anew.
    async Task RunOne(FacilityAgent agent)
    {
        try
        {
            await agent.Run(stop.Token);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
