// Lists of facts as tables for statements: the columns where they lie, places by code and name, references by id, and
// beside each value that may be missing whether there is none or nobody knows.

import Commands
import Databases
import Diagnostics
import Facts
import Reckoning
import Sessions

/// A list of facts as a table.
enum FactQueryTable {
  /// What of a field a column shows.
  private enum Face {
    case id
    case value(Field)
    /// Whole fen of an amount.
    case fen(Field)
    /// The name of a place.
    case place(Field)
    /// The name of a record that is referred to.
    case name(Field, ofList: String)
    /// Whether a value is stated, there is none, or nobody knows.
    case state(Field)
  }

  /// What stands behind the names of columns that go with another.
  private static let (placeName, state) = (Text("_name", zh: "名称"), Text("_state", zh: "状态"))

  static func source(_ list: ListDeclaration, as name: String) -> QuerySource {
    let faces = faces(of: list)
    let chinese = list.words.zh
    return QuerySource(
      name: Text(name, zh: chinese), title: list.title, columns: faces.map(\.column)
    ) { desk, command throws(Refusal) in
      let (scenario, facts, _) = try desk.facts(for: command)
      let dataset = facts.dataset
      guard let table = dataset.table(list.name) else {
        preconditionFailure("a list of the dictionary has a table")
      }
      let maker = Maker(
        table, dataset, desk.queryTexts(of: dataset, serial: scenario.serial), isNamed: DatasetTexts.asksNames(command))
      return QueryTable(
        name, zh: chinese, faces.map(\.column.column),
        parts: [(count: table.count, values: faces.map { maker.values($0.face) })])
    }
  }

  private static func faces(of list: ListDeclaration) -> [(column: QuerySourceColumn, face: Face)] {
    var all: [(column: QuerySourceColumn, face: Face)] = []
    func add(_ field: Field, _ suffix: Text?, _ type: QueryType, isHidden: Bool = false, _ face: Face) {
      let words = field.words
      let (en, zh) = (suffix?.en ?? "", suffix?.zh ?? "")
      let column = QuerySourceColumn(
        field.name + en, zh: words.zh + zh, type, suffix == nil ? Text(field.meaning.en, zh: words.zh) : nil,
        isHidden: isHidden)
      all.append((column, face))
    }
    if list.hasID {
      all.append((QuerySourceColumn("id", zh: list.field("id")?.chinese ?? "编号", .text), .id))
    }
    for field in list.fields where field.name != "id" { add(field, nil, type(of: field.type), .value(field)) }
    if let person = list.personField, list.field(person.name) == nil {
      all.append((QuerySourceColumn(person.name, zh: "本人", .text, person.meaning), .value(person)))
    }
    for field in list.fields where field.name != "id" {
      switch field.type {
      case .place, .county, .area: add(field, placeName, .text, .place(field))
      case .money:
        add(field, Text(MoneyColumns.fen, zh: MoneyColumns.fenInChinese), .integer, isHidden: true, .fen(field))
      case .reference(let list): add(field, placeName, .text, .name(field, ofList: list))
      case .text, .bool, .int, .date, .dateOrMonth, .dateOrYear, .figure, .choice, .set: break
      }
      if mayBeMissing(field) { add(field, state, .text, isHidden: true, .state(field)) }
    }
    let kept = all.map(\.column).named
    return kept.compactMap { column in
      all.first { $0.column.column.name == column.column.name }.map { (column, $0.face) }
    }
  }

  private static func mayBeMissing(_ field: Field) -> Bool {
    if case .set = field.type { return false }
    switch field.absence {
    case .required, .empty: return false
    case .none, .unknown, .value, .field: return true
    }
  }

  private static func type(of type: FieldType) -> QueryType {
    switch type {
    case .bool: .flag
    case .int: .integer
    case .money: .money
    case .figure: .decimal
    case .date, .dateOrMonth, .dateOrYear: .date
    case .text, .place, .county, .area, .choice, .reference, .set: .text
    }
  }

  /// Makes the values of a list's columns.
  private struct Maker {
    private let table: FactTable
    private let dataset: Dataset
    private let texts: DatasetTexts
    /// Whether the names of what is referred to are asked for.
    private let isNamed: Bool

    init(_ table: FactTable, _ dataset: Dataset, _ texts: DatasetTexts, isNamed: Bool) {
      (self.table, self.dataset, self.texts, self.isNamed) = (table, dataset, texts, isNamed)
    }

    func values(_ face: Face) -> QueryValues {
      switch face {
      case .id: return ids
      case .value(let field):
        if case .set(let member) = field.type { return sets(field, member) }
        guard case .choice(let names) = field.type else { return column(field, reading(field.type)) }
        let words = dataset.dictionary.words(ofChoices: names).map(\.zh)
        return column(field, reading(field.type)).inChinese(column(field, .text(QueryTexts(words))))
      case .fen(let field): return column(field, .integer)
      case .place(let field): return column(field, .text(texts.placeNames))
      case .name(let field, let list):
        guard isNamed, let others = dataset.table(list) else { return .absent }
        return texts.names(others).map { column(field, .text($0)) } ?? column(field, reading(field.type))
      case .state(let field): return states(field)
      }
    }

    private var ids: QueryValues {
      guard let ids = table.ids else { return .absent }
      return .byRow(texts.ids(ids))
    }

