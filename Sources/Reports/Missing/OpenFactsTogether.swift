// Several open facts otherwise at once, since what only matters together shows nowhere else: a list that makes an
// enterprise a key one changes nothing as long as no agency is on record. Knows nothing of how it is told.

import Facts

/// Open facts that are otherwise together, and what would be paid then.
package struct OtherwiseTogether: Sendable {
  /// Each fact that is otherwise, and its value then, as a column holds it.
  package let facts: [(fact: OpenFact, raw: Int64)]
  /// What would be paid then (fen).
  package let total: Int64

  /// Over more records than this it is not looked for: every try is a run.
  package static let recordLimit = 200_000

  /// The most that is found to be paid with open facts otherwise. A way that pays yet more may exist: changes are made
  /// one at a time, then two at once, as long as more is paid, starting from things as they stand and from everything
  /// being otherwise.
  ///
  /// - Parameters:
  ///   - most: the most that one of them alone leads to (fen).
  ///   - total: what is paid over other facts; nil where a measure refuses them.
  /// - Returns: nil where nothing more is found than by one alone.
  package static func find(
    _ facts: [OpenFact], _ dataset: Dataset, most: Int64, isCancelled: () -> Bool, total: (Dataset) -> Int64?
  ) -> OtherwiseTogether? {
    let open = facts.filter { !$0.alternatives.isEmpty }
    guard open.count > 1 else { return nil }
    let records = dataset.tables.reduce(0) { $0 + $1.count }
    var search = TogetherSearch(facts: open, runs: min(2000, max(60, 20_000_000 / max(records, 1))))
    func worth(_ choices: [Int: Int64]) -> Int64? {
      if isCancelled() { return nil }
      var data = dataset
      for (n, raw) in choices.sorted(by: { $0.key < $1.key }) {
        let fact = open[n]
        guard let next = data.stating(fact.field.name, of: fact.list, as: raw) else { return nil }
        data = next
      }
      return total(data)
    }
    var best: (choices: [Int: Int64], total: Int64)?
    for start in search.starts {
      guard let found = search.climb(from: start, worth) else { continue }
      if best.map({ found.total > $0.total }) ?? true { best = found }
    }
    guard let best, best.total > most else { return nil }
    let choices = search.pruned(best, worth)
    if choices.count < 2 { return nil }
    return OtherwiseTogether(
      facts: choices.sorted { $0.key < $1.key }.map { (open[$0.key], $0.value) }, total: best.total)
  }
}

/// Looks for the choices that pay most. A choice is a fact's number and its value; a fact without one stays as it is.
private struct TogetherSearch {
  let facts: [OpenFact]
  /// How many runs are left.
  private var runs: Int

  init(facts: [OpenFact], runs: Int) { (self.facts, self.runs) = (facts, runs) }

  /// As things stand, and everything otherwise.
  var starts: [[Int: Int64]] {
    var otherwise: [Int: Int64] = [:]
    for (n, fact) in facts.enumerated() { otherwise[n] = fact.alternatives[0] }
    return [[:], otherwise]
  }

  /// Every choice that one fact can have, with that of staying as it is.
  private var moves: [(fact: Int, raw: Int64?)] {
    facts.enumerated().flatMap { n, fact in fact.alternatives.map { (n, $0) } + [(n, nil)] }
  }

  mutating func climb(
    from start: [Int: Int64], _ worth: ([Int: Int64]) -> Int64?
  ) -> (choices: [Int: Int64], total: Int64)? {
    guard var now = worth(start) else { return nil }
    var choices = start
    let moves = self.moves
    func better(_ changes: [(fact: Int, raw: Int64?)], _ runs: inout Int) -> (choices: [Int: Int64], total: Int64)? {
      var other = choices
      for change in changes { other[change.fact] = change.raw }
      if other == choices || runs == 0 { return nil }
      runs -= 1
      guard let sum = worth(other), sum > now else { return nil }
      return (other, sum)
    }
    var improves = true
    while improves {
      improves = false
      for move in moves {
        if let found = better([move], &runs) { (choices, now, improves) = (found.choices, found.total, true) }
      }
      if improves { continue }
      for (k, first) in moves.enumerated() where !improves {
        for second in moves[(k + 1)...] where second.fact != first.fact && !improves {
          if let found = better([first, second], &runs) {
            (choices, now, improves) = (found.choices, found.total, true)
          }
        }
      }
    }
    return (choices, now)
  }

  /// The choices without those that change nothing.
  mutating func pruned(
    _ found: (choices: [Int: Int64], total: Int64), _ worth: ([Int: Int64]) -> Int64?
  ) -> [Int: Int64] {
    var choices = found.choices
    for n in choices.keys.sorted() {
      var fewer = choices
      fewer[n] = nil
      if worth(fewer) == found.total { choices = fewer }
    }
    return choices
  }
}
