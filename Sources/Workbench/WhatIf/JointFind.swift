// `find` over several figures, or with something that is to be the most: which combination does best, and what each
// more of it costs.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// A search over several figures, understood.
struct JointFind {
  /// One figure or reading that may be chosen, with the values that it may have.
  struct Axis {
    let varied: Varied
    let range: ClosedRange<Int64>
    let isWholeRange: Bool
    /// That the bounds of the document have cut the range; nil: they have not.
    let cut: Text?
  }

  let request: FindRequest
  let inquiry: Inquiry
  let axes: [Axis]
  /// The name of what is counted.
  let counted: Text
  let aim: JointAim
  /// Whose money it is that is held against an amount.
  let goal: Goal
  let session: Desk

  /// More figures than this are not varied at once: a box of values has a corner for every set of them.
  static let mostAxes = 3

  init(_ request: FindRequest, _ command: Command, in session: Desk) throws(Refusal) {
    let figures = [FindRequest.Figure(name: request.name, range: request.range)] + request.further
    if figures.count > Self.mostAxes {
      throw Refusal(.whatIf(.tooManyFigures(Self.mostAxes)), at: figures[Self.mostAxes].name.location)
    }
    let inquiry = try session.inquiry(request.programme, varying: request.name, command)
    guard let wanted = request.aim else {
      let counts = Engine.counts(of: inquiry.documents)
      throw Refusal(.whatIf(.needsAim(counts.first.map { $0.in(session.language) } ?? "")), at: request.value.location)
    }
    (self.request, self.inquiry, self.session) = (request, inquiry, session)
    let find = FindCommand(request: request)
    let isOfMoney = Keyword.total.matches(wanted.what.text.lowercased())
    let (counted, figure, goal) = try Self.goal(wanted, isOfMoney, find, inquiry, in: session)
    (self.counted, self.goal) = (counted, goal)
    let most = wanted.isMost
    aim =
      isOfMoney
      ? .amount(most: most, count: request.comparison, figure)
      : .count(most: most, amount: request.comparison, figure)
    if !isOfMoney, request.comparison == .equal {
      throw Refusal(.whatIf(.aimNeedsRoom), at: request.value.location)
    }
    var axes: [Axis] = []
    for one in figures {
      let varied = try session.varied(one.name, in: inquiry)
      if axes.contains(where: { $0.varied.id == varied.id }) {
        throw Refusal(.whatIf(.sameAxis(varied.id)), at: one.name.location)
      }
      axes.append(try Self.axis(varied, one, find, inquiry, target: isOfMoney ? 0 : figure, goal, in: session))
    }
    self.axes = axes
  }

  /// What is counted, what the goal's figure is, and whose money is meant.
  private static func goal(
    _ wanted: FindRequest.Aim, _ isOfMoney: Bool, _ find: FindCommand, _ inquiry: Inquiry, in session: Desk
  ) throws(Refusal) -> (counted: Text, figure: Int64, goal: Goal) {
    let counts = Engine.counts(of: inquiry.documents)
    func count(_ name: Written) throws(Refusal) -> Text {
      if let found = counts.first(where: { $0.en == name.text || $0.zh == name.text }) { return found }
      let known = Array(Set(counts.map { $0.in(session.language) })).sorted()
      let near = Nearest.names(to: name.text, among: counts.flatMap { [$0.en, $0.zh] })
      throw Refusal(.grouping(.noCount(name.raw, nearest: near, all: known)), at: name.location)
    }
    let request = find.request
    if isOfMoney {
      let name = try count(request.goal[0])
      guard request.goal.count == 1, let figure = Int64(request.value.text.replacing(",", with: "")), figure >= 0 else {
        throw Refusal(.whatIf(.notACount(request.value.raw)), at: request.value.location)
      }
      return (name, figure, Goal())
    }
    let name = try count(wanted.what)
    let goal = try find.goal(of: inquiry, in: session)
    do {
      return (name, try ValueText.read(request.value.text, as: .money, places: session.library.places), goal)
    } catch {
      throw Refusal(
        .value(error, name: .same(request.goal.map(\.raw).joined(separator: " "))), at: request.value.location)
    }
  }

