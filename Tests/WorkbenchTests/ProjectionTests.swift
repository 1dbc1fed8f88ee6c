// Projections: by hand on a small scenario, and against the projected scenario written out as a file by a second hand
// that knows the rule and not the program.

import Answers
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Over the years")
struct ProjectionTests {
  /// One agency of three workers, two of whom are hired in 2023, and another of one who leaves.
  private static let two = """
    scenario: Two
    district: 350112
    as_of: 2024-03-31
    documents: [changle-2022]
    enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
    agencies: [{id: q, name: Q, district: 350112, filed: true}, {id: r, district: 350112, filed: true}]
    hires:
      - {id: a, agency: q, enterprise: k, origin: 520502, start: 2022-02-01}
      - {id: b, agency: q, enterprise: k, origin: 520502, start: 2023-02-01}
      - {id: c, agency: r, enterprise: k, origin: 520502, start: 2023-09-15, end: 2023-12-20}
      - {id: d, agency: q, enterprise: k, origin: 520502, start: 2024-01-10}
    """

  private static let with = "with agency_reward.threshold = 1"

  private func amounts(_ projection: JSONValue) throws -> [String: String] {
    guard case .array(let rows)? = projection["amounts"] else { throw Bench.Missing() }
    var out: [String: String] = [:]
    for row in rows {
      guard case .string(let year)? = row["year"], case .string(let measure)? = row["measure"],
        case .string(let total)? = row["total"]
      else { throw Bench.Missing() }
      if total != "0.00" { out[year + " " + measure] = total }
    }
    return out
  }

