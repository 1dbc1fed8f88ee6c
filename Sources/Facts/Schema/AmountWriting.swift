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
    if scale != 1, form == .amount { form = .unit(scale) }
    guard let digits = AmountWriting.ungrouped(rest) else { return nil }
    guard let fen = AmountWriting.scaled(digits, by: unit) else {
      // Nothing is left of an amount that would be less than a fen.
      if digits.utf8.count <= 18, digits.utf8.contains(0x2E) { throw .tooManyDecimals(text) }
      throw .tooLarge(text, limit: Money.limit.grouped)
    }
    if fen > Money.limit.fen { throw .tooLarge(text, limit: Money.limit.grouped) }
    return (fen, form)
  }

  /// A whole number with separators or a unit that its field has.
  func whole(_ field: Field) throws(ValueProblem) -> (raw: Int64, form: WrittenForm)? {
    guard text.utf8.count <= 60 else { return nil }
    var rest = CellText.plain(text)
    var factor = scale
    var form = WrittenForm.amount
    for (name, times) in AmountWriting.units(of: field.name) where rest.hasSuffix(name) {
      rest = blankless(rest.dropLast(name.count))
      factor = times
      form = .unit(times)
      break
    }
    guard let digits = AmountWriting.ungrouped(rest), let value = Decimals.parse(digits[...], scale: 0) else {
      return nil
    }
    let (all, overflow) = value.multipliedReportingOverflow(by: factor)
    if overflow || all > ValueReader.wholeLimit { throw .tooLarge(text, limit: String(ValueReader.wholeLimit)) }
    return (all, form)
  }

  /// Units of counts by what the field counts.
  static func units(of field: String) -> [(name: String, times: Int64)] {
    if field.hasSuffix("_months") { return [("个月", 1), ("月", 1), ("年", 12), ("months", 1), ("years", 12)] }
    if field.hasSuffix("year") || field.hasSuffix("years") { return [("年度", 1), ("年", 1)] }
    return [("人", 1), ("名", 1), ("个", 1)]
  }

  private func blankless(_ text: Substring) -> String { String(Members.trimmed(text)) }

  /// A number without its separators, which stand before every three digits; nil where they do not, or where it is no
  /// number.
  static func ungrouped(_ text: String) -> String? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count == 1 || CellText.isDigits(parts[1]) else { return nil }
    let groups = first.split(separator: ",", omittingEmptySubsequences: false)
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
