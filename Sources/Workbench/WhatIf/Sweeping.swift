// `sweep`: the total along a parameter, a value or a reading, along two of them, or along one for several programmes.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// The points of one axis.
struct SweepAxis {
  let varied: Varied
  let points: [Int64]
}

extension Session {
  /// No more runs than this for one sweep.
  private static let pointLimit = 10_000

  func sweep(_ request: SweepRequest, _ command: Command) throws(Refusal) -> Answer {
    if request.axes.count > 2 { throw Refusal(.whatIf(.tooManyAxes), at: request.axes[2].name.location) }
    if request.axes.count > 1, request.programmes.count > 1 {
      throw Refusal(.whatIf(.axesAndProgrammes), at: request.axes[1].name.location)
    }
    var inquiries: [Inquiry] = []
    if request.programmes.isEmpty {
      inquiries = [try inquiry(nil, varying: request.axes[0].name, command)]
    } else {
      for programme in request.programmes { inquiries.append(try inquiry(programme, command)) }
    }
    var axes: [SweepAxis] = []
    for axis in request.axes {
      let made = try self.axis(axis, in: inquiries[0])
      if axes.contains(where: { $0.varied.id == made.varied.id }) {
        throw Refusal(.whatIf(.sameAxis(made.varied.id)), at: axis.name.location)
      }
      axes.append(made)
    }
    let count = axes.reduce(inquiries.count) { $0 * $1.points.count }
    if count > Session.pointLimit {
      throw Refusal(.whatIf(.tooManyPoints(count, limit: Session.pointLimit)), at: request.axes[0].name.location)
    }
    var series: [SweepSeries] = []
    var isPartial = false
    var done = 0
    for inquiry in inquiries {
      var points: [SweepSeries.Point] = []
      var outer = 0
      sweeping: for x in axes[0].points {
        outer += 1
        for y in axes.count > 1 ? axes[1].points : [0] {
          if isCancelled() {
            isPartial = true
            break sweeping
          }
          var settings = axes[0].varied.set(x, in: inquiry.base)
          if axes.count > 1 { settings = axes[1].varied.set(y, in: settings) }
          let total = budgetLedger(inquiry, settings).map { Goal().amount($0) }
          if isCancelled() {
            isPartial = true
            break sweeping
          }
          points.append(SweepSeries.Point(x: x, y: y, total: total))
          done += 1
          progress?(Double(done) / Double(count))
        }
      }
      series.append(SweepSeries(inquiry: inquiry, points: points))
      if isPartial { break }
    }
    let points = axes.map { axis in axis.varied.id + ":" + axis.points.map(String.init).joined(separator: ",") }
    evidence = Evidence(inquiries, extra: "sweep " + points.joined(separator: ";"))
    let view = SweepView(axes: axes, series: series, isPartial: isPartial, places: library.places)
    var answer = Answer(view.document(), json: [view.json()])
    answer.chart = view.chart
    answer.csv = { view.csv() }
    return answer
  }

  private func axis(_ axis: SweepRequest.Axis, in inquiry: Inquiry) throws(Refusal) -> SweepAxis {
    let varied = try varied(axis.name, in: inquiry)
    if case .reading(let reading, _) = varied.what {
      if let range = axis.range {
        throw Refusal(.whatIf(.readingHasRange(varied.id, reading.choices.map(\.name))), at: range.from.location)
      }
      return SweepAxis(varied: varied, points: reading.choices.indices.map { Int64($0) })
    }
    guard let range = axis.range, case .figure(_, let type) = varied.what else {
      throw Refusal(.whatIf(.needsRange(axis.name.raw)), at: axis.name.location)
    }
    let from = try figure(range.from, of: varied), to = try figure(range.to, of: varied)
    if from > to {
      throw Refusal(
        .whatIf(.endless(varied.text(from, library.places).en, varied.text(to, library.places).en)),
        at: range.from.location)
    }
    var step = Session.naturalStep(from, to, type)
    var months = 0
    if let written = axis.step {
      // A date moves by days or months.
      if type == .date, let count = try? ValueText.read(written.text, as: .months, places: library.places),
        !written.text.contains("day"),
        !written.text.contains("天")
      {
        months = Int(count)
        step = 0
      } else {
        do {
          step = try ValueText.read(written.text, as: type == .date ? .days : type, places: library.places)
        } catch {
          throw Refusal(.value(error, name: "step"), at: written.location)
        }
      }
      if step == 0, months == 0 { throw Refusal(.whatIf(.stepZero), at: written.location) }
    }
    let limit = Session.pointLimit
    if months == 0, (to - from) / step >= Int64(limit) {
      throw Refusal(
        .whatIf(.tooManyPoints(Int(clamping: (to - from) / step + 1), limit: limit)), at: range.from.location)
    }
    var points: [Int64] = []
    var at = from
    while at <= to, points.count <= limit {
      points.append(at)
      if months > 0 {
        at = Int64(Day(number: Int32(clamping: from)).adding(months: months * points.count, .clamp).number)
      } else {
        let (next, overflow) = at.addingReportingOverflow(step)
        if overflow { break }
        at = next
      }
    }
    return SweepAxis(varied: varied, points: points)
  }

