// What was changed stands in every answer that rests on it, in every form, and `with` holds for its command alone.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Settings in force")
struct InForceTests {
  static let name = "changle-2022.agency_reward.rate_3m"

  private func text(_ answer: Answer, _ format: OutputFormat) -> String {
    AnswerRenderer(format: format, language: .en, width: 400).render(answer)
  }

  static let asking = [
    "run changle-2022", "run changle-2022 by month", "compare changle-2022, jindong-2021",
    "diff changle-2022, jindong-2021", "payments", "explain q", "why not agency_reward for r", "duties changle-2022",
    "sweep agency_reward.threshold from 99 to 101", "find agency_reward.rate_6m so that total = 60000 in changle-2022",
    "sensitivity", "cliffs", "readings", "plot run changle-2022", "missing", "explain changle-2022 vs jindong-2021",
  ]

  @Test("every answer that rests on a run says what was set, to people and to programs", arguments: asking)
  func everywhere(command: String) throws {
    let bench = try Bench()
    let answers = bench.ask("set rate_3m = 345; run changle-2022; \(command)")
    let answer = try #require(answers.last)
    #expect(!answer.failed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    for format in [OutputFormat.table, .markdown] {
      let text = text(answer, format).replacing("\\_", with: "_").replacing("\n", with: " ")
      #expect(text.contains("345 yuan"), "\(format.rawValue) of \(command): \(text.prefix(600))")
    }
    let json = text(answer, .json)
    #expect(json.contains(#""settings":"#) && json.contains(#""\#(Self.name)":"345 yuan""#), "\(json.prefix(600))")
    let csv = text(answer, .csv)
    if !csv.isEmpty, csv.utf8.contains(0x2C) {
      #expect(csv.split(separator: "\r\n").allSatisfy { $0.contains("settings") || $0.contains("345 yuan") }, "\(csv)")
    }
    if let chart = answer.chart {
      #expect(SVGRenderer(language: .en, isStandalone: true).render(chart).contains("345 yuan"))
    }
  }

  @Test("what says the same as the document is no change, and what is another document's plays no part")
  func noChange() throws {
    let bench = try Bench()
    #expect(try bench.object("budget", "set rate_3m = 300; run changle-2022")["settings"]?.line == "{}")
    let other = try bench.object("budget", "set rate_3m = 345; run jindong-2021 as adopted")
    #expect(other["settings"]?.line == "{}")
  }

  @Test("`with` ends with its command", arguments: ["explain q", "why not agency_reward for q", "missing"])
  func with(command: String) throws {
    let bench = try Bench()
    let answers = bench.ask("with rate_3m = 345 run changle-2022; \(command)")
    #expect(answers.map(\.failed) == [false, false])
    #expect(text(answers[0], .json).contains("345 yuan"))
    #expect(!text(answers[1], .json).contains("345") && !text(answers[1], .table).contains("345"))
    let own = bench.ask("run changle-2022; with rate_3m = 345 \(command); \(command)")
    #expect(text(own[1], .json).contains("345 yuan"))
    #expect(!text(own[2], .json).contains("345"))
  }

  /// `payments` and `duties` are of the last run as it was shown, and say what held in it.
  @Test("the ledger asked for is that of the last run, with what held for it alone")
  func ledger() throws {
    let bench = try Bench()
    let answers = bench.ask("with rate_3m = 345 run changle-2022; payments; duties; explain q")
    #expect(text(answers[1], .table).contains("345") && text(answers[2], .json).contains("345 yuan"))
    #expect(!text(answers[3], .json).contains("345"))
    let mode = bench.ask("with mode = adopted run jindong-2021; payments")
    #expect(mode[0].json.last?["mode"] == .string("adopted"))
    #expect(text(mode[1], .table).contains("as adopted"))
  }

  @Test("figures of a value by date are stated as others are, and many of them by the first and the last")
  func byDate() throws {
    let policy = """
      # Rates

      ```policy
      document rates
        jurisdiction 350112
        window from 2024-01-01 to 2026-12-31
      value lpr share by date "the going rate" from "elsewhere"
      measure m
        title "Interest"
        article "1"
        kind agency_reward
        for each hire
        pay enterprise lpr(start) of 10,000 yuan
      ```
      """
    func bench(_ days: String) throws -> Bench {
      try Bench(
        "scenario: t\ndistrict: 350112\nvalues: {lpr: {\(days)}}\nenterprises: [{id: e, district: 350112}]\n"
          + "hires: [{id: a, enterprise: e, start: 2024-08-01}]\n", policies: [policy])
    }
    let two = try bench("2024-01-01: 3%, 2025-01-01: 2%")
    let told = two.ask("run rates; with lpr.2024-01-01 = 4% run rates; set lpr.2025-01-01 = 5%; run rates; explain a")
    #expect(text(told[0], .table).contains("lpr.2024-01-01 = 3%, lpr.2025-01-01 = 2%"), "\(text(told[0], .table))")
    #expect(text(told[0], .json).contains(#""lpr.2024-01-01":"3%""#))
    #expect(
      text(told[1], .table).contains("lpr.2024-01-01 = 4%") && text(told[1], .csv).contains("lpr.2024-01-01 = 4%"))
    for answer in told.suffix(2) {
      #expect(
        text(answer, .table).replacing("\n", with: " ").contains("lpr.2025-01-01 = 5%"), "\(text(answer, .table))")
    }
    #expect(text(two.ask("sensitivity rates")[0], .json).contains("lpr.2024-01-01"))
    #expect(!text(two.ask("sensitivity rates")[0], .table).contains("Without a figure"))
    let many = try bench((1...9).map { "2024-0\($0)-01: \($0)%" }.joined(separator: ", "))
    let head = text(many.ask("run rates")[0], .table).replacing("\n", with: " ")
    #expect(head.contains("lpr.2024-01-01 = 1% to lpr.2024-09-01 = 9% (9 figures)"), "\(head)")
  }

  static let measures = """
    # Defaults

    ```policy
    document defaults
      jurisdiction 350112
    measure m
      title "By months insured"
      article "1"
      kind agency_reward
      default clock is insured_months "the text asks for months insured"
      for each hire
      where stable for 3 months
      pay enterprise 100 yuan
    measure k
      title "By the calendar"
      article "2"
      kind agency_reward
      for each hire
      where stable for 3 months
      pay enterprise 1 yuan
    ```
    """

  @Test("a choice that some measure does not have by itself is stated, and what each has is none of the choices")
  func ownDefaults() throws {
    let bench = try Bench(
      "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\nhires:\n"
        + "  - {id: a, enterprise: e, start: 2024-03-31, end: 2024-06-29}\n"
        + "  - {id: b, enterprise: e, start: 2024-03-01, end: 2024-06-15}\n", policies: [Self.measures])
    let now = try bench.total("run defaults")
    let inclusive = try bench.object("budget", "with clock = inclusive run defaults")
    #expect(inclusive["settings"]?["clock"] == .string("inclusive"))
    let insured = try bench.object("budget", "with clock = insured_months run defaults")
    #expect(insured["settings"]?["clock"] == .string("insured_months"))
    let found = try bench.object("readings", "readings defaults")
    guard case .array(let readings)? = found["readings"],
      let clock = readings.first(where: { $0["reading"] == .string("clock") }),
      case .array(let choices)? = clock["choices"]
    else { throw Bench.Missing() }
    #expect(clock["current"] == .string("as_each_has"), "\(clock)")
    func total(_ name: String) -> JSONValue? { choices.first { $0["choice"] == .string(name) }?["total"] }
    #expect(total("inclusive") == inclusive["total"] && total("insured_months") == insured["total"])
    #expect(total("as_each_has") == .string(now))
  }

  @Test("`with` goes before a draft, a draft before `set`, `set` before the scenario, and where they meet it is said")
  func order() throws {
    let bench = try Bench(Bench.edge + "\nvalues: {minimum_wage: 1800}\n")
    let told = bench.ask(
      "set rate_3m = 345; draft d from changle-2022: rate_3m = 355; run d; with rate_3m = 365 run d; "
        + "set minimum_wage = 1900; run d")
    #expect(text(told[2], .table).replacing("\n", with: " ").contains("355 yuan (the draft before `set` 345 yuan)"))
    #expect(
      text(told[3], .table).replacing("\n", with: " ")
        .contains("365 yuan (`with` before the draft 355 yuan before `set` 345 yuan)"))
    #expect(told[3].json.last?["settings"]?[Self.name] == .string("365 yuan"))
    let both = text(told[5], .table).replacing("\n", with: " ")
    #expect(both.contains("(`set` before the scenario"), "\(both.prefix(500))")
  }

  @Test(
    "a setting is the same under every name that means it",
    arguments: [
      "threshold_means", "changle-2022.threshold_means", "agency_reward.threshold_means",
      "changle-2022.agency_reward.threshold_means",
    ])
  func names(name: String) throws {
    let whole = "changle-2022.agency_reward.threshold_means"
    func settings(_ bench: Bench, _ command: String) throws -> JSONValue? {
      try bench.object("budget", command)["settings"]
    }
    let wanted = #"{"\#(whole)":"full_hundreds"}"#
    #expect(try settings(try Bench(), "with \(name) = full_hundreds run changle-2022")?.line == wanted)
    #expect(try settings(try Bench(), "set \(name) = full_hundreds; run changle-2022")?.line == wanted)
    let scenario = try Bench(Bench.edge + "\nreadings: {\(name): full_hundreds}\n")
    #expect(try settings(scenario, "run changle-2022")?.line == wanted)
    // The other way to say it goes before, and does not stand beside.
    #expect(try settings(scenario, "set \(whole) = all; run changle-2022")?.line == #"{"\#(whole)":"all"}"#)
  }

  @Test("what `show` says of a name is so: a reading that stands between documents is set for all of them alone")
  func shown() throws {
    let bench = try Bench()
    let shown = text(try #require(bench.ask("show higher_by").last), .table)
    #expect(!shown.contains("for one document"))
    for line in ["window_on", "clock"] {
      let text = text(try #require(bench.ask("show \(line)").last), .table)
      #expect(text.contains("set changle-2022.\(line) = "))
      let choice = try #require(text.split(separator: "• ").dropFirst().first?.split(separator: " ").first)
      #expect(!bench.ask("set changle-2022.\(line) = \(choice)").haveFailed)
    }
  }
}
