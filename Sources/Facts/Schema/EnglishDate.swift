// A day whose month is an English word: 01-Mar-2022, March 1, 2022, 1st of March 22. Knows nothing of files.
import Reckoning

struct EnglishDate {
  private let month: Int
  /// The figures around the month, in their order.
  private let figures: [Substring]
  private let isMonthFirst: Bool

  /// - Returns: nil for a text without such a month, or with other words.
  init?(_ text: String) {
    // Most texts have no letter of a month's name.
    guard text.utf8.count <= 40, text.utf8.contains(where: { (0x61...0x7A).contains($0 | 0x20) }) else { return nil }
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.filter { $0 != "of" && $0 != "the" }
    let found = words.enumerated().compactMap { at, word in EnglishDate.number(word).map { (at, $0) } }
    guard found.count == 1, let (at, month) = found.first, (2...3).contains(words.count) else { return nil }
    self.month = month
    isMonthFirst = at == 0
    figures = words.enumerated().filter { $0.offset != at }.map { EnglishDate.plain($0.element) }
    guard figures.allSatisfy({ CellText.isDigits($0) && $0.utf8.count <= 4 }) else { return nil }
  }

  /// Whether it is a month of a year: Mar-2022.
  var isMonth: Bool { figures.count == 1 && figures[0].utf8.count == 4 }

  var firstDay: Day? { isMonth ? Int(figures[0]).flatMap { Day(year: $0, month: month, day: 1) } : nil }

  /// - Returns: nil for a month alone.
  func day(of text: String, _ order: DateOrder) throws(ValueProblem) -> Day? {
    guard figures.count == 2, let first = Int(figures[0]), let second = Int(figures[1]) else { return nil }
    if figures[0].utf8.count == 4, figures[1].utf8.count <= 2, !isMonthFirst {
      return try known(Day(year: first, month: month, day: second), text)
    }
    guard figures[0].utf8.count <= 2 else { return nil }
    if figures[1].utf8.count == 4 { return try known(Day(year: second, month: month, day: first), text) }
    guard figures[1].utf8.count == 2 else { return nil }
    if order.contains(.thisCentury) { return try known(Day(year: 2000 + second, month: month, day: first), text) }
    if order.contains(.lastCentury) { return try known(Day(year: 1900 + second, month: month, day: first), text) }
    let years = [2000, 1900].compactMap { Day(year: $0 + second, month: month, day: first)?.text }
    guard !years.isEmpty else { throw .noSuchDay(text) }
    throw .ambiguousDate(text, years, [.thisCentury, .lastCentury])
  }

  private func known(_ day: Day?, _ text: String) throws(ValueProblem) -> Day {
    guard let day else { throw .noSuchDay(text) }
    return day
  }

  private static let names = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  private static func number(_ word: Substring) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    return names.firstIndex { $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september" }.map { $0 + 1 }
  }

  /// 1st, 22nd
  private static func plain(_ word: Substring) -> Substring {
    for end in ["st", "nd", "rd", "th"] where word.hasSuffix(end) { return word.dropLast(2) }
    return word
  }
}
