using Platform.BuildingBlocks.Ids;
using Platform.BuildingBlocks.Messaging;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;

namespace Platform.Eligibility.Members;

/// <summary>What leaves on coverage.v1: the full published state of changed persons, ids, codes and dates only.</summary>
internal static class CoverageEvents
{
    public const string Topic = "coverage.v1";

    // Keeps a message well below the limits of brokers.
    private const int PersonsInMessage = 200;

    public static List<OutgoingEvent> For(IReadOnlyList<PersonWork> persons, PersonMatcher matcher, DateOnly today, string ruleset)
    {
        var events = new List<OutgoingEvent>();
        var message = new CoverageChanged();
        foreach (var person in persons)
        {
            if (person.MergedInto is not null)
            {
                // PersonsMerged says it.
                continue;
            }

            message.Persons.Add(Published(person, today));
            if (message.Persons.Count == PersonsInMessage)
            {
                events.Add(Of(message, ruleset));
                message = new CoverageChanged();
            }
        }

        if (message.Persons.Count > 0)
        {
            events.Add(Of(message, ruleset));
        }

        foreach (var (gone, kept) in matcher.Merges)
        {
            var merged = new PersonsMerged { GonePersonId = Ulid.Format(gone.PersonId), KeptPersonId = Ulid.Format(kept.Current.PersonId) };
            events.Add(new OutgoingEvent(Topic, merged.GonePersonId, gone.Version, merged, ruleset));
        }

        foreach (var (gone, kept, _) in matcher.Splits)
        {
            // Its new state is published too; the separation has the version before it, so that neither hides the other.
            var separated = new PersonsSeparated { GonePersonId = Ulid.Format(gone.PersonId), KeptPersonId = Ulid.Format(kept.PersonId) };
            events.Insert(0, new OutgoingEvent(Topic, separated.GonePersonId, gone.Version - 1, separated, ruleset));
        }

        return events;
    }

    /// <summary>About one person the event names its subject; about several each carries its own version.</summary>
    private static OutgoingEvent Of(CoverageChanged message, string ruleset) => message.Persons.Count == 1
        ? new OutgoingEvent(Topic, message.Persons[0].PersonId, message.Persons[0].SubjectVersion, message, ruleset)
        : new OutgoingEvent(Topic, "", 0, message, ruleset);

    private static PublishedCoverage Published(PersonWork person, DateOnly today)
    {
        var protection = person.State.ProtectionOn(today);
        var published = new PublishedCoverage
        {
            PersonId = Ulid.Format(person.PersonId),
            SubjectVersion = person.Version,
            AddressHidden = protection.HasFlag(Protection.AddressHidden),
            SelfInfoBlocked = protection.HasFlag(Protection.SelfInfoBlocked),
        };
        foreach (var period in person.State.Periods.AsSpan())
        {
            var one = new PublishedPeriod
            {
                InsurerNumber = period.InsurerNumber.Value,
                AcquiredOn = ProtoDates.ToProto(period.AcquiredOn),
                LossReason = period.LossReason.Code(),
            };
            if (period.LostOn is { } lost)
            {
                one.LostOn = ProtoDates.ToProto(lost);
            }

            published.Periods.Add(one);
            published.Deceased |= period.LossReason == LossReason.Death;
            published.Birthdate = ProtoDates.ToProto(period.Birthdate);
        }

        return published;
    }
}
