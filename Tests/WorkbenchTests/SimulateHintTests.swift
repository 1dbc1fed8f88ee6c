// What a simulation offers where nothing varies, or not what was named: every line can be given, in both languages.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What a simulation offers")
struct SimulateHintTests {
  private static let head = """
    scenario: Few
    district: 350112
    enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
    agencies: [{id: q, district: 350112, filed: true}]

    """
  private static let listed =
    head + "hires:\n  - {id: a, agency: q, enterprise: k, origin: 520502, start: 2022-03-01}\n"
  private static let paid =
    head + "hires:\n  - {id: a, agency: q, enterprise: k, origin: 520502, start: 2022-03-01, monthly_wage: 4000}\n"
  private static let cohorts =
    head + "cohorts:\n  - {id: spring, count: 120, hire: {agency: q, enterprise: k, origin: 520502}, "
    + "start: 2022-03-01}\n"
  private static let nobody = head

  /// The commands between backticks in a hint.
  private func lines(_ hint: String) -> [String] {
    let verbs = ["simulate", "模拟", "sweep", "扫描", "list", "列出", "with", "若"]
    return hint.split(separator: "`").map(String.init).filter { part in
      verbs.contains { part.hasPrefix($0 + " ") } && !part.contains("…")
    }
  }

  /// The only mistake of a command, with its offered lines given.
  private func mistake(_ scenario: String, _ command: String, atLeast: Int = 1) throws -> Diagnostic {
    let bench = try Bench(scenario)
    let answer = try #require(bench.ask(command).last)
    let told = try #require(answer.diagnostics.first, "\(command) is accepted")
    for language in [Language.en, .zh] {
      let offered = lines((told.hint?.in(language) ?? ""))
      #expect(offered.count >= atLeast, "\(command): \(told.hint?.in(language) ?? "no hint")")
      for line in offered {
        let again = bench.ask(line)
        #expect(
          !again.isEmpty && !again.haveFailed, "\(line): \(again.flatMap(\.diagnostics).map(\.message.en))")
      }
    }
    if let line = answer.correction {
      #expect(!bench.ask(line).haveFailed, "\(line)")
    }
    return told
  }

  @Test(
    "Where nothing varies a line that draws something is offered",
    arguments: [listed, cohorts, nobody], ["", " in changle-2022", " of agency_reward in changle-2022"])
  func nothing(scenario: String, programme: String) throws {
    let told = try mistake(scenario, "simulate 50 times" + programme)
    #expect(told.message.en.contains("nothing varies") && told.message.zh.contains("没有可变动的量"))
    #expect(told.message.en.contains(scenario == Self.cohorts ? "state no retention" : "no cohorts"))
  }

  @Test("A reading or a setting is not drawn, and nobody says it can be", arguments: ["clock", "threshold_means"])
  func readings(name: String) throws {
    let told = try mistake(Self.listed, "simulate 50 times in changle-2022: \(name) = insured_months")
    #expect(told.message.en.contains("is a reading"))
    let setting = try mistake(Self.listed, "simulate 50 times in changle-2022: as_of = 2022-12-31", atLeast: 0)
    #expect(setting.message.en.contains("set beforehand") && setting.hint?.en.contains("with as_of") == true)
  }

  @Test("A name that is nearly one of a reading is not corrected to it; one that can be drawn is")
  func corrections() throws {
    let bench = try Bench(Self.cohorts)
    let near = try #require(bench.ask("simulate 50 times in changle-2022: clcok = 3").last)
    #expect(near.correction == nil && near.diagnostics.first?.hint?.en.contains("clock") == false)
    for (mistaken, right) in [
      ("rate_3n = 200..400", "rate_3m"), ("take_ip = 60%..90%", "take_up"), ("spring.cuont = 90..120", "spring.count"),
    ] {
      let answer = try #require(bench.ask("simulate 50 times in changle-2022: \(mistaken)").last)
      let line = try #require(answer.correction, "\(mistaken)")
      #expect(line.contains(right) && !bench.ask(line).haveFailed, "\(line)")
    }
    // The name is meant, and the value does not go with it.
    #expect(bench.ask("simulate 50 times in changle-2022: take_ip = 300..400").last?.correction == nil)
  }

  @Test("No cohort says who stays: what to write, and what can be drawn as it is")
  func retention() throws {
    let told = try mistake(Self.cohorts, "simulate 50 times in changle-2022: retention = 60%..85%")
    #expect(told.hint?.en.contains("retention: {3: 80%}") == true)
    let offered = lines(told.hint?.en ?? "")
    #expect(offered.last?.contains("spring.count = 96..144") == true, "\(offered)")
    #expect(try mistake(Self.listed, "simulate 50 times: retention = 60%..85%").message.en.contains("no cohorts"))
  }

  @Test("A column that holds nothing is told with those that do, or with a range")
  func columns() throws {
    let command = "simulate 50 times in changle-2022: rate_3m = empirical(hires.monthly_wage)"
    let told = try mistake(Self.listed, command)
    #expect(told.message.en.contains("holds nothing") && told.hint?.en.contains("rate_3m = 240..360") == true)
    #expect(!(try Bench(Self.paid)).ask(command).haveFailed)
    #expect(!(try Bench(Self.paid)).ask("模拟 50 次 于 changle-2022：首次标准 = 经验(录用人员.月工资)").haveFailed)
    for other in ["hires.colour", "hires.origin", "elves.wage"] {
      let told = try mistake(
        Self.paid, "simulate 50 times in changle-2022: rate_3m = empirical(\(other))", atLeast: 0)
      #expect(told.hint?.en.contains("hires.monthly_wage") == true, "\(other): \(told.hint?.en ?? "")")
    }
  }

  @Test("What lies beyond its bounds is refused, and not drawn at the bound without a word")
  func bounds() throws {
    let bench = try Bench(Self.cohorts)
    for input in ["take_up = 200%", "take_up = 60%..120%", "spring.count = 6000000", "threshold = 0..10"] {
      let answers = bench.ask("simulate 5 times in changle-2022: \(input)")
      #expect(input.hasPrefix("threshold") || answers.haveFailed, "\(input)")
    }
  }

  @Test("Where nothing spreads no chance is named", arguments: [Language.en, .zh])
  func certain(language: Language) throws {
    let bench = try Bench(Self.listed)
    func page(_ command: String) throws -> String {
      AnswerRenderer(format: .table, language: language, width: 200).render(try #require(bench.ask(command).last))
    }
    let same = try page("simulate 20 times in changle-2022: rate_3m = 300, budget = 10")
    #expect(!same.contains("100%"), "\(same)")
    #expect(same.contains(language == .en ? "Nothing spreads" : "没有波动"), "\(same)")
    #expect(same.contains(language == .en ? "No draw passes" : "各次抽取都不超过"), "\(same)")
    #expect(!same.contains(language == .en ? "stays" : "留存"), "\(same)")
  }
}
