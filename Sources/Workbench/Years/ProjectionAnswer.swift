// A programme over the years: what each measure comes to in each, what it rests on, and how far draws lie apart.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct ProjectionAnswer: Sendable {
  let inputs: ProjectInputs
  let amounts: YearlyAmounts
  /// Records by stream and year behind the base.
  let counts: [[Int]]
  /// That of the last of the years.
  let ledger: Ledger
  /// The ledgers of all years, by their settings.
  let ledgers: [(programme: Text, ledger: Ledger)]
  let draws: ProjectionDraws?
  let inquiry: Inquiry
  /// What may be spent in a year (fen).
  let limit: Int64?
  let places: Gazetteer

  private var years: ClosedRange<Int> { inputs.years }
  private var unreckoned: Unreckoned { Unreckoned(ledgers, places) }
  private var currency: Currency { inquiry.documents.currency }

  /// The measures that come to anything in any year.
  private var paying: [(measure: CheckedMeasure, amounts: [Int64])] {
    zip(amounts.measures, amounts.amounts).filter { $0.1.contains { $0 != 0 } }.map { (measure: $0.0, amounts: $0.1) }
  }

  var answer: Answer {
    var answer = Answer(body, records: [record])
    answer.chart = chart
    answer.leftOut = unreckoned.line
    answer.inputs = YearlyAssumptions(inputs, counts, inquiry, places).line(draws)
    return answer
  }

  private var body: AnswerBody {
    let span = years.count == 1 ? String(years.lowerBound) : "\(years.lowerBound) to \(years.upperBound)"
    let chinese =
      years.count == 1 ? "\(years.lowerBound) 年" : "\(years.lowerBound) 至 \(years.upperBound) 年"
    var body = AnswerBody(blocks: [
      .heading(level: 2, [Span(Text("The years \(span)", zh: "\(chinese)推算"), .title)]),
      InquiryHead(inquiry, places: places).block,
      .paragraph(basis),
    ])
    // A file has a record for each year and measure.
    body.append(points)
    let assumptions = YearlyAssumptions(inputs, counts, inquiry, places)
    body.append(assumptions.relation)
    body.append(table.relation)
    let later = amounts.laterTotal
    if later != 0 {
      body.append(
        .paragraph([
          Span(Text("After \(years.upperBound) accrue ", zh: "\(years.upperBound) 年之后应计 ")), .money(fen: later),
          Span(
            currency.behind(" more from what begins by then; it stands in no year above.", zh: "，系此前开始的事项所致，未列入上表。")),
        ]))
    }
    if let bands { body.append(bands) }
    if let chart { body.append(.chart(chart)) }
    for note in assumptions.notes { body.append(.note(.note, [Span(note)])) }
    for note in drawNotes { body.append(.note(.warning, [Span(note)])) }
    let unpaid = Unpaid(ledger, places: places)
    if unreckoned.isSeveral { body.append(unreckoned.ofSeveral) } else { body.append(unpaid.open) }
    if !ledger.elsewhere.isEmpty { body.append(unpaid.elsewhere) }
    return body
  }

  private var basis: [Span] {
    var line: [Span] = [
      Span("Base year ", zh: "基年 "), .data(String(inputs.base), .strong),
      Span(
        Text(
          ": what begins in it comes again in each year to \(years.upperBound), "
            + "days so many years later, persons others; ",
          zh: "：该年开始的事项在此后至 \(years.upperBound) 年逐年再现，日期整年顺延，人员另计；")),
      Span(
        Text(
          "reckoned up to \(years.upperBound)-12-31. Nothing grows but what is listed.",
          zh: "核算至 \(years.upperBound)-12-31。除下列各项外均不增长。")),
    ]
    if let draws {
      line.append(
        Span(
          Text(
            " Figures are those of inputs at their middle; bands are of \(draws.totals.count) draws, "
              + "each with one value for all years (seed \(draws.seed)).",
            zh: "表中数字取各输入的中间值；区间来自 \(draws.totals.count) 次抽取，每次各年取同一数值（种子 \(draws.seed)）。")))
    }
    return line
  }

  // MARK: Amounts

  private var table: CrossTable {
    let paying = paying
    let several = inquiry.documents.count > 1
    let totals = amounts.totals
    func sum(_ amounts: [Int64]) -> Int64 { amounts.reduce(0) { $0 &+ $1 } }
    return CrossTable(
      rows: paying.map {
        .init(key: $0.measure.id, title: several ? $0.measure.label : $0.measure.words, sum: sum($0.amounts))
      },
      columns: zip(years, totals).map { .init(key: String($0), title: Text(String($0), zh: "\($0)年"), sum: $1) },
      cells: paying.map { $0.amounts.map { $0 == 0 ? nil : $0 } }, total: sum(totals),
      names: (Text("Measure", zh: "措施"), Text("Year", zh: "年度")), currency: currency)
  }

  private struct Point: Sendable {
    let year: Int
    let measure: CheckedMeasure
    let total: Int64
  }

  /// Every year and measure, for programs.
  private var points: Relation {
    let all = paying.flatMap { line in
      zip(years, line.amounts).map { Point(year: $0, measure: line.measure, total: $1) }
    }
    let both: ColumnHead.Faces = [.json, .csv]
    var relation = Relation(
      of: all,
      [
        .date("year", Text("Year", zh: "年度")) { String($0.year) }.faces(both),
        .id("measure", Text("Measure", zh: "措施")) { $0.measure.id }.shown { [Span($0.measure.words, .name)] }
          .faces(both),
        .money("total", currency.heading("Total", zh: "合计")) { $0.total }.faces(both),
      ])
    relation.records = .programs
    return relation
  }

  // MARK: Bands

  private struct Band: Sendable {
    let year: Int
    let middle: Int64
    let summary: UncertaintySummary

    func quantile(_ percent: Int) -> Int64? { summary.quantiles.first { $0.percent == percent }?.total }
  }

  private var bandRows: [Band] {
    guard let draws else { return [] }
    return zip(years, amounts.totals).enumerated().compactMap { place, entry in
      UncertaintySummary(draws.totals.map { $0[place] }, limit: limit).map {
        Band(year: entry.0, middle: entry.1, summary: $0)
      }
    }
  }

  private var bands: Relation? {
    let rows = bandRows
    guard !rows.isEmpty else { return nil }
    let risk: [AnswerColumn<Band>] =
      limit == nil
      ? []
      : [
        AnswerColumn(.decimal, "over_budget", Text("Over budget", zh: "超出预算的概率"), .important) { band in
          band.summary.overspending.map { .decimal(String(($0.probability * 10_000).rounded() / 10_000)) } ?? .none
        }
      ]
    return Relation(
      title: Text("How far draws lie apart", zh: "抽取结果的分布"), of: rows,
      [
        .date("year", Text("Year", zh: "年度"), .essential) { String($0.year) },
        .money("middle", Text("Inputs at their middle", zh: "输入取中间值"), .useful) { $0.middle },
        .money("q5", Text("5 %", zh: "5%"), .essential) { $0.quantile(5) },
        .money("q50", Text("Median", zh: "中位数"), .important) { $0.quantile(50) },
        .money("q95", Text("95 %", zh: "95%"), .essential) { $0.quantile(95) },
      ] + risk)
  }

  private var drawNotes: [Text] {
    guard let draws else { return [] }
    var notes: [Text] = []
    if draws.refused > 0 {
      notes.append(
        Text(
          draws.refused == 1
            ? "1 draw had no budget; it is left out." : "\(draws.refused) draws had no budget; they are left out.",
          zh: "\(draws.refused) 次抽取没有预算，未计入。"))
    }
    if draws.totals.count + draws.refused < draws.times {
      notes.append(
        Text(
          "stopped after \(draws.totals.count) of \(draws.times) draws.",
          zh: "在 \(draws.times) 次中完成 \(draws.totals.count) 次后停止。"))
    }
    return notes
  }

  // MARK: Chart

  private var chart: Chart? {
    guard years.count > 1, amounts.totals.contains(where: { $0 != 0 }) else { return nil }
    let title = Text("The budget by year, \(currency.word)", zh: "分年度预算（\(currency.chinese)）")
    let bands = bandRows
    guard bands.isEmpty else {
      func series(_ name: Text, _ value: (Band) -> Int64?) -> LineChart.Series {
        LineChart.Series(
          name,
          points: bands.compactMap { band in
            value(band).map { .init(.moment(band.year, String(band.year)), .money(fen: $0)) }
          })
      }
      return .lines(
        LineChart(
          title: title, xTitle: Text("Year", zh: "年度"), yTitle: currency.heading("Total", zh: "合计"),
          series: [
            series(Text("5 %", zh: "5%")) { $0.quantile(5) }, series(Text("median", zh: "中位数")) { $0.quantile(50) },
            series(Text("95 %", zh: "95%")) { $0.quantile(95) },
          ]))
    }
    let several = inquiry.documents.count > 1
    return .stacked(
      StackedChart(
        title: title, xTitle: Text("Year", zh: "年度"), yTitle: currency.axis, places: years.map { String($0) },
        series: paying.map { .init(several ? $0.measure.label : $0.measure.words, fen: $0.amounts) },
        unit: Text(currency.word, zh: currency.chinese)))
  }

  // MARK: For programs

  private var record: Record {
    let totals = Relation(
      of: Array(zip(years, amounts.totals)),
      [
        .date("year", Text("Year", zh: "年度")) { String($0.0) },
        .money("total", currency.heading("Total", zh: "合计")) { $0.1 },
      ])
    let assumptions = YearlyAssumptions(inputs, counts, inquiry, places)
    var record = Record(
      kind: "projection",
      [
        "programme": .ids(inquiry.programme.names), "mode": .id(inquiry.base.mode.rawValue),
        "base": .date(String(inputs.base)), "assumptions": .rows(assumptions.relation), "years": .rows(totals),
        "amounts": .rows(points), "later": .money(fen: amounts.laterTotal),
      ])
    if let draws, let bands {
      record.add([
        "seed": .id(String(draws.seed)), "times": .count(draws.times), "done": .count(draws.totals.count),
        "refused": .count(draws.refused), "bands": .rows(bands),
      ])
    }
    let unpaid = Unpaid(ledger, places: places)
    for member in unreckoned.members { record.add(member.key, member.value) }
    record.add([
      "elsewhere": .rows(unpaid.elsewhere), "notes": .list(assumptions.notes.map { Datum.words($0) }),
    ])
    return record
  }
}
