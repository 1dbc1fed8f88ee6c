// Caps of sources of money: what each source bears then, in every table, in both languages, with what is told of whom.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Caps of sources of money")
struct CappedSourceTests {
  private static let file = LanguageBookTests.root.appendingPathComponent("Tests/Fixtures/language/capped-sources.md")

  /// Three hires take 1,800 yuan of the fund's 2,000; of the intern's 333.35 yuan 200 are left, and the last hire gets
  /// the district's 400. Of four courses the city bears 250 + 250 + 100 yuan.
  private static let scenario = """
    scenario: Sources
    district: 350112
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: a, enterprise: e, start: 2026-01-05, end: 2027-01-04}
      - {id: b, enterprise: e, start: 2026-01-06, end: 2027-01-05}
      - {id: c, enterprise: e, start: 2026-01-07, end: 2027-01-06}
      - {id: d, enterprise: e, start: 2026-07-01, end: 2027-06-30}
      - {id: f, enterprise: e, start: 2027-01-05}
    internships: [{id: i, enterprise: e, school_place: 530000, start: 2026-06-01}]
    """

  private func bench(_ language: Language = .en) throws -> Bench {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    guard language == .zh else { return try Bench(Self.scenario, policies: [text]) }
    let plain = try Bench(Self.scenario)
    let path = plain.path("capped.md")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(!plain.ask("translate \(path) to zh").haveFailed)
    return try Bench(Self.scenario, policies: [String(contentsOfFile: path, encoding: .utf8)])
  }

