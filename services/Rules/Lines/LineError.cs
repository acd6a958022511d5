namespace Platform.Rules.Lines;

/// <summary>
/// Why a line is rejected: the column's name, a stable code (its texts are in <see cref="Texts.LineTexts"/>), and the value with whatever might be
/// personal replaced by its shape.
/// </summary>
public readonly record struct LineError(string Column, string Code, string ValueMasked)
{
    /// <summary>The shape of a value: digits as <c>#</c>, all else as <c>*</c>, signs of dates and numbers kept; at most 24 characters.</summary>
    public static string Shape(ReadOnlySpan<char> value)
    {
        Span<char> shape = stackalloc char[Math.Min(value.Length, 24)];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = value[i] switch
            {
                >= '0' and <= '9' or >= '０' and <= '９' => '#',
                '-' or '/' or '.' => value[i],
                _ => '*',
            };
        }

        return shape.ToString();
    }

    /// <summary>An unknown column's name as far as it can be one; a file without a header would otherwise show its first person.</summary>
    internal static string ShortName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && c != '_')
            {
                return Shape(name);
            }
        }

        return name.Length <= 64 ? name : name[..64];
    }

    /// <summary>A short code or date as it is; anything longer or with other characters may be a personal value in the wrong column.</summary>
    public static string ShortCode(ReadOnlySpan<char> value)
    {
        if (value.Length > 10)
        {
            return Shape(value);
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '/' or '.') && c is not (>= '０' and <= '９'))
            {
                return Shape(value);
            }
        }

        return value.ToString();
    }
}

/// <summary>Codes of rejected lines. They belong to the contract of the files and keep their meaning for ever.</summary>
public static class LineCodes
{
    // Given by whoever takes the file apart.
    public const string Encoding = "ENCODING";
    public const string Quote = "QUOTE_BROKEN";
    public const string CellCount = "CELL_COUNT";
    public const string LineTooLong = "LINE_TOO_LONG";
    public const string CellTooLong = "CELL_TOO_LONG";
    public const string SupersededInFile = "SUPERSEDED_IN_FILE";

    // Of the header.
    public const string ColumnUnknown = "COLUMN_UNKNOWN";
    public const string ColumnTwice = "COLUMN_TWICE";
    public const string ColumnMissing = "COLUMN_MISSING";

    public const string Required = "REQUIRED";
    public const string ClearNotAllowed = "CLEAR_NOT_ALLOWED";
    public const string TextInvalid = "TEXT_INVALID";
    public const string TextTooLong = "TEXT_TOO_LONG";
    public const string KanaInvalid = "KANA_INVALID";
    public const string DateInvalid = "DATE_INVALID";
    public const string CodeUnknown = "CODE_UNKNOWN";
    public const string FlagInvalid = "FLAG_INVALID";
    public const string AmountInvalid = "AMOUNT_INVALID";
    public const string PeriodReversed = "PERIOD_REVERSED";

