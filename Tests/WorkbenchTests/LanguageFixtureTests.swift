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

  /// The catalogue: 25 mechanisms, each a document in English and its twin in Chinese.
  static let catalogue: [String] = {
    let folder = LanguageBookTests.root.appendingPathComponent("Tests/Fixtures/catalogue")
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { $0.hasSuffix(".md") }.sorted()
  }()

  @Test("The catalogue comes out, in English and in Chinese", arguments: catalogue)
  func catalogueComesOut(name: String) throws {
    let bench = try Bench()
    let path = LanguageBookTests.root.appendingPathComponent("Tests/Fixtures/catalogue/" + name).path
    let answer = bench.session.check(paths: [path])
    #expect(!answer.failed && !answer.hasMismatch, "\(name): \(answer.diagnostics.map(\.message.en))")
    let isTold = answer.diagnostics.contains { $0.severity == .warning && $0.code != "one-sided-examples" }
    #expect(!isTold, "\(name): \(answer.diagnostics.map(\.code))")
  }

  @Test("Every one is without a mistake, and its examples come out", arguments: names)
  func comesOut(name: String) throws {
    let bench = try Bench()
    let answer = bench.session.check(paths: [Self.folder.appendingPathComponent(name).path])
    #expect(!answer.failed && !answer.hasMismatch, "\(name): \(answer.diagnostics.map(\.message.en))")
  }

  @Test("Every one comes out in Chinese, too", arguments: names)
  func comesOutInChinese(name: String) throws {
    let bench = try Bench()
    let path = bench.path(name)
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let told = bench.ask("translate \(path) to zh")
    #expect(told.allSatisfy { !$0.failed }, "\(told.flatMap(\.diagnostics).map(\.message.en))")
    #expect(try String(contentsOfFile: path, encoding: .utf8) != text)
    let answer = bench.session.check(paths: [path])
    #expect(!answer.failed && !answer.hasMismatch, "\(name): \(answer.diagnostics.map(\.message.zh))")
  }

  @Test("There are some")
  func some() {
    #expect(Self.names.count >= 7)
    #expect(Self.catalogue.count == 50)
  }
}
