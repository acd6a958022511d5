namespace Platform.Rules;

/// <summary>Ids of the rules of the domain, as the reference names them. An answer carries the ids that decided it.</summary>
public static class RuleIds
{
    public const string Ins1 = "INS-1";
    public const string Ins2 = "INS-2";
    public const string Ins3 = "INS-3";
    public const string Ins4 = "INS-4";
    public const string Ins5 = "INS-5";
    public const string Ins6 = "INS-6";
    public const string Ins7 = "INS-7";
    public const string Ins8 = "INS-8";
    public const string Ins9 = "INS-9";
    public const string Ins10 = "INS-10";
    public const string Ins11 = "INS-11";
    public const string Ins12 = "INS-12";
    public const string Ins13 = "INS-13";
    public const string Ins14 = "INS-14";
    public const string Ins15 = "INS-15";
    public const string Ins16 = "INS-16";
    public const string Ins17 = "INS-17";
    public const string Ins18 = "INS-18";

    public const string Elg1 = "ELG-1";
    public const string Elg2 = "ELG-2";
    public const string Elg3 = "ELG-3";
    public const string Elg4 = "ELG-4";
    public const string Elg10 = "ELG-10";
    public const string Elg11 = "ELG-11";
    public const string Elg12 = "ELG-12";
    public const string Elg13 = "ELG-13";
    public const string Elg14 = "ELG-14";
    public const string Elg15 = "ELG-15";
    public const string Elg16 = "ELG-16";
    public const string Elg17 = "ELG-17";
    public const string Elg18 = "ELG-18";
    public const string Elg19 = "ELG-19";
    public const string Elg20 = "ELG-20";
    public const string Elg21 = "ELG-21";
    public const string Elg22 = "ELG-22";
    public const string Elg23 = "ELG-23";
    public const string Elg24 = "ELG-24";
    public const string Elg30 = "ELG-30";
    public const string Elg31 = "ELG-31";
    public const string Elg32 = "ELG-32";
    public const string Elg33 = "ELG-33";
    public const string Elg35 = "ELG-35";
    public const string Elg36 = "ELG-36";
    public const string Elg37 = "ELG-37";
    public const string Elg38 = "ELG-38";
    public const string Elg39 = "ELG-39";
    public const string Elg40 = "ELG-40";
    public const string Elg41 = "ELG-41";
    public const string Elg42 = "ELG-42";
    public const string Elg43 = "ELG-43";
    public const string Elg44 = "ELG-44";

    public const string Hce1 = "HCE-1";
    public const string Hce2 = "HCE-2";
    public const string Hce3 = "HCE-3";
    public const string Hce4 = "HCE-4";
    public const string Hce5 = "HCE-5";
    public const string Hce6 = "HCE-6";
    public const string Hce7 = "HCE-7";
    public const string Hce8 = "HCE-8";
    public const string Hce9 = "HCE-9";

    public const string Bko1 = "BKO-1";
    public const string Bko2 = "BKO-2";
    public const string Bko3 = "BKO-3";
    public const string Bko4 = "BKO-4";
    public const string Bko5 = "BKO-5";
    public const string Bko6 = "BKO-6";
    public const string Bko7 = "BKO-7";
    public const string Bko8 = "BKO-8";
    public const string Bko9 = "BKO-9";
    public const string Bko10 = "BKO-10";
    public const string Bko11 = "BKO-11";
    public const string Bko12 = "BKO-12";

    public const string Crt1 = "CRT-1";
    public const string Crt2 = "CRT-2";
    public const string Crt8 = "CRT-8";
    public const string Crt12 = "CRT-12";
}
