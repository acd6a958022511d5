using System.CommandLine;
using System.Globalization;
using Platform.Cli.Generate;
using Platform.Rules.Numbers;

namespace Platform.Cli.Commands;

/// <summary><c>members generate</c>: a member file of fictional people.</summary>
internal static class MembersGenerate
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Members to generate, 1 to 5,000,000.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Equal seeds give equal files.", DefaultValueFactory = _ => 1 };
        var insurer = new Option<string>("--insurer") { Description = "保険者番号, 6 or 8 digits. Its kind decides who is insured.", Required = true };
        var asOf = new Option<string?>("--as-of") { Description = $"Day of the population, yyyy-MM-dd (default {PopulationOrder.DefaultDay:yyyy-MM-dd})." };
        var output = new Option<FileInfo?>("--out", "-o") { Description = "File to write; standard output when left out." };
        var command = new Command("generate", "Write a member file of fictional people: families, all ages, rare characters, ended and overlapping periods.")
        {
            count, seed, insurer, asOf, output,
        };
        command.SetAction(parse =>
        {
            var number = parse.GetRequiredValue(insurer);
            if (InsurerNumber.TryParse(number, allowFictional: true, out var parsed) is var fault and not InsurerNumberFault.None)
            {
                throw new UsageException($"--insurer {number}: not an insurer number ({fault}).");
            }

            var members = parse.GetRequiredValue(count);
            if (members is < 1 or > 5_000_000)
            {
                throw new UsageException($"--count {members}: 1 to 5,000,000.");
            }

            var day = PopulationOrder.DefaultDay;
            if (parse.GetValue(asOf) is { } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            {
                throw new UsageException($"--as-of {text}: a day as yyyy-MM-dd.");
            }

            var order = new PopulationOrder { Insurer = parsed, Count = members, Seed = parse.GetValue(seed), AsOf = day };
            if (parse.GetValue(output) is not { } file)
            {
                using var standard = Console.OpenStandardOutput();
                Population.Write(order, standard);
                return 0;
            }

            using var stream = file.Create();
            var started = TimeProvider.System.GetTimestamp();
            var lines = Population.Write(order, stream);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            Console.Error.WriteLine($"{file.FullName}: {lines:N0} lines, {stream.Length:N0} bytes in {seconds:N1} s, {lines / seconds:N0} lines a second");
            return 0;
        });
        return command;
    }
}
