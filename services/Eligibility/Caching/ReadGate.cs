namespace Platform.Eligibility.Caching;

/// <summary>
/// How many checks may read the database at once, and how many may wait for that. Without Redis every check reads it; beyond the limit a clear
/// "try again" at once is better than an answer after everybody's deadline.
/// </summary>
internal sealed class ReadGate(AnswerOptions options) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.DatabaseReadsAtOnce);
    private int queued;

    /// <summary>False when the queue is full.</summary>
    public async ValueTask<bool> Enter(CancellationToken cancellationToken)
    {
        if (places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        if (Interlocked.Increment(ref queued) > options.DatabaseReadsQueued)
        {
            Interlocked.Decrement(ref queued);
            EligibilityTelemetry.ReadRefused();
            return false;
        }

        try
        {
            await places.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref queued);
        }
    }

    /// <summary>Gives the place back when the read ends, however it ends.</summary>
    public async Task<T> LeaveAfter<T>(Task<T> read)
    {
        try
        {
            return await read;
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