    private func reading(_ type: FieldType) -> QueryValues.Reading {
      switch type {
      case .text: return .text(texts.all)
      case .bool, .int: return .integer
      case .money, .figure(.amount): return .scaled(100)
      case .figure(.decimal), .figure(.share): return .scaled(Share.unit)
      case .date, .dateOrMonth, .dateOrYear: return .day
      case .place, .county, .area: return .text(texts.placeCodes)
      case .choice(let names): return .text(QueryTexts(names))
      case .reference(let list):
        guard let ids = dataset.table(list)?.ids else { return .text(QueryTexts([])) }
        return .text(texts.ids(ids))
      case .set: preconditionFailure("a set is no single value")
      }
    }

    private func column(_ field: Field, _ reading: QueryValues.Reading) -> QueryValues {
      guard let column = table.columns[field.name] else { return .absent }
      switch column.data {
      case .constant(let raw): return Maker.isMark(raw, field) ? .absent : .constant(raw, reading)
      case .ownIDs: return ids
      case .bools(let values): return numbers(values, reading)
      case .int32(let values): return numbers(values, reading)
      case .int64(let values): return numbers(values, reading)
      case .sets: return .absent
      }
    }

    private func numbers<Number>(_ values: Storage<Number>, _ reading: QueryValues.Reading) -> QueryValues {
      guard let start = values.buffer.baseAddress else { return .absent }
      return .numbers(UnsafeRawPointer(start), width: MemoryLayout<Number>.size, reading, owner: values)
    }

    private func states(_ field: Field) -> QueryValues {
      guard let column = table.columns[field.name] else { return .absent }
      switch column.data {
      case .constant(let raw):
        guard Maker.isMark(raw, field) else { return stated }
        let isNone = raw == (field.isWide ? Absent.none64 : Int64(Absent.none32))
        return isNone
          ? .constant("none").inChinese(.constant("无")) : .constant("unknown").inChinese(.constant("未知"))
      case .ownIDs, .sets: return stated
      case .bools, .int32, .int64: return self.column(field, .state)
      }
    }

    private var stated: QueryValues { .constant("stated").inChinese(.constant("已填")) }

    private static func isMark(_ raw: Int64, _ field: Field) -> Bool {
      if field.type == .bool { return raw == 2 }
      return field.isWide
        ? raw == Absent.unknown64 || raw == Absent.none64
        : raw == Int64(Absent.unknown32) || raw == Int64(Absent.none32)
    }

    /// The members of each set, one after another.
    private func sets(_ field: Field, _ member: FieldType) -> QueryValues {
      guard let column = table.columns[field.name] else { return .absent }
      func text(_ raw: Int32) -> Text {
        switch member {
        case .place, .county, .area:
          .same(dataset.places.codes.indices.contains(Int(raw)) ? dataset.places.codes[Int(raw)].text : "")
        case .reference(let list): .same(dataset.table(list)?.ids?.text(Int(raw)) ?? "")
        case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .set:
          dataset.describe(raw: Int64(raw), member)
        }
      }
      let all = (0..<table.count).map { column.members($0).map(text) }
      return .texts(all.map { $0.map(\.en).joined(separator: "; ") })
        .inChinese(.texts(all.map { $0.map(\.zh).joined(separator: "、") }))
    }
  }
}

/// The texts of a dataset as statements read them; made once for a dataset.
final class DatasetTexts {
  /// All texts of its pool, by number.
  let all: QueryTexts
  let placeCodes: QueryTexts
  let placeNames: QueryTexts
  private let texts: TextPool

  init(_ dataset: Dataset) {
    texts = dataset.texts
    let (ends, bytes) = dataset.texts.flat
    all = QueryTexts(ends: ends, bytes: bytes)
    placeCodes = QueryTexts(dataset.places.codes.map(\.text))
    placeNames = QueryTexts(dataset.places.names)
  }

  /// The names of lists' records, made when they are first asked for.
  private var known: [String: QueryTexts] = [:]

  /// Whether a statement may read names: making them takes a while where there are very many records.
  static func asksNames(_ command: Command) -> Bool {
    let text = command.text.lowercased().replacing("count(*)", with: "")
    return text.contains("*") || text.contains("name") || text.contains("名称")
  }

  /// The names of a list's records, by row: what they are called, else their ids; nil where nothing names them.
  func names(_ table: FactTable) -> QueryTexts? {
    let list = table.declaration
    if let found = known[list.name] { return found }
    guard let named = list.field("name")?.name ?? list.personName, list.field(named)?.type == .text,
      case .int32(let values)? = table.columns[named]?.data
    else { return nil }
    let made = QueryTexts(
      (0..<table.count).lazy.map { row in
        let text = values[row] >= 0 ? self.texts.text(values[row]) : ""
        return text.isEmpty ? table.ids?.text(row) ?? "" : text
      })
    known[list.name] = made
    return made
  }

  /// The ids of a list, where they lie.
  func ids(_ ids: IDColumn) -> QueryTexts {
    guard let offsets = ids.offsets.buffer.baseAddress, let bytes = ids.bytes.buffer.baseAddress else {
      return QueryTexts([])
    }
    return QueryTexts(count: ids.count, offsets: UnsafePointer(offsets), bytes: UnsafePointer(bytes), owner: ids)
  }
}

extension Desk {
  /// The texts of the facts, which are kept for the next statement over the same.
  /// - Parameter serial: the scenario's.
  func queryTexts(of dataset: Dataset, serial: Int) -> DatasetTexts {
    if let known = knownTexts, known.serial == serial, known.count == dataset.texts.count { return known.texts }
    let made = DatasetTexts(dataset)
    knownTexts = (serial, dataset.texts.count, made)
    return made
  }
}
