using System.CommandLine;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Cli.Connection;
using Platform.Cli.Output;
using Platform.Protos.Eligibility.V1;

namespace Platform.Cli;

/// <summary>One run of a command that speaks to the platform: where it is, how to talk to it, how to show what it says.</summary>
internal sealed class Session : IDisposable
{
    /// <summary>A question of one person or one page is answered in milliseconds; who waits longer than this waits for a platform that is not there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly GrpcChannel channel;

    private Session(Addresses addresses, Terminal terminal)
    {
        Addresses = addresses;
        Terminal = terminal;
        channel = GrpcChannel.ForAddress(addresses.Eligibility);
    }

    public static Option<bool> JsonOption { get; } = new("--json") { Description = "Print JSON for programs instead of text for people.", Recursive = true };

    public static Option<string?> DataOption { get; } = new("--data") { Description = "Data folder of deploy/local/up, to find the platform's addresses.", Recursive = true };

    public Addresses Addresses { get; }

    public Terminal Terminal { get; }

    public EligibilityService.EligibilityServiceClient Eligibility => new(channel);

    public MemberService.MemberServiceClient Members => new(channel);

    public DirectoryService.DirectoryServiceClient Directory => new(channel);

    public AuditService.AuditServiceClient Audit => new(channel);

    /// <summary>Makes a command's action out of a function of the session.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Run(Func<Session, ParseResult, CancellationToken, Task<int>> action) => async (parse, cancellationToken) =>
    {
        using var session = new Session(Addresses.Find(parse.GetValue(DataOption)), new Terminal(parse.GetValue(JsonOption)));
        return await action(session, parse, cancellationToken);
    };

    public static CallOptions Call(CancellationToken cancellationToken) =>
        new(deadline: (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime, cancellationToken: cancellationToken);

    /// <summary>For what takes as long as its file: no deadline.</summary>
    public static CallOptions LongCall(CancellationToken cancellationToken) => new(cancellationToken: cancellationToken);

    public void Dispose() => channel.Dispose();
}
