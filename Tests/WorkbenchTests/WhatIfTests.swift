import Commands
import Diagnostics
import Engine
import Foundation
import Reports
import Synchronization
import Testing
import View

@testable import Workbench

/// A what-if as one line that two spellings of it share; places left out.
func described(_ request: any Request) -> String {
  func name(_ w: Written?) -> String { w?.text ?? "-" }
  func range(_ r: (from: Written, to: Written)?) -> String { r.map { "\($0.from.text)..\($0.to.text)" } ?? "-" }
  func goal(_ words: [Written]) -> String {
    words.map { Keyword.total.matches($0.text) ? "total" : $0.text }.joined(separator: " ")
  }
  switch request {
  case let command as DraftCommand:
    let r = command.request
    let changes = r.changes.map { change in
      switch change {
      case .set(let a): a.name.text + "=" + a.value.text
      case .without(let m): "without " + m.text
      case .add(let f): "add " + f.text
      }
    }
    return "draft \(r.name.text) \(r.base.text) \(changes)"
  case let r as DiffCommand: return "diff \(r.first.text) \(r.second.text)"
  case let command as SweepCommand:
    let r = command.request
    return "sweep \(r.axes.map { "\($0.name.text) \(range($0.range)) \(name($0.step))" }) \(r.programmes.map(\.text))"
  case let command as FindCommand:
    let r = command.request
    return
      "find \(r.name.text) \(range(r.range)) \(goal(r.goal)) \(r.comparison) \(r.value.text) \(r.programme?.text ?? "-")"
  case let r as CliffsCommand: return "cliffs \(r.programme?.text ?? "-") \(name(r.within)) \(name(r.subject))"
  case let r as SensitivityCommand: return "sensitivity \(r.programme?.text ?? "-") \(name(r.change))"
  case let command as SimulateCommand:
    let r = command.request
    return "simulate \(r.times.text) \(r.programme?.text ?? "-") \(r.inputs.map { $0.name.text + "=" + $0.value.text })"
  case let r as PlotCommand: return "plot \(name(r.result)) \(r.inner.first.map { described($0.request) } ?? "-")"
  case let r as VerifyCommand: return "verify \(name(r.name))"
  case let r as ExplainCommand:
    switch r.question {
    case .subject(let subject, let measure): return "explain \(subject.raw) \(measure?.text ?? "-")"
    case .difference(let a, let b, let who): return "difference \(a.text) \(b.text) \(name(who))"
    }
  default: return "something else"
  }
}

@Suite("What-ifs in two languages")
struct WhatIfParsingTests {
  @Test(
    "parse to the same command",
    arguments: [
      (
        "draft g from changle-2022: rate_3m = 400, without base_operating",
        "草案 g 从 changle-2022：rate_3m = 400，去掉 base_operating"
      ),
      ("diff changle-2022, g", "差异 changle-2022，g"),
      ("sweep rate_3m from 200 to 580 step 20", "扫描 rate_3m 从 200 到 580 步长 20"),
      ("sweep rate_3m from 200 to 580 step 20", "扫描rate_3m从200到580步长20"),
      (
        "sweep rate_3m from 200 to 300, threshold_means in changle-2022",
        "扫描 rate_3m 从 200 到 300，threshold_means 于 changle-2022"
      ),
      ("find rate_3m so that total = 250万", "求解 rate_3m 使 合计 = 250万"),
      ("find rate_3m so that total <= 250万", "求解 rate_3m 使得 合计 ≤ 250万"),
      (
        "find rate_3m from 100 to 400 so that total >= 2500000 in changle-2022",
        "求解 rate_3m 从 100 到 400 使 合计 >= 2500000 于 changle-2022"
      ),
      ("cliffs changle-2022 within 3 for qx", "断崖 changle-2022 范围 3 给 qx"),
      ("sensitivity changle-2022 by 10%", "敏感性 changle-2022 按 10%"),
      (
        "simulate 1000 times: retention = 60%..85%, rate_3m = normal(300, 20)",
        "模拟 1000 次：retention = 60%..85%，rate_3m = normal(300, 20)"
      ),
      ("plot r3 into a.svg", "绘图 r3 存入 a.svg"),
      ("plot sweep rate_3m from 1 to 2 into a.svg", "绘图 扫描 rate_3m 从 1 到 2 存入 a.svg"),
      ("verify r3", "核验 r3"),
      ("explain changle-2022 vs g for qx", "解释 changle-2022 对比 g 给 qx"),
    ])
  func twins(_ en: String, _ zh: String) throws {
    #expect(described(try parsed(en).request) == described(try parsed(zh).request))
  }

