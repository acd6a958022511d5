using Platform.Rules;

namespace Platform.Cli.Generate;

/// <summary>Place of a person in the household as the insurer sees it.</summary>
internal enum Role
{
    Head,
    Spouse,
    Child,
    Parent,
}

internal sealed record Household(Address Address, List<(Role Role, Person Person)> Members);

/// <summary>Draws families: ages that fit each other, one surname (mostly), one address.</summary>
internal sealed class HouseholdMaker(Scheme scheme, ulong seed, DateOnly asOf)
{
    private readonly IndividualNumbers numbers = new(seed, scheme.Insurer.Value);
    private long persons;

    public Household Draw(ref SeededRandom random)
    {
        var address = Places.Draw(ref random, scheme.Insurer.Prefecture, scheme.IsMunicipal);
        var (from, to) = scheme.HeadAges.Pick(ref random);
        var age = random.Between(from, to);
        var sex = random.PerMyriad(scheme.IsEmployees && age >= 30 ? 6800 : scheme.IsLateElderly ? 4000 : 5200) ? 1 : 2;
        var members = new List<(Role Role, Person Person)>(6);
        if (!scheme.IsLateElderly && age < 65 && random.PerMyriad(220))
        {
            members.Add((Role.Head, FromAbroad(ref random, sex, age)));
            return new Household(address, members);
        }

        var surname = Names.Surnames.Pick(ref random);
        members.Add((Role.Head, Draw(ref random, sex, age, surname)));
        if (scheme.HasFamilies)
        {
            AddFamily(ref random, members, surname, sex, age);
        }
        else if (scheme.IsLateElderly && age >= 75 && random.PerMyriad(3800))
        {
            members.Add((Role.Spouse, Draw(ref random, 3 - sex, Math.Max(75, age + random.Between(-4, 4)), surname)));
        }

        return new Household(address, members);
    }

    private void AddFamily(ref SeededRandom random, List<(Role Role, Person Person)> members, Name surname, int headSex, int headAge)
    {
        var married = headAge >= 26 && random.PerMyriad(scheme.IsKokuho ? (headAge >= 55 ? 5600 : 3000) : (headSex == 1 ? 4600 : 900));
        var spouseAge = headAge + random.Between(-5, 3);
        if (married && spouseAge is >= 22 and <= 73)
        {
            members.Add((Role.Spouse, Draw(ref random, 3 - headSex, spouseAge, surname)));
        }

        // A mother is 22 to 41 at a birth; children of up to 22 years are covered with a parent.
        var motherAge = headSex == 2 ? headAge : spouseAge;
        var children = headAge is < 24 or > 60 ? 0 : random.Below(100) switch { < 38 => 0, < 66 => 1, < 93 => 2, _ => 3 };
        for (var i = 0; i < children; i++)
        {
            var childAge = motherAge - random.Between(22, 41);
            if (childAge is >= 0 and <= 22)
            {
                members.Add((Role.Child, Draw(ref random, random.Between(1, 2), childAge, surname)));
            }
        }

        if (headAge is >= 38 and <= 52 && random.PerMyriad(350))
        {
            members.Add((Role.Parent, Draw(ref random, random.PerMyriad(7500) ? 2 : 1, Math.Min(73, headAge + random.Between(22, 30)), surname)));
        }
    }

    private Person Draw(ref SeededRandom random, int sex, int age, Name surname)
    {
        var birthdate = BirthdateAt(ref random, age);
        return new Person
        {
            IndividualNumber = numbers.Of(persons++),
            Sex = sex,
            Birthdate = birthdate,
            Surname = surname,
            Given = Names.Given(ref random, sex, birthdate.Year),
        };
    }

    private Person FromAbroad(ref SeededRandom random, int sex, int age)
    {
        var (surname, surnameKana, given, givenKana) = random.Of(Names.Abroad);
        var birthdate = BirthdateAt(ref random, age);
        return new Person
        {
            IndividualNumber = numbers.Of(persons++),
            Sex = sex,
            Birthdate = birthdate,
            Surname = new Name(surname, surnameKana),
            Given = new Name(given, givenKana),
            Other = random.PerMyriad(6000) ? Alias(ref random, sex, birthdate.Year) : null,
            StayUntil = asOf.AddDays(random.Between(30, 1700)),
        };
    }

    private static Name Alias(ref SeededRandom random, int sex, int year)
    {
        var surname = Names.Surnames.Pick(ref random);
        var given = Names.Given(ref random, sex, year);
        return new Name(surname.Kanji + "　" + given.Kanji, surname.Kana + "　" + given.Kana);
    }

    // Someone of this age on the day of the population.
    private DateOnly BirthdateAt(ref SeededRandom random, int age)
    {
        var latest = JapanCalendar.BirthdayIn(asOf, asOf.Year - age);
        return latest.AddDays(-random.Below(365));
    }
}
