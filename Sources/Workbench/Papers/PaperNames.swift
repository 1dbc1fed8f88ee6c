// What a paper calls measures, figures, readings, facts and documents in English: by title, meaning, question, words
// and number, since its reader has no rule beside it. In Chinese they have short names, which papers keep; documents
// have their number there as well.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions

/// The names of a run's things in papers.
enum PaperNames {
  /// - Returns: by the words that answers have for them.
  static func of(_ runs: [Session.Run], _ language: Language) -> Naming {
    var names = of(runs.flatMap(\.documents), runs.map(\.ledger.dataset.dictionary), language)
    guard language == .en else { return names }
    // Rows of tables by what they ask.
    for run in runs {
      for document in run.documents {
        let tables = TableStandards(document, run.ledger.settings.parameters, places: run.ledger.dataset.places)
        for parameter in document.parameters {
          if let name = tables.name(parameter) { names[Settable.parameter(parameter).label.en] = name }
        }
      }
    }
    return names
  }

  static func of(
    _ documents: [CheckedDocument], _ dictionaries: [FactDictionary], _ language: Language
  ) -> Naming {
    var names: Naming = [:]
    for document in documents where !document.number.isEmpty {
      names[document.id] = .same(document.number)
    }
    guard language == .en else { return names }
    for list in dictionaries.flatMap(\.lists) { for field in list.fields { add(field, &names) } }
    for reading in Reading.global { add(reading, &names) }
    addShort(documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }, &names)
    for document in documents {
      for value in document.values { add(value, &names) }
      for parameter in document.parameters { add(parameter, nil, &names) }
      for parameter in document.fundParameters {
        names[parameter.id] = SourceShare(parameter, [document]).map { Text($0.words.en, zh: $0.words.zh) }
      }
      for reading in document.readings { add(reading, &names) }
      for measure in document.measures {
        names[measure.id] = Text(measure.title.en, zh: measure.words.zh)
        names[measure.words.en] = names[measure.id]
        for parameter in measure.parameters { add(parameter, measure, &names) }
        for reading in measure.readings { add(reading, &names) }
      }
    }
    return names
  }

  private static func add(_ parameter: Parameter, _ measure: CheckedMeasure?, _ names: inout Naming) {
    let label = Settable.parameter(parameter).label
    let words = words(parameter)
    names[label.en] = Text(measure.map { "\($0.title.en): \(words.en)" } ?? words.en, zh: label.zh)
  }

  /// Figures as explanations name them, within a measure: `months_second`. What means several things keeps its name.
  private static func addShort(_ parameters: [Parameter], _ names: inout Naming) {
    let all = Dictionary(grouping: parameters) { $0.id.split(separator: ".").last.map(String.init) ?? $0.id }
    for (name, own) in all where name.contains("_") {
      let meanings = Set(own.map { words($0).en })
      if meanings.count == 1, let first = own.first { names[name] = words(first) }
    }
  }

  private static func add(_ reading: Reading, _ names: inout Naming) {
    let question = Text(reading.question.en, zh: reading.label.zh)
    names[reading.label.en] = question
    names[reading.id] = question
    for choice in reading.choices where choice.name.contains("_") {
      names[choice.name] = Text(spaced(choice.name), zh: choice.words.zh)
    }
  }

  /// A value that another document lays down, by what it means.
  private static func add(_ value: ReferenceValue, _ names: inout Naming) {
    let words = Text(value.meaning?.en ?? spaced(value.words.en), zh: value.words.zh)
    names[value.name] = words
    names[value.words.en] = words
  }

  /// A fact by what it says of a record; by its name in words where it is no question of yes or no.
  private static func add(_ field: Field, _ names: inout Naming) {
    guard field.name.contains("_") || field.says != nil else { return }
    names[field.name] = Text(field.says?.yes.en ?? spaced(field.name), zh: field.words.zh)
  }

  private static func spaced(_ name: String) -> String { name.replacing("_", with: " ") }

  /// A figure by what it means; by its name where the rule does not say it.
  static func words(_ parameter: Parameter) -> Text {
    Text(parameter.meaning?.en ?? parameter.words.en, zh: parameter.words.zh)
  }

  /// A measure in a paper.
  static func words(_ measure: CheckedMeasure) -> Text { Text(measure.title.en, zh: measure.words.zh) }
}