  /// About twenty steps of a round size.
  private static func naturalStep(_ from: Int64, _ to: Int64, _ type: ValueType) -> Int64 {
    let rough = max((to - from) / 20, 1)
    let unit: Int64 = type == .money || type == .moneyPerMonth ? 100 : type == .share ? 1_000_000 : 1
    if rough <= unit { return to - from < unit ? max(rough, 1) : unit }
    var size = unit
    while size * 10 <= rough, size < 1_000_000_000_000_000 { size *= 10 }
    for factor: Int64 in [1, 2, 5] where size * factor >= rough { return size * factor }
    return size * 10
  }
}

/// The totals of one programme along the axes.
struct SweepSeries {
  struct Point {
    let x: Int64
    let y: Int64
    /// Fen; nil where a measure refuses a fact.
    let total: Int64?
  }

  let inquiry: Inquiry
  let points: [Point]
}

struct SweepView {
  let axes: [SweepAxis]
  let series: [SweepSeries]
  let isPartial: Bool
  let places: Gazetteer

  private var isGrid: Bool { axes.count > 1 }
  private var x: Varied { axes[0].varied }

  func document() -> Document {
    guard let first = series.first else {
      return Document([.note(.warning, [Span("stopped before the first run.", zh: "在第一次测算前停止。")])])
    }
    var blocks: [Block] = [
      .heading(
        level: 2,
        [
          Span("Total along ", zh: "合计随 ", .title), .data(axes.map(\.varied.id).joined(separator: ", "), .title),
          Span("", zh: " 变化", .title),
        ]),
      InquiryHead(first.inquiry, names: series.map(\.inquiry.name), places: places).block,
    ]
    blocks.append(.table(isGrid ? grid(first) : table))
    if let chart { blocks.append(.chart(chart)) }
    if isPartial { blocks.append(.note(.warning, [Span("stopped before the end.", zh: "提前停止，结果不完整。")])) }
    return Document(blocks)
  }

  private var table: Table {
    let now = x.current(series[0].inquiry.base)
    var columns = [Table.Column(.same(x.target.name), .right, .essential, key: x.target.name)]
    for one in series {
      columns.append(
        Table.Column(
          series.count == 1 ? Text("Total, yuan", zh: "合计（元）") : .same(one.inquiry.name), .right, .essential,
          key: series.count == 1 ? "total" : nil)
      )
    }
    if series.count == 1 { columns.append(Table.Column(Text("Change", zh: "较上一点"), .right, .useful, key: "change")) }
    var rows: [Table.Row] = []
    for (i, point) in (series.first?.points ?? []).enumerated() {
      var cells: [Cell] = [x.cell(point.x, places)]
      for one in series { cells.append(one.points.indices.contains(i) ? amount(one.points[i].total) : .empty) }
      if series.count == 1 {
        let before = i > 0 ? series[0].points[i - 1].total : nil
        let change = point.total.flatMap { now in before.map { now - $0 } } ?? 0
        cells.append(change == 0 ? .empty : .change(fen: change))
      }
      rows.append(Table.Row(cells, role: point.x == now ? .strong : nil))
    }
    return Table(columns: columns, rows: rows)
  }

