// What an answer rests on is in it, whatever its form: the run whose papers they are, its mode, what its totals leave
// out, and in what runs that stand side by side differ.

import Answers
import Diagnostics
import Engine
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What answers rest on")
struct RestingOnTests {
  /// Two hires in a year that changle-2022 does not reach, so that the modes differ: 2 x (300 + 300) yuan as adopted.
  private static let later = """
    scenario: q
    district: 350112
    as_of: 2024-12-31
    enterprises:
      - {id: e1, district: 350112, lists: [leading_2021], size: small}
      - {id: e2, district: 350112, lists: [leading_2021], size: medium}
    agencies:
      - {id: a1, district: 350112, filed: true}
    hires:
      - {id: h1, agency: a1, enterprise: e1, origin: 520502, start: 2024-01-31}
      - {id: h2, agency: a1, enterprise: e2, origin: 520502, start: 2024-02-28}
    """

  /// 48 months cannot be priced, and one record cannot be judged.
  private static let open = """
    scenario: up
    district: 330703
    as_of: 2023-12-31
    enterprises: [{id: e1, district: 330703}]
    agencies: [{id: a, district: 330703, filed: true}]
    hires:
      - {id: h1, agency: a, enterprise: e1, origin: 513323, relief_person: true, start: 2022-01-01}
      - {id: h2, agency: a, enterprise: e1, origin: 513323, relief_person: true, love_post: true, start: 2022-01-01}
    """

  private func text(_ answer: Answer, _ format: OutputFormat, _ language: Language = .en) -> String {
    AnswerRenderer(format: format, language: language).render(answer)
  }

  private func last(_ bench: Bench, _ text: String) throws -> Answer {
    let answer = try #require(bench.ask(text).last)
    try #require(!answer.failed, "\(text): \(answer.diagnostics.map(\.message.en))")
    return answer
  }

  // MARK: Papers

  @Test(
    "papers are of the run that their head speaks of: its mode, and what was set for it",
    arguments: [
      (before: "set agency_reward.threshold = 1; run changle-2022 as adopted", ask: "", total: "1200.00"),
      (before: "set agency_reward.threshold = 1; run changle-2022 as enacted", ask: "", total: "0.00"),
      (before: "run changle-2022 as adopted; set agency_reward.threshold = 1", ask: "", total: "1200.00"),
      (before: "set agency_reward.threshold = 1", ask: " changle-2022 as adopted", total: "1200.00"),
      (before: "draft d from changle-2022: agency_reward.threshold = 1; run d as adopted", ask: "", total: "1200.00"),
    ])
  func papers(_ one: (before: String, ask: String, total: String)) throws {
    let bench = try Bench(Self.later)
    bench.ask(one.before)
    for paper in ["estimate", "targets", "explanation", "summary"] {
      let record = try bench.object("paper", "report \(paper)\(one.ask)")
      guard case .array(let totals)? = record["totals"], !totals.isEmpty else {
        Issue.record("report \(paper) has no totals")
        continue
      }
      #expect(totals.allSatisfy { $0 == .string(one.total) }, "report \(paper) after \(one.before): \(totals)")
    }
    let lines = try bench.object("paper_lines", "report lines\(one.ask)")
    #expect((lines["rows"] == .array([])) == (one.total == "0.00"))
    let whole = try bench.object("package", "report package\(one.ask)")
    #expect(whole["agree"] == .bool(true) && whole["total"] == .string(one.total))
  }

  @Test("what `with` sets for a paper holds in all of it")
  func settingsForOne() throws {
    let bench = try Bench(Self.later)
    let record = try bench.object(
      "paper",
      "with agency_reward.threshold = 1, agency_reward.rate_3m = 400 yuan report estimate changle-2022 as adopted")
    guard case .array(let totals)? = record["totals"] else {
      Issue.record("no totals")
      return
    }
    #expect(!totals.isEmpty && totals.allSatisfy { $0 == .string("1400.00") })
  }

  @Test("an amendment without a name is that of the draft that was run, and says which name is none")
  func amendment() throws {
    let bench = try Bench(Self.later)
    bench.ask("draft d from changle-2022: agency_reward.threshold = 1; run d as adopted")
    #expect(text(try last(bench, "report amendment"), .markdown).contains("1,200.00"))
    bench.ask("run changle-2022")
    #expect(try bench.mistake("report amendment").message.en.contains("`changle-2022`"))
  }

