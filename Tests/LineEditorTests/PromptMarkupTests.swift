// Colour in prompts: what libedit is given, and what takes room on the screen.

import Testing

@testable import LineEditor

@Suite("Prompt markup")
struct PromptMarkupTests {
  static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  static func text(_ scalars: [UInt32]) -> String {
    String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
  }

  @Test("a text without colour is given as it is, with a zero at its end")
  func plain() {
    let markup = PromptMarkup("测算> ")
    #expect(markup.visible == Self.scalars("测算> "))
    #expect(markup.marked == Self.scalars("测算> ") + [0])
    #expect(PromptMarkup("").marked == [0])
  }

  @Test("a sequence stands between two marks before the character it colours; one at the end moves before the space")
  func coloured() {
    let markup = PromptMarkup("\u{1b}[1m测算>\u{1b}[0m ")
    #expect(Self.text(markup.visible) == "测算> ")
    #expect(Self.text(markup.marked) == "\u{1}\u{1b}[1m\u{1}测算>\u{1}\u{1b}[0m\u{1} \0")
  }

  @Test("a sequence at the very end stands before the closing space, or gets one")
  func atTheEnd() {
    #expect(Self.text(PromptMarkup("> \u{1b}[0m").marked) == ">\u{1}\u{1b}[0m\u{1} \0")
    #expect(Self.text(PromptMarkup(">\u{1b}[0m").marked) == ">\u{1}\u{1b}[0m\u{1} \0")
    // Two sequences must not follow each other: the space has one before it already.
    #expect(Self.text(PromptMarkup("\u{1b}[1m \u{1b}[0m").marked) == "\u{1}\u{1b}[1m\u{1} \u{1}\u{1b}[0m\u{1} \0")
    #expect(Self.text(PromptMarkup("\u{1b}[0m").marked) == "\u{1}\u{1b}[0m\u{1} \0")
  }

  @Test("sequences side by side share their marks")
  func together() {
    #expect(Self.text(PromptMarkup("\u{1b}[1m\u{1b}[31ma").marked) == "\u{1}\u{1b}[1m\u{1b}[31m\u{1}a\0")
  }

  @Test("a sequence without its end is taken whole, and libedit's own signs are made visible")
  func odd() {
    #expect(PromptMarkup("a\u{1b}[31").visible == Self.scalars("a "))
    #expect(PromptMarkup("a\u{1}b\0c").visible == Self.scalars("a\u{fffd}b\u{fffd}c"))
    #expect(Self.text(PromptMarkup("\u{1b}x").visible) == "x")
    #expect(Self.text(PromptMarkup("\u{1b}[3\u{1}测").visible) == "\u{fffd}测")
  }

  @Test("whatever the text, marks come in pairs and never next to each other's pair")
  func pairs() {
    var state: UInt64 = 7
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += ["a", " ", "测", "\u{1b}[1m", "\u{1b}", "[", "m", "\u{1}"][Int(state >> 33) % 8]
      }
      let marked = PromptMarkup(text).marked
      let marks = marked.indices.filter { marked[$0] == PromptMarkup.mark }
      #expect(marks.count.isMultiple(of: 2))
      for pair in stride(from: 1, to: marks.count, by: 2) {
        #expect(marked[marks[pair] + 1] != PromptMarkup.mark, "\(text.debugDescription)")
        #expect(marked[marks[pair] + 1] != 0, "\(text.debugDescription)")
      }
      #expect(marked.last == 0)
    }
  }
}
