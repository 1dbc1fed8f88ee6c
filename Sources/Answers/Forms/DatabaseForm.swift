// Answers as SQLite databases: each list that programs read a table, what its columns are in a table of their own, and
// everything else of the answer by name. Amounts stand twice, as yuan and as whole fen, since SQLite has no decimals.

import Databases
import Diagnostics

extension OutputFormat {
  /// A database of SQLite.
  package static let database: OutputFormat = OutputFormat(
    rawValue: "db", chinese: ["db格式", "数据库"], short: ["sqlite"], endings: ["db", "sqlite", "sqlite3"]
  ) { answer, _, work in
    try DatabaseForm(work).write(ProgramTables(answer))
  }
}

/// The writing of one answer.
private struct DatabaseForm {
  private let work: FileWork
  private let file = DatabaseFile()

  init(_ work: FileWork) { self.work = work }

  /// A column of a table: of which of the list's columns, and whether it is its fen.
  private struct Column {
    let number: Int
    let name: String
    let type: String
    let unit: String?
    let isFen: Bool
  }

  func write(_ tables: ProgramTables) throws -> FileTally {
    var tally = FileTally(isTables: true)
    var told: [[QueryValue]] = []
    for list in tables.lists {
      let columns = columns(of: list.relation)
      let name = try file.begin(list.name, columns.map { ($0.name, $0.type) })
      let numbers = columns.map(\.number)
      for row in 0..<list.relation.count {
        if row & 0x3FF == 0, work.isCancelled() { throw AnswerStream.Interrupted() }
        let data = list.relation.cells(row, numbers)
        try file.add(zip(columns, data).map { DatabaseForm.value($1.datum, isFen: $0.isFen) })
      }
      tally.rows += list.relation.count
      for column in columns {
        let title = list.relation.columns[column.number].title
        told.append(
          [name, column.name, title.en, title.zh, column.type.lowercased()].map { .text($0) }
            + [column.unit.map { .text($0) } ?? .none])
      }
    }
    try file.begin(
      "columns",
      ["table_name", "column_name", "title", "title_zh", "type", "unit"].map { (name: $0, type: "TEXT") })
    for row in told { try file.add(row) }
    try file.begin("about", [(name: "name", type: "TEXT"), (name: "value", type: "TEXT")])
    for value in tables.values { try file.add([.text(value.name), .text(value.text)]) }
    try file.finish(work.sink)
    return tally
  }

  private func columns(of relation: Relation) -> [Column] {
    ProgramTables.columns(of: relation).flatMap { number -> [Column] in
      let head = relation.columns[number]
      let unit = head.unit?.name.en
      let type =
        switch head.type {
        case .money, .change: "DECIMAL(18,2)"
        case .count: "INTEGER"
        case .flag: "BOOLEAN"
        case .date: "TEXT"
        case .decimal, .share: "REAL"
        case .words, .id, .list, .record, .rows, .mixed: "TEXT"
        }
      let column = Column(number: number, name: head.key, type: type, unit: unit, isFen: false)
      guard head.type == .money || head.type == .change else { return [column] }
      return [
        column,
        Column(
          number: number, name: head.key + "_fen", type: "INTEGER",
          unit: head.unit == .yuan ? "fen" : unit.map { "hundredths, " + $0 }, isFen: true),
      ]
    }
  }

  private static func value(_ datum: Datum, isFen: Bool) -> QueryValue {
    switch datum {
    case .none: .none
    case .money(let fen), .change(let fen): isFen ? .integer(fen) : .real(Double(fen) / 100)
    case .count(let value): .integer(value)
    case .flag(let holds): .integer(holds ? 1 : 0)
    case .decimal(let text): Double(text).map { .real($0) } ?? .text(text)
    case .share(let share): .real(Double(share.parts) / 100_000_000)
    case .words, .id, .date, .list, .record, .rows: ProgramTables.text(datum).map { .text($0) } ?? .none
    }
  }
}
