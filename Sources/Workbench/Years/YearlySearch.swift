// A search over a projection: what its years come to at a value, and how the programme decides there in each of them.
// Knows nothing of how values are searched.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct YearlySearch {
  /// Words that ask something of every year.
  static let everyYear: Set<String> = ["every", "each", "year", "years", "yearly", "每年", "各年", "各年度", "每年度"]

  let evidence: String
  private let projector: Projector
  private let goal: Goal
  private let comparison: GoalComparison
  private let isEach: Bool
  private var inputs: ProjectInputs { projector.inputs }

  init(
    _ over: ProjectRequest, of request: FindRequest, _ goal: Goal, _ inquiry: Inquiry, in session: Desk
  ) throws(Refusal) {
    projector = try session.projector(over, inquiry)
    self.goal = goal
    comparison = request.comparison
    isEach = request.goal.contains { YearlySearch.everyYear.contains($0.text.lowercased()) }
    evidence = " over " + ProjectCommand.evidence(over, projector.inputs, 0)
    if let input = projector.inputs.all.first(where: { !$0.isFixed }) {
      throw ProjectMistake.notFixed(input.label).refusal(at: over.lines.first?.value.location)
    }
    if isEach, comparison == .equal || goal.days != nil, let word = request.goal.first {
      throw ProjectMistake.everyYear.refusal(at: word.location)
    }
  }

  /// The goal within one year; nil where it asks for other days.
  private func goal(in year: Int) -> Goal? {
    let first = Day.clamped(year: year, month: 1, day: 1).number,
      last = Day.clamped(year: year, month: 12, day: 31).number
    var own = goal
    if let days = goal.days {
      guard days.overlaps(first...last) else { return nil }
      own.days = days.clamped(to: first...last)
    } else {
      own.days = first...last
    }
    return own
  }

  /// What the goal comes to; of every year the one that stands worst.
  func amount(_ start: RunSettings) -> Int64? {
    var years: [Int64] = []
    let isWhole = projector.ledgers(start, inputs.middle) { group, ledger in
      for year in group { if let goal = goal(in: year) { years.append(goal.amount(ledger)) } }
    }
    guard isWhole else { return nil }
    if isEach { return comparison == .atLeast ? years.min() : years.max() }
    return years.reduce(0) { $0 &+ $1 }
  }

  /// The ledgers of the years, by their settings; none where a measure refuses a fact.
  func ledgers(_ start: RunSettings) -> [(programme: Text, ledger: Ledger)] {
    amount(start) == nil ? [] : projector.told(projector.lastLedgers)
  }

  /// Why there is no budget of all years; nil where there is one.
  func refusal(_ start: RunSettings) -> Text? {
    if amount(start) != nil { return nil }
    if projector.settings(start, inputs.middle) == nil {
      return Text("a figure becomes too large in one of the years", zh: "某一年度的数值过大")
    }
    return projector.lastLedger?.reason
  }

  /// How the programme decides in all years.
  func course(_ watched: Watched, _ start: RunSettings) -> Solver.Course {
    var digest = Digest()
    var directions: Set<Direction> = []
    var slack: Int64 = 0
    let (scenario, memory) = projector.scenario(start, inputs.middle)
    if start.movesRecords {
      for counts in projector.counts(start, inputs.middle) { for count in counts { digest.add(Int64(count)) } }
      for table in scenario.dataset.tables { digest.add(Int64(table.count)) }
    }
    var steady = Steady()
    let isWhole = projector.ledgers(start, inputs.middle) { group, ledger in
      let decisions = Engine.decisions(
        on: watched, projector.documents, scenario: scenario, settings: ledger.settings, memory: memory)
      digest.add(Int64(bitPattern: decisions.digest))
      directions.insert(decisions.direction)
      slack &+= decisions.slack
      // Which payments fall into which year is decided by days.
      for year in group {
        guard let goal = goal(in: year) else { continue }
        digest.add(Int64(bitPattern: goal.shape(ledger)))
        steady.add(decisions.steadiness, goal.parts(ledger))
      }
    }
    directions.remove(.none)
    // Of a year it is not told where what one gains another loses, or loses later.
    let sharesRoom = Engine.sharesRoom(projector.documents)
    let isTold = isWhole && (directions.isEmpty || !sharesRoom)
    let direction: Direction = isTold && directions.count <= 1 ? directions.first ?? .none : .mixed
    if direction == .mixed, isWhole, start.takeUp.isEmpty || !sharesRoom, let parts = steady.parts {
      digest.add(Int64(bitPattern: steady.digest))
      return Solver.Course(decisions: digest.value, direction: direction, slack: steady.slack, parts: parts)
    }
    return Solver.Course(decisions: digest.value, direction: direction, slack: slack)
  }

  /// The payments of all years, where each of them moves one way by itself: the sum of each year, and so the greatest
  /// and the least of them, lies between what all that falls and all that rises tells.
  private struct Steady {
    private var amounts: [Int64] = []
    private var all = Digest()
    private var decided = Digest()
    private(set) var slack: Int64 = 0
    private var isSteady = true

    var digest: UInt64 { decided.value }
    /// Nil where it cannot be told of one of them.
    var parts: Solver.Course.Parts? { isSteady ? Solver.Course.Parts(amounts: amounts, all: all.value) : nil }

    mutating func add(_ steadiness: Steadiness?, _ parts: Solver.Course.Parts?) {
      guard isSteady, let steadiness, let parts else {
        isSteady = false
        return
      }
      amounts += parts.amounts
      all.add(Int64(bitPattern: parts.all))
      decided.add(Int64(bitPattern: steadiness.digest))
      slack &+= steadiness.slack
    }
  }

  /// The solution, with what was projected.
  func answer(_ told: SolutionAnswer, total: Int64?) -> Answer {
    let assumptions = YearlyAssumptions(
      inputs, projector.counts(told.inquiry.base, inputs.middle), told.inquiry, told.places)
    var body = AnswerBody(blocks: told.document.blocks)
    body.append(
      .paragraph([
        Span(
          Text(
            "Over \(inputs.years.lowerBound) to \(inputs.years.upperBound), from the base year \(inputs.base)"
              + (isEach
                ? "; the amount is that of the year that stands worst." : "; the amount is that of all these years."),
            zh: "跨 \(inputs.years.lowerBound) 至 \(inputs.years.upperBound) 年，基年 \(inputs.base)"
              + (isEach ? "；金额取最不利的年度。" : "；金额为各年度合计。")))
      ]))
    body.append(assumptions.relation)
    for note in assumptions.notes { body.append(.note(.note, [Span(note)])) }
    let record = told.record(total: total).with([
      "base": .date(String(inputs.base)), "years": .ids(inputs.years.map { String($0) }), "every_year": .flag(isEach),
      "assumptions": .rows(assumptions.relation),
    ])
    return Answer(body, records: [record])
  }
}
