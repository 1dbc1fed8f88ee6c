// What `cliffs` looks at and what it names as not looked at; for whom a record counts that is found by equal keys; who
// falls outside the first of a set; instalments that ask for their own day.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("What is looked at, and told")
struct LookedAtTests {
  private static func policy(_ id: String, _ rules: String) -> String {
    "```policy\ndocument \(id)\n  jurisdiction 350112\n\(rules)\n```\n"
  }

  private static let lists = """

    list firms, each a firm
      field id text required
      field owner text required

    list posts, each a post
      begins first
      ends last
      field id text required
      field firm reference to firms required
      field owner text required
      field first date required
      field last date absent means none
      field hours decimal required
      field wage money required
      field wage_before money required
      field out number required
      field age number required

    table rate(hours: decimal) share
      below 120: 0% as none
      below 400: 25% as low
      above: 40% as high

    """

  private static func measure(_ lines: String) -> String {
    let body = lines.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return lists + "\nmeasure grant\n  title \"G\"\n  article \"1\"\n  kind grant\n" + body
  }

  private static let scenario = """
    scenario: S
    district: 350112
    as_of: 2026-12-31
    firms: [{id: e, owner: o}, {id: f, owner: p}]
    posts:
      - {id: a, firm: e, owner: o, first: 2026-02-01, hours: 400, wage: 2099.99, wage_before: 2000, out: 13, age: 30}
      - {id: b, firm: e, owner: o, first: 2026-03-01, hours: 130, wage: 2100, wage_before: 2000, out: 3, age: 24}
      - {id: c, firm: f, owner: p, first: 2026-03-01, last: 2026-08-31, hours: 10, wage: 9000, wage_before: 10,
         out: 4, age: 25}

    """

  private func bench(_ rules: String) throws -> Bench {
    try Bench(Self.scenario, policies: [Self.policy("near", Self.measure(rules))])
  }

