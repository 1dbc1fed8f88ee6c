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

/// The payments of one `pay` clause of one measure. Where one rate is paid for all members of a set, the payments are
/// counted by frame and made one by one when somebody asks for a column; counts and sums never do.
public final class PaymentBlock: @unchecked Sendable {
  public let measure: Int
  /// Which `pay` clause of the measure.
  public let clause: Int
  public let beneficiarySpace: Space
  public let subjectSpace: Space
  /// The year in the subject (`<id>@<year>`); empty where subjects have none.
  public let years: [Int32]
  /// One amount for all, or one each.
  public let amounts: [Int64]
  public internal(set) var standings: [UInt8] = []
  /// For what is displaced: the index of the measure that stands instead, else -1. Empty when nothing is displaced.
  public internal(set) var displacedBy: [Int32] = []
  public let isUpperBound: Bool
  /// The low end of a range that is costed at its upper bound.
  public let low: Int64?
  /// How many payments there are.
  public let count: Int

  private struct Columns {
    let beneficiaries: [Int32]
    let subjects: [Int32]
    let dates: [Int32]
    let frames: [Int32]
  }

  private let common: CommonRate?
  private let late: LateDates?
  private var lateDates: [Int32]?
  private let lock = Lock()
  private var made: Columns?
  private(set) var counted = CountedPayments()

  init(
    measure: Int, clause: Int, beneficiarySpace: Space, subjectSpace: Space, beneficiaries: [Int32],
    subjects: [Int32], years: [Int32], dates: [Int32], amounts: [Int64], isUpperBound: Bool, low: Int64?,
    frames: [Int32], late: LateDates? = nil
  ) {
    self.measure = measure
    self.clause = clause
    self.beneficiarySpace = beneficiarySpace
    self.subjectSpace = subjectSpace
    self.years = years
    self.amounts = amounts
    self.isUpperBound = isUpperBound
    self.low = low
    common = nil
    self.late = late
    made = Columns(beneficiaries: beneficiaries, subjects: subjects, dates: dates, frames: frames)
    count = subjects.count
  }

  init(
    measure: Int, clause: Int, beneficiarySpace: Space, subjectSpace: Space, isUpperBound: Bool, low: Int64?,
    _ common: CommonRate
  ) {
    self.measure = measure
    self.clause = clause
    self.beneficiarySpace = beneficiarySpace
    self.subjectSpace = subjectSpace
    years = []
    amounts = [common.amount]
    self.isUpperBound = isUpperBound
    self.low = low
    self.common = common
    late = nil
    count = common.count
  }

  private var columns: Columns {
    lock.hold {
      if let made { return made }
      let c = common?.columns
      let columns = Columns(
        beneficiaries: c?.beneficiaries ?? [], subjects: c?.members ?? [], dates: c?.dates ?? [],
        frames: c?.frames ?? [])
      made = columns
      return columns
    }
  }

  // Each of these makes the payments where they have only been counted; take a column once before a loop over it.
  public var beneficiaries: [Int32] { columns.beneficiaries }
  public var subjects: [Int32] { columns.subjects }
  /// Accrual dates.
  public var dates: [Int32] {
    guard let late else { return columns.dates }
    return lock.hold {
      if let lateDates { return lateDates }
      let dates = late.dates(of: columns.frames)
      lateDates = dates
      return dates
    }
  }
  /// The frame of each payment, for explanations.
  public var frames: [Int32] { columns.frames }

  public func amount(_ i: Int) -> Int64 { amounts.count == 1 ? amounts[0] : amounts[i] }
  public func standing(_ i: Int) -> Standing {
    standings.isEmpty ? .paid : Standing(rawValue: standings[i]) ?? .paid
  }

  /// How many payments accrue up to a day, whatever became of them.
  public func count(upTo day: Int32) -> Int {
    if let common { return common.count(upTo: day) }
    return dates.reduce(0) { $0 + ($1 <= day ? 1 : 0) }
  }

  /// Where all payments are of one amount, are paid, and have only been counted: the number of payments of each
  /// beneficiary, some of them in several parts. False where they have to be looked at one by one.
  public func forEachCount(_ body: (_ beneficiary: Int32, _ count: Int) -> Void) -> Bool {
    guard let common, standings.isEmpty else { return false }
    common.forEachFrame(body)
    return true
  }

