using Platform.Gateway.Oqs;
using Platform.Rules.Answers;

namespace Platform.Gateway.Tests.Oqs;

public sealed class PlatformCodesTests
{
    [Fact]
    public void EveryReasonOfAnAnswer_HasACodeOfItsOwnOrIsAPlainYes()
    {
        var codes = AnswerReasons.All.Select(PlatformCodes.OfAnswer).Where(code => code is not null).ToList();

        codes.ShouldNotContain(PlatformCodes.UnlistedAnswer);
        codes.ShouldBeUnique();
        AnswerReasons.All.Where(reason => PlatformCodes.OfAnswer(reason) is null).ShouldBe([AnswerReasons.Active, AnswerReasons.AssistanceActive]);
    }

    [Fact]
    public void NoCode_MeansTwoThings()
    {
        string[] all =
        [
            .. PlatformCodes.OfProblems.Values, .. PlatformCodes.OfAnswers.Values, PlatformCodes.Unlisted, PlatformCodes.UnlistedAnswer,
            PlatformCodes.Downtime, PlatformCodes.NameReduced,
        ];

        all.ShouldBeUnique();
        all.ShouldAllBe(code => code.StartsWith("PLATFORM-", StringComparison.Ordinal));
    }
}
