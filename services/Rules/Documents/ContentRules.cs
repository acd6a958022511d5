using Platform.Rules.Numbers;

namespace Platform.Rules.Documents;

/// <summary>What may stand on a paper.</summary>
public enum PrintedItem : byte
{
    Name,
    NameKana,
    Birthdate,
    Sex,
    Address,

    /// <summary>記号・番号・枝番; 後期高齢者医療 has the number alone.</summary>
    InsuredNumber,
    InsurerNumber,
    InsurerName,
    AcquiredOn,
    IssuedOn,
    ValidUntil,

    /// <summary>負担割合 with 発効期日.</summary>
    CopayRatio,

    /// <summary>The last day of 負担割合.</summary>
    CopayUntil,

    /// <summary>限度額適用区分 with its start.</summary>
    LimitCategory,

    /// <summary>長期入院該当日.</summary>
    LongTermStay,

    /// <summary>特定疾病区分.</summary>
    SpecificDisease,

    /// <summary>The last 4 digits of the マイナンバー, so that the member can check the link.</summary>
    LastDigitsOfIndividualNumber,
}

/// <summary>Size of a paper.</summary>
public enum PaperFormat : byte
{
    Card,
    Postcard,

    /// <summary>A sheet whose lower right part can be cut out to card size.</summary>
    A4WithCutOut,
}

/// <summary>Content and form of papers.</summary>
public static class ContentRules
{
    /// <summary>What must stand on a 資格確認書. 負担割合 stands there where it varies by person: from 70, and for 後期高齢者医療.</summary>
    [Rule(RuleIds.Doc20)]
    [Rule(RuleIds.Doc22)]
    public static IReadOnlyList<PrintedItem> Certificate(DocumentPolicy policy, bool ratioVaries)
    {
        var items = new List<PrintedItem>
        {
            PrintedItem.Name, PrintedItem.Birthdate, PrintedItem.InsuredNumber, PrintedItem.InsurerNumber, PrintedItem.InsurerName, PrintedItem.ValidUntil,
            PrintedItem.IssuedOn,
        };
        if (policy.SexPrinted)
        {
            items.Add(PrintedItem.Sex);
        }

        if (policy.PrintsAddress)
        {
            items.Add(PrintedItem.Address);
        }

        if (ratioVaries || policy.IsLate)
        {
            items.Add(PrintedItem.CopayRatio);
        }

        return items;
    }

    /// <summary>What may be added on application: by 国保 and 後期高齢者医療, or where an insurer prints the category.</summary>
    [Rule(RuleIds.Doc21)]
    public static IReadOnlyList<PrintedItem> OnApplication(DocumentPolicy policy) =>
        policy.LimitPrinted ?? policy.IsMunicipal ? [PrintedItem.LimitCategory, PrintedItem.LongTermStay, PrintedItem.SpecificDisease] : [];

    /// <summary>What stands on the notice, one sheet a member; never the sex.</summary>
    [Rule(RuleIds.Doc40)]
    public static IReadOnlyList<PrintedItem> Notice(bool ratioVaries, bool firstMailing)
    {
        var items = new List<PrintedItem>
        {
            PrintedItem.Name, PrintedItem.NameKana, PrintedItem.InsuredNumber, PrintedItem.InsurerNumber, PrintedItem.InsurerName, PrintedItem.AcquiredOn,
        };
        if (ratioVaries)
        {
            items.Add(PrintedItem.CopayRatio);
            items.Add(PrintedItem.CopayUntil);
        }

        if (firstMailing)
        {
            items.Add(PrintedItem.LastDigitsOfIndividualNumber);
        }

        return items;
    }

    /// <summary>What マイナポータル shows and gives as PDF: the data of the notice.</summary>
    [Rule(RuleIds.Doc44)]
    public static IReadOnlyList<PrintedItem> Portal(bool ratioVaries) => Notice(ratioVaries, firstMailing: false);

    /// <summary>The formats a paper may have; a 資格確認書 on paper or plastic.</summary>
    [Rule(RuleIds.Doc25)]
    [Rule(RuleIds.Doc41)]
    public static IReadOnlyList<PaperFormat> Formats(PaperKind kind) => kind switch
    {
        PaperKind.Certificate => [PaperFormat.Card, PaperFormat.Postcard],
        PaperKind.Notice => [PaperFormat.A4WithCutOut],
        _ => [],
    };

    /// <summary>Whether 高齢受給者証 is a paper of its own; 後期高齢者医療 has none.</summary>
    [Rule(RuleIds.Doc22)]
    public static bool ElderlyCertificateIsSeparate(SchemeKind scheme, DateOnly day) => scheme switch
    {
        SchemeKind.LateElderly => false,
        SchemeKind.Kokuho => !DocumentData.ElderlyMerged.At(day),
        _ => true,
    };

    /// <summary>Whether an insurer may issue a separate 限度額適用認定証.</summary>
    [Rule(RuleIds.Doc21)]
    public static bool MayIssueLimitCertificate(SchemeKind scheme, DateOnly day) =>
        scheme != SchemeKind.LateElderly || DocumentData.LateLimitCertificate.At(day);
}
