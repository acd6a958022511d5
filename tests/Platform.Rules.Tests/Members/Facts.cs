using Platform.Rules.Members;
using Platform.Rules.Numbers;
using static Platform.Rules.Tests.Answers.Person;

namespace Platform.Rules.Tests.Members;

/// <summary>Facts of one person, in the order of their arrival; a test states only what matters to it.</summary>
internal sealed class Facts
{
    private readonly List<MemberFact> facts = [];

    public static DateTimeOffset At(long arrival) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(arrival);

    public static MemberEvent Event(MemberEventKind kind, string on, string insurer = Society, string number = "1024") => new()
    {
        Event = kind,
        EffectiveOn = D(on),
        InsurerNumber = InsurerNumber.FromStored(insurer),
        Symbol = "江中",
        SymbolKey = "江中",
        Number = number,
        Branch = "00",
        Relationship = Relationship.Insured,
        Birthdate = Born,
        LossReason = kind == MemberEventKind.Lose ? LossReason.Other : LossReason.Unspecified,
    };

    public Facts Acquire(string on, string name = "花子", string insurer = Society, string number = "1024") =>
        Add(Event(MemberEventKind.Acquire, on, insurer, number) with { Name = name, Sex = Sex.Female, Address = "旧住所" });

    public Facts Lose(string on, LossReason reason = LossReason.Other, string insurer = Society) =>
        Add(Event(MemberEventKind.Lose, on, insurer) with { LossReason = reason });

    public Facts Correct(string on, string name = "訂正") => Add(Event(MemberEventKind.Correct, on) with { Name = name, Sex = Sex.Female });

    public Facts Cancel(string on) => Add(Event(MemberEventKind.Cancel, on));

    public Facts Change(string on, Func<MemberEvent, MemberEvent> said) => Add(said(Event(MemberEventKind.Change, on)));

    public Facts Add(MemberEvent said)
    {
        facts.Add(new MemberFact(said, facts.Count + 1, At(facts.Count + 1)));
        return this;
    }

    public IReadOnlyList<MemberFact> All => facts;

    public PersonState Fold() => PersonFold.Fold(facts);
}
