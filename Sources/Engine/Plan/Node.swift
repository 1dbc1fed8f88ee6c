// The plan's expressions: a graph of column operations without closures, each a function of the rows of one domain.
// Equal expressions are one node. What depends only on a referenced record is worked out once for each of those
// records and looked up (see `Graph.gather`), which is what makes rules over millions of hires cheap.
import PolicyLanguage
import Reckoning

/// The rows that a node has a value for.
enum Domain: Hashable {
  case constant
  /// Records of a list, by its index in the dictionary.
  case table(Int)
  /// All places.
  case places
  /// The frames of the measure being run.
  case frame
  /// Members of a set together with the frame that each belongs to.
  case pairs(Pairs)
}

/// The members of one set, each with its frame: as many as are looked at before what hangs on both has narrowed them,
/// or those that are members in the end.
struct Pairs: Hashable {
  let set: Int
  let isNarrowed: Bool

  /// One member with its frame, where a single one is looked at.
  static let one = Pairs(set: -1, isNarrowed: false)
  /// The frames' own records, each with its frame.
  static let ownFrames = Pairs(set: -2, isNarrowed: true)
  /// Members of other records together with who asks, for the nth condition on both, from 1: none of those above.
  static func asking(_ n: Int) -> Pairs { Pairs(set: -2 - n, isNarrowed: true) }
}

/// What kind of number a node yields.
enum Register: UInt8, Hashable {
  /// Four-bit truth (see `Truth`).
  case truth
  /// Dates, places, choices, references, texts.
  case int32
  /// Money, counts, months, years.
  case int64
}

/// Truth in four bits: the low two under the reading in force, the high two as if nothing were governed elsewhere.
/// Of two bits the lower says "possibly", the upper "certainly": 00 false, 01 unknown, 11 true, so that `and` and `or`
/// are the bitwise operations and three-valued logic (Kleene) comes out.
enum Truth {
  @inline(__always) static var no: UInt8 { 0b0000 }
  @inline(__always) static var unknown: UInt8 { 0b0101 }
  @inline(__always) static var yes: UInt8 { 0b1111 }
  /// True but for being governed by another document.
  @inline(__always) static var elsewhere: UInt8 { 0b1100 }

  @inline(__always) static func not(_ t: UInt8) -> UInt8 { ((~t & 0b0101) << 1) | ((~t >> 1) & 0b0101) }
  @inline(__always) static func holds(_ t: UInt8) -> Bool { t & 0b0011 == 0b0011 }
  /// Not true here, but would be if nothing were governed elsewhere.
  @inline(__always) static func isElsewhere(_ t: UInt8) -> Bool { t & 0b0011 != 0b0011 && t & 0b1100 == 0b1100 }
  @inline(__always) static func isUnknown(_ t: UInt8) -> Bool { t & 0b0011 == 0b0001 && t & 0b1100 != 0b1100 }
}

/// What there is of a member with its frame.
enum PairPart: Hashable {
  case member
  case frame
  /// Fen that have been paid to the beneficiary in question; told to the evaluator before it is asked.
  case paid
}

/// One operation of the plan.
enum Op: Hashable {
  // Leaves
  case constant32(Int32)
  case constant64(Int64)
  case constantTruth(UInt8)
  /// A by-reference value or setting that nobody has supplied.
  case missing(String, Register)
  case column(list: Int, field: String, Register)
  /// The row's own number.
  case row
  /// A column that holds one value throughout, for looking up by an index that may be absent.
  case spread
  case frameColumn(Int, Register)
  /// Of a member with its frame: the member's row, the frame's number, or what has been paid for both.
  case pairColumn(PairPart)
  /// The row's own id as a text of the pool, or a negative number of its own where the pool has no such text.
  case ownText(Int)
  /// Of a place: does it lie within this one?
  case placeWithin(Int32)
  case placeProvince
  /// Worked out for a whole column at once, and looked up.
  case whole(WholeOp)
  // Looking up: the inner node's value at the row that the input names.
  case gather(Node)
  // Truth
  case and
  case or
  case not
  case except(governedBy: String)
  case given
  case compare(Expression.Comparison)
  case compareDateOrYear(Expression.Comparison)
  /// `nums[0] * … / dens` of both sides, compared exactly.
  case compareProducts(Expression.Comparison, leftNumerators: Int, leftDenominators: Int, rightNumerators: Int)
  /// Two exact amounts over the inputs, compared.
  case compareExact(Expression.Comparison, ExactForm, ExactForm)
  case between
  case betweenDateOrYear
  case within
  case stable
  /// The first input is a row of the list; the rest are what its set may hold.
  case includes(list: Int, field: String)
  case includesBetween(list: Int, field: String)
  // Choice
  case ifThen
  case pick(Expression.Pick)
  // Dates
  case addMonths(MonthEnd)
  case addMonthsDateOrYear(MonthEnd)
  case addDays
  case dateDifference
  case completes(Clock, MonthEnd)
  case stableFrom(Clock, MonthEnd)
  case yearOf
  case yearOfDateOrYear
  case dayOfYear(day: Int, month: Int)
  case wholeMonths(MonthEnd)
  case wholeYears
  case yearsRunning(list: Int, field: String)
  // Arithmetic
  case widen
  case add
  case subtract
  case multiply
  /// Product of the first `count` inputs over the product of the rest: rounded half away from zero, or down.
  case product(numerators: Int, rounded: Bool)
  /// Days, first and last days, levels of places, figures of a day.
  case form(FormOp)
  /// What is made of an exact amount over the inputs.
  case exact(ExactForm, ExactResult)
}

