// `sweep`: the total along a parameter, a reading or two of them.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Runs a programme along one or two axes.
///
///     sweep = "sweep" axis { "," axis } [ "in" programme { "," programme } ]
///     axis  = NAME [ "from" value "to" value [ "step" value ] ]
struct SweepCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "sweep",
    chinese: ["扫描", "逐点"],
    meaning: Text("the total along a parameter, a reading or two of them", zh: "参数或口径逐点变化时的合计"),
    usage: Text("sweep NAME from A to B [step C][, NAME …] [in PROGRAMME]", zh: "扫描 名称 从 A 到 B [步长 C][，名称 …] [于 方案]"),
    more: Text(
      "Without a range every choice of a reading is tried. Two names give a grid. Without a programme it "
        + "is about what was asked last.",
      zh: "口径不写范围时逐一试全部选项；两个名称得到一张网格。不写方案时沿用上次所问。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let request: SweepRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    parser.splitKeywords()
    var axes = [try SweepCommand.axis(&parser)]
    while parser.token.kind == .comma, !parser.isOption(parser.peek(1)) {
      parser.index += 1
      axes.append(try SweepCommand.axis(&parser))
    }
    var programmes: [Programme] = []
    if Keyword.in.matches(parser.token.word) {
      repeat {
        parser.index += 1
        programmes.append(try parser.programme())
      } while parser.token.kind == .comma && !parser.isOption(parser.peek(1))
    }
    request = SweepRequest(axes: axes, programmes: programmes)
  }

  private static func axis(_ parser: inout StatementParser) throws(Misread) -> SweepRequest.Axis {
    let name = try parser.one(Text("a parameter or reading", zh: "参数或口径"))
    guard let range = try parser.range() else { return SweepRequest.Axis(name: name, range: nil, step: nil) }
    var step: Written?
    if Keyword.step.matches(parser.token.word) {
      parser.index += 1
      step = try parser.figure(Text("the step's size", zh: "步长"))
    }
    return SweepRequest.Axis(name: name, range: range, step: step)
  }

  package func describe(to meaning: inout Meaning) {
    for axis in request.axes {
      meaning.add("axis", axis.name)
      meaning.add("from", axis.range?.from)
      meaning.add("to", axis.range?.to)
      meaning.add("step", axis.step)
    }
    for programme in request.programmes { meaning.add("in", programme) }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if request.axes.count > 2 { throw Refusal(.whatIf(.tooManyAxes), at: request.axes[2].name.location) }
    if request.axes.count > 1, request.programmes.count > 1 {
      throw Refusal(.whatIf(.axesAndProgrammes), at: request.axes[1].name.location)
    }
    var inquiries: [Inquiry] = []
    if request.programmes.isEmpty {
      inquiries = [try session.inquiry(nil, varying: request.axes[0].name, command)]
    } else {
      for programme in request.programmes { inquiries.append(try session.inquiry(programme, command)) }
    }
    var axes: [SweepAxis] = []
    for axis in request.axes {
      let made = try self.axis(axis, of: inquiries[0], in: session)
      if axes.contains(where: { $0.varied.id == made.varied.id }) {
        throw Refusal(.whatIf(.sameAxis(made.varied.id)), at: axis.name.location)
      }
      axes.append(made)
    }
    let count = axes.reduce(inquiries.count) { $0 * $1.points.count }
    if count > SweepCommand.pointLimit {
      throw Refusal(
        .whatIf(.tooManyPoints(count, limit: SweepCommand.pointLimit)), at: request.axes[0].name.location)
    }
    let (series, isPartial, leftOut) = series(inquiries, axes, count: count, in: session)
    let points = axes.map { axis in axis.varied.id + ":" + axis.points.map(String.init).joined(separator: ",") }
    session.evidence = Evidence(inquiries, extra: "sweep " + points.joined(separator: ";"))
    return SweepAnswer(axes: axes, series: series, isPartial: isPartial, places: session.library.places).answer
      .telling(
        Unreckoned(inquiries, leftOut, session.library.places),
        lead(leftOut, axes, session.library.places))
  }

  func besides(_ command: Command) -> Besides { .answer }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if after.isEmpty || WhatIfWords.isInList(after) { return session.settables() }
    if let name = WhatIfWords.axis(position, after) { return session.values(of: name) }
    let word = WhatIfWords(session)
    return [
      word(.from, Text("where to begin", zh: "起点")), word(.to, Text("where to end", zh: "终点")),
      word(.step, Text("the step's size", zh: "步长")), word.programme,
    ]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "sweep \(n.parameter) from \(n.low) to \(n.high) step \(n.step)",
        zh: "扫描 \(n.zh.parameter) 从 \(n.low) 到 \(n.high) 步长 \(n.step)"),
      Text("sweep \(n.reading)", zh: "扫描 \(n.zh.reading)"),
    ]
  }
}

extension SweepCommand {
  /// No more runs than this for one sweep.
  private static let pointLimit = 10_000

