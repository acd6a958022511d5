using System.Text.Json.Nodes;

namespace Platform.Gateway.OpenApi;

/// <summary>Fictional examples for the OpenAPI document; tests send the requests and compare the shapes.</summary>
internal static class Examples
{
    public static JsonNode CheckRequest => Parse(
        """
        {
          "confirmationDate": "2026-11-22",
          "institutionCode": "9910000001",
          "insuredNumber": { "insurerNumber": "06990014", "symbol": "江中", "number": "1024", "branch": "00", "birthdate": "1985-05-10" },
          "limitConsent": true
        }
        """);

    public static JsonNode CheckAnswer => Parse(
        """
        {
          "validity": 1,
          "validityName": "VALID",
          "reason": "ACTIVE",
          "message": { "ja": "資格は有効です。", "en": "The qualification is valid." },
          "nextStep": null,
          "confirmationDate": "2026-11-22",
          "results": [
            {
              "cardClass": "01",
              "insurerNumber": "06990014",
              "insurerName": "見本健康保険組合",
              "symbol": "江中",
              "number": "1024",
              "branch": "00",
              "relationship": 1,
              "insuredName": null,
              "name": "𠮷野 花子",
              "nameKana": "ヨシノ ハナコ",
              "nameOther": null,
              "nameOtherKana": null,
              "sex": 2,
              "sex2": null,
              "birthdate": "1985-05-10",
              "postalCode": "132-0021",
              "address": "架空県見本市例示町1-2-3",
              "qualifiedOn": "2026-04-01",
              "disqualifiedOn": null,
              "lossReason": null,
              "issuedOn": null,
              "validFrom": "2026-04-01",
              "validTo": null,
              "copayPercent": 30,
              "preschool": false,
              "elderlyRecipient": null,
              "limitConsent": true,
              "limit": { "class": "01", "category": "A03", "issuedOn": null, "validFrom": "2026-08-01", "validTo": "2027-07-31", "longTermOn": null },
              "diseases": []
            }
          ],
          "reasons": [
            { "rule": "ELG-11", "ja": "記号・番号・生年月日が一致する方が1名います。", "en": "One person matches number and birth date." },
            { "rule": "ELG-12", "ja": "2026-11-22の時点で資格があります。", "en": "Insured on 2026-11-22." }
          ],
          "situation": "NONE",
          "until": null,
          "dataVersion": 3,
          "dataAge": 0,
          "downtime": false,
          "answeredAt": "2026-11-22T09:15:03+09:00",
          "ruleset": "5f0c2a",
          "auditId": "01KA3V5T9Q6YB4W8ZC2M7N1XKD:42"
        }
        """);

    public static JsonNode CopayRatioRequest => Parse(
        """
        {
          "date": "2026-11-22",
          "scheme": "LATE_ELDERLY",
          "members": [ { "birthdate": "1948-02-03", "taxableIncomeYen": 300000, "incomeYen": 2500000, "pensionAndOtherYen": 2100000 } ],
          "insuredNumber": { "insurerNumber": "39990023", "number": "00012345", "birthdate": "1948-02-03" }
        }
        """);

    public static JsonNode CopayRatioAnswer => Parse(
        """
        {
          "ratioPercent": 20,
          "from": "2026-08-01",
          "to": "2027-07-31",
          "incomeYear": 2025,
          "reasons": [ { "rule": "ELG-33", "ja": "年金収入等が200万円以上のため2割。", "en": "Pension and other income of 2,000,000 yen or more: 20 %." } ],
          "taskId": null
        }
        """);

    public static JsonNode CeilingRequest => Parse(
        """
        {
          "category": "A03",
          "treatmentMonth": "2026-06",
          "birthdate": "1985-05-10",
          "costs": [ { "totalCostYen": 1000000, "ownShareYen": 300000, "outpatient": false } ],
          "monthsReached": []
        }
        """);

    public static JsonNode CeilingAnswer => Parse(
        """
        {
          "ceilingYen": 87430,
          "payableYen": 87430,
          "excessYen": 212570,
          "multipleMonths": false,
          "annualCapYen": 0,
          "lines": [ { "rule": "HCE-1", "ja": "80,100円＋（医療費－267,000円）×1%", "en": "80,100 yen + 1 % of the cost above 267,000 yen", "yen": 87430 } ]
        }
        """);

    public static JsonNode MemberFile => Parse(
        """
        {
          "importId": "01KA3V5T9Q6YB4W8ZC2M7N1XKD",
          "insurer": "06990014",
          "state": "FINISHED",
          "fileName": "members-202611.csv",
          "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "alreadyKnown": false,
          "processedBytes": 52428800,
          "lines": 200000,
          "applied": 199990,
          "repeated": 7,
          "rejected": 3,
          "superseded": 0,
          "startedAt": "2026-11-22T09:15:03+09:00",
          "finishedAt": "2026-11-22T09:15:11+09:00",
          "refusalReason": null,
          "progressUrl": "/api/v1/members/files/01KA3V5T9Q6YB4W8ZC2M7N1XKD",
          "reportUrl": "/api/v1/members/files/01KA3V5T9Q6YB4W8ZC2M7N1XKD/report"
        }
        """);

    /// <summary>A typical problem of a status; null where the description says enough.</summary>
    public static JsonNode? OfProblem(string status) => status switch
    {
        "400" => Parse(
            """
            {
              "type": "urn:platform:problem:INVALID_REQUEST",
              "title": "The request has invalid fields.",
              "status": 400,
              "detail": "入力内容に誤りがあります。 / The request has invalid fields.",
              "message": { "ja": "入力内容に誤りがあります。", "en": "The request has invalid fields." },
              "errors": [ { "field": "insuredNumber.birthdate", "code": "DATE_INVALID", "ja": "実在する日付ではありません。", "en": "This is not a date of the calendar." } ]
            }
            """),
        "422" => Parse(
            """
            {
              "type": "urn:platform:problem:INSTITUTION_UNKNOWN",
              "title": "The institution code is not registered.",
              "status": 422,
              "detail": "医療機関コードが登録されていません。 / The institution code is not registered.",
              "message": { "ja": "医療機関コードが登録されていません。", "en": "The institution code is not registered." },
              "nextStep": { "ja": "医療機関コードを確認し、正しい場合は運用窓口に登録を依頼してください。", "en": "Check the institution code; if it is right, ask the operations desk to register it." },
              "metadata": { "institution_code": "9910000009" }
            }
            """),
        "503" => Parse(
            """
            {
              "type": "urn:platform:problem:UNAVAILABLE",
              "title": "The eligibility check is unavailable for the moment.",
              "status": 503,
              "detail": "ただいま資格確認を利用できません。 / The eligibility check is unavailable for the moment.",
              "message": { "ja": "ただいま資格確認を利用できません。", "en": "The eligibility check is unavailable for the moment." },
              "nextStep": { "ja": "時間をおいて再度確認してください。", "en": "Check again in a while." }
            }
            """),
        _ => null,
    };

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
