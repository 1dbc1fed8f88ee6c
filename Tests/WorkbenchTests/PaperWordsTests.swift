// What papers call things for readers who have no rule beside them, what limits payments as a standard, how far a total
// is relied on where facts cannot be tried, and what stands around the pages of a paper that is read back.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("Words of papers", .serialized)
struct PaperWordsTests {
  /// One measure with a cap of its own and a limit of the document, that asks a fact which nobody stated.
  private static let own = """
    ```policy
    document own
      title "Steady work" zh "稳岗补助办法"
      number "台商人社〔2026〕1号"
      jurisdiction 350112
      issued 2022-01-01
      window from 2022-01-01 to 2026-12-31
    reading paid_on zh 计发日 "When is it paid?" zh "何时计发？"
      at_start zh 参保时 "on the first day" zh "参保之日" default
      at_end zh 年末 "at the end of the year" zh "年末"
    measure steady zh 稳岗补助
      title "Grant for steady work" zh "稳岗补助"
      article "三（一）"
      kind steady_grant zh 稳岗
      param grant_rate zh 标准 = 300 yuan "for each worker" zh "每人"
      for each hire
      where origin within 520000 and stable for 1 months
      pay enterprise grant_rate on (if paid_on is at_start then start otherwise 2022-12-31)
      cap 20,000 yuan for each enterprise, year
      quota 200 for each enterprise
    limit all zh 总额
      title "All grants" zh "补助总额"
      article "四"
      over steady
      cap 1,000,000 yuan for each year
    ```
    """

  private func bench(_ language: Language) throws -> Bench {
    let bench = try Bench(policies: [Self.own])
    bench.session.folder = bench.path("")
    bench.session.language = language
    return bench
  }

