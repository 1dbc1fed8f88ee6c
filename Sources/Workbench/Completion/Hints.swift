// The usage beside the line that is being typed: what comes next, and what a name stands at. Knows nothing of screens.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

extension Session {
  /// A few words for the right margin; empty when there is nothing to say.
  public func hint(_ text: String, at cursor: Int) -> String {
    if text.allSatisfy({ $0 == " " }) { return Text("Tab completes, help explains", zh: "Tab 补全，“帮助”说明").in(language) }
    guard text.utf8.count < 2000 else { return "" }
    let position = CursorContext(text, cursor: cursor)
    if let name = position.assigned ?? lastAssigned(position), let hint = hint(of: name) { return hint }
    if let (verb, _) = position.verb { return verb.usage.in(language) }
    let word = position.partial.lowercased()
    guard position.before.isEmpty, !word.isEmpty else { return "" }
    let meant = Verb.named(word).map { [$0] } ?? Verb.beginning(with: word)
    return meant.count == 1 ? meant[0].usage.in(language) : ""
  }

  /// The name of the setting whose value has been begun.
  private func lastAssigned(_ position: CursorContext) -> String? {
    let before = position.before
    guard let equals = before.lastIndex(where: { $0.kind == .equals }), equals > 0, equals >= before.count - 2,
      !before[equals...].contains(where: { $0.kind == .comma })
    else { return nil }
    return before[equals - 1].text
  }

  private func hint(of name: String) -> String? {
    guard case .found(let target) = library.resolve(name, in: nearDocuments) else { return nil }
    let now = SettingView.current(target, state, library.places).in(language)
    var hint = Text("now \(now)", zh: "现为 \(now)").in(language)
    if case .parameter(let parameter) = target {
      func text(_ raw: Int64) -> String { ValueText.text(raw, parameter.type, places: library.places).in(language) }
      if let least = parameter.atLeast, let most = parameter.atMost {
        hint += Text(", \(text(least)) to \(text(most))", zh: "，\(text(least)) 至 \(text(most))").in(language)
      } else if let least = parameter.atLeast, least > 0 {
        hint += Text(", at least \(text(least))", zh: "，不小于 \(text(least))").in(language)
      } else if let most = parameter.atMost {
        hint += Text(", at most \(text(most))", zh: "，不大于 \(text(most))").in(language)
      }
    }
    return hint
  }
}
