using System.Collections.Immutable;
using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Npgsql;
using Platform.Protos.Rpc;
using StackExchange.Redis;
using RpcStatus = Platform.Protos.Rpc.Status;

namespace Platform.BuildingBlocks.Errors;

/// <summary>
/// Problem ⇄ <c>google.rpc.Status</c>: the one place besides <see cref="ProblemInterceptor"/> that knows gRPC codes. On the wire a problem is
/// <c>ErrorInfo</c> (reason, domain <c>platform</c>, metadata), <c>LocalizedMessage</c> in <c>ja</c> and <c>en</c>, <c>Help</c> with the next step in both (a link
/// description each, first ja, then en), <c>BadRequest</c> with all wrong fields, <c>RetryInfo</c>.
/// </summary>
public static class ProblemStatus
{
    public const string Domain = "platform";

    private const string DetailsTrailer = "grpc-status-details-bin";

    public static StatusCode CodeOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Invalid => StatusCode.InvalidArgument,
        ProblemKind.NotFound => StatusCode.NotFound,
        ProblemKind.AlreadyExists => StatusCode.AlreadyExists,
        ProblemKind.Precondition => StatusCode.FailedPrecondition,
        ProblemKind.Conflict => StatusCode.Aborted,
        ProblemKind.Forbidden => StatusCode.PermissionDenied,
        ProblemKind.Unauthenticated => StatusCode.Unauthenticated,
        ProblemKind.Exhausted => StatusCode.ResourceExhausted,
        ProblemKind.Unavailable => StatusCode.Unavailable,
        _ => throw new UnreachableException(),
    };

    /// <summary>For an item of a batch, which carries its own status.</summary>
    public static RpcStatus ToStatus(this Problem problem)
    {
        var info = new ErrorInfo { Reason = problem.Reason, Domain = Domain };
        info.Metadata.Add(problem.Metadata);
        var status = new RpcStatus
        {
            Code = (int)CodeOf(problem.Kind),
            Message = problem.MessageEn,
            Details =
            {
                Any.Pack(info),
                Any.Pack(new LocalizedMessage { Locale = "ja", Message = problem.MessageJa }),
                Any.Pack(new LocalizedMessage { Locale = "en", Message = problem.MessageEn }),
            },
        };
        if (problem.NextStepJa is not null || problem.NextStepEn is not null)
        {
            status.Details.Add(Any.Pack(new Help
            {
                Links = { new Help.Types.Link { Description = problem.NextStepJa ?? "" }, new Help.Types.Link { Description = problem.NextStepEn ?? "" } },
            }));
        }

        if (!problem.Violations.IsDefaultOrEmpty)
        {
            status.Details.Add(Any.Pack(ToBadRequest(problem.Violations)));
        }

        if (problem.RetryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        return status;
    }

    public static RpcException ToRpcException(this Problem problem)
    {
        // A message goes out in a header: English there, both languages in the details.
        var trailers = new Metadata { { DetailsTrailer, problem.ToStatus().ToByteArray() } };
        return new RpcException(new Grpc.Core.Status(CodeOf(problem.Kind), problem.MessageEn), trailers);
    }

    /// <summary>The problem that a peer of ours reported; null for a failure without one (no connection, a deadline, an internal error).</summary>
    public static Problem? ToProblem(this RpcException exception) =>
        exception.Trailers.FirstOrDefault(entry => entry.Key == DetailsTrailer) is { } details ? ToProblem(RpcStatus.Parser.ParseFrom(details.ValueBytes)) : null;

    public static Problem? ToProblem(this RpcStatus status)
    {
        ErrorInfo? info = null;
        Help? help = null;
        BadRequest? bad = null;
        RetryInfo? retry = null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var detail in status.Details)
        {
            if (detail.TryUnpack(out LocalizedMessage text))
            {
                texts[text.Locale] = text.Message;
            }

            info ??= detail.TryUnpack(out ErrorInfo foundInfo) ? foundInfo : null;
            help ??= detail.TryUnpack(out Help foundHelp) ? foundHelp : null;
            bad ??= detail.TryUnpack(out BadRequest foundBad) ? foundBad : null;
            retry ??= detail.TryUnpack(out RetryInfo foundRetry) ? foundRetry : null;
        }

        if (info is null || info.Domain != Domain || KindOf((StatusCode)status.Code) is not { } kind)
        {
            return null;
        }

        return new Problem(kind, info.Reason, texts.GetValueOrDefault("ja", status.Message), texts.GetValueOrDefault("en", status.Message))
        {
            NextStepJa = help?.Links.ElementAtOrDefault(0)?.Description is { Length: > 0 } ja ? ja : null,
            NextStepEn = help?.Links.ElementAtOrDefault(1)?.Description is { Length: > 0 } en ? en : null,
            Violations = bad is null ? [] : [.. bad.FieldViolations.Select(FromViolation)],
            Metadata = info.Metadata.ToImmutableDictionary(),
            RetryAfter = retry?.RetryDelay.ToTimeSpan(),
        };
    }

    /// <summary>The problem behind an exception of a store that is down or overloaded; null when it is something else.</summary>
    internal static Problem? OfOutage(Exception exception) => exception switch
    {
        PostgresException postgres => IsOutage(postgres.SqlState) ? DatabaseDown : null,
        NpgsqlException => DatabaseDown,
        RedisException => CacheDown,
        TimeoutException => DatabaseDown,
        _ => null,
    };

    // Connection exceptions, lack of resources, shutdown and start; deadlocks and serialization failures heal by repeating too.
    private static bool IsOutage(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("53", StringComparison.Ordinal) || sqlState.StartsWith("57P", StringComparison.Ordinal)
        || sqlState is "25P03" or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction;

    private static Problem DatabaseDown { get; } = Outage("STORE_UNAVAILABLE");

    private static Problem CacheDown { get; } = Outage("CACHE_UNAVAILABLE");

    private static Problem Outage(string reason) =>
        new(ProblemKind.Unavailable, reason, "ただいまシステムをご利用いただけません。しばらくしてからもう一度お試しください。", "The service is temporarily unavailable. Try again shortly.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static ProblemKind? KindOf(StatusCode code) =>
        System.Enum.GetValues<ProblemKind>().Cast<ProblemKind?>().FirstOrDefault(kind => CodeOf(kind!.Value) == code);

    private static BadRequest ToBadRequest(ImmutableArray<FieldViolation> violations)
    {
        var bad = new BadRequest();
        bad.FieldViolations.AddRange(violations.Select(violation => new BadRequest.Types.FieldViolation
        {
            Field = violation.Field,
            Description = violation.MessageEn,
            Reason = violation.Reason,
            LocalizedMessage = new LocalizedMessage { Locale = "ja", Message = violation.MessageJa },
        }));
        return bad;
    }

    private static FieldViolation FromViolation(BadRequest.Types.FieldViolation violation) =>
        new(violation.Field, violation.Reason, violation.LocalizedMessage?.Message ?? violation.Description, violation.Description);
}
