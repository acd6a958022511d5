namespace Platform.Cli.Generate;

/// <summary>Where a household lives.</summary>
internal sealed record Address(string PostalCode, string Text);

/// <summary>
/// Addresses: real prefectures with made-up towns of frequent names. Prefecture 99 is fictional and has postal codes that do not exist (000-…).
/// </summary>
internal static class Places
{
    // Index is the prefecture code of JIS X 0401; the first three digits of the capital's postal code.
    private static readonly string[] Prefectures =
    [
        "", "北海道 札幌市 060", "青森県 青森市 030", "岩手県 盛岡市 020", "宮城県 仙台市 980", "秋田県 秋田市 010", "山形県 山形市 990", "福島県 福島市 960",
        "茨城県 水戸市 310", "栃木県 宇都宮市 320", "群馬県 前橋市 371", "埼玉県 さいたま市 330", "千葉県 千葉市 260", "東京都 新宿区 160", "神奈川県 横浜市 220",
        "新潟県 新潟市 950", "富山県 富山市 930", "石川県 金沢市 920", "福井県 福井市 910", "山梨県 甲府市 400", "長野県 長野市 380", "岐阜県 岐阜市 500",
        "静岡県 静岡市 420", "愛知県 名古屋市 450", "三重県 津市 514", "滋賀県 大津市 520", "京都府 京都市 600", "大阪府 大阪市 530", "兵庫県 神戸市 650",
        "奈良県 奈良市 630", "和歌山県 和歌山市 640", "鳥取県 鳥取市 680", "島根県 松江市 690", "岡山県 岡山市 700", "広島県 広島市 730", "山口県 山口市 753",
        "徳島県 徳島市 770", "香川県 高松市 760", "愛媛県 松山市 790", "高知県 高知市 780", "福岡県 福岡市 810", "佐賀県 佐賀市 840", "長崎県 長崎市 850",
        "熊本県 熊本市 860", "大分県 大分市 870", "宮崎県 宮崎市 880", "鹿児島県 鹿児島市 890", "沖縄県 那覇市 900",
    ];

    private static readonly string[] FictionalCities = ["見本市", "例示市", "架空市", "青葉市", "若草町", "𩸽浜村"];

    private static readonly string[] Towns =
    [
        "中央", "本町", "緑町", "栄町", "東町", "西町", "南町", "北町", "旭町", "新町", "大手町", "末広町", "桜台", "富士見", "若葉台", "泉", "港町", "川端町", "梅が丘", "葛󠄀原",
    ];

    private static readonly string[] Chome = ["一丁目", "二丁目", "三丁目", "四丁目", "五丁目", "六丁目", "七丁目"];

    private static readonly string[] Buildings = ["サンハイツ", "コーポ緑", "メゾン桜", "青空マンション", "ひかり荘", "グランド本町", "𠮷村ビル"];

    /// <param name="oneCity">True for an insurer whose members all live in one city.</param>
    public static Address Draw(ref SeededRandom random, int prefecture, bool oneCity)
    {
        string place;
        string postalPrefix;
        if (prefecture is >= 1 and <= 47)
        {
            var parts = Prefectures[prefecture].Split(' ');
            (place, postalPrefix) = (parts[0] + parts[1], parts[2]);
        }
        else
        {
            (place, postalPrefix) = ("架空県" + (oneCity ? FictionalCities[0] : random.Of(FictionalCities)), "000");
        }

        var town = random.Below(Towns.Length);
        var chome = random.Below(Chome.Length);
        var text = $"{place}{Towns[town]}{Chome[chome]}{random.Between(1, 30)}番{random.Between(1, 20)}号";
        if (random.PerMyriad(3500))
        {
            text += $"　{random.Of(Buildings)}{random.Between(1, 12)}{random.Between(1, 20):00}号室";
        }

        return new Address($"{postalPrefix}-{(town * 10) + chome + 1:0000}", text);
    }
}
