// Drafts as a user makes them: what they change, what is refused, the documents that they come to, how they differ.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Drafts")
struct DraftTests {
  @Test("change the budget, stay live, and can be undone")
  func live() throws {
    let bench = try Bench()
    #expect(try bench.total("run changle-2022") == "60000.00")
    let draft = try bench.object("draft", "draft g from changle-2022: rate_3m = 400, threshold = 80")
    #expect(draft["from"] == ["changle-2022"])
    #expect(try bench.total("run g") == "70000.00")
    bench.ask("draft h from g: rate_6m = 0.01")
    #expect(try bench.total("run h") == "40001.00")
    // What a draft rests on stays live.
    bench.ask("draft g from changle-2022: rate_3m = 100")
    #expect(try bench.total("run h") == "10001.00")
    bench.ask("undo")
    #expect(try bench.total("run h") == "40001.00")
    bench.ask("undo 2")
    #expect(try bench.mistake("run h").code == "unknown-document")
  }

  @Test("stack, and a contradiction is told")
  func stacked() throws {
    let bench = try Bench()
    bench.ask(
      "draft a from changle-2022: rate_3m = 400; draft b from changle-2022: rate_6m = 500; draft c from "
        + "changle-2022: rate_3m = 500"
    )
    #expect(try bench.total("run a + b") == "90000.00")
    let problem = try bench.mistake("run a + c")
    #expect(problem.code == "draft")
    #expect(problem.message.en.contains("rate_3m"))
  }

  @Test("leave measures out, add others, move the period")
  func structure() throws {
    let bench = try Bench()
    bench.ask("draft none from changle-2022: without agency_reward")
    #expect(try bench.total("run none") == "0.00")
    bench.ask("draft later from changle-2022: window = 2022-05-01..2023-12-31")
    #expect(try bench.total("run later") == "0.00")
    // A measure that others take figures from can be left out, too.
    #expect(!bench.ask("draft fewer from changle-2022: without student_internship").contains { $0.failed })
    let own = bench.path("more.md")
    try """
    measure welcome
      title "Welcome" zh "欢迎"
      article "新"
      kind welcome
      param sum = 10 yuan "for each hire" zh "每人"
      for each hire
      pay enterprise sum on start
    """.write(toFile: own, atomically: true, encoding: .utf8)
    bench.ask("draft more from changle-2022: add \"\(own)\"")
    #expect(try bench.total("run more") == "61000.00")
    #expect(try bench.total("with sum = 20 run more") == "62000.00")
  }

