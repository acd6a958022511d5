using Google.Protobuf.WellKnownTypes;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Fixtures;

/// <summary>Answers about fictional people, those of the sample messages among them.</summary>
internal static class Answers
{
    /// <summary>2026-04-10 09:15:03 in Japan.</summary>
    public static readonly DateTimeOffset AnsweredAt = new(2026, 4, 10, 9, 15, 3, TimeSpan.FromHours(9));

    public static Date Day(int year, int month, int day) => new() { Year = year, Month = month, Day = day };

    /// <summary>The answer of sample 01.</summary>
    public static CheckEligibilityResponse Valid(Action<EligibilityResult>? change = null)
    {
        var result = new EligibilityResult
        {
            CardClass = "01",
            InsurerNumber = "06990014",
            InsurerName = "見本健康保険組合",
            Symbol = "７７０",
            Number = "1001",
            Branch = "00",
            Relationship = 1,
            InsuredName = "見本 一郎",
            Name = "見本 一郎",
            NameKana = "ミホン イチロウ",
            Sex = 1,
            Birthdate = Day(1985, 6, 12),
            PostalCode = "0000001",
            Address = "架空県見本市例示町１－２－３",
            QualifiedOn = Day(2020, 4, 1),
            IssuedOn = Day(2020, 4, 1),
            CopayPercent = 30,
            LimitConsent = true,
            Limit = new LimitInformation
            {
                LimitClass = "01",
                Category = "A03",
                IssuedOn = Day(2025, 9, 1),
                ValidFrom = Day(2025, 9, 1),
                ValidTo = Day(2026, 8, 31),
            },
        };
        change?.Invoke(result);
        var answer = Empty(Validity.Valid, "ACTIVE");
        answer.Results.Add(result);
        return answer;
    }

    public static CheckEligibilityResponse Empty(Validity validity, string reason) => new()
    {
        Validity = validity,
        Reason = reason,
        Message = new LocalizedText { Ja = "説明。", En = "Message." },
        NextStep = reason == "ACTIVE" ? null : new LocalizedText { Ja = "次の手順。", En = "Next step." },
        Reasons = { new Reason { RuleId = "ELG-12", Text = new LocalizedText { Ja = "根拠", En = "ground" } } },
        ConfirmationDate = Day(2026, 4, 10),
        AnsweredAt = Timestamp.FromDateTimeOffset(AnsweredAt),
        DataVersion = 7,
        DataAge = new Duration(),
        ResultEncoding = "AS_REQUEST",
        Ruleset = "r1",
        AuditId = "01J0000000000000000000000A:1",
    };
}
