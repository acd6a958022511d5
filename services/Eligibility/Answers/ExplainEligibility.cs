using Platform.BuildingBlocks.Errors;
using Platform.BuildingBlocks.Time;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Rules.Answers;

namespace Platform.Eligibility.Answers;

/// <summary>
/// The answer to a question from what was known at an earlier time, as it would have been given then: that day's protections, merges and reports count.
/// Recorded like any answer.
/// </summary>
internal sealed record ExplainEligibility(CheckEligibility Check, DateTimeOffset KnownAt);

internal sealed class ExplainEligibilityHandler(
    LookupKeys keys, KnowledgeStore knowledge, DirectoryCache directory, AnswerRecorder recorder, RulesInForce rules)
{
    public async Task<Result<CheckedEligibility>> Handle(ExplainEligibility query, CancellationToken cancellationToken)
    {
        var check = query.Check;
        if (await directory.Institution(check.Institution, cancellationToken) is not { } institution)
        {
            return EligibilityProblems.InstitutionUnknown(check.Institution.Value);
        }

        var today = JapanTime.DateOf(query.KnownAt);
        var askedOn = check.AskedOn ?? today;
        var lookupKey = keys.Lookup(check.InsurerNumber.Value, check.Symbol, check.Number, check.Birthdate);
        var memberKeys = MemberKeys.Of(keys, check.InsurerNumber.Value, check.Symbol, check.Number, check.Branch);
        var persons = await knowledge.Find(lookupKey, memberKeys, query.KnownAt, cancellationToken);
        var question = EligibilityQuestion.ByNumber(
            check.InsurerNumber, check.Symbol, check.Number, check.Birthdate, check.Branch, askedOn, today, check.LimitConsent);
        var answer = EligibilityRules.Answer(question, persons.ConvertAll(person => person.StateAt(query.KnownAt)), rules.Settings);

        return await recorder.Record(new AnswerToRecord
        {
            Check = check,
            Answer = answer,
            AskedOn = askedOn,
            LookupKey = lookupKey,
            Institution = institution,
            Persons = persons.ConvertAll(person => new ReadOnlyMemory<byte>(person.PersonId.ToByteArray(bigEndian: true))),
            Operation = nameof(ExplainEligibility),
        });
    }
}
