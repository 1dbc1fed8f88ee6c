// What a run finds: payments in columns, and everything that is not paid beside them (architecture, decision 4:
// nothing unpaid disappears).
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// What became of a payment that the rules reckon.
public enum Standing: UInt8, Sendable {
  case paid
  case displaced
  case overQuota
}

/// The payments of one `pay` clause of one measure.
public final class PaymentBlock: @unchecked Sendable {
  public let measure: Int
  /// Which `pay` clause of the measure.
  public let clause: Int
  public let beneficiarySpace: Space
  public let subjectSpace: Space
  public internal(set) var beneficiaries: [Int32]
  public internal(set) var subjects: [Int32]
  /// The year in the subject (`<id>@<year>`); empty where subjects have none.
  public internal(set) var years: [Int32]
  /// Accrual dates.
  public internal(set) var dates: [Int32]
  /// One amount for all, or one each.
  public internal(set) var amounts: [Int64]
  public internal(set) var standings: [UInt8]
  /// For what is displaced: the index of the measure that stands instead, else -1. Empty when nothing is displaced.
  public internal(set) var displacedBy: [Int32] = []
  public let isUpperBound: Bool
  /// The low end of a range that is costed at its upper bound.
  public let low: Int64?
  /// The frame of each payment, for explanations.
  public internal(set) var frames: [Int32]

  init(
    measure: Int, clause: Int, beneficiarySpace: Space, subjectSpace: Space, beneficiaries: [Int32],
    subjects: [Int32], years: [Int32], dates: [Int32], amounts: [Int64], isUpperBound: Bool, low: Int64?,
    frames: [Int32]
  ) {
    self.measure = measure
    self.clause = clause
    self.beneficiarySpace = beneficiarySpace
    self.subjectSpace = subjectSpace
    self.beneficiaries = beneficiaries
    self.subjects = subjects
    self.years = years
    self.dates = dates
    self.amounts = amounts
    self.isUpperBound = isUpperBound
    self.low = low
    self.frames = frames
    standings = []
  }

  public var count: Int { subjects.count }
  public func amount(_ i: Int) -> Int64 { amounts.count == 1 ? amounts[0] : amounts[i] }
  public func standing(_ i: Int) -> Standing {
    standings.isEmpty ? .paid : Standing(rawValue: standings[i]) ?? .paid
  }

  func set(_ standing: Standing, at i: Int, by other: Int32 = -1) {
    if standings.isEmpty { standings = Array(repeating: 0, count: count) }
    standings[i] = standing.rawValue
    if other >= 0 {
      if displacedBy.isEmpty { displacedBy = Array(repeating: -1, count: count) }
      displacedBy[i] = other
    }
  }
}

/// Payments whose amount hangs on a value that nobody has supplied.
public struct Unpriced: Sendable {
  public let measure: Int
  public let units: Int64
  /// Months where the value is monthly, else payments.
  public let isMonths: Bool
  public let missing: [String]
}

/// Subjects about which a fact is missing.
public struct Undetermined: Sendable {
  public let measure: Int
  public let subjects: [String]
  public let count: Int
  public let facts: [String]
}

/// Subjects that another document governs.
public struct Elsewhere: Sendable {
  public let measure: Int
  public let count: Int
  public let subjects: [String]
  public let governedBy: String
}

/// A status that a measure grants.
public struct Grant: Sendable {
  public let measure: Int
  public let beneficiary: String
  public let subject: String
  public let title: Text
}

/// How a duty stands.
public struct DutyResult: Sendable {
  public enum Status: String, Sendable {
    case met
    case notMet = "not met"
    case unknown
  }

  public let measure: Int
  public let status: Status
  /// What was looked at, and of it what fails or is unknown.
  public let checked: Int
  public let failing: [String]
  public let unknown: [String]
  public let facts: [String]
  public let detail: Text
}

/// Everything a run finds.
public struct Ledger: Sendable {
  public let documents: [CheckedDocument]
  /// Measures, duties and notes of the programme, in the order of their documents; indices elsewhere are into these.
  public let measures: [CheckedMeasure]
  public let settings: RunSettings
  public let dataset: Dataset
  /// The home of each document's measures.
  public let homes: [String: Int32]
  public internal(set) var blocks: [PaymentBlock] = []
  public internal(set) var unpriced: [Unpriced] = []
  public internal(set) var undetermined: [Undetermined] = []
  public internal(set) var elsewhere: [Elsewhere] = []
  public internal(set) var grants: [Grant] = []
  public internal(set) var duties: [DutyResult] = []
  /// Errors stop a budget; notes and warnings stand beside it.
  public internal(set) var diagnostics: [Diagnostic] = []

  /// The id of a beneficiary or subject.
  public func name(_ id: Int32, in space: Space) -> String { dataset.id(id, in: space) }

  public func subject(_ block: PaymentBlock, _ i: Int) -> String {
    let name = name(block.subjects[i], in: block.subjectSpace)
    return block.years.isEmpty ? name : name + "@\(block.years[i])"
  }

  public func beneficiary(_ block: PaymentBlock, _ i: Int) -> String {
    self.name(block.beneficiaries[i], in: block.beneficiarySpace)
  }

  /// Whether a payment is due by the settings' `as_of`.
  public func isDue(_ date: Int32) -> Bool { settings.asOf.map { date <= $0.number } ?? true }
}
