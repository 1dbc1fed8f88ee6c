// Every payment of a ledger in the order of the contract: date, measure, beneficiary, subject, by code point. The
// columns of the ledger are taken once and stay where they are; the order is made when somebody asks for it. Knows
// nothing of how payments are shown.

import Engine
import Facts
import PolicyLanguage
import Reckoning
import Synchronization

/// Payments in order, those displaced or over quota included.
package struct PaymentList: Sendable {
  /// What became of a payment.
  package enum Status: String, Sendable {
    case due
    case pending
    case displaced
    case overQuota = "over_quota"
    case overCap = "over_cap"
    /// Taken back, on its own day: a negative amount.
    case recovered
    /// Below nought, and not paid.
    case belowNought = "below_nought"
  }

  /// One payment.
  package struct Payment: Sendable {
    /// The measure that pays it.
    package let measure: CheckedMeasure
    /// The id of who gets it.
    package let beneficiary: String
    /// The id of what it is paid for, with a year behind it (`k1@2022`) where the measure pays by years.
    package let subject: String
    /// The day on which it accrues.
    package let date: Day
    /// Fen.
    package let amount: Int64
    /// What became of it.
    package let status: Status
    /// Whether the amount is the most that the text allows.
    package let isUpperBound: Bool
    /// The measure that stands instead of a displaced one.
    package let displacedBy: CheckedMeasure?
    /// Its part of the list, and its row there.
    let place: (part: Int, row: Int)
    /// Fen that were asked for before a cap cut it; nil where none did.
    package let claimed: Int64?
    /// The measure or limit whose cap cut it.
    package let limit: String?
  }

  /// The payments of one `pay` clause, with the columns of its block: a block makes them behind a lock.
  package final class Part: Sendable {
    /// Where the payments come from.
    package let block: PaymentBlock
    /// The measure that pays them.
    package let measure: CheckedMeasure
    /// Where the measure's id stands among all.
    let position: Int
    /// The number of its first payment, counted through all parts.
    package let first: Int
    /// How many payments it has.
    package let count: Int
    /// Accrual dates as numbers of days (`Day`).
    package let dates: [Int32]
    /// Numbers in the block's beneficiary space.
    package let beneficiaries: [Int32]
    /// Numbers in the block's subject space.
    package let subjects: [Int32]
    /// Empty where subjects have no years.
    package let years: [Int32]
    /// Fen; one for all, or one each.
    package let amounts: [Int64]
    /// Empty where all are paid.
    package let standings: [UInt8]
    /// Empty where none is displaced.
    package let displacedBy: [Int32]
    /// What caps have cut; nil where nothing was.
    package let cut: CutPayments?

    fileprivate init(_ block: PaymentBlock, _ measure: CheckedMeasure, position: Int, first: Int) {
      self.block = block
      self.measure = measure
      self.position = position
      self.first = first
      (dates, beneficiaries, subjects) = (block.dates, block.beneficiaries, block.subjects)
      (years, amounts, standings, displacedBy) = (block.years, block.amounts, block.standings, block.displacedBy)
      cut = block.cut
      count = dates.count
      Invariant.holds(
        beneficiaries.count == count && subjects.count == count,
        "columns-of-one-length: the columns of a payment block are of one length.")
    }

    /// The amount of one of its payments (fen).
    package func amount(_ row: Int) -> Int64 { amounts.count == 1 ? amounts[0] : amounts[row] }

    /// What became of one of its payments.
    package func standing(_ row: Int) -> Standing { standings.isEmpty ? .paid : Standing(of: standings[row]) }

    /// What was asked for of a payment that a cap cut, and whose cap; nil where none did.
    package func cut(_ row: Int) -> (claimed: Int64, limit: String)? {
      guard let cut, let limit = cut.by[row] else { return nil }
      return (cut.claimed[row], limit)
    }
  }

  /// The ledger that is listed.
  package let ledger: Ledger
  /// In the order of their measures' ids.
  package let parts: [Part]
  /// How many payments there are.
  package let count: Int
  private let known = Known()

  /// Takes the columns of a ledger's blocks.
  ///
  /// - Parameter wanted: whether a measure's payments are listed.
  package init(_ ledger: Ledger, where wanted: (CheckedMeasure) -> Bool = { _ in true }) {
    self.ledger = ledger
    let ids = ledger.measures.indices.sorted {
      ledger.measures[$0].id.utf8.lexicographicallyPrecedes(ledger.measures[$1].id.utf8)
    }
    var positions = Array(repeating: 0, count: ids.count)
    for (position, measure) in ids.enumerated() { positions[measure] = position }
    let blocks = ledger.blocks.indices.filter { number in
      let block = ledger.blocks[number]
      return block.count > 0 && wanted(ledger.measures[block.measure])
    }.sorted { a, b in (positions[ledger.blocks[a].measure], a) < (positions[ledger.blocks[b].measure], b) }
    // Blocks make their columns when they are first asked for them, several at a time.
    Team.share(blocks.count, threads: ledger.settings.threads) { _ = ledger.blocks[blocks[$0]].dates.count }
    var parts: [Part] = []
    var count = 0
    for number in blocks {
      let block = ledger.blocks[number]
      let part = Part(block, ledger.measures[block.measure], position: positions[block.measure], first: count)
      parts.append(part)
      count += part.count
    }
    self.parts = parts
    self.count = count
  }

  // MARK: In order

  /// The payments in order, made anew for each call.
  ///
  /// - Parameters:
  ///   - limit: how many are wanted, from the first; there may be more in the result, up to the end of a day.
  ///   - threads: how many share the work; nil: as many as shared the run.
  ///   - isCancelled: asked now and then by every thread.
  /// - Returns: nil when it was cancelled.
  package func order(first limit: Int = .max, threads: Int? = nil, isCancelled: () -> Bool = { false }) -> PaymentOrder?
  {
    PaymentOrder(
      parts, ledger.dataset, limit: limit, threads: threads ?? ledger.settings.threads, isCancelled: isCancelled)
  }

  /// The first payments, without putting those of later days in order.
  package func first(_ limit: Int) -> [Payment] {
    guard let order = order(first: limit) else {
      Invariant.broken("orders-are-made: an order that nobody cancels is made.")
    }
    return order.numbers.prefix(limit).map(payment)
  }

  /// The payment at a position of the order, which is kept from the first call on.
  package subscript(position: Int) -> Payment {
    let numbers = known.numbers.withLock { numbers in
      if let numbers { return numbers }
      guard let made = order() else { Invariant.broken("orders-are-made: an order that nobody cancels is made.") }
      numbers = made.numbers
      return made.numbers
    }
    return payment(numbers[position])
  }

  /// The payment with a number.
  private func payment(_ number: UInt32) -> Payment {
    let index = PaymentList.part(of: number, parts)
    let part = parts[index]
    let block = part.block
    let row = Int(number) - part.first
    let date = part.dates[row]
    let standing = part.standing(row)
    let status: Status =
      switch standing {
      case .paid: ledger.isDue(date) ? .due : .pending
      case .displaced: .displaced
      case .overQuota: .overQuota
      case .overCap: .overCap
      case .recovered: .recovered
      case .belowNought: .belowNought
      }
    return Payment(
      measure: part.measure, beneficiary: ledger.name(part.beneficiaries[row], in: block.beneficiarySpace),
      subject: subject(part, row), date: Day(number: date), amount: part.amount(row), status: status,
      isUpperBound: block.isUpperBound, displacedBy: standing == .displaced ? displacer(of: row, in: part) : nil,
      place: (index, row), claimed: part.cut(row)?.claimed, limit: part.cut(row)?.limit)
  }

  private func subject(_ part: Part, _ row: Int) -> String {
    let name = ledger.name(part.subjects[row], in: part.block.subjectSpace)
    return part.years.isEmpty ? name : name + "@" + SubjectMark.text(part.years[row])
  }

  /// The measure that stands instead of a displaced payment; nil where it is not of this ledger.
  package func displacer(of row: Int, in part: Part) -> CheckedMeasure? {
    guard part.displacedBy.indices.contains(row) else { return nil }
    let index = Int(part.displacedBy[row])
    return ledger.measures.indices.contains(index) ? ledger.measures[index] : nil
  }

  /// The part that a payment's number falls into.
  package static func part(of number: UInt32, _ parts: [Part]) -> Int {
    var (from, to) = (0, parts.count - 1)
    while from < to {
      let middle = (from + to + 1) / 2
      if parts[middle].first <= Int(number) { from = middle } else { to = middle - 1 }
    }
    return from
  }

  /// Whether a cap has cut any of them.
  package var hasCuts: Bool { parts.contains { $0.cut != nil } }

  /// All payments added up.
  package var sum: Tally {
    let lastDue = ledger.settings.asOf?.number
    return parts.reduce(into: Tally()) { $0.add(Tally($1.block, lastDue: lastDue)) }
  }

  /// How many payments that are not paid have ended one way, and what they come to (fen); nothing for those that are.
  package func sum(of status: Status) -> (count: Int, fen: Int64) {
    let wanted: Standing
    switch status {
    case .displaced: wanted = .displaced
    case .overQuota: wanted = .overQuota
    case .overCap: wanted = .overCap
    case .belowNought: wanted = .belowNought
    case .due, .pending, .recovered: return (0, 0)
    }
    var (count, fen) = (0, Int64(0))
    for part in parts where !part.standings.isEmpty {
      for row in 0..<part.count where part.standings[row] == wanted.rawValue {
        count += 1
        fen = Amounts.add(fen, part.amount(row))
      }
    }
    return (count, fen)
  }

  /// What is kept of an order, for whoever goes through the payments one by one.
  private final class Known: Sendable {
    let numbers = Mutex<[UInt32]?>(nil)
  }
}
