// The lists of a paper that are made of a run: what it rests on, how each amount is reckoned, indicators, and
// everything that is uncertain in one box. Knows nothing of templates.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// The lists of papers.
struct PaperTables {
  let run: Session.Run
  let places: Gazetteer
  private let budget: Budget
  private var currency: Currency { run.documents.currency }

  /// What a person has to write.
  static let blank = Text("[to be written]", zh: "〔待填〕")

  init(_ run: Session.Run, places: Gazetteer) {
    self.run = run
    self.places = places
    budget = Budget(run.ledger)
  }

  // MARK: Basis

  private struct Ground: Sendable {
    let document: CheckedDocument
    let measure: CheckedMeasure
    let standards: Text
  }

  /// The documents and clauses that the amounts rest on, with their standards.
  var basis: Relation {
    let grounds = budget.lines.compactMap { line -> Ground? in
      let measure = budget.measure(line)
      guard let document = run.documents.first(where: { $0.id == measure.document }) else { return nil }
      let figures = measure.parameters.compactMap { parameter -> Text? in
        guard let figure = figure(of: parameter, in: document) else { return nil }
        return Text("\(parameter.words.en) \(figure.en)", zh: "\(parameter.words.zh)\(figure.zh)")
      }
      return Ground(
        document: document, measure: measure,
        standards: Text(figures.map(\.en).joined(separator: "; "), zh: figures.map(\.zh).joined(separator: "；")))
    }
    return Relation(
      of: grounds,
      [
        .id("number", Text("Number", zh: "文号"), .essential) { $0.document.number },
        .id("article", Text("Article", zh: "条款"), .essential) { $0.measure.article }.role(.article),
        .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.title },
        .words("standards", Text("Standards", zh: "标准"), .important) { $0.standards },
        .words("funded", Text("Who pays", zh: "资金来源"), .useful) { ground in
          ground.document.remarks.first { $0.key == "funded" }?.text
        },
      ])
  }

  private func figure(of parameter: Parameter, in document: CheckedDocument) -> Text? {
    guard let raw = run.ledger.settings.parameters[parameter.id] ?? parameter.value else { return nil }
    return OfficialWords.figure(
      raw, parameter.type, unit: OfficialWords.unit(of: parameter, in: document), places: places)
  }

  // MARK: Lines

  /// So many payments of one amount.
  private struct Line: Sendable {
    let measure: CheckedMeasure
    let count: Int64
    /// Fen; nil where it is several amounts together.
    let each: Int64?
    let different: Int
    let sum: Int64
  }

  /// Amounts that are reckoned one by one, as those of taxes are, stand together beyond so many.
  private static let mostAmounts = 8

  /// Number times standard is amount, line by line, adding up to the total.
  var lines: Relation {
    let list = PaymentList(run.ledger)
    var lines: [Line] = []
    for one in budget.lines {
      let measure = budget.measure(one)
      var counts: [Int64: Int64] = [:]
      for part in list.parts where part.measure.id == measure.id {
        for row in 0..<part.count {
          let standing = part.standings.isEmpty ? Standing.paid : Standing(rawValue: part.standings[row])
          guard standing?.isInTotal == true else { continue }
          counts[part.amount(row), default: 0] += 1
        }
      }
      let sorted = counts.sorted { a, b in
        let (x, y) = (a.key * a.value, b.key * b.value)
        return x != y ? x > y : a.key > b.key
      }
      let shown = sorted.count > PaperTables.mostAmounts ? sorted.prefix(PaperTables.mostAmounts - 1) : sorted[...]
      lines += shown.map { Line(measure: measure, count: $1, each: $0, different: 1, sum: $0 * $1) }
      let rest = sorted.dropFirst(shown.count)
      if !rest.isEmpty {
        lines.append(
          Line(
            measure: measure, count: rest.reduce(0) { $0 + $1.value }, each: nil, different: rest.count,
            sum: rest.reduce(0) { $0 + $1.key * $1.value }))
      }
    }
    let total = lines.reduce(0) { $0 + $1.sum }
    Invariant.holds(
      total == budget.sum.total, "lines-add-up: the lines of an estimate add up to the budget.")
    var relation = Relation(
      of: lines,
      [
        .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.words },
        .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article),
        .count("count", Text("Number", zh: "笔数"), .essential) { $0.count },
        .money("each", currency.heading("Standard", zh: "标准"), .essential) { $0.each }
          .shown { line in
            line.each == nil
              ? [Span(Text("\(line.different) amounts", zh: "\(line.different) 种金额"), .muted)] : nil
          },
        .money("amount", currency.heading("Amount", zh: "金额"), .essential) { $0.sum },
      ])
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)],
      ["count": .count(lines.reduce(0) { $0 + $1.count }), "amount": .money(fen: total)], role: .strong)
    return relation
  }

  // MARK: Indicators

  private struct Indicator: Sendable {
    let first: Text
    let second: Text
    let third: Text
    let sign: String
    let value: Text
    let unit: Text
  }

  /// The indicators of the table of targets. What a run does not know stays a marked blank.
  var indicators: Relation {
    let output = Text("output", zh: "产出指标"), effect = Text("effect", zh: "效益指标")
    let blank = PaperTables.blank
    var rows: [Indicator] = []
    func add(_ first: Text, _ second: Text, _ third: Text, _ sign: String, _ value: Text, _ unit: Text) {
      rows.append(Indicator(first: first, second: second, third: third, sign: sign, value: value, unit: unit))
    }
    let quantity = Text("quantity", zh: "数量指标"), quality = Text("quality", zh: "质量指标")
    let time = Text("time", zh: "时效指标"), cost = Text("cost", zh: "成本指标")
    for line in budget.lines {
      let words = budget.measure(line).words
      add(
        output, quantity, Text("\(words.en): beneficiaries", zh: words.zh + "发放对象"), "≥",
        .same(Figures.integer(Int64(line.beneficiaries))), Text("beneficiaries", zh: "个"))
      add(
        output, quantity, Text("\(words.en): payments", zh: words.zh + "发放笔数"), "≥",
        .same(Figures.integer(Int64(line.tally.payments))), Text("payments", zh: "笔"))
    }
    let percent = Text("%", zh: "%")
    add(output, quality, Text("paid to those entitled", zh: "发放对象合规率"), "≥", blank, percent)
    add(output, quality, Text("paid in the right amount", zh: "发放金额准确率"), "≥", blank, percent)
    add(output, time, Text("paid in time", zh: "按时发放率"), "≥", blank, percent)
    for line in budget.lines {
      let measure = budget.measure(line)
      guard let document = run.documents.first(where: { $0.id == measure.document }) else { continue }
      for parameter in measure.parameters where parameter.type == .money || parameter.type.isRate {
        guard let figure = figure(of: parameter, in: document) else { continue }
        add(
          output, cost,
          Text("\(measure.words.en): \(parameter.words.en)", zh: measure.words.zh + parameter.words.zh), "＝", figure,
          .same(""))
      }
    }
    add(
      output, cost, Text("cost altogether", zh: "预算总成本"), "≤", .same(Figures.money(fen: budget.sum.total)),
      Text(currency.word, zh: currency.chinese))
    add(effect, Text("social effect", zh: "社会效益指标"), blank, "≥", blank, .same(""))
    add(
      Text("satisfaction", zh: "满意度指标"), Text("of those served", zh: "服务对象满意度"),
      Text("satisfied beneficiaries", zh: "发放对象满意度"), "≥", blank, percent)
    return Relation(
      of: rows,
      [
        .words("first", Text("First", zh: "一级指标"), .useful) { $0.first },
        .words("second", Text("Second", zh: "二级指标"), .essential) { $0.second },
        .words("third", Text("Third", zh: "三级指标"), .essential) { $0.third },
        .id("sign", Text("Sign", zh: "符号"), .essential) { $0.sign },
        .words("value", Text("Value", zh: "值"), .essential) { $0.value },
        .words("unit", Text("Unit", zh: "单位"), .essential) { $0.unit },
        .words("standard", Text("By", zh: "绩效标准"), .useful) { _ in Text("plan", zh: "计划标准") },
      ])
  }

  // MARK: Uncertainty

  private struct Doubt: Sendable {
    let item: Text
    let finding: Text
  }

  /// The range of the total under all open readings, and how wide it is for the grade.
  private func readings(_ report: ReadingReport) -> (range: Doubt?, share: Double?) {
    guard let range = report.range else { return (nil, nil) }
    let (low, high) = (Figures.money(fen: range.low), Figures.money(fen: range.high))
    let exact = Text(
      range.isExact ? "all \(range.combinations) combinations" : "\(range.combinations) combinations, not all",
      zh: range.isExact ? "全部 \(range.combinations) 种组合" : "\(range.combinations) 种组合，非全部")
    let doubt = Doubt(
      item: Text("readings that are open", zh: "未明确的口径"),
      finding: Text("from \(low) to \(high) (\(exact.en))", zh: "\(low) 至 \(high) 元（\(exact.zh)）"))
    let total = max(1, abs(budget.sum.total))
    return (doubt, Double(range.high - range.low) / Double(total))
  }

  /// Everything that is uncertain in one box, with a grade and its reason.
  func uncertainty(_ report: ReadingReport) -> Relation {
    let ledger = run.ledger
    var doubts: [Doubt] = []
    let (range, share) = readings(report)
    if let range { doubts.append(range) }
    let unpriced = ledger.unpriced.reduce(0) { $0 + $1.units }
    if unpriced > 0 {
      let names = Set(ledger.unpriced.flatMap(\.missing)).sorted().map { Unpaid.words($0, run.documents) }
      doubts.append(
        Doubt(
          item: Text("not priced", zh: "标准未明确"),
          finding: Text(
            "\(unpriced) units for want of \(names.map(\.en).joined(separator: ", "))",
            zh: "\(unpriced) 个计发单位，缺少\(names.map(\.zh).joined(separator: "、"))")))
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
            "\(open) records for want of \(facts.map(\.en).joined(separator: ", "))",
            zh: "\(open) 条记录，缺少\(facts.map(\.zh).joined(separator: "、"))")))
    }
    let elsewhere = ledger.elsewhere.reduce(0) { $0 + $1.count }
    if elsewhere > 0 {
      doubts.append(
        Doubt(
          item: Text("governed by other documents", zh: "适用其他文件"),
          finding: Text("\(elsewhere) records, not in the total", zh: "\(elsewhere) 条记录，未计入合计")))
    }
    let upper = budget.lines.filter(\.isUpperBound).map { budget.measure($0).words }
    if !upper.isEmpty {
      doubts.append(
        Doubt(
          item: Text("at most", zh: "按上限计"),
          finding: Text(upper.map(\.en).joined(separator: ", "), zh: upper.map(\.zh).joined(separator: "、"))))
    }
    doubts.append(grade(share, isPriced: unpriced == 0, isJudged: open == 0))
    return Relation(
      of: doubts,
      [
        .words("item", Text("What", zh: "事项"), .essential) { $0.item },
        .words("finding", Text("How much", zh: "情况"), .essential) { $0.finding },
      ])
  }

  /// How far the total can be relied on, and why: a matter of what is missing and of how far readings move it.
  private func grade(_ share: Double?, isPriced: Bool, isJudged: Bool) -> Doubt {
    let percent = share.map { String(Int(($0 * 100).rounded(.up))) }
    let moves =
      percent.map { Text("readings move the total by \($0)% at most", zh: "口径最多影响合计的 \($0)%") }
      ?? Text("readings were not tried", zh: "口径未试算")
    let lacks =
      isPriced && isJudged
      ? Text("nothing is missing", zh: "没有缺项") : Text("something is missing", zh: "有缺项")
    let grade: Text =
      if let share, isPriced, isJudged, share <= 0.05 {
        Text("high", zh: "高")
      } else if let share, isPriced, share <= 0.2 { Text("middling", zh: "中") } else { Text("low", zh: "低") }
    return Doubt(
      item: Text("how reliable", zh: "可靠程度"),
      finding: Text(
        "\(grade.en): \(lacks.en), \(moves.en) (high: no gaps and at most 5%; middling: priced and at most 20%)",
        zh: "\(grade.zh)：\(lacks.zh)，\(moves.zh)（高：无缺项且不超过 5%；中：标准明确且不超过 20%）"))
  }
}
