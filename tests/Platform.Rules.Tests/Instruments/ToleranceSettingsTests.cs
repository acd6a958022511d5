using Platform.Rules.Instruments;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Instruments.Counter;

namespace Platform.Rules.Tests.Instruments;

[RuleTest("INS-10", "INS-11")]
public class ToleranceSettingsTests
{
    private static RuleSettings With(Func<ExpiredCardToleranceSettings, ExpiredCardToleranceSettings> change) =>
        Default with { ExpiredCardTolerance = change(Default.ExpiredCardTolerance) };

    [Theory]
    [InlineData(SchemeKind.Kokuho, "2025-08-01")]
    [InlineData(SchemeKind.LateElderly, "2025-08-01")]
    [InlineData(SchemeKind.Kyokai, "2025-12-02")]
    [InlineData(SchemeKind.Seamen, "2025-12-02")]
    [InlineData(SchemeKind.Society, "2025-12-02")]
    [InlineData(SchemeKind.MutualAid, "2025-12-02")]
    [InlineData(SchemeKind.SpecialRetired, "2025-12-02")]
    public void Window_FollowsTheKindOfInsurer(SchemeKind insurer, string from) =>
        PaperCardRules.Tolerance(insurer, Default).ShouldBe(new ToleranceWindow(Day(from), new DateOnly(2026, 3, 31)));

    [Fact]
    public void LaterStartForAll_ClosesTheEarlierWindow()
    {
        var settings = With(keys => keys with { Start = keys.StartOthers });

        PaperCard("2025-12-01", "2025-10-31").Row(settings).ShouldBe("12");
        PaperCard("2025-12-02", "2025-10-31").Row(settings).ShouldBe("8");
        NoticeAlone("2025-12-01").Row(settings).ShouldBe("10");
        NoticeAlone("2025-12-02").Row(settings).ShouldBe("9");
    }

    [Fact]
    public void EarlierStartForOthers_OpensTheirWindow()
    {
        var settings = With(keys => keys with { StartOthers = keys.Start });

        PaperCard("2025-10-31", "2025-09-30", SchemeKind.Society).Row().ShouldBe("12");
        PaperCard("2025-10-31", "2025-09-30", SchemeKind.Society).Row(settings).ShouldBe("8");
    }

    [Fact]
    public void Extension_MovesTheEnd()
    {
        var settings = With(keys => keys with { EndDate = new(2026, 9, 30) });

        PaperCard("2026-09-30", null, SchemeKind.Society).Row(settings).ShouldBe("8");
        PaperCard("2026-10-01", null, SchemeKind.Society).Row(settings).ShouldBe("12");
        NoticeAlone("2026-09-30").Row(settings).ShouldBe("9");
        NoticeAlone("2026-10-01").Row(settings).ShouldBe("10");
    }
}
