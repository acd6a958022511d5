namespace Platform.Rules.Members;

public enum MemberEventKind : byte
{
    Unspecified,

    /// <summary>資格取得.</summary>
    Acquire,

    /// <summary>変更.</summary>
    Change,

    /// <summary>資格喪失.</summary>
    Lose,

    /// <summary>訂正.</summary>
    Correct,

    /// <summary>取消.</summary>
    Cancel,
}

/// <summary>本人・家族.</summary>
public enum Relationship : byte
{
    Unspecified,
    Insured = 1,
    Family = 2,
}

public enum Sex : byte
{
    Unspecified,
    Male = 1,
    Female = 2,
    NotSet = 3,
}

/// <summary>被保険者証区分 (section 5.2); the number is the code.</summary>
public enum CardClass : byte
{
    Unspecified,
    General = 1,
    Retired = 2,
    ShortGeneral = 3,
    ShortRetired = 4,

    /// <summary>資格証明書 until 2024-12-01, since then 特別療養費対象 (ELG-21).</summary>
    SpecialMedicalExpense = 5,
    SpecialRetired = 6,
    SelfDefence = 7,

    /// <summary>A1 医療扶助; never in a member file.</summary>
    MedicalAssistance = 0xA1,
}

/// <summary>資格喪失事由; the number is the code.</summary>
public enum LossReason : byte
{
    Unspecified,
    Death = 1,
    PublicAssistance = 2,
    OtherInsurance = 3,
    Other = 99,
}

/// <summary>後期高齢者: by reaching 75, or certified for disability from 65 (HCE-6).</summary>
public enum LateElderlyReason : byte
{
    Unspecified,
    Age,
    Disability,
}

/// <summary>限度額 class; the number is the code.</summary>
public enum LimitClass : byte
{
    Unspecified,
    Limit = 1,
    LimitAndMeals = 2,
    Meals = 3,
}

/// <summary>限度額 category; the high digit is the letter, so that the number reads as the code (0xA1 is A01, 0xBA is B10).</summary>
public enum LimitCategory : byte
{
    Unspecified,
    A01 = 0xA1,
    A02 = 0xA2,
    A03 = 0xA3,
    A04 = 0xA4,
    A05 = 0xA5,
    A06 = 0xA6,
    B01 = 0xB1,
    B02 = 0xB2,
    B03 = 0xB3,
    B04 = 0xB4,
    B05 = 0xB5,
    B06 = 0xB6,
    B07 = 0xB7,
    B08 = 0xB8,
    B09 = 0xB9,
    B10 = 0xBA,
}

/// <summary>特定疾病; the number is the code.</summary>
public enum DiseaseCategory : byte
{
    Unspecified,
    Dialysis = 1,
    Haemophilia = 2,
    Hiv = 3,
}

public enum Delivery : byte
{
    Home,
    Employer,
}

public enum Residence : byte
{
    Japan,
    Abroad,
}

/// <summary>Comparison with the resident register (BKO-4).</summary>
public enum JlisStatus : byte
{
    Matched,
    Mismatch,
    Unchecked,
}

/// <summary>The codes as interfaces and files write them.</summary>
public static class MemberCodes
{
    public static string Code(this CardClass value) => value == CardClass.MedicalAssistance ? "A1" : TwoDigits((int)value);

    public static string Code(this LossReason value) => TwoDigits((int)value);

    public static string Code(this LimitClass value) => TwoDigits((int)value);

    public static string Code(this LimitCategory value) => value == LimitCategory.Unspecified ? "" : value.ToString();

    /// <summary>負担割合 in three digits of percent.</summary>
    public static string RatioCode(int percent) => percent switch
    {
        10 => "010",
        20 => "020",
        30 => "030",
        100 => "100",
        _ => percent.ToString("000"),
    };

    private static string TwoDigits(int value) => value switch
    {
        1 => "01",
        2 => "02",
        3 => "03",
        4 => "04",
        5 => "05",
        6 => "06",
        7 => "07",
        99 => "99",
        _ => "",
    };
}
