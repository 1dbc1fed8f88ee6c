// Everything that is uncertain about a total in one box: what readings, missing facts and chance do to it, what is not
// in it, and how far it can be relied on. Knows nothing of papers.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// The box under a paper.
struct UncertaintyBox {
  private let run: Session.Run
  private let budget: Budget
  /// Whether amounts are in tens of thousands of yuan, as papers have them then.
  private let isInMyriads: Bool
  /// What was tried beside the readings.
  private var further: [Doubt] = []
  /// How many facts that nobody stated could not be tried.
  private var untried = 0

  /// - Parameter unit: of amounts on the screen and in papers.
  init(_ run: Session.Run, _ unit: MoneyUnit) {
    self.run = run
    isInMyriads = unit == .wan && run.documents.currency == .yuan
    budget = Budget(run.ledger)
  }

  struct Doubt: Sendable {
    let item: Text
    let finding: Text
  }

  /// From one amount to another, each with its unit.
  private func range(_ low: Int64, _ high: Int64) -> Text {
    func text(_ fen: Int64) -> String {
      isInMyriads ? Figures.myriads(fen: fen, decimals: Figures.wanDecimals(fen: fen)) : Figures.money(fen: fen)
    }
    let currency = run.documents.currency
    let unit = isInMyriads ? Text("ten thousand yuan", zh: "万元") : Text(currency.word, zh: currency.chinese)
    return Text(
      "from \(text(low)) to \(text(high)) \(unit.en)", zh: "\(text(low)) 至 \(text(high)) \(unit.zh)")
  }

  /// The range of the total under all open readings, and how wide it is for the grade.
  private func readings(_ report: ReadingReport) -> (range: Doubt?, moves: Movement?, isExact: Bool) {
    guard let range = report.range else { return (nil, nil, false) }
    let amounts = self.range(range.low, range.high)
    let count = range.combinations
    let exact =
      range.isExact
      ? Text("all \(count) combinations", zh: "全部 \(count) 种组合")
      : range.together > 1
        ? Text(
          "\(count) combinations, not all; every three readings together", zh: "\(count) 种组合，非全部；任意三项均已一起试算")
        : Text("\(count) combinations, not all", zh: "\(count) 种组合，非全部")
    let doubt = Doubt(
      item: Text("readings that are open", zh: "未明确的口径"),
      finding: Text("\(amounts.en) (\(exact.en))", zh: "\(amounts.zh)（\(exact.zh)）"))
    let between = Int128(range.high) - Int128(range.low)
    return (doubt, Movement(between, of: Int128(budget.sum.total)), range.isExact)
  }

  /// How far something moves a total.
  private enum Movement {
    /// So much of so much.
    case part(UInt128, of: UInt128)
    /// Somewhere from nothing, so that it is no part of it.
    case fromNought

    init(_ between: Int128, of total: Int128) {
      if total == 0 {
        self = between == 0 ? .part(0, of: 1) : .fromNought
      } else {
        self = .part(between.magnitude, of: total.magnitude)
      }
    }

    /// - Parameter limit: per cent.
    func isAtMost(_ limit: UInt128) -> Bool {
      if case .part(let part, let whole) = self { part * 100 <= limit * whole } else { false }
    }

    /// Per cent, rounded to as many decimals as tell it from the limits of the grades.
    static func percent(_ part: UInt128, of whole: UInt128) -> String {
      var scale: UInt128 = 10
      var decimals = 1
      var parts = (part * 100 * scale * 2 + whole) / (whole * 2)
      while decimals < 6, limits.contains(where: { parts == $0 * scale && part * 100 != $0 * whole }) {
        (scale, decimals) = (scale * 10, decimals + 1)
        parts = (part * 100 * scale * 2 + whole) / (whole * 2)
      }
      let rest = String(parts % scale)
      let fraction = String(repeating: "0", count: decimals - rest.utf8.count) + rest
      return fraction.allSatisfy { $0 == "0" } ? "\(parts / scale)" : "\(parts / scale).\(fraction)"
    }

    /// Per cent up to which a total is highly and fairly reliable.
    static let limits: [UInt128] = [5, 20]
  }

