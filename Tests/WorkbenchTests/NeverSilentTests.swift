// What an independent reader found wrong without a word: one setting under several names, lists that are read back,
// files that are being carried out, reasons that were not the reason.

import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Nothing goes wrong without a word")
struct NeverSilentTests {
  // MARK: One setting under each of its names

  private static func absorption(_ settings: String) -> String {
    """
    scenario: U
    district: 350112
    \(settings)
    enterprises: [{id: e1, district: 350112}]
    hires:
      - {id: h1, enterprise: e1, start: 2020-08-31, registered_unemployed_from: 2020-02-29}
    """
  }

  @Test(
    "what only one measure asks for is one setting under each of its names",
    arguments: ["minimum_wage", "changle-2020.minimum_wage", "changle-2020.unemployed_absorption.minimum_wage"])
  func values(name: String) throws {
    for set in ["minimum_wage", "changle-2020.minimum_wage", "changle-2020.unemployed_absorption.minimum_wage"] {
      let bench = try Bench(Self.absorption("values: {\(name): 1700}"))
      #expect(try bench.total("run changle-2020") == "1700.00")
      #expect(try bench.total("with \(set) = 1500 run changle-2020") == "1500.00", "\(name), \(set)")
      #expect(try bench.total("set \(set) = 1600; run changle-2020") == "1600.00", "\(name), \(set)")
      let goal = bench.ask("find \(set) so that total = 1800 in changle-2020").flatMap(\.json)
      #expect("\(goal)".contains("1800"), "\(goal)")
    }
  }

  @Test("a value that measures of two documents ask for stays apart for each")
  func valuesOfTwo() throws {
    let rules = """
      ```policy
      document other
        jurisdiction 350112

      value minimum_wage yuan "the wage" from "the province"

      measure a
        title "A" zh "甲"
        article "一"
        kind a
        for each hire
        every record
        pay enterprise minimum_wage on start
      ```
      """
    let bench = try Bench(
      Self.absorption("values: {changle-2020.minimum_wage: 1700, minimum_wage: 100}"), policies: [rules])
    let totals = try ["run changle-2020", "run other"].map { try bench.total($0) }
    #expect(totals == ["1700.00", "100.00"])
  }

  @Test("one setting under two names with two answers is an error, or the longer name is taken and said to be")
  func twice() throws {
    func load(_ readings: String) throws -> (Answer, Bench) {
      let bench = try Bench(Self.absorption("values: {minimum_wage: 1700}"))
      let text = Self.absorption("documents: [changle-2022]\nreadings: {\(readings)}")
      try text.write(toFile: bench.path("two.yaml"), atomically: true, encoding: .utf8)
      return (bench.session.load(path: bench.path("two.yaml")), bench)
    }
    let equal = try load("agency_reward.threshold_means: all, changle-2022.threshold_means: full_hundreds").0
    #expect(equal.failed && equal.diagnostics.contains { $0.code == "set-twice" && $0.severity == .error })
    for order in [
      "threshold_means: all, changle-2022.threshold_means: full_hundreds",
      "changle-2022.threshold_means: full_hundreds, threshold_means: all",
    ] {
      let (answer, bench) = try load(order)
      #expect(!answer.failed && answer.diagnostics.contains { $0.code == "set-twice" && $0.severity == .warning })
      let budget = try bench.object("budget", "run changle-2022")
      #expect("\(budget["settings"] ?? .null)".contains("full_hundreds"), "\(order): \(budget["settings"] ?? .null)")
    }
    let same = try load("threshold_means: all, changle-2022.threshold_means: all").0
    #expect(!same.failed && !same.diagnostics.contains { $0.code == "set-twice" })
  }

  @Test("a parameter below `values` is called what it is, at its key")
  func misplaced() throws {
    let bench = try Bench(Self.absorption("values: {minimum_wage: 1700}"))
    let text = Self.absorption("documents: [changle-2022]\nvalues: {rate_3m: 5}")
    try text.write(toFile: bench.path("two.yaml"), atomically: true, encoding: .utf8)
    let answer = bench.session.load(path: bench.path("two.yaml"))
    let problem = try #require(answer.diagnostics.first { $0.code == "misplaced-setting" })
    #expect(problem.message.en.contains("parameter") && problem.location?.start.column == 10, "\(problem)")
  }

  // MARK: What was paid

  private static let named = """
    scenario: 发放 · Paid
    district: 330703
    as_of: 2022-12-31
    documents: [jindong-2021]
    values: {station_year: 10000, social_insurance_month: 1000}
    enterprises: [{id: e1, district: 330703}]
    stations:
      - {id: st1, kind: cooperation_station, county: 513323, located_in: 330703, start: 2021-12-31}
    hires:
      - {id: h1, worker: 张三, enterprise: e1, start: 2021-11-01, origin: 513323, relief_person: true}
      - {id: h2, worker: 李四, enterprise: e1, start: 2021-11-05, origin: 513323, relief_person: true}
    """

  @Test("a list of payments that the program wrote is read back in the language in which it was written")
  func readBack() throws {
    for (language, ending) in [("zh", "csv"), ("en", "csv"), ("zh", "xlsx"), ("en", "xlsx")] {
      let bench = try Bench(Self.named)
      bench.session.folder = bench.path("")
      bench.ask("language \(language); run; payments into own.\(ending)")
      let audit = try bench.object("audit", "audit own.\(ending)")
      let due = try bench.object("budget", "run")["total"]
      #expect(due != .string("0.00"))
      #expect(audit["as_due"] == due || "\(audit)".contains("\(due ?? .null)"), "\(language) \(ending): \(audit)")
      let text = "\(audit)"
      #expect(!text.contains("nobody") || text.contains("\"nobody\": 0"), "\(language) \(ending): \(text.prefix(600))")
    }
  }

