// Codes and names of places that have been replaced, with the place that they are now and since when: registers go on
// with the code on an old identity card, and the table of places may be older than a city. Knows nothing of who asks.

/// A code or name that the table of places does not have, and what it stands for.
public struct FormerPlace: Sendable {
  /// The code as it was, or as it has become.
  public let code: String
  /// The name that went with it.
  public let name: String
  /// The code of the place in the table.
  public let now: String
  /// The day on which one became the other, YYYY-MM-DD, or the year of the decision.
  public let since: String
  /// Whether the table has the older of the two.
  let isLater: Bool
  /// Whether it is a part of the table's place, and not the same.
  var isPart = false

  /// How a text is written that means it.
  var writing: Gazetteer.Writing {
    isPart ? .carved(since: since) : isLater ? .later(since: since) : .former(since: since)
  }

  /// All that are known. Source: the replies of the State Council (国函) by which counties and prefectures were changed.
  public static let all: [FormerPlace] =
    changed(
      "2011-10-22",
      [
        ("522400", "毕节地区", "520500"), ("522401", "毕节市", "520502"), ("522422", "大方县", "520521"),
        ("522423", "黔西县", "520522"), ("522424", "金沙县", "520523"), ("522425", "织金县", "520524"),
        ("522426", "纳雍县", "520525"), ("522427", "威宁彝族回族苗族自治县", "520526"), ("522428", "赫章县", "520527"),
        ("522200", "铜仁地区", "520600"), ("522201", "铜仁市", "520602"), ("522222", "江口县", "520621"),
        ("522223", "玉屏侗族自治县", "520622"), ("522224", "石阡县", "520623"), ("522225", "思南县", "520624"),
        ("522226", "印江土家族苗族自治县", "520625"), ("522227", "德江县", "520626"), ("522228", "沿河土家族自治县", "520627"),
        ("522229", "松桃苗族自治县", "520628"), ("522230", "万山特区", "520603"),
      ])
    + changed(
      "2004-01-11",
      [
        ("622600", "陇南地区", "621200"), ("622621", "武都县", "621202"), ("622624", "成县", "621221"),
        ("622626", "文县", "621222"), ("622623", "宕昌县", "621223"), ("622625", "康县", "621224"),
        ("622627", "西和县", "621225"), ("622628", "礼县", "621226"), ("622630", "徽县", "621227"),
        ("622629", "两当县", "621228"),
      ])
    + changed("2017-08-15", [("350182", "长乐市", "350112")])
    + changed("2015-02-17", [("513321", "康定县", "513301")])
    + changed("2016-03-20", [("520321", "遵义县", "520304")])
    + changed("2014-05-02", [("350784", "建阳市", "350703")])
    + changed("2014-12-13", [("350822", "永定县", "350803")])
    + changed("2014-09-09", [("420321", "郧县", "420304")])
    + changed("2000-12-31", [("330721", "金华县", "330703")])
    + changed("2021-03-18", [("520581", "黔西市", "520522")], later: true) + LaterPlaces.renamed + LaterPlaces.carved
    + EarlierPlaces.all

  /// The same by code; by name those that are called otherwise today.
  static let byCode: [String: FormerPlace] = Dictionary(
    all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
  static let byName: [String: [FormerPlace]] = Dictionary(grouping: all.filter { !$0.isLater }, by: \.name)

  /// The places of today by the names that they have now and the table does not know.
  static let laterNames: [String: FormerPlace] = Dictionary(
    all.filter(\.isLater).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static func changed(
    _ since: String, _ places: [(code: String, name: String, now: String)], later: Bool = false
  ) -> [FormerPlace] {
    places.map { FormerPlace(code: $0.code, name: $0.name, now: $0.now, since: since, isLater: later) }
  }
}
