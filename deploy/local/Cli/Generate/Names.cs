namespace Platform.Cli.Generate;

/// <summary>A surname or given name with its reading.</summary>
internal sealed record Name(string Kanji, string Kana);

/// <summary>
/// Names as they are spread in Japan, roughly. About two in a hundred surnames are written with characters that break careless software: outside the
/// BMP (𠮷, 𣘺, 𡈽), with variation selectors (邉󠄂, 葛󠄀, 辻󠄀), outside Shift_JIS (髙, 﨑 of the vendor rows).
/// </summary>
internal static class Names
{
    public static readonly Weighted<Name> Surnames = Read("""
        佐藤 サトウ 150|鈴木 スズキ 143|高橋 タカハシ 112|田中 タナカ 106|伊藤 イトウ 85|渡辺 ワタナベ 80|山本 ヤマモト 83|中村 ナカムラ 83|小林 コバヤシ 82|加藤 カトウ 71
        吉田 ヨシダ 66|山田 ヤマダ 65|佐々木 ササキ 54|山口 ヤマグチ 51|松本 マツモト 50|井上 イノウエ 49|木村 キムラ 46|林 ハヤシ 43|斎藤 サイトウ 43|清水 シミズ 42
        山崎 ヤマザキ 38|森 モリ 37|池田 イケダ 36|橋本 ハシモト 35|阿部 アベ 35|石川 イシカワ 34|山下 ヤマシタ 33|中島 ナカジマ 31|小川 オガワ 30|前田 マエダ 30
        岡田 オカダ 29|長谷川 ハセガワ 29|藤田 フジタ 29|後藤 ゴトウ 29|近藤 コンドウ 28|村上 ムラカミ 27|遠藤 エンドウ 27|青木 アオキ 27|坂本 サカモト 27|福田 フクダ 26
        太田 オオタ 26|西村 ニシムラ 25|藤井 フジイ 25|岡本 オカモト 25|金子 カネコ 24|藤原 フジワラ 24|中野 ナカノ 24|三浦 ミウラ 23|原田 ハラダ 22|中川 ナカガワ 22
        松田 マツダ 22|竹内 タケウチ 22|小野 オノ 21|田村 タムラ 21|中山 ナカヤマ 20|和田 ワダ 20|石田 イシダ 20|森田 モリタ 20|上田 ウエダ 19|原 ハラ 19
        内田 ウチダ 18|柴田 シバタ 18|酒井 サカイ 18|宮崎 ミヤザキ 17|横山 ヨコヤマ 17|高木 タカギ 17|安藤 アンドウ 16|宮本 ミヤモト 16|大野 オオノ 16|小島 コジマ 15
        谷口 タニグチ 15|今井 イマイ 15|工藤 クドウ 15|高田 タカダ 14|増田 マスダ 14|丸山 マルヤマ 14|杉山 スギヤマ 14|村田 ムラタ 14|大塚 オオツカ 14|新井 アライ 14
        平野 ヒラノ 13|河野 コウノ 13|藤本 フジモト 13|武田 タケダ 13|上野 ウエノ 12|野口 ノグチ 12|松井 マツイ 12|千葉 チバ 12|岩崎 イワサキ 11|菅原 スガワラ 11
        久保 クボ 11|木下 キノシタ 11|佐野 サノ 11|松尾 マツオ 10|野村 ノムラ 10|菊地 キクチ 10|市川 イチカワ 10|古川 フルカワ 9|大西 オオニシ 9|島田 シマダ 9
        水野 ミズノ 9|桜井 サクライ 9|渡部 ワタナベ 8|吉川 ヨシカワ 8|山内 ヤマウチ 8|西田 ニシダ 8|菊池 キクチ 8|五十嵐 イガラシ 8|北村 キタムラ 8|安田 ヤスダ 8
        東海林 ショウジ 2|勅使河原 テシガワラ 1|小鳥遊 タカナシ 1|一 ニノマエ 1|長曽我部 チョウソカベ 1
        髙橋 タカハシ 12|髙木 タカギ 5|山﨑 ヤマザキ 8|宮﨑 ミヤザキ 4|渡邊 ワタナベ 9|渡邉 ワタナベ 9|齋藤 サイトウ 6|齊藤 サイトウ 6|廣瀬 ヒロセ 4|桒原 クワバラ 1
        𠮷野 ヨシノ 5|𠮷田 ヨシダ 6|𠮷川 ヨシカワ 3|𣘺本 ハシモト 2|𡈽屋 ツチヤ 2|𡌛 アクツ 1|𣏓谷 トチヤ 1|渡邉󠄂 ワタナベ 3|渡邊󠄃 ワタナベ 2|葛󠄀城 カツラギ 2|辻󠄀 ツジ 3|辻󠄀村 ツジムラ 1|祇󠄀園 ギオン 1|芦󠄂田 アシダ 1
        """);

