namespace Platform.Rules.Members;

/// <summary>
/// One column of a member event: absent (an empty cell or no such column: "as before" in CHANGE and LOSE), cleared (<c>-</c>), or a value.
/// </summary>
public readonly record struct Field<T>
    where T : notnull
{
    private readonly T? value;

    internal Field(FieldState state, T? value)
    {
        State = state;
        this.value = value;
    }

    public FieldState State { get; }

    public bool IsAbsent => State == FieldState.Absent;

    public bool IsCleared => State == FieldState.Cleared;

    public bool HasValue => State == FieldState.Value;

    /// <summary>The value; the default of the type without one.</summary>
    public T? ValueOrDefault => value;

    public static implicit operator Field<T>(T value) => Field.Of(value);

    public bool TryGet([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T got)
    {
        got = value;
        return State == FieldState.Value;
    }

    /// <summary>Never prints the value: most columns are personal data.</summary>
    public override string ToString() => State.ToString();
}

public static class Field
{
    public static Field<T> Of<T>(T value)
        where T : notnull => new(FieldState.Value, value);

    public static Field<T> Cleared<T>()
        where T : notnull => new(FieldState.Cleared, default);
}

public enum FieldState : byte
{
    Absent,
    Cleared,
    Value,
}

/// <summary>Carrying a column over what was known before.</summary>
internal static class FieldFold
{
    public static string? Over(this Field<string> field, string? before) => field.State switch
    {
        FieldState.Value => field.ValueOrDefault,
        FieldState.Cleared => null,
        _ => before,
    };

    public static T? Over<T>(this Field<T> field, T? before)
        where T : struct => field.State switch
    {
        FieldState.Value => field.ValueOrDefault,
        FieldState.Cleared => null,
        _ => before,
    };

    /// <summary>As <c>Over</c>, for an attribute that always has a value.</summary>
    public static T OverOr<T>(this Field<T> field, T before, T cleared)
        where T : struct => field.State switch
    {
        FieldState.Value => field.ValueOrDefault,
        FieldState.Cleared => cleared,
        _ => before,
    };
}
