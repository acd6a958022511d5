namespace Platform.Rules.Texts;

/// <summary>One sentence or two in plain Japanese and English. The texts hold no personal data.</summary>
public sealed record BilingualText(string Ja, string En)
{
    public static BilingualText None { get; } = new("", "");

    /// <summary>Puts a day in place of <c>{0}</c>.</summary>
    public BilingualText With(DateOnly? day)
    {
        // Most texts hold no day, and each answer asks for several texts.
        if (!Ja.Contains("{0}", StringComparison.Ordinal))
        {
            return this;
        }

        var text = day?.ToString("yyyy-MM-dd") ?? "";
        return new BilingualText(Ja.Replace("{0}", text, StringComparison.Ordinal), En.Replace("{0}", text, StringComparison.Ordinal));
    }

    public override string ToString() => En;
}
