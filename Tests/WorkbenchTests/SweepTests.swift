// Sweeps, goals, cliffs and sensitivity, held to runs at the same values.

import Answers
import Testing
import View

@testable import Workbench

@Suite("Sweeps, goals, cliffs")
struct SweepTests {
  private func totals(_ object: JSONValue) -> [String] {
    guard case .array(let points)? = object["points"] else { return [] }
    return points.compactMap { if case .string(let t)? = $0["total"] { t } else { nil } }
  }

  @Test("a sweep is as many runs, with the same totals")
  func sweep() throws {
    let bench = try Bench()
    let sweep = try bench.object("sweep", "sweep rate_3m from 200 to 400 step 50 in changle-2022")
    #expect(sweep["name"] == "changle-2022.agency_reward.rate_3m")
    #expect(totals(sweep) == ["50000.00", "55000.00", "60000.00", "65000.00", "70000.00"])
    #expect(try totals(bench.object("sweep", "sweep threshold_means in changle-2022")).count == 2)
    let grid = try bench.object(
      "sweep", "sweep rate_3m from 100 to 200 step 100, rate_6m from 0 to 100 step 100 in changle-2022")
    #expect(totals(grid) == ["10000.00", "20000.00", "20000.00", "30000.00"])
    bench.ask("draft g from changle-2022: rate_6m = 0")
    let two = try bench.object("sweep", "sweep rate_3m from 100 to 200 step 100 in changle-2022, g")
    guard case .array(let series)? = two["series"] else { throw SweepTests.Failure() }
    #expect(series.map(totals) == [["40000.00", "50000.00"], ["10000.00", "20000.00"]])
  }

  struct Failure: Error {}

  @Test("who is asked about in `cliffs` is told of, and nobody else")
  func cliffsOfOne() throws {
    let short = ["q", "r"].map {
      "\n  - {id: short-\($0), agency: \($0), enterprise: k, origin: 520502, start: 2022-03-01, end: 2022-05-30}"
    }
    let bench = try Bench(Bench.edge + "\nhires:" + short.joined())
    for (asked, other) in [("q", "r"), ("r", "q")] {
      let command = "with agency_reward.threshold = 1 cliffs changle-2022 within 2 for \(asked)"
      let answer = try #require(bench.ask(command).last)
      try #require(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
      let text = AnswerRenderer(format: .table, language: .en, width: 200).render(answer)
      let object = answer.json.map(\.line).joined()
      #expect(text.contains("short-\(asked)") && object.contains("short-\(asked)"), "\(text)")
      for shown in [text, object] {
        #expect(!shown.contains("short-\(other)") && !shown.contains("\"\(other)\""), "\(shown)")
      }
    }
  }

  @Test(
    "a share of `sensitivity` that is none is told as that, and the shares that are offered work",
    arguments: ["-10%", "7.5"])
  func noShare(_ share: String) throws {
    let bench = try Bench()
    let problem = try bench.mistake("sensitivity changle-2022 by \(share)")
    #expect(problem.message.en.contains("is no share"), "\(problem.message.en)")
    #expect(problem.hint?.en == "write 80% or 0.8")
    #expect(!bench.ask("sensitivity changle-2022 by 80%").haveFailed)
    #expect(!bench.ask("sensitivity changle-2022 by 0.8").haveFailed)
  }

