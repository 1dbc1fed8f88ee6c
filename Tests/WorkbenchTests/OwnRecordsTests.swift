// Documents with lists of their own: what is paid for a record by its own list, what ties records together in later
// years, figures in bands, what is taken back once for a record, ids that a spreadsheet would carry out.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Records of one's own")
struct OwnRecordsTests {
  private static func text(
    _ bench: Bench, _ command: String, _ language: Language = .en
  ) throws -> String {
    let answer = try #require(bench.ask(command).last)
    try #require(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    return AnswerRenderer(format: .table, language: language, width: 200).render(answer)
  }

  // MARK: By list

  private static let schools = """
    ```policy
    document mix
      jurisdiction 350112

    list schools, each a school
      field id text required
      field sort text

    list pupils, each a pupil
      begins came
      field id text required
      field school reference to schools required
      field came date required
      field hours decimal

    measure lump
      title "L"
      article "1"
      kind l
      for each school
      pay school 1,000 yuan on 2025-03-01

    measure each_one
      title "E"
      article "2"
      kind e
      for each pupil
      pay school 100 yuan on came
    ```
    """

  private static let attended = """
    scenario: S
    district: 350112
    schools: [{id: s1, sort: x}, {id: s2, sort: y}]
    pupils:
      - {id: a, school: s1, came: 2025-02-01, hours: 0.5}
      - {id: b, school: s1, came: 2025-02-02, hours: 1.4}
      - {id: c, school: s2, came: 2025-02-03, hours: 1.5}
    """

  @Test("What is paid for a record of the list asked for stands under that record")
  func byList() throws {
    let bench = try Bench(Self.attended, policies: [Self.schools])
    guard case .array(let groups)? = try bench.object("budget", "run mix by school")["groups"] else {
      throw Bench.Missing()
    }
    let totals = groups.map { ($0["group"], $0["total"]) }
    #expect(totals.map(\.0) == ["s1", "s2"] && totals.map(\.1) == ["1200.00", "1100.00"], "\(totals)")
  }

  @Test("Decimals stand in bands, the figure between two in the second of them")
  func decimals() throws {
    let bench = try Bench(Self.attended, policies: [Self.schools])
    let told = try Self.text(bench, "run mix by hours in 0.5..1.5, 1.5..2")
    #expect(told.contains("0.5 to under 1.5") && told.contains("1.5 to 2"), "\(told)")
    guard case .array(let groups)? = try bench.object("budget", "run mix by hours in 0.5..1.5, 1.5..2")["groups"] else {
      throw Bench.Missing()
    }
    #expect(groups.map { $0["total"] } == ["200.00", "100.00", "2000.00"], "\(groups)")
    let chinese = try Self.text(bench, "language zh\nrun mix by hours in 0.5..1.5, 1.5..2", .zh)
    #expect(chinese.contains("0.5至不足1.5"), "\(chinese)")
  }

  // MARK: Tables

  @Test("A table of whole bounds gone through by a figure with decimals")
  func decimalSteps() throws {
    let policy = """
      ```policy
      document travel
        jurisdiction 350112

      list trips, each a trip
        field id text required
        field who text required
        field day date required
        field km decimal required

      table per_km(d: decimal) yuan
        up to 100: 0.5 yuan
        up to 500: 0.3 yuan
        above: 0.1 yuan

      measure fares
        title "Fares"
        article "1"
        kind fares
        for each trip
        pay who per_km through km on day
      ```
      """
    // 50 + 120 + 10.05; 50 + 0.15.
    let bench = try Bench(
      """
      scenario: T
      district: 350112
      trips: [{id: a, who: A, day: 2025-01-10, km: 600.5}, {id: b, who: B, day: 2025-01-10, km: 100.5}]
      """, policies: [policy])
    #expect(try bench.total("run travel") == "230.20")
    let told = try Self.text(bench, "explain a")
    #expect(told.contains("50 yuan + 120 yuan + 10.05 yuan"), "\(told)")
  }

  @Test("What cannot be read is told where it stands, and not again below it")
  func cascades() throws {
    let bench = try Bench(Self.attended, policies: [Self.schools])
    let policy = """
      ```policy
      document wrong
        jurisdiction 350112

      measure m
        title "M"
        article "1"
        kind k
        param rate = 10 yuan "each" zh "每人"
        for each hire
        pay enterprise rate * nowhere on start
        recover all on end when end is given
      ```
      """
    try policy.write(toFile: bench.path("wrong.md"), atomically: true, encoding: .utf8)
    let codes = bench.ask("check \(bench.path("wrong.md"))").flatMap(\.diagnostics).map(\.code)
    #expect(!codes.contains("recover-nothing") && !codes.contains("unused-parameter"), "\(codes)")
    #expect(codes.contains("unknown-name"), "\(codes)")
  }

  // MARK: Later years

  private static let children = """
    ```policy
    document pr
      jurisdiction 350112

    list children, each a child
      person name
      begins born
      field id text required
      field name text required
      field household text required
      field born date required

    measure second
      title "Second child"
      article "1"
      kind sib
      for each child
      count others = other children with same household before it
      where count of others >= 1
      pay household 500 yuan on born

    measure first_only
      title "Once a household"
      article "2"
      kind fo
      for each child
      once per household
      pay household 100 yuan on born
    ```
    """

  private func years(_ bench: Bench, _ command: String) throws -> [String: String] {
    guard case .array(let rows)? = try bench.object("projection", command)["amounts"] else { throw Bench.Missing() }
    var out: [String: String] = [:]
    for row in rows {
      guard case .string(let year)? = row["year"], case .string(let measure)? = row["measure"],
        case .string(let total)? = row["total"]
      else { throw Bench.Missing() }
      if total != "0.00" { out[year + " " + measure] = total }
    }
    return out
  }

