// Payments of one day and one measure put in the order of their beneficiaries and subjects. Where ids ascend with their
// numbers, numbers are sorted; otherwise each text gets its rank among those of the list, or of the stretch, and ranks
// are.

import Engine
import Facts

/// Sorts what a count by days has left unsorted.
struct SegmentSorter {
  private let parts: [PaymentList.Part]
  private let dataset: Dataset
  /// What ranks the ids of a space whose numbers do not; only for spaces that are small beside the payments.
  private var tables: [Space: [Int32]] = [:]

  /// Stretches are given to a thread by about so many payments.
  private static let share = 1 << 16

  /// - Parameter total: how many payments there are to sort.
  init(_ parts: [PaymentList.Part], _ dataset: Dataset, total: Int) {
    self.parts = parts
    self.dataset = dataset
    for part in parts {
      for space in [part.block.beneficiarySpace, part.block.subjectSpace]
      where tables[space] == nil && !isAscending(space) {
        guard case .list(let list) = space, let ids = dataset.tables[list].ids, ids.count <= total / 8,
          let offsets = ids.offsets.buffer.baseAddress, let bytes = ids.bytes.buffer.baseAddress
        else { continue }
        tables[space] = [Int32](unsafeUninitializedCapacity: ids.count) { buffer, filled in
          guard let ranks = buffer.baseAddress else { return }
          TextRun(offsets: offsets, bytes: bytes, count: ids.count).ranks(into: ranks)
          filled = ids.count
        }
      }
    }
  }

  /// Whether numbers of a space order like what they stand for.
  private func isAscending(_ space: Space) -> Bool {
    switch space {
    case .list(let list): dataset.tables[list].ids?.ascending ?? false
    case .text: false
    case .district: true
    }
  }

  /// - Parameters:
  ///   - numbers: payments by day, ascending within each.
  ///   - days: where each day ends.
  func sort(
    _ numbers: UnsafeMutableBufferPointer<UInt32>, _ days: [PaymentOrder.Stretch], threads: Int, isCancelled: () -> Bool
  ) {
    // Whole days go together until there are enough payments for a thread.
    var shares: [Range<Int>] = []
    var (begin, from) = (0, 0)
    for (number, day) in days.enumerated() where day.end - from >= SegmentSorter.share || number == days.count - 1 {
      shares.append(begin..<(number + 1))
      (begin, from) = (number + 1, day.end)
    }
    Team.share(shares.count, threads: threads) { share in
      var scratch = Scratch()
      for number in shares[share] {
        if isCancelled() { break }
        sortDay(
          UnsafeMutableBufferPointer(rebasing: numbers[(number == 0 ? 0 : days[number - 1].end)..<days[number].end]),
          &scratch)
      }
      scratch.free()
    }
  }

  private func sortDay(_ day: UnsafeMutableBufferPointer<UInt32>, _ scratch: inout Scratch) {
    var begin = 0
    while begin < day.count {
      let first = PaymentList.part(of: day[begin], parts)
      var last = first
      while last + 1 < parts.count, parts[last + 1].position == parts[first].position { last += 1 }
      // Numbers ascend, and with them the measures.
      let limit = parts[last].first + parts[last].count
      var (low, high) = (begin + 1, day.count)
      while low < high {
        let middle = (low + high) / 2
        if Int(day[middle]) < limit { low = middle + 1 } else { high = middle }
      }
      if low - begin > 1 { sortSegment(UnsafeMutableBufferPointer(rebasing: day[begin..<low]), first...last, &scratch) }
      begin = low
    }
  }

  /// Sorts the payments of one day and one measure.
  private func sortSegment(
    _ segment: UnsafeMutableBufferPointer<UInt32>, _ range: ClosedRange<Int>, _ scratch: inout Scratch
  ) {
    guard let values = segment.baseAddress else { return }
    let count = segment.count
    scratch.reserve(count)
    // Until keys are made of them, beneficiaries and subjects lie where keys will be moved to and fro.
    let keys = scratch.keys
    let beneficiaries = scratch.spareKeys.bindMemory(to: Int32.self, capacity: 2 * count)
    let subjects = beneficiaries + count
    fill(beneficiaries, .beneficiary, segment, range)
    fill(subjects, .subject, segment, range)
    var (lowWho, lowWhat, highWhat) = (beneficiaries[0], subjects[0], subjects[0])
    var isAscending = true
    for i in 1..<count {
      lowWho = min(lowWho, beneficiaries[i])
      lowWhat = min(lowWhat, subjects[i])
      highWhat = max(highWhat, subjects[i])
      if subjects[i] < subjects[i - 1] { isAscending = false }
    }
    // Equal keys keep their order, so subjects that ascend already need no part in it.
    let bits =
      isAscending ? 0 : UInt64(UInt64.bitWidth - (UInt64(Int64(highWhat) - Int64(lowWhat))).leadingZeroBitCount)
    for i in 0..<count {
      let who = UInt64(Int64(beneficiaries[i]) - Int64(lowWho))
      let what = isAscending ? 0 : UInt64(Int64(subjects[i]) - Int64(lowWhat))
      keys[i] = who << bits | what
    }
    KeySort.sort(
      keys, values, count: count, spareKeys: scratch.spareKeys.bindMemory(to: UInt64.self, capacity: count),
      spareValues: scratch.spareValues)
  }

