// Counting a list's records into the slots of a record and a year without keeping one of them: the loop that a cost of
// millions of hires is made of. Several conditions that narrow each other are counted in one pass.
import Dispatch
import Facts
import PolicyLanguage

/// What records are counted by: the record that they name and the year they belong to.
struct Slots {
  let link: Node
  /// The district: there is but one record.
  let isDistrict: Bool
  let district: Int32
  let links: Int
  let year: Node?
  let firstYear: Int64
  let span: Int

  var count: Int { links * span }

  func link(of slot: Int) -> Int32 { isDistrict ? district : Int32(truncatingIfNeeded: slot / span) }
  func year(of slot: Int) -> Int64 { year == nil ? 0 : firstYear + Int64(slot % span) }
}

/// One pass over a list.
struct CountRequest {
  /// The scan's condition, then what each narrower set asks besides.
  let conditions: [Node]
  /// Which condition each narrows: smaller than its own position, -1 for the first.
  let parents: [Int]
  let slots: Slots
  /// How many records the list has.
  let rows: Int
  /// The members of one condition that count up to a day.
  func only(_ condition: Node, date: Node, upTo day: Int32) -> CountRequest {
    var graph = LateGraph()
    return CountRequest(
      conditions: [condition, graph.atMost(date, day)], parents: [-1, 0], slots: slots, rows: rows, last: 1)
  }

  /// The condition whose counts are asked for.
  var last = 0
}

/// Nodes that are made after a run, beside its graph.
struct LateGraph {
  private var number = -1

  /// Whether a date is not later than a day.
  mutating func atMost(_ date: Node, _ day: Int32) -> Node {
    let bound = Node(
      number: number, op: .constant32(day), inputs: [], domain: .constant, register: .int32, mayBeAbsent: false)
    number -= 1
    return Node(
      number: number, op: .compare(.lessOrEqual), inputs: [date, bound], domain: date.domain, register: .truth,
      mayBeAbsent: false)
  }
}

/// What a pass found.
struct SlotCounts {
  /// By condition, then by slot.
  var counts: [[UInt32]]
  /// By condition: records that are undetermined or governed elsewhere, with their truth.
  var odd: [OddRows]
  /// Some member has no slot: its year is unknown, say. The counts are of no use then.
  var isIrregular = false
  let last: Int

  /// A condition's counts by frame.
  func byFrame(_ condition: Int, _ slots: Slots, _ finder: FrameFinder, _ keeps: [Bool]) -> [Int32] {
    var out = [Int32](repeating: 0, count: keeps.count)
    let counts = counts[max(condition, last)]
    for s in 0..<slots.count where counts[s] > 0 {
      let f = finder(slots.link(of: s), slots.year(of: s))
      if f >= 0, keeps[Int(f)] { out[Int(f)] &+= Int32(truncatingIfNeeded: counts[s]) }
    }
    return out
  }
}

/// What is asked of every row before anything else is, since it leaves few. One thread's own.
final class EarlyTest {
  private let worker: Worker
  private let list: Reserve<Int32>
  private let early: Reserve<UInt8>
  var overflowed: Bool { worker.overflowed }

  init(_ code: BatchCode, _ evaluator: Evaluator) {
    worker = Worker(code, evaluator)
    // One more than a batch: where the next would stand is written to before it is known to be left.
    list = Reserve(capacity: evaluator.batch + 1)
    early = Reserve(capacity: evaluator.batch + 1)
  }

  /// What is left of a batch: rows, or nil for all of it, and how the test came out for each.
  struct Left {
    let rows: Lane<Int32>?
    let truths: Lane<UInt8>
    let count: Int
  }

  func left(of n: Int, from start: Int) -> Left {
    let left = test(n, from: start)
    let t = worker.truth(0), list = list.lane, early = early.lane
    // To read many rows one by one costs more than to read all in order.
    if left * 3 >= n { return Left(rows: nil, truths: t, count: n) }
    return Left(
      rows: list.read.part(from: 0, count: left), truths: early.read.part(from: 0, count: left), count: left)
  }

  /// The rows of a batch that are left and how the test came out for each, few or many.
  func left(_ n: Int, from start: Int) -> (rows: Lane<Int32>, truths: Lane<UInt8>) {
    let left = test(n, from: start)
    return (list.lane.read.part(from: 0, count: left), early.lane.read.part(from: 0, count: left))
  }

  /// Puts those that are left together.
  private func test(_ n: Int, from start: Int) -> Int {
    worker.run(start: start, count: n, rows: nil)
    let t = worker.truth(0), list = list.lane, early = early.lane
    var left = 0
    @inline(__always) func take(_ k: Int) {
      list[left] = Int32(truncatingIfNeeded: start &+ k)
      early[left] = t[k]
      left &+= t[k] != 0 ? 1 : 0
    }
    // Where few are left, mostly eight at once are not.
    let eights = n / 8
    for e in 0..<eights where t.eight(from: e &* 8) != 0 {
      for k in e &* 8..<e &* 8 &+ 8 { take(k) }
    }
    for k in eights &* 8..<n { take(k) }
    return left
  }
}

