// What a value is given with where no sign stands: 首次标准为400元, 起奖人数改为 80人. Knows nothing of names and values.

/// The words of a change that is said rather than written.
package enum SpokenChange {
  /// The longer ones first where one begins another.
  package static let words = [
    "调整为", "提高到", "提高至", "降低到", "降低至", "改成", "改为", "调为", "调到", "设为", "定为", "变为", "变成", "增至", "降到", "降至", "为",
  ]

  /// What stands before the first such word; nil where there is none within the text, or nothing behind it.
  package static func name(in text: String) -> String? {
    let found = words.compactMap { text.firstRange(of: $0) }.min { a, b in
      a.lowerBound != b.lowerBound ? a.lowerBound < b.lowerBound : a.upperBound > b.upperBound
    }
    guard let found, found.lowerBound > text.startIndex, found.upperBound < text.endIndex else { return nil }
    return String(text[..<found.lowerBound])
  }

  /// Whether a name and its value stand in one piece.
  static func isWhole(_ text: String) -> Bool { name(in: text) != nil }

  /// Such a word at the beginning of a token.
  static func leading(_ token: Token) -> String? { words.first { token.text.hasPrefix($0) } }
}
