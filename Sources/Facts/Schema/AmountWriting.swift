// Amounts and counts as office programs and people write them: with separators, signs and units. Exact throughout.
// Knows nothing of files.
import Reckoning

/// The ways of writing a number that have one meaning.
struct AmountWriting {
  let text: String
  /// By how much a number without a unit of its own is multiplied: the unit in its column's heading.
  var scale: Int64 = 1

  /// Units of money and how many yuan each is.
  static let units: [(name: String, yuan: Int64)] = [
    ("万元", 10_000), ("千元", 1000), ("百元", 100), ("亿元", 100_000_000), ("万", 10_000), ("元整", 1), ("元", 1), ("圆", 1),
    ("yuan", 1), ("rmb", 1), ("cny", 1),
    ("k", 1000), ("千", 1000), ("百", 100),
  ]

  /// An amount in fen.
  /// - Parameter isMonthly: whether a sum for each month is asked, so that it may say so.
  func money(isMonthly: Bool) throws(ValueProblem) -> (raw: Int64, form: WrittenForm)? {
    guard text.utf8.count <= 60 else { return nil }
    var rest = CellText.plain(text)
    if rest.hasPrefix("("), rest.hasSuffix(")") {
      let inner = String(rest.dropFirst().dropLast())
      if try AmountWriting(text: inner).money(isMonthly: isMonthly) != nil { throw .bracketed(text) }
      return nil
    }
    if rest.hasSuffix(")"), let open = rest.lastIndex(of: "("), open > rest.startIndex {
      // 4200（税前）, 4200（元）
      let inner = rest[rest.index(after: open)...].dropLast()
      let isUnit = AmountWriting.units.contains { $0.name == inner.lowercased() }
      guard isUnit || AmountWriting.remarks.contains(String(inner)) else { return nil }
      rest = blankless(rest[..<open]) + (isUnit ? String(inner) : "")
    }
    if scale == 1, let said = ChineseAmount.fen(rest) {
      if said > Money.limit.fen { throw .tooLarge(text, limit: Money.limit.grouped) }
      return (said, .amount)
    }
    var form = WrittenForm.amount
    for sign in ["人民币", "RMB", "CNY", "¥"] where rest.hasPrefix(sign) { rest = blankless(rest.dropFirst(sign.count)) }
    if isMonthly {
      for end in ["/月", "每月", "/人/月"] where rest.hasSuffix(end) { rest = blankless(rest.dropLast(end.count)) }
    }
    var unit = scale
    for (name, yuan) in AmountWriting.units where rest.lowercased().hasSuffix(name) {
      rest = blankless(rest.dropLast(name.count))
      unit = yuan
      form = .unit(yuan)
      break
    }
    guard let digits = AmountWriting.ungrouped(rest).map(AmountWriting.settled) else { return nil }
    if scale != 1, form == .amount { form = .scaled(digits.prefix { $0 != "." }.count) }
    guard let fen = AmountWriting.scaled(digits, by: unit) else {
      // Nothing is left of an amount that would be less than a fen.
      if digits.utf8.count <= 18, digits.utf8.contains(0x2E) { throw .tooManyDecimals(text) }
      throw .tooLarge(text, limit: Money.limit.grouped)
    }
    if fen > Money.limit.fen { throw .tooLarge(text, limit: Money.limit.grouped) }
    return (fen, form)
  }

  /// What stands behind the sign of an amount below nought, or between the brackets of one; nil for any other text.
  static func belowNought(_ text: String) -> String? {
    let plain = CellText.plain(text).replacing("−", with: "-")
    var rest = Substring(plain)
    var isBelow = false
    if rest.hasPrefix("("), rest.hasSuffix(")") {
      rest = Members.trimmed(rest.dropFirst().dropLast())
      isBelow = true
    }
    // ￥-500 and -￥500 are the same.
    for sign in ["人民币", "RMB", "CNY", "¥"] where rest.hasPrefix(sign) {
      rest = Members.trimmed(rest.dropFirst(sign.count))
    }
    if rest.hasPrefix("-"), !isBelow {
      rest = Members.trimmed(rest.dropFirst())
      isBelow = true
    }
    guard isBelow, let first = rest.first, first.isNumber || "¥RC人".contains(first) else { return nil }
    return String(rest)
  }

