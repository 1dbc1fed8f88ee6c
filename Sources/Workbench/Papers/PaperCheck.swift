// Whether the figures of papers agree, as a finance office checks them: each form in itself, forms with each other, and
// what is said in sentences with the forms. Knows papers only as they were read back, and nothing of runs.

import Diagnostics
import View

/// What is wrong with the figures of papers.
struct PaperFinding: Sendable {
  /// What was looked at.
  enum Rule: String, Sendable, CaseIterable {
    /// The last line of a form is the sum of its lines.
    case sum
    /// Number times standard is amount.
    case product
    /// Due and pending are the total.
    case parts
    /// What stands under “cumulative” is the sum so far, apart from what a year or month has.
    case running
    /// All forms of all papers have one total.
    case total
    /// A sum that is said stands in a form.
    case said
    /// A form says what its amounts are counted in.
    case unit
    /// The papers are of the run that they are held against.
    case run

    var words: Text {
      switch self {
      case .sum: Text("does not add up", zh: "合计不符")
      case .product: Text("number × standard is another amount", zh: "数量×标准不等于金额")
      case .parts: Text("due and pending are not the total", zh: "应付与未到期之和不等于合计")
      case .running: Text("the cumulative figure is not the sum so far", zh: "累计数不符")
      case .total: Text("another total than the other forms", zh: "与其他表合计不一致")
      case .said: Text("said, and in no form", zh: "文字与表格不一致")
      case .unit: Text("no unit", zh: "未标单位")
      case .run: Text("another amount than the run", zh: "与测算结果不一致")
      }
    }
  }

  let rule: Rule
  let file: String
  /// The heading, with the table's number or the sentence.
  let place: Text
  /// What stands there.
  let found: String
  /// What ought to.
  let wanted: String
}

/// One check of papers that belong together.
struct PaperCheck {
  private let papers: [PaperText]
  private(set) var findings: [PaperFinding] = []
  /// How many forms, figures of sentences and blanks were seen.
  private(set) var forms = 0
  private(set) var claims = 0
  /// Amounts of sentences that no word before them calls a sum and that stand in no form.
  private(set) var unheld: [(file: String, text: String, sentence: String)] = []
  private(set) var blanks = 0
  /// The total of each form that has one.
  private(set) var totals: [(file: String, place: Text, figure: PaperFigure)] = []

  init(_ papers: [PaperText]) { self.papers = papers }

  /// - Parameter run: what they are held against; nil: papers are held against each other only.
  mutating func check(against run: PaperRun?) {
    let cells = papers.flatMap(\.tables).flatMap { table in
      let factor = PaperCheck.factor(table.heads)
      return table.rows.joined().flatMap { [PaperFigure(cell: $0), PaperFigure(cell: $0, factor: factor)] }
    }.compactMap(\.self)
    for paper in papers {
      var sums: [PaperFigure] = []
      for table in paper.tables { sums += check(table, in: paper.file, run) }
      check(paper, sums, cells: cells)
    }
    compareTotals(run?.total)
  }

  // MARK: Words that papers use

  private static let totalLabels: Set<String> = ["合计", "总计", "total", "together"]
  private static let blankMarks = ["〔待填〕", "〔待补〕", "[to be written]", "〔待填：", "[to be written:", "[to be added]"]
  private static let saying = [
    "合计", "总额", "总成本", "总计", "共计", "应付", "未到期", "此后", "共需", "需资金", "需要资金", "资金需求", "预算为", "预算是",
    "comes to", "together", "total", "of which", "due", "budget of", "budget is",
  ]
  /// Heads that say what is in a column and not what it is of.
  private static let units: Set<String> = ["元", "万元", "yuan", "10,000 yuan"]

  /// What a column holds, as its head says.
  enum Role {
    case count, each, amount, due, pending, total, cumulative, effect
    /// Things that are counted once however often they occur.
    case people
    case money
    case other
  }

  private static func role(_ head: String) -> Role {
    let name = bare(head).lowercased()
    switch name {
    case "笔数", "数量", "number", "payments": return .count
    case "标准", "standard": return .each
    case "金额", "amount": return .amount
    case "应付", "due": return .due
    case "未到期", "pending": return .pending
    case "合计", "total": return .total
    case "累计", "cumulative", "added up": return .cumulative
    case "资金影响", "effect", "差额", "change", "difference": return .effect
    case "对象数", "beneficiaries", "得益", "受损", "gain", "lose", "人数", "户数": return .people
    default: return hasUnit(head) ? .money : .other
    }
  }

  /// A head without its unit: `合计（元）`, `Total, yuan`.
  static func bare(_ head: String) -> String {
    let cut = head.firstIndex { "（(,，".contains($0) } ?? head.endIndex
    return head[..<cut].trimmingSpaces
  }

  private static func hasUnit(_ head: String) -> Bool { head.contains("元") || head.lowercased().contains("yuan") }

  private static func factor(_ heads: [String]) -> Int64 { heads.contains { $0.contains("万元") } ? 10_000 : 1 }

