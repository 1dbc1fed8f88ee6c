// How a figure is spread, as it is written: one value, a range, a named distribution, or the values of a column of
// facts. Knows nothing of what is drawn.

import Commands
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Reads distributions over some facts.
struct DistributionText {
  private let dataset: Dataset
  private let places: Gazetteer

  init(_ dataset: Dataset, _ places: Gazetteer) {
    self.dataset = dataset
    self.places = places
  }

  /// `60%..85%`, `normal(300, 20)`, `triangular(200, 300, 400)`, `empirical(hires.monthly_wage)`, or one value.
  func spread(_ text: Written, _ type: ValueType) throws(Refusal) -> Spread {
    func refuse() -> Refusal { Refusal(.whatIf(.notADistribution(text.raw)), at: text.location) }
    func figure(_ part: some StringProtocol, _ type: ValueType) throws(Refusal) -> Int64 {
      do { return try ValueText.read(String(part), as: type, places: places) } catch {
        throw Refusal(.value(error, name: .same(text.raw)), at: text.location)
      }
    }
    let plain = text.text
    if let dots = plain.firstRange(of: "..") {
      let a = try figure(plain[..<dots.lowerBound], type), b = try figure(plain[dots.upperBound...], type)
      guard a <= b else { throw refuse() }
      return .uniform(a, b)
    }
    let word = plain.prefix { $0 != "(" && $0 != " " }.lowercased()
    var rest = plain.dropFirst(word.count).drop { $0 == " " }
    if rest.hasPrefix("(") {
      guard rest.hasSuffix(")") else { throw refuse() }
      rest = rest.dropFirst().dropLast()
    }
    let parts = rest.split(whereSeparator: { $0 == "," || (!rest.contains(",") && $0 == " ") }).map {
      $0.drop { $0 == " " }
    }
    switch word {
    case "normal", "正态":
      guard parts.count == 2 else { throw refuse() }
      let spread: ValueType = type == .date ? .days : type
      return .normal(mean: try figure(parts[0], type), deviation: try figure(parts[1], spread))
    case "triangular", "三角":
      guard parts.count == 3 else { throw refuse() }
      let (a, m, b) = (try figure(parts[0], type), try figure(parts[1], type), try figure(parts[2], type))
      guard a <= m, m <= b else { throw refuse() }
      return .triangular(a, m, b)
    case "uniform", "均匀":
      guard parts.count == 2 else { throw refuse() }
      let (a, b) = (try figure(parts[0], type), try figure(parts[1], type))
      guard a <= b else { throw refuse() }
      return .uniform(a, b)
    case "empirical", "经验":
      guard let column = parts.first, parts.count == 1, let dot = column.lastIndex(of: ".") else { throw refuse() }
      return .empirical(
        try empirical(String(column[..<dot]), String(column[column.index(after: dot)...]), type, text))
    default: return .fixed(try figure(plain, type))
    }
  }

  /// The values that a column of facts holds.
  private func empirical(
    _ list: String, _ field: String, _ type: ValueType, _ text: Written
  ) throws(Refusal) -> [Int64] {
    guard let table = dataset.table(list), let declared = table.declaration.field(field),
      let column = table.columns[field]
    else {
      throw Refusal(.whatIf(.unknownInput(list + "." + field, nearest: [])), at: text.location)
    }
    let fits: Bool
    switch (declared.type, type) {
    case (.money, .money), (.money, .rate), (.int, .number), (.int, .months), (.int, .days), (.date, .date):
      fits = true
    default: fits = false
    }
    guard fits else { throw Refusal(.whatIf(.notADistribution(text.raw)), at: text.location) }
    var values: [Int64] = []
    switch column.data {
    case .int32(let s): for i in 0..<table.count where s[i] > Absent.none32 { values.append(Int64(s[i])) }
    case .int64(let s): for i in 0..<table.count where s[i] > Absent.none64 { values.append(s[i]) }
    case .constant(let raw) where raw > Absent.none64 && raw > Int64(Absent.none32) && table.count > 0: values = [raw]
    default: break
    }
    if values.isEmpty { throw Refusal(.whatIf(.emptyColumn(list + "." + field)), at: text.location) }
    return values
  }
}
