// Sets of a record's field: whether they hold some members, and for how many years running. A set that no file states
// has no members.
import Facts

/// The sets of a list's records.
struct SetColumn {
  private let offsets: Lane<Int32>
  private let members: Lane<Int32>

  init(_ offsets: Storage<Int32>, _ members: Storage<Int32>) {
    self.offsets = Lane(offsets)
    self.members = Lane(members)
  }

  /// Whether the set of a row has a member from `a` to `b`.
  @inline(__always) func contains(_ row: Int32, _ a: Int32, _ b: Int32) -> Bool {
    for j in Int(offsets[Int(row)])..<Int(offsets[Int(row) + 1]) where members[j] >= a && members[j] <= b {
      return true
    }
    return false
  }
}

extension Operation {
  private var sets: SetColumn? {
    if case .sets(let offsets, let members) = step.source { SetColumn(offsets, members) } else { nil }
  }

  /// An input as a member: sets hold 32 bits.
  @inline(__always) private func member(_ input: Int, _ k: Int) -> Int32 {
    switch node.inputs[input].register {
    case .int64: Absence.narrow(int64(input)[k])
    case .int32, .truth: int32(input)[k]
    }
  }

  func includes() {
    let out = truths
    guard let sets else { return fill(out, Truth.no) }
    let row = int32(0)
    for k in 0..<count { out[k] = includes(sets, row[k], k) }
  }

  private func includes(_ sets: SetColumn, _ row: Int32, _ k: Int) -> UInt8 {
    if row.isAbsent { return Absence.compared(unknown: row.isUnknown) }
    var answer = Truth.no
    for input in step.inputs.indices.dropFirst() {
      let wanted = member(input, k)
      if wanted.isUnknown {
        answer |= Truth.unknown
      } else if sets.contains(row, wanted, wanted) {
        return Truth.yes
      }
    }
    return answer
  }

  func includesBetween() {
    let out = truths
    guard let sets else { return fill(out, Truth.no) }
    let row = int32(0)
    for k in 0..<count {
      let r = row[k], a = member(1, k), b = member(2, k)
      if r.isUnknown || a.isUnknown || b.isUnknown {
        out[k] = Truth.unknown
      } else if r < 0 || a.isNone || b.isNone {
        out[k] = Truth.no
      } else {
        out[k] = sets.contains(r, a, b) ? Truth.yes : Truth.no
      }
    }
  }

  func yearsRunning() {
    let out = wide, row = int32(0), from = int64(1), sets = sets
    for k in 0..<count {
      guard let sets, row[k] >= 0, !from[k].isAbsent else {
        out[k] = row[k].isUnknown || from[k].isUnknown ? .unknownMark : 0
        continue
      }
      var years: Int64 = 0
      while years < 10_000, case let y = Absence.narrow(from[k] + years), sets.contains(row[k], y, y) { years += 1 }
      out[k] = years
    }
  }
}
