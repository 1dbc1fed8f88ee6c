// What `why not` says is lacking: another reading, what nobody has stated, what may still come about, the number that a
// group is short of; and stated facts that are as they are. Who lacks what of several facts. What one figure that
// bounds two measures comes to.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Why not: what is lacking")
struct LackTests {
  private func page(_ bench: Bench, _ line: String, _ language: Language = .zh) throws -> String {
    bench.session.language = language
    return AnswerRenderer(format: .table, language: language, width: 300).render(try #require(bench.ask(line).last))
  }

  private static func scenario(_ hires: String) -> String {
    Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 98") + "\nas_of: 2022-12-31\nhires:\n" + hires
  }

  private static let rows =
    "  - {id: a, agency: q, enterprise: k, start: 2022-03-01}\n"
    + "  - {id: b, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, organised: false}\n"
    + "  - {id: c, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, end: 2022-05-30}\n"
    + "  - {id: d, agency: q, enterprise: k, origin: 350112, start: 2022-03-01}\n"

  @Test("One of many is led to the number that its group is short of, after what it lacks itself")
  func threshold() throws {
    let bench = try Bench(Self.scenario(Self.rows))
    bench.ask("run changle-2022")
    // 98 count; the hundred would still be one short with a's home in a sending region.
    let open = try page(bench, "为何没有 机构奖励 给 a")
    #expect(open.contains("补填 a的户籍地（现未填）"), "\(open)")
    #expect(open.contains("则还差在 Q") && open.contains("达标人员99人，须100人（起奖人数），差1人"), "\(open)")
    #expect(open.contains("为何没有 机构奖励 给 Q") && !open.contains("照此测算"), "\(open)")
    let counted = try page(bench, "为何没有 机构奖励 给 h-1")
    #expect(counted.contains("不在本人，而在 Q") && counted.contains("达标人员98人，须100人（起奖人数），差2人"), "\(counted)")
    let record = try bench.object("why_not", "why not agency_reward for a")
    #expect(record["smallest_change"]?["leads_to"] == "q@2022")
  }

  @Test("What has been stated of homes, lists and what has been is never proposed to be otherwise")
  func settled() throws {
    let bench = try Bench(Self.scenario(Self.rows))
    bench.ask("run changle-2022")
    for (id, fact) in [("b", "b的“有组织”（否）"), ("d", "d的户籍地（长乐区（350112））")] {
      let told = try page(bench, "为何没有 机构奖励 给 \(id)")
      #expect(told.contains("取决于已填写的事实：\(fact)"), "\(told)")
      #expect(!told.contains("差在哪里"), "\(told)")
    }
    // Of the group, those who may still stay as long are named, and more workers; nobody's home, and no kind of move.
    let group = try page(bench, "why not agency_reward for q", .en)
    #expect(group.contains("c: end = 2022-05-31 instead of 2022-05-30"), "\(group)")
    #expect(!group.contains("organised = true") && !group.contains("d: origin"), "\(group)")
  }

  @Test("Another reading that alone would do comes first, and has been run")
  func readings() throws {
    let bench = try Bench(
      Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 99") + "\nhires:\n"
        + "  - {id: c, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, end: 2022-05-30}\n")
    bench.ask("run changle-2022")
    let told = try page(bench, "为何没有 机构奖励 给 q")
    let reading = try #require(told.firstRange(of: "起算方法＝参保月份（现为首日计入）：照此测算，可得 59,700.00 元"), "\(told)")
    let change = try #require(told.firstRange(of: "如 c的离职日期为 2022-05-31（现为 2022-05-30）"), "\(told)")
    #expect(reading.lowerBound < change.lowerBound)
    #expect(try bench.total("with clock = insured_months run changle-2022") == "59700.00")
  }

  @Test("Where a figure laid down elsewhere is missing it is to be given, and which record lacks what is told")
  func whoLacksWhat() throws {
    let rules = """
      ```policy
      document own
        jurisdiction 350112

      value most zh 比例上限 % "the share" zh "比例" from "the ministry" zh "部里"

      measure back
        title "Back"
        article "1"
        kind back
        for each enterprise
        where layoffs = 0 or layoffs <= most of employees
        pay enterprise 50% of ui_premiums_last_year on 2026-12-31
      ```
      """
    let bench = try Bench(
      """
      scenario: S
      district: 350112
      as_of: 2026-12-31
      enterprises:
        - {id: a, name: 甲厂, district: 350112, layoffs: 12, employees: 380, ui_premiums_last_year: 1000}
        - {id: b, name: 乙厂, district: 350112, layoffs: 0, employees: 10}
      """, policies: [rules])
    let run = try page(bench, "run own", .zh)
    #expect(run.contains("无法判定：缺少事实，或缺少引用标准"), "\(run)")
    #expect(run.contains("甲厂缺比例上限") && run.contains("乙厂缺上年度失业保险费"), "\(run)")
    let why = try page(bench, "why not back for a", .en)
    #expect(why.contains("a figure laid down elsewhere: set most = …%"), "\(why)")
    #expect(!why.contains("layoffs = 0"), "\(why)")
    #expect(try page(bench, "为何没有 back 给 b").contains("先填明（现未填）："))
  }

  @Test("What hangs on one figure that bounds two measures is told once, in the table and in the chart")
  func sharedFigure() throws {
    func measure(_ name: String, _ own: String, _ asked: String) -> String {
      "measure \(name)\n  title \"\(name)\"\n  article \"1\"\n  kind \(name)\n\(own)  for each hire\n"
        + "  where monthly_wage >= \(asked)\n  pay enterprise 100 yuan on start\n\n"
    }
    let rules =
      "```policy\ndocument own\n  jurisdiction 350112\n\n"
      + measure("one", "  param least = 4000 yuan \"the least wage\"\n", "least")
      + measure("two", "", "one.least") + "```\n"
    let bench = try Bench(
      "scenario: S\ndistrict: 350112\nas_of: 2026-12-31\nenterprises: [{id: e, district: 350112}]\nhires:\n"
        + "  - {id: a, enterprise: e, start: 2026-03-01, monthly_wage: 3990}\n", policies: [rules])
    bench.ask("run own")
    let told = try page(bench, "cliffs own", .en)
    #expect(told.components(separatedBy: "+200.00").count == 3, "\(told)")
    #expect(told.contains("what hangs on it is told with"), "\(told)")
    let answer = try #require(bench.ask("cliffs own").last)
    guard case .bars(let chart)? = answer.chart else {
      Issue.record("there is a chart of bars")
      return
    }
    #expect(chart.bars.count == 1)
  }
}

@Suite("Explanations in an officer's words")
struct OfficerWordsTests {
  private func page(_ bench: Bench, _ line: String, _ language: Language = .zh) throws -> String {
    bench.session.language = language
    return AnswerRenderer(format: .table, language: language, width: 300).render(try #require(bench.ask(line).last))
  }

  @Test("That it is the first insurance in the district is one line with its day, or says which record is earlier")
  func firstInsured() throws {
    let bench = try Bench(
      Bench.edge + "\nhires:\n"
        + "  - {id: old, worker: 张三, enterprise: k, origin: 520502, start: 2021-03-01, end: 2021-04-30}\n"
        + "  - {id: new, worker: 张三, agency: q, enterprise: k, origin: 520502, start: 2022-03-01}\n")
    bench.ask("run changle-2022")
    let counted = try page(bench, "解释 h-1 机构奖励")
    #expect(counted.contains("✓ 该录用人员为区内首次参保（2022-03-01，此前没有其他记录）"), "\(counted)")
    #expect(counted.components(separatedBy: "首次参保").count == 3, "once in the tree, once among the settings: \(counted)")
    #expect(try page(bench, "explain h-1 agency_reward", .en).contains("(2022-03-01, none before)"))
    let later = try page(bench, "为何没有 机构奖励 给 new")
    #expect(later.contains("✗ 该录用人员为区内首次参保  张三（old）早365天，2021-03-01"), "\(later)")
    #expect(later.contains("本人更早的记录：张三（old），参保日期 2021-03-01"), "\(later)")
    #expect(!later.contains("首次参保认定为每段首日"), "\(later)")
  }

  @Test("Workers who would be rewarded are not told as rewarded where their number falls short")
  func supposed() throws {
    let bench = try Bench(Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 99"))
    bench.ask("run changle-2022")
    let told = try page(bench, "为何没有 机构奖励 给 q")
    #expect(told.contains("─ 达标人员99人") && told.contains("─ 如达标，计奖人员99人"), "\(told)")
  }

  @Test("A title that is not granted is not ticked")
  func titles() throws {
    let rules = """
      ```policy
      document own
        jurisdiction 350112

      measure star
        title "Star"
        article "1"
        for each enterprise
        count mine = hires of enterprise at any time
        grant "gold" to enterprise when count of mine >= 3
        grant "silver" to enterprise when count of mine >= 2
      ```
      """
    let bench = try Bench(
      "scenario: S\ndistrict: 350112\nas_of: 2026-12-31\nenterprises: [{id: e, district: 350112}]\nhires:\n"
        + "  - {id: a, enterprise: e, start: 2026-03-01}\n", policies: [rules])
    bench.ask("run own")
    let told = try page(bench, "why not star for e", .en)
    #expect(told.contains("✗ e") && !told.contains("✓ e"), "\(told)")
  }

  @Test("A deadline says the day that it comes to, and what a tree has told at length it names")
  func deadline() throws {
    let rules = """
      ```policy
      document own
        jurisdiction 350112

      measure m
        title "M"
        article "1"
        kind m
        param limit = 36 months "how long after"
        for each hire
        where start <= registered_unemployed_from + limit
        let fee = contract_months * 10 yuan
        pay enterprise fee + fee + (2 * fee) on start
      ```
      """
    let bench = try Bench(
      "scenario: S\ndistrict: 350112\nas_of: 2026-12-31\nenterprises: [{id: e, district: 350112}]\nhires:\n"
        + "  - {id: a, enterprise: e, start: 2022-03-01, registered_unemployed_from: 2018-06-30, contract_months: 2}\n",
      policies: [rules])
    bench.ask("run own")
    let told = try page(bench, "why not m for a", .en)
    #expect(told.contains("(2021-06-30), 244 days too late"), "\(told)")
    #expect(told.contains("It hangs on what is stated, which is no matter of choice: a: "), "\(told)")
  }
}
