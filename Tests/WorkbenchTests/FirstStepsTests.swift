// What somebody meets who half knows the commands: lines with the sign, the quotation mark or the unit left out, files
// of other kinds, blocks that are pasted, questions about what was run last.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing

@testable import Workbench

@Suite("First steps")
struct FirstStepsTests {
  @Test(
    "A line that is nearly one is answered with what is missing, where it is missing",
    arguments: [
      ("find rate_3m so that total < 50000", "<", "since the goal itself is reached"),
      ("find rate_3m so that total > 50000", ">", "since the goal itself is reached"),
      ("list hires where start > 2022", "2022", "such as `2022-01-01`"), ("sensitivity by 10", "10", "by 10%"),
      ("sql select 1", "select", "sql \"select 1\""),
      ("设定 首次标谁 = 400", "首次标谁", "首次标准"), ("设定 起奖人书 = 90", "起奖人书", "起奖人数"),
    ])
  func nearly(line: String, place: String, remedy: String) throws {
    let problem = try Bench().mistake(line)
    let told = problem.message.en + (problem.hint?.en ?? "")
    #expect(told.contains(remedy), "\(told)")
    let at = try #require(problem.location?.start.column)
    let found = try #require(line.firstRange(of: place)?.lowerBound)
    #expect(at == line.distance(from: line.startIndex, to: found) + 1, "\(line)")
  }

  @Test(
    "A file of another kind is told as that, and what to do with it", arguments: ["docx", "pdf", "png", "zip", "htm"])
  func otherFiles(ending: String) throws {
    let bench = try Bench()
    try Data("x".utf8).write(to: bench.folder.appending(path: "a.\(ending)"))
    let problem = try bench.mistake("load \"\(bench.path("a.\(ending)"))\"")
    #expect(problem.code == "not-a-scenario")
    #expect(problem.hint?.en.contains("`new scenario FILE.yaml`") == true)
  }

