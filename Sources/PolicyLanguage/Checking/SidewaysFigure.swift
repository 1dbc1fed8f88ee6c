// Figures over records that stand beside the one that asks: found by equal keys, before it or anywhere, or every record
// of a list (LANGUAGE.md, "Sets by keys"). Knows nothing of columns.
import Diagnostics
import Facts

/// Records found by equal keys: no window, no year, every record.
package final class SidewaysSet: Sendable {
  package enum Members: Sendable {
    case list(String)
    /// The measure's own frames that passed so many of its conditions and requirements, those above the set.
    case candidates(conditions: Int, requirements: Int)
  }

  /// What has to be equal.
  package struct Key: Sendable {
    /// Asked of the member.
    package let member: Typed
    /// Asked of the record that asks.
    package let asker: Typed
  }

  /// What the set is called: its name, or as it is written.
  package let words: Text
  package let members: Members
  /// The list whose records the members are; of candidates the frame's, nil where that is no list.
  package let list: String?
  package let keys: [Key]
  package let order: KeysSyntax.Order?
  /// Whether the record that asks is left out.
  package let leavesOutSelf: Bool
  /// The record that asks, where it may be a member itself; nil: candidates, whose frame it is, and sets without order.
  package let asker: Typed?
  /// Asked of the member alone.
  package let conditions: [Typed]
  /// Asked of the member and of who asks at once.
  package let conditionsOnBoth: [Typed]
  package let location: SourceRange

  init(
    words: Text, members: Members, list: String?, keys: [Key], order: KeysSyntax.Order?, leavesOutSelf: Bool,
    asker: Typed?, conditions: [Typed], conditionsOnBoth: [Typed], location: SourceRange
  ) {
    self.words = words
    self.members = members
    self.list = list
    self.keys = keys
    self.order = order
    self.leavesOutSelf = leavesOutSelf
    self.asker = asker
    self.conditions = conditions
    self.conditionsOnBoth = conditionsOnBoth
    self.location = location
  }

  /// The same records with more asked of them.
  func narrowed(_ words: Text, by more: [Typed], both: [Typed], at location: SourceRange) -> SidewaysSet {
    SidewaysSet(
      words: words, members: members, list: list, keys: keys, order: order, leavesOutSelf: leavesOutSelf, asker: asker,
      conditions: conditions + more, conditionsOnBoth: conditionsOnBoth + both, location: location)
  }

  /// Whether its members are the measure's own frames.
  package var isOfCandidates: Bool { if case .candidates = members { true } else { false } }

  var parts: [Typed] {
    keys.flatMap { [$0.member, $0.asker] } + [asker].compactMap { $0 } + conditions + conditionsOnBoth
  }
}

/// What is asked of such a set.
package final class SidewaysFigure: Sendable {
  package enum Kind: Sendable, Hashable {
    case count
    case sum
    case pick(Expression.Pick)
    case different
  }

  package let kind: Kind
  package let set: SidewaysSet
  /// Asked of each member; nil where they are only counted.
  package let value: Typed?

  init(_ kind: Kind, of set: SidewaysSet, _ value: Typed?) {
    self.kind = kind
    self.set = set
    self.value = value
  }

  /// Whether it is one of the members' values or all of them together, and not a number of members.
  package var isOfValues: Bool {
    switch kind {
    case .sum, .pick: true
    case .count, .different: false
    }
  }

  var parts: [Typed] { self.set.parts + [value].compactMap { $0 } }
}

extension CheckedMeasure {
  /// How many conditions stand above the first set of candidates; nil where nothing asks about such.
  package var firstCandidates: Int? {
    var first: Int?
    expressions.walk { t in
      guard t.asked.contains(.candidates) else { return .past }
      if case .sideways(let figure) = t.operation, case .candidates(let conditions, _) = figure.set.members {
        first = Swift.min(first ?? conditions, conditions)
      }
      return .into
    }
    return first
  }
}
