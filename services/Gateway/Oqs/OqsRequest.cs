namespace Platform.Gateway.Oqs;

/// <summary>
/// A 資格確認要求 as it was sent; null where an element is absent. Values stand exactly as sent, blanks included, since the result echoes them. What was
/// read before a message proved unreadable is kept, so that its refusal can name the file it answers.
/// </summary>
internal sealed class OqsRequest
{
    public CharacterCode Code { get; set; }

    public string? ConfirmationDate { get; set; }

    public string? InstitutionCode { get; set; }

    public string? ArbitraryFileIdentifier { get; set; }

    public bool HasSearchInfo { get; set; }

    public string? InsurerNumber { get; set; }

    public string? Symbol { get; set; }

    public string? Number { get; set; }

    public string? Branch { get; set; }

    public string? Birthdate { get; set; }

    public string? LimitConsent { get; set; }

    public string? ArbitraryIdentifier { get; set; }
}
