import Commands
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Preferences")
struct PreferenceTests {
  @Test("are set like everything else, in both languages, and are no step of the session")
  func setting() throws {
    let bench = try Bench()
    #expect(try bench.object("setting", "set unit = 万")["before"] == .string("元"))
    #expect(bench.session.preferences.moneyUnit == .wan)
    bench.ask("设定 单位＝元，计时 = 开")
    #expect(bench.session.preferences.moneyUnit == .yuan && bench.session.preferences.isOn(.timer))
    bench.ask("timer off")
    #expect(bench.session.preferences.isOff(.timer))
    // Undo goes back to before the scenario was loaded, not to another unit.
    bench.ask("set unit = 万; undo")
    #expect(bench.session.preferences.moneyUnit == .wan && bench.session.state.scenario == nil)
  }

  @Test("may be mixed with settings of a run; all are taken or none")
  func mixed() throws {
    let bench = try Bench()
    #expect(bench.ask("set unit = 万, rate_3m = nonsense").contains { $0.failed })
    #expect(bench.session.preferences.moneyUnit == .yuan)
    #expect(bench.ask("set unit = 斤, rate_3m = 400").contains { $0.failed })
    #expect(bench.session.state.settings.isEmpty)
    bench.ask("set unit = 万, rate_3m = 400")
    #expect(bench.session.preferences.moneyUnit == .wan && bench.session.state.settings.count == 1)
  }

  @Test("never change what an answer says")
  func looksOnly() throws {
    let bench = try Bench()
    let before = try bench.total("run changle-2022")
    #expect(try bench.total("set unit = 万, plain = on; run changle-2022") == before)
  }

  @Test("keep the columns of large files for the next load, where that is wanted")
  func cache() throws {
    let bench = try Bench()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "cesuan-cache-\(UInt64.random(in: 0...UInt64.max))")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var csv = "id,enterprise,start,organised,monthly_wage,education,occupation\n"
    for i in 0..<60_000 {
      csv += "hire-\(i),e1,2022-03-01,true,5000.25,senior secondary school,sewing machine operator\n"
    }
    try csv.write(to: folder.appendingPathComponent("hires.csv"), atomically: true, encoding: .utf8)
    let yaml = "scenario: t\ndistrict: 350112\nenterprises: [{id: e1, district: 350112}]\nhires_from: hires.csv\n"
    try yaml.write(to: folder.appendingPathComponent("s.yaml"), atomically: true, encoding: .utf8)
    let cache = folder.appendingPathComponent("kept").path
    bench.session.cacheFolder = cache
    func kept() -> [String] { (try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? [] }
    let load = "load \(folder.path)/s.yaml"
    bench.ask(load)
    #expect(kept().isEmpty)
    bench.ask("set cache = on; \(load); run changle-2022")
    #expect(kept().count == 1)
    bench.ask("\(load); run changle-2022")
    #expect(kept().count == 1 && bench.session.state.scenario?.scenario.dataset.table("hires")?.count == 60_000)
  }

  @Test("say where they come from; a later source wins")
  func sources() throws {
    let bench = try Bench()
    let source = SourceFile(
      name: "config", text: "set unit = 万, timer = on\nlanguage zh\nbogus\nset rate_3m = 4\nset theme = mauve\nrun")
    let problems = bench.session.configure(source)
    #expect(problems.compactMap { $0.location?.start.line } == [3, 4, 5, 6])
    #expect(bench.session.language == .zh)
    #expect(bench.session.preferences.source(.unit).source == .config)
    #expect(bench.session.preferences.source(.unit).detail == "config:1")
    #expect(bench.session.prefer(.timer, "off", from: .environment, detail: "CESUAN_TIMER") == nil)
    #expect(bench.session.configure(SourceFile(name: "config", text: "set timer = on")).isEmpty)
    #expect(bench.session.preferences.isOff(.timer), "the environment is stronger than the configuration")
    #expect(bench.session.prefer(.timer, "perhaps", from: .environment, detail: "CESUAN_TIMER") != nil)
    bench.ask("set timer = on")
    #expect(bench.session.preferences.source(.timer).source == .session)
    guard case .array(let all)? = try bench.object("settings", "settings")["settings"] else { throw Bench.Missing() }
    #expect(
      all.contains { $0["name"] == .string("unit") && $0["value"] == .string("万") && $0["source"] == .string("config") }
    )
  }

  @Test("a document's own name goes before a preference of the same name")
  func clash() throws {
    let bench = try Bench()
    for preference in Preference.allCases {
      if case .unknown = bench.session.library.resolve(preference.rawValue, in: bench.session.nearDocuments) {
        continue
      }
      Issue.record("`\(preference.rawValue)` is a name of a bundled document")
    }
    #expect(Preference.named("settings.unit") == .unit && Preference.named("选项.单位") == .unit)
  }

  @Test("every one has a default among its choices, and every spelling is understood", arguments: Preference.allCases)
  func spellings(preference: Preference) throws {
    #expect(try preference.value(preference.defaultValue) == preference.defaultValue)
    for choice in preference.choices {
      for spelling in choice { #expect(try preference.value(spelling) == choice[0]) }
    }
    #expect(throws: ValueMistake.self) { _ = try preference.value("-1") }
  }

  @Test("lists that a program gets are cut with their number")
  func cutting() throws {
    let list: JSONValue = ["kind": "payments", "payments": .array(Array(repeating: .int(1), count: 5)), "few": [1]]
    #expect(list.shortened(to: 5).line == list.line)
    #expect(
      list.shortened(to: 2).line
        == #"{"kind":"payments","payments":[1,1],"few":[1],"cut":{"payments":{"shown":2,"of":5}}}"#)
  }
}