    public const string EffectiveTooFarAhead = "EFFECTIVE_TOO_FAR_AHEAD";
    public const string ReceivedInFuture = "RECEIVED_IN_FUTURE";
    public const string BirthdateAfterEvent = "BIRTHDATE_AFTER_EVENT";
    public const string BirthdateTooOld = "BIRTHDATE_TOO_OLD";
    public const string InsurerNumberForm = "INSURER_NUMBER_FORM";
    public const string InsurerNumberScheme = "INSURER_NUMBER_SCHEME";
    public const string InsurerNumberPrefecture = "INSURER_NUMBER_PREFECTURE";
    public const string InsurerNumberCheckDigit = "INSURER_NUMBER_CHECK_DIGIT";
    public const string InsurerNotOfFile = "INSURER_NOT_OF_FILE";
    public const string SymbolNotAllowed = "SYMBOL_NOT_ALLOWED";
    public const string NumberInvalid = "NUMBER_INVALID";
    public const string BranchInvalid = "BRANCH_INVALID";
    public const string BranchNotAllowed = "BRANCH_NOT_ALLOWED";
    public const string PreviousIncomplete = "PREVIOUS_INCOMPLETE";
    public const string PreviousIsSame = "PREVIOUS_IS_SAME";
    public const string IndividualNumberForm = "INDIVIDUAL_NUMBER_FORM";
    public const string IndividualNumberCheckDigit = "INDIVIDUAL_NUMBER_CHECK_DIGIT";
    public const string PostalCodeInvalid = "POSTAL_CODE_INVALID";
    public const string InsuredNameRequired = "INSURED_NAME_REQUIRED";
    public const string LossReasonRequired = "LOSS_REASON_REQUIRED";
    public const string LossReasonNotAllowed = "LOSS_REASON_NOT_ALLOWED";
    public const string CopayRatioRequired = "COPAY_RATIO_REQUIRED";
    public const string CopayFromRequired = "COPAY_FROM_REQUIRED";
    public const string CopayRatioContradictsAge = "COPAY_RATIO_CONTRADICTS_AGE";
    public const string LateElderlyReasonRequired = "LATE_ELDERLY_REASON_REQUIRED";
    public const string LateElderlyReasonNotAllowed = "LATE_ELDERLY_REASON_NOT_ALLOWED";
    public const string LateElderlyReasonContradictsAge = "LATE_ELDERLY_REASON_CONTRADICTS_AGE";
    public const string LimitIncomplete = "LIMIT_INCOMPLETE";
    public const string DiseaseIncomplete = "DISEASE_INCOMPLETE";
    public const string VoluntaryNotAllowed = "VOLUNTARY_NOT_ALLOWED";
    public const string VoluntaryTooLong = "VOLUNTARY_TOO_LONG";

    // Given in view of what is known.
    public const string IndividualNumberOfAnother = "INDIVIDUAL_NUMBER_OF_ANOTHER";
    public const string PreviousNumberOfAnother = "PREVIOUS_NUMBER_OF_ANOTHER";
    public const string ProtectionNeedsApprover = "PROTECTION_NEEDS_APPROVER";

    public const string InstitutionCodeForm = "INSTITUTION_CODE_FORM";
    public const string InstitutionCodePrefecture = "INSTITUTION_CODE_PREFECTURE";
    public const string InstitutionCodeTable = "INSTITUTION_CODE_TABLE";
    public const string KindContradictsCode = "KIND_CONTRADICTS_CODE";
    public const string EmergencyNotAllowed = "EMERGENCY_NOT_ALLOWED";
    public const string PhoneReaderWithoutReader = "PHONE_READER_WITHOUT_READER";

    public static IReadOnlyList<string> All { get; } =
    [
        Encoding, Quote, CellCount, LineTooLong, CellTooLong, SupersededInFile, ColumnUnknown, ColumnTwice, ColumnMissing, Required, ClearNotAllowed,
        TextInvalid, TextTooLong, KanaInvalid, DateInvalid, CodeUnknown, FlagInvalid, AmountInvalid, PeriodReversed, EffectiveTooFarAhead,
        ReceivedInFuture, BirthdateAfterEvent, BirthdateTooOld, InsurerNumberForm, InsurerNumberScheme, InsurerNumberPrefecture,
        InsurerNumberCheckDigit, InsurerNotOfFile, SymbolNotAllowed, NumberInvalid, BranchInvalid, BranchNotAllowed, PreviousIncomplete, PreviousIsSame,
        IndividualNumberForm, IndividualNumberCheckDigit, PostalCodeInvalid, InsuredNameRequired, LossReasonRequired, LossReasonNotAllowed,
        CopayRatioRequired, CopayFromRequired, CopayRatioContradictsAge, LateElderlyReasonRequired, LateElderlyReasonNotAllowed,
        LateElderlyReasonContradictsAge, LimitIncomplete, DiseaseIncomplete, VoluntaryNotAllowed, VoluntaryTooLong, IndividualNumberOfAnother,
        PreviousNumberOfAnother, ProtectionNeedsApprover, InstitutionCodeForm,
        InstitutionCodePrefecture, InstitutionCodeTable, KindContradictsCode, EmergencyNotAllowed, PhoneReaderWithoutReader,
    ];
}
