// Budgets by source of money: as documents say, as somebody sets it, beside each other, in the papers.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Budgets by source of money", .serialized)
struct FundTests {
  private func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }

  private func groups(_ bench: Bench, _ command: String) throws -> [String: String] {
    let object = try bench.object("budget", command)
    guard case .array(let rows)? = object["groups"] else {
      Issue.record("no groups: \(object)")
      return [:]
    }
    return Dictionary(uniqueKeysWithValues: rows.map { (text($0["group"]), text($0["total"])) })
  }

  @Test("a document's word, and what nobody says")
  func plain() throws {
    let bench = try Bench()
    #expect(try groups(bench, "run changle-2022 by fund") == ["district": "60000.00"])
    #expect(try groups(bench, "测算 changle-2022 按 资金来源") == ["district": "60000.00"])
  }

  @Test("shares may be set; what they do not cover is told and stands in a line of its own")
  func set() throws {
    let bench = try Bench()
    let command = "with changle-2022.fund.district = 60%, run changle-2022 by fund"
    #expect(try groups(bench, command) == ["district": "36000.00", "(not covered)": "24000.00"])
    #expect(bench.ask(command).flatMap(\.diagnostics).contains { $0.code == "fund-uneven" })
  }

  @Test("programmes side by side")
  func compared() throws {
    let bench = try Bench()
    #expect(!bench.ask("draft more from changle-2022: rate_3m = 400").haveFailed)
    let object = try bench.object("comparison", "compare changle-2022, more by fund")
    #expect(object["columns"] != nil)
    let page = AnswerRenderer(format: .markdown, language: .zh).render(
      try #require(bench.ask("compare changle-2022, more by fund").last))
    #expect(page.contains("区级财政") && page.contains("10,000.00"), "\(page)")
  }

  @Test("a payment may come from several sources, so that nothing crosses them")
  func alone() throws {
    let bench = try Bench()
    for command in [
      "run changle-2022 by fund, year", "run changle-2022 by fund per beneficiary", "payments by fund",
      "compare changle-2022, changle-2022 by year, fund",
    ] {
      _ = bench.ask("run changle-2022")
      #expect(bench.ask(command).haveFailed, "\(command)")
    }
  }
}
