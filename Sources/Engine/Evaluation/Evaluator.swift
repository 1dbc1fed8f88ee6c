// Works nodes out: compiles programs, keeps what has been worked out for whole tables, and shares long runs between
// threads in a fixed order, so that results do not depend on how many there are.
import Dispatch
import Facts
import PolicyLanguage
import Reckoning

/// Works out nodes over a dataset. One for each run of a measure.
final class Evaluator: @unchecked Sendable {
  let tables: SharedTables
  let dataset: Dataset
  let threads: Int
  /// How many rows are worked out at a time: so many that all columns of a program stay in cache.
  let batch: Int
  private(set) var control: RunControl
  var texts: TextNumbers { tables.texts }
  /// Held by who asks for something after the run.
  let late = Lock()
  /// The frames' columns: record, iteration, aggregates.
  private(set) var frameColumns: [Values?] = []
  private var whole: [Node: Values] = [:]
  var overflowed = false

  init(_ tables: SharedTables, threads: Int, batch: Int, control: RunControl = RunControl()) {
    self.tables = tables
    self.control = control
    dataset = tables.dataset
    self.threads = max(1, min(threads, 64))
    self.batch = max(1, min(batch, 1 << 16))
  }

  /// The run is over: what is asked for from now on is worked out to the end.
  func finish() {
    control = RunControl()
    whole = small
  }

  /// What is worth keeping of what has been worked out: a table of millions of rows takes more room than it saves time.
  private var small: [Node: Values] { whole.filter { $0.value.count <= 65_536 } }

  /// What an evaluator has worked out, for going on from there.
  struct State {
    let frameColumns: [Values?]
    let whole: [Node: Values]
    let overflowed: Bool
  }

  var state: State { State(frameColumns: frameColumns, whole: small, overflowed: overflowed) }

  func restore(_ state: State) {
    frameColumns = state.frameColumns
    whole = state.whole
    overflowed = state.overflowed
  }

  // MARK: Where leaves lie

  /// The address of a column that can be read where it lies.
  func columnBase(_ node: Node) -> UnsafeRawPointerBox? {
    guard case .column(let list, let field, let register) = node.op,
      let column = dataset.tables[list].columns[field]
    else { return nil }
    switch (column.data, register) {
    case (.int32(let s), .int32): return s.buffer.baseAddress.map { UnsafeMutableRawPointer($0) }
    case (.int64(let s), .int64): return s.buffer.baseAddress.map { UnsafeMutableRawPointer($0) }
    default: return nil
    }
  }
  typealias UnsafeRawPointerBox = UnsafeMutableRawPointer

  func boolColumn(_ node: Node) -> Storage<UInt8>? {
    guard case .column(let list, let field, _) = node.op,
      case .bools(let s)? = dataset.tables[list].columns[field]?.data
    else { return nil }
    return s
  }

  func frameColumn(_ i: Int) -> Values? { frameColumns.indices.contains(i) ? frameColumns[i] : nil }

  func setFrameColumn(_ i: Int, _ values: Values) {
    while frameColumns.count <= i { frameColumns.append(nil) }
    frameColumns[i] = values
    whole = whole.filter { $0.key.domain != .frame }
  }

  func clearFrames() {
    frameColumns = []
    whole = whole.filter { $0.key.domain != .frame }
  }

  func ownText(_ list: Int, _ row: Int) -> Int32 {
    guard let ids = dataset.tables[list].ids else { return Absent.none32 }
    return texts.number(ids.text(row))
  }

  func province(_ place: Int) -> Int32 {
    let places = dataset.places
    guard places.codes.indices.contains(place) else { return Absent.none32 }
    return places.id(code: String(places.codes[place].text.prefix(2)) + "0000") ?? Absent.none32
  }

