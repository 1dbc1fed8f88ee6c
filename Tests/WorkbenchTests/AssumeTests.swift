// How people respond: by hand on a small scenario, against scenarios written out with other counts, and in every form.
// The static figures never change.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("How people respond")
struct AssumeTests {
  /// Five workers of one agency, who all stay.
  private static let five = """
    scenario: Five
    district: 350112
    as_of: 2022-12-31
    documents: [changle-2022]
    enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
    agencies: [{id: q, name: Q, district: 350112, filed: true}]
    hires:
    \((1...5).map(hire).joined(separator: "\n"))
    """
  private static func hire(_ number: Int) -> String {
    "  - {id: h\(number), agency: q, enterprise: k, origin: 520502, start: 2022-02-0\(number)}"
  }
  private static let one = "with agency_reward.threshold = 1"

  private func text(_ value: JSONValue?) throws -> String {
    guard case .string(let text)? = value else { throw Bench.Missing() }
    return text
  }

  private func figures(_ bench: Bench, _ command: String, _ kind: String = "budget") throws -> JSONValue {
    try #require(try bench.object(kind, command)["responding"])
  }

  private func rows(_ value: JSONValue?) throws -> [JSONValue] {
    guard case .array(let rows)? = value else { throw Bench.Missing() }
    return rows
  }

  @Test("worked by hand: a response, its bounds, a share that is claimed, a threshold that is reached")
  func byHand() throws {
    let bench = try Bench(Self.five)
    func total(_ rate: Int, _ threshold: Int = 1) throws -> (String, String) {
      let told = try figures(
        bench, "with agency_reward.threshold = \(threshold), rate_3m = \(rate) run changle-2022 as adopted")
      return (try text(told["static"]), try text(told["responding"]))
    }
    // 300 yuan after three months and 300 after six. At 420, which is 40 % more, half of that more come: 5 × 1.2 = 6.
    _ = bench.ask("assume hires of q respond 0.5 to rate_3m")
    #expect(try total(300) == ("3000.00", "3000.00"))
    #expect(try total(420) == ("3600.00", "4320.00"))
    #expect(try total(180) == ("2400.00", "1920.00"))
    // 5 × 1.5 = 7.5, which is 8, and no more however high the rate; 5 × 0.9 = 4.5, which is 5.
    #expect(try total(3000) == ("16500.00", "26400.00"))
    _ = bench.ask("assume hires of q respond 0.5 to rate_3m within 0.9..1.2")
    #expect(try total(3000) == ("16500.00", "19800.00"))
    #expect(try total(30) == ("1650.00", "1650.00"))
    // Of every payment 70 %: 70 % of 3,024 on top of the six who come, and the two split what they do together.
    _ = bench.ask("assume take-up of agency_reward 70%")
    let both = try figures(bench, "\(Self.one), rate_3m = 420 run changle-2022 as adopted")
    #expect(both["static"] == "3600.00" && both["responding"] == "3024.00" && both["effect"] == "-576.00")
    let row = try #require(try rows(both["rows"]).first)
    #expect(row["assumption_1"] == "612.00" && row["assumption_2"] == "-1188.00")
    // Seven are wanted and five are there: two are brought where that many may be, and not where one may.
    _ = bench.ask("assume nothing")
    _ = bench.ask("assume bunching at agency_reward.threshold within 2")
    #expect(try total(300, 7) == ("0.00", "4200.00"))
    #expect(try total(300, 8) == ("0.00", "0.00"))
    #expect(try total(300, 5) == ("3000.00", "3000.00"))
  }

  @Test("nothing is assumed by default, a change of nothing does nothing, and the static figures stay as they are")
  func nothing() throws {
    let bench = try Bench(Self.five)
    let line = "\(Self.one) run changle-2022 as adopted"
    let plain = try bench.object("budget", line)
    #expect(plain["responding"] == nil)
    let payments = try bench.object("payments", "\(line); payments")
    for none in [
      "take-up of agency_reward 100%", "hires respond 0 to rate_3m", "bunching at agency_reward.threshold within 0",
    ] {
      _ = bench.ask("assume \(none)")
      let told = try figures(bench, line)
      #expect(told["static"] == told["responding"] && told["effect"] == "0.00", "\(none)")
    }
    _ = bench.ask("assume take-up of agency_reward 10%, hires respond 2 to rate_3m")
    let assumed = try bench.object("budget", line)
    #expect(assumed["total"] == plain["total"] && assumed["measures"] == plain["measures"])
    // Lists of payments are of people who are there.
    let listed = try bench.object("payments", "\(line); payments")
    #expect(listed["payments"] == payments["payments"] && listed["responding"] == nil)
    #expect(assumed["fingerprint"] != plain["fingerprint"])
  }

