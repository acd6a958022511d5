using System.Net;
using System.Text.Json;
using Platform.Gateway.Tests.Fixtures;
using Platform.Protos.Common.V1;
using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Tests.Rest;

public sealed class CalculationTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task CopayRatio_IsAskedAndAnsweredWhole()
    {
        DecideCopayRatioRequest? asked = null;
        gateway.Fake.OnCopayRatio = request =>
        {
            asked = request;
            return new DecideCopayRatioResponse
            {
                RatioPercent = 20, From = Answers.Day(2026, 8, 1), To = Answers.Day(2027, 7, 31), IncomeYear = 2025,
                Reasons = { new Reason { RuleId = "ELG-32", Text = new LocalizedText { Ja = "二割", En = "20 %" } } },
                TaskId = "01M81YTN905C9FYVW85W9E6HMY",
            };
        };

        using var response = await gateway.PostJson(
            "/api/v1/copay-ratios/decisions",
            """{"date":"2026-11-22","scheme":"KOKUHO","members":[{"birthdate":"1955-01-02","taxableIncomeYen":1450000,"incomeAfterBasicDeductionYen":2,"incomeYen":3,"pensionAndOtherYen":4,"standardRemunerationYen":5,"formerKokuho":true,"disabilityCertified":true,"insured":true}],"insuredNumber":{"insurerNumber":"990010","symbol":"見","number":"12","birthdate":"1955-01-02"}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.ShouldBe(new DecideCopayRatioRequest
        {
            Date = Answers.Day(2026, 11, 22),
            Scheme = "KOKUHO",
            Members =
            {
                new HouseholdMember
                {
                    Birthdate = Answers.Day(1955, 1, 2), TaxableIncomeYen = 1450000, IncomeAfterBasicDeductionYen = 2, IncomeYen = 3,
                    PensionAndOtherYen = 4, StandardRemunerationYen = 5, FormerKokuho = true, DisabilityCertified = true, Insured = true,
                },
            },
            InsuredNumber = new InsuredNumber { InsurerNumber = "990010", Symbol = "見", Number = "12", Birthdate = Answers.Day(1955, 1, 2) },
        });
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
            """{"ratioPercent":20,"from":"2026-08-01","to":"2027-07-31","incomeYear":2025,"reasons":[{"rule":"ELG-32","ja":"二割","en":"20 %"}],"taskId":"01M81YTN905C9FYVW85W9E6HMY"}""");
    }

    [Fact]
    public async Task Ceiling_IsAskedAndAnsweredWhole()
    {
        QuoteCeilingRequest? asked = null;
        gateway.Fake.OnCeiling = request =>
        {
            asked = request;
            return new QuoteCeilingResponse
            {
                CeilingYen = 87430, PayableYen = 87430, ExcessYen = 212570, MultipleMonths = true, AnnualCapYen = 1,
                Lines = { new CalculationLine { RuleId = "HCE-1", Text = new LocalizedText { Ja = "計算", En = "calculation" }, Yen = 87430 } },
            };
        };

        using var response = await gateway.PostJson(
            "/api/v1/ceilings/quotes",
            """{"category":"A03","treatmentMonth":"2026-08","birthdate":"1985-05-10","costs":[{"person":"p","outpatient":true,"totalCostYen":1000000,"ownShareYen":300000,"seventyOrOver":true}],"monthsReached":["2026-05","2026-06-15"],"disabilityCertified":true,"diseaseCategory":"1"}""");

        asked.ShouldBe(new QuoteCeilingRequest
        {
            Category = "A03",
            TreatmentMonth = Answers.Day(2026, 8, 1),
            Birthdate = Answers.Day(1985, 5, 10),
            Costs = { new CostItem { Person = "p", Outpatient = true, TotalCostYen = 1000000, OwnShareYen = 300000, SeventyOrOver = true } },
            MonthsReached = { Answers.Day(2026, 5, 1), Answers.Day(2026, 6, 15) },
            DisabilityCertified = true,
            DiseaseCategory = "1",
        });
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("ceilingYen").GetInt64().ShouldBe(87430);
        json.RootElement.GetProperty("lines")[0].GetProperty("rule").GetString().ShouldBe("HCE-1");
    }
}
