using System.Collections.ObjectModel;
using Grpc.Core;

namespace Grpc.Net.Client.Configuration;

public sealed class ServiceConfig
{
    /// <summary>The first policy that is known is taken; none is pick-first.</summary>
    public IList<LoadBalancingConfig> LoadBalancingConfigs { get; } = [];

    public IList<MethodConfig> MethodConfigs { get; } = [];
}

public sealed class MethodConfig
{
    public IList<MethodName> Names { get; } = [];

    /// <summary>For methods whose repetition does no harm.</summary>
    public RetryPolicy? RetryPolicy { get; set; }
}

/// <summary>One method, all methods of a service (<see cref="Method"/> is null), or all methods.</summary>
public sealed class MethodName
{
    public static readonly MethodName Default = new();

    public string? Service { get; set; }

    public string? Method { get; set; }
}

public sealed class RetryPolicy
{
    /// <summary>Attempts in all, the first included: at least 2.</summary>
    public int? MaxAttempts { get; set; }

    public TimeSpan? InitialBackoff { get; set; }

    public TimeSpan? MaxBackoff { get; set; }

    public double? BackoffMultiplier { get; set; }

    public IList<StatusCode> RetryableStatusCodes { get; } = new Collection<StatusCode>();
}

public abstract class LoadBalancingConfig
{
    internal LoadBalancingConfig(string policyName) => PolicyName = policyName;

    public string PolicyName { get; }
}

/// <summary>All calls to one address, until it fails.</summary>
public sealed class PickFirstConfig() : LoadBalancingConfig("pick_first");

/// <summary>Each call to the next address.</summary>
public sealed class RoundRobinConfig() : LoadBalancingConfig("round_robin");