  @Test("worked by hand: what begins in the base year comes again, and accrues into later years")
  func byHand() throws {
    // Under 三（二） 300 yuan after three months and 300 after six, here from one worker on. The base is 2023, the last
    // year that is over on 2024-03-31; d begins after it and is left out. In 2023: b in May and August, and c, who left
    // after three months, in December. Every further year the same, six months of b's like and three of c's.
    let bench = try Bench(Self.two)
    let plain = try bench.object("projection", "\(Self.with) project 2023 to 2025 as adopted")
    #expect(plain["base"] == "2023")
    let reward = "changle-2022.agency_reward"
    #expect(
      try amounts(plain) == ["2023 \(reward)": "900.00", "2024 \(reward)": "900.00", "2025 \(reward)": "900.00"])
    // b and c grow by half each year: 3 in 2024, 4.5 in 2025, which is 5. They stand in the order of agencies: of three
    // b comes once and c twice, of five b twice and c three times.
    let grown = try bench.object("projection", "\(Self.with) project 2024 to 2025: hires grow 50% a year as adopted")
    #expect(try amounts(grown) == ["2024 \(reward)": "1200.00", "2025 \(reward)": "2100.00"])
    // A rate that grows holds for all payments of its year: 330 and 363 instead of 300.
    let dearer = try bench.object(
      "projection", "\(Self.with) project 2024 to 2025: rate_3m grow 10% a year as adopted")
    #expect(try amounts(dearer) == ["2024 \(reward)": "960.00", "2025 \(reward)": "1026.00"])
    // If all stay, c's like brings its second 300 in the March that follows; if nobody does, each brings one.
    let all = try bench.object("projection", "\(Self.with) project 2024 to 2025: retention = 100% as adopted")
    #expect(try amounts(all) == ["2024 \(reward)": "900.00", "2025 \(reward)": "1200.00"])
    let none = try bench.object("projection", "\(Self.with) project 2024: retention = 0% as adopted")
    #expect(try amounts(none) == ["2024 \(reward)": "600.00"])
    for share in ["120%", "50%..120%"] {
      #expect(try bench.mistake("project 2024: retention = \(share) as adopted").message.en.contains("is no share"))
    }
  }

  /// A file of values and a workbook leave the projection, and its head, behind.
  @Test("what grows and what is drawn stand in every form")
  func everyForm() throws {
    let bench = try Bench(Self.two)
    let project = "\(Self.with) project 2024 to 2025: rate_3m grow 10% a year as adopted"
    for (command, told) in [
      (project, "base 2023; changle-2022.agency_reward.rate_3m grow 10% a year"),
      ("project 2024 as adopted", "base 2023; nothing grows"),
      (
        "\(Self.with) simulate 3 times: rate_3m = 200..400 as adopted",
        "changle-2022.agency_reward.rate_3m from 200..400 yuan; seed 1"
      ),
    ] {
      let path = bench.path("grown.csv")
      #expect(!bench.ask("\(command) into \"\(path)\"").haveFailed, "\(command)")
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
      try FileManager.default.removeItem(atPath: path)
      #expect(lines[0].contains("inputs") && lines.dropFirst().allSatisfy { $0.contains(told) }, "\(lines)")
    }
  }

  @Test("a document's end holds, nothing grows unasked, and Chinese means the same")
  func ends() throws {
    let bench = try Bench(Self.two)
    let enacted = try bench.object("projection", "\(Self.with) project 2023 to 2025")
    // Within 2023 b and c are hired; c's three months and b's are paid; 2024's hires come after the window.
    #expect(try amounts(enacted) == ["2023 changle-2022.agency_reward": "900.00"])
    let english = bench.ask(
      "\(Self.with) project 2024 to 2026 from 2023: hires of q grow 20% a year, rate_6m shrink 5% a year as adopted")
    let chinese = bench.ask(
      "若 机构奖励的起奖人数 = 1 推算 2024年到2026年 自 2023年：Q的录用人员每年增长20%，再次标准每年下降5% 假设本地采用")
    let told = chinese.flatMap(\.diagnostics).map(\.message.en)
    func figures(_ answers: [Answer]) throws -> [String: String] {
      try amounts(try #require(answers.flatMap(\.json).last { $0["kind"] == "projection" }, "\(told)"))
    }
    #expect(try figures(english) == figures(chinese))
    #expect(try !figures(english).isEmpty)
  }

  @Test("a value by date has a figure of its own from each 1 January")
  func byDate() throws {
    let rules = """
      # Daily

      ```policy
      document daily
        title "Daily" zh "按日"
        jurisdiction 350112
        issued 2020-01-01

      value going zh 现行标准 yuan by date "what goes" zh "现行标准" from "elsewhere" zh "其他文件"

      measure welcome
        title "Each" zh "每人"
        article "1"
        kind welcome
        for each hire
        pay enterprise going(start)
      ```
      """
    let scenario =
      Self.two.replacing("[changle-2022]", with: "[daily]")
      + "\nvalues: {going: {2022-06-01: 100, 2024-02-01: 900}}"
    let bench = try Bench(scenario, policies: [rules])
    // The figure of 2023 is 100; that of 2024-02-01 lies in a projected year and gives way.
    let made = try bench.object("projection", "project 2023 to 2025: going grow 10% a year")
    #expect(
      try amounts(made) == [
        "2023 daily.welcome": "200.00", "2024 daily.welcome": "220.00", "2025 daily.welcome": "242.00",
      ])
  }

  @Test("bands are of the draws; what is drawn from one value has none; a seed gives the same again")
  func bands() throws {
    let bench = try Bench(Self.two)
    let line = "\(Self.with) project 2024 to 2025 50 times: hires grow 0%..200% a year as adopted"
    let first = try bench.object("projection", line)
    #expect(first["bands"] == (try bench.object("projection", line))["bands"])
    #expect(first["done"] == .int(50))
    let other = try bench.object("projection", line.replacing("year as", with: "year, seed = 2 as"))
    #expect(other["bands"] != first["bands"])
    let sure = try bench.object("projection", "\(Self.with) project 2024: hires grow 10%..10% a year as adopted")
    guard case .array(let rows)? = sure["bands"], let row = rows.first else { throw Bench.Missing() }
    #expect(row["q5"] == row["q95"] && row["q5"] == row["middle"])
  }

  @Test(
    "what cannot be projected is refused",
    arguments: [
      ("project 2020 to 2021", "project-years"), ("project 2028 to 2024", "project-years"),
      ("project soon", "project-years"), ("project 2024 to 2199", "project-years"),
      ("project 2024 from 2019", "project-base"), ("project 2024: fairs grow 5%", "project-line"),
      ("project 2024: hires of k9 grow 5%", "project-line"), ("project 2024: hirez grow 5%", "project-line"),
      ("project 2024: hires grow much", "project-figure"), ("project 2024: hires grow -150%", "project-figure"),
      ("project 2025: hires grow 1000% a year, hires = 4900000", "project-figure"),
      ("project 2024: hires grow 1%, hires grow 2%", "project-line"), ("project 2024: hires", "missing-word"),
      ("project 2024: hires grow", "no-value"), ("project", "missing-word"),
    ])
  func refused(command: String, code: String) throws {
    let bench = try Bench(Self.two)
    #expect(try bench.mistake(command).code == code)
    #expect(!bench.ask("run changle-2022").contains { $0.failed })
  }

  @Test("find over years: every value tried gives the same answer")
  func search() throws {
    let bench = try Bench(Self.two)
    // 2024: three of a kind with 330 instead of 300 a rate of 3 months; see byHand.
    let over = "over 2024 to 2026: hires grow 50% a year, rate_3m grow 10% a year as adopted"
    for (goal, worst) in [("every year <= 2,400", true), ("total <= 5,000", false)] {
      let whole = try bench.object(
        "solution", "\(Self.with) find rate_3m from 0 yuan to 2000 yuan so that \(goal) \(over)")
      guard case .array(let wide)? = whole["solutions"], let last = wide.first?["to"], case .string(let most) = last
      else {
        throw Bench.Missing()
      }
      #expect(whole["every_year"] == .bool(worst))
      func amounts(_ rate: String) throws -> [Double] {
        let made = try bench.object(
          "projection",
          "with agency_reward.threshold = 1, rate_3m = \(rate) yuan project 2024 to 2026: "
            + "hires grow 50% a year, rate_3m grow 10% a year as adopted")
        guard case .array(let years)? = made["years"] else { throw Bench.Missing() }
        return years.compactMap { year in
          if case .string(let text)? = year["total"] { Double(text) } else { nil }
        }
      }
      let fen = Int(((Double(most) ?? 0) * 100).rounded()) + 1
      let above = "\(fen / 100).\(fen % 100 < 10 ? "0" : "")\(fen % 100)"
      func holds(_ amounts: [Double]) -> Bool {
        worst ? amounts.allSatisfy { $0 <= 2400 } : amounts.reduce(0, +) <= 5000
      }
      #expect(holds(try amounts(most)))
      #expect(!holds(try amounts(above)))
    }
    #expect(try bench.mistake("find rate_3m so that every year = 1 over 2024").code == "project-figure")
    #expect(try bench.mistake("find rate_3m so that total = 1 over 2024: hires grow 1%..2%").code == "project-figure")
  }

  // MARK: Brute force

  @Test("equal to the projected scenario written out and run, to the fen", arguments: 1...10)
  func writtenOut(seed: Int) throws {
    var hand = SecondHand(seed: UInt64(seed))
    let growth = [-40, 0, 7, 35, 120][hand.below(5)], ofQ = [-100, 0, 15, 60][hand.below(4)]
    let stated = hand.scenario()
    let bench = try Bench(SecondHand.text(stated, asOf: "2022-12-31"))
    let command =
      "with agency_reward.threshold = 3 project 2022 to 2025: hires grow \(growth)% a year, "
      + "hires of q grow \(ofQ)% a year as adopted"
    let projected = try amounts(try bench.object("projection", command))
    let written = hand.projected(stated, growth: growth, ofQ: ofQ, through: 2025)
    let other = try Bench(SecondHand.text(written, asOf: "2025-12-31"))
    let run = try other.object(
      "budget", "with agency_reward.threshold = 3 run changle-2022 by measure, year as adopted")
    guard case .array(let groups)? = run["groups"] else { throw Bench.Missing() }
    var expected: [String: String] = [:]
    for group in groups {
      guard case .string(let measure)? = group["group"], case .string(let year)? = group["group_2"],
        case .string(let total)? = group["total"]
      else { throw Bench.Missing() }
      if (2022...2025).contains(Int(year) ?? 0), total != "0.00" { expected[year + " " + measure] = total }
    }
    #expect(projected == expected, "\(command)\n\(SecondHand.text(stated, asOf: ""))")
    #expect(!expected.isEmpty)
  }
}

