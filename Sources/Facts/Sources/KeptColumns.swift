// A bulk file's records from the columns that an earlier reading kept. They are mapped as they are; what the source's
// cells said is not at hand. Knows nothing of the form that was kept.
import Diagnostics
import Reckoning

/// Kept columns as a source.
final class KeptColumns: BulkSource {
  let file: SourceFile
  private let kept: KeptFile
  private let header: BulkHeader

  private init(_ kept: KeptFile, _ header: BulkHeader, _ file: SourceFile) {
    self.file = file
    self.kept = kept
    self.header = header
  }

  /// A kept file with the header that it was read under.
  /// - Parameter name: what messages call the source.
  /// - Returns: nil where there is none that fits.
  static func open(_ path: String, as name: String, _ request: BulkRequest) -> KeptColumns? {
    guard let kept = KeptFile.open(path, threads: request.threads) else { return nil }
    var suggestions = Suggestions()
    var findings = Findings()
    let top = Position(line: 1, column: 1)
    var row = BulkRow(line: kept.bodyLine - 1)
    row.cells = kept.names.map { BulkRow.Cell(text: String(decoding: $0, as: UTF8.self), start: top, end: top) }
    row.count = row.cells.count
    row.nextLine = kept.bodyLine
    // What is wrong with kept records can only be counted: there is no text to point into.
    let file = SourceFile(name: name, text: "")
    guard let header = BulkHeader.read([row], file, request, &suggestions, &findings), findings.list.isEmpty,
      header.columns.map(\.column) == kept.columns.map(\.column),
      header.columns.map(\.field) == kept.columns.map(\.field),
      (header.idColumn != nil) == (kept.ids != nil),
      kept.columns.allSatisfy({ header.plans[$0.column].width == $0.width }),
      kept.columns.allSatisfy({ header.plans[$0.column].use != .coded || kept.texts[$0.column] != nil })
    else { return nil }
    return KeptColumns(kept, header, file)
  }

  func records(_ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings) -> BulkRecords {
    var facts = BulkRecords.Summary()
    facts.rows = kept.rows
    facts.ascending = kept.ascending
    facts.unrepeated = kept.unrepeated
    facts.lineShifts = kept.lineShifts
    facts.keptIDs = kept.idColumn
    facts.idOffsets = facts.keptIDs?.offsets
    var first = 0
    for (k, count) in kept.runRows.enumerated() {
      facts.firstRows.append(first)
      facts.runs.append(
        RecordRun.kept(count, plans: header.plans, texts: kept.texts.mapValues { $0[k] }, reader: request.reader))
      first += count
    }
    let columns = kept.columns.map {
      BulkRecords.Column(column: $0.column, field: $0.field, values: kept.values($0), sawMissing: $0.sawMissing)
    }
    return BulkRecords(self, request.schema, header, columns: columns, facts)
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? { nil }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    rows.map { SuspectRow(row: $0, line: lines.line(of: $0), offset: 0) }
  }
}
