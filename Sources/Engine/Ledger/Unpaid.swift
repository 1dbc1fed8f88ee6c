// What stands beside the payments: what is unpriced, undetermined, governed elsewhere, granted, and how duties stand.
// Nothing unpaid disappears.
import Diagnostics
import PolicyLanguage

/// Payments whose amount hangs on a value that nobody has supplied.
public struct Unpriced: Sendable {
  /// The measure, by its index in the ledger.
  public let measure: Int
  /// How many months or payments there would be.
  public let units: Int64
  /// Months where the value is monthly, else payments.
  public let isMonths: Bool
  /// The names of the values, in ascending order.
  public let missing: [String]
}

/// Subjects about which a fact is missing.
public struct Undetermined: Sendable {
  /// The measure, by its index in the ledger.
  public let measure: Int
  /// Ids, the first thousand.
  public let subjects: [String]
  /// How many there are.
  public let count: Int
  /// The names of the facts and values that are missing.
  public let facts: [String]
}

/// Subjects that another document governs.
public struct Elsewhere: Sendable {
  /// The measure, by its index in the ledger.
  public let measure: Int
  /// How many there are.
  public let count: Int
  /// Ids, the first thousand.
  public let subjects: [String]
  /// What the rule says governs them.
  public let governedBy: String
}

/// A status that a measure grants.
public struct Grant: Sendable {
  /// The measure, by its index in the ledger.
  public let measure: Int
  /// The id of who is granted it.
  public let beneficiary: String
  /// The id of what it is granted for, with its year where it has one.
  public let subject: String
  /// The status.
  public let title: Text

  /// The same of a measure with another index.
  func at(_ index: Int) -> Grant { Grant(measure: index, beneficiary: beneficiary, subject: subject, title: title) }
}

/// How a duty stands.
public struct DutyResult: Sendable {
  /// Met when everything that is looked at meets every expectation.
  public enum Status: String, Sendable {
    case met
    case notMet = "not met"
    case unknown
    /// There is nothing to judge.
    case notApplicable = "not applicable"
  }

  /// The measure, by its index in the ledger.
  public let measure: Int
  /// Whether it is met.
  public let status: Status
  /// How many were looked at.
  public let checked: Int
  /// Those of them that fail.
  public let failing: [String]
  /// Those of them that cannot be judged.
  public let unknown: [String]
  /// The facts that are missing for that.
  public let facts: [String]
  /// All of it in a sentence.
  public let detail: Text

  /// The same of a duty with another index.
  func at(_ index: Int) -> DutyResult {
    DutyResult(
      measure: index, status: status, checked: checked, failing: failing, unknown: unknown, facts: facts, detail: detail
    )
  }
}
