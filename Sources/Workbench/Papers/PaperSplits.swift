// Forms that split one total over the same lines, held against each other line by line; shares of sources that a
// sentence names; and whether what a sentence calls less is less. Knows nothing of runs.

import Diagnostics
import View

extension PaperCheck {
  /// How a form splits its total.
  private struct Split {
    let file: String
    let table: PaperText.Table
    let total: PaperFigure
    /// By the first word of its lines, in small letters: what they come to, and where.
    var lines: [String: (figure: Int64, tolerance: Int64, cells: [PaperCell], row: Int)] = [:]

    /// The lines that come to anything.
    var labels: Set<String> { Set(lines.filter { $0.value.figure != 0 }.keys) }

    mutating func add(_ label: String, _ figure: PaperFigure, _ cell: PaperCell) {
      var line = lines[label] ?? (0, 0, [], cell.row)
      line.figure = line.figure &+ figure.hundredths
      line.tolerance += figure.tolerance
      line.cells.append(cell)
      lines[label] = line
    }
  }

  /// Forms of one total that name the same lines say the same of each. What most of them say is taken for right; where
  /// there are as many of one as of another, both are told.
  mutating func compareSplits() {
    let splits = papers.flatMap { paper in
      paper.tables.filter { !heldTables.contains(PaperLine(paper.file, $0.number)) }
        .compactMap { PaperCheck.split($0, in: paper.file) }
    }
    var isDone = Set<Int>()
    for (i, first) in splits.enumerated() where !isDone.contains(i) && first.labels.count > 1 {
      let group = splits.indices.filter { k in
        k == i
          || k > i && splits[k].labels == first.labels
            && (splits[k].total.agrees(with: first.total.hundredths)
              || first.total.agrees(with: splits[k].total.hundredths))
      }
      isDone.formUnion(group)
      if group.count > 1 { compare(group.map { splits[$0] }) }
    }
  }

  private mutating func compare(_ splits: [Split]) {
    for label in splits[0].labels.sorted() {
      let all = splits.compactMap { split in split.lines[label].map { (split, $0) } }
      compared += all.count - 1
      for (_, line) in all { look(at: line.cells) }
      func alike(_ a: Int) -> Int {
        all.count { _, line in (line.figure &- all[a].1.figure).magnitude <= UInt64(line.tolerance + all[a].1.tolerance)
        }
      }
      let votes = all.indices.map(alike)
      guard let most = votes.max(), most < all.count, let usual = votes.firstIndex(of: most) else { continue }
      let isClear = votes.count { $0 == most } == most
      for (k, (split, line)) in all.enumerated() where isClear ? votes[k] < most : k != usual {
        let tolerance = line.tolerance + all[usual].1.tolerance
        if (line.figure &- all[usual].1.figure).magnitude <= UInt64(tolerance) { continue }
        let found = Figures.money(fen: line.figure)
        let wanted = Figures.money(fen: all[usual].1.figure)
        add(
          PaperFinding(
            rule: .repeats, file: split.file, place: PaperCheck.place(split.table, row: line.row + 1),
            found: isClear ? found : "\(found) ≠ \(wanted)", wanted: isClear ? wanted : ""))
      }
    }
  }

  /// What a form splits its total into; nil: it has none.
  private static func split(_ table: PaperText.Table, in file: String) -> Split? {
    if let targets = targets(table, in: file) { return targets }
    let roles = table.heads.map(PaperCheck.role)
    guard let last = table.rows.lastIndex(where: isTotalLine),
      let column = roles.firstIndex(of: .total) ?? roles.firstIndex(of: .amount), column > 0
    else { return nil }
    let factor: Int64 = table.heads.contains(where: areMyriads) ? 10_000 : 1
    func figure(_ row: [String]) -> PaperFigure? {
      row.indices.contains(column) ? PaperFigure(cell: row[column], factor: factor) : nil
    }
    guard let total = figure(table.rows[last]) else { return nil }
    var split = Split(file: file, table: table, total: total)
    for (number, row) in table.rows[..<last].enumerated() where !isTotalLine(row) {
      guard let label = row.first, !label.isEmpty, let figure = figure(row) else { continue }
      split.add(label.lowercased(), figure, PaperCell(file, table.number, number, column))
    }
    return split
  }

  /// A table of targets has what each year costs, and the total, in lines of their own.
  private static func targets(_ table: PaperText.Table, in file: String) -> Split? {
    func figure(_ row: [String], behind: Int) -> (column: Int, figure: PaperFigure)? {
      row.indices.filter { $0 > behind }.lazy.compactMap { i in PaperFigure(cell: row[i]).map { (i, $0) } }.first
    }
    guard
      let whole = table.rows.first(where: { $0.contains("预算总成本") || $0.contains("cost altogether") }),
      let total = figure(whole, behind: 0)
    else { return nil }
    var split = Split(file: file, table: table, total: total.figure)
    for (number, row) in table.rows.enumerated() {
      guard let year = row.firstIndex(where: { $0.count == 4 && Int($0).map { (1900...2199).contains($0) } ?? false }),
        row.contains(where: { $0.contains("年度预算成本") || $0.contains("in the year") || $0.contains("of the year") }),
        let found = figure(row, behind: year)
      else { continue }
      split.add(row[year], found.figure, PaperCell(file, table.number, number, found.column))
    }
    return split.lines.isEmpty ? nil : split
  }

  // MARK: Sums of some lines