  func rowCount(_ domain: Domain) -> Int {
    switch domain {
    case .constant: 1
    case .table(let i): dataset.tables[i].count
    case .places: dataset.places.count
    case .frame: frameColumns.first.flatMap { $0?.count } ?? 0
    }
  }

  // MARK: Programs

  /// The program for some roots. All that is looked up is worked out first.
  func compile(_ roots: [Node]) -> Program {
    var order: [Node] = []
    var index: [Node: Int] = [:]
    var domain = Domain.constant
    func visit(_ node: Node) {
      if index[node] != nil { return }
      if case .whole = node.op {} else { for input in node.inputs { visit(input) } }
      index[node] = order.count
      order.append(node)
      if node.domain != .constant { domain = node.domain }
    }
    for r in roots { visit(r) }
    let rows = rowCount(domain)
    let steps = order.map { node -> Program.Step in
      var values: Values?
      if case .gather(let inner) = node.op { values = self.values(inner) }
      if case .whole = node.op { values = self.values(node) }
      return Program.Step(
        node: node, inputs: node.inputs.compactMap { index[$0] }, values: values, table: dayTable(node, rows: rows),
        sets: sets(node))
    }
    return Program(steps: steps, roots: roots.compactMap { index[$0] }, domain: domain)
  }

  private func sets(_ node: Node) -> (offsets: Storage<Int32>, members: Storage<Int32>)? {
    let place: (Int, String)?
    switch node.op {
    case .includes(let list, let field), .includesBetween(let list, let field), .yearsRunning(let list, let field):
      place = (list, field)
    default: place = nil
    }
    guard let (list, field) = place, case .sets(let o, let m)? = dataset.tables[list].columns[field]?.data else {
      return nil
    }
    return (o, m)
  }

  /// A table by day for a function of a date column whose other inputs are fixed; worth it for many rows only.
  private func dayTable(_ node: Node, rows: Int) -> DayTable? { rows > 2000 ? tables.days(node) : nil }

  /// Bounds of a node's values that are not absent; nil where they cannot be told without working them out.
  func range(_ node: Node) -> ClosedRange<Int64>? {
    switch node.op {
    case .constant32(let v): return v > Absent.none32 ? Int64(v)...Int64(v) : nil
    case .constant64(let v): return v > Absent.none64 ? v...v : nil
    case .column(let list, let field, .int32):
      return tables.range(list, field).map { Int64($0.lowerBound)...Int64($0.upperBound) }
    case .widen: return range(node.inputs[0])
    case .yearOf:
      guard let days = range(node.inputs[0]), let a = Int32(exactly: days.lowerBound),
        let b = Int32(exactly: days.upperBound)
      else { return nil }
      return Int64(Day(number: a).year)...Int64(Day(number: b).year)
    case .addMonths, .completes, .stableFrom:
      guard let table = tables.days(node)?.int32, let low = table.buffer.min(), let high = table.buffer.max() else {
        return nil
      }
      return Int64(low)...Int64(high)
    default: return nil
    }
  }

  // MARK: Running

  /// A node's values for all rows of its domain, worked out once.
  func values(_ node: Node) -> Values {
    if let known = whole[node] { return known }
    let made: Values
    if node.domain == .places, node.inputs.isEmpty {
      made = tables.areas(node.op) {
        worked(node)
      } isWhole: {
        !control.isCancelled()
      }
    } else if case .column = node.op, let column = inPlace(node) {
      made = column
    } else if case .whole(let op) = node.op {
      made = whole(op, node)
    } else if case .frameColumn(let i, _) = node.op, let column = frameColumn(i) {
      made = column
    } else {
      made = worked(node)
    }
    whole[node] = made
    return made
  }

  /// A node's values for all rows of its domain, filled in by the caller unless they are known.
  func values(_ node: Node, _ fill: (Values) -> Void) -> Values {
    if let known = whole[node] { return known }
    let made = Values(node.register, count: rowCount(node.domain))
    fill(made)
    whole[node] = made
    return made
  }

