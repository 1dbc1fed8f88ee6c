// Changle 2022 (长政办〔2022〕8号), each measure worked by hand. The document's own examples try every reading; here one
// plain case of each measure is reckoned to the last payment, with its beneficiary, subject and day.
import Engine
import Testing

@Suite("Changle 2022, worked by hand")
struct Changle2022Tests {
  let programme = Bundled.programme("changle-2022")

  /// Article 三（一）: 50,000 yuan for a year in which a hundred workers of a base stay six months, due when the
  /// hundredth has. 60 come on 10 February and 40 on 31 March 2022: six months later it is 10 August and 30 September.
  @Test("三（一） A base's hundredth worker brings 50,000 yuan when he has stayed six months")
  func baseOperating() throws {
    let facts = """
      enterprises: [{id: plain, district: 350112}]
      bases: [{id: b, county: 520502}]
      cohorts:
        - {id: early, count: 60, hire: {base: b, enterprise: plain}, start: 2022-02-10}
        - {id: late, count: 40, hire: {base: b, enterprise: plain}, start: 2022-03-31}
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.lines("base_operating") == ["b b@2022 2022-09-30 50,000"])
    #expect(outcome.total == 5_000_000)
  }

  /// Article 三（一）: the sum is one a year, and 2023 needs a hundred of its own.
  @Test("三（一） The grant is paid year by year")
  func baseOperatingYears() throws {
    let facts = """
      enterprises: [{id: plain, district: 350112}]
      bases: [{id: b, kind: transfer_station, county: 140105}, {id: school, kind: hr_cooperation_base}]
      cohorts:
        - {id: a, count: 100, hire: {base: b, enterprise: plain}, start: 2022-02-10}
        - {id: c, count: 99, hire: {base: b, enterprise: plain}, start: 2023-02-10}
        - {id: d, count: 250, hire: {base: school, enterprise: plain}, start: 2023-12-31}
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.lines("base_operating") == ["b b@2022 2022-08-10 50,000", "school school@2023 2024-06-30 50,000"])
  }

  /// Article 三（二）: 300 yuan for each of at least a hundred who stay three months, 300 more for each of these who
  /// stays six. 100 from 1 March 2022: 1 June and 1 September; 20 of them leave after four months.
  @Test("三（二） An agency is paid 300 yuan after three months and 300 more after six")
  func agencyReward() throws {
    let facts = """
      enterprises: [{id: k, district: 350112, lists: [honest_employer]}]
      agencies: [{id: q, district: 350112, filed: true}, {id: near, district: 350112, filed: true}]
      cohorts:
        - {id: h, count: 100, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01, \
        retention: {3: 100%, 6: 80%}}
        - {id: n, count: 99, hire: {agency: near, enterprise: k, origin: 520502}, start: 2022-03-01}
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.summary("agency_reward") == ["q: 100 × 300 on 2022-06-01", "q: 80 × 300 on 2022-09-01"])
    #expect(outcome.total == 100 * 30_000 + 80 * 30_000)
  }

  /// Article 三（二）, reading `threshold_means = full_hundreds`: of 205 the first two hundred by their third month, then
  /// by id; the five of 2 March are left out, and their sixth month with them.
  @Test("三（二） By full hundreds the two hundred earliest are paid for")
  func agencyHundreds() throws {
    let facts = """
      enterprises: [{id: k, district: 350112, lists: [honest_employer]}]
      agencies: [{id: q, district: 350112, filed: true}]
      cohorts:
        - {id: late, count: 5, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-02}
        - {id: h, count: 200, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01}
      """
    let outcome = try #require(
      programme.run(facts) { $0.readings["changle-2022.agency_reward.threshold_means"] = "full_hundreds" })
    #expect(outcome.summary("agency_reward") == ["q: 200 × 300 on 2022-06-01", "q: 200 × 300 on 2022-09-01"])
    #expect(!outcome.lines("agency_reward").contains { $0.contains("late") })
    let everyone = try #require(programme.run(facts))
    #expect(everyone.total == 205 * 60_000)
  }

  /// Article 三（四）: 3 × 300 yuan for the student and 1,500 for the enterprise when three months are complete, and 1,500
  /// more when the former intern has stayed six. From 15 July 2022: 15 October; the job of 20 November: 20 May 2023.
  @Test("三（四） Student and enterprise are paid for an internship, and the enterprise for keeping the intern")
  func internships() throws {
    let facts = """
      enterprises: [{id: k, district: 350112, lists: [harmonious_labour]}]
      internships:
        - {id: i, student: 林一, school_place: 520502, enterprise: k, start: 2022-07-15, end: 2022-11-14, \
        employed_from: 2022-11-20}
        - {id: short, student: 林二, school_place: 520502, enterprise: k, start: 2022-07-15, end: 2022-10-13, \
        employed_from: 2022-11-20}
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.lines("student_internship") == ["林一 i 2022-10-15 900"])
    #expect(outcome.lines("enterprise_internship") == ["k i 2022-10-15 1,500"])
    #expect(outcome.lines("enterprise_retention") == ["k i 2023-05-20 1,500"])
    #expect(outcome.total == 390_000)
    // Four whole months from 15 July to 14 November, by the reading that pays for all of them.
    let actual = try #require(
      programme.run(facts) { $0.readings["changle-2022.student_internship.months_paid"] = "actual" })
    #expect(actual.lines("student_internship") == ["林一 i 2022-10-15 1,200"])
  }

  /// Article 三（五）: 12 × 500 yuan for a year in which a specialist brings ten from home, on 31 December, or when the
  /// tenth has stayed six months; at most two of one enterprise, in the order of filing.
  @Test("三（五） A specialist who brings ten from home is paid 6,000 yuan, two of an enterprise")
  func specialists() throws {
    let facts = """
      enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
      specialists:
        - {id: a, enterprise: k, county: 520502, filed_on: 2022-03-03, appointed_from: 2022-03-01}
        - {id: b, enterprise: k, county: 513323, filed_on: 2022-03-02, appointed_from: 2022-03-01}
        - {id: c, enterprise: k, county: 621224, filed_on: 2022-03-01, appointed_from: 2022-03-01}
        - {id: nine, enterprise: k, county: 530102, filed_on: 2022-02-01, appointed_from: 2022-03-01}
      cohorts:
        - {id: ha, count: 10, hire: {specialist: a, enterprise: k, origin: 520502}, start: 2022-04-01}
        - {id: hb, count: 9, hire: {specialist: b, enterprise: k, origin: 513323}, start: 2022-04-01}
        - {id: hb2, count: 1, hire: {specialist: b, enterprise: k, origin: 513323}, start: 2022-08-15}
        - {id: hc, count: 12, hire: {specialist: c, enterprise: k, origin: 621224}, start: 2022-04-01}
        - {id: hn, count: 9, hire: {specialist: nine, enterprise: k, origin: 530102}, start: 2022-04-01}
      """
    let outcome = try #require(programme.run(facts))
    #expect(
      outcome.lines("specialist_allowance") == [
        "a a@2022 2022-12-31 6,000 overQuota", "b b@2022 2023-02-15 6,000", "c c@2022 2022-12-31 6,000",
      ])
    #expect(outcome.total == 1_200_000)
  }

  /// Articles 三（三） and 四（一）–（三） hold no amount.
  @Test("三（三） and 四 are notes and pay nothing")
  func notes() throws {
    let outcome = try #require(programme.run("enterprises: []\n"))
    #expect(outcome.entries.isEmpty)
    let notes = outcome.ledger.measures.filter { $0.form == .note }.map(\.article)
    #expect(notes.contains("三（三）"))
    #expect(notes.contains("四（二）"))
  }

  /// Article 二: from 28 January 2022 to 31 December 2023, both included.
  @Test(
    "二 The window's first and last day count",
    arguments: [
      ("2022-01-27", 0), ("2022-01-28", 150_000), ("2023-12-31", 150_000), ("2024-01-01", 0),
    ])
  func window(start: String, fen: Int) throws {
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
        internships: [{id: i, school_place: 520502, enterprise: k, start: \(start)}]
        """))
    #expect(outcome.total("enterprise_internship") == Int64(fen))
  }
}
