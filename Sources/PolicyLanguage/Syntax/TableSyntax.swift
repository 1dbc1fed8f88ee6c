// Tables, and figures that change on a day, as written. Knows nothing of what their arguments are.
import Diagnostics

/// `table NAME(ARGUMENT: TYPE, …) UNIT "what it is" from "where it stands"`, and its rows.
package struct TableSyntax: Sendable {
  /// `up to 100, any: 800 yuan as middle`
  package struct Row: Sendable {
    package let test: Test
    package let value: Expression
    /// What the row's figure is called; nil: by its choice, its date or its place.
    package let name: Name?
    package let location: SourceRange
  }

  /// Which figures a row is for.
  package enum Test: Sendable {
    /// One for each argument, all of which have to fit.
    case cells([Cell])
    case when(Expression)
    case otherwise
  }

  /// What one argument has to be.
  package enum Cell: Sendable {
    case upTo(Expression)
    case below(Expression)
    /// Whatever the rows before have left.
    case above
    /// From a day on, until the next row that differs in nothing else.
    case from(Expression)
    case values([Expression])
    case any
  }

  package let name: Name
  /// Names with their types as written: those of a definition, or `list.field` for a field's choices.
  package let parameters: [(name: Name, type: Name)]
  /// As written: `yuan`, `yuan per person`, `%`, `months`.
  package let unit: Name
  package let meaning: Wording?
  package let source: Wording?
  package let rows: [Row]
}

extension ParameterSyntax {
  /// `…, 1,200 yuan from 2024-07-01`: what a parameter is from a day on.
  package struct Dated: Sendable {
    package let value: Expression
    package let from: Expression
  }
}