  /// Everything that is uncertain in one box, with a grade and its reason.
  func relation(_ report: ReadingReport) -> Relation {
    let ledger = run.ledger
    var doubts: [Doubt] = []
    let (range, moves, isExact) = readings(report)
    if let range { doubts.append(range) }
    doubts += further
    let unpriced = ledger.unpriced.reduce(0) { $0 + $1.units }
    if unpriced > 0 {
      let names = Set(ledger.unpriced.flatMap(\.missing)).sorted().map { Unpaid.words($0, run.documents) }
      let sorts = Set(ledger.unpriced.map(\.isMonths))
      let units =
        sorts.count > 1
        ? Text("payments or months", zh: "笔（个月）")
        : sorts.contains(true) ? Text("months", zh: "个月") : Text("payments", zh: "笔")
      doubts.append(
        Doubt(
          item: Text("not priced", zh: "标准未明确"),
          finding: Text(
            "\(unpriced) \(units.en) for want of \(names.map(\.en).joined(separator: ", "))",
            zh: "\(unpriced) \(units.zh)，缺少\(names.map(\.zh).joined(separator: "、"))")))
    }
    let open = ledger.undetermined.reduce(0) { $0 + $1.count }
    if open > 0 {
      let facts = Set(ledger.undetermined.flatMap(\.facts)).sorted().map {
        Unpaid.words($0, ledger.documents, ledger.dataset)
      }
      doubts.append(
        Doubt(
          item: Text("cannot be judged", zh: "无法判定"),
          finding: Text(
            "\(Count.text(open, "record", zh: "条").en) for want of "
              + facts.map(\.en).joined(separator: ", "),
            zh: "\(open) 条记录，缺少\(facts.map(\.zh).joined(separator: "、"))")))
    }
    let elsewhere = ledger.elsewhere.reduce(0) { $0 + $1.count }
    if elsewhere > 0 {
      doubts.append(
        Doubt(
          item: Text("governed by other documents", zh: "适用其他文件"),
          finding: Text(
            "\(Count.text(elsewhere, "record", zh: "条").en), not in the total", zh: "\(elsewhere) 条记录，未计入合计")))
    }
    let upper = budget.lines.filter(\.isUpperBound).map { PaperNames.words(budget.measure($0)) }
    if !upper.isEmpty {
      doubts.append(
        Doubt(
          item: Text("at most", zh: "按上限计"),
          finding: Text(upper.map(\.en).joined(separator: ", "), zh: upper.map(\.zh).joined(separator: "、"))))
    }
    doubts.append(grade(moves, isExact: isExact, isPriced: unpriced == 0, isJudged: open == 0))
    return Relation(
      of: doubts,
      [
        .words("item", Text("What", zh: "事项"), .essential) { $0.item },
        .words("finding", Text("How much", zh: "情况"), .essential) { $0.finding },
      ])
  }

  /// How far the total can be relied on, and why: a matter of what is missing and of how far readings move it.
  private func grade(_ movement: Movement?, isExact: Bool, isPriced: Bool, isJudged: Bool) -> Doubt {
    let moves: Text =
      switch movement {
      case .part(let part, let whole)?:
        isExact
          ? Text(
            "readings move the total by \(Movement.percent(part, of: whole))% at most",
            zh: "口径最多影响合计的 \(Movement.percent(part, of: whole))%")
          : Text(
            "the readings that were tried move the total by \(Movement.percent(part, of: whole))%",
            zh: "已试算的口径影响合计的 \(Movement.percent(part, of: whole))%")
      case .fromNought?: Text("the total is nought, and readings make it something", zh: "合计为零，换一种口径即不为零")
      case nil: Text("readings were not tried", zh: "口径未试算")
      }
    let isTried = untried == 0
    let lacks =
      !(isPriced && isJudged)
      ? Text("something is missing", zh: "有缺项")
      : isTried
        ? Text("nothing is missing", zh: "没有缺项")
        : Text(
          "what \(Count.text(untried, "fact", zh: "项").en) that nobody stated would do is not known",
          zh: "有 \(untried) 项未说明的事实影响未知")
    let grade: Text =
      if let movement, isExact, isPriced, isJudged, isTried, movement.isAtMost(5) {
        Text("high", zh: "高")
      } else if let movement, isPriced, movement.isAtMost(20) {
        Text("middling", zh: "中")
      } else {
        Text("low", zh: "低")
      }
    return Doubt(
      item: Text("how reliable", zh: "可靠程度"),
      finding: Text(
        "\(grade.en): \(lacks.en), \(moves.en) "
          + "(high: no gaps, all combinations tried and at most 5%; middling: priced and at most 20%)",
        zh: "\(grade.zh)：\(lacks.zh)，\(moves.zh)（高：无缺项、组合全部试算且不超过 5%；中：标准明确且不超过 20%）"))
  }

