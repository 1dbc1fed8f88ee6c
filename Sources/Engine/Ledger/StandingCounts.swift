// What holds of a block's payments whatever their amounts are: how many stand how, and who is paid at all. Worked out
// once and handed on where a changed rate leaves everything but amounts as it was.
import Facts
import Reckoning

/// How many of a block's payments stand how.
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
  /// Taken back by the last day.
  package internal(set) var recovered = 0
  /// Taken back after it.
  package internal(set) var recoveredLater = 0
  /// Not paid, since it comes out below nought.
  package internal(set) var belowNought = 0

  /// Counts so many more.
  mutating func add(_ standing: Standing, _ n: Int = 1, isDue: Bool) {
    switch standing {
    case .paid: if isDue { due += n } else { pending += n }
    case .displaced: displaced += n
    case .overQuota: overQuota += n
    case .overCap: overCap += n
    case .recovered: if isDue { recovered += n } else { recoveredLater += n }
    case .belowNought: belowNought += n
    }
  }
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
      // Counted by byte, due and later: the loop is over every payment.
      var early = [Int](repeating: 0, count: Standing.count), late = early
      standings.withUnsafeBufferPointer { standings in
        dates.withUnsafeBufferPointer { dates in
          let standings = Lane(standings), dates = Lane(dates)
          for i in 0..<count {
            let standing = standings.count == 0 ? 0 : Int(standings[i])
            if dates.count == 0 || dates[i] <= last { early[standing] += 1 } else { late[standing] += 1 }
          }
        }
      }
      for raw in 0..<Standing.count {
        let standing = Invariant.value(Standing(rawValue: UInt8(raw)), PaymentBlock.standingKnown)
        found.add(standing, early[raw], isDue: true)
        found.add(standing, late[raw], isDue: false)
      }
      return found
    }
  }

  /// Tells who gets some payment that is paid; some of them more than once.
  package func forEachPaidBeneficiary(_ body: (Int32) -> Void) {
    if standings.isEmpty, forEachCount({ who, _ in body(who) }) { return }
    let paid = counted.paid {
      var seen = RowSet()
      var last = Absent.unknown32
      let all = beneficiaries
      standings.withUnsafeBufferPointer { standings in
        for i in all.indices where all[i] != last && (standings.isEmpty || standings[i] == Standing.paid.rawValue) {
          last = all[i]
          seen.insert(last)
        }
      }
      return seen.first(seen.count)
    }
    for who in paid { body(who) }
  }
}
