// Papers read back from the files that they were written into: what the program writes agrees in every form, and what
// somebody has changed afterwards is found.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Papers read back", .serialized)
struct PaperCheckTests {
  private func bench(_ language: Language) throws -> Bench {
    let bench = try Bench()
    bench.session.folder = bench.path("")
    bench.session.language = language
    #expect(!bench.ask("draft more from changle-2022: rate_3m = 400").haveFailed)
    return bench
  }

  private func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }

  private func check(_ bench: Bench, _ command: String) throws -> (agree: Bool, findings: [String], forms: Int) {
    let answer = try #require(bench.ask(command).last)
    let record = try #require(answer.json.first)
    var forms = 0
    if case .int(let count)? = record["forms"] { forms = Int(count) }
    var findings: [String] = []
    if case .array(let rows)? = record["findings"] { findings = rows.map { text($0["finding"]) } }
    #expect(answer.hasMismatch == (record["agree"] != .bool(true) || forms == 0))
    return (record["agree"] == .bool(true), findings, forms)
  }

  @Test(
    "a package agrees in every form that it is written in",
    arguments: [Language.en, .zh], ["docx", "xlsx", "html", "md"])
  func agrees(language: Language, ending: String) throws {
    let bench = try bench(language)
    let file = "package.\(ending)"
    let made = bench.ask("report package more into \(file)")
    #expect(!made.haveFailed, "\(made.flatMap(\.diagnostics).map(\.message.en))")
    let (agree, findings, forms) = try check(bench, "report check \(file) of more")
    #expect(agree, "\(ending): \(findings)")
    #expect(forms > 10, "\(ending): \(forms)")
    // Held against another programme it is another budget.
    #expect(try check(bench, "report check \(file) of changle-2022").findings.contains("run"))
  }

  @Test("the program's own papers of several measures agree, their charts' tables included")
  func several() throws {
    let bench = try bench(.zh)
    for ending in ["html", "md"] {
      #expect(!bench.ask("report estimate changle-2022 into all.\(ending)").haveFailed)
      let (agree, findings, _) = try check(bench, "report check all.\(ending)")
      #expect(agree, "\(ending): \(findings)")
    }
  }

  @Test("an amount in a sentence that no form has is a finding where it is called a sum, and is told of where not")
  func sentences() throws {
    let bench = try bench(.en)
    let table = "\n\n| 措施 | 金额（元） |\n| --- | ---: |\n| 机构奖励 | 76,200.00 |\n| **合计** | **76,200.00** |\n"
    for (sentence, agrees, unheld) in [
      ("全年共需资金 76,200.00 元。", true, 0), ("全年共需资金 99,999.00 元。", false, 0), ("去年支出 99,999.00 元。", true, 1),
      ("去年支出 76,200.00 元。", true, 0), ("大约 9223372036854775807 元。", true, 1),
      ("大约 1.2345 元。", true, 1), ("约 922337203685477580 万元。", true, 1), ("约 7.62 万元。", true, 0),
    ] {
      try ("# 说明\n\n" + sentence + table).write(toFile: bench.path("n.md"), atomically: true, encoding: .utf8)
      let answer = try #require(bench.ask("report check n.md").last)
      let record = try #require(answer.json.first)
      #expect(record["agree"] == .bool(agrees), "\(sentence)")
      #expect(record["amounts_not_held"]?.line == "\(unheld)", "\(sentence)")
    }
  }

  @Test("papers in files of their own agree with each other, and are found where they are of two programmes")
  func files() throws {
    let bench = try bench(.zh)
    for command in [
      "报告 测算说明 more 存入 a.docx", "报告 绩效目标 more 存入 b.xlsx", "报告 审签表 more 存入 c.html",
      "报告 绩效目标 changle-2022 存入 other.md",
    ] { #expect(!bench.ask(command).haveFailed, "\(command)") }
    #expect(try check(bench, "报告 核验 a.docx b.xlsx c.html").agree)
    #expect(try check(bench, "report check a.docx, other.md").findings.contains("total"))
  }

  /// What somebody changes in a paper of Markdown, and what is found then.
  private static let planted: [(from: String, to: String, finding: String)] = [
    ("测算金额合计 **70,000.00 元**", "测算金额合计 **69,000.00 元**", "said"),
    ("| **200** |  | **70,000.00** |", "| **200** |  | **70,000.01** |", "sum"),
    ("| 100 | 400.00 | 40,000.00 |", "| 100 | 400.00 | 40,000.01 |", "product"),
    ("| 100 | 400.00 | 40,000.00 |", "| 101 | 400.00 | 40,000.00 |", "product"),
    ("标准（元） | 金额（元）", "标准 | 金额", "unit"),
  ]

  @Test("what was changed afterwards is found", arguments: planted.indices)
  func plants(number: Int) throws {
    let plant = Self.planted[number]
    let bench = try bench(.zh)
    #expect(!bench.ask("报告 测算说明 more 存入 a.md").haveFailed)
    let path = bench.path("a.md")
    let paper = try String(contentsOfFile: path, encoding: .utf8)
    #expect(try check(bench, "报告 核验 a.md").agree)
    let changed = paper.replacing(plant.from, with: plant.to)
    try #require(changed != paper, "nothing to change: \(plant.from)\n\(paper)")
    try changed.write(toFile: bench.path("b.md"), atomically: true, encoding: .utf8)
    let (agree, findings, _) = try check(bench, "报告 核验 b.md")
    #expect(!agree && findings.contains(plant.finding), "\(plant): \(findings)")
  }

  /// A paper with one figure after another made another, and what is found then: everything that stands in the
  /// program's own words is held against the run.
  @Test("whatever figure of a package is changed, it is found", arguments: [Language.en, .zh])
  func everyFigure(language: Language) throws {
    let bench = try bench(language)
    let ending = language == .en ? "md" : "html"
    #expect(!bench.ask("report package more into p.\(ending)").haveFailed)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: bench.path("p.\(ending)"))))
    let whole = try PaperText(bytes, called: "p.\(ending)", ending) { false }
    let statements = Array(
      WorkbenchCommands.parser.statements(of: SourceFile(name: "t", text: "report package more")))
    let command = try #require(statements.first?.command)
    let session = bench.session
    let run = try session.carryOut(
      (command.performable as? ReportCommand)?.programme, command, default: .enacted)
    let remade = try RemadePapers([whole], of: run, isDraft: true, session)
    #expect(remade.kinds.count == 5)
    let held = PaperRun(run, places: session.library.places)
    func isFound(_ paper: PaperText) -> Bool {
      var check = PaperCheck([paper])
      check.hold(against: remade)
      check.check(against: held)
      return !check.findings.isEmpty
    }
    #expect(!isFound(whole))
    var missed: [String] = []
    var count = 0
    // One in three of them, so that the test stays short.
    for (number, changed) in whole.changed().enumerated() where number % 3 == 0 {
      count += 1
      if !isFound(changed.paper) { missed.append(changed.text) }
    }
    #expect(count > 60 && missed.isEmpty, "\(missed.count) of \(count): \(missed.prefix(20))")
  }

  @Test("money put into another year, a box that differs, papers in tens of thousands", arguments: [Language.en, .zh])
  func otherKinds(language: Language) throws {
    let bench = try bench(language)
    func write(_ text: String, _ file: String) throws {
      try text.write(toFile: bench.path(file), atomically: true, encoding: .utf8)
    }
    #expect(!bench.ask("report package more into p.md").haveFailed)
    let text = try String(contentsOfFile: bench.path("p.md"), encoding: .utf8)
    let later = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line).hasPrefix("| 2022") ? String(line).replacing("| 2022", with: "| 2023") : String(line)
    }.joined(separator: "\n")
    try #require(later != text)
    try write(later, "later.md")
    #expect(try check(bench, "report check later.md of more").findings.allSatisfy { $0 == "run" })
    #expect(try !check(bench, "report check later.md of more").agree)

    // One of several boxes: the others are right, with a run and without.
    let box = try #require(text.range(of: language == .en ? "| from " : "| 未明确的口径 | "))
    var other = text
    let first = try #require(other[box.upperBound...].firstIndex { $0.isNumber })
    other.replaceSubrange(first...first, with: other[first] == "9" ? "8" : "9")
    try write(other, "box.md")
    #expect(try check(bench, "report check box.md").findings == ["repeats"])
    #expect(try check(bench, "report check box.md of more").findings == ["run"])

    #expect(!bench.ask("set unit = 万").haveFailed)
    #expect(!bench.ask("report package more into wan.md").haveFailed)
    #expect(!bench.ask("set unit = 元").haveFailed)
    for command in ["report check wan.md", "report check wan.md of more"] {
      let (agree, findings, _) = try check(bench, command)
      #expect(agree, "\(command): \(findings)")
    }
    let inMyriads = try String(contentsOfFile: bench.path("wan.md"), encoding: .utf8)
    let said = try #require(inMyriads.firstMatch(of: /\*\*(\d)[\d.]* (万元|ten thousand yuan)\*\*/))
    let changed = String(said.output.0).replacing(
      said.output.1, with: said.output.1 == "9" ? "8" : "9", maxReplacements: 1)
    try write(inMyriads.replacing(said.output.0, with: changed), "wan-other.md")
    #expect(try !check(bench, "report check wan-other.md").agree)
  }

  /// Two measures that pay, so that their figures can be exchanged.
  private static let two = """
    ```policy
    document pair
      jurisdiction 350112
    measure first zh 甲项
      title "First" zh "甲项补助"
      article "1"
      kind first
      for each hire
      pay enterprise 10 yuan on 2022-03-01
    measure second zh 乙项
      title "Second" zh "乙项补助"
      article "2"
      kind second
      for each hire
      pay enterprise 20 yuan on 2022-03-01
    ```
    """

  @Test("measures whose figures were exchanged are not those of the run", arguments: [Language.en, .zh])
  func exchanged(language: Language) throws {
    let bench = try Bench(policies: [Self.two])
    bench.session.folder = bench.path("")
    bench.session.language = language
    for paper in ["estimate", "summary", "targets"] {
      let made = bench.ask("report \(paper) pair into a-\(paper).md")
      try #require(!made.haveFailed, "\(made.flatMap(\.diagnostics).map(\.message.en))")
      let text = try String(contentsOfFile: bench.path("a-\(paper).md"), encoding: .utf8)
      #expect(try check(bench, "report check a-\(paper).md of pair").agree, "\(paper): \(text)")
      // Wherever one of the two stands in a line, the other's amount is put.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { part -> String in
        let line = String(part)
        guard line.hasPrefix("|"), line.contains("1,000.00") != line.contains("2,000.00") else { return line }
        return line.contains("1,000.00")
          ? line.replacing("1,000.00", with: "2,000.00") : line.replacing("2,000.00", with: "1,000.00")
      }
      let changed = lines.joined(separator: "\n")
      guard changed != text else { continue }
      try changed.write(toFile: bench.path("b-\(paper).md"), atomically: true, encoding: .utf8)
      #expect(try check(bench, "report check b-\(paper).md of pair").findings.contains("run"), "\(paper)\n\(changed)")
    }
  }

  @Test("what is no paper is refused, and a paper without forms is no paper that agrees")
  func refused() throws {
    let bench = try bench(.en)
    try "# Nothing\n\nIt comes to 5.00 yuan.\n".write(
      toFile: bench.path("empty.md"), atomically: true, encoding: .utf8)
    let empty = try #require(bench.ask("report check empty.md").last)
    #expect(empty.hasMismatch)
    try "x".write(toFile: bench.path("a.docx"), atomically: true, encoding: .utf8)
    #expect(bench.ask("report check a.docx").haveFailed)
    #expect(bench.ask("report check a.pdf").haveFailed)
    #expect(bench.ask("report check none.md").haveFailed)
    #expect(bench.ask("report check").haveFailed)
  }

  @Test("figures as papers write them")
  func figures() throws {
    #expect(PaperFigure(cell: "1,234.50")?.hundredths == 123_450)
    #expect(PaperFigure(cell: "-6,300.00")?.hundredths == -630_000)
    #expect(PaperFigure(cell: "+12,000.00")?.hundredths == 1_200_000)
    #expect(PaperFigure(cell: "14.39万")?.agrees(with: 14_390_000) == true)
    #expect(PaperFigure(cell: "14.39", factor: 10_000)?.agrees(with: 14_394_999) == true)
    #expect(PaperFigure(cell: "14.39", factor: 10_000)?.agrees(with: 14_400_000) == false)
    #expect(PaperFigure(cell: "三（二）") == nil && PaperFigure(cell: "3个月") == nil && PaperFigure(cell: "") == nil)
    #expect(PaperFigure(cell: "99999999999999999999") == nil)
    let said = PaperFigure.said(in: "测算金额合计 143,900.00 元，应付 14.39 万元。每人 400元；total -5 yuan.")
    #expect(said.map(\.figure.hundredths) == [14_390_000, 14_390_000, 40_000, -500])
    #expect(said[0].before.contains("合计") && !said[2].before.contains("应付"))
  }
}

