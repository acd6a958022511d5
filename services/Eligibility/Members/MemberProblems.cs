using Platform.BuildingBlocks.Errors;

namespace Platform.Eligibility.Members;

/// <summary>Every failure that a caller of MemberService or DirectoryService can see.</summary>
internal static class MemberProblems
{
    public static Problem InsurerNumberInvalid(string field) => Problem.InvalidFields(
        new FieldViolation(field, "INSURER_NUMBER_INVALID", "保険者番号が正しくありません（桁数・法別番号・都道府県番号・検証番号）。", "The insurer number is not valid (length, scheme, prefecture, check digit)."));

    public static Problem InsurerUnknown(string insurerNumber) => new Problem(
        ProblemKind.Precondition, "INSURER_UNKNOWN", "この保険者は登録されていません。", "The insurer is not registered.")
    {
        NextStepJa = "保険者番号を確認し、正しい場合は運用窓口に保険者の登録を依頼してください。",
        NextStepEn = "Check the insurer number; if it is right, ask the operations desk to add the insurer.",
    }.With("insurer_number", insurerNumber);

    public static Problem InsurerMismatch(string insurerNumber) => new Problem(
        ProblemKind.Precondition, "INSURER_MISMATCH", "ファイルの保険者番号が、送信した保険者と一致しません。ファイル全体を受け付けませんでした。", "The file is another insurer's. Nothing of it was taken.")
    {
        NextStepJa = "送るファイルと保険者番号の指定を確認してください。",
        NextStepEn = "Check which file is sent for which insurer.",
    }.With("insurer_number", insurerNumber);

    public static Problem HeaderUnusable(IEnumerable<FieldViolation> columns) => new(
        ProblemKind.Invalid, "HEADER_UNUSABLE", "ファイルの見出し行（1行目）が使えません。ファイル全体を受け付けませんでした。", "The header (line 1) is not usable. Nothing of the file was taken.")
    {
        NextStepJa = "見出し行の列名を仕様に合わせて送り直してください。",
        NextStepEn = "Make the column names of line 1 as the format says and send the file again.",
        Violations = [.. columns],
    };

    public static readonly Problem FileTooLarge = new(
        ProblemKind.Exhausted, "FILE_TOO_LARGE", "ファイルが大きすぎます（上限5GB）。上限までの行は取り込み済みです。", "The file is too large (5 GB at most). Lines up to there were taken.")
    {
        NextStepJa = "ファイルを分割して送ってください。取り込み済みの行をもう一度送っても変わりません。",
        NextStepEn = "Split the file and send the parts; lines that were taken already change nothing.",
    };

    public static Problem ImportUnknown(string importId) => new Problem(
        ProblemKind.NotFound, "IMPORT_UNKNOWN", "この取込みは見つかりません。", "There is no such import.")
    {
        NextStepJa = "取込み一覧で番号を確認してください。",
        NextStepEn = "Look the id up in the list of imports.",
    }.With("import_id", importId);

    public static readonly Problem ResumeOffset = new(
        ProblemKind.Precondition, "RESUME_OFFSET_WRONG", "再開位置が処理済みの位置と一致しません。", "The resume offset is not where the import stands.")
    {
        NextStepJa = "GetImportで処理済みの位置を確認して、そこから送り直してください。",
        NextStepEn = "Ask GetImport for processed_bytes and send from there.",
    };

    public static readonly Problem ImportNotOpen = new(
        ProblemKind.Precondition, "IMPORT_NOT_OPEN", "この取込みは終わっているか、別の送信が引き継いでいます。", "The import has ended, or another sender has taken it over.")
    {
        NextStepJa = "取込みの状態を確認してください。",
        NextStepEn = "Look at the state of the import.",
    };

    public static readonly Problem StreamForm = Problem.InvalidFields(
        new FieldViolation("header", "HEADER_FIRST", "最初のメッセージはheader、以後はchunk（1MiB以内）です。", "The first message is the header, all others are chunks of at most 1 MiB."));

