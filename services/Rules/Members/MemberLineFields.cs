using System.Runtime.CompilerServices;
using Platform.Rules.Lines;
using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

/// <summary>Single columns of a member line.</summary>
internal static class MemberLineFields
{
    public const int MaxName = 400;
    public const int MaxAddress = 600;
    public const int MaxId = 64;
    public const int MaxSymbol = 20;
    public const int MaxNumber = 20;

    /// <summary>後期高齢者 numbers have eight digits (BKO-9).</summary>
    private const int LateElderlyNumberLength = 8;

    public static ReadOnlySpan<int> OneTwo => [1, 2];

    public static ReadOnlySpan<int> OneToThree => [1, 2, 3];

    public static ReadOnlySpan<int> CardClasses => [1, 2, 3, 4, 5, 6, 7];

    public static ReadOnlySpan<int> LossReasons => [1, 2, 3, 99];

    public static ReadOnlySpan<int> CopayRatios => [10, 20, 30];

    // Words in the order of their enums.
    public static readonly string[] LateReasons = ["", "AGE", "DISABILITY"];
    public static readonly string[] Deliveries = ["HOME", "EMPLOYER"];
    public static readonly string[] Residences = ["JAPAN", "ABROAD"];
    public static readonly string[] JlisStatuses = ["MATCHED", "MISMATCH", "UNCHECKED"];

    /// <summary>The same field with its number as the enum whose underlying byte it is.</summary>
    public static Field<T> As<T>(Field<int> field)
        where T : struct, Enum => field.State switch
    {
        FieldState.Value => Field.Of(FromByte<T>((byte)field.ValueOrDefault)),
        FieldState.Cleared => Field.Cleared<T>(),
        _ => default,
    };

    public static MemberEventKind Kind(LineReading line)
    {
        var kind = line.Trimmed(MemberColumns.Event, required: true) switch
        {
            "ACQUIRE" => MemberEventKind.Acquire,
            "CHANGE" => MemberEventKind.Change,
            "LOSE" => MemberEventKind.Lose,
            "CORRECT" => MemberEventKind.Correct,
            "CANCEL" => MemberEventKind.Cancel,
            _ => MemberEventKind.Unspecified,
        };
        if (kind == MemberEventKind.Unspecified && !line.Trimmed(MemberColumns.Event).IsEmpty)
        {
            line.Fail(MemberColumns.Event, LineCodes.CodeUnknown);
        }

        return kind;
    }

    [Rule(RuleIds.Elg1)]
    [Rule(RuleIds.Elg2)]
    [Rule(RuleIds.Elg3)]
    [Rule(RuleIds.Elg4)]
    public static InsurerNumber Insurer(LineReading line, MemberLineContext context)
    {
        var text = line.Trimmed(MemberColumns.InsurerNumber, required: true);
        if (text.IsEmpty)
        {
            return default;
        }

        if (context.FileInsurer is { } own && text.SequenceEqual(own.Value))
        {
            return own;
        }

        var fault = InsurerNumber.TryParse(text, context.AllowFictional, out var insurer);
        if (fault != InsurerNumberFault.None)
        {
            line.Fail(MemberColumns.InsurerNumber, CodeOf(fault));
        }
        else if (context.FileInsurer is { } file && insurer != file)
        {
            line.Fail(MemberColumns.InsurerNumber, LineCodes.InsurerNotOfFile);
        }

        return insurer;
    }

    public static string CodeOf(InsurerNumberFault fault) => fault switch
    {
        InsurerNumberFault.Form => LineCodes.InsurerNumberForm,
        InsurerNumberFault.Scheme => LineCodes.InsurerNumberScheme,
        InsurerNumberFault.Prefecture => LineCodes.InsurerNumberPrefecture,
        _ => LineCodes.InsurerNumberCheckDigit,
    };

