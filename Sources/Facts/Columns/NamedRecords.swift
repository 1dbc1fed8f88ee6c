// Records by their names, for references that give a name where an id is asked: looked at only where an id is not
// known, since nearly every file gives ids. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

/// The records of the lists that some reference may name.
struct NamedRecords {
  /// What a name means.
  enum Found {
    case row(Int32)
    /// Several records of one name: the first two.
    case several(Int32, Int32)
  }

  private var names: [Int: [String: Found]] = [:]

  /// - Parameters:
  ///   - lists: what was stated, before any column has been made of it.
  ///   - wanted: the lists of which an id was not found.
  init(_ lists: [ListParts], wanted: Set<Int>) {
    for number in wanted { names[number] = NamedRecords.names(lists[number]) }
  }

  /// Nil where no record has the name.
  func find(_ name: String, in list: Int) -> Found? { names[list]?[CellText.closed(name)] }

  private static func names(_ list: ListParts) -> [String: Found] {
    guard let field = list.schema.named("name"), field >= 0, list.schema.fields[field].type == .text else { return [:] }
    var out: [String: Found] = [:]
    func add(_ name: String, _ row: Int) {
      let row = Int32(truncatingIfNeeded: row)
      switch out[name] {
      case nil: out[name] = .row(row)
      case .row(let first): out[name] = .several(first, row)
      case .several: break
      }
    }
    for cell in list.records.cells[field] ?? [] {
      if case .text(let name) = cell.value { add(CellText.closed(name), Int(cell.row)) }
    }
    var base = list.records.count
    for part in list.bulk {
      let file = part.records
      if let column = file.column(of: field), case .int32(let codes) = column.values.values {
        for (k, run) in file.runs.enumerated() {
          let table = run.table(column.column)
          let texts = (0..<table.count).map { CellText.closed(table.text($0)) }
          for i in 0..<run.rows {
            let row = file.firstRows[k] + i
            if codes[row] >= 0 { add(texts[Int(codes[row])], base + row) }
          }
        }
      }
      base += file.rows
    }
    return out
  }
}

extension Assembly {
  /// Makes ready for references by name: whatever refers to a list by something that is no id of it.
  mutating func prepareNames() {
    var wanted: Set<Int> = []
    for list in lists {
      for (number, field) in list.schema.fields.enumerated() {
        let target: String
        switch field.type {
        case .reference(let name), .set(.reference(let name)): target = name
        case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice,
          .set:
          continue
        }
        if let found = dictionary.index(target), !wanted.contains(found), asksForName(list, number, target) {
          wanted.insert(found)
        }
      }
    }
    named = NamedRecords(lists, wanted: wanted)
  }

  private mutating func asksForName(_ list: ListParts, _ field: Int, _ target: String) -> Bool {
    guard let index = index(target)?.index else { return false }
    func isUnknown(_ value: Typed) -> Bool {
      switch value {
      case .text(let id): index.row(id) == nil
      case .texts(let ids): ids.contains { index.row($0) == nil }
      case .number, .numbers: false
      }
    }
    if list.records.cells[field]?.contains(where: { isUnknown($0.value) }) == true { return true }
    if list.cohorts.contains(where: { $0.cells[field].map { isUnknown($0.value) } ?? false }) { return true }
    for part in list.bulk {
      guard let column = part.records.column(of: field) else { continue }
      for run in part.records.runs {
        if run.sets[column.column].contains(where: isUnknown) { return true }
        let table = run.table(column.column)
        if case .reference = list.schema.fields[field].type,
          (0..<table.count).contains(where: { index.row(table.bytes($0)) == nil })
        {
          return true
        }
      }
    }
    return false
  }

  /// The row of a record by its id, else by its name.
  mutating func row(_ text: String, of list: String) -> (row: Int32, byName: Bool)? {
    guard let (number, index) = index(list) else { return nil }
    if let row = index.row(text) { return (row, false) }
    guard case .row(let row)? = named.find(text, in: number) else { return nil }
    return (row, true)
  }

  /// What is said of a reference by name: the id that it was read as.
  func id(_ row: Int32, of list: String) -> Text {
    guard let number = dictionary.index(list), let ids = ids[number] else { return .same("") }
    let id = ids.text(Int(row))
    return Text(id, zh: " " + id)
  }

  /// The ids of records of one name, where there are several.
  func several(_ text: String, of list: String) -> [String]? {
    guard let number = dictionary.index(list), let ids = ids[number],
      case .several(let first, let second)? = named.find(text, in: number)
    else { return nil }
    return [ids.text(Int(first)), ids.text(Int(second))]
  }
}