  private func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }

  private func rows(_ bench: Bench, _ command: String) throws -> [JSONValue] {
    guard case .array(let rows)? = try bench.object("budget", command)["groups"] else { throw Bench.Missing() }
    return rows
  }

  private func page(_ bench: Bench, _ command: String, _ language: Language = .en) throws -> String {
    AnswerRenderer(format: .table, language: language, width: 200).render(try #require(bench.ask(command).last))
  }

  @Test("What each source bears adds up to what is paid and to what is not", arguments: [Language.en, .zh])
  func byFund(language: Language) throws {
    let bench = try bench(language)
    let found = try rows(bench, "run capped_sources by fund")
    func of(_ key: String, _ fund: String) -> String { text(found.first { text($0["group"]) == fund }?[key]) }
    // 2026: 1,800 + 200 of the fund; 2027: 600. The city 600 in all. The district 5 x 400, and of courses 1,400.
    #expect(of("total", "employment_subsidy") == "2600.00" && of("over_cap", "employment_subsidy") == "733.35")
    #expect(of("total", "city") == "600.00" && of("over_cap", "city") == "0.00")
    #expect(of("total", "district") == "3400.00" && of("over_cap", "district") == "0.00")
    let whole = try bench.object("budget", "run capped_sources")
    #expect(text(whole["total"]) == "6600.00" && text(whole["over_cap"]) == "733.35")
  }

  @Test("Crossed with years, months and places both margins hold", arguments: ["year", "month", "enterprise.district"])
  func crossed(key: String) throws {
    let bench = try bench()
    for set in ["", "with capped_sources.fund.employment_subsidy = 33.333%, yearly = 777.77, "] {
      let alone = try rows(bench, set + "run capped_sources by fund")
      var sums: [String: Int] = [:]
      for row in try rows(bench, set + "run capped_sources by fund, " + key) {
        for kind in ["total", "over_cap"] {
          sums[text(row["group"]) + kind, default: 0] += try #require(Int(text(row[kind]).filter { $0 != "." }))
        }
      }
      for row in alone {
        for kind in ["total", "over_cap"] {
          #expect(
            sums[text(row["group"]) + kind] == Int(text(row[kind]).filter { $0 != "." }), "\(set)\(key) \(row)")
        }
      }
    }
    guard key == "year" else { return }
    let years = try rows(bench, "run capped_sources by fund, year")
    let own = years.first { text($0["group"]) == "employment_subsidy" && text($0["group_2"]) == "2026" }
    #expect(text(own?["total"]) == "2000.00")
  }

  @Test("Payments say what the limit has cut, and what bears them is explained", arguments: [Language.en, .zh])
  func explained(language: Language) throws {
    let bench = try bench(language)
    _ = bench.ask("run capped_sources")
    bench.session.language = language
    let intern = try page(bench, "explain i", language)
    #expect(
      intern.contains(
        language == .en
          ? "of 333.35 yuan claimed 200 yuan are paid" : "就业补助资金部分：应得 333.35元，实付 200元"), "\(intern)")
    let course = try page(bench, "explain c", language)
    let borne = language == .en ? "district 400 yuan, city 100 yuan" : "区级财政 400元、市级财政 100元"
    #expect(course.contains(borne), "\(course)")
    let why = try page(bench, "why not capped_sources.taking_on for d", language)
    #expect(why.contains("600.00") && why.contains(language == .en ? "of the 2,000 yuan" : "限额 2,000"), "\(why)")
    let list = try #require(bench.ask("payments capped_sources.interns").last)
    let cut = AnswerRenderer(format: .csv, language: .en).render(list)
    #expect(cut.contains("133.35") && cut.contains("capped_sources.subsidy"), "\(cut)")
  }

  @Test("What another source bears is told with the budget")
  func carried() throws {
    let answers = try bench().ask("run capped_sources")
    let told = try #require(answers.flatMap(\.diagnostics).first { $0.code == "source-carried" })
    #expect(told.message.en.contains("400 yuan") && told.message.zh.contains("超出的 400 元"))
  }

  @Test("Less claimed is less of every source, to the fen")
  func takenUp() throws {
    let bench = try bench()
    for share in ["33%", "50%", "99.99%"] {
      let set = "assume capped_sources.interns = \(share); assume capped_sources.taking_on = \(share); "
      let asked = bench.ask(set + "run capped_sources by fund")
      guard !asked.haveFailed else { continue }
      let found = try rows(bench, "run capped_sources by fund")
      let sum = try found.reduce(0) { try $0 + #require(Int(text($1["total"]).filter { $0 != "." })) }
      #expect(try String(sum) == bench.total("run capped_sources").filter { $0 != "." })
    }
  }

  @Test("A lower cap pays no more, a goal is found again by a run, and a share moves what is paid")
  func whatIf() throws {
    let bench = try bench()
    let totals = try [0, 500, 1999, 2000, 3000, 100_000].map { yearly in
      try #require(Int(bench.total("with yearly = \(yearly), run capped_sources").filter { $0 != "." }))
    }
    #expect(totals == totals.sorted() && totals.first != totals.last)
    let found = bench.ask("find yearly in capped_sources so that total <= 6000")
    #expect(!found.haveFailed, "\(found.flatMap(\.diagnostics).map(\.message.en))")
    let swept = bench.ask("sweep capped_sources.fund.employment_subsidy from 0% to 100% step 20% in capped_sources")
    #expect(!swept.haveFailed)
    let share = bench.ask("find capped_sources.fund.employment_subsidy in capped_sources so that total <= 6000")
    #expect(!share.haveFailed, "\(share.flatMap(\.diagnostics).map(\.message.en))")
  }

  private static let passing = """
    ```policy
    document passing
      jurisdiction 350112
      fund employment_subsidy 60%, district rest
    measure taking_on
      title "For each hire"
      article "1"
      kind taking_on
      for each hire
      pay enterprise 1,000 yuan
      recover 50% * paid on end when end is given
    limit bounds
      title "Bounds"
      article "2"
      over taking_on
      cap 500 yuan of district in all then city
      cap 100 yuan of city in all then province
      cap 700 yuan of employment_subsidy in all then district
    ```
    """

  private static let three = """
    scenario: Three
    district: 350112
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: a, enterprise: e, start: 2026-01-05}
      - {id: b, enterprise: e, start: 2026-01-06, end: 2026-09-30}
      - {id: c, enterprise: e, start: 2026-01-07, end: 2026-09-30}
    """

  @Test("A source's cap holds whatever others pass on to it, in any order of the text, and takes back what it bore")
  func passedOn() throws {
    let lines = Self.passing.split(separator: "\n").filter { $0.contains("cap ") }.map(String.init)
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let marked = zip(lines, order).reduce(Self.passing) { $0.replacing($1.0, with: "@\($1.1)@") }
      let policy = order.reduce(marked) { $0.replacing("@\($1)@", with: lines[$1]) }
      let bench = try Bench(Self.three, policies: [policy])
      func of(_ fund: String, _ key: String) throws -> String {
        text(try rows(bench, "run passing by fund").first { text($0["group"]) == fund }?[key])
      }
      // 1,800 of the fund's are asked, 700 borne; of the district's 1,200 + 1,100 it bears 500, the city 100.
      let expected = ["employment_subsidy": 70_000, "district": 50_000, "city": 10_000, "province": 170_000]
      var back = 0
      for (fund, fen) in expected {
        let total = try #require(Int(of(fund, "total").filter { $0 != "." && $0 != "," }))
        let recovered = try Int(of(fund, "recovered").filter { $0 != "." && $0 != "," && $0 != "-" }) ?? 0
        #expect(total + recovered == fen, "\(order) \(fund): \(total), \(recovered)")
        #expect(total >= 0)
        back += recovered
      }
      #expect(back == 100_000)
      let told = bench.ask("explain b").last.map {
        AnswerRenderer(format: .table, language: .en, width: 300).render($0)
      }
      #expect(told?.contains("taken back go back to") ?? false, "\(told ?? "")")
    }
  }

  @Test("A script says what each source bears, and what its cap leaves", arguments: ["duckdb", "spark"])
  func script(engine: String) throws {
    let bench = try bench()
    bench.session.folder = bench.path("")
    let answers = bench.ask("emit sql capped_sources for \(engine) into x.sql")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let text = try String(contentsOfFile: bench.path("x.sql"), encoding: .utf8)
    // The fund's share of each payment, and what the district bears beyond the city's cap.
    #expect(text.contains("employment_subsidy 60000000 / 100000000") && text.contains("p.borne_2 + (p.borne_3"))
  }
}