    /// <summary>Letters, digits and hyphens in half width; eight digits for 後期高齢者.</summary>
    [Rule(RuleIds.Bko9)]
    public static string Number(LineReading line, int column, InsurerNumber insurer, bool required)
    {
        var text = line.Trimmed(column, required);
        if (text.IsEmpty)
        {
            return "";
        }

        if (text.Length > MaxNumber)
        {
            line.Fail(column, LineCodes.TextTooLong);
            return "";
        }

        Span<char> narrow = stackalloc char[text.Length];
        var digitsOnly = true;
        var anything = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i] is >= '！' and <= '～' ? (char)(text[i] - '！' + '!') : text[i];
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                line.Fail(column, LineCodes.NumberInvalid);
                return "";
            }

            digitsOnly &= char.IsAsciiDigit(c);
            anything |= c != '-';
            narrow[i] = c;
        }

        if (!anything || (insurer.IsLateElderly && (!digitsOnly || narrow.Length != LateElderlyNumberLength)))
        {
            line.Fail(column, LineCodes.NumberInvalid);
            return "";
        }

        return line.Kept(column, narrow);
    }

    /// <summary>Two digits; none for 後期高齢者.</summary>
    [Rule(RuleIds.Bko8)]
    [Rule(RuleIds.Bko9)]
    public static string Branch(LineReading line, int column, InsurerNumber insurer)
    {
        var text = line.Trimmed(column);
        if (text.IsEmpty)
        {
            return "";
        }

        if (insurer.IsLateElderly)
        {
            line.Fail(column, LineCodes.BranchNotAllowed);
            return "";
        }

        if (text.Length != 2 || !LineReading.TryNumber(text, out var number))
        {
            line.Fail(column, LineCodes.BranchInvalid);
            return "";
        }

        Span<char> narrow = [(char)('0' + (number / 10)), (char)('0' + (number % 10))];
        return line.Kept(column, narrow);
    }

    [Rule(RuleIds.Bko6)]
    public static IndividualNumber Individual(LineReading line)
    {
        var text = line.Trimmed(MemberColumns.IndividualNumber);
        if (text.IsEmpty)
        {
            return default;
        }

        var fault = IndividualNumber.TryParse(text, out var number);
        if (fault != IndividualNumberFault.None)
        {
            line.Fail(
                MemberColumns.IndividualNumber,
                fault == IndividualNumberFault.Form ? LineCodes.IndividualNumberForm : LineCodes.IndividualNumberCheckDigit);
        }

        return number;
    }

    /// <summary>Stored as <c>nnn-nnnn</c>.</summary>
    public static Field<string> PostalCode(LineReading line)
    {
        if (!line.HasValue<string>(MemberColumns.PostalCode, clearable: true, out var text, out var field))
        {
            return field;
        }

        var hyphen = text.Length == 8 && text[3] is '-' or '－';
        if (!(text.Length == 7 || hyphen)
            || !LineReading.TryNumber(text[..3], out var area)
            || !LineReading.TryNumber(text[(hyphen ? 4 : 3)..], out var rest))
        {
            line.Fail(MemberColumns.PostalCode, LineCodes.PostalCodeInvalid);
            return default;
        }

        Span<char> code =
        [
            (char)('0' + (area / 100)), (char)('0' + (area / 10 % 10)), (char)('0' + (area % 10)), '-',
            (char)('0' + (rest / 1000)), (char)('0' + (rest / 100 % 10)), (char)('0' + (rest / 10 % 10)), (char)('0' + (rest % 10)),
        ];
        return line.Kept(MemberColumns.PostalCode, code);
    }

    /// <summary>A01 to A06, B01 to B10.</summary>
    public static Field<LimitCategory> LimitCategory(LineReading line)
    {
        if (!line.HasValue<LimitCategory>(MemberColumns.LimitCategory, clearable: true, out var text, out var field))
        {
            return field;
        }

        if (text.Length == 3 && LineReading.TryNumber(text[1..], out var number))
        {
            switch (text[0])
            {
                case 'A' or 'Ａ' when number is >= 1 and <= 6:
                    return (LimitCategory)(0xA0 + number);
                case 'B' or 'Ｂ' when number is >= 1 and <= 10:
                    return (LimitCategory)(0xB0 + number);
            }
        }

        line.Fail(MemberColumns.LimitCategory, LineCodes.CodeUnknown);
        return default;
    }

    private static T FromByte<T>(byte value)
        where T : struct, Enum => Unsafe.BitCast<byte, T>(value);
}
