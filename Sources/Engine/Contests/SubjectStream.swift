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
    order =
      ascends
      ? nil
      : (0..<Int32(truncatingIfNeeded: subjects.count)).sorted {
        subjects[Int($0)] != subjects[Int($1)] ? subjects[Int($0)] < subjects[Int($1)] : $0 < $1
      }
  }

  private func row(_ position: Int) -> Int { order.map { Int($0[position]) } ?? position }

  /// The first position whose subject is not below one.
  private func position(of subject: Int64) -> Int {
    var low = 0, high = subjects.count
    while low < high {
      let middle = (low + high) / 2
      if Int64(subjects[row(middle)]) < subject { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// For each subject, beneficiary and year that several documents pay, lets `judge` say who gives way. The subjects
  /// are shared between threads; the result stands in the order of subjects.
  static func contests(
    _ streams: [SubjectStream], threads: Int, byPayment: Bool, _ judge: @escaping ContestForms.Judge
  ) -> (losers: [TakeTheHigher.Loser], forms: ContestForms) {
    // Contests of one form end alike where payments of a block are of one amount, and dates have no part in it.
    let none = ContestForms(judge, areAlike: !byPayment && streams.allSatisfy { $0.amounts.count == 1 })
    let total = streams.reduce(0) { $0 + $1.subjects.count }
    guard let longest = streams.max(by: { $0.subjects.count < $1.subjects.count }), longest.subjects.count > 0 else {
      return ([], none)
    }
    let parts = total > 100_000 ? max(1, threads) : 1
    // Cut where the longest stream is cut into equal parts.
    var cuts: [Int64] = [.min]
    for p in 1..<max(parts, 1) {
      cuts.append(max(cuts[p - 1], Int64(longest.subjects[longest.row(longest.subjects.count * p / parts)])))
    }
    cuts.append(.max)
    let limits = cuts
    nonisolated(unsafe) var found = [(losers: [TakeTheHigher.Loser], forms: ContestForms)](
      repeating: ([], none), count: parts)
    let lock = Lock()
    Evaluator.share(parts) { p in
      var forms = none
      let losers = contests(streams, from: limits[p], to: limits[p + 1], &forms)
      lock.hold { found[p] = (losers, forms) }
    }
    var forms = none
    for part in found { forms.join(part.forms) }
    return (found.count == 1 ? found[0].losers : found.flatMap(\.losers), forms)
  }

  /// A stream's columns where they lie, without anything to be counted as held.
  private struct Cursor {
    let number: Int
    let document: Int
    let subjects: Lane<Int32>
    let beneficiaries: Lane<Int32>
    let order: Lane<Int32>?
    let standings: Lane<UInt8>?
    let years: Lane<Int32>?
    let amounts: Lane<Int64>
    let hasOneAmount: Bool
    var at: Int
    /// Behind the subject's last payment.
    var passed = 0
    let end: Int
    /// The subject it stands at, beyond all where it has ended.
    var next: Int64

    @inline(__always) func row(_ position: Int) -> Int { order.map { Int($0[position]) } ?? position }
    @inline(__always) func isPaid(_ row: Int) -> Bool { standings.map { $0[row] == Standing.paid.rawValue } ?? true }

    func contender(_ row: Int) -> TakeTheHigher.Contender {
      TakeTheHigher.Contender(
        block: number, row: row, beneficiary: beneficiaries[row], year: years?[row] ?? Int32.min, document: document,
        amount: amounts[hasOneAmount ? 0 : row])
    }
  }

  /// Lets `body` have the cursors of some streams that have payments between two subjects.
  private static func withCursors<T>(
    _ streams: ArraySlice<SubjectStream>, from: Int64, to: Int64, _ cursors: [Cursor], _ body: ([Cursor]) -> T
  ) -> T {
    guard let stream = streams.first else { return body(cursors) }
    let rest = streams.dropFirst()
    let at = stream.position(of: from), end = to == .max ? stream.subjects.count : stream.position(of: to)
    return stream.subjects.withUnsafeBufferPointer { subjects in
      stream.beneficiaries.withUnsafeBufferPointer { beneficiaries in
        (stream.order ?? []).withUnsafeBufferPointer { order in
          stream.standings.withUnsafeBufferPointer { standings in
            stream.years.withUnsafeBufferPointer { years in
              stream.amounts.withUnsafeBufferPointer { amounts in
                guard at < end else { return withCursors(rest, from: from, to: to, cursors, body) }
                var cursor = Cursor(
                  number: stream.number, document: stream.document, subjects: Lane(subjects),
                  beneficiaries: Lane(beneficiaries), order: stream.order == nil ? nil : Lane(order),
                  standings: standings.isEmpty ? nil : Lane(standings), years: years.isEmpty ? nil : Lane(years),
                  amounts: Lane(amounts), hasOneAmount: amounts.count == 1, at: at, end: end, next: 0)
                cursor.next = Int64(cursor.subjects[cursor.row(at)])
                return withCursors(rest, from: from, to: to, cursors + [cursor], body)
              }
            }
          }
        }
      }
    }
  }

  private static func contests(
    _ streams: [SubjectStream], from: Int64, to: Int64, _ forms: inout ContestForms
  ) -> [TakeTheHigher.Loser] {
    withCursors(streams[...], from: from, to: to, []) { cursors in
      var losers: [TakeTheHigher.Loser] = []
      var contenders: [TakeTheHigher.Contender] = []
      var cursors = cursors
      cursors.withUnsafeMutableBufferPointer { cursors in
        while true {
          var subject = Int64.max
          for c in cursors where c.next < subject { subject = c.next }
          if subject == .max { return }
          // Most subjects are paid by one document: nothing is gathered for them.
          var document = -1, isContested = false
          for s in cursors.indices where cursors[s].next == subject {
            var position = cursors[s].at
            while position < cursors[s].end {
              let row = cursors[s].row(position)
              guard Int64(cursors[s].subjects[row]) == subject else { break }
              if cursors[s].isPaid(row) {
                isContested = isContested || (document >= 0 && document != cursors[s].document)
                document = cursors[s].document
              }
              position += 1
            }
            cursors[s].passed = position
          }
          if isContested { contenders.removeAll(keepingCapacity: true) }
          for s in cursors.indices where cursors[s].next == subject {
            let passed = cursors[s].passed
            if isContested {
              for position in cursors[s].at..<passed where cursors[s].isPaid(cursors[s].row(position)) {
                contenders.append(cursors[s].contender(cursors[s].row(position)))
              }
            }
            cursors[s].at = passed
            cursors[s].next = passed < cursors[s].end ? Int64(cursors[s].subjects[cursors[s].row(passed)]) : .max
          }
          if isContested { divide(&contenders, &forms, &losers) }
        }
      }
      return losers
    }
  }

  /// Divides a subject's payments by beneficiary and year.
  private static func divide(
    _ contenders: inout [TakeTheHigher.Contender], _ forms: inout ContestForms, _ losers: inout [TakeTheHigher.Loser]
  ) {
    let first = contenders[0]
    if contenders.contains(where: { $0.beneficiary != first.beneficiary || $0.year != first.year }) {
      contenders.sort {
        if $0.beneficiary != $1.beneficiary { return $0.beneficiary < $1.beneficiary }
        if $0.year != $1.year { return $0.year < $1.year }
        return ($0.block, $0.row) < ($1.block, $1.row)
      }
    }
    var start = 0
    while start < contenders.count {
      var end = start + 1
      while end < contenders.count, contenders[end].beneficiary == contenders[start].beneficiary,
        contenders[end].year == contenders[start].year
      {
        end += 1
      }
      if contenders[start..<end].contains(where: { $0.document != contenders[start].document }) {
        forms.decide(contenders[start..<end], &losers)
      }
      start = end
    }
  }
}
