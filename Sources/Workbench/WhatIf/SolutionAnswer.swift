// The values at which a goal is reached, or the nearest on both sides.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct SolutionAnswer {
  let solution: Solver.Solution
  let varied: Varied
  let goal: String
  /// The same for people.
  let told: Text
  let comparison: GoalComparison
  let target: Int64
  let inquiry: Inquiry
  let isWholeRange: Bool
  let places: Gazetteer
  let now: Int64?
  let amountNow: Int64?
  /// What Chinese lines that are offered call the figure.
  let chineseName: String
  /// That the bounds of the document have cut the range; nil: they have not.
  var cut: Text?
  /// The values at which nothing can be costed.
  var uncosted = Uncosted()

  init(
    _ solution: Solver.Solution, varied: Varied, goal: [Written], comparison: GoalComparison, target: Int64,
    inquiry: Inquiry,
    isWholeRange: Bool, places: Gazetteer, now: Int64?, amountNow: Int64?, chineseName: String
  ) {
    self.chineseName = chineseName
    self.solution = solution
    self.varied = varied
    self.goal = goal.map(\.raw).joined(separator: " ")
    told = GoalWords(inquiry).text(goal)
    self.comparison = comparison
    self.target = target
    self.inquiry = inquiry
    self.isWholeRange = isWholeRange
    self.places = places
    self.now = now
    self.amountNow = amountNow
  }

  private func text(_ raw: Int64) -> Span { Span(varied.text(raw, places), .number) }

  /// The value that is offered: the nearest to the present one, which does not do itself; where it does, of those from
  /// nought on the largest that keeps below the target, else the least.
  var offered: Int64? {
    if let now, !solution.stretches.contains(where: { $0.contains(now) }) {
      return solution.stretches.map { now < $0.lowerBound ? $0.lowerBound : $0.upperBound }
        .min { ($0.distance(to: now).magnitude, $0) < ($1.distance(to: now).magnitude, $1) }
    }
    return solution.stretches.first.map { $0.lowerBound == 0 && comparison == .atMost ? $0.upperBound : $0.lowerBound }
  }

  /// Whether a stretch goes to the end of what was searched, and perhaps beyond.
  private func isOpen(_ stretch: ClosedRange<Int64>) -> Bool {
    isWholeRange && stretch.upperBound == solution.range.upperBound && varied.bounds.atMost != solution.range.upperBound
  }

  var document: Document {
    let head: [Span] = [
      Span(varied.target.label, .title), Span(" so that ", zh: "，使 ", .title),
      Span(Text("\(told.en) \(comparison.rawValue) ", zh: "\(told.zh)\(saying) "), .title),
      .data(Figures.money(fen: target), .title), Span(inquiry.documents.currency.behind(), .title),
    ]
    var blocks: [Block] = [.heading(level: 2, head), InquiryHead(inquiry, places: places).block]
    if let cut { blocks.append(.note(.note, [Span(cut)])) }
    switch solution.stretches.count {
    case 0: blocks += nothing
    case 1: blocks.append(.paragraph(one(solution.stretches[0])))
    default:
      let count = solution.stretches.count
      blocks.append(
        .paragraph(
          solution.isExact
            ? Text("\(count) stretches of values do:", zh: "共有 \(count) 段解：")
            : Text(
              "\(count) stretches were found; each value that was tried in them does:",
              zh: "已找到 \(count) 段解，其中试过的值都符合：")))
      blocks.append(.list(ordered: false, solution.stretches.prefix(40).map { line($0) }))
      if solution.stretches.count > 40 {
        blocks.append(
          .paragraph(Text("… and \(solution.stretches.count - 40) more", zh: "……另有 \(solution.stretches.count - 40) 段"))
        )
      }
    }
    blocks += uncosted.notes
    if let now {
      var line: [Span] = [Span("Now it is ", zh: "现为 ", .muted), text(now)]
      if let amountNow {
        line += [
          Span(", which comes to ", zh: "，结果为 ", .muted), .money(fen: amountNow),
          Span(inquiry.documents.currency.behind(), .muted),
        ]
      }
      blocks.append(.paragraph(line + [Span(".", zh: "。", .muted)]))
    }
    blocks.append(.paragraph(searched))
    if let value = offered {
      let typed = ValueText.typed(value, type, places: places).replacing(",", with: "")
      let typedInChinese = ValueText.text(value, type, places: places).zh.replacing(",", with: "")
      let figure = TakingLines.Figure(varied, Text(typed, zh: typedInChinese), name: chineseName)
      blocks.append(.paragraph(TakingLines([figure], of: inquiry).spans))
    }
    return Document(blocks)
  }

  /// The comparison as Chinese says it.
  private var saying: String { Self.saying(comparison) }

  static func saying(_ comparison: GoalComparison) -> String {
    switch comparison {
    case .equal: "等于"
    case .atMost: "不超过"
    case .atLeast: "不少于"
    }
  }

  private var type: ValueType { if case .figure(_, let type) = varied.what { type } else { .number } }

  private func line(_ stretch: ClosedRange<Int64>) -> [Span] {
    if stretch.lowerBound == stretch.upperBound { return [text(stretch.lowerBound)] }
    if isOpen(stretch) { return [text(stretch.lowerBound), Span(" and above", zh: " 及以上")] }
    return [text(stretch.lowerBound), Span(" to ", zh: " 至 "), text(stretch.upperBound)]
  }

  /// That one stretch does; of a search that was not exact, that it was found.
  private func one(_ stretch: ClosedRange<Int64>) -> [Span] {
    let isOne = stretch.lowerBound == stretch.upperBound
    let head: Span =
      switch (isOne, solution.isExact) {
      case (true, true): Span("Exactly one value does: ", zh: "唯一解：")
      case (true, false): Span("One value was found that does: ", zh: "已找到一个解：")
      case (false, true): Span("Every value of one stretch does: ", zh: "以下区间内的每个值都符合：")
      case (false, false):
        Span("One stretch was found; each value that was tried in it does: ", zh: "已找到一段解，其中试过的值都符合：")
      }
    return [head] + line(stretch) + [Span(".", zh: "。")]
  }

  private var nothing: [Block] {
    var items: [[Span]] = []
    if let below = solution.below {
      items.append([
        Span("nearest below: ", zh: "略低的最近值："), text(below.value), .data(" → "), .money(fen: below.amount),
        Span(inquiry.documents.currency.behind(", ", zh: "，差 ")),
        .money(fen: target - below.amount), Span(Text(" short", zh: " " + inquiry.documents.currency.chinese)),
      ])
    }
    if let above = solution.above {
      items.append([
        Span("nearest above: ", zh: "略高的最近值："), text(above.value), .data(" → "), .money(fen: above.amount),
        Span(inquiry.documents.currency.behind(", ", zh: "，超 ")),
        .money(fen: above.amount - target), Span(Text(" over", zh: " " + inquiry.documents.currency.chinese)),
      ])
    }
    let none =
      solution.isExact
      ? uncosted.isEmpty
        ? Text("No value does.", zh: "无解。") : Text("No value that can be costed does.", zh: "能够测算的值中无解。")
      : solution.isCancelled
        ? Text("None was found before the search was stopped.", zh: "搜索停止前未找到解。")
        : Text(
          "None of the \(solution.runs) values that were tried does; another may.",
          zh: "试过的 \(solution.runs) 个值都不符合；其余的值尚未考察，可能有解。")
    return [.paragraph(none)] + (items.isEmpty ? [] : [.list(ordered: false, items)])
  }

  private var searched: [Span] {
    var line: [Span] = [
      Span("Searched ", zh: "搜索范围 ", .muted), text(solution.range.lowerBound), Span(" to ", zh: " 至 ", .muted),
      text(solution.range.upperBound),
    ]
    line.append(Span(Text(", \(solution.runs) runs", zh: "，测算 \(solution.runs) 次"), .muted))
    if solution.isCancelled {
      line.append(Span("; stopped before the end, so that there may be more.", zh: "；提前停止，可能还有其他解。", .warning))
    } else if solution.isExact, !uncosted.isEmpty {
      line.append(
        Span("; every value in between that can be costed is accounted for.", zh: "；其间能够测算的值都已涵盖。", .muted))
    } else if solution.isExact {
      line.append(Span("; every value in between is accounted for.", zh: "；其间每个值都已涵盖。", .muted))
    } else {
      line.append(Span("; too many steps for all to be looked at: not exact.", zh: "；台阶过多，未能全部考察，结果并非精确。", .warning))
    }
    return line
  }

  func record(total: Int64?) -> Record {
    let solutions = solution.stretches.map { stretch -> Datum in
      if stretch.lowerBound == stretch.upperBound { return varied.datum(stretch.lowerBound) }
      return .record(
        Record([
          "from": varied.datum(stretch.lowerBound), "to": varied.datum(stretch.upperBound),
          "open": .flag(isOpen(stretch)),
        ]))
    }
    func near(_ point: (value: Int64, amount: Int64)?) -> Datum {
      guard let point else { return .none }
      return .record(Record(["value": varied.datum(point.value), "total": .money(fen: point.amount)]))
    }
    let searched = Record([
      "from": varied.datum(solution.range.lowerBound), "to": varied.datum(solution.range.upperBound),
    ])
    var record = Record(
      kind: "solution",
      [
        "name": .id(varied.id), "solutions": .list(solutions), "total": .money(total), "goal": .id(goal),
        "comparison": .id(comparison.rawValue), "target": .money(fen: target),
        "programme": .ids(inquiry.programme.names), "searched": .record(searched), "below": near(solution.below),
        "above": near(solution.above), "exact": .flag(solution.isExact), "partial": .flag(solution.isCancelled),
      ])
    if !uncosted.isEmpty { record.add("uncosted", uncosted.datum) }
    return record
  }
}

extension SolutionAnswer {
  /// No more stretches are told of one by one.
  private static let mostUncosted = 12

  /// The stretches of values at which nothing can be costed, each with the cause where it ends; none of a search that
  /// was stopped, whose last run was cut short.
  /// - Parameter cause: why there is no budget at a value.
  func refused(_ cause: (Int64) -> Text?) -> Uncosted {
    var uncosted = Uncosted()
    if solution.isCancelled { return uncosted }
    for stretch in solution.uncosted.prefix(Self.mostUncosted) {
      let (low, high) = (stretch.lowerBound, stretch.upperBound)
      let (from, to) = (varied.text(low, places), varied.text(high, places))
      let all = low == high ? to : Text("\(from.en) to \(to.en)", zh: "\(from.zh) 至 \(to.zh)")
      let at =
        solution.isExact || low == high
        ? all : Text("what was tried of \(all.en)", zh: "\(all.zh)中试过的值")
      guard let cause = cause(high) else { continue }
      uncosted.add(at, Record(["from": varied.datum(low), "to": varied.datum(high)]), cause)
    }
    return uncosted
  }
}
