import Diagnostics
import Testing

@Suite("Diagnostics as text") struct DiagnosticRendererTests {
  func problem(_ text: String, _ start: Position, _ end: Position, hint: Text? = nil) -> Diagnostic {
    let source = SourceFile(name: "facts.csv", text: text)
    let location = SourceRange(source: source, start: start, end: end)
    return .error("bad-date", Text("not a date", zh: "不是日期"), hint: hint, at: location)
  }

  @Test("The caret stands under the words, whatever their width")
  func caret() {
    let found = problem(
      "name,date\n张三,２０２４-13-01,x\n", Position(line: 2, column: 4), Position(line: 2, column: 14),
      hint: Text("write 2024-01-13", zh: "写 2024-01-13"))
    #expect(
      DiagnosticRenderer(language: .en).text(found) == """
        facts.csv:2:4: error: not a date
          2 | 张三,２０２４-13-01,x
            |      ^^^^^^^^^^^^^^
          hint: write 2024-01-13
        """)
    #expect(
      DiagnosticRenderer(language: .zh).text(found) == """
        facts.csv:2:4: 错误：不是日期
          2 | 张三,２０２４-13-01,x
            |      ^^^^^^^^^^^^^^
          提示：写 2024-01-13
        """)
  }

  @Test("Tabs reach their stops and control characters are shown")
  func tabs() {
    let found = problem("a\tb\u{1B}c\r\nd", Position(line: 1, column: 4), Position(line: 1, column: 6))
    #expect(
      DiagnosticRenderer(language: .en).text(found) == """
        facts.csv:1:4: error: not a date
          1 | a   b␛c
            |      ^^
        """)
  }

  @Test("A span over several lines is marked to the end of its first; an empty one gets a caret")
  func spans() {
    let over = problem("abcd\nefgh", Position(line: 1, column: 3), Position(line: 2, column: 2))
    #expect(DiagnosticRenderer(language: .en).text(over).hasSuffix("|   ^^"))
    let empty = problem("abcd", Position(line: 1, column: 5), Position(line: 1, column: 5))
    #expect(DiagnosticRenderer(language: .en).text(empty).hasSuffix("|     ^"))
  }

  @Test("A long line is cut around the span")
  func long() {
    let text = String(repeating: "甲", count: 500) + "错误" + String(repeating: "乙", count: 500)
    let found = problem(text, Position(line: 1, column: 501), Position(line: 1, column: 503))
    let lines = DiagnosticRenderer(language: .en, width: 40).text(found).split(separator: "\n")
    #expect(lines[1] == "  1 | …甲甲甲甲甲甲甲甲错误乙乙乙乙乙乙…")
    #expect(lines[2] == "    |                  ^^^^")
    #expect(lines.dropFirst().allSatisfy { DisplayWidth().of($0) <= 40 })
  }

  @Test("Any position is answered, however wrong", arguments: [Int.min, -1, 0, 1, 2, 3, 4, 999, Int.max])
  func wrongPositions(number: Int) {
    for other in [Int.min, 0, 1, 3, 999, Int.max] {
      for text in ["", "abc", "\n\n", String(repeating: "x\t", count: 300)] {
        let found = problem(text, Position(line: 1, column: number), Position(line: 1, column: other))
        let lines = DiagnosticRenderer(language: .zh, width: 30).lines(found)
        #expect(lines.count == (number > 0 && !text.isEmpty ? 3 : 1))
        #expect(lines.dropFirst().allSatisfy { DisplayWidth().of($0.map(\.text).joined()) <= 31 })
        let below = problem(text, Position(line: number, column: 1), Position(line: other, column: 1))
        #expect(!DiagnosticRenderer(language: .en).text(below).isEmpty)
      }
    }
  }

  @Test("A line of ten megabytes is shown quickly, at its beginning and at its end")
  func tenMegabytes() {
    let text = String(repeating: "0123456789", count: 1_000_000)
    let end = problem(text, Position(line: 1, column: 9_999_999), Position(line: 1, column: 10_000_001))
    let time = ContinuousClock().measure {
      let shown = DiagnosticRenderer(language: .en).text(end)
      #expect(shown.contains("…"))
      #expect(shown.hasSuffix("^^"))
    }
    #expect(time < .seconds(3))
  }

  @Test("A message that quotes much data is shortened, and one without a place has none")
  func messages() {
    let long = Diagnostic.error("x", .same(String(repeating: "x", count: 5_000_000)))
    let text = DiagnosticRenderer(language: .en).text(long)
    #expect(text.count < 1_100)
    #expect(text.hasPrefix("error: xxx"))
    #expect(text.hasSuffix("…"))
  }

  @Test("Beyond the limit the rest is counted")
  func limit() {
    let all = Array(repeating: Diagnostic.error("x", .same("x")), count: 25)
    let lines = DiagnosticRenderer(language: .en).lines(all, limit: 20)
    #expect(lines.count == 21)
    #expect(lines.last?.first?.text == "… and 5 more")
  }
}

@Suite("Lines of a text") struct LineMapTests {
  @Test("Offsets in bytes become lines and columns in characters")
  func positions() {
    let map = LineMap("甲乙\r\nab\n")
    #expect(map.count == 3)
    #expect(map.line(1) == "甲乙")
    #expect(map.line(2) == "ab")
    #expect(map.line(3) == "")
    #expect(map.line(0) == nil)
    #expect(map.line(4) == nil)
    #expect(map.position(atUTF8: 3) == Position(line: 1, column: 2))
    #expect(map.position(atUTF8: 4) == Position(line: 1, column: 2))
    #expect(map.position(atUTF8: 8) == Position(line: 2, column: 1))
    #expect(map.position(atUTF8: -9) == Position(line: 1, column: 1))
    #expect(map.position(atUTF8: .max) == Position(line: 3, column: 1))
  }
}
