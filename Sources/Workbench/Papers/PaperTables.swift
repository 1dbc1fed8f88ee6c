// The lists of a paper that are made of a run: what it rests on, how each amount is reckoned, indicators. Knows nothing
// of templates.

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
  let budget: Budget
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
        return Text("\(PaperNames.words(parameter).en): \(figure.en)", zh: "\(parameter.words.zh)\(figure.zh)")
      }
      return Ground(
        document: document, measure: measure,
        standards: Text(figures.map(\.en).joined(separator: "; "), zh: figures.map(\.zh).joined(separator: "；")))
    }
    let set = run.ledger.settings.parameters
    return Relation(
      of: grounds,
      [
        .id("number", Text("Number", zh: "文号"), .essential) { $0.measure.addedFrom == nil ? $0.document.number : "" },
        .id("article", Text("Article", zh: "条款"), .essential) { $0.measure.article }.role(.article),
        .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.title },
        .words("standards", Text("Standards", zh: "标准"), .important) { $0.standards },
        .words("funded", Text("Who pays", zh: "资金来源"), .useful) { ground in
          PaperTables.funded(ground.document, ground.measure, set)
        },
      ])
  }

  /// Who pays: the shares in force, else what the document says in words.
  private static func funded(_ document: CheckedDocument, _ measure: CheckedMeasure, _ set: [String: Int64]) -> Text? {
    let remark = document.remarks.first { $0.key == "funded" }?.text
    guard let funds = document.funds(of: measure) else { return remark }
    let shares = funds.inForce(set).map { one in
      let share = Share(parts: one.share).text
      return Text("\(one.fund.words.en) \(share)", zh: one.fund.words.zh + share)
    }
    let text = Text(shares.map(\.en).joined(separator: ", "), zh: shares.map(\.zh).joined(separator: "、"))
    return remark.map { Text("\(text.en); \($0.en)", zh: "\(text.zh)；\($0.zh)") } ?? text
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
      let words = PaperNames.words(budget.measure(line))
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
          Text("\(measure.title.en): \(PaperNames.words(parameter).en)", zh: measure.words.zh + parameter.words.zh),
          "＝", figure,
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
}
