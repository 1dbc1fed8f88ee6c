// The problems of a bulk file in words, with line and column: the rows that the quick reader suspected, and those that
// turned out wrong beside the other lists, are read again with care. Knows nothing of how they were found.
import Diagnostics

extension BulkRecords {
  /// Describes the first thousand problems and counts the rest.
  func describe(
    _ late: LateProblems, reader: ValueReader, suggestions: inout Suggestions, into findings: inout Findings
  ) {
    guard let header, !suspects.isEmpty || late.count > 0 else { return }
    var known: [Int: SuspectRow] = [:]
    for row in suspects.prefix(Findings.shownInFull) { known[row.row] = row }
    let missing = Set(late.list.map(\.row)).subtracting(known.keys).sorted()
    for row in source?.find(Array(missing.prefix(Findings.shownInFull)), lines) ?? [] { known[row.row] = row }
    let extra = Dictionary(grouping: late.list, by: \.row)
    let before = findings.list.count + findings.uncounted
    for row in known.values.sorted(by: { $0.row < $1.row }) {
      if findings.list.count >= Findings.shownInFull { break }
      describe(row, header, extra[row.row] ?? [], reader, &suggestions, &findings)
    }
    let described = findings.list.count + findings.uncounted - before
    findings.count(problems + late.count - described)
  }

  private func describe(
    _ suspect: SuspectRow, _ header: BulkHeader, _ late: [(row: Int, field: Int, problem: ValueProblem)],
    _ reader: ValueReader, _ suggestions: inout Suggestions, _ findings: inout Findings
  ) {
    // What a source cannot show again is counted all the same.
    guard let row = source?.row(suspect, limit: header.plans.count) else { return }
    for (problem, at) in row.problems { findings.add(problem, at: location(at, at)) }
    guard row.problems.isEmpty else { return }
    guard row.count == header.plans.count else {
      findings.add(
        .cells(found: row.count, wanted: header.plans.count),
        at: location(Position(line: suspect.line, column: 1), row.end))
      return
    }
    for (column, plan) in header.plans.enumerated() {
      let cell = row.cells[column]
      let at = location(cell.start, cell.end)
      if plan.use == .id {
        if cell.text.isEmpty { findings.add(.missing(field: "id", record: schema.record), at: at) }
        continue
      }
      guard let field = plan.field else { continue }
      do {
        if try reader.read(cell.text, field, loose: true) == nil, plan.required {
          findings.add(.missing(field: field.name, record: schema.record), at: at)
        }
      } catch {
        findings.add(suggestions.asked(error, places: reader.places), at: at)
      }
    }
    for (_, field, problem) in late {
      let column = field < 0 ? header.idColumn : header.columns.first { $0.field == field }?.column
      let cell = column.map { row.cells[$0] }
      findings.add(
        problem,
        at: location(
          cell?.start ?? Position(line: suspect.line, column: 1), cell?.end ?? Position(line: suspect.line, column: 1)))
    }
  }

  private func location(_ start: Position, _ end: Position) -> SourceRange {
    SourceRange(source: file, start: start, end: end)
  }
}
