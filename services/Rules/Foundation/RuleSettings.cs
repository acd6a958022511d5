namespace Platform.Rules;

/// <summary>
/// What the sources leave open or disagree about (section 11): each key has a default and can be overridden. Overrides are one file,
/// the same for every service; they are part of the <see cref="Ruleset"/> hash. Keys are those of <see cref="RuleSettingKeys"/>.
/// </summary>
public sealed record RuleSettings
{
    public static RuleSettings Default { get; } = new();

    public ExpiredCardToleranceSettings ExpiredCardTolerance { get; init; } = new();

    public GraceSettings Grace { get; init; } = new();

    public RenewalSettings Renewal { get; init; } = new();

    public CardSettings Card { get; init; } = new();

    public BirthdaySettings Birthday { get; init; } = new();

    public DeregistrationSettings Deregistration { get; init; } = new();

    public ReRegistrationSettings ReRegistration { get; init; } = new();

    public ExOfficioSettings ExOfficio { get; init; } = new();

    public NoticeSettings Notice { get; init; } = new();

    public NewMemberSettings NewMember { get; init; } = new();

    public LateSettings Late { get; init; } = new();

    public CertificateSettings Certificate { get; init; } = new();

    public ConsentSettings Consent { get; init; } = new();

    public RetentionSettings Retention { get; init; } = new();

    public HceSettings Hce { get; init; } = new();

    public EligSettings Elig { get; init; } = new();
}

/// <summary>Tolerance A (INS-10, INS-11): from when expired papers were still taken with a number look-up, and until when.</summary>
public sealed record ExpiredCardToleranceSettings
{
    /// <summary>国保 and 後期高齢者.</summary>
    public DateOnly Start { get; init; } = new(2025, 8, 1);

    /// <summary>Every other insurer.</summary>
    public DateOnly StartOthers { get; init; } = new(2025, 12, 2);

    /// <summary>Last day.</summary>
    public DateOnly EndDate { get; init; } = new(2026, 3, 31);
}

public sealed record GraceSettings
{
    /// <summary>Whether the three months of CRT-8 follow the expiry of the card itself too (CRT-10).</summary>
    public bool OnCardExpiry { get; init; }
}

public sealed record RenewalSettings
{
    /// <summary>Days added to "expiry minus three months" (CRT-7): 0 or 1.</summary>
    public int FirstDayOffset { get; init; }

    /// <summary>How long the central system needs to see a renewed certificate (CRT-13).</summary>
    public TimeSpan PropagationDelay { get; init; } = TimeSpan.FromHours(24);
}

public sealed record CardSettings
{
    /// <summary>On which day the age of CRT-4 is taken (CRT-5).</summary>
    public CardAgeBasis AgeBasis { get; init; }
}

public sealed record BirthdaySettings
{
    public Feb29Birthday Feb29 { get; init; }
}

public sealed record DeregistrationSettings
{
    /// <summary>When a lift takes effect (REG-32, REG-33).</summary>
    public DeregistrationEffectiveRule EffectiveRule { get; init; }

    /// <summary>What a new registration does while a lift is pending (REG-36).</summary>
    public ReRegistrationWhilePending WhilePending { get; init; }
}

public sealed record ReRegistrationSettings
{
    /// <summary>Whether a new 利用登録 is needed after a lift (CRT-14).</summary>
    public Requirement AfterLift { get; init; } = Requirement.Required;

    /// <summary>Whether a new 利用登録 is needed after a card was re-issued (CRT-14).</summary>
    public Requirement AfterReissue { get; init; } = Requirement.NotRequired;
}

public sealed record ExOfficioSettings
{
    /// <summary>資格確認書 at certificate expiry: without application, or on application only (CRT-11).</summary>
    public ExOfficioIssue OnCertExpiry { get; init; }

    /// <summary>Whether a suspended card leads to a 資格確認書 without application (DOC-14).</summary>
    public bool Suspended { get; init; }
}

public sealed record NoticeSettings
{
    /// <summary>Who gets 資格情報のお知らせ (DOC-6).</summary>
    public NoticeAudience Audience { get; init; }
}

public sealed record NewMemberSettings
{
    public ExOfficioIssue Certificate { get; init; }
}

/// <summary>後期高齢者 (DOC-8, DOC-10, DOC-15, ELG-16).</summary>
public sealed record LateSettings
{
    public int AgeAll { get; init; } = 85;

    /// <summary>Uses in twelve months from which the notice replaces the 資格確認書; 0 with the next key 0 means possession alone decides.</summary>
    public int UseThreshold12m { get; init; } = 6;

    public int UseThreshold3m { get; init; } = 1;

    public LateAgeBasis AgeBasis { get; init; }

    /// <summary>The day of the renewal year on which the windows of DOC-8 end, that day included.</summary>
    public MonthDay UseReferenceDay { get; init; } = new(5, 31);

    /// <summary>Whether 国保 ends on the 75th birthday or the day after it.</summary>
    public KokuhoLossAt75 KokuhoLossAt75 { get; init; }
}

public sealed record CertificateSettings
{
    /// <summary>Longest validity of a 資格確認書 in years (DOC-23).</summary>
    public int MaxYears { get; init; } = 5;
}

public sealed record ConsentSettings
{
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether the instant at which the life of a consent ends still belongs to it (CNS-4).</summary>
    public bool EndInclusive { get; init; }
}

/// <summary>Years for which data are kept (CNS-11, MYP-4).</summary>
public sealed record RetentionSettings
{
    public int Drug { get; init; } = 5;

    public int Diagnosis { get; init; } = 5;

    public int CostNotice { get; init; } = 5;
}

public sealed record HceSettings
{
    /// <summary>How the one-per-cent part is rounded to a yen (HCE-2).</summary>
    public HceRounding Rounding { get; init; }

    /// <summary>Whether the annual cap of HCE-8 is applied at the counter within the month.</summary>
    public bool AnnualCapAtCounter { get; init; }
}

public sealed record EligSettings
{
    public OverlapWinner OverlapWinner { get; init; }

    /// <summary>How many days after the loss a person counts as between insurers (ELG-24).</summary>
    public int BetweenInsurersDays { get; init; } = 20;
}

public enum CardAgeBasis : byte
{
    Application,
    Issue,
}

public enum DeregistrationEffectiveRule : byte
{
    EndOfNextMonth,
    EndOfSecondNextMonth,
    InsurerReportedDate,
}

public enum ReRegistrationWhilePending : byte
{
    Reject,
    CancelLift,
}

public enum Requirement : byte
{
    NotRequired,
    Required,
}

public enum ExOfficioIssue : byte
{
    ExOfficio,
    OnApplication,
}

public enum NoticeAudience : byte
{
    HoldersOnly,
    AllMembers,
    NumberOnFile,
}

public enum LateAgeBasis : byte
{
    Birthday,
    AttainingAge,
}

public enum KokuhoLossAt75 : byte
{
    Birthday,
    DayAfter,
}

public enum HceRounding : byte
{
    HalfUp,
    Truncate,
}

public enum OverlapWinner : byte
{
    LatestAcquisition,
}

/// <summary>A day of every year.</summary>
public readonly record struct MonthDay(int Month, int Day)
{
    /// <summary>The day in a year, clipped to the end of its month.</summary>
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));

    /// <summary>Form <c>MM-dd</c>.</summary>
    public override string ToString() => $"{Month:00}-{Day:00}";
}