  @Test("Households of records that come again are others, as persons are, and the answer says so")
  func households() throws {
    // Two households in 2025, one of two children: 200 for the households, 500 for the second child; so every year.
    let bench = try Bench(
      """
      scenario: PR
      district: 350112
      children:
        - {id: a, name: A, household: h1, born: 2025-02-01}
        - {id: b, name: B, household: h2, born: 2025-03-01}
        - {id: c, name: C, household: h2, born: 2025-04-01}
      """, policies: [Self.children])
    let found = try years(bench, "project 2025 to 2027 in pr")
    for year in 2025...2027 {
      #expect(found["\(year) pr.second"] == "500.00" && found["\(year) pr.first_only"] == "200.00", "\(found)")
    }
    let told = try Self.text(bench, "project 2025 to 2027 in pr")
    #expect(
      told.contains("The rules find children by the same household; where they come again it is another"), "\(told)")
  }

  @Test("A household that an earlier child has too stays the same, and that is said")
  func sharedHouseholds() throws {
    let bench = try Bench(
      """
      scenario: PR
      district: 350112
      children:
        - {id: z, name: Z, household: h1, born: 2023-02-01}
        - {id: a, name: A, household: h1, born: 2025-02-01}
        - {id: b, name: B, household: h2, born: 2025-03-01}
      """, policies: [Self.children])
    // In 2025 and 2026 a and its like are later children of h1; h2 and its like are households of their own.
    let found = try years(bench, "project 2025 to 2026 in pr")
    for year in 2025...2026 {
      #expect(found["\(year) pr.second"] == "500.00" && found["\(year) pr.first_only"] == "100.00", "\(found)")
    }
    let told = try Self.text(bench, "language zh\nproject 2025 to 2026 in pr", .zh)
    #expect(told.contains("2 条中 1 条再现时另计"), "\(told)")
  }

  // MARK: Recovery

  @Test("What is taken back once for a record is told beside the payments that it is of")
  func takenBackOnce() throws {
    let house = """
      ```policy
      document house
        jurisdiction 350112

      list tenants, each a tenant
        person name
        begins moved_in
        ends moved_out
        field id text required
        field name text required
        field moved_in date required
        field moved_out date absent means none
        field until date required

      measure rents
        title "Rent"
        article "1"
        kind rent
        for each tenant, each period of 3 months from moved_in to until
        every record
        where moved_out is not given or moved_out >= period_start
        pay name 1,000 yuan on period_start
        recover all on moved_out when moved_out < moved_in + 6 months
      ```
      """
    let bench = try Bench(
      """
      scenario: House
      district: 350112
      tenants:
        - {id: c, name: C, moved_in: 2025-01-31, until: 2026-01-30, moved_out: 2025-04-30}
      """, policies: [house])
    let told = try Self.text(bench, "run house\nexplain c")
    #expect(!told.contains("nothing is taken back"), "\(told)")
    #expect(
      told.contains("2,000 yuan of what was paid on 2025-01-31, 2025-04-30 are taken back on 2025-04-30"), "\(told)")
    #expect(told.contains("✓ moved_out < moved_in + 6 months"), "\(told)")
  }

  // MARK: Files

  @Test("An id that a spreadsheet would carry out is read back from a file of values as it was written")
  func apostrophes() throws {
    let policy = """
      ```policy
      document m
        jurisdiction 350112

      measure grant
        title "G"
        article "1"
        kind g
        for each hire
        every record
        pay worker 300 yuan on start
      ```
      """
    let bench = try Bench(
      """
      scenario: M
      district: 350112
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: "=1+1", worker: "=cmd|x", enterprise: e, start: 2026-01-05}
        - {id: "+b", worker: "@SUM(1)", enterprise: e, start: 2026-01-07}
        - {id: "-5", worker: "'quoted'", enterprise: e, start: 2026-01-08}
        - {id: "＝x", worker: "-a, b", enterprise: e, start: 2026-01-09}
      """, policies: [policy])
    let paid = bench.path("paid.csv")
    bench.ask("run m\npayments into \(paid)")
    #expect(try String(contentsOfFile: paid, encoding: .utf8).contains("'=1+1"))
    let audit = try bench.object("audit", "audit \(paid)")
    #expect(audit["unmatched"] == nil || audit["unmatched"] == "0", "\(audit)")
    let told = try Self.text(bench, "audit \(paid)")
    #expect(!told.contains("matches nobody"), "\(told)")
    bench.ask("list hires into \(bench.path("h.csv"))")
    let second = "scenario: N\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\nhires_from: h.csv\n"
    try second.write(toFile: bench.path("n.yaml"), atomically: true, encoding: .utf8)
    bench.ask("load \(bench.path("n.yaml"))")
    let listed = try Self.text(bench, "list hires")
    for id in ["=1+1", "+b", "-5", "＝x", "=cmd|x", "-a, b", "'quoted'"] { #expect(listed.contains(id), "\(listed)") }
    #expect(!listed.contains("'=") && !listed.contains("'+"), "\(listed)")
  }

  // MARK: What would have to change

  @Test("A change of facts that is offered is one that can be stated")
  func stateable() throws {
    let bench = try Bench(RestingOnTests.joint)
    let told = try Self.text(bench, "set recruits = 2\nrun changle-2022\nwhy not specialist_allowance for s")
    #expect(told.contains("6,000.00 yuan") && told.contains("end = 2022-08-31"), "\(told)")
    // Where somebody comes from is stated, and no way to be paid.
    #expect(!told.contains("520000") && !told.contains("h2: origin = 520502"), "\(told)")
  }
}
