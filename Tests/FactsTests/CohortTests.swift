// Cohorts, worked by hand from facts.md.
import Diagnostics
import Facts
import Reckoning
import Testing

@Suite("Cohorts")
struct CohortTests {
  private static let lists = "enterprises: [{id: e1, district: 350112}]\n"

  private static func read(_ cohorts: String, readings: String = "") -> ScenarioReader.Outcome {
    Sample.scenario(lists + readings + "cohorts:\n" + cohorts)
  }

  @Test("Ids count from one, facts are shared, those who stay longest come first")
  func retention() {
    let reading = Self.read(
      "  - {id: spring, count: 10, hire: {enterprise: e1, organised: no}, start: 2022-03-01, retention: {6: 75%, 3: 90%}}\n"
    )
    #expect(Sample.problems(reading) == [])
    let ids = Sample.column(reading, "hires", "id")
    #expect(ids == (1...10).map { "spring-\($0)" })
    #expect(Sample.column(reading, "hires", "worker") == ids)
    #expect(Sample.column(reading, "hires", "start") == Array(repeating: "2022-03-01", count: 10))
    // floor(7.5 + 1/2) = 8 stay past six months, 9 past three.
    let ends = Sample.column(reading, "hires", "end")
    #expect(ends == Array(repeating: "none", count: 8) + ["2022-08-30", "2022-05-30"])
    #expect(Set(Sample.column(reading, "hires", "organised")) == ["no"])
    #expect(reading.scenario?.dataset.table("hires")?.origin(0) == nil)
    #expect(reading.scenario?.dataset.table("hires")?.ids?.ascending == false)
  }

