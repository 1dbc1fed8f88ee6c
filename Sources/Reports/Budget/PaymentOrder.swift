// Payments put in the order of the contract: counted by day first, then sorted within each day and measure by
// beneficiary and subject. Payments are numbered, four bytes each, and parts are numbered in the order of their
// measures, so that the days of a count hold their measures in order already.

import Engine
import Facts
import Reckoning
import Synchronization

/// Payments in the order of date, measure, beneficiary and subject.
package struct PaymentOrder: Sendable {
  /// The payments of one day.
  package struct Stretch: Sendable {
    /// The day's number (`Day`).
    package let day: Int32
    /// The place after its last payment.
    package let end: Int
  }

  /// Days with payments, ascending.
  package let days: [Stretch]
  /// The number of the payment at each place, counted through the parts of its list. 32 bits are enough: the columns of
  /// as many payments would not fit into a machine that has less than 64 GiB.
  package let numbers: [UInt32]

  /// Puts payments in order.
  ///
  /// - Parameters:
  ///   - limit: how many are wanted, from the first; there may be more in the result, up to the end of a day.
  ///   - isCancelled: asked now and then by every thread.
  /// - Returns: nil when it was cancelled.
  init?(_ parts: [PaymentList.Part], _ dataset: Dataset, limit: Int, threads: Int, isCancelled: () -> Bool) {
    let total = parts.reduce(0) { $0 + $1.count }
    let threads = total < 1 << 16 ? 1 : max(1, min(threads, 16))
    let table = DayNumbers(parts)
    // Each thread counts one stretch of the payments, and later puts them behind those of the threads before it.
    let edges = (0...threads).map { total * $0 / threads }
    let counts = UnsafeMutablePointer<Int>.allocate(capacity: max(table.count * threads, 1))
    counts.initialize(repeating: 0, count: table.count * threads)
    defer { counts.deallocate() }
    Team.share(threads, threads: threads) { thread in
      let own = counts + thread * table.count
      PaymentOrder.walk(parts, edges[thread]..<edges[thread + 1]) { _, dates, rows in
        for row in rows { own[table.number(of: dates[row])] &+= 1 }
      }
    }
    var days: [Stretch] = []
    var size = 0
    // Days from here on are not wanted any more.
    var last = table.count
    for number in 0..<table.count {
      if size >= limit {
        last = number
        break
      }
      let before = size
      for thread in 0..<threads {
        let count = counts[thread * table.count + number]
        counts[thread * table.count + number] = size
        size += count
      }
      if size > before { days.append(Stretch(day: table.day(number), end: size)) }
    }
    let isStopped = Atomic(isCancelled())
    if isStopped.load(ordering: .relaxed) { return nil }
    numbers = [UInt32](unsafeUninitializedCapacity: size) { buffer, filled in
      let numbers = buffer
      Team.share(threads, threads: threads) { thread in
        let own = counts + thread * table.count
        PaymentOrder.walk(parts, edges[thread]..<edges[thread + 1]) { part, dates, rows in
          for row in rows {
            let day = table.number(of: dates[row])
            guard day < last else { continue }
            let position = own[day]
            own[day] = position &+ 1
            numbers[position] = UInt32(truncatingIfNeeded: part.first &+ row)
          }
        }
      }
      // Whoever is told to stop leaves some payments unsorted; whatever is said later, they are no order then.
      SegmentSorter(parts, dataset, total: size).sort(numbers, days, threads: threads) {
        if isCancelled() { isStopped.store(true, ordering: .relaxed) }
        return isStopped.load(ordering: .relaxed)
      }
      filled = size
    }
    if isStopped.load(ordering: .relaxed) { return nil }
    self.days = days
  }

  /// Goes through payments by their numbers, part by part.
  private static func walk(
    _ parts: [PaymentList.Part], _ numbers: Range<Int>,
    _ body: (PaymentList.Part, UnsafeBufferPointer<Int32>, Range<Int>) -> Void
  ) {
    for part in parts {
      let rows = numbers.clamped(to: part.first..<(part.first + part.count))
      guard !rows.isEmpty else { continue }
      part.dates.withUnsafeBufferPointer {
        body(part, $0, (rows.lowerBound - part.first)..<(rows.upperBound - part.first))
      }
    }
  }
}

/// The days of payments, numbered in their order.
private struct DayNumbers {
  private let low: Int
  /// The days that there are, where they lie too far apart to number all between them as well.
  private let days: [Int32]?
  let count: Int

  /// More days than these, nearly three thousand years, are not numbered one by one.
  private static let limit = 1 << 20

  init(_ parts: [PaymentList.Part]) {
    var (low, high) = (Int32.max, Int32.min)
    for part in parts {
      part.dates.withUnsafeBufferPointer { dates in
        for day in dates {
          low = min(low, day)
          high = max(high, day)
        }
      }
    }
    self.low = Int(low)
    let range = Int(high) - Int(low) + 1
    if range <= DayNumbers.limit {
      days = nil
      count = max(range, 0)
    } else {
      let found = parts.reduce(into: Set<Int32>()) { $0.formUnion($1.dates) }.sorted()
      days = found
      count = found.count
    }
  }

  @inline(__always)
  func number(of day: Int32) -> Int {
    guard let days else { return Int(day) &- low }
    var (from, to) = (0, days.count)
    while from < to {
      let middle = (from + to) / 2
      if days[middle] < day { from = middle + 1 } else { to = middle }
    }
    return from
  }

  func day(_ number: Int) -> Int32 { days?[number] ?? Int32(truncatingIfNeeded: low + number) }
}