    public static readonly Problem EncodingUnknown = Problem.InvalidFields(
        new FieldViolation("header.encoding", "ENCODING_UNKNOWN", "文字コードはUTF-8かCP932です。", "The encoding is UTF-8 or CP932."));

    public static readonly Problem MemberUnknown = new(
        ProblemKind.NotFound, "MEMBER_UNKNOWN", "この番号・生年月日の加入者は見つかりません。", "There is no member with this number and birth date.")
    {
        NextStepJa = "記号・番号・枝番・生年月日を確認してください。",
        NextStepEn = "Check symbol, number, branch and birth date.",
    };

    public static readonly Problem MemberAmbiguous = new(
        ProblemKind.Precondition, "MEMBER_AMBIGUOUS", "複数の加入者が該当します。", "Several members match.")
    {
        NextStepJa = "枝番を指定してください。",
        NextStepEn = "Give the branch number.",
    };

    public static readonly Problem ApprovalRequired = new(
        ProblemKind.Forbidden, "PROTECTION_NEEDS_APPROVER", "保護フラグの解除には承認者の権限が必要です。", "Lowering a protection needs the approver's right.")
    {
        NextStepJa = "承認者に依頼してください。",
        NextStepEn = "Ask an approver to do it.",
    };

    public static readonly Problem NoMismatch = new(
        ProblemKind.Precondition, "NO_MISMATCH", "この加入者には未解決の不一致がありません。", "The member has no unresolved mismatch.")
    {
        NextStepJa = "加入者の履歴を確認してください。",
        NextStepEn = "Look at the member's history.",
    };

    public static readonly Problem ResolutionUnknown = Problem.InvalidFields(
        new FieldViolation("resolution", "RESOLUTION_UNKNOWN", "CONFIRMED か CORRECTED を指定してください。", "The resolution is CONFIRMED or CORRECTED."));

    public static readonly Problem TaskUnknown = new(ProblemKind.NotFound, "TASK_UNKNOWN", "このタスクは見つかりません。", "There is no such task.")
    {
        NextStepJa = "タスク一覧で番号を確認してください。",
        NextStepEn = "Look the id up in the list of tasks.",
    };

    public static readonly Problem TaskNeedsResolution = new(
        ProblemKind.Precondition, "TASK_NEEDS_RESOLUTION", "不一致のタスクは、確認または訂正によって閉じます。", "A mismatch task closes by confirming or correcting the record.")
    {
        NextStepJa = "ResolveMismatchで確認または訂正してください。",
        NextStepEn = "Confirm or correct the record with ResolveMismatch.",
    };

    public static readonly Problem ImportStillRunning = new(
        ProblemKind.Precondition, "IMPORT_STILL_RUNNING", "取込み中のファイルは取り消せません。", "An import that is still running cannot be undone.")
    {
        NextStepJa = "終わるか中断してから取り消してください。",
        NextStepEn = "Undo it once it has ended or broken off.",
    };

    public static readonly Problem PersonUnknown = new(ProblemKind.NotFound, "PERSON_UNKNOWN", "この個人は見つかりません。", "There is no such person.")
    {
        NextStepJa = "個人の番号を確認してください。",
        NextStepEn = "Check the person id.",
    };

    public static readonly Problem TooManyPersons = Problem.InvalidFields(
        new FieldViolation("persons", "TOO_MANY", "1メッセージに1,000人までです。", "At most 1,000 persons a message."));

    public static Problem TopicUnknown(string topic) => new Problem(
        ProblemKind.Invalid, "TOPIC_UNKNOWN", "このトピックは配信していません。", "Eligibility does not publish this topic.").With("topic", topic);

    /// <summary>A line or event rejected in view of what is known.</summary>
    public static Problem Rejected(string column, string code) => Problem.InvalidFields(ReportTexts.Violation(column, code));

    public static Problem Required(string field) => Problem.InvalidFields(
        new FieldViolation(field, "REQUIRED", "必須です。", "This is required."));
}
