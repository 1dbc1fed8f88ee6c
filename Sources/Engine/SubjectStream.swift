// Payments in the order of their subjects, several blocks side by side: finds the subjects that more than one document
// pays for without a dictionary of payments. Knows nothing of who wins.

/// The paid payments of one block, going up by subject.
struct SubjectStream: Sendable {
  let number: Int
  let block: PaymentBlock
  let document: Int
  let subjects: [Int32]
  let beneficiaries: [Int32]
  private let standings: [UInt8]
  private let years: [Int32]
  private let amounts: [Int64]
  /// The payments in ascending order of subjects; nil where they stand so.
  private let order: [Int32]?

  init(number: Int, _ block: PaymentBlock, document: Int, subjects: [Int32], beneficiaries: [Int32]) {
    self.number = number
    self.block = block
    self.document = document
    self.subjects = subjects
    self.beneficiaries = beneficiaries
    (standings, years, amounts) = (block.standings, block.years, block.amounts)
    var ascends = true
    subjects.withUnsafeBufferPointer { s in
      var previous = Int32.min
      for v in s {
        ascends = ascends && v >= previous
        previous = v
      }
    }
    order = ascends
      ? nil
      : (0..<Int32(truncatingIfNeeded: subjects.count)).sorted {
        subjects[Int($0)] != subjects[Int($1)] ? subjects[Int($0)] < subjects[Int($1)] : $0 < $1
      }
  }

  private func row(_ place: Int) -> Int { order.map { Int($0[place]) } ?? place }

  /// The first place whose subject is not below one.
  private func place(of subject: Int64) -> Int {
    var low = 0, high = subjects.count
    while low < high {
      let middle = (low + high) / 2
      if Int64(subjects[row(middle)]) < subject { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// For each subject, beneficiary and year that several documents pay, lets `judge` say who gives way. The subjects are
  /// shared between threads; the result stands in the order of subjects.
  static func contests(
    _ streams: [SubjectStream], threads: Int,
    _ judge: @Sendable (ArraySlice<TakeTheHigher.Entry>, inout [TakeTheHigher.Loser]) -> Void
  ) -> [TakeTheHigher.Loser] {
    let total = streams.reduce(0) { $0 + $1.subjects.count }
    guard let longest = streams.max(by: { $0.subjects.count < $1.subjects.count }), longest.subjects.count > 0 else { return [] }
    let parts = total > 100_000 ? max(1, threads) : 1
    // Cut where the longest stream is cut into equal parts.
    var cuts: [Int64] = [.min]
    for p in 1..<max(parts, 1) { cuts.append(max(cuts[p - 1], Int64(longest.subjects[longest.row(longest.subjects.count * p / parts)]))) }
    cuts.append(.max)
    let limits = cuts
    nonisolated(unsafe) var found = [[TakeTheHigher.Loser]](repeating: [], count: parts)
    let lock = Lock()
    Evaluator.share(parts) { p in
      let mine = contests(streams, from: limits[p], to: limits[p + 1], judge)
      lock.hold { found[p] = mine }
    }
    return found.count == 1 ? found[0] : found.flatMap { $0 }
  }

  private static func contests(
    _ streams: [SubjectStream], from: Int64, to: Int64,
    _ judge: (ArraySlice<TakeTheHigher.Entry>, inout [TakeTheHigher.Loser]) -> Void
  ) -> [TakeTheHigher.Loser] {
    var losers: [TakeTheHigher.Loser] = []
    var at = streams.map { $0.place(of: from) }
    let ends = streams.map { to == .max ? $0.subjects.count : $0.place(of: to) }
    // The subject that each stream stands at, beyond all where it has ended.
    var next = streams.indices.map { at[$0] < ends[$0] ? Int64(streams[$0].subjects[streams[$0].row(at[$0])]) : Int64.max }
    var entries: [TakeTheHigher.Entry] = []
    while true {
      var subject = Int64.max
      for n in next where n < subject { subject = n }
      if subject == .max { return losers }
      entries.removeAll(keepingCapacity: true)
      var document = -1, isContested = false
      for s in streams.indices where next[s] == subject {
        let stream = streams[s]
        var place = at[s]
        let end = ends[s]
        while place < end {
          let row = stream.row(place)
          guard Int64(stream.subjects[row]) == subject else { break }
          place += 1
          guard stream.standings.isEmpty || stream.standings[row] == Standing.paid.rawValue else { continue }
          entries.append(
            TakeTheHigher.Entry(
              block: stream.number, row: row, beneficiary: stream.beneficiaries[row],
              year: stream.years.isEmpty ? Int32.min : stream.years[row], document: stream.document,
              amount: stream.amounts.count == 1 ? stream.amounts[0] : stream.amounts[row]))
          if document >= 0, document != stream.document { isContested = true }
          document = stream.document
        }
        at[s] = place
        next[s] = place < end ? Int64(stream.subjects[stream.row(place)]) : .max
      }
      if isContested { divide(&entries, judge, &losers) }
    }
  }

  /// Divides a subject's payments by beneficiary and year.
  private static func divide(
    _ entries: inout [TakeTheHigher.Entry], _ judge: (ArraySlice<TakeTheHigher.Entry>, inout [TakeTheHigher.Loser]) -> Void,
    _ losers: inout [TakeTheHigher.Loser]
  ) {
    let first = entries[0]
    if entries.contains(where: { $0.beneficiary != first.beneficiary || $0.year != first.year }) {
      entries.sort {
        if $0.beneficiary != $1.beneficiary { return $0.beneficiary < $1.beneficiary }
        if $0.year != $1.year { return $0.year < $1.year }
        return ($0.block, $0.row) < ($1.block, $1.row)
      }
    }
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].beneficiary == entries[start].beneficiary, entries[end].year == entries[start].year {
        end += 1
      }
      if entries[start..<end].contains(where: { $0.document != entries[start].document }) { judge(entries[start..<end], &losers) }
      start = end
    }
  }
}
