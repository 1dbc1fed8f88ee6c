// Whether the figures of papers agree, as a finance office checks them: each form in itself, forms with each other, and
// what is said in sentences with the forms. Knows papers only as they were read back, and nothing of runs.

import Diagnostics
import View

/// One check of papers that belong together.
struct PaperCheck {
  let papers: [PaperText]
  /// How many comparisons were made, and the cells that took part in one.
  var compared = 0
  private(set) var looked: Set<PaperCell> = []
  private(set) var findings: [PaperFinding] = []
  /// How many forms, figures of sentences and blanks were seen.
  private(set) var forms = 0
  private(set) var claims = 0
  /// Amounts of sentences that no word before them calls a sum and that stand in no form.
  private(set) var unheld: [(file: String, text: String, sentence: String)] = []
  private(set) var blanks = 0
  /// The total of each form that has one.
  private(set) var totals: [(form: PaperLine, place: Text, figure: PaperFigure, cell: PaperCell)] = []
  /// Sentences that were held against those that the program would write now.
  var heldSentences: Set<PaperLine> = []
  /// Forms of which every line was.
  var heldTables: Set<PaperLine> = []
  /// The papers that the program has made once more for that.
  var remade: [ReportCommand.Paper] = []
  /// The forms of those that are not in the files.
  var missing: [(file: String, form: PaperText.Table)] = []
  /// The sentences of those that are not, as they are written, and the lines of forms that are there.
  var missingSentences: [String] = []
  var missingLines: [(heading: String, line: [String])] = []
  /// Sentences with figures in words that are not the program's, and cells of its lines with what it has there.
  var reworded: [String] = []
  var rewordedCells: [(place: Text, found: String, wanted: String)] = []

  init(_ papers: [PaperText]) { self.papers = papers }

  /// - Parameter run: what they are held against; nil: papers are held against each other only.
  mutating func check(against run: PaperRun?) {
    let cells = papers.flatMap(\.tables).flatMap { table in
      let factor = PaperCheck.factor(table.heads)
      return table.rows.joined().flatMap { PaperFigure.all(in: $0, factor: factor) }
    }
    for paper in papers {
      var sums: [PaperFigure] = []
      for table in paper.tables { sums += check(table, in: paper.file, run) }
      check(paper, sums, cells: cells)
    }
    compareTotals(run?.total)
    compareRepeats()
    compareSplits()
  }

  /// A comparison of these cells has been made.
  mutating func compare(_ cells: PaperCell...) {
    compared += 1
    looked.formUnion(cells)
  }

  /// So many comparisons more, of these cells.
  mutating func look(at cells: [PaperCell]) { looked.formUnion(cells) }

  mutating func add(_ finding: PaperFinding) { findings.append(finding) }

  // MARK: Words that papers use

  private static let totalLabels: Set<String> = ["合计", "总计", "total", "together"]
  private static let blankMarks = ["〔待填〕", "〔待补〕", "[to be written]", "〔待填：", "[to be written:", "[to be added]"]
  private static let saying = [
    "合计", "总额", "总成本", "总计", "共计", "应付", "未到期", "此后", "共需", "需资金", "需要资金", "资金需求", "预算为", "预算是",
    "comes to", "together", "total", "of which", "due", "budget of", "budget is",
  ]
  private static func factor(_ heads: [String]) -> Int64 { heads.contains(where: areMyriads) ? 10_000 : 1 }

  /// Whether a head says that its amounts are in tens of thousands.
  static func areMyriads(_ head: String) -> Bool {
    head.contains("万元") || ["10,000 yuan", "ten thousand yuan"].contains { head.lowercased().contains($0) }
  }

  static func isTotalLine(_ row: [String]) -> Bool {
    guard let label = row.first(where: { !$0.isEmpty }) else { return false }
    return totalLabels.contains(label.lowercased())
  }

  // MARK: Forms

  static func place(_ table: PaperText.Table, row: Int? = nil) -> Text {
    let line = row.map { Text(", line \($0)", zh: " 第 \($0) 行") } ?? .same("")
    return Text(
      "\(table.heading.isEmpty ? "" : table.heading + ", ")table \(table.number)\(line.en)",
      zh: "\(table.heading.isEmpty ? "" : table.heading + "，")表 \(table.number)\(line.zh)")
  }

