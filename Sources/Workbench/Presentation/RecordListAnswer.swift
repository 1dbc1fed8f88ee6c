// Records of a list, those that somebody asked for: for people the first of them, and below what the columns say that
// say the same for all; for programs and files every field, typed.

import Answers
import Diagnostics
import Facts
import View

struct RecordListAnswer: Sendable {
  /// So many records people see, and programs read, unless somebody asks for more or fewer.
  static let usual = 60
  static let usualForPrograms = 100_000

  private let found: FoundRecords
  /// The rows in the order of telling.
  private let rows: [Int32]
  private let limit: Int?

  init(_ found: FoundRecords, rows: [Int32], limit: Int?) {
    self.found = found
    self.rows = rows
    self.limit = limit
  }

  private var shown: Int { min(rows.count, limit ?? RecordListAnswer.usual) }
  private var told: Int { min(rows.count, limit ?? RecordListAnswer.usualForPrograms) }

  var answer: Answer {
    var body = AnswerBody(blocks: found.settings.map { .paragraph($0) })
    let same = shown == 1 ? [] : found.list.fields.filter { $0.name != "id" && isSame($0) }
    var seen = relation(first: shown, without: Set(same.map(\.name)))
    seen.records = .programs
    // A file has room for every column, and for every record that was not left out by `limit`.
    seen.whole = { self.relation(first: self.told, without: []) }
    if let words = left(out: same) { seen.more.append(.paragraph(words)) }
    // CSV has every column of every record.
    body.append(programs)
    if rows.count > shown, limit == nil { seen.more.append(.note(.warning, [Span(cut(shown))])) }
    body.append(seen)
    if rows.count > shown, limit != nil { body.append(.note(.warning, [Span(cut(shown))])) }
    if let open = FoundRecordsText.undecided(found) { body.append(.note(.note, open)) }
    return Answer(body, records: [record], diagnostics: shortened.map { [$0] } ?? [])
  }

  /// What programs are told where not every record goes to them.
  private var shortened: Diagnostic? {
    guard limit == nil, told < rows.count else { return nil }
    let (some, all) = (Figures.integer(Int64(told)), Figures.integer(Int64(rows.count)))
    return Diagnostic(
      .warning, code: "cut",
      Text("files and programs get the first \(some) of \(all) records", zh: "共 \(all) 条，文件和程序只得到前 \(some) 条"),
      hint: Text("write `limit all`", zh: "请写“前 全部”"))
  }

  private func cut(_ count: Int) -> Text {
    let (some, all) = (Figures.integer(Int64(count)), Figures.integer(Int64(rows.count)))
    return Text("the first \(some) of \(all) are shown.", zh: "共 \(all) 条，仅列前 \(some) 条。")
  }

  /// What the list calls its ids.
  private var idWords: Text { found.list.field("id")?.words ?? Text("id", zh: "编号") }

  private func id(_ row: Int32) -> String { found.table.ids?.text(Int(row)) ?? String(row + 1) }

  /// Whether a field is the same in all records that were found.
  private func isSame(_ field: Field) -> Bool {
    guard let first = rows.first else { return true }
    if let column = found.table.columns[field.name], let raw = column.raw(Int(first)) {
      return rows.allSatisfy { column.raw(Int($0)) == raw }
    }
    let text = found.dataset.describe(found.list.name, Int(first), field.name).en
    return rows.allSatisfy { found.dataset.describe(found.list.name, Int($0), field.name).en == text }
  }

  /// What is said of the columns that are the same in all records: what they say, then which say nothing.
  private func left(out fields: [Field]) -> [Span]? {
    guard let first = rows.first, !fields.isEmpty else { return nil }
    let said = fields.map { ($0.words, found.dataset.describe(found.list.name, Int(first), $0.name)) }
    let nothing: Set<String> = ["", "none", "not stated"]
    var parts: [Text] = []
    let values = said.filter { !nothing.contains($0.1.en) }
    if !values.isEmpty {
      parts.append(
        Text(
          "the same in all: " + values.map { "\($0.0.en) = \($0.1.en)" }.joined(separator: ", "),
          zh: "各条相同：" + values.map { "\($0.0.zh)＝\($0.1.zh)" }.joined(separator: "、")))
    }
    let empty = said.filter { nothing.contains($0.1.en) }
    if !empty.isEmpty {
      parts.append(
        Text(
          "stated of none: " + empty.map(\.0.en).joined(separator: ", "),
          zh: "均未填或无：" + empty.map(\.0.zh).joined(separator: "、")))
    }
    return [
      Span(
        Text(
          "Left out: \(parts.map(\.en).joined(separator: "; ")).",
          zh: "未列出的列：\(parts.map(\.zh).joined(separator: "；"))。"),
        .muted)
    ]
  }

  /// For people: an id, then the fields that are not left out.
  private func relation(first count: Int, without same: Set<String>) -> Relation {
    let (found, list) = (found, found.list)
    let rows = Array(rows.prefix(count))
    var columns: [AnswerColumn<Int32>] = []
    if list.hasID { columns.append(.id("id", idWords, .essential) { found.table.ids?.text(Int($0)) }.role(.name)) }
    for field in list.fields where field.name != "id" && !same.contains(field.name) {
      let importance: Table.Importance = columns.count < 5 ? .important : .incidental
      let column = AnswerColumn<Int32>(FactDatum.type(field.type), field.name, field.words, importance) { row in
        FactDatum.datum(field, Int(row), of: found.table, in: found.dataset)
      }
      columns.append(
        column.shown { [Span(found.dataset.describe(list.name, Int($0), field.name))] }.forPeople())
    }
    return Relation(title: list.title, of: rows, columns)
  }

  /// For programs: every field.
  private var programs: Relation {
    let (found, list) = (found, found.list)
    let both: ColumnHead.Faces = [.json, .csv]
    var columns: [AnswerColumn<Int32>] = []
    if list.hasID {
      columns.append(AnswerColumn<Int32>.id("id", idWords) { found.table.ids?.text(Int($0)) }.faces(both))
    }
    for field in list.fields where field.name != "id" {
      columns.append(
        AnswerColumn<Int32>(FactDatum.type(field.type), field.name, field.words, nil) { row in
          FactDatum.datum(field, Int(row), of: found.table, in: found.dataset)
        }.shown { [Span(found.dataset.describe(list.name, Int($0), field.name))] }.faces(both))
    }
    var relation = Relation(of: Array(rows.prefix(told)), columns)
    relation.records = .programs
    return relation
  }

  private var record: Record {
    var record = Record(
      kind: "list",
      [
        "what": .id(found.list.name), "where": .id(found.condition), "count": .count(rows.count),
        "of": .count(found.table.count), "items": .ids(rows.prefix(told).map(id)), "records": .rows(programs),
      ])
    FoundRecordsText.tellUndecided(found, in: &record)
    return record
  }
}
