// Lists that join records, and sets that stand inside an expression, as written. Knows nothing of what they mean.
import Diagnostics

/// `joins hires with same person, enterprise where CONDITION [when CONDITION]`: whose records are joined, and which.
package struct JoinsSyntax: Sendable {
  package let list: Name
  /// `person`, and fields that must be the same as well.
  package let keys: [Name]
  package let condition: Expression?
  /// Nil: always. Of several `joins` the first that holds is meant.
  package let when: Expression?
  package let location: SourceRange

  package init(list: Name, keys: [Name], condition: Expression?, when: Expression?, at location: SourceRange) {
    self.list = list
    self.keys = keys
    self.condition = condition
    self.when = when
    self.location = location
  }
}

/// `gap at most 0 days [when CONDITION]` or `gap no calendar month [when CONDITION]`.
package struct GapSyntax: Sendable {
  /// Nil: no calendar month may lie between.
  package let days: Expression?
  package let when: Expression?
  package let location: SourceRange

  package init(days: Expression?, when: Expression?, at location: SourceRange) {
    self.days = days
    self.when = when
    self.location = location
  }
}

/// `(hires with same person where …)` or `(stays of spell where …)`: a set inside an expression.
package struct InlineSetSyntax: Sendable {
  package let list: Name
  /// `of NAME`: the parts of a joined record; nil: those with the same person.
  package let of: Name?
  package let conditions: [Expression]
  package let location: SourceRange

  package init(list: Name, of: Name?, conditions: [Expression], at location: SourceRange) {
    self.list = list
    self.of = of
    self.conditions = conditions
    self.location = location
  }
}
