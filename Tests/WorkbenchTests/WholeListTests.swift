// Files of values: every row is in them however many people see, and what was asked for; an answer without rows makes
// no empty file; and what held stands in every form of an answer.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Every row and every setting")
struct WholeListTests {
  /// Eighty agencies with two workers each: more than people see of any list.
  private static let many: String = {
    let agencies = (1...80).map { "  - {id: a\($0), district: 350112, filed: true}\n" }.joined()
    let hires = (1...80).map { agency in
      (1...2).map {
        "  - {id: h\(agency)-\($0), agency: a\(agency), enterprise: k, origin: 520502, start: 2022-03-01}\n"
      }.joined()
    }.joined()
    return "scenario: many\ndistrict: 350112\nenterprises: [{id: k, district: 350112, lists: [leading_2021]}]\n"
      + "agencies:\n" + agencies + "hires:\n" + hires
  }()

  private func bench() throws -> Bench {
    let bench = try Bench(Self.many)
    bench.session.folder = bench.path("")
    return bench
  }

  /// The lines of a file behind its head, without a line of sums.
  private func lines(_ bench: Bench, _ command: String, in name: String = "x.csv") throws -> [Substring] {
    let answers = bench.ask(command)
    try #require(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let text = try String(contentsOfFile: bench.path(name), encoding: .utf8)
    return text.split(separator: "\r\n").dropFirst().filter { !$0.hasPrefix("Total") && !$0.hasPrefix("合计") }
  }

  private static let run = "with agency_reward.threshold = 1 run changle-2022\n"

  @Test(
    "a file of values has every row",
    arguments: [
      ("payments into x.csv", 320), ("payments by agency into x.csv", 320),
      ("payments by agency, year into x.csv", 320),
      ("with agency_reward.threshold = 1 run changle-2022 by beneficiary into x.csv", 80),
      ("with agency_reward.threshold = 1 compare changle-2022, changle-2022 by beneficiary into x.csv", 80),
      ("sql \"select * from payments\" into x.csv", 320), ("list agencies into x.csv", 80),
      ("count hires by agency into x.csv", 80),
    ])
  func rows(_ command: String, _ count: Int) throws {
    for language in ["en", "zh"] {
      let found = try lines(try bench(), Self.run + "language \(language)\n" + command)
      #expect(found.count == count, "\(command): \(found.count)\n\(found.suffix(3).joined(separator: "\n"))")
      #expect(!found.contains { $0.contains("more") || $0.contains("另有") })
    }
  }

  private static let draft =
    "draft base from changle-2022: agency_reward.threshold = 1\n"
    + "draft more from base: rate_3m = 400\n"

  @Test("who asks for groups gets them in a file of values")
  func groups() throws {
    let bench = try bench()
    bench.ask(Self.draft)
    let whom = try lines(bench, "diff base, more by beneficiary into x.csv")
    #expect(whom.count == 80, "\(whom.count)")
    let parts = try lines(bench, "attribute more by beneficiary into y.csv", in: "y.csv")
    #expect(parts.contains { $0.hasPrefix("a80,") } && parts.contains { $0.hasPrefix("a1,") }, "\(parts.prefix(3))")
    let draws = try lines(
      bench, "simulate 3 times in base: rate_3m = 100..200 by beneficiary into z.csv", in: "z.csv")
    #expect(draws.count == 80 && draws.contains { $0.hasPrefix("a80,") }, "\(draws.prefix(3))")
    // Without groups every draw is in the file.
    let plain = try lines(bench, "simulate 3 times in base: rate_3m = 100..200 into w.csv", in: "w.csv")
    #expect(plain.count == 3)
  }

  @Test(
    "what is no list makes no empty file",
    arguments: ["explain h1-1 into n.csv", "why not agency_reward for a1 into n.csv", "explain h1-1 as csv"])
  func noRows(_ command: String) throws {
    let bench = try bench()
    let answers = bench.ask("run changle-2022\n" + command)
    #expect(answers.flatMap(\.diagnostics).filter { $0.severity == .error }.map(\.code) == ["no-rows"])
    #expect(!FileManager.default.fileExists(atPath: bench.path("n.csv")))
    // The offered forms hold it.
    for ending in ["md", "docx", "html", "json"] {
      let plain = command.replacing(" as csv", with: " into n.csv").replacing("n.csv", with: "n.\(ending)")
      #expect(!bench.ask(plain).haveFailed, "\(plain)")
    }
  }

  @Test("what a command changes is not undone for want of rows")
  func changes() throws {
    let bench = try bench()
    #expect(!bench.ask("set rate_3m = 400 as csv").haveFailed)
  }

  @Test(
    "a statement and a condition say what held, in every form",
    arguments: [
      ("set rate_6m = 301; sql \"select sum(amount) s from payments\"", "301", "301"),
      (
        "set clock = insured_months; count hires where stable for 3 months by agency", "clock = insured_months", "起算方法＝"
      ),
      ("with clock = insured_months list hires where stable for 3 months", "clock = insured_months", "起算方法＝"),
      ("with clock = insured_months describe hires where stable for 3 months", "clock = insured_months", "起算方法＝"),
    ])
  func settings(_ command: String, _ english: String, _ chinese: String) throws {
    let bench = try bench()
    let answer = try #require(bench.ask(command).last)
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    for format in [OutputFormat.table, .json, .csv, .markdown] {
      let text = AnswerRenderer(format: format, language: .en, width: 200).render(answer)
      // An object has the name and the value as a member.
      let said = english.replacing("clock = ", with: format == .json ? "clock\":\"" : "clock = ")
      #expect(text.contains(said), "\(format.rawValue): \(text.suffix(400))")
    }
    let text = AnswerRenderer(format: .table, language: .zh, width: 200).render(answer)
    #expect(text.contains(chinese), "\(text.suffix(400))")
    // What does not hang on it does not speak of it.
    let plain = try #require(bench.ask("count hires").last)
    #expect(!AnswerRenderer(format: .table, language: .en).render(plain).contains(english))
  }
}
