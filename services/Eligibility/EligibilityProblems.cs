using Platform.BuildingBlocks.Errors;

namespace Platform.Eligibility;

/// <summary>Every failure that a caller of the answering half can see. (A "no" is an answer, not a problem.)</summary>
internal static class EligibilityProblems
{
    public const string DataUnavailableReason = "DATA_UNAVAILABLE";

    /// <summary>Neither the database nor the cache knows the person (INS-9: what the desk can do without the system).</summary>
    public static readonly Problem DataUnavailable = new(
        ProblemKind.Unavailable,
        DataUnavailableReason,
        "現在、資格情報を確認できません。",
        "Eligibility cannot be looked up at present.")
    {
        NextStepJa = "マイナポータルの資格情報画面または資格情報のお知らせとマイナンバーカードで確認するか、被保険者資格申立書の記入を依頼し、システムの回復後に再度照会してください。",
        NextStepEn = "Check the portal's eligibility page or the information notice together with the card, or have the person fill in the statement of eligibility, and ask again when the system is back.",
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <summary>More checks than the database can take while the cache is away.</summary>
    public static readonly Problem Overloaded = new(
        ProblemKind.Unavailable,
        "OVERLOADED",
        "照会が集中しています。",
        "Too many checks at once.")
    {
        NextStepJa = "数秒後に再度照会してください。",
        NextStepEn = "Ask again in a few seconds.",
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    /// <summary>No answer leaves without its audit record.</summary>
    public static readonly Problem AuditUnavailable = new(
        ProblemKind.Unavailable,
        "AUDIT_UNAVAILABLE",
        "照会の記録ができないため、回答できません。",
        "The answer cannot be recorded and is therefore not given.")
    {
        NextStepJa = DataUnavailable.NextStepJa,
        NextStepEn = DataUnavailable.NextStepEn,
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static Problem InstitutionUnknown(string institutionCode) =>
        new Problem(
            ProblemKind.Precondition,
            "INSTITUTION_UNKNOWN",
            "医療機関コードが登録されていません。",
            "The institution code is not registered.")
        {
            NextStepJa = "医療機関コードを確認し、正しい場合は運用窓口に登録を依頼してください。",
            NextStepEn = "Check the institution code; if it is right, ask the operations desk to register it.",
        }.With("institution_code", institutionCode);

    public static Problem NotAnId(string field) =>
        Problem.InvalidFields(new FieldViolation(field, "ID_INVALID", "IDの形式が正しくありません。", "This is not an id (ULID, 26 characters)."));

    /// <summary>No table of the month is in force.</summary>
    public static readonly Problem MonthNotCovered = new(
        ProblemKind.Precondition,
        "MONTH_NOT_COVERED",
        "この診療月の限度額は登録されていません。",
        "No ceiling is on file for this month of treatment.")
    {
        NextStepJa = "診療月を確認してください。正しい場合は運用窓口に連絡してください。",
        NextStepEn = "Check the month of treatment; if it is right, tell the operations desk.",
    };
}
