using Platform.Rules.Answers;
using Platform.Rules.Texts;

namespace Platform.Rules.Tests.Answers;

public class AnswerTextsTests
{
    [Fact]
    public void EveryReasonAndStep_HasBothLanguages()
    {
        foreach (var reason in AnswerReasons.All)
        {
            AnswerTexts.Of(reason).Message.Ja.ShouldNotBeNullOrWhiteSpace(reason);
            AnswerTexts.Of(reason).Message.En.ShouldNotBeNullOrWhiteSpace(reason);
        }

        foreach (var key in StepKeys.All)
        {
            AnswerTexts.Of(new DecisionStep("ELG-12", key)).Ja.ShouldNotBeNullOrWhiteSpace(key);
            AnswerTexts.Of(new DecisionStep("ELG-12", key)).En.ShouldNotBeNullOrWhiteSpace(key);
        }
    }

    [Fact]
    public void EveryRefusal_HasANextStep()
    {
        foreach (var reason in AnswerReasons.All.Except([AnswerReasons.Active, AnswerReasons.AssistanceActive]))
        {
            AnswerTexts.Of(reason).NextStep.Ja.ShouldNotBeNullOrWhiteSpace(reason);
            AnswerTexts.Of(reason).NextStep.En.ShouldNotBeNullOrWhiteSpace(reason);
        }
    }

    [Theory]
    [InlineData("NO_MATCH")]
    [InlineData("ENDED")]
    [RuleTest("ELG-17")]
    public void LagOfNewData_IsSaidAtTheDesk(string reason)
    {
        AnswerTexts.Of(reason).NextStep.Ja.ShouldContain("数日");
        AnswerTexts.Of(reason).NextStep.En.ShouldContain("several days");
    }

    [Fact]
    public void Lists_NameEveryConstantOnce()
    {
        typeof(AnswerReasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ShouldBe(AnswerReasons.All, ignoreOrder: true);
        typeof(StepKeys).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ShouldBe(StepKeys.All, ignoreOrder: true);
    }
}
