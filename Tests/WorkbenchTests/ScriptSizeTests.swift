// Scripts of rules whose figures use each other: how long they are, and what is refused by name instead of becoming
// longer still. That they say what the program reckons, the differential tests hold (sql_documents.py).

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing

@testable import Workbench

@Suite("Length of scripts")
struct ScriptSizeTests {
  private static let folder = LanguageBookTests.root.appendingPathComponent("Tests/Fixtures/scripts")

  /// A session over a fixture, with its document.
  private func bench(_ name: String) throws -> Bench {
    let folder = ScriptSizeTests.folder.appendingPathComponent(name)
    let bench = try Bench(
      String(contentsOf: folder.appendingPathComponent("t.yaml"), encoding: .utf8),
      policies: [String(contentsOf: folder.appendingPathComponent(name + ".md"), encoding: .utf8)])
    bench.session.folder = bench.path("")
    return bench
  }

  private func script(_ bench: Bench, _ command: String) throws -> String {
    let told = bench.ask("emit sql \(command) into x.sql")
    try #require(!told.haveFailed, "\(told.flatMap(\.diagnostics).map(\.message.en))")
    return try String(contentsOfFile: bench.path("x.sql"), encoding: .utf8)
  }

  @Test(
    "a figure that is long and used again is one step of a script, for both engines",
    arguments: [("carried", 120_000), ("quarters", 60_000), ("levy", 40_000), ("chain", 60_000)])
  func bounded(_ name: String, _ most: Int) throws {
    let bench = try bench(name)
    for engine in ["duckdb", "spark"] {
      let text = try script(bench, "\(name) for \(engine)")
      #expect(text.utf8.count < most, "\(name) for \(engine): \(text.utf8.count) bytes")
      #expect(text.contains("worked out once"), "\(name) for \(engine)")
    }
  }

  /// A document whose one figure uses the one before it three times, so many times over.
  private func chain(_ count: Int) -> String {
    var lets = "  let a0 = if cost > 100 yuan then cost / 3 otherwise cost\n"
    for i in 0..<count {
      lets += "  let a\(i + 1) = if a\(i) > \(i) yuan then a\(i) - 5 yuan otherwise a\(i) / 7\n"
    }
    return """
      ```policy
      document long
        title "Long" zh "很长"
        jurisdiction 350112

      list cases zh 个案, each a case zh 个案
        title "Cases" zh "个案"
        begins day
        field id text required
        field payee zh 收款人 text required
        field day zh 日期 date required
        field cost zh 费用 money

      measure long zh 很长
        title "Long" zh "很长"
        article "1"
        kind long
        for each case
      \(lets)  pay payee a\(count) on day
      ```
      """
  }

  @Test("what would have no end is refused by the measure's name, in a moment and in both languages")
  func refused() throws {
    let scenario = "scenario: t\ndistrict: 350112\ncases: [{id: a, payee: A, day: 2025-01-01, cost: 5}]\n"
    let short = try Bench(scenario, policies: [chain(5)])
    short.session.folder = short.path("")
    #expect(try script(short, "long").utf8.count < 60_000)
    let long = try Bench(scenario, policies: [chain(14)])
    long.session.folder = long.path("")
    let began = ContinuousClock.now
    let told = try #require(long.ask("emit sql long into x.sql").flatMap(\.diagnostics).first)
    #expect(told.code == "not-in-sql" && told.message.en.contains("long") && told.message.zh.contains("展开"), "\(told)")
    #expect(ContinuousClock.now - began < .seconds(60))
  }
}
