// Lists that join records, and sets that stand inside an expression, as written. Knows nothing of what they mean.
import Diagnostics

/// `joins hires with same person, enterprise where CONDITION [when CONDITION]`: whose records are joined, and which.
public struct JoinsSyntax: Sendable {
  public let list: Name
  /// `person`, and fields that must be the same as well.
  public let keys: [Name]
  public let condition: Expression?
  /// Nil: always. Of several `joins` the first that holds is meant.
  public let when: Expression?
  public let location: SourceRange

  public init(list: Name, keys: [Name], condition: Expression?, when: Expression?, at location: SourceRange) {
    self.list = list
    self.keys = keys
    self.condition = condition
    self.when = when
    self.location = location
  }
}

/// `gap at most 0 days [when CONDITION]` or `gap no calendar month [when CONDITION]`.
public struct GapSyntax: Sendable {
  /// Nil: no calendar month may lie between.
  public let days: Expression?
  public let when: Expression?
  public let location: SourceRange

  public init(days: Expression?, when: Expression?, at location: SourceRange) {
    self.days = days
    self.when = when
    self.location = location
  }
}

/// `(hires with same person where …)` or `(stays of spell where …)`: a set inside an expression.
public struct InlineSetSyntax: Sendable {
  public let list: Name
  /// `of NAME`: the parts of a joined record; nil: those with the same person.
  public let of: Name?
  public let conditions: [Expression]
  public let location: SourceRange

  public init(list: Name, of: Name?, conditions: [Expression], at location: SourceRange) {
    self.list = list
    self.of = of
    self.conditions = conditions
    self.location = location
  }
}
