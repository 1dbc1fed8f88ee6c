// The header row of a bulk file: which column is which field. Knows nothing of the rows below it.
import Diagnostics
import Reckoning

/// The columns of a bulk file, and where their records begin.
struct BulkHeader {
  /// Far more than any list has facts.
  static let columnLimit = 2000

  private(set) var plans: [BulkColumnPlan] = []
  /// The column that states each field; the id's has a place of its own.
  private(set) var columns: [(column: Int, field: Int)] = []
  private(set) var idColumn: Int?
  /// The columns as the file names them.
  let names: [String]
  /// The cells of the row that names the columns.
  let own: [String]
  /// The row itself.
  let row: BulkRow
  /// The line behind the header.
  let bodyLine: Int

  private init(_ found: HeadingSearch) {
    names = found.cells.map(\.text)
    own = found.own
    row = found.row
    bodyLine = found.row.nextLine
  }

  /// - Parameters:
  ///   - top: the first rows, among them the one that names the columns.
  ///   - file: what messages point into.
  /// - Returns: nil when nothing below the header can be understood.
  static func read(
    _ top: [BulkRow], _ file: SourceFile, _ request: BulkRequest, _ suggestions: inout Suggestions,
    _ findings: inout Findings
  ) -> BulkHeader? {
    func location(_ start: Position, _ end: Position) -> SourceRange {
      SourceRange(source: file, start: start, end: end)
    }
    let headings = Headings(request.schema, request.mapping)
    let list = request.schema.declaration.name
    guard let found = HeadingSearch(top, headings, request.schema, row: request.mapping.headerRows[list]) else {
      let top = Position(line: 1, column: 1)
      findings.add(.noHeader, at: location(top, top))
      return nil
    }
    let row = found.row
    for (problem, at) in row.problems { findings.add(problem, at: location(at, at)) }
    guard row.problems.isEmpty else { return nil }
    guard row.count <= BulkHeader.columnLimit else {
      let top = Position(line: row.line, column: 1)
      findings.add(.tooManyColumns, at: location(top, top))
      return nil
    }
    for row in top where row.cells.count == 1 {
      guard let cell = row.cells.first, schemaKnows(cell.text, headings) == false,
        let separator = BulkHeader.separator(cell.text, request.schema)
      else { continue }
      findings.add(.separator(separator), at: location(cell.start, cell.end))
      return nil
    }
    if found.titles > 0 {
      findings.add(
        HeadingNotes.titles(found.titles, line: row.line), at: location(Position(line: row.line, column: 1), row.end))
    }
    var header = BulkHeader(found)
    header.understand(found, headings, request, &suggestions, &findings, location)
    return header
  }

  private static func schemaKnows(_ text: String, _ headings: Headings) -> Bool {
    do { return try headings.match(text) != nil } catch { return true }
  }

  /// Says for each column what becomes of it.
  private mutating func understand(
    _ found: HeadingSearch, _ headings: Headings, _ request: BulkRequest, _ suggestions: inout Suggestions,
    _ findings: inout Findings, _ location: (Position, Position) -> SourceRange
  ) {
    let schema = request.schema
    var matches: [Headings.Match?] = []
    // The column that states each field: its own name before the names that registers have for it.
    var holders: [Int: Int] = [:]
    var refused: Set<Int> = []
    for (column, cell) in found.cells.enumerated() {
      do {
        let match = try headings.match(cell.text)
        matches.append(match)
        guard let match else { continue }
        let holder = holders[match.field].flatMap { matches[$0] }
        if holder.map({ match.rank < $0.rank }) ?? true { holders[match.field] = column }
      } catch {
        matches.append(nil)
        refused.insert(column)
        findings.add(error, at: location(cell.start, cell.end))
      }
    }
    var notes = HeadingNotes()
    for (column, cell) in found.cells.enumerated() {
      let at = location(cell.start, cell.end)
      guard let match = matches[column] else {
        if cell.text.isEmpty {
          plans.append(.nameless)
        } else {
          plans.append(.skipped)
          if !refused.contains(column) { tell(cell.text, at, request, &suggestions, &findings, &notes) }
        }
        continue
      }
      guard holders[match.field] == column else {
        plans.append(.skipped)
        tellRepeated(cell.text, match, holders, matches, schema, at, &findings)
        continue
      }
      notes.add(cell.text, match, schema)
      take(match, column, schema)
    }
    notes.tell(&findings, at: location(row.cells.first?.start ?? row.end, row.end))
    tellAbsent(found, request, &findings, location(row.cells.first?.start ?? row.end, row.end))
    // What is wrong with a heading has been told; that its field is missing need not be said as well.
    guard refused.isEmpty else { return }
    if schema.declaration.hasID, holders[-1] == nil {
      let made = MadeIDs(schema, stated: Set(columns.map(\.field)))
      findings.add(made.note(at: location(row.end, row.end)))
    }
    for (index, name) in schema.requiredNames where index >= 0 && holders[index] == nil {
      // Reported once here rather than in every row.
      findings.add(.missing(field: name, record: schema.record), at: location(row.end, row.end))
    }
  }

