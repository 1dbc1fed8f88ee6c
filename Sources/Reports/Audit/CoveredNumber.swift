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

  /// Whether a text is a number of people with signs in place of some digits, and nothing else: 513323********0011.
  static func isNumber(_ text: String) -> Bool {
    guard hasSigns(text), text.count >= 8 else { return false }
    let shown = text.filter { !signs.contains($0) }
    return shown.count >= 4 && shown.allSatisfy { $0.isASCII && ($0.isNumber || "xX".contains($0)) }
  }

  /// What is shown at both ends.
  var ends: CoveredNumbers.Ends {
    CoveredNumbers.Ends(
      first: String(shown.prefix { $0 != nil }.compactMap(\.self)),
      last: String(shown.reversed().prefix { $0 != nil }.compactMap(\.self).reversed()))
  }

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

/// Several covered numbers, looked up by whole ones.
struct CoveredNumbers {
  struct Ends: Hashable {
    let first: String
    let last: String
  }

  /// How many characters the ends have: few lists cover numbers in more than one way.
  private struct Form: Hashable {
    let first: Int
    let last: Int
  }

  private var known: [Ends: [String: CoveredNumber]] = [:]
  private var forms: Set<Form> = []

  var isEmpty: Bool { known.isEmpty }

  /// Remembers a covered number by what it is asked by.
  mutating func add(_ text: String, as key: String) {
    guard CoveredNumber.isNumber(text), let number = CoveredNumber(text) else { return }
    let ends = number.ends
    known[ends, default: [:]][key] = number
    forms.insert(Form(first: ends.first.count, last: ends.last.count))
  }

  /// What the covered numbers are asked by that a whole one fits.
  func keys(of whole: String) -> [String] {
    let whole = whole.uppercased()
    return forms.flatMap { form -> [String] in
      let ends = Ends(first: String(whole.prefix(form.first)), last: String(whole.suffix(form.last)))
      return (known[ends] ?? [:]).filter { $0.value.fits(whole) }.map(\.key)
    }
  }
}
