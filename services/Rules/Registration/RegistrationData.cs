namespace Platform.Rules.Registration;

/// <summary>Days and counts of section 2.</summary>
internal static class RegistrationData
{
    /// <summary>Whether an application to lift a registration can be taken.</summary>
    public static readonly DatedTable<bool> LiftApplications = new(
        "registration.lift_applications",
        new DatedRow<bool>(RuleIds.Reg31, null, new DateOnly(2024, 10, 27), false, "W18, W19"),
        new DatedRow<bool>(RuleIds.Reg31, new DateOnly(2024, 10, 28), null, true, "W18, W19"));

    /// <summary>Wrong entries in a row that lock the four-digit PIN.</summary>
    public static readonly DatedTable<int> PinLimit = new("registration.pin_limit", new DatedRow<int>(RuleIds.Reg20, null, null, 3, "W31, W34, W35"));

    /// <summary>Failures in a row that lock the recognition of the face.</summary>
    public static readonly DatedTable<int> FaceLimit = new("registration.face_limit", new DatedRow<int>(RuleIds.Reg23, null, null, 10, "W34"));

    /// <summary>Wrong entries in a row that lock the password of the signing certificate.</summary>
    public static readonly DatedTable<int> SigningLimit = new("registration.signing_limit", new DatedRow<int>(RuleIds.Reg24, null, null, 5, "W36"));

    /// <summary>How many months the portal may lag behind a lift.</summary>
    public static readonly DatedTable<int> PortalLagMonths = new("registration.portal_lag_months", new DatedRow<int>(RuleIds.Reg32, null, null, 2, "W18, W19"));

    public static IEnumerable<IDatedTable> Tables => [LiftApplications, PinLimit, FaceLimit, SigningLimit, PortalLagMonths];
}
