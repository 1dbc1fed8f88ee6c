// What stands beside the payments: what is unpriced, undetermined, governed elsewhere, granted, and how duties stand.
// Nothing unpaid disappears.
import Diagnostics
import PolicyLanguage

/// Payments whose amount hangs on a value that nobody has supplied.
package struct Unpriced: Sendable {
  /// The measure, by its index in the ledger.
  package let measure: Int
  /// How many months or payments there would be.
  package let units: Int64
  /// Months where the value is monthly, else payments.
  package let isMonths: Bool
  /// The names of the values, in ascending order.
  package let missing: [String]
}

/// Subjects about which a fact is missing.
package struct Undetermined: Sendable {
  /// The measure, by its index in the ledger.
  package let measure: Int
  /// Ids, the first thousand.
  package let subjects: [String]
  /// How many there are.
  package let count: Int
  /// The names of the facts and values that are missing.
  package let facts: [String]
  /// Where it is whether something is taken back: fen that would be; nil: it is whether something is paid.
  package let atStake: Int64?

  init(measure: Int, subjects: [String], count: Int, facts: [String], atStake: Int64? = nil) {
    self.measure = measure
    self.subjects = subjects
    self.count = count
    self.facts = facts
    self.atStake = atStake
  }
}

/// Subjects that another document governs.
package struct Elsewhere: Sendable {
  /// The measure, by its index in the ledger.
  package let measure: Int
  /// How many there are.
  package let count: Int
  /// Ids, the first thousand.
  package let subjects: [String]
  /// What the rule says governs them.
  package let governedBy: String
}

/// A status that a measure grants.
package struct Grant: Sendable {
  /// The measure, by its index in the ledger.
  package let measure: Int
  /// The id of who is granted it.
  package let beneficiary: String
  /// The id of what it is granted for, with its year where it has one.
  package let subject: String
  /// The status.
  package let title: Text

  /// The same of a measure with another index.
  func at(_ index: Int) -> Grant { Grant(measure: index, beneficiary: beneficiary, subject: subject, title: title) }
}

/// How a duty stands.
package struct DutyResult: Sendable {
  /// Met when everything that is looked at meets every expectation.
  package enum Status: String, Sendable {
    case met
    case notMet = "not met"
    case unknown
    /// There is nothing to judge.
    case notApplicable = "not applicable"
  }

  /// The measure, by its index in the ledger.
  package let measure: Int
  /// Whether it is met.
  package let status: Status
  /// How many were looked at.
  package let checked: Int
  /// Those of them that fail: there may be millions, whose names nobody asks for.
  let failingFrames: [Int32]
  /// Those of them that cannot be judged.
  let unknownFrames: [Int32]
  /// What a frame is called.
  let name: @Sendable (Int32) -> String
  /// The facts that are missing for that.
  package let facts: [String]
  /// All of it in a sentence.
  package let detail: Text

  /// Those of them that fail, by name.
  package var failing: [String] { failingFrames.map(name) }
  /// Those of them that cannot be judged, by name.
  package var unknown: [String] { unknownFrames.map(name) }

  /// The same of a duty with another index.
  func at(_ index: Int) -> DutyResult {
    DutyResult(
      measure: index, status: status, checked: checked, failingFrames: failingFrames, unknownFrames: unknownFrames,
      name: name, facts: facts, detail: detail)
  }
}