  private func paper(_ bench: Bench, _ command: String) throws -> String {
    let answers = bench.ask(command)
    try #require(!answers.haveFailed, "\(command): \(answers.flatMap(\.diagnostics).map(\.message.en))")
    return AnswerRenderer(format: .markdown, language: bench.session.language).render(try #require(answers.last))
  }

  @Test("Caps and quotas that are figures of the text are standards, and are held against the run")
  func limits() throws {
    for (language, wanted) in [
      (Language.zh, ["每家企业、每年限额2万元", "每家企业名额200", "“补助总额”（四）每年限额100万元"]),
      (.en, ["cap for each enterprise and year: 20,000 yuan", "quota for each enterprise: 200"]),
    ] {
      let bench = try bench(language)
      let text = try paper(bench, "report estimate own")
      for words in wanted { #expect(text.contains(words), "\(words): \(text)") }
      let targets = try paper(bench, "report targets own")
      #expect(targets.contains(language == .zh ? "稳岗补助每家企业、每年限额" : "cap for each enterprise and year"), "\(targets)")
      #expect(!bench.ask("report package own into p.md").haveFailed)
      let agrees = try #require(bench.ask("report check p.md of own").last)
      #expect(!agrees.hasMismatch, "\(AnswerRenderer(format: .table, language: language).render(agrees))")
      let whole = try String(contentsOfFile: bench.path("p.md"), encoding: .utf8)
      let other =
        language == .zh
        ? whole.replacing("限额2万元", with: "限额3万元") : whole.replacing("year: 20,000 yuan", with: "year: 30,000 yuan")
      try #require(other != whole)
      try other.write(toFile: bench.path("o.md"), atomically: true, encoding: .utf8)
      #expect(try #require(bench.ask("report check o.md of own").last).hasMismatch)
    }
  }

  @Test("A fact that cannot be tried is a gap")
  func untried() throws {
    let text = try paper(bench(.zh), "report summary own")
    let line = try #require(text.split(separator: "\n").first { $0.contains("可靠程度") })
    #expect(text.contains("无法试算"), "\(text)")
    #expect(line.contains("| 中：有") && line.contains("影响未知") && !line.contains("没有缺项"), "\(line)")
  }

  @Test("Papers in English call nothing by its name in the rule; a question and its answer read as one")
  func english() throws {
    let bench = try bench(.en)
    #expect(!bench.ask("draft more from own: grant_rate = 400").haveFailed)
    for command in ["report summary more", "report estimate more", "report targets more", "report explanation more"] {
      let text = try paper(bench, command)
      for line in text.split(separator: "\n") {
        #expect(line.firstMatch(of: /[a-z]_[a-z]/) == nil, "\(command): \(line)")
        #expect(!line.contains("? ="), "\(command): \(line)")
      }
    }
    let chart = try paper(bench, "report estimate more")
    #expect(!chart.contains("; with ") && !chart.contains("**with "), "\(chart)")
    let other = try Bench()
    other.session.folder = other.path("")
    let text = try paper(other, "report explanation changle-2022")
    #expect(!text.contains("changle-2022.") && !text.contains("? ="), "\(text)")
    #expect(text.contains("the enterprise's district is in home") && !text.contains("in_home("), "\(text)")
    #expect(text.contains("lists include leading 2021, honest employer or harmonious labour"), "\(text)")
  }

  @Test("So do the sheets behind them: questions, meanings and titles stand for names")
  func grounds() throws {
    let bench = try bench(.en)
    #expect(!bench.ask("draft more from own: grant_rate = 400").haveFailed)
    for command in ["report package more", "amend more", "review own"] {
      let file = bench.path("p.xlsx")
      try? FileManager.default.removeItem(atPath: file)
      let answers = bench.ask("\(command) into \"\(file)\"")
      try #require(!answers.haveFailed, "\(command): \(answers.flatMap(\.diagnostics).map(\.message.en))")
      let text = try texts(file)
      #expect(text.contains("When is it paid?") && text.contains("Grant for steady work: for each worker"), "\(text)")
      for line in text.split(separator: "\n") {
        #expect(line.firstMatch(of: /[a-z]_[a-z]/) == nil, "\(command): \(line)")
      }
    }
    // A budget's book is for who asks on: it keeps names.
    let file = bench.path("b.xlsx")
    #expect(!bench.ask("run own into \"\(file)\"").haveFailed)
    #expect(try texts(file).contains("grant_rate"))
  }

  private func texts(_ file: String) throws -> String {
    let data = [UInt8](try Data(contentsOf: URL(filePath: file)))
    return try data.withUnsafeBytes { raw in
      let book = try Workbook(raw)
      return try book.sheets.indices.map { sheet in
        let table = try book.table(sheet)
        return (0..<table.rows).map { table.cells($0).joined(separator: " | ") }.joined(separator: "\n")
      }.joined(separator: "\n")
    }
  }

  @Test("Papers of several documents call them by their numbers")
  func numbers() throws {
    for language in Language.allCases {
      let bench = try bench(language)
      let text = try paper(bench, "report explanation own + changle-2022")
      for line in text.split(separator: "\n") where line.hasPrefix("|") {
        #expect(line.firstMatch(of: #/\| \**(own|changle-2022)\** /#) == nil, "\(line)")
      }
      #expect(text.contains("台商人社〔2026〕1号"), "\(text)")
    }
  }

  @Test("The total in a table of targets is a cell that was compared")
  func looked() throws {
    let text = """
      | 措施 | 金额（元） |
      | --- | ---: |
      | 稳岗补助 | 20,000.00 |
      | **合计** | **20,000.00** |

      | 三级指标 | 值 | 单位 |
      | --- | --- | --- |
      | 预算总成本 | 20,000.00 | 元 |
      """
    var check = PaperCheck([try PaperText(Array(text.utf8), called: "a.md", "md") { false }])
    check.check(against: nil)
    #expect(check.findings.isEmpty && check.compared > 1 && check.unlooked.cells == 0, "\(check.unlooked)")
  }

  @Test("What headers, footers and footnotes say counts as sentences of the paper do")
  func margins() throws {
    func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }
    func cell(_ text: String) -> String { "<w:tc>\(paragraph(text))</w:tc>" }
    let table =
      "<w:tbl><w:tr>\(cell("措施"))\(cell("金额（元）"))</w:tr><w:tr>\(cell("甲"))\(cell("100.00"))</w:tr>"
      + "<w:tr>\(cell("合计"))\(cell("100.00"))</w:tr></w:tbl>"
    func findings(_ sum: String) throws -> (found: [String], sentences: Int) {
      var bytes: [UInt8] = []
      let zip = ZipWriter { bytes.append(contentsOf: $0) }
      try zip.add("word/document.xml", "<w:document><w:body>\(table)</w:body></w:document>")
      try zip.add("word/header1.xml", "<w:hdr>\(paragraph("内部材料"))</w:hdr>")
      try zip.add("word/footer1.xml", "<w:ftr>\(paragraph("测算金额合计 \(sum) 元"))</w:ftr>")
      try zip.add("word/footer2.xml", "<w:ftr>\(paragraph("测算金额合计 \(sum) 元"))</w:ftr>")
      try zip.finish()
      let text = try PaperText(bytes, called: "a.docx", "docx") { false }
      var check = PaperCheck([text])
      check.check(against: nil)
      return (check.findings.map(\.found), text.sentences.count)
    }
    let right = try findings("100.00"), wrong = try findings("88,888.00")
    #expect(right.found.isEmpty && right.sentences == 2)
    #expect(wrong.found.contains { $0.contains("88,888.00") }, "\(wrong.found)")
  }
}
