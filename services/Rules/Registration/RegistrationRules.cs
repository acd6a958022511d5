using Platform.Rules.Certificates;
using Platform.Rules.Instruments;

namespace Platform.Rules.Registration;

/// <summary>Where 利用登録 is made.</summary>
public enum RegistrationChannel : byte
{
    /// <summary>マイナポータル on a phone, or on a PC with a card reader.</summary>
    Portal,
    Atm,

    /// <summary>The face-recognition reader of a clinic or pharmacy, possible on the very visit.</summary>
    Reader,

    /// <summary>Assisted, at the municipality.</summary>
    MunicipalWindow,
}

/// <summary>One attempt to register.</summary>
public sealed record RegistrationAttempt
{
    public required DateOnly Day { get; init; }

    public required RegistrationChannel Channel { get; init; }

    /// <summary>Null while only asked what would be possible: nothing is registered then.</summary>
    public ReaderVerdict? Verdict { get; init; }

    public required CardOnDay Card { get; init; }

    /// <summary>顔認証マイナンバーカード: a card without PIN.</summary>
    public bool FaceOnly { get; init; }

    /// <summary>False for cards of children under 1.</summary>
    public bool HasPhoto { get; init; } = true;

    public LockedSecrets Locked { get; init; }

    /// <summary>A legal representative acts, with the child's card.</summary>
    public bool ByRepresentative { get; init; }

    public required RegistrationHolding Holding { get; init; }

    /// <summary>Whether any current eligibility of the person is on file.</summary>
    public bool EligibilityOnFile { get; init; } = true;
}

/// <summary>The answer to an attempt.</summary>
public sealed record RegistrationDecision
{
    /// <summary>Whether the person is registered after it.</summary>
    public required bool Accepted { get; init; }

    public required string Reason { get; init; }

    public required IReadOnlyList<string> RuleIds { get; init; }

    /// <summary>The methods that would do here with this card.</summary>
    public required VerificationMethods Possible { get; init; }

    public required NextDesk Desk { get; init; }

    /// <summary>Unchanged where nothing was registered anew.</summary>
    public required RegistrationHolding Holding { get; init; }

    /// <summary>How many entries are left after a wrong one.</summary>
    public int? AttemptsLeft { get; init; }
}

/// <summary>Registering: who, where and with which card (2.1).</summary>
public static class RegistrationRules
{
    /// <summary>
    /// Decides an attempt. What is wrong with the person's protection or card comes first, then what the channel can do with the card, then the verdict,
    /// and at last the state: so nobody unverified learns of it.
    /// </summary>
    [Rule(RuleIds.Reg1)]
    [Rule(RuleIds.Reg2)]
    [Rule(RuleIds.Reg3)]
    [Rule(RuleIds.Reg6)]
    [Rule(RuleIds.Reg8)]
    [Rule(RuleIds.Reg10)]
    [Rule(RuleIds.Reg11)]
    [Rule(RuleIds.Reg12)]
    [Rule(RuleIds.Reg13)]
    [Rule(RuleIds.Reg35)]
    public static RegistrationDecision Decide(RegistrationAttempt attempt, RuleSettings settings)
    {
        var possible = Possible(attempt);
        if (Obstacle(attempt, possible) is { } obstacle)
        {
            return obstacle;
        }

        if (attempt.Verdict is not { } verdict)
        {
            return Refuse(attempt, possible, RegistrationReasons.VerificationNeeded, NextDesk.None, RuleIds.Reg3);
        }

        if (!verdict.Verified)
        {
            return Failed(attempt, possible, verdict);
        }

        var outcome = RegistrationStateRules.Register(attempt.Holding, attempt.Day, settings);
        var reason = outcome.Reason == RegistrationReasons.Registered && !attempt.EligibilityOnFile
            ? RegistrationReasons.RegisteredNoEligibility
            : outcome.Reason;
        return new RegistrationDecision
        {
            Accepted = outcome.Accepted,
            Reason = reason,
            RuleIds = reason == RegistrationReasons.RegisteredNoEligibility ? [.. outcome.RuleIds, RuleIds.Reg12] : outcome.RuleIds,
            Possible = possible,
            Desk = outcome.Accepted && attempt.EligibilityOnFile ? NextDesk.None : NextDesk.Insurer,
            Holding = outcome.Holding,
        };
    }

