// What `find` is asked: figures, a goal, what is to be the most or fewest. Knows nothing of searching.

import Commands
import Reports

/// `find NAME so that TOTAL = V`
struct FindRequest: Sendable {
  struct Figure: Sendable {
    let name: Written
    let range: (from: Written, to: Written)?
  }

  /// Of what there is to be the most or the fewest.
  struct Aim: Sendable {
    let isMost: Bool
    let what: Written
  }

  let name: Written
  let range: (from: Written, to: Written)?
  let further: [Figure]
  /// What is to reach the figure: total, due, pending, a measure, a year, a month, somebody.
  let goal: [Written]
  let comparison: GoalComparison
  let value: Written
  let aim: Aim?
  let programme: Programme?
  /// The projection that is searched; nil: the scenario as it is stated.
  let over: ProjectRequest?
}
