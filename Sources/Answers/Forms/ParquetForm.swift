// Answers as Parquet: the list that a file of values holds, group of rows by group of rows, so that millions of
// payments take the memory of one group. Amounts are decimals and days are dates. Knows nothing of the form itself
// (`Parquet`).

import Diagnostics
import Parquet
import Reckoning

extension OutputFormat {
  /// A file of columns.
  package static let parquet: OutputFormat = OutputFormat(
    rawValue: "parquet", chinese: ["parquet格式"], endings: ["parquet"]
  ) { answer, _, work in
    try ParquetForm(work).write(ProgramTables(answer))
  }
}

/// The writing of one answer.
private struct ParquetForm {
  private let work: FileWork

  init(_ work: FileWork) { self.work = work }

  func write(_ tables: ProgramTables) throws -> FileTally {
    var tally = FileTally(isTables: true)
    guard let list = tables.only else {
      // An answer without a list is the names and values of its record.
      let writer = try ParquetWriter([("name", .text), ("value", .text)], work.sink)
      try writer.add([.texts(tables.values.map(\.name)), .texts(tables.values.map(\.text))])
      try writer.finish()
      tally.rows = tables.values.count
      return tally
    }
    let (relation, numbers) = (list.relation, list.columns)
    let types = try numbers.map { try type(of: $0, in: relation) }
    let columns = zip(list.names, types).map { (name: $0, type: $1) }
    let writer = try ParquetWriter(columns, work.sink)
    var first = 0
    while first < relation.count {
      let rows = first..<min(first + ParquetWriter.groupRows, relation.count)
      try writer.add(try group(rows, of: relation, numbers, types))
      first = rows.upperBound
    }
    try writer.finish(
      tables.values.map { (name: "cesuan." + $0.name, text: $0.text) } + ParquetForm.units(relation, numbers))
    tally.rows = relation.count
    return tally
  }

  /// In what the columns are counted that need it said.
  fileprivate static func units(_ relation: Relation, _ numbers: [Int]) -> [(name: String, text: String)] {
    numbers.compactMap { number in
      let head = relation.columns[number]
      return head.unit.map { (name: "unit." + head.key, text: $0.name.en) }
    }
  }

  /// What a column of a file holds: days only where every value is a whole day.
  private func type(of number: Int, in relation: Relation) throws -> ParquetType {
    let type = ParquetForm.type(of: relation.columns[number])
    guard type == .date else { return type }
    for row in 0..<relation.count {
      if row & 0xFFF == 0, work.isCancelled() { throw AnswerStream.Interrupted() }
      if case .date(let text) = relation.datum(row, number), ParquetForm.day(text) == nil { return .text }
    }
    return .date
  }

  fileprivate static func type(of head: ColumnHead) -> ParquetType {
    switch head.type {
    case .money, .change: .decimal
    case .count: .integer
    case .flag: .flag
    case .decimal, .share: .double
    case .words, .id, .list, .record, .rows, .mixed: .text
    case .date: .date
    }
  }

  private func group(
    _ rows: Range<Int>, of relation: Relation, _ numbers: [Int], _ types: [ParquetType]
  ) throws -> [ParquetValues] {
    var columns: [[Datum]] = Array(repeating: [], count: numbers.count)
    for i in columns.indices { columns[i].reserveCapacity(rows.count) }
    for row in rows {
      if row & 0x3FF == 0, work.isCancelled() { throw AnswerStream.Interrupted() }
      for (i, cell) in relation.cells(row, numbers).enumerated() { columns[i].append(cell.datum) }
    }
    return ParquetForm.values(columns, types)
  }

  fileprivate static func values(_ columns: [[Datum]], _ types: [ParquetType]) -> [ParquetValues] {
    zip(columns, types).map { data, type in
      switch type {
      case .text: .texts(data.map(ProgramTables.text))
      case .integer, .decimal, .date: .numbers(data.map(ParquetForm.number))
      case .flag: .flags(data.map { if case .flag(let holds) = $0 { holds } else { nil } })
      case .double: .doubles(data.map { ProgramTables.text($0).flatMap { Double($0) } })
      }
    }
  }

  /// The number of `2022-03-01`; nil for a text that is no whole day.
  private static func day(_ text: String) -> Int64? {
    text.utf8.count == 10 ? Day(text[...]).map { Int64($0.number) } : nil
  }

  private static func number(_ datum: Datum) -> Int64? {
    switch datum {
    case .money(let fen), .change(let fen): fen
    case .count(let value): value
    case .date(let text): day(text)
    case .none, .words, .id, .flag, .decimal, .share, .list, .record, .rows: nil
    }
  }
}

/// A list as a file of columns whose rows come block after block, of an answer that has the list without them.
package final class ParquetRows {
  /// So many rows make a good block.
  package static let blockSize = ParquetWriter.groupRows

  private let tables: ProgramTables
  private let relation: Relation
  private let numbers: [Int]
  private let types: [ParquetType]
  private let writer: ParquetWriter
  /// The columns' names.
  package let keys: [String]

  /// - Parameter answer: has a list; its days are whole days.
  package init(_ answer: Answer, _ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    tables = ProgramTables(answer)
    let list = Invariant.value(tables.only, "list-of-rows: rows are written of an answer with a list")
    (relation, numbers, keys) = (list.relation, list.columns, list.names)
    types = numbers.map { [relation] in ParquetForm.type(of: relation.columns[$0]) }
    writer = try ParquetWriter(zip(keys, types).map { (name: $0, type: $1) }, sink)
  }

  /// Writes rows, column by column.
  package func add(_ columns: [[Datum]]) throws { try writer.add(ParquetForm.values(columns, types)) }

  /// Writes the end, with what the answer says besides.
  package func finish() throws {
    try writer.finish(
      tables.values.map { (name: "cesuan." + $0.name, text: $0.text) } + ParquetForm.units(relation, numbers))
  }
}