/// Scenarios by chance, and their projection as a drafter would write it out.
struct SecondHand {
  struct Hire {
    var id: String
    var number: String
    var enterprise: Int
    var agency: Int?
    var start: (y: Int, m: Int, d: Int)
    var end: (y: Int, m: Int, d: Int)?
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func below(_ n: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % n
  }

  mutating func scenario() -> [Hire] {
    (0..<(6 + below(20))).map { i in
      let year = [2021, 2022, 2022, 2022, 2023][below(5)]
      let start = (year, 1 + below(12), 1 + below(28))
      // Some come twice in a year, and some have been there before.
      let person = below(5) == 0 ? below(3) : 100 + i
      let end = below(3) == 0 ? (year + (below(2)), 12, 28) : nil
      return Hire(
        id: "h\(i)", number: person == 100 + i && below(2) == 0 ? "" : "x\(person)", enterprise: below(2),
        agency: [nil, 0, 0, 1][below(4)], start: start, end: end.map { ($0.0, $0.1, $0.2) })
    }
  }

  /// Every rule once more, hire by hire.
  func projected(_ stated: [Hire], growth: Int, ofQ: Int, through last: Int) -> [Hire] {
    var all = stated.filter { $0.start.y <= 2022 }
    let base = stated.filter { $0.start.y == 2022 }
    let order = base.indices.sorted { a, b in
      func key(_ h: Hire, _ i: Int) -> [Int] { [h.enterprise, h.agency ?? 9, h.start.m, h.start.d, i] }
      return key(base[a], a).lexicographicallyPrecedes(key(base[b], b))
    }
    for year in 2023...last {
      var made: [(Int, Int)] = []
      for (rate, isQ) in [(ofQ, true), (growth, false)] {
        let own = order.filter { (base[$0].agency == 0) == isQ }
        var factor = 100_000_000
        for _ in 2022..<year { factor = (factor * (100 + rate) * 1_000_000 + 50_000_000) / 100_000_000 }
        let wanted = (own.count * factor + 50_000_000) / 100_000_000
        var sent = 0
        for (i, place) in own.enumerated() {
          var number = 0
          while sent < (i + 1) * wanted / own.count {
            sent += 1
            number += 1
            made.append((place, number))
          }
        }
      }
      for (place, number) in made.sorted(by: { $0 < $1 }) {
        var hire = base[place]
        let mark = "-\(year)-\(number)"
        hire.id += mark
        if !hire.number.isEmpty { hire.number += mark.uppercased() }
        hire.start.y = year
        if let end = hire.end { hire.end = (end.y + year - 2022, end.m, end.d) }
        all.append(hire)
      }
    }
    return all
  }

