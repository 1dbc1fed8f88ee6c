// Where text comes to stand: the cells of every kind of character, wraps at the last column, tabs, narrow windows.

import CLibEdit
import Testing

@testable import LineEditor

@Suite("Screen layout")
struct ScreenLayoutTests {
  /// The C library counts cells by the locale, which the editor makes UTF-8 before anything is drawn.
  init() throws { try #require(edit_use_utf8() == 1) }

  static func end(of text: String, columns: Int) -> [Int] {
    var layout = ScreenLayout(columns: columns)
    layout.write(text.unicodeScalars.map(\.value))
    return [layout.row, layout.column]
  }

  @Test(
    "text ends where a terminal would put the cursor",
    arguments: [
      ("", 10, [0, 0]), ("abc", 10, [0, 3]), ("测算> ", 10, [0, 6]),
      // A full row goes on in the next one at once, as libedit has it.
      ("abcdefghij", 10, [1, 0]), ("abcdefghijk", 10, [1, 1]), ("测测测测测", 10, [1, 0]),
      // A wide character that finds one cell left goes to the next row whole.
      ("a测测测测测", 10, [1, 2]), ("abc测", 4, [1, 2]), ("测", 2, [1, 0]), ("测测", 3, [1, 2]),
      ("a\nb", 10, [1, 1]), ("\n\n", 10, [2, 0]),
    ] as [(String, Int, [Int])])
  func places(text: String, columns: Int, expected: [Int]) {
    #expect(Self.end(of: text, columns: columns) == expected)
  }

  @Test("tabs go to the next of the stops, eight cells apart", arguments: [(0, 8), (1, 8), (7, 8), (8, 16), (9, 16)])
  func tabs(before: Int, after: Int) {
    #expect(Self.end(of: String(repeating: "a", count: before) + "\t", columns: 40) == [0, after])
  }

  @Test("a tab at the end of a row goes on at the beginning of the next")
  func tabAtTheEdge() {
    #expect(Self.end(of: String(repeating: "a", count: 9) + "\t", columns: 12) == [1, 0])
  }

  @Test("control characters take the two cells of ^X, what cannot be printed those of its number")
  func unprintable() {
    #expect(Self.end(of: "\u{1}", columns: 40) == [0, 2])
    #expect(Self.end(of: "\u{7f}", columns: 40) == [0, 2])
    #expect(Self.end(of: "\u{ffff}", columns: 40) == [0, 7])
    #expect(Self.end(of: "\u{10ffff}", columns: 40) == [0, 8])
    #expect(Self.end(of: "a\u{1}", columns: 2) == [1, 1])
  }

  @Test("libedit gives a combining mark a cell of its own in the line, though it takes none on its own")
  func combining() {
    #expect(CellWidth.of(0x301) == 0)
    #expect(CellWidth.of("e\u{301}") == 1)
    #expect(Self.end(of: "e\u{301}", columns: 10) == [0, 2])
  }

  @Test(
    "characters whose width depends on the font take one cell in this locale", arguments: ["…", "“", "→", "α", "─"])
  func ambiguous(text: String) {
    #expect(CellWidth.of(text) == 1)
    #expect(Self.end(of: text, columns: 10) == [0, 1])
  }

  @Test("a window without room counts as two columns")
  func noRoom() {
    #expect(ScreenLayout(columns: 0).columns == 2)
    #expect(Self.end(of: "abc", columns: -5) == [1, 1])
  }

  @Test("the cursor before a wide character that does not fit stands in the next row")
  func settling() {
    var layout = ScreenLayout(columns: 4)
    layout.write("abc".unicodeScalars.map(\.value))
    var unmoved = layout
    unmoved.settle(before: 0x61)
    #expect([unmoved.row, unmoved.column] == [0, 3])
    unmoved.settle(before: nil)
    #expect([unmoved.row, unmoved.column] == [0, 3])
    layout.settle(before: 0x6d4b)
    #expect([layout.row, layout.column] == [1, 0])
  }

  @Test("writing piece by piece comes to the same as writing at once", arguments: 2...12)
  func pieces(columns: Int) {
    let text = "测算> 比较 changle-2022\t“甲乙”\ncost by year…𠮷"
    for cut in text.indices {
      var layout = ScreenLayout(columns: columns)
      layout.write(text[..<cut].unicodeScalars.map(\.value))
      layout.write(text[cut...].unicodeScalars.map(\.value))
      #expect([layout.row, layout.column] == Self.end(of: text, columns: columns))
      #expect(layout.column < max(columns, 2))
    }
  }

  // MARK: Cells of texts

  @Test(
    "texts are cut to their cells with an ellipsis, wide characters whole",
    arguments: [
      ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("测算政策", 8, "测算政策"), ("测算政策", 7, "测算政…"), ("测算政策", 6, "测算…"),
      ("测", 1, "…"), ("abc", 0, ""), ("", 0, ""), ("abc", -1, ""),
    ])
  func cutting(text: String, width: Int, expected: String) {
    let cut = CellWidth.cut(text, to: width)
    #expect(cut == expected)
    #expect(CellWidth.of(cut) <= max(width, 0))
  }

  @Test("what would command the terminal is made visible")
  func printable() {
    #expect(CellWidth.printable("a\u{1b}[31m\u{7f}\n") == "a␛[31m␡␊")
    #expect(CellWidth.printable("a\u{202e}b\u{2066}c\u{9b}") == "a\u{fffd}b\u{fffd}c\u{fffd}")
    #expect(CellWidth.printable("测算 …") == "测算 …")
  }
}