  @Test("a goal is reached by one value, by a stretch, or by none with the nearest on either side")
  func find() throws {
    let bench = try Bench()
    bench.ask("run changle-2022")
    #expect(try bench.object("solution", "find rate_3m so that total = 65000")["solutions"] == ["350.00"])
    #expect(try bench.object("solution", "find rate_3m so that total = 6.5万元")["solutions"] == ["350.00"])
    #expect(
      try bench.object("solution", "find agency_reward.threshold so that total = 60000")["solutions"] == [
        ["from": 0, "to": 100, "open": false]
      ])
    let none = try bench.object("solution", "find agency_reward.threshold so that total = 1")
    #expect(none["solutions"] == [])
    #expect(none["below"] == ["value": 101, "total": "0.00"])
    #expect(none["above"]?["total"] == "60000.00")
    #expect(try bench.object("solution", "find rate_3m so that total <= 30000")["solutions"] == ["0.00"])
    #expect(
      try bench.object("solution", "find rate_3m so that total of agency_reward in 2022 = 65000")["solutions"] == [
        "350.00"
      ])
    #expect(try bench.object("solution", "find rate_3m so that q = 65000")["solutions"] == ["350.00"])
  }

  @Test(
    "impossible requests are refused with the reason",
    arguments: [
      ("sweep rate_3m from 4 months to 6 months", "wrong-unit"), ("sweep rate_3m from 1 to 2 step 0", "range"),
      ("sweep rate_3m from 400 to 200", "range"), ("sweep rate_3m from 0.01 to 999999 step 0.01", "range"),
      ("sweep as_of", "not-a-range"),
      ("sweep rate_3m", "not-a-range"), ("sweep threshold_means from 1 to 2", "not-a-range"),
      ("sweep rate_3m from 1 to 2, rate_3m from 1 to 2", "range"),
      ("find rate_3m so that threshold_means = 4", "goal"),
      ("find rate_3m so that agency_reward.threshold = 4", "goal"),
      ("find rate_3m so that moon = 4", "goal"), ("find rate_3m so that total = 4 months", "wrong-unit"),
      ("find window_on so that total = 4", "not-a-range"),
      ("find rate_3m so that due pending = 4", "goal"), ("cliffs within x", "distribution"),
      ("cliffs for nobody", "unknown-subject"),
      ("sensitivity changle-2022 by 0%", "distribution"), ("simulate 0 times", "distribution"),
      ("simulate 10 times", "distribution"),
      ("simulate 10 times: rate_3m = 5..1", "distribution"), ("simulate 10 times: moon = 5", "distribution"),
      ("simulate 10 times: rate_3m = normal(3)", "distribution"), ("plot", "plot"), ("plot r9", "result"),
      ("verify", "result"),
      ("compare r1, changle-2022", "result"),
    ])
  func refused(_ text: String, _ code: String) throws {
    let bench = try Bench()
    #expect(try bench.mistake(text).code == code)
    #expect(try bench.total("run changle-2022") == "60000.00")
  }

  @Test("a cliff is the difference of two runs, and names who stands there")
  func cliffs() throws {
    let bench = try Bench()
    let report = try bench.object("cliffs", "cliffs changle-2022 within 2")
    guard case .array(let thresholds)? = report["thresholds"],
      let threshold = thresholds.first(where: { $0["name"] == "changle-2022.agency_reward.threshold" }),
      case .array(let steps)? = threshold["steps"], let step = steps.first(where: { $0["value"] == 100 })
    else { throw SweepTests.Failure() }
    #expect(step["jump"] == "60000.00")
    #expect(step["passes"] == .bool(true))
    #expect(step["changes"] == [["beneficiary": "q", "change": "60000.00"]])
  }

  @Test("sensitivity moves every figure both ways, and says what is flat")
  func sensitivity() throws {
    let bench = try Bench()
    let report = try bench.object("sensitivity", "sensitivity changle-2022 by 10%")
    guard case .array(let inputs)? = report["inputs"] else { throw SweepTests.Failure() }
    func input(_ name: String) -> JSONValue? { inputs.first { $0["name"] == .string(name) } }
    #expect(input("changle-2022.agency_reward.rate_3m")?["at_low"] == "57000.00")
    #expect(input("changle-2022.agency_reward.rate_3m")?["at_high"] == "63000.00")
    #expect(input("changle-2022.agency_reward.rate_3m")?["shape"] == "two-sided")
    #expect(input("changle-2022.agency_reward.threshold")?["shape"] == "one-sided")
    #expect(input("changle-2022.base_operating.amount")?["shape"] == "flat")
  }
}
