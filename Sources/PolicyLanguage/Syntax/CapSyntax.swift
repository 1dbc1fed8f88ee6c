// Caps in money and limits over several measures, as written. Knows nothing of what is paid.
import Diagnostics

/// `cap 60,000 yuan for each agency, year` or `cap 10,000,000 yuan in all`, `in turn` or `in proportion`.
package struct CapSyntax: Sendable {
  package let amount: Expression
  /// Empty: in all.
  package let keys: [Expression]
  /// `in any 3 years`, `in any 36 months`: how long what was paid counts; nil: for good.
  package let within: Expression?
  /// `in proportion`: what exceeds is taken from all alike; else those who come first are paid.
  package let isShared: Bool
  /// `of employment_subsidy then district`: whose money it is that the cap limits; nil: whatever is paid.
  package var source: CapSourceSyntax?
  package let location: SourceRange
}

/// The source of money that a cap limits.
package struct CapSourceSyntax: Sendable {
  package let fund: Name
  /// What bears what exceeds the cap; nil: it is not paid.
  package let next: Name?

  package var location: SourceRange { next.map { fund.location.to($0.location) } ?? fund.location }
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
