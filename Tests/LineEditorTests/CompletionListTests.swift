// The list of completions: what candidates have in common, columns that fit, names that are never cut below a window.

import CLibEdit
import Testing

@testable import LineEditor

@Suite("Completion list")
struct CompletionListTests {
  init() throws { try #require(edit_use_utf8() == 1) }

  static func candidates(_ names: [String], meaning: String = "") -> [Candidate] {
    names.map { Candidate(text: $0, meaning: meaning, appendsSpace: true) }
  }

  @Test(
    "what candidates begin with in common, by whole characters",
    arguments: [
      (["compare", "cost", "count"], "co"), (["cost"], "cost"), ([], ""), (["a", "b"], ""), (["测算", "测试"], "测"),
      // An accent is part of its letter.
      (["e\u{301}a", "ea"], ""), (["cost", "cost"], "cost"), (["", "a"], ""),
    ])
  func common(names: [String], expected: String) {
    #expect(CompletionList.commonPrefix(of: Self.candidates(names)) == expected)
  }

  @Test("without meanings, columns from top to bottom as wide as the widest name")
  func grid() {
    let names = ["alpha", "be", "测算", "delta", "e"]
    let lines = CompletionList.lines(of: Self.candidates(names), columns: 22, rows: 10, faint: false)
    #expect(lines == ["alpha  测算   e", "be     delta"])
  }

  @Test("in a narrow window one column, and a name is cut at the window only", arguments: [1, 2, 5, 8])
  func narrow(columns: Int) {
    let lines = CompletionList.lines(
      of: Self.candidates(["changle-2022", "测算政策", "a"]), columns: columns, rows: 10, faint: false)
    #expect(lines.count == 3)
    for line in lines { #expect(CellWidth.of(line) <= max(columns - 1, 1)) }
  }

  @Test("meanings stand in a column of their own beside the names")
  func meanings() {
    let candidates = [
      Candidate(text: "cost", meaning: "the budget", appendsSpace: true),
      Candidate(text: "比较", meaning: "", appendsSpace: true),
      Candidate(text: "列出", meaning: "记录", appendsSpace: true),
    ]
    let lines = CompletionList.lines(of: candidates, columns: 40, rows: 10, faint: false)
    #expect(lines == ["cost  the budget", "比较", "列出  记录"])
    let faint = CompletionList.lines(of: candidates, columns: 40, rows: 10, faint: true)
    #expect(faint == ["cost  \u{1b}[2mthe budget\u{1b}[22m", "比较", "列出  \u{1b}[2m记录\u{1b}[22m"])
  }

  @Test("meanings are shortened, names are not")
  func shortened() {
    let candidates = [
      Candidate(text: "a-rather-long-name", meaning: "what it means", appendsSpace: true),
      Candidate(text: "b", meaning: "what this one means", appendsSpace: true),
    ]
    let lines = CompletionList.lines(of: candidates, columns: 24, rows: 10, faint: false)
    #expect(lines == ["a-rather-long-name  wh…", "b            what this…"])
  }

  @Test("what finds no room is counted", arguments: [(2, 1), (3, 2), (9, 8)])
  func overflow(rows: Int, shown: Int) {
    let names = (0..<20).map { "name\($0)" }
    let lines = CompletionList.lines(of: Self.candidates(names, meaning: "x"), columns: 40, rows: rows, faint: false)
    #expect(lines.count == rows)
    #expect(lines.last == "… +\(20 - shown)")
    let all = CompletionList.lines(of: Self.candidates(names, meaning: "x"), columns: 40, rows: 20, faint: false)
    #expect(all.count == 20)
  }

  @Test("a name cannot command the terminal")
  func controls() {
    let lines = CompletionList.lines(of: Self.candidates(["a\u{1b}[2Jb"]), columns: 40, rows: 5, faint: false)
    #expect(lines == ["a␛[2Jb"])
  }
}
