using Platform.Rules.Lines;

namespace Platform.Rules.Members;

/// <summary>Columns of the member file in the order of its contract; the number is the index into <see cref="LineCells"/>.</summary>
public static class MemberColumns
{
    public const int Event = 0;
    public const int EffectiveOn = 1;
    public const int InsurerNumber = 2;
    public const int Symbol = 3;
    public const int Number = 4;
    public const int Branch = 5;
    public const int PreviousInsurerNumber = 6;
    public const int PreviousSymbol = 7;
    public const int PreviousNumber = 8;
    public const int PreviousBranch = 9;
    public const int Relationship = 10;
    public const int IndividualNumber = 11;
    public const int Name = 12;
    public const int NameKana = 13;
    public const int NameOther = 14;
    public const int NameOtherKana = 15;
    public const int Sex = 16;
    public const int Sex2 = 17;
    public const int Birthdate = 18;
    public const int PostalCode = 19;
    public const int Address = 20;
    public const int InsuredName = 21;
    public const int CardClass = 22;
    public const int LossReason = 23;
    public const int CopayRatio = 24;
    public const int CopayFrom = 25;
    public const int CopayTo = 26;
    public const int LateElderlyReason = 27;
    public const int ElderlyIssuedOn = 28;
    public const int ElderlyFrom = 29;
    public const int ElderlyTo = 30;
    public const int LimitClass = 31;
    public const int LimitCategory = 32;
    public const int LimitIssuedOn = 33;
    public const int LimitFrom = 34;
    public const int LimitTo = 35;
    public const int LimitLongTermOn = 36;
    public const int DiseaseCategory = 37;
    public const int DiseaseIssuedOn = 38;
    public const int DiseaseFrom = 39;
    public const int DiseaseTo = 40;
    public const int DiseaseSelfPay = 41;
    public const int IssuedOn = 42;
    public const int ValidFrom = 43;
    public const int ValidTo = 44;
    public const int ReceivedOn = 45;
    public const int HouseholdId = 46;
    public const int HouseholdHead = 47;
    public const int EmployerCode = 48;
    public const int EmployerName = 49;
    public const int VoluntaryUntil = 50;
    public const int Delivery = 51;
    public const int Residence = 52;
    public const int StayUntil = 53;
    public const int GraduationOn = 54;
    public const int AddressHidden = 55;
    public const int SelfInfoBlocked = 56;
    public const int JlisStatus = 57;
    public const int AssistanceNeeded = 58;

    /// <summary>Names, which a header must have, and which hold personal values.</summary>
    public static LineColumns All { get; } = new(
        [
            "event", "effective_on", "insurer_number", "symbol", "number", "branch", "previous_insurer_number", "previous_symbol", "previous_number",
            "previous_branch", "relationship", "individual_number", "name", "name_kana", "name_other", "name_other_kana", "sex", "sex2", "birthdate",
            "postal_code", "address", "insured_name", "card_class", "loss_reason", "copay_ratio", "copay_from", "copay_to", "late_elderly_reason",
            "elderly_issued_on", "elderly_from", "elderly_to", "limit_class", "limit_category", "limit_issued_on", "limit_from", "limit_to",
            "limit_long_term_on", "disease_category", "disease_issued_on", "disease_from", "disease_to", "disease_self_pay", "issued_on", "valid_from",
            "valid_to", "received_on", "household_id", "household_head", "employer_code", "employer_name", "voluntary_until", "delivery", "residence",
            "stay_until", "graduation_on", "address_hidden", "self_info_blocked", "jlis_status", "assistance_needed",
        ],
        required: [Event, EffectiveOn, InsurerNumber, Number, Relationship, Birthdate],
        personal:
        [
            Symbol, Number, Branch, PreviousSymbol, PreviousNumber, PreviousBranch, IndividualNumber, Name, NameKana, NameOther, NameOtherKana, Birthdate,
            PostalCode, Address, InsuredName, DiseaseCategory, HouseholdId, EmployerCode, EmployerName, StayUntil,
        ]);
}
