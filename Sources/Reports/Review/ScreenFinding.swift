// What a screen for fair competition finds, and what it does not judge. Knows nothing of how it is found.

import Diagnostics
import Facts
import PolicyLanguage

/// Something that a screen for fair competition has to be asked about.
package struct ScreenFinding: Sendable {
  /// What a condition asks of an undertaking, or what an amount hangs on.
  package enum Kind: String, Sendable, CaseIterable {
    case registered
    case taxed
    case counted
    /// Whoever is from elsewhere is treated otherwise.
    case outsiders
    /// It stands on a list that an office keeps.
    case listed
    /// An office has chosen it.
    case chosen
    /// It is called by its name.
    case named
    case ownership
    /// The amount hangs on taxes that were paid.
    case taxTied = "tax_tied"
    /// Whoever has paid no taxes, or too few, gets nothing.
    case taxAsked = "tax_asked"
  }

  package let kind: Kind
  /// The fact that is asked about; nil for amounts that hang on a list of taxes.
  package let field: Field?
  /// The list that has the fact.
  package let list: String?
  package let document: String
  /// The measures whose payments hang on it, in the order of the document.
  package var measures: [CheckedMeasure]
  /// Where it stands, each place once.
  package internal(set) var occurrences: [Occurrence]
  /// Whether taking the words away leaves a rule: then the budget without them can be told.
  package let isCondition: Bool

  /// Where a condition stands, and how it is taken away.
  package struct Occurrence: Sendable {
    package let location: SourceRange
    /// Whether everybody has what it asks for once it is gone; below a `not` nobody has. What some rules ask for and
    /// others rule out decides between two ways of treating somebody: then everybody has it.
    package internal(set) var holdsWithout: Bool
  }
}

/// A condition on a fact of an undertaking that a document declares: what it means is not known, so that it is neither
/// found nor cleared.
package struct UnjudgedCondition: Sendable {
  /// Nil: whether it stands on a list that a document declares is asked.
  package let field: Field?
  /// The list that has the fact, or on which it stands.
  package let list: String
  /// The measures whose payments hang on it, in the order of the document.
  package internal(set) var measures: [CheckedMeasure]
  /// Each place once.
  package internal(set) var locations: [SourceRange]
}
