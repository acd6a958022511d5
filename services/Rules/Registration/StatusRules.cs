namespace Platform.Rules.Registration;

/// <summary>Who asks whether a person is registered.</summary>
public enum StatusViewer : byte
{
    /// <summary>The person, in マイナポータル.</summary>
    Person,

    /// <summary>The person's current insurer.</summary>
    CurrentInsurer,
    OtherInsurer,

    /// <summary>The municipal window, for a person who cannot look themselves.</summary>
    MunicipalWindow,

    /// <summary>A clinic or pharmacy learns it from the card it reads, never by asking.</summary>
    Institution,
}

/// <summary>What a viewer is shown.</summary>
public enum StatusView : byte
{
    Nothing,

    /// <summary>Only that viewing is restricted (MYP-6).</summary>
    Restricted,
    Status,
}

/// <summary>Who may see the status, whichever channel the registration was made through.</summary>
public static class StatusRules
{
    [Rule(RuleIds.Reg9)]
    [Rule(RuleIds.Elg36)]
    public static StatusView For(StatusViewer viewer, bool blocked) => viewer switch
    {
        StatusViewer.CurrentInsurer => StatusView.Status,
        StatusViewer.Person or StatusViewer.MunicipalWindow => blocked ? StatusView.Restricted : StatusView.Status,
        _ => StatusView.Nothing,
    };
}
