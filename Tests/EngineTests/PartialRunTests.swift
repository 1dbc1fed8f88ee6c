// Runs over a part of the records find what runs over facts without the others find, and where records that are left
// out could be noticed in another way, nobody is given such runs.
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

@Suite("Runs over a part of the records")
struct PartialRunTests {
  /// Hires of whom each is a person of its own, among those who employ and send them.
  static func scenario(_ seed: Int) -> Scenario? {
    var dice = Dice(state: UInt64(seed) &* 31 &+ 7)
    var r = Records()
    for e in 0..<4 {
      r.add("enterprises", ("id", "e\(e)"), ("district", "350112"), ("lists", e < 3 ? "[leading_2021]" : nil))
    }
    for q in 0..<3 { r.add("agencies", ("id", "q\(q)"), ("district", "350112"), ("filed", q < 2 ? "true" : nil)) }
    for b in 0..<2 { r.add("bases", ("id", "b\(b)"), ("county", Chance.sending[b]), ("agreement", "true")) }
    for s in 0..<3 {
      r.add(
        "specialists", ("id", "s\(s)"), ("enterprise", "e\(s)"), ("county", Chance.sending[s]),
        ("filed_on", "2022-02-0\(s + 1)"), ("appointed_from", "2022-03-01"))
    }
    for h in 0..<150 {
      let start = dice.date("2022-01-10", days: 800)
      let end = day(start).adding(months: Int.random(in: 1...9, using: &dice), .clamp).text
      r.add(
        "hires", ("id", "h\(h)"), ("origin", dice.one(Chance.sending)),
        ("enterprise", "e\(Int.random(in: 0..<4, using: &dice))"),
        ("agency", dice.maybe(70, "q\(Int.random(in: 0..<3, using: &dice))")),
        ("base", dice.maybe(50, "b\(Int.random(in: 0..<2, using: &dice))")),
        ("specialist", dice.maybe(60, "s\(Int.random(in: 0..<3, using: &dice))")), ("start", start),
        ("end", dice.maybe(50, end)), ("organised", dice.maybe(90, "true")),
        ("insured_before", dice.maybe(80, "false")))
    }
    return r.scenario()
  }

  static let documents = Bundled.documents.filter { $0.id == "changle-2022" }

  @Test("They find what runs over facts without the others find, draw by draw", arguments: 0..<6)
  func same(seed: Int) throws {
    let scenario = try #require(Self.scenario(seed))
    let memory = RunMemory()
    let partial = try #require(PartialRuns(of: "hires", Self.documents, scenario: scenario, memory: memory))
    var dice = Dice(state: UInt64(seed) &+ 3)
    var settings = Chance.settings(seed)
    settings.batch = seed < 3 ? 2 : 2048
    var paid: Set<Int> = []
    for _ in 0..<8 {
      let share = dice.one([30, 60, 90])
      let isOne = (0..<scenario.dataset.hireCount).map { _ in dice.chance(share) }
      let less = scenario.with(scenario.dataset.varied([]) { isOne[$0] })
      let found = Outcome(ledger: partial.run(isOne, settings: settings), scenario: scenario)
      let wanted = Outcome(ledger: Engine.run(Self.documents, scenario: less, settings: settings), scenario: less)
      #expect(found.fingerprint == wanted.fingerprint)
      paid.insert(found.entries.count)
      _ = Engine.run(Self.documents, scenario: scenario, settings: settings, memory: memory)
      let reading = dice.one(Reading.global + Self.documents.flatMap { $0.readings + $0.measures.flatMap(\.readings) })
      settings.readings[reading.id] = dice.one(reading.choices).name
    }
    #expect(paid.count > 1, "nothing hangs on who is there")
  }

  @Test("Where a person has several records, facts are made without those that are left out")
  func persons() throws {
    let scenario = try #require(Chance.small(1).scenario())
    #expect(PartialRuns(of: "hires", Self.documents, scenario: scenario, memory: RunMemory()) == nil)
  }

  @Test("Likewise where records of the list are whom a rule is about, and of a list that others name")
  func others() throws {
    let programme = Programme(measure: "  for each hire\n  pay enterprise 1 yuan on start")
    let scenario = try #require(Self.scenario(1))
    #expect(PartialRuns(of: "hires", programme.documents, scenario: scenario, memory: RunMemory()) == nil)
    #expect(PartialRuns(of: "enterprises", Self.documents, scenario: scenario, memory: RunMemory()) == nil)
  }
}
