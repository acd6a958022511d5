using System.Collections.Frozen;
using System.Text;

namespace Platform.Rules.Texts;

/// <summary>What the lines of a calculation say (高額療養費, 負担割合), with their figures filled in.</summary>
public static class CalculationTexts
{
    private static readonly FrozenDictionary<string, BilingualText> Lines = new Dictionary<string, BilingualText>(StringComparer.Ordinal)
    {
        ["HCE_MONTHS_LEFT_OUT"] = new(
            "多数該当の回数に含まれない月が{months}月あります（直近{within}か月より前、別の保険者、外来のみ、重複など）。",
            "{months} of the months given do not count (earlier than the {within} months before, another insurer, outpatient cap only, repeated)."),
        ["HCE_MANY_TIMES"] = new(
            "直近で限度額に達した月が{months}月（{needed}月以上）のため、多数該当の限度額{yen}円です。",
            "The limit was reached in {months} earlier months ({needed} are needed): the lower amount of {yen} yen applies."),
        ["HCE_NO_LOWER_AMOUNT"] = new(
            "限度額に達した月が{months}月ありますが、この区分に多数該当はありません。",
            "The limit was reached in {months} earlier months, but this category has no lower amount."),
        ["HCE_MONTHS_NOT_ENOUGH"] = new(
            "限度額に達した月は{months}月で、多数該当に必要な{needed}月に足りません。",
            "The limit was reached in {months} earlier months; {needed} are needed for the lower amount."),
        ["HCE_SPECIFIC_DISEASE"] = new("特定疾病の自己負担{share}円は{cap}円までです。", "Specific disease: the share of {share} yen is capped at {cap} yen."),
        ["HCE_NOT_ADDED"] = new(
            "{floor}円未満の自己負担{accounts}件、計{yen}円（医療費{cost}円）は合算しません。",
            "{accounts} shares below {floor} yen, {yen} yen together (cost {cost} yen), are not added up."),
        ["HCE_OUTPATIENT_CAP"] = new("外来の自己負担{shares}円、個人ごとの上限{cap}円。", "Outpatient shares {shares} yen, cap per person {cap} yen."),
        ["HCE_TWO_TENTHS_RELIEF"] = new("2割負担の配慮措置により外来は{cap}円までです。", "Relief of the 20 % band: outpatient care is capped at {cap} yen."),
        ["HCE_LIMIT_LOWER"] = new("限度額 {amount}円（多数該当）", "Limit {amount} yen (lower amount)."),
        ["HCE_LIMIT_FLAT"] = new("限度額 {base}円（定額）", "Limit {base} yen (flat)."),
        ["HCE_LIMIT_FORMULA"] = new(
            "限度額 {base}円＋（医療費{cost}円−{threshold}円）×1％＝{base}円＋{exact}円→{yen}円",
            "Limit {base} yen + (cost {cost} yen − {threshold} yen) × 1 % = {base} yen + {exact} yen → {yen} yen."),
        ["HCE_HALVED"] = new("75歳の誕生月のため、個人の限度額は2分の1の{yen}円です。", "Month of the 75th birthday: the person's limit is halved to {yen} yen."),
        ["HCE_AMOUNT"] = new("対象となる自己負担{shares}円のうち、負担は{yen}円です（限度額{limit}円）。", "Of {shares} yen of shares, {yen} yen are borne (limit {limit} yen)."),
        ["HCE_ANNUAL_CAP_LATER"] = new(
            "年間上限{cap}円（8月〜翌年7月）を超えた分は後から払い戻されます。月の限度額は変わりません。",
            "What exceeds the yearly cap of {cap} yen (August to July) is refunded later; the limit of the month stays."),
        ["HCE_ANNUAL_CAP_APPLIED"] = new(
            "年間上限{cap}円のうち既に{borne}円を負担しているため、残りは{left}円です。",
            "Of the yearly cap of {cap} yen {borne} yen are already borne; {left} yen are left."),

        ["COPAY_PRESCHOOL"] = new("6歳の年度末まで{percent}％です。", "{percent} % until the school year of attaining 6 ends."),
        ["COPAY_GENERAL"] = new("70歳到達月まで{percent}％です。", "{percent} % until the month of attaining 70 ends."),
        ["COPAY_TAXABLE_REACHES"] = new(
            "課税所得{value}円の方がおり、{threshold}円以上です（{person}人目）。",
            "Taxable income {value} yen of member {person} reaches {threshold} yen."),
        ["COPAY_TAXABLE_BELOW"] = new(
            "課税所得は最も高い方で{value}円、{threshold}円未満です（{person}人目）。",
            "The highest taxable income, {value} yen of member {person}, is below {threshold} yen."),
        ["COPAY_STANDARD_PAY_REACHES"] = new(
            "標準報酬月額{value}円は{threshold}円以上です（{person}人目）。",
            "Standard monthly pay {value} yen of member {person} reaches {threshold} yen."),
        ["COPAY_STANDARD_PAY_BELOW"] = new(
            "70歳以上の被保険者の標準報酬月額は{threshold}円未満です。",
            "No insured person of 70 or over has a standard monthly pay of {threshold} yen."),
        ["COPAY_TAXABLE_ALL_BELOW"] = new("全員の課税所得が{threshold}円未満です。", "All taxable incomes are below {threshold} yen."),
        ["COPAY_RELIEF_TOTAL_APPLIES"] = new(
            "70〜74歳の方の基礎控除後所得の合計{value}円は{threshold}円以下です。",
            "Income after the basic deduction of those of 70 to 74, {value} yen together, does not exceed {threshold} yen."),
        ["COPAY_RELIEF_TOTAL_NOT"] = new(
            "70〜74歳の方の基礎控除後所得の合計{value}円は{threshold}円を超えます。",
            "Income after the basic deduction of those of 70 to 74, {value} yen together, exceeds {threshold} yen."),
        ["COPAY_RELIEF_ONE_APPLIES"] = new(
            "70〜74歳の方は1人で、収入{value}円は{threshold}円未満です。",
            "One member of 70 to 74, with an income of {value} yen, below {threshold} yen."),
        ["COPAY_RELIEF_ONE_NOT"] = new(
            "70〜74歳の方は1人で、収入{value}円は{threshold}円以上です。",
            "One member of 70 to 74, with an income of {value} yen, not below {threshold} yen."),
        ["COPAY_RELIEF_SEVERAL_APPLIES"] = new(
            "70〜74歳の方の収入の合計{value}円は{threshold}円未満です。",
            "Members of 70 to 74 have {value} yen together, below {threshold} yen."),
        ["COPAY_RELIEF_SEVERAL_NOT"] = new(
            "70〜74歳の方の収入の合計{value}円は{threshold}円以上です。",
            "Members of 70 to 74 have {value} yen together, not below {threshold} yen."),
        ["COPAY_RELIEF_WITH_FORMER_APPLIES"] = new(
            "後期高齢者医療に移った方との収入の合計{value}円は{threshold}円未満です。",
            "Together with who moved to 後期高齢者医療, {value} yen, below {threshold} yen."),
        ["COPAY_RELIEF_WITH_FORMER_NOT"] = new(
            "後期高齢者医療に移った方との合算による特例には該当しません（合計{value}円、基準{threshold}円）。",
            "The relief together with who moved to 後期高齢者医療 does not apply ({value} yen, line {threshold} yen)."),
        ["COPAY_RELIEF_ONE_INSURED_APPLIES"] = new(
            "被保険者は1人で、収入{value}円は{threshold}円未満です。",
            "One insured person, with an income of {value} yen, below {threshold} yen."),
        ["COPAY_RELIEF_ONE_INSURED_NOT"] = new(
            "被保険者は1人で、収入{value}円は{threshold}円以上です。",
            "One insured person, with an income of {value} yen, not below {threshold} yen."),
        ["COPAY_RELIEF_WITH_SEVENTIES_APPLIES"] = new(
            "70〜74歳の方との収入の合計{value}円は{threshold}円未満です。",
            "Together with those of 70 to 74, {value} yen, below {threshold} yen."),
        ["COPAY_RELIEF_WITH_SEVENTIES_NOT"] = new(
            "70〜74歳の方との合算による特例には該当しません（合計{value}円、基準{threshold}円）。",
            "The relief together with those of 70 to 74 does not apply ({value} yen, line {threshold} yen)."),
        ["COPAY_RELIEF_SEVERAL_INSURED_APPLIES"] = new("被保険者の収入の合計{value}円は{threshold}円未満です。", "The insured have {value} yen together, below {threshold} yen."),
        ["COPAY_RELIEF_SEVERAL_INSURED_NOT"] = new("被保険者の収入の合計{value}円は{threshold}円以上です。", "The insured have {value} yen together, not below {threshold} yen."),
        ["COPAY_PENSION_ONE_REACHES"] = new("年金収入とその他の所得{value}円は{threshold}円以上です。", "Pension and other income, {value} yen, reaches {threshold} yen."),
        ["COPAY_PENSION_ONE_BELOW"] = new("年金収入とその他の所得{value}円は{threshold}円未満です。", "Pension and other income, {value} yen, is below {threshold} yen."),
        ["COPAY_PENSION_SEVERAL_REACHES"] = new(
            "被保険者の年金収入とその他の所得の合計{value}円は{threshold}円以上です。",
            "Pension and other income of the insured, {value} yen together, reaches {threshold} yen."),
        ["COPAY_PENSION_SEVERAL_BELOW"] = new(
            "被保険者の年金収入とその他の所得の合計{value}円は{threshold}円未満です。",
            "Pension and other income of the insured, {value} yen together, is below {threshold} yen."),
        ["COPAY_RESULT"] = new("{year}年の所得により負担割合は{percent}％です。", "By the income of {year} the share is {percent} %."),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The keys that have a text; a test compares them with the keys the rules use.</summary>
    public static IEnumerable<string> Keys => Lines.Keys;

    public static BilingualText Of(CalculationLine line)
    {
        var text = Lines[line.TextKey];
        return new BilingualText(Fill(text.Ja, line), Fill(text.En, line));
    }

    private static string Fill(string text, CalculationLine line)
    {
        var filled = new StringBuilder(text).Replace("{yen}", line.Yen.ToString("#,0")).Replace("{person}", line.Person ?? "");
        foreach (var part in line.Parts)
        {
            filled.Replace("{" + part.Name + "}", Format(part));
        }

        return filled.ToString();
    }

    private static string Format(FormulaPart part) => part.Name switch
    {
        "year" => part.Value.ToString("0"),
        "exact" => part.Value.ToString("#,0.00"),
        _ => part.Value.ToString("#,0"),
    };
}
