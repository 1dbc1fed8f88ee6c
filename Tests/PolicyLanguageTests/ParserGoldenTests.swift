// One golden for each mistake the parser can tell: the source, then the whole message in both languages.
import Diagnostics
import Foundation
import PolicyLanguage
import Testing

/// Compares a text with the golden of that name, or with UPDATE_GOLDENS=1 writes it. A missing golden fails.
func expectGolden(_ text: String, _ name: String, folder: String, location: SourceLocation = #_sourceLocation) {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(folder)/\(name).txt")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
    try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    #expect(throws: Never.self, sourceLocation: location) {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }
  let golden = try? String(contentsOf: file, encoding: .utf8)
  #expect(golden == text, "UPDATE_GOLDENS=1 writes \(file.lastPathComponent)", sourceLocation: location)
}

@Suite("What the parser says")
struct ParserGoldenTests {
  /// Names begin with the mistake's code; what follows `+` tells variants apart.
  static let mistakes: [(name: String, rules: String)] = [
    ("not-utf8", "note a\n  text \u{FFFD}\u{FFFD}"),
    ("open-text", "note a\n  title \"Reward zh “奖励”"),
    ("open-text+curly", "note a\n  title “奖励"),
    ("unknown-sign", "measure a\n  where [x]"),
    ("unknown-sign+quote", "measure a\n  title 'x'"),
    ("unknown-sign+currency", "measure a\n  pay agency ¥300"),
    ("foreign-sign", "measure a\n  where x == y"),
    ("foreign-sign+and", "measure a\n  where x && y"),
    ("unexpected+name", "measure a\n  kind \"x\""),
    ("unexpected+end", "measure a\n  where x and"),
    ("unexpected+text", "measure a\n  title Reward for agencies"),
    ("unexpected+word", "measure a\n  only first 3 for each agency by year"),
    ("unexpected+word-near", "measure a\n  window form 2022-01-28"),
    ("unexpected+any", "measure a\n  where kind is any (x, y)"),
    ("unexpected+quantity", "example \"x\"\n  expect agency_reward"),
    ("unexpected+unit", "value minimum_wage"),
    ("unexpected+type", "list a, each a b\n  field x 3"),
    ("leftover", "measure a\n  where x y"),
    ("leftover+between", "measure a\n  where start between 2024-01-01 and 2024-12-31"),
    ("leftover+limit", "measure a\n  pay enterprise 10% of wage up to 500 yuan on start"),
    ("leftover+near", "measure a\n  where x abd y"),
    ("bad-groups", "measure a\n  param p = 1,2345 yuan"),
    ("open-bracket", "measure a\n  where (x or y\n  every record"),
    ("unknown-clause", "measure a\n  wher x"),
    ("unknown-clause+far", "example \"x\"\n  because y"),
    ("unknown-clause+remark", "document a\n  titel \"x\""),
    ("unknown-declaration", "mesure a\n  where x"),
    ("unknown-declaration+far", "Prose in a fence."),
    ("outside-declaration", "where x"),
    ("reserved-name", "measure a\n  let from = 3"),
    ("reserved-name+table", "document d\ntable per(n: number) yuan\n  up to 3: 1 yuan"),
    ("repeated-clause", "document a\n  title \"x\"\n  title \"y\""),
    ("second-header", "document a\ndocument b"),
    ("unknown-type", "list hires, each a hire\n  field id txt"),
    ("unknown-type+everyday", "list visits, each a visit\n  field month month"),
    ("too-deep", "measure a\n  where " + String(repeating: "(", count: 201)),
    ("long-number", "measure a\n  param p = 1234567890123456789012345678901"),
    ("bad-count", "example \"x\"\n  given 0 hires h: start 2022-01-01"),
    ("chained-comparison", "measure a\n  where 1 < x < 3"),
    ("stray-list", "measure a\n  where x is (a, b)"),
    ("places-at-once", "measure a\n  quota 10 at once"),
    ("inner-if", "measure a\n  let x = 1 + if y then 2 otherwise 3"),
    ("negative", "measure a\n  let x = -y"),
    ("endless-iteration", "measure a\n  for each agency, each month"),
    ("currency-is-yuan", "document d\n  currency RMB"),
    ("flat-choice", "reading r \"Which?\"\nfirst_one \"x\" default"),
  ]

  @Test("Every mistake has its message", arguments: mistakes.indices)
  func message(of i: Int) {
    let (name, rules) = Self.mistakes[i]
    let (_, problems) = PolicyParser.parse(rules: rules[...], in: SourceFile(name: "draft", text: rules), firstLine: 1)
    #expect(problems.first?.code == name.split(separator: "+").first.map(String.init))
    #expect(problems.count == 1)
    golden(name, rules, problems)
  }

  @Test(
    "Mistakes of the Markdown around the rules have theirs",
    arguments: [
      ("open-fence", "# A\n\n```policy\nnote a\n"), ("no-rules", "# A\n"),
    ])
  func markdown(name: String, text: String) {
    let (_, problems) = PolicyParser.parse(document: SourceFile(name: "draft.md", text: text))
    #expect(problems.map(\.code) == [name])
    golden(name, text, problems)
  }

  private func golden(_ name: String, _ source: String, _ problems: [Diagnostic]) {
    let messages = problems.flatMap { problem in
      [Language.en, .zh].map { DiagnosticRenderer(language: $0).text(problem) }
    }
    expectGolden(source + "\n----\n" + messages.joined(separator: "\n") + "\n", name, folder: "Parser")
  }
}
