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

  @Test("sources cross with years, places and measures, and both margins are those of the sources and of the budget")
  func crossed() throws {
    let bench = try Bench()
    let set = "with changle-2022.fund.district = 33.333%, "
    let alone = try groups(bench, set + "run changle-2022 by fund")
    for (keys, place) in [("fund, year", 0), ("origin, fund", 1), ("fund, month", 0), ("measure, fund", 1)] {
      let object = try bench.object("budget", set + "run changle-2022 by " + keys)
      guard case .array(let rows)? = object["groups"] else {
        Issue.record("no groups: \(object)")
        continue
      }
      var sums: [String: Int] = [:]
      for row in rows {
        let fund = text(row[place == 0 ? "group" : "group_2"])
        sums[fund, default: 0] += try #require(Int(text(row["total"]).filter { $0 != "." }))
        #expect(row["payments"] == nil, "payments that several sources share are counted by none")
      }
      let wanted = alone.mapValues { Int($0.filter { $0 != "." }) ?? -1 }
      #expect(sums == wanted, "\(keys)")
    }
    let table = AnswerRenderer(format: .markdown, language: .zh).render(
      try #require(bench.ask("测算 changle-2022 按 资金来源、年度").last))
    #expect(table.contains("区级财政") && table.contains("60,000.00"), "\(table)")
    #expect(!bench.ask("compare changle-2022, changle-2022 by year, fund").haveFailed)
  }

  @Test("a source has its limit, and what is left of it or passed stands in every table by source")
  func limits() throws {
    let bench = try Bench()
    let within = try bench.object("budget", "with district_budget = 70000, run changle-2022 by fund")
    guard case .array(let rows)? = within["groups"], let first = rows.first else {
      Issue.record("no groups: \(within)")
      return
    }
    #expect(text(first["budget"]) == "70000.00" && text(first["left"]) == "10000.00")
    let over = bench.ask("设 区级财政额度 = 5万元；测算 changle-2022")
    let page = AnswerRenderer(format: .markdown, language: .zh).render(try #require(over.last))
    #expect(page.contains("区级财政需") && page.contains("10,000.00"), "\(page)")
    #expect(bench.ask("with city_budget = 1, run changle-2022").haveFailed, "no document draws on it")
  }

  @Test("a payment may come from several sources, so that it is in no one group of them")
  func alone() throws {
    let bench = try Bench()
    for command in ["run changle-2022 by fund per beneficiary", "payments by fund"] {
      _ = bench.ask("run changle-2022")
      #expect(bench.ask(command).haveFailed, "\(command)")
    }
  }
}
