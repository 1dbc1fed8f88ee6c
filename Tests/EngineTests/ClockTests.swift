// Semantics, "Dates": when months are complete, by each reading, at the edges of months.
import Engine
import Reckoning
import Testing

@Suite("Months, by every clock")
struct ClockTests {
  static func programme(months: Int) -> Programme {
    Programme(
      measure: """
          for each agency
          count s = hires of agency where stable for \(months) months on completion of \(months) months
          pay agency 1 yuan for each s
        """)
  }
  static let three = programme(months: 3)
  static let none = programme(months: 0)
  static let clocks = ["inclusive", "anniversary", "insured_months"]

  static func hire(_ start: String, _ end: String?) -> String {
    """
    enterprises: [{id: e, district: 350112}]
    agencies: [{id: q, district: 350112}]
    hires: [{id: h, agency: q, enterprise: e, start: \(start)\(end.map { ", end: " + $0 } ?? "")}]
    """
  }

  /// Start, last day of work, clock, month end, and the day on which three months accrue ("" for not stable).
  static let edges: [(String, String?, String, String, String)] = [
    ("2022-03-15", "2022-06-14", "inclusive", "clamp", "2022-06-15"),
    ("2022-03-15", "2022-06-13", "inclusive", "clamp", ""),
    ("2022-03-15", "2022-06-14", "anniversary", "clamp", ""),
    ("2022-03-15", "2022-06-15", "anniversary", "clamp", "2022-06-15"),
    ("2022-03-15", "2022-04-30", "insured_months", "clamp", ""),
    ("2022-03-15", "2022-05-01", "insured_months", "clamp", "2022-05-31"),
    ("2022-03-31", "2022-05-01", "insured_months", "next_day", "2022-05-31"),
    // 30 November and three months: February lacks the day.
    ("2022-11-30", "2023-02-26", "inclusive", "clamp", ""),
    ("2022-11-30", "2023-02-27", "inclusive", "clamp", "2023-02-28"),
    ("2022-11-30", "2023-02-27", "inclusive", "next_day", ""),
    ("2022-11-30", "2023-02-28", "inclusive", "next_day", "2023-03-01"),
    ("2022-11-30", "2023-02-27", "anniversary", "clamp", ""),
    ("2022-11-30", "2023-02-28", "anniversary", "clamp", "2023-02-28"),
    ("2022-11-30", "2023-02-28", "anniversary", "next_day", ""),
    ("2022-11-30", "2023-03-01", "anniversary", "next_day", "2023-03-01"),
    ("2022-11-30", "2022-12-31", "insured_months", "next_day", ""),
    ("2022-11-30", "2023-01-01", "insured_months", "next_day", "2023-01-31"),
    // A leap year's February has the 29th.
    ("2023-11-29", "2024-02-28", "inclusive", "next_day", "2024-02-29"),
    ("2023-11-30", "2024-02-28", "inclusive", "clamp", "2024-02-29"),
    ("2023-11-30", "2024-02-28", "inclusive", "next_day", ""),
    // Months are counted in one step: 31 January and three months is 30 April, not 28 April.
    ("2022-01-31", "2022-04-28", "inclusive", "clamp", ""),
    ("2022-01-31", "2022-04-29", "inclusive", "clamp", "2022-04-30"),
    // No end: still employed.
    ("2022-12-31", nil, "inclusive", "clamp", "2023-03-31"),
    ("2022-12-31", nil, "insured_months", "clamp", "2023-02-28"),
  ]

  @Test("Three months are complete on the day that the readings say", arguments: edges.indices)
  func edge(_ i: Int) throws {
    let (start, end, clock, monthEnd, accrues) = Self.edges[i]
    let outcome = try #require(
      Self.three.run(Self.hire(start, end)) {
        $0.readings["clock"] = clock
        $0.readings["month_end"] = monthEnd
      })
    #expect(outcome.lines() == (accrues.isEmpty ? [] : ["q h \(accrues) 1"]))
  }

  @Test("No months are stable from the first day, by every clock", arguments: clocks)
  func zero(clock: String) throws {
    let outcome = try #require(Self.none.run(Self.hire("2022-01-31", "2022-01-31")) { $0.readings["clock"] = clock })
    #expect(outcome.lines() == ["q h 2022-01-31 1"])
  }

  /// Semantics: the clock governs "stable for" only; plain counts of months are inclusive.
  @Test("Whole months between two dates do not heed the clock", arguments: clocks)
  func wholeMonths(clock: String) throws {
    let programme = Programme(
      measure: """
          for each hire
          every record
          pay worker 1 yuan per month * whole months from start to end + 1 day on end
        """)
    let facts = """
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: full, enterprise: e, start: 2022-03-15, end: 2022-06-14}
        - {id: short, enterprise: e, start: 2022-03-15, end: 2022-06-13}
        - {id: day, enterprise: e, start: 2022-03-15, end: 2022-03-15}
        - {id: open, enterprise: e, start: 2022-03-15}
        - {id: february, enterprise: e, start: 2022-11-30, end: 2023-02-27}
      """
    let outcome = try #require(programme.run(facts) { $0.readings["clock"] = clock })
    #expect(
      outcome.lines() == ["february february 2023-02-27 3", "full full 2022-06-14 3", "short short 2022-06-13 2"])
    let next = try #require(programme.run(facts) { $0.readings["month_end"] = "next_day" })
    // 30 November and three months is 1 March by this reading, and 28 February has not reached it.
    #expect(next.lines().contains("february february 2023-02-27 2"))
  }

  @Test("Which day places a hire in a year is a reading")
  func yearOf() throws {
    let programme = Programme(
      measure: """
          for each agency, each year
          count s = hires of agency where stable for 3 months on completion of 3 months
          pay agency 1 yuan * count of s on 31 December of year
        """)
    let facts = Self.hire("2022-10-15", nil)
    #expect(try #require(programme.run(facts)).lines() == ["q q@2022 2022-12-31 1"])
    let completion = try #require(programme.run(facts) { $0.readings["year_of"] = "completion" })
    #expect(completion.lines() == ["q q@2023 2023-12-31 1"])
  }

  @Test("A reading set for a measure or a document goes before the general one")
  func scopes() throws {
    let facts = Self.hire("2022-03-15", "2022-06-14")
    func paid(_ readings: [String: String]) throws -> Int {
      try #require(Self.three.run(facts) { $0.readings = readings }).entries.count
    }
    #expect(try paid(["clock": "anniversary"]) == 0)
    #expect(try paid(["clock": "anniversary", "test.clock": "inclusive"]) == 1)
    #expect(try paid(["clock": "anniversary", "test.clock": "inclusive", "test.m.clock": "anniversary"]) == 0)
    #expect(try paid(["other.clock": "anniversary"]) == 1)
  }
}
