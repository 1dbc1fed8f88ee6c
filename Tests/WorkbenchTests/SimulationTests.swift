// Simulations: the same draws again, what does not vary, what drives the spread, stopping.

import Answers
import Foundation
import Sessions
import Synchronization
import Testing
import View

@testable import Workbench

@Suite("Uncertainty")
struct SimulationTests {
  static let cohorts = """
    scenario: Cohorts
    district: 350112
    enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
    agencies: [{id: q, district: 350112, filed: true}]
    cohorts:
      - {id: spring, count: 130, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01,
         retention: {3: 80%, 6: 70%}}
    """

  @Test("the same seed gives the same draws; another gives others; thresholds are decided in every draw")
  func seeds() throws {
    let bench = try Bench(SimulationTests.cohorts)
    func quantiles(_ text: String) throws -> JSONValue? { try bench.object("simulation", text)["quantiles"] }
    let first = try quantiles("simulate 200 times in changle-2022")
    // Once as it is remembered, once drawn again.
    #expect(try quantiles("simulate 200 times in changle-2022") == first)
    let other = try Bench(SimulationTests.cohorts)
    #expect(try other.object("simulation", "simulate 200 times in changle-2022")["quantiles"] == first)
    #expect(try quantiles("simulate 200 times in changle-2022: seed = 2") != first)
    // About 104 of 130 stay three months: in some draws fewer than a hundred, and nothing is paid.
    let risk = try bench.object("simulation", "simulate 400 times in changle-2022: budget = 1")
    guard case .array(let q)? = risk["quantiles"] else { throw SweepTests.Failure() }
    #expect(q.first?["total"] == "0.00")
    #expect(q.last?["total"] != "0.00")
    #expect(risk["overspending"]?["standard_error"] != nil)
  }