  private enum Side {
    case beneficiary
    case subject
  }

  /// Numbers that order like the beneficiaries or subjects of a segment.
  private func fill(
    _ out: UnsafeMutablePointer<Int32>, _ side: Side, _ segment: UnsafeMutableBufferPointer<UInt32>,
    _ range: ClosedRange<Int>
  ) {
    func space(_ part: PaymentList.Part) -> Space {
      side == .beneficiary ? part.block.beneficiarySpace : part.block.subjectSpace
    }
    let common = space(parts[range.lowerBound])
    let isUniform = parts[range].allSatisfy { space($0) == common && (side == .beneficiary || $0.years.isEmpty) }
    let table = tables[common]
    guard isUniform, table != nil || isAscending(common) else {
      rankTexts(out, side, segment)
      return
    }
    runs(of: segment) { part, positions in
      (side == .beneficiary ? part.beneficiaries : part.subjects).withUnsafeBufferPointer { ids in
        guard let table else {
          for position in positions { out[position] = ids[Int(segment[position]) &- part.first] }
          return
        }
        table.withUnsafeBufferPointer { table in
          for position in positions {
            let id = ids[Int(segment[position]) &- part.first]
            out[position] = id >= 0 && Int(id) < table.count ? table[Int(id)] : id
          }
        }
      }
    }
  }

  /// The ranks of a segment's texts among themselves.
  private func rankTexts(
    _ out: UnsafeMutablePointer<Int32>, _ side: Side, _ segment: UnsafeMutableBufferPointer<UInt32>
  ) {
    var bytes: [UInt8] = []
    var offsets: [Int64] = [0]
    offsets.reserveCapacity(segment.count + 1)
    bytes.reserveCapacity(segment.count * 12)
    runs(of: segment) { part, positions in
      let space = side == .beneficiary ? part.block.beneficiarySpace : part.block.subjectSpace
      let ids = side == .beneficiary ? part.beneficiaries : part.subjects
      let years = side == .beneficiary ? [] : part.years
      var named: IDColumn?
      if case .list(let list) = space { named = dataset.tables[list].ids }
      for position in positions {
        let row = Int(segment[position]) - part.first
        if let named {
          bytes.append(contentsOf: named.slice(Int(ids[row])))
        } else {
          bytes.append(contentsOf: dataset.id(ids[row], in: space).utf8)
        }
        if !years.isEmpty { bytes.append(contentsOf: ("@" + SubjectMark.text(years[row])).utf8) }
        offsets.append(Int64(bytes.count))
      }
    }
    offsets.withUnsafeBufferPointer { offsets in
      bytes.withUnsafeBufferPointer { bytes in
        guard let offsets = offsets.baseAddress else { return }
        // Texts without any bytes at all are equal, wherever they are said to lie.
        guard let bytes = bytes.baseAddress else { return out.update(repeating: 0, count: segment.count) }
        TextRun(offsets: offsets, bytes: bytes, count: segment.count).ranks(into: out)
      }
    }
  }

  /// The payments of a segment by part; its numbers still ascend.
  private func runs(of segment: UnsafeMutableBufferPointer<UInt32>, _ body: (PaymentList.Part, Range<Int>) -> Void) {
    var begin = 0
    while begin < segment.count {
      let part = parts[PaymentList.part(of: segment[begin], parts)]
      let limit = part.first + part.count
      var end = begin + 1
      if Int(segment[segment.count - 1]) < limit {
        end = segment.count
      } else {
        while end < segment.count, Int(segment[end]) < limit { end += 1 }
      }
      body(part, begin..<end)
      begin = end
    }
  }

  /// Room for sorting one segment after another.
  private struct Scratch {
    private(set) var keys: UnsafeMutablePointer<UInt64>
    private(set) var spareKeys: UnsafeMutableRawPointer
    private(set) var spareValues: UnsafeMutablePointer<UInt32>
    private var capacity = 1024

    init() {
      keys = .allocate(capacity: capacity)
      spareKeys = .allocate(byteCount: 8 * capacity, alignment: 8)
      spareValues = .allocate(capacity: capacity)
    }

    mutating func reserve(_ count: Int) {
      guard count > capacity else { return }
      free()
      capacity = max(count, min(2 * capacity, SegmentSorter.share))
      keys = .allocate(capacity: capacity)
      spareKeys = .allocate(byteCount: 8 * capacity, alignment: 8)
      spareValues = .allocate(capacity: capacity)
    }

    func free() {
      keys.deallocate()
      spareKeys.deallocate()
      spareValues.deallocate()
    }
  }
}
