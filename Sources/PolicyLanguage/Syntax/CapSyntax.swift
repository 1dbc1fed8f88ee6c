// Caps in money and limits over several measures, as written. Knows nothing of what is paid.
import Diagnostics

/// `cap 60,000 yuan for each agency, year` or `cap 10,000,000 yuan in all`, `in turn` or `in proportion`.
package struct CapSyntax: Sendable {
  package let amount: Expression
  /// Empty: in all.
  package let keys: [Expression]
  /// `in proportion`: what exceeds is taken from all alike; else those who come first are paid.
  package let isShared: Bool
  package let location: SourceRange
}

/// `limit NAME`: what several measures may come to together.
package struct LimitSyntax: Sendable {
  package let name: Name
  package let title: Wording?
  package let article: Name?
  package let measures: [Name]
  package let caps: [CapSyntax]
  package let location: SourceRange
  /// The line of each clause that is stated once.
  var clauseLines: [String: Int] = [:]
}