  @Test("the session knows them: undone and done again, listed, taken back one by one, stated by a scenario")
  func session() throws {
    let bench = try Bench(Self.five)
    let line = "\(Self.one) run changle-2022 as adopted"
    _ = bench.ask("assume take-up of agency_reward 70% from paid.csv")
    #expect(try figures(bench, line)["responding"] == "2100.00")
    _ = bench.ask("undo")
    #expect(try bench.object("budget", line)["responding"] == nil)
    _ = bench.ask("redo")
    _ = bench.ask("假设 录用人员 对 首次标准 弹性 0.5 范围 0.8..1.2")
    let listed = try rows(try bench.object("assumptions", "assume")["assumptions"])
    #expect(try listed.map { try text($0["value"]) } == ["70% from paid.csv", "0.5 within 0.8..1.2"])
    _ = bench.ask("forget 1")
    #expect(try rows(try bench.object("assumptions", "假设")["assumptions"]).count == 1)
    _ = bench.ask("取消假设 首次标准")
    #expect(try rows(try bench.object("assumptions", "assume")["assumptions"]).isEmpty)
    let stated = try Bench(Self.five + "\n假设: [机构奖励的申领率70%, hires of q respond 0.5 to rate_3m]")
    let told = try figures(stated, "\(Self.one), rate_3m = 420 run changle-2022 as adopted")
    #expect(told["responding"] == "3024.00")
    _ = stated.ask("assume nothing")
    #expect(try stated.object("budget", line)["responding"] == nil)
    let path = bench.path("wrong.yaml")
    try (Self.five + "\nassume: [take-up of agency_reward 170%]").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try bench.mistake("load \(path)").code == "assume-number")
    try (Self.five + "\nassume: [take-up of agency_reward 70%, take-up of agency_reward 50%]").write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(try bench.mistake("load \(path)").code == "set-twice")
  }

  @Test("every form has both figures, and Chinese means the same")
  func forms() throws {
    let bench = try Bench(Self.five)
    _ = bench.ask("假设 机构奖励的申领率70%")
    let answer = try #require(bench.ask("\(Self.one) run changle-2022 as adopted").last)
    func text(_ form: OutputFormat, _ language: Language = .en) -> String {
      AnswerRenderer(format: form, language: language).render(answer)
    }
    for form in [OutputFormat.table, .markdown, .page] {
      #expect(text(form).contains("3,000.00") && text(form).contains("2,100.00"), "\(form.rawValue)")
    }
    let csv = text(.csv).split(separator: "\r\n").map(String.init)
    #expect(csv[0].hasSuffix(",settings,figures"))
    #expect(csv.contains { $0.hasSuffix(",static") && $0.contains("3000.00") })
    #expect(csv.contains { $0.hasSuffix(",responding") && $0.contains("2100.00") })
    #expect(answer.chart?.subtitle?.en.contains("2,100.00") == true)
    let chinese = text(.table, .zh)
    #expect(chinese.contains("另列假设：") && chinese.contains("机构奖励申领率") && chinese.contains("含假设"))
  }

  @Test("a search with people who respond: its value does, and the next does not")
  func search() throws {
    let bench = try Bench(Self.five)
    _ = bench.ask("assume hires of q respond 0.5 to rate_3m, take-up of agency_reward 80%")
    let line = "\(Self.one) find rate_3m from 200 yuan to 600 yuan so that total <= 3,500 in changle-2022 as adopted"
    let found = try bench.object("solution", line)
    let responding = try #require(found["responding"]?["answer"])
    #expect(found["solutions"] != responding["solutions"] && responding["exact"] == .bool(true))
    let most = try text(try rows(responding["solutions"]).last?["to"])
    func total(_ rate: String) throws -> Double {
      let told = try figures(bench, "\(Self.one), rate_3m = \(rate) yuan run changle-2022 as adopted")
      return try #require(Double(try text(told["responding"])))
    }
    let above = String(format: "%.2f", try #require(Double(most)) + 0.01)
    #expect(try total(most) <= 3500)
    #expect(try total(above) > 3500)
  }

  @Test("sensitivity, sweeps, comparisons, draws and projections know who responds")
  func others() throws {
    let bench = try Bench(Self.five)
    _ = bench.ask("assume hires respond 0.5 to rate_3m, take-up of agency_reward 80%")
    let moved = try bench.object("sensitivity", "\(Self.one), rate_3m = 420 sensitivity changle-2022 as adopted")
    let inputs = "\(moved["responding"]?["answer"] ?? .null)"
    #expect(inputs.contains("take-up of changle-2022.agency_reward"))
    #expect(!"\(moved["inputs"] ?? .null)".contains("take-up"))
    let sweep = try bench.object(
      "sweep", "\(Self.one) sweep rate_3m from 300 to 420 step 120 in changle-2022 as adopted")
    #expect("\(sweep["responding"] ?? .null)".contains("3456.00"))
    let draws = try bench.object(
      "simulation", "\(Self.one) simulate 20 times in changle-2022: rate_3m = 420..420 as adopted")
    #expect(draws["responding"]?["answer"]?["mean"] == "3456.00")
    // 360 in 2023, a fifth more: 5 × 1.1 = 5.5, which is 6; 432 in 2024, 44 % more: 5 × 1.22 = 6.1, which is 6.
    let years = try bench.object(
      "projection", "\(Self.one) project 2023 to 2024: rate_3m grow 20% a year as adopted")
    let told = try #require(years["responding"]?["answer"])
    let totals = try rows(told["years"]).map { try text($0["total"]) }
    #expect(totals == ["3168.00", "3513.60"])
    #expect(try rows(years["years"]).map { try text($0["total"]) } == ["3300.00", "3660.00"])
  }

  @Test(
    "what cannot be assumed is refused",
    arguments: [
      ("assume hires of q respond much to rate_3m", "assume-number"),
      ("assume hires respond 11 to rate_3m", "assume-number"),
      ("assume hires respond 1 to rate_3m within 2..3", "assume-number"),
      ("assume take-up of agency_reward 120%", "assume-number"), ("assume fairies respond 1 to rate_3m", "assume-whom"),
      ("assume trainings respond 1 to rate_3m", "assume-whom"),
      ("assume hires respond 1 to window_on", "assume-figure"),
      ("assume hires respond 1 to nothing_known", "unknown-name"),
      ("assume bunching at rate_3m within 2", "assume-figure"),
      ("assume bunching at agency_reward.threshold within many", "distribution"), ("assume hires", "missing-word"),
      ("assume hires respond", "missing-word"), ("assume take-up of nobody 5%", "unknown-measure"),
      ("forget 3", "assume-nothing"), ("forget", "missing-word"),
    ])
  func refused(command: String, code: String) throws {
    let bench = try Bench(Self.five)
    #expect(try bench.mistake(command).code == code)
    #expect(try bench.object("budget", "\(Self.one) run changle-2022 as adopted")["responding"] == nil)
  }

  @Test("equal to the scenario written out with so many and run, to the fen", arguments: 1...12)
  func writtenOut(seed: Int) throws {
    var hand = SecondHand(seed: UInt64(seed) &+ 77)
    let stated = hand.scenario()
    let rate = [150, 270, 300, 390, 450, 600][hand.below(6)], elasticity = [-0.5, 0.3, 1.0][hand.below(3)]
    let isOfQ = hand.below(2) == 0, share = [100, 73][hand.below(2)]
    let bench = try Bench(SecondHand.text(stated, asOf: "2023-12-31"))
    _ = bench.ask("assume hires\(isOfQ ? " of q" : "") respond \(elasticity) to agency_reward.rate_3m within 0.4..1.7")
    _ = bench.ask("assume take-up of agency_reward \(share)%")
    let line = "with agency_reward.threshold = 2, agency_reward.rate_3m = \(rate) run changle-2022 as adopted"
    let own = stated.count { !isOfQ || $0.agency == 0 }
    guard own > 0 else { return }
    let factor = min(max(1 + elasticity * (Double(rate) / 300 - 1), 0.4), 1.7)
    let wanted = Int((Double(own) * (factor * 1e8).rounded() / 1e8).rounded())
    let other = try Bench(
      SecondHand.text(
        SecondHand.multiplied(stated, to: wanted) { !isOfQ || $0.agency == 0 }, asOf: "2023-12-31"))
    let written = try bench.object("budget", line), run = try other.object("budget", line)
    var expected = 0.0
    for row in try rows(run["measures"]) {
      guard let total = Double(try text(row["total"])) else { throw Bench.Missing() }
      let isReward = try text(row["measure"]) == "changle-2022.agency_reward"
      // Every payment is of whole yuan, of which 73 % is whole fen.
      expected += isReward ? total * Double(share) / 100 : total
    }
    let told = try #require(written["responding"])
    #expect(try text(told["responding"]) == String(format: "%.2f", expected), "\(rate) \(elasticity) \(isOfQ)")
    // The parts add up, measure by measure and altogether.
    var sum = 0
    for row in try rows(told["rows"]) {
      func fen(_ key: String) throws -> Int { Int(((Double(try text(row[key])) ?? .nan) * 100).rounded()) }
      let parts = try fen("assumption_1") + fen("assumption_2")
      #expect(try fen("static") + parts == fen("responding"))
      sum += parts
    }
    #expect(sum == Int(((Double(try text(told["effect"])) ?? .nan) * 100).rounded()))
  }
}
