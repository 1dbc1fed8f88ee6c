// What one block of payments comes to. The loops run over the block's arrays, since there may be ten million payments;
// no text is made of any of them. Knows nothing of measures.

import Engine
import Facts
import Reckoning

/// Payments counted and added up by what became of them.
package struct Tally: Sendable, Hashable {
  /// Payments that are paid: due or pending.
  package var payments = 0
  /// What accrues up to the `as_of` date (fen); everything where there is none.
  package var due: Int64 = 0
  /// What accrues after it (fen).
  package var pending: Int64 = 0
  /// What is not paid since another measure's payment stands instead (fen).
  package var displaced: Int64 = 0
  /// What is not paid since a quota has no place left (fen).
  package var overQuota: Int64 = 0
  /// What is not paid since it exceeds a cap (fen).
  package var overCap: Int64 = 0
  /// What of due and pending is taken back: nought or less (fen).
  package var recovered: Int64 = 0
  /// What is not paid since it comes out below nought: nought or less (fen).
  package var belowNought: Int64 = 0

  /// No payments.
  package init() {}

  /// Due and pending, less what is taken back. What is not paid stands outside.
  package var total: Int64 { Amounts.add(due, pending) }

  /// Whether there is nothing to report.
  package var isEmpty: Bool { self == Tally() }

  /// The tally with another's payments added.
  @inline(never)
  package mutating func add(_ other: Tally) {
    payments += other.payments
    due = Amounts.add(due, other.due)
    pending = Amounts.add(pending, other.pending)
    displaced = Amounts.add(displaced, other.displaced)
    overQuota = Amounts.add(overQuota, other.overQuota)
    overCap = Amounts.add(overCap, other.overCap)
    recovered = Amounts.add(recovered, other.recovered)
    belowNought = Amounts.add(belowNought, other.belowNought)
  }

  /// What it has beyond another's payments.
  func less(_ other: Tally) -> Tally {
    var out = self
    out.payments -= other.payments
    for path in Tally.amounts { out[keyPath: path] = Amounts.add(out[keyPath: path], -other[keyPath: path]) }
    return out
  }

  /// All its amounts.
  static var amounts: [WritableKeyPath<Tally, Int64>] {
    [\.due, \.pending, \.displaced, \.overQuota, \.overCap, \.recovered, \.belowNought]
  }

  /// Adds one payment.
  mutating func add(_ amount: Int64, _ standing: UInt8, isDue: Bool) {
    switch Standing(of: standing) {
    case .displaced: displaced = Amounts.add(displaced, amount)
    case .overQuota: overQuota = Amounts.add(overQuota, amount)
    case .overCap: overCap = Amounts.add(overCap, amount)
    case .belowNought: belowNought = Amounts.add(belowNought, amount)
    case .recovered:
      recovered = Amounts.add(recovered, amount)
      if isDue { due = Amounts.add(due, amount) } else { pending = Amounts.add(pending, amount) }
    case .paid:
      payments += 1
      if isDue { due = Amounts.add(due, amount) } else { pending = Amounts.add(pending, amount) }
    }
  }

  /// All payments of a block. Without `lastDue` everything is due.
  /// - Source: semantics, "Dates", `as_of`.
  init(_ block: PaymentBlock, lastDue: Int32?) {
    let count = block.count
    guard count > 0, !block.amounts.isEmpty else { return }
    if block.standings.isEmpty, lastDue == nil {
      payments = count
      due = Tally.sum(block.amounts, count)
      return
    }
    if block.standings.isEmpty, let lastDue, block.amounts.count == 1 {
      let early = block.count(upTo: lastDue)
      payments = count
      due = Amounts.multiply(block.amounts[0], early)
      pending = Amounts.multiply(block.amounts[0], count - early)
      return
    }
    if block.amounts.count == 1 {
      let amount = block.amounts[0], counts = block.standingCounts(lastDue: lastDue)
      payments = counts.due + counts.pending
      due = Amounts.multiply(amount, counts.due + counts.recovered)
      pending = Amounts.multiply(amount, counts.pending + counts.recoveredLater)
      recovered = Amounts.multiply(amount, counts.recovered + counts.recoveredLater)
      belowNought = Amounts.multiply(amount, counts.belowNought)
      displaced = Amounts.multiply(amount, counts.displaced)
      overQuota = Amounts.multiply(amount, counts.overQuota)
      overCap = Amounts.multiply(amount, counts.overCap)
      return
    }
    // Days are asked for only where they decide: they may have to be worked out.
    let dates = lastDue == nil ? [] : block.dates
    let last = lastDue ?? .max
    block.amounts.withUnsafeBufferPointer { amounts in
      dates.withUnsafeBufferPointer { dates in
        block.standings.withUnsafeBufferPointer { standings in
          for i in 0..<count {
            add(amounts[i], standings.isEmpty ? 0 : standings[i], isDue: dates.isEmpty || dates[i] <= last)
          }
        }
      }
    }
  }

  /// The sum of a block's amounts: one for all, or one each.
  private static func sum(_ amounts: [Int64], _ count: Int) -> Int64 {
    if amounts.count == 1 { return Amounts.multiply(amounts[0], count) }
    var total: Int64 = 0
    amounts.withUnsafeBufferPointer { amounts in
      var start = 0
      while start < amounts.count {
        let end = min(start + Amounts.safeRun, amounts.count)
        var part: Int64 = 0
        for i in start..<end { part &+= amounts[i] }
        total = Amounts.add(total, part)
        start = end
      }
    }
    return total
  }
}

extension Standing {
  /// The standing that a block's column of bytes holds.
  init(of byte: UInt8) {
    guard let standing = Standing(rawValue: byte) else {
      Invariant.broken("standings-known: a ledger holds only standings that there are.")
    }
    self = standing
  }
}

extension Ledger {
  /// The last day number that is due; nil when everything is.
  var lastDue: Int32? { settings.asOf?.number }

  /// How many ids a space has room for.
  func size(of space: Space) -> Int {
    switch space {
    case .list(let i): dataset.tables[i].count
    case .text: dataset.texts.texts.count
    case .district: dataset.places.count
    }
  }
}