  /// Whether another block has the same payments for the same subjects to the same beneficiaries, one amount for all in
  /// either, which may differ.
  func paysTheSame(as other: PaymentBlock) -> Bool {
    guard amounts.count == 1, other.amounts.count == 1, count == other.count,
      beneficiarySpace == other.beneficiarySpace,
      subjectSpace == other.subjectSpace, years == other.years
    else { return false }
    if let common, let theirs = other.common { return common.hasSameMembers(as: theirs) }
    return common == nil && other.common == nil && beneficiaries == other.beneficiaries && subjects == other.subjects
  }

  /// What became of all payments, as found before of a block that pays the same.
  func stand(as other: PaymentBlock) {
    (standings, displacedBy, counted) = (other.standings, other.displacedBy, other.counted)
    guard common != nil, other.common != nil else { return }
    let theirs = other.lock.hold { other.made }
    lock.hold { if made == nil { made = theirs } }
  }

  /// Notes those of this block's payments, the given one among the losers', that give way, and to which measures.
  func displace(_ losers: [TakeTheHigher.Loser], of block: Int32) {
    guard losers.contains(where: { $0.block == block }) else { return }
    if standings.isEmpty { standings = Array(repeating: 0, count: count) }
    if displacedBy.isEmpty { displacedBy = Array(repeating: -1, count: count) }
    counted = CountedPayments()
    standings.withUnsafeMutableBufferPointer { standings in
      displacedBy.withUnsafeMutableBufferPointer { others in
        for loser in losers where loser.block == block {
          standings[Int(loser.row)] = Standing.displaced.rawValue
          others[Int(loser.row)] = loser.by
        }
      }
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

  /// The same of a measure with another index.
  func at(_ index: Int) -> Grant { Grant(measure: index, beneficiary: beneficiary, subject: subject, title: title) }
}

/// How a duty stands.
public struct DutyResult: Sendable {
  public enum Status: String, Sendable {
    case met
    case notMet = "not met"
    case unknown
    /// There is nothing to judge.
    case notApplicable = "not applicable"
  }

  public let measure: Int
  public let status: Status
  /// What was looked at, and of it what fails or is unknown.
  public let checked: Int
  public let failing: [String]
  public let unknown: [String]
  public let facts: [String]
  public let detail: Text

  /// The same of a duty with another index.
  func at(_ index: Int) -> DutyResult {
    DutyResult(
      measure: index, status: status, checked: checked, failing: failing, unknown: unknown, facts: facts, detail: detail
    )
  }
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
  /// Whether the run was cancelled: then this is no budget, and an error among the diagnostics says so.
  public internal(set) var isCancelled = false

  /// What is left of a run that was cancelled: nothing but that.
  func cancelled() -> Ledger {
    var empty = Ledger(documents: documents, measures: measures, settings: settings, dataset: dataset, homes: homes)
    empty.isCancelled = true
    empty.diagnostics = [
      Diagnostic(
        .error, code: "cancelled", Text("The run was cancelled before its end.", zh: "运行在完成前被取消。"),
        hint: Text("Nothing has changed; ask again.", zh: "一切如前，可重新运行。"))
    ]
    return empty
  }

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

  /// Which payments of a block are for a subject or go to it.
  /// - Parameter subject: an id; with a year behind it (`k1@2022`) only what is for that year.
  public func places(of subject: String, in block: PaymentBlock) -> [Int] {
    let name = subject.split(separator: "@").first.map(String.init) ?? subject
    let asSubject = dataset.row(name, in: block.subjectSpace),
      asBeneficiary = dataset.row(name, in: block.beneficiarySpace)
    if asSubject == nil, asBeneficiary == nil { return [] }
    let subjects = block.subjects, beneficiaries = block.beneficiaries
    return subjects.indices.filter { i in
      guard subjects[i] == asSubject || beneficiaries[i] == asBeneficiary else { return false }
      return !subject.contains("@") || self.subject(block, i) == subject
    }
  }
}
