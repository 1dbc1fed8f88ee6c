// Works nodes out: compiles code for batches, keeps what has been worked out for whole tables, and shares long runs
// between threads in a fixed order, so that results do not depend on how many there are.
import Dispatch
import Facts
import PolicyLanguage
import Reckoning

/// Works out nodes over a dataset. One for each run of a measure.
final class Evaluator: @unchecked Sendable {
  let tables: SharedTables
  let dataset: Dataset
  let threads: Int
  /// How many rows are worked out at a time: so many that all columns of a code stay in cache.
  let batch: Int
  private(set) var control: RunControl
  /// Whether each record of a list is looked at, where some are not.
  let some: Storage<UInt8>?
  var texts: TextNumbers { tables.texts }
  /// Held by who asks for something after the run.
  let late = Lock()
  /// The frames' columns: record, iteration, aggregates.
  private(set) var frameColumns: [Values?] = []
  /// Members with their frames, for what hangs on both.
  private(set) var pairs: [Pairs: (rows: Values, frames: Values)] = [:]
  /// The days on which they count, where they are members of a set.
  private(set) var pairDays: [Pairs: [Int32]] = [:]
  /// What figures over other records had to leave out: see `Sideways`.
  var omitted: [Node: Omitted] = [:]
  /// What has been paid for members with their frames, where a recovery is being worked out.
  private(set) var paid: [Pairs: Values] = [:]
  private var whole: [Node: Values] = [:]
  /// What nodes work out, by the numbers that columns are kept under.
  var keptNumbers: [Node: Int] = [:]
  var overflowed = false
  /// Whether figures that do not fit are not known; else they are none, and the run has to be made again.
  var isGuarded = false

  init(
    _ tables: SharedTables, threads: Int, batch: Int, control: RunControl = RunControl(), some: Storage<UInt8>? = nil
  ) {
    self.tables = tables
    self.some = some
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
    let pairs: [Pairs: (rows: Values, frames: Values)]
    let pairDays: [Pairs: [Int32]]
    let omitted: [Node: Omitted]
    let whole: [Node: Values]
    let overflowed: Bool
  }

  var state: State {
    State(
      frameColumns: frameColumns, pairs: pairs, pairDays: pairDays, omitted: omitted, whole: small,
      overflowed: overflowed)
  }

  func restore(_ state: State) {
    frameColumns = state.frameColumns
    pairs = state.pairs
    pairDays = state.pairDays
    omitted = state.omitted
    whole = state.whole
    overflowed = state.overflowed
  }

  // MARK: The frames' columns

  func frameColumn(_ i: Int) -> Values? { frameColumns.indices.contains(i) ? frameColumns[i] : nil }

  func setFrameColumn(_ i: Int, _ values: Values) {
    while frameColumns.count <= i { frameColumns.append(nil) }
    frameColumns[i] = values
    whole = whole.filter { $0.key.domain != .frame }
  }

  /// Makes members known with the frames that they belong to.
  func setPairs(_ key: Pairs, _ members: MemberRows) {
    pairs[key] = (
      Values(int32: Storage(members.rows, padding: 0)), Values(int32: Storage(members.frames, padding: 0))
    )
    pairDays[key] = members.dates
    whole = whole.filter { $0.key.domain != .pairs(key) }
  }

