// The payments that an engine has left in a file, as a file of ours: the same columns in the same order, with what held
// beside them, and ids that no spreadsheet takes for formulas. They come block after block and are never all held.

import Answers
import Commands
import Diagnostics
import Emission
import Reckoning
import Reports
import Sessions
import View

/// Payments on their way from an engine into a file.
struct EnginePayments {
  let session: Desk
  let engine: OtherEngine
  let folder: EngineFolder
  let run: Session.Run
  /// Whether a cap has cut any of them.
  let hasCuts: Bool

  /// What the engine tells of a payment, in its order.
  private enum Cell: Int, CaseIterable {
    case measure, beneficiary, subject, date, fen, status, upperBound, displacedBy, claimed, limit
  }

  /// Writes them, as Parquet or as comma-separated values by the ending.
  func write(into file: Written) throws(Refusal) {
    do {
      try session.door.write(to: session.path(file.raw)) { sink in
        if Files.ending(file.raw) == "parquet" {
          try withoutActuallyEscaping(sink) { try writeColumns($0) }
        } else {
          try writeValues(sink)
        }
      }
    } catch let failure as Files.Failure {
      throw Refusal(.writing(file.raw, failure), at: file.location)
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(.interrupted, at: nil)
    }
  }

  /// The answer that their file is of, without any of them.
  private var frame: Answer {
    let relation = Relation(
      of: [],
      PaymentColumns.all(
        severalDocuments: false, isSplit: false, dataset: nil, currency: run.documents.currency, hasCuts: hasCuts))
    let computer = run.there?.engine ?? engine.title
    var answer = Answer(
      Document([]), records: [Record(kind: "payments", ["payments": .rows(relation), "computed_by": .id(computer)])])
    session.tellSettings(&answer)
    return answer
  }

  private func each(_ told: (RecordCells) throws -> Void) throws {
    var reader = RecordReader()
    try folder.pour(CarriedScript.File.payments.rawValue + ".csv") { block in
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      try reader.read(block) { cells in
        guard cells.count == Cell.allCases.count else {
          throw Refusal(.engine(.failed(engine, "unexpected answer: \(cells.text(0))")), at: nil)
        }
        try told(cells)
      }
    }
  }

  private func number(_ cell: Cell, _ cells: RecordCells) throws -> Int64 {
    let text = cells.text(cell.rawValue)
    guard let number = Int64(text) else {
      throw Refusal(.engine(.failed(engine, "unexpected answer: \(text)")), at: nil)
    }
    return number
  }

  // MARK: Values

  private func writeValues(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    let settings = frame.settings.text(.en)
    let heads = PaymentColumns.keys(hasCuts: hasCuts) + (settings == nil ? [] : [[ChangedSettings].heading])
    let end = (settings.map { "," + PaymentFields.record($0) } ?? "") + "\r\n"
    var out = ByteBlock(capacity: 1 << 20)
    out.append(UTF8Mark.bytes)
    out.append(heads.joined(separator: ",") + "\r\n")
    let ids = PlainIDs()
    try each { cells in
      for cell in [Cell.measure, .beneficiary, .subject] {
        ids.append(cells[cell.rawValue], to: &out)
        out.append(",")
      }
      out.append(cells[Cell.date.rawValue])
      out.append(",")
      out.append(fen: try number(.fen, cells))
      for cell in [Cell.status, .upperBound] {
        out.append(",")
        out.append(cells[cell.rawValue])
      }
      if hasCuts {
        out.append(",")
        if !cells[Cell.claimed.rawValue].isEmpty { out.append(fen: try number(.claimed, cells)) }
        out.append(",")
        ids.append(cells[Cell.limit.rawValue], to: &out)
      }
      out.append(end)
      if out.contents.count > 1 << 19 {
        try sink(out.contents)
        out.clear()
      }
    }
    try sink(out.contents)
  }

  /// Ids that are copied as they are, where nothing in them acts.
  private struct PlainIDs {
    /// The bytes that show that an id may not be copied, anywhere or where they stand first.
    private let special: [Bool], opening: [Bool]

    init() {
      let marks = Set(PaymentFields.special(in: .csv))
      special = (UInt8.min ... .max).map(marks.contains)
      opening = (UInt8.min ... .max).map(SpreadsheetText.mayAct)
    }

    func append(_ id: UnsafeBufferPointer<UInt8>, to out: inout ByteBlock) {
      guard let first = id.first else { return }
      if opening[Int(first)] || id.contains(where: { special[Int($0)] }) {
        out.append(PaymentFields.record(String(decoding: id, as: UTF8.self)))
      } else {
        out.append(id)
      }
    }
  }

  // MARK: Columns

  private func writeColumns(_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    let rows = try ParquetRows(frame, sink)
    let wanted = hasCuts ? Cell.allCases : Cell.allCases.filter { $0 != .claimed && $0 != .limit }
    Invariant.holds(
      rows.keys.count == wanted.count, "columns-of-payments: an engine tells what a file of payments has")
    let empty: [[Datum]] = wanted.map { _ in [] }
    var columns = empty
    try each { cells in
      for (i, cell) in wanted.enumerated() { columns[i].append(try datum(cell, cells)) }
      if columns[0].count == ParquetRows.blockSize {
        try rows.add(columns)
        columns = empty
      }
    }
    try rows.add(columns)
    try rows.finish()
  }

  private func datum(_ cell: Cell, _ cells: RecordCells) throws -> Datum {
    if cells[cell.rawValue].isEmpty { return .none }
    switch cell {
    case .measure, .beneficiary, .subject, .status, .displacedBy, .limit: return .id(cells.text(cell.rawValue))
    case .date: return .date(cells.text(cell.rawValue))
    case .fen, .claimed: return .money(fen: try number(cell, cells))
    case .upperBound: return .flag(cells.text(cell.rawValue) == "true")
    }
  }
}
