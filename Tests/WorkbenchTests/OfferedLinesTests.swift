// Every line that the program offers can be given as it stands: in the comments of the bundled scenarios, in what
// `show`
// says of a name, in hints, in corrected lines, and in what may be asked next.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Offered lines")
struct OfferedLinesTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
  private static let folder = root.appending(path: "scenarios").path(percentEncoded: false)
  static let scenarios =
    (try? FileManager.default.contentsOfDirectory(atPath: folder))
    .map { $0.filter { $0.hasSuffix(".yaml") }.sorted() } ?? []

  private func desk(_ scenario: String) throws -> Desk {
    let session = Desk(library: Library())
    session.suggestsNext = true
    let path = Self.root.appending(path: "scenarios/" + scenario).path(percentEncoded: false)
    let answer = session.load(path: path)
    try #require(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    return session
  }

  private func ask(_ session: Desk, _ text: String) -> [Answer] {
    var answers: [Answer] = []
    session.play(SourceFile(name: "test", text: text)) {
      answers.append($0)
      return true
    }
    return answers
  }

  private func perform(_ session: Desk, _ line: String) {
    let answers = ask(session, line)
    #expect(!answers.isEmpty && !answers.haveFailed, "\(line): \(answers.flatMap(\.diagnostics).map(\.message.en))")
  }

  @Test("the comment of a scenario", arguments: scenarios)
  func comments(scenario: String) throws {
    let session = try desk(scenario)
    let text = try String(contentsOf: Self.root.appending(path: "scenarios/" + scenario), encoding: .utf8)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("#   ") }.map { String($0.dropFirst(4)) }
    let verbs = Set(WorkbenchCommands.vocabulary.forms.flatMap(\.spellings) + ["with", "若"])
    // A table of what is paid stands in one of them.
    let commands = lines.filter { verbs.contains($0.split(separator: " ").first.map(String.init) ?? "") }
    for command in commands { perform(session, command) }
  }

  @Test(
    "what may be asked next, and the greeting's suggestions, on every scenario", arguments: scenarios,
    [Language.en, .zh])
  func next(scenario: String, language: Language) throws {
    let session = try desk(scenario)
    session.language = language
    for line in session.suggestions { perform(session, line) }
    for answer in ask(session, "run; compare changle-2022, jindong-2021") {
      for line in answer.next where !line.contains(" into ") && !line.contains("存入") { perform(session, line) }
    }
  }

  @Test("what `show` says how to change a name, for every name of every document")
  func changes() throws {
    let session = try desk("agency-edge.yaml")
    let names = NameTable(session.library.documents).all.map(\.id)
    #expect(names.count > 100)
    let measures = Set(session.library.documents.flatMap(\.measures).flatMap { [$0.id, $0.name] })
    // What a measure is called goes before what its figures are called.
    for name in names where !measures.contains(name) {
      let shown = try #require(ask(session, "show \(name)").last)
      #expect(!shown.failed, "show \(name): \(shown.diagnostics.map(\.message.en))")
      let text = AnswerRenderer(format: .table, language: .en, width: 10_000).render(shown)
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("To change it: ") }, "\(text)")
      perform(session, String(line.dropFirst("To change it: ".count)))
      if let also = text.firstRange(of: "too: set ") {
        let line = text[also.upperBound...].prefix { $0 != "\n" }
        let own = line.prefix { $0 != " " }
        // The value is for the reader to choose.
        let choice = text.split(separator: "• ").dropFirst().first?.prefix { $0 != " " } ?? ""
        perform(session, "set \(own) = \(choice)")
      }
      _ = ask(session, "reset")
    }
  }

  @Test(
    "what a mistake offers instead",
    arguments: [
      ("explain wulin", "wuling"), ("why not agency_rewrad for wuling", "agency_reward"), ("runn", "run"),
      ("set rate_3n = 400", "rate_3m"), ("run changle-202", "changle-20"), ("explain 乌龄", ""),
      ("compare changle-2022, jindong-2012", "jindong-2021"), ("set window_on = strat", "start"),
    ])
  func corrections(mistaken: String, part: String) throws {
    let session = try desk("agency-edge.yaml")
    let answer = try #require(ask(session, "run\n" + mistaken).last)
    #expect(answer.failed)
    guard let line = answer.correction else { return }
    #expect(line.contains(part))
    perform(session, line)
  }

  @Test("the line of a hint: run the document of a measure first")
  func hints() throws {
    let session = try desk("agency-edge.yaml")
    let answer = try #require(ask(session, "run changle-2022; why not jindong-2021.introduction for wuling").last)
    for hint in answer.diagnostics.compactMap(\.hint?.en) {
      guard let place = hint.firstRange(of: "first: ") else { continue }
      perform(session, String(hint[place.upperBound...]))
    }
    #expect(answer.failed)
  }

  @Test("an ambassador one short of bronze is told so, and `cliffs` sees it")
  func grants() throws {
    var hires = "hires:\n"
    for i in 1...9 { hires += "  - {id: h\(i), enterprise: e, referrer: 老许, worker: w\(i), start: 2023-03-01}\n" }
    let bench = try Bench(
      "scenario: ambassadors\ndistrict: 350500-tiz\nenterprises: [{id: e, district: 350500-tiz}]\n" + hires)
    let why = try #require(bench.ask("run quanzhou-tiz-2023; why not ambassadors for 老许").last)
    let text = AnswerRenderer(format: .table, language: .en, width: 200).render(why)
    #expect(text.contains("Bronze ambassador") && text.contains("9 of 10 needed"), "\(text)")
    let cliffs = try #require(bench.ask("cliffs").last)
    #expect(!cliffs.failed)
    let seen = AnswerRenderer(format: .table, language: .en, width: 200).render(cliffs)
    #expect(seen.contains("bronze") && seen.contains("老许"), "\(seen)")
  }
}