extension PaperText {
  /// The paper with one figure changed, for each of its figures.
  fileprivate func changed() -> [(paper: PaperText, text: String)] {
    /// Each way in which one figure of a text can be another.
    func others(_ text: String) -> [String] {
      text.indices.filter { i in
        guard text[i].isASCII, text[i].isNumber else { return false }
        guard i > text.startIndex else { return true }
        let before = text[text.index(before: i)]
        return !before.isASCII || !(before.isNumber || before.isLetter || ".,".contains(before))
      }.map { i in
        var changed = text
        changed.replaceSubrange(i...i, with: text[i] == "9" ? "8" : "9")
        return changed
      }
    }
    var out: [(paper: PaperText, text: String)] = []
    for (number, sentence) in sentences.enumerated() {
      for text in others(sentence.text) {
        var paper = self
        paper.sentences[number] = Sentence(heading: sentence.heading, text: text, shown: text)
        out.append((paper, text))
      }
    }
    for (place, table) in tables.enumerated() {
      for (line, row) in table.rows.enumerated() {
        for (column, cell) in row.enumerated() {
          for text in others(cell) {
            var rows = table.rows
            rows[line][column] = text
            var paper = self
            paper.tables[place] = Table(
              heading: table.heading, above: table.above, number: table.number, heads: table.heads, rows: rows)
            out.append((paper, "\(table.heading) \(table.number): \(cell) -> \(text)"))
          }
        }
      }
    }
    return out
  }
}
