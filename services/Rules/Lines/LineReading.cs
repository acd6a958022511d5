using System.Buffers;
using Platform.Rules.Members;

namespace Platform.Rules.Lines;

/// <summary>Reads the cells of one line and collects what is wrong with them.</summary>
internal readonly ref struct LineReading(LineCells cells, LineColumns columns, List<LineError> errors, string?[] recent, bool mayClear)
{
    private const string Clear = "-";

    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append(0x7F).Concat(Enumerable.Range(0xD800, 0x800)).Append(0xFFFD).Append(0xFFFE).Append(0xFFFF).Select(c => (char)c)]);

    private static readonly SearchValues<char> HalfKana = SearchValues.Create([.. Enumerable.Range(0xFF61, 0xFF9F - 0xFF61 + 1).Select(c => (char)c)]);

    public ReadOnlySpan<char> this[int column] => cells[column];

    public bool IsEmpty(int column) => cells.IsEmpty(column);

    public void Fail(int column, string code)
    {
        var value = cells[column];
        errors.Add(new LineError(
            columns.NameOf(column),
            code,
            value.IsEmpty ? "" : columns.IsPersonal(column) ? LineError.Shape(value) : LineError.ShortCode(value)));
    }

    /// <summary>The cell without blanks of either width around it; empty for none. Fails a required one.</summary>
    public ReadOnlySpan<char> Trimmed(int column, bool required = false)
    {
        var text = cells[column].Trim();
        if (text.IsEmpty && required)
        {
            Fail(column, LineCodes.Required);
        }

        return text;
    }

    /// <summary>Handles empty and <c>-</c>: true when there is a value to read.</summary>
    public bool HasValue<T>(int column, bool clearable, out ReadOnlySpan<char> text, out Field<T> field)
        where T : notnull
    {
        field = default;
        text = default;
        if (cells.IsEmpty(column))
        {
            return false;
        }

        text = cells[column].Trim();
        if (text.IsEmpty)
        {
            return false;
        }

        if (!text.SequenceEqual(Clear))
        {
            return true;
        }

        if (mayClear && clearable)
        {
            field = Field.Cleared<T>();
        }
        else
        {
            Fail(column, LineCodes.ClearNotAllowed);
        }

        return false;
    }

    public Field<string> Text(int column, int max, bool clearable = true)
    {
        if (!HasValue<string>(column, clearable, out var text, out var field))
        {
            return field;
        }

        return IsTextValid(column, text, max) ? Kept(column, text) : default(Field<string>);
    }

    /// <summary>Kana in full width; half-width kana is widened, its voice marks joined.</summary>
    public Field<string> Kana(int column, int max, bool clearable = true)
    {
        if (!HasValue<string>(column, clearable, out var text, out var field))
        {
            return field;
        }

        if (!IsTextValid(column, text, max))
        {
            return default;
        }

        foreach (var c in text)
        {
            // Hiragana and kanji; everything else that occurs in kana names (letters, signs, blanks) is let through.
            if (c is >= '\u3041' and <= '\u3096' or >= '\u3400' and <= '\u9FFF' or >= '\uD800' and <= '\uDFFF')
            {
                Fail(column, LineCodes.KanaInvalid);
                return default;
            }
        }

        if (!text.ContainsAny(HalfKana))
        {
            return Kept(column, text);
        }

        Span<char> wide = stackalloc char[text.Length];
        return Kept(column, wide[..KanaWidth.Widen(text, wide)]);
    }

    public Field<DateOnly> Date(int column, bool clearable = true)
    {
        if (!HasValue<DateOnly>(column, clearable, out var text, out var field))
        {
            return field;
        }

        if (LineDates.TryParse(text, out var day))
        {
            return day;
        }

        Fail(column, LineCodes.DateInvalid);
        return default;
    }

    public DateOnly? RequiredDate(int column)
    {
        if (Date(column, clearable: false).TryGet(out var day))
        {
            return day;
        }

        if (Trimmed(column).IsEmpty)
        {
            Fail(column, LineCodes.Required);
        }

        return null;
    }

    public Field<bool> Flag(int column, bool clearable = true)
    {
        if (!HasValue<bool>(column, clearable, out var text, out var field))
        {
            return field;
        }

        if (text.Length == 1 && text[0] is '0' or '０')
        {
            return false;
        }

        if (text.Length == 1 && text[0] is '1' or '１')
        {
            return true;
        }

        Fail(column, LineCodes.FlagInvalid);
        return default;
    }

    /// <summary>A code of digits: its number, if <paramref name="length"/> digits and known to <paramref name="known"/>.</summary>
    public Field<int> Digits(int column, int length, ReadOnlySpan<int> known, bool clearable = true)
    {
        if (!HasValue<int>(column, clearable, out var text, out var field))
        {
            return field;
        }

        if (text.Length == length && TryNumber(text, out var number) && known.Contains(number))
        {
            return number;
        }

        Fail(column, LineCodes.CodeUnknown);
        return default;
    }

    /// <summary>A code of capital letters: its place among <paramref name="known"/>.</summary>
    public Field<int> Word(int column, ReadOnlySpan<string> known, bool clearable = true)
    {
        if (!HasValue<int>(column, clearable, out var text, out var field))
        {
            return field;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (text.SequenceEqual(known[i]))
            {
                return i;
            }
        }

        Fail(column, LineCodes.CodeUnknown);
        return default;
    }

    public Field<int> Amount(int column)
    {
        if (!HasValue<int>(column, clearable: true, out var text, out var field))
        {
            return field;
        }

        if (text.Length <= 9 && TryNumber(text, out var amount))
        {
            return amount;
        }

        Fail(column, LineCodes.AmountInvalid);
        return default;
    }

    /// <summary>The text as a string; the one of an earlier line where it is the same, as it is within a family.</summary>
    public string Kept(int column, ReadOnlySpan<char> text)
    {
        if (recent[column] is { } last && text.SequenceEqual(last))
        {
            return last;
        }

        return recent[column] = text.ToString();
    }

    public bool IsTextValid(int column, ReadOnlySpan<char> text, int max)
    {
        if (text.Length > max)
        {
            Fail(column, LineCodes.TextTooLong);
            return false;
        }

        var at = text.IndexOfAny(Suspicious);
        while (at >= 0)
        {
            // Of the suspicious ones only a whole surrogate pair is a character.
            if (!char.IsHighSurrogate(text[at]) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1]))
            {
                Fail(column, LineCodes.TextInvalid);
                return false;
            }

            var next = text[(at + 2)..].IndexOfAny(Suspicious);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return true;
    }

    public static bool TryNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var c in text)
        {
            var digit = c is >= '０' and <= '９' ? c - '０' : c - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return !text.IsEmpty;
    }
}
