using Platform.Rules;
using Platform.Rules.Answers;

namespace Platform.Cli.Generate;

/// <summary>Turns a membership into lines of the member file.</summary>
internal sealed class LineMaker(Scheme scheme, DateOnly asOf, MemberFileWriter writer)
{
    private readonly MemberLine line = new();

    public void Write(ref SeededRandom random, Membership member)
    {
        if (random.PerMyriad(5) && !scheme.IsLateElderly)
        {
            WriteCancelled(ref random, member);
        }

        var corrected = random.PerMyriad(10);
        WriteFull(ref random, member, "ACQUIRE", corrected ? "ミステイク　カナ" : null);
        if (corrected)
        {
            WriteFull(ref random, member, "CORRECT", null);
        }

        var end = member.LostOn ?? DateOnly.MaxValue;
        WriteSeventyBand(ref random, member, end);
        if (random.PerMyriad(90))
        {
            WriteMove(ref random, member, end);
        }

        if (member.LostOn is { } lost)
        {
            Begin("LOSE", lost, member);
            line[Column.LossReason] = member.LossReason;
            writer.Write(line);
        }
    }

    private void WriteFull(ref SeededRandom random, Membership member, string @event, string? mistakenKana)
    {
        var person = member.Person;
        var day = member.AcquiredOn;
        Begin(@event, day, member);
        if (member.Previous is { } previous)
        {
            line[Column.PreviousInsurerNumber] = scheme.Insurer.Value;
            line[Column.PreviousSymbol] = previous.Symbol;
            line[Column.PreviousNumber] = previous.Number;
            line[Column.PreviousBranch] = previous.Branch;
        }

        line[Column.IndividualNumber] = random.PerMyriad(40) ? null : person.IndividualNumber;
        line[Column.Name] = person.FullName;
        line[Column.NameKana] = mistakenKana ?? person.FullKana;
        line[Column.NameOther] = person.Other?.Kanji;
        line[Column.NameOtherKana] = person.Other?.Kana;
        line[Column.Sex] = person.Sex == 1 ? "1" : "2";
        line[Column.PostalCode] = member.Address.PostalCode;
        line[Column.Address] = member.Address.Text;
        line[Column.CardClass] = scheme.CardClass ?? (member.Role == Role.Head && (scheme.IsKokuho || scheme.IsLateElderly) && random.PerMyriad(25) ? "05" : null);
        line[Column.Residence] = random.PerMyriad(6) ? "ABROAD" : null;
        line.Set(Column.StayUntil, person.StayUntil);
        line[Column.HouseholdId] = member.HouseholdId;
        line[Column.HouseholdHead] = member.Role == Role.Head ? "1" : "0";
        WriteEmployment(ref random, member);
        WriteReceipt(ref random, day);
        WriteFlags(ref random, member);
        if (scheme.IsLateElderly)
        {
            WriteLateElderly(member);
        }
        else if (day >= CopayRules.SeventiesFrom(person.Birthdate))
        {
            WriteElderly(member, day);
        }

        WriteLimit(ref random, member, AgeBandAt(member, day), day);
        WriteDisease(ref random, member);
        WritePaper(ref random, member);
        writer.Write(line);
    }

    private void Begin(string @event, DateOnly on, Membership member)
    {
        line.Clear();
        line[Column.Event] = @event;
        line.Set(Column.EffectiveOn, on);
        line[Column.InsurerNumber] = scheme.Insurer.Value;
        line[Column.Symbol] = member.Symbol;
        line[Column.Number] = member.Number;
        line[Column.Branch] = member.Branch;
        var family = member.Role != Role.Head && !scheme.IsLateElderly;
        line[Column.Relationship] = family ? "2" : "1";
        line[Column.InsuredName] = family ? member.Head.FullName : null;
        line.Set(Column.Birthdate, member.Person.Birthdate);
    }

    private void WriteEmployment(ref SeededRandom random, Membership member)
    {
        if (member.Employer is not { } employer)
        {
            return;
        }

        line[Column.EmployerCode] = employer.Code;
        line[Column.EmployerName] = employer.Name;
        line[Column.Delivery] = random.PerMyriad(7000) ? "EMPLOYER" : null;
        if (member.Role == Role.Head && member.AcquiredOn > asOf.AddYears(-2) && JapanCalendar.AgeByBirthday(member.Person.Birthdate, asOf) >= 55 && random.PerMyriad(1500))
        {
            line[Column.Delivery] = null;
            line.Set(Column.VoluntaryUntil, member.AcquiredOn.AddYears(2).AddDays(-1));
        }
    }