extension Op {
  /// Where the operation is a function of a date and some months: what it is. Everything that makes tables of such
  /// functions, or tells their range, asks here.
  var ofDateAndMonths: ((Day, Int) -> Day)? {
    switch self {
    case .addMonths(let end): { $0.adding(months: $1, end) }
    case .completes(let clock, let end): { $0.completes(months: $1, clock, end) }
    case .stableFrom(let clock, let end): { $0.stableFrom(months: $1, clock, end) }
    case .constant32, .constant64, .constantTruth, .missing, .column, .row, .spread, .frameColumn, .pairColumn,
      .ownText,
      .placeWithin,
      .placeProvince, .gather, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts,
      .between, .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonthsDateOrYear,
      .addDays, .dateDifference, .yearOf, .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning,
      .widen,
      .add, .subtract, .multiply, .product, .exact, .compareExact, .whole, .form:
      nil
    }
  }

  /// Whether a result may be too large for 64 bits, which is told.
  var mayOverflow: Bool {
    switch self {
    case .add, .subtract, .multiply, .product, .exact: true
    case .constant32, .constant64, .constantTruth, .missing, .column, .row, .spread, .frameColumn, .pairColumn,
      .ownText,
      .placeWithin,
      .placeProvince, .gather, .and, .or, .not, .except, .given, .compare, .compareDateOrYear, .compareProducts,
      .between, .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonths,
      .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear,
      .wholeMonths, .wholeYears, .yearsRunning, .widen, .compareExact, .whole, .form:
      false
    }
  }
}

/// A node of the graph.
final class Node: @unchecked Sendable, Hashable {
  let number: Int
  let op: Op
  let inputs: [Node]
  let domain: Domain
  let register: Register
  /// Whether any row may be absent (never set for truth, which has its own unknown).
  let mayBeAbsent: Bool
  /// The rule's text that the node stands for, where there is one.
  var origin: Typed?

  init(number: Int, op: Op, inputs: [Node], domain: Domain, register: Register, mayBeAbsent: Bool) {
    self.number = number
    self.op = op
    self.inputs = inputs
    self.domain = domain
    self.register = register
    self.mayBeAbsent = mayBeAbsent
  }

  /// Whether it is asked of members together with their frames.
  var isOfPairs: Bool { if case .pairs = domain { true } else { false } }

  /// Whether it, or one of its inputs and theirs, is such a one.
  func needs(_ isOne: (Node) -> Bool) -> Bool {
    var seen: Set<Int> = []
    func visit(_ n: Node) -> Bool {
      seen.insert(n.number).inserted && (isOne(n) || n.inputs.contains(where: visit))
    }
    return visit(self)
  }

  static func == (a: Node, b: Node) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// Makes nodes, equal ones once.
final class Graph {
  private struct Key: Hashable {
    let op: Op
    let inputs: [Int]
    let domain: Domain
  }

  private var known: [Key: Node] = [:]
  private var count = 0
  /// The facts and parameters that stand below a line in a node, by its number.
  var divisors: [Int: [String]] = [:]

  init() {}

  /// A graph that goes on from another's nodes.
  init(from other: Graph) {
    known = other.known
    count = other.count
    divisors = other.divisors
  }

  /// Every node made so far, each after what it needs.
  var nodes: [Node] { known.values.sorted { $0.number < $1.number } }