  private func page(_ bench: Bench, _ line: String, _ language: Language = .en) throws -> String {
    bench.session.language = language
    return AnswerRenderer(format: .table, language: language, width: 300).render(try #require(bench.ask(line).last))
  }

  /// Whether a line of an answer has some words, in their order.
  private func has(_ page: String, _ words: String...) -> Bool {
    page.split(separator: "\n").contains { line in
      var rest = line[...]
      return words.allSatisfy { word in
        guard let found = rest.range(of: word) else { return false }
        rest = rest[found.upperBound...]
        return true
      }
    }
  }

  // MARK: Cliffs

  @Test("Of conditions of which one will do each is looked at where no other holds")
  func alternatives() throws {
    let bench = try bench(
      """
      param months_out = 12
      param young = 25
      for each post
      where out >= months_out or not (age >= young or out < 4)
      pay owner 100 yuan
      """)
    let told = try page(bench, "cliffs near")
    #expect(has(told, "13", "passes", "+100.00"), "\(told)")
    #expect(has(told, "25", "short", "+100.00"), "\(told)")
    #expect(has(told, "3", "short") && !told.contains("Not looked at"), "\(told)")
  }

  @Test("Sums over sets by keys, and differences of two facts in a set whose members hang on their frames")
  func sets() throws {
    let keyed = try bench(
      """
      for each firm
      count those = posts with owner = owner
      pay owner (sum of rate(hours) of wage over those) on 2026-12-31
      """)
    let told = try page(keyed, "cliffs near")
    #expect(has(told, "400", "short", "-315.00"), "\(told)")
    let differences = try bench(
      """
      param least = 100 yuan
      for each firm, each y from 2026 to 2027
      count those = posts of firm where year of first = y and wage - wage_before >= least
      pay owner 100 yuan * count of those on 31 December of y
      """)
    let near = try page(differences, "cliffs near")
    #expect(has(near, "99.99 yuan", "short", "+100.00") && has(near, "100 yuan", "passes", "+100.00"), "\(near)")
  }

  @Test("A figure that a table gives is a threshold, row by row")
  func tables() throws {
    let bench = try bench(
      """
      for each post
      where 40% <= rate(hours) or wage - wage_before >= rate(hours) of 40,000 yuan
      pay owner 100 yuan
      """)
    let told = try page(bench, "cliffs near")
    #expect(has(told, "near.rate.high") || has(told, "near.rate.low.bound"), "\(told)")
    #expect(has(told, "400", "short", "-100.00"), "\(told)")
  }

  @Test("What is not looked at is named, and nobody is said to be far from it", arguments: [Language.en, .zh])
  func unseen(language: Language) throws {
    let bench = try bench(
      """
      error "Too high." zh "过高。" when wage > 100,000 yuan
      for each post
      pay owner 100 yuan
      """)
    let told = try page(bench, language == .en ? "cliffs near" : "门槛 near", language)
    let (named, nobody) =
      language == .en
      ? ("Not looked at, whoever may stand near: wage > 100,000 yuan", "any threshold that is looked at")
      : ("未查、因而不知谁在其边上的条件：", "已查的门槛")
    #expect(told.contains(named) && told.contains(nobody), "\(told)")
  }

  // MARK: Keys and places

  @Test("A record that is found by keys tells for whom it counts, or what keeps it out", arguments: [Language.en, .zh])
  func keys(language: Language) throws {
    let bench = try bench(
      """
      for each firm
      count those = posts with owner = owner where hours >= 100
      pay owner (sum of wage over those) on 2026-12-31
      """)
    _ = bench.ask("run near")
    let counted = try page(bench, language == .en ? "explain a" : "解释 a", language)
    #expect(has(counted, language == .en ? "a is counted among those for e" : "a计入those，对应e"), "\(counted)")
    #expect(counted.contains("4,199.99"), "\(counted)")
    let left = try page(bench, language == .en ? "why not grant for c" : "为何没有 grant 给 c", language)
    #expect(left.contains(language == .en ? "hours = 10" : "100") && !left.contains("nothing to do with"), "\(left)")
  }

  @Test("Who falls outside the first of a set is told the limit and who has the places", arguments: [Language.en, .zh])
  func places(language: Language) throws {
    let bench = try bench(
      """
      for each firm
      count fit = posts of firm
      let most = smaller of (5, whole (count of fit / 2))
      count paid_for = first most of fit
      pay owner 100 yuan for each paid_for
      """)
    _ = bench.ask("run near")
    let why = try page(bench, language == .en ? "why not grant for b" : "为何没有 grant 给 b", language)
    #expect(
      why.contains(
        language == .en
          ? "only the first 1 of fit are paid for, and it is number 2: the place is taken by a"
          : "paid_for只取fit的前1名，本条排第2：名额已由a占用"), "\(why)")
    #expect(!why.contains("comes to nothing") && !why.contains("算得零"), "\(why)")
    let near = try page(bench, language == .en ? "cliffs near" : "门槛 near", language)
    #expect(has(near, language == .en ? "1 place after the last" : "末位之后第1名"), "\(near)")
  }

  // MARK: Instalments

  @Test("The condition of an instalment may ask for its own day and number")
  func parts() throws {
    let bench = try bench(
      """
      for each post
      pay owner 100 yuan in 3 equal parts every 3 months from first when last is not given or last >= part_day
      pay owner 10 yuan
        part 50% on first + 1 month when part_day >= 2026-04-01
        part rest on first + 2 months when part_number = 2
      """)
    _ = bench.ask("run near")
    let rows = try page(bench, "payments")
    #expect(has(rows, "2026-06-01", "c", "33.34") && !has(rows, "2026-09-01", "c"), "\(rows)")
    #expect(has(rows, "2026-09-01", "b", "33.33"), "\(rows)")
    #expect(has(rows, "2026-04-01", "b", "5.00") && !has(rows, "2026-03-01", "a", "5.00"), "\(rows)")
    #expect(has(rows, "2026-04-01", "a", "5.00"), "\(rows)")
  }

  @Test("So may that of each member's, and of records that are looked for from there")
  func partsOfMembers() throws {
    let bench = try bench(
      """
      for each firm
      count held = posts of firm
      pay owner 90 yuan for each held in 3 equal parts every 3 months from first
        when last is not given or last >= part_day
      """)
    _ = bench.ask("run near")
    let rows = try page(bench, "payments")
    #expect(has(rows, "2026-06-01", "c", "30.00") && !has(rows, "2026-09-01", "c"), "\(rows)")
    let around = try self.bench(
      """
      for each post
      pay owner 90 yuan in 3 equal parts every 3 months from first
        when count of (posts with owner = owner where first <= part_day) > 1
      """)
    _ = around.ask("run near")
    let all = try page(around, "payments")
    #expect(has(all, "2026-05-01", "a", "30.00") && !has(all, "2026-02-01"), "\(all)")
  }
}
