// What runs over the same facts work out again and again for whole lists: the parts of a condition, the days and years
// by which records are counted. A part is told by its operations alone, whatever run it belongs to, so that a run whose
// settings differ works out anew only what they change. Knows nothing of settings and measures.
import Facts

/// Values of nodes for whole lists and for all places, by what the nodes work out. Safe for several threads.
///
/// Only what is asked for a second time is kept, so that a single cost pays nothing for it. When the columns take more
/// than they may, those go that have not been asked for longest.
final class KeptColumns: @unchecked Sendable {
  /// What a node works out, whatever graph it belongs to. Nodes of equal operations on equal inputs have one number.
  private struct Work: Hashable {
    /// Nil where something is looked up: what is looked up is the last of the inputs then.
    let op: Op?
    let inputs: [Int]
    let domain: Domain
  }

  /// What is kept of a work.
  private enum Found {
    /// Its values.
    case values(Values)
    /// The records for which it is not certainly false.
    case rows(KeptRows.Found)

    var bytes: Int {
      switch self {
      case .values(let values): values.bytes
      case .rows(.few(let rows)): rows.bytes
      case .rows(.many): 0
      }
    }
  }

  /// Values and rows of one work are kept apart.
  private struct Place: Hashable {
    let number: Int
    let isRows: Bool
  }

  private struct Column {
    let found: Found
    var lastAsked: Int
  }

  /// What is not a matter of the facts alone has no number.
  private static let none = -1
  /// No more works than these are told apart; whoever varies a figure makes new ones without end.
  private static let mostWorks = 100_000

  private let limit: Int
  private let lock = Lock()
  private var numbers: [Work: Int] = [:]
  private var next = 0
  private var asked: Set<Int> = []
  private var columns: [Place: Column] = [:]
  private var bytes = 0
  private var clock = 0
  /// How many times a column was there that somebody asked for.
  private(set) var read = 0

  /// - Parameter limit: how many bytes the columns may take.
  init(limit: Int) { self.limit = limit }

  /// The number of what a node works out; nil where that hangs on more than the facts, or is told of beside its values,
  /// as what overflows is.
  /// - Parameter known: the numbers of nodes that have been asked for.
  func number(of node: Node, _ known: inout [Node: Int]) -> Int? {
    let number = known[node] ?? lock.hold { find(node, &known) }
    return number == KeptColumns.none ? nil : number
  }

  private func find(_ node: Node, _ known: inout [Node: Int]) -> Int {
    if let number = known[node] { return number }
    let number = node.isOfFactsAlone ? make(node, &known) : KeptColumns.none
    known[node] = number
    return number
  }

  private func make(_ node: Node, _ known: inout [Node: Int]) -> Int {
    var inputs: [Int] = []
    var op: Op? = node.op
    var parts = node.inputs
    if case .gather(let inner) = node.op {
      op = nil
      parts.append(inner)
    }
    for part in parts {
      let number = find(part, &known)
      if number == KeptColumns.none { return KeptColumns.none }
      inputs.append(number)
    }
    let work = Work(op: op, inputs: inputs, domain: node.domain)
    if let number = numbers[work] { return number }
    // Numbers are never given twice: whoever has one of those forgotten finds nothing under it.
    if numbers.count >= KeptColumns.mostWorks { (numbers, asked) = ([:], []) }
    next += 1
    numbers[work] = next
    return next
  }

  /// The values of a work, where they are kept.
  func values(_ number: Int) -> Values? {
    if case .values(let values)? = found(Place(number: number, isRows: false)) { values } else { nil }
  }

  /// The records for which a work is not certainly false, where they have been looked for.
  func rows(_ number: Int) -> KeptRows.Found? {
    if case .rows(let rows)? = found(Place(number: number, isRows: true)) { rows } else { nil }
  }

  private func found(_ place: Place) -> Found? {
    lock.hold {
      guard let column = columns[place] else { return nil }
      clock += 1
      read += 1
      columns[place]?.lastAsked = clock
      return column.found
    }
  }

  /// Whether a work has been asked for before, so that its values had better be kept.
  func isAskedAgain(_ number: Int) -> Bool { lock.hold { !asked.insert(number).inserted } }

  func keep(_ number: Int, _ values: Values) { keep(Place(number: number, isRows: false), .values(values)) }
  func keep(_ number: Int, _ rows: KeptRows.Found) { keep(Place(number: number, isRows: true), .rows(rows)) }

  private func keep(_ place: Place, _ found: Found) {
    lock.hold {
      guard columns[place] == nil, found.bytes <= limit / 4 else { return }
      clock += 1
      columns[place] = Column(found: found, lastAsked: clock)
      bytes += found.bytes
      while bytes > limit, let oldest = columns.min(by: { $0.value.lastAsked < $1.value.lastAsked }) {
        columns[oldest.key] = nil
        bytes -= oldest.value.found.bytes
      }
    }
  }
}

extension Values {
  fileprivate var bytes: Int {
    switch column {
    case .truth: count
    case .int32: count * 4
    case .int64: count * 8
    }
  }
}

extension Node {
  /// Whether the node's values, its inputs' given, hang on the facts alone and are all that there is to tell.
  fileprivate var isOfFactsAlone: Bool {
    switch domain {
    case .constant, .table, .places: break
    case .frame, .pairs: return false
    }
    switch op {
    case .frameColumn, .pairColumn, .whole(.sideways), .whole(.place), .whole(.isThere), .compareExact: return false
    case .whole(.spellFirst), .whole(.spellEnd), .whole(.grouped): return true
    case .constant32, .constant64, .constantTruth, .missing, .column, .row, .spread, .ownText, .placeWithin,
      .placeProvince, .gather, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts,
      .between, .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonths,
      .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear,
      .wholeMonths, .wholeYears, .yearsRunning, .widen, .add, .subtract, .multiply, .product, .exact, .form:
      return !op.mayOverflow
    }
  }

  /// Whether it is a list's column as it lies there, or one figure for all.
  fileprivate var isThereAnyway: Bool {
    if case .column(_, _, let register) = op { return register != .truth }
    return op == .row || domain == .constant
  }
}

extension Evaluator {
  /// The values of a node for its whole domain, where earlier runs have left them.
  func kept(_ node: Node) -> Values? {
    guard let kept = tables.kept, isKept(node), let number = kept.number(of: node, &keptNumbers) else { return nil }
    return kept.values(number)
  }

  /// Works out what a condition asks, part by part, and further nodes, for the whole list: as far as they have been
  /// asked for before and are not there. What codes read of them is then nothing but a column.
  func keepParts(of condition: Node, _ others: [Node]) {
    guard tables.kept != nil else { return }
    let parts = condition.op == .and ? condition.inputs : [condition]
    for part in parts + others where isKept(part) && !control.isCancelled() { _ = valuesToKeep(part) }
  }

  /// A node's values, from earlier runs or for later ones; nil where they are not to be kept.
  func valuesToKeep(_ node: Node) -> Values? {
    guard let kept = tables.kept, isKept(node), let number = kept.number(of: node, &keptNumbers) else { return nil }
    if let values = kept.values(number) { return values }
    // All places are few.
    guard kept.isAskedAgain(number) || node.domain == .places else { return nil }
    let made = workedOut(node)
    if !control.isCancelled() { kept.keep(number, made) }
    return made
  }

  /// Whether a node's values are worth being kept: those of many rows, or of all places.
  private func isKept(_ node: Node) -> Bool {
    switch node.domain {
    case .table: !node.isThereAnyway && rowCount(node.domain) >= 16 * batch
    case .places: true
    case .constant, .frame, .pairs: false
    }
  }
}
