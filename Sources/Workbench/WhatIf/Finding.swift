// `find`: which values of a parameter or a value laid down elsewhere bring a sum where it is wanted. The search itself is in
// Reports; here names become goals, and stretches become sentences.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
  func find(_ request: FindRequest, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try inquiry(request.programme, varying: request.name, command)
    let varied = try varied(request.name, in: inquiry)
    guard case .figure(let watched, let type) = varied.what else {
      if case .reading(let reading, _) = varied.what {
        throw Refusal(.whatIf(.readingHasRange(varied.id, reading.choices.map(\.name))), at: request.name.location)
      }
      throw Refusal(.whatIf(.notVaried(varied.id)), at: request.name.location)
    }
    let goal = try self.goal(request.goal, in: inquiry)
    let target: Int64
    do {
      target = try ValueText.read(request.value.text, as: .money, places: library.places)
    } catch {
      throw Refusal(.value(error, name: request.goal.map(\.raw).joined(separator: " ")), at: request.value.location)
    }
    let (facts, memory) = memorised(inquiry.scenario, inquiry.base)
    func amount(_ raw: Int64) -> Int64? {
      budgetLedger(inquiry, watched.set(raw, in: inquiry.base)).map { goal.amount($0) }
    }
    func course(_ raw: Int64) -> Solver.Course {
      let settings = watched.set(raw, in: inquiry.base)
      let decisions = Engine.decisions(
        on: watched, inquiry.documents, scenario: facts, settings: settings, memory: memory)
      let shape = goal.isTotal ? 0 : budgetLedger(inquiry, settings).map { goal.shape($0) } ?? 0
      return Solver.Course(decisions: decisions.digest ^ shape, direction: decisions.direction)
    }
    let range: ClosedRange<Int64>
    if let written = request.range {
      let from = try figure(written.from, of: varied), to = try figure(written.to, of: varied)
      if from > to {
        throw Refusal(
          .whatIf(.endless(varied.text(from, library.places).en, varied.text(to, library.places).en)),
          at: written.from.location)
      }
      range = from...to
    } else {
      range = searchRange(varied, type, inquiry, target: target, amount, course)
    }
    let solution = Solver.solve(
      range, target: target, comparison: request.comparison, isCancelled: isCancelled, progress: { progress?($0) },
      amount: amount, course: course)
    evidence = Evidence(
      [inquiry],
      extra:
        "find \(varied.id) \(range) \(goal.part.rawValue) \(goal.measure ?? "") \(goal.days.map { "\($0)" } ?? "") \(goal.beneficiary ?? "") \(request.comparison.rawValue) \(target)"
    )
    let told = SolutionAnswer(
      solution, varied: varied, goal: request.goal.map(\.raw).joined(separator: " "), comparison: request.comparison,
      target: target, inquiry: inquiry, isWholeRange: request.range == nil, places: library.places,
      now: varied.current(inquiry.base),
      amountNow: varied.current(inquiry.base).flatMap { raw in amount(raw) })
    let total = solution.stretches.first.flatMap { amount($0.lowerBound) }
    return Answer(told.document, records: [told.record(total: total)])
  }

  /// Where to look when nobody says: within the bounds of the parameter, and as far as anything can change.
  private func searchRange(
    _ varied: Varied, _ type: ValueType, _ inquiry: Inquiry, target: Int64, _ amount: (Int64) -> Int64?,
    _ course: (Int64) -> Solver.Course
  ) -> ClosedRange<Int64> {
    let now = varied.current(inquiry.base)
    let records = Int64(inquiry.scenario.scenario.dataset.tables.map(\.count).max() ?? 0)
    let low = varied.bounds.atLeast ?? 0
    var high: Int64
    switch type {
    case .money, .moneyPerMonth:
      // Rates are looked for up to where the target lies below, within what can be stated at all.
      high = max((now ?? 100_000) &* 100, 100_000_000)
      if course(high).direction != .none {
        while high < Money.limit.fen / 10, let amount = amount(high), amount < target { high *= 10 }
      }
      // An amount that cannot be reckoned any more is no budget.
      while high > 100_000_000, amount(high) == nil { high /= 10 }
    case .share: high = max(Share.unit, (now ?? 0) * 2)
    case .months: high = max(600, (now ?? 0) * 2)
    case .days: high = max(3660, (now ?? 0) * 2)
    case .date:
      let middle = now ?? 19_000
      return max(
        low == 0 ? middle - 7_320 : low, middle - 7_320)...min(varied.bounds.atMost ?? Int64.max, middle + 7_320)
    default: high = max((now ?? 0) * 10, records + 1, 100)
    }
    if let most = varied.bounds.atMost { high = min(high, most) }
    return min(low, high)...max(low, high)
  }

  // MARK: Goals

  /// What a goal's words stand for.
  func goal(_ words: [Written], in inquiry: Inquiry) throws(Refusal) -> Goal {
    var goal = Goal()
    var hasPart = false
    for word in words {
      let text = word.text.lowercased()
      if Keyword.total.matches(text) || Keyword.of.matches(text)
        || ["in", "for", "元", "yuan", "中", "the"].contains(text)
      {
        continue
      }
      switch text {
      case "due", "应付", "pending", "待付":
        if hasPart { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        goal.part = text == "due" || text == "应付" ? .due : .pending
        hasPart = true
        continue
      default: break
      }
      if let days = Session.days(word.text) {
        if goal.days != nil { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        goal.days = days
      } else if let measure = inquiry.documents.flatMap(\.measures).first(where: {
        $0.id == word.text || $0.name == word.text
      }) {
        if goal.measure != nil { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        if measure.pays.isEmpty { throw Refusal(.whatIf(.goalNotMoney(word.raw)), at: word.location) }
        goal.measure = measure.id
      } else if Records.exists(word.raw, in: inquiry.scenario.scenario.dataset)
        || Records.exists(word.text, in: inquiry.scenario.scenario.dataset)
      {
        if goal.beneficiary != nil { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        goal.beneficiary = Records.exists(word.raw, in: inquiry.scenario.scenario.dataset) ? word.raw : word.text
      } else if case .unknown = library.resolve(word.text, in: inquiry.documents) {
        let names =
          inquiry.documents.flatMap(\.measures).filter { !$0.pays.isEmpty }.map(\.name) + ["total", "due", "pending"]
        throw Refusal(
          .whatIf(.goalUnknown(word.raw, nearest: Nearest.names(to: word.text, among: names))), at: word.location)
      } else {
        throw Refusal(.whatIf(.goalNotMoney(word.raw)), at: word.location)
      }
    }
    return goal
  }

  /// `2023`, `2023年`, `2023-05`: its first and last day.
  private static func days(_ text: String) -> ClosedRange<Int32>? {
    var text = text
    if text.hasSuffix("年") { text.removeLast() }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = Int(parts[0]), parts[0].utf8.count == 4, (1900...2200).contains(year) else { return nil }
    if parts.count == 1 {
      return Day.clamped(year: year, month: 1, day: 1).number...Day.clamped(year: year, month: 12, day: 31).number
    }
    guard parts.count == 2, let month = Int(parts[1]), (1...12).contains(month) else { return nil }
    return Day.clamped(year: year, month: month, day: 1).number...Day.clamped(year: year, month: month, day: 31).number
  }
}
