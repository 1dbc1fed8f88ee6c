// What a question about money is about: the total, or a part of it. Knows nothing of names or of how it is asked.
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// How a goal is to stand to a figure.
package enum GoalComparison: String, Sendable {
  case equal = "="
  case atMost = "<="
  case atLeast = ">="

  /// Whether an amount stands so to a target, both in fen.
  package func holds(_ amount: Int64, _ target: Int64) -> Bool {
    switch self {
    case .equal: amount == target
    case .atMost: amount <= target
    case .atLeast: amount >= target
    }
  }
}

/// A sum of payments: all of them, or those of one measure, time, beneficiary or state.
package struct Goal: Sendable, Hashable {
  /// Payments of one standing in time.
  package enum Part: String, Sendable {
    case total
    case due
    case pending
  }

  /// Which payments by their accrual date against `as_of`.
  package var part: Part = .total
  /// A measure's id.
  package var measure: String?
  /// The first and last day number on which a payment accrues.
  package var days: ClosedRange<Int32>?
  /// An id.
  package var beneficiary: String?

  /// The whole total.
  package init() {}

  /// Whether it is the whole total.
  package var isTotal: Bool { self == Goal() }

  /// Its amount (fen).
  package func amount(_ ledger: Ledger) -> Int64 {
    var sum: Int64 = 0
    for block in ledger.blocks where measure == nil || ledger.measures[block.measure].id == measure {
      if days == nil, beneficiary == nil {
        let tally = Tally(block, lastDue: ledger.lastDue)
        sum = Amounts.add(sum, part == .due ? tally.due : part == .pending ? tally.pending : tally.total)
        continue
      }
      each(block, ledger) { i in sum = Amounts.add(sum, block.amount(i)) }
    }
    return sum
  }

  /// The payments that it sums up, one by one, where they are not many, beside all others.
  package func parts(_ ledger: Ledger) -> Solver.Course.Parts? {
    guard ledger.blocks.reduce(0, { $0 + $1.count }) <= 4 * Steadiness.most else { return nil }
    var amounts: [Int64] = []
    var all = Digest()
    for block in ledger.blocks {
      for i in 0..<block.count { all.add(block.amount(i)) }
      guard measure == nil || ledger.measures[block.measure].id == measure else { continue }
      each(block, ledger) { i in amounts.append(block.amount(i)) }
    }
    return Solver.Course.Parts(amounts: amounts, all: all.value)
  }

  /// A digest of who stands how among the payments: where it is the same, the goal sums up the same payments.
  /// - Parameter isAsked: whether it is asked of the whole total, too.
  package func shape(_ ledger: Ledger, evenOfTotal isAsked: Bool = false) -> UInt64 {
    if isTotal, !isAsked { return 0 }
    var digest = Digest()
    let dated = days != nil || part != .total
    for block in ledger.blocks {
      digest.add(Int64(block.measure))
      let subjects = block.subjects, dates = dated ? block.dates : []
      for i in subjects.indices {
        digest.add(Int64(subjects[i]) << 8 | Int64(block.standings.isEmpty ? 0 : block.standings[i]))
        if dated { digest.add(Int64(dates[i])) }
      }
    }
    return digest.value
  }

  private func each(_ block: PaymentBlock, _ ledger: Ledger, _ body: (Int) -> Void) {
    let who = beneficiary.flatMap { ledger.dataset.row($0, in: block.beneficiarySpace) }
    if beneficiary != nil, who == nil { return }
    let dates = block.dates, beneficiaries = block.beneficiaries
    for i in dates.indices where block.standings.isEmpty || Standing(of: block.standings[i]).isInTotal {
      let date = dates[i]
      if let days, !days.contains(date) { continue }
      if let who, beneficiaries[i] != who { continue }
      switch part {
      case .total: break
      case .due: if !ledger.isDue(date) { continue }
      case .pending: if ledger.isDue(date) { continue }
      }
      body(i)
    }
  }
}