@Suite("The last answer")
struct LastAnswerTests {
  @Test("comes again, in any form, without being asked anew")
  func again() throws {
    let bench = try Bench()
    #expect(try bench.mistake("last").code == "nothing-before")
    let first = bench.ask("run changle-2022")
    bench.ask("set unit = 万")
    for command in ["last", "last wide", "_", "上次 全宽", "上次"] {
      let answer = try #require(bench.ask(command).first)
      #expect(answer.json.map(\.line) == first.last?.json.map(\.line))
      #expect(answer.isWide == (command != "last" && command != "上次"))
    }
    #expect(bench.ask("last as csv").first?.format == .csv)
    #expect(try bench.mistake("last broad").code == "unknown-word")
  }
}

@Suite("Corrections")
struct CorrectionTests {
  @Test(
    "the line as it was probably meant",
    arguments: [
      ("rn changle-2022", "run changle-2022"), ("run changel-2022 by year", "run changle-2022 by year"),
      ("测算 changel-2022", "测算 changle-2022"), ("set rate_3n = 400", "set changle-2022.agency_reward.rate_3m = 400"),
      ("set rate_3m 400", "set rate_3m = 400"), ("run by yaer", "run by year"),
      ("why agency_reward for q", "why not agency_reward for q"),
      ("payments agency_rewrad", "payments changle-2022.agency_reward"),
      ("set window_on = acrual", "set window_on = accrual"), ("run changle-2022; shw q", "show q"),
      ("list hirse", "list hires"),
    ])
  func lines(typed: String, meant: String) throws {
    let bench = try Bench()
    let answer = try #require(bench.ask(typed).last)
    #expect(answer.failed && answer.correction == meant)
    // What is offered is understood.
    #expect(bench.ask(meant).allSatisfy { !$0.failed })
  }

  @Test("nothing is offered where nothing is near", arguments: ["xyzzy", "run qqqqqqqq", "run \"", "set rate_3m = "])
  func nothing(typed: String) throws {
    #expect(try Bench().ask(typed).last?.correction == nil)
  }
}

@Suite("Transcripts")
struct TranscriptTests {
  @Test("only the commands of a copied session are wanted")
  func commands() {
    let text = """
      测算> run changle-2022
      One worker short
      ────────────────
      agency_reward  三（二）  199

      测算> compare changle-2022,
         … jindong-2021
      测算>
      测算> show (changle-2022
      agency)
      gone
      """
    #expect(
      PastedTranscript.commands(in: text)
        == "run changle-2022\ncompare changle-2022,\njindong-2021\nshow (changle-2022\nagency)")
  }

  @Test("any other text stays as it is", arguments: ["", "run\nlist measures\n", "# 测算 > x\n  测算> run"])
  func others(text: String) {
    #expect(PastedTranscript.commands(in: text) == text)
  }
}

@Suite("Help")
struct HelpTests {
  @Test("every page speaks both languages", arguments: WorkbenchCommands.vocabulary.forms.map(\.name))
  func pages(name: String) throws {
    let verb = try #require(WorkbenchCommands.vocabulary.forms.first { $0.name == name })
    let bench = try Bench()
    for language in [Language.en, .zh] {
      bench.session.language = language
      let answer = try #require(bench.ask("help \(verb.word(language))").first)
      #expect(!answer.failed)
      let text = TerminalRenderer(width: 100, language: language).render(answer.document)
      #expect(text.contains(verb.usage.in(language)))
      #expect(verb.meaning.en != verb.meaning.zh)
    }
  }

  @Test("topics in both languages", arguments: HelpTopic.allCases)
  func topics(topic: HelpTopic) throws {
    let bench = try Bench()
    #expect(bench.ask("help \(topic.rawValue); 帮助 \(topic.chinese)").allSatisfy { !$0.failed && !$0.document.isEmpty })
    #expect(bench.ask("help words").first?.document.isEmpty == false)
    #expect(bench.ask("help 三（二）").first?.failed == false)
    #expect(bench.ask("help agency_rewrad").first?.correction != nil)
  }

  @Test("examples run on the scenario that is loaded", arguments: [Language.en, .zh])
  func examples(language: Language) throws {
    let ownScenario = """
      scenario: Others
      district: 330703
      as_of: 2023-12-31
      enterprises:
        - {id: k1, district: 330703}
      hires:
        - {id: z9, enterprise: k1, origin: 520502, start: 2022-03-01}
      """
    for scenario in [Bench.edge, ownScenario] {
      let bench = try Bench(scenario)
      bench.session.language = language
      // Verbs whose examples name files or undo what others need.
      let others: Set = ["load", "source", "save", "translate", "check", "undo", "redo", "use", "quit", "last"]
      for verb in WorkbenchCommands.vocabulary.forms where !others.contains(verb.name) {
        for line in bench.session.examples(of: verb) where !line.contains(" into ") && !line.contains("存入") {
          let problems = bench.ask(line).filter(\.failed).flatMap(\.diagnostics)
          #expect(problems.isEmpty, "\(line): \(problems.map(\.message.en))")
        }
        bench.ask(language == .zh ? "语言 中文" : "language en")
      }
    }
  }

  @Test("what may be asked next can be asked")
  func next() throws {
    let bench = try Bench()
    bench.session.suggestsNext = true
    for command in [
      "run changle-2022", "compare changle-2022, jindong-2021", "set rate_3m = 400", "explain h-1", "payments",
    ] {
      let answer = try #require(bench.ask(command).last)
      #expect(!answer.next.isEmpty, "\(command)")
      for line in answer.next where !line.contains(" into ") {
        #expect(bench.ask(line).allSatisfy { !$0.failed }, "\(line)")
      }
      bench.ask(command)
    }
  }
}
