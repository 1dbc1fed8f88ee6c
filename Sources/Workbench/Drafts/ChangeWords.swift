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
  private(set) var article: String
  /// Whether all clauses that it is about are deleted by other changes, so that no notice says it.
  private(set) var isOfDeleted = false
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
      label = ChangeWords.label(setting.target, documents, places)
      article = ChangeWords.article(of: setting.target, documents, places)
      // What another document lays down the scenario may have stated, of one day or of several.
      let isSet = state.settings.contains { $0.target.id == setting.target.id }
      let stated: Text? =
        if case .value = setting.target, !isSet { state.stated(setting.target.id, places) } else { nil }
      now = stated ?? SettingView.current(setting.target, state, places)
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

  /// A share of a source, or a row of a table, is called by what it is, in Chinese.
  private static func label(_ target: Settable, _ documents: [CheckedDocument], _ places: Gazetteer) -> Text {
    guard case .parameter(let parameter) = target else { return target.label }
    if let share = SourceShare(parameter, documents) { return Text(target.label.en, zh: share.words.zh) }
    let document = documents.first { parameter.id.hasPrefix($0.id + ".") }
    let row = document.flatMap { TableStandards($0, [:], places: places).name(parameter) }
    let zh = row?.zh ?? target.label.zh
    // A figure without a Chinese name is called by what it means.
    guard row == nil, !parameter.fullWords.zh.hasHan, let meaning = parameter.meaning?.zh, meaning.hasHan else {
      return Text(target.label.en, zh: zh)
    }
    let measure = ChangeWords.measure(of: target, documents)
    return Text(target.label.en, zh: (measure.map { $0.title.zh + "：" } ?? "") + meaning)
  }

  /// Where a figure or a reading stands; of one that several measures use, where they stand.
  private static func article(of target: Settable, _ documents: [CheckedDocument], _ places: Gazetteer) -> String {
    if let measure = measure(of: target, documents) { return measure.article }
    guard let document = documents.first(where: { target.id.hasPrefix($0.id + ".") }) else { return "" }
    return TableStandards(document, [:], places: places).articles(of: target.id)
  }

  /// The words of changes that are made together: what one deletes the others are not about.
  static func together(
    _ words: [ChangeWords], _ changes: [DraftChange], _ documents: [CheckedDocument], _ places: Gazetteer
  ) -> [ChangeWords] {
    var deleted: [String: Set<String>] = [:]
    for case .without(let document, let name) in changes { deleted[document, default: []].insert(name) }
    guard !deleted.isEmpty else { return words }
    return zip(words, changes).map { words, change in
      guard case .setting(let setting) = change,
        let document = documents.first(where: { setting.target.id.hasPrefix($0.id + ".") }),
        let names = deleted[document.id]
      else { return words }
      var words = words
      if let measure = measure(of: setting.target, documents) {
        words.isOfDeleted = names.contains(measure.name)
      } else if !words.article.isEmpty {
        let left = TableStandards(document, [:], places: places).articles(of: setting.target.id, without: names)
        words.isOfDeleted = left.isEmpty
        if !left.isEmpty { words.article = left }
      }
      return words
    }
  }

  /// The measure that a figure or a reading is of.
  static func measure(of target: Settable, _ documents: [CheckedDocument]) -> CheckedMeasure? {
    documents.lazy.flatMap(\.measures).first { target.id.hasPrefix($0.id + ".") }
  }
}

extension String {
  /// Whether any of its signs is a Chinese one.
  var hasHan: Bool { unicodeScalars.contains { $0.value >= 0x4E00 && $0.value < 0xA000 } }
}