  /// As many of some hires as wanted, evenly over them in the order of the spread; the others as they are.
  static func multiplied(_ stated: [Hire], to wanted: Int, where belongs: (Hire) -> Bool) -> [Hire] {
    let order = stated.indices.filter { belongs(stated[$0]) }.sorted { a, b in
      func key(_ h: Hire, _ i: Int) -> [Int] { [h.enterprise, h.agency ?? 9, h.start.y, h.start.m, h.start.d, i] }
      return key(stated[a], a).lexicographicallyPrecedes(key(stated[b], b))
    }
    var all = stated.filter { !belongs($0) }
    var sent = 0
    for (i, place) in order.enumerated() {
      var number = 0
      while sent < (i + 1) * wanted / order.count {
        sent += 1
        number += 1
        var hire = stated[place]
        if number > 1 {
          hire.id += "-\(number)"
          if !hire.number.isEmpty { hire.number += "-\(number)" }
        }
        all.append(hire)
      }
    }
    return all
  }

  static func text(_ hires: [Hire], asOf: String) -> String {
    func day(_ d: (y: Int, m: Int, d: Int)) -> String {
      "\(d.y)-\(d.m < 10 ? "0" : "")\(d.m)-\(d.d < 10 ? "0" : "")\(d.d)"
    }
    let lines = hires.map { h in
      "  - {id: \(h.id), enterprise: \(["k", "l"][h.enterprise]), origin: 520502, start: \(day(h.start))"
        + (h.end.map { ", end: \(day($0))" } ?? "") + (h.agency.map { ", agency: \(["q", "r"][$0])" } ?? "")
        + (h.number.isEmpty ? "" : ", worker_id: \(h.number)") + "}"
    }
    return """
      scenario: By chance
      district: 350112
      as_of: \(asOf)
      documents: [changle-2022]
      enterprises:
        - {id: k, district: 350112, lists: [leading_2021]}
        - {id: l, district: 350112, lists: [honest_employer]}
      agencies:
        - {id: q, name: Q, district: 350112, filed: true}
        - {id: r, name: R, district: 350112, filed: true}
      hires:
      \(lines.joined(separator: "\n"))
      """
  }
}
