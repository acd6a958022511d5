using Platform.BuildingBlocks.Errors;
using Platform.Rules.Texts;

namespace Platform.Eligibility.Members;

/// <summary>Codes and texts of what is wrong with a file as a whole, and of its lines.</summary>
internal static class ReportTexts
{
    public const string FileEmpty = "FILE_EMPTY";

    public static BilingualText Of(string code) => code switch
    {
        FileEmpty => new BilingualText("ファイルが空です。", "The file is empty."),
        _ => LineTexts.Of(code),
    };

    public static FieldViolation Violation(string column, string code)
    {
        var text = Of(code);
        return new FieldViolation(column, code, text.Ja, text.En);
    }
}