    private static readonly Weighted<Name>[] Men =
    [
        Read("清 キヨシ 9|茂 シゲル 8|勇 イサム 8|正 タダシ 7|三郎 サブロウ 6|進 ススム 5|博 ヒロシ 6|実 ミノル 5|武 タケシ 5|昭 アキラ 5|弘 ヒロシ 5|義雄 ヨシオ 4|𠮷蔵 キチゾウ 1|禎󠄀三 テイゾウ 1|壽一 ジュイチ 1"),
        Read("隆 タカシ 9|誠 マコト 9|茂 シゲル 5|博 ヒロシ 7|修 オサム 6|豊 ユタカ 4|和夫 カズオ 6|一郎 イチロウ 4|健一 ケンイチ 4|浩 ヒロシ 7|哲也 テツヤ 4|芳雄 ヨシオ 2|𠀋夫 タケオ 1|靖󠄁 ヤスシ 1"),
        Read("健太 ケンタ 6|大輔 ダイスケ 9|誠 マコト 6|直樹 ナオキ 8|哲也 テツヤ 6|剛 ツヨシ 5|学 マナブ 4|亮 リョウ 5|和也 カズヤ 6|達也 タツヤ 6|健一 ケンイチ 4|英樹 ヒデキ 5|淳 ジュン 4|祐󠄀介 ユウスケ 1"),
        Read("翔太 ショウタ 9|拓也 タクヤ 7|翔 ショウ 8|大樹 ダイキ 7|健太 ケンタ 6|海斗 カイト 5|蓮 レン 4|大輝 ダイキ 6|颯太 ソウタ 4|拓海 タクミ 5|駿 シュン 4|航 ワタル 4|凜太郎 リンタロウ 1"),
        Read("陽翔 ハルト 9|蒼 アオイ 8|湊 ミナト 8|律 リツ 6|樹 イツキ 6|蓮 レン 7|大和 ヤマト 5|悠真 ユウマ 6|朝陽 アサヒ 5|結翔 ユイト 4|太一 タイチ 2|奏太 ソウタ 4|煌 コウ 2|𠮷平 キッペイ 1"),
    ];

    private static readonly Weighted<Name>[] Women =
    [
        Read("和子 カズコ 9|幸子 サチコ 8|節子 セツコ 7|文子 フミコ 6|千代 チヨ 4|ハル ハル 2|キヨ キヨ 2|久子 ヒサコ 5|静子 シズコ 5|美代子 ミヨコ 4|トミ トミ 2|禎󠄀子 テイコ 1|ゑい エイ 1"),
        Read("恵子 ケイコ 9|洋子 ヨウコ 8|和子 カズコ 7|京子 キョウコ 6|幸子 サチコ 6|由美子 ユミコ 7|久美子 クミコ 6|明美 アケミ 6|裕子 ユウコ 5|真由美 マユミ 5|花子 ハナコ 2|惠子 ケイコ 2"),
        Read("陽子 ヨウコ 6|智子 トモコ 8|裕美 ヒロミ 5|美穂 ミホ 5|久美 クミ 4|香織 カオリ 6|恵 メグミ 6|愛 アイ 6|直美 ナオミ 6|麻衣 マイ 5|由佳 ユカ 4|花子 ハナコ 1|渚 ナギサ 1"),
        Read("美咲 ミサキ 9|愛 アイ 6|彩 アヤ 6|萌 モエ 5|七海 ナナミ 6|優花 ユウカ 5|さくら サクラ 5|葵 アオイ 5|千尋 チヒロ 4|楓 カエデ 4|凜 リン 3|祐󠄀奈 ユウナ 1"),
        Read("陽葵 ヒマリ 9|凛 リン 8|結菜 ユイナ 7|紬 ツムギ 7|芽依 メイ 6|さくら サクラ 5|葵 アオイ 6|澪 ミオ 5|心春 コハル 4|杏 アン 4|咲良 サクラ 4|羽 ハネ 1|𠮷乃 ヨシノ 1"),
    ];

    /// <summary>Residents from abroad: the register's name in Latin letters, its reading, and often a 通称.</summary>
    public static readonly (string Surname, string SurnameKana, string Given, string GivenKana)[] Abroad =
    [
        ("NGUYEN", "グエン", "THI LAN", "ティ ラン"),
        ("NGUYEN", "グエン", "VAN MINH", "ヴァン ミン"),
        ("TRAN", "チャン", "QUOC HUY", "クオック フイ"),
        ("WANG", "ワン", "XIAOMING", "シャオミン"),
        ("LI", "リ", "NA", "ナ"),
        ("KIM", "キム", "JIHYE", "ジヘ"),
        ("PARK", "パク", "MINJUN", "ミンジュン"),
        ("SANTOS", "サントス", "MARIA CLARA", "マリア クララ"),
        ("SILVA", "シルバ", "JOAO PEDRO", "ジョアン ペドロ"),
        ("SHRESTHA", "シュレスタ", "BINOD", "ビノド"),
        ("SMITH", "スミス", "EMILY JANE", "エミリー ジェーン"),
        ("O'CONNOR", "オコナー", "SEAN", "ショーン"),
    ];

    /// <param name="sex">1 man, 2 woman.</param>
    public static Name Given(ref SeededRandom random, int sex, int birthYear)
    {
        var generation = birthYear switch { < 1946 => 0, < 1966 => 1, < 1986 => 2, < 2006 => 3, _ => 4 };
        return (sex == 1 ? Men : Women)[generation].Pick(ref random);
    }

    // "kanji kana weight", separated by | and line ends.
    private static Weighted<Name> Read(string table) =>
        new(table.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split(' '))
            .Select(parts => (new Name(parts[0], parts[1]), int.Parse(parts[2]))));
}
