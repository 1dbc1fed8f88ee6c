// Places that were split up since 1994, or whose parts came to several others: which of these somebody is from, neither
// the code on an identity card nor an old name says. Knows nothing of who asks.

/// A place that several of the table were parts of.
struct SplitPlace: Sendable {
  /// Its code, and the name that went with it.
  let code: String
  let name: String
  /// The codes of the places of the table that it came to.
  let parts: [String]

  /// What is known of a code or name; nothing where it is of no such place.
  static let byCode: [String: SplitPlace] = Dictionary(
    all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
  static let byName: [String: [SplitPlace]] = Dictionary(grouping: all, by: \.name)

  /// All that are known. Source: the replies of the State Council and the ministry's yearly lists of codes.
  static let all: [SplitPlace] = [
    // 1994
    SplitPlace(code: "332603", name: "黄岩市", parts: ["331003", "331004"]),
    SplitPlace(code: "370206", name: "沧口区", parts: ["370213", "370203"]),
    SplitPlace(code: "370631", name: "牟平县", parts: ["370612", "370613"]),
    SplitPlace(code: "372801", name: "临沂市", parts: ["371302", "371311", "371312"]),
    SplitPlace(code: "412901", name: "南阳市", parts: ["411302", "411303"]),
    SplitPlace(code: "412924", name: "南阳县", parts: ["411302", "411303"]),
    SplitPlace(code: "422400", name: "荆州地区", parts: ["421000", "420800", "429004", "429005", "429006"]),
    SplitPlace(code: "422421", name: "江陵县", parts: ["421003", "421024"]),
    SplitPlace(code: "432301", name: "益阳市", parts: ["430902", "430903"]),
    SplitPlace(code: "432321", name: "益阳县", parts: ["430902", "430903"]),
    SplitPlace(code: "432801", name: "郴州市", parts: ["431002", "431003"]),
    SplitPlace(code: "432821", name: "郴县", parts: ["431002", "431003"]),
    SplitPlace(code: "441321", name: "惠阳县", parts: ["441303", "441302"]),
    SplitPlace(code: "449005", name: "云浮市", parts: ["445302", "445303"]),
    SplitPlace(code: "460021", name: "琼山县", parts: ["460105", "460106", "460107", "460108"]),
    SplitPlace(code: "510222", name: "巴县", parts: ["500113", "500108", "500106", "500104", "500107"]),
    SplitPlace(code: "510224", name: "江北县", parts: ["500112", "500105", "500109"]),
    // 1995
    SplitPlace(code: "220111", name: "郊区", parts: ["220102", "220103", "220104", "220105", "220106"]),
    SplitPlace(code: "320222", name: "无锡县", parts: ["320205", "320206", "320211", "320214"]),
    SplitPlace(code: "320421", name: "武进县", parts: ["320412", "320411", "320402", "320404"]),
    SplitPlace(code: "320524", name: "吴县", parts: ["320506", "320507"]),
    SplitPlace(code: "329001", name: "泰州市", parts: ["321202", "321203"]),
    SplitPlace(code: "329006", name: "宿迁市", parts: ["321302", "321311"]),
    SplitPlace(code: "422103", name: "黄州市", parts: ["421102", "421121"]),
    SplitPlace(code: "449003", name: "番禺市", parts: ["440113", "440115"]),
    SplitPlace(code: "449011", name: "潮阳市", parts: ["440513", "440514"]),
    SplitPlace(code: "449028", name: "惠阳市", parts: ["441303", "441302"]),
    SplitPlace(code: "452502", name: "贵港市", parts: ["450802", "450803", "450804"]),
    SplitPlace(code: "512300", name: "涪陵地区", parts: ["500102", "500232", "500230", "500231", "500119"]),
    // 1996
    SplitPlace(code: "320881", name: "宿迁市", parts: ["321302", "321311"]),
    SplitPlace(code: "321082", name: "泰州市", parts: ["321202", "321203"]),
    SplitPlace(code: "342100", name: "阜阳地区", parts: ["341200", "341600"]),
    SplitPlace(code: "342101", name: "阜阳市", parts: ["341202", "341203", "341204"]),
    SplitPlace(code: "350221", name: "同安县", parts: ["350212", "350213"]),
    SplitPlace(code: "510602", name: "市中区", parts: ["510603", "510626"]),
    // 1997
    SplitPlace(code: "130904", name: "郊区", parts: ["130902", "130903"]),
    SplitPlace(code: "140102", name: "南城区", parts: ["140105", "140106"]),
    SplitPlace(code: "140103", name: "北城区", parts: ["140107", "140108"]),
    SplitPlace(code: "140104", name: "河西区", parts: ["140109", "140110"]),
    SplitPlace(code: "140112", name: "南郊区", parts: ["140105", "140106", "140107", "140110"]),
    SplitPlace(code: "140113", name: "北郊区", parts: ["140107", "140108", "140109"]),
    SplitPlace(code: "231011", name: "郊区", parts: ["231002", "231005", "231003", "231004"]),
    SplitPlace(code: "412322", name: "商丘县", parts: ["411402", "411403"]),
    SplitPlace(code: "433001", name: "怀化市", parts: ["431202", "431221"]),
    SplitPlace(code: "452400", name: "梧州地区", parts: ["450400", "451100"]),
    SplitPlace(code: "452426", name: "贺县", parts: ["451102", "451103"]),
    SplitPlace(code: "452501", name: "玉林市", parts: ["450902", "450903", "450924"]),
    SplitPlace(
      code: "511200", name: "万县市",
      parts: ["500101", "500154", "500233", "500228", "500235", "500236", "500237", "500238", "500229"]),
    SplitPlace(code: "513500", name: "黔江地区", parts: ["500114", "500240", "500241", "500242", "500243"]),
    SplitPlace(code: "522101", name: "遵义市", parts: ["520302", "520303"]),
    SplitPlace(code: "532201", name: "曲靖市", parts: ["530302", "530303"]),
    // 1998
    SplitPlace(code: "413001", name: "信阳市", parts: ["411502", "411503"]),
    SplitPlace(code: "413023", name: "信阳县", parts: ["411502", "411503"]),
    SplitPlace(code: "513622", name: "广安县", parts: ["511602", "511603"]),
    SplitPlace(code: "642100", name: "银南地区", parts: ["640300", "640500", "640181"]),
    // 1999
    SplitPlace(code: "342401", name: "六安市", parts: ["341502", "341503"]),
    SplitPlace(code: "342600", name: "巢湖地区", parts: ["340100", "340200", "340500"]),
    SplitPlace(code: "513021", name: "达县", parts: ["511703", "511702"]),
    // 2000
    SplitPlace(code: "320283", name: "锡山市", parts: ["320205", "320206", "320211", "320214"]),
    SplitPlace(code: "320586", name: "吴县市", parts: ["320506", "320507"]),
    SplitPlace(code: "362401", name: "吉安市", parts: ["360802", "360803"]),
    SplitPlace(code: "429001", name: "随州市", parts: ["421303", "421321"]),
    SplitPlace(code: "440181", name: "番禺市", parts: ["440113", "440115"]),
    SplitPlace(code: "513701", name: "巴中市", parts: ["511902", "511903"]),
    // 2001
    SplitPlace(code: "320704", name: "云台区", parts: ["320703", "320706"]),
    SplitPlace(code: "340505", name: "向山区", parts: ["340503", "340504"]),
    SplitPlace(code: "430403", name: "城南区", parts: ["430406", "430408"]),
    SplitPlace(code: "430404", name: "城北区", parts: ["430407", "430408"]),
    // 2002
    SplitPlace(code: "320483", name: "武进市", parts: ["320412", "320411", "320402", "320404"]),
    SplitPlace(code: "350321", name: "莆田县", parts: ["350302", "350303", "350304", "350305"]),
    SplitPlace(code: "410504", name: "铁西区", parts: ["410505", "410506"]),
    SplitPlace(code: "452100", name: "南宁地区", parts: ["451400", "450100"]),
    SplitPlace(code: "452200", name: "柳州地区", parts: ["451300", "450200"]),
    SplitPlace(code: "452402", name: "贺州市", parts: ["451102", "451103"]),
    SplitPlace(code: "460004", name: "琼山市", parts: ["460105", "460106", "460107", "460108"]),
    SplitPlace(code: "460102", name: "振东区", parts: ["460107", "460108"]),
    SplitPlace(code: "533221", name: "丽江纳西族自治县", parts: ["530702", "530721"]),
    SplitPlace(code: "640103", name: "新城区", parts: ["640105", "640106"]),
    // 2003
    SplitPlace(code: "440506", name: "达濠区", parts: ["440512", "440511"]),
    SplitPlace(code: "440508", name: "金园区", parts: ["440511", "440507"]),
    SplitPlace(code: "440582", name: "潮阳市", parts: ["440513", "440514"]),
    SplitPlace(code: "441381", name: "惠阳市", parts: ["441303", "441302"]),
    SplitPlace(code: "510902", name: "市中区", parts: ["510903", "510904"]),
    SplitPlace(code: "640222", name: "陶乐县", parts: ["640221", "640104"]),
    // 2004
    SplitPlace(code: "321321", name: "宿豫县", parts: ["321311", "321302"]),
    SplitPlace(code: "411123", name: "郾城县", parts: ["411103", "411104", "411102"]),
    SplitPlace(code: "440221", name: "曲江县", parts: ["440205", "440204", "440203", "440224"]),
    SplitPlace(code: "450106", name: "永新区", parts: ["450105", "450107"]),
    SplitPlace(code: "450121", name: "邕宁县", parts: ["450109", "450103", "450108", "450102", "450105"]),
    // 2009
    SplitPlace(code: "421302", name: "曾都区", parts: ["421303", "421321"]),
    // 2010
    SplitPlace(code: "320304", name: "九里区", parts: ["320302", "320311", "320312"]),
    // 2011
    SplitPlace(code: "341400", name: "巢湖市", parts: ["340100", "340200", "340500"]),
    // 2012
    SplitPlace(code: "445221", name: "揭东县", parts: ["445203", "445202"]),
    // 2013
    SplitPlace(code: "511721", name: "达县", parts: ["511703", "511702"]),
    // 2014
    SplitPlace(code: "130103", name: "桥东区", parts: ["130102", "130104"]),
    // 2015
    SplitPlace(code: "130323", name: "抚宁县", parts: ["130306", "130302", "130304"]),
    // 2016
    SplitPlace(code: "130721", name: "宣化县", parts: ["130705", "130702", "130703"]),
  ]
}
