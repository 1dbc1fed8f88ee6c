// A sentence in the two languages the program speaks. Both are required at the place where the sentence is
// written, so that a missing translation does not compile. Knows nothing of terminals or files.

/// The languages of every message, heading and help page.
public enum Language: String, Sendable, CaseIterable {
  case en
  case zh
}

/// One sentence or word in English and Chinese.
public struct Text: Sendable, Hashable {
  /// The English.
  public let en: String
  /// The Chinese.
  public let zh: String

  /// A text in both languages.
  public init(_ en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  /// For names, numbers and identifiers, which read the same in both languages.
  public static func same(_ text: String) -> Text { Text(text, zh: text) }

  /// The text in one language.
  public func `in`(_ language: Language) -> String {
    switch language {
    case .en: en
    case .zh: zh
    }
  }
}

extension Text {
  /// A title in both languages, `差一个人 · One worker short`, as its two halves; any other is the same in both.
  public static func halves(_ title: String) -> Text {
    guard let dot = title.firstRange(of: " · ") else { return .same(title) }
    let (first, second) = (String(title[..<dot.lowerBound]), String(title[dot.upperBound...]))
    func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { $0.value >= 0x4E00 && $0.value <= 0x9FFF } }
    switch (isChinese(first), isChinese(second)) {
    case (true, false): return Text(second, zh: first)
    case (false, true): return Text(first, zh: second)
    default: return .same(title)
    }
  }
}