  private func worked(_ node: Node) -> Values {
    let count = rowCount(node.domain)
    let made = Values(node.register, count: count)
    run([node], over: .range(0..<count)) { worker, start, n in copy(worker, to: made, start, n) }
    return made
  }

  /// Copies a batch's first root to its place among all values.
  func copy(_ worker: Worker, to made: Values, _ start: Int, _ n: Int) {
    guard let base = made.base else { return }
    if made.truth != nil {
      memcpyBytes(base + start, worker.truth(0), n)
    } else if made.int32 != nil {
      memcpyBytes(base + start * 4, worker.int32(0), n * 4)
    } else {
      memcpyBytes(base + start * 8, worker.int64(0), n * 8)
    }
  }

  private func inPlace(_ node: Node) -> Values? {
    guard case .column(let list, let field, let register) = node.op else { return nil }
    switch (dataset.tables[list].columns[field]?.data, register) {
    case (.int32(let s)?, .int32): return Values(int32: s)
    case (.int64(let s)?, .int64): return Values(int64: s)
    default: return nil
    }
  }

  /// Runs roots over rows, batch by batch, in one or more workers; `sink` gets the worker, the batch's first row (its
  /// place among the rows) and its length, and is called by several threads at once for different batches.
  func run(_ roots: [Node], over rows: Rows, oneWorker: Bool = false, sink: (Worker, Int, Int) -> Void) {
    runParts(roots, over: rows, oneWorker: oneWorker) { _, worker, start, n in sink(worker, start, n) }
  }

  /// The same; the sink is told, too, which part of the rows it is given, from 0. Each part is done by one thread, in order.
  func runParts(_ roots: [Node], over rows: Rows, oneWorker: Bool = false, sink: (Int, Worker, Int, Int) -> Void) {
    let program = compile(roots)
    let total = rows.count
    let parts = oneWorker ? 1 : parts(total)
    let batches = (total + batch - 1) / batch
    let workers = (0..<parts).map { _ in Worker(program, self) }
    func work(_ part: Int) {
      let worker = workers[part]
      for b in (batches * part / parts)..<(batches * (part + 1) / parts) {
        if control.isCancelled() { return }
        let start = b * batch
        let n = min(batch, total - start)
        switch rows {
        case .range(let r): worker.run(start: r.lowerBound + start, count: n, rows: nil)
        case .list(let l): worker.run(start: start, count: n, rows: l.baseAddress.map { $0 + start })
        }
        sink(part, worker, start, n)
      }
    }
    share(parts, work)
    if workers.contains(where: \.overflowed) { overflowed = true }
  }

  /// Into how many parts so many rows are cut: a few batches are done before another thread is awake.
  func parts(_ rows: Int) -> Int { rows >= 32 * batch ? threads : 1 }

  /// Does the parts of a work, each on a thread of its own.
  func share(_ parts: Int, _ work: (Int) -> Void) { Evaluator.share(parts, work) }

  static func share(_ parts: Int, _ work: (Int) -> Void) {
    if parts == 1 {
      work(0)
    } else {
      withoutActuallyEscaping(work) { work in
        nonisolated(unsafe) let work = work
        DispatchQueue.concurrentPerform(iterations: parts) { work($0) }
      }
    }
  }

