using Platform.Rules.Lines;
using Platform.Rules.Numbers;

namespace Platform.Rules.Members;

/// <summary>What a line is checked against besides itself.</summary>
public sealed record MemberLineContext
{
    /// <summary>The insurer the file belongs to; every line must be its own. Null for an event recorded by hand.</summary>
    public InsurerNumber? FileInsurer { get; init; }

    /// <summary>The Japan civil date of the business clock.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether prefecture 99 is taken (ELG-4).</summary>
    public bool AllowFictional { get; init; }

    public RuleSettings Settings { get; init; } = RuleSettings.Default;
}

/// <summary>
/// Turns lines of one member file into events, or says all that is wrong with them. The result depends on the line and the context only; an
/// instance remembers the strings of the line before, so it is used by one thread at a time.
/// </summary>
public sealed class MemberLineRules(MemberLineContext context)
{
    private readonly string?[] recent = new string?[MemberColumns.All.Count];
    private string lastSymbol = "";
    private string lastSymbolKey = "";

    /// <summary>An empty line to be filled.</summary>
    public static LineCells NewCells() => new(MemberColumns.All.Count);

    /// <summary>The event of a line; null when errors were added.</summary>
    [Rule(RuleIds.Bko1)]
    [Rule(RuleIds.Bko5)]
    public MemberEvent? Read(LineCells cells, List<LineError> errors)
    {
        var before = errors.Count;
        var kind = MemberLineFields.Kind(new LineReading(cells, MemberColumns.All, errors, recent, mayClear: false));
        var line = new LineReading(cells, MemberColumns.All, errors, recent, mayClear: kind is MemberEventKind.Change or MemberEventKind.Lose);
        var effectiveOn = line.RequiredDate(MemberColumns.EffectiveOn);
        var insurer = MemberLineFields.Insurer(line, context);
        var number = MemberLineFields.Number(line, MemberColumns.Number, insurer, required: true);
        var relationship = line.Digits(MemberColumns.Relationship, 1, MemberLineFields.OneTwo, clearable: false);
        var birthdate = line.RequiredDate(MemberColumns.Birthdate);
        if (line.Trimmed(MemberColumns.Relationship).IsEmpty)
        {
            line.Fail(MemberColumns.Relationship, LineCodes.Required);
        }

        var said = new MemberEvent
        {
            Event = kind,
            EffectiveOn = effectiveOn ?? default,
            InsurerNumber = insurer,
            Symbol = Symbol(line, MemberColumns.Symbol, insurer),
            SymbolKey = lastSymbolKey,
            Number = number,
            Branch = MemberLineFields.Branch(line, MemberColumns.Branch, insurer),
            Relationship = (Relationship)relationship.ValueOrDefault,
            Birthdate = birthdate ?? default,
            IndividualNumber = MemberLineFields.Individual(line),
            Name = line.Text(MemberColumns.Name, MemberLineFields.MaxName, clearable: false),
            NameKana = line.Kana(MemberColumns.NameKana, MemberLineFields.MaxName, clearable: false),
            NameOther = line.Text(MemberColumns.NameOther, MemberLineFields.MaxName),
            NameOtherKana = line.Kana(MemberColumns.NameOtherKana, MemberLineFields.MaxName),
            Sex = MemberLineFields.As<Sex>(line.Digits(MemberColumns.Sex, 1, MemberLineFields.OneToThree, clearable: false)),
            Sex2 = MemberLineFields.As<Sex>(line.Digits(MemberColumns.Sex2, 1, MemberLineFields.OneToThree)),
            PostalCode = MemberLineFields.PostalCode(line),
            Address = line.Text(MemberColumns.Address, MemberLineFields.MaxAddress),
            InsuredName = line.Text(MemberColumns.InsuredName, MemberLineFields.MaxName),
            CardClass = MemberLineFields.As<CardClass>(line.Digits(MemberColumns.CardClass, 2, MemberLineFields.CardClasses)),
            LossReason = (LossReason)line.Digits(MemberColumns.LossReason, 2, MemberLineFields.LossReasons, clearable: false).ValueOrDefault,
            CopayRatio = line.Digits(MemberColumns.CopayRatio, 3, MemberLineFields.CopayRatios),
            CopayFrom = line.Date(MemberColumns.CopayFrom),
            CopayTo = line.Date(MemberColumns.CopayTo),
            LateElderlyReason = MemberLineFields.As<LateElderlyReason>(line.Word(MemberColumns.LateElderlyReason, MemberLineFields.LateReasons)),
            ElderlyIssuedOn = line.Date(MemberColumns.ElderlyIssuedOn),
            ElderlyFrom = line.Date(MemberColumns.ElderlyFrom),
            ElderlyTo = line.Date(MemberColumns.ElderlyTo),
            LimitClass = MemberLineFields.As<LimitClass>(line.Digits(MemberColumns.LimitClass, 2, MemberLineFields.OneToThree)),
            LimitCategory = MemberLineFields.LimitCategory(line),
            LimitIssuedOn = line.Date(MemberColumns.LimitIssuedOn),
            LimitFrom = line.Date(MemberColumns.LimitFrom),
            LimitTo = line.Date(MemberColumns.LimitTo),
            LimitLongTermOn = line.Date(MemberColumns.LimitLongTermOn),
            DiseaseCategory = MemberLineFields.As<DiseaseCategory>(line.Digits(MemberColumns.DiseaseCategory, 1, MemberLineFields.OneToThree)),
            DiseaseIssuedOn = line.Date(MemberColumns.DiseaseIssuedOn),
            DiseaseFrom = line.Date(MemberColumns.DiseaseFrom),
            DiseaseTo = line.Date(MemberColumns.DiseaseTo),
            DiseaseSelfPay = line.Amount(MemberColumns.DiseaseSelfPay),
            IssuedOn = line.Date(MemberColumns.IssuedOn),
            ValidFrom = line.Date(MemberColumns.ValidFrom),
            ValidTo = line.Date(MemberColumns.ValidTo),
            ReceivedOn = line.Date(MemberColumns.ReceivedOn),
            HouseholdId = line.Text(MemberColumns.HouseholdId, MemberLineFields.MaxId),
            HouseholdHead = line.Flag(MemberColumns.HouseholdHead),
            EmployerCode = line.Text(MemberColumns.EmployerCode, MemberLineFields.MaxId),
            EmployerName = line.Text(MemberColumns.EmployerName, MemberLineFields.MaxName),
            VoluntaryUntil = line.Date(MemberColumns.VoluntaryUntil),
            Delivery = MemberLineFields.As<Delivery>(line.Word(MemberColumns.Delivery, MemberLineFields.Deliveries)),
            Residence = MemberLineFields.As<Residence>(line.Word(MemberColumns.Residence, MemberLineFields.Residences)),
            StayUntil = line.Date(MemberColumns.StayUntil),
            GraduationOn = line.Date(MemberColumns.GraduationOn),
            AddressHidden = line.Flag(MemberColumns.AddressHidden, clearable: false),
            SelfInfoBlocked = line.Flag(MemberColumns.SelfInfoBlocked, clearable: false),
            JlisStatus = MemberLineFields.As<JlisStatus>(line.Word(MemberColumns.JlisStatus, MemberLineFields.JlisStatuses, clearable: false)),
            AssistanceNeeded = line.Flag(MemberColumns.AssistanceNeeded),
        };
        said = Previous(line, said);

        // What holds between columns is judged only once the columns themselves are right.
        if (errors.Count == before)
        {
            MemberLineChecks.Check(line, said, context);
        }

        return errors.Count == before ? said : null;
    }

