// What the rows of a document's tables ask and what its examples take as given, in both languages, for whoever lists
// the figures of a document. Nothing of it is read back. Knows nothing of lists.
import Diagnostics
import Facts
import Reckoning

/// Words beside the figures of one document.
package struct FigureWords: Sendable {
  /// A table of the document, its rows as they are written.
  package struct Table: Sendable {
    package let name: String
    package let words: Text
    package let meaning: Text?
    package let source: Text?
    package let rows: [Row]
  }

  /// A row of a table.
  package struct Row: Sendable {
    /// `up to 100, any`
    package let test: Text
    /// Where the row stands, by which its figure is known.
    package let start: Position
    /// What has a bound, each with the place of the bound.
    package let bounds: [(argument: Text, start: Position)]
  }

  package let tables: [Table]
  /// For each example in its order what it sets and takes as given, a line each.
  package let examples: [[Text]]

  package init(_ document: CheckedDocument, dictionary: FactDictionary, places: Gazetteer) {
    let reading = RuleTranslation.Reading(document.source, dictionary, places)
    let syntax = reading.syntax
    func writer(_ surface: Language) -> RuleWriter {
      var writer = RuleWriter(
        surface: surface, notes: reading.notes, places: places, currency: syntax.header?.currency)
      writer.readsBack = false
      return writer
    }
    let (en, zh) = (writer(.en), writer(.zh))
    tables = syntax.tables.map { table in
      Table(
        name: table.name.text, words: Text(table.name.text, zh: table.name.zh ?? table.name.text),
        meaning: table.meaning, source: table.source,
        rows: table.rows.map { row in
          Row(
            test: Text(FigureWords.line(en.test(row.test), .en), zh: FigureWords.line(zh.test(row.test), .zh)),
            start: row.location.start, bounds: FigureWords.bounds(row.test, table.parameters.map(\.name)))
        })
    }
    let (english, chinese) = (
      ClausePieces(syntax, of: syntax, writer: en, dictionary: reading.dictionary),
      ClausePieces(syntax, of: syntax, writer: zh, dictionary: reading.dictionary)
    )
    examples = syntax.examples.map { example in
      FigureWords.setup(example).map { line in
        Text(
          FigureWords.line(english.piece(line...line).words, .en),
          zh: FigureWords.line(chinese.piece(line...line).words, .zh))
      }
    }
  }

  private static func bounds(_ test: TableSyntax.Test, _ arguments: [Name]) -> [(argument: Text, start: Position)] {
    switch test {
    case .when, .otherwise: return []
    case .cells(let cells):
      return cells.enumerated().compactMap { k, cell in
        switch cell {
        case .upTo(let e), .below(let e):
          let name = arguments.indices.contains(k) ? arguments[k] : nil
          return name.map { (Text($0.text, zh: $0.zh ?? $0.text), e.location.start) }
        case .above, .from, .values, .any: return nil
        }
      }
    }
  }

  /// The lines of an example between its title and what it expects.
  private static func setup(_ example: ExampleSyntax) -> [Int] {
    var lines: [Int] = []
    for place in [example.district?.location, example.asOf?.location].compactMap({ $0 }) {
      lines.append(place.start.line)
    }
    if let line = example.modeLine { lines.append(line) }
    lines += example.settings.map(\.name.location.start.line) + example.givens.map(\.list.location.start.line)
    return Set(lines).sorted()
  }

  /// Words as a line for people.
  private static func line(_ words: [String], _ language: Language) -> String {
    switch language {
    case .zh: words.joined()
    case .en: words.joined(separator: " ").replacing(" ,", with: ",")
    }
  }
}

extension ExampleSyntax.Expectation.Quantity {
  /// What is expected, in both languages.
  package var words: Text {
    Text(rawValue, zh: SurfaceWords.quantities.first { $0.0 == self }?.1 ?? rawValue)
  }

  /// Whether what is expected is an amount, and not a number or a word.
  package var isAmount: Bool {
    switch self {
    case .total, .due, .pending, .displaced, .overQuota, .overCap, .recovered, .belowNought: true
    case .payments, .unpriced, .undetermined, .elsewhere, .grants, .met, .notMet, .unknown, .notApplicable: false
    }
  }

  /// The answers that a duty may have.
  package static let ofDuties: [ExampleSyntax.Expectation.Quantity] = [.met, .notMet, .unknown, .notApplicable]
}
