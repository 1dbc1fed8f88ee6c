// The header row of a bulk file: which column is which field. Knows nothing of the rows below it.
import Diagnostics

/// The columns of a bulk file, and where their records begin.
struct BulkHeader {
  /// Far more than any list has facts.
  static let columnLimit = 2000

  private(set) var plans: [BulkColumnPlan] = []
  /// The column that states each field; -1 for the id.
  private(set) var columns: [(column: Int, field: Int)] = []
  private(set) var idColumn: Int?
  private(set) var body = 0
  private(set) var bodyLine = 1
  /// The columns as they are named, for messages.
  private(set) var cells: [BulkRow.Cell] = []

  /// - Returns: nil when nothing below the header can be understood.
  init?(
    _ file: FileBytes, start: Int, schema: ListSchema, ignored: Ignored, suggestions: inout Suggestions,
    findings: inout Findings, location: (Position, Position) -> SourceRange
  ) {
    var offset = start
    var line = 1
    while offset < file.count, file.base[offset] == 0x0A || file.base[offset] == 0x0D {
      if file.base[offset] == 0x0A { line += 1 }
      offset += 1
    }
    guard offset < file.count else {
      findings.add(.noHeader, at: location(Position(line: 1, column: 1), Position(line: 1, column: 1)))
      return nil
    }
    let row = BulkRow(file, at: offset, line: line, limit: BulkHeader.columnLimit)
    body = row.next
    bodyLine = row.nextLine
    cells = row.cells
    for (problem, at) in row.problems { findings.add(problem, at: location(at, at)) }
    guard row.problems.isEmpty else { return nil }
    guard row.count <= BulkHeader.columnLimit else {
      findings.add(.tooManyColumns, at: location(Position(line: line, column: 1), Position(line: line, column: 1)))
      return nil
    }
    if row.cells.count == 1, let cell = row.cells.first, let separator = BulkHeader.separator(cell.text, schema) {
      findings.add(.separator(separator), at: location(cell.start, cell.end))
      return nil
    }
    var seen: Set<Int> = []
    for (column, cell) in row.cells.enumerated() {
      let name = String(Members.trimmed(cell.text[...]))
      let at = location(cell.start, cell.end)
      guard let field = schema.column(name) else {
        plans.append(.skipped)
        if ignored.contains(name, in: schema.declaration.name) { continue }
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
        plans.append(BulkColumnPlan(kind: .id, field: nil, required: true, missing: 0))
      } else {
        columns.append((column, field))
        plans.append(BulkHeader.plan(schema.fields[field]))
      }
    }
    for (index, name) in schema.requiredNames where !seen.contains(index) {
      // Reported once here rather than in every row.
      let last = row.cells.last?.end ?? Position(line: line, column: 1)
      findings.add(.missing(field: name, record: schema.record), at: location(last, last))
    }
  }

  private static func plan(_ field: Field) -> BulkColumnPlan {
    let kind: BulkColumnPlan.Kind =
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
      kind: kind, field: field, required: field.absence == .required, missing: ListSchema.whenAbsent(field))
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
