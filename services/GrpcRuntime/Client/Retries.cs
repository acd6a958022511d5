using System.Globalization;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Platform.GrpcRuntime.Wire;

namespace Platform.GrpcRuntime.Client;

/// <summary>The retry policies of a channel, by method.</summary>
internal sealed class RetryPolicies
{
    private readonly Dictionary<(string? Service, string? Method), Retries> policies = [];

    public RetryPolicies(ServiceConfig? config, int? maxAttempts)
    {
        foreach (var method in config?.MethodConfigs ?? [])
        {
            if (method.RetryPolicy is not { } policy)
            {
                continue;
            }

            var retries = new Retries(policy, maxAttempts);
            foreach (var name in method.Names)
            {
                if (!policies.TryAdd((NullIfEmpty(name.Service), NullIfEmpty(name.Method)), retries))
                {
                    throw new InvalidOperationException($"There is more than one method config for '{name.Service}/{name.Method}'.");
                }
            }
        }
    }

    public Retries? For(IMethod method)
    {
        if (policies.Count == 0)
        {
            return null;
        }

        return policies.GetValueOrDefault((method.ServiceName, method.Name))
            ?? policies.GetValueOrDefault((method.ServiceName, null))
            ?? policies.GetValueOrDefault((null, null));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

internal sealed class Retries
{
    private readonly TimeSpan initialBackoff;
    private readonly TimeSpan maxBackoff;
    private readonly double multiplier;
    private readonly HashSet<StatusCode> codes;

    public Retries(RetryPolicy policy, int? maxAttempts)
    {
        if (policy is not { MaxAttempts: >= 2, InitialBackoff: { Ticks: > 0 } initial, MaxBackoff: { Ticks: > 0 } max, BackoffMultiplier: > 0 and var factor })
        {
            throw new InvalidOperationException(
                "A retry policy needs MaxAttempts of at least 2, and InitialBackoff, MaxBackoff and BackoffMultiplier above zero.");
        }

        if (policy.RetryableStatusCodes.Count == 0)
        {
            throw new InvalidOperationException("A retry policy needs at least one retryable status code.");
        }

        MaxAttempts = Math.Min(policy.MaxAttempts.Value, maxAttempts ?? int.MaxValue);
        initialBackoff = initial;
        maxBackoff = max;
        multiplier = factor;
        codes = [.. policy.RetryableStatusCodes];
    }

    public int MaxAttempts { get; }

    /// <summary>How long to wait before the attempt after this one; null for no other attempt.</summary>
    /// <param name="attempt">1 for the first.</param>
    public TimeSpan? Delay(int attempt, StatusCode code, HttpHeaders? headers)
    {
        if (attempt >= MaxAttempts || !codes.Contains(code))
        {
            return null;
        }

        // The server may say when, or, with anything that is not a time, that it does not want to be asked again.
        if (headers is not null && ResponseText.First(headers, Names.RetryPushback) is { } pushback)
        {
            return int.TryParse(pushback, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? TimeSpan.FromMilliseconds(ms) : null;
        }

        var backoff = initialBackoff * Math.Pow(multiplier, attempt - 1);
        return (backoff < maxBackoff ? backoff : maxBackoff) * Random.Shared.NextDouble();
    }
}
