// What a draft is told against: the text in force with its own figures, whatever is set in the session.

import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("What a draft is told against")
struct DocumentsFigureTests {
  private func rows(_ value: JSONValue?) throws -> [JSONValue] {
    guard case .array(let rows)? = value else { throw Bench.Missing() }
    return rows
  }

  @Test(
    "is the document's own figure, also where another is set: in the session, or for the one command",
    arguments: ["set rate_3m = 350; ", "set rate_3m = 400; ", "with rate_3m = 350 "])
  func amended(_ set: String) throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 400")
    let plain = try bench.object("amendment", "amend g")
    let answers = bench.ask(set + "amend g")
    let answer = try #require(answers.last)
    let told = try #require(answer.json.first)
    for key in ["effect", "changes", "unchanged", "sentences", "gain"] { #expect(told[key] == plain[key], "\(key)") }
    #expect(try rows(told["changes"]).first?["now"] == "300 yuan" && told["effect"] == "10000.00")
    let aside = answer.diagnostics.filter { $0.code == "setting-aside" }
    #expect(aside.count == 1 && aside.allSatisfy { $0.severity == .warning }, "\(answer.diagnostics)")
    #expect(aside.first?.message.zh.contains("机构奖励的首次标准") ?? false)
    let split = try bench.object("attribution", set.hasPrefix("with") ? set + "attribute g" : "attribute g")
    #expect(split["effect"] == "10000.00")
    let diff = try bench.object("diff", set.hasPrefix("with") ? set + "diff changle-2022, g" : "diff changle-2022, g")
    #expect(try rows(diff["changes"]).map { $0["before"] } == ["300 yuan"])
  }

  @Test("with everything else that is set, which holds on both sides")
  func others() throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 400; set rate_6m = 1; set rate_3m = 350")
    let told = try bench.object("amendment", "amend g")
    #expect(told["effect"] == "10000.00")
    #expect(bench.ask("amend g").last?.diagnostics.map(\.code) == ["setting-aside"])
    // What the draft leaves as it is, is no figure of its.
    #expect(bench.ask("run changle-2022").last?.json.first?["total"] == "35100.00")
    bench.ask("draft h from changle-2022: agency_reward.threshold = 90")
    #expect(bench.ask("amend h").last?.diagnostics.isEmpty == true)
  }

  @Test(
    "of a reading, too, wherever it is set", arguments: ["year_of = completion", "changle-2022.year_of = completion"])
  func reading(_ setting: String) throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: year_of = completion")
    let plain = try bench.object("amendment", "amend g")
    let told = try bench.object("amendment", "set \(setting); amend g")
    #expect(told["changes"] == plain["changes"] && told["unchanged"] == plain["unchanged"])
  }

  @Test("in the papers as in the table", arguments: ["amendment", "explanation"])
  func papers(_ paper: String) throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 400")
    func text(_ line: String) throws -> String {
      let answer = try #require(bench.ask(line).last)
      #expect(!answer.failed)
      return AnswerRenderer(format: .table, language: .zh, width: 200).render(answer)
    }
    bench.session.language = .zh
    bench.ask("设定 首次标准 = 400元")
    let told = try text("报告 \(paper) g")
    #expect(told.contains("300元") && !told.contains("没有改动") && !told.contains("搁置"), "\(told)")
    #expect(bench.ask("报告 \(paper) g").last?.diagnostics.contains { $0.code == "setting-aside" } == true)
  }

  @Test("calls what another document lays down by its name, with its figure")
  func referred() throws {
    let bench = try Bench(Bench.edge + "\nvalues: {public_post_month: 1200}\n")
    bench.session.language = .zh
    func text(_ line: String) throws -> String {
      let answer = try #require(bench.ask(line).last)
      return AnswerRenderer(format: .table, language: .zh, width: 200).render(answer)
    }
    let made = try text("草案 新 从 changle-2020：月补贴标准 = 1500元")
    #expect(made.contains("原为 公益性岗位月标准（1,200 元/月）"), "\(made)")
    let diff = try text("差异 changle-2020，新")
    #expect(diff.contains("月补贴标准＝公益性岗位月标准（1,200 元/月）") && !diff.contains("public_post_month"), "\(diff)")
  }

  @Test("says without what is assumed where nothing is listed beside")
  func assumed() throws {
    let bench = try Bench()
    bench.ask("draft g from changle-2022: rate_3m = 400; assume take-up of agency_reward 70%")
    func head(_ line: String) throws -> String {
      let answer = try #require(bench.ask(line).last)
      return AnswerRenderer(format: .table, language: .zh, width: 400).render(answer)
    }
    for line in ["amend g", "diff changle-2022, g", "missing changle-2022", "review changle-2022"] {
      let text = try head(line)
      #expect(text.contains("不含假设：") && !text.contains("另列假设"), "\(text)")
    }
    for line in ["run changle-2022", "compare changle-2022, g", "attribute g"] {
      #expect(try head(line).contains("另列假设："), "\(line)")
    }
  }
}