  /// - Parameter isCount: whether it is a number of things rather than an amount.
  mutating func add(
    _ rule: PaperFinding.Rule, _ file: String, _ place: Text, _ found: String, _ wanted: Int64, isCount: Bool = false
  ) {
    let wanted = isCount ? Figures.integer(wanted / 100) : Figures.money(fen: wanted)
    findings.append(PaperFinding(rule: rule, file: file, place: place, found: found, wanted: wanted))
  }

  /// A cell with what its head says it is, so that amounts are told as amounts.
  private static func told(_ text: String, _ figure: PaperFigure) -> String {
    text.allSatisfy { $0.isNumber } && text.count > 4 ? Figures.money(fen: figure.hundredths) : text
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
        let isMoney = roles[i] != .count && roles[i] != .people && roles[i] != .times
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
    if let run, !heldTables.contains(PaperLine(file, table.number)) {
      check(table, roles, grid, against: run, in: file)
      checkWords(of: table, against: run, in: file)
    }
    // A table of targets has the total in a line of its own.
    for (number, row) in table.rows.enumerated()
    where row.contains(where: { ["预算总成本", "cost altogether"].contains($0) }) {
      let figures = row.enumerated().lazy.compactMap { i, text in PaperFigure(cell: text).map { (i, $0) } }
      guard let (column, figure) = figures.first else { continue }
      let cell = PaperCell(file, table.number, number, column)
      totals.append((PaperLine(file, table.number), PaperCheck.place(table), figure, cell))
      sums.append(figure)
    }
    return sums
  }

