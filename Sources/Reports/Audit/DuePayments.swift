// What is due, and what was reckoned and is not, as an audit looks for it: by measure and by whom it concerns. Knows
// nothing of lists of payments.

import Engine
import Facts
import PolicyLanguage
import Reckoning

/// One payment of a ledger.
struct DuePayment: Sendable {
  /// Index into the ledger's measures.
  let measure: Int
  let beneficiary: Payee
  let subject: Payee
  /// What stands behind the subject's `@`; nil where nothing does.
  let mark: String?
  let day: Int32
  /// Below nought for what is taken back, which is due or pending like any payment.
  let fen: Int64
  let status: PaymentList.Status
  /// The measure that stands instead; nil where none does.
  let displacedBy: Int?
}

/// The payments of a ledger that a list may be about.
struct DuePayments {
  let ledger: Ledger
  let all: [DuePayment]
  /// Those that are paid, due or pending, by whom they concern as payee and as subject.
  private var byBeneficiary: [Payee: [Int]] = [:]
  private var bySubject: [Payee: [Int]] = [:]
  /// - Parameter wanted: the measures that count, by their index.
  init(_ ledger: Ledger, where wanted: Set<Int>) {
    self.ledger = ledger
    let list = PaymentList(ledger) { measure in
      ledger.measures.firstIndex { $0.id == measure.id }.map { wanted.contains($0) } ?? false
    }
    var all: [DuePayment] = []
    all.reserveCapacity(list.count)
    for part in list.parts {
      for row in 0..<part.count {
        let standing = part.standing(row)
        let status: PaymentList.Status =
          switch standing {
          case .paid, .recovered: ledger.isDue(part.dates[row]) ? .due : .pending
          case .displaced: .displaced
          case .overQuota: .overQuota
          case .overCap: .overCap
          case .belowNought: .belowNought
          }
        let other = part.displacedBy.isEmpty ? -1 : Int(part.displacedBy[row])
        all.append(
          DuePayment(
            measure: part.block.measure,
            beneficiary: Payee(space: part.block.beneficiarySpace, row: part.beneficiaries[row]),
            subject: Payee(space: part.block.subjectSpace, row: part.subjects[row]),
            mark: part.years.isEmpty ? nil : SubjectMark.text(part.years[row]), day: part.dates[row],
            fen: part.amount(row), status: status, displacedBy: other >= 0 ? other : nil))
      }
    }
    // The order of dates decides which of several alike is taken first.
    self.all = all.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    for (i, payment) in self.all.enumerated() {
      byBeneficiary[payment.beneficiary, default: []].append(i)
      if payment.subject != payment.beneficiary { bySubject[payment.subject, default: []].append(i) }
    }
  }

  /// Whether a payment belongs to what is due or pending.
  func isOpen(_ i: Int) -> Bool { all[i].status == .due || all[i].status == .pending }

  /// How many payments concern some people at most, without finding them.
  func weight(_ payees: Set<Payee>) -> Int {
    payees.reduce(0) { $0 + (byBeneficiary[$1]?.count ?? 0) + (bySubject[$1]?.count ?? 0) }
  }

  /// The payments that concern any of some people, in the order of their days.
  func concerning(_ payees: Set<Payee>) -> [Int] {
    var found: Set<Int> = []
    for payee in payees {
      found.formUnion(byBeneficiary[payee] ?? [])
      found.formUnion(bySubject[payee] ?? [])
    }
    return found.sorted()
  }
}
