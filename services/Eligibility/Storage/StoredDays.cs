using Platform.Rules.Members;

namespace Platform.Eligibility.Storage;

/// <summary>Days and columns as they are stored: <see cref="DateOnly.DayNumber"/> plus one, so that 0 is "no date".</summary>
internal static class StoredDays
{
    public static int Store(DateOnly day) => day.DayNumber + 1;

    public static int Store(DateOnly? day) => day is { } known ? Store(known) : 0;

    public static DateOnly Load(int stored) => DateOnly.FromDayNumber(stored - 1);

    public static DateOnly? LoadOptional(int stored) => stored == 0 ? null : Load(stored);
}

/// <summary>Reads one column of a stored fact back: a value, cleared, or absent.</summary>
internal static class StoredFields
{
    public static Field<string> Text(bool has, string value, ReadOnlySpan<int> cleared, int number) =>
        has ? Field.Of(value) : cleared.Contains(number) ? Field.Cleared<string>() : default;

    public static Field<bool> Flag(bool has, bool value, ReadOnlySpan<int> cleared, int number) =>
        has ? Field.Of(value) : cleared.Contains(number) ? Field.Cleared<bool>() : default;

    public static Field<DateOnly> Day(bool has, int value, ReadOnlySpan<int> cleared, int number) =>
        has ? Field.Of(StoredDays.Load(value)) : cleared.Contains(number) ? Field.Cleared<DateOnly>() : default;

    public static Field<int> Number(bool has, int value, ReadOnlySpan<int> cleared, int number) =>
        has ? Field.Of(value) : cleared.Contains(number) ? Field.Cleared<int>() : default;

    public static Field<T> Code<T>(bool has, int value, ReadOnlySpan<int> cleared, int number)
        where T : struct, Enum =>
        has ? Field.Of((T)Enum.ToObject(typeof(T), value)) : cleared.Contains(number) ? Field.Cleared<T>() : default;
}