  /// A form with amounts says once what they are counted in.
  private mutating func checkUnit(_ table: PaperText.Table, _ roles: [Role], _ file: String) {
    let isOfMoney = roles.contains { role in
      switch role {
      case .amount, .due, .pending, .total, .cumulative, .each, .effect: true
      case .count, .people, .times, .money, .other: false
      }
    }
    // A total may be of things that are counted; an amount is one of money, with decimals or without.
    let isPlain = roles.contains { $0 == .amount || $0 == .due || $0 == .pending || $0 == .effect }
    let figures = table.rows.contains { row in
      zip(roles, row).contains { role, text in
        role != .other && role != .people && role != .times && role != .count && PaperFigure(cell: text) != nil
          && (isPlain || text.contains("."))
      }
    }
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
      case .other, .people, .times, .cumulative: continue
      case .count, .each, .amount, .due, .pending, .total, .effect, .money: break
      }
      var sum: Int64 = 0
      var tolerance = total.tolerance
      compare(PaperCell(file, table.number, last, column))
      for (number, row) in grid[..<last].enumerated() {
        guard row.indices.contains(column), let figure = row[column] else { continue }
        looked.insert(PaperCell(file, table.number, number, column))
        sum = sum &+ figure.hundredths
        tolerance += figure.tolerance
      }
      if (sum &- total.hundredths).magnitude > UInt64(tolerance) {
        let text = table.rows[last][column]
        let place = PaperCheck.place(table)
        let name = PaperCheck.bare(table.heads[column])
        add(
          .sum, file, Text("\(place.en), “\(name)”", zh: "\(place.zh)“\(name)”"), text, sum, isCount: role == .count)
      }
      switch role {
      case .amount, .total:
        let cell = PaperCell(file, table.number, last, column)
        totals.append((PaperLine(file, table.number), PaperCheck.place(table), total, cell))
      case .count, .each, .people, .times, .other, .cumulative, .due, .pending, .effect, .money: break
      }
      if role != .count { sums.append(total) }
    }
    return sums
  }

  private mutating func checkRow(
    _ table: PaperText.Table, _ roles: [Role], _ row: [PaperFigure?], _ number: Int, _ file: String
  ) {
    func figure(_ role: Role) -> (figure: PaperFigure, text: String, cell: PaperCell)? {
      guard let i = roles.firstIndex(of: role), row.indices.contains(i), let figure = row[i] else { return nil }
      let text = table.rows[number][i]
      let isCount = role == .count || role == .people || role == .times
      return (
        figure, isCount ? text : PaperCheck.told(text, figure), PaperCell(file, table.number, number, i)
      )
    }
    if let count = figure(.count) ?? figure(.people), let each = figure(.each), let amount = figure(.amount) {
      // A number is in hundredths, too.
      let times = figure(.times)
      compare(count.cell, each.cell, amount.cell)
      if let times { looked.insert(times.cell) }
      let (one, over) = (count.figure.hundredths / 100).multipliedReportingOverflow(by: each.figure.hundredths)
      let (product, above) = one.multipliedReportingOverflow(by: times.map { $0.figure.hundredths / 100 } ?? 1)
      if over || above || (product &- amount.figure.hundredths).magnitude > UInt64(amount.figure.tolerance) {
        let place = PaperCheck.place(table, row: number + 1)
        let factors = [count.text, each.text] + (times.map { [$0.text] } ?? [])
        add(.product, file, place, "\(factors.joined(separator: " × ")) = \(amount.text)", product)
      }
    }
    if let due = figure(.due), let pending = figure(.pending), let total = figure(.total) {
      compare(due.cell, pending.cell, total.cell)
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
      ?? roles.indices.filter { column in
        column > 0 && column != running && ![.count, .people, .times].contains(roles[column])
      }
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
      compare(PaperCell(file, table.number, number, running))
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

  /// Whether a text has a place for what a person is to write: 〔待填〕, 〔　〕.
  static func isToBeWritten(_ text: String) -> Bool {
    if blankMarks.contains(where: { text.contains($0) }) { return true }
    let plain = text.filter { !$0.isWhitespace }
    return plain.contains("〔〕") || plain.contains("[]")
  }

  /// Holds the sums that a paper's sentences speak of against those of its forms.
  ///
  /// - Parameter cells: what stands in the cells of all forms.
  private mutating func check(_ paper: PaperText, _ sums: [PaperFigure], cells: [PaperFigure]) {
    let signed = signedAmounts
    for (number, sentence) in paper.sentences.enumerated() {
      let isHeld = heldSentences.contains(PaperLine(paper.file, number))
      if !isHeld { checkShares(sentence, in: paper.file) }
      blanks += PaperCheck.blanks(in: sentence.text)
      var last: PaperFigure.Said?
      for said in PaperFigure.said(in: sentence.text) {
        defer { last = said }
        let before = said.before.lowercased()
        if said.isInCapitals, let last, PaperCheck.opensCapitals(before) {
          claims += 1
          compare()
          if last.figure.agrees(with: said.figure.hundredths) { continue }
          add(
            PaperFinding(
              rule: .capitals, file: paper.file, place: .same(String(sentence.shown.prefix(60))), found: said.text,
              wanted: Figures.money(fen: last.figure.hundredths)))
          continue
        }
        if !isHeld, let wanted = PaperCheck.otherSign(said.figure, behind: before, signed: signed) {
          add(.sign, paper.file, .same(String(sentence.shown.prefix(60))), said.text, wanted)
          continue
        }
        let isTakenOff = PaperCheck.isTakenOff(said.figure, behind: before, signed: signed)
        guard PaperCheck.saying.contains(where: { before.contains($0) }) else {
          let isThere =
            isTakenOff
            || cells.contains {
              said.figure.agrees(with: $0.hundredths) || $0.agrees(with: said.figure.hundredths)
            }
          if isThere {
            compare()
          } else if !isHeld {
            unheld.append((paper.file, said.text, String(sentence.shown.prefix(60))))
          }
          continue
        }
        claims += 1
        // Nothing is in no form where nothing is to be paid.
        if said.figure.hundredths == 0 || sums.isEmpty || isHeld { continue }
        compare()
        if isTakenOff
          || sums.contains(where: { said.figure.agrees(with: $0.hundredths) || $0.agrees(with: said.figure.hundredths) }
          )
          || isOfSome(said.figure, named: before)
        {
          continue
        }
        findings.append(
          PaperFinding(
            rule: .said, file: paper.file, place: .same(String(sentence.shown.prefix(60))), found: said.text,
            wanted: nearest(said.figure, sums)))
      }
    }
  }

  /// Whether a sum in capitals says the one before it once more: `（大写：`.
  private static func opensCapitals(_ before: String) -> Bool {
    let left = before.filter { !"（(：:，, ".contains($0) }
    return left.isEmpty || left == "大写" || left == "人民币" || left == "大写人民币" || left == "人民币大写"
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
    compared += run == nil ? max(totals.count - 1, 0) : totals.count
    if run != nil || totals.count > 1 { looked.formUnion(totals.map(\.cell)) }
    // What was held line by line was told there.
    for total in totals where !total.figure.agrees(with: wanted) && !heldTables.contains(total.form) {
      add(
        run == nil ? .total : .run, total.form.file, total.place, Figures.money(fen: total.figure.hundredths), wanted)
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
