// A fact by its name, from where a payment stands: `size`, or `enterprise.size` through a reference. Reads columns row
// by row without making anything of a row. Knows nothing of payments.

import Diagnostics
import Engine
import Facts
import Reckoning

/// A fact that records have or that what they refer to has.
package struct FactPath: Sendable {
  /// Which side of a payment is meant.
  enum Side: Sendable {
    case subject, beneficiary
  }

  /// The names between the dots, in either language.
  private let names: [String]
  /// Nil: the subject's or, where that has no such fact, the beneficiary's.
  let side: Side?

  /// `enterprise.size` or 就业单位的规模, as it was written; `beneficiary.size` is a fact of who is paid, whatever the
  /// subject has.
  package init(_ text: String) {
    let isChinese = text.utf8.contains { $0 >= 0x80 } && !text.contains(".")
    var names = text.split(separator: isChinese ? "的" : ".", omittingEmptySubsequences: false).map(String.init)
    var side: Side?
    if names.count > 1, let first = names.first {
      if ["beneficiary", "对象", "受益人"].contains(first) { side = .beneficiary }
      if ["subject", "对应记录"].contains(first) { side = .subject }
      if side != nil { names.removeFirst() }
    }
    self.init(names, side)
  }

  private init(_ names: [String], _ side: Side?) { (self.names, self.side) = (names, side) }

  /// Another fact of the same record.
  package func beside(_ name: String) -> FactPath { FactPath(names.dropLast() + [name], side) }

  /// The name of the fact itself.
  package var last: String { names.last ?? "" }

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
      return Raw(raw, field.type)
    }
  }

  /// A value, or which absence there is.
  enum Raw {
    case value(Int64)
    case unknown
    case none

    /// What a column of a type holds.
    @inline(__always) init(_ raw: Int64, _ type: FieldType) {
      switch type {
      case .bool: self = raw == 2 ? .unknown : .value(raw)
      case .money, .figure: self = raw == Absent.unknown64 ? .unknown : raw == Absent.none64 ? .none : .value(raw)
      case .text, .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set:
        self = raw == Int64(Absent.unknown32) ? .unknown : raw == Int64(Absent.none32) ? .none : .value(raw)
      }
    }
  }

  /// The field that has the day of somebody's birth, in every list that has persons.
  package static let birth = "born"

  /// The fact as records of a list have it; nil where they have none of this name, or a set. A record of the list that
  /// the name refers to in others is its own value: what is paid for a base stands under `base`, as what its hires
  /// bring.
  func reached(from list: ListDeclaration, in dataset: Dataset) -> Reached? {
    if let stated = stated(from: list, in: dataset) { return stated }
    guard names.count == 1, let name = names.first, list.singular == name || list.chinese.singular == name,
      let table = dataset.table(list.name), table.ids != nil, let id = FactPath.field("id", of: list),
      dataset.tables.contains(where: { FactPath.field(name, of: $0.declaration)?.type == .reference(list.name) })
    else { return nil }
    return Reached(references: [], column: nil, table: table, field: id)
  }

  /// The fact as records of a list state it.
  private func stated(from list: ListDeclaration, in dataset: Dataset) -> Reached? {
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
    dataset.tables.contains { stated(from: $0.declaration, in: dataset) != nil }
  }

  /// The name by which other programs know the fact: in English whatever it was written in.
  package func name(in dataset: Dataset) -> String? {
    for table in dataset.tables {
      guard stated(from: table.declaration, in: dataset) != nil else { continue }
      var list = table.declaration
      let own = names.map { name in
        guard let field = FactPath.field(name, of: list) else { return list.singular }
        if case .reference(let target) = field.type, let next = dataset.dictionary.list(target) { list = next }
        return field.name
      }
      let first: [String] =
        switch side {
        case .subject: ["subject"]
        case .beneficiary: ["beneficiary"]
        case nil: []
        }
      return (first + own).joined(separator: ".")
    }
    return nil
  }

  /// What people call it: `enterprise.size`, 就业单位的规模.
  package func words(in dataset: Dataset) -> Text {
    let name = name(in: dataset) ?? names.joined(separator: ".")
    for table in dataset.tables where stated(from: table.declaration, in: dataset) != nil {
      var list = table.declaration
      var words: [String] = side == .beneficiary ? ["对象"] : side == .subject ? ["对应记录"] : []
      for part in names {
        guard let field = FactPath.field(part, of: list) else { continue }
        words.append(field.words.zh)
        if case .reference(let target) = field.type, let next = dataset.dictionary.list(target) { list = next }
      }
      return Text(name, zh: words.joined(separator: "的"))
    }
    return .same(name)
  }

  /// The type of the fact and the list that has it, by the first list from which it is reached.
  package func field(in dataset: Dataset) -> (field: Field, list: ListDeclaration)? {
    dataset.tables.lazy.compactMap { stated(from: $0.declaration, in: dataset) }.first
      .map { ($0.field, $0.table.declaration) }
  }

  /// The fact as the records of one list have it: of those that this name reaches, the first for which a condition on
  /// the type holds; nil where none is.
  /// - Parameter preferred: the list that is looked at first; nil: all in their order.
  package func own(
    in dataset: Dataset, first preferred: ListDeclaration? = nil, where fits: (FieldType) -> Bool
  ) -> FactPath? {
    let lists = dataset.tables.map(\.declaration)
    let inOrder = lists.filter { $0.name == preferred?.name } + lists.filter { $0.name != preferred?.name }
    for list in inOrder {
      guard let reached = stated(from: list, in: dataset), fits(reached.field.type) else { continue }
      let own = FactPath([list.singular] + names, side)
      return own.stated(from: list, in: dataset) == nil ? nil : own
    }
    return nil
  }

  /// What may be written: the facts of lists, and those one reference away.
  package static func all(
    of lists: [ListDeclaration], in dictionary: FactDictionary
  ) -> [(name: String, words: Text, meaning: Text)] {
    var seen: Set<String> = []
    var out: [(name: String, words: Text, meaning: Text)] = []
    func add(_ name: String, _ zh: String, _ field: Field) {
      if case .set = field.type { return }
      if seen.insert(name).inserted { out.append((name, Text(name, zh: zh), field.meaning)) }
    }
    for list in lists { for field in list.fields { add(field.name, field.words.zh, field) } }
    for list in lists {
      for field in list.fields {
        guard case .reference(let target) = field.type, let next = dictionary.list(target) else { continue }
        for inner in next.fields {
          add(field.name + "." + inner.name, field.words.zh + "的" + inner.words.zh, inner)
        }
      }
    }
    return out
  }
}
