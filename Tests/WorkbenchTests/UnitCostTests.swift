// A budget for each of something, held to what counting by hand gives: who is paid, what is paid for, whom a measure
// counts; facts beside payments; groups over draws.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Yuan for each")
struct UnitCostTests {
  /// An agency that brings a hundred, of whom sixty stay half a year; another that brings ten, too few for a reward.
  static let two = """
    scenario: two
    district: 350112
    enterprises:
      - {id: k, district: 350112, lists: [leading_2021]}
    agencies:
      - {id: q, district: 350112, filed: true}
      - {id: r, district: 350112, filed: true}
    cohorts:
      - {id: a, count: 60, hire: {agency: q, enterprise: k, origin: 520502, sex: male}, start: 2022-03-01}
      - {id: b, count: 40, hire: {agency: q, enterprise: k, origin: 520502, sex: female}, start: 2022-03-01,
         retention: {3: 100%, 4: 0%}}
      - {id: c, count: 10, hire: {agency: r, enterprise: k, origin: 520502}, start: 2022-03-01}
    """

  @Test("for each who was placed and each who stayed: those whom a paid agency counts, and all who are counted")
  func counted() throws {
    let bench = try Bench(Self.two)
    // 100 x 300 yuan, and 60 x 300 yuan more.
    let placed = try bench.object("budget", "run changle-2022 per placed")
    #expect(placed["per"] == .string("placed") && placed["units"] == .int(100) && placed["each"] == .string("480.00"))
    guard case .array(let lines)? = placed["unit_costs"] else { throw Bench.Missing() }
    #expect(lines.count == 1 && lines[0]["counted"] == .int(110) && lines[0]["total"] == .string("48000.00"))
    let longer = try bench.object("budget", "测算 changle-2022 每 续留人员")
    #expect(longer["per"] == .string("longer") && longer["units"] == .int(60) && longer["each"] == .string("800.00"))
    guard case .array(let largest)? = placed["largest"] else { throw Bench.Missing() }
    #expect(largest.count == 1 && largest[0]["id"] == .string("q") && largest[0]["units"] == .int(100))
  }

  @Test("for each record that is paid for, and each who is paid; rounded to the fen")
  func paid() throws {
    let bench = try Bench(Self.two)
    let hire = try bench.object("budget", "run changle-2022 per hire")
    #expect(hire["units"] == .int(100) && hire["each"] == .string("480.00"))
    #expect(hire["quantiles"]?[at: 0]?["each"] == .string("300.00"))
    #expect(hire["quantiles"]?[at: 6]?["each"] == .string("600.00"))
    let who = try bench.object("budget", "run changle-2022 per beneficiary")
    #expect(who["units"] == .int(1) && who["each"] == .string("48000.00"))
    #expect(try bench.object("budget", "with rate_3m = 1 run changle-2022 per placed")["each"] == .string("181.00"))
    #expect(try bench.object("budget", "with rate_3m = 0.01 run changle-2022 per longer")["each"] == .string("300.02"))
  }

  @Test(
    "of a group only what is paid for those counted is divided by them",
    arguments: [("per hire by year", "2022"), ("per hire by enterprise", "k"), ("per placed by enterprise", "k")])
  func groupedApart(asked: String, group: String) throws {
    // Beside 100 x 300 and 60 x 300 yuan for hires: an intern's subsidies of the same year and enterprise.
    let bench = try Bench(
      Self.two + "\ninternships:\n"
        + "  - {id: i, student: X, school_place: 520502, enterprise: k, start: 2022-03-01, end: 2022-08-31}\n")
    let parts = asked.split(separator: " by ")
    let found = try bench.object("budget", "run changle-2022 by \(parts[1]) \(parts[0])")
    guard case .array(let groups)? = found["groups"] else { throw Bench.Missing() }
    let one = groups.first { $0["group"] == .string(group) }
    #expect(one?["units"] == .int(100) && one?["each"] == .string("480.00"), "\(groups)")
    #expect(one?["total"] != .string("48000.00"), "the intern is paid for, too: \(groups)")
  }

