// What nobody stated and a measure asked for: told with every budget, and what it would come to if it were otherwise.

import Answers
import Diagnostics
import Facts
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("What nobody stated")
struct MissingTests {
  /// As `Bench.edge`, but nobody says whether the agencies have filed.
  static let silent = Bench.edge.replacing(", filed: true", with: "")

  private func entry(_ object: JSONValue, _ list: String, _ fact: String) -> JSONValue? {
    guard case .array(let entries)? = object[list] else { return nil }
    return entries.first { $0["fact"] == .string(fact) }
  }

  @Test("a run says in one line what was taken as no, with counts")
  func line() throws {
    let bench = try Bench(Self.silent)
    let answer = try #require(bench.ask("run changle-2022").last)
    let text = AnswerRenderer(format: .table, language: .en, width: 400).render(answer)
    #expect(text.contains("Taken as no, since not stated: ") && text.contains("filed (2 agencies)"), "\(text)")
    let budget = try bench.object("budget", "run changle-2022")
    let filed = try #require(entry(budget, "assumed", "agencies.filed"))
    #expect(filed["as"] == .string("false") && filed["records"] == .int(2))
    #expect(filed["measures"]?.line.contains("changle-2022.agency_reward") == true)
  }

  @Test("what is stated is not told, though it is the same")
  func stated() throws {
    let bench = try Bench(Bench.edge.replacing("filed: true", with: "filed: false"))
    #expect(entry(try bench.object("budget", "run changle-2022"), "assumed", "agencies.filed") == nil)
  }

  @Test(
    "`missing` tells what the budget would be otherwise, the dearest first: a hundred settled workers are 60,000 yuan")
  func otherwise() throws {
    let bench = try Bench(Self.silent)
    let missing = try bench.object("missing", "missing changle-2022")
    #expect(missing["total"] == .string("0.00"))
    let filed = try #require(entry(missing, "facts", "agencies.filed"))
    #expect(filed["otherwise"] == .string("yes") && filed["total"] == .string("60000.00"))
    guard case .array(let facts)? = missing["facts"] else { return }
    #expect(facts.first?["fact"] == .string("agencies.filed"))
    // What it says is what a scenario says that states it.
    #expect(try Bench(Bench.edge).total("run changle-2022") == "60000.00")
  }

  @Test("facts that only matter together are tried together, and those that change nothing are not named")
  func together() throws {
    let text = Self.silent.replacing(", lists: [leading_2021]", with: "").replacing(", lists: leading_2021", with: "")
    let bench = try Bench(text)
    let missing = try bench.object("missing", "missing changle-2022")
    #expect(missing["total"] == .string("0.00"))
    guard case .array(let alone)? = missing["facts"] else { return }
    #expect(alone.allSatisfy { $0["total"] == .string("0.00") || $0["total"] == .null }, "\(missing.line)")
    let together = try #require(missing["together"])
    #expect(together["total"] == .string("60000.00") && together["change"] == .string("60000.00"))
    #expect(together["facts"]?.line.contains("agencies.filed") == true)
    #expect(together["facts"]?.line.contains("enterprises.lists") == true)
    guard case .array(let named)? = together["facts"] else { return }
    #expect(named.count == 2, "\(named.map(\.line))")
    // Where one alone leads there, nothing is said of several.
    #expect(try Bench(Self.silent).object("missing", "missing changle-2022")["together"] == nil)
  }

