// Numbered results and what may be asked about them later, cash flow, charts in files.

import Answers
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Results and cash flow")
struct ResultTests {
  @Test("every result has a number and a fingerprint, and can be compared with and verified")
  func results() throws {
    let bench = try Bench()
    let first = try bench.object("budget", "run changle-2022")
    #expect(first["result"] == "r1")
    let second = try bench.object("budget", "with rate_3m = 400 run changle-2022")
    #expect(second["result"] == "r2" && second["fingerprint"] != first["fingerprint"])
    #expect(try bench.object("budget", "run changle-2022")["fingerprint"] == first["fingerprint"])
    let compared = try bench.object("comparison", "compare r1, r2")
    guard case .array(let columns)? = compared["columns"] else { throw SweepTests.Failure() }
    #expect(columns.map { $0["total"] } == ["60000.00", "70000.00"])
    #expect(try bench.object("verified", "verify r2")["same"] == .bool(true))
    #expect(try bench.object("verified", "verify _")["result"] == "r4")
    // What was set since then does not touch an earlier result.
    bench.ask("set rate_3m = 1")
    #expect(try bench.object("verified", "verify r1")["same"] == .bool(true))
  }

  @Test("a changed file is noticed")
  func changed() throws {
    let bench = try Bench()
    bench.ask("run changle-2022")
    let text = try String(contentsOfFile: bench.path("s.yaml"), encoding: .utf8)
    try text.replacingOccurrences(of: "leading_2021", with: "honest_employer").write(
      toFile: bench.path("s.yaml"), atomically: true, encoding: .utf8)
    let answer = try #require(bench.ask("verify r1").last)
    #expect(answer.hasMismatch)
    #expect(answer.json.first?["changed_files"] == .strings([bench.path("s.yaml")]))
  }

  @Test("money by month adds up, and tells when a budget is passed")
  func cashFlow() throws {
    let bench = try Bench()
    let flow = try bench.object("budget", "with budget = 3.5万 run changle-2022 by month")
    #expect(flow["budget"] == "35000.00" && flow["left"] == "-25000.00")
    guard case .array(let groups)? = flow["groups"], case .string(let passed)? = flow["passed"] else {
      throw SweepTests.Failure()
    }
    #expect(groups.last?["cumulative"] == "60000.00")
    #expect(groups.last?["group"] == .string(passed))
  }

  @Test("months are drawn by measure, and the parts are what accrues")
  func stacked() throws {
    let bench = try Bench()
    let answer = try #require(bench.ask("with budget = 3.5万 run changle-2022 by month").last)
    guard case .stacked(let chart)? = answer.chart else { throw SweepTests.Failure() }
    #expect(chart.places == ["2022-06", "2022-07", "2022-08", "2022-09"])
    #expect(chart.series.map(\.fen) == [[3_000_000, 0, 0, 3_000_000]])
    #expect(chart.cumulative == [3_000_000, 3_000_000, 3_000_000, 6_000_000])
    #expect(chart.limit == 3_500_000)
  }

  @Test("a chart is drawn into a file with its data beside it")
  func plot() throws {
    let bench = try Bench()
    bench.ask("run changle-2022; plot sweep rate_3m from 200 to 400 step 100 into \"\(bench.path("a.svg"))\"")
    let svg = try String(contentsOfFile: bench.path("a.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg") && svg.contains("<title>"))
    #expect(try String(contentsOfFile: bench.path("a.csv"), encoding: .utf8).contains("60000.00"))
  }

  @Test("why not tells the smallest change of facts that does, after running it")
  func remedy() throws {
    let bench = try Bench(Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 99"))
    let answer = try bench.object("why_not", "run changle-2022; why not agency_reward for q")
    #expect(answer["smallest_change"]?["paid"] == "60000.00")
  }

  @Test("among many records it is looked for among the subject's own, and is the same")
  func remedyAmongMany() throws {
    let few = Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 99")
    let others = few.replacingOccurrences(
      of: "cohorts:",
      with: "cohorts:\n  - {id: o, count: 3000, hire: {enterprise: k, origin: 520502}, start: 2022-03-01}")
    #expect(others != few)
    let asked = "run changle-2022; why not agency_reward for q"
    let alone = try Bench(few).object("why_not", asked), among = try Bench(others).object("why_not", asked)
    #expect(among["smallest_change"] == alone["smallest_change"])
    #expect(among["smallest_change"]?["paid"] == "60000.00")
  }

  @Test("what the scenario sets for all results tells none from another, and stands below them once")
  func listed() throws {
    let bench = try Bench(Bench.edge + "\nvalues:\n  minimum_wage: 1720\n")
    bench.ask("run changle-2022; set rate_3m = 400; run changle-2022")
    let answer = try #require(bench.ask("list results").last)
    let text = MarkdownRenderer(language: .en).render(answer.document)
    #expect(text.components(separatedBy: "minimum_wage").count == 2, "\(text)")
    #expect(text.contains("| changle-2022.agency_reward.rate_3m = 400 yuan |"), "\(text)")
    let values = AnswerRenderer(format: .csv, language: .en).render(answer)
    #expect(values.components(separatedBy: "minimum_wage").count == 3, "\(values)")
  }
}
