using Google.Protobuf.WellKnownTypes;
using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Ids;
using Platform.Eligibility.Answers;
using Platform.Protos.Common.V1;
using Platform.Rules.Answers;
using Platform.Rules.Members;
using Platform.Rules.Numbers;
using Platform.Rules.Texts;
using Proto = Platform.Protos.Eligibility.V1;

namespace Platform.Eligibility;

/// <summary>Checks between proto and domain.</summary>
internal static class EligibilityMapping
{
    // The field sizes of the national interface (記号 and 番号 40 characters) with room for what desks paste.
    private const int LongestNumber = 40;

    // 9999-12-30 UTC: the day in Japan is at most one later.
    private const long LastSecond = 253_402_214_400;

    public static Result<CheckEligibility> ToQuery(Proto.CheckEligibilityRequest request, bool allowFictional, string caller, string? channel = null, string prefix = "")
    {
        var fields = new RequestFields();
        var institution = Institution(fields, prefix + "institution_code", request.InstitutionCode, allowFictional);
        var askedOn = fields.OptionalDate(prefix + "confirmation_date", request.ConfirmationDate);
        if (channel is null && request.Channel is not ("" or "GRPC" or "REST" or "OQS" or "CLI"))
        {
            fields.Wrong(prefix + "channel", "CHANNEL_INVALID", "GRPC、REST、OQS、CLIのいずれかです。", "One of GRPC, REST, OQS and CLI.");
        }

        if (request.InsuredNumber is not { } number)
        {
            fields.Required(prefix + "insured_number");
            return fields.Problem;
        }

        var at = prefix + "insured_number.";
        var query = new CheckEligibility(
            institution,
            Insurer(fields, at + "insurer_number", number.InsurerNumber, allowFictional),
            fields.Text(at + "symbol", number.Symbol, LongestNumber, required: false),
            fields.Text(at + "number", number.Number, LongestNumber, required: true),
            Branch(fields, at + "branch", number.Branch),
            fields.RequiredDate(at + "birthdate", number.Birthdate),
            askedOn,
            request.LimitConsent,
            channel ?? (request.Channel.Length == 0 ? "GRPC" : request.Channel),
            caller);
        return fields.AllRight ? query : fields.Problem;
    }

    public static Proto.CheckEligibilityResponse ToResponse(CheckedEligibility check, DirectoryCache directory)
    {
        var answer = check.Answer;
        var texts = AnswerTexts.Of(answer);
        var response = new Proto.CheckEligibilityResponse
        {
            Validity = (Proto.Validity)answer.Validity,
            Reason = answer.Reason,
            Message = ToProto(texts.Message),
            Situation = (Proto.Situation)answer.Situation,
            SituationUntil = ToProto(answer.Until),
            DataVersion = check.DataVersion,
            DataAge = Duration.FromTimeSpan(check.DataAge),
            Downtime = check.Downtime,
            ConfirmationDate = ToProto(check.AskedOn),
            AnsweredAt = check.AnsweredAt.ToTimestamp(),
            ResultEncoding = check.Institution.Encoding,
            Ruleset = check.Ruleset,
            AuditId = check.AuditId,
        };
        if (texts.NextStep != BilingualText.None)
        {
            response.NextStep = ToProto(texts.NextStep);
        }

        foreach (var step in answer.Steps.AsSpan())
        {
            response.Reasons.Add(new Proto.Reason { RuleId = step.RuleId, Text = ToProto(AnswerTexts.Of(step)) });
        }

        foreach (var result in answer.Results.AsSpan())
        {
            response.Results.Add(ToProto(result, directory));
        }

        return response;
    }