  static func isTotalLine(_ row: [String]) -> Bool {
    guard let label = row.first(where: { !$0.isEmpty }) else { return false }
    return totalLabels.contains(label.lowercased())
  }

  // MARK: Forms

  static func place(_ table: PaperText.Table, row: Int? = nil) -> Text {
    let line = row.map { Text(", line \($0)", zh: "第 \($0) 行") } ?? .same("")
    return Text(
      "\(table.heading.isEmpty ? "" : table.heading + ", ")table \(table.number)\(line.en)",
      zh: "\(table.heading.isEmpty ? "" : table.heading + "，")表 \(table.number)\(line.zh)")
  }

  mutating func add(_ rule: PaperFinding.Rule, _ file: String, _ place: Text, _ found: String, _ wanted: Int64) {
    findings.append(
      PaperFinding(rule: rule, file: file, place: place, found: found, wanted: Figures.money(fen: wanted)))
  }

  /// Looks at one form.
  /// - Returns: its sums.
  private mutating func check(_ table: PaperText.Table, in file: String, _ run: PaperRun?) -> [PaperFigure] {
    forms += 1
    for text in table.rows.joined() { blanks += PaperCheck.blanks(in: text) }
    let roles = table.heads.map(PaperCheck.role)
    let factor = PaperCheck.factor(table.heads)
    let grid = table.rows.map { row in
      row.enumerated().map { i, text -> PaperFigure? in
        guard roles.indices.contains(i) else { return nil }
        let isMoney = roles[i] != .count && roles[i] != .people
        return PaperFigure(cell: text, factor: isMoney ? factor : 1)
      }
    }
    checkUnit(table, roles, file)
    var sums: [PaperFigure] = []
    if let last = table.rows.lastIndex(where: PaperCheck.isTotalLine) {
      sums = checkSums(table, roles, grid, last, file)
    }
    for (number, row) in grid.enumerated() { checkRow(table, roles, row, number, file) }
    checkRunning(table, roles, grid, file)
    if let run { check(table, roles, grid, against: run, in: file) }
    // A table of targets has the total in a line of its own.
    for row in table.rows where row.contains(where: { ["预算总成本", "cost altogether"].contains($0) }) {
      guard let figure = row.lazy.compactMap({ PaperFigure(cell: $0) }).first else { continue }
      totals.append((file, PaperCheck.place(table), figure))
      sums.append(figure)
    }
    return sums
  }

  /// A form with amounts says once what they are counted in.
  private mutating func checkUnit(_ table: PaperText.Table, _ roles: [Role], _ file: String) {
    let isOfMoney = roles.contains { role in
      switch role {
      case .amount, .due, .pending, .total, .cumulative, .each, .effect: true
      case .count, .people, .money, .other: false
      }
    }
    let figures = table.rows.joined().contains { $0.contains(".") && PaperFigure(cell: $0) != nil }
    guard isOfMoney, figures, !table.heads.contains(where: PaperCheck.hasUnit) else { return }
    findings.append(
      PaperFinding(
        rule: .unit, file: file, place: PaperCheck.place(table),
        found: table.heads.joined(separator: " | "), wanted: ""))
  }

  /// Holds the last line against the lines above it.
  private mutating func checkSums(
    _ table: PaperText.Table, _ roles: [Role], _ grid: [[PaperFigure?]], _ last: Int, _ file: String
  ) -> [PaperFigure] {
    var sums: [PaperFigure] = []
    for (column, role) in roles.enumerated() {
      guard grid[last].indices.contains(column), let total = grid[last][column] else { continue }
      switch role {
      case .other, .people, .cumulative: continue
      case .count, .each, .amount, .due, .pending, .total, .effect, .money: break
      }
      var sum: Int64 = 0
      var tolerance = total.tolerance
      for row in grid[..<last] {
        guard row.indices.contains(column), let figure = row[column] else { continue }
        sum = sum &+ figure.hundredths
        tolerance += figure.tolerance
      }
      if (sum &- total.hundredths).magnitude > UInt64(tolerance) {
        let text = table.rows[last][column]
        let place = PaperCheck.place(table)
        let name = PaperCheck.bare(table.heads[column])
        add(.sum, file, Text("\(place.en), “\(name)”", zh: "\(place.zh)“\(name)”"), text, sum)
      }
      switch role {
      case .amount, .total: totals.append((file, PaperCheck.place(table), total))
      case .count, .each, .people, .other, .cumulative, .due, .pending, .effect, .money: break
      }
      if role != .count { sums.append(total) }
    }
    return sums
  }

