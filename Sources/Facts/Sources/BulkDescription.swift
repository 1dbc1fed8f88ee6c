// The problems of a bulk file in words, with line and column: the rows that the quick reader suspected, and those that
// turned out wrong beside the other lists, are read again with care. Knows nothing of how they were found.
import Diagnostics

extension BulkRecords {
  /// Describes the problems of the first thousand rows that have any, by kind and column, and counts the rest.
  func describe(
    _ late: LateProblems, reader: ValueReader, suggestions: inout Suggestions, into findings: inout Findings
  ) {
    guard let header else { return }
    guard !suspects.isEmpty || late.count > 0 else { return }
    var known: [Int: SuspectRow] = [:]
    for row in suspects.prefix(Findings.shownInFull) { known[row.row] = row }
    let missing = Set(late.list.map(\.row)).subtracting(known.keys).sorted()
    for row in source?.find(Array(missing.prefix(Findings.shownInFull)), lines) ?? [] { known[row.row] = row }
    let extra = Dictionary(grouping: late.list, by: \.row)
    var groups = ProblemGroups()
    for row in known.values.sorted(by: { $0.row < $1.row }) {
      describe(row, header, extra[row.row] ?? [], reader, &suggestions, &groups)
    }
    groups.tell(&findings)
    for further in FurtherColumn.all(groups.further) {
      findings.add(further.problem(schema, header, reader, in: file))
    }
    findings.count(problems + late.count - groups.count - groups.told)
  }

  private func describe(
    _ suspect: SuspectRow, _ header: BulkHeader, _ late: [(row: Int, field: Int, problem: ValueProblem)],
    _ reader: ValueReader, _ suggestions: inout Suggestions, _ groups: inout ProblemGroups
  ) {
    // What a source cannot show again is counted all the same.
    guard let row = source?.row(suspect, limit: BulkHeader.columnLimit) else { return }
    for (problem, at) in row.problems { groups.add(problem.diagnostic(at: location(at, at)), column: -1) }
    guard row.problems.isEmpty else { return }
    if let stray = StrayRow(row, header, schema) {
      var own = ProblemGroups()
      describeCells(suspect, row, header, late, reader, &suggestions, &own)
      groups.add(stray.problem(at: location(row.cells.first?.start ?? row.end, row.end)), column: -1)
      groups.told += max(own.count + own.told - 1, 0)
      return
    }
    describeCells(suspect, row, header, late, reader, &suggestions, &groups)
  }