    /// <summary>Kept exactly as given; the key beside it in <see cref="lastSymbolKey"/>.</summary>
    private string Symbol(LineReading line, int column, InsurerNumber insurer)
    {
        var text = line[column];
        if (text.Trim().IsEmpty)
        {
            lastSymbol = lastSymbolKey = "";
            return "";
        }

        if (insurer.IsLateElderly)
        {
            line.Fail(column, LineCodes.SymbolNotAllowed);
            return "";
        }

        if (!line.IsTextValid(column, text, MemberLineFields.MaxSymbol))
        {
            return "";
        }

        var symbol = line.Kept(column, text);
        if (!ReferenceEquals(symbol, lastSymbol))
        {
            lastSymbol = symbol;
            lastSymbolKey = SymbolText.ToKey(symbol);
        }

        return symbol;
    }

    /// <summary>The older number: a number at least; without an insurer number it is this insurer's.</summary>
    [Rule(RuleIds.Bko9)]
    [Rule(RuleIds.Bko10)]
    private MemberEvent Previous(LineReading line, MemberEvent said)
    {
        if (line.IsEmpty(MemberColumns.PreviousInsurerNumber) && line.IsEmpty(MemberColumns.PreviousSymbol)
            && line.IsEmpty(MemberColumns.PreviousNumber) && line.IsEmpty(MemberColumns.PreviousBranch))
        {
            return said;
        }

        var insurer = said.InsurerNumber;
        var text = line.Trimmed(MemberColumns.PreviousInsurerNumber);
        if (!text.IsEmpty)
        {
            var fault = InsurerNumber.TryParse(text, context.AllowFictional, out insurer);
            if (fault != InsurerNumberFault.None)
            {
                line.Fail(MemberColumns.PreviousInsurerNumber, MemberLineFields.CodeOf(fault));
                return said;
            }
        }

        if (line.Trimmed(MemberColumns.PreviousNumber).IsEmpty)
        {
            line.Fail(MemberColumns.PreviousNumber, LineCodes.PreviousIncomplete);
            return said;
        }

        var symbol = line[MemberColumns.PreviousSymbol];
        if (!line.IsTextValid(MemberColumns.PreviousSymbol, symbol, MemberLineFields.MaxSymbol))
        {
            return said;
        }

        var identity = new InsuredIdentity(
            insurer,
            SymbolText.ToKey(symbol.ToString()),
            MemberLineFields.Number(line, MemberColumns.PreviousNumber, insurer, required: true),
            MemberLineFields.Branch(line, MemberColumns.PreviousBranch, insurer));
        if (identity == said.Identity)
        {
            line.Fail(MemberColumns.PreviousNumber, LineCodes.PreviousIsSame);
            return said;
        }

        return said with { Previous = identity };
    }
}
