using Platform.BuildingBlocks.Errors;

namespace Platform.Gateway.Oqs;

/// <summary>What can be wrong with a message as a message. Each reason has its platform code in <see cref="PlatformCodes"/>.</summary>
internal static class OqsProblems
{
    public static readonly Problem MessageEmpty = Invalid("XML_EMPTY", "要求が空です。", "The request is empty.");

    public static readonly Problem NotWellFormed = Invalid("XML_NOT_WELL_FORMED", "要求がXMLとして正しくありません。", "The request is not well-formed XML.");

    public static readonly Problem DtdForbidden = Invalid("XML_DTD_FORBIDDEN", "DOCTYPE宣言と実体宣言は使えません。", "A document type or entity declaration is not allowed.");

    public static readonly Problem TooComplex = Invalid(
        "XML_TOO_COMPLEX", "要求の要素が深すぎるか多すぎます。", "The request has elements nested too deeply, or too many of them.");

    public static readonly Problem StructureWrong = Invalid(
        "XML_STRUCTURE", "要求の構造が資格確認要求と一致しません。", "The request does not have the structure of an eligibility request.");

    public static readonly Problem ElementRepeated = Invalid("XML_ELEMENT_REPEATED", "同じ要素が重複しています。", "An element occurs twice.");

    public static readonly Problem ValueTooLong = Invalid("VALUE_TOO_LONG", "値が長すぎます。", "A value is too long.");

    public static readonly Problem EncodingNotSupported = Invalid(
        "ENCODING_NOT_SUPPORTED",
        "宣言された文字コードには対応していません。UTF-8またはShift_JISで送信してください。",
        "The declared encoding is not supported; send UTF-8 or Shift_JIS.");

    public static readonly Problem EncodingMismatch = Invalid(
        "ENCODING_MISMATCH", "要求のバイト列が宣言された文字コードと一致しません。", "The bytes of the request do not match the declared encoding.");

    public static readonly Problem InstitutionMismatch = Invalid(
        "INSTITUTION_MISMATCH",
        "要求の医療機関コードがこの連携先の医療機関コードと異なります。",
        "The institution code of the request is not the one this connection is for.");

    private static Problem Invalid(string reason, string ja, string en) => new(ProblemKind.Invalid, reason, ja, en)
    {
        NextStepJa = "レセプトコンピュータの設定を確認し、送信し直してください。解決しない場合はシステム担当者へ連絡してください。",
        NextStepEn = "Check the settings of the clinic system and send again; if it persists, tell whoever maintains it.",
    };
}
