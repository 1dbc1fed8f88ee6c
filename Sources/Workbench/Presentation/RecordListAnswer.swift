// Records of a list, those that somebody asked for: for people the first of them without columns that say the same for
// all, for programs and files every field, typed.

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
    var seen = relation(first: shown, isWhole: false)
    seen.records = .programs
    if told > shown { seen.whole = { self.relation(first: self.told, isWhole: true) } }
    // CSV has every column of every record.
    body.append(programs)
    body.append(seen)
    if rows.count > shown {
      body.append(.note(.warning, [Span(cut(shown))]))
    }
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

  /// For people: an id, then what differs.
  private func relation(first count: Int, isWhole: Bool) -> Relation {
    let (found, list) = (found, found.list)
    let rows = Array(rows.prefix(count))
    var columns: [AnswerColumn<Int32>] = []
    if list.hasID { columns.append(.id("id", idWords, .essential) { found.table.ids?.text(Int($0)) }.role(.name)) }
    let sample = rows.prefix(RecordListAnswer.usual)
    for field in list.fields where field.name != "id" {
      let texts = Set(sample.map { found.dataset.describe(list.name, Int($0), field.name).en })
      guard texts.count > 1 || shown == 1 || isWhole else { continue }
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
