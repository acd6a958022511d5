namespace Platform.Rules.Registration;

/// <summary>How the holder of a card is verified.</summary>
public enum VerificationMethod : byte
{
    /// <summary>The four digits of the 利用者証明用 certificate, entered into the reader and never sent.</summary>
    Pin,
    Face,

    /// <summary>Staff compare the person with the card.</summary>
    Visual,
}

public enum VerificationOutcome : byte
{
    Ok,
    Wrong,
    Locked,
}

/// <summary>Secrets of a card that lock after failures in a row.</summary>
[Flags]
public enum LockedSecrets : byte
{
    None = 0,
    Pin = 1,
    Face = 2,

    /// <summary>The password of the signing certificate, which no clinic asks for.</summary>
    SigningPassword = 4,
}

[Flags]
public enum VerificationMethods : byte
{
    None = 0,
    Pin = 1,
    Face = 2,
    Visual = 4,
}

/// <summary>
/// All a service ever learns of a verification: the method and the reader's verdict. There is no place for the PIN itself.
/// </summary>
/// <param name="AttemptsLeft">How many entries are left, with a wrong one; null otherwise.</param>
[Rule(RuleIds.Reg25)]
public sealed record ReaderVerdict(VerificationMethod Method, VerificationOutcome Outcome, int? AttemptsLeft = null)
{
    public bool Verified => Outcome == VerificationOutcome.Ok;
}

/// <summary>Why a verification gives what it gives, or what is wrong with a verdict; stable, UPPER_SNAKE_CASE.</summary>
public static class VerificationReasons
{
    public const string Verified = "HOLDER_VERIFIED";
    public const string PinWrong = "PIN_WRONG";
    public const string PinLocked = "PIN_LOCKED";
    public const string FaceNotRecognized = "FACE_NOT_RECOGNIZED";
    public const string FaceLocked = "FACE_LOCKED";
    public const string NotThePerson = "HOLDER_NOT_CONFIRMED";

    public const string AttemptsMissing = "VERDICT_ATTEMPTS_MISSING";
    public const string AttemptsOutOfRange = "VERDICT_ATTEMPTS_OUT_OF_RANGE";
    public const string AttemptsUnexpected = "VERDICT_ATTEMPTS_UNEXPECTED";
    public const string OutcomeImpossible = "VERDICT_OUTCOME_IMPOSSIBLE";

    public static IReadOnlyList<string> All { get; } =
    [
        Verified, PinWrong, PinLocked, FaceNotRecognized, FaceLocked, NotThePerson, AttemptsMissing, AttemptsOutOfRange, AttemptsUnexpected,
        OutcomeImpossible,
    ];
}

/// <summary>Verdicts of readers and what they leave possible.</summary>
public static class VerificationRules
{
    /// <summary>Failures in a row that lock a method; null for the check by sight, which has no counter.</summary>
    [Rule(RuleIds.Reg20)]
    [Rule(RuleIds.Reg23)]
    public static int? LimitOn(VerificationMethod method, DateOnly day) => method switch
    {
        VerificationMethod.Pin => RegistrationData.PinLimit.At(day),
        VerificationMethod.Face => RegistrationData.FaceLimit.At(day),
        _ => null,
    };

    /// <summary>Failures in a row that lock the password of the signing certificate.</summary>
    [Rule(RuleIds.Reg24)]
    public static int SigningLimitOn(DateOnly day) => RegistrationData.SigningLimit.At(day);

    /// <summary>
    /// How the holder can still be verified at a reader. A locked PIN leaves face and sight, a locked face the PIN and sight; the signing certificate
    /// has nothing to do with it.
    /// </summary>
    [Rule(RuleIds.Reg22)]
    [Rule(RuleIds.Reg23)]
    [Rule(RuleIds.Reg24)]
    public static VerificationMethods AtReader(LockedSecrets locked) =>
        VerificationMethods.Visual
        | ((locked & LockedSecrets.Pin) == 0 ? VerificationMethods.Pin : VerificationMethods.None)
        | ((locked & LockedSecrets.Face) == 0 ? VerificationMethods.Face : VerificationMethods.None);

    /// <summary>What a verdict comes to.</summary>
    [Rule(RuleIds.Reg20)]
    [Rule(RuleIds.Reg21)]
    [Rule(RuleIds.Reg25)]
    public static string ReasonOf(ReaderVerdict verdict) => (verdict.Outcome, verdict.Method) switch
    {
        (VerificationOutcome.Ok, _) => VerificationReasons.Verified,
        (VerificationOutcome.Wrong, VerificationMethod.Pin) => VerificationReasons.PinWrong,
        (VerificationOutcome.Wrong, VerificationMethod.Face) => VerificationReasons.FaceNotRecognized,
        (VerificationOutcome.Locked, VerificationMethod.Pin) => VerificationReasons.PinLocked,
        (VerificationOutcome.Locked, VerificationMethod.Face) => VerificationReasons.FaceLocked,
        _ => VerificationReasons.NotThePerson,
    };

    /// <summary>Everything wrong with a verdict as it came from a reader.</summary>
    [Rule(RuleIds.Reg25)]
    public static IReadOnlyList<InputProblem> ProblemsOf(ReaderVerdict verdict, DateOnly day)
    {
        var limit = LimitOn(verdict.Method, day);
        if (verdict.Outcome == VerificationOutcome.Locked && limit is null)
        {
            return [new(VerificationReasons.OutcomeImpossible, "verdict.outcome")];
        }

        if (verdict.Outcome != VerificationOutcome.Wrong || limit is not { } most)
        {
            return verdict.AttemptsLeft is null or 0 ? [] : [new(VerificationReasons.AttemptsUnexpected, "verdict.attemptsLeft")];
        }

        // With the last failure the secret is locked and the verdict another.
        return verdict.AttemptsLeft switch
        {
            null => [new(VerificationReasons.AttemptsMissing, "verdict.attemptsLeft")],
            { } left when left < 1 || left >= most => [new(VerificationReasons.AttemptsOutOfRange, "verdict.attemptsLeft")],
            _ => [],
        };
    }
}

/// <summary>
/// The counters inside a card, as a stand-in for one keeps them: failures add up over days, places and services. Only a success of the same method
/// sets its counter back; a check by sight sets back none.
/// </summary>
public readonly record struct CardCounters(int PinFailures, int FaceFailures)
{
    /// <summary>The card after an attempt and the verdict it gives; a locked method fails whatever is entered.</summary>
    [Rule(RuleIds.Reg20)]
    [Rule(RuleIds.Reg22)]
    [Rule(RuleIds.Reg23)]
    public (CardCounters Card, ReaderVerdict Verdict) Try(VerificationMethod method, bool right, DateOnly day)
    {
        if (VerificationRules.LimitOn(method, day) is not { } limit)
        {
            return (this, new ReaderVerdict(method, right ? VerificationOutcome.Ok : VerificationOutcome.Wrong));
        }

        var failures = method == VerificationMethod.Pin ? PinFailures : FaceFailures;
        if (failures >= limit)
        {
            return (this, new ReaderVerdict(method, VerificationOutcome.Locked));
        }

        failures = right ? 0 : failures + 1;
        var card = method == VerificationMethod.Pin ? this with { PinFailures = failures } : this with { FaceFailures = failures };
        return (card, right
            ? new ReaderVerdict(method, VerificationOutcome.Ok)
            : failures >= limit
                ? new ReaderVerdict(method, VerificationOutcome.Locked)
                : new ReaderVerdict(method, VerificationOutcome.Wrong, limit - failures));
    }
}
