// A figure that a document takes from another one, in words: what that lays down, by its name, with the figure that is
// known of it. Knows nothing of drafts.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

enum ReferenceWords {
  /// `公益性岗位月标准（1,200 元/月）`, without brackets where no figure is known; nil where a parameter has a figure of its
  /// own.
  ///
  /// - Parameter figure: what is known of the value.
  static func text(
    _ parameter: Parameter, in documents: [CheckedDocument], _ figure: (ReferenceValue) -> Text?
  ) -> Text? {
    guard parameter.value == nil, let name = parameter.byReference else { return nil }
    let own = documents.first { parameter.id.hasPrefix($0.id + ".") }
    guard let value = own?.values.first(where: { $0.name == name }) else { return .same(name) }
    guard let figure = figure(value) else { return value.words }
    return Text("\(value.words.en) (\(figure.en))", zh: "\(value.words.zh)（\(figure.zh)）")
  }

  /// The same with the figure that a state has.
  static func text(
    _ target: Settable, in documents: [CheckedDocument], _ state: SessionState, _ places: Gazetteer
  ) -> Text? {
    guard case .parameter(let parameter) = target else { return nil }
    return text(parameter, in: documents) { value in
      state.setting(value.name)?.text(places) ?? state.stated(value.name, places)
    }
  }

  /// The same with the figure that a run has, of one measure where it has its own.
  static func text(_ parameter: Parameter, in run: Session.Run, _ places: Gazetteer) -> Text? {
    text(parameter, in: run.documents) { value in
      let settings = run.ledger.settings
      let measure = run.documents.lazy.flatMap(\.measures).first { parameter.id.hasPrefix($0.id + ".") }
      let raw = measure.flatMap { settings.value(of: value.name, for: $0) } ?? settings.values[value.name]
      return raw.map { ValueText.text($0, value.type, places: places) }
    }
  }
}

extension Desk {
  /// The value that holds for a thing in a state; what another document lays down and nobody has supplied is called by
  /// its name.
  func now(_ target: Settable, _ state: SessionState) -> Text {
    let places = library.places
    let now = SettingView.current(target, state, places)
    guard case .parameter = target, now == target.words,
      let referred = ReferenceWords.text(target, in: library.documents, state, places)
    else { return now }
    return referred
  }
}