    // BKO-3: the report reached the insurer within five days, sometimes later. Of what is long in the system nobody tells the day any more.
    private void WriteReceipt(ref SeededRandom random, DateOnly day)
    {
        if (day > asOf.AddDays(-30) && day <= asOf)
        {
            var daysToReport = random.PerMyriad(1000) ? random.Between(6, 20) : random.Between(0, 5);
            line.Set(Column.ReceivedOn, Days.Earlier(asOf, day.AddDays(daysToReport)));
        }
    }

    private void WriteFlags(ref SeededRandom random, Membership member)
    {
        if (random.PerMyriad(8))
        {
            line[Column.AddressHidden] = "1";
            line[Column.SelfInfoBlocked] = random.PerMyriad(3000) ? "1" : null;
        }

        line[Column.JlisStatus] = random.Below(10_000) switch { < 8 => "MISMATCH", < 20 => "UNCHECKED", _ => null };
        line[Column.AssistanceNeeded] = random.PerMyriad(JapanCalendar.AgeByBirthday(member.Person.Birthdate, asOf) >= 75 ? 400 : 30) ? "1" : null;
        var age = JapanCalendar.AgeByBirthday(member.Person.Birthdate, asOf);
        if (scheme.IsKokuho && age is >= 19 and <= 22 && random.PerMyriad(500))
        {
            line.Set(Column.GraduationOn, JapanCalendar.March31OnOrAfter(asOf));
        }
    }

    // 高齢受給者証: in the acquisition line for who joins after 70, else a CHANGE on the day the band begins.
    private void WriteSeventyBand(ref SeededRandom random, Membership member, DateOnly end)
    {
        var start = CopayRules.SeventiesFrom(member.Person.Birthdate);
        if (scheme.IsLateElderly || start > asOf || member.AcquiredOn >= start || start >= end)
        {
            return;
        }

        var last = Days.Earlier(end, JapanCalendar.Birthday(member.Person.Birthdate, 75)).AddDays(-1);
        var day = Days.Later(start, Days.IncomeYearStart(Days.Earlier(asOf, last)));
        Begin("CHANGE", day, member);
        WriteElderly(member, day);
        WriteLimit(ref random, member, AgeBand.SeventyOrOver, day);
        writer.Write(line);
    }

    private void WriteElderly(Membership member, DateOnly day)
    {
        var (from, to) = CurrentYear(member, day);
        line[Column.CopayRatio] = member.Standing >= 8 ? "030" : "020";
        line.Set(Column.CopayFrom, from);
        line.Set(Column.CopayTo, to);
        line.Set(Column.ElderlyIssuedOn, from);
        line.Set(Column.ElderlyFrom, from);
        line.Set(Column.ElderlyTo, to);
    }

    private void WriteLateElderly(Membership member)
    {
        var (from, to) = CurrentYear(member, member.AcquiredOn);
        line[Column.LateElderlyReason] = member.AcquiredOn < JapanCalendar.Birthday(member.Person.Birthdate, 75) ? "DISABILITY" : "AGE";
        line[Column.CopayRatio] = member.Standing switch { 9 => "030", >= 7 => "020", _ => "010" };
        line.Set(Column.CopayFrom, from);
        line.Set(Column.CopayTo, to);
    }

    // The income year that runs now, cut at the day of the line and, below 75, at the day before the 75th birthday.
    private (DateOnly From, DateOnly To) CurrentYear(Membership member, DateOnly day)
    {
        var last = scheme.IsLateElderly ? DateOnly.MaxValue : JapanCalendar.Birthday(member.Person.Birthdate, 75).AddDays(-1);
        var now = Days.Later(day, Days.Earlier(Days.Earlier(asOf, last), member.LostOn?.AddDays(-1) ?? asOf));
        var from = Days.Later(day, Days.IncomeYearStart(now));
        return (from, Days.Earlier(Days.IncomeYearEnd(from), last));
    }

    private AgeBand AgeBandAt(Membership member, DateOnly day) => scheme.IsLateElderly ? AgeBand.LateElderly
        : day >= CopayRules.SeventiesFrom(member.Person.Birthdate) ? AgeBand.SeventyOrOver : AgeBand.BelowSeventy;

