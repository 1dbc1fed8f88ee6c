// What held in an answer and is not what the documents say, for the forms that have no place for it in their body: a
// member of an object, a column of records. Knows nothing of policies.

import Diagnostics
import View

/// A programme that an answer rests on, with what held in it and differs from its documents.
package struct ChangedSettings: Sendable {
  package let programme: String
  /// Names with their values, the English names for programs, in the order in which they were set.
  package let values: [(name: Text, value: Text)]
  /// The same of what it rests on otherwise, such as its mode or its facts, where that has to be told.
  package let grounds: [(name: Text, value: Text)]
  /// The mode that it shows, as programs read it; nil where it has none.
  package let mode: String?

  package init(
    _ programme: String, _ values: [(name: Text, value: Text)], grounds: [(name: Text, value: Text)] = [],
    mode: String? = nil
  ) {
    (self.programme, self.values, self.grounds, self.mode) = (programme, values, grounds, mode)
  }

  fileprivate var all: [(name: Text, value: Text)] { grounds + values }

  /// Names with their values, one after another.
  fileprivate func line(_ language: Language) -> String {
    ChangedSettings.pairs(all, language).joined(separator: ChangedSettings.between(language))
  }

  private static func pairs(_ some: [(name: Text, value: Text)], _ language: Language) -> [String] {
    some.map { $0.name.in(language) + (language == .zh ? "＝" : " = ") + $0.value.in(language) }
  }

  /// Values may be lists themselves.
  private static func between(_ language: Language) -> String { language == .zh ? "；" : "; " }

  /// The same for people, below a chart: `as adopted; with rate_3m = 400 yuan`.
  /// - Parameter isWhole: of many settings all, and not the first with how many there are.
  fileprivate func sentence(_ language: Language, isWhole: Bool) -> String {
    let between = ChangedSettings.between(language)
    let modes = grounds.filter { $0.name.en == "mode" }.map { $0.value.in(language) }
    let others = ChangedSettings.pairs(grounds.filter { $0.name.en != "mode" } + values, language)
    let told = isWhole ? others : others.prefix(ChangedSettings.most).map { ChangedSettings.shortened($0) }
    var line = told.joined(separator: between)
    if others.count > told.count {
      line +=
        language == .zh ? "等 \(others.count) 项" : "\(between)and \(others.count - told.count) more"
    }
    let set = line.isEmpty ? [] : [(language == .zh ? "设定 " : "with ") + line]
    return (modes + set).joined(separator: between)
  }

  /// Below a chart stand so many: it is to be seen beside them.
  private static let most = 6
  /// What one of them takes at most, in columns: more than any name with its figure, which is never cut.
  private static let widest = 100

  private static func shortened(_ pair: String) -> String {
    DisplayWidth().shortened(pair, to: widest, ellipsis: "…")
  }

  /// Names and values as members of an object.
  package var record: Record { Record(values.map { Record.Member($0.name.en, .words($0.value)) }) }
}

extension [ChangedSettings] {
  /// The member `settings` of an object: the names of the one programme, or a list with those of each.
  package var datum: Datum { count == 1 ? .record(self[0].record) : .list(map { .record($0.record) }) }

  /// The members, as they are written behind others.
  package var member: String {
    (mode.map { ",\"mode\":" + JSONValue($0).line } ?? "") + ",\"settings\":" + JSONValue(datum).line
  }

  /// The member `mode` of an object: that of all programmes, or a list with that of each.
  package var mode: Datum? {
    let modes = compactMap(\.mode)
    guard let first = modes.first else { return nil }
    return modes.allSatisfy { $0 == first } ? Datum.id(first) : Datum.ids(modes)
  }

  /// What stands in every record of a file of values; nil where nothing differs.
  package func text(_ language: Language) -> String? {
    // A draft whose making is told is named by it.
    told(language, isNamed: { one in one.values.contains { $0.name.en == one.programme } }) { $0.line(language) }
  }

  /// What stands below a chart; nil where nothing differs. Where only the first are said, those come first that tell
  /// one programme from another.
  package func sentence(_ language: Language, isWhole: Bool = false) -> String? {
    told(language, isNamed: { _ in false }) { one in
      (isWhole ? one : ownFirst(one)).sentence(language, isWhole: isWhole)
    }
  }

  /// The same with what not all of them hold before what they hold in common, both in their order.
  private func ownFirst(_ one: ChangedSettings) -> ChangedSettings {
    let shared = { (value: (name: Text, value: Text)) in
      allSatisfy { $0.values.contains { $0.name == value.name && $0.value == value.value } }
    }
    return ChangedSettings(
      one.programme, one.values.filter { !shared($0) } + one.values.filter(shared), grounds: one.grounds,
      mode: one.mode)
  }

  private func told(
    _ language: Language, isNamed: (ChangedSettings) -> Bool, _ words: (ChangedSettings) -> String
  ) -> String? {
    let changed = filter { !$0.all.isEmpty }
    guard !changed.isEmpty else { return nil }
    let texts = changed.map { one in
      let values = words(one)
      return count == 1 || isNamed(one) ? values : "\(one.programme): \(values)"
    }
    // Where all of them hold the same, it is said once.
    if count > 1, changed.count == count,
      Set(changed.map { $0.all.map { $0.name.en + $0.value.en }.joined() }).count == 1
    {
      return words(changed[0])
    }
    return texts.joined(separator: " | ")
  }

  /// The heading of the column.
  package static let heading = "settings"
}
