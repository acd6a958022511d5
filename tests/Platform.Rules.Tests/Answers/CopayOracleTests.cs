using Platform.Rules.Answers;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Answers;

/// <summary>Every birth date of some years against a second reading of the bands, as municipalities print them: by calendar, without the age law.</summary>
[RuleTest("ELG-30", "ELG-31", "ELG-32", "ELG-33")]
public class CopayOracleTests
{
    [Fact]
    public void SchoolYear_StartsFor2AprilTo1April()
    {
        for (var born = D("2015-01-01"); born <= D("2021-12-31"); born = born.AddDays(1))
        {
            // "Born from 2 April of one year to 1 April of the next enter school together."
            var entry = (born.Month, born.Day).CompareTo((4, 1)) <= 0 ? born.Year + 6 : born.Year + 7;

            CopayRules.PreschoolUntil(born).ShouldBe(new DateOnly(entry, 3, 31), $"born {born}");
        }
    }

    [Fact]
    public void SeventiesBand_StartsOnTheFirstOfTheMonthAfterTheBirthday()
    {
        for (var born = D("1950-01-01"); born <= D("1957-12-31"); born = born.AddDays(1))
        {
            // "From the month after the 70th birthday; born on the 1st: from that month."
            var month = new DateOnly(born.Year + 70, born.Month, 1);
            var from = born.Day == 1 ? month : month.AddMonths(1);

            CopayRules.SeventiesFrom(born).ShouldBe(from, $"born {born}");
            CopayRules.BandOn(born, false, from.AddDays(-1), RuleSettings.Default).ShouldBe(CopayBand.General);
            CopayRules.BandOn(born, false, from, RuleSettings.Default).ShouldBe(CopayBand.Seventies);
        }
    }

    [Fact]
    public void EveryDayOfALife_HasExactlyOneBand_InOrder()
    {
        foreach (var born in new[] { D("1950-01-01"), D("1952-02-29"), D("1955-04-01"), D("1955-04-02"), D("1955-12-31") })
        {
            var bands = new List<CopayBand>();
            for (var day = born; day < born.AddYears(80); day = day.AddDays(1))
            {
                var band = CopayRules.BandOn(born, false, day, RuleSettings.Default);
                if (bands.Count == 0 || bands[^1] != band)
                {
                    bands.Add(band);
                }
            }

            bands.ShouldBe([CopayBand.Preschool, CopayBand.General, CopayBand.Seventies, CopayBand.LateElderly]);
        }
    }
}
