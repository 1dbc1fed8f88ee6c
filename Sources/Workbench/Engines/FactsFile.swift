// A list of facts as a file of comma-separated values for an engine: a column for each field in the list's order,
// places by code, choices and references by name, amounts in yuan, nothing where a value is absent.
// Knows nothing of engines.

import Facts
import Reckoning

/// The records of one list, to be written.
struct FactsFile {
  private let table: FactTable
  private let dataset: Dataset

  init(_ table: FactTable, _ dataset: Dataset) {
    self.table = table
    self.dataset = dataset
  }

  /// Hands over the rows block by block.
  func write(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    var block = ByteBlock(capacity: 1 << 20)
    let fields = table.declaration.fields
    for row in 0..<table.count {
      for (i, field) in fields.enumerated() {
        if i > 0 { block.append([UInt8(ascii: ",")]) }
        cell(field, row, &block)
      }
      block.append([UInt8(ascii: "\n")])
      if block.count > 1 << 19 {
        try sink(block.contents)
        block.clear()
      }
    }
    try sink(block.contents)
  }

  private func cell(_ field: Field, _ row: Int, _ block: inout ByteBlock) {
    if field.name == "id", let ids = table.ids { return quoted(ids.slice(row), &block) }
    guard let column = table.columns[field.name] else { return }
    if case .set(let member) = field.type {
      let members = column.members(row)
      if !members.isEmpty { quoted(members.map { text(Int64($0), member) }.joined(separator: "; "), &block) }
      return
    }
    guard let raw = column.raw(row) else {
      if case .ownIDs = column.data, let ids = table.ids { quoted(ids.slice(row), &block) }
      return
    }
    guard !FactsFile.isAbsent(raw, field) else { return }
    switch field.type {
    case .int: block.append(raw)
    case .money, .figure(.amount): block.append(fen: raw)
    case .figure(.decimal), .figure(.share): block.append(FactsFile.decimal(raw))
    case .bool: block.append(raw == 0 ? "false" : "true")
    case .date, .dateOrMonth, .dateOrYear, .text, .place, .county, .area, .choice, .reference, .set:
      quoted(text(raw, field.type), &block)
    }
  }

  private func text(_ raw: Int64, _ type: FieldType) -> String {
    let n = Int32(truncatingIfNeeded: raw)
    switch type {
    case .text: return dataset.texts.text(n)
    case .place, .county, .area:
      return dataset.places.codes.indices.contains(Int(n)) ? dataset.places.codes[Int(n)].text : ""
    case .choice(let names): return names.indices.contains(Int(n)) ? names[Int(n)] : ""
    case .reference(let list): return dataset.table(list)?.ids?.text(Int(n)) ?? ""
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .set:
      return dataset.describe(raw: raw, type).en
    }
  }

  /// Hundred-millionths with eight decimals.
  private static func decimal(_ raw: Int64) -> String {
    let unit = UInt64(Share.unit)
    let (whole, rest) = raw.magnitude.quotientAndRemainder(dividingBy: unit)
    let digits = String(rest)
    return (raw < 0 ? "-" : "") + String(whole) + "." + String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func isAbsent(_ raw: Int64, _ field: Field) -> Bool {
    if field.type == .bool { return raw == 2 }
    return field.isWide
      ? raw == Absent.unknown64 || raw == Absent.none64
      : raw == Int64(Absent.unknown32) || raw == Int64(Absent.none32)
  }

  private func quoted(_ text: String, _ block: inout ByteBlock) {
    var text = text
    text.withUTF8 { quoted($0, &block) }
  }

  private func quoted(_ bytes: UnsafeBufferPointer<UInt8>, _ block: inout ByteBlock) {
    let mark = UInt8(ascii: "\"")
    block.append([mark])
    if bytes.contains(mark) {
      for byte in bytes { block.append(byte == mark ? [mark, mark] : [byte]) }
    } else {
      block.append(bytes)
    }
    block.append([mark])
  }
}