  @Test(
    "come out as documents that check, and that pay the same",
    arguments: [
      "rate_3m = 400, threshold = 80", "window = 2022-01-28..2022-12-31, agency_reward.rate_6m = 12.34",
      "threshold_means = full_hundreds, without enterprise_retention",
    ])
  func documents(_ changes: String) throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: \(changes)")
    let file = bench.path("g.md")
    bench.ask("save g into \"\(file)\"")
    let check = try #require(bench.ask("check \"\(file)\"").first)
    #expect(!check.failed && !check.hasMismatch)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let other = try Bench(policies: [text])
    #expect(try other.total("run g") == bench.total("run g"))
    // What `show` prints is the same text.
    #expect(try bench.object("draft", "show g")["text"] == .string(text))
  }

  @Test(
    "are refused with a reason",
    arguments: [
      ("draft changle-2022 from jindong-2021: ", "draft"), ("draft run from changle-2022", "draft"),
      ("draft r7 from changle-2022", "draft"),
      ("draft g from nowhere", "unknown-document"), ("draft g from changle-2022: rate_3m = 4 months", "wrong-unit"),
      ("draft g from changle-2022: rate_x = 4", "unknown-name"),
      ("draft g from changle-2022: without nothing", "unknown-measure"),
      ("draft g from changle-2022: window = 2022", "not-a-window"),
      ("draft g from changle-2022: add none.md", "unreadable"),
      ("draft g from changle-2022: jindong-2021.worker_employment.amount = 4", "not-in-programme"),
      ("save g into x.md", "unknown-draft"),
    ])
  func refused(_ text: String, _ code: String) throws {
    #expect(try Bench().mistake(text).code == code)
  }

  @Test("a file that declares nothing is not added")
  func nothingToAdd() throws {
    let bench = try Bench()
    try Data("```policy\n\n```\n".utf8).write(to: URL(filePath: bench.path("empty.md")))
    #expect(try bench.mistake("draft g from changle-2022: add \"\(bench.path("empty.md"))\"").code == "no-document")
  }

  @Test(
    "that change another document than their own say so, and the line that is offered works",
    arguments: [
      "changle-2020.posts = 3",
      "jindong-2021.worker_employment.amount = 4", "without worker_employment",
    ])
  func otherDocument(_ change: String) throws {
    let bench = try Bench()
    // What was run has nothing to do with it.
    bench.ask("run changle-2020")
    let problem = try bench.mistake("draft g from changle-2022: \(change)")
    try #require(problem.code == "not-in-programme", "\(problem.code)")
    #expect(problem.message.en.contains("changle-2022, on which the draft rests"), "\(problem.message.en)")
    let hint = try #require(problem.hint?.en)
    try #require(hint.hasPrefix("write: draft g from changle-2022 + ") && hint.hasSuffix(": …"), "\(hint)")
    let line = hint.dropFirst("write: ".count).dropLast()
    #expect(!bench.ask(line + change).haveFailed, "\(line + change)")
  }

  @Test("that say what the document says are no amendment")
  func nothingAmended() throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 300, window = 2022-01-28..2023-12-31, threshold_means = all")
    let none = try bench.object("amendment", "amend g")
    #expect(none["changes"] == .array([]) && none["sentences"] == .array([]), "\(none)")
    guard case .array(let same)? = none["unchanged"] else { throw SweepTests.Failure() }
    #expect(same.count == 3)
    let told = try #require(bench.ask("amend g").last)
    let text = AnswerRenderer(format: .table, language: .en, width: 200).render(told)
    #expect(text.contains("no amendment") && !text.contains("is changed from"), "\(text)")
    bench.ask("draft g from changle-2022: rate_3m = 300, rate_6m = 400")
    let one = try bench.object("amendment", "amend g")
    guard case .array(let rows)? = one["changes"] else { throw SweepTests.Failure() }
    #expect(rows.map { $0["clause"] } == ["changle-2022.agency_reward.rate_6m"])
  }

  @Test("differ from their base by clauses, then by money")
  func diff() throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 400")
    let diff = try bench.object("diff", "diff changle-2022, g")
    #expect(
      diff["changes"] == [
        ["clause": "changle-2022.agency_reward.rate_3m", "article": "三（二）", "before": "300 yuan", "after": "400 yuan"]
      ])
    let why = try bench.object("difference", "explain changle-2022 vs g for q")
    #expect(
      why["measures"] == [
        ["measure": "changle-2022.agency_reward", "before": "60000.00", "after": "70000.00", "change": "10000.00"]
      ])
  }

  @Test("beyond twelve changes, of readings and values alike, the parts are sampled, add up, and tell their error")
  func sampled() throws {
    let bench = try Bench()
    let changes = [
      "rate_3m = 400", "agency_reward.threshold = 99", "rate_6m = 350", "clock = insured_months",
      "month_end = next_day",
      "count = hires", "higher_by = payment", "year_of = completion", "window_on = accrual", "allocation = maximum",
      "higher_between = all", "continuity = joined_days", "first_insured = spell",
    ]
    bench.ask("draft many from changle-2022: \(changes.joined(separator: ", "))")
    let split = try bench.object("attribution", "attribute many 2 times seed 3")
    #expect(split["method"] == "sampled" && split["orders"] == .int(4) && split["seed"] == .int(3))
    guard case .array(let rows)? = split["changes"], case .string(let effect)? = split["effect"] else {
      throw Bench.Missing()
    }
    #expect(rows.count == changes.count)
    var sum = 0.0
    for row in rows {
      guard case .string(let part)? = row["part"], case .string(let error)? = row["error"] else {
        throw Bench.Missing()
      }
      sum += Double(part) ?? .nan
      #expect((Double(error) ?? -1) >= 0)
    }
    #expect(abs(sum - (Double(effect) ?? .nan)) < 0.005)
    let apart = try (Double(bench.total("run many")) ?? .nan) - (Double(bench.total("run changle-2022")) ?? .nan)
    #expect(abs(apart - sum) < 0.005)
    #expect(try bench.object("attribution", "变动分解 many 2 次 种子 3")["changes"] == split["changes"])
  }
}
