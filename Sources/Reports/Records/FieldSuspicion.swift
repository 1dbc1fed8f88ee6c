// What looks wrong in a field, by rules that are the same for every list: days that lie far from all others, ages at
// which nobody works, figures that look like a slip of the unit, texts in two writings, identity numbers whose last
// digit does not fit. Nothing here says that a value is wrong. Knows nothing of how it is shown.

import Diagnostics
import Facts
import Reckoning

/// Some records of which a field looks wrong, for one reason.
package struct FieldSuspicion: Sendable {
  package let what: Text
  package let count: Int
  /// The first of them.
  package let rows: [Int32]

  private static let shown = 3
  /// Days that lie further from the middle than this are looked at: two generations at work.
  private static let farDays: Int64 = 40 * 365
  /// So many times the figure in the middle, or so small a part of it.
  private static let farTimes: Int64 = 20
  /// A middle of fewer values says nothing.
  private static let enough = 5
  /// Texts of so many different writings are compared.
  private static let mostTexts = 200_000

  static func all(
    of field: Field, _ column: Column, _ table: FactTable, _ values: FieldValues, rows: [Int32]?, in dataset: Dataset
  ) -> [FieldSuspicion] {
    let look = Look(column: column, field: field, rows: rows, count: table.count)
    var out: [FieldSuspicion?] = []
    switch field.type {
    case .date, .dateOrMonth:
      out = [far(look, values), age(look, table)]
    case .int, .money: out = [slip(look, values)]
    case .text: out = [twoWritings(look, values, dataset), identity(look, values, table, dataset)]
    case .bool, .dateOrYear, .place, .county, .choice, .reference, .set: break
    }
    return out.compactMap { $0 }
  }

  /// A field's values, row by row.
  private struct Look {
    let column: Column
    let field: Field
    let rows: [Int32]?
    let count: Int

    /// The records whose value is of a sort; nil where there are none.
    func find(_ what: Text, _ isSo: (_ row: Int, _ raw: Int64) -> Bool) -> FieldSuspicion? {
      var found = 0
      var first: [Int32] = []
      FieldValues.each(rows, count) { row in
        guard let raw = column.raw(row), case .value(let raw) = FactPath.Raw(raw, field.type), isSo(row, raw) else {
          return
        }
        found += 1
        if first.count < FieldSuspicion.shown { first.append(Int32(truncatingIfNeeded: row)) }
      }
      return found == 0 ? nil : FieldSuspicion(what: what, count: found, rows: first)
    }
  }

  // MARK: Days

  private static func far(_ look: Look, _ values: FieldValues) -> FieldSuspicion? {
    guard let median = values.median else { return nil }
    guard values.counts.keys.contains(where: { abs($0 - median) > farDays }) else { return nil }
    return look.find(Text("more than 40 years from the others", zh: "与其余相差40年以上")) { abs($1 - median) > farDays }
  }

  /// Too young or too old for work when the record begins.
  private static func age(_ look: Look, _ table: FactTable) -> FieldSuspicion? {
    let list = table.declaration
    guard look.field.name == FactPath.birth, let begins = list.begins, let start = table.columns[begins],
      let type = list.field(begins)?.type, type != .int
    else { return nil }
    return look.find(Text("younger than 16 or older than 70 then", zh: "届时不满16岁或超过70岁")) { row, raw in
      guard let day = start.raw(row), case .value(let day) = FactPath.Raw(day, type) else { return false }
      return !(16...70).contains(GroupReader.years(from: raw, to: day))
    }
  }

  // MARK: Figures

  private static func slip(_ look: Look, _ values: FieldValues) -> FieldSuspicion? {
    guard let median = values.median, median > 0, values.counts.values.reduce(0, +) >= enough else { return nil }
    func isFar(_ raw: Int64) -> Bool { raw > Amounts.multiply(median, Int(farTimes)) || raw < median / farTimes }
    guard values.counts.keys.contains(where: isFar) else { return nil }
    return look.find(Text("20 times the usual or a twentieth of it", zh: "达到常见值20倍或不足其二十分之一")) { isFar($1) }
  }

  // MARK: Texts

  /// Texts that differ in spaces, width or capitals only; the rarer ones.
  private static func twoWritings(_ look: Look, _ values: FieldValues, _ dataset: Dataset) -> FieldSuspicion? {
    guard values.counts.count > 1, values.counts.count <= mostTexts, case .int32 = look.column.data else { return nil }
    var best: [String: (raw: Int64, count: Int)] = [:]
    var rarer: Set<Int64> = []
    for (raw, count) in values.counts.sorted(by: { $0.key < $1.key }) {
      let key = folded(dataset.texts.text(Int32(clamping: raw)))
      guard let other = best[key] else {
        best[key] = (raw, count)
        continue
      }
      if count > other.count {
        rarer.insert(other.raw)
        best[key] = (raw, count)
      } else {
        rarer.insert(raw)
      }
    }
    guard !rarer.isEmpty else { return nil }
    return look.find(Text("written in two ways", zh: "同一内容两种写法")) { rarer.contains($1) }
  }

  private static func folded(_ text: String) -> String {
    var out = ""
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x3000, 0xA0: continue
      case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0).map { out.unicodeScalars.append($0) }
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out.lowercased()
  }

  /// Identity numbers of eighteen digits, the last of which follows from the others (GB 11643).
  private static func identity(
    _ look: Look, _ values: FieldValues, _ table: FactTable, _ dataset: Dataset
  ) -> FieldSuspicion? {
    guard look.field.name == table.declaration.personID, case .int32 = look.column.data else { return nil }
    var wrong: Set<Int64> = []
    for raw in values.counts.keys where !isIdentity(dataset.texts.text(Int32(clamping: raw))) { wrong.insert(raw) }
    guard !wrong.isEmpty else { return nil }
    return look.find(Text("no identity number: its digits do not fit", zh: "不是有效身份证号")) { wrong.contains($1) }
  }

  static func isIdentity(_ text: String) -> Bool {
    let digits = Array(text.uppercased().utf8)
    if digits.count == 15 { return digits.allSatisfy { (0x30...0x39).contains($0) } }
    guard digits.count == 18, digits.dropLast().allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    var sum = 0
    for (i, digit) in digits.dropLast().enumerated() {
      var weight = 1
      for _ in 0..<(17 - i) { weight = weight * 2 % 11 }
      sum += Int(digit - 0x30) * weight
    }
    return digits[17] == Array("10X98765432".utf8)[sum % 11]
  }
}