  @Test("each group of a budget for each")
  func grouped() throws {
    let bench = try Bench(Self.two)
    for per in ["placed", "hire"] {
      guard case .array(let groups)? = try bench.object("budget", "run changle-2022 by sex per \(per)")["groups"] else {
        throw Bench.Missing()
      }
      let told = groups.map { [$0["group"], $0["units"], $0["each"]] }
      #expect(
        told == [
          [.string("male"), .int(60), .string("600.00")], [.string("female"), .int(40), .string("300.00")],
        ], "\(per)")
    }
  }

  @Test(
    "what is taken back is taken off, whatever it is for each of",
    arguments: ["hire", "enterprise", "beneficiary", "got"])
  func recovered(per: String) throws {
    let rules = """
      ```policy
      document back
        jurisdiction 350112

      measure grant
        title "G"
        article "1"
        kind g
        for each enterprise, each year
        count got = hires of enterprise every record
        pay enterprise 300 yuan for each got
        recover paid * 50% on end when end is given for each got
      ```
      """
    let facts = """
      scenario: back
      district: 350112
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: a, enterprise: e, start: 2026-01-05, end: 2026-03-31}
        - {id: b, enterprise: e, start: 2026-02-05}
        - {id: c, enterprise: e, start: 2026-03-05}
      """
    let bench = try Bench(facts, policies: [rules])
    let budget = try bench.object("budget", "run back per \(per)")
    guard case .array(let lines)? = budget["unit_costs"], case .array(let largest)? = budget["largest"] else {
      throw Bench.Missing()
    }
    #expect(budget["total"] == .string("750.00") && lines[0]["total"] == .string("750.00"))
    let sum = largest.reduce(Decimal(0)) { sum, one in
      guard case .string(let total)? = one["total"] else { return sum }
      return sum + (Decimal(string: total) ?? 0)
    }
    #expect(sum == 750)
  }

  @Test("a name that nothing has is answered with the lists that have records")
  func offered() throws {
    let mistake = try Bench(Self.two).mistake("run changle-2022 per qqqq")
    #expect(mistake.hint?.en.contains("beneficiary, enterprise, agency") == true, "\(mistake.hint?.en ?? "")")
  }

  @Test(
    "mistakes are told at their place",
    arguments: [
      ("run changle-2022 per placd", "unknown-count", 22), ("run changle-2022 per", "missing-word", 21),
      ("run changle-2022 by sex, year per hire", "grouping", 35),
      ("run changle-2022 per hire per hire", "option-twice", 27),
      ("run changle-2022 by year per placed", "grouping", 30),
      ("compare changle-2022, changle-2020 per hire", "unexpected-word", 36),
    ])
  func mistakes(_ text: String, _ code: String, _ column: Int) throws {
    let found = try Bench(Self.two).mistake(text)
    #expect(found.code == code && found.location?.start.column == column, "\(found)")
  }

  @Test("payments with a fact beside each are the same payments")
  func beside() throws {
    let bench = try Bench(Self.two)
    bench.ask("run changle-2022")
    guard case .array(let plain)? = try bench.object("payments", "payments")["payments"],
      case .array(let told)? = try bench.object("payments", "payments by sex, agency.filed")["payments"]
    else { throw Bench.Missing() }
    #expect(plain.count == 160 && told.map { $0["subject"] } == plain.map { $0["subject"] })
    #expect(told.count { $0["group"] == .string("male") && $0["group_2"] == .string("true") } == 120)
    #expect(told.count { $0["group"] == .string("female") } == 40)
  }

  @Test("the groups of a simulation add up to its mean, and stand as without chance where nothing is drawn")
  func drawn() throws {
    let bench = try Bench(Self.two)
    let found = try bench.object("simulation", "simulate 20 times in changle-2022: rate_3m = 300 by sex")
    guard case .array(let groups)? = found["groups"] else { throw Bench.Missing() }
    func fen(_ value: JSONValue?) -> Int {
      if case .string(let text)? = value { Int(text.replacing(".", with: "")) ?? 0 } else { 0 }
    }
    #expect(groups.count == 2 && groups.reduce(0) { $0 + fen($1["mean"]) } == fen(found["mean"]))
    #expect(groups.map { $0["stated"] } == [.string("36000.00"), .string("12000.00")])
  }
}

extension JSONValue {
  fileprivate subscript(at index: Int) -> JSONValue? {
    if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
  }
}
