// `sweep`: the total along a parameter, a value or a reading, along two of them, or along one for several programmes.

import Answers
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
    return SweepAnswer(axes: axes, series: series, isPartial: isPartial, places: library.places).answer
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
