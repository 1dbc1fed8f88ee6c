// Identity numbers of which lists show the ends alone: 350521********0011, or the last characters: 0011. Knows nothing
// of whose they are.

/// What is shown of a number.
struct CoveredNumber {
  private static let signs: Set<Character> = ["*", "＊", "●", "•", "×"]
  private let shown: [Character?]

  /// Whether signs stand for some of a number's digits.
  static func isOne(_ number: String) -> Bool { CoveredNumber(number) != nil }

  /// Whether signs stand in it, which is seen without knowing what kind of number it is.
  static func hasSigns(_ number: String) -> Bool { number.contains(where: signs.contains) }

  /// Nil where nothing is covered, or nothing is left.
  init?(_ number: String) {
    // 0113, 011X; a spreadsheet makes 113 of the first.
    if (3...8).contains(number.count), number.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }),
      let last = number.last, last.isASCII && (last.isNumber || "xX".contains(last))
    {
      shown = [nil] + number.map { Character($0.uppercased()) }
      return
    }
    let signs = number.map { CoveredNumber.signs.contains($0) ? nil : Character($0.uppercased()) }
    guard signs.contains(nil), signs.contains(where: { $0 != nil }) else { return nil }
    shown = signs
  }

  /// Whether a whole number has the digits that are shown: each at its place where as many are covered as there are,
  /// else those of both ends.
  func fits(_ number: String) -> Bool {
    let whole = Array(number.uppercased())
    if whole.count == shown.count { return zip(whole, shown).allSatisfy { $1 == nil || $0 == $1 } }
    let first = shown.prefix { $0 != nil }.compactMap(\.self)
    let last = shown.reversed().prefix { $0 != nil }.compactMap(\.self)
    return first.count + last.count <= whole.count && whole.starts(with: first)
      && whole.reversed().starts(with: last)
  }
}