    public static Result<GetMemberHistory> ToHistoryQuery(Proto.GetMemberHistoryRequest request, bool allowFictional, string caller)
    {
        var fields = new RequestFields();
        if (request.InsuredNumber is not { } number)
        {
            fields.Required("insured_number");
            return fields.Problem;
        }

        var query = new GetMemberHistory(
            Insurer(fields, "insured_number.insurer_number", number.InsurerNumber, allowFictional),
            fields.Text("insured_number.symbol", number.Symbol, LongestNumber, required: false),
            fields.Text("insured_number.number", number.Number, LongestNumber, required: true),
            Branch(fields, "insured_number.branch", number.Branch),
            fields.OptionalDate("insured_number.birthdate", number.Birthdate),
            caller);
        return fields.AllRight ? query : fields.Problem;
    }

    public static Proto.GetMemberHistoryResponse ToResponse(MemberHistory history)
    {
        var response = new Proto.GetMemberHistoryResponse { PersonId = Ulid.Format(history.PersonId) };
        foreach (var fact in history.Facts)
        {
            var record = new Proto.MemberFactRecord
            {
                Event = fact.Event.Event.ToString().ToUpperInvariant(),
                EffectiveOn = ToProto(fact.Event.EffectiveOn),
                InsurerNumber = fact.Event.InsurerNumber.Value,
                KnownFrom = Timestamp.FromDateTime(fact.KnownFrom),
                KnownTo = fact.KnownTo == DateTime.MaxValue ? null : Timestamp.FromDateTime(fact.KnownTo),
                ImportId = fact.ImportId is { } import ? Ulid.Format(import) : "",
            };
            foreach (var (column, value) in FactColumns.Of(fact.Event))
            {
                record.Columns.Add(column, value);
            }

            response.Facts.Add(record);
        }

        response.Periods.AddRange(history.Periods.Select(period => new Proto.CoveragePeriodRecord
        {
            InsurerNumber = period.InsurerNumber.Value,
            Symbol = period.Symbol,
            Number = period.Number,
            Branch = period.Branch,
            AcquiredOn = ToProto(period.AcquiredOn),
            LostOn = ToProto(period.LostOn),
            LossReason = period.LossReason.Code(),
        }));
        response.Numbers.AddRange(history.Numbers.Select(number => new Proto.InsuredNumber
        {
            InsurerNumber = number.Insurer.Value,
            Symbol = number.SymbolKey,
            Number = number.Number,
            Branch = number.Branch,
        }));
        return response;
    }

    /// <summary>A problem of one item of a batch.</summary>
    public static Proto.CheckProblem ToProblem(Problem problem)
    {
        var violation = problem.Violations.FirstOrDefault();
        return new Proto.CheckProblem
        {
            Code = (int)ProblemStatus.CodeOf(problem.Kind),
            Reason = violation?.Reason ?? problem.Reason,
            Message = new LocalizedText { Ja = violation?.MessageJa ?? problem.MessageJa, En = violation?.MessageEn ?? problem.MessageEn },
            Field = violation?.Field ?? "",
        };
    }

    /// <summary>An instant that has a day in Japan; a Timestamp can hold others.</summary>
    public static Result<DateTimeOffset> ToInstant(string field, Timestamp time)
    {
        if (time.Nanos is < 0 or > 999_999_999 || time.Seconds < 0 || time.Seconds > LastSecond)
        {
            return Problem.InvalidFields(new FieldViolation(field, "TIME_INVALID", "1970年から9999年までの時刻ではありません。", "This is not a time from 1970 to 9999."));
        }

        return time.ToDateTimeOffset();
    }

    public static LocalizedText ToProto(BilingualText text) => new() { Ja = text.Ja, En = text.En };

