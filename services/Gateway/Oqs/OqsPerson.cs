using Platform.Protos.Eligibility.V1;

namespace Platform.Gateway.Oqs;

/// <summary>The texts of one result in the form and the characters in which they go out; made before anything is written, because whether a name was reduced is said ahead of it.</summary>
internal readonly record struct OqsPerson(
    EligibilityResult Result,
    string Symbol,
    string Number,
    string InsuredName,
    string Name,
    string NameOther,
    string NameKana,
    string NameOtherKana,
    string Address,
    string InsurerName)
{
    public static OqsPerson From(EligibilityResult result, CharacterCode code, ref bool reduced)
    {
        var person = new OqsPerson(
            result,
            result.Symbol,
            result.Number,
            NameForm.FullWidth(result.InsuredName),
            NameForm.FullWidth(result.Name),
            NameForm.FullWidth(result.NameOther),
            NameForm.HalfWidthKana(result.NameKana),
            NameForm.HalfWidthKana(result.NameOtherKana),
            result.Address,
            result.InsurerName);
        return code == CharacterCode.Utf8 ? person : new OqsPerson(
            result,
            ReducedText.Reduce(person.Symbol, ref reduced),
            ReducedText.Reduce(person.Number, ref reduced),
            ReducedText.Reduce(person.InsuredName, ref reduced),
            ReducedText.Reduce(person.Name, ref reduced),
            ReducedText.Reduce(person.NameOther, ref reduced),
            ReducedText.Reduce(person.NameKana, ref reduced),
            ReducedText.Reduce(person.NameOtherKana, ref reduced),
            ReducedText.Reduce(person.Address, ref reduced),
            ReducedText.Reduce(person.InsurerName, ref reduced));
    }
}
