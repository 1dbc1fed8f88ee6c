// Papers held against the run line by line: a sentence that is gone or put into other words, a line that is gone, a
// sign, a day, a place, the fingerprint.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Lines of papers that were changed")
struct PaperLinesTests {
  private static let lists = ["missing_sentences", "missing_lines", "reworded_sentences", "reworded_cells"]

  private static let scenario = Bench.edge.replacing("\nenterprises:", with: "\nas_of: 2023-12-31\nenterprises:")

  private func bench(_ language: Language = .zh) throws -> Bench {
    let bench = try Bench(PaperLinesTests.scenario)
    bench.session.folder = bench.path("")
    bench.session.language = language
    #expect(!bench.ask("draft more from changle-2022: rate_3m = 400").haveFailed)
    return bench
  }

  private func rows(_ value: JSONValue?) -> [JSONValue] { if case .array(let rows)? = value { rows } else { [] } }

  @Test(
    "nothing is missing from a package, or worded otherwise", arguments: [Language.en, .zh],
    ["docx", "xlsx", "html", "md"])
  func untouched(language: Language, ending: String) throws {
    let bench = try bench(language)
    for paper in ["package", "explanation", "targets"] {
      #expect(!bench.ask("report \(paper) more into \(paper).\(ending)").haveFailed)
      let told = try bench.object("paper_check", "report check \(paper).\(ending) of more")
      for list in Self.lists { #expect(told[list] == .array([]), "\(paper): \(list): \(told[list]?.line ?? "")") }
      #expect(told["findings"] == .array([]), "\(paper): \(told["findings"]?.line ?? "")")
      let alone = try bench.object("paper_check", "report check \(paper).\(ending)")
      #expect(alone["findings"] == .array([]), "\(paper): \(alone["findings"]?.line ?? "")")
    }
  }

  /// A package of Markdown with one text for another.
  private func check(_ bench: Bench, _ from: String, _ to: String) throws -> JSONValue {
    #expect(!bench.ask("报告 全套 more 存入 p.md").haveFailed)
    let text = try String(contentsOfFile: bench.path("p.md"), encoding: .utf8)
    let range = try #require(text.firstRange(of: from), "\(from)\n\(text)")
    try text.replacingCharacters(in: range, with: to).write(
      toFile: bench.path("q.md"), atomically: true, encoding: .utf8)
    return try bench.object("paper_check", "报告 核验 q.md 方案 more")
  }

  @Test("a sign, a day, a place and the fingerprint that were changed are findings")
  func found() throws {
    let bench = try bench()
    #expect(!bench.ask("报告 全套 more 存入 p.md").haveFailed)
    let text = try String(contentsOfFile: bench.path("p.md"), encoding: .utf8)
    let day = try #require(text.firstMatch(of: /核算日 [0-9-]{10}/)).output
    let mark = try #require(text.firstMatch(of: /指纹 [0-9a-f]{16}/)).output
    for (from, to, wanted) in [
      ("| ≥ |", "| ≤ |", "≥"), (String(day), "核算日 2031-01-31", String(day)),
      ("本地区 长乐区", "本地区 鼓楼区", "本地区 长乐区（350112）"), (String(mark), "指纹 0123456789abcdef", String(mark)),
    ] {
      let told = try check(bench, from, to)
      let all = rows(told["findings"])
      #expect(all.count == 1 && all[0]["finding"] == .string("run"), "\(to): \(told)")
      #expect(all.first?["wanted"]?.line.contains(wanted) ?? false, "\(to): \(all)")
      #expect(told["agree"] == .bool(false))
    }
  }

  @Test("a paper of another register is told by its fingerprint")
  func otherRegister() throws {
    let bench = try bench()
    #expect(!bench.ask("报告 审签表 more 存入 p.md").haveFailed)
    let other = try Bench(PaperLinesTests.scenario.replacing("name: Q", with: "name: R"))
    other.session.folder = bench.path("")
    other.session.language = .zh
    #expect(!other.ask("draft more from changle-2022: rate_3m = 400").haveFailed)
    let told = try other.object("paper_check", "报告 核验 p.md 方案 more")
    #expect(rows(told["findings"]).contains { $0["found"]?.line.contains("指纹") ?? false }, "\(told)")
  }

  @Test("a sentence or a line that is gone is told, and a sentence in other words")
  func told() throws {
    let bench = try bench()
    let sentence = "由300元调整为400元"
    let gone = try check(bench, "1. 三（二）中首次标准（首次奖励，每人）\(sentence)。\n", "\n")
    #expect(rows(gone["missing_sentences"]).contains { $0.line.contains(sentence) }, "\(gone)")
    let other = try check(bench, "每人）\(sentence)", "每人）由每人300改为每人450")
    #expect(rows(other["missing_sentences"]).contains { $0.line.contains(sentence) }, "\(other)")
    #expect(rows(other["reworded_sentences"]).contains { $0.line.contains("450") }, "\(other)")
    let page = AnswerRenderer(format: .markdown, language: .zh).render(
      try #require(bench.ask("报告 核验 q.md 方案 more").last))
    #expect(page.contains("程序生成的材料有而文件中没有的句子") && page.contains("未作核对的句子"), "\(page)")
    // The first line of the first form under this heading.
    let text = try String(contentsOfFile: bench.path("p.md"), encoding: .utf8)
    let heading = try #require(text.firstRange(of: "立项依据\n"))
    let lines = text[heading.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.filter { $0.hasPrefix("|") }.dropFirst(2).first)
    let lacking = try check(bench, row + "\n", "")
    #expect(rows(lacking["missing_lines"]).count == 1, "\(lacking)")
  }

  @Test("which line is a copy of which: the same, of the same words, of the same name, nearly the same")
  func lines() {
    let own = [
      ["2022", "1", "5.00"], ["2023", "2", "6.00"], ["产出", "对象", "≥", "3", "家"], ["产出", "笔数", "≥", "4", "笔"],
      ["合计", "", "11.00"],
    ]
    #expect(MatchedLines(own, own).own == [0, 1, 2, 3, 4])
    let changed = [
      ["2022", "1", "7.00"], ["2024", "2", "6.00"], ["产出", "对象", "≤", "3", "家"], ["合计", "", "11.00"],
    ]
    let match = MatchedLines(changed, own)
    #expect(match.own == [0, 1, 2, 4] && match.missing == [3])
    // A line that stands twice is a copy of one.
    #expect(MatchedLines([own[0], own[0]], [own[0]]).own == [0, nil])
  }

  @Test("days in a text document are read back with their hyphens")
  func days() throws {
    let bench = try bench()
    #expect(!bench.ask("报告 审签表 more 存入 p.docx").haveFailed)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: bench.path("p.docx"))))
    let paper = try PaperText(bytes, called: "p.docx", "docx") { false }
    #expect(paper.sentences.contains { $0.text.contains(/核算日 [0-9]{4}-[0-9]{2}-[0-9]{2}/) })
  }
}
