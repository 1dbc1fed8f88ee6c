// What a figure is made of, where its parts alone do not say it: a table's rows, the steps that an amount goes through,
// the numbers of a range, an instalment of a whole. Only explanations and probes look at it; what is worked out is the
// expression itself.
import Diagnostics

/// What stands behind a figure that is made of others.
package enum Telling: Sendable {
  /// A figure of a table or one that changes on certain days: of the first row that fits. It belongs to a definition's
  /// body, whose arguments the rows ask about.
  case rows(TableRows)
  /// Each step of a table at its own figure.
  case steps(TableSteps)
  /// A figure over the numbers of a range.
  case terms(RangeTerms)
  /// One of several payments that make up a whole.
  case instalment(Instalment)
  /// A figure that the rule gives a name and does not write: `period_start`.
  case named(Text)
}

/// A table's rows in their order.
package struct TableRows: Sendable {
  /// What the table or the parameter is called.
  package let name: Text
  /// Where the document says its figures stand; nil: it does not.
  package let source: Text?
  package let rows: [Row]

  /// One row.
  package struct Row: Sendable {
    /// What has to hold; nil: it fits whatever comes.
    package let test: Typed?
    package let cells: [Cell]
    package let figure: Typed
    package let location: SourceRange

    /// Up to which figure its only cell goes; nil: it has several, or one without end.
    var bound: Typed? {
      guard cells.count == 1 else { return nil }
      switch cells[0] {
      case .upTo(let figure), .below(let figure): return figure
      case .above, .from, .values, .any, .when, .otherwise: return nil
      }
    }
  }

  /// What one argument has to be.
  package enum Cell: Sendable {
    case upTo(Typed)
    case below(Typed)
    case above
    /// From a day on, until another where there is one.
    case from(Typed, before: Typed?)
    /// One of some values, as they are compared.
    case values([Typed])
    case any
    /// A condition on all arguments.
    case when(Typed)
    case otherwise
  }
}

/// A table gone through step by step.
package struct TableSteps: Sendable {
  package let name: Text
  package let source: Text?
  /// How far it is gone.
  package let amount: Typed
  package let steps: [Step]

  /// What lies between two bounds, at the figure of its row.
  package struct Step: Sendable {
    /// Nil: from nought on.
    package let above: Typed?
    /// Nil: without end.
    package let upTo: Typed?
    /// How much of the whole lies in it.
    package let part: Typed
    package let figure: Typed
    /// The part times the figure.
    package let amount: Typed
    package let location: SourceRange
  }
}

/// What a figure over a range is made of.
package struct RangeTerms: Sendable {
  /// What the numbers of the range are called.
  package let variable: Text
  package let terms: [(number: Int64, figure: Typed)]
}

extension Typed {
  /// The payments that make up a whole, where the amount is one of them.
  package var instalment: Instalment? { if case .instalment(let told)? = telling { told } else { nil } }
}

/// One of the payments that make up a whole.
package struct Instalment: Sendable {
  /// Which it is, from 1 on.
  package let number: Int
  package let count: Int
  package let whole: Typed
  package let share: Share

  /// How much of the whole it is.
  package enum Share: Sendable {
    case share(Typed)
    case rest
    case equal
  }
}

extension Definition {
  /// Whether it is a table whose figures are those of the text, so that its arguments are only compared.
  var onlyCompares: Bool {
    guard case .rows(let table)? = body.telling else { return false }
    return table.rows.allSatisfy { row in
      !row.figure.hasPart { if case .argument = $0.operation { true } else { false } }
    }
  }
}
