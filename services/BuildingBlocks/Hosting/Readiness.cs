using System.Collections.Concurrent;

namespace Platform.BuildingBlocks.Hosting;

/// <summary>
/// Whether this process wants traffic: it has started, every named check holds, and it is not draining. gRPC health and <c>/healthz/ready</c> both tell this.
/// Liveness is separate and looks at nothing outside.
/// </summary>
public sealed class Readiness
{
    private readonly ConcurrentDictionary<string, string?> failures = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private bool started;
    private bool draining;
    private bool last;

    /// <summary>Raised on every change, with the new state, in order.</summary>
    public event Action<bool>? Changed;

    public bool IsReady
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    /// <summary>What keeps the process from being ready; empty when it is.</summary>
    public IReadOnlyDictionary<string, string> Reasons
    {
        get
        {
            var reasons = failures.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
            lock (gate)
            {
                if (!started)
                {
                    reasons["start"] = "starting";
                }

                if (draining)
                {
                    reasons["stop"] = "draining";
                }
            }

            return reasons;
        }
    }

    /// <summary>Tells the state of a named check: null when it holds, else why not (no personal data). True when that changed.</summary>
    public bool Report(string check, string? failure)
    {
        var changed = !failures.TryGetValue(check, out var before) || (before is null) != (failure is null);
        failures[check] = failure;
        Update();
        return changed;
    }

    internal void Started()
    {
        lock (gate)
        {
            started = true;
        }

        Update();
    }

    internal void Drain()
    {
        lock (gate)
        {
            draining = true;
        }

        Update();
    }

    private void Update()
    {
        lock (gate)
        {
            var now = started && !draining && failures.Values.All(failure => failure is null);
            if (now == last)
            {
                return;
            }

            last = now;
            Changed?.Invoke(now);
        }
    }
}