  /// Tells what has been paid for members with their frames.
  func setPaid(_ key: Pairs, _ fen: [Int64]) {
    paid[key] = Values(int64: Storage(fen, padding: 0))
    whole = whole.filter { $0.key.domain != .pairs(key) }
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
    // Before there are frames, there are none.
    case .frame: frameColumns.first.flatMap { $0?.count } ?? 0
    case .pairs(let key): pairs[key]?.rows.count ?? 0
    }
  }

  // MARK: Code for batches

  /// The code for some roots.
  /// - Parameter readsKept: whether what earlier runs have left is read instead of being worked out: not where somebody
  ///   looks at the steps themselves.
  func compile(_ roots: [Node], readsKept: Bool = false) -> BatchCode {
    var order: [(node: Node, kept: Values?)] = []
    var index: [Node: Int] = [:]
    var domain = Domain.constant
    func visit(_ node: Node) {
      if index[node] != nil { return }
      let values = readsKept ? kept(node) ?? area(node, roots) : nil
      if values == nil { for input in inputs(of: node, readsKept) { visit(input) } }
      index[node] = order.count
      order.append((node, values))
      if node.domain != .constant { domain = node.domain }
    }
    for r in roots { visit(r) }
    let rows = rowCount(domain)
    let steps = order.map { node, kept in
      if let kept { return BatchCode.Step(node: node, inputs: [], source: .column(kept)) }
      let inputs = inputs(of: node, readsKept)
      return BatchCode.Step(
        node: node, inputs: inputs.map { position(of: $0, index) }, source: source(node, inputs, rows: rows))
    }
    return BatchCode(steps: steps, roots: roots.map { position(of: $0, index) }, domain: domain)
  }

  /// What is asked of every place by itself is worked out once for all conditions that ask it.
  private func area(_ node: Node, _ roots: [Node]) -> Values? {
    node.domain == .places && node.inputs.isEmpty && !roots.contains(node) ? values(node) : nil
  }

  /// What has a step before the node's own: not what a whole column is made of, which is worked out apart, and of the
  /// year of a date that a column's day decides the column alone, where nobody looks at the steps themselves.
  private func inputs(of node: Node, _ readsKept: Bool) -> [Node] {
    if case .whole = node.op { return [] }
    if readsKept, node.op == .yearOf, let column = node.dateColumn, column !== node.inputs[0],
      dayTable(node, rows: rowCount(node.domain)) != nil
    {
      return [column]
    }
    return node.inputs
  }

  private func position(of node: Node, _ index: [Node: Int]) -> Int {
    Invariant.value(index[node], "inputs-compiled: what a step needs has a step before it")
  }

  /// What a node reads beside its inputs. All that is looked up is worked out first.
  private func source(_ node: Node, _ inputs: [Node], rows: Int) -> BatchCode.Source {
    switch node.op {
    case .column(let list, let field, let register): return leaf(list, field, register)
    case .gather(let inner): return .table(values(inner))
    case .whole: return .table(values(node))
    case .includes(let list, let field), .includesBetween(let list, let field), .yearsRunning(let list, let field):
      guard case .sets(let offsets, let members)? = dataset.tables[list].columns[field]?.data else { return .nothing }
      return .sets(offsets: offsets, members: members)
    case .addMonths, .completes, .stableFrom, .yearOf:
      // A table by the column's days is for who has the column before it.
      if inputs.first !== node.dateColumn { return .nothing }
      return dayTable(node, rows: rows).map { .days($0) } ?? .nothing
    case .constant32, .constant64, .constantTruth, .missing, .row, .spread, .frameColumn, .pairColumn, .ownText,
      .placeWithin,
      .placeProvince, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts, .between,
      .betweenDateOrYear, .within, .stable, .ifThen, .pick, .addMonthsDateOrYear, .addDays, .dateDifference,
      .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .widen, .add, .subtract, .multiply, .product, .exact,
      .compareExact, .form:
      return .nothing
    }
  }

  /// Where a list's column lies.
  private func leaf(_ list: Int, _ field: String, _ register: Register) -> BatchCode.Source {
    switch (dataset.tables[list].columns[field]?.data, register) {
    case (.bools(let s)?, .truth): return .bools(s)
    case (.int32(let s)?, .int32): return .column(Values(int32: s))
    case (.int64(let s)?, .int64): return .column(Values(int64: s))
    case (_, _):
      Invariant.broken("column-of-register: \(field) of list \(list) is no column of the width that its node has")
    }
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
      guard let table = tables.days(node)?.values.narrow, let low = table.buffer.min(), let high = table.buffer.max()
      else {
        return nil
      }
      return Int64(low)...Int64(high)
    case .constantTruth, .missing, .column, .row, .spread, .frameColumn, .pairColumn, .ownText, .placeWithin,
      .placeProvince,
      .gather, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts, .between,
      .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonthsDateOrYear, .addDays,
      .dateDifference, .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .add, .subtract,
      .multiply, .product, .exact, .compareExact, .whole, .form:
      return nil
    }
  }

  // MARK: Running

  /// A node's values for all rows of its domain, worked out once.
  func values(_ node: Node) -> Values {
    if let known = whole[node] { return known }
    let made = valuesToKeep(node) ?? workedOut(node)
    whole[node] = made
    return made
  }

  /// A node's values for all rows of its domain, worked out anew or read where they lie.
  func workedOut(_ node: Node) -> Values {
    if node.domain == .places, node.inputs.isEmpty {
      return tables.areas(node.op) {
        worked(node)
      } isWhole: {
        !control.isCancelled()
      }
    } else if case .column(let list, let field, let register) = node.op,
      case .column(let column) = leaf(list, field, register)
    {
      return column
    } else if case .whole(let op) = node.op {
      return whole(op, node)
    } else if case .frameColumn(let i, _) = node.op, let column = frameColumn(i) {
      return column
    }
    return worked(node)
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

  /// Copies a batch's first root to where it belongs among all values.
  func copy(_ worker: Worker, to made: Values, _ start: Int, _ n: Int) {
    switch made.column {
    case .truth(let s): Evaluator.copy(worker.truth(0), s, start, n)
    case .int32(let s): Evaluator.copy(worker.int32(0), s, start, n)
    case .int64(let s): Evaluator.copy(worker.int64(0), s, start, n)
    }
  }

  private static func copy<Value>(_ lane: Lane<Value>, _ to: Storage<Value>, _ start: Int, _ n: Int) {
    OpenLane(to).part(from: start, count: n).copy(lane.part(from: 0, count: n))
  }

  /// Runs roots over rows, batch by batch, in one or more workers; `sink` gets the worker, the batch's first row (its
  /// position among the rows) and its length, and is called by several threads at once for different batches.
  func run(_ roots: [Node], over rows: Rows, oneWorker: Bool = false, sink: (Worker, Int, Int) -> Void) {
    runParts(roots, over: rows, oneWorker: oneWorker) { _, worker, start, n in sink(worker, start, n) }
  }

  /// The same; the sink is told, too, which part of the rows it is given, from 0. Each part is done by one thread, in
  /// order.
  func runParts(_ roots: [Node], over rows: Rows, oneWorker: Bool = false, sink: (Int, Worker, Int, Int) -> Void) {
    let code = compile(roots, readsKept: true)
    let total = rows.count
    let parts = oneWorker ? 1 : parts(total)
    let batches = (total + batch - 1) / batch
    let workers = (0..<parts).map { _ in Worker(code, self) }
    func work(_ part: Int) {
      let worker = workers[part]
      for b in (batches * part / parts)..<(batches * (part + 1) / parts) {
        if control.isCancelled() { return }
        let start = b * batch
        let n = min(batch, total - start)
        switch rows {
        case .range(let r): worker.run(start: r.lowerBound + start, count: n, rows: nil)
        case .list(let l): worker.run(start: start, count: n, rows: Lane(l).part(from: start, count: n))
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
}
