using Platform.Rules.Members;

namespace Platform.Eligibility.Answers;

/// <summary>A reported fact as the columns of the member file, by name. The 個人番号 is not among them.</summary>
internal static class FactColumns
{
    /// <summary>What clears a column in a file.</summary>
    private const string Cleared = "-";

    public static Dictionary<string, string> Of(MemberEvent said)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["symbol"] = said.Symbol,
            ["number"] = said.Number,
            ["branch"] = said.Branch,
            ["birthdate"] = Day(said.Birthdate),
        };
        if (said.Relationship != Relationship.Unspecified)
        {
            columns["relationship"] = Digit((int)said.Relationship);
        }

        if (said.LossReason != LossReason.Unspecified)
        {
            columns["loss_reason"] = said.LossReason.Code();
        }

        AddPrevious(columns, said);
        Add("name", said.Name);
        Add("name_kana", said.NameKana);
        Add("name_other", said.NameOther);
        Add("name_other_kana", said.NameOtherKana);
        AddAs("sex", said.Sex, sex => Digit((int)sex));
        AddAs("sex2", said.Sex2, sex => Digit((int)sex));
        Add("postal_code", said.PostalCode);
        Add("address", said.Address);
        Add("insured_name", said.InsuredName);
        AddAs("card_class", said.CardClass, value => value.Code());
        AddAs("copay_ratio", said.CopayRatio, MemberCodes.RatioCode);
        AddAs("copay_from", said.CopayFrom, Day);
        AddAs("copay_to", said.CopayTo, Day);
        AddAs("late_elderly_reason", said.LateElderlyReason, Word);
        AddAs("elderly_issued_on", said.ElderlyIssuedOn, Day);
        AddAs("elderly_from", said.ElderlyFrom, Day);
        AddAs("elderly_to", said.ElderlyTo, Day);
        AddAs("limit_class", said.LimitClass, value => value.Code());
        AddAs("limit_category", said.LimitCategory, value => value.Code());
        AddAs("limit_issued_on", said.LimitIssuedOn, Day);
        AddAs("limit_from", said.LimitFrom, Day);
        AddAs("limit_to", said.LimitTo, Day);
        AddAs("limit_long_term_on", said.LimitLongTermOn, Day);
        AddAs("disease_category", said.DiseaseCategory, value => Digit((int)value));
        AddAs("disease_issued_on", said.DiseaseIssuedOn, Day);
        AddAs("disease_from", said.DiseaseFrom, Day);
        AddAs("disease_to", said.DiseaseTo, Day);
        AddAs("disease_self_pay", said.DiseaseSelfPay, yen => yen.ToString());
        AddAs("issued_on", said.IssuedOn, Day);
        AddAs("valid_from", said.ValidFrom, Day);
        AddAs("valid_to", said.ValidTo, Day);
        AddAs("received_on", said.ReceivedOn, Day);
        Add("household_id", said.HouseholdId);
        AddAs("household_head", said.HouseholdHead, Flag);
        Add("employer_code", said.EmployerCode);
        Add("employer_name", said.EmployerName);
        AddAs("voluntary_until", said.VoluntaryUntil, Day);
        AddAs("delivery", said.Delivery, Word);
        AddAs("residence", said.Residence, Word);
        AddAs("stay_until", said.StayUntil, Day);
        AddAs("graduation_on", said.GraduationOn, Day);
        AddAs("address_hidden", said.AddressHidden, Flag);
        AddAs("self_info_blocked", said.SelfInfoBlocked, Flag);
        AddAs("jlis_status", said.JlisStatus, Word);
        AddAs("assistance_needed", said.AssistanceNeeded, Flag);
        return columns;

        void Add(string column, Field<string> field) => AddAs(column, field, text => text);

        void AddAs<T>(string column, Field<T> field, Func<T, string> text)
            where T : notnull
        {
            if (field.TryGet(out var value))
            {
                columns[column] = text(value);
            }
            else if (field.IsCleared)
            {
                columns[column] = Cleared;
            }
        }
    }

    private static void AddPrevious(Dictionary<string, string> columns, MemberEvent said)
    {
        if (said.Previous.TryGet(out var previous))
        {
            columns["previous_insurer_number"] = previous.Insurer.Value;
            columns["previous_symbol"] = previous.SymbolKey;
            columns["previous_number"] = previous.Number;
            columns["previous_branch"] = previous.Branch;
        }
        else if (said.Previous.IsCleared)
        {
            columns["previous_number"] = Cleared;
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static string Digit(int code) => code.ToString();

    private static string Flag(bool set) => set ? "1" : "0";

    // Codes of the file are the names of the values in capitals.
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToUpperInvariant();
}
