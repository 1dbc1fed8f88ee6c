// `find`: which values of a parameter or a value laid down elsewhere bring a sum where it is wanted. The search itself is in
// Reports; here names become goals, and stretches become sentences.

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
    let view = SolutionView(
      solution, varied: varied, goal: request.goal.map(\.raw).joined(separator: " "), comparison: request.comparison,
      target: target, inquiry: inquiry, isWholeRange: request.range == nil, places: library.places,
      now: varied.current(inquiry.base),
      amountNow: varied.current(inquiry.base).flatMap { raw in amount(raw) })
    let total = solution.stretches.first.flatMap { amount($0.lowerBound) }
    return Answer(view.document(), json: [view.json(total: total)])
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

struct SolutionView {
  let solution: Solver.Solution
  let varied: Varied
  let goal: String
  let comparison: GoalComparison
  let target: Int64
  let inquiry: Inquiry
  let isWholeRange: Bool
  let places: Gazetteer
  let now: Int64?
  let amountNow: Int64?

  init(
    _ solution: Solver.Solution, varied: Varied, goal: String, comparison: GoalComparison, target: Int64,
    inquiry: Inquiry,
    isWholeRange: Bool, places: Gazetteer, now: Int64?, amountNow: Int64?
  ) {
    self.solution = solution
    self.varied = varied
    self.goal = goal
    self.comparison = comparison
    self.target = target
    self.inquiry = inquiry
    self.isWholeRange = isWholeRange
    self.places = places
    self.now = now
    self.amountNow = amountNow
  }

  private func text(_ raw: Int64) -> Span { Span(varied.text(raw, places), .number) }

  /// Whether a stretch goes to the end of what was searched, and perhaps beyond.
  private func isOpen(_ stretch: ClosedRange<Int64>) -> Bool {
    isWholeRange && stretch.upperBound == solution.range.upperBound && varied.bounds.atMost != solution.range.upperBound
  }

  func document() -> Document {
    let head: [Span] = [
      .data(varied.id, .title), Span(" so that ", zh: "，使 ", .title),
      .data(goal + " " + comparison.rawValue + " ", .title),
      .data(Figures.money(fen: target), .title), Span(" yuan", zh: " 元", .title),
    ]
    var blocks: [Block] = [.heading(level: 2, head), InquiryHead(inquiry, places: places).block]
    switch solution.stretches.count {
    case 0: blocks += nothing
    case 1:
      let stretch = solution.stretches[0]
      blocks.append(
        .paragraph(
          stretch.lowerBound == stretch.upperBound
            ? [Span("Exactly one value does: ", zh: "唯一解：")] + line(stretch) + [Span(".", zh: "。")]
            : [Span("Every value of one stretch does: ", zh: "以下区间内的每个值都符合：")] + line(stretch) + [Span(".", zh: "。")]))
    default:
      blocks.append(
        .paragraph([
          Span(Text("\(solution.stretches.count) stretches of values do:", zh: "共有 \(solution.stretches.count) 段解："))
        ]))
      blocks.append(.list(ordered: false, solution.stretches.prefix(40).map { line($0) }))
      if solution.stretches.count > 40 {
        blocks.append(
          .paragraph(Text("… and \(solution.stretches.count - 40) more", zh: "……另有 \(solution.stretches.count - 40) 段"))
        )
      }
    }
    if let now {
      var line: [Span] = [Span("Now it is ", zh: "现为 ", .muted), text(now)]
      if let amountNow {
        line += [
          Span(", which comes to ", zh: "，结果为 ", .muted), .money(fen: amountNow), Span(" yuan", zh: " 元", .muted),
        ]
      }
      blocks.append(.paragraph(line + [Span(".", zh: "。", .muted)]))
    }
    blocks.append(.paragraph(searched))
    if let first = solution.stretches.first {
      let typed = ValueText.typed(
        first.lowerBound == 0 && comparison == .atMost ? first.upperBound : first.lowerBound, type, places: places
      ).replacing(
        ",", with: "")
      blocks.append(.paragraph([Span("To take it: ", zh: "采用：", .muted), .command("set \(varied.id) = \(typed)")]))
    }
    return Document(blocks)
  }

  private var type: ValueType { if case .figure(_, let type) = varied.what { type } else { .number } }

  private func line(_ stretch: ClosedRange<Int64>) -> [Span] {
    if stretch.lowerBound == stretch.upperBound { return [text(stretch.lowerBound)] }
    if isOpen(stretch) { return [text(stretch.lowerBound), Span(" and above", zh: " 及以上")] }
    return [text(stretch.lowerBound), Span(" to ", zh: " 至 "), text(stretch.upperBound)]
  }

  private var nothing: [Block] {
    var items: [[Span]] = []
    if let below = solution.below {
      items.append([
        Span("nearest below: ", zh: "略低的最近值："), text(below.value), .data(" → "), .money(fen: below.amount),
        Span(" yuan, ", zh: " 元，差 "),
        .money(fen: target - below.amount), Span(" short", zh: " 元"),
      ])
    }
    if let above = solution.above {
      items.append([
        Span("nearest above: ", zh: "略高的最近值："), text(above.value), .data(" → "), .money(fen: above.amount),
        Span(" yuan, ", zh: " 元，超 "),
        .money(fen: above.amount - target), Span(" over", zh: " 元"),
      ])
    }
    return [.paragraph(Text("No value does.", zh: "无解。"))] + (items.isEmpty ? [] : [.list(ordered: false, items)])
  }

  private var searched: [Span] {
    var line: [Span] = [
      Span("Searched ", zh: "搜索范围 ", .muted), text(solution.range.lowerBound), Span(" to ", zh: " 至 ", .muted),
      text(solution.range.upperBound),
    ]
    line.append(Span(Text(", \(solution.runs) runs", zh: "，测算 \(solution.runs) 次"), .muted))
    if solution.isCancelled {
      line.append(Span("; stopped before the end, so that there may be more.", zh: "；提前停止，可能还有其他解。", .warning))
    } else if solution.isExact {
      line.append(Span("; every value in between is accounted for.", zh: "；其间每个值都已涵盖。", .muted))
    } else {
      line.append(Span("; too many steps for all to be looked at: not exact.", zh: "；台阶过多，未能全部考察，结果并非精确。", .warning))
    }
    return line
  }

  func json(total: Int64?) -> JSONValue {
    let solutions: [JSONValue] = solution.stretches.map { stretch in
      stretch.lowerBound == stretch.upperBound
        ? varied.json(stretch.lowerBound)
        : [
          "from": varied.json(stretch.lowerBound), "to": varied.json(stretch.upperBound),
          "open": .bool(isOpen(stretch)),
        ]
    }
    func near(_ point: (value: Int64, amount: Int64)?) -> JSONValue {
      point.map { ["value": varied.json($0.value), "total": .money(fen: $0.amount)] } ?? .null
    }
    return [
      "kind": "solution", "name": .string(varied.id), "solutions": .array(solutions),
      "total": total.map { .money(fen: $0) } ?? .null, "goal": .string(goal),
      "comparison": .string(comparison.rawValue),
      "target": .money(fen: target), "programme": .strings(inquiry.programme.names),
      "searched": ["from": varied.json(solution.range.lowerBound), "to": varied.json(solution.range.upperBound)],
      "below": near(solution.below), "above": near(solution.above), "exact": .bool(solution.isExact),
      "partial": .bool(solution.isCancelled),
    ]
  }
}