  /// The rows of a range for which a condition holds, with their frames and dates, in row order.
  func members(
    _ condition: Node, link: Node, year: Node?, date: Node, count: Int, _ finder: FrameFinder, keeps: [Bool]
  ) -> MemberRows {
    let parts = parts(count)
    let batches = (count + batch - 1) / batch
    let (early, late) = split(condition, rows: count)
    let first = early.map { compile([$0]) }
    let program = compile([late, link, date] + (year.map { [$0] } ?? []))
    let workers = (0..<parts).map { _ in Worker(program, self) }
    let tests = (0..<parts).map { _ in first.map { EarlyTest($0, self) } }
    nonisolated(unsafe) var found = [MemberPart?](repeating: nil, count: parts)
    keeps.withUnsafeBufferPointer { keeps in
      share(parts) { part in
        let from = batches * part / parts, to = batches * (part + 1) / parts
        let mine = MemberPart(capacity: max((to - from) * batch, 1))
        for b in from..<to {
          if control.isCancelled() { break }
          let start = b * batch
          let n = min(batch, count - start)
          let left = tests[part]?.left(of: n, from: start)
          workers[part].run(start: start, count: left?.count ?? n, rows: left?.rows)
          mine.take(workers[part], hasYear: year != nil, start, n, left, finder, keeps)
        }
        found[part] = mine
      }
    }
    if workers.contains(where: \.overflowed) { overflowed = true }
    return MemberPart.joined(found.compactMap { $0 })
  }

  /// The rows of a range for which a condition is not certainly false, with other nodes' values there, in row order.
  func select(_ condition: Node, _ others: [Node], count: Int) -> Selection {
    let parts = parts(count)
    let batches = (count + batch - 1) / batch
    nonisolated(unsafe) var found = [SelectionPart?](repeating: nil, count: parts)
    let program = compile([condition] + others)
    let workers = (0..<parts).map { _ in Worker(program, self) }
    func work(_ part: Int) {
      let worker = workers[part]
      let from = batches * part / parts, to = batches * (part + 1) / parts
      let selection = SelectionPart(others: others, capacity: max((to - from) * batch, 1))
      for b in from..<to {
        if control.isCancelled() { break }
        let start = b * batch
        let n = min(batch, count - start)
        worker.run(start: start, count: n, rows: nil)
        selection.take(worker, start, n)
      }
      found[part] = selection
    }
    share(parts, work)
    if workers.contains(where: \.overflowed) { overflowed = true }
    return SelectionPart.joined(found.compactMap { $0 }, others: others)
  }
}

/// One thread's share of a set's members, in buffers as long as they can ever have to be.
private final class MemberPart: @unchecked Sendable {
  private let rows: UnsafeMutablePointer<Int32>
  private let frames: UnsafeMutablePointer<Int32>
  private let dates: UnsafeMutablePointer<Int32>
  private var count = 0

  init(capacity: Int) {
    rows = .allocate(capacity: capacity)
    frames = .allocate(capacity: capacity)
    dates = .allocate(capacity: capacity)
  }

  deinit {
    rows.deallocate()
    frames.deallocate()
    dates.deallocate()
  }

  func take(
    _ worker: Worker, hasYear: Bool, _ start: Int, _ n: Int, _ left: EarlyTest.Left?, _ finder: FrameFinder,
    _ keeps: UnsafeBufferPointer<Bool>
  ) {
    let truth = worker.truth(0), link = worker.int32(1), date = worker.int32(2)
    let year = hasYear ? worker.int64(3) : nil
    var at = count
    for k in 0..<(left?.count ?? n) {
      guard truth[k] & (left?.truths[k] ?? Truth.yes) & 0b0011 == 0b0011 else { continue }
      let f = finder(link[k], year.map { $0[k] } ?? 0)
      guard f >= 0, keeps[Int(f)] else { continue }
      rows[at] = left?.rows?[k] ?? Int32(truncatingIfNeeded: start &+ k)
      frames[at] = f
      dates[at] = date[k]
      at &+= 1
    }
    count = at
  }

  static func joined(_ parts: [MemberPart]) -> MemberRows {
    func gather(_ pointer: (MemberPart) -> UnsafeMutablePointer<Int32>) -> [Int32] {
      Array(unsafeUninitializedCapacity: parts.reduce(0) { $0 + $1.count }) { buffer, filled in
        for p in parts {
          buffer.baseAddress.map { ($0 + filled).initialize(from: pointer(p), count: p.count) }
          filled += p.count
        }
      }
    }
    return MemberRows(rows: gather(\.rows), frames: gather(\.frames), dates: gather(\.dates))
  }
}

