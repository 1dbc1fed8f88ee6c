// Which of several ways of reading a day is meant, where somebody has said it: one word for each kind of doubt. Knows
// nothing of files or of how days are read.
import Diagnostics

/// What has been said of how days are written.
package struct DateOrder: OptionSet, Sendable, Hashable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// `3/4/2022` is 3 April.
  static let dayFirst = DateOrder(rawValue: 1)
  /// `3/4/2022` is 4 March.
  static let monthFirst = DateOrder(rawValue: 2)
  /// `22.3.1` is a day of 2022.
  static let thisCentury = DateOrder(rawValue: 4)
  /// `85.3.1` is a day of 1985.
  static let lastCentury = DateOrder(rawValue: 8)
  /// `1990.1` is January: the figure is as it was written.
  static let oneIsJanuary = DateOrder(rawValue: 16)
  /// `1990.1` is October: a spreadsheet has taken its nought away.
  static let oneIsOctober = DateOrder(rawValue: 32)
  /// `2022.3` is the first of the month where a day is asked, unless it is the last day of something.
  static let monthBegins = DateOrder(rawValue: 64)
  /// `2022.8` is the last of the month where the last day of something is asked.
  static let monthEnds = DateOrder(rawValue: 128)

  /// `3.1` is the first of March: the figure is as it was written.
  static let oneIsFirst = DateOrder(rawValue: 1 << 24)
  /// `3.1` is the tenth of March: a spreadsheet has taken its nought away.
  static let oneIsTenth = DateOrder(rawValue: 1 << 25)

  /// Numbers of days are counted from 1904, as the workbook counts them.
  static let from1904 = DateOrder(rawValue: 1 << 40)

  /// `3月1日` is a day of that year.
  static func of(year: Int) -> DateOrder { DateOrder(rawValue: year << 8) }

  /// Kept of an earlier scenario, and nobody says it now: the year, or which of day and month comes first. Either gives
  /// way to what a file itself shows.
  static let keptYear = DateOrder(rawValue: 1 << 41)
  static let keptParts = DateOrder(rawValue: 1 << 42)

  /// The year of days that are written without one.
  var year: Int? {
    let year = rawValue >> 8 & 0xFFFF
    return year > 0 ? year : nil
  }

  /// Both together; of two years the later holds.
  func joined(_ other: DateOrder) -> DateOrder {
    other.year == nil ? union(other) : DateOrder(rawValue: rawValue & ~DateOrder.years).union(other)
  }

  private static let years = 0xFFFF00
  /// Words of which one alone can hold.
  private static let rivals: [DateOrder] = [
    [.dayFirst, .monthFirst], [.thisCentury, .lastCentury], [.oneIsJanuary, .oneIsOctober],
    [.oneIsFirst, .oneIsTenth],
  ]

  /// What of it answers the questions that another answers.
  package func answering(_ other: DateOrder) -> DateOrder {
    var same = other.year == nil ? 0 : DateOrder.years
    for pair in DateOrder.rivals where !pair.isDisjoint(with: other) { same |= pair.rawValue }
    return DateOrder(rawValue: rawValue & same)
  }

  /// What of it another says otherwise.
  package func contradicted(by other: DateOrder) -> DateOrder {
    let own = answering(other)
    let words = DateOrder(rawValue: own.rawValue & ~DateOrder.years).subtracting(other)
    guard let year = own.year, year != other.year else { return words }
    return words.union(.of(year: year))
  }

  /// The same where another holds before it.
  func replaced(by other: DateOrder) -> DateOrder {
    var rest = subtracting(answering(other))
    if other.year != nil { rest.remove(.keptYear) }
    if !other.isDisjoint(with: [.dayFirst, .monthFirst]) { rest.remove(.keptParts) }
    return rest.union(other)
  }

  /// The same as the next file's reader takes it, which lets the file itself speak first.
  var kept: DateOrder {
    var out = self
    if year != nil { out.insert(.keptYear) }
    if !isDisjoint(with: [.dayFirst, .monthFirst]) { out.insert(.keptParts) }
    return out
  }

  /// The words that it consists of.
  package var parts: [DateOrder] {
    DateOrder.words.map(\.order).filter(contains) + (year.map { [.of(year: $0)] } ?? [])
  }

  private static let words: [(order: DateOrder, words: [String])] = [
    (.dayFirst, ["day first", "日在前"]), (.monthFirst, ["month first", "月在前"]), (.thisCentury, ["20YY", "两位年份按20"]),
    (.lastCentury, ["19YY", "两位年份按19"]), (.oneIsJanuary, [".1 is January", ".1是1月"]),
    (.oneIsOctober, [".1 is October", ".1是10月"]), (.oneIsFirst, [".1 is the 1st", ".1是1日"]),
    (.oneIsTenth, [".1 is the 10th", ".1是10日"]), (.monthBegins, ["first of month", "按当月1日"]),
    (.monthEnds, ["last of month", "按当月末日"]),
  ]

  /// All words, of one language.
  package static func all(chinese: Bool) -> [String] {
    words.map { $0.words[chinese ? 1 : 0] } + [chinese ? "2022年" : "year 2022"]
  }

  /// The word for it in both languages.
  package var word: Text {
    if let year { return Text("year \(year)", zh: "\(year)年") }
    let known = DateOrder.words.first { $0.order == self }?.words ?? ["", ""]
    return Text(known[0], zh: known[1])
  }

  /// - Returns: nil for a word that says nothing of days.
  package init?(word: String) {
    let plain = CellText.closed(word).lowercased()
    let figures = plain.hasPrefix("year") ? plain.dropFirst(4) : plain.hasSuffix("年") ? plain.dropLast() : ""
    if figures.utf8.count == 4, CellText.isDigits(figures), let year = Int(figures), (1900...2100).contains(year) {
      self = .of(year: year)
      return
    }
    guard
      let known = DateOrder.words.first(where: { $0.words.contains { CellText.closed($0).lowercased() == plain } })
    else { return nil }
    self = known.order
  }
}
