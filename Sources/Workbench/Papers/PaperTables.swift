// The lists of a paper that are made of a run: how each amount is reckoned; beside it stand what it rests on and
// indicators. Knows nothing of templates.

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
  var currency: Currency { run.documents.currency }

  /// What a person has to write.
  static let blank = Text("[to be written]", zh: "〔待填〕")

  init(_ run: Session.Run, places: Gazetteer) {
    self.run = run
    self.places = places
    budget = Budget(run.ledger)
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
    /// What the amount is made of; nil where it is no product.
    var makeup: Text?
  }

  /// Amounts that are reckoned one by one, as those of taxes are, stand together beyond so many.
  private static let mostAmounts = 8

  /// Number times standard is amount, line by line, adding up to the total.
  var lines: Relation {
    let list = PaymentList(run.ledger)
    let makeup = StandardMakeup(list, of: run, places: places)
    var lines: [Line] = []
    for one in budget.lines {
      let measure = budget.measure(one)
      var counts: [Int64: Int64] = [:]
      var clauses: [Int64: Set<Int>] = [:]
      for part in list.parts where part.measure.id == measure.id {
        for row in 0..<part.count {
          guard part.standing(row).isInTotal else { continue }
          counts[part.amount(row), default: 0] += 1
          clauses[part.amount(row), default: []].insert(part.block.clause)
        }
      }
      let sorted = counts.sorted { a, b in
        let (x, y) = (a.key * a.value, b.key * b.value)
        return x != y ? x > y : a.key > b.key
      }
      let shown = sorted.count > PaperTables.mostAmounts ? sorted.prefix(PaperTables.mostAmounts - 1) : sorted[...]
      lines += shown.map {
        Line(
          measure: measure, count: $1, each: $0, different: 1, sum: $0 * $1,
          makeup: makeup.text(measure, each: $0, by: clauses[$0] ?? []))
      }
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
    let isMadeUp = lines.contains { $0.makeup != nil }
    let parts: [AnswerColumn<Line>] =
      isMadeUp ? [.words("makeup", Text("Made up of", zh: "标准构成"), .useful) { $0.makeup }] : []
    let first: [AnswerColumn<Line>] = [
      .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.words },
      .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article),
      .count("count", Text("Number", zh: "笔数"), .essential) { $0.count },
      .money("each", currency.heading("Standard", zh: "标准"), .essential) { $0.each }
        .shown { line in
          line.each == nil
            ? [Span(Text("\(line.different) amounts", zh: "\(line.different) 种金额"), .muted)] : nil
        },
    ]
    var relation = Relation(
      of: lines,
      first + parts + [
        .money("amount", currency.heading("Amount", zh: "金额"), .essential) { $0.sum }
      ])
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)],
      ["count": .count(lines.reduce(0) { $0 + $1.count }), "amount": .money(fen: total)], role: .strong)
    return relation
  }

  /// Why the lines have more entries than the other forms of a paper have payments; nil where they have as many.
  ///
  /// - Parameter lines: those of `lines`.
  func countRemark(_ lines: Relation) -> Text? {
    guard case .count(let entries)? = lines.footer?.values["count"] else { return nil }
    let recovered = entries - Int64(budget.sum.payments)
    guard recovered > 0 else { return nil }
    let count = Count.text(Int(recovered), "recovery", "recoveries", zh: "笔").en
    return Text(
      "\(count) counted in these lines; the other forms count payments alone",
      zh: "本表笔数含追回 \(recovered) 笔；其他各表的笔数只计付款，不含追回")
  }
}
