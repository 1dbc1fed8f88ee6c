// Numbers that say who somebody is: covered in every text for people, right or mistyped, and nothing else with them.

import Testing

@testable import Diagnostics

@Suite("Numbers of persons")
struct PersonalNumbersTests {
  @Test(
    "Identity numbers lose their middle, and keep their length",
    arguments: [
      ("11010519491231002X", "110105********002X"), ("（11010519491231002x）", "（110105********002x）"),
      // A wrong check digit, and the fifteen digits of before 1999.
      ("110105194912310021", "110105********0021"), ("张三-520502860608021号", "张三-520502*****8021号"),
      ("a 11010519491231002X, 520502199103020028", "a 110105********002X, 520502********0028"),
    ])
  func identity(text: String, covered: String) {
    #expect(PersonalNumbers.covered(text) == covered)
    #expect(text.count == covered.count)
  }

  @Test(
    "No other number loses anything",
    arguments: [
      // Within a word, without a month, without a province, other lengths, amounts and codes.
      "x11010519491231002X", "11010519491331002X", "990105194912310021", "1101051949123100211", "913501007051234567",
      "123456789012345678", "1,234,567,890,123.00", "91350100MA2YQ3XK6B", "2022-03-01 2022-12-31",
    ])
  func others(text: String) {
    #expect(PersonalNumbers.covered(text) == text)
  }

  @Test("Of a quoted line and of samples any long number is covered, each digit by a star")
  func quoted() {
    let line = "张三,110105194912310021,13812345678,6222020200112233445,4200,2022-03-01"
    #expect(
      PersonalNumbers.quoted(Array(line.utf8))
        == "张三,110105********0021,138****5678,622202*********3445,4200,2022-03-01")
    #expect(PersonalNumbers.sample("13812345678") == "138****5678")
    #expect(PersonalNumbers.sample("2022-03-01") == "2022-03-01")
    #expect(PersonalNumbers.middle("1234567") == "1234567")
  }

  @Test("Messages, hints and the lines they quote are covered unless somebody wants them whole")
  func messages() {
    let source = SourceFile(name: "s.yaml", text: "  - {worker_id: 11010519491231002X, start: x}\n")
    let at = SourceRange(source: source, start: Position(line: 1, column: 40), end: Position(line: 1, column: 41))
    let problem = Diagnostic.error(
      "a", .same("`11010519491231002X` has no day"), hint: .same("mend 11010519491231002X"), at: at)
    var renderer = DiagnosticRenderer(language: .en)
    let covered = renderer.text(problem)
    #expect(!covered.contains("19491231") && covered.ranges(of: "110105********002X").count == 3)
    renderer.showsNumbers = true
    #expect(renderer.text(problem).ranges(of: "11010519491231002X").count == 3)
  }
}