/// Rows that a condition selects, with values of other nodes, and the rows for which it is neither true nor false.
struct Selection {
  var rows: [Int32] = []
  /// Other nodes' values, by the node's place; empty where the node is of another register.
  var int32: [[Int32]] = []
  var int64: [[Int64]] = []
  /// Rows that are undetermined or governed elsewhere, with their truth.
  var odd: [(row: Int32, truth: UInt8)] = []
}

/// One worker's share of a selection, in buffers that are as long as they can ever have to be: pages that nothing is
/// written to cost nothing.
private final class SelectionPart: @unchecked Sendable {
  private let others: [Node]
  private let rows: UnsafeMutablePointer<Int32>
  private let columns: [UnsafeMutableRawPointer]
  private(set) var count = 0
  private(set) var odd: [(row: Int32, truth: UInt8)] = []

  init(others: [Node], capacity: Int) {
    self.others = others
    rows = .allocate(capacity: capacity)
    columns = others.map { .allocate(byteCount: capacity * ($0.register == .int64 ? 8 : 4), alignment: 64) }
  }

  deinit {
    rows.deallocate()
    for c in columns { c.deallocate() }
  }

  func take(_ worker: Worker, _ start: Int, _ n: Int) {
    let truth = worker.truth(0)
    let target = rows + count
    var chosen = 0
    var strange: UInt8 = 0
    for k in 0..<n {
      target[chosen] = Int32(truncatingIfNeeded: k)
      let t = truth[k]
      let holds = t & 0b0011 == 0b0011
      chosen += holds ? 1 : 0
      strange |= holds ? 0 : t
    }
    for (j, node) in others.enumerated() {
      switch node.register {
      case .int32:
        let v = worker.int32(j + 1), out = columns[j].assumingMemoryBound(to: Int32.self) + count
        for i in 0..<chosen { out[i] = v[Int(target[i])] }
      case .int64:
        let v = worker.int64(j + 1), out = columns[j].assumingMemoryBound(to: Int64.self) + count
        for i in 0..<chosen { out[i] = v[Int(target[i])] }
      case .truth: break
      }
    }
    let first = Int32(truncatingIfNeeded: start)
    for i in 0..<chosen { target[i] = target[i] &+ first }
    count += chosen
    if strange != 0 {
      for k in 0..<n where truth[k] & 0b0011 != 0b0011 && truth[k] != 0 {
        odd.append((Int32(truncatingIfNeeded: start + k), truth[k]))
      }
    }
  }

  static func joined(_ parts: [SelectionPart], others: [Node]) -> Selection {
    let total = parts.reduce(0) { $0 + $1.count }
    func gather<T: BitwiseCopyable>(_ pointer: (SelectionPart) -> UnsafePointer<T>) -> [T] {
      Array(unsafeUninitializedCapacity: total) { buffer, count in
        var at = buffer.baseAddress
        for p in parts {
          at?.initialize(from: pointer(p), count: p.count)
          at = at.map { $0 + p.count }
        }
        count = total
      }
    }
    var out = Selection()
    out.rows = gather { UnsafePointer($0.rows) }
    for (j, node) in others.enumerated() {
      out.int32.append(
        node.register == .int32 ? gather { UnsafePointer($0.columns[j].assumingMemoryBound(to: Int32.self)) } : [])
      out.int64.append(
        node.register == .int64 ? gather { UnsafePointer($0.columns[j].assumingMemoryBound(to: Int64.self)) } : [])
    }
    out.odd = parts.flatMap(\.odd)
    return out
  }
}

@inline(__always) func memcpyBytes(_ to: UnsafeMutableRawPointer, _ from: UnsafeRawPointer, _ count: Int) {
  to.copyMemory(from: from, byteCount: count)
}
