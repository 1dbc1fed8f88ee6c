// Conditions on the records of a long list that runs over the same facts ask again and again: what came of one is kept, a
// byte for each record, once a second run asks it, and lent to all later ones. Which conditions are the same is told by
// what they are made of, through all their inputs. Only what facts and constants decide is kept: nothing that hangs on
// frames, nothing that may overflow, and no figure over other records, which tells what it left out.
import Facts
import PolicyLanguage
import Reckoning

/// What came of conditions over one dataset.
struct LentTruths {
  /// What a node is made of; the node that is looked up stands in by its number.
  private struct Shape: Hashable {
    let op: Op
    let lookedUp: Int
    let domain: Domain
    let inputs: [Int]
  }

  /// What is known of a condition.
  enum Known {
    /// No run has asked it.
    case new
    /// It has been asked before.
    case asked
    case kept(Values)
  }

  /// More bytes than these are not kept; the oldest are forgotten.
  private static let limit = 1 << 27
  /// More shapes than these are not told apart: a search over a bound makes one after another.
  private static let most = 1 << 14

  private var numbers: [Shape: Int] = [:]
  /// No number is given twice, also after all have been forgotten: somebody may be at work on one.
  private var next = 0
  private var asked: Set<Int> = []
  private var kept: [Int: Values] = [:]
  private var order: [Int] = []
  private var bytes = 0

  /// The number of all nodes that are made like this one; nil where it is not to be kept.
  mutating func number(of node: Node) -> Int? {
    if numbers.count > LentTruths.most { forget() }
    var known: [Node: Int?] = [:]
    return number(of: node, &known)
  }

  private mutating func number(of node: Node, _ known: inout [Node: Int?]) -> Int? {
    if let found = known[node] { return found }
    known[node] = .some(nil)
    guard node.op.isLent else { return nil }
    var inputs: [Int] = []
    for input in node.inputs {
      guard let number = self.number(of: input, &known) else { return nil }
      inputs.append(number)
    }
    var (op, lookedUp) = (node.op, -1)
    if case .gather(let inner) = node.op {
      guard let number = self.number(of: inner, &known) else { return nil }
      (op, lookedUp) = (.row, number)
    }
    let shape = Shape(op: op, lookedUp: lookedUp, domain: node.domain, inputs: inputs)
    let number = numbers[shape] ?? next
    if number == next { next += 1 }
    numbers[shape] = number
    known[node] = number
    return number
  }

  private mutating func forget() {
    (numbers, asked, kept, order, bytes) = ([:], [], [:], [], 0)
  }

  /// What is known of a condition, which has been asked from now on.
  mutating func ask(_ number: Int) -> Known {
    if let values = kept[number] { return .kept(values) }
    return asked.insert(number).inserted ? .new : .asked
  }

  mutating func keep(_ values: Values, for number: Int) {
    guard kept[number] == nil, values.count <= LentTruths.limit else { return }
    kept[number] = values
    order.append(number)
    bytes += values.count
    while bytes > LentTruths.limit {
      let oldest = order.removeFirst()
      let values = Invariant.value(
        kept.removeValue(forKey: oldest), "lent-in-order: what is kept stands in the order")
      bytes -= values.count
    }
  }
}

extension Op {
  /// Whether facts and constants alone decide what comes of it, and nothing is told besides.
  fileprivate var isLent: Bool {
    switch self {
    case .constant32, .constant64, .constantTruth, .column, .row, .placeWithin, .placeProvince, .gather, .and, .or,
      .not,
      .except, .given, .compare, .compareDateOrYear, .between, .betweenDateOrYear, .within, .stable, .includes,
      .includesBetween, .ifThen, .pick, .addMonths, .addMonthsDateOrYear, .completes, .stableFrom, .yearOf,
      .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen, .whole(.spellFirst),
      .whole(.spellEnd), .whole(.grouped):
      true
    case .missing, .spread, .frameColumn, .pairColumn, .ownText, .compareProducts, .compareExact, .addDays,
      .dateDifference, .add, .subtract, .multiply, .product, .form, .exact, .whole(.sideways), .whole(.place):
      false
    }
  }
}
