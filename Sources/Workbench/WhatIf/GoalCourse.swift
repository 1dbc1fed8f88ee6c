// How what is sought goes on from a value of a figure: what is decided there, and in which direction it moves. Knows
// nothing of searching.

import Engine
import Reports
import Sessions

extension Desk {
  /// How a goal goes on from the value that a figure has in some settings.
  func course(of goal: Goal, on watched: Watched, _ inquiry: Inquiry, _ settings: RunSettings) -> Solver.Course {
    let (facts, memory, crowd) = responding(inquiry.scenario, settings, inquiry.documents)
    let decisions = Engine.decisions(
      on: watched, inquiry.documents, scenario: facts, settings: settings, memory: memory)
    let ledger = decisions.steadiness != nil || !goal.isTotal ? budgetLedger(inquiry, settings) : nil
    let shape = ledger.map { goal.shape($0) } ?? 0
    // Of a part it is not told where what one gains another loses, or loses later.
    let isTold = goal.isTotal || decisions.direction == .none || !Engine.sharesRoom(inquiry.documents)
    let direction = isTold ? decisions.direction : .mixed
    let takesUp = !settings.takeUp.isEmpty
    if direction == .mixed, let ledger, let steadiness = decisions.steadiness,
      !takesUp || !Engine.sharesRoom(inquiry.documents),
      let parts = goal.parts(ledger)
    {
      let digest = decisions.digest ^ steadiness.digest ^ goal.shape(ledger, evenOfTotal: true) ^ crowd
      return Solver.Course(decisions: digest, direction: direction, slack: steadiness.slack, parts: parts)
    }
    // A share of every amount is rounded once more.
    let payments = Int64(facts.dataset.tables.reduce(0) { $0 + $1.count }) * 4
    let slack = decisions.slack > 0 && takesUp ? decisions.slack &+ payments : decisions.slack
    return Solver.Course(decisions: decisions.digest ^ shape ^ crowd, direction: direction, slack: slack)
  }
}