    private void WriteLimit(ref SeededRandom random, Membership member, AgeBand band, DateOnly day)
    {
        if (!random.PerMyriad(band == AgeBand.BelowSeventy ? 900 : 2500) || LimitOf(member.Standing, band) is not { } limit)
        {
            return;
        }

        var (from, to) = CurrentYear(member, day);
        if (band == AgeBand.BelowSeventy)
        {
            var last = CopayRules.SeventiesFrom(member.Person.Birthdate).AddDays(-1);
            if (last < from)
            {
                return;
            }

            to = Days.Earlier(to, last);
        }

        (line[Column.LimitClass], line[Column.LimitCategory]) = limit;
        line.Set(Column.LimitIssuedOn, from);
        line.Set(Column.LimitFrom, from);
        line.Set(Column.LimitTo, to);
        line.Set(Column.LimitLongTermOn, limit.Class == "02" && random.PerMyriad(500) ? from : null);
    }

    private static (string Class, string Category)? LimitOf(int standing, AgeBand band) => (band, standing) switch
    {
        (AgeBand.BelowSeventy, 0) => ("02", "A05"),
        (AgeBand.BelowSeventy, <= 4) => ("01", "A04"),
        (AgeBand.BelowSeventy, <= 7) => ("01", "A03"),
        (AgeBand.BelowSeventy, 8) => ("01", "A02"),
        (AgeBand.BelowSeventy, _) => ("01", "A01"),
        (AgeBand.SeventyOrOver, 0) => ("02", "B06"),
        (AgeBand.SeventyOrOver, <= 2) => ("02", "B05"),
        (AgeBand.SeventyOrOver, 8) => ("01", "B03"),
        (AgeBand.SeventyOrOver, 9) => ("01", "B02"),
        (AgeBand.LateElderly, 0) => ("02", "B07"),
        (AgeBand.LateElderly, 1) => ("02", "B06"),
        (AgeBand.LateElderly, <= 3) => ("02", "B05"),
        (AgeBand.LateElderly, 9) => ("01", "B03"),
        _ => null,
    };

    private void WriteDisease(ref SeededRandom random, Membership member)
    {
        if (!random.PerMyriad(JapanCalendar.AgeByBirthday(member.Person.Birthdate, asOf) >= 50 ? 60 : 8))
        {
            return;
        }

        var category = random.Below(20) switch { 0 => "3", 1 => "2", _ => "1" };
        var from = Days.Between(ref random, Days.Later(member.AcquiredOn, asOf.AddYears(-6)), member.LostOn?.AddDays(-1) ?? Days.Later(asOf, member.AcquiredOn));

        // HCE-7: the double amount for dialysis below 70 in the two highest categories.
        var doubled = category == "1" && member.Standing >= 8 && !scheme.IsLateElderly && from < CopayRules.SeventiesFrom(member.Person.Birthdate);
        line[Column.DiseaseCategory] = category;
        line.Set(Column.DiseaseIssuedOn, from);
        line.Set(Column.DiseaseFrom, from);
        line[Column.DiseaseSelfPay] = doubled ? "20000" : "10000";
    }

    // A printed 資格確認書 for one in six: to 31 July, at the latest the day before 75.
    private void WritePaper(ref SeededRandom random, Membership member)
    {
        if (!random.PerMyriad(scheme.IsLateElderly ? 6000 : 1600))
        {
            return;
        }

        var (from, to) = CurrentYear(member, member.AcquiredOn);
        line.Set(Column.IssuedOn, from);
        line.Set(Column.ValidFrom, from);
        line.Set(Column.ValidTo, to);
    }

    private void WriteMove(ref SeededRandom random, Membership member, DateOnly end)
    {
        var last = Days.Earlier(asOf, end.AddDays(-1));
        var first = Days.Later(member.AcquiredOn.AddDays(1), asOf.AddYears(-2));
        if (first >= last)
        {
            return;
        }

        var day = Days.Between(ref random, first, last);
        var address = Places.Draw(ref random, scheme.Insurer.Prefecture, scheme.IsMunicipal);
        if (day == CopayRules.SeventiesFrom(member.Person.Birthdate) || day is { Month: 8, Day: 1 })
        {
            // The ratio's CHANGE may stand on that day, and one day holds one CHANGE.
            return;
        }

        Begin("CHANGE", day, member);
        line[Column.PostalCode] = address.PostalCode;
        line[Column.Address] = address.Text;
        writer.Write(line);
    }

    // A period that never existed: acquired under a number of its own, then cancelled.
    private void WriteCancelled(ref SeededRandom random, Membership member)
    {
        var phantom = member with { Number = "9000" + member.Number, Previous = null, LostOn = null };
        WriteFull(ref random, phantom, "ACQUIRE", null);
        Begin("CANCEL", phantom.AcquiredOn, phantom);
        writer.Write(line);
    }

    private enum AgeBand
    {
        BelowSeventy,
        SeventyOrOver,
        LateElderly,
    }
}
