using Npgsql;
using Platform.BuildingBlocks.Errors;
using Platform.Eligibility.Answers;
using Platform.Eligibility.Keys;
using Platform.Eligibility.Storage;
using Platform.Protos.Eligibility.V1;
using Platform.Rules.Members;
using Platform.Rules.Numbers;

namespace Platform.Eligibility.Members;

/// <summary>A member as a request names it. An empty branch is "not given".</summary>
internal sealed record MemberAddress(InsurerNumber Insurer, string SymbolKey, string Number, string Branch, DateOnly Birthdate);

/// <summary>A member under its person's lock.</summary>
/// <param name="State">As the facts say before the change.</param>
/// <param name="Period">The last period under the number.</param>
internal sealed record FoundMember(PersonWork Person, PersonState State, CoveragePeriod Period)
{
    public StoredFact? Standing(MemberEventKey key) => Person.Facts.Find(fact => fact.Event.Key == key);
}

/// <summary>Finds the member that a request names.</summary>
internal sealed class MemberFinder(LookupKeys keys, InsurerOptions insurers)
{
    private const int MaxText = 40;

    public Result<MemberAddress> Parse(InsuredNumber? number, string field)
    {
        if (number is null)
        {
            return MemberProblems.Required(field);
        }

        var fields = new RequestFields();
        if (InsurerNumber.TryParsePadded(number.InsurerNumber, insurers.AllowFictional, out var insurer) != InsurerNumberFault.None)
        {
            fields.Wrong(field + ".insurer_number", "INSURER_NUMBER_INVALID", "保険者番号が正しくありません。", "The insurer number is not valid.");
        }

        fields.Text(field + ".symbol", number.Symbol, MaxText, required: false);
        fields.Text(field + ".number", number.Number, MaxText, required: true);
        fields.Text(field + ".branch", number.Branch, 2, required: false);
        var birthdate = fields.RequiredDate(field + ".birthdate", number.Birthdate);
        return fields.AllRight
            ? new MemberAddress(insurer, SymbolText.ToKey(number.Symbol), SymbolText.ToNumber(number.Number), SymbolText.ToNumber(number.Branch), birthdate)
            : fields.Problem;
    }

    /// <summary>Takes the insurer's and the person's lock and reads the member.</summary>
    public async Task<Result<FoundMember>> FindLocked(NpgsqlConnection connection, MemberAddress address, CancellationToken cancellationToken)
    {
        await using (var batch = new NpgsqlBatch(connection))
        {
            foreach (var command in PersonStore.Begin(address.Insurer.Value))
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        var key = keys.Lookup(address.Insurer.Value, address.SymbolKey, address.Number, address.Birthdate);
        var persons = await LookupKeyStore.FindPersons(connection, key, cancellationToken);
        FoundMember? found = null;
        foreach (var person in persons.Length == 0 ? [] : await PersonReads.LockAndLoad(connection, persons, cancellationToken))
        {
            var state = person.FoldFacts();
            foreach (var period in state.Periods)
            {
                if (!IsMeant(period, address))
                {
                    continue;
                }

                if (found is not null && (found.Person != person || found.Period.Branch != period.Branch))
                {
                    return MemberProblems.MemberAmbiguous;
                }

                found = new FoundMember(person, state, period);
            }
        }

        return found is null ? MemberProblems.MemberUnknown : found;
    }

    private static bool IsMeant(CoveragePeriod period, MemberAddress address) =>
        period.InsurerNumber == address.Insurer && period.SymbolKey == address.SymbolKey && period.Number == address.Number
        && period.Birthdate == address.Birthdate && (address.Branch.Length == 0 || period.Branch == address.Branch);
}