  private static func axis(
    _ varied: Varied, _ one: FindRequest.Figure, _ find: FindCommand, _ inquiry: Inquiry, target: Int64, _ goal: Goal,
    in session: Desk
  ) throws(Refusal) -> Axis {
    switch varied.what {
    case .reading(let reading, _):
      if let range = one.range {
        throw Refusal(
          .whatIf(.readingHasRange(varied.target.typedName, reading.choices.map(\.words))), at: range.from.location)
      }
      return Axis(varied: varied, range: 0...Int64(reading.choices.count - 1), isWholeRange: false, cut: nil)
    case .figure(let watched, let type):
      if let written = one.range {
        let bounded = try session.range(written, of: varied)
        return Axis(
          varied: varied, range: bounded.range, isWholeRange: false,
          cut: bounded.cut(of: varied, session.library.places))
      }
      let range = find.searchRange(varied, type, inquiry, target: target) { raw in
        session.budgetLedger(inquiry, watched.set(raw, in: inquiry.base)).map { goal.amount($0) }
      } _: { raw in
        session.course(of: Goal(), on: watched, inquiry, watched.set(raw, in: inquiry.base))
      }
      return Axis(varied: varied, range: range, isWholeRange: true, cut: nil)
    case .assumption: throw Refusal(.whatIf(.notVaried(varied.id)), at: one.name.location)
    }
  }

  // MARK: Searching

  func settings(_ values: [Int64]) -> RunSettings {
    zip(axes, values).reduce(inquiry.base) { $1.0.varied.set($1.1, in: $0) }
  }

  /// Every choice of a reading is a box of its own: nothing lies between two of them.
  private var boxes: [[ClosedRange<Int64>]] {
    axes.reduce([[]]) { boxes, axis in
      let ranges = axis.varied.isReading ? axis.range.map { $0...$0 } : [axis.range]
      return boxes.flatMap { box in ranges.map { box + [$0] } }
    }
  }

  func search(
    _ boxes: [[ClosedRange<Int64>]], climbing: Bool = false, limit: Int = JointSearch.limit, progress: (Double) -> Void
  ) -> JointSearch.Found {
    let target: Int64? = if case .count(_, _, let amount) = aim { amount } else { nil }
    return JointSearch.search(
      boxes, target: target, aim: climbing ? aim : nil, from: climbing ? now : nil, limit: limit,
      isCancelled: session.isCancelled, progress: progress
    ) { values in
      let settings = settings(values)
      guard let ledger = session.budgetLedger(inquiry, settings) else { return nil }
      let (facts, memory) = session.memorised(inquiry.scenario, settings, inquiry.documents)
      let count = Engine.counted(
        counted.en, in: inquiry.documents, scenario: facts, settings: settings, memory: memory)
      return JointSearch.Point(values: values, amount: goal.amount(ledger), count: count)
    } course: { values, axis in
      course(values, axis)
    }
  }

  /// The figures as they stand; nil where one has none.
  var now: [Int64]? {
    let values = axes.compactMap { $0.varied.current(inquiry.base) }
    return values.count == axes.count ? values : nil
  }

  func course(_ values: [Int64], _ axis: Int) -> Solver.Course {
    guard case .figure(let watched, _) = axes[axis].varied.what else {
      Invariant.broken("choices-stand-alone: no box holds two choices of a reading.")
    }
    return session.course(of: goal, on: watched, inquiry, settings(values))
  }

  /// The combinations that were run and cannot be costed: how many, and one of them with the cause.
  func uncosted(_ found: JointSearch.Found) -> Uncosted {
    var uncosted = Uncosted()
    guard let values = found.uncosted.last, let cause = session.budget(inquiry, settings(values)).refusal else {
      return uncosted
    }
    let places = session.library.places
    let one = zip(axes, values).map { axis, value -> Text in
      let (label, text) = (axis.varied.target.label, axis.varied.text(value, places))
      return Text("\(label.en) = \(text.en)", zh: "\(label.zh)取 \(text.zh)")
    }
    let count = found.uncosted.count
    let record = Record([
      "combinations": .count(count),
      "values": .record(Record(zip(axes, values).map { Record.Member($0.varied.id, $0.varied.datum($1)) })),
    ])
    uncosted.add(
      Text(
        "\(count) of the \(found.runs) combinations that were run, such as \(one.map(\.en).joined(separator: ", "))",
        zh: "测算过的 \(found.runs) 个组合中的 \(count) 个，例如 \(one.map(\.zh).joined(separator: "、"))"),
      record, cause)
    return uncosted
  }

  func answer(_ find: FindCommand) throws(Refusal) -> Answer {
    let found = search(boxes, climbing: true) { session.progress?($0) }
    let ranges = axes.map { "\($0.varied.id) \($0.range)" }.joined(separator: ",")
    session.evidence = Evidence([inquiry], extra: "find \(ranges) \(aim) \(goal) \(counted.en)")
    let records = Engine.countable(counted.en, in: inquiry.documents, inquiry.scenario.scenario.dataset)
    let rooms = found.best(aim, near: now).map { best in axes.indices.map { room(best, $0) } } ?? []
    return JointAnswer(self, found, rooms: rooms, records: records, places: session.library.places).answer
      .telling(session.unreckoned([inquiry]) { _ in settings(axes.map(\.range.lowerBound)) })
  }
}

extension FindCommand {
  init(request: FindRequest) { self.request = request }
}
