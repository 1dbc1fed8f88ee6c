// What is taken back, in Chinese to syntax. What it looks like stands in `ChineseClauseWriter`. Knows nothing of
// payments.
import Diagnostics

extension ChineseParser {
  /// `追回 [向W：][S每人](全部|A)，于D计为应退[，限C的]`; the first word is taken.
  mutating func recovery() throws(Lost) -> RecoverSyntax {
    var who: Expression?
    if take("向") {
      who = try operand()
      try expect("：")
    }
    let forEach = forEachMember()
    let amount = take("全部") ? nil : try value()
    var on: Expression?
    if takeAfterComma("于") {
      on = try value()
      if !take("计为应付") { try expect("计为应退") }
    }
    let when = try limited()
    return RecoverSyntax(amount: amount, who: who, on: on, when: when, forEach: forEach, location: location(since: 0))
  }

  /// `S每人`, before what is paid or taken back for each; nil where something else stands there.
  mutating func forEachMember() -> Name? {
    guard case .name(let text)? = token?.sort, isWord("每人", after: 1), let at = token else { return nil }
    index += 2
    return Name(text, at: location(of: at))
  }
}
