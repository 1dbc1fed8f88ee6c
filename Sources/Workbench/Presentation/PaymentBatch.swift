// Some thousands of payments on their way into a file, and what is looked up for each. Payments of one day lie all over
// the
// facts, and every look-up waits for memory: they are taken roughly in the order of their rows, and step by step for
// all,
// for so the waits are shorter and overlap. Knows nothing of how payments are written.

import Reports

/// Payments that are looked up together.
struct PaymentBatch: ~Copyable {
  /// As many as stay in a nearby cache with all that is looked up.
  static let limit = 4096
  /// By the highest bits of their numbers payments are parted into so many groups, which are looked up one after
  /// another.
  private static let groups = 256

  /// One payment.
  struct Item {
    /// The index of its part.
    var part: Int32 = 0
    var row: Int32 = 0
    var beneficiary = PaymentFields.Name()
    var subject = PaymentFields.Name()
    /// Where subjects of its part have years.
    var year: Int32 = 0
    /// The measure that stands instead of a displaced one, or -1.
    var displacer: Int32 = -1
    /// Fen, where it is not the same for all of the part.
    var amount: Int64 = 0
    var standing: UInt8 = 0
  }

  /// By groups.
  private let items: UnsafeMutablePointer<Item>
  /// Where among the items each payment is.
  private let slots: UnsafeMutablePointer<Int32>
  private var count = 0

  init() {
    items = .allocate(capacity: PaymentBatch.limit)
    items.initialize(repeating: Item(), count: PaymentBatch.limit)
    slots = .allocate(capacity: PaymentBatch.limit)
    slots.initialize(repeating: 0, count: PaymentBatch.limit)
  }

  deinit {
    items.deallocate()
    slots.deallocate()
  }

  /// The payment at a place among those that were taken.
  @inline(__always)
  subscript(location: Int) -> Item { items[Int(slots[location])] }

  /// Looks up payments by their numbers, no more than `limit`.
  /// - Parameter sources: where beneficiaries and subjects of a part are named.
  mutating func take(
    _ numbers: Slice<UnsafeBufferPointer<UInt32>>, _ parts: [PaymentList.Part], _ fields: PaymentFields,
    _ sources: (Int) -> (beneficiaries: PaymentFields.Source, subjects: PaymentFields.Source)
  ) {
    group(numbers, parts)
    var begin = 0
    while begin < count {
      let part = items[begin].part
      var end = begin + 1
      while end < count, items[end].part == part { end += 1 }
      gather(begin..<end, parts[Int(part)])
      let sources = sources(Int(part))
      for i in begin..<end { items[i].subject.find(in: sources.subjects) }
      for i in begin..<end { items[i].beneficiary.find(in: sources.beneficiaries) }
      begin = end
    }
    for i in 0..<count { fields.check(&items[i].subject) }
    for i in 0..<count { fields.check(&items[i].beneficiary) }
  }

  /// Gives each payment a slot, and tells it its part.
  private mutating func group(_ numbers: Slice<UnsafeBufferPointer<UInt32>>, _ parts: [PaymentList.Part]) {
    count = min(numbers.count, PaymentBatch.limit)
    guard let low = numbers.min(), let high = numbers.max() else { return }
    var shift: UInt32 = 0
    while (high - low) >> shift >= PaymentBatch.groups { shift += 1 }
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: PaymentBatch.groups) { ends in
      ends.initialize(repeating: 0)
      for number in numbers.prefix(count) { ends[Int((number - low) >> shift)] += 1 }
      var sum: Int32 = 0
      for i in ends.indices {
        let size = ends[i]
        ends[i] = sum
        sum += size
      }
      var (part, first, end) = (0, 0, 0)
      for (location, number) in numbers.prefix(count).enumerated() {
        if Int(number) < first || Int(number) >= end {
          part = PaymentList.part(of: number, parts)
          (first, end) = (parts[part].first, parts[part].first + parts[part].count)
        }
        let slot = ends[Int((number - low) >> shift)]
        ends[Int((number - low) >> shift)] = slot + 1
        slots[location] = slot
        items[Int(slot)] = Item(
          part: Int32(truncatingIfNeeded: part), row: Int32(truncatingIfNeeded: Int(number) - first))
      }
    }
  }

  /// Reads the columns for items of one part.
  private func gather(_ range: Range<Int>, _ part: PaymentList.Part) {
    part.beneficiaries.withUnsafeBufferPointer { who in
      for i in range { items[i].beneficiary.row = who[Int(items[i].row)] }
    }
    part.subjects.withUnsafeBufferPointer { what in for i in range { items[i].subject.row = what[Int(items[i].row)] } }
    if !part.years.isEmpty {
      part.years.withUnsafeBufferPointer { years in for i in range { items[i].year = years[Int(items[i].row)] } }
    }
    if part.amounts.count != 1 {
      part.amounts.withUnsafeBufferPointer { amounts in for i in range { items[i].amount = amounts[Int(items[i].row)] }
      }
    }
    if !part.standings.isEmpty {
      part.standings.withUnsafeBufferPointer { standings in
        for i in range { items[i].standing = standings[Int(items[i].row)] }
      }
    }
    if !part.displacedBy.isEmpty {
      part.displacedBy.withUnsafeBufferPointer { others in
        for i in range { items[i].displacer = others[Int(items[i].row)] }
      }
    }
  }
}