  @Test("Starts are spread evenly")
  func spread() {
    let reading = Self.read(
      "  - {id: a, count: 5, hire: {enterprise: e1}, start: {from: 2022-03-01, to: 2022-03-03}}\n")
    #expect(
      Sample.column(reading, "hires", "start") == [
        "2022-03-01", "2022-03-01", "2022-03-02", "2022-03-02", "2022-03-03",
      ])
    #expect(Sample.column(reading, "hires", "end") == Array(repeating: "none", count: 5))
  }

  @Test("A leaver is one day short of stable, by the month end that is set")
  func monthEnd() {
    let cohort = "  - {id: a, count: 2, hire: {enterprise: e1}, start: 2022-08-31, retention: {6: 0.5}}\n"
    let clamp = Self.read(cohort)
    #expect(Sample.column(clamp, "hires", "end") == ["none", "2023-02-26"])
    let next = Self.read(cohort, readings: "readings: {month_end: next_day}\n")
    #expect(Sample.column(next, "hires", "end") == ["none", "2023-02-27"])
    guard let data = clamp.scenario?.dataset else { return }
    #expect(data.dependsOnMonthEnd)
    #expect(data.reckoned(.nextDay).describe("hires", 1, "end").en == "2023-02-27")
    #expect(data.reckoned(.nextDay).reckoned(.clamp).describe("hires", 1, "end").en == "2023-02-26")
    #expect(data.reckoned(.nextDay).describe("hires", 0, "end").en == "none")
  }

  @Test("Listed hires, bulk hires and cohorts stand beside one another")
  func together() {
    let reading = Sample.scenario(
      Self.lists + """
        hires: [{id: h1, enterprise: e1, start: 2022-01-01, occupation: weaver}]
        hires_from: h.csv
        cohorts:
          - {id: a, count: 2, hire: {enterprise: e1, sex: 女}, start: 2022-03-01}
          - {id: b, count: 0, hire: {enterprise: e1}, start: 2022-03-01}
        """, csv: ["h.csv": "id,enterprise,start,sex\nh2,e1,2022-02-01,male\n"])
    #expect(Sample.column(reading, "hires", "id") == ["h1", "h2", "a-1", "a-2"])
    #expect(Sample.column(reading, "hires", "sex") == ["not stated", "male", "female", "female"])
    #expect(Sample.column(reading, "hires", "occupation") == ["weaver", "not stated", "not stated", "not stated"])
    #expect(Sample.column(reading, "hires", "worker") == ["h1", "h2", "a-1", "a-2"])
  }

  @Test("An id that a cohort makes cannot be given again")
  func ids() {
    let reading = Sample.scenario(
      Self.lists + """
        hires: [{id: a-2, enterprise: e1, start: 2022-01-01}, {id: a-3, enterprise: e1, start: 2022-01-01}, {id: a-02, enterprise: e1, start: 2022-01-01}]
        cohorts:
          - {id: a, count: 2, hire: {enterprise: e1}, start: 2022-03-01}
          - {id: a, count: 2, hire: {enterprise: e1}, start: 2022-03-01}
        """)
    #expect(Sample.problems(reading) == ["4:14 repeated-id", "7:5 repeated-id"])
  }

  @Test(
    "What is wrong with a cohort is told at its place",
    arguments: [
      (
        "{id: a, count: 2, hire: {enterprise: e1, id: x, start: 2022-01-01}, start: 2022-03-01}",
        ["5:46 not-of-a-cohort", "5:53 not-of-a-cohort"]
      ),
      (
        "{id: a, count: 2, hire: {enterprise: e1, end: 2022-04-01}, start: 2022-03-01, retention: {3: 90%}}",
        ["5:46 cohort-end"]
      ),
      ("{id: a, count: 2, hire: {enterprise: e1, end: 2022-02-01}, start: 2022-03-01}", ["5:51 end-before-start"]),
      (
        "{id: a, count: 2, hire: {enterprise: e1}, start: 2022-03-01, retention: {3: 80%, 6: 90%}}",
        ["5:5 cohort-retention"]
      ),
      (
        "{id: a, count: 2, hire: {enterprise: e1}, start: 2022-03-01, retention: {0: 80%, x: 1, 3: 101%, 4: 80, 5: -1%}}",
        [
          "5:78 cohort-retention", "5:86 cohort-retention", "5:95 cohort-retention", "5:104 cohort-retention",
          "5:111 cohort-retention",
        ]
      ),
      ("{id: a, count: 2, hire: {enterprise: e1}, start: {from: 2022-03-02, to: 2022-03-01}}", ["5:5 cohort-start"]),
      ("{id: a, count: 2, hire: {enterprise: e1}, start: {from: 2022-03-02}}", ["5:54 missing-fact"]),
      ("{id: a, count: 50000001, hire: {enterprise: e1}, start: 2022-03-01}", ["5:20 cohort-count"]),
      (
        "{id: a, count: 99999999999999999999999, hire: {enterprise: e9}, start: 2022-03-01}",
        ["5:20 cohort-count", "5:64 unknown-id"]
      ),
      (
        "{id: a, count: many, hire: {entreprise: e1}, start: x}",
        ["5:5 missing-fact", "5:20 cohort-count", "5:33 unknown-fact", "5:57 not-a-date"]
      ),
      (
        "{id: a, cuont: 2, hire: [x], start: 2022-03-01}", ["5:5 missing-fact", "5:13 unknown-fact", "5:29 wrong-kind"]
      ),
      ("x", ["5:5 not-a-record"]),
    ] as [(String, [String])])
  func wrong(cohort: String, expected: [String]) {
    let reading = Self.read("  - " + cohort + "\n")
    #expect(Sample.problems(reading) == expected, "\(reading.diagnostics.map(\.message.en))")
    #expect(reading.scenario == nil)
  }

  @Test("Fifty million is the limit of all cohorts together")
  func total() {
    let reading = Self.read(
      """
        - {id: a, count: 49999999, hire: {enterprise: e9}, start: x}
        - {id: b, count: 2, hire: {enterprise: e1}, start: 2022-03-01}
        - {id: c, count: 49999999, hire: {enterprise: e1}, start: 2022-03-01}
      """)
    #expect(reading.diagnostics.map(\.code) == ["unknown-id", "not-a-date", "cohort-count"])
  }
}