  private mutating func checkRow(
    _ table: PaperText.Table, _ roles: [Role], _ row: [PaperFigure?], _ number: Int, _ file: String
  ) {
    func figure(_ role: Role) -> (figure: PaperFigure, text: String)? {
      guard let i = roles.firstIndex(of: role), row.indices.contains(i), let figure = row[i] else { return nil }
      return (figure, table.rows[number][i])
    }
    if let count = figure(.count), let each = figure(.each), let amount = figure(.amount) {
      // A number is in hundredths, too.
      let (product, over) = (count.figure.hundredths / 100).multipliedReportingOverflow(by: each.figure.hundredths)
      if over || (product &- amount.figure.hundredths).magnitude > UInt64(amount.figure.tolerance) {
        let place = PaperCheck.place(table, row: number + 1)
        add(.product, file, place, "\(count.text) × \(each.text) = \(amount.text)", product)
      }
    }
    if let due = figure(.due), let pending = figure(.pending), let total = figure(.total) {
      let sum = due.figure.hundredths &+ pending.figure.hundredths
      let tolerance = due.figure.tolerance + pending.figure.tolerance + total.figure.tolerance
      if (sum &- total.figure.hundredths).magnitude > UInt64(tolerance) {
        let place = PaperCheck.place(table, row: number + 1)
        add(.parts, file, place, "\(due.text) + \(pending.text) = \(total.text)", sum)
      }
    }
  }

  /// What a year has and what the years come to stand in columns of their own.
  private mutating func checkRunning(
    _ table: PaperText.Table, _ roles: [Role], _ grid: [[PaperFigure?]], _ file: String
  ) {
    guard let running = roles.firstIndex(of: .cumulative) else { return }
    // A column may be called by its unit alone. Where none says what all of them come to, the others do together.
    let total =
      roles.firstIndex(of: .total) ?? roles.firstIndex(of: .amount)
      ?? table.heads.firstIndex { PaperCheck.units.contains($0.trimmingSpaces.lowercased()) }
    // A year is a figure, too, and stands first.
    let own =
      total.map { [$0] }
      ?? roles.indices.filter { $0 > 0 && $0 != running && roles[$0] != .count && roles[$0] != .people }
    if own.isEmpty {
      findings.append(
        PaperFinding(
          rule: .running, file: file, place: PaperCheck.place(table), found: table.heads.joined(separator: " | "),
          wanted: ""))
      return
    }
    var sum: Int64 = 0
    var tolerance: Int64 = 0
    for (number, row) in grid.enumerated() where !PaperCheck.isTotalLine(table.rows[number]) {
      let parts = own.filter { row.indices.contains($0) }.compactMap { row[$0] }
      guard row.indices.contains(running), let found = row[running] else { continue }
      sum = parts.reduce(sum) { $0 &+ $1.hundredths }
      tolerance += parts.reduce(0) { $0 + $1.tolerance }
      if (sum &- found.hundredths).magnitude > UInt64(tolerance + found.tolerance) {
        let place = PaperCheck.place(table, row: number + 1)
        add(.running, file, place, table.rows[number][running], sum)
      }
    }
  }

  // MARK: Sentences

  private static func blanks(in text: String) -> Int {
    blankMarks.reduce(0) { $0 + text.components(of: $1) }
  }

  /// Holds the sums that a paper's sentences speak of against those of its forms.
  ///
  /// - Parameter cells: what stands in the cells of all forms.
  private mutating func check(_ paper: PaperText, _ sums: [PaperFigure], cells: [PaperFigure]) {
    for sentence in paper.sentences {
      blanks += PaperCheck.blanks(in: sentence.text)
      for said in PaperFigure.said(in: sentence.text) {
        let before = said.before.lowercased()
        guard PaperCheck.saying.contains(where: { before.contains($0) }) else {
          let isThere = cells.contains {
            said.figure.agrees(with: $0.hundredths) || $0.agrees(with: said.figure.hundredths)
          }
          if !isThere { unheld.append((paper.file, said.text, String(sentence.text.prefix(60)))) }
          continue
        }
        claims += 1
        // Nothing is in no form where nothing is to be paid.
        if said.figure.hundredths == 0 || sums.isEmpty { continue }
        if sums.contains(where: { said.figure.agrees(with: $0.hundredths) || $0.agrees(with: said.figure.hundredths) })
        {
          continue
        }
        findings.append(
          PaperFinding(
            rule: .said, file: paper.file, place: .same(String(sentence.text.prefix(60))), found: said.text,
            wanted: nearest(said.figure, sums)))
      }
    }
  }

  private func nearest(_ figure: PaperFigure, _ sums: [PaperFigure]) -> String {
    let near = sums.min {
      (figure.hundredths &- $0.hundredths).magnitude < (figure.hundredths &- $1.hundredths).magnitude
    }
    return near.map { Figures.money(fen: $0.hundredths) } ?? ""
  }

  // MARK: Totals

  /// The total that most forms have is taken for the right one, where there is no run to hold them against.
  private mutating func compareTotals(_ run: Int64?) {
    var votes: [Int64: Int] = [:]
    for total in totals { votes[total.figure.hundredths, default: 0] += 1 }
    let usual = votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    guard let wanted = run ?? usual else { return }
    for total in totals where !total.figure.agrees(with: wanted) {
      add(
        run == nil ? .total : .run, total.file, total.place, Figures.money(fen: total.figure.hundredths), wanted)
    }
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of part: String) -> Int {
    var (count, rest) = (0, self[...])
    while let found = rest.firstRange(of: part) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