  private func grid(_ one: SweepSeries) -> Table {
    let y = axes[1]
    let columns =
      [Table.Column(.same(x.target.name + " ↓  " + y.varied.target.name + " →"), .right, .essential)]
      + y.points.map { Table.Column(y.varied.text($0, places), .right, .important) }
    let rows = axes[0].points.map { value -> Table.Row in
      let found = one.points.filter { $0.x == value }
      return Table.Row(
        [x.cell(value, places)] + y.points.map { v in found.first { $0.y == v }.map { amount($0.total) } ?? .empty })
    }
    return Table(columns: columns, rows: rows)
  }

  private func amount(_ total: Int64?) -> Cell {
    total.map { .money(fen: $0) } ?? .text(Text("no budget", zh: "无预算"), .warning)
  }

  var chart: Chart? {
    let title = Text("Total, yuan, along \(x.id)", zh: "合计（元）随 \(x.id) 变化")
    func y(_ point: SweepSeries.Point) -> Int64? { point.total }
    if x.isReading, !isGrid {
      let bars = series.flatMap { one in
        one.points.compactMap { p in
          p.total.map { total in
            BarChart.Bar(
              .same((series.count > 1 ? one.inquiry.name + " " : "") + x.text(p.x, places).en), .money(fen: total))
          }
        }
      }
      return bars.isEmpty ? nil : .bars(BarChart(title: title, bars: bars))
    }
    var lines: [LineChart.Series] = []
    if isGrid, let one = series.first {
      let second = axes[1].varied
      lines = axes[1].points.prefix(8).map { v in
        LineChart.Series(
          Text(
            "\(second.target.name) \(second.text(v, places).en)",
            zh: "\(second.target.name) \(second.text(v, places).zh)"),
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
      LineChart(title: title, xTitle: .same(x.target.name), yTitle: Text("Total, yuan", zh: "合计（元）"), series: lines))
  }

  func json() -> JSONValue {
    func points(_ one: SweepSeries) -> JSONValue {
      .array(
        one.points.map { p in
          var members: [JSONValue.Member] = [.init("value", x.json(p.x))]
          if isGrid { members.append(.init("value2", axes[1].varied.json(p.y))) }
          members.append(.init("total", p.total.map { .money(fen: $0) } ?? .null))
          return .object(members)
        })
    }
    var members: [JSONValue.Member] = [
      .init("kind", "sweep"), .init("name", .string(x.id)),
    ]
    if isGrid { members.append(.init("name2", .string(axes[1].varied.id))) }
    members += [
      .init("programme", .strings(series.first?.inquiry.programme.names ?? [])),
      .init("mode", .string(series.first?.inquiry.base.mode.rawValue ?? "")),
      .init("points", series.first.map(points) ?? []),
    ]
    if series.count > 1 {
      members.append(
        .init(
          "series", .array(series.map { ["programme": .strings($0.inquiry.programme.names), "points": points($0)] })))
    }
    members.append(.init("partial", .bool(isPartial)))
    return .object(members)
  }

  func csv() -> String {
    guard isGrid, let one = series.first else { return CSVRenderer(language: .en).render(table) }
    let columns = axes.map { Table.Column(.same($0.varied.target.name)) } + [Table.Column(.same("total"))]
    let rows = one.points.map { p in
      Table.Row([x.cell(p.x, places), axes[1].varied.cell(p.y, places), p.total.map { .money(fen: $0) } ?? .empty])
    }
    return CSVRenderer(language: .en).render(Table(columns: columns, rows: rows))
  }
}

/// The line under the heading of a what-if: programme, mode, home, date, settings.
struct InquiryHead {
  let inquiry: Inquiry
  let names: [String]
  let places: Gazetteer

  init(_ inquiry: Inquiry, names: [String]? = nil, places: Gazetteer) {
    self.inquiry = inquiry
    self.names = names ?? [inquiry.name]
    self.places = places
  }

  var block: Block {
    var line: [Span] =
      .joined(names.map { [.data($0, .name)] }) + [Span(" ", zh: "，"), Span(inquiry.base.mode.title, .emphasis)]
    if let day = inquiry.base.asOf { line += [Span("; as of ", zh: "；截止 "), .data(day.text, .date)] }
    if !inquiry.settings.isEmpty {
      line += [Span("; with ", zh: "；设定 ")]
      line += .joined(
        inquiry.settings.map { [.data($0.target.id, .name), .data(" = "), Span($0.text(places), .number)] })
    }
    return .paragraph(line)
  }
}
