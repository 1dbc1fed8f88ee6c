// The usage beside the line that is being typed: what comes next, and what a name stands at. Knows nothing of screens.

import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

extension Desk {
  /// A few words for the right margin; empty when there is nothing to say.
  package func hint(_ text: String, at cursor: Int) -> String {
    if text.allSatisfy({ $0 == " " }) { return Text("Tab completes, help explains", zh: "Tab 补全，“帮助”说明").in(language) }
    guard text.utf8.count < 2000 else { return "" }
    let position = CursorContext(text, cursor: cursor)
    if let name = position.assigned ?? lastAssigned(position), let hint = hint(of: name) { return hint }
    if position.wantsName || position.command?.type.namesPreferences == true, !position.partial.isEmpty,
      let hint = hint(of: position.partial)
    {
      return hint
    }
    if let (type, after) = position.command { return UsageLine.rest(of: type.form, after: after, in: language) }
    let word = position.partial.lowercased()
    guard position.before.isEmpty, !word.isEmpty else { return "" }
    let vocabulary = WorkbenchCommands.vocabulary
    let meant = vocabulary.named(word).map { [$0] } ?? vocabulary.beginning(with: word)
    return meant.count == 1 ? meant[0].form.usage.in(language) : ""
  }

  /// The name of the setting whose value has been begun.
  private func lastAssigned(_ position: CursorContext) -> String? {
    let before = position.before
    guard let equals = before.lastIndex(where: { $0.kind == .equals }), equals > 0, equals >= before.count - 2,
      !before[equals...].contains(where: { $0.kind == .comma })
    else { return nil }
    return before[equals - 1].text
  }

  /// What a name stands at, its unit and its bounds.
  private func hint(of name: String) -> String? {
    guard case .found(let target) = library.resolve(name, in: nearDocuments) else {
      return Preference.named(name).map { preference in
        let choices =
          preference == .limit
          ? "" : " · " + preference.choices.map { preference.words($0[0]).in(language) }.joined(separator: "|")
        let now = preference.words(preferences.value(preference))
        return Text("now \(now.en)", zh: "现为 \(now.zh)").in(language)
          + choices
      }
    }
    let now = SettingView.current(target, state, library.places).in(language)
    var hint = Text("now \(now)", zh: "现为 \(now)").in(language)
    switch target {
    case .parameter(let parameter):
      func text(_ raw: Int64) -> String { ValueText.text(raw, of: parameter, places: library.places).in(language) }
      if let least = parameter.atLeast, let most = parameter.atMost {
        hint += Text(", \(text(least)) to \(text(most))", zh: "，\(text(least)) 至 \(text(most))").in(language)
      } else if let least = parameter.atLeast, least > 0 {
        hint += Text(", at least \(text(least))", zh: "，不小于 \(text(least))").in(language)
      } else if let most = parameter.atMost {
        hint += Text(", at most \(text(most))", zh: "，不大于 \(text(most))").in(language)
      }
    case .value(let value):
      hint += Text("; in \(value.type.words.en)", zh: "；\(value.type.words.zh)").in(language)
    case .reading(let reading, _):
      let choices = reading.choices.map { $0.words.in(language) }.joined(separator: "|")
      if choices.utf8.count <= 60 { hint += " · " + choices }
    case .asOf, .mode, .budget, .assumption, .programme: break
    }
    return hint
  }
}

/// What a command's usage says is still to come.
enum UsageLine {
  /// The rest of a usage after some words of it; the first of it is what is being typed.
  static func rest(of form: CommandForm, after: [Token], in language: Language) -> String {
    var parts = elements(form.usage.in(language)).dropFirst()
    var isValue = false
    for token in after {
      if isValue {
        isValue = false
        continue
      }
      if let option = [Keyword.by, .as, .into].first(where: { $0.matches(token.word) }) {
        // An option stands anywhere, and its word after it.
        if let location = parts.firstIndex(where: { part in option.spellings.contains { part.hasPrefix("[" + $0) } }) {
          parts.remove(at: location)
        }
        isValue = true
        continue
      }
      switch token.kind {
      case .comma, .plus, .colon: continue
      default: if let location = parts.firstIndex(where: { !isOption($0) && $0 != "…" }) { parts.remove(at: location) }
      }
    }
    return parts.joined(separator: " ")
  }

  private static func isOption(_ part: String) -> Bool {
    [Keyword.by, .as, .into].contains { keyword in keyword.spellings.contains { part.hasPrefix("[" + $0 + " ") } }
  }

  /// Words of a usage; what stands in brackets is one.
  private static func elements(_ usage: String) -> [String] {
    var out: [String] = []
    var part = ""
    var depth = 0
    for character in usage {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == " ", depth == 0 {
        out.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    return (out + [part]).filter { !$0.isEmpty }
  }
}
