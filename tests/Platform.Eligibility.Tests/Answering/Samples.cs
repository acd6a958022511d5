using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Tests.Answering;

/// <summary>A member and the question that finds it; tests change what matters to them.</summary>
internal static class Samples
{
    public static CoveragePeriod Period { get; } = new()
    {
        InsurerNumber = InsurerNumber.FromStored("06132013"),
        Symbol = "江中",
        SymbolKey = "江中",
        Number = "1024",
        Branch = "00",
        Birthdate = new DateOnly(1985, 5, 10),
        AcquiredOn = new DateOnly(2020, 4, 1),
        Segments =
        [
            new MemberSegment(new DateOnly(2020, 4, 1), new MemberAttributes
            {
                Relationship = Relationship.Insured,
                Name = "江中 太郎",
                NameKana = "エナカ タロウ",
                Sex = Sex.Male,
                PostalCode = "1000001",
                Address = "東京都千代田区1-1",
            }),
        ],
    };

    public static CheckEligibilityRequest Request() => new()
    {
        InstitutionCode = AnswerWorld.Institution,
        ConfirmationDate = new Date { Year = 2026, Month = 11, Day = 22 },
        InsuredNumber = new InsuredNumber
        {
            InsurerNumber = "06132013",
            Symbol = "江中",
            Number = "1024",
            Branch = "00",
            Birthdate = new Date { Year = 1985, Month = 5, Day = 10 },
        },
    };
}