  @Test("columns that a file lacks and cells that are empty count, and are as if they were stated")
  func files() throws {
    let bench = try Bench(Self.silent)
    let rows = (0..<100).map { "h\($0),q,k,520502,2022-03-01" }.joined(separator: "\n")
    func load(_ agencies: String) throws {
      try Data(agencies.utf8).write(to: URL(filePath: bench.path("a.csv")))
      try Data(("id,agency,enterprise,origin,start\n" + rows + "\n").utf8)
        .write(to: URL(filePath: bench.path("h.csv")))
      try Data(
        """
        scenario: files
        district: 350112
        enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
        agencies_from: a.csv
        hires_from: h.csv
        """.utf8
      ).write(to: URL(filePath: bench.path("f.yaml")))
      let answers = bench.ask("load \"\(bench.path("f.yaml"))\"")
      #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    }
    try load("id,district\nq,350112\nr,350112\n")
    let absent = try #require(entry(try bench.object("missing", "missing changle-2022"), "facts", "agencies.filed"))
    #expect(absent["records"] == .int(2) && absent["total"] == .string("60000.00"))
    try load("id,district,filed\nq,350112,\nr,350112,\n")
    let empty = try #require(entry(try bench.object("missing", "missing changle-2022"), "facts", "agencies.filed"))
    #expect(empty["records"] == .int(2) && empty["total"] == .string("60000.00"))
    // Among stated ones that look the same nobody can tell which are empty: that is said and not guessed.
    try load("id,district,filed\nq,350112,\nr,350112,no\n")
    let mixed = try #require(entry(try bench.object("missing", "missing changle-2022"), "facts", "agencies.filed"))
    #expect(mixed["records"] == .int(1) && mixed["total"] == .null)
  }

  @Test("`why not` marks what failed on something nobody stated")
  func whyNot() throws {
    let silent = try Bench(Self.silent).ask("run changle-2022; why not agency_reward for q")
    let text = AnswerRenderer(format: .table, language: .en, width: 200).render(try #require(silent.last))
    #expect(text.contains("nobody stated `filed`; taken as no"), "\(text)")
    let stated = try Bench(Bench.edge.replacing("filed: true", with: "filed: false"))
      .ask("run changle-2022; why not agency_reward for q")
    #expect(
      !AnswerRenderer(format: .table, language: .en, width: 200).render(try #require(stated.last)).contains(
        "nobody stated `filed`"))
  }
}

@Suite("Records by their names")
struct NamedRecordTests {
  static let people = """
    scenario: people
    district: 350112
    enterprises: [{id: e1, district: 350112, name: 古槐电子}]
    agencies: [{id: a1, district: 350112, name: 古槐人力, filed: true}]
    hires:
      - {id: h1, enterprise: e1, agency: a1, worker: 王芳, start: 2022-03-01}
      - {id: h2, enterprise: e1, agency: a1, worker: 李明, start: 2022-03-01}
      - {id: h3, enterprise: e1, agency: a1, worker: 李明, worker_id: 11010519491231002X, start: 2022-03-01}
    """

  @Test(
    "a name does where an id does",
    arguments: [
      ("explain 古槐人力", "a1"), ("why not agency_reward for 古槐人力", "a1"), ("explain 王芳", "h1"),
      ("解释 古槐人力", "a1"), ("show 王芳", "h1"),
    ])
  func names(command: String, id: String) throws {
    let bench = try Bench(Self.people)
    let answers = bench.ask("run changle-2022; \(command)")
    #expect(!answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    #expect(answers.last?.json.last?.line.contains("\"\(id)\"") == true, "\(answers.last?.json.last?.line ?? "")")
  }

  @Test("a name that several records have is asked about, with their ids")
  func several() throws {
    let problem = try Bench(Self.people).mistake("run changle-2022; explain 李明")
    #expect(problem.code == "ambiguous-subject" && problem.hint?.en == "write one of: h2, h3")
  }

  @Test("completion inserts the name or the id")
  func completion() throws {
    let bench = try Bench(Self.people)
    let line = "explain 古槐人"
    let found = bench.session.complete(line, at: line.utf8.count).completions.map(\.text)
    #expect(found == ["古槐人力", "a1"])
  }

  @Test("an id of several lists, or of an article, is told apart")
  func shared() throws {
    let bench = try Bench(Self.people.replacing("a1", with: "e1"))
    let answers = bench.ask("run changle-2022; explain e1")
    #expect(answers.last?.diagnostics.map(\.code) == ["shared-id"])
    let hint = try #require(answers.last?.diagnostics.first?.hint?.en)
    #expect(hint == "one alone: explain enterprises.e1, explain agencies.e1")
    for line in ["explain enterprises.e1", "explain agencies.e1"] { #expect(!bench.ask(line).haveFailed, "\(line)") }
    for (line, list) in [("show enterprises.e1", "enterprises"), ("show agencies.e1", "agencies")] {
      let shown = bench.ask(line)
      #expect(shown.last?.json.map { $0["list"] } == [.string(list)])
    }
    let article = try Bench(Self.people.replacing("a1", with: "三（二）"))
    #expect(article.ask("show 三（二）").last?.diagnostics.map(\.code) == ["shared-id"])
    #expect(article.ask("show agencies.三（二）").last?.json.first?["id"] == .string("三（二）"))
  }

  @Test("a column of a comparison in which nothing is paid says why")
  func nothing() throws {
    let bench = try Bench(Self.people)
    func text(_ command: String) throws -> String {
      AnswerRenderer(format: .table, language: .en, width: 400).render(try #require(bench.ask(command).last))
    }
    #expect(
      try text("compare changle-2022, jindong-2021 as enacted").contains("jindong-2021 pays nothing: as enacted it"))
    #expect(try text("compare changle-2022, jindong-2021").contains("jindong-2021 pays nothing: "))
    let none = try Bench("scenario: none\ndistrict: 350112\n")
    let told = AnswerRenderer(format: .table, language: .en, width: 400)
      .render(try #require(none.ask("compare changle-2022, fuzhou-2021").last))
    #expect(told.contains("changle-2022 pays nothing: there are no records of the kind it pays for"))
  }
}