/// One thread's share of a pass.
private final class Counter {
  private let request: CountRequest
  private let first: EarlyTest?
  private let rest: Worker
  /// By condition: the count of each slot, and one beyond them for what has none.
  let counts: [Reserve<UInt32>]
  private(set) var odd: [OddRows]
  private(set) var isIrregular = false
  private let holds: [Reserve<UInt8>]
  private let slot: Reserve<Int32>
  var overflowed: Bool { rest.overflowed || first?.overflowed ?? false }

  init(_ request: CountRequest, first: BatchCode?, rest: BatchCode, _ evaluator: Evaluator) {
    self.request = request
    self.first = first.map { EarlyTest($0, evaluator) }
    self.rest = Worker(rest, evaluator)
    odd = request.conditions.map { _ in OddRows(batch: evaluator.batch) }
    counts = request.conditions.map { _ in Reserve(capacity: request.slots.count + 1, repeating: 0) }
    holds = request.conditions.map { _ in Reserve(capacity: evaluator.batch) }
    slot = Reserve(capacity: evaluator.batch)
  }

  /// Counts a batch of those that are known to be left.
  func batch(_ left: EarlyTest.Left) {
    rest.run(start: 0, count: left.count, rows: left.rows)
    take(start: 0, left.count, rows: left.rows, early: left.truths)
  }

  func batch(start: Int, count n: Int) {
    guard let first else {
      rest.run(start: start, count: n, rows: nil)
      take(start: start, n, rows: nil, early: nil)
      return
    }
    let left = first.left(of: n, from: start)
    if left.count == 0 { return }
    rest.run(start: start, count: left.count, rows: left.rows)
    take(start: start, left.count, rows: left.rows, early: left.truths)
  }

  private func take(start: Int, _ n: Int, rows: Lane<Int32>?, early: Lane<UInt8>?) {
    findSlots(n)
    // The first condition.
    let t = rest.truth(0), first = holds[0].lane
    var strange: UInt8 = 0
    if let early {
      for k in 0..<n { strange |= test(t[k] & early[k], &first[k], among: 1) }
    } else {
      for k in 0..<n { strange |= test(t[k], &first[k], among: 1) }
    }
    if strange != 0 { odd[0].add(start: start, rows: rows, n) { k in early.map { $0[k] & t[k] } ?? t[k] } }
    add(0, n)
    for c in request.conditions.indices.dropFirst() {
      let parent = holds[request.parents[c]].lane, mine = holds[c].lane, t = rest.truth(c)
      var strange: UInt8 = 0
      for k in 0..<n { strange |= test(t[k], &mine[k], among: parent[k]) }
      if strange != 0 { odd[c].add(start: start, rows: rows, n) { k in parent[k] != 0 ? t[k] : 0 } }
      add(c, n)
    }
    // A member without a slot was counted beyond the last.
    if counts[0].lane[request.slots.count] != 0 { isIrregular = true }
  }

  /// The slot of each record of the batch; those that have none share one beyond the last.
  private func findSlots(_ n: Int) {
    let slots = request.slots, slot = slot.lane
    var root = request.conditions.count
    let beyond = Int32(truncatingIfNeeded: slots.count)
    if slots.isDistrict {
      for k in 0..<n { slot[k] = 0 }
    } else {
      let link = rest.int32(root)
      root += 1
      let limit = UInt32(truncatingIfNeeded: slots.links)
      for k in 0..<n { slot[k] = UInt32(bitPattern: link[k]) < limit ? link[k] : -1 }
    }
    guard slots.year != nil else {
      for k in 0..<n { slot[k] = slot[k] >= 0 ? slot[k] : beyond }
      return
    }
    // Years that are there are within the span; those that are not are far outside even of half their bits.
    let year = rest.int64(root)
    let span = Int32(truncatingIfNeeded: slots.span), width = UInt32(truncatingIfNeeded: slots.span)
    let low = Int32(truncatingIfNeeded: slots.firstYear)
    for k in 0..<n {
      let y = Int32(truncatingIfNeeded: year[k]) &- low
      let s = slot[k] &* span &+ y
      let isIn = (UInt32(bitPattern: y) < width ? Int32(-1) : 0) & (slot[k] >= 0 ? -1 : 0)
      slot[k] = (s & isIn) | (beyond & ~isIn)
    }
  }