    public static Date ToProto(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    public static Date? ToProto(DateOnly? day) => day is { } known ? ToProto(known) : null;

    private static Proto.EligibilityResult ToProto(EligibilityResult result, DirectoryCache directory)
    {
        var proto = new Proto.EligibilityResult
        {
            CardClass = result.CardClass.Code(),
            InsurerNumber = result.InsurerNumber.Value,
            InsurerName = directory.InsurerName(result.InsurerNumber),
            Symbol = result.Symbol,
            Number = result.Number,
            Branch = result.Branch,
            Relationship = (int)result.Relationship,
            InsuredName = result.InsuredName ?? "",
            Name = result.Name ?? "",
            NameKana = result.NameKana ?? "",
            NameOther = result.NameOther ?? "",
            NameOtherKana = result.NameOtherKana ?? "",
            Sex = (int)result.Sex,
            Sex2 = (int)result.Sex2,
            Birthdate = ToProto(result.Birthdate),
            PostalCode = result.PostalCode ?? "",
            Address = result.Address ?? "",
            QualifiedOn = ToProto(result.AcquiredOn),
            DisqualifiedOn = ToProto(result.LostOn),
            LossReason = result.LossReason.Code(),
            IssuedOn = ToProto(result.IssuedOn),
            ValidFrom = ToProto(result.ValidFrom),
            ValidTo = ToProto(result.ValidTo),
            CopayPercent = result.CopayRatio ?? 0,
            Preschool = result.Preschool,
            LimitConsent = result.LimitConsent,
        };
        if (result.ElderlyRecipient is { } elderly)
        {
            proto.ElderlyRecipient = new Proto.ElderlyRecipientInformation
            {
                IssuedOn = ToProto(elderly.IssuedOn),
                ValidFrom = ToProto(elderly.ValidFrom),
                ValidTo = ToProto(elderly.ValidTo),
                RatioPercent = elderly.Ratio,
            };
        }

        if (result.Limit is { } limit)
        {
            proto.Limit = new Proto.LimitInformation
            {
                LimitClass = limit.Class.Code(),
                Category = limit.Category.Code(),
                IssuedOn = ToProto(limit.IssuedOn),
                ValidFrom = ToProto(limit.From),
                ValidTo = ToProto(limit.To),
                LongTermOn = ToProto(limit.LongTermOn),
            };
        }

        foreach (var disease in result.Diseases.AsSpan())
        {
            proto.Diseases.Add(new Proto.SpecificDisease
            {
                Category = ((int)disease.Category).ToString(),
                IssuedOn = ToProto(disease.IssuedOn),
                ValidFrom = ToProto(disease.From),
                ValidTo = ToProto(disease.To),
                SelfPayYen = disease.SelfPay ?? 0,
            });
        }

        return proto;
    }

    private static InstitutionCode Institution(RequestFields fields, string field, string text, bool allowFictional)
    {
        if (text.Length == 0)
        {
            fields.Required(field);
            return default;
        }

        if (InstitutionCode.TryParse(text.AsSpan().Trim(), allowFictional, out var code) is var fault and not InstitutionCodeFault.None)
        {
            fields.Wrong(field, "INSTITUTION_CODE_" + Fault(fault), "医療機関コードが正しくありません。", "This is not an institution code of 10 digits (prefecture, 点数表, number).");
        }

        return code;
    }

    private static InsurerNumber Insurer(RequestFields fields, string field, string text, bool allowFictional)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            fields.Required(field);
            return default;
        }

        if (InsurerNumber.TryParsePadded(text, allowFictional, out var number) is var fault and not InsurerNumberFault.None)
        {
            fields.Wrong(field, "INSURER_NUMBER_" + Fault(fault), "保険者番号が正しくありません。", "This is not an insurer number (6 or 8 digits with a check digit).");
        }

        return number;
    }

    private static string Branch(RequestFields fields, string field, string branch)
    {
        branch = SymbolText.ToNumber(branch);
        if (branch.Length is not (0 or 2) || branch.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            fields.Wrong(field, "BRANCH_INVALID", "枝番は2桁の数字です。", "A branch number has 2 digits.");
        }

        return branch;
    }

    // CheckDigit becomes CHECK_DIGIT.
    private static string Fault<T>(T fault)
        where T : struct, System.Enum =>
        string.Concat(fault.ToString().Select((c, at) => char.IsUpper(c) && at > 0 ? "_" + c : char.ToUpperInvariant(c).ToString()));
}
