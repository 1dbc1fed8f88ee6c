// What is taken back of what was paid, as written. Knows nothing of payments.
import Diagnostics

/// `recover all from enterprise on end when end < start + 12 months`, `recover paid * 50% on end when …`
package struct RecoverSyntax: Sendable {
  /// Nil: all that was paid.
  package let amount: Expression?
  /// Nil: whoever was paid.
  package let who: Expression?
  package let on: Expression?
  package let when: Expression?
  package let forEach: Name?
  package let location: SourceRange
}
