// The words of the rule language that have one Chinese spelling each, beside the English ones: what names of the
// language itself are called, types, units, quantities. Clauses and expressions, whose order differs, have their words
// where they are read and written. Knows nothing of any document.
import Diagnostics
import Reckoning

/// Words of both surfaces.
enum SurfaceWords {
  /// Names with a fixed meaning.
  static let constants: [String: String] = [
    "home": "本地区", "as_of": "核算日", "window_start": "期限首日", "window_end": "期限末日", "adopted": "属假设采用",
    "enacted": "属按原文件施行", "true": "是", "false": "否", "person": person, "year": year,
    "member": "该员", "beneficiary": "发放对象", "paid": "已付", "candidates": "候选", "period": "期次",
    "period_start": "本期首日", "period_end": "本期末日", "part_day": "该期应付日", "part_number": "该期期数",
  ]
  static let constantIDs = Dictionary(uniqueKeysWithValues: constants.map { ($0.value, $0.key) })

  static let person = "本人"
  static let year = "年度"
  static let lasts = Text("stable", zh: "稳定就业")

  /// What a definition's argument may be, beside a record.
  static let types: [String: String] = [
    "place": "地区", "date": "日期", "number": "数", "months": "月数", "money": "金额", "text": "文本", "days": "天数",
    "share": "比例", "decimal": "小数", "bool": "是否",
  ]

  /// What a field may hold.
  static let fieldTypes: [String: String] = [
    "text": "文本", "bool": "是否", "number": "数", "money": "金额", "date": "日期", "date or month": "日期或月份",
    "date or year": "日期或年份", "place": "地区", "county": "县区", "prefecture": "地市", "province": "省份", "decimal": "小数",
    "share": "比例",
  ]

  /// Units of figures; other counting words stay as they are.
  static let units: [String: String] = [
    "persons": "人", "posts": "个岗位", "teams": "个团队", "courses": "期", "times": "次", "years": "年", "year": "年",
    "hours": "小时", "classes": "课时",
    "days": "日", "day": "日", "months": "个月", "month": "个月", "yuan": "元", "%": "%",
  ]

  /// What a table or a value may be declared in, beside the units of figures.
  private static let declaredUnits: [String: String] = ["share": "比例", "decimal": "小数", "number": "数"]

  /// What an amount is for each of; other words stay as they are.
  static let perWords: [String: String] = [
    "month": "月", "day": "日", "person": "人", "post": "岗位", "team": "团队", "course": "期", "time": "次", "year": "年",
    "hour": "小时", "class": "课时",
  ]
  private static let perIDs = Dictionary(uniqueKeysWithValues: perWords.map { ($0.value, $0.key) })

  /// A unit in Chinese: 元/人·月 for `yuan per person per month`.
  static func unit(_ id: String) -> String {
    if let zh = units[id] ?? declaredUnits[id] { return zh }
    let parts = id.components(" per ")
    guard parts.count > 1 else { return id }
    let pers = parts.dropFirst()
    let all = pers.compactMap { perWords[$0] }
    // What is no word here would run on into what follows a stroke, as if it were a divisor.
    let rate =
      all.count == pers.count && units[parts[0]].map({ $0 == "元" }) != false
      ? "/" + all.joined(separator: "·") : pers.map { "每" + (perWords[$0] ?? $0) }.joined()
    return (units[parts[0]] ?? parts[0]) + rate
  }

  /// The unit that Chinese writes so.
  static func unitID(_ zh: String) -> String {
    if let id = unitIDs[zh] { return id }
    let parts = zh.replacing("／", with: "/").replacing("每", with: "/").replacing("·", with: "/").components("/")
    guard parts.count > 1, !parts.contains("") else { return zh == "天" ? "days" : zh == "名" ? "persons" : zh }
    return ([unitIDs[parts[0]] ?? parts[0]] + parts.dropFirst().map(perID)).joined(separator: " per ")
  }

  /// The word behind `per` for a Chinese one.
  static func perID(_ zh: String) -> String { perIDs[zh] ?? (zh == "天" ? "day" : zh == "名" ? "person" : zh) }

  /// The same of a document's own currency, or of a well-known one.
  static func unit(_ id: String, _ currency: Currency?) -> String {
    let parts = id.components(" per ")
    let money = currency.flatMap { $0.isCalled(parts[0]) ? $0 : nil } ?? Currency(parts[0])
    guard money != .yuan, money.chinese != money.word else { return unit(id) }
    let rate = unit((["yuan"] + parts.dropFirst()).joined(separator: " per "))
    return money.chinese + rate.dropFirst()
  }

  private static let unitIDs: [String: String] = Dictionary(
    units.merging(declaredUnits) { unit, _ in unit }.map { ($0.value, $0.key) },
    uniquingKeysWith: { a, b in a.count > b.count ? a : b })

  /// Provinces by the first two digits of their codes.
  static let provinces: [String: String] = [
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东", "41": "河南",
    "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
  ]
  static let provinceCodes = Dictionary(uniqueKeysWithValues: provinces.map { ($0.value, $0.key) })

  /// What an example may expect, beside the total.
  static let quantities: [(ExampleSyntax.Expectation.Quantity, String)] = [
    (.total, "合计"), (.due, "应付"), (.pending, "未到期"), (.displaced, "就高不重复"), (.overQuota, "超出名额"), (.overCap, "超出限额"),
    (.recovered, "追回"), (.belowNought, "低于零"),
    (.payments, "笔数"), (.unpriced, "标准未明确"), (.undetermined, "无法判定"), (.elsewhere, "适用其他文件"),
    (.grants, "授予数"), (.met, "完成"), (.notMet, "未完成"), (.unknown, "无法判定"), (.notApplicable, "不适用"),
  ]
}

extension ExampleSyntax.Expectation {
  /// What an example expects, by its English word, in Chinese.
  package static func words(_ quantity: String) -> String {
    SurfaceWords.quantities.first { $0.0.rawValue == quantity }?.1 ?? quantity
  }
}

extension Text {
  /// A record as a rule points to it: `agency`, 该机构.
  var pointed: Text { Text(en, zh: "该" + zh) }
}

extension String {
  /// The parts between a separator.
  func components(_ separator: String) -> [String] {
    var out: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      out.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return out + [String(rest)]
  }
}
