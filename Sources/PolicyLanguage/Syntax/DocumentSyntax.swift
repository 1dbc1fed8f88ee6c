// A policy document as it is written: its header, declarations, rules and examples, and the prose around them.
import Diagnostics
import Reckoning

/// `default READING is CHOICE "why"`, in a document's header.
package struct DefaultSyntax: Sendable {
  package let reading: Name
  package let choice: Name
  package let reason: Wording?
  package let location: SourceRange
}

/// `document ID` and its clauses.
package struct HeaderSyntax: Sendable {
  package let name: Name
  package let title: Wording?
  /// The document's official number.
  package let number: String?
  package let jurisdiction: Name?
  /// Whether that is a place outside China, which has no code.
  package var isOutside = false
  package let issued: Name?
  package let window: WindowSyntax?
  /// What amounts are counted in; nil: yuan.
  package var currency: Currency?
  /// `default cap_end is stop "why"`: how the document reads what all documents may.
  package let defaults: [DefaultSyntax]
  /// `fund district 100%`: where the money comes from, unless a measure says otherwise.
  package var funds: FundSyntax?
  /// Every other `key "text"` clause (funded, interpreted, higher), for `show`.
  package let remarks: [(key: Name, text: Wording)]
  /// The line of each clause that is stated once.
  var clauseLines: [String: Int] = [:]
}

/// `example "..."` and its clauses: a test inside a document.
package struct ExampleSyntax: Sendable {
  /// `given [N] LIST [ID, ...]: FIELD VALUE, ...`
  package struct Given: Sendable {
    package let list: Name
    package let count: Int
    package let ids: [Name]
    /// Values as written, up to the comma; quotes removed.
    package let fields: [(name: Name, value: Name)]
  }

  package struct Expectation: Sendable {
    package enum Quantity: String, Sendable {
      case total, due, pending, displaced, overQuota = "over quota", overCap = "over cap", recovered,
        belowNought = "below nought", payments, unpriced,
        undetermined, elsewhere,
        grants, met, notMet = "not met", unknown, notApplicable = "not applicable"
    }

    package let measure: Name
    package let quantity: Quantity
    /// Nil for `met`, `not met`, `unknown` and `not applicable`.
    package let amount: Expression?
    package let location: SourceRange

    init(measure: Name, quantity: Quantity, amount: Expression?, at location: SourceRange) {
      self.measure = measure
      self.quantity = quantity
      self.amount = amount
      self.location = location
    }
  }

  package let title: Wording
  package let district: Name?
  package let asOf: Name?
  /// `as adopted`; nil: as enacted.
  package let adopted: Bool
  /// `with NAME = VALUE, ...`: the value as written.
  package let settings: [(name: Name, value: Name)]
  package let givens: [Given]
  package let expectations: [Expectation]
  package let location: SourceRange
  /// The line of `as adopted` or `as enacted`.
  var modeLine: Int?

  init(
    title: Wording, district: Name?, asOf: Name?, adopted: Bool, settings: [(name: Name, value: Name)],
    givens: [Given], expectations: [Expectation], at location: SourceRange
  ) {
    self.title = title
    self.district = district
    self.asOf = asOf
    self.adopted = adopted
    self.settings = settings
    self.givens = givens
    self.expectations = expectations
    self.location = location
  }
}

/// A heading of the Markdown around the rules, and the prose that follows it up to the next heading or fence.
package struct ProseSyntax: Sendable {
  /// 1 to 6 for a heading; 0 for prose.
  package let level: Int
  package let text: String
  package let line: Int
}

/// One policy document, or the rules of a fence of a notebook.
package struct DocumentSyntax: Sendable {
  package var header: HeaderSyntax?
  package var lists: [ListSyntax] = []
  package var values: [ValueSyntax] = []
  package var readings: [ReadingSyntax] = []
  package var parameters: [ParameterSyntax] = []
  package var definitions: [DefinitionSyntax] = []
  package var tables: [TableSyntax] = []
  package var limits: [LimitSyntax] = []
  package var measures: [MeasureSyntax] = []
  package var examples: [ExampleSyntax] = []
  package var prose: [ProseSyntax] = []
  /// The lines whose rules are written in Chinese.
  var chineseLines: [ClosedRange<Int>] = []
  package let source: SourceFile

  /// Whether nothing is declared that rules could use.
  package var declaresNothing: Bool {
    lists.isEmpty && values.isEmpty && readings.isEmpty && parameters.isEmpty && definitions.isEmpty && tables.isEmpty
      && limits.isEmpty && measures.isEmpty && examples.isEmpty
  }

  /// Places outside China that the document is about.
  package var outsidePlaces: [String] {
    header.flatMap { $0.isOutside ? $0.jurisdiction?.text : nil }.map { [$0] } ?? []
  }

  init(source: SourceFile) { self.source = source }

  /// Whether the rule on a line is written in Chinese.
  package func isChinese(line: Int) -> Bool { chineseLines.contains { $0.contains(line) } }
}
