// Figures over sets that stand inside an expression, and the keys by which a set is joined, as written. Knows nothing
// of what they mean.
import Diagnostics

/// `same person, enterprise as h` or `learner = person`: what has to be equal of the member and of who asks.
package enum MatchSyntax: Sendable {
  /// Fields that both have; `as NAME`: of that record instead of the one that is looked at.
  case same([Name], as: Name?)
  /// Left: of the member; right: of who asks.
  case equal(Expression, Expression)

  var expressions: [Expression] {
    switch self {
    case .same: []
    case .equal(let a, let b): [a, b]
    }
  }
}

/// Which of those with equal keys are meant.
package struct KeysSyntax: Sendable {
  package enum Order: String, Sendable {
    case before = "before it"
    case upTo = "up to it"
  }

  /// `other hires …`: without the record itself.
  package let isOther: Bool
  /// Empty: every record of the list.
  package let matches: [MatchSyntax]
  /// Those before it, or up to it, in the list's order; nil: wherever they stand.
  package let order: Order?

  package init(isOther: Bool, matches: [MatchSyntax], order: Order?) {
    self.isOther = isOther
    self.matches = matches
    self.order = order
  }
}

/// `count of (…)`, `sum of X over (…)`, `average of X over SET`, `count of different X over SET`, `number in SET`.
package struct SetFigureSyntax: Sendable {
  package enum Kind: Sendable {
    case count
    case sum
    case average
    case different
    /// The member's place in the set.
    case number
  }

  package enum Source: Sendable {
    case named(Name)
    case inline(InlineSetSyntax)
  }

  package let kind: Kind
  /// What is asked of each member; nil where they are only counted.
  package let value: Expression?
  package let set: Source

  package init(_ kind: Kind, _ value: Expression?, over set: Source) {
    self.kind = kind
    self.value = value
    self.set = set
  }

  var expressions: [Expression] {
    let own = [value].compactMap { $0 }
    if case .inline(let set) = set { return own + set.expressions }
    return own
  }

  /// Whether it asks something of one of the frame's sets by name.
  var isOfFrame: Bool {
    guard case .named = set else { return false }
    switch kind {
    case .count, .sum, .average, .different: return true
    case .number: return false
    }
  }
}

/// `sum of E for each m from 1 to 12`, also `average`, `largest`, `smallest`.
package struct RangeFigureSyntax: Sendable {
  package enum Kind: String, Sendable {
    case sum
    case average
    case largest
    case smallest
  }

  package let kind: Kind
  package let term: Expression
  package let variable: Name
  package let from: Expression
  package let to: Expression

  package init(_ kind: Kind, _ term: Expression, for variable: Name, from: Expression, to: Expression) {
    self.kind = kind
    self.term = term
    self.variable = variable
    self.from = from
    self.to = to
  }
}

extension InlineSetSyntax {
  var expressions: [Expression] { (keys?.matches.flatMap(\.expressions) ?? []) + conditions }
}
