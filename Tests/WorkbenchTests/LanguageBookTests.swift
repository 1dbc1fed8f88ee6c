// The book of the rule language, LANGUAGE.md: the document it is built around is the one that is tested here.
import Answers
import Foundation
import Testing

@testable import Workbench

@Suite("The book of the rule language")
struct LanguageBookTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("The worked example is the document that is tested")
  func sameText() throws {
    let grant = try text("Tests/Fixtures/training-grant.md").trimmingCharacters(in: .newlines)
    #expect(try text("LANGUAGE.md").contains("~~~markdown\n" + grant + "\n~~~"))
  }

  @Test("It checks, with its eighteen examples, and costs what is worked out by hand in its scenario")
  func runs() throws {
    let policy = try text("Tests/Fixtures/training-grant.md")
    let bench = try Bench(try text("Tests/Fixtures/training-grant.yaml"), policies: [policy])
    let answer = bench.session.check(paths: [Self.root.appendingPathComponent("Tests/Fixtures/training-grant.md").path])
    #expect(!answer.failed && !answer.hasMismatch, "\(answer.diagnostics.map(\.message.en))")
    #expect(try bench.total("run training-grant") == "25300.00")
  }
}
