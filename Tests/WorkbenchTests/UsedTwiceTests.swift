// Figures and conditions that use the one before twice: forty of them are forty, not a billion, whatever is asked.

import Answers
import Foundation
import Testing

@testable import Workbench

@Suite("Figures that use each other twice", .timeLimit(.minutes(3)))
struct UsedTwiceTests {
  private static let count = 40

  enum Kind: String, CaseIterable {
    case smaller, branches, conditions, days, definitions
  }

  private static func rules(_ kind: Kind) -> String {
    let numbers = 1...count
    var before = ""
    var lines: [String] = []
    switch kind {
    case .smaller:
      lines =
        ["let a0 = monthly_wage"] + numbers.map { "let a\($0) = smaller of (a\($0 - 1) + a\($0 - 1), 1,000 yuan)" }
      lines.append("pay enterprise a\(count) on start")
    case .branches:
      lines = ["let a0 = monthly_wage"]
      lines += numbers.map { "let a\($0) = if a\($0 - 1) > 5 yuan then a\($0 - 1) otherwise 6 yuan" }
      lines.append("pay enterprise a\(count) on start")
    case .conditions:
      lines = ["let a0 = monthly_wage > 5 yuan"]
      lines += numbers.map { "let a\($0) = a\($0 - 1) and (a\($0 - 1) or a\($0 - 1))" }
      lines += ["where a\(count)", "pay enterprise 1 yuan on start"]
    case .days:
      lines = ["let a0 = start"]
      lines += numbers.map { "let a\($0) = if a\($0 - 1) > 2022-01-01 then a\($0 - 1) otherwise 2022-01-01" }
      lines += ["where a\(count) > 2021-01-01", "pay enterprise 1 yuan on start"]
    case .definitions:
      before = "define f0(p: place)\n  p within 35\n\n"
      before += numbers.map { "define f\($0)(p: place)\n  p within 35 or f\($0 - 1)(p) and f\($0 - 1)(p)\n\n" }.joined()
      lines = ["where f\(count)(origin)", "pay enterprise 1 yuan on start"]
    }
    let clauses = lines.map { "  " + $0 }.joined(separator: "\n")
    return """
      ```policy
      document t
        jurisdiction 350112

      \(before)measure b
        title "B" zh "奖"
        article "一"
        kind b
        for each hire
        every record
      \(clauses)
      ```
      """
  }

  private static func scenario(_ wage: String) -> String {
    """
    scenario: One
    district: 350112
    enterprises: [{id: e1, district: 350112}]
    hires: [{id: h1, enterprise: e1, start: 2022-03-01, origin: 520502\(wage)}]
    """
  }

  @Test(
    "whatever is asked of them ends", arguments: Kind.allCases,
    ["run t; missing", "run t; explain h1", "run t; why not b for h1", "review t", "emit sql t into x.sql"])
  func ends(kind: Kind, command: String) throws {
    for wage in ["", ", monthly_wage: 4000"] {
      let rules = Self.rules(kind).replacingOccurrences(
        of: kind == .conditions || kind == .definitions ? "  every record\n" : "\u{0}", with: "")
      let bench = try Bench(Self.scenario(wage), policies: [rules])
      bench.session.folder = bench.path("")
      #expect(!bench.ask(command, keepGoing: true).isEmpty)
    }
  }
}