  /// A whole number with separators or a unit that its field has.
  func whole(_ field: Field) throws(ValueProblem) -> (raw: Int64, form: WrittenForm)? {
    guard text.utf8.count <= 60 else { return nil }
    var rest = CellText.plain(text)
    var factor = scale
    var form = WrittenForm.amount
    if field.name.hasSuffix("_months"), let months = AmountWriting.halfYears(rest) { return (months, .unit(6)) }
    for (name, times) in AmountWriting.units(of: field.name) where rest.hasSuffix(name) {
      rest = blankless(rest.dropLast(name.count))
      factor = times
      form = .unit(times)
      break
    }
    let digits = AmountWriting.ungrouped(rest) ?? AmountWriting.numerals[rest]
    guard let digits, let value = Decimals.parse(AmountWriting.settled(digits)[...], scale: 0) else { return nil }
    let (all, overflow) = value.multipliedReportingOverflow(by: factor)
    if overflow || all > ValueReader.wholeLimit { throw .tooLarge(text, limit: String(ValueReader.wholeLimit)) }
    return (all, form)
  }

  /// The months of 半年, 一年半, 2年半; nil for any other text.
  private static func halfYears(_ text: String) -> Int64? {
    if text == "半年" { return 6 }
    guard text.hasSuffix("年半") else { return nil }
    let years = String(text.dropLast(2))
    return (numerals[years] ?? years).wholeMatch(of: /[0-9]{1,2}/).flatMap { Int64($0.0) }.map { $0 * 12 + 6 }
  }

  /// Units of counts by what the field counts.
  static func units(of field: String) -> [(name: String, times: Int64)] {
    if field.hasSuffix("_months") { return [("个月", 1), ("月", 1), ("年", 12), ("months", 1), ("years", 12)] }
    if field.hasSuffix("year") || field.hasSuffix("years") { return [("年度", 1), ("年", 1)] }
    return [("人", 1), ("名", 1), ("个", 1)]
  }

  /// What is said of an amount and changes nothing about it.
  private static let remarks: Set<String> = ["税前", "税后", "含税", "应发", "实发", "底薪", "基本工资", "包吃住", "月薪", "月", "每月"]

  /// Small numbers in Chinese, as terms of contracts are written: 三年.
  private static let numerals = [
    "一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10",
    "十二": "12", "十八": "18", "二十四": "24", "三十六": "36",
  ]

  /// A number without what a program's arithmetic has left far behind its point: `4200.00000001`, `4199.9999999`; and
  /// without noughts at its end: `24.0`.
  private static func settled(_ digits: String) -> String {
    guard let point = digits.firstIndex(of: ".") else { return digits }
    let places = Array(digits[digits.index(after: point)...].utf8)
    var whole = digits[..<point] + "."
    // Of a number that is nearly nothing all would be lost.
    let isLarge = digits.utf8.prefix(digits.utf8.distance(from: digits.startIndex, to: point) + 3).contains {
      (0x31...0x39).contains($0)
    }
    if isLarge, places.count >= 6, places[2..<6].allSatisfy({ $0 == 0x30 }) {
      whole += String(decoding: places[..<2], as: UTF8.self)
    } else {
      var kept = places
      while kept.last == 0x30 { kept.removeLast() }
      if kept.isEmpty { return String(digits[..<point]) }
      whole += String(decoding: kept, as: UTF8.self)
    }
    return whole.hasSuffix(".00") ? String(whole.dropLast(3)) : String(whole)
  }

  private func blankless(_ text: Substring) -> String { String(Members.trimmed(text)) }

  /// A number without its separators, which stand before every three digits; nil where they do not, or where it is no
  /// number.
  static func ungrouped(_ text: String) -> String? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count == 1 || CellText.isDigits(parts[1]) else { return nil }
    // `4,200` and `4 200`
    let mark: Character = first.contains(",") ? "," : " "
    let groups = first.split(separator: mark, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ CellText.isDigits($0) }) else { return nil }
    if groups.count > 1 {
      guard groups[0].utf8.count <= 3, groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }) else { return nil }
    }
    return groups.joined() + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// `digits` times a power of ten, in fen; nil where that is not a whole number of fen or does not fit.
  private static func scaled(_ digits: String, by unit: Int64) -> Int64? {
    let places = digits.firstIndex(of: ".").map { digits.utf8.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
    guard places <= 12, let value = Decimals.parse(digits[...], scale: places) else { return nil }
    let wide = Int128(value) * Int128(unit) * 100
    var power: Int128 = 1
    for _ in 0..<places { power *= 10 }
    guard wide % power == 0 else { return nil }
    return Int64(exactly: wide / power)
  }
}
