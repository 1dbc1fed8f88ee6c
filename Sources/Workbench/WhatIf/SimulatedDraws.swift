// What the draws of a simulation come to, remembered for whoever asks the same again, perhaps with another budget,
// which decides no draw. Knows nothing of how a draw is made.

import Reports
import Sessions

/// What the draws have come to, as far as they got.
struct SimulatedDraws {
  var totals: [Int64] = []
  /// What another programme comes to in the same draws, where there is one.
  var others: [Int64] = []
  /// What was drawn for each input, wherever there is a total.
  var drawn: [[Double]]
  /// Draws without a budget, since a measure refused a fact.
  var refused = 0
  /// What draws leave out, of each programme.
  var leftOut: [LeftOut] = []
  /// The totals group by group, where somebody asks.
  var groups = GroupDraws()
}

/// The last few simulations of a session.
struct SimulationMemory {
  private static let most = 4
  /// Longer ones are drawn again.
  private static let mostDraws = 100_000
  private var kept: [(key: String, draws: SimulatedDraws)] = []

  subscript(key: String) -> SimulatedDraws? { kept.first { $0.key == key }?.draws }

  mutating func keep(_ draws: SimulatedDraws, for key: String) {
    guard draws.totals.count <= Self.mostDraws else { return }
    kept.append((key, draws))
    if kept.count > Self.most { kept.removeFirst() }
  }
}

extension Desk {
  /// The draws that a question comes to: those remembered, where facts, rules, settings, inputs and seed are the same.
  func simulated(
    _ asked: String, _ inquiries: [Inquiry], by keys: [GroupKey], _ draw: () -> SimulatedDraws
  ) -> SimulatedDraws {
    // What is taken apart is remembered with its groups, whose records belong to one run: it is drawn each time.
    guard keys.isEmpty else { return draw() }
    // A scenario that was read again may state other shares and yet hold the same hires.
    let serials = inquiries.map { String($0.scenario.serial) }.joined(separator: " ")
    let key = fingerprint(Evidence(inquiries, extra: asked + serials), withBudget: false)
    if let known = simulations[key] { return known }
    let made = draw()
    if !isCancelled() { simulations.keep(made, for: key) }
    return made
  }
}
