// Decimals, shares, units, figures of a day, growth and periods in whole runs, against plain reckoning; and that runs
// with a memory, in any batch, find the same.
import Engine
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@Suite("Figures with decimals, units and days")
struct FigureTests {
  /// Half away from nought.
  static func rounded(_ above: Int128, _ below: Int128) -> Int64 { Int64((above * 2 + below) / (below * 2)) }

  static let courses = Programme(
    """
    document test
      jurisdiction 350112
    list courses, each a course
      field id text required
      field closes date required
      field centre text required
    list trainees, each a trainee
      field id text required
      field course reference to courses required
      field classes decimal required
      field time share default 100%
    measure each_one
      title "M"
      article "1"
      kind k
      param rate = 79.99 yuan per person per class "rate"
      for each course
      count taught = trainees of course at any time
      pay centre rate * classes * time for each taught on closes
    measure in_all
      title "M"
      article "2"
      kind k
      param rate = 79.99 yuan per person per class per year "rate"
      param factor = 1.25 "factor"
      for each course
      count taught = trainees of course at any time
      where count of taught > 0
      pay centre rate * count of taught * (sum of classes over taught * factor) / 3 * 0.5 on closes
    """)

  @Test("Decimals and shares are exact to the payment", arguments: 0..<60)
  func decimals(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 101 &+ 7)
    var lines: [String] = []
    var expected: [String: Int64] = [:]
    var sum: Int128 = 0
    let n = Int.random(in: 1...9, using: &dice)
    for i in 0..<n {
      let classes = Int64.random(in: 0...4_000_000_000, using: &dice)
      let time = Int64.random(in: 0...10_000, using: &dice)
      let percent = "\(time / 100).\(time % 100 / 10)\(time % 10)%"
      lines.append(
        "  - {id: t\(i), course: c, classes: \"\(Decimals.text(classes, scale: 8, keep: 0))\", time: \(percent)}")
      sum += Int128(classes)
      let fen = Self.rounded(7_999 * Int128(classes) * Int128(time), 100_000_000 * 10_000)
      if fen > 0 { expected["t\(i)"] = fen }
    }
    let facts = "courses: [{id: c, closes: 2024-05-01, centre: z}]\ntrainees:\n" + lines.joined(separator: "\n")
    let outcome = try #require(Self.courses.run(facts) { $0.batch = 3 })
    var found: [String: Int64] = [:]
    for entry in outcome.entries where entry.measure == "test.each_one" { found[entry.subject] = entry.fen }
    #expect(found == expected)
    // 79.99 per year is left over but for a number, which counts years, too.
    let all = Self.rounded(7_999 * Int128(n) * sum * 125 * 5, 100_000_000 * 100 * 3 * 10)
    #expect(outcome.total("in_all") == all)
  }

  static let lending = Programme(
    """
    document test
      jurisdiction 350112
    value lpr share by date "LPR" from "notice"
    list loans, each a loan
      begins drawn
      field id text required
      field borrower text required
      field principal money required
      field drawn date required
      field due date required
    measure interest
      title "M"
      article "1"
      kind k
      for each loan, each period of 3 months from drawn to due - 1 day
      let length = years from period_start to period_end + 1 day at 360 days
      pay borrower principal * lpr(period_start) * length on period_end + 1 day
    """)

  private static func loans(_ dice: inout Dice) -> (yaml: String, loans: [(id: String, fen: Int64, from: Day, to: Day)])
  {
    var all: [(id: String, fen: Int64, from: Day, to: Day)] = []
    for i in 0..<Int.random(in: 1...6, using: &dice) {
      let from = day(dice.date("2021-06-01", days: 700))
      let to = Day(number: from.number + Int32.random(in: 1...900, using: &dice))
      all.append(("l\(i)", Int64.random(in: 1...100_000_000, using: &dice), from, to))
    }
    let lines = all.map {
      "  - {id: \($0.id), borrower: b, principal: \(Decimals.text($0.fen, scale: 2, keep: 2)), drawn: \($0.from.text), "
        + "due: \($0.to.text)}"
    }
    return ("loans:\n" + lines.joined(separator: "\n"), all)
  }

  private static func figures(_ dice: inout Dice) -> [String: Int64] {
    var values: [String: Int64] = [:]
    for _ in 0..<Int.random(in: 1...5, using: &dice) {
      values["lpr." + dice.date("2021-01-01", days: 1000)] = Int64.random(in: 1_000_000...6_000_000, using: &dice)
    }
    return values
  }

  /// What the loans are paid, period by period, and how many periods have no figure.
  private static func plain(
    _ loans: [(id: String, fen: Int64, from: Day, to: Day)], _ values: [String: Int64]
  ) -> (lines: [String], lacking: Int) {
    var lines: [String] = []
    var lacking = 0
    for loan in loans {
      var n = 0
      while loan.from.adding(months: 3 * n, .clamp).number < loan.to.number {
        let start = loan.from.adding(months: 3 * n, .clamp)
        let end = min(loan.from.adding(months: 3 * (n + 1), .clamp).number, loan.to.number)
        n += 1
        let known = values.filter { $0.key.dropFirst(4) <= start.text }.max { $0.key < $1.key }
        guard let known else {
          lacking += 1
          continue
        }
        let fen = rounded(
          Int128(loan.fen) * Int128(known.value) * Int128(end - start.number), 100_000_000 * 360)
        if fen > 0 { lines.append("\(loan.id)@\(start.text) \(Day(number: end).text) \(fen)") }
      }
    }
    return (lines.sorted(), lacking)
  }

  @Test("Interest at the figure of each period's first day", arguments: 0..<80)
  func dated(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 31 &+ 3)
    let (yaml, loans) = Self.loans(&dice)
    let scenario = try #require(Self.lending.scenario(yaml))
    let memory = RunMemory()
    for _ in 0..<4 {
      var settings = RunSettings()
      settings.values = Self.figures(&dice)
      settings.batch = Int.random(in: 1...64, using: &dice)
      let ledger = Engine.run(Self.lending.documents, scenario: scenario, settings: settings, memory: memory)
      let outcome = Outcome(ledger: ledger, scenario: scenario)
      let (lines, lacking) = Self.plain(loans, settings.values)
      #expect(outcome.entries.map { "\($0.subject) \($0.date.text) \($0.fen)" }.sorted() == lines)
      let first = settings.values.keys.min().map { String($0.dropFirst(4)) } ?? ""
      #expect(outcome.unpriced("interest") == (lacking == 0 ? "" : "\(lacking): lpr before \(first)"))
      #expect(outcome.undetermined("interest") == "")
    }
  }

  @Test("One figure for every day replaces those of certain days; without any there is no price")
  func all() throws {
    let facts = "loans: [{id: l, borrower: b, principal: 36000, drawn: 2022-01-01, due: 2022-04-01}]"
    let all = try #require(Self.lending.run(facts) { $0.values = ["lpr": 2_000_000, "lpr.2022-01-01": 3_000_000] })
    #expect(all.lines("interest") == ["b l@2022-01-01 2022-04-01 180"])
    let none = try #require(Self.lending.run(facts))
    #expect(none.unpriced("interest") == "1: lpr")
  }

  @Test("What moves with the figure of a day is told, and decided alike it rises")
  func decisions() throws {
    let facts = "loans: [{id: l, borrower: b, principal: 36000, drawn: 2022-01-01, due: 2022-07-01}]"
    let scenario = try #require(Self.lending.scenario(facts))
    var settings = RunSettings()
    settings.values = ["lpr.2022-01-01": 3_000_000, "lpr.2022-03-01": 2_000_000]
    let watched = Watched(value: "lpr.2022-03-01")
    let found = Engine.decisions(on: watched, Self.lending.documents, scenario: scenario, settings: settings)
    #expect(found.direction == .up)
    let more = Engine.decisions(
      on: watched, Self.lending.documents, scenario: scenario, settings: watched.set(2_500_000, in: settings))
    #expect(found.digest == more.digest)
  }

  @Test("Growth is exact", arguments: 0...12)
  func growth(years: Int) throws {
    let programme = Programme(
      measure: """
          param base = 12,345.67 yuan "base"
          for each enterprise
          pay enterprise base grown by 3.5% for employees years on 2022-01-01
        """)
    var (above, below) = (Int128(1_234_567), Int128(1))
    for _ in 0..<years { (above, below) = (above * 207, below * 200) }
    let outcome = try #require(programme.run("enterprises: [{id: e, district: 350112, employees: \(years)}]"))
    #expect(outcome.total == Self.rounded(above, below))
  }

  @Test("Growth for more years than there may be, or for none that is known, is no amount")
  func noGrowth() throws {
    let programme = Programme(
      measure: "  for each enterprise\n  pay enterprise 10 yuan grown by 3% for employees years on 2022-01-01")
    let outcome = try #require(
      programme.run("enterprises: [{id: e, district: 350112, employees: 101}, {id: f, district: 350112}]"))
    #expect(outcome.entries.isEmpty)
    #expect(outcome.ledger.undetermined.first?.count == 2)
  }

  @Test("Months may lie between records that follow on", arguments: [("2022-04-30", 1), ("2022-05-01", 0)])
  func gap(starts: String, stays: Int) throws {
    let programme = Programme(
      """
      document test
        jurisdiction 350112
      param between = 1 month "between"
      list stays, each a stay
        title "Stays"
        joins hires with same worker
        gap at most between
      measure m
        title "M"
        article "1"
        kind k
        for each stay
        where stable for 6 months
        count parts = hires of stay every record
        pay enterprise 1 yuan * count of parts
      """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: w, enterprise: e, start: 2022-01-01, end: 2022-03-29}
          - {id: b, worker: w, enterprise: e, start: \(starts), end: 2022-08-31}
        """))
    #expect(outcome.lines() == (stays == 1 ? ["e a 2022-01-01 2"] : []))
  }
}
