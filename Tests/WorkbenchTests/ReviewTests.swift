// The screen for fair competition: what is planted in eighteen small documents is found, eighteen harmless ones
// are silent, and article 一 of changle-2022 is named with its price. Then periods, citations, and measures that nothing
// reaches.

import Answers
import Diagnostics
import Foundation
import PolicyLanguage
import Reports
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What to look at before signing")
struct ReviewTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    let kinds: [ScreenFinding.Kind]
    var before = ""
    var testDescription: String { name }
  }

  private static let planted: [Sample] = [
    Sample(
      name: "registered here",
      rule: "for each agency\n  where district within home\n  pay agency 1000 yuan on 2022-06-01",
      kinds: [.registered]),
    Sample(
      name: "taxed here",
      rule: "for each enterprise\n  where taxed_in within home\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: [.taxed]),
    Sample(
      name: "counted here", rule: "for each firm\n  where counted_in within home\n  pay firm 1000 yuan on 2022-06-01",
      kinds: [.counted],
      before: """
        list firms, each a firm
          title "Firms" zh "企业"
          field id text required
          field counted_in place required label "纳统地" "where it is counted" zh "纳入统计的地区"

        """),
    Sample(
      name: "not from here",
      rule: "for each agency\n  where not (district within home)\n  pay agency 1000 yuan on 2022-06-01",
      kinds: [.outsiders]),
    Sample(
      name: "twice as much for those from here",
      rule: "for each agency\n  pay agency (if district within home then 2000 yuan otherwise 1000 yuan) on 2022-06-01",
      kinds: [.outsiders]),
    Sample(
      name: "first come those from here",
      rule: """
        for each hire
          quota 10 in all
          ordered by (if enterprise.district within home then 1 otherwise 2), start
          pay enterprise 1000 yuan on 2022-06-01
        """, kinds: [.outsiders]),
    Sample(
      name: "less at most for those from elsewhere",
      rule: """
        for each hire
          pay enterprise 1000 yuan on 2022-06-01
          cap (if enterprise.district within home then 9000 yuan otherwise 1000 yuan) for each enterprise
        """, kinds: [.outsiders]),
    Sample(
      name: "later for those from elsewhere",
      rule:
        "for each hire\n  pay enterprise 1000 yuan on "
        + "(if enterprise.district within home then start otherwise start + 12 months)",
      kinds: [.outsiders]),
    Sample(
      name: "drawn in from outside",
      rule: "for each agency\n  where from_outside_city\n  pay agency 1000 yuan on 2022-06-01",
      kinds: [.outsiders]),
    Sample(
      name: "on a list",
      rule:
        "for each enterprise\n  where lists includes any of (leading_2021)\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: [.listed]),
    Sample(
      name: "chosen by an office",
      rule: "for each agency\n  where selected_by_sending_government\n  pay agency 1000 yuan on 2022-06-01",
      kinds: [.chosen]),
    Sample(
      name: "named", rule: "for each agency\n  where name = \"武陵人力\"\n  pay agency 1000 yuan on 2022-06-01",
      kinds: [.named]),
    Sample(
      name: "owned by the state",
      rule: "for each enterprise\n  where state_owned\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: [.ownership]),
    Sample(
      name: "tied to taxes",
      rule: """
        for each agency, each year from 2021 to 2022
          count taxes = tax_records of agency at any time
          let tax = sum of vat_local over taxes
          pay agency 50% of tax on 31 December of year
        """, kinds: [.taxTied]),
    Sample(
      name: "through definitions, of another than who is paid",
      rule: "for each hire\n  where ours(enterprise) and agency is given\n  pay agency 100 yuan on start",
      kinds: [.registered, .listed],
      before: """
        define here(p: place)
          p within home

        define ours(e: enterprise)
          here(e.district) and e.lists includes any of (honest_employer)

        """),
  ]

  /// The same in other dress: through what a rule names, as one of two ways, as more money, by what employs.
  private static let disguised: [Sample] = [
    Sample(
      name: "a factor that a rule names",
      rule: """
        for each agency
          let factor = if district within home then 2 otherwise 1
          pay agency 1000 yuan * factor on 2022-06-01
        """, kinds: [.outsiders]),
    Sample(
      name: "taxed here, or small",
      rule:
        "for each enterprise\n  where taxed_in within home or size = small\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: [.taxed]),
    Sample(
      name: "more for those of the state",
      rule: "for each enterprise\n  pay enterprise (if state_owned then 2000 yuan otherwise 1000 yuan) on 2022-06-01",
      kinds: [.ownership]),
    Sample(
      name: "two by name",
      rule:
        "for each enterprise\n  where name = \"甲公司\" or name = \"乙公司\"\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: [.named]),
    Sample(
      name: "hires of whoever is on a list",
      rule:
        "for each hire\n  where enterprise.lists includes any of (leading_2021)\n  pay enterprise 100 yuan on start",
      kinds: [.listed]),
    Sample(
      name: "hires of whoever is registered and taxed here",
      rule: """
        for each hire
          where enterprise.district within home and enterprise.taxed_in within home
          pay enterprise 100 yuan on start
        """, kinds: [.registered, .taxed]),
  ]

  /// Conditions that speak of persons, contracts and sizes as the planted ones speak of places and lists.
  private static let innocent: [Sample] = [
    Sample(
      name: "workers from elsewhere",
      rule: "for each hire\n  where not (origin within home)\n  pay worker 100 yuan on start", kinds: []),
    Sample(
      name: "a contract's length",
      rule: "for each hire\n  where contract_months >= 12\n  pay enterprise 100 yuan on start", kinds: []),
    Sample(
      name: "the unemployed",
      rule: "for each hire\n  where registered_unemployed_from is given\n  pay worker 100 yuan on start", kinds: []),
    Sample(
      name: "brought in an organised way",
      rule: "for each hire\n  where organised and agency is given\n  pay agency 100 yuan on start", kinds: []),
    Sample(
      name: "more for the small",
      rule: "for each enterprise\n  pay enterprise (if size = small then 2000 yuan otherwise 1000 yuan) on 2022-06-01",
      kinds: []),
    Sample(
      name: "graduates", rule: "for each hire\n  where graduated is given\n  pay enterprise 100 yuan on start",
      kinds: []),
  ]

  private static let harmless: [Sample] = [
    Sample(
      name: "a worker's home", rule: "for each hire\n  where origin within 52\n  pay worker 100 yuan on start",
      kinds: []),
    Sample(
      name: "by size", rule: "for each enterprise\n  where size = small\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: []),
    Sample(
      name: "by headcount",
      rule: "for each enterprise\n  where employees >= 50\n  pay enterprise 1000 yuan on 2022-06-01",
      kinds: []),
    Sample(
      name: "on record", rule: "for each agency\n  where filed\n  pay agency 1000 yuan on 2022-06-01", kinds: []),
    Sample(
      name: "by time",
      rule: "for each hire\n  where stable for 3 months\n  pay enterprise 100 yuan on completion of 3 months",
      kinds: []),
    Sample(
      name: "a base where workers come from",
      rule: "for each base\n  where county within 52\n  pay base 1000 yuan on 2022-06-01", kinds: []),
    Sample(
      name: "where a fair is held", rule: "for each fair\n  where held_in within 62\n  pay organiser cost on date",
      kinds: []),
    Sample(
      name: "where a school is",
      rule: "for each internship\n  where school_place within 52\n  pay student 500 yuan on start",
      kinds: []),
    Sample(name: "sex", rule: "for each hire\n  where sex = female\n  pay worker 100 yuan on start", kinds: []),
    Sample(
      name: "a wage", rule: "for each hire\n  where monthly_wage >= 3000 yuan\n  pay enterprise 100 yuan on start",
      kinds: []),
    Sample(
      name: "a number brought",
      rule: """
        for each agency
          count placed = hires of agency at any time
          require count of placed >= 10
          pay agency 1000 yuan on 2022-06-01
        """, kinds: []),
    Sample(
      name: "more for relief workers",
      rule: "for each hire\n  pay worker (if relief_person then 2000 yuan otherwise 1000 yuan) on start", kinds: []),
  ]

  private static func document(_ sample: Sample) -> String {
    let rule = sample.rule.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return """
      ```policy
      \(sample.before)document sample
        title "Sample" zh "样例"
        number "样〔2022〕1号"
        jurisdiction 350112
        issued 2022-01-01
        window from 2022-01-01 to 2022-12-31

      measure only
        title "Only" zh "唯一"
        article "一"
        kind reward
        \(rule.drop { $0 == " " })
      ```
      """
  }

  private static func findings(_ sample: Sample) throws -> [ScreenFinding] { try screened(sample).found }

  private static func screened(_ sample: Sample) throws -> (found: [ScreenFinding], unjudged: [UnjudgedCondition]) {
    let library = Library(files: [SourceFile(name: "sample.md", text: document(sample))])
    let problems = library.entry("sample")?.diagnostics.filter { $0.severity == .error } ?? library.ownDiagnostics
    let found = try #require(library.document("sample"), "\(problems.map(\.message.en))")
    return RuleScreen.screened(found, library.dictionary, library.places)
  }

  @Test("what is planted is found, once", arguments: planted + disguised + asked)
  func plants(sample: Sample) throws {
    let findings = try Self.findings(sample)
    #expect(findings.map(\.kind) == sample.kinds)
    #expect(findings.allSatisfy { $0.measures.map(\.name) == ["only"] })
  }

  @Test("what is harmless is not", arguments: harmless + innocent + cleared)
  func silent(sample: Sample) throws {
    let (found, unjudged) = try Self.screened(sample)
    #expect(found.isEmpty && unjudged.isEmpty, "\(found) \(unjudged)")
  }

  @Test("a condition on a fact of a document's own is named, and nothing is cleared", arguments: unjudged)
  func notJudged(sample: Sample) throws {
    let (found, unjudged) = try Self.screened(sample)
    #expect(found.isEmpty && unjudged.count == 1, "\(found) \(unjudged)")
    #expect(unjudged.first?.measures.map(\.name) == ["only"])
    let bench = try Bench(Bench.edge, policies: [Self.document(sample)])
    guard case .array(let rows)? = try bench.object("review", "review sample")["not_judged"] else {
      Issue.record("nothing said")
      return
    }
    #expect(rows.count == 1)
    for (language, command) in [(Language.en, "review sample"), (.zh, "审查 sample")] {
      bench.session.language = language
      let page = AnswerRenderer(format: .markdown, language: language).render(try #require(bench.ask(command).last))
      #expect(!page.contains("finds nothing in the rules") && !page.contains("规则中未发现"), "\(page)")
      #expect(page.contains("not judged") || page.contains("未作判断的条件"), "\(page)")
    }
  }

  @Test("each condition that is found can be taken away, and the rule stands without it", arguments: planted + asked)
  func priced(sample: Sample) throws {
    let bench = try Bench(Bench.edge, policies: [Self.document(sample)])
    let review = try bench.object("review", "review sample")
    guard case .array(let rows)? = review["competition"] else {
      Issue.record("no screen")
      return
    }
    #expect(rows.count == sample.kinds.count)
    for row in rows {
      guard case .string? = row["without"] else {
        Issue.record("\(sample.name): no price of \(row["condition"]?.line ?? "")")
        continue
      }
    }
  }

  @Test("article 一 of changle-2022: registration, taxes and lists, and what they save")
  func changle() throws {
    // Ten more workers at a firm that pays its taxes elsewhere, and ten at one that is registered elsewhere.
    let scenario = """
      scenario: 一百人 · A hundred
      district: 350112
      as_of: 2023-12-31
      enterprises:
        - {id: k, district: 350112, lists: [leading_2021]}
        - {id: t, district: 350112, taxed_in: 330703, lists: [leading_2021]}
        - {id: d, district: 330703, taxed_in: 350112, lists: [leading_2021]}
      agencies:
        - {id: q, name: Q, district: 350112, filed: true}
      cohorts:
        - {id: h, count: 100, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01}
        - {id: i, count: 10, hire: {agency: q, enterprise: t, origin: 520502}, start: 2022-03-01}
        - {id: j, count: 20, hire: {agency: q, enterprise: d, origin: 520502}, start: 2022-03-01}
      """
    let bench = try Bench(scenario)
    let review = try bench.object("review", "review changle-2022")
    guard case .array(let rows)? = review["competition"] else {
      Issue.record("no screen")
      return
    }
    func row(_ kind: String, _ words: String) throws -> JSONValue {
      try #require(
        rows.first { $0["kind"] == .string(kind) && ($0["condition"]?.line.contains(words) ?? false) }, "\(rows)")
    }
    // 600 yuan for each worker: 300 after three months and 300 after six.
    #expect(try row("taxed", "taxed_in")["change"] == .string("6000.00"))
    #expect(try row("registered", "e.district")["change"] == .string("12000.00"))
    _ = try row("listed", "lists")
    let measures = try row("taxed", "taxed_in")["measures"]?.line ?? ""
    #expect(measures.contains("agency_reward") && measures.contains("enterprise_internship"))
  }

  /// A condition, the budget with it, and without each that is found (of 1,000 yuan for each of two hires).
  private static let belowNot: [(rule: String, total: String, without: [String])] = [
    ("where not (enterprise.district within home)", "1000.00", ["2000.00"]),
    ("where not (enterprise.district within home or enterprise.state_owned)", "1000.00", ["2000.00", "1000.00"]),
    ("where not (enterprise.district is not 350112)", "1000.00", ["2000.00"]),
    ("where not (enterprise.district within 350102 and monthly_wage < 4000 yuan)", "1000.00", ["2000.00"]),
    ("where not (not (enterprise.district within home))", "1000.00", ["2000.00"]),
    ("where enterprise.district within home", "1000.00", ["2000.00"]),
    ("where enterprise.district is not 350102", "1000.00", ["2000.00"]),
  ]

  @Test("without a condition nobody is shut out, below a `not` and below two", arguments: belowNot.indices)
  func priceBelowNot(_ number: Int) throws {
    let (rule, total, without) = Self.belowNot[number]
    let scenario = """
      scenario: 两家 · Two firms
      district: 350112
      as_of: 2022-12-31
      enterprises:
        - {id: here, district: 350112, state_owned: no}
        - {id: there, district: 350102, state_owned: no}
      hires:
        - {id: a, enterprise: here, start: 2022-03-01, monthly_wage: 3000}
        - {id: b, enterprise: there, start: 2022-03-01, monthly_wage: 3000}
      """
    let sample = Sample(name: rule, rule: "for each hire\n  \(rule)\n  pay enterprise 1000 yuan on start", kinds: [])
    let bench = try Bench(scenario, policies: [Self.document(sample)])
    let review = try bench.object("review", "review sample")
    #expect(review["total"] == .string(total))
    guard case .array(let rows)? = review["competition"] else {
      Issue.record("no screen")
      return
    }
    #expect(rows.map { $0["without"]?.line ?? "" } == without.map { JSONValue.string($0).line }, "\(rows)")
  }

  @Test("periods that have ended, citations, measures that nothing reaches")
  func further() throws {
    let bench = try Bench()
    let review = try bench.object("review", "with as_of = 2024-06-30 review changle-2022")
    func codes(_ list: String) -> [String] {
      guard case .array(let rows)? = review[list] else { return [] }
      return rows.compactMap { $0[list == "validity" ? "point" : "measure"]?.line }
    }
    #expect(codes("validity").contains { $0.contains("ended") } && codes("validity").contains { $0.contains("cited") })
    #expect(codes("unreached").contains { $0.contains("specialist_allowance") })
    #expect(!codes("unreached").contains { $0.contains("agency_reward") })
  }

  @Test("without a scenario there is no price, and the findings are the same")
  func noScenario() throws {
    let desk = Desk(library: Library(files: []))
    var answers: [Answer] = []
    desk.play(SourceFile(name: "test", text: "review changle-2022"), keepGoing: false) {
      answers.append($0)
      return true
    }
    let review = try #require(answers.flatMap(\.json).first { $0["kind"] == .string("review") })
    guard case .array(let rows)? = review["competition"] else {
      Issue.record("no screen")
      return
    }
    #expect(rows.count >= 3 && rows.allSatisfy { $0["without"] == .null })
  }
}
