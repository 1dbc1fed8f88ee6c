// What a programme's names stand for is told in every answer: drafts with what they leave out and add, documents that
// stand in a bundled one's place. Searches offer what takes their values, and tell every value that does as well.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What a programme is, is told")
struct ProgrammeToldTests {
  private static let added = """
    ```policy
    measure extra
      title "Extra" zh "另加"
      article "九"
      kind extra
      param rate = 50 yuan
      for each hire
      pay enterprise rate on start
    ```
    """

  private func bench(_ added: String = added) throws -> Bench {
    let bench = try Bench()
    bench.session.folder = bench.path("")
    try added.write(toFile: bench.path("add.md"), atomically: true, encoding: .utf8)
    return bench
  }

  private func text(_ answers: [Answer], _ language: Language = .en, _ format: OutputFormat = .markdown) -> String {
    answers.map { AnswerRenderer(format: format, language: language).render($0) }.joined(separator: "\n")
  }

  @Test("a draft's document, what it leaves out and what it adds stand in every answer about it")
  func draft() throws {
    let bench = try bench()
    let made = bench.ask(
      "draft d from changle-2022: without agency_reward, add add.md, window = 2022-01-28..2022-12-31")
    #expect(!made.haveFailed, "\(made.flatMap(\.diagnostics).map(\.message.en))")
    let words =
      "changle-2022 without agency_reward, with extra from add.md, in force 2022-01-28 to 2022-12-31"
    for line in ["run d", "payments", "compare changle-2022, d", "attribute d"] {
      let answers = bench.ask(line)
      #expect(!answers.haveFailed, "\(line): \(answers.flatMap(\.diagnostics).map(\.message.en))")
      if !line.hasPrefix("payments") { #expect(text(answers).contains("(" + words + ")"), "\(line): \(text(answers))") }
      #expect(text(answers, .en, .json).contains(words), "\(line): \(text(answers, .en, .json))")
      #expect(text(answers, .en, .csv).contains(words), "\(line)")
      #expect(text(answers, .zh, .json).contains("d"), "\(line)")
    }
    let chinese = text(bench.ask("run d"), .zh)
    #expect(chinese.contains("changle-2022，去掉") && chinese.contains("加入extra（来自 add.md）"), "\(chinese)")
    let chart = try #require(bench.ask("run d by month").compactMap(\.chart).last)
    #expect(chart.subtitle?.en.contains(words) == true, "\(String(describing: chart.subtitle))")
    #expect(!text(bench.ask("run changle-2022")).contains("add.md"))
  }

  @Test("a draft of figures alone is told by them, and one that changes nothing by its document")
  func figures() throws {
    let bench = try bench()
    let plain = text(bench.ask("draft g from changle-2022: rate_3m = 400; run g"))
    #expect(!plain.contains("g (changle-2022") && plain.contains("changle-2022.agency_reward.rate_3m = 400 yuan"))
    #expect(text(bench.ask("draft h from changle-2022; run h")).contains("h (changle-2022"))
  }

  @Test("an added measure claims neither its document's number nor its name")
  func number() throws {
    let bench = try bench()
    bench.ask("draft d from changle-2022: without agency_reward, add add.md; run d")
    let estimate = try #require(bench.ask("report estimate of d").last)
    #expect(!estimate.failed)
    let markdown = text([estimate])
    #expect(markdown.contains("amending") && markdown.contains("without agency_reward, add extra"), "\(markdown)")
    let line = markdown.split(separator: "\n").first { $0.contains("九") && $0.contains("Extra") }
    #expect(line?.contains("to be added") == true && line?.contains("长政办") == false, "\(markdown)")
    let compared = text(bench.ask("compare changle-2022, d"))
    #expect(compared.contains("Extra (add.md)") && !compared.contains("Extra (changle-2022)"), "\(compared)")
  }

  @Test("a mistake in an added file is told at its own line", arguments: [true, false])
  func mistake(isFenced: Bool) throws {
    let broken = Self.added.replacing("pay enterprise rate", with: "pay enterprise: rate")
    let rules = broken.split(separator: "\n").filter { !$0.hasPrefix("```") }.joined(separator: "\n")
    let bench = try bench(isFenced ? broken : rules)
    let problem = try bench.mistake("draft d from changle-2022: add add.md")
    #expect(problem.location?.source?.name == "add.md")
    #expect(problem.location?.start == Position(line: isFenced ? 8 : 7, column: 17))
  }

  // MARK: A bundled document's name

  private static func document(_ id: String) -> String {
    """
    ```policy
    document \(id)
      title "Mine" zh "自拟"
      jurisdiction 350112
      issued 2022-01-01

    measure m
      title "M" zh "甲"
      article "1"
      kind m
      param rate = 50 yuan
      for each hire
      pay enterprise rate on start
    ```
    """
  }

  @Test("a document that stands in a bundled one's place is told of at the start and in every answer")
  func standIn() throws {
    let bench = try Bench(policies: [Self.document("changle-2022"), Self.document("mine")])
    let told = bench.session.library.startDiagnostics
    #expect(told.map(\.code) == ["stands-in"] && told.allSatisfy { $0.severity == .warning })
    #expect(told.first?.location?.start.line == 2)
    for line in ["run changle-2022", "run"] {
      let answers = bench.ask(line)
      #expect(text(answers).contains("changle-2022 (own-0.md, not the bundled document)"), "\(text(answers))")
      #expect(text(answers, .en, .json).contains("\"changle-2022\":\"own-0.md, not the bundled document\""))
      #expect(text(answers, .en, .csv).contains("own-0.md"))
    }
    #expect(!text(bench.ask("run mine")).contains("bundled"))
    #expect(!text(bench.ask("run fuzhou-2021")).contains("bundled"))
  }

  @Test("the bundled text itself stands in nobody's place")
  func sameText() throws {
    let text = try #require(Library().document("changle-2022")?.source.text)
    let bench = try Bench(policies: [text])
    #expect(bench.session.library.startDiagnostics.isEmpty)
    #expect(!self.text(bench.ask("run changle-2022")).contains("bundled"))
  }

  @Test("a notebook whose fence has a bundled document's name warns of it")
  func notebook() {
    let source = "---\nscenarios: s.yaml\n---\n\n" + Self.document("changle-2022") + "\n"
    let run = NotebookRun(Notebook.read(Array(source.utf8), name: "n.md"), NotebookSettings())
    #expect(run.diagnostics.contains { $0.code == "stands-in" && $0.severity == .warning })
  }

  // MARK: Searches

  @Test(
    "the line that takes what was found takes it",
    arguments: [
      "find rate_3m so that total = 50000 in g",
      "find rate_3m from 100 to 400, rate_6m from 100 to 400 so that total <= 50000 with most placed in g",
      "find rate_3m so that total = 50000 in h",
      "find rate_3m so that total = 50000 in changle-2022",
    ])
  func taken(_ line: String) throws {
    let bench = try bench()
    bench.ask("draft g from changle-2022: rate_3m = 400; draft h from g: rate_6m = 300")
    let found = text(bench.ask(line))
    let offer = try #require(found.components(separatedBy: "To take it: ").last?.split(separator: "\n").first)
    let lines = String(offer).replacing("`", with: "")
    #expect(!bench.ask(lines).haveFailed, "\(lines)")
    let programme = try #require(line.split(separator: " ").last)
    let total = try bench.total("run \(programme)")
    #expect(line.contains("placed") ? total != "70000.00" : total == "50000.00", "\(lines): \(total)")
  }

  @Test("beside the best of several figures stands every value that does as well")
  func rooms() throws {
    let bench = try Bench(
      """
      scenario: mm
      district: 350112
      enterprises: [{id: e1, district: 350112, lists: [leading_2021]}]
      agencies: [{id: a1, district: 350112, filed: true}, {id: a2, district: 350112, filed: true}]
      hires:
        - {id: h1, enterprise: e1, agency: a1, origin: 520502, start: 2022-03-01, end: 2022-07-31}
        - {id: h2, enterprise: e1, agency: a1, origin: 520502, start: 2022-03-01, end: 2022-07-31}
        - {id: h3, enterprise: e1, agency: a1, origin: 520502, start: 2022-03-01, end: 2022-07-31}
        - {id: h4, enterprise: e1, agency: a2, origin: 520502, start: 2022-03-01, end: 2022-04-10}
      """)
    let found = try bench.object(
      "optimum",
      "find agency_reward.threshold from 1 to 3, agency_reward.months_first from 1 to 5 so that total <= 1000 "
        + "with most placed in changle-2022")
    guard case .array(let figures)? = found["figures"] else { throw SweepTests.Failure() }
    #expect(found["count"] == .int(3) && found["total"] == "900.00" && found["ranges_exact"] == .bool(true))
    let names = ["agency_reward.threshold", "agency_reward.months_first"]
    let best = figures.map { number($0["value"]) }
    for (i, figure) in figures.enumerated() {
      let from = number(figure["from"]), to = number(figure["to"])
      var doing: [Int] = []
      for value in i == 0 ? 1...3 : 1...5 {
        var values = best
        values[i] = value
        let with = zip(names, values).map { "\($0) = \($1)" }.joined(separator: ", ")
        // Three are placed and paid for.
        if try bench.total("with \(with) run changle-2022") == "900.00" { doing.append(value) }
      }
      #expect(doing == Array(from...to), "\(figure): \(doing)")
    }
    #expect(figures.map { number($0["to"]) } == [3, 5], "\(figures)")
  }

  private func number(_ value: JSONValue?) -> Int {
    switch value {
    case .int(let number)?: Int(number)
    case .string(let text)?: Int(text.prefix { $0.isNumber }) ?? -1
    default: -1
    }
  }

  @Test(
    "what is drawn is named once",
    arguments: [
      "rate_3m = 300..300, agency_reward.rate_3m = 100..100", "take_up = 50%..60%, take-up = 70%..80%",
      "rate_3m = 1..2, seed = 1, seed = 2", "h.count = 1..2, h.count = 2..3",
    ])
  func drawnOnce(_ inputs: String) throws {
    let bench = try bench()
    let problem = try bench.mistake("simulate 5 times in changle-2022: \(inputs)")
    #expect(problem.message.en.contains("is given twice"), "\(problem.message.en)")
  }

  // MARK: Corrected lines

  @Test(
    "a corrected line is offered only if it stands up to being tried",
    arguments: [
      ("with 400 run", nil), ("why is q not paid", nil), ("simulate 10 times: rate_3m from 100 to 300", nil),
      ("rum changle-2022", "run changle-2022"), ("run changle-2021", "run changle-2020"),
      ("with rate_3m 400 run", "with rate_3m = 400 run"),
    ] as [(String, String?)])
  func corrections(_ line: String, _ corrected: String?) throws {
    let bench = try bench()
    let answer = try #require(bench.ask(line).last)
    #expect(answer.failed)
    if let corrected, let offered = answer.correction, corrected.contains("202") {
      #expect(!bench.ask(offered).haveFailed, "\(offered)")
    } else {
      #expect(answer.correction == corrected, "\(answer.diagnostics.map(\.message.en))")
    }
  }

  // MARK: Rows

  @Test("a last day far off is told at its own place, and which rows have one")
  func farEnds() throws {
    let bench = try bench()
    let scenario = """
      scenario: ex
      district: 350112
      as_of: 2022-12-31
      enterprises: [{id: e1, district: 350112}]
      hires:
        - {id: h1, enterprise: e1, start: 2022-01-01}
        - {id: h2, enterprise: e1, start: 2022-01-01, end: 2045-01-01}
        - {id: h3, enterprise: e1, start: 2022-01-01, end: 2046-01-01}
      hires_from: far.csv
      """
    try scenario.write(toFile: bench.path("wr.yaml"), atomically: true, encoding: .utf8)
    let rows = "id,enterprise,start,end\nb1,e1,2022-01-01,\nb2,e1,2022-01-01,2045-01-01\n"
    try rows.write(toFile: bench.path("far.csv"), atomically: true, encoding: .utf8)
    let told = bench.session.load(path: bench.path("wr.yaml")).diagnostics.filter { $0.code == "far-last-day" }
    #expect(told.map { $0.location?.start.line } == [3, 7], "\(told.map(\.message.en))")
    #expect(told.last?.message.en.contains("`wr.yaml` line 7, `wr.yaml` line 8") == true, "\(told.map(\.message.en))")
    #expect(told.first?.message.zh.contains("`far.csv` 第 3 行") == true, "\(told.map(\.message.zh))")
  }
}
