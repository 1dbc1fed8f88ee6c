// What a paper calls measures, figures and readings in English: by title, meaning and question, since its reader has no
// rule beside it. In Chinese they have short names, which papers keep.

import Answers
import Diagnostics
import PolicyLanguage
import Sessions

/// The names of a run's things in papers.
enum PaperNames {
  /// - Returns: by the words that answers have for them.
  static func of(_ runs: [Session.Run], _ language: Language) -> Naming {
    guard language == .en else { return [:] }
    var names: Naming = [:]
    for document in runs.flatMap(\.documents) {
      for parameter in document.parameters { add(parameter, nil, &names) }
      for reading in document.readings { names[reading.label.en] = Text(reading.question.en, zh: reading.label.zh) }
      for measure in document.measures {
        names[measure.id] = Text(measure.title.en, zh: measure.words.zh)
        names[measure.words.en] = names[measure.id]
        for parameter in measure.parameters { add(parameter, measure, &names) }
        for reading in measure.readings { names[reading.label.en] = Text(reading.question.en, zh: reading.label.zh) }
      }
    }
    return names
  }

  private static func add(_ parameter: Parameter, _ measure: CheckedMeasure?, _ names: inout Naming) {
    let label = Settable.parameter(parameter).label
    let words = words(parameter)
    names[label.en] = Text(measure.map { "\($0.title.en): \(words.en)" } ?? words.en, zh: label.zh)
  }

  /// A figure by what it means; by its name where the rule does not say it.
  static func words(_ parameter: Parameter) -> Text {
    Text(parameter.meaning?.en ?? parameter.words.en, zh: parameter.words.zh)
  }

  /// A measure in a paper.
  static func words(_ measure: CheckedMeasure) -> Text { Text(measure.title.en, zh: measure.words.zh) }
}
