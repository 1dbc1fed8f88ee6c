// Headings of lists of payments that mean one thing alone and another beside others: 补贴对象 is who was paid, and beside
// 收款人 the person whom it was paid for; and days that the list itself shows how to read. Knows nothing of cells.
import Diagnostics

extension PaidRegister {
  /// What names the person where another column names the payee.
  private static let objects: Set<String> = ["补贴对象", "补助对象", "享受对象", "奖补对象", "对象", "受益人", "享受人"]

  /// Takes a column of persons for one, which would be one of payees if no other were.
  static func tell(
    _ matches: inout [Headings.Match?], _ holders: inout [Int: Int], _ found: HeadingSearch, _ schema: ListSchema
  ) {
    guard let (column, match) = person(matches, holders, found, schema) else { return }
    matches[column] = match
    holders[match.field] = column
  }

  /// The column of persons that would be one of payees if no other were.
  /// - Parameters:
  ///   - matches: what each column's heading means.
  ///   - holders: the column that states each field.
  private static func person(
    _ matches: [Headings.Match?], _ holders: [Int: Int], _ found: HeadingSearch, _ schema: ListSchema
  ) -> (column: Int, match: Headings.Match)? {
    guard schema.declaration.name == list.name, let payee = schema.named("payee"), let person = schema.named("person"),
      holders[person] == nil,
      let column = matches.indices.first(where: { column in
        matches[column]?.field == payee && holders[payee] != column
          && objects.contains(Headings.bare(found.cells[column].text).name)
      })
    else { return nil }
    return (column, Headings.Match(field: person, rank: 2, scale: 1, unit: nil))
  }
}

extension RegisterSurvey {
  /// The list read once more, with days as other cells of it show; nil where nothing is to be settled.
  func settled(
    _ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource, of month: PaidMonths.Column?,
    apart: Set<Int>
  ) throws(RegisterRefusal) -> PaidRegister? {
    let list = schema.declaration
    let top = source.head(HeadingSearch.rows, limit: BulkHeader.columnLimit)
    let orders = DateEvidence(header, schema, top, source).orders
    guard !orders.isEmpty else { return nil }
    var mapping = mapping
    for one in orders { mapping.add(dates: one.order, for: one.field.name, of: list.name) }
    let survey = RegisterSurvey(dictionary, reader.places, mapping: mapping, threads: threads, control: control)
    let told = try survey.paid(source, list, of: month, apart: apart)
    return PaidRegister(
      lines: told.lines, hasMeasures: told.hasMeasures, hasDates: told.hasDates,
      doubts: orders.map { $0.told(source.file, isKept: false) } + told.doubts)
  }
}