  // MARK: What is missing, at its price

  /// Tries what it would come to if facts that nobody stated were otherwise.
  mutating func tryOpenFacts(in session: Desk) {
    let facts = OpenFact.of(run.documents, run.facts.dataset)
    guard !facts.isEmpty else { return }
    let item = Text("facts that nobody stated", zh: "未说明的事实")
    let records = run.facts.dataset.tables.reduce(0) { $0 + $1.count }
    untried = facts.count
    guard records <= OtherwiseTogether.recordLimit else {
      further.append(
        Doubt(
          item: item,
          finding: Text(
            "\(Count.text(facts.count, "fact", zh: "").en), not tried over so many records",
            zh: "\(facts.count) 项，记录过多未逐项试算")))
      return
    }
    let (settings, now) = (run.ledger.settings, budget.sum.total)
    let found = OtherwiseStated.all(
      facts, run.facts.dataset, now: now, isCancelled: session.isCancelled, progress: { session.progress?($0) }
    ) { dataset in
      let ledger = Engine.run(
        run.documents, scenario: run.facts.with(dataset), settings: settings, control: session.control)
      return ledger.diagnostics.contains { $0.severity == .error } ? nil : Budget(ledger).sum.total
    }
    let totals = found.compactMap(\.total)
    guard let low = totals.min(), let high = totals.max() else {
      further.append(
        Doubt(
          item: item,
          finding: Text(
            facts.count == 1 ? "1 fact, which cannot be tried" : "\(facts.count) facts, none can be tried",
            zh: "\(facts.count) 项，无法试算")))
      return
    }
    let amounts = range(min(low, now), max(high, now))
    let unknown = found.count - totals.count
    untried = unknown
    let left = unknown == 0 ? Text.same("") : Text("; \(unknown) of them cannot be tried", zh: "；其中 \(unknown) 项无法试算")
    further.append(
      Doubt(
        item: item,
        finding: Text(
          "\(amounts.en), one at a time the other way (\(facts.count) facts\(left.en))",
          zh: "逐项取另一值时 \(amounts.zh)（\(facts.count) 项\(left.zh)）")))
  }

  // MARK: Chance

  /// So many draws are enough for a box.
  private static let draws = 100

  /// Draws what the scenario leaves to chance.
  mutating func tryDraws(in session: Desk) {
    let item = Text("chance", zh: "随机抽样")
    guard run.facts.dataset.cohortOutlines.contains(where: { !$0.retention.isEmpty }) else {
      let nothing = Text(
        "nothing is left to chance: the facts hold no shares of people who stay (cohorts with retention)",
        zh: "没有随机因素：情景中的批次没有留存率")
      further.append(Doubt(item: item, finding: nothing))
      return
    }
    // An earlier result is drawn as what it was a result of.
    let programme = run.names.joined(separator: " + ")
    let text = "simulate \(UncertaintyBox.draws) times in \(programme)"
    let statements = WorkbenchCommands.parser.statements(of: SourceFile(name: "draws", text: text))
    guard let command = Array(statements).first?.command else {
      Invariant.broken("draws-are-asked: a programme that was run can be drawn: \(text)")
    }
    let answer: Answer
    do throws(Refusal) {
      answer = try session.following(run) { () throws(Refusal) in
        try command.performable.perform(in: session, command)
      }
    } catch {
      // Most scenarios leave nothing to chance.
      further += error.diagnostics.prefix(1).map { Doubt(item: item, finding: $0.message) }
      return
    }
    guard let record = answer.json.first, case .array(let quantiles)? = record["quantiles"] else {
      further.append(Doubt(item: item, finding: Text("no draw came to a budget", zh: "没有一次抽样得出预算")))
      return
    }
    func quantile(_ percent: Int64) -> Int64? {
      quantiles.first { $0["percent"] == .int(percent) }.flatMap {
        if case .string(let text)? = $0["total"] { Int64(text.filter { $0 != "." }) } else { nil }
      }
    }
    guard let low = quantile(5), let high = quantile(95) else {
      Invariant.broken("quantiles-are-told: draws that have totals have their quantiles")
    }
    further.append(
      Doubt(
        item: item,
        finding: Text(
          "\(range(low, high).en) in nine of ten of \(UncertaintyBox.draws) draws",
          zh: "\(UncertaintyBox.draws) 次抽样，九成在 \(range(low, high).zh)之间")))
  }
}
