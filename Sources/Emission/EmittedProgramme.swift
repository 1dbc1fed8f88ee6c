// What is written as a script: documents with the settings that they are costed with, and the facts that they are
// about.
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A programme with its settings, to be written as a script.
package struct EmittedProgramme: Sendable {
  /// The documents, in their order.
  package let documents: [CheckedDocument]
  /// The lists that the rules are about.
  package let dictionary: FactDictionary
  /// Every place that may be named.
  package let places: Gazetteer
  /// The scenario's district, by its id among the places.
  package let district: Int32
  /// Mode, readings, parameters, by-reference values, `as_of`.
  package let settings: RunSettings
  /// The SQL that it is written in.
  package let dialect: SQLDialect

  /// A programme over facts of this dictionary.
  package init(
    _ documents: [CheckedDocument], dictionary: FactDictionary, places: Gazetteer, district: Int32,
    settings: RunSettings, dialect: SQLDialect
  ) {
    (self.documents, self.dictionary, self.places) = (documents, dictionary, places)
    (self.district, self.settings, self.dialect) = (district, settings, dialect)
  }

  /// The code of a place; empty where it has none.
  func code(_ place: Int32) -> String {
    places.codes.indices.contains(Int(place)) ? places.codes[Int(place)].text : ""
  }

  /// The name of the view over a list's table.
  func facts(_ list: ListDeclaration) -> String { dialect.stepName("facts_" + list.name) }

  /// A raw figure as SQL writes it.
  func literal(_ raw: Int64, _ type: ValueType) -> String {
    switch type {
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .dateOrYear:
      String(raw)
    case .truth: raw == 0 ? "FALSE" : "TRUE"
    case .date: SQLDate.text(Day(number: Int32(clamping: raw)))
    case .place: dialect.quoted(code(Int32(clamping: raw)))
    case .choice(let names): names.indices.contains(Int(raw)) ? dialect.quoted(names[Int(raw)]) : "NULL"
    case .text, .record, .set, .nothing, .broken: "NULL"
    }
  }
}
