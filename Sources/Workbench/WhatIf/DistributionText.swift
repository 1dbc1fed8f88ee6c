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
  ///
  /// - Parameter line: a command that draws the same from a range, for where a column holds nothing.
  func spread(_ text: Written, _ type: ValueType, line: Text? = nil) throws(Refusal) -> Spread {
    func refuse() -> Refusal { Refusal(.whatIf(.drawn(.notADistribution(text.raw))), at: text.location) }
    func figure(_ part: some StringProtocol, _ type: ValueType) throws(Refusal) -> Int64 {
      do { return try ValueText.read(String(part), as: type, places: places) } catch {
        throw Refusal(.value(error, name: .same(text.raw)), at: text.location)
      }
    }
    let plain = text.text
    if let dots = plain.firstRange(of: "..") {
      let a = try figure(plain[..<dots.lowerBound], type), b = try figure(plain[dots.upperBound...], type)
      guard a <= b else { throw Refusal(.whatIf(.drawn(.rangeTurned(text.raw))), at: text.location) }
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
        try empirical(
          String(column[..<dot]), String(column[column.index(after: dot)...]), type, text, line: line))
    default: return .fixed(try figure(plain, type))
    }
  }

  // MARK: Columns of facts

  /// The values that a column of facts holds.
  /// - Parameter line: a command that draws the same from a range, for where the column holds nothing.
  private func empirical(
    _ list: String, _ field: String, _ type: ValueType, _ text: Written, line: Text?
  ) throws(Refusal) -> [Int64] {
    func refuse(_ mistake: DrawMistake) -> Refusal { Refusal(.whatIf(.drawn(mistake)), at: text.location) }
    let name = list + "." + field
    guard let table = dataset.tables.first(where: { isCalled(list, $0.declaration.name, $0.declaration.words) }),
      let declared = table.declaration.fields.first(where: { isCalled(field, $0.name, $0.words) })
    else { throw refuse(.unknownColumn(name, fitting: columns(of: type))) }
    guard declared.type.isDrawn(as: type) else { throw refuse(.otherColumn(name, fitting: columns(of: type))) }
    let values = DistributionText.values(table, declared.name)
    if values.isEmpty { throw refuse(.emptyColumn(name, fitting: columns(of: type), line: line)) }
    return values
  }

  private func isCalled(_ name: String, _ id: String, _ words: Text) -> Bool { id == name || words.zh == name }

  /// The columns of figures of a type that hold any.
  private func columns(of type: ValueType) -> [Text] {
    dataset.tables.flatMap { table in
      table.declaration.fields.compactMap { field in
        guard field.type.isDrawn(as: type), !DistributionText.values(table, field.name).isEmpty else { return nil }
        let list = table.declaration
        return Text(list.name + "." + field.name, zh: list.words.zh + "." + field.words.zh)
      }
    }
  }

  /// What the records of a table have in a column, as far as they have anything.
  private static func values(_ table: FactTable, _ field: String) -> [Int64] {
    guard let column = table.columns[field] else { return [] }
    var values: [Int64] = []
    switch column.data {
    case .int32(let s): for i in 0..<table.count where s[i] > Absent.none32 { values.append(Int64(s[i])) }
    case .int64(let s): for i in 0..<table.count where s[i] > Absent.none64 { values.append(s[i]) }
    case .constant(let raw) where raw > Absent.none64 && raw > Int64(Absent.none32) && table.count > 0: values = [raw]
    default: break
    }
    return values
  }
}

extension FieldType {
  /// Whether the facts of a column are figures of a type.
  fileprivate func isDrawn(as type: ValueType) -> Bool {
    switch self {
    case .money: type == .money || type.isRate
    case .int: type == .number || type == .months || type == .days
    case .date: type == .date
    case .text, .bool, .figure, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set: false
    }
  }
}
