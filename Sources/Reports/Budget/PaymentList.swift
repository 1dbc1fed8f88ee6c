// Every payment of a ledger in the order of the contract: date, measure, beneficiary, subject, by code point. The columns
// of the ledger are taken once and stay where they are; the order is made when somebody asks for it. Knows nothing of how
// payments are shown.

import Engine
import Facts
import PolicyLanguage
import Reckoning
import Synchronization

/// Payments in order, those displaced or over quota included.
public struct PaymentList: Sendable {
  /// What became of a payment.
  public enum Status: String, Sendable {
    case due
    case pending
    case displaced
    case overQuota = "over_quota"
  }

  /// One payment.
  public struct Entry: Sendable {
    public let measure: CheckedMeasure
    public let beneficiary: String
    public let subject: String
    public let date: Day
    /// Fen.
    public let amount: Int64
    public let status: Status
    public let isUpperBound: Bool
    /// The measure that stands instead of a displaced one.
    public let displacedBy: CheckedMeasure?
  }

  /// The payments of one `pay` clause, with the columns of its block: a block makes them behind a lock.
  public final class Part: Sendable {
    public let block: PaymentBlock
    public let measure: CheckedMeasure
    /// Where the measure's id stands among all.
    let position: Int
    /// The number of its first payment, counted through all parts.
    public let first: Int
    public let count: Int
    /// Accrual dates.
    public let dates: [Int32]
    public let beneficiaries: [Int32]
    public let subjects: [Int32]
    /// Empty where subjects have no years.
    public let years: [Int32]
    /// Fen; one for all, or one each.
    public let amounts: [Int64]
    /// Empty where all are paid.
    public let standings: [UInt8]
    /// Empty where none is displaced.
    public let displacedBy: [Int32]

    fileprivate init(_ block: PaymentBlock, _ measure: CheckedMeasure, position: Int, first: Int) {
      self.block = block
      self.measure = measure
      self.position = position
      self.first = first
      (dates, beneficiaries, subjects) = (block.dates, block.beneficiaries, block.subjects)
      (years, amounts, standings, displacedBy) = (block.years, block.amounts, block.standings, block.displacedBy)
      count = min(dates.count, beneficiaries.count, subjects.count)
    }

    public func amount(_ row: Int) -> Int64 { amounts.count == 1 ? amounts[0] : amounts[row] }
  }

  public let ledger: Ledger
  /// In the order of their measures' ids.
  public let parts: [Part]
  public let count: Int
  private let known = Known()

  /// - Parameter wanted: whether a measure's payments are listed.
  public init(_ ledger: Ledger, where wanted: (CheckedMeasure) -> Bool = { _ in true }) {
    self.ledger = ledger
    let ids = ledger.measures.indices.sorted {
      ledger.measures[$0].id.utf8.lexicographicallyPrecedes(ledger.measures[$1].id.utf8)
    }
    var positions = Array(repeating: 0, count: ids.count)
    for (position, measure) in ids.enumerated() { positions[measure] = position }
    let blocks = ledger.blocks.indices.filter { number in
      let block = ledger.blocks[number]
      return positions.indices.contains(block.measure) && block.count > 0 && wanted(ledger.measures[block.measure])
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
  public func order(first limit: Int = .max, threads: Int? = nil, isCancelled: () -> Bool = { false }) -> PaymentOrder?
  {
    PaymentOrder(
      parts, ledger.dataset, limit: limit, threads: threads ?? ledger.settings.threads, isCancelled: isCancelled)
  }

  /// The first payments, without putting those of later days in order.
  public func first(_ limit: Int) -> [Entry] {
    order(first: limit)?.numbers.prefix(limit).map(entry) ?? []
  }

  /// The payment at a position of the order, which is kept from the first call on.
  public subscript(position: Int) -> Entry {
    let numbers = known.numbers.withLock { numbers in
      if let numbers { return numbers }
      let made = order()?.numbers ?? []
      numbers = made
      return made
    }
    return entry(numbers[position])
  }

  /// The payment with a number.
  private func entry(_ number: UInt32) -> Entry {
    let part = parts[PaymentList.part(of: number, parts)]
    let block = part.block
    let row = Int(number) - part.first
    let date = part.dates[row]
    let standing = part.standings.isEmpty ? .paid : Standing(rawValue: part.standings[row]) ?? .paid
    let status: Status =
      switch standing {
      case .paid: ledger.isDue(date) ? .due : .pending
      case .displaced: .displaced
      case .overQuota: .overQuota
      }
    return Entry(
      measure: part.measure, beneficiary: ledger.name(part.beneficiaries[row], in: block.beneficiarySpace),
      subject: subject(part, row), date: Day(number: date), amount: part.amount(row), status: status,
      isUpperBound: block.isUpperBound, displacedBy: standing == .displaced ? displacer(of: row, in: part) : nil)
  }

  private func subject(_ part: Part, _ row: Int) -> String {
    let name = ledger.name(part.subjects[row], in: part.block.subjectSpace)
    return part.years.isEmpty ? name : name + "@\(part.years[row])"
  }

  private func displacer(of row: Int, in part: Part) -> CheckedMeasure? {
    guard part.displacedBy.indices.contains(row) else { return nil }
    let index = Int(part.displacedBy[row])
    return ledger.measures.indices.contains(index) ? ledger.measures[index] : nil
  }

  /// The part that a payment's number falls into.
  public static func part(of number: UInt32, _ parts: [Part]) -> Int {
    var (from, to) = (0, parts.count - 1)
    while from < to {
      let middle = (from + to + 1) / 2
      if parts[middle].first <= Int(number) { from = middle } else { to = middle - 1 }
    }
    return from
  }

  /// All payments added up.
  public var sum: Tally {
    let lastDue = ledger.settings.asOf?.number
    return parts.reduce(into: Tally()) { $0.add(Tally($1.block, lastDue: lastDue)) }
  }

  /// What is kept of an order, for whoever goes through the payments one by one.
  private final class Known: Sendable {
    let numbers = Mutex<[UInt32]?>(nil)
  }
}
