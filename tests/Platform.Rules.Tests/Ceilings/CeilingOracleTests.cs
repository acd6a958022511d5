using Platform.Rules.Ceilings;
using Platform.Rules.Members;
using static Platform.Rules.Tests.Ceilings.Ceiling;

namespace Platform.Rules.Tests.Ceilings;

/// <summary>Random households against a second, plain reading of section 6 in decimals, month 2026-08 and on.</summary>
[RuleTest("HCE-2", "HCE-4", "HCE-5", "HCE-7")]
public class CeilingOracleTests
{
    [Fact]
    public void BelowSeventy_AgreesWithThePlainReading()
    {
        var random = new Random(6);
        for (var i = 0; i < 3_000; i++)
        {
            var items = Items(random, ["p", "q", "r"]);

            var quote = Request(LimitCategory.A02, "2026-10", items).Quote();

            var accounts = items.GroupBy(item => (item.Person, item.Site, item.Inpatient, item.Disease)).Select(group => (
                Cost: group.Sum(item => item.Cost),
                Share: group.Key.Disease is null
                    ? group.Sum(item => item.Share)
                    : Math.Min(group.Sum(item => item.Share), group.Key.Disease == DiseaseCategory.Dialysis ? 20_000 : 10_000))).ToList();
            var added = accounts.Where(account => account.Share >= 21_000).ToList();
            var limit = 179_100m + Math.Round(Math.Max(0, added.Sum(account => account.Cost) - 597_000m) / 100, MidpointRounding.AwayFromZero);
            var amount = Math.Min(limit, added.Sum(account => account.Share));
            ((decimal)quote.Limit, (decimal)quote.Amount).ShouldBe((limit, amount));
            (quote.Amount + quote.SharesNotCounted + quote.Benefit).ShouldBe(items.Sum(item => item.Share));
            quote.Benefit.ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void FromSeventy_AgreesWithThePlainReading()
    {
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var items = Items(random, ["p", "q", "r"]);

            var quote = Request(LimitCategory.B05, "2026-10", items).Quote();

            var accounts = items.GroupBy(item => (item.Person, item.Site, item.Inpatient, item.Disease)).Select(group => (
                group.Key.Person,
                group.Key.Inpatient,
                Share: group.Key.Disease is null ? group.Sum(item => item.Share) : Math.Min(group.Sum(item => item.Share), 10_000))).ToList();
            var sum = accounts.GroupBy(account => account.Person).Sum(person =>
                Math.Min(11_000, person.Where(account => !account.Inpatient).Sum(account => account.Share))
                + person.Where(account => account.Inpatient).Sum(account => account.Share));
            quote.Amount.ShouldBe(Math.Min(25_700, sum));
            quote.SharesNotCounted.ShouldBe(0);
        }
    }

    [Fact]
    public void AnotherItem_NeverLowersWhatIsBorne()
    {
        var random = new Random(8);
        foreach (var category in new[] { LimitCategory.A01, LimitCategory.A03, LimitCategory.A05, LimitCategory.B01, LimitCategory.B04, LimitCategory.B06 })
        {
            for (var i = 0; i < 300; i++)
            {
                var items = Items(random, ["p", "q"]);
                var fewer = Request(category, "2026-10", items[1..]).Quote();

                var all = Request(category, "2026-10", items).Quote();

                (all.Amount + all.SharesNotCounted).ShouldBeGreaterThanOrEqualTo(fewer.Amount);
                all.Limit.ShouldBeGreaterThanOrEqualTo(fewer.Limit);
            }
        }
    }

    private static CeilingItem[] Items(Random random, string[] persons)
    {
        var items = new CeilingItem[random.Next(1, 7)];
        for (var i = 0; i < items.Length; i++)
        {
            var cost = random.NextInt64(0, random.Next(2) == 0 ? 150_000 : 3_000_000);
            items[i] = Item(
                cost,
                cost * random.Next(1, 4) / 10,
                persons[random.Next(persons.Length)],
                random.Next(2) == 0 ? "a" : "b",
                random.Next(3) == 0,
                random.Next(6) == 0 ? (DiseaseCategory)random.Next(1, 4) : null);
        }

        return items;
    }
}
