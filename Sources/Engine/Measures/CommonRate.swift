// The payments of one rate for every member of the frames that pass: what most clauses come to. They are known by
// frame, and made one by one only for who wants to see or to compare them.
import Facts

/// One rate for all members of some frames, each on the date on which it counts.
final class CommonRate: @unchecked Sendable {
  let members: Members
  /// Which frames pass.
  let passes: [Bool]
  /// Who is paid for each frame's members.
  let who: Storage<Int32>
  /// Fen, or units where the amount hangs on a missing value.
  let amount: Int64
  /// How many payments there are.
  let count: Int
  private let counts: [Int32]

  init(_ members: Members, passes: [Bool], who: Storage<Int32>, amount: Int64) {
    self.members = members
    self.passes = passes
    self.who = who
    self.amount = amount
    counts = members.counts(passes.count)
    var sum = 0
    for f in passes.indices where passes[f] { sum += Int(counts[f]) }
    count = sum
  }

  /// How many of the payments accrue up to a day, that day included.
  func count(upTo day: Int32) -> Int {
    let due = members.counts(passes.count, upTo: day)
    var sum = 0
    for f in passes.indices where passes[f] { sum += Int(due[f]) }
    return sum
  }

  /// Whether the same members are paid to the same beneficiaries.
  func hasSameMembers(as other: CommonRate) -> Bool {
    guard members === other.members, passes == other.passes else { return false }
    if who === other.who { return true }
    return who.count == other.who.count && passes.indices.allSatisfy { !passes[$0] || who[$0] == other.who[$0] }
  }

  /// How many payments each frame has, with its beneficiary.
  func forEachFrame(_ body: (_ beneficiary: Int32, _ count: Int) -> Void) {
    for f in passes.indices where passes[f] && counts[f] > 0 { body(who[f], Int(counts[f])) }
  }

  /// The payments one by one: members, their frames, dates and beneficiaries.
  var columns: (members: [Int32], frames: [Int32], dates: [Int32], beneficiaries: [Int32]) {
    let all = members.all, who = Lane(who)
    let isPassed = passes.allSatisfy { $0 }
    var out: (members: [Int32], frames: [Int32], dates: [Int32], beneficiaries: [Int32]) = ([], [], [], [])
    if isPassed {
      (out.members, out.frames, out.dates) = (all.rows, all.frames, all.dates)
    } else {
      // One more than there are: where the next would stand is written to before it is known to be one.
      let kept = (0..<3).map { _ in Reserve<Int32>(capacity: count + 1) }
      let (members, frames, dates) = (kept[0].lane, kept[1].lane, kept[2].lane)
      all.each { rows, ofRows, days in
        passes.withUnsafeBufferPointer { passes in
          let passes = Lane(passes)
          var c = 0
          for k in 0..<rows.count {
            (members[c], frames[c], dates[c]) = (rows[k], ofRows[k], days[k])
            c &+= passes[Int(ofRows[k])] ? 1 : 0
          }
        }
      }
      out.members = Reserve.joined([(kept[0], count)])
      out.frames = Reserve.joined([(kept[1], count)])
      out.dates = Reserve.joined([(kept[2], count)])
    }
    out.beneficiaries = out.frames.withUnsafeBufferPointer { frames in
      let frames = Lane(frames)
      return Array(unsafeUninitializedCapacity: frames.count) { buffer, filled in
        for k in 0..<frames.count { buffer[k] = who[Int(frames[k])] }
        filled = frames.count
      }
    }
    return out
  }
}

extension MemberRows {
  /// Hands over the columns where they lie.
  fileprivate func each(_ body: (_ rows: Lane<Int32>, _ frames: Lane<Int32>, _ dates: Lane<Int32>) -> Void) {
    rows.withUnsafeBufferPointer { rows in
      frames.withUnsafeBufferPointer { frames in
        dates.withUnsafeBufferPointer { body(Lane(rows), Lane(frames), Lane($0)) }
      }
    }
  }
}