  /// Tells of headings that `columns` speaks of and the file does not have: next month's file may call them otherwise.
  private func tellAbsent(
    _ found: HeadingSearch, _ request: BulkRequest, _ findings: inout Findings, _ at: SourceRange
  ) {
    let there = Set(found.cells.map { ColumnMapping.plain($0.text) })
    let mapped = request.mapping.headings(of: request.schema.declaration.name)
    for (heading, field) in mapped.sorted(by: { $0.key < $1.key }) where !there.contains(heading) {
      findings.add(HeadingNotes.absent(heading, field), at: at)
    }
  }

  private mutating func take(_ match: Headings.Match, _ column: Int, _ schema: ListSchema) {
    if match.field < 0 {
      idColumn = column
      plans.append(BulkColumnPlan(use: .id, field: nil, required: true, missing: 0))
    } else {
      columns.append((column, match.field))
      plans.append(BulkHeader.plan(schema.fields[match.field], scale: match.scale))
    }
  }

  /// Tells of a column that no field is read from.
  private func tell(
    _ heading: String, _ at: SourceRange, _ request: BulkRequest, _ suggestions: inout Suggestions,
    _ findings: inout Findings, _ notes: inout HeadingNotes
  ) {
    let schema = request.schema
    let name = String(Members.trimmed(heading[...]))
    if request.ignored.contains(name, in: schema.declaration.name) { return }
    if name == "id" {
      findings.add(.idlessColumn, at: at)
    } else if HeadingNotes.serials.contains(Headings.bare(name).name) {
      notes.unused.append(name)
    } else {
      let question = suggestions.question(name, among: schema.columnNames)
      findings.add(.unknownColumn(name, records: schema.declaration.title, question), at: at)
    }
  }

  private func tellRepeated(
    _ heading: String, _ match: Headings.Match, _ holders: [Int: Int], _ matches: [Headings.Match?],
    _ schema: ListSchema, _ at: SourceRange, _ findings: inout Findings
  ) {
    let field = match.field < 0 ? "id" : schema.fields[match.field].name
    let name = String(Members.trimmed(heading[...]))
    let holder = Invariant.value(
      holders[match.field], "fields-have-holders: a field that a heading means is held by one of the columns")
    if match.rank > 1, let other = matches[holder], other.rank < match.rank || match.field < 0 {
      let isSerial = HeadingNotes.serials.contains(Headings.bare(name).name)
      findings.add(HeadingNotes.notUsed(name, field, names[holder], isNote: isSerial), at: at)
    } else {
      findings.add(.repeatedColumn(name, field: field), at: at)
    }
  }

  private static func plan(_ field: Field, scale: Int64) -> BulkColumnPlan {
    let use: BulkColumnPlan.Use =
      switch field.type {
      case .bool: .flag
      case .int: .whole
      case .money, .figure: .money
      case .date: .day
      case .dateOrMonth, .dateOrYear, .place, .county, .area, .choice: .cached
      case .text, .reference: .coded
      case .set: .set
      }
    return BulkColumnPlan(
      use: use, field: field, required: field.absence == .required, missing: ListSchema.whenAbsent(field), scale: scale)
  }

  private static func separator(_ text: String, _ schema: ListSchema) -> String? {
    guard text.utf8.count < 10_000 else { return nil }
    for (mark, name) in [("\t", "tab"), (";", ";"), ("；", "；"), ("，", "，"), ("|", "|")] as [(Character, String)] {
      let parts = text.split(separator: mark)
      if parts.count > 1, parts.contains(where: { schema.column(String(Members.trimmed($0))) != nil }) { return name }
    }
    return nil
  }
}

/// What a scenario lists under `ignore`: names of keys or columns, everywhere or of one list (`hires.note`).
struct Ignored: Sendable {
  var names: Set<String> = []

  func contains(_ name: String, in list: String? = nil) -> Bool {
    if names.contains(name) { return true }
    guard let list else { return false }
    return names.contains(list + "." + name)
  }
}