  // MARK: What totals leave out

  @Test(
    "every answer with totals says what is not in them, on the screen and for programs",
    arguments: [
      "find agency_service.rate so that total <= 10000 in jindong-2021",
      "sweep agency_service.rate from 100 to 200 step 100 in jindong-2021",
      "simulate 2 times in jindong-2021: agency_service.rate = 100..200, budget = 10000",
      "readings jindong-2021", "cliffs jindong-2021", "sensitivity jindong-2021", "missing jindong-2021",
      "attribute d", "amend d",
      "explain jindong-2021 vs d",
    ])
  func leftOut(_ line: String) throws {
    let bench = try Bench(Self.open)
    bench.ask("draft d from jindong-2021: agency_service.rate = 3000")
    let answer = try last(bench, line)
    for (language, words) in [
      (Language.en, ["Not priced", "48", "social_insurance_month", "monthly_wage"]), (.zh, ["标准未明确", "48", "无法判定"]),
    ] {
      let screen = text(answer, .table, language)
      for word in words { #expect(screen.contains(word), "\(line) does not say \(word)") }
    }
    let object = try #require(answer.json.first)
    guard case .array(let unpriced)? = object["unpriced"], case .array(let open)? = object["undetermined"] else {
      Issue.record("\(line) has no lists of what is left out")
      return
    }
    #expect(
      unpriced.first?["units"] == .int(48) && unpriced.first?["measure"] == .string("jindong-2021.insurance_subsidy"))
    #expect(open.contains { $0["subjects"] == .int(1) && $0["facts"] == .array([.string("monthly_wage")]) })
  }

  private static let unstated = """
    ```policy
    document un
      jurisdiction 350112
    param rate = 100 yuan
    measure m
      title "M"
      article "1"
      kind k
      for each hire
      where rate <= 105 yuan or monthly_wage >= 2,000 yuan
      pay enterprise rate
    ```
    """

  private static let one = """
    scenario: One
    district: 350112
    enterprises: [{id: e, district: 350112}]
    hires: [{id: a, enterprise: e, start: 2026-01-05}]
    """

  @Test("a figure that leaves somebody open only where it is tried says so")
  func triedAlone() throws {
    let bench = try Bench(Self.one, policies: [Self.unstated])
    for line in ["sensitivity un", "sweep rate from 100 to 110 step 10 in un"] {
      let page = text(try last(bench, line), .table)
      #expect(page.contains("leave out something, most at") && page.contains("monthly_wage"), "\(line): \(page)")
    }
    #expect(!text(try last(bench, "sensitivity un by 1%"), .table).contains("leave out"))
  }

  @Test("files of values say it in a column, and those of complete totals have none")
  func leftOutInFiles() throws {
    let bench = try Bench(Self.open)
    for line in [
      "run jindong-2021", "run jindong-2021 by year", "compare jindong-2021, changle-2022 as enacted",
      "sweep agency_service.rate from 100 to 200 step 100 in jindong-2021",
      "simulate 2 times in jindong-2021: agency_service.rate = 100..200",
    ] {
      let rows = text(try last(bench, line), .csv).split(separator: "\r\n")
      #expect(rows[0].contains("left_out"), "\(line): \(rows[0])")
      for row in rows.dropFirst() {
        #expect(row.contains("jindong-2021.insurance_subsidy: 48 months not priced"), "\(line): \(row)")
        #expect(row.contains("monthly_wage"))
      }
    }
    #expect(!text(try last(bench, "run changle-2022"), .csv).contains("left_out"))
    let complete = try last(bench, "with social_insurance_month = 1080 yuan run jindong-2021")
    #expect(!text(complete, .csv).contains("insurance_subsidy: 48"))
  }

  // MARK: Readings

  /// Two hires of a specialist: one leaves early, one is of another county of the same province.
  static let joint = """
    scenario: rd
    district: 350112
    enterprises: [{id: e1, district: 350112, lists: [leading_2021]}]
    specialists: [{id: s, enterprise: e1, county: 520502, filed_on: 2022-02-01, appointed_from: 2022-02-01}]
    hires:
      - {id: h1, enterprise: e1, specialist: s, origin: 520502, start: 2022-03-01, end: 2022-08-10}
      - {id: h2, enterprise: e1, specialist: s, origin: 520521, start: 2022-03-01}
    """