  @Test("a line whose amount cannot be read is no payment of nothing")
  func unread() throws {
    let bench = try Bench(Self.named)
    bench.session.folder = bench.path("")
    let list = "姓名,金额,日期\n张三,3000,2022-01-31\n李四,三千左右,2022-02-28\n"
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let found = try bench.object("outturn", "run; outturn paid.csv")
    #expect(found["unread_lines"] == .int(1) && found["paid"] == .string("3000.00"), "\(found)")
  }

  @Test("a list that was held against a budget, and a script while it is carried out, are not replaced")
  func kept() throws {
    let bench = try Bench(Self.named)
    bench.session.folder = bench.path("")
    let list = "姓名,金额,日期\n张三,3000,2022-01-31\n"
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let script = "run\nsave steps.cesuan\n"
    try script.write(toFile: bench.path("steps.cesuan"), atomically: true, encoding: .utf8)
    bench.ask("set replace = on; run; audit paid.csv; payments into paid.csv; source steps.cesuan", keepGoing: true)
    let left = try ["paid.csv", "steps.cesuan"].map { try String(contentsOfFile: bench.path($0), encoding: .utf8) }
    #expect(left == [list, script])
    // What the run has made itself may be made again, and a script may be written when it is done.
    let again = bench.ask("payments into own.csv; audit own.csv; payments into own.csv; save steps.cesuan")
    #expect(again.allSatisfy { !$0.failed }, "\(again.flatMap(\.diagnostics).map(\.message.en))")
  }

  // MARK: Reasons

  @Test("a hire at an employer that is not key hears so, and that nobody stated its lists")
  func notKey() throws {
    let bench = try Bench(
      """
      scenario: M
      district: 350112
      enterprises:
        - {id: e1, district: 350112}
      agencies: [{id: a1, district: 350112, filed: true, selected_by_sending_government: false}]
      hires:
        - {id: h1, enterprise: e1, agency: a1, origin: 520502, start: 2022-03-01, organised: true}
      """)
    let answer = try #require(bench.ask("set agency_reward.threshold = 1; why not agency_reward for h1").last)
    let text = "\(answer.json)"
    #expect(text.contains("lists"), "\(text)")
    #expect(!text.contains("begins a key spell instead of continuing one\"]"), "\(text)")
  }

  @Test("facts that another stands in for, ends of stays and what leads to a base are among what is missing")
  func missing() throws {
    let bench = try Bench(
      """
      scenario: M
      district: 350112
      enterprises: [{id: e1, district: 350112, lists: [leading_2021]}]
      bases: [{id: b1, kind: labour_base, county: 520502, agreement: true}]
      hires: [{id: h1, enterprise: e1, origin: 520502, start: 2022-03-01}]
      """)
    let answer = try #require(bench.ask("missing changle-2022").last)
    let text = "\(answer.json)"
    for fact in ["enterprises.taxed_in", "hires.end", "hires.base"] { #expect(text.contains(fact), "\(fact): \(text)") }
  }

  @Test("rows of several files are told apart by their files")
  func severalFiles() throws {
    let bench = try Bench(Self.named)
    let head = "id,worker,enterprise,start,end\n"
    try (head + "1,王五,e1,2022-03-01,\n").write(toFile: bench.path("d1.csv"), atomically: true, encoding: .utf8)
    try (head + "2,王五,e1,2022-03-01,\n").write(toFile: bench.path("d2.csv"), atomically: true, encoding: .utf8)
    let text = """
      scenario: two
      district: 330703
      enterprises: [{id: e1, district: 330703}]
      hires_from: [d1.csv, d2.csv]
      """
    try text.write(toFile: bench.path("two.yaml"), atomically: true, encoding: .utf8)
    bench.session.folder = bench.path("")
    let answer = try #require(bench.ask("load two.yaml").last)
    let said = try #require(answer.diagnostics.first { $0.code == "repeated-spell" }).message
    for file in ["d1.csv", "d2.csv"] {
      #expect(said.en.contains("\(file)` line 2"), "\(said.en)")
      #expect(said.zh.contains("\(file)` 第 2 行"), "\(said.zh)")
    }
  }
}

@Suite("Amounts in examples")
struct ExampleAmountTests {
  @Test(
    "an amount may stand with its unit and separators, as it does in rules",
    arguments: ["4000", "4,000", "4000 yuan", "4,000 yuan", "4,000.00 yuan"])
  func english(written: String) throws {
    #expect(
      try check(
        """
        example "as much as is asked"
          given enterprise e: district 350112
          given hire h: enterprise e, start 2022-03-01, monthly_wage \(written)
          expect a 100 yuan
        """) == [])
  }

  @Test("so in Chinese", arguments: ["4000", "4000元", "4000.00元"])
  func chinese(written: String) throws {
    #expect(
      try check(
        """
        算例 “够”
          已知 企业 e：注册地 350112
          已知 录用人员 h：就业单位 e，参保日期 2022-03-01，月工资 \(written)
          结果 甲 100元
        """) == [])
  }

  /// The mistakes of a measure with an example.
  private func check(_ example: String) throws -> [String] {
    let rules = """
      ```policy
      document one
        jurisdiction 350112

      measure a zh 甲
        title "A" zh "甲"
        article "1"
        kind k
        for each hire
        where monthly_wage >= 4000 yuan
        pay enterprise 100 yuan on start
      ```

      ```policy
      \(example)
      ```
      """
    let bench = try Bench()
    bench.session.folder = bench.path("")
    try rules.write(toFile: bench.path("one.md"), atomically: true, encoding: .utf8)
    return bench.ask("check one.md").flatMap(\.diagnostics).filter { $0.severity == .error }.map(\.message.en)
  }
}