  /// Notes in a byte whether a condition certainly holds for what its parent holds for.
  /// - Returns: the truth's bits where it is neither so nor certainly false.
  @inline(__always) private func test(_ v: UInt8, _ holds: inout UInt8, among parent: UInt8) -> UInt8 {
    let certain = v & (v >> 1) & 1
    holds = parent & certain
    return v & (certain &- 1) & (0 &- parent)
  }

  @inline(__always) private func add(_ c: Int, _ n: Int) {
    let counts = counts[c].lane, h = holds[c].lane, slot = slot.lane
    for k in 0..<n { counts[Int(slot[k])] &+= UInt32(h[k]) }
  }
}

extension Evaluator {
  /// Counts a list's records by slot.
  func count(_ request: CountRequest) -> SlotCounts {
    keepParts(
      of: request.conditions[0],
      request.conditions.dropFirst() + [request.slots.link] + (request.slots.year.map { [$0] } ?? []))
    let pass = pass(request.conditions[0], rows: request.rows)
    let batches = (pass.rows + batch - 1) / batch
    let parts = parts(pass.rows)
    var roots = [pass.late] + request.conditions.dropFirst()
    if !request.slots.isDistrict { roots.append(request.slots.link) }
    if let year = request.slots.year { roots.append(year) }
    let first = pass.early.map { compile([$0], readsKept: true) }
    let rest = compile(roots, readsKept: true)
    let counters = (0..<parts).map { _ in Counter(request, first: first, rest: rest, self) }
    share(parts) { [control] part in
      for b in (batches * part / parts)..<(batches * (part + 1) / parts) {
        if control.isCancelled() { return }
        let start = b * batch, n = min(batch, pass.rows - start)
        if let left = pass.left {
          counters[part].batch(left.batch(from: start, n))
        } else {
          counters[part].batch(start: start, count: n)
        }
      }
    }
    if counters.contains(where: \.overflowed) { overflowed = true }
    let size = request.slots.count
    var counts: [[UInt32]] = []
    for c in request.conditions.indices {
      counts.append(
        [UInt32](unsafeUninitializedCapacity: size) { buffer, filled in
          let first = counters[0].counts[c].lane
          for s in 0..<size { buffer[s] = first[s] }
          for other in counters.dropFirst() {
            let more = other.counts[c].lane
            for s in 0..<size { buffer[s] &+= more[s] }
          }
          filled = size
        })
    }
    return SlotCounts(
      counts: counts,
      odd: request.conditions.indices.map { c in
        counters.reduce(into: OddRows(batch: batch)) { $0.append($1.odd[c]) }
      },
      isIrregular: counters.contains(where: \.isIrregular), last: request.last)
  }

  /// Splits a condition into what is asked of every record and what only of those that are left: first what earlier
  /// runs have left as columns, else what leaves few in a sample. Where nothing is won, everything is asked at once.
  func split(_ condition: Node, rows: Int) -> (early: Node?, late: Node) {
    guard rows >= 16 * batch, condition.op == .and, condition.inputs.count > 1 else { return (nil, condition) }
    let parts = condition.inputs
    // Arithmetic that may overflow is asked of all records, so that it is told of whatever else holds.
    guard !parts.contains(where: { mayOverflow($0) }) else { return (nil, condition) }
    let read = parts.filter { kept($0) != nil }
    if read.count > 1 { return (joined(read), joined(parts.filter { kept($0) == nil })) }
    let worker = Worker(compile(parts, readsKept: true), self)
    var left = [Int](repeating: 0, count: parts.count)
    var sampled = 0
    for s in 0..<2 {
      let start = (rows / batch / 3 * (s + 1)) * batch
      let n = min(batch, rows - start)
      worker.run(start: start, count: n, rows: nil)
      for i in parts.indices {
        let t = worker.truth(i)
        var some = 0
        for k in 0..<n { some &+= t[k] != 0 ? 1 : 0 }
        left[i] += some
      }
      sampled += n
    }
    let order = parts.indices.sorted { left[$0] != left[$1] ? left[$0] < left[$1] : $0 < $1 }
    guard let best = order.first, left[best] * 4 < sampled else { return (nil, condition) }
    return (parts[best], joined(order.dropFirst().map { parts[$0] }))
  }

  /// Parts of a condition as one, without a graph that knows of it.
  private func joined(_ parts: [Node]) -> Node {
    if parts.count == 1 { return parts[0] }
    let domain = parts.first { $0.domain != .constant }?.domain ?? .constant
    return Node(
      number: -1, op: parts.isEmpty ? .constantTruth(Truth.yes) : .and, inputs: parts, domain: domain,
      register: .truth, mayBeAbsent: false)
  }

  private func mayOverflow(_ node: Node) -> Bool {
    node.op.mayOverflow || node.inputs.contains { mayOverflow($0) }
  }
}