  @Test(
    "are told apart from what is none",
    arguments: [
      "sweep", "sweep rate_3m from", "sweep rate_3m from 1", "find rate_3m", "find rate_3m so that = 4",
      "find rate_3m so that total",
      "draft", "draft g", "draft g from", "diff changle-2022", "simulate", "simulate many times", "plot help",
      "explain a vs",
      "simulate 10 times: x", "draft g from changle-2022: rate_3m",
    ])
  func mistakes(_ text: String) {
    let statements = WorkbenchCommands.parser.parse(SourceFile(name: "test", text: text))
    #expect(statements.allSatisfy { $0.command == nil && !$0.diagnostics.isEmpty })
  }
}

@Suite("Drafts")
struct DraftTests {
  @Test("change the budget, stay live, and can be undone")
  func live() throws {
    let bench = try Bench()
    #expect(try bench.total("run changle-2022") == "60000.00")
    let draft = try bench.object("draft", "draft g from changle-2022: rate_3m = 400, threshold = 80")
    #expect(draft["from"] == ["changle-2022"])
    #expect(try bench.total("run g") == "70000.00")
    bench.ask("draft h from g: rate_6m = 0.01")
    #expect(try bench.total("run h") == "40001.00")
    // What a draft rests on stays live.
    bench.ask("draft g from changle-2022: rate_3m = 100")
    #expect(try bench.total("run h") == "10001.00")
    bench.ask("undo")
    #expect(try bench.total("run h") == "40001.00")
    bench.ask("undo 2")
    #expect(try bench.mistake("run h").code == "unknown-document")
  }

  @Test("stack, and a contradiction is told")
  func stacked() throws {
    let bench = try Bench()
    bench.ask(
      "draft a from changle-2022: rate_3m = 400; draft b from changle-2022: rate_6m = 500; draft c from changle-2022: rate_3m = 500"
    )
    #expect(try bench.total("run a + b") == "90000.00")
    let problem = try bench.mistake("run a + c")
    #expect(problem.code == "draft")
    #expect(problem.message.en.contains("rate_3m"))
  }

  @Test("leave measures out, add others, move the period")
  func structure() throws {
    let bench = try Bench()
    bench.ask("draft none from changle-2022: without agency_reward")
    #expect(try bench.total("run none") == "0.00")
    bench.ask("draft later from changle-2022: window = 2022-05-01..2023-12-31")
    #expect(try bench.total("run later") == "0.00")
    // A measure that others take figures from can be left out, too.
    #expect(!bench.ask("draft fewer from changle-2022: without student_internship").contains { $0.failed })
    let own = bench.path("more.md")
    try """
    measure welcome
      title "Welcome" zh "欢迎"
      article "新"
      kind welcome
      param sum = 10 yuan "for each hire" zh "每人"
      for each hire
      pay enterprise sum on start
    """.write(toFile: own, atomically: true, encoding: .utf8)
    bench.ask("draft more from changle-2022: add \"\(own)\"")
    #expect(try bench.total("run more") == "61000.00")
    #expect(try bench.total("with sum = 20 run more") == "62000.00")
  }

  @Test(
    "come out as documents that check, and that pay the same",
    arguments: [
      "rate_3m = 400, threshold = 80", "window = 2022-01-28..2022-12-31, agency_reward.rate_6m = 12.34",
      "threshold_means = full_hundreds, without enterprise_retention",
    ])
  func documents(_ changes: String) throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: \(changes)")
    let file = bench.path("g.md")
    bench.ask("save g into \"\(file)\"")
    let check = try #require(bench.ask("check \"\(file)\"").first)
    #expect(!check.failed && !check.hasMismatch)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let other = try Bench(policies: [text])
    #expect(try other.total("run g") == bench.total("run g"))
    // What `show` prints is the same text.
    #expect(try bench.object("draft", "show g")["text"] == .string(text))
  }

  @Test(
    "are refused with a reason",
    arguments: [
      ("draft changle-2022 from jindong-2021: ", "draft"), ("draft run from changle-2022", "draft"),
      ("draft r7 from changle-2022", "draft"),
      ("draft g from nowhere", "unknown-document"), ("draft g from changle-2022: rate_3m = 4 months", "wrong-unit"),
      ("draft g from changle-2022: rate_x = 4", "unknown-name"),
      ("draft g from changle-2022: without nothing", "unknown-measure"),
      ("draft g from changle-2022: window = 2022", "not-a-window"),
      ("draft g from changle-2022: add none.md", "unreadable"),
      ("draft g from changle-2022: jindong-2021.worker_employment.amount = 4", "not-in-programme"),
      ("save g into x.md", "unknown-draft"),
    ])
  func refused(_ text: String, _ code: String) throws {
    #expect(try Bench().mistake(text).code == code)
  }

  @Test("differ from their base by clauses, then by money")
  func diff() throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 400")
    let diff = try bench.object("diff", "diff changle-2022, g")
    #expect(
      diff["changes"] == [
        ["clause": "changle-2022.agency_reward.rate_3m", "article": "三（二）", "before": "300 yuan", "after": "400 yuan"]
      ])
    let why = try bench.object("difference", "explain changle-2022 vs g for q")
    #expect(
      why["measures"] == [
        ["measure": "changle-2022.agency_reward", "before": "60000.00", "after": "70000.00", "change": "10000.00"]
      ])
  }
}

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

