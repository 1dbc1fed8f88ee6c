// Which facts the columns of a table state whose columns no row names, by what their first cells look like. Only what
// the cells themselves say is taken; what may be several things is named, with what it could be. Knows nothing of what
// becomes of it.
import Diagnostics
import Reckoning

/// The columns of a table without headings.
package struct HeadlessColumns: Sendable {
  /// A column and the fact that its cells show.
  struct Guess: Sendable {
    /// Counted from 1.
    package let number: Int
    package let field: Field
    package let sample: String
  }

  /// A column that may be several things.
  struct Open: Sendable {
    let number: Int
    let fields: [Field]
    let sample: String
  }

  private(set) var guesses: [Guess] = []
  private(set) var open: [Open] = []
  /// Columns that only number the rows, counted from 1.
  private(set) var serials: [Int] = []
  private let list: ListDeclaration
  private let reader: ValueReader
  private let rows: [BulkRow]
  private let width: Int
  /// Of each column, the cells that hold something.
  private let cells: [[String]]
  private var free: [Int] = []

  /// - Parameters:
  ///   - rows: the first records.
  ///   - said: the columns that somebody has spoken of, counted from 1.
  ///   - stated: the facts that are stated otherwise.
  init(
    _ rows: [BulkRow], _ list: ListDeclaration, _ reader: ValueReader, said: Set<Int> = [], stated: Set<String> = []
  ) {
    (self.list, self.reader, self.rows) = (list, reader, rows)
    let width = rows.map(\.cells.count).max() ?? 0
    self.width = width
    cells = (0..<width).map { column in
      rows.compactMap { row in
        row.cells.indices.contains(column) && !row.cells[column].text.isEmpty ? row.cells[column].text : nil
      }
    }
    free = (0..<width).filter { !said.contains($0 + 1) && !cells[$0].isEmpty }
    number()
    take(list.personID.flatMap { list.field($0) }, stated) { HeadlessColumns.isIdentity($0) }
    for field in list.fields {
      guard case .choice(let choices) = field.type else { continue }
      take(field, stated) { WordWriting.choice($0, choices, field.choiceLabels) != nil && !CellText.isDigits($0) }
    }
    takeDays(stated)
    takePlaces(stated)
    take(list.field("agency"), stated) { ColumnLook.isAgency($0) }
    take(list.field("enterprise"), stated) { HeadlessColumns.isFirm($0) }
    takeNames(stated)
  }

  /// Whether cells name persons, days or places enough for the rows to be of a list.
  var isTable: Bool { guesses.count > 1 }

  // MARK: columns

  private func most(_ column: Int, _ isSo: (String) -> Bool) -> Bool {
    cells[column].count(where: isSo) * 10 >= cells[column].count * 7
  }

  private mutating func take(_ field: Field?, _ stated: Set<String>, _ isSo: (String) -> Bool) {
    guard let field, !stated.contains(field.name) else { return }
    let fitting = free.filter { most($0, isSo) }
    guard let column = fitting.first else { return }
    // Of two columns of one sort nobody knows which states it.
    if fitting.count > 1 {
      leave(fitting, [field])
    } else {
      add(column, field)
    }
  }

  private mutating func add(_ column: Int, _ field: Field) {
    free.removeAll { $0 == column }
    guesses.append(Guess(number: column + 1, field: field, sample: cells[column][0]))
    guesses.sort { $0.number < $1.number }
  }

  private mutating func leave(_ columns: [Int], _ fields: [Field]) {
    free.removeAll { columns.contains($0) }
    open += columns.map { Open(number: $0 + 1, fields: fields, sample: cells[$0][0]) }
  }

  /// 1, 2, 3, … in the first column.
  private mutating func number() {
    guard let column = free.first, cells[column].count > 1 || rows.count == 1 else { return }
    let figures = cells[column].compactMap { $0.utf8.count <= 6 ? Int($0) : nil }
    guard figures.count == cells[column].count, let first = figures.first, first <= 1 || figures.count > 2,
      zip(figures, figures.dropFirst()).allSatisfy({ $1 == $0 + 1 || $1 == 1 })
    else { return }
    free.removeAll { $0 == column }
    serials.append(column + 1)
  }

  /// Days: that of birth, which the identity number has too; else the first, or the first and the last.
  private mutating func takeDays(_ stated: Set<String>) {
    let identity = guesses.first { $0.field.name == list.personID }
    if let identity, let born = list.field("born"), !stated.contains("born") {
      let birth = free.first { column in
        let same = rows.count { row in
          guard let number = text(row, identity.number - 1), let own = text(row, column) else { return false }
          return HeadlessColumns.isBirth(own, of: number)
        }
        return same > 0 && same * 10 >= cells[column].count * 7
      }
      if let birth { add(birth, born) }
    }
    let days = free.filter { column in most(column) { isDay($0) } }
    let begins = list.begins.flatMap { stated.contains($0) ? nil : list.field($0) }
    let ends = list.ends.flatMap { stated.contains($0) ? nil : list.field($0) }
    guard let first = days.first, let begins else { return leave(days, [ends].compactMap(\.self)) }
    if days.count == 1, cells[first].count == rows.count { return add(first, begins) }
    if days.count == 2, let ends, isBefore(days[0], days[1]), cells[first].count == rows.count {
      add(days[0], begins)
      return add(days[1], ends)
    }
    leave(days, [begins, ends].compactMap(\.self))
  }

  private mutating func takePlaces(_ stated: Set<String>) {
    let fields = list.fields.filter {
      switch $0.type {
      case .place, .county, .area: !stated.contains($0.name)
      case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .reference, .set: false
      }
    }
    let columns = free.filter { ColumnLook(cells[$0], reader) == .place }
    guard let field = fields.first, let column = columns.first else { return }
    if columns.count == 1, fields.count == 1 { add(column, field) } else { leave(columns, fields) }
  }

  /// A name: two to four characters, hardly any of them twice; before an identity number, or the only column of such.
  private mutating func takeNames(_ stated: Set<String>) {
    guard let name = list.personName.flatMap({ list.field($0) }), !stated.contains(name.name) else { return }
    let columns = free.filter { column in
      most(column) { PartText.isName($0) } && Set(cells[column]).count * 10 >= cells[column].count * 7
        && !cells[column].contains { WordWriting.bool($0) != nil || $0.hasSuffix("族") }
    }
    let identity = guesses.first { $0.field.name == list.personID }.map { $0.number - 1 }
    if let column = columns.first(where: { $0 + 1 == identity }) ?? (columns.count == 1 ? columns.first : nil) {
      add(column, name)
    } else {
      leave(columns, [name])
    }
  }

  // MARK: cells

  private func text(_ row: BulkRow, _ column: Int) -> String? {
    row.cells.indices.contains(column) && !row.cells[column].text.isEmpty ? row.cells[column].text : nil
  }

  private static func isIdentity(_ text: String) -> Bool {
    guard text.utf8.count <= 60 else { return false }
    switch IdentityNumber.read(text) {
    case .number: return true
    case .faulty(let bare, _): return bare.utf8.count == 18
    }
  }

  private static func isBirth(_ text: String, of number: String) -> Bool {
    guard case .number(let whole, _, _) = IdentityNumber.read(number), whole.utf8.count == 18 else { return false }
    let birth = whole.dropFirst(6).prefix(8)
    let figures = text.split { !$0.isNumber }.map { $0.count == 1 ? "0" + $0 : String($0) }.joined()
    return figures.utf8.count >= 6 && birth.hasPrefix(figures)
  }

  /// A day, or in words that there is none yet.
  private func isDay(_ text: String) -> Bool {
    if ["至今", "在职", "在岗", "-", "/", "无"].contains(text) { return true }
    return ColumnLook([text], reader) == .day
  }

  /// Whether the days of one column never come after those of another.
  private func isBefore(_ first: Int, _ last: Int) -> Bool {
    func day(_ row: BulkRow, _ column: Int) -> Int64? {
      let field = Field(name: "", type: .date, absence: .none, labels: [], meaning: .same(""))
      guard let text = text(row, column) else { return nil }
      do throws(ValueProblem) {
        guard case .number(let raw)? = try reader.reading(text, field, CellContext()).value else { return nil }
        return raw
      } catch { return nil }
    }
    let pairs = rows.compactMap { row in day(row, first).flatMap { a in day(row, last).map { (a, $0) } } }
    return pairs.allSatisfy { $0 <= $1 } && (pairs.isEmpty || pairs.contains { $0 < $1 })
  }

  private static func isFirm(_ text: String) -> Bool {
    OwnerRows.isFirm(text) || firms.contains(where: CellText.closed(text).hasSuffix)
  }

  private static let firms = ["店", "酒店", "饭店", "餐厅", "超市", "医院", "学校", "经营部", "加工厂", "商行", "工作室", "事务所", "农场"]
}