  @Test(
    "A picture or a page that is called a register is none, and an empty file is told as empty",
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "a picture", "into a spreadsheet"),
      (Array("%PDF-1.7\n".utf8), "a PDF document", "into a spreadsheet"), ([], "no rows", "fetch the file again"),
      (Array("\n\n".utf8), "no rows", "fetch the file again"),
    ])
  func notRegisters(bytes: [UInt8], what: String, remedy: String) throws {
    let bench = try Bench()
    try Data(bytes).write(to: bench.folder.appending(path: "a.csv"))
    let problem = try bench.mistake("import \"\(bench.path("a.csv"))\" in 350112")
    #expect(problem.message.en.contains(what) && problem.hint?.en.contains(remedy) == true, "\(problem)")
  }

  @Test("A cell of a hundred thousand characters costs no time")
  func longCell() throws {
    let bench = try Bench()
    let rows = "姓名,用工单位,入职时间\n" + String(repeating: "张", count: 100_000) + ",甲,2022-03-01\n"
    try Data(rows.utf8).write(to: bench.folder.appending(path: "a.csv"))
    let begun = ContinuousClock.now
    #expect(bench.ask("import \"\(bench.path("a.csv"))\" in 350112").allSatisfy { !$0.failed })
    #expect(ContinuousClock.now - begun < .seconds(20))
  }

  @Test("Lines that are set in below a draft's colon need no commas, and what follows is a command of its own")
  func pasted() throws {
    let bench = try Bench()
    let answers = bench.ask(
      "草案 甲 从 changle-2022：\n  首次标准 = 400\n  起奖人数 ＝ 90\n  # 说明\n测算 甲\n"
        + "draft two from changle-2022:\n\trate_6m = 100\nrun two"
    )
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    #expect(answers.count == 4 && bench.session.state.drafts.map(\.name) == ["甲", "two"])
    // A line with more than a name before its sign is a command.
    #expect(bench.ask("draft x from changle-2022:\n  rate_6m = 100\n  if rate_3m = 1, run x").count == 2)
  }

  @Test("How many commands behind a mistake were not carried out is known")
  func leftOut() throws {
    let bench = try Bench()
    bench.ask("run\nrnu\nrun; run\n\n# nothing\nrun")
    #expect(bench.session.leftOut == 3)
    bench.ask("run\nrun")
    #expect(bench.session.leftOut == 0)
  }

  @Test("`readings` and papers without a programme are of what was run last")
  func last() throws {
    let bench = try Bench()
    let all = try bench.object("readings", "readings")
    bench.ask("run jindong-2021")
    let one = try bench.object("readings", "readings")
    #expect(one["programme"] == .array([.string("jindong-2021")]) && all["programme"] != one["programme"], "\(one)")
    let paper = bench.ask("report summary").flatMap(\.json)
    #expect(paper.contains { $0["programme"] == .string("jindong-2021") }, "\(paper)")
  }

  @Test("What a result lists has names in a Chinese session and ids in another")
  func results() throws {
    for (language, measure, kind) in [
      (Language.zh, "机构奖励", "机构奖励"), (.en, "changle-2022.agency_reward", "agency_reward"),
    ] {
      let bench = try Bench()
      bench.session.language = language
      bench.ask("run changle-2022")
      let rows = try bench.object("query", "sql \"select measure, kind from r1\"")["rows"]
      guard case .array(let list)? = rows, let row = list.first else {
        Issue.record("no rows in \(String(describing: rows))")
        return
      }
      #expect(row["measure"] == .string(measure) && row["kind"] == .string(kind), "\(row)")
      // Its columns have their Chinese names, too.
      guard case .array(let same)? = try bench.object("query", "sql \"select 措施, 合计分 from r1\"")["rows"] else {
        Issue.record("no rows under Chinese names")
        return
      }
      #expect(same.first?["措施"] == .string(measure) && same.first?["合计分"] == .int(6_000_000), "\(same)")
    }
  }

  @Test("A definition's argument that is called like a word that counts does not hide the word")
  func classifier() throws {
    let rule = """
      ```policy
      文件 试行
        施行地区 长乐区〔350112〕

      定义 月数（名：录用人员）＝如名的合同月数少于12，则0，否则3

      措施 补贴
        名称 “补贴”
        条款 “一”
        待遇类型 补贴
        对每名录用人员
        凡月数（该录用人员）超过0的
        付给该录用人员：1000元
      ```
      """
    let bench = try Bench()
    try Data(rule.utf8).write(to: bench.folder.appending(path: "p.md"))
    let answers = bench.ask("check \"\(bench.path("p.md"))\"")
    #expect(answers.flatMap(\.diagnostics).filter { $0.severity == .error }.map(\.message.zh) == [])
  }

  @Test(
    "What notices call people, contracts and stays is answered with the line as rules have it",
    arguments: [
      ("凡属登记失业人员的", "凡有失业登记日期的"), ("凡为建档立卡人员的", "凡属脱贫人员的"), ("凡是女性的", "凡性别为女的"),
      ("凡签订一年以上劳动合同的", "凡合同月数不少于12的"), ("凡合同期限满12个月的", "凡合同月数不少于12的"),
      ("凡连续参保满6个月的", "凡稳定就业满6个月的"), ("凡户籍在贵州省的", "凡户籍地属于贵州省的"), ("凡通过中介机构介绍的", "凡有介绍机构的"),
    ])
  func everyday(line: String, rule: String) throws {
    let text = """
      ```policy
      文件 试行
        施行地区 长乐区〔350112〕
        施行期限 自2026-01-01起

      措施 补贴
        名称 “补贴”
        条款 “一”
        待遇类型 补贴
        对每名录用人员
        \(line)
        付给该录用人员：1000元
      ```
      """
    let bench = try Bench()
    try Data(text.utf8).write(to: bench.folder.appending(path: "p.md"))
    let hints = bench.ask("check \"\(bench.path("p.md"))\"").flatMap(\.diagnostics).compactMap { $0.hint?.zh }
    #expect(hints.contains { $0.contains("`\(rule)`") }, "\(hints)")
  }

  @Test("A ratio that fails says what it comes to beside its bound")
  func ratio() throws {
    let rule = """
      ```policy
      document ratio
        title "Ratio" zh "比例"
        number "试〔2022〕1号"
        jurisdiction 350112
        issued 2022-01-01
        window from 2022-01-01 to 2022-12-31

      measure grant
        title "Grant" zh "补助"
        article "1"
        kind grant
        for each enterprise
        where employees / 10 <= 20%
        pay enterprise 100 yuan on 2022-06-01
      ```
      """
    let facts =
      "scenario: t\ndistrict: 350112\nas_of: 2022-12-31\nenterprises: [{id: E1, district: 350112, employees: 3}]\n"
    let bench = try Bench(facts, policies: [rule])
    bench.ask("run ratio")
    let text = bench.ask("why not grant for E1").map { AnswerRenderer(format: .table, language: .en).render($0) }
      .joined()
    #expect(text.contains("30%, at most 20% allowed"), "\(text)")
    let chinese = bench.ask("为何没有 grant 给 E1").map { AnswerRenderer(format: .table, language: .zh).render($0) }.joined()
    #expect(chinese.contains("为30%，不得超过20%"), "\(chinese)")
  }
}
