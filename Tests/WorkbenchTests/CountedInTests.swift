// Who is counted and who is paid: what is told of records that several sets hold, of frames of periods, of quotas, of
// sums of shares, and of thresholds that whole numbers set for decimals.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Counted, and paid")
struct CountedInTests {
  private static func policy(_ id: String, _ rules: String) -> String {
    "```policy\ndocument \(id)\n  jurisdiction 350112\n\(rules)\n```\n"
  }

  private static func measure(_ lines: String) -> String {
    let body = lines.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return "measure grant\n  title \"G\"\n  article \"1\"\n  kind grant\n" + body
  }

  private static func scenario(_ hires: String, _ more: String = "") -> String {
    "scenario: S\ndistrict: 350112\nas_of: 2026-12-31\n"
      + "enterprises: [{id: e, district: 350112}, {id: f, district: 350112}]\n"
      + (hires.isEmpty ? "" : "hires:\n" + hires) + more
  }

  private func page(_ bench: Bench, _ line: String, _ language: Language = .en) throws -> String {
    bench.session.language = language
    return AnswerRenderer(format: .table, language: language, width: 200).render(try #require(bench.ask(line).last))
  }

  @Test("What is only counted is no condition of what is paid for each of another set")
  func severalSets() throws {
    let rules = Self.measure(
      """
      for each enterprise, each year from 2026 to 2026
      count now = all hires of enterprise where present on 31 December of year
      count base = all hires of enterprise where present on 31 December of (year - 1)
      require count of now >= count of base
      count fresh = hires of enterprise where contract_months >= 12
      pay enterprise 1,000 yuan for each fresh
      """)
    let bench = try Bench(
      Self.scenario(
        "  - {id: a, enterprise: e, start: 2026-03-01, contract_months: 12}\n"
          + "  - {id: b, enterprise: e, start: 2026-03-01, contract_months: 11}\n"),
      policies: [Self.policy("several", rules)])
    _ = bench.ask("run several")
    let paid = try page(bench, "explain a")
    #expect(
      paid.components(separatedBy: "pays 1,000 yuan").count == 2 && !paid.contains("one of those base"), "\(paid)")
    #expect(paid.contains("a is counted for e@2026"))
    let why = try page(bench, "why not grant for b")
    #expect(why.contains("11 of 12: 1 short") && !why.contains("comes to nothing"), "\(why)")
    #expect(!why.contains("not one of those base"))
    #expect(try page(bench, "为何没有 grant 给 b", .zh).contains("b计入e"))
  }

