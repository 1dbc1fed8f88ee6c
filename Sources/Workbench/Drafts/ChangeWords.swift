// A draft's single changes in words: where they stand, what holds now and what is proposed. Knows nothing of what they
// cost.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions
import View

/// One change in words.
struct ChangeWords: Sendable {
  /// `changle-2022.agency_reward.rate_3m`; what programs call it.
  let id: String
  let label: Text
  let article: String
  /// Nil where there is none.
  let now: Text?
  let proposed: Text?

  /// Whether it says what holds already, so that nothing changes.
  var isSame: Bool {
    guard let now, let proposed else { return false }
    // Periods are told with the day from which they run.
    return now.en == proposed.en || now.en == "from " + proposed.en
  }

  init(_ change: DraftChange, _ documents: [CheckedDocument], state: SessionState, _ places: Gazetteer) {
    switch change {
    case .setting(let setting):
      id = setting.target.id
      label = setting.target.label
      article = ChangeWords.measure(of: setting.target, documents)?.article ?? ""
      now = SettingView.current(setting.target, state, places)
      proposed = setting.text(places)
    case .without(let document, let name):
      let measure = documents.first { $0.id == document }?.measures.first { $0.name == name }
      id = "\(document).\(name)"
      label =
        measure.map { Text("without \(name)", zh: "去掉\($0.words.zh)") } ?? Text("without \(name)", zh: "去掉 \(name)")
      article = measure?.article ?? ""
      now = measure?.title
      proposed = nil
    case .add(let document, let text, _):
      let measures = PolicyParser.syntax(of: text).measures
      id = "\(document)+\(text.name)"
      let names = measures.map { Text($0.name.text, zh: $0.name.zh ?? $0.name.text) }
      label = Text(
        "add " + names.map(\.en).joined(separator: ", "), zh: "加入" + names.map(\.zh).joined(separator: "、"))
      article =
        measures.lazy.compactMap { measure in
          measure.clauses.lazy.compactMap { if case .article(let name) = $0 { name.text } else { nil } }.first
        }.first ?? ""
      now = nil
      proposed = Text(names.map(\.en).joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、"))
    case .window(let document, let from, let to):
      id = "\(document).window"
      label = Text("window of \(document)", zh: "施行期限")
      article = ""
      now = documents.first { $0.id == document }.map {
        DocumentAnswer.window($0.window, WindowDays($0, in: state))
      }
      proposed = Text("\(from.text) to \(to.text)", zh: "\(from.text) 至 \(to.text)")
    }
  }

  /// The measure that a figure or a reading is of.
  static func measure(of target: Settable, _ documents: [CheckedDocument]) -> CheckedMeasure? {
    documents.lazy.flatMap(\.measures).first { target.id.hasPrefix($0.id + ".") }
  }
}
