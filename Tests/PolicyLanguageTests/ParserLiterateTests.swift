// Rules inside Markdown: which fences count, and what happens to those that do not end.
import Diagnostics
import Foundation
import Testing

@testable import PolicyLanguage

@Suite("Literate documents")
struct ParserLiterateTests {
  func parse(_ text: String) -> (DocumentSyntax, [Diagnostic]) {
    PolicyParser.parse(document: SourceFile(name: "x.md", text: text))
  }

  @Test("Only fences tagged policy hold rules")
  func tags() {
    let text = "```\nnonsense (\n```\n\n~~~policy draft\nnote a\n~~~\n\n```policyx\nno (\n```\n"
    let (document, problems) = parse(text)
    #expect(problems.isEmpty)
    #expect(document.measures.map(\.name.text) == ["a"])
  }

  @Test("Fences in lists and quotations count, and keep their columns")
  func nested() {
    let text = "- item\n\n  ```policy\n  note a\n    kind (\n  ```\n\n> ```policy\n> note b\n>   kind (\n> ```\n"
    let (document, problems) = parse(text)
    #expect(document.measures.map(\.name.text) == ["a", "b"])
    #expect(problems.compactMap(\.location?.start) == [Position(line: 5, column: 10), Position(line: 10, column: 10)])
  }

  @Test("A fence that is not closed is told, and the next one is still read")
  func openFence() {
    let text = "```policy\nnote a\n  text \"x\"\n\n## Next\n\nProse, with (brackets.\n\n```policy\nnote b\n```\n"
    let (document, problems) = parse(text)
    #expect(problems.map(\.code) == ["open-fence"])
    #expect(problems.first?.location?.start == Position(line: 1, column: 1))
    #expect(document.measures.map(\.name.text) == ["a", "b"])
  }

  @Test(
    "A document without rules is worth a warning, an empty one too", arguments: ["", "# Title\n\nProse.\n", "\u{FEFF}"])
  func noRules(text: String) {
    let (_, problems) = parse(text)
    #expect(problems.map(\.severity) == [.warning])
  }

  @Test("An empty fence holds nothing and nothing wrong")
  func emptyFence() {
    #expect(parse("```policy\n```\n").1.isEmpty)
    #expect(parse("```policy\n\n# only a comment\n```").1.isEmpty)
  }

  @Test("A byte order mark and line ends of Windows change nothing")
  func mark() {
    let (document, problems) = parse("\u{FEFF}# T\r\n\r\n```policy\r\nnote a\r\n  kind (\r\n```\r\n")
    #expect(document.measures.map(\.name.text) == ["a"])
    #expect(problems.compactMap(\.location?.start) == [Position(line: 5, column: 8)])
  }

  @Test("Each fence stands by itself")
  func fences() {
    let (document, problems) = parse("```policy\nmeasure a\n```\n\n```policy\n  where x\n```\n")
    #expect(document.measures.first?.clauses.count == 0)
    #expect(problems.map(\.code) == ["outside-declaration"])
  }

  @Test("A second header is told wherever it stands")
  func secondHeader() {
    #expect(parse("```policy\ndocument a\n```\n\n```policy\ndocument b\n```\n").1.map(\.code) == ["second-header"])
    #expect(parse("```policy\ndocument a\ndocument b\n```\n").1.map(\.code) == ["second-header"])
  }

  @Test("Bare rules point into the file that they were cut from")
  func offset() {
    let source = SourceFile(name: "notebook.md", text: "a\nb\n```policy\nnote x\n  kind (\n```\n")
    let (_, problems) = PolicyParser.parse(rules: "note x\n  kind (\n", in: source, firstLine: 4)
    #expect(problems.first?.location?.start == Position(line: 5, column: 8))
    #expect(problems.first?.location?.source === source)
  }

  private func book(_ path: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  @Test(
    "Every rule shown in the language's own books can be read",
    arguments: ["LANGUAGE.md", "docs/REFERENCE.md"])
  func reference(path: String) throws {
    let (_, problems) = parse(try book(path))
    // Several examples of a header are no mistake there.
    let mistakes = problems.filter { $0.severity == .error && $0.code != "second-header" }
    #expect(mistakes.map { "\($0.location?.start.line ?? 0): \($0.message.en)" } == [])
  }
}