  /// The total at every point of the axes, as far as it got until it was stopped; `count` points in all.
  private func series(
    _ inquiries: [Inquiry], _ axes: [SweepAxis], count: Int, in session: Desk
  ) -> (series: [SweepSeries], isPartial: Bool, leftOut: [LeftOut]) {
    var series: [SweepSeries] = []
    var leftOut: [LeftOut] = []
    var isPartial = false
    var done = 0
    for inquiry in inquiries {
      var points: [SweepSeries.Point] = []
      leftOut.append(LeftOut())
      sweeping: for x in axes[0].points {
        for y in axes.count > 1 ? axes[1].points : [0] {
          if session.isCancelled() {
            isPartial = true
            break sweeping
          }
          var settings = axes[0].varied.set(x, in: inquiry.base)
          if axes.count > 1 { settings = axes[1].varied.set(y, in: settings) }
          let (ledger, refusal) = session.budget(inquiry, settings)
          let total = ledger.map { Goal().amount($0) }
          if session.isCancelled() {
            isPartial = true
            break sweeping
          }
          if let ledger { leftOut[leftOut.count - 1].look(at: ledger, points.count) }
          points.append(SweepSeries.Point(x: x, y: y, total: total, refusal: refusal))
          done += 1
          session.progress?(Double(done) / Double(count))
        }
      }
      series.append(SweepSeries(inquiry: inquiry, points: points))
      if isPartial { break }
    }
    return (series, isPartial, leftOut)
  }

  /// Where most is left out.
  private func lead(_ leftOut: [LeftOut], _ axes: [SweepAxis], _ places: Gazetteer) -> Text {
    let most = leftOut.max { $0.runs < $1.runs } ?? LeftOut()
    let width = axes.count > 1 ? axes[1].points.count : 1
    guard width > 0, axes[0].points.indices.contains(most.place / width) else {
      return Unreckoned.lead(most, of: Text("points", zh: "个点"), at: nil)
    }
    var at = axes[0].varied.text(axes[0].points[most.place / width], places)
    if axes.count > 1 {
      let other = axes[1].varied.text(axes[1].points[most.place % width], places)
      at = Text("\(at.en), \(other.en)", zh: "\(at.zh)、\(other.zh)")
    }
    return Unreckoned.lead(most, of: Text("points", zh: "个点"), at: at)
  }

  private func axis(
    _ axis: SweepRequest.Axis, of inquiry: Inquiry, in session: Desk
  ) throws(Refusal) -> SweepAxis {
    let places = session.library.places
    let varied = try session.varied(axis.name, in: inquiry)
    if case .reading(let reading, _) = varied.what {
      if let range = axis.range {
        throw Refusal(
          .whatIf(.readingHasRange(varied.target.typedName, reading.choices.map(\.words))), at: range.from.location)
      }
      return SweepAxis(varied: varied, points: reading.choices.indices.map { Int64($0) }, cut: nil)
    }
    guard let range = axis.range, case .figure(_, let type) = varied.what else {
      throw Refusal(.whatIf(.needsRange(axis.name.raw)), at: axis.name.location)
    }
    let bounded = try session.range(range, of: varied)
    let (from, to) = (bounded.range.lowerBound, bounded.range.upperBound)
    var step = SweepCommand.naturalStep(from, to, type)
    var months = 0
    if let written = axis.step {
      // A date moves by days or months.
      if type == .date, let count = try? ValueText.read(written.text, as: .months, places: places),
        !written.text.contains("day"),
        !written.text.contains("天")
      {
        months = Int(count)
        step = 0
      } else {
        do {
          step = try ValueText.read(written.text, as: type == .date ? .days : type, places: places)
        } catch {
          throw Refusal(.value(error, name: Text("step", zh: "步长")), at: written.location)
        }
      }
      if step == 0, months == 0 { throw Refusal(.whatIf(.stepZero), at: written.location) }
    }
    let limit = SweepCommand.pointLimit
    if months == 0, (to - from) / step >= Int64(limit) {
      throw Refusal(
        .whatIf(.tooManyPoints(Int(clamping: (to - from) / step + 1), limit: limit)), at: range.from.location)
    }
    let start = bounded.written?.lowerBound ?? from
    let points = SweepCommand.points(from: start, within: bounded.range, step: step, months: months)
    return SweepAxis(varied: varied, points: points, cut: bounded.cut(of: varied, places))
  }

  /// The points of a range that lie within bounds, as they are counted from where the range was written to begin; from
  /// the lower bound on where none of those does.
  private static func points(
    from start: Int64, within range: ClosedRange<Int64>, step: Int64, months: Int
  ) -> [Int64] {
    let (from, to) = (range.lowerBound, range.upperBound)
    var at = start
    if months == 0, start < from {
      at = start + ((from - start - 1) / step + 1) * step
      if at > to { at = from }
    }
    var points: [Int64] = []
    var steps = 0
    while at <= to, points.count <= pointLimit {
      if at >= from { points.append(at) }
      steps += 1
      if months > 0 {
        at = Int64(Day(number: Int32(clamping: start)).adding(months: months * steps, .clamp).number)
      } else {
        let (next, overflow) = at.addingReportingOverflow(step)
        if overflow { break }
        at = next
      }
    }
    return points.isEmpty ? [from] : points
  }

  /// About twenty steps of a round size.
  private static func naturalStep(_ from: Int64, _ to: Int64, _ type: ValueType) -> Int64 {
    let rough = max((to - from) / 20, 1)
    let unit: Int64 = type == .money || type.isRate ? 100 : type == .share || type == .decimal ? 1_000_000 : 1
    if rough <= unit { return to - from < unit ? max(rough, 1) : unit }
    var size = unit
    while size * 10 <= rough, size < 1_000_000_000_000_000 { size *= 10 }
    for factor: Int64 in [1, 2, 5] where size * factor >= rough { return size * factor }
    return size * 10
  }
}

/// `sweep NAME from A to B [step C], ... [in PROGRAMME, ...]`
struct SweepRequest: Sendable {
  struct Axis: Sendable {
    let name: Written
    /// Nil for readings, of which every choice is taken.
    let range: (from: Written, to: Written)?
    let step: Written?
  }

  let axes: [Axis]
  let programmes: [Programme]
}
