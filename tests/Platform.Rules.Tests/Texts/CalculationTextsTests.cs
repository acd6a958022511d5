using System.Text.RegularExpressions;
using Platform.Rules.Ceilings;
using Platform.Rules.Income;
using Platform.Rules.Instruments;
using Platform.Rules.Members;
using Platform.Rules.Texts;
using Platform.Rules.Tests.Ceilings;
using Platform.Rules.Tests.Income;
using Platform.Rules.Tests.Instruments;

namespace Platform.Rules.Tests.Texts;

public class CalculationTextsTests
{
    private static readonly RuleSettings AtCounter = RuleSettings.Default with { Hce = new() { AnnualCapAtCounter = true } };

    [Fact]
    public void Formula_IsWrittenOutWithItsFigures()
    {
        var line = Ceiling.Request(LimitCategory.A03, "2026-08", Ceiling.Item(412_380, 123_714)).Quote().Lines.Single(line => line.TextKey == "HCE_LIMIT_FORMULA");

        CalculationTexts.Of(line).Ja.ShouldBe("限度額 85,800円＋（医療費412,380円−286,000円）×1％＝85,800円＋1,263.80円→87,064円");
    }

    [Fact]
    public void EveryLine_HasATextWithNothingLeftOpen()
    {
        var used = new HashSet<string>();
        foreach (var line in Lines())
        {
            var text = CalculationTexts.Of(line);

            Regex.IsMatch(text.Ja + text.En, @"[{}]").ShouldBeFalse($"{line.TextKey}: {text.Ja} {text.En}");
            used.Add(line.TextKey);
        }

        used.Order(StringComparer.Ordinal).ShouldBe(CalculationTexts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryRowAndAsk_HasATextInBothLanguages()
    {
        foreach (var row in AcceptanceRules.Rows)
        {
            foreach (var outcome in new[] { AcceptanceOutcome.Accept, AcceptanceOutcome.ResolveByBranch })
            {
                var decision = new AcceptanceDecision
                {
                    Row = row, Outcome = outcome, Share = CounterShare.Open, RuleIds = [], Asks = Enum.GetValues<AcceptanceAsk>(), Desk = NextDesk.None,
                };

                var text = AcceptanceTexts.Of(decision, new(2026, 11, 22));

                new[] { text.Message.Ja, text.Message.En, text.NextStep.Ja, text.NextStep.En }.ShouldAllBe(part => part.Length > 0 && !part.Contains('{'));
            }
        }

        Enum.GetValues<NextDesk>().ShouldAllBe(desk => desk == NextDesk.None || AcceptanceTexts.Of(desk).Ja.Length > 0);
    }

    [Fact]
    public void RefusedCard_SaysTheSameWhateverTheReason() =>
        Enum.GetValues<CardTrouble>().Where(trouble => trouble != CardTrouble.None)
            .Select(trouble => AcceptanceTexts.Of(Counter.Card(Counter.Good with { Trouble = trouble }).Assess(), new(2026, 11, 22)).Message.Ja)
            .Distinct().Count().ShouldBe(1);

    [Theory]
    [InlineData(OpenState.Open, "ただいま受付中")]
    [InlineData(OpenState.Closed, "ただいま受付時間外")]
    [InlineData(OpenState.Unknown, "受付時間をご確認ください")]
    [RuleTest("INS-18")]
    public void Desk_IsNamedWithItsState(OpenState state, string says) =>
        AcceptanceTexts.Of(Contacts.NationalLineOn(new(2026, 11, 22)), state).Ja.ShouldBe($"マイナンバー総合フリーダイヤル 0120-95-0178（{says}）");

    [Fact]
    [RuleTest("INS-18")]
    public void NextStep_NamesTheDeskAndItsState()
    {
        var text = AcceptanceTexts.Of(Counter.Nothing().Assess(), new(2026, 11, 22), Contacts.NationalLineOn(new(2026, 11, 22)), OpenState.Closed);

        text.NextStep.Ja.ShouldEndWith("マイナンバー総合フリーダイヤル 0120-95-0178（ただいま受付時間外）");
        text.NextStep.En.ShouldEndWith("National My Number line 0120-95-0178 (closed now)");
    }

    private static IEnumerable<CalculationLine> Lines()
    {
        ReachedMonth[] three = [Ceiling.Reached("2026-05"), Ceiling.Reached("2026-06"), Ceiling.Reached("2026-07")];
        var high = Ceiling.Item(2_000_000, 400_000, inpatient: true);
        CeilingQuote[] quotes =
        [
            Ceiling.Request(LimitCategory.A03, "2026-12", Ceiling.Item(400_000, 120_000, site: "a"), Ceiling.Item(10_000, 3_000, site: "b")).Quote(),
            (Ceiling.Request(LimitCategory.A03, "2026-08", high) with { ReachedMonths = [.. three, Ceiling.Reached("2020-01")] }).Quote(),
            (Ceiling.Request(LimitCategory.B06, "2026-08", high) with { ReachedMonths = three }).Quote(),
            (Ceiling.Request(LimitCategory.B04, "2026-08", high) with { ReachedMonths = [three[0]], SeventyFifths = [new() { Birthdate = new(1951, 8, 15) }] }).Quote(),
            Ceiling.Request(LimitCategory.B09, "2025-09", Ceiling.Item(100_000, 20_000)).Quote(),
            Ceiling.Request(LimitCategory.B01, "2026-08", Ceiling.Item(100_000, 20_000, disease: DiseaseCategory.Hiv)).Quote(),
            (Ceiling.Request(LimitCategory.A03, "2026-12", high) with { BorneSinceAugust = 500_000 }).Quote(AtCounter),
        ];
        CopayDecision[] decisions =
        [
            Copay.Kokuho(new CopayMember { Birthdate = new(2021, 8, 10) }).Decide(),
            Copay.Kokuho(new CopayMember { Birthdate = new(1990, 8, 10) }).Decide(),
            Copay.Kokuho(Copay.Aged72()).Decide(),
            Copay.Kokuho(Copay.Aged72(2_000_000, 3_000_000, 1_000_000)).Decide(),
            Copay.Kokuho(Copay.Aged72(2_000_000, 9_000_000)).Decide(),
            Copay.Kokuho(Copay.Aged72(2_000_000, 4_000_000), Copay.Aged80() with { FormerMember = true }).Decide(),
            Copay.Kokuho(Copay.Aged72(2_000_000, 4_000_000), Copay.Born(1955, 1, 1)).Decide(),
            Copay.Kokuho(Copay.Aged72(2_000_000, 6_000_000), Copay.Born(1955, 1, 1)).Decide(),
            Copay.Employee(Copay.Aged72(0, 9_000_000) with { StandardPay = 300_000 }).Decide(),
            Copay.Employee(Copay.Aged72() with { StandardPay = 200_000 }).Decide(),
            Copay.Late(Copay.Aged80()).Decide(),
            Copay.Late(Copay.Aged80(300_000)).Decide(),
            Copay.Late(Copay.Aged80(300_000, 0, 3_000_000)).Decide(),
            Copay.Late(Copay.Aged80(300_000), Copay.Born(1948, 1, 1)).Decide(),
            Copay.Late(Copay.Aged80(300_000, 0, 4_000_000), Copay.Born(1948, 1, 1)).Decide(),
            Copay.Late(Copay.Aged80(2_000_000, 3_000_000)).Decide(),
            Copay.Late(Copay.Aged80(2_000_000, 9_000_000)).Decide(),
            Copay.Late(Copay.Aged80(2_000_000, 4_000_000), Copay.Aged72()).Decide(),
            Copay.Late(Copay.Aged80(2_000_000, 4_000_000), Copay.Born(1948, 1, 1)).Decide(),
            Copay.Late(Copay.Aged80(2_000_000, 6_000_000), Copay.Born(1948, 1, 1)).Decide(),
        ];
        return quotes.SelectMany(quote => quote.Lines).Concat(decisions.SelectMany(decision => decision.Lines));
    }
}
