// What holds of a block's payments whatever their amounts are: how many stand how, and who is paid at all. Worked out
// once and handed on where a changed rate leaves everything but amounts as it was.
import Facts

/// How many of a block's payments are due, pending, displaced, over quota and over cap.
package struct StandingCounts: Sendable, Equatable {
  /// Paid by the last day.
  package internal(set) var due = 0
  /// Paid after it.
  package internal(set) var pending = 0
  /// Not paid, since something else is.
  package internal(set) var displaced = 0
  /// Not paid, for want of a seat.
  package internal(set) var overQuota = 0
  /// Not paid, since it exceeds a cap.
  package internal(set) var overCap = 0
}

/// What has been counted of the payments of a block, for it and for others that pay the same.
final class CountedPayments: @unchecked Sendable {
  private let lock = Lock()
  private var counts: (lastDue: Int32?, counts: StandingCounts)?
  private var paid: [Int32]?

  func counts(_ lastDue: Int32?, _ count: () -> StandingCounts) -> StandingCounts {
    lock.hold {
      if let counts, counts.lastDue == lastDue { return counts.counts }
      let found = count()
      counts = (lastDue, found)
      return found
    }
  }

  /// Who is paid, each once.
  func paid(_ find: () -> [Int32]) -> [Int32] {
    lock.hold {
      if let paid { return paid }
      let found = find()
      paid = found
      return found
    }
  }
}

extension PaymentBlock {
  /// How many payments stand how.
  /// - Parameter lastDue: the last day on which a payment is due; nil: all are.
  package func standingCounts(lastDue: Int32?) -> StandingCounts {
    counted.counts(lastDue) {
      var found = StandingCounts()
      // Days are asked for only where they decide: they may have to be worked out.
      let dates = lastDue == nil ? [] : self.dates
      let last = lastDue ?? .max
      var early = (0, 0, 0, 0), late = (0, 0, 0, 0)
      func add(_ standing: UInt8, _ to: inout (Int, Int, Int, Int)) {
        to.0 += standing == Standing.paid.rawValue ? 1 : 0
        to.1 += standing == Standing.displaced.rawValue ? 1 : 0
        to.2 += standing == Standing.overQuota.rawValue ? 1 : 0
        to.3 += standing == Standing.overCap.rawValue ? 1 : 0
      }
      standings.withUnsafeBufferPointer { standings in
        dates.withUnsafeBufferPointer { dates in
          let standings = Lane(standings), dates = Lane(dates)
          for i in 0..<count {
            let standing = standings.count == 0 ? Standing.paid.rawValue : standings[i]
            if dates.count == 0 || dates[i] <= last { add(standing, &early) } else { add(standing, &late) }
          }
        }
      }
      found.due = early.0
      found.pending = late.0
      found.displaced = early.1 + late.1
      found.overQuota = early.2 + late.2
      found.overCap = early.3 + late.3
      return found
    }
  }

  /// Tells who gets some payment that is paid; some of them more than once.
  package func forEachPaidBeneficiary(_ body: (Int32) -> Void) {
    if standings.isEmpty, forEachCount({ who, _ in body(who) }) { return }
    let paid = counted.paid {
      var seen: Set<Int32> = []
      var last = Absent.unknown32
      let all = beneficiaries
      standings.withUnsafeBufferPointer { standings in
        for i in all.indices where all[i] != last && (standings.isEmpty || standings[i] == Standing.paid.rawValue) {
          last = all[i]
          seen.insert(last)
        }
      }
      return Array(seen)
    }
    for who in paid { body(who) }
  }
}
