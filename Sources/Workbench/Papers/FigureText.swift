// A text taken apart into its words and its figures, so that two texts can be told to be the same but for what they
// say in figures. Knows nothing of papers.

/// The words of a text with a mark for each figure and each number of an article, and these.
struct FigureText: Hashable {
  /// In small letters, without spaces.
  let words: String
  let figures: [String]

  init(_ text: String) {
    var words = ""
    var figures: [String] = []
    var rest = text[...]
    while let c = rest.first {
      if let capitals = CapitalSum(rest) {
        figures.append(capitals.text)
        words.append("#")
        rest = rest.dropFirst(capitals.text.count)
      } else if let article = FigureText.article(rest, behind: words.last) {
        figures.append(article)
        words.append("#")
        rest = rest.dropFirst(article.count)
      } else if c.isASCII, c.isNumber {
        var figure = ""
        // A sign belongs to the figure, a stroke between two figures does not.
        if let sign = words.last, "+-−".contains(sign), words.dropLast().last.map({ !$0.isLetter && $0 != "#" }) ?? true
        {
          figure.append(words.removeLast())
        }
        figure += FigureText.figure(&rest)
        figures.append(figure)
        words.append("#")
      } else {
        if !c.isWhitespace, !"*`".contains(c) { words += c.lowercased() }
        rest = rest.dropFirst()
      }
    }
    (self.words, self.figures) = (words, figures)
  }

  /// The number of an article that a text begins with: 三（二）, the 九 of 第九条, a cell that is nothing else.
  private static func article(_ rest: Substring, behind last: Character?) -> String? {
    let number = rest.prefix { "一二三四五六七八九十百".contains($0) }
    guard !number.isEmpty else { return nil }
    var end = number.endIndex
    if last == "第" { return rest[end...].first.map { "条款项章".contains($0) } ?? false ? String(number) : nil }
    // A point of the article: （二）.
    while let open = rest[end...].first, "（(".contains(open) {
      let point = rest[rest.index(after: end)...].prefix { "一二三四五六七八九十".contains($0) }
      guard !point.isEmpty, let close = rest[point.endIndex...].first, "）)".contains(close) else { break }
      end = rest.index(after: point.endIndex)
    }
    return end > number.endIndex || (end == rest.endIndex && last == nil) ? String(rest[..<end]) : nil
  }

  /// Takes a figure from the beginning of a text: digits, with signs of thousands and of decimals within.
  private static func figure(_ rest: inout Substring) -> String {
    var figure = ""
    while let c = rest.first {
      let isSign = ".,".contains(c) && rest.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false
      guard c.isASCII, c.isNumber || isSign else { break }
      figure.append(c)
      rest = rest.dropFirst()
    }
    return figure
  }

  /// Whether two ways of writing are of one figure: `3,000` and `3000.00`.
  static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let one = PaperFigure(cell: a), let other = PaperFigure(cell: b) else { return false }
    return one == other
  }

  /// In how many figures a text of the same words differs.
  func differences(to other: FigureText) -> Int {
    zip(figures, other.figures).count { !FigureText.isSame($0, $1) }
  }
}