@Suite("Uncertainty")
struct SimulationTests {
  static let cohorts = """
    scenario: Cohorts
    district: 350112
    enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
    agencies: [{id: q, district: 350112, filed: true}]
    cohorts:
      - {id: spring, count: 130, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01, retention: {3: 80%, 6: 70%}}
    """

  @Test("the same seed gives the same draws; another gives others; thresholds are decided in every draw")
  func seeds() throws {
    let bench = try Bench(SimulationTests.cohorts)
    func quantiles(_ text: String) throws -> JSONValue? { try bench.object("simulation", text)["quantiles"] }
    let first = try quantiles("simulate 200 times in changle-2022")
    #expect(try quantiles("simulate 200 times in changle-2022") == first)
    #expect(try quantiles("simulate 200 times in changle-2022: seed = 2") != first)
    // About 104 of 130 stay three months: in some draws fewer than a hundred, and nothing is paid.
    let risk = try bench.object("simulation", "simulate 400 times in changle-2022: budget = 1")
    guard case .array(let q)? = risk["quantiles"] else { throw SweepTests.Failure() }
    #expect(q.first?["total"] == "0.00")
    #expect(q.last?["total"] != "0.00")
    #expect(risk["overspending"]?["standard_error"] != nil)
  }

  @Test("what does not vary comes out as stated")
  func certain() throws {
    let bench = try Bench(SimulationTests.cohorts.replacingOccurrences(of: "80%, 6: 70%", with: "100%, 6: 100%"))
    let stated = try bench.total("run changle-2022")
    let result = try bench.object("simulation", "simulate 20 times in changle-2022")
    #expect(result["mean"] == .string(stated))
    #expect(result["standard_deviation"] == "0.00")
    // More hires than are stated, and fewer, on another day.
    let more = try bench.object(
      "simulation", "simulate 3 times in changle-2022: spring.count = 150..150, spring.start = 2022-04-01")
    #expect(more["mean"] == "90000.00")
    #expect(try bench.object("simulation", "simulate 3 times in changle-2022: spring.count = 99..99")["mean"] == "0.00")
    #expect(try bench.object("simulation", "simulate 3 times in changle-2022: take_up = 0%..0%")["mean"] == "0.00")
    #expect(
      try bench.object("simulation", "simulate 3 times in changle-2022: retention = 100%..100%")["mean"]
        == .string(stated))
  }

  @Test("parameters alone vary without drawing facts, and drive the spread")
  func drivers() throws {
    let bench = try Bench()
    let result = try bench.object(
      "simulation", "simulate 300 times in changle-2022: rate_3m = 200..400, rate_6m = 299..301")
    guard case .array(let drivers)? = result["drivers"] else { throw SweepTests.Failure() }
    #expect(drivers.first?["name"] == "changle-2022.agency_reward.rate_3m")
  }

  @Test("stops cleanly when it is told to, with what it has")
  func cancelled() throws {
    let bench = try Bench(SimulationTests.cohorts)
    let asked = Mutex(0)
    bench.session.isCancelled = {
      asked.withLock {
        $0 += 1
        return $0 > 400
      }
    }
    let result = try bench.object("simulation", "simulate 100000 times in changle-2022")
    #expect(result["partial"] == .bool(true))
    bench.session.isCancelled = { false }
    #expect(try bench.total("run changle-2022") != "0.00")
  }
}

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
}
