// Small documents that each show a mechanism of the rule language, with examples worked out by hand: they check, and
// come out, as they stand.
import Answers
import Foundation
import Testing

@testable import Workbench

@Suite("Documents of the rule language that come out by hand")
struct LanguageFixtureTests {
  static let folder = LanguageBookTests.root.appendingPathComponent("Tests/Fixtures/language")

  static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { $0.hasSuffix(".md") }.sorted()
  }()

  @Test("Every one is without a mistake, and its examples come out", arguments: names)
  func comesOut(name: String) throws {
    let bench = try Bench()
    let answer = bench.session.check(paths: [Self.folder.appendingPathComponent(name).path])
    #expect(!answer.failed && !answer.hasMismatch, "\(name): \(answer.diagnostics.map(\.message.en))")
  }

  @Test("There are some")
  func some() { #expect(Self.names.count >= 7) }
}
