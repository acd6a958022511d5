using Google.Protobuf;
using Google.Protobuf.Collections;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.Storage.V1;

namespace Platform.Eligibility.Auditing;

/// <summary>Fills the index for searches from the chains, a few blocks a transaction, behind the answers. Any process indexes any chain; one at a time holds it.</summary>
internal sealed partial class AuditIndexer(AuditReadStore store, TimeProvider clock, ILogger<AuditIndexer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Indexes all there is now.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        while (await store.IndexSome(RowsOf, cancellationToken) > 0)
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var failing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Run(stoppingToken);
                failing = false;
            }
            catch (Exception exception) when (DatabaseGone.Is(exception))
            {
                if (!failing)
                {
                    failing = true;
                    Log.Waiting(logger, ExceptionReport.Kind(exception));
                }
            }
        }
    }

    private IEnumerable<AuditIndexRow> RowsOf(byte[] block)
    {
        foreach (var record in RecordsOf(block))
        {
            var at = DateTime.UnixEpoch.AddMicroseconds(record.AnsweredAt);
            var institution = record.InstitutionCode.Length == 0 ? null : record.InstitutionCode;
            foreach (var person in record.PersonIds)
            {
                yield return new AuditIndexRow(new Guid(person.Span, bigEndian: true), institution, at, record.Sequence);

                // A search by institution meets each answer once, however many persons it was about.
                institution = null;
            }

            if (institution is not null)
            {
                yield return new AuditIndexRow(null, institution, at, record.Sequence);
            }
        }
    }

    // A damaged block must not hold up those after it, nor end the process: VerifyAudit is where it shows.
    private RepeatedField<AuditRecord> RecordsOf(byte[] block)
    {
        try
        {
            return AuditBlock.Parser.ParseFrom(block).Records;
        }
        catch (InvalidProtocolBufferException)
        {
            Log.Unreadable(logger);
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The index of the audit waits for the database ({Failure}).")]
        public static partial void Waiting(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Error, "A block of the audit cannot be read; searches do not find its answers. VerifyAudit names the chain.")]
        public static partial void Unreadable(ILogger logger);
    }
}
