// Headings of lists of payments that mean one thing alone and another beside others: 补贴对象 is who was paid, and beside
// 收款人 the person whom it was paid for; the id of a record beside its name; a month and its year in two columns; and
// days that the list itself shows how to read. Knows nothing of cells.
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
  /// What stands before 年度 and 月份 where both are of a payment, and not of who is paid.
  private static let periods = [
    "", "所属", "补贴", "补助", "奖补", "发放", "享受", "归属", "支付", "拨付", "申报", "申领", "所属期", "补贴所属", "所属时间", "补贴时间", "发放时间",
  ]

  /// The survey for which headings mean what they do beside each other: of the name of a record and its id, as this
  /// program writes both, the id tells it; and a year and a month in two columns are those of a payment. What somebody
  /// has said of them stands.
  func together(_ top: [BulkRow]) -> RegisterSurvey {
    let list = PaidRegister.list.name, schema = ListSchema(PaidRegister.list)
    let headings = Headings(schema, mapping)
    guard let found = HeadingSearch(top, headings, schema, row: mapping.headerRows[list]) else { return self }
    let cells = found.cells.map(\.text), names = cells.map { Headings.bare($0).name }
    var mapping = mapping
    func isFree(_ columns: Int...) -> Bool {
      columns.allSatisfy { !headings.isSaid(cells[$0]) && !self.mapping.leaves(place: $0 + 1, of: list) }
    }
    for (name, id) in [("for", "id"), ("对应记录", "记录编号")] {
      guard let at = names.firstIndex(of: name), names.indices.contains(at + 1), names[at + 1] == id, isFree(at, at + 1)
      else { continue }
      mapping.leave(cells[at], of: list)
      mapping.add(cells[at + 1], as: "record", of: list)
    }
    let hasDay = cells.contains { TableSurroundings.field($0, headings) == schema.named("date") }
    for stem in RegisterSurvey.periods where !(stem.isEmpty && hasDay) {
      guard let year = names.firstIndex(where: { name in ["年", "年份", "年度"].contains { name == stem + $0 } }),
        let month = names.firstIndex(where: { name in ["月", "月份"].contains { name == stem + $0 } }),
        !names.contains(where: { [stem + "日", stem + "号"].contains($0) }), isFree(year, month)
      else { continue }
      mapping.add(cells[year], as: "year", of: list)
      mapping.add(cells[month], as: "month", of: list)
      break
    }
    return RegisterSurvey(dictionary, reader.places, mapping: mapping, threads: threads, control: control)
  }

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
