using System.Text.Json.Nodes;
using Google.Protobuf;
using Platform.Protos.Common.V1;
using Spectre.Console;

namespace Platform.Cli.Output;

/// <summary>What the user sees: tables and texts for people, or with <c>--json</c> one JSON document on standard output for programs.</summary>
internal sealed class Terminal
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public Terminal(bool json)
    {
        Json = json;
        Out = Console(System.Console.Out, System.Console.IsOutputRedirected);
        Progress = Console(System.Console.Error, System.Console.IsErrorRedirected);
    }

    public bool Json { get; }

    /// <summary>Standard output: the result.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Standard error: what is going on meanwhile.</summary>
    public IAnsiConsole Progress { get; }

    /// <summary>The response itself as proto JSON, dates as ISO texts.</summary>
    public static void WriteJson(IMessage response) => System.Console.Out.WriteLine(JsonText.Write(ToJson(response)!));

    private static JsonNode? ToJson(IMessage message) => JsonText.WithIsoDates(JsonNode.Parse(Formatter.Format(message)));

    public void Line(string text) => Out.WriteLine(text);

    public void Table(string[] headers, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var header in headers)
        {
            table.AddColumn(new TableColumn(Markup.Escape(header)) { NoWrap = false });
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        Out.Write(table);
    }

    /// <summary>Name and value, one a line; values that are empty are left out.</summary>
    public void Fields(IEnumerable<(string Name, string? Value)> fields)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in fields.Where(field => !string.IsNullOrEmpty(field.Value)))
        {
            grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value!));
        }

        Out.Write(grid);
    }

    public void Both(LocalizedText? text, string prefix = "")
    {
        if (text is { Ja.Length: > 0 } or { En.Length: > 0 })
        {
            Line($"{prefix}{text.Ja}");
            Line($"{new string(' ', prefix.Length)}{text.En}");
        }
    }

    private static IAnsiConsole Console(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });

        // A pipe has no width; without one Spectre breaks lines at 80.
        console.Profile.Width = redirected ? 240 : console.Profile.Width;
        return console;
    }
}
