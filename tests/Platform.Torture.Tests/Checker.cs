using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Torture.Tests;

/// <summary>An answer that a client got.</summary>
internal sealed record Received(int Reader, int Person, long Version, Validity Validity, bool Downtime, string AuditId);

/// <summary>
/// Asks and compares: no check begun after an acknowledgement may see less than was acknowledged, unless the answer says that it is a downtime answer.
/// </summary>
internal sealed class Checker(IReadOnlyList<Uri> readers, int persons)
{
    public const string Institution = "1310000001";
    public static readonly DateOnly Birthdate = new(1985, 5, 10);

    private readonly EligibilityService.EligibilityServiceClient[] clients =
        [.. readers.Select(address => new EligibilityService.EligibilityServiceClient(GrpcChannel.ForAddress(address)))];

    private readonly long[] acknowledged = [.. Enumerable.Repeat(1L, persons)];
    private readonly ConcurrentQueue<string> violations = new();
    private long asked;
    private long failed;
    private long downtime;

    public ConcurrentQueue<Received> Answers { get; } = new();

    public IReadOnlyCollection<string> Violations => violations;

    public string Counts => $"{asked} checks, {Answers.Count} answers ({downtime} downtime), {failed} failed";

    /// <summary>Two persons share a number and birth date and differ in 枝番, so that two writers meet on one key.</summary>
    public static (string Number, string Branch) NumberOf(int person) => ((1000 + (person / 2)).ToString(), (person % 2).ToString("00"));

    public void Acknowledge(int person, long version) => Volatile.Write(ref acknowledged[person], version);

    /// <summary>One check. Null when there was no answer.</summary>
    public async Task<Received?> Check(int reader, int person)
    {
        var (number, branch) = NumberOf(person);
        var request = new CheckEligibilityRequest
        {
            InstitutionCode = Institution,
            ConfirmationDate = new Date { Year = 2026, Month = 11, Day = 22 },
            InsuredNumber = new InsuredNumber
            {
                InsurerNumber = "06132013",
                Symbol = "江中",
                Number = number,
                Branch = branch,
                Birthdate = new Date { Year = Birthdate.Year, Month = Birthdate.Month, Day = Birthdate.Day },
            },
        };

        // What was acknowledged when the check begins, and not a moment later.
        var atLeast = Volatile.Read(ref acknowledged[person]);
        Interlocked.Increment(ref asked);
        try
        {
            var answer = await clients[reader].CheckEligibilityAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(10));
            var received = new Received(reader, person, answer.DataVersion, answer.Validity, answer.Downtime, answer.AuditId);
            Answers.Enqueue(received);
            if (answer.Downtime)
            {
                Interlocked.Increment(ref downtime);
            }
            else if (answer.DataVersion < atLeast)
            {
                violations.Enqueue($"reader {reader} person {person}: saw {answer.DataVersion}, {atLeast} was acknowledged before the check began ({answer.AuditId})");
            }

            return received;
        }
        catch (RpcException)
        {
            Interlocked.Increment(ref failed);
            return null;
        }
    }

    public async Task Run(int reader, int seed, CancellationToken stopping)
    {
        var random = new Random(seed);
        while (!stopping.IsCancellationRequested)
        {
            await Check(reader, random.Next(persons));
            await Task.Delay(random.Next(0, 4), CancellationToken.None);
        }
    }
}
