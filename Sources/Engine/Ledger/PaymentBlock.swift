// The payments of one `pay` clause, in columns or by frame. Knows nothing of how they came about.
import Facts
import Reckoning

/// What became of a payment that the rules reckon.
package enum Standing: UInt8, Sendable {
  case paid
  /// Something else is paid instead: by another document, or by another measure or payment of the same one.
  case displaced
  /// A quota had no seat left.
  case overQuota
  /// A cap in money was reached: this is what exceeds it.
  case overCap
  /// Taken back of what was paid: a negative amount with a day of its own, due or pending like any payment.
  case recovered
  /// A payment that comes out below nought, which is listed and not paid.
  case belowNought
}

extension Standing {
  /// How many standings there are: their raw values go up from 0.
  package static let count = 6

  /// Whether it is part of what is due and pending.
  package var isInTotal: Bool { self == .paid || self == .recovered }
}

/// What a cap has cut of a block's payments.
package struct CutPayments: Sendable {
  /// Fen that were asked for, of what is paid and of what exceeds a cap alike; 0 where nothing was cut.
  package let claimed: [Int64]
  /// The measure or limit whose cap cut each.
  package let by: CapNames
}

/// Which cap has cut each of some payments, by its name: there are few caps, and there may be millions of payments.
package struct CapNames: Sendable {
  /// `caps.firm`, `caps.firm#2` for a measure's second, `caps.limit`.
  package let names: [String]
  /// The place of each payment's cap among the names; -1: none.
  package let places: [Int32]

  /// The cap that has cut a payment; nil where none did.
  package subscript(i: Int) -> String? { places[i] >= 0 ? names[Int(places[i])] : nil }
}

/// The payments of one `pay` clause of one measure. Where one rate is paid for all members of a set, the payments are
/// counted by frame and made one by one when somebody asks for a column; counts and sums never do.
package final class PaymentBlock: @unchecked Sendable {
  /// The measure, by its index in the ledger.
  package let measure: Int
  /// Which `pay` clause of the measure.
  package let clause: Int
  /// Where beneficiaries are to be found.
  package let beneficiarySpace: Space
  /// Where subjects are to be found.
  package let subjectSpace: Space
  /// The year in the subject (`<id>@<year>`); empty where subjects have none.
  package let years: [Int32]
  /// Fen: one amount for all, or one each.
  package let amounts: [Int64]
  /// `Standing` of each payment; empty where all are simply paid.
  package internal(set) var standings: [UInt8] = []
  /// For what is displaced: the index of the measure that stands instead, else -1. Empty when nothing is displaced.
  package internal(set) var displacedBy: [Int32] = []
  /// The year of each payment's frame, where frames have years and a limit over several measures goes by them; else
  /// empty.
  var yearsOfFrames: [Int32] = []
  /// What caps have cut; nil where nothing was.
  package internal(set) var cut: CutPayments?
  /// What each source of money bears of each payment, where the cap of a source decides it; nil: the shares tell it.
  package internal(set) var borne: BorneParts?
  /// Whether amounts are the upper end of what the text allows.
  package let isUpperBound: Bool
  /// Fen: the low end of a range that is costed at its upper bound.
  package let low: Int64?
  /// How many payments there are.
  package let count: Int

  private struct Columns {
    let beneficiaries: [Int32]
    let subjects: [Int32]
    let dates: [Int32]
    let frames: [Int32]
  }

  static let standingKnown = "standing-known: what became of a payment is one of the ledger's standings"

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

  /// Whether the payments stand in columns, rather than being known by frame only.
  var isMade: Bool { lock.hold { made != nil } }

  private var columns: Columns {
    lock.hold {
      if let made { return made }
      let c = Invariant.value(
        common, "block-has-payments: a block has columns, or the members that columns are made of"
      ).columns
      let columns = Columns(
        beneficiaries: c.beneficiaries, subjects: c.members, dates: c.dates, frames: c.frames)
      made = columns
      return columns
    }
  }

  // Each of these makes the payments where they have only been counted; take a column once before a loop over it.

  /// Who is paid, by number in the block's space.
  package var beneficiaries: [Int32] { columns.beneficiaries }
  /// What is paid for, by number in the block's space.
  package var subjects: [Int32] { columns.subjects }
  /// Accrual dates, as day numbers.
  package var dates: [Int32] {
    guard let late else { return columns.dates }
    return lock.hold {
      if let lateDates { return lateDates }
      let dates = late.dates(of: columns.frames)
      lateDates = dates
      return dates
    }
  }
  /// The frame of each payment, for explanations.
  var frames: [Int32] { columns.frames }

  /// A payment's amount in fen.
  package func amount(_ i: Int) -> Int64 { amounts.count == 1 ? amounts[0] : amounts[i] }
  /// What became of a payment.
  package func standing(_ i: Int) -> Standing {
    standings.isEmpty ? .paid : Invariant.value(Standing(rawValue: standings[i]), PaymentBlock.standingKnown)
  }

  /// How many payments accrue up to a day, whatever became of them.
  package func count(upTo day: Int32) -> Int {
    if let common { return common.count(upTo: day) }
    return dates.reduce(0) { $0 + ($1 <= day ? 1 : 0) }
  }

  /// Where all payments are of one amount, are paid, and have only been counted: the number of payments of each
  /// beneficiary, some of them in several parts. False where they have to be looked at one by one.
  package func forEachCount(_ body: (_ beneficiary: Int32, _ count: Int) -> Void) -> Bool {
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

  /// What became of all payments, as found before of a block that pays the same. What had given way within its document
  /// stays so, to the measure that it gave way to.
  func stand(as other: PaymentBlock) {
    let within = displacedBy
    (standings, displacedBy, counted) = (other.standings, other.displacedBy, other.counted)
    for i in within.indices where within[i] >= 0 { displacedBy[i] = within[i] }
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
        let standings = OpenLane(standings), others = OpenLane(others)
        for loser in losers where loser.block == block {
          standings[Int(loser.row)] = Standing.displaced.rawValue
          others[Int(loser.row)] = loser.by
        }
      }
    }
  }
}
