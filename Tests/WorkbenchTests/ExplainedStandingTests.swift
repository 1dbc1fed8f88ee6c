// How `explain` and `why not` say where somebody stands: a duty's own status, whether a fact or a figure is missing,
// and what the change that would do does to the whole.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Explain: where somebody stands")
struct ExplainedStandingTests {
  private static func policy(_ rules: String) -> String {
    "```policy\ndocument own\n  jurisdiction 350112\n\(rules)\n```\n"
  }

  private static func measure(_ name: String, _ lines: String) -> String {
    let body = lines.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return "measure \(name)\n  title \"G\"\n  article \"1\"\n  kind \(name)\n" + body + "\n\n"
  }

  private func bench(_ rules: String, _ hires: String) throws -> Bench {
    let bench = try Bench(
      "scenario: S\ndistrict: 350112\nas_of: 2026-12-31\nenterprises: [{id: e, district: 350112}]\nhires:\n" + hires,
      policies: [Self.policy(rules)])
    _ = bench.ask("run own")
    return bench
  }

  private func page(_ bench: Bench, _ line: String, _ language: Language = .en) throws -> String {
    bench.session.language = language
    return AnswerRenderer(format: .table, language: language, width: 200).render(try #require(bench.ask(line).last))
  }

  private static let hires =
    "  - {id: a, enterprise: e, origin: 350112, start: 2026-03-01, contract_months: 12}\n"
    + "  - {id: b, enterprise: e, origin: 350112, start: 2026-03-01, contract_months: 13}\n"
    + "  - {id: c, enterprise: e, origin: 350112, start: 2026-03-01, contract_months: 6}\n"

  @Test("A duty is told by its own status and figure, and whether the record is part of it")
  func duties() throws {
    let duty = """
      duty few
        title "D"
        article "1"
        for the district, each year
        count there = hires where contract_months >= 12
        expect count of there >= 10 "ten"
      """
    let bench = try bench(duty, Self.hires)
    let counted = try page(bench, "explain a few")
    #expect(counted.contains("A duty: not met (1 of 1 fail"), "\(counted)")
    #expect(counted.contains("This record counts for it.") && counted.contains("2 of 10 needed"), "\(counted)")
    #expect(!counted.contains("A duty: met"))
    let other = try page(bench, "解释 c few", .zh)
    #expect(other.contains("任务：未完成（1 项中 1 项不符合：长乐区 2026年度）。本记录不在其内。"), "\(other)")
  }

  @Test("What lacks a fact cannot be told; what lacks only a figure laid down elsewhere is not priced")
  func openByPrice() throws {
    let rules =
      "value fee yuan \"a fee\" from \"the city\"\n\n"
      + Self.measure("grant", "for each hire\nwhere origin within 35\npay enterprise fee")
    let bench = try bench(
      rules,
      "  - {id: a, enterprise: e, origin: 350112, start: 2026-03-01}\n  - {id: b, enterprise: e, start: 2026-03-01}\n")
    #expect(try page(bench, "explain a").contains("Not priced: a figure is not supplied."))
    let open = try page(bench, "explain b")
    #expect(open.contains("It cannot be told: a fact is missing.") && !open.contains("Not priced"), "\(open)")
  }

  @Test("The change that would do says what the whole comes to by it")
  func wholeEffect() throws {
    let rules =
      Self.measure("long", "for each hire\nwhere contract_months >= 12\npay enterprise 100 yuan")
      + Self.measure("short", "for each hire\nwhere contract_months < 12\npay enterprise 150 yuan")
    let bench = try bench(rules, Self.hires)
    let why = try page(bench, "why not long for c")
    #expect(why.contains("by running it: 100.00") && why.contains("short less by 150.00"), "\(why)")
    #expect(why.contains("the total falls by 50.00"), "\(why)")
    #expect(try page(bench, "为何没有 long 给 c", .zh).contains("合计减少 50.00"))
    let plain = try page(bench, "why not short for a")
    #expect(plain.contains("long less by 100.00") && plain.contains("the total rises by 50.00"), "\(plain)")
  }

  @Test("Of several facts the one that nobody has stated is to be otherwise, and no stated one where a fact is missing")
  func unstatedFirst() throws {
    let either = Self.measure(
      "grant", "for each hire\nwhere origin within 51 or contract_months >= 12\npay enterprise 100 yuan")
    let open = try bench(either, "  - {id: a, enterprise: e, origin: 350112, start: 2026-03-01}\n")
    let why = try page(open, "why not grant for a")
    #expect(why.contains("contract_months") && why.contains("by running it") && !why.contains("510000"), "\(why)")
    let value =
      "value least months \"how long\" from \"the city\"\n\n"
      + Self.measure(
        "grant",
        "for each hire\nwhere origin within 51 or contract_months >= 12 and stable for least\npay enterprise 100 yuan")
    let lacking = try bench(
      value, "  - {id: a, enterprise: e, origin: 350112, start: 2026-03-01, contract_months: 12}\n")
    let none = try page(lacking, "why not grant for a")
    #expect(none.contains("cannot be told") && !none.contains("by running it"), "\(none)")
  }

  @Test("Who is governed elsewhere is not told to have another home")
  func governedElsewhere() throws {
    let rules =
      "define sending(p: place)\n  p within 51\n  except p within 510100 governed by \"other\"\n\n"
      + Self.measure("grant", "for each hire\nwhere sending(origin)\npay enterprise 100 yuan")
    let bench = try bench(rules, "  - {id: a, enterprise: e, origin: 510104, start: 2026-03-01}\n")
    let why = try page(bench, "why not grant for a")
    #expect(why.contains("governed") && !why.contains("by running it"), "\(why)")
  }
}
