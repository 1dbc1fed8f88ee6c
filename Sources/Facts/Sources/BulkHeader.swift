// The header row of a bulk file: which column is which field. Knows nothing of the rows below it.
import Diagnostics

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
  /// The line behind the header.
  let bodyLine: Int

  private init(_ row: BulkRow) {
    names = row.cells.map(\.text)
    bodyLine = row.nextLine
  }

  /// - Parameters:
  ///   - row: what names the columns.
  ///   - file: what messages point into.
  /// - Returns: nil when nothing below the header can be understood.
  static func read(
    _ row: BulkRow, _ file: SourceFile, _ request: BulkRequest, _ suggestions: inout Suggestions,
    _ findings: inout Findings
  ) -> BulkHeader? {
    func location(_ start: Position, _ end: Position) -> SourceRange {
      SourceRange(source: file, start: start, end: end)
    }
    for (problem, at) in row.problems { findings.add(problem, at: location(at, at)) }
    guard row.problems.isEmpty else { return nil }
    guard row.count <= BulkHeader.columnLimit else {
      let top = Position(line: row.line, column: 1)
      findings.add(.tooManyColumns, at: location(top, top))
      return nil
    }
    if row.cells.count == 1, let cell = row.cells.first,
      let separator = BulkHeader.separator(cell.text, request.schema)
    {
      findings.add(.separator(separator), at: location(cell.start, cell.end))
      return nil
    }
    var header = BulkHeader(row)
    header.understand(row, request, &suggestions, &findings, location)
    return header
  }

  /// Says for each column what becomes of it.
  private mutating func understand(
    _ row: BulkRow, _ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings,
    _ location: (Position, Position) -> SourceRange
  ) {
    let schema = request.schema
    var seen: Set<Int> = []
    for (column, cell) in row.cells.enumerated() {
      let name = String(Members.trimmed(cell.text[...]))
      let at = location(cell.start, cell.end)
      guard let field = schema.column(name) else {
        plans.append(.skipped)
        if request.ignored.contains(name, in: schema.declaration.name) { continue }
        if name == "id" {
          findings.add(.idlessColumn, at: at)
        } else {
          let question = suggestions.question(name, among: schema.columnNames)
          findings.add(.unknownColumn(name, records: schema.declaration.title, question), at: at)
        }
        continue
      }
      guard seen.insert(field).inserted else {
        findings.add(.repeatedColumn(name, field: field < 0 ? "id" : schema.fields[field].name), at: at)
        plans.append(.skipped)
        continue
      }
      if field < 0 {
        idColumn = column
        plans.append(BulkColumnPlan(use: .id, field: nil, required: true, missing: 0))
      } else {
        columns.append((column, field))
        plans.append(BulkHeader.plan(schema.fields[field]))
      }
    }
    for (index, name) in schema.requiredNames where !seen.contains(index) {
      // Reported once here rather than in every row.
      findings.add(.missing(field: name, record: schema.record), at: location(row.end, row.end))
    }
  }

  private static func plan(_ field: Field) -> BulkColumnPlan {
    let use: BulkColumnPlan.Use =
      switch field.type {
      case .bool: .flag
      case .int: .whole
      case .money: .money
      case .date: .day
      case .dateOrMonth, .dateOrYear, .place, .county, .choice: .cached
      case .text, .reference: .coded
      case .set: .set
      }
    return BulkColumnPlan(
      use: use, field: field, required: field.absence == .required, missing: ListSchema.whenAbsent(field))
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
