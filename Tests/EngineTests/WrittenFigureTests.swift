// Figures as drafters write them: half months, a share that is a quotient, the best level so far.
import Engine
import Testing

@Suite("Figures as they are written")
struct WrittenFigureTests {
  @Test("Months rounded to halves", arguments: [("2024-02-20", 150), ("2024-02-25", 200), ("2024-01-31", 100)])
  func halves(end: String, yuan: Int64) throws {
    let programme = Programme(
      measure: """
          for each hire
          where end is given
          pay enterprise 100 yuan per month * (round (calendar months from start to end) to (0.5 * 1 month))
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: a, worker: A, enterprise: e, start: 2024-01-01, end: \(end)}]
        """))
    #expect(outcome.total == yuan * 100)
  }

  /// The average asks each member for a figure of the frame that asks the set itself for its first day.
  @Test("A figure over members that rests on what the frame asks of the same members")
  func restsOnMembers() throws {
    let programme = Programme(
      measure: """
          for each enterprise, each year from 2022 to 2022
          count mine = hires of enterprise every record
          let later = 0.01 yuan per person * (whole years from date of number 1 in mine to 2024-12-31)
          let mean = average of later over mine
          pay enterprise 10 yuan on 31 December of year when mean is not 0.01 yuan
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: A, enterprise: e, start: 2022-03-01}
          - {id: b, worker: B, enterprise: e, start: 2022-05-01}
        """))
    // Two whole years of a fen each, for both.
    #expect(outcome.total == 1_000)
  }

  @Test(
    "A table of a share is asked with a quotient, exactly",
    arguments: [(1, 3, 600), (2, 4, 800), (1, 2, 800), (49, 99, 600), (0, 0, nil)] as [(Int, Int, Int64?)])
  func quotient(part: Int, whole: Int, yuan: Int64?) throws {
    let programme = Programme(
      measure: """
          for each enterprise
          count all_of = hires of enterprise every record
          count some = all_of where public_post
          pay enterprise kept(count of some / count of all_of) of 1,000 yuan on 2024-12-31
        """,
      declarations: """
        table kept(r: share) share
          below 50%: 60%
          above: 80%
        """)
    let hires = (0..<whole).map {
      "  - {id: h\($0), worker: w\($0), enterprise: e, start: 2024-01-01, public_post: \($0 < part)}\n"
    }
    let facts =
      "enterprises: [{id: e, district: 350112}]\n" + (whole > 0 ? "hires:\n" + hires.joined() : "hires: []\n")
    let outcome = try #require(programme.run(facts))
    #expect(outcome.total == (yuan ?? 0) * 100)
    #expect(outcome.undetermined() == (yuan == nil ? "1: division by zero" : ""))
  }

  @Test(
    "Keys and equations go in any order",
    arguments: ["same enterprise, year of start = year of start", "year of start = year of start, same enterprise"])
  func keys(keys: String) throws {
    let programme = Programme(
      measure: """
          for each hire
          every record
          pay enterprise 100 yuan * count of (hires with \(keys)) on start
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: A, enterprise: e, start: 2024-01-01}
          - {id: b, worker: B, enterprise: e, start: 2024-02-01}
          - {id: c, worker: C, enterprise: e, start: 2025-02-01}
        """))
    #expect(outcome.total == 50_000)
  }

  @Test("A choice is compared with one that the rule has named")
  func best() throws {
    let programme = Programme(
      measure: """
          for each cert
          every record
          let best = largest of level over (certs with same who before it)
          where count of (certs with same who before it) = 0 or level > best
          pay who 10 yuan
        """,
      declarations: """
        list certs, each a cert
          begins day
          field id text required
          field who text required
          field day date required
          field level one of (low, middle, high) ascending required
        """)
    let outcome = try #require(
      programme.run(
        """
        certs:
          - {id: a, who: A, day: 2024-01-01, level: middle}
          - {id: b, who: A, day: 2024-02-01, level: low}
          - {id: c, who: A, day: 2024-03-01, level: high}
          - {id: d, who: A, day: 2024-04-01, level: high}
        """))
    #expect(outcome.entries.map(\.subject) == ["a", "c"])
  }
}