  @Test("A member tells every period that it counts for, and what it counts in", arguments: [Language.en, .zh])
  func periods(language: Language) throws {
    let rules = Self.measure(
      """
      for each enterprise, each period of 1 calendar month from 2026-01-01 to 2026-03-31
      count there = all hires of enterprise where present on period_end
      require count of there >= 2
      pay enterprise 10% * (sum of monthly_wage over there) on period_end
      """)
    let bench = try Bench(
      Self.scenario(
        "  - {id: a, enterprise: e, start: 2026-01-31, monthly_wage: 3000}\n"
          + "  - {id: b, enterprise: e, start: 2026-02-15, monthly_wage: 2000}\n"
          + "  - {id: c, enterprise: f, start: 2026-02-15, monthly_wage: 2000}\n"),
      policies: [Self.policy("periods", rules)])
    _ = bench.ask("run periods")
    let line = language == .zh ? "解释 a" : "explain a"
    let told = try page(bench, line, language)
    for month in ["01", "02", "03"] { #expect(told.contains("e@2026-\(month)-01"), "\(told)") }
    #expect(told.contains(language == .zh ? "不单独支付" : "Nothing is paid for it by itself"), "\(told)")
    #expect(told.contains(language == .zh ? "a 计入" : "✓ a is one of those there"), "\(told)")
    let alone = try page(bench, language == .zh ? "为何没有 grant 给 c" : "why not grant for c", language)
    #expect(alone.contains("f@2026-02-01") && !alone.contains("comes to nothing") && !alone.contains("算得零"), "\(alone)")
  }

  @Test("Of two quotas the one is named that had no place when the turn came")
  func quotas() throws {
    let rules = Self.measure(
      "for each hire\nquota 2 in all\nquota 1 for each enterprise\npay enterprise 100 yuan")
    let bench = try Bench(
      Self.scenario(
        "  - {id: a, enterprise: e, start: 2026-01-01}\n  - {id: b, enterprise: e, start: 2026-02-01}\n"
          + "  - {id: c, enterprise: f, start: 2026-03-01}\n"), policies: [Self.policy("places", rules)])
    _ = bench.ask("run places")
    #expect(try page(bench, "why not grant for b").contains("the quota for e is 1, taken by a"))
  }

  private static let posts = """
    list firms, each a firm
      field id text required
    list posts, each a post
      begins first
      field id text required
      field firm reference to firms required
      field first date required
      field hours decimal required
      field wages money required

    """

  private static let facts = """
    firms: [{id: t}]
    posts:
      - {id: a, firm: t, first: 2026-02-01, hours: 13, wages: 10000}
      - {id: b, firm: t, first: 2026-02-01, hours: 12.5, wages: 9000}
      - {id: d, firm: t, first: 2026-02-01, hours: 13.01, wages: 0.01}

    """

  @Test("Sums of shares over other records are listed to the fen")
  func sums() throws {
    let rules = Self.measure(
      """
      for each firm
      count those = posts with firm = firm
      let half = sum of 50% of wages over those
      pay firm half on 2026-12-31
      """)
    let bench = try Bench(Self.scenario("", Self.facts), policies: [Self.policy("sums", Self.posts + rules)])
    _ = bench.ask("run sums")
    let told = try page(bench, "explain t")
    #expect(told.contains("5,000 yuan at t (a), 4,500 yuan at t (b), 0.005 yuan at t (d)"), "\(told)")
    #expect(told.contains("= 9,500.005 yuan"), "\(told)")
  }

  @Test("A whole number that bounds a decimal moves by one, and what hangs on it is told")
  func wholeBound() throws {
    let rules =
      "param least = 13 \"hours\"\n" + Self.measure("for each post\nwhere hours >= least\npay firm 100 yuan")
    let bench = try Bench(Self.scenario("", Self.facts), policies: [Self.policy("hours", Self.posts + rules)])
    let told = try page(bench, "cliffs hours")
    #expect(told.contains("12.5") && told.contains("13.01") && told.contains("+200.00"), "\(told)")
    #expect(!told.contains(" 0.00"), "\(told)")
    // 13 leaves both in, 14 neither; 12 lets all three in.
    #expect(try bench.total("with hours.least = 12, run hours") == "300.00")
    #expect(try bench.mistake("with hours.least = 12.5 run hours").hint?.en.contains("such as 12") ?? false)
  }

  /// A condition between days, and how far off it is for somebody who starts and ends on 2026-01-01, born 1966-01-01.
  private static let strict: [(condition: String, en: String, zh: String)] = [
    ("hire.born + 720 months > start", "1 day too early", "早1天"), ("start < end", "1 day too late", "晚1天"),
    ("end > start + 1 day", "2 days too early", "早2天"), ("2026-01-01 > start", "1 day too late", "晚1天"),
    ("start > 2026-01-01", "1 day too early", "早1天"), ("2026-01-03 <= start", "2 days too early", "早2天"),
    ("start <= end - 1 day", "1 day too late", "晚1天"),
  ]

  @Test("Between days, the nearest day on which it would hold is what is missed", arguments: strict.indices)
  func strictDays(number: Int) throws {
    let (condition, en, zh) = Self.strict[number]
    let rules = Self.measure("for each hire\nwhere \(condition)\npay enterprise 100 yuan")
    let bench = try Bench(
      Self.scenario("  - {id: a, enterprise: e, born: 1966-01-01, start: 2026-01-01, end: 2026-01-01}\n"),
      policies: [Self.policy("strict", rules)])
    _ = bench.ask("run strict")
    let why = try page(bench, "why not grant for a")
    #expect(why.contains(en), "\(condition): \(why)")
    #expect(try page(bench, "为何没有 grant 给 a", .zh).contains(zh), "\(condition)")
  }

  @Test("Periods that are not priced are no repetitions, and one outside the window has no figures of a period")
  func periodsOfOneRecord() throws {
    let value = "value price yuan by date \"the price\" from \"elsewhere\"\n"
    let monthly = "for each hire, each period of 1 months from start to start + 3 months - 1 day\n"
    let claims = """
      list claims, each a claim
        person who
        begins start
        field id text required
        field who text required
        field start date required


      """
    let unpriced =
      value + claims
      + Self.measure(
        monthly.replacing("each hire", with: "each claim") + "pay person price(start) on period_end")
    let hires = "  - {id: a, enterprise: e, start: 2026-01-01}\n"
    let bench = try Bench(
      Self.scenario("", "values: {price: {2026-02-01: 100}}\nclaims: [{id: a, who: A, start: 2026-01-01}]\n"),
      policies: [Self.policy("unpriced", unpriced)])
    _ = bench.ask("run unpriced")
    for line in ["why not grant for a", "explain a"] {
      let text = try page(bench, line)
      #expect(!text.contains("counts instead") && text.contains("nothing is supplied"), "\(line): \(text)")
    }
    let counting = Self.measure(
      monthly + "let staff = count of (hires with same enterprise where present on period_end)\n"
        + "where staff >= 1\npay enterprise 100 yuan on period_end")
    let windowed = Self.policy("windowed", counting).replacing(
      "  jurisdiction 350112\n", with: "  jurisdiction 350112\n  window from 2026-02-01\n")
    let other = try Bench(Self.scenario(hires), policies: [windowed])
    _ = other.ask("run windowed")
    let why = try page(other, "why not grant for a")
    #expect(why.contains("window") && !why.contains("0 of 1"), "\(why)")
  }

  @Test("A member is told a quotient of the frame as it is")
  func quotientOfTheFrame() throws {
    let lists = """
      list klasses, each a klass
        begins opens
        field id text required
        field firm text required
        field opens date required
        field closes date required

      list pupils, each a pupil
        field id text required
        field klass reference to klasses required
        field fee money required

      """
    let rules = Self.measure(
      """
      for each klass
      let y = (whole months from opens to closes + 1 day) / 12 months
      count all_of = pupils of klass at any time
      pay firm fee * y for each all_of on opens
      """)
    let bench = try Bench(
      "scenario: S\ndistrict: 350112\nas_of: 2026-12-31\n"
        + "klasses: [{id: k, firm: F, opens: 2024-01-01, closes: 2025-01-31}]\n"
        + "pupils: [{id: a, klass: k, fee: 1200}]\n",
      policies: [Self.policy("quotient", lists + rules)])
    _ = bench.ask("run quotient")
    let text = try page(bench, "explain a")
    #expect(text.contains("y = 13/12") && !text.contains("y = 1\n") && text.contains("1,300"), "\(text)")
  }
}
