import Diagnostics
import Testing

@Suite("Columns of a text in a terminal") struct DisplayWidthTests {
  @Test(
    "Each kind of character takes the columns a terminal gives it",
    arguments: [
      ("", 0), ("abc", 3), ("测算", 4), ("人力资源abc", 11), ("，。", 4), ("ｆｕｌｌ", 8), ("한국", 4), ("かな", 4),
      ("e\u{301}", 1), ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👩‍👩‍👧", 2), ("👍🏽", 2), ("🇨🇳", 2), ("🇨🇳🇩🇪", 4),
      ("❤\u{FE0F}", 2), ("❤", 1), ("✅", 2), ("\u{200B}", 0), ("a\u{AD}b", 3), ("𠀀", 2), ("░█", 2), ("①", 1), ("␛", 1),
      ("\u{1B}\u{7F}\u{85}", 0), ("a\u{200D}b", 2),
    ])
  func columns(text: String, expected: Int) {
    #expect(DisplayWidth().of(text) == expected)
  }

  @Test(
    "Ambiguous characters are wide when the font is East Asian",
    arguments: [
      ("①", 2), ("“”", 4), ("─", 2), ("…", 2), ("±", 2), ("a", 1), ("é", 2), ("b\u{301}", 1), ("α", 2), ("測", 2),
    ])
  func ambiguous(text: String, expected: Int) {
    #expect(DisplayWidth(ambiguousWide: true).of(text) == expected)
  }

  @Test("The sum over characters is the width of the whole")
  func additive() {
    let text = "奖励 reward e\u{301}👩‍👩‍👧🇨🇳×❤\u{FE0F}क्षि"
    let width = DisplayWidth()
    #expect(width.of(text) == text.map { width.of($0) }.reduce(0, +))
  }

  @Test(
    "A text is shortened to whole characters and an ellipsis",
    arguments: [
      ("人力资源", 8, "人力资源"), ("人力资源", 7, "人力资…"), ("人力资源", 6, "人力…"), ("abcdef", 3, "ab…"), ("abcdef", 1, "…"),
      ("abcdef", 0, ""), ("人", 1, "…"), ("abc", -5, ""),
    ])
  func shortening(text: String, columns: Int, expected: String) {
    #expect(DisplayWidth().shortened(text, to: columns) == expected)
  }

  @Test("Padding counts columns, not characters")
  func padding() {
    #expect(DisplayWidth().padded("人力", to: 6) == "人力  ")
    #expect(DisplayWidth().padded("人力", to: 6, right: true) == "  人力")
    #expect(DisplayWidth().padded("人力", to: 3) == "人力")
  }
}

@Suite("Making every character visible") struct VisibleTests {
  @Test(
    "What would act on a terminal is shown as text",
    arguments: [
      ("\u{1B}[31mred", "␛[31mred"), ("a\nb", "a␊b"), ("a\tb", "a␉b"), ("\u{7F}", "␡"), ("\u{0}", "␀"),
      ("\u{9B}2J", "<U+009B>2J"), ("\u{202E}abc", "<U+202E>abc"), ("\u{2066}x\u{2069}", "<U+2066>x<U+2069>"),
      ("a\u{2028}b", "a<U+2028>b"), ("a\r\nb", "a␍␊b"), ("测算 ×±", "测算 ×±"), ("“ok”", "“ok”"), ("\u{61C}", "<U+061C>"),
    ])
  func shown(text: String, expected: String) {
    #expect(Visible.text(text) == expected)
  }

  @Test("Line ends and tabs stay where they are wanted; a lone carriage return never does")
  func kept() {
    #expect(Visible.text("a\r\nb\tc\rd\r", keepLines: true, keepTabs: true) == "a\r\nb\tc␍d␍")
  }

  @Test("No text at all leaves anything that acts")
  func everything() {
    var all = ""
    for value in UInt32(0)...0x2FFF {
      if let scalar = Unicode.Scalar(value) { all.unicodeScalars.append(scalar) }
    }
    #expect(!Visible.text(all).unicodeScalars.contains(where: Visible.acts))
  }
}
