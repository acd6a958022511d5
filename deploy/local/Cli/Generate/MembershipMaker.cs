using Platform.Rules;

namespace Platform.Cli.Generate;

/// <summary>Gives the persons of a household their numbers and their time at the insurer: when it began, whether and why it ended.</summary>
internal sealed class MembershipMaker
{
    // Where the scheme for the late elderly begins; nobody was in it before.
    private static readonly DateOnly LateElderlyBegan = new(2008, 4, 1);

    private readonly Scheme scheme;
    private readonly DateOnly asOf;
    private readonly Employer[] employers;
    private readonly int[] lastNumber;
    private int households;
    private int numbers;

    public MembershipMaker(Scheme scheme, ulong seed, DateOnly asOf, int count)
    {
        this.scheme = scheme;
        this.asOf = asOf;
        employers = scheme.IsEmployees ? [.. Enumerable.Range(0, (count / 80) + 3).Select(index => Employer.Draw(seed, index))] : [];
        lastNumber = new int[employers.Length];
    }

    /// <summary>The memberships of one household, head first; a renewed number gives two for each person, the ended one first.</summary>
    public void Draw(ref SeededRandom random, Household household, List<Membership> into)
    {
        households++;
        var head = household.Members[0].Person;
        var standing = random.Below(10);
        var (symbol, number, employer) = DrawNumber(ref random);
        var headAcquired = scheme.IsLateElderly ? default : DrawAcquisition(ref random, head);
        var renumbered = scheme.IsEmployees && random.PerMyriad(90) && headAcquired < asOf.AddDays(-200);
        var (oldSymbol, oldNumber, oldEmployer) = (symbol, number, employer);
        DateOnly? renumberedOn = null;
        if (renumbered)
        {
            renumberedOn = Days.Between(ref random, headAcquired.AddDays(60), asOf.AddDays(-30));
            (symbol, number, employer) = DrawNumber(ref random);
        }

        var (allLost, allReason) = DrawLoss(ref random, renumberedOn ?? headAcquired);
        for (var i = 0; i < household.Members.Count; i++)
        {
            var (role, person) = household.Members[i];
            var acquired = scheme.IsLateElderly ? LateAcquisition(ref random, person) : AcquisitionOf(ref random, role, person, headAcquired);
            if (scheme.IsLateElderly && i > 0)
            {
                (symbol, number, employer) = DrawNumber(ref random);
            }

            if (i > 0 && acquired >= allLost)
            {
                // Born or married into the family after it had left.
                continue;
            }

            var membership = new Membership
            {
                Person = person,
                Role = role,
                Head = head,
                Address = household.Address,
                HouseholdId = $"H{households:0000000}",
                Symbol = symbol,
                Number = number,
                Branch = BranchOf(i),
                Employer = employer,
                AcquiredOn = acquired,
                Standing = standing,
            };
            if (renumberedOn is { } day && acquired < day)
            {
                into.Add(membership with { Symbol = oldSymbol, Number = oldNumber, Employer = oldEmployer, LostOn = day, LossReason = "99" });
                membership = membership with { AcquiredOn = day, Previous = (oldSymbol, oldNumber, membership.Branch) };
            }

            into.Add(End(ref random, membership, allLost, allReason));
        }
    }

    /// <summary>記号, 番号 and employer of a new member or family.</summary>
    public (string Symbol, string Number, Employer? Employer) DrawNumber(ref SeededRandom random)
    {
        if (scheme.IsEmployees)
        {
            var at = random.Below(employers.Length);
            var serial = ++lastNumber[at];

            // Leading zeros count: some employers print them.
            return (employers[at].Symbol, at % 3 == 0 ? $"{serial:0000}" : $"{serial}", employers[at]);
        }

        numbers++;
        return scheme.IsKokuho
            ? (random.Of(["見本", "例示１", "例示２", "12"]), $"{1_000_000 + numbers}", null)
            : ("", LateNumber(numbers), null);
    }

    // Eight digits with a check digit, personal, no 記号 (BKO-9).
    private static string LateNumber(int serial)
    {
        var seven = $"{1_000_000 + serial}";
        return seven + Rules.Numbers.InsurerNumber.CheckDigit(seven);
    }

    private DateOnly LateAcquisition(ref SeededRandom random, Person person)
    {
        var seventyFive = JapanCalendar.Birthday(person.Birthdate, 75);
        if (seventyFive <= asOf)
        {
            return Days.Later(seventyFive, LateElderlyBegan);
        }

        // Below 75 only by certified disability, from 65.
        return Days.Between(ref random, JapanCalendar.Birthday(person.Birthdate, 65), asOf);
    }

    private string BranchOf(int place) => scheme switch
    {
        { IsLateElderly: true } => "",
        { IsKokuho: true } => $"{place + 1:00}",
        _ => $"{place:00}",
    };

    private DateOnly DrawAcquisition(ref SeededRandom random, Person head)
    {
        var earliest = scheme.IsKokuho && random.PerMyriad(4000)
            ? JapanCalendar.Birthday(head.Birthdate, Math.Min(60, JapanCalendar.AgeByBirthday(head.Birthdate, asOf)))
            : JapanCalendar.Birthday(head.Birthdate, 18);

        // Of two draws the later one: more people have come lately than long ago.
        var day = Days.Later(Days.Between(ref random, earliest, asOf), Days.Between(ref random, earliest, asOf));
        if (scheme.IsEmployees && random.PerMyriad(6000))
        {
            var april = new DateOnly(day.Year, 4, 1);
            day = april >= earliest && april <= asOf ? april : day;
        }

        return day;
    }

    private DateOnly AcquisitionOf(ref SeededRandom random, Role role, Person person, DateOnly head) => role switch
    {
        Role.Child => Days.Later(head, person.Birthdate),
        Role.Spouse => Days.Later(head, Days.Between(ref random, JapanCalendar.Birthday(person.Birthdate, 20), asOf.AddDays(-1))),
        Role.Parent => Days.Between(ref random, head, asOf),
        _ => head,
    };

    // Three households in a hundred have left in the last years; a few more are known to leave soon.
    private (DateOnly? On, string? Reason) DrawLoss(ref SeededRandom random, DateOnly acquired)
    {
        if (scheme.IsLateElderly)
        {
            return (null, null);
        }

        if (random.PerMyriad(300))
        {
            return (Days.Between(ref random, Days.Later(acquired.AddDays(1), asOf.AddDays(-1100)), asOf), random.Below(20) switch { 0 => "02", < 14 => "03", _ => "99" });
        }

        return random.PerMyriad(20) ? (asOf.AddDays(random.Between(1, 60)), "99") : (null, null);
    }

    private Membership End(ref SeededRandom random, Membership membership, DateOnly? allLost, string? allReason)
    {
        var age = JapanCalendar.AgeByBirthday(membership.Person.Birthdate, asOf);
        var died = random.PerMyriad(age switch { < 60 => 8, < 75 => 70, < 85 => 250, _ => 700 });
        var (lost, reason) = died
            ? (Days.Between(ref random, Days.Later(membership.AcquiredOn.AddDays(1), asOf.AddDays(-700)), asOf), "01")
            : (allLost, allReason);
        return lost > membership.AcquiredOn ? membership with { LostOn = lost, LossReason = reason } : membership;
    }
}
