// Places that have been renamed, raised or set up since the table of places was made: registers of today write them so.
// Knows nothing of who asks.

/// What the table of places does not know yet.
public enum LaterPlaces {
  /// The year whose places the table has. Where a place has changed since, the table has what it was.
  public static let tableYear = "2016"

  /// Places under a new name or code, with the year of the decision and the place of the table that they are.
  /// Source: the replies of the State Council and the ministry's notices of changes at county level and above.
  static let renamed: [FormerPlace] =
    later(
      "2016",
      [
        ("130407", "肥乡区", "130428"), ("330213", "奉化区", "330283"), ("360704", "赣县区", "360721"),
        ("361003", "东乡区", "361029"), ("370114", "章丘区", "370181"), ("411003", "建安区", "411023"),
        ("451203", "宜州区", "451281"), ("500155", "梁平区", "500228"), ("500156", "武隆区", "500232"),
        ("510117", "郫都区", "510124"), ("530115", "晋宁区", "530122"), ("610118", "鄠邑区", "610125"),
      ])
    + later(
      "2017",
      [
        ("130881", "平泉市", "130823"), ("330112", "临安区", "330185"), ("331083", "玉环市", "331021"),
        ("360404", "柴桑区", "360421"), ("370215", "即墨区", "370282"), ("430182", "宁乡市", "430124"),
        ("510604", "罗江区", "510626"), ("511083", "隆昌市", "511028"), ("520281", "盘州市", "520222"),
        ("540104", "达孜区", "540126"), ("540600", "那曲市", "542400"), ("540602", "色尼区", "542421"),
        ("610703", "南郑区", "610721"), ("610881", "神木市", "610821"),
      ])
    + later(
      "2018",
      [
        ("130284", "滦州市", "130223"), ("140215", "云州区", "140227"), ("140404", "上党区", "140421"),
        ("140405", "屯留区", "140424"), ("140406", "潞城区", "140481"), ("140681", "怀仁市", "140624"),
        ("320685", "海安市", "320621"), ("340882", "潜山市", "340824"), ("360603", "余江区", "360622"),
        ("370115", "济阳区", "370125"), ("370116", "莱芜区", "371202"), ("371681", "邹平市", "371626"),
        ("420882", "京山市", "420821"), ("430212", "渌口区", "430221"), ("450381", "荔浦市", "450331"),
        ("511504", "叙州区", "511521"), ("522302", "兴仁市", "522322"), ("530304", "马龙区", "530321"),
        ("530681", "水富市", "530630"), ("610482", "彬州市", "610427"), ("620881", "华亭市", "620824"),
      ])
    + later(
      "2019",
      [
        ("231183", "嫩江市", "231121"), ("340281", "无为市", "340225"), ("341882", "广德市", "341822"),
        ("361104", "广信区", "361121"), ("371503", "茌平区", "371523"), ("410783", "长垣市", "410728"),
        ("411603", "淮阳区", "411626"), ("430582", "邵东市", "430521"), ("451003", "田阳区", "451021"),
        ("451082", "平果市", "451023"), ("510981", "射洪市", "510922"), ("530481", "澄江市", "530422"),
        ("610681", "子长市", "610623"), ("630106", "湟中区", "630122"), ("652902", "库车市", "652923"),
      ])
    + later(
      "2020",
      [
        ("130505", "任泽区", "130526"), ("130506", "南和区", "130527"), ("220184", "公主岭市", "220381"),
        ("320614", "海门区", "320684"), ("340210", "湾沚区", "340221"), ("340212", "繁昌区", "340222"),
        ("360783", "龙南市", "360727"), ("421088", "监利市", "421023"), ("510118", "新津区", "510132"),
        ("520204", "水城区", "520221"), ("632301", "同仁市", "632321"),
      ])
    + later(
      "2021",
      [
        ("350405", "沙县区", "350427"), ("350604", "龙海区", "350681"), ("350605", "长泰区", "350625"),
        ("410307", "偃师区", "410381"), ("431181", "祁阳市", "431121"), ("450181", "横州市", "450127"),
        ("513402", "会理市", "513425"), ("532302", "禄丰市", "532331"), ("610305", "凤翔区", "610322"),
        ("610981", "旬阳市", "610928"), ("654203", "沙湾市", "654223"),
      ])
    + later("2023", [("540481", "米林市", "540422"), ("540581", "错那市", "540530")])

  /// Places set up within one place of the table, of which they were a part until then.
  static let carved: [FormerPlace] =
    later("2016", [("440310", "坪山区", "440307")], isPart: true)
    + later("2016", [("440309", "龙华区", "440306")], isPart: true)
    + later("2018", [("440311", "光明区", "440306")], isPart: true)
    + later("2019", [("330383", "龙港市", "330327")], isPart: true)
    + later("2021", [("330113", "临平区", "330110")], isPart: true)

  /// A place set up of parts of several, or of several together: which of them somebody is from, its name does not say.
  public struct Joined: Sendable {
    /// Its name.
    public let name: String
    /// Its code.
    public let code: String
    /// The year of the decision.
    public let since: String
    /// The codes of the places of the table that it was made of.
    public let of: [String]
  }

  /// All such places that are known.
  public static let joined: [Joined] = [
    Joined(name: "红谷滩区", code: "360113", since: "2019", of: ["360102", "360112"]),
    Joined(name: "钱塘区", code: "330114", since: "2021", of: ["330104", "330109"]),
    Joined(name: "蓬莱区", code: "370614", since: "2020", of: ["370684", "370634"]),
    Joined(name: "孟津区", code: "410308", since: "2021", of: ["410322", "410306"]),
  ]

  /// The place of several that a text names.
  public static func joined(in text: String) -> Joined? {
    joined.first { text.hasSuffix($0.name) || text.hasPrefix($0.code) }
  }

  private static func later(
    _ since: String, _ places: [(code: String, name: String, now: String)], isPart: Bool = false
  ) -> [FormerPlace] {
    places.map {
      FormerPlace(code: $0.code, name: $0.name, now: $0.now, since: since, isLater: true, isPart: isPart)
    }
  }
}
