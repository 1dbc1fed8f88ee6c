// How well the headings of a sheet fit a list of facts. Knows nothing of the rows below them.
import Diagnostics

/// How well a sheet's headings fit a list.
struct RegisterFit {
  let list: ListDeclaration
  /// How many of its facts have a column.
  let score: Int
  /// What every record must state and no column does.
  let lacking: [String]
  let found: HeadingSearch

  /// Whether every record can state what it must.
  var isWhole: Bool { score > 1 && lacking.isEmpty }

  init?(_ list: ListDeclaration, _ top: [BulkRow], _ mapping: ColumnMapping) {
    let schema = ListSchema(list)
    let headings = Headings(schema, mapping)
    guard let found = HeadingSearch(top, headings, schema, row: mapping.headerRows[list.name]) else { return nil }
    var fields: Set<Int> = []
    for cell in found.cells where !cell.text.isEmpty {
      do { if let match = try headings.match(cell.text), match.field >= 0 { fields.insert(match.field) } } catch {
        continue
      }
    }
    self.list = list
    self.found = found
    score = fields.count
    let around = TableSurroundings(top, found, headings, schema, mapping, stated: fields)
    fields.formUnion(around.standIns.map(\.field))
    lacking = schema.requiredNames.filter { $0.0 >= 0 && !fields.contains($0.0) }.map(\.1)
  }

  /// The note that the sheet states all that the list asks but one fact, and so was taken for another.
  func nearly(insteadOf chosen: ListDeclaration, _ file: SourceFile) -> Diagnostic {
    let label = list.field(lacking[0])?.words.zh ?? lacking[0]
    let start = Position(line: found.row.line, column: 1)
    return Diagnostic(
      .note, code: "register-list",
      Text(
        "the sheet does not say `\(lacking[0])`, which every record of \(list.name) must state: it is taken for "
          + chosen.name,
        zh: "表中没有\(label)，而每条\(list.title.zh)记录都须写明，因此按\(chosen.title.zh)读入"),
      hint: Text(
        "where it is the same for all: `as \(list.name) constant \(lacking[0]) = …`",
        zh: "如各条都相同，可写“作为 \(list.words.zh) 常量 \(label) = …”"),
      at: SourceRange(source: file, start: start, end: start))
  }
}
