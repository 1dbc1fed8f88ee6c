// What documents declare, as it is written: parameters, readings, values, definitions, lists of facts.
import Diagnostics

/// A bilingual text as written: `"English" zh "中文"`. Where one is missing the other stands for both.
package typealias Wording = Text

/// `param NAME = FIGURE, at least LOW, at most HIGH "what it is"`
package struct ParameterSyntax: Sendable {
  package let name: Name
  package let value: Expression
  package let atLeast: Expression?
  package let atMost: Expression?
  package let meaning: Wording?
  /// What it is from certain days on; empty: the same on every day.
  package var dated: [Dated] = []
}

/// `reading NAME "question"` and its choices, one a line.
package struct ReadingSyntax: Sendable {
  package struct Choice: Sendable {
    package let name: Name
    package let meaning: Wording?
    package let isDefault: Bool
  }

  package let name: Name
  package let question: Wording
  package let choices: [Choice]
}

/// `value NAME UNIT [by date] "what it is" from "the document that sets it"`: a by-reference value.
package struct ValueSyntax: Sendable {
  package let name: Name
  /// As written: `yuan`, `yuan per month`, `%`, `persons`, `months`.
  package let unit: Name
  package let meaning: Wording?
  package let source: Wording?
  /// Whether it changes on certain days, and is asked for a day.
  package var isByDate = false
}

/// `define NAME(PARAMETER: TYPE, ...) EXPRESSION`
package struct DefinitionSyntax: Sendable {
  package let name: Name
  /// Parameter names with their types as written: the singular of a list, or `place`, `date`, `number`, `months`,
  /// `money`.
  package let parameters: [(name: Name, type: Name)]
  package let body: Expression
}

/// `list hires, each a hire` and its clauses.
package struct ListSyntax: Sendable {
  /// `field NAME TYPE` and what follows on its lines.
  package struct FieldSyntax: Sendable {
    package let name: Name
    /// As written: `text`, `bool`, `number`, `money`, `date`, `date or month`, `date or year`, `place`, `one of (a,
    /// b)`, `reference to LIST`, `set of ...`.
    package var type: TypeSyntax
    /// `required`, `absent means none`, `absent means empty`, `default VALUE`; nil: absent is unknown.
    package let absence: AbsenceSyntax?
    package let labels: [String]
    package let meaning: Wording?
    /// How a yes-or-no fact reads as a condition.
    package let says: SaysSyntax?
    /// `one of (l5, l4) ascending`: each choice is more than those before it.
    package var isAscending = false
  }

  /// What a field holds, as it is written.
  package indirect enum TypeSyntax: Sendable {
    case plain(String)
    /// Choices, and the other words that files may use for each.
    case choice([Name], labels: [[String]])
    case reference(Name)
    case set(TypeSyntax)

    /// The list that is referred to, as it is written; nil for what refers to none.
    package var reference: Name? {
      switch self {
      case .reference(let list): list
      case .set(let member): member.reference
      case .plain, .choice: nil
      }
    }
  }

  /// What it means that a fact is not given.
  package enum AbsenceSyntax: Sendable {
    case required
    case none
    case empty
    case value(Name)
  }

  package let name: Name
  package let singular: Name
  package let title: Wording?
  package let person: Name?
  /// `person NUMBER or NAME`: the field of the identity number that goes before the name.
  package var personID: Name?
  package let begins: Name?
  package let ends: Name?
  package let fields: [FieldSyntax]
  /// What the list joins; empty for a list of facts.
  package var joins: [JoinsSyntax] = []
  package var gaps: [GapSyntax] = []
  /// The word with which Chinese counts the records: 名 of hires.
  package var classifier: Name?
  /// What a record does while it lasts: 稳定就业, 实习.
  package var lasts: Wording?
  /// The line of each clause that is stated once.
  var clauseLines: [String: Int] = [:]
}

/// `says "on file" / "not on file" zh "已备案" / "未备案"`: how a yes-or-no fact reads when it holds and when not.
package struct SaysSyntax: Sendable {
  package let yes: Wording
  package let no: Wording
}