    /// <summary>The methods a channel offers for a card, by the matrix: the PIN everywhere, face and sight at a reader alone.</summary>
    [Rule(RuleIds.Reg3)]
    [Rule(RuleIds.Reg10)]
    [Rule(RuleIds.Reg13)]
    [Rule(RuleIds.Reg22)]
    public static VerificationMethods Possible(RegistrationAttempt attempt)
    {
        var methods = VerificationRules.AtReader(attempt.Locked);
        if (attempt.Channel != RegistrationChannel.Reader)
        {
            methods &= VerificationMethods.Pin;
        }

        if (attempt.FaceOnly)
        {
            methods &= ~VerificationMethods.Pin;
        }

        // The representative's face is not on the card, and at a reader the child is seen by the staff.
        if (!attempt.HasPhoto || attempt.ByRepresentative)
        {
            methods &= ~VerificationMethods.Face;
        }

        return methods;
    }

    private static RegistrationDecision? Obstacle(RegistrationAttempt attempt, VerificationMethods possible)
    {
        var card = attempt.Card;
        var atWindow = attempt.Channel == RegistrationChannel.MunicipalWindow;
        RegistrationDecision No(string reason, NextDesk desk, params string[] rules) => Refuse(attempt, possible, reason, desk, rules);

        if (card.Blocked)
        {
            return No(RegistrationReasons.Blocked, NextDesk.Insurer, RuleIds.Reg8, RuleIds.Elg36);
        }

        if (card.Returned)
        {
            return No(RegistrationReasons.CardReturned, NextDesk.Municipality, RuleIds.Reg37);
        }

        if (card.Suspended)
        {
            return No(RegistrationReasons.CardSuspended, NextDesk.Municipality, RuleIds.Crt15);
        }

        if (card.Revoked)
        {
            return No(RegistrationReasons.CertificateRevoked, NextDesk.Municipality, RuleIds.Reg11);
        }

        if (attempt.Day > card.CardExpiry)
        {
            return No(RegistrationReasons.CardExpired, NextDesk.Municipality, RuleIds.Reg11, RuleIds.Crt10);
        }

        if (!CertificateRules.IsValidOn(attempt.Day, card.CertificateExpiry, card.Revoked))
        {
            return No(atWindow ? RegistrationReasons.RenewFirst : RegistrationReasons.CertificateExpired, NextDesk.Municipality, RuleIds.Reg11);
        }

        if (attempt.FaceOnly && attempt.Channel != RegistrationChannel.Reader)
        {
            return No(RegistrationReasons.FaceOnlyCard, NextDesk.None, RuleIds.Reg10);
        }

        if (possible == VerificationMethods.None)
        {
            return No(atWindow ? RegistrationReasons.ResetPinFirst : RegistrationReasons.PinLocked, NextDesk.Municipality, RuleIds.Reg21);
        }

        if (attempt.Verdict is not { } verdict || (possible & Of(verdict.Method)) != 0 || verdict.Outcome == VerificationOutcome.Locked)
        {
            return null;
        }

        return verdict.Method == VerificationMethod.Face && !attempt.HasPhoto
            ? No(RegistrationReasons.NoPhoto, NextDesk.None, RuleIds.Crt17)
            : No(RegistrationReasons.MethodNotHere, NextDesk.None, RuleIds.Reg3);
    }

    private static RegistrationDecision Failed(RegistrationAttempt attempt, VerificationMethods possible, ReaderVerdict verdict)
    {
        string[] rules = verdict.Method switch
        {
            VerificationMethod.Pin => [RuleIds.Reg20, RuleIds.Reg21],
            VerificationMethod.Face => [RuleIds.Reg23],
            _ => [RuleIds.Reg3],
        };
        var locked = verdict is { Method: VerificationMethod.Pin, Outcome: VerificationOutcome.Locked };
        return Refuse(
            attempt,
            verdict.Outcome == VerificationOutcome.Locked ? possible & ~Of(verdict.Method) : possible,
            VerificationRules.ReasonOf(verdict),
            locked ? NextDesk.Municipality : NextDesk.None,
            rules) with
        {
            AttemptsLeft = verdict.AttemptsLeft,
        };
    }

    private static VerificationMethods Of(VerificationMethod method) => method switch
    {
        VerificationMethod.Pin => VerificationMethods.Pin,
        VerificationMethod.Face => VerificationMethods.Face,
        _ => VerificationMethods.Visual,
    };

    private static RegistrationDecision Refuse(
        RegistrationAttempt attempt, VerificationMethods possible, string reason, NextDesk desk, params string[] rules) => new()
    {
        Accepted = false,
        Reason = reason,
        RuleIds = rules,
        Possible = possible,
        Desk = desk,
        Holding = attempt.Holding,
    };
}
