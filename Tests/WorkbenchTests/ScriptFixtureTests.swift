// Whatever the language has is written as a script: every document of the tests, for both engines. What engines make of
// them, the differential tests hold (sql_documents.py, spark.py).

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Documents as scripts", .timeLimit(.minutes(5)))
struct ScriptFixtureTests {
  private static let fixtures = LanguageBookTests.root.appendingPathComponent("Tests/Fixtures")

  /// The documents below the fixtures, by their path there.
  private static let paths: [String] = {
    let all = FileManager.default.enumerator(atPath: fixtures.path)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      path.hasSuffix(".md") && (path.contains("catalogue/") || path.contains("language/") || path.contains("scripts/"))
    }.sorted()
  }()

  /// Those that no script says, by the words of the refusal.
  private static let refused = ["language/chains.md": "so often"]

  private func bench(_ path: String, _ scenario: String) throws -> Bench {
    let text = try String(contentsOf: Self.fixtures.appendingPathComponent(path), encoding: .utf8)
    return try Bench(scenario, policies: [text])
  }

  @Test("every document of the tests is said, for both engines", arguments: paths)
  func said(_ path: String) throws {
    let text = try String(contentsOf: Self.fixtures.appendingPathComponent(path), encoding: .utf8)
    let heads = ["document ", "文件 "]
    let line = text.split(separator: "\n").first { line in heads.contains { line.hasPrefix($0) } }
    let name = try #require(line?.split(separator: " ").dropFirst().first)
    let bench = try bench(path, "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\n")
    for engine in ["duckdb", "spark"] {
      let told = bench.ask("emit sql \(name) for \(engine)")
      let said = told.flatMap(\.diagnostics).map(\.message.en)
      if let words = Self.refused[path] {
        #expect(told.haveFailed && said.contains { $0.contains(words) }, "\(path): \(said)")
      } else {
        #expect(!told.haveFailed, "\(path) for \(engine): \(said)")
      }
    }
  }

  @Test("what is said to be refused is what is refused, in the reference")
  func list() throws {
    let root = LanguageBookTests.root
    let folder = root.appendingPathComponent("Sources/Emission")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    var named: Set<String> = []
    for file in files {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      for found in text.matches(of: /refusal\(\s*Text\(\s*"([^"\\]+)"/) { named.insert(String(found.1)) }
    }
    let reference = try String(contentsOf: root.appendingPathComponent("docs/REFERENCE.md"), encoding: .utf8)
    let section = try #require(reference.components(separatedBy: "## What no script says\n").dropFirst().first)
    let table = section.components(separatedBy: "\n## ")[0]
    var told = Set(table.matches(of: /\n\| ([^|]+) \|/).map { String($0.1) }.filter { $0 != "refused" })
    let others = table.replacing("\n", with: " ").firstMatch(of: /refused like the others: ([^.]+)\./)
    told.formUnion(others?.1.components(separatedBy: "; ") ?? [])
    #expect(told == named, "only told: \(told.subtracting(named)); only refused: \(named.subtracting(told))")
  }

  private func scenario(_ name: String) throws -> String {
    try String(contentsOf: Self.fixtures.appendingPathComponent("scripts/\(name)/t.yaml"), encoding: .utf8)
  }

  private func total(_ bench: Bench, _ measure: String) throws -> String {
    guard case .array(let rows)? = try bench.object("budget", "run")["measures"] else { throw Bench.Missing() }
    let row = rows.first { if case .string(let id)? = $0["measure"] { id == measure } else { false } }
    guard case .string(let total)? = row?["total"] else { throw Bench.Missing() }
    return total
  }

  @Test("a record of no year falls into none, whichever years are looked at")
  func undated() throws {
    let bench = try bench("scripts/years/years.md", scenario("years"))
    // Streets: north from 2021 on with two visits, south with two; each year one yuan, and one for each visit.
    #expect(try total(bench, "years.streets") == "11.00")
    #expect(try total(bench, "years.found") != "0.00")
  }

  @Test("below a cap, payments of one day go by what they are for, whichever clause pays")
  func kinds() throws {
    let bench = try bench("scripts/mixed/mixed.md", scenario("mixed"))
    let payments = try bench.object("payments", "run; payments")
    guard case .array(let rows)? = payments["payments"] else { throw Bench.Missing() }
    func limits(_ subject: String, _ amount: String) -> [JSONValue?] {
      rows.filter {
        $0["measure"] == .string("mixed.between") && $0["beneficiary"] == .string("a")
          && $0["subject"] == .string(subject) && $0["amount"] == .string(amount)
      }.map { $0["limit"] }
    }
    // Of 170 yuan 67 go the day before; then come the sum for `a`, the visits `a` and `d1`, and no hire gets anything.
    #expect(limits("a", "50.00") != [.string("mixed.between")])
    #expect(limits("h1", "60.00") == [.string("mixed.between")])
    #expect(limits("h2", "60.00") == [.string("mixed.between")])
  }
}
