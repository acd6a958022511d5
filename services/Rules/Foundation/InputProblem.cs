namespace Platform.Rules;

/// <summary>
/// One thing wrong with what a rule was asked. <see cref="Code"/> is UPPER_SNAKE_CASE and keeps its meaning for ever;
/// <see cref="Field"/> is the path of the input, in the spelling of JSON (<c>items[2].share</c>).
/// </summary>
public sealed record InputProblem(string Code, string Field);

/// <summary>What a rule answers: a value, or everything that is wrong with the question.</summary>
public sealed record RuleAnswer<T>
    where T : class
{
    private RuleAnswer(T? value, IReadOnlyList<InputProblem> problems)
    {
        Value = value;
        Problems = problems;
    }

    /// <summary>Null exactly when there are problems.</summary>
    public T? Value { get; }

    public IReadOnlyList<InputProblem> Problems { get; }

    internal static RuleAnswer<T> Of(T value) => new(value, []);

    internal static RuleAnswer<T> Refused(IReadOnlyList<InputProblem> problems) => new(null, problems);
}
