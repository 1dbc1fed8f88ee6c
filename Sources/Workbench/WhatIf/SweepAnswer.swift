// The total along one axis for one or several programmes, or along two axes.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct SweepAnswer: Sendable {
  let axes: [SweepAxis]
  let series: [SweepSeries]
  let isPartial: Bool
  let places: Gazetteer

  private var isGrid: Bool { axes.count > 1 }
  private var x: Varied { axes[0].varied }

  var answer: Answer {
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var body: AnswerBody {
    guard let first = series.first else {
      return [.block(.note(.warning, [Span("stopped before the first run.", zh: "在第一次测算前停止。")]))]
    }
    var body = AnswerBody(blocks: [
      .heading(
        level: 2,
        [
          Span("Total along ", zh: "合计随 ", .title),
          Span(
            Text(
              axes.map(\.varied.id).joined(separator: ", "),
              zh: axes.map(\.varied.target.label.zh).joined(separator: "、")),
            .title),
          Span("", zh: " 变化", .title),
        ]),
      InquiryHead(first.inquiry, names: series.map(\.inquiry.name), places: places).block,
    ])
    for cut in axes.compactMap(\.cut) { body.append(.note(.note, [Span(cut)])) }
    if isGrid {
      // A file has a record for each point.
      body.append(points(of: first))
      body.append(grid(first))
    } else {
      body.append(table)
    }
    for note in uncosted.notes { body.append(note) }
    if let chart { body.append(.chart(chart)) }
    if isPartial { body.append(.note(.warning, [Span("stopped before the end.", zh: "提前停止，结果不完整。")])) }
    return body
  }

  /// The points at which nothing can be costed.
  private var uncosted: Uncosted {
    var uncosted = Uncosted()
    for one in series {
      for point in one.points {
        guard let cause = point.refusal else { continue }
        var at = x.text(point.x, places)
        if isGrid {
          let other = axes[1].varied.text(point.y, places)
          at = Text("\(at.en) with \(other.en)", zh: "\(at.zh)配\(other.zh)")
        }
        if series.count > 1 {
          at = Text("\(one.inquiry.name) at \(at.en)", zh: "\(one.inquiry.name)取 \(at.zh)")
        }
        uncosted.add(at, Record([Record.Member]()), cause)
      }
    }
    return uncosted
  }

  private var record: Record {
    var record = Record(kind: "sweep", ["name": .id(x.id)])
    if isGrid { record.add("name2", .id(axes[1].varied.id)) }
    record.add([
      "programme": .ids(series.first?.inquiry.programme.names ?? []),
      "mode": .id(series.first?.inquiry.base.mode.rawValue ?? ""),
      "points": series.first.map { Datum.rows(points(of: $0)) } ?? Datum.list([]),
    ])
    if series.count > 1 {
      record.add(
        "series",
        .rows(
          Relation(
            of: series,
            [
              .ids("programme", Text("Programme", zh: "方案")) { $0.inquiry.programme.names },
              .rows("points", Text("Points", zh: "点"), points),
            ])))
    }
    record.add("partial", .flag(isPartial))
    return record
  }

  // MARK: Relations

  /// Every point of a series, for programs.
  @Sendable private func points(of one: SweepSeries) -> Relation {
    func axis(_ key: String, _ axis: Varied, _ value: @escaping @Sendable (SweepSeries.Point) -> Int64)
      -> AnswerColumn<SweepSeries.Point>
    {
      let places = places
      return .mixed(key, axis.target.headWords) { axis.datum(value($0)) }
        .shown { axis.shown(value($0), places) }.faces([.json, .csvShown]).headedByTitle()
    }
    var columns = [axis("value", x) { $0.x }]
    if isGrid { columns.append(axis("value2", axes[1].varied) { $0.y }) }
    columns.append(
      .money("total", series[0].inquiry.documents.currency.heading("Total", zh: "合计")) { $0.total }.faces([.json, .csv])
    )
    columns.append(
      .words("refusal", Text("Why not", zh: "原因")) { $0.refusal }.faces(.json).leftOutWhenNone())
    var relation = Relation(of: one.points, columns)
    relation.records = .programs
    return relation
  }

  /// The values along the axis and what each series comes to there.
  private struct Row: Sendable {
    let x: Int64
    /// Nil where a series has no such point.
    let points: [SweepSeries.Point?]
    /// What is more than at the point before.
    var change: Int64?
  }

  private var table: Relation {
    let now = x.current(series[0].inquiry.base)
    let isOne = series.count == 1
    // Files for programs have the name alone.
    let axes = [
      axis(x.target.headWords).faces(.csvShown).forProgramsOnly(), axis(x.target.headWithUnit).forPeople(),
    ]
    var columns: [AnswerColumn<Row>] = []
    for (i, one) in series.enumerated() {
      let title = isOne ? series[0].inquiry.documents.currency.heading("Total", zh: "合计") : .same(one.inquiry.name)
      let column = total(isOne ? "total" : "total_\(i)", title, .essential, i)
      columns.append(isOne ? column : column.headedByTitle())
    }
    columns.append(
      .change(
        "change", series[0].inquiry.documents.currency.heading("Change", zh: "较上一点"), isOne ? .useful : nil
      ) { $0.change })
    let rows = series[0].points.enumerated().map { i, point -> Row in
      let before = i > 0 ? series[0].points[i - 1].total : nil
      let change = point.total.flatMap { now in before.map { now - $0 } } ?? 0
      return Row(
        x: point.x, points: series.map { $0.points.indices.contains(i) ? $0.points[i] : nil },
        change: change == 0 ? nil : change)
    }
    var relation = Relation(
      of: rows, role: { $0.x == now ? .strong : nil },
      axes + columns.filter { $0.head.stand != nil }.map { $0.faces(.csvShown) })
    relation.records = .programs
    return relation
  }

  private func grid(_ one: SweepSeries) -> Relation {
    let y = axes[1]
    var columns = [
      axis(
        Text(
          x.target.headWithUnit.en + " ↓  " + y.varied.target.headWords.en + " →",
          zh: x.target.headWithUnit.zh + " ↓  " + y.varied.target.headWords.zh + " →"))
    ]
    for (i, value) in y.points.enumerated() {
      columns.append(total("total_\(i)", y.varied.text(value, places), .important, i))
    }
    let rows = axes[0].points.map { value -> Row in
      let found = one.points.filter { $0.x == value }
      return Row(x: value, points: y.points.map { v in found.first { $0.y == v } })
    }
    return Relation(of: rows, columns.map { $0.headedByTitle().forPeople() })
  }

  private func axis(_ title: Text) -> AnswerColumn<Row> {
    let (x, places) = (x, places)
    return .mixed("value", title, .essential) { x.datum($0.x) }.shown { x.shown($0.x, places) }.aligned(.right)
      .role(.name).headedByTitle()
  }

  private func total(_ key: String, _ title: Text, _ importance: Table.Importance, _ i: Int) -> AnswerColumn<Row> {
    .money(key, title, importance) { $0.points[i]?.total }
      .shown { row in
        guard let point = row.points[i], point.total == nil else { return nil }
        return [Span(Text("cannot be costed", zh: "不能测算"), .warning)]
      }
  }

  private var chart: Chart? {
    let currency = series[0].inquiry.documents.currency
    var title = Text(
      "Total, \(currency.word), along \(x.id)", zh: "合计（\(currency.chinese)）随\(x.target.label.zh)变化")
    func y(_ point: SweepSeries.Point) -> Int64? { point.total }
    if x.isReading, !isGrid {
      let bars = series.flatMap { one in
        one.points.compactMap { p in
          p.total.map { total in
            BarChart.Bar(
              Text(
                (series.count > 1 ? one.inquiry.name + " " : "") + x.text(p.x, places).en,
                zh: (series.count > 1 ? one.inquiry.name + " " : "") + x.text(p.x, places).zh), .money(fen: total))
          }
        }
      }
      return bars.isEmpty ? nil : .bars(BarChart(title: title, axis: currency.axis, bars: bars))
    }
    var lines: [LineChart.Series] = []
    if isGrid, let one = series.first {
      let second = axes[1].varied, most = 8
      title = title.ofFirst(most, of: axes[1].points.count)
      lines = axes[1].points.prefix(most).map { v in
        LineChart.Series(
          Text(
            "\(second.target.headWords.en) \(second.text(v, places).en)",
            zh: "\(second.target.headWords.zh) \(second.text(v, places).zh)"),
          points: one.points.filter { $0.y == v }.compactMap { p in
            p.total.map { .init(x.chartValue(p.x, places), .money(fen: $0)) }
          })
      }
    } else {
      lines = series.map { one in
        LineChart.Series(
          .same(one.inquiry.name),
          points: one.points.compactMap { p in p.total.map { .init(x.chartValue(p.x, places), .money(fen: $0)) } })
      }
    }
    guard lines.contains(where: { $0.points.count > 1 }) else { return nil }
    return .lines(
      LineChart(
        title: title, xTitle: x.target.axis, yTitle: series[0].inquiry.documents.currency.heading("Total", zh: "合计"),
        series: lines))
  }
}
