// The papers that go with a measure: their figures are those of the run, their lines add up, every paper of a package
// has the same total, and a template may be one's own.

import Answers
import Diagnostics
import Districts
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Papers", .serialized)
struct PaperTests {
  private func bench(_ language: Language = .en) throws -> Bench {
    let bench = try Bench()
    bench.session.folder = bench.path("")
    bench.session.language = language
    return bench
  }

  private func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }

  private func fen(_ value: JSONValue?) throws -> Int64 { try #require(Int64(text(value).filter { $0 != "." })) }

  @Test("each line is number times standard, and the lines add up to the budget")
  func lines() throws {
    let bench = try bench()
    let total = try bench.total("run changle-2022")
    let paper = try bench.object("paper_lines", "report lines changle-2022")
    guard case .array(let rows)? = paper["rows"] else {
      Issue.record("no lines")
      return
    }
    var sum: Int64 = 0
    for row in rows {
      guard case .int(let count)? = row["count"] else {
        Issue.record("no number in \(row)")
        continue
      }
      #expect(try fen(row["each"]) * count == fen(row["amount"]))
      sum += try fen(row["amount"])
    }
    #expect(rows.count == 1 && total == "60000.00" && sum == 6_000_000)
  }

  @Test("papers in English call measures by title and figures by meaning, those in Chinese by their short names")
  func names() throws {
    for (language, has, hasNot) in [
      (
        Language.en, ["Reward for human-resource service agencies", "how many workers must settle in a year"],
        ["agency_reward", "rate_3m"]
      ), (.zh, ["机构奖励", "起奖人数"], ["人力资源服务机构奖励的"]),
    ] {
      let bench = try bench(language)
      bench.ask("draft near from changle-2022: agency_reward.threshold = 90")
      for line in ["report summary near", "report targets near", "report amendment near"] {
        let answer = try #require(bench.ask(line).last)
        let text = AnswerRenderer(format: .markdown, language: language).render(answer)
        #expect(has.contains { text.contains($0) }, "\(line): \(text)")
        for word in hasNot { #expect(!text.contains(word), "\(line): \(word) in \(text)") }
      }
    }
  }

  @Test("a measure that is new is a clause in running words, with its figures, in both languages")
  func newClause() throws {
    let bench = try bench()
    let rule = """
      ```policy
      measure start_up zh 起步奖励
        title "Starting reward" zh "起步奖励"
        article "三（二）之一"
        kind agency_start zh 起步奖励
        param least zh 起步人数 = 50 persons "how many" zh "须稳定就业的人数"
        param stay zh 起步月数 = 3 months "how long" zh "须稳定就业的月数"
        param rate zh 起步标准 = 100 yuan "for each" zh "每人的标准"
        for each agency, each year
        where filed
        count settled zh 起步人员 = hires of agency where organised and stable for stay on completion of stay
        require count of settled >= least
        pay agency rate for each settled
      ```
      """
    try rule.write(toFile: bench.path("new.md"), atomically: true, encoding: .utf8)
    #expect(!bench.ask("draft more from changle-2022: add new.md").haveFailed)
    let amendment = try bench.object("amendment", "amend more")
    guard case .array(let rows)? = amendment["changes"] else {
      Issue.record("no changes: \(amendment)")
      return
    }
    let english = rows.map { text($0["proposed"]) }.joined(separator: "\n")
    #expect(
      english.contains("article 三（二）之一, “Starting reward”: For each agency, each year, where filed: "), "\(english)")
    #expect(
      english.contains("50 persons") && english.contains("100 yuan") && english.contains("3 months"), "\(english)")
    #expect(!english.contains("param") && !english.contains("zh "), "\(english)")
    let chinese = AnswerRenderer(format: .markdown, language: .zh).render(try #require(bench.ask("amend more").last))
    #expect(
      chinese.contains("增加一项，作为“三（二）之一、起步奖励”，内容为：“对每家机构，每个年度，凡已备案的："), "\(chinese)")
    #expect(
      chinese.contains("起步人员数不少于50人的") && chinese.contains("100元") && !chinese.contains("〔settled〕"), "\(chinese)")
    #expect(chinese.contains("理由和依据"), "\(chinese)")
  }

  @Test("every bundled template is played without a mistake", arguments: [Language.en, .zh])
  func templates(language: Language) throws {
    let bench = try bench(language)
    #expect(!bench.ask("draft more from changle-2022: rate_3m = 400").haveFailed)
    for paper in ["estimate", "targets", "amendment", "explanation"] {
      let name = paper == "amendment" ? "more" : "changle-2022"
      let answers = bench.ask("report \(paper) \(name)")
      #expect(!answers.haveFailed, "\(paper): \(answers.flatMap(\.diagnostics).map(\.message.en))")
      let page = AnswerRenderer(format: .markdown, language: language).render(try #require(answers.last))
      #expect(page.contains(language == .zh ? "待填" : "to be written") || paper == "amendment", "\(paper)")
      let total = paper == "amendment" ? "10,000.00" : "60,000.00"
      #expect(page.contains(total), "\(paper): \(page)")
      #expect(!page.contains("{="), "\(paper)")
    }
  }

  @Test("every paper of a package has the same total; that of a draft has the table of amendments")
  func package() throws {
    let bench = try bench()
    let plain = try bench.object("package", "report package changle-2022")
    #expect(plain["agree"] == .bool(true) && text(plain["total"]) == "60000.00")
    #expect(
      plain["papers"] == .array([.string("summary"), .string("estimate"), .string("targets"), .string("explanation")]))
    #expect(!bench.ask("draft more from changle-2022: rate_3m = 400").haveFailed)
    let draft = try bench.object("package", "report package more")
    #expect(draft["agree"] == .bool(true) && text(draft["total"]) == "70000.00")
    guard case .array(let papers)? = draft["papers"] else {
      Issue.record("no papers")
      return
    }
    #expect(papers.contains(.string("amendment")))
  }

  @Test("the template may be one's own, made from the bundled one")
  func own() throws {
    let bench = try bench()
    #expect(!bench.ask("report estimate template into mine.txt").haveFailed)
    #expect(!bench.ask("report estimate template into first.md").haveFailed)
    #expect(try String(contentsOfFile: bench.path("first.md"), encoding: .utf8) == Districts.paper("estimate.en"))
    let bundled = try #require(Districts.paper("estimate.en"))
    let mine = bundled.replacing("Estimate of costs", with: "What it would cost us")
    try mine.write(toFile: bench.path("mine.md"), atomically: true, encoding: .utf8)
    let answers = bench.ask("report estimate changle-2022 from mine.md")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let page = AnswerRenderer(format: .markdown, language: .en).render(try #require(answers.last))
    #expect(page.contains("What it would cost us") && page.contains("60,000.00"))
    // A template with a mistake makes no paper.
    try mine.replacing("report lines", with: "report nothing").write(
      toFile: bench.path("bad.md"), atomically: true, encoding: .utf8)
    #expect(bench.ask("report estimate changle-2022 from bad.md").haveFailed)
    #expect(bench.ask("report estimate changle-2022 from none.md").haveFailed)
  }

  @Test("papers are written as what their file is called", arguments: ["docx", "html", "xlsx", "md"])
  func files(ending: String) throws {
    let bench = try bench(.zh)
    let answers = bench.ask("报告 测算说明 changle-2022 存入 说明.\(ending)")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let bytes = try Data(contentsOf: URL(filePath: bench.path("说明.\(ending)")))
    #expect(bytes.count > 1000)
  }

  @Test("a paper changes nothing of the session")
  func nothingChanges() throws {
    let bench = try bench()
    let before = bench.session.state.settings.count
    let results = bench.session.results.all.count
    #expect(!bench.ask("report package changle-2022").haveFailed)
    #expect(bench.session.state.settings.count == before && bench.session.results.all.count <= results + 1)
  }
}
