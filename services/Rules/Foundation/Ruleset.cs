using System.Security.Cryptography;
using System.Text;
using Platform.Rules.Answers;
using Platform.Rules.BackOffice;
using Platform.Rules.Ceilings;
using Platform.Rules.Certificates;
using Platform.Rules.Documents;
using Platform.Rules.Income;
using Platform.Rules.Instruments;
using Platform.Rules.Members;
using Platform.Rules.Registration;

namespace Platform.Rules;

/// <summary>
/// The data every rule reads, and the hash that names it together with the overrides. Answers, events and documents store the hash;
/// processes with different hashes do not work together.
/// </summary>
public static class Ruleset
{
    /// <summary>Every dated table of the project. A test compares the list with the tables the assembly really holds.</summary>
    public static IReadOnlyList<IDatedTable> Tables { get; } =
    [
        .. AnswerData.Tables,
        .. BackOfficeData.Tables,
        .. CeilingTables.Tables,
        .. CertificateData.Tables,
        .. CopayRatioData.Tables,
        .. DocumentData.Tables,
        .. InstrumentData.Tables,
        .. MemberData.Tables,
        .. RegistrationData.Tables,
    ];

    /// <summary>The first 16 bytes of a SHA-256 in lower-case hex; does not depend on the order of tables.</summary>
    public static string Hash(RuleSettings settings)
    {
        var text = new StringBuilder();
        foreach (var row in Tables.SelectMany(table => table.CanonicalRows()).Order(StringComparer.Ordinal))
        {
            text.Append(row).Append('\n');
        }

        foreach (var key in RuleSettingKeys.All.OrderBy(key => key.Key, StringComparer.Ordinal))
        {
            text.Append(key.Key).Append('=').Append(key.Read(settings)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }
}
