// Frames that go through years, anniversaries and members, with bounds that are unknown, turned round or enormous.
import Engine
import Testing

@Suite("Going through years and numbers")
struct IterationTests {
  static func each(_ iteration: String, _ pay: String = "pay enterprise 1 yuan on 2022-01-01") -> Programme {
    Programme(measure: "  for each enterprise, \(iteration)\n  \(pay)")
  }

  static let facts = """
    enterprises:
      - {id: e, district: 350112, employees: 3, layoffs: 2}
      - {id: f, district: 350112, employees: 1}
    """

  @Test("A range goes from its first to its last, and the year is part of the subject")
  func years() throws {
    let outcome = try #require(
      Self.each("each year from 2021 to 2020 + employees", "pay enterprise 1 yuan on 31 December of year").run(
        Self.facts))
    #expect(
      outcome.lines() == [
        "e e@2021 2021-12-31 1", "e e@2022 2022-12-31 1", "e e@2023 2023-12-31 1", "f f@2021 2021-12-31 1",
      ])
  }

  @Test("Bounds the wrong way round are nothing")
  func backwards() throws {
    #expect(try #require(Self.each("each n from employees to 0").run(Self.facts)).entries.isEmpty)
  }

  @Test("An unknown bound leaves the record undetermined, and names the fact")
  func unknown() throws {
    let outcome = try #require(Self.each("each n from 1 to layoffs").run(Self.facts))
    #expect(outcome.entries.count == 2)
    #expect(outcome.undetermined() == "1: layoffs")
  }

  @Test("An unknown bound of a duty leaves it unknown; as_of makes it known")
  func duty() throws {
    let programme = Programme(
      """
      document test
        jurisdiction 350112
      duty m
        title "M"
        article "1"
        for the district, each year from 2022 to year of as_of
        count held = exchanges in year year of date
        expect count of held >= 1
      """)
    let facts = "exchanges: [{id: a, date: 2022-05-01}, {id: b, date: 2023-05-01}]"
    #expect(try #require(programme.run(facts)).duty()?.status == .unknown)
    #expect(try #require(programme.run(facts) { $0.asOf = day("2023-01-01") }).duty()?.status == .met)
    #expect(try #require(programme.run(facts) { $0.asOf = day("2024-01-01") }).duty()?.status == .notMet)
  }

  @Test("Too many numbers are a diagnostic", arguments: ["1 to 1000000000", "1 to employees * 1000000000"])
  func tooMany(range: String) throws {
    let outcome = try #require(Self.each("each n from \(range)").run(Self.facts))
    #expect(outcome.errors == ["too-many-frames"])
  }

  @Test("Bounds whose difference cannot be held are a diagnostic, not a trap")
  func difference() async {
    await #expect(processExitsWith: .success) {
      let big = "9 * 1000000000 * 1000000000"
      let outcome = IterationTests.each("each n from 0 - \(big) to \(big)").run(IterationTests.facts)
      if outcome?.errors != ["too-many-frames"] { fatalError("\(outcome?.errors ?? [])") }
    }
  }

  @Test("Years that lie too far apart are no trap")
  func farApart() async {
    await #expect(processExitsWith: .success) {
      let big = "9 * 1000000000 * 1000000000 * (employees - 2)"
      let programme = Programme(
        measure: """
            for each enterprise, each year from \(big) to \(big)
            count s = hires of enterprise
            pay enterprise 1 yuan * count of s on 31 December of year
          """)
      _ = programme.run(IterationTests.facts + "\nhires: [{id: h, enterprise: e, start: 2022-01-01}]")
    }
  }

  @Test("Members of a set are frames, none for an empty one")
  func members() throws {
    let programme = Programme(
      measure: """
          begins date
          for each fair, each participant in participants
          where participant.district within home
          pay participant 3 yuan on date
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}, {id: f, district: 350112}, {id: away, district: 350104}]
        fairs:
          - {id: x, held_in: 513323, date: 2022-01-01, participants: [f, e, away]}
          - {id: y, held_in: 513323, date: 2022-01-02}
          - {id: z, held_in: 513323, date: 2022-01-03, participants: [e]}
        """))
    #expect(outcome.lines() == ["e x 2022-01-01 3", "e z 2022-01-03 3", "f x 2022-01-01 3"])
  }
}
