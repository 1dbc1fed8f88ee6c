// How many terms a figure comes to once every range is written out, those of definitions too: a rule of a few lines
// must not become millions of operations.
import Diagnostics

/// What stands in an expression beside itself.
struct Expansion {
  /// Terms of ranges, each range but for one of its own.
  var terms = 0
  /// Definitions put in. Of the same arguments one is worked out once.
  var calls = 0

  mutating func add(_ other: Expansion) {
    // Far beyond every limit, so that no sum is too large for a number.
    terms = min(terms + other.terms, Expansion.beyond)
    calls = min(calls + other.calls, Expansion.beyond)
  }

  private static let beyond = 1 << 40
}

/// Goes through expressions one after another, each once, and counts what they come to.
struct ExpansionCount {
  private(set) var all = Expansion()
  private var seen: Set<ObjectIdentifier>
  /// The arguments with which each definition has been put in.
  private var called: [ObjectIdentifier: Set<[String]>] = [:]

  /// - Parameter known: what stands outside, such as a `let`, which is worked out once however often it is named.
  init(besides known: some Sequence<Typed> = EmptyCollection()) { seen = Set(known.map { ObjectIdentifier($0) }) }

  mutating func add(_ t: Typed, _ ofDefinition: (Definition) -> Expansion) {
    var open = [t]
    while let next = open.popLast() {
      guard seen.insert(ObjectIdentifier(next)).inserted else { continue }
      if case .terms(let range)? = next.telling {
        all.add(Expansion(terms: range.terms.count - 1))
        // Of a range of one number its only term stands nowhere else.
        open += range.terms.map(\.figure)
      }
      if case .call(let definition, let arguments) = next.operation {
        add(ofDefinition(definition), called: definition, arguments)
        open += arguments
      } else {
        open += next.parts
      }
    }
  }
}

extension ExpansionCount {
  private mutating func add(_ inside: Expansion, called definition: Definition, _ arguments: [Typed]) {
    let paths = arguments.compactMap(\.factPath)
    if paths.count == arguments.count, !called[ObjectIdentifier(definition), default: []].insert(paths).inserted {
      all.add(Expansion(terms: inside.terms))
      return
    }
    all.add(Expansion(terms: inside.terms, calls: inside.calls + 1))
  }
}

extension Checker {
  /// The most terms of a figure over a range, with those of ranges inside it.
  static let mostTerms = 1_200
  /// The most definitions put into one definition, or into one figure over a range.
  static let mostCalls = 100_000

  /// What a definition comes to.
  func expansion(of definition: Definition) -> Expansion {
    if let known = expansions[ObjectIdentifier(definition)] { return known.expansion }
    var count = ExpansionCount()
    count.add(definition.body) { expansion(of: $0) }
    expansions[ObjectIdentifier(definition)] = (definition, count.all)
    return count.all
  }

  /// Whether a figure stays within the limits; tells where it does not.
  /// - Parameter terms: the terms that it has itself.
  func demandSize(_ expansion: Expansion, terms: Int = 1, at location: SourceRange) -> Bool {
    if terms + expansion.terms > Checker.mostTerms {
      report(
        "too-many-terms",
        Text(
          "With the ranges inside each other, also those of definitions, this comes to more than 1,200 terms.",
          zh: "范围相互嵌套（包括定义中的范围），总项数超过 1,200 项。"),
        hint: Text("Make one of the ranges shorter, or say it without a range.", zh: "请缩短其中一个范围，或不用范围表述。"),
        at: location)
      return false
    }
    if expansion.calls > Checker.mostCalls {
      report(
        "too-many-terms",
        Text(
          "With every definition put where it is named, this comes to more than 100,000 of them.",
          zh: "将各定义代入其引用之处后，总数超过 100,000 个。"),
        hint: Text("Let definitions name each other less often.", zh: "请减少定义之间的相互引用。"), at: location)
      return false
    }
    return true
  }
}
