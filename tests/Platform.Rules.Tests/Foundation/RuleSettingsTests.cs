namespace Platform.Rules.Tests.Foundation;

public class RuleSettingsTests
{
    // Section 11, with an alternative for each key; Elig.OverlapWinner has none.
    public static readonly TheoryData<string, string, string?> Keys = new()
    {
        { "ExpiredCardTolerance.Start", "2025-08-01", "2025-12-02" },
        { "ExpiredCardTolerance.StartOthers", "2025-12-02", "2025-08-01" },
        { "ExpiredCardTolerance.EndDate", "2026-03-31", "2026-07-31" },
        { "Grace.OnCardExpiry", "false", "true" },
        { "Renewal.FirstDayOffset", "0", "1" },
        { "Renewal.PropagationDelay", "24", "48" },
        { "Card.AgeBasis", "Application", "Issue" },
        { "Birthday.Feb29", "February28", "March1" },
        { "Deregistration.EffectiveRule", "EndOfNextMonth", "InsurerReportedDate" },
        { "Deregistration.WhilePending", "Reject", "CancelLift" },
        { "ReRegistration.AfterLift", "Required", "NotRequired" },
        { "ReRegistration.AfterReissue", "NotRequired", "Required" },
        { "ExOfficio.OnCertExpiry", "ExOfficio", "OnApplication" },
        { "ExOfficio.Suspended", "false", "true" },
        { "Notice.Audience", "HoldersOnly", "AllMembers" },
        { "NewMember.Certificate", "ExOfficio", "OnApplication" },
        { "Late.AgeAll", "85", "90" },
        { "Late.UseThreshold12m", "6", "0" },
        { "Late.UseThreshold3m", "1", "0" },
        { "Late.AgeBasis", "Birthday", "AttainingAge" },
        { "Late.UseReferenceDay", "05-31", "02-29" },
        { "Late.KokuhoLossAt75", "Birthday", "DayAfter" },
        { "Certificate.MaxYears", "5", "3" },
        { "Consent.Lifetime", "24", "48" },
        { "Consent.EndInclusive", "false", "true" },
        { "Retention.Drug", "5", "3" },
        { "Retention.Diagnosis", "5", "3" },
        { "Retention.CostNotice", "5", "3" },
        { "Hce.Rounding", "HalfUp", "Truncate" },
        { "Hce.AnnualCapAtCounter", "false", "true" },
        { "Elig.OverlapWinner", "LatestAcquisition", null },
        { "Elig.BetweenInsurersDays", "20", "10" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Key_HasItsDefault_AndTakesItsAlternative(string key, string standard, string? alternative)
    {
        var definition = RuleSettingKeys.All.Single(candidate => candidate.Key == key);
        definition.Read(RuleSettings.Default).ShouldBe(standard);
        if (alternative is null)
        {
            return;
        }

        RuleSettingKeys.TryRead([new(key, alternative)], out var settings, out _).ShouldBeTrue();

        definition.Read(settings).ShouldBe(alternative);
        foreach (var other in RuleSettingKeys.All.Where(candidate => candidate.Key != key))
        {
            other.Read(settings).ShouldBe(other.Read(RuleSettings.Default));
        }
    }

    [Fact]
    public void EveryKey_IsInTheTable() => RuleSettingKeys.All.Select(key => key.Key).ShouldBe(Keys.Select(row => row.Data.Item1), ignoreOrder: true);

    [Fact]
    public void Readme_ListsEveryKeyAsItIs() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "RulesReadme.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Count(c => c == '|') == 5)
            .ShouldBe(RuleSettingKeys.All.Select(key => $"| `{key.Key}` | {key.Read(RuleSettings.Default)} | {key.RuleId} | {key.Form} |"));

    [Theory]
    [InlineData("Elig.BetweenInsurerDays", "20")]
    [InlineData("Elig.BetweenInsurersDays", "-1")]
    [InlineData("Elig.BetweenInsurersDays", "twenty")]
    [InlineData("ExpiredCardTolerance.EndDate", "2026-02-30")]
    [InlineData("Grace.OnCardExpiry", "yes")]
    [InlineData("Card.AgeBasis", "1")]
    [InlineData("Renewal.FirstDayOffset", "2")]
    [InlineData("Late.UseReferenceDay", "02-30")]
    [InlineData("Consent.Lifetime", "0")]
    [InlineData("Certificate.MaxYears", "6")]
    public void MisspeltOverride_IsRefused(string key, string value)
    {
        RuleSettingKeys.TryRead([new(key, value)], out var settings, out var faults).ShouldBeFalse();

        settings.ShouldBeNull();
        faults.Single().Key.ShouldBe(key);
    }
}
