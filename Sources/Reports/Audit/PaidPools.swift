// The payments that lines of a list may be, by amount and by day, with what other lines have taken of them: so that a
// list of thousands of lines to one firm is matched without looking through all payments for each. Knows nothing of
// names.

import Reckoning

/// The payments that some lines may be.
final class PaidPool {
  /// In the order of their days.
  let open: [Int]
  /// Whether all are of one measure.
  let isOfOneMeasure: Bool
  private let byFen: [Int64: AlikePayments]
  private var left: (version: Int, dues: [Int]) = (-1, [])
  /// By days, the groups that go together, for one version.
  private var groups: (version: Int, sums: [ClosedRange<Int32>: [Int64: (dues: [Int], count: Int)]]) = (-1, [:])

  init(_ open: [Int], _ dues: DuePayments) {
    self.open = open
    isOfOneMeasure = Set(open.map { dues.all[$0].measure }).count < 2
    byFen = Dictionary(grouping: open) { dues.all[$0].fen }.mapValues { AlikePayments($0, dues) }
  }

  /// Those of an amount; nil where there are none.
  func alike(_ fen: Int64) -> AlikePayments? { byFen[fen] }

  /// Those that no line has taken.
  func free(_ taken: TakenPayments) -> [Int] {
    if left.version != taken.version { left = (taken.version, open.filter { !taken.has($0) }) }
    return left.dues
  }

  /// The payments of one measure to one beneficiary within some days that come to an amount, and how many such groups
  /// there are.
  func together(
    _ fen: Int64, _ days: ClosedRange<Int32>, _ taken: TakenPayments, _ dues: DuePayments
  ) -> (dues: [Int], count: Int)? {
    if groups.version != taken.version { groups = (taken.version, [:]) }
    if let known = groups.sums[days] { return known[fen] }
    struct Group: Hashable {
      let measure: Int
      let payee: Payee
    }
    let meant = free(taken).filter { days.contains(dues.all[$0].day) }
    let found = Dictionary(grouping: meant) { Group(measure: dues.all[$0].measure, payee: dues.all[$0].beneficiary) }
    var sums: [Int64: (dues: [Int], count: Int)] = [:]
    for group in found.values where group.count > 1 {
      let sum = group.reduce(0) { Amounts.add($0, dues.all[$1].fen) }
      sums[sum, default: (group, 0)].count += 1
    }
    groups.sums[days] = sums
    return sums[fen]
  }
}

/// Which payments lines have taken.
final class TakenPayments {
  private var taken: [Bool]
  /// Another one each time that a payment is taken.
  private(set) var version = 0

  init(_ count: Int) { taken = Array(repeating: false, count: count) }

  func has(_ due: Int) -> Bool { taken[due] }

  func take(_ due: Int) {
    taken[due] = true
    version += 1
  }
}

/// Payments of one amount, in the order of their days.
final class AlikePayments {
  let dues: [Int]
  let isOfOneMeasure: Bool
  private let days: [Int32]
  /// From each on the first, and up to each the last, that may be free still.
  private var later: [Int]
  private var earlier: [Int]

  init(_ dues: [Int], _ payments: DuePayments) {
    self.dues = dues
    days = dues.map { payments.all[$0].day }
    isOfOneMeasure = Set(dues.map { payments.all[$0].measure }).count < 2
    later = Array(0...dues.count)
    earlier = Array(-1..<dues.count)
  }

  /// The places of those that fall on some days.
  func places(_ range: ClosedRange<Int32>) -> Range<Int> {
    let from = days.partitioned { $0 >= range.lowerBound }
    return from..<max(from, days.partitioned { $0 > range.upperBound })
  }

  /// The first place from one on of a payment that is free; the count where there is none.
  func free(from place: Int, _ taken: TakenPayments) -> Int {
    var at = later[place]
    while at < dues.count, taken.has(dues[at]) { at = later[at + 1] }
    later[place] = at
    return at
  }

  /// The last place before one of a payment that is free; -1 where there is none.
  func free(before place: Int, _ taken: TakenPayments) -> Int {
    var at = earlier[place]
    while at >= 0, taken.has(dues[at]) { at = earlier[at] }
    earlier[place] = at
    return at
  }

  /// The free one whose day is nearest to a day, the earlier of two.
  func nearest(to day: Int32, _ taken: TakenPayments) -> Int? {
    let place = days.partitioned { $0 >= day }
    let (before, after) = (free(before: place, taken), free(from: place, taken))
    guard before >= 0 else { return after < dues.count ? dues[after] : nil }
    if after < dues.count, Int(days[after]) - Int(day) < Int(day) - Int(days[before]) { return dues[after] }
    // The first of that day.
    let first = free(from: days.partitioned { $0 >= days[before] }, taken)
    return dues[min(first, before)]
  }
}

extension [Int32] {
  /// Where the elements begin for which something holds, as it does for all behind them.
  fileprivate func partitioned(_ holds: (Int32) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
