// What somebody has said of a register's columns, because its headings do not say it: which column states which fact,
// which are not to be read, what holds for every record, how days are written, what identity numbers give, and which
// row names the columns. Kept with a scenario, so that next month's file is read the same way. Knows nothing of cells.
import Diagnostics

/// A scenario's `columns` and `header_row`.
package struct ColumnMapping: Sendable {
  /// A value that every record of a bulk file has.
  struct Constant: Sendable {
    /// The field's own name.
    package let field: String
    /// As it is written.
    package let text: String
    /// Where it is said.
    package let location: SourceRange?
  }

  /// By list, then by heading as it is written: the field's own name.
  private(set) var fields: [String: [String: String]] = [:]
  /// By list: headings that are not to be read, whatever they look like.
  private(set) var unreadHeadings: [String: Set<String>] = [:]
  /// By list: what no column states and holds for every record.
  private(set) var constants: [String: [Constant]] = [:]
  /// By list, then by field (empty: every other one): how days are written.
  private(set) var orders: [String: [String: DateOrder]] = [:]
  /// By list: what texts of cells stand for that have no meaning of their own, by what `plain` makes of them.
  private(set) var cells: [String: [String: String]] = [:]
  /// By list: the fields that identity numbers give although they may say something else.
  private(set) var given: [String: Set<String>] = [:]
  /// By list: the fields whose blank cells have what stands above them.
  private(set) var carried: [String: Set<String>] = [:]
  /// By list: rows that are not to be read, by what their first cell says or by their number.
  private(set) var skippedRows: [String: [String]] = [:]
  /// The lists of whose rows each person is a record that one names: 张三、李四 in one cell.
  package private(set) var splits: Set<String> = []
  /// By list: the row that names the columns, counted from 1; 0: none does; `cards`: each record is a form.
  private(set) var headerRows: [String: Int] = [:]

  /// Whether it is an earlier scenario's, for another file.
  package private(set) var isKept = false
  /// Whether what columns without headings state is looked for in their cells; not where a scenario has said it.
  package var isProposing = false

  /// What stands for a fact where a column is not to be read.
  package static let unread: Set<String> = ["none", "ignore", "不读", "无"]
  /// The keys beside headings in a list's `columns`.
  package static let constantWords: Set<String> = ["constant", "常量"]
  package static let dateWords: Set<String> = ["dates", "日期写法"]
  package static let cellWords: Set<String> = ["cells", "单元格"]
  package static let carryWords: Set<String> = ["carry", "沿用上行"]
  package static let skipWords: Set<String> = ["skip", "不读行"]
  /// What a column states that says both the first and the last day: 2022.3.1-2022.12.31.
  package static let spanWords: Set<String> = ["span", "起止日期"]
  /// What says which row names the columns, or that none does.
  package static let headerWords: Set<String> = ["header", "header_row", "表头行"]
  /// What a column states that names agencies and persons: 引荐人/机构.
  package static let mixedWords: Set<String> = ["mixed", "机构或个人"]
  /// What says that each person is a record whom a cell names with others.
  package static let splitWords: Set<String> = ["split", "拆分"]
  package static let numberWords: Set<String> = ["from_number", "由身份证号"]

  package init() {}

  /// Lets a heading state a field.
  package mutating func add(_ heading: String, as field: String, of list: String) {
    fields[list, default: [:]][ColumnMapping.plain(heading)] = field
  }

  /// Leaves a column unread, even one whose heading is a fact's own name.
  package mutating func leave(_ heading: String, of list: String) {
    unreadHeadings[list, default: []].insert(ColumnMapping.plain(heading))
  }

  /// Lets every record of a list's bulk files have a value.
  package mutating func add(constant text: String, for field: String, of list: String, at location: SourceRange? = nil)
  {
    constants[list, default: []].removeAll { $0.field == field }
    constants[list, default: []].append(Constant(field: field, text: text, location: location))
  }

  /// Says how days are written: of one field, or of all that nothing else is said of.
  package mutating func add(dates order: DateOrder, for field: String = "", of list: String) {
    let said = orders[list]?[field] ?? []
    orders[list, default: [:]][field] = said.joined(order)
  }

  /// Says how days are written before what an earlier scenario keeps of them: of one field, or of all. What it keeps of
  /// two figures of a year for one field stays, since the day of birth is of another century than the others.
  /// - Parameter field: nil for all.
  private mutating func put(dates order: DateOrder, for field: String?, of list: String) {
    let all = orders[list]?[""]
    if let field {
      orders[list, default: [:]][field] = (orders[list]?[field] ?? all ?? []).replaced(by: order)
      return
    }
    for (field, kept) in orders[list] ?? [:] where !field.isEmpty {
      let isCentury = !order.isDisjoint(with: [.thisCentury, .lastCentury])
      if isCentury, !kept.answering(order).isEmpty { continue }
      orders[list, default: [:]][field] = kept.replaced(by: order)
    }
    orders[list, default: [:]][""] = (all ?? []).replaced(by: order)
  }

  /// Says how days are written: before what an earlier scenario keeps, if this is its mapping.
  /// - Parameter field: nil for all that nothing else is said of.
  package mutating func say(_ order: DateOrder, of field: String?, of list: String) {
    if isKept { put(dates: order, for: field, of: list) } else { add(dates: order, for: field ?? "", of: list) }
  }

  /// The same as an earlier scenario hands it on: what it keeps of days gives way to what a file shows and to what is
  /// said now.
  package var kept: ColumnMapping {
    var out = self
    out.isKept = true
    for list in orders.keys { out.orders[list] = orders[list]?.mapValues(\.kept) }
    return out
  }

  /// Lets the row of headings be looked for.
  package mutating func forgetHeaderRow(of list: String) { headerRows[list] = nil }

  /// The row that names a list's columns, where it is said; 0: none does.
  package func headerRow(of list: String) -> Int? { headerRows[list] }

  /// The fields and the texts that every record of a list has.
  package func constants(of list: String) -> [(field: String, text: String)] {
    (constants[list] ?? []).map { ($0.field, $0.text) }
  }

  /// What a text of cells stands for; nil where nothing is said of it.
  package func cell(_ text: String, of list: String) -> String? {
    cells[list]?[ColumnMapping.plain(CellPattern.written(text))]
  }

  /// How a list's days are written: of each field, and of all others where the field is empty.
  package func orders(of list: String) -> [String: DateOrder] { orders[list] ?? [:] }

  /// Lets a text that stands in cells be read as another: 待定 as none, 自发 as no, `约…` as `…`.
  package mutating func add(cell text: String, as other: String, of list: String) {
    cells[list, default: [:]][ColumnMapping.plain(CellPattern.written(text))] = CellPattern.written(other)
  }

  /// Lets the blank cells of a fact's column have what stands above them, as group by group it is written once.
  package mutating func carry(_ field: String, of list: String) { carried[list, default: []].insert(field) }

  /// The rows that are left out by their number, which are others in another file.
  package func numberedSkips(of list: String) -> [Int] {
    (skippedRows[list] ?? []).compactMap { CellText.isDigits($0) ? Int($0) : nil }
  }

  /// Leaves rows out whose first cell says a text, or one that fits `…`; or the row of a number.
  package mutating func skip(_ text: String, of list: String) { skippedRows[list, default: []].append(text) }

  /// Lets each person be a record whom a row names with others; nothing where a list is not of people.
  package mutating func split(_ list: ListDeclaration) { if list.personName != nil { splits.insert(list.name) } }

  /// Lets a column state the first and the last day together.
  package mutating func add(span heading: String, of list: String) {
    fields[list, default: [:]][ColumnMapping.plain(heading)] = ColumnMapping.span
  }

  private static let span = "span"

  /// Lets a column state agencies and persons, each by what it is called.
  package mutating func add(mixed heading: String, of list: String) {
    fields[list, default: [:]][ColumnMapping.plain(heading)] = ColumnMapping.mixed
  }

  private static let mixed = "mixed"

  /// Whether somebody has said that a column states agencies and persons.
  func isMixed(_ heading: String, of list: String) -> Bool { field(heading, of: list) == ColumnMapping.mixed }

  /// Whether somebody has said that a column states both days.
  func isSpan(_ heading: String, of list: String) -> Bool { field(heading, of: list) == ColumnMapping.span }

  /// Lets identity numbers give a fact where no column states it: the home of record, which may have changed since.
  package mutating func give(_ field: String, of list: String) { given[list, default: []].insert(field) }

  /// - Parameter row: counted from 1; 0 where no row names the columns, which are called by their places.
  package mutating func setHeaderRow(_ row: Int, of list: String) { headerRows[list] = row }

  /// What stands for the row of headings where each record is a form of its own.
  package static let cards = -1
  private static let cardWords: Set<String> = ["cards", "card", "卡片", "一人一表"]

  /// The row that a text says names the columns, 0 for none; nil for any other text.
  package static func headerRow(_ text: String) -> Int? {
    if cardWords.contains(text.lowercased()) { return cards }
    if unread.contains(text) || text == "没有" { return 0 }
    let figures = text.hasPrefix("第") && text.hasSuffix("行") ? String(text.dropFirst().dropLast()) : text
    return CellText.isDigits(figures) ? Int(figures).flatMap { (1...HeadingSearch.rows).contains($0) ? $0 : nil } : nil
  }

  /// The field that a fact's name or a column's heading stands for; nil for neither.
  package func stated(by name: String, in list: ListDeclaration) -> String? {
    if let field = list.columnField(name) { return field == "id" ? nil : field }
    let schema = ListSchema(list)
    guard let field = TableSurroundings.field(name, Headings(schema, self)), field >= 0 else { return nil }
    return schema.fields[field].name
  }

  /// The headings of a list, by what `plain` makes of them.
  func headings(of list: String) -> [String: String] { fields[list] ?? [:] }

  /// The facts that something is said of, by the names of their fields.
  func stated(of list: String) -> Set<String> {
    let said = Set((fields[list] ?? [:]).values)
    return said.union((constants[list] ?? []).map(\.field)).union(said.contains("span") ? ["start", "end"] : [])
      .union(said.contains("mixed") ? ["agency", "referrer"] : [])
  }

  /// What is said of a heading that is another fact than one, or that it is not to be read; nil where nothing is.
  package func other(_ heading: String, than fact: String?, of list: String) -> String? {
    let known = leaves(heading, of: list) ? "none" : field(heading, of: list)
    return known == fact ?? "none" ? nil : known
  }

  /// Whether a heading is not to be read.
  func leaves(_ heading: String, of list: String) -> Bool {
    guard let names = unreadHeadings[list] else { return false }
    return ColumnMapping.holds(heading) { names.contains($0) }
  }

  /// Whether the column in a place, counted from 1, is not to be read, whatever its heading.
  func leaves(place: Int, of list: String) -> Bool {
    guard let names = unreadHeadings[list] else { return false }
    return names.contains("第\(place)列") || names.contains("column\(place)")
  }

  /// The headings of which somebody has said that they are not to be read.
  func left(of list: String) -> [String] { (unreadHeadings[list] ?? []).sorted() }

  /// What somebody has said that a heading states.
  func field(_ heading: String, of list: String) -> String? {
    guard let known = fields[list] else { return nil }
    var found: String?
    _ = ColumnMapping.holds(heading) {
      found = found ?? known[$0]
      return found != nil
    }
    return found
  }

  /// How a field's days are written, whether it is said of the field or of all.
  package func order(of field: String, of list: String) -> DateOrder {
    guard let orders = orders[list] else { return [] }
    // What is said of one column stands before what is said of all, question by question.
    return (orders[""] ?? []).replaced(by: orders[field] ?? [])
  }

  /// Everything that decides how a list's bulk files are read, as texts.
  func digested(of list: String) -> [String] {
    headings(of: list).sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
      + (unreadHeadings[list] ?? []).sorted() + ["constant"]
      + (constants[list] ?? []).sorted { $0.field < $1.field }.flatMap { [$0.field, $0.text] }
      + (splits.contains(list) ? ["split"] : []) + (carried[list] ?? []).sorted().map { "carry " + $0 }
      + (skippedRows[list] ?? []).map { "skip " + $0 }
      + (cells[list] ?? [:]).sorted { $0.key < $1.key }.flatMap { ["cell", $0.key, $0.value] }
      + (orders[list] ?? [:]).sorted { $0.key < $1.key }.flatMap { [$0.key, String($0.value.rawValue)] }
  }

  /// Whether something is said of a heading as it is written, or of it without its unit and asterisks.
  private static func holds(_ heading: String, _ isSaid: (String) -> Bool) -> Bool {
    let whole = plain(heading)
    if names(heading).contains(where: isSaid) { return true }
    let bare = Headings.bare(heading).name
    return bare != whole && !bare.isEmpty && isSaid(bare)
  }

  /// A heading without the blanks around and the line ends within it.
  static func plain(_ heading: String) -> String {
    let plain = CellText.closed(String(Members.trimmed(heading[...]))).lowercased()
    // Ends of lines as messages show them.
    return plain.contains { "␉␊␍".contains($0) } ? plain.filter { !"␉␊␍".contains($0) } : plain
  }

  /// A heading on one line: 签订劳动合同 and 时间 below each other in one cell are one word.
  package static func flat(_ heading: String) -> String {
    guard heading.contains(where: \.isNewline) else { return heading }
    let lines = heading.split(whereSeparator: \.isNewline).map { Members.trimmed($0) }.filter { !$0.isEmpty }
    return lines.dropFirst().reduce(lines.first.map(String.init) ?? "") { before, line in
      let isLatin = [before.last, line.first].allSatisfy {
        $0.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false
      }
      return before + (isLatin ? " " : "") + line
    }
  }

  /// What a column without a heading is called: by its place, counted from 1.
  static func place(_ column: Int) -> Text { Text("column \(column)", zh: "第\(column)列") }

  /// The columns that are spoken of by their place.
  func places(of list: String) -> Set<Int> {
    let said = Array((fields[list] ?? [:]).keys) + Array(unreadHeadings[list] ?? [])
    return Set(
      said.compactMap { name in
        let figures =
          name.hasPrefix("第") && name.hasSuffix("列")
          ? name.dropFirst().dropLast() : name.hasPrefix("column") ? name.dropFirst(6) : ""
        return figures.utf8.count <= 4 && CellText.isDigits(figures) ? Int(figures) : nil
      })
  }

  /// What is said of a heading, also where it is a place that was written in the other language.
  private static func names(_ heading: String) -> [String] {
    let plain = plain(heading)
    guard plain.hasPrefix("第"), plain.hasSuffix("列"), CellText.isDigits(plain.dropFirst().dropLast()) else {
      return [plain]
    }
    return [plain, "column" + plain.dropFirst().dropLast()]
  }
}

extension ListDeclaration {
  /// The field of a name or a Chinese label that identity numbers give on request; nil where they do not.
  package func givable(_ name: String) -> String? {
    columnField(name).flatMap { personID != nil && IdentityFacts.asked.contains($0) ? $0 : nil }
  }

  /// Whether its records may have come through an agency or a person.
  package var isBrokered: Bool { field("agency") != nil && field("referrer") != nil }

  /// The field of a name or a Chinese label, `id` included; nil where the list has none.
  package func columnField(_ name: String) -> String? {
    let schema = ListSchema(self)
    return schema.column(name).map { $0 < 0 ? "id" : schema.fields[$0].name }
  }
}