  func make(_ op: Op, _ inputs: [Node] = [], domain: Domain, register: Register, mayBeAbsent: Bool) -> Node {
    let key = Key(op: op, inputs: inputs.map(\.number), domain: domain)
    if let node = known[key] { return node }
    let node = Node(
      number: count, op: op, inputs: inputs, domain: domain, register: register, mayBeAbsent: mayBeAbsent)
    count += 1
    known[key] = node
    return node
  }

  func constant32(_ value: Int32) -> Node {
    make(.constant32(value), domain: .constant, register: .int32, mayBeAbsent: value <= Int32.min + 1)
  }
  func constant64(_ value: Int64) -> Node {
    make(.constant64(value), domain: .constant, register: .int64, mayBeAbsent: value <= Int64.min + 1)
  }
  func truth(_ value: UInt8) -> Node {
    make(.constantTruth(value), domain: .constant, register: .truth, mayBeAbsent: false)
  }

  /// The value of `inner` at the row that `index` names.
  func gather(_ inner: Node, _ index: Node) -> Node {
    if inner.domain == .constant { return inner }
    if case .gather(let middle) = index.op, middle.domain != .frame {
      // a[b[c]] is (a[b])[c]: worked out once for each row of b's table.
      return gather(gather(inner, middle), index.inputs[0])
    }
    return make(
      .gather(inner), [index], domain: index.domain, register: inner.register,
      mayBeAbsent: inner.mayBeAbsent || (index.mayBeAbsent && inner.register != .truth))
  }

  /// An operation on values, lifted to the referenced record when all that varies is looked up by one index.
  /// Operations that treat absence as an answer (`given`, `not`, `if`, picks) are not lifted over an index that may be
  /// absent itself.
  func apply(_ op: Op, _ inputs: [Node], register: Register, mayBeAbsent: Bool, liftsAbsence: Bool = true) -> Node {
    var index: Node?
    var liftable = true
    var domain = Domain.constant
    for input in inputs where input.domain != .constant {
      domain = input.domain
      guard case .gather = input.op, let i = input.inputs.first else {
        liftable = false
        continue
      }
      if let known = index, known !== i { liftable = false }
      index = i
    }
    if let simpler = simpler(op, inputs) { return simpler }
    if liftable, let index, liftsAbsence || !index.mayBeAbsent {
      let inner = inputs.map { input -> Node in
        // What is looked up by a constant is a constant, and stays as it is.
        if input.domain != .constant, case .gather(let x) = input.op { return x }
        return input
      }
      return gather(apply(op, inner, register: register, mayBeAbsent: mayBeAbsent, liftsAbsence: liftsAbsence), index)
    }
    return make(op, inputs, domain: domain, register: register, mayBeAbsent: mayBeAbsent)
  }

  func and(_ inputs: [Node]) -> Node { connect(inputs, .and, neutral: Truth.yes, absorbing: Truth.no) }
  func or(_ inputs: [Node]) -> Node { connect(inputs, .or, neutral: Truth.no, absorbing: Truth.yes) }

  private func connect(_ inputs: [Node], _ op: Op, neutral: UInt8, absorbing: UInt8) -> Node {
    var flat: [Node] = []
    for input in inputs {
      if case .constantTruth(let t) = input.op {
        if t == absorbing { return truth(absorbing) }
        if t == neutral { continue }
      }
      if input.op == op {
        for x in input.inputs where !flat.contains(where: { $0 === x }) { flat.append(x) }
      } else if !flat.contains(where: { $0 === input }) {
        flat.append(input)
      }
    }
    if flat.isEmpty { return truth(neutral) }
    if flat.count == 1 { return flat[0] }
    // Parts that are looked up by one index are joined at the record looked up.
    var groups: [(index: Node?, parts: [Node])] = []
    for part in flat {
      var index: Node?
      if case .gather = part.op { index = part.inputs[0] }
      if let index, let g = groups.firstIndex(where: { $0.index === index }) {
        groups[g].parts.append(part)
      } else {
        groups.append((index, [part]))
      }
    }
    var merged: [Node] = []
    for g in groups {
      if let index = g.index, g.parts.count > 1 {
        let inner = g.parts.compactMap { part -> Node? in
          if case .gather(let x) = part.op { return x }
          return nil
        }
        merged.append(gather(connect(inner, op, neutral: neutral, absorbing: absorbing), index))
      } else {
        merged += g.parts
      }
    }
    if merged.count == 1 { return merged[0] }
    let domain = merged.first { $0.domain != .constant }?.domain ?? .constant
    return make(op, merged, domain: domain, register: .truth, mayBeAbsent: false)
  }
}
