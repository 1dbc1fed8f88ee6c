// An effect split over the single changes that make it, whatever the order in which they are made: each change gets the
// average of what it adds over all orders (Shapley's value), in whole fen that add up to the effect. Knows nothing of
// what the changes are, or of how a set of them is run.

import Reckoning

/// The effect of several changes together, split over them.
package struct Attribution: Sendable, Equatable {
  /// How the averages were found.
  package enum Method: Sendable, Equatable {
    /// Over every set of the changes, of which there are so many.
    case exact(runs: Int)
    /// Over so many orders drawn with a seed, for which so many sets were run.
    case sampled(orders: Int, runs: Int, seed: UInt64)
  }

  /// One change.
  package struct Part: Sendable, Equatable {
    /// What it is given of the effect (fen).
    package let fen: Int64
    /// What it adds by itself (fen).
    package let alone: Int64
    /// What it adds when all others are made already (fen).
    package let last: Int64
    /// By how much a part that was sampled may be off: one standard error of the mean (fen); nought where it is exact.
    package let error: Int64
    /// Whether a fen was added so that the parts add up.
    package let isRounded: Bool
  }

  /// In the order of the changes.
  package private(set) var parts: [Part]
  /// The averages before they are whole fen.
  let exact: [Fraction]
  /// What all of them add together (fen): the sum of the parts.
  package let effect: Int64
  package let method: Method

  /// More changes than this are sampled: every further one doubles the runs.
  static let mostExact = 12
  /// A set of changes is a number with a bit for each.
  package static let most = 60

  /// Splits the effect of `count` changes.
  ///
  /// - Parameters:
  ///   - orders: how many orders are drawn where there are too many changes for all of them.
  ///   - value: what comes of a set of changes (fen), bit i being change i; nil where that is not to be had.
  /// - Returns: nil where a set has no value.
  package init?(count: Int, orders: Int = 200, seed: UInt64 = 1, value: @escaping (UInt64) -> Int64?) {
    var values = Values(value)
    let all = count == 0 ? 0 : UInt64.max >> UInt64(64 - count)
    guard count <= Attribution.most, let none = values[0], let whole = values[all] else { return nil }
    effect = Amounts.add(whole, -none)
    var fractions: [Fraction] = []
    var errors = Array(repeating: Int64(0), count: count)
    if count <= Attribution.mostExact {
      guard let found = Attribution.averages(count, &values) else { return nil }
      fractions = found
      method = .exact(runs: values.count)
    } else {
      guard let (sums, spread) = Attribution.drawn(count, orders, seed, &values) else { return nil }
      // Each order is gone through from both ends.
      fractions = sums.map { Fraction(numerator: Int128($0), denominator: Int128(orders * 2)) }
      errors = spread
      method = .sampled(orders: orders * 2, runs: values.count, seed: seed)
    }
    var alone: [Int64] = []
    var last: [Int64] = []
    for i in 0..<count {
      guard let first = values[1 << UInt64(i)], let others = values[all & ~(1 << UInt64(i))] else { return nil }
      alone.append(Amounts.add(first, -none))
      last.append(Amounts.add(whole, -others))
    }
    exact = fractions
    let (fen, rounded) = Attribution.wholeFen(fractions, effect)
    parts = (0..<count).map {
      Part(fen: fen[$0], alone: alone[$0], last: last[$0], error: errors[$0], isRounded: rounded[$0])
    }
    Invariant.holds(
      parts.reduce(0) { Amounts.add($0, $1.fen) } == effect, "parts-add-up: the parts of an effect add up to it.")
  }

  /// The same with other whole fen for the parts, which add up to as much.
  func with(_ fen: [Int64]) -> Attribution {
    var other = self
    other.parts = parts.indices.map { i in
      let own = parts[i]
      return Part(
        fen: fen[i], alone: own.alone, last: own.last, error: own.error, isRounded: fen[i] > exact[i].floor.whole)
    }
    Invariant.holds(
      other.parts.reduce(0) { Amounts.add($0, $1.fen) } == effect, "parts-add-up: the parts of an effect add up to it.")
    return other
  }

  /// A fraction of fen.
  struct Fraction: Sendable, Equatable {
    fileprivate let numerator: Int128
    fileprivate let denominator: Int128

    /// The whole fen below it, and what is left, in its denominators.
    var floor: (whole: Int64, rest: Int128) {
      var (whole, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
      if rest < 0 {
        whole -= 1
        rest += denominator
      }
      return (Int64(truncatingIfNeeded: whole), rest)
    }
  }

  /// What sets of changes come to, each asked for once.
  private struct Values {
    private var known: [UInt64: Int64] = [:]
    private let find: (UInt64) -> Int64?

    init(_ find: @escaping (UInt64) -> Int64?) { self.find = find }

    var count: Int { known.count }

    subscript(set: UInt64) -> Int64? {
      mutating get {
        if let value = known[set] { return value }
        let value = find(set)
        known[set] = value
        return value
      }
    }
  }

  /// The exact averages: a set of k changes stands before change i in k! (n − k − 1)! of the n! orders.
  private static func averages(_ count: Int, _ values: inout Values) -> [Fraction]? {
    var factorials: [Int128] = [1]
    for i in 0..<count { factorials.append(factorials[i] * Int128(i + 1)) }
    var sums = Array(repeating: Int128(0), count: count)
    // Neighbours differ by one change, so that a run goes on from the one before it.
    for step in 0..<(UInt64(1) << UInt64(count)) {
      let set = step ^ (step >> 1)
      guard let value = values[set] else { return nil }
      let size = set.nonzeroBitCount
      for i in 0..<count {
        if set & (1 << UInt64(i)) != 0 {
          sums[i] += Int128(value) * factorials[size - 1] * factorials[count - size]
        } else {
          sums[i] -= Int128(value) * factorials[size] * factorials[count - size - 1]
        }
      }
    }
    return sums.map { Fraction(numerator: $0, denominator: factorials[count]) }
  }

  /// Sums over orders that are drawn, each gone through forwards and backwards, and the standard errors of their means.
  private static func drawn(
    _ count: Int, _ orders: Int, _ seed: UInt64, _ values: inout Values
  ) -> (sums: [Int64], errors: [Int64])? {
    var sums = Array(repeating: Int64(0), count: count)
    var means = Array(repeating: 0.0, count: count)
    var spreads = Array(repeating: 0.0, count: count)
    for draw in 0..<orders {
      var numbers = SeededNumbers(seed: seed, draw: draw)
      var order = Array(0..<count)
      for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, Int(numbers.below(UInt64(i + 1)))) }
      var pair = Array(repeating: Int64(0), count: count)
      for one in [order, order.reversed()] {
        var set: UInt64 = 0
        guard var before = values[0] else { return nil }
        for i in one {
          set |= 1 << UInt64(i)
          guard let after = values[set] else { return nil }
          pair[i] = Amounts.add(pair[i], Amounts.add(after, -before))
          before = after
        }
      }
      for i in 0..<count {
        sums[i] = Amounts.add(sums[i], pair[i])
        // Around the mean so far, so that amounts that are always the same come to no spread at all.
        let off = Double(pair[i]) / 2 - means[i]
        means[i] += off / Double(draw + 1)
        spreads[i] += off * (Double(pair[i]) / 2 - means[i])
      }
    }
    let n = Double(orders)
    let errors = spreads.map { Int64(($0 / max(1, n - 1) / n).squareRoot().rounded(.up)) }
    return (sums, errors)
  }

  /// Fractions as whole fen that add up: each is rounded down, and the fen that are left go to the largest remainders,
  /// of equal ones to the first.
  private static func wholeFen(_ exact: [Fraction], _ effect: Int64) -> (fen: [Int64], isRounded: [Bool]) {
    let floors = exact.map(\.floor)
    var fen = floors.map(\.whole)
    var rounded = Array(repeating: false, count: fen.count)
    let left = Amounts.add(effect, -fen.reduce(0, Amounts.add))
    Invariant.holds(
      left >= 0 && left <= Int64(fen.count), "remainders-are-fen: fewer fen are left over than there are changes.")
    let order = floors.indices.sorted { a, b in
      floors[a].rest != floors[b].rest ? floors[a].rest > floors[b].rest : a < b
    }
    for i in order.prefix(Int(left)) {
      fen[i] += 1
      rounded[i] = true
    }
    return (fen, rounded)
  }
}
