using System.Text.RegularExpressions;

namespace Platform.OqsAgent;

/// <summary>
/// Name of a request file, <c>&lt;kind&gt;req_&lt;suffix&gt;.xml</c>, and of its result, the same with <c>res</c>. A suffix may hold a patient's number,
/// so that names never reach a log.
/// </summary>
internal sealed partial record MessageName(string Kind, string Request, string Result)
{
    /// <summary>False for whatever is no request: names under which clients write before they rename, among others.</summary>
    public static bool TryParse(string fileName, out MessageName? name)
    {
        var match = Form().Match(fileName);
        name = match.Success ? new MessageName(match.Groups[1].Value, fileName, $"{match.Groups[1].Value}res{match.Groups[2].Value}") : null;
        return match.Success;
    }

    public static bool IsResult(string fileName) => ResultForm().IsMatch(fileName);

    [GeneratedRegex(@"^([A-Za-z0-9]{4,20}?)req(_[^/\\]*\.[xX][mM][lL])$")]
    private static partial Regex Form();

    [GeneratedRegex(@"^[A-Za-z0-9]{4,20}?res_[^/\\]*\.(xml|pdf|zip)$", RegexOptions.IgnoreCase)]
    private static partial Regex ResultForm();
}
