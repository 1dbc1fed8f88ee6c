// A fact by its name, from where a payment stands: `size`, or `enterprise.size` through a reference. Reads columns row
// by row without making anything of a row. Knows nothing of payments.

import Diagnostics
import Engine
import Facts
import Reckoning

/// A fact that records have or that what they refer to has.
package struct FactPath: Sendable {
  /// The names between the dots, in either language.
  private let names: [String]

  /// `enterprise.size`, as it was written.
  package init(_ text: String) { names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }

  /// A fact reached from one list: the columns to follow, and what stands in the last of them.
  struct Reached: Sendable {
    /// The references on the way, with the number of records that each leads to.
    let references: [(column: Column, count: Int)]
    /// Nil where the fact is the record's own id.
    let column: Column?
    /// Whose fact it is.
    let table: FactTable
    let field: Field

    /// What stands there for a row, as a column holds it; for ids, the row.
    @inline(__always) func raw(_ row: Int32) -> Raw {
      var row = Int64(row)
      for (column, count) in references {
        let next = Invariant.value(column.raw(Int(row)), "reference-has-row: a reference has a value in every row")
        if next == Int64(Absent.unknown32) { return .unknown }
        if next == Int64(Absent.none32) { return .none }
        Invariant.holds(next >= 0 && next < count, "reference-in-list: a reference leads to a record of its list")
        row = next
      }
      guard let column else { return .value(row) }
      let raw = Invariant.value(column.raw(Int(row)), "fact-has-row: a fact that is no set has a value in every row")
      switch field.type {
      case .bool: return raw == 2 ? .unknown : .value(raw)
      case .money, .figure: return raw == Absent.unknown64 ? .unknown : raw == Absent.none64 ? .none : .value(raw)
      case .text, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set:
        return raw == Int64(Absent.unknown32) ? .unknown : raw == Int64(Absent.none32) ? .none : .value(raw)
      }
    }
  }

  /// A value, or which absence there is.
  enum Raw {
    case value(Int64)
    case unknown
    case none
  }

  /// The fact as records of a list have it; nil where they have none of this name, or a set.
  func reached(from list: ListDeclaration, in dataset: Dataset) -> Reached? {
    var names = names[...]
    // `hire.start` is the hire's own start, where no field is called so.
    if names.count > 1, let first = names.first, FactPath.field(first, of: list) == nil,
      list.singular == first || list.chinese.singular == first
    {
      names = names.dropFirst()
    }
    guard let last = names.last, var table = dataset.table(list.name) else { return nil }
    var references: [(column: Column, count: Int)] = []
    for name in names.dropLast() {
      guard let field = FactPath.field(name, of: table.declaration), case .reference(let target) = field.type,
        let column = table.columns[field.name], let next = dataset.table(target)
      else { return nil }
      references.append((column, next.count))
      table = next
    }
    guard let field = FactPath.field(last, of: table.declaration) else { return nil }
    if case .set = field.type { return nil }
    guard let column = table.columns[field.name] else {
      return field.name == "id" && table.ids != nil
        ? Reached(references: references, column: nil, table: table, field: field) : nil
    }
    if case .ownIDs = column.data { return Reached(references: references, column: nil, table: table, field: field) }
    return Reached(references: references, column: column, table: table, field: field)
  }

  private static func field(_ name: String, of list: ListDeclaration) -> Field? {
    list.field(name) ?? list.fields.first { $0.chinese == name || $0.labels.contains(name) }
  }

  /// Whether records of any list have the fact.
  package func exists(in dataset: Dataset) -> Bool {
    dataset.tables.contains { reached(from: $0.declaration, in: dataset) != nil }
  }

  /// The name by which other programs know the fact: in English whatever it was written in.
  package func name(in dataset: Dataset) -> String? {
    for table in dataset.tables {
      guard reached(from: table.declaration, in: dataset) != nil else { continue }
      var list = table.declaration
      return names.map { name in
        guard let field = FactPath.field(name, of: list) else { return list.singular }
        if case .reference(let target) = field.type, let next = dataset.dictionary.list(target) { list = next }
        return field.name
      }.joined(separator: ".")
    }
    return nil
  }

  /// What may be written: the facts of lists, and those one reference away.
  package static func all(of lists: [ListDeclaration], in dictionary: FactDictionary) -> [(name: String, meaning: Text)]
  {
    var seen: Set<String> = []
    var out: [(name: String, meaning: Text)] = []
    func add(_ name: String, _ field: Field) {
      if case .set = field.type { return }
      if seen.insert(name).inserted { out.append((name, field.meaning)) }
    }
    for list in lists { for field in list.fields { add(field.name, field) } }
    for list in lists {
      for field in list.fields {
        guard case .reference(let target) = field.type, let next = dictionary.list(target) else { continue }
        for inner in next.fields { add(field.name + "." + inner.name, inner) }
      }
    }
    return out
  }
}
