using Platform.Rules;

namespace Platform.Cli.Generate;

/// <summary>
/// People who changed insurer: a pool that depends on the seed alone, so that the files of a health society, a 国保 and a 後期 of one seed tell two
/// halves of the same lives. That is what "invalid, but a newer qualification exists", overlaps and one-day overlaps are made of.
/// </summary>
internal sealed class Movers(Scheme scheme, ulong seed, DateOnly asOf, MembershipMaker memberships)
{
    private readonly IndividualNumbers numbers = new(seed, "movers");

    /// <summary>The membership of mover <paramref name="index"/> at this insurer; null when that life passes it by.</summary>
    public Membership? Draw(int index)
    {
        // Everything that both files must agree on comes first, in one order, from the mover's own generator.
        var random = SeededRandom.For(seed, "mover", index);
        var path = index % 4;
        var sex = random.Between(1, 2);
        var changedOn = asOf.AddDays(-random.Between(3, 500));
        var toLate = path >= 2;
        var birthdate = toLate ? changedOn.AddYears(-75) : changedOn.AddYears(-random.Between(20, 63)).AddDays(-random.Below(300));
        if (toLate)
        {
            changedOn = JapanCalendar.Birthday(birthdate, 75);
        }

        var person = new Person
        {
            IndividualNumber = numbers.Of(index),
            Sex = sex,
            Birthdate = birthdate,
            Surname = Names.Surnames.Pick(ref random),
            Given = Names.Given(ref random, sex, birthdate.Year),
        };
        var standing = random.Below(10);
        var began = Days.Between(ref random, JapanCalendar.Birthday(birthdate, 19), changedOn.AddDays(-90));
        var (lost, acquired) = Change(ref random, path, changedOn);
        bool leaves = (path is 0 or 2 && scheme.IsEmployees) || (path is 1 or 3 && scheme.IsKokuho);
        bool joins = (path == 0 && scheme.IsKokuho) || (path == 1 && scheme.IsEmployees) || (toLate && scheme.IsLateElderly);
        if (!leaves && !joins)
        {
            return null;
        }

        var address = Places.Draw(ref random, scheme.Insurer.Prefecture, scheme.IsMunicipal);
        var (symbol, number, employer) = memberships.DrawNumber(ref random);
        return new Membership
        {
            Person = person,
            Role = Role.Head,
            Head = person,
            Address = address,
            HouseholdId = $"M{index:0000000}",
            Symbol = symbol,
            Number = number,
            Branch = scheme.IsLateElderly ? "" : scheme.IsKokuho ? "01" : "00",
            Employer = employer,
            AcquiredOn = leaves ? began : acquired,
            LostOn = leaves ? lost : null,
            LossReason = leaves ? "03" : null,
            Standing = standing,
        };
    }

    // ELG-15: an employer's cover ends on the day the next begins, 国保 the day after; some loss reports come late or with a wrong day (ELG-14).
    private static (DateOnly Lost, DateOnly Acquired) Change(ref SeededRandom random, int path, DateOnly on)
    {
        var late = random.PerMyriad(1000) ? random.Between(5, 40) : 0;
        return path switch
        {
            1 => (on.AddDays(1 + late), on),
            3 => (on.AddDays(random.Between(0, 1)), on),
            2 => (on, on),
            _ => (on.AddDays(late), on),
        };
    }
}
