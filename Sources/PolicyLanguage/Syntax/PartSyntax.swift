// Instalments and the text's own rounding, as written. Knows nothing of amounts.
import Diagnostics

/// `part 40% on start when stable for 3 months`, `part 300 yuan on …`, or last `part rest on …`.
package struct PartSyntax: Sendable {
  /// Nil: the rest.
  package let amount: Expression?
  package let on: Expression?
  package let when: Expression?
  package let location: SourceRange
}

/// `in 3 equal parts every 3 months from start`
struct EqualPartsSyntax: Sendable {
  let count: Int
  let every: Expression
  let from: Expression
  let location: SourceRange
}

extension Expression {
  /// Which way a text rounds: to the nearest, down or up.
  package enum Rounding: String, Sendable {
    case nearest = "to"
    case down
    case up
  }
}
