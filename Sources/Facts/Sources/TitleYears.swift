// The years that a title names: 2022年3月新增名单 is of one, 2022-2023年新增名单 and 2022、2023年 are of two. Knows nothing of
// what a year is asked for.

/// What a title says of years.
struct TitleYears {
  /// Each of them, as they stand.
  let years: [Int]
  /// Whether it speaks of more than one year, whether it names them or not.
  let areSeveral: Bool

  /// - Parameter title: without blanks, full-width signs as ASCII.
  init(_ title: String) {
    var found: [Int] = []
    let text = Array(title)
    var at = 0
    while at < text.count {
      guard TitleYears.isDigit(text[at]) else {
        at += 1
        continue
      }
      var end = at
      while end < text.count, TitleYears.isDigit(text[end]) { end += 1 }
      if let year = TitleYears.year(text, at..<end, after: found.last) { found.append(year) }
      at = end
    }
    years = found
    areSeveral =
      Set(found).count > 1 || ["次年", "翌年", "跨年", "来年", "去年", "上年", "近两年", "两年度"].contains(where: title.contains)
  }

  /// The year that a run of figures is: four, or the last two behind another year (2022-23年).
  private static func year(_ text: [Character], _ run: Range<Int>, after known: Int?) -> Int? {
    let next = run.upperBound < text.count ? text[run.upperBound] : " "
    let before = run.lowerBound > 0 ? text[run.lowerBound - 1] : " "
    guard let number = Int(String(text[run])) else { return nil }
    switch run.count {
    case 4:
      // 〔2021〕12号 is a document's, and 2000人 a number of people.
      let isDocument = "〔[【(".contains(before) && "〕]】)".contains(next) && isNumbered(text, run.upperBound + 1)
      guard (1990...2099).contains(number), !isDocument, !"人元名户条个份家万".contains(next) else { return nil }
      return number
    case 2:
      guard let known, next == "年", "-—–－~～至到/／、,，和与及.".contains(before) else { return nil }
      return known / 100 * 100 + number
    default: return nil
    }
  }

  /// Whether a document's number stands there: 12号, 第12号.
  private static func isNumbered(_ text: [Character], _ at: Int) -> Bool {
    let rest = text.dropFirst(at).drop { $0 == "第" }
    let figures = rest.prefix(while: isDigit)
    return !figures.isEmpty && rest.dropFirst(figures.count).first == "号"
  }

  private static func isDigit(_ sign: Character) -> Bool { sign.isASCII && sign.isNumber }
}
