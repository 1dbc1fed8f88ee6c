import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Checking notebooks")
struct NotebookCheckTests {
  private func kinds(_ answer: Answer) -> [String] {
    answer.json.compactMap {
      if $0["kind"] == .string("mismatch"), case .string(let what)? = $0["what"] { what } else { nil }
    }
  }

  @Test("what was just written is fine")
  func fine() throws {
    let desk = try NotebookFolder()
    _ = try desk.written(NotebookFolder.costing)
    let answer = try desk.check()
    #expect(!answer.failed && !answer.hasMismatch && answer.diagnostics.isEmpty)
  }

  @Test("a changed rate, a changed fact, a changed figure in the prose and a changed answer are found")
  func changes() throws {
    let desk = try NotebookFolder()
    let written = try desk.written(NotebookFolder.costing)
    #expect(
      kinds(
        try desk.check(
          written.replacingOccurrences(of: "run changle-2022", with: "with rate_3m = 301 run changle-2022"))) == [
          "value", "output",
        ])
    #expect(
      kinds(try desk.check(written.replacingOccurrences(of: "**60,000.00 yuan**", with: "**60,001.00 yuan**"))) == [
        "value"
      ])
    #expect(kinds(try desk.check(written.replacingOccurrences(of: "30,000.00", with: "30,000.01"))) == [])
    #expect(
      kinds(try desk.check(written.replacingOccurrences(of: "            60,000.00", with: "            60,000.01")))
        == ["output"])
    try desk.write("s.yaml", Bench.edge.replacingOccurrences(of: "count: 100", with: "count: 99"))
    let answer = try desk.check(written)
    #expect(kinds(answer) == ["value", "output"] && answer.hasMismatch && !answer.failed)
    // The difference is told line by line.
    let shown = TerminalRenderer(width: 120).render(answer.document)
    #expect(shown.contains("  - 60,000.00 yuan") && shown.contains("  + 0.00 yuan"))
  }

  @Test("a changed document is found, and the fingerprint tells it without running")
  func changedDocument() throws {
    let desk = try NotebookFolder()
    let policy = CheckTests.grant.replacingOccurrences(of: "EXPECTED", with: "0 yuan")
    let scenario = "scenario: x\ndistrict: 350112\ncourses:\n  - {id: a, learner: l, start: 2022-03-01, hours: 40}\n"
    try desk.write("p.md", policy)
    try desk.write("c.yaml", scenario)
    let text = "---\npolicies: p.md\nscenarios: c.yaml\n---\n```cesuan\nrun training-grant\n```\n"
    let written = try desk.written(text)
    #expect(written.contains("500.00"))
    #expect(!(try desk.check().hasMismatch))
    var options = NotebookCheckOptions()
    options.withoutRunning = true
    #expect(!(try desk.check(policies: [], options).hasMismatch))
    try desk.write("p.md", policy.replacingOccurrences(of: "param amount = 500 yuan", with: "param amount = 600 yuan"))
    #expect(kinds(try desk.check()) == ["output"])
    let stale = try desk.check(policies: [], options)
    #expect(stale.hasMismatch && stale.diagnostics.map(\.code) == ["stale"])
    // A change that leaves the answer as it is, is told and is no mismatch.
    try desk.write("p.md", policy + "\nA remark.\n")
    let remark = try desk.check()
    #expect(
      !remark.hasMismatch && remark.json.contains { $0["kind"] == .string("stale") && $0["holds"] == .bool(true) })
  }

  @Test(
    "a changed bulk file is told without running, however the scenario names it",
    arguments: [
      "hires_from: h.csv", "hires_from:\n  h.csv", "hires_from: 'h.csv'", "hires_from: # last year's\n  \"h.csv\"",
      "hires_from: >-\n  h.csv", "hires_from: h.list", "hires_from: last year.csv", "\"hires_from\": h.csv",
      "title: &file h.csv\nignore: [title]\nhires_from: *file", "hires_from:\n  - h.csv", "hires_from: [h.csv]",
    ], ["file", "fence"])
  func changedBulk(named: String, place: String) throws {
    let desk = try NotebookFolder()
    let file =
      named.contains("h.list") ? "h.list" : named.contains("last year.csv") ? "last year.csv" : "h.csv"
    let scenario = "scenario: x\ndistrict: 350112\n\(named)\n"
    let rows = "id,enterprise,start\nh1,e,2022-03-01\n"
    try desk.write(file, rows)
    try desk.write("c.yaml", scenario)
    let text =
      place == "file"
      ? "```cesuan\nload c.yaml\n```\n" : "```scenario\n\(scenario)```\n\n```cesuan\nfacts\n```\n"
    func fingerprints() throws -> [String] {
      CellFingerprints(try desk.notebook(text), values: [:], policies: [], FileDoor()).all
    }
    let before = try fingerprints()
    #expect(try before == fingerprints() && !before.isEmpty)
    try desk.write(file, rows + "h2,e,2022-03-01\n")
    #expect(try before.last != fingerprints().last)
  }

  @Test("`--write` puts what comes out into the file after it was looked at")
  func write() throws {
    let desk = try NotebookFolder()
    var options = NotebookCheckOptions()
    options.write = true
    let answer = try desk.check(NotebookFolder.costing, options)
    #expect(!answer.hasMismatch && !answer.failed)
    #expect(try desk.read("n.md").contains("**60,000.00 yuan**"))
    #expect(!(try desk.check().hasMismatch))
  }

  @Test("a notebook without stored answers does not pass for one that was checked")
  func missing() throws {
    #expect(kinds(try NotebookFolder().check(NotebookFolder.costing)) == ["value", "missing"])
  }

  @Test(
    "figures may differ by a tolerance, words may not",
    arguments: [
      ("tolerance=1%", "60,001.00", true), ("tolerance=0.5", "60,001.00", false), ("tolerance=1", "60,001.00", true),
      ("", "60,001.00", false),
    ])
  func tolerance(option: String, figure: String, isFine: Bool) throws {
    let desk = try NotebookFolder()
    let text = "---\nscenarios: s.yaml\n---\n```cesuan \(option)\nrun changle-2022\n```\n"
    let written = try desk.written(text)
    #expect(!(try desk.check(written.replacingOccurrences(of: "60,000.00", with: figure)).hasMismatch) == isFine)
    #expect(try desk.check(written.replacingOccurrences(of: "agency_reward", with: "agency_rewart")).hasMismatch)
  }

  @Test("a check writes no files, whatever the commands say")
  func noFiles() throws {
    let desk = try NotebookFolder()
    _ = try desk.check(
      "```cesuan\nload s.yaml; run changle-2022 into out.csv; save session.txt; save session into all.md\n```\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.path("")).sorted() == ["n.md", "s.yaml"])
  }

  @Test("spaces at line ends, which editors take away, make no difference")
  func trailingSpaces() throws {
    let desk = try NotebookFolder()
    let written = try desk.written(NotebookFolder.costing)
    let trimmed = written.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces).isEmpty ? "" : String($0)
    }
    #expect(!(try desk.check(trimmed.joined(separator: "\n")).hasMismatch))
  }
}
