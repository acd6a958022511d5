using System.Reflection;

namespace Platform.Rules.Tests.Foundation;

/// <summary>Rules know neither transport nor storage, neither clock nor log.</summary>
public class AssemblyTests
{
    // Whatever does input or output, logs, or tells the time; the framework's own collections, text and hashing are free.
    private static readonly string[] Forbidden =
    [
        "Grpc", "Google", "Npgsql", "StackExchange", "Microsoft.AspNetCore", "Microsoft.Extensions", "OpenTelemetry", "System.Net", "System.Data",
        "System.IO.FileSystem", "System.Diagnostics.Process", "System.Threading.Timer", "Platform.",
    ];

    [Fact]
    public void Rules_ReferenceNoTransportOrStorage() => Violations(typeof(RuleAttribute).Assembly).ShouldBeEmpty();

    [Fact]
    public void ThisTestsOwnAssembly_WouldBeFound() => Violations(typeof(AssemblyTests).Assembly).ShouldContain("Platform.Rules");

    [Fact]
    public void Rules_HoldNoClock() =>
        typeof(RuleAttribute).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetParameters())
            .ShouldNotContain(parameter => parameter.ParameterType == typeof(TimeProvider));

    private static IEnumerable<string> Violations(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => Forbidden.Any(start => name.StartsWith(start, StringComparison.Ordinal)));
}
