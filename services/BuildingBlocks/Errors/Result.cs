using System.Diagnostics.CodeAnalysis;

namespace Platform.BuildingBlocks.Errors;

/// <summary>The outcome of an operation: a value, or the problem that the caller can act on.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Problem? problem)
    {
        this.value = value;
        Problem = problem;
    }

    public Problem? Problem { get; }

    /// <summary>The value; asking for it when there is a problem is a defect of the asker.</summary>
    public T Value => Problem is null ? value! : throw new InvalidOperationException("The result is a problem: " + Problem.Reason);

    public bool TryGet([MaybeNullWhen(false)] out T found, [NotNullWhen(false)] out Problem? problem)
    {
        found = value;
        problem = Problem;
        return problem is null;
    }

    /// <summary>For the transport alone: the value, or <see cref="ProblemException"/>, which <see cref="ProblemInterceptor"/> turns into a status.</summary>
    public T OrThrow() => Problem is null ? value! : throw new ProblemException(Problem);

    public Result<TNext> Map<TNext>(Func<T, TNext> next) => Problem is null ? next(value!) : Problem;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>Carries a problem through the transport to <see cref="ProblemInterceptor"/>. Operations return <see cref="Result{T}"/> instead.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Reason)
{
    public Problem Problem { get; } = problem;
}
