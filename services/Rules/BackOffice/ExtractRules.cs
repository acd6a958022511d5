using Platform.Rules.Members;

namespace Platform.Rules.BackOffice;

/// <summary>利用登録 as the extract sees it.</summary>
public enum RegistrationStanding : byte
{
    None,
    Active,
    PendingLift,
    Lifted,
}

/// <summary>Why a member is in the monthly extract to the insurer.</summary>
[Flags]
public enum ExtractReasons : byte
{
    None = 0,
    NotRegistered = 1,
    Lifted = 2,
    LeavingGrace = 4,
    Protected = 8,
}

/// <summary>The monthly extract that drives ex-officio issue.</summary>
public static class ExtractRules
{
    /// <summary>
    /// A member is in the extract of a month when not registered, lifted or about to be, when the card's certificate leaves grace by the end of the
    /// next month (a document takes about a month), or when protected.
    /// </summary>
    [Rule(RuleIds.Bko11)]
    public static ExtractReasons ReasonsFor(RegistrationStanding registration, DateOnly? graceEnd, Protection protection, DateOnly month)
    {
        var reasons = registration switch
        {
            RegistrationStanding.None => ExtractReasons.NotRegistered,
            RegistrationStanding.PendingLift or RegistrationStanding.Lifted => ExtractReasons.Lifted,
            _ => ExtractReasons.None,
        };
        if (graceEnd is { } end && end <= JapanCalendar.AddMonthsEom(month, 1))
        {
            reasons |= ExtractReasons.LeavingGrace;
        }

        return protection == Protection.None ? reasons : reasons | ExtractReasons.Protected;
    }
}