  /// Whether a sum that names several things is that of two or three lines of one form.
  func isOfSome(_ figure: PaperFigure, named before: String) -> Bool {
    guard ["、", "和", "与", "及", " and ", "两项", "三项"].contains(where: { before.contains($0) }) else { return false }
    return papers.flatMap(\.tables).contains { table in
      let roles = table.heads.map(PaperCheck.role)
      let factor: Int64 = table.heads.contains(where: PaperCheck.areMyriads) ? 10_000 : 1
      return roles.indices.contains { column in
        switch roles[column] {
        case .amount, .total, .due, .pending, .money: break
        case .count, .each, .cumulative, .effect, .people, .times, .other: return false
        }
        let all = table.rows.filter { !PaperCheck.isTotalLine($0) }.compactMap { row in
          row.indices.contains(column) ? PaperFigure(cell: row[column], factor: factor)?.hundredths : nil
        }
        guard all.count < 40 else { return false }
        for i in all.indices {
          for k in all.indices where k > i {
            if figure.agrees(with: all[i] &+ all[k]) { return true }
            if all.indices.contains(where: { $0 > k && figure.agrees(with: all[i] &+ all[k] &+ all[$0]) }) {
              return true
            }
          }
        }
        return false
      }
    }
  }

  // MARK: More and less

  private static let less = ["减少", "减少了", "下降", "下降了", "节约", "节约了", "降低", "减支", "falls by", "less by", "decreases by"]
  private static let more = ["增加", "增加了", "增长", "增长了", "上升", "增支", "rises by", "more by", "increases by"]

  /// What an amount that a sentence calls more or less is in the forms, where it is the other of both there; nil: it is
  /// not, or no form has it with a sign.
  static func otherSign(_ figure: PaperFigure, behind before: String, signed: Set<Int64>) -> Int64? {
    let sign = sign(behind: before)
    let said = figure.hundredths &* sign
    return sign != 0 && said != 0 && !signed.contains(said) && signed.contains(-said) ? -said : nil
  }

  /// Whether an amount that a sentence calls less stands in the forms as what is taken off.
  static func isTakenOff(_ figure: PaperFigure, behind before: String, signed: Set<Int64>) -> Bool {
    sign(behind: before) < 0 && signed.contains(-figure.hundredths)
  }

  /// Of what a sentence calls less -1, of what it calls more 1, of anything else 0.
  private static func sign(behind before: String) -> Int64 {
    let words = before.trimmingSpaces.replacing("约", with: "")
    return less.contains { words.hasSuffix($0) } ? -1 : more.contains { words.hasSuffix($0) } ? 1 : 0
  }

  /// The amounts of the forms that have a sign.
  var signedAmounts: Set<Int64> {
    Set(
      papers.flatMap(\.tables).flatMap { table in
        let factor: Int64 = table.heads.contains(where: PaperCheck.areMyriads) ? 10_000 : 1
        return table.rows.joined().compactMap { text in
          text.first.map { "+-−".contains($0) } == true ? PaperFigure(cell: text, factor: factor)?.hundredths : nil
        }
      })
  }

  // MARK: Shares

  /// Shares of sources that a sentence names one after another come to the whole.
  mutating func checkShares(_ sentence: PaperText.Sentence, in file: String) {
    for clause in PaperCheck.wholes(sentence.text) {
      let parts = clause.matches(of: /([^0-9、，,％%]{1,20}?)\s?([0-9]+(?:\.[0-9]{1,6})?)\s?[%％]/)
      guard parts.count > 1,
        parts.allSatisfy({ part in PaperCheck.sources.contains { part.output.1.lowercased().contains($0) } })
      else { continue }
      let hasRest = ["其余", "余下", "rest", "remainder"].contains { clause.lowercased().contains($0) }
      let shares = parts.map { PaperCheck.millionths($0.output.2) }
      compare()
      if hasRest ? shares.reduce(0, +) <= 100_000_000 : PaperCheck.areWholes(shares) { continue }
      let told = parts.map { $0.output.2 + "%" }.joined(separator: " + ")
      add(
        PaperFinding(
          rule: .shares, file: file, place: .same(String(sentence.shown.prefix(60))), found: told, wanted: "100%"))
    }
  }

  /// The parts of a sentence that may each split one whole: what is quoted by itself, what something was and what it
  /// becomes.
  private static func wholes(_ sentence: String) -> [String] {
    let quoted = /[“「"]([^“”「」"]*[%％][^“”「」"]*)[”」"]/
    let becoming = /([%％][^。；;0-9]{0,40}?)(?:调整|修改|变更|改变|改|变)为/
    return sentence.replacing(quoted) { "；" + $0.output.1 + "；" }.replacing(becoming) { $0.output.1 + "；" }
      .replacing(/([%％])\s+to\s/) { $0.output.1 + "；" }
      .split(whereSeparator: { "。；;".contains($0) }).map(String.init)
  }

  /// Whether shares come to the whole, once or several times one after another.
  private static func areWholes(_ shares: [Int64]) -> Bool {
    var sum: Int64 = 0
    for share in shares {
      sum += share
      if sum > 100_000_000 { return false }
      if sum == 100_000_000 { sum = 0 }
    }
    return sum == 0
  }

  /// A percentage in millionths of one hundredth: 12.5 is 12,500,000.
  private static func millionths(_ digits: Substring) -> Int64 {
    let whole = digits.prefix { $0 != "." }
    let part = digits.dropFirst(whole.count + 1)
    let decimals = part + String(repeating: "0", count: max(0, 6 - part.count))
    return (Int64(whole.suffix(9)) ?? 0) * 1_000_000 + (Int64(decimals) ?? 0)
  }

  private static let sources = [
    "资金", "财政", "中央", "省级", "市级", "区级", "县级", "基金", "自筹", "central", "province", "city", "district", "county", "fund",
  ]
}
