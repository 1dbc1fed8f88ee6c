// A checked policy document: its heading, what it declares, its rules, and the examples and prose around them.
import Diagnostics
import Facts
import Reckoning
import Synchronization

/// A checked policy document.
package final class CheckedDocument: Sendable {
  package let heading: Heading
  package let declared: Declared
  package let measures: [CheckedMeasure]
  package let limits: [CheckedLimit]
  package let examples: [ExampleSyntax]
  package let prose: [ProseSyntax]
  package let source: SourceFile
  /// The rules as they are written.
  package let syntax: DocumentSyntax
  /// The parameters of the document and of its measures by their ids.
  package let parametersByID: [String: Parameter]
  private let chinese = Mutex<ChineseWording?>(nil)

  init(
    heading: Heading, declared: Declared, measures: [CheckedMeasure], limits: [CheckedLimit] = [],
    syntax: DocumentSyntax
  ) {
    self.heading = heading
    self.declared = declared
    self.measures = measures
    self.limits = limits
    parametersByID = Dictionary(
      (declared.parameters + measures.flatMap(\.parameters)).map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    examples = syntax.examples
    prose = syntax.prose
    source = syntax.source
    self.syntax = syntax
  }

  /// Its rules' own words in Chinese, made when they are first asked for.
  /// - Parameters:
  ///   - dictionary: the fields and lists that it was checked over.
  ///   - places: the registry that it was checked over.
  package func inChinese(dictionary: FactDictionary, places: Gazetteer) -> ChineseWording {
    chinese.withLock { known in
      let words = known ?? ChineseWording(self, dictionary: dictionary, places: places)
      known = words
      return words
    }
  }

  /// What the document says of itself.
  package struct Heading: Sendable {
    package let id: String
    package let title: Text
    /// The official number; empty where none is given.
    package let number: String
    /// An id in the places registry; -1 where none is given, which has been told about.
    package let jurisdiction: Int32
    package let issued: Day?
    /// Nil: no window.
    package let window: CheckedWindow?
    /// What its amounts are counted in.
    package let currency: Currency
    /// How the document reads what all documents may, where its measures do not say otherwise.
    package let defaults: [CheckedDefault]
    /// Where the money comes from, unless a measure says otherwise; nil: the document does not say.
    package var funds: CheckedFund?
    /// Who pays, who interprets, and whatever else is told about the document.
    package let remarks: [(key: String, text: Text)]
  }

  /// What the document's rules share.
  package struct Declared: Sendable {
    package let parameters: [Parameter]
    package let readings: [Reading]
    package let values: [ReferenceValue]
    package let definitions: [Definition]
  }
}

extension CheckedDocument {
  package var id: String { heading.id }
  package var title: Text { heading.title }
  /// The official number; empty where none is given.
  package var number: String { heading.number }
  /// An id in the places registry.
  package var jurisdiction: Int32 { heading.jurisdiction }
  package var issued: Day? { heading.issued }
  /// What its amounts are counted in.
  package var currency: Currency { heading.currency }
  /// Nil: no window.
  package var window: CheckedWindow? { heading.window }
  /// Who pays, who interprets, and whatever else is told about the document.
  package var remarks: [(key: String, text: Text)] { heading.remarks }
  package var parameters: [Parameter] { declared.parameters }
  package var readings: [Reading] { declared.readings }
  package var values: [ReferenceValue] { declared.values }
  package var definitions: [Definition] { declared.definitions }

  /// Whether the document says that of benefits of one kind the higher is taken: the header's `higher`.
  package var hasHigherClause: Bool { remarks.contains { $0.key == "higher" } }

  /// The measure of that id or Chinese name.
  package func measure(called name: String) -> CheckedMeasure? {
    measure(name) ?? measures.first { $0.heading.chinese == name }
  }

  /// The measure of that name.
  package func measure(_ name: String) -> CheckedMeasure? { measures.first { $0.name == name } }
}
