// Columns in which a row's value hangs on other rows: records of one person that follow on one another, and figures
// over the records of one person. Knows nothing of rules.
import Facts
import PolicyLanguage
import Reckoning

extension Evaluator {
  /// Works out an operation on whole columns.
  func whole(_ op: WholeOp, _ node: Node) -> Values {
    let count = rowCount(node.domain)
    switch op {
    case .spellFirst(let gap, let list):
      return Values(int32: spellFirsts(node.inputs, count, gap, list: list))
    case .spellEnd: return Values(int32: spellEnds(int32(node.inputs[0], count), int32(node.inputs[1], count), count))
    case .grouped(let pick):
      return Values(int32: grouped(node.inputs, count, larger: pick == .later || pick == .larger))
    case .sideways(let op): return sideways(op, node)
    case .place(let list): return Values(int64: places(node, list))
    case .isThere:
      return Values(truth: Invariant.value(some, "some-told: which records are looked at is known to whoever asks"))
    }
  }

  /// A node's values as a run of numbers, also where they are one for all.
  func int32(_ node: Node, _ count: Int) -> Storage<Int32> {
    let column = values(node).narrow
    return node.domain == .constant ? Storage(count: count, repeating: column[0]) : column
  }

  func truths(_ node: Node, _ count: Int) -> Storage<UInt8> {
    let column = values(node).truths
    return node.domain == .constant ? Storage(count: count, repeating: column[0]) : column
  }

  // MARK: Records that follow on

  /// For each record the row of the first of those it is joined with: its own where it begins, none where it is not
  /// asked for, unknown for all of a person of whom one record's condition is.
  private func spellFirsts(_ inputs: [Node], _ count: Int, _ gap: SpellGap, list: Int) -> Storage<Int32> {
    let condition = truths(inputs[0], count), persons = int32(inputs[1], count)
    let starts = int32(inputs[2], count), ends = int32(inputs[3], count)
    let between = values(inputs[4]).wide[0]
    let keys = inputs.dropFirst(5).map { int32($0, count) }
    let out = Storage<Int32>(count: count, repeating: Absent.none32)
    var several: [Int32] = []
    let repeated = Invariant.value(
      dataset.tables[list].declaration.person.map { tables.repeated(list, $0) },
      "joined-list-persons: a list whose records are joined has persons")
    for row in 0..<count where condition[row] != 0 {
      if repeated.contains(persons[row]) {
        several.append(Int32(truncatingIfNeeded: row))
      } else {
        out[row] = Truth.holds(condition[row]) ? Int32(truncatingIfNeeded: row) : Absent.unknown32
      }
    }
    let ids = dataset.tables[list].ids
    // Within a person by the further keys, then by begin, then id.
    several.sort { a, b in
      let (x, y) = (Int(a), Int(b))
      if persons[x] != persons[y] { return persons[x] < persons[y] }
      for key in keys where key[x] != key[y] { return key[x] < key[y] }
      if starts[x] != starts[y] { return starts[x] < starts[y] }
      return ids?.precedes(x, y) ?? (x < y)
    }
    var at = 0
    while at < several.count {
      var end = at
      var isUnknown = false
      let person = persons[Int(several[at])]
      while end < several.count, persons[Int(several[end])] == person {
        if !Truth.holds(condition[Int(several[end])]) { isUnknown = true }
        end += 1
      }
      if isUnknown {
        for row in several[at..<end] { out[Int(row)] = Absent.unknown32 }
      } else {
        join(several[at..<end], starts, ends, keys, gap, between, out)
      }
      at = end
    }
    return out
  }

  /// Joins one person's records, which are in order.
  private func join(
    _ rows: ArraySlice<Int32>, _ starts: Storage<Int32>, _ ends: Storage<Int32>, _ keys: [Storage<Int32>],
    _ gap: SpellGap, _ between: Int64, _ out: Storage<Int32>
  ) {
    var first = -1
    var last = Int32.min
    for row in rows {
      let r = Int(row)
      let goesOn =
        first >= 0 && keys.allSatisfy { $0[r] == $0[first] }
        && (last == Absent.none32 || starts[r] <= Evaluator.latestBegin(after: last, gap, between))
      if !goesOn {
        first = r
        last = ends[r]
      } else if last != Absent.none32 {
        last = ends[r] == Absent.none32 ? Absent.none32 : max(last, ends[r])
      }
      out[r] = Int32(truncatingIfNeeded: first)
    }
  }

  /// The last day on which a record may begin to go on with one that ends: after so many days or months between at
  /// most, or, with no calendar month between, the last day of the month after that of the end.
  static func latestBegin(after end: Int32, _ gap: SpellGap, _ between: Int64) -> Int32 {
    switch gap {
    case .days: return Int32(clamping: Int64(end) + between + 1)
    case .months: return Day(number: end).adding(months: DateLimits.months(between), .clamp).number + 1
    case .calendarMonth: break
    }
    let (year, month, _) = Day(number: end).parts
    let next = year * 12 + month
    return Day.clamped(year: next / 12, month: next % 12 + 1, day: Day.length(year: next / 12, month: next % 12 + 1))
      .number
  }

  private func spellEnds(_ firsts: Storage<Int32>, _ ends: Storage<Int32>, _ count: Int) -> Storage<Int32> {
    let out = Storage<Int32>(count: count, repeating: Absent.unknown32)
    for row in 0..<count { out[row] = ends[row] }
    for row in 0..<count where firsts[row] >= 0 && Int(firsts[row]) != row {
      let first = Int(firsts[row])
      if out[first] == Absent.none32 || ends[row] == Absent.none32 {
        out[first] = Absent.none32
      } else {
        out[first] = max(out[first], ends[row])
      }
    }
    return out
  }

  // MARK: Figures over others

  private func grouped(_ inputs: [Node], _ count: Int, larger: Bool) -> Storage<Int32> {
    let keys = int32(inputs[0], count), condition = truths(inputs[1], count), figures = int32(inputs[2], count)
    let asked = int32(inputs[3], count)
    var size = 0
    for row in 0..<count { size = max(size, Int(max(keys[row], asked[row])) + 1) }
    var best = [Int32](repeating: Absent.none32, count: size)
    for row in 0..<count where condition[row] & 0b11 != 0 && keys[row] >= 0 {
      let k = Int(keys[row]), v = figures[row]
      if !Truth.holds(condition[row]) || v == Absent.unknown32 {
        best[k] = Absent.unknown32
      } else if best[k] != Absent.unknown32, v != Absent.none32 {
        best[k] = best[k] == Absent.none32 ? v : larger ? max(best[k], v) : min(best[k], v)
      }
    }
    let out = Storage<Int32>(count: count, repeating: Absent.none32)
    for row in 0..<count where asked[row] >= 0 { out[row] = best[Int(asked[row])] }
    return out
  }
}
