// What holds of every graph, whatever rule it came from. Looked at after every run in debug builds; a graph that breaks
// one of these would be worked out all the same, and yield figures.
import Facts
import Reckoning

extension Graph {
  /// Stops the run where the graph is none: inputs before users, widths and domains that agree, lists and fields that
  /// exist.
  func check(_ dataset: Dataset) {
    var seen: Set<Node> = []
    for node in nodes {
      for input in node.inputs + node.op.inner {
        Invariant.holds(
          seen.contains(input) && input.number < node.number,
          "graph-order: a node stands after everything that it needs (node \(node.number), \(node.op))")
      }
      seen.insert(node)
      Invariant.holds(
        node.op.takes(node.inputs.map(\.register), giving: node.register),
        "graph-registers: an operation and its inputs agree in width (node \(node.number), \(node.op))")
      Invariant.holds(
        node.isOfOneDomain,
        "graph-domains: what is worked out together has the same rows (node \(node.number), \(node.op))")
      Invariant.holds(
        node.isWithin(dataset),
        "graph-lists: a node's list, field and locality are those of the facts (node \(node.number), \(node.op))")
    }
  }
}

extension Op {
  /// What is looked up, which is no input.
  fileprivate var inner: [Node] { if case .gather(let inner) = self { [inner] } else { [] } }

  /// Whether inputs of these widths are what the operation is made for, and the result has the width that it yields.
  fileprivate func takes(_ inputs: [Register], giving result: Register) -> Bool {
    func isOne(_ all: some Collection<Register>, of register: Register) -> Bool { all.allSatisfy { $0 == register } }
    let areNumbers = !inputs.contains(.truth)
    let isOneWidth = inputs.first.map { isOne(inputs, of: $0) } ?? false
    switch self {
    case .constant32, .row, .ownText, .placeProvince, .pairColumn(.member), .pairColumn(.frame):
      return inputs.isEmpty && result == .int32
    case .constant64, .pairColumn(.paid): return inputs.isEmpty && result == .int64
    case .constantTruth, .placeWithin: return inputs.isEmpty && result == .truth
    case .missing(_, let own), .column(_, _, let own), .frameColumn(_, let own): return inputs.isEmpty && result == own
    case .spread: return inputs == [result]
    case .gather(let inner): return inputs == [.int32] && result == inner.register
    case .and, .or: return inputs.count > 1 && isOne(inputs, of: .truth) && result == .truth
    case .not: return inputs == [.truth] && result == .truth
    case .except: return inputs == [.truth, .truth] && result == .truth
    case .given: return inputs.count == 1 && result == .truth
    case .compare: return inputs.count == 2 && isOneWidth && areNumbers && result == .truth
    case .between: return inputs.count == 3 && isOneWidth && areNumbers && result == .truth
    case .compareDateOrYear, .within, .stable: return inputs == [.int32, .int32] && result == .truth
    case .betweenDateOrYear: return inputs == [.int32, .int32, .int32] && result == .truth
    case .compareProducts(_, let leftNumerators, let leftDenominators, let rightNumerators):
      return isOne(inputs, of: .int64) && leftNumerators + leftDenominators + rightNumerators <= inputs.count
        && result == .truth
    case .includes: return inputs.first == .int32 && areNumbers && result == .truth
    case .includesBetween: return inputs.count == 3 && inputs[0] == .int32 && areNumbers && result == .truth
    case .ifThen: return inputs == [.truth, result, result]
    case .pick: return inputs.count > 1 && isOne(inputs, of: result) && areNumbers
    case .addMonths, .addMonthsDateOrYear, .addDays, .completes, .stableFrom:
      return inputs == [.int32, .int64] && result == .int32
    case .dateDifference, .wholeMonths, .wholeYears: return inputs == [.int32, .int32] && result == .int64
    case .yearOf, .yearOfDateOrYear, .widen: return inputs == [.int32] && result == .int64
    case .dayOfYear: return inputs == [.int64] && result == .int32
    case .yearsRunning: return inputs == [.int32, .int64] && result == .int64
    case .add, .subtract, .multiply: return inputs == [.int64, .int64] && result == .int64
    case .product(let numerators, _):
      return isOne(inputs, of: .int64) && numerators <= inputs.count && result == .int64
    case .form(let op): return op.takes(inputs, giving: result)
    case .exact: return !inputs.isEmpty && result == .int64
    case .compareExact: return !inputs.isEmpty && result == .truth
    case .whole(.sideways(let op)): return inputs.count == op.inputs && inputs[0] == .truth && result != .truth
    case .whole(.place): return inputs == [.int32] && result == .int64
    case .whole(.isThere): return inputs.isEmpty && result == .truth
    case .whole: return !inputs.isEmpty && result == .int32
    }
  }
}

extension Node {
  /// Whether all inputs that vary have the node's own rows. What has none, and what is looked up, brings its own.
  fileprivate var isOfOneDomain: Bool {
    if case .spread = op { return inputs.allSatisfy { $0.domain == .constant } }
    // Members and who asks have rows of their own.
    if case .whole(.sideways) = op { return domain != .constant }
    guard !inputs.isEmpty else { return true }
    let varying = Set(inputs.map(\.domain)).subtracting([.constant])
    return varying.isEmpty ? domain == .constant : varying == [domain]
  }

  fileprivate func isWithin(_ dataset: Dataset) -> Bool {
    if case .table(let list) = domain, !dataset.tables.indices.contains(list) { return false }
    func has(_ list: Int, _ field: String) -> Bool {
      dataset.tables.indices.contains(list) && dataset.tables[list].columns[field] != nil
    }
    switch op {
    case .column(let list, let field, _): return domain == .table(list) && has(list, field)
    case .includes(let list, let field), .includesBetween(let list, let field), .yearsRunning(let list, let field):
      return dataset.tables.indices.contains(list) && dataset.dictionary.lists[list].field(field) != nil
    case .ownText(let list): return domain == .table(list)
    case .row: if case .table = domain { return true } else { return false }
    // A figure that is watched is spread over nothing, only to have a node of its own.
    case .spread: if case .table = domain { return true } else { return domain == .constant }
    case .placeWithin(let area): return domain == .places && dataset.places.codes.indices.contains(Int(area))
    case .placeProvince: return domain == .places
    case .form(let op): return !op.isOfPlaces || domain == .places
    case .frameColumn: return domain == .frame
    case .pairColumn: if case .pairs = domain { return true } else { return false }
    case .constant32, .constant64, .constantTruth, .missing: return domain == .constant
    case .gather, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts, .between,
      .betweenDateOrYear, .within, .stable, .ifThen, .pick, .addMonths, .addMonthsDateOrYear, .addDays, .dateDifference,
      .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .widen, .add,
      .subtract, .multiply, .product, .exact, .compareExact:
      return true
    // A column of which a row hangs on others is one of a list.
    case .whole(.sideways), .whole(.place): return domain != .constant && domain != .places
    case .whole: if case .table = domain { return true } else { return false }
    }
  }
}