  private func describeCells(
    _ suspect: SuspectRow, _ whole: BulkRow, _ header: BulkHeader,
    _ late: [(row: Int, field: Int, problem: ValueProblem)], _ reader: ValueReader, _ suggestions: inout Suggestions,
    _ groups: inout ProblemGroups
  ) {
    var row = whole
    // What a row leaves out at its end is empty.
    let end = row.end
    while row.cells.count < header.width { row.cells.append(BulkRow.Cell(text: "", start: end, end: end)) }
    let further = row.cells.indices.dropFirst(header.width).filter { !row.cells[$0].text.isEmpty }
    guard further.isEmpty else {
      if source is WorkbookSource {
        for column in further { groups.further[column, default: []].append(row.cells[column]) }
        groups.told += 1
        return
      }
      let problem = FileProblem.cells(found: row.count, wanted: header.width)
      groups.add(
        problem.diagnostic(at: location(Position(line: suspect.line, column: 1), row.end)), column: -1)
      return
    }
    for (column, plan) in header.plans.enumerated() {
      if column >= header.width {
        describe(
          header.standIns[column - header.width], plan, column, suspect, row, reader, &suggestions, &groups)
      } else {
        describe(row.cells[column], plan, column, suspect, header, reader, &suggestions, &groups)
      }
    }
    for (_, field, problem) in late {
      let column = field < 0 ? header.idColumn : header.columns.first { $0.field == field }?.column
      let cell = column.map(header.place).flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil }
      if let cell, cell.isFlawed {
        groups.told += 1
        continue
      }
      let start = Position(line: suspect.line, column: 1)
      groups.add(
        problem.diagnostic(at: location(cell?.start ?? start, cell?.end ?? start)), column: column ?? -1)
    }
  }

  /// What is wrong with one cell.
  private func describe(
    _ cell: BulkRow.Cell, _ plan: BulkColumnPlan, _ column: Int, _ suspect: SuspectRow, _ header: BulkHeader,
    _ reader: ValueReader, _ suggestions: inout Suggestions, _ groups: inout ProblemGroups
  ) {
    let at = location(cell.start, cell.end)
    func add(_ problem: ValueProblem) { groups.add(problem.diagnostic(at: at), column: column) }
    if plan.use == .id {
      if cell.text.isEmpty, !plan.isSerial { add(.missing(field: schema.words(-1), record: schema.record)) }
      if CellText.isScientific(cell.text), cell.text.contains("+") { add(.cutNumber(cell.text)) }
      return
    }
    guard let field = plan.field else { return }
    let isUnfilled = summary.unfilled.contains(BulkRecords.unfilledKey(suspect.row, column))
    if DittoMark.isAbove(cell.text) || DittoMark.isLeft(cell.text) {
      let saysNothing = suspect.row == 0 || isUnfilled || DittoMark.isLeft(cell.text)
      if saysNothing { groups.add(DittoMark.problem(cell.text, at: at), column: column) }
      return
    }
    if cell.text.isEmpty, header.carried.contains(column), !isUnfilled { return }
    do {
      if try reader.reading(cell.text, field, plan.context).value == nil, plan.required {
        add(.missing(field: field.words, record: schema.record))
      }
    } catch {
      if cell.isFlawed {
        groups.told += 1
      } else {
        add(suggestions.asked(error, places: reader.places))
      }
    }
  }

  /// What is wrong with a value that no column of the row states.
  private func describe(
    _ standIn: StandIn, _ plan: BulkColumnPlan, _ column: Int, _ suspect: SuspectRow, _ row: BulkRow,
    _ reader: ValueReader, _ suggestions: inout Suggestions, _ groups: inout ProblemGroups
  ) {
    guard let field = plan.field else { return }
    var at = location(row.cells.first?.start ?? row.end, row.end)
    let text: String
    switch standIn.source {
    case .constant(let said), .above(let said), .line(let said): text = said
    case .joined(let columns), .dated(let columns):
      let parts = columns.map { row.cells[$0].text }
      if case .dated = standIn.source { text = StandInCells.dated(parts) } else { text = StandInCells.joined(parts) }
      if let first = columns.first, let last = columns.last {
        at = location(row.cells[first].start, row.cells[last].end)
      }
    case .part(let column, let part):
      text = PartText.text(part, of: row.cells[column].text)
      at = location(row.cells[column].start, row.cells[column].end)
    case .span(let column, let isEnd):
      let ends = SpanText.ends(of: row.cells[column].text)
      let part = isEnd ? ends.last : ends.first
      text = String(
        Members.trimmed(
          String(
            decoding: row.cells[column].text.utf8.prefix(part.upperBound).dropFirst(part.lowerBound),
            as: UTF8.self)[...]))
      at = location(row.cells[column].start, row.cells[column].end)
    // What is wrong with a group's name shows when all lists are known.
    case .group: return
    }
    do {
      if try reader.reading(text, field, plan.context).value == nil, plan.required {
        groups.add(
          ValueProblem.missing(field: field.words, record: schema.record).diagnostic(at: at), column: column)
      }
    } catch {
      groups.add(suggestions.asked(error, places: reader.places).diagnostic(at: at), column: column)
    }
  }

  /// The notes on what was read otherwise than usual, one for each column, and on what was left out.
  /// - Parameter named: by column, references by name, which show only when all lists are known.
  func remark(named: [Int: ReadAs], into findings: inout Findings) {
    guard let header else { return }
    if !summary.skipped.isEmpty { findings.add(summary.skipped.note(in: file)) }
    if let warning = summary.skipped.goneWarning(in: file) { findings.add(warning) }
    if let warning = GroupAgency.warning(summary.skipped.agencies, schema, header, in: file) { findings.add(warning) }
    for miscount in summary.skipped.miscounts { findings.add(miscount.warning(in: file)) }
    for missum in summary.skipped.missums { findings.add(missum.warning(header.name(missum.column), in: file)) }
    if !summary.unmetSkips.isEmpty {
      let names = summary.unmetSkips.prefix(5).map { "`\(ValueProblem.shown($0))`" }
      let top = Position(line: header.row.line, column: 1)
      findings.add(
        Diagnostic(
          .note, code: "unmet-rows",
          Text(
            "no row is " + names.joined(separator: ", ") + ", which `skip` leaves out",
            zh: "`不读行` 所说的 " + names.joined(separator: "、") + "，文件中没有"),
          hint: Text(
            "write the row's first cell as the file has it, or its number", zh: "请照文件书写该行第一格，或写行号"),
          at: location(top, top)))
    }
    if !summary.unmetCells.isEmpty {
      let names = summary.unmetCells.prefix(5).map { "`\(ValueProblem.shown($0))`" }
      let more = summary.unmetCells.count - names.count
      let top = Position(line: header.row.line, column: 1)
      findings.add(
        Diagnostic(
          .note, code: "unmet-cells",
          Text(
            "no cell that is read says " + names.joined(separator: ", ") + (more > 0 ? ", … (\(more) more)" : "")
              + ", of which `cells` speaks",
            zh: "`单元格` 所说的 " + names.joined(separator: "、") + (more > 0 ? " 等 \(more + names.count) 项" : "")
              + "，读入的各列中没有"),
          hint: Text(
            "write the text as the file has it; it may stand in a column that is not read",
            zh: "请照文件原样书写；也可能写在未读入的列中"), at: location(top, top)))
    }
    for column in header.plans.indices {
      var ways = summary.readAs[column] ?? ReadAs()
      if let named = named[column] { ways.add(named, firstRow: 0) }
      if !ways.isEmpty {
        findings.add(ways.note(.same(header.name(column)), at: place(ways.listed.first?.first, column)))
      }
      if let carried = summary.carried[column] {
        let start = Position(line: carried.line, column: column + 1)
        findings.add(CarriedCells.warning(header.name(column), carried, at: location(start, start)))
      }
      if let (count, first) = summary.nameless[column] {
        findings.add(
          Diagnostic(
            .warning, code: "nameless-column",
            Text(
              "column \(column + 1) has no heading and is not read; cells in it that hold something: \(count)",
              zh: "第 \(column + 1) 列没有表头，其中 \(count) 格未读入"),
            hint: Text("give it a heading, or remove it", zh: "请补上表头或删去该列"), at: place(first, column)))
      }
    }
  }

  /// Where a cell stands.
  private func place(_ row: SuspectRow?, _ column: Int) -> SourceRange? {
    // Of a row that was seen before it was known that it would be told of, only its number is known.
    let found = row.flatMap { $0.offset >= 0 ? $0 : source?.find([$0.row], lines).first }
    let own = header?.place(column) ?? column
    guard let found, let cell = source?.span(of: found, own) else {
      let top = Position(line: row?.line ?? 1, column: 1)
      return location(top, top)
    }
    return location(cell.start, cell.end)
  }

  private func location(_ start: Position, _ end: Position) -> SourceRange {
    SourceRange(source: file, start: start, end: end)
  }
}
