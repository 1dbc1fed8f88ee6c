// What an expression is made of, and the one way to go through it. Whoever collects something from rules - what they
// mention, what they count, which days they speak of - walks here, so that an expression that is new is met by all of
// them.

extension Typed {
  /// How a walk goes on from an expression.
  package enum Step: Sendable {
    /// To what the expression is made of.
    case into
    /// Past it.
    case past
    /// Nowhere: what was looked for is found.
    case stop
  }

  /// The expressions that this one is made of, in their order; of a call the definition's own first, then the
  /// arguments.
  package var parts: [Typed] { operation.parts }

  /// Visits the expression and everything below it, the whole before its parts, each once however often it is used.
  package func walk(_ visit: (Typed) -> Step) { CollectionOfOne(self).walk(visit) }

  /// Whether the expression, or anything below it, is such a one.
  package func hasPart(where isOne: (Typed) -> Bool) -> Bool { CollectionOfOne(self).havePart(where: isOne) }

  /// The conditions that have to hold together for this one to hold.
  package var conjuncts: [Typed] {
    var seen: Set<ObjectIdentifier> = []
    func parts(_ t: Typed) -> [Typed] {
      guard seen.insert(ObjectIdentifier(t)).inserted else { return [] }
      if case .and(let all) = t.operation { return all.flatMap(parts) }
      return [t]
    }
    return parts(self)
  }

  /// Whether anything is asked of the member itself, beside what its frame says.
  package var asksMember: Bool {
    var isFound = false
    walk { t in
      if t.isOfFrame { return .past }
      switch t.operation {
      case .selfRecord, .selfField, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn: isFound = true
      case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
        .windowEnd, .adopted, .argument, .field, .frameRecord, .iteration, .call, .not, .and, .or, .compare, .between,
        .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .add, .subtract, .multiply, .divide,
        .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning,
        .provinceOf, .different, .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .ofFrame, .notKnown, .rounded,
        .form,
        .nothing:
        break
      }
      return isFound ? .stop : .into
    }
    return isFound
  }

  /// Whether it is a figure of the frame, asked of a member.
  package var isOfFrame: Bool { if case .ofFrame = operation { true } else { false } }

  /// Whether anything is asked of the frame that its record alone does not tell: its year or number, a figure of it.
  package var asksFrame: Bool { asked.contains(.frame) }

  /// Whether the frame's own record is named: `stay.bonus`.
  package var asksFrameRecord: Bool { asked.contains(.frameRecord) }

  /// Whether anything about a set of the measure is asked: how many it has, their sum, their days.
  package var asksSets: Bool { asked.contains(.sets) }

  /// Whether the frame's year, period or number is asked, also within what is counted.
  package var asksIteration: Bool { asked.contains(.iteration) }

  /// Kinds of things that expressions ask for. They are told when an expression is made, since every run asks for them
  /// often.
  struct Asked: OptionSet {
    let rawValue: UInt8
    static let frame = Asked(rawValue: 1)
    static let frameRecord = Asked(rawValue: 2)
    static let sets = Asked(rawValue: 4)
    static let candidates = Asked(rawValue: 8)
    static let iteration = Asked(rawValue: 16)
  }
}

extension Typed.Operation {
  /// What it asks for itself, its parts aside.
  var asked: Typed.Asked {
    var asked: Typed.Asked = set == nil ? [] : .sets
    if case .iteration = self { asked.formUnion([.frame, .iteration]) }
    if case .ofFrame = self { asked.insert(.frame) }
    if case .numberIn = self { asked.insert(.frame) }
    if case .frameRecord = self { asked.insert(.frameRecord) }
    if case .sideways(let figure) = self, case .candidates = figure.set.members { asked.insert(.candidates) }
    return asked
  }
}

extension Sequence<Typed> {
  /// Visits every expression and everything below it, the whole before its parts, each once however often it is used.
  package func walk(_ visit: (Typed) -> Typed.Step) {
    var seen: Set<ObjectIdentifier> = []
    /// Whether to go on.
    func step(_ t: Typed) -> Bool {
      guard seen.insert(ObjectIdentifier(t)).inserted else { return true }
      switch visit(t) {
      case .into: return t.parts.allSatisfy(step)
      case .past: return true
      case .stop: return false
      }
    }
    _ = allSatisfy(step)
  }

  /// Whether one of the expressions, or anything below them, is such a one.
  package func havePart(where isOne: (Typed) -> Bool) -> Bool {
    var isFound = false
    walk { t in
      if isOne(t) { isFound = true }
      return isFound ? .stop : .into
    }
    return isFound
  }
}

extension Typed.Operation {
  /// The expressions that an expression is made of; of a call also the definition's own.
  var parts: [Typed] {
    switch self {
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .argument, .frameRecord, .iteration, .count, .numberIn, .notKnown,
      .nothing:
      []
    case .field(let x, _), .not(let x), .ofFrame(let x), .rounded(let x), .given(let x, _), .whole(let x),
      .yearOf(let x),
      .dayOfYear(_, _, let x),
      .provinceOf(let x), .sum(let x, _), .different(let x, _), .extreme(_, let x, _), .dateOfNumber(let x, _),
      .firstDayAtOnce(let x, _):
      [x]
    case .compare(_, let a, let b), .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
      .divide(let a, let b), .wholeMonths(let a, let b), .wholeYears(let a, let b), .completion(let a, let b),
      .yearsRunning(let a, let b):
      [a, b]
    case .between(let a, let b, let c), .includesBetween(let a, let b, let c), .stable(let a, let b, let c),
      .ifThen(let a, let b, let c):
      [a, b, c]
    case .and(let xs), .or(let xs), .pick(_, let xs), .form(_, let xs): xs
    case .within(let x, let xs), .isAny(let x, let xs), .includes(let x, let xs): [x] + xs
    case .except(let a, let b, _, let when): [a, b] + (when.map { [$0] } ?? [])
    case .call(let definition, let arguments): [definition.body] + arguments
    case .spellEnd(let join), .spellBegins(let join): join.parts
    case .grouped(let figure): figure.parts
    case .sideways(let figure): figure.parts
    }
  }

  /// The set of the measure that is asked about, by its number.
  var set: Int? {
    switch self {
    case .count(let set), .sum(_, over: let set), .different(_, over: let set), .extreme(_, _, over: let set),
      .dateOfNumber(_, in: let set),
      .firstDayAtOnce(_, of: let set):
      set
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .call, .not, .and,
      .or, .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .add, .subtract,
      .multiply, .divide, .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion,
      .yearsRunning, .provinceOf, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn, .ofFrame, .notKnown,
      .rounded, .form, .nothing:
      nil
    }
  }
}