  @Test("what two readings do only together is within the bounds")
  func joint() throws {
    let bench = try Bench(Self.joint)
    bench.ask("set recruits = 2")
    let together = try bench.total("with clock = insured_months, hometown = province run changle-2022")
    #expect(together == "6000.00")
    let range = try #require(try bench.object("readings", "readings changle-2022")["range"])
    #expect(range["low"] == .string("0.00") && range["high"] == .string(together))
    let paper = text(try last(bench, "report uncertainty changle-2022"), .markdown)
    #expect(paper.contains("6,000.00") && !paper.contains("high: nothing"))
  }

  // MARK: Modes and facts

  @Test("the mode is told wherever a programme was run")
  func modes() throws {
    let bench = try Bench(Self.later)
    bench.ask("set agency_reward.threshold = 1; run changle-2022 as adopted")
    for line in ["payments", "sql \"select sum(amount) as s from payments\"", "run changle-2022 as adopted by month"] {
      let answer = try last(bench, line)
      #expect(text(answer, .csv).contains("mode = as adopted"), "\(line)")
      #expect(text(answer, .json).contains(#""mode":"adopted""#), "\(line)")
    }
    #expect(text(try last(bench, "sql \"select 1 as a from payments\""), .table).contains("as adopted"))
    let adopted = text(try last(bench, "explain changle-2022 vs quanzhou-tiz-2023 for a1"), .table)
    let enacted = text(try last(bench, "explain changle-2022 vs quanzhou-tiz-2023 for a1 as enacted"), .table)
    #expect(adopted.contains("as adopted") && adopted.contains("2024-12-31") && enacted.contains("as enacted"))
    let chart = try #require(try last(bench, "run changle-2022 as adopted by month").chart)
    #expect(chart.subtitle?.en.contains("as adopted") == true)
  }

  @Test("results side by side say in what they differ besides their programmes")
  func results() throws {
    let bench = try Bench(Self.later)
    bench.ask("set agency_reward.threshold = 1; run changle-2022")
    try Self.later.replacing("scenario: q", with: "scenario: other").replacing("2024-12-31", with: "2024-06-01")
      .write(toFile: bench.path("o.yaml"), atomically: true, encoding: .utf8)
    bench.ask("load \"\(bench.path("o.yaml"))\"; run changle-2022 as adopted")
    let answer = try last(bench, "compare r1, r2")
    let screen = text(answer, .table)
    for words in ["other", "as adopted", "as enacted", "2024-12-31", "2024-06-01", "not only the programmes differ"] {
      #expect(screen.contains(words), "\(words)")
    }
    #expect(answer.json.first?["differ_in"] == .array([.string("scenario"), .string("mode"), .string("as_of")]))
    let csv = text(answer, .csv)
    #expect(
      csv.contains("r1: scenario = q; mode = as enacted") && csv.contains("r2: scenario = other; mode = as adopted"))
    #expect(try last(bench, "compare changle-2022, fuzhou-2021").json.first?["differ_in"] == nil)
  }

  @Test("statements over earlier results, and the list of results, say what held in each")
  func settingsOfResults() throws {
    let bench = try Bench(Self.later)
    bench.ask(
      "set agency_reward.threshold = 1; run changle-2022 as adopted; set agency_reward.threshold = 2; "
        + "run changle-2022 as adopted")
    // Narrow columns break names.
    func plain(_ answer: Answer, _ format: OutputFormat) -> String {
      text(answer, format).filter { !$0.isWhitespace }
    }
    let answer = try last(bench, "sql \"select measure, total from r1\"")
    for format in [OutputFormat.table, .json, .csv] {
      #expect(plain(answer, format).contains("agency_reward.threshold"), "\(format)")
    }
    let both = text(try last(bench, "sql \"select a.total from r1 a join r2 b on a.measure = b.measure\""), .csv)
    #expect(both.contains("r1: mode = as adopted; changle-2022.agency_reward.threshold = 1"), "\(both)")
    for line in ["list results", "sql \"select * from results\""] {
      let answer = try last(bench, line)
      for format in [OutputFormat.table, .json, .csv] {
        #expect(plain(answer, format).contains("agency_reward.threshold"), "\(line), \(format)")
      }
    }
  }
}