  @Test("what is remembered of draws is what drawing them again gives, whatever changes in between")
  func remembered() throws {
    let bench = try Bench(SimulationTests.cohorts)
    var said: [String] = []
    func answers(_ bench: Bench, _ commands: String) -> [String] {
      bench.ask(commands).map { $0.json.map(\.line).joined() + ($0.failed ? " failed" : "") }
    }
    for commands in [
      "simulate 10 times in changle-2022: budget = 60000", "simulate 10 times in changle-2022: budget = 1",
      "set budget = 50000 yuan; simulate 10 times in changle-2022", "simulate 11 times in changle-2022",
      "set rate_3m = 400 yuan; simulate 10 times in changle-2022", "simulate 10 times in changle-2022 by measure",
      "simulate 10 times in changle-2022: take_up = 50%..90%",
      "with rate_3m = 1 yuan, simulate 10 times in changle-2022",
      "undo; simulate 10 times in changle-2022", "simulate 10 times in changle-2022: seed = 9",
    ] {
      // A session that remembers nothing of draws, as far as this one has come.
      let fresh = try Bench(SimulationTests.cohorts)
      for before in said where !before.contains("simulate") || before.contains(";") {
        _ = fresh.ask(before.split(separator: ";")[0] + "")
      }
      let numbered = answers(bench, commands).map { $0.replacing(#/r[0-9]+/#, with: "r") }
      #expect(numbered == answers(fresh, commands).map { $0.replacing(#/r[0-9]+/#, with: "r") }, "\(commands)")
      #expect(numbered.allSatisfy { !$0.contains("failed") })
      said.append(commands)
    }
  }

  @Test("two programmes have the same draws: their difference is that of each one's own, draw by draw")
  func shared() throws {
    let bench = try Bench(SimulationTests.cohorts)
    _ = bench.ask("draft dearer from changle-2022: rate_6m = 350, threshold = 101")
    let inputs = ": retention = 60%..75%, rate_3m = 250..350, seed = 5"
    func drawn(_ command: String) throws -> [[String]] {
      let answer = try #require(bench.ask(command).last)
      return AnswerRenderer(format: .csv, language: .en).render(answer).split(separator: "\r\n").dropFirst().map {
        $0.split(separator: ",").map(String.init)
      }
    }
    let both = try drawn("simulate 30 times in changle-2022 against dearer\(inputs)")
    let one = try drawn("simulate 30 times in changle-2022\(inputs)"),
      other = try drawn("simulate 30 times in dearer\(inputs)")
    #expect(both.count == 30)
    #expect(both.map { $0[1] } == one.map { $0[1] } && both.map { $0[2] } == other.map { $0[1] })
    for row in both {
      let values = row[1...3].compactMap { Double($0) }
      #expect(values.count == 3 && abs(values[1] - values[0] - values[2]) < 0.001)
    }
    let told = try bench.object("simulation", "simulate 30 times in changle-2022 against dearer\(inputs)")
    let difference = try #require(told["difference"])
    #expect(told["against"] == .array(["dearer"]) && told["seed"] == "5")
    // The draws are shared, so the difference spreads less than either: never by more than threshold and rate do.
    #expect(difference["quantiles"] != nil && difference["less"]?["probability"] != nil)
    let chinese = try bench.object(
      "simulation", "模拟 30 次 于 changle-2022 对比 dearer：留存率 = 60%..75%，首次标准 = 250..350，种子 = 5")
    #expect(chinese["difference"] == difference)
    #expect(try bench.mistake("simulate 5 times in changle-2022 against dearer by month").code == "distribution")
  }

  @Test("any figure has a distribution: where nothing varies, what a run says of it")
  func figures() throws {
    let bench = try Bench(SimulationTests.cohorts.replacingOccurrences(of: "80%, 6: 70%", with: "100%, 6: 100%"))
    func mean(_ figure: String) throws -> JSONValue? {
      let told = try bench.object("simulation", "simulate 3 times of \(figure) in changle-2022")
      #expect(told["stated"] == told["mean"], "\(figure)")
      return told["mean"]
    }
    // 130 hires of one agency, each paid for twice with 300 yuan.
    #expect(try mean("beneficiaries") == .int(1))
    #expect(try mean("payments of agency_reward") == .int(260))
    #expect(try mean("placed") == .int(130))
    #expect(try mean("per placed") == "600.00")
    #expect(try mean("agency_reward") == "78000.00" && mean("2022") == "78000.00" && mean("q") == "78000.00")
    #expect(try mean("total") == .string(bench.total("run changle-2022")))
    let drawn = try bench.object("simulation", "simulate 50 times of placed in changle-2022: spring.count = 99..130")
    guard case .array(let quantiles)? = drawn["quantiles"] else { throw Bench.Missing() }
    #expect(quantiles.first?["total"] != quantiles.last?["total"])
    #expect(try bench.mistake("simulate 3 times of elves in changle-2022").code == "goal")
    #expect(try bench.mistake("simulate 3 times of placed in changle-2022 by month").code == "distribution")
  }

  @Test("the mean and the standard deviation of a count have two decimals, and its head has the unit")
  func decimals() throws {
    let bench = try Bench(SimulationTests.cohorts)
    let line = "simulate 50 times of beneficiaries in changle-2022: spring.count = 120..140, retention = 70%..80%"
    let answer = try #require(bench.ask(line).last)
    let drawn = AnswerRenderer(format: .csv, language: .en).render(answer).split(separator: "\r\n").dropFirst()
      .compactMap { Double($0.split(separator: ",")[1]) }
    let mean = drawn.reduce(0, +) / Double(drawn.count)
    let squares = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(drawn.count - 1)).squareRoot()
    try #require(drawn.count == 50 && Set(drawn).count == 2, "\(drawn)")
    func told(_ key: String) throws -> Double {
      switch try bench.object("simulation", line)[key] {
      case .number(let text)?: try #require(Double(text))
      case .int(let value)?: Double(value)
      case .string?, .bool?, .null?, .object?, .array?, nil: throw Bench.Missing()
      }
    }
    #expect(try abs(told("mean") - mean) < 0.0051 && abs(told("standard_deviation") - deviation) < 0.0051)
    let shown = AnswerRenderer(format: .table, language: .zh, width: 200).render(answer)
    #expect(shown.contains("受益对象数（个）") && !shown.contains("受益对象数  "), "\(shown)")
    #expect(shown.split(separator: "\n").contains { $0.contains("均值 ") && $0.contains("0.") }, "\(shown)")
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

  @Test("one retention for all cohorts says nothing where each has its own, and what a draft sets holds in no draw")
  func overwritten() throws {
    let bench = try Bench(SimulationTests.cohorts)
    let twice = "simulate 3 times in changle-2022: retention = 60%..70%, spring.retention = 80%..90%"
    #expect(try bench.mistake(twice).message.en.contains("`spring.retention` is given twice"))
    _ = bench.ask("draft d from changle-2022: rate_3m = 350; draft e from changle-2022: rate_6m = 900")
    func told(_ other: String) throws -> Bool {
      let answer = try #require(bench.ask("simulate 3 times in changle-2022 against \(other): rate_3m = 100..200").last)
      return AnswerRenderer(format: .table, width: 300).render(answer).contains("drawn alike for both")
    }
    #expect(try told("d") && !told("e"))
  }
}
