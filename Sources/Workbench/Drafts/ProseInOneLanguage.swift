// A document's text for one reader: what stands in both languages in the reader's alone. What stands in
// one language only stays. Knows nothing of what they say.

import Diagnostics

enum ProseInOneLanguage {
  /// The text with paragraphs in Chinese for a Chinese reader, and with that half of headings that have both.
  /// English readers see the whole text, whose headings have the articles' numbers in the Chinese half.
  static func told(_ text: String, _ language: Language) -> String {
    guard language == .zh else { return text }
    var out: [String] = []
    var paragraph: [String] = []
    var isInFence = false
    var isBoth = (own: false, other: false)
    func end() {
      defer { paragraph = [] }
      guard !paragraph.isEmpty else { return }
      guard isChinese(paragraph.joined()) else {
        isBoth.other = true
        return
      }
      isBoth.own = true
      out += paragraph
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        if !isInFence { end() }
        isInFence.toggle()
        out.append(line)
      } else if isInFence {
        let own = inChinese(line)
        if !own.allSatisfy({ $0 == " " }) || line.isEmpty { out.append(own) }
      } else if line.isEmpty {
        end()
        if out.last?.isEmpty == false { out.append("") }
      } else if line.hasPrefix("#") {
        end()
        out.append(heading(line))
      } else {
        paragraph.append(line)
      }
    }
    end()
    // What stands in the other language alone is not lost.
    return isBoth.own || !isBoth.other ? out.joined(separator: "\n") : text
  }

  /// A line of rules in Chinese without the English text at its end.
  private static func inChinese(_ line: String) -> String {
    guard line.hasSuffix("”"), let twin = line.ranges(of: "en “").last,
      twin.lowerBound == line.startIndex || line[line.index(before: twin.lowerBound)] == " "
    else { return line }
    var own = line[..<twin.lowerBound]
    while own.last == " " { own.removeLast() }
    return String(own)
  }

  /// `## 一 服务对象 · Who is served`
  private static func heading(_ line: String) -> String {
    let marks = line.prefix { $0 == "#" || $0 == " " }
    let halves = line.dropFirst(marks.count).split(separator: " · ").map(String.init)
    guard halves.count == 2, let own = halves.first(where: { isChinese($0) }) else { return line }
    return marks + own
  }

  /// Whether a text has more Chinese characters than a quarter of its other letters, as quotations in English have not.
  private static func isChinese(_ text: String) -> Bool {
    let chinese = text.unicodeScalars.count { $0.value >= 0x4E00 && $0.value < 0xA000 }
    return chinese * 4 > text.unicodeScalars.count { $0.isASCII && $0.properties.isAlphabetic }
  }
}
