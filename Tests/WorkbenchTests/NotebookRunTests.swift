import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Running notebooks")
struct NotebookRunTests {
  @Test("answers and figures are put in, and nothing else changes")
  func writing() throws {
    let desk = try NotebookFolder()
    let written = try desk.written(NotebookFolder.costing)
    #expect(written.contains("It costs **60,000.00 yuan**<!-- = edge.total as yuan -->."))
    #expect(written.contains("```\n\n```output "))
    #expect(written.contains("agency_reward  三（二）"))
    // Without the answers and with the old figure it is the file that it was.
    let parts = written.components(separatedBy: "\n```output ")
    let rest = try #require(parts.last?.firstRange(of: "\n```\n"))
    let bare = parts[0] + String(parts[1][rest.upperBound...])
    #expect(bare.replacingOccurrences(of: "60,000.00 yuan", with: "0") == NotebookFolder.costing)
  }

  @Test(
    "what is no notebook is refused with what would help, and not passed over",
    arguments: [
      ("n.ipynb", "{\"cells\": [], \"nbformat\": 4}", "render"), ("s2.yaml", Bench.edge, "-c run"),
      ("prose.md", "# Words\n\nAnd more.\n", "```cesuan"),
    ])
  func noNotebook(_ name: String, _ text: String, _ hint: String) throws {
    let desk = try NotebookFolder()
    try desk.write(name, text)
    try desk.write("list.csv", "a\n1\n")
    var answers: [Answer] = []
    NotebookJob(NotebookSettings()).run(desk.path(name), write: false) { answers.append($0) }
    answers.append(NotebookJob(NotebookSettings()).run(desk.path(name), each: desk.path("list.csv")))
    #expect(answers.count == 2)
    for answer in answers {
      #expect(answer.failed && answer.diagnostics.map(\.code) == ["not-a-notebook"], "\(answer.diagnostics)")
      #expect(answer.diagnostics.first?.hint?.en.contains(hint) == true)
    }
    guard name == "n.ipynb" else { return }
    let checked = Desk(library: Library()).check(paths: [desk.path(name)])
    #expect(checked.failed && checked.diagnostics.map(\.code) == ["not-a-notebook"], "\(checked.diagnostics)")
  }

  @Test("writing twice changes nothing the second time, in files of every kind of line end")
  func idempotent() throws {
    let desk = try NotebookFolder()
    for text in [
      NotebookFolder.costing, NotebookFolder.costing.replacingOccurrences(of: "\n", with: "\r\n"),
      "\u{FEFF}" + NotebookFolder.costing,
      NotebookFolder.costing.trimmingCharacters(in: .newlines),
    ] {
      let once = try desk.written(text)
      let twice = try desk.written(once)
      #expect(Array(once.utf8) == Array(twice.utf8))
      #expect(once.contains("\r\n") == text.contains("\r\n"))
      #expect(!once.replacingOccurrences(of: "\r\n", with: "").contains("\n") || !text.contains("\r\n"))
      #expect(once.hasPrefix("\u{FEFF}") == text.hasPrefix("\u{FEFF}"))
    }
  }

  @Test("a cell in a list or a quotation keeps its margin")
  func margins() throws {
    let desk = try NotebookFolder()
    let written = try desk.written(
      """
      - a point:

        ```cesuan
        load s.yaml
        ```

      > ```cesuan
      > undo
      > ```
      """)
    #expect(written.contains("  ```output "))
    #expect(written.contains("\n>\n> ```output "))
    #expect(try desk.written(written) == written)
  }

  @Test("an answer with fences in it stands between longer ones")
  func fences() throws {
    let desk = try NotebookFolder()
    let written = try desk.written("```cesuan expect-error\nshow \"````\"\n```\n")
    #expect(written.contains("\n```````output "))
    #expect(try desk.written(written) == written)
  }

  @Test("a mistake ends the run at its cell, with the file's line, and keeps what came before")
  func mistake() throws {
    let desk = try NotebookFolder()
    let text = NotebookFolder.costing + "\n```cesuan\n# first a remark\nrun nosuch\n```\n\n```cesuan\nrun\n```\n"
    let run = try desk.run(text)
    let problem = try #require(run.diagnostics.first)
    #expect(problem.code == "unknown-document")
    #expect(problem.location?.start == Position(line: 18, column: 5))
    #expect(problem.location?.source?.name == desk.path("n.md"))
    #expect(run.outcomes.count == 2)
    #expect(NotebookFile.write(run) == nil)
    let written = try desk.read("n.md")
    #expect(written.contains("60,000.00") && written.hasSuffix("run nosuch\n```\n\n```cesuan\nrun\n```\n"))
  }

  @Test("a cell that is to fail has to, and for the reason given")
  func expectedErrors() throws {
    let desk = try NotebookFolder()
    #expect(!(try desk.run("```cesuan expect-error\nrun\n```\n").failed))
    #expect(!(try desk.run("```cesuan expect-error=no-scenario\nrun\n```\n").failed))
    #expect(
      try desk.run("```cesuan expect-error=unknown-name\nrun\n```\n").diagnostics.map(\.code).contains("expect-error"))
    #expect(try desk.run("```cesuan expect-error\nload s.yaml\n```\n").diagnostics.map(\.code).contains("expect-error"))
  }

  @Test("parameters fill cells within their bounds")
  func parameters() throws {
    let desk = try NotebookFolder()
    let text = """
      ---
      scenarios: s.yaml
      parameters:
        rate: {type: money, default: 300, at most: 1000}
        门槛: 100人
      ---
      ```cesuan name=a
      with rate_3m = {rate}, agency_reward.threshold = {门槛} run changle-2022
      ```
      **0**<!-- = a.total --> at {= rate }
      """
    #expect(try desk.run(text).values.map(\.text) == ["60,000.00", "300.00"])
    #expect(try desk.run(text, [("rate", "400元")]).values.map(\.text) == ["70,000.00", "400.00"])
    #expect(try desk.run(text, [("门槛", "101")]).values.first?.text == "0.00")
    #expect(try desk.run(text, [("rate", "1001")]).diagnostics.map(\.code) == ["notebook-parameter"])
    #expect(try desk.run(text, [("rat", "1")]).diagnostics.first?.hint?.en.contains("rate") == true)
  }

  @Test("facts and rules in cells, whole documents and changes to one")
  func policies() throws {
    let desk = try NotebookFolder()
    let run = try desk.run(
      """
      ```scenario name=mini
      \(Bench.edge)
      ```

      ```policy
      document mine
        title "Mine" zh "我的"
        jurisdiction 350112
        issued 2022-01-01

      measure per_head
        title "For each" zh "每人"
        article "一"
        kind own
        for each hire
        pay enterprise 10 yuan on start
      ```

      ```cesuan name=mine
      run mine
      ```

      ```policy name=more from=changle-2022
      measure extra
        title "Extra" zh "另给"
        article "五"
        kind extra
        for each hire
        pay enterprise 1 yuan on start
      ```

      ```cesuan name=both
      run more
      ```

      {= mine.total } {= both.total } {= both.total - mine.total } {= both.extra.payments as 笔} \
      {= mine.total / both.total } {= both as 万元 1} {= both.total / 3} {= both.total / both.extra.payments}
      """)
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics.map(\.message.en))")
    #expect(
      run.values.map(\.text) == [
        "1,000.00", "60,100.00", "59,100.00", "100 笔", "1.7%", "6.0 万元", "20,033.33", "601.00",
      ])
  }

  @Test(
    "figures that cannot be worked out are told at their place",
    arguments: [
      "nosuch.total", "a.totl", "a.total as months", "a.total +", "a.total + a.kind", "a.total / 0 yuan", "",
      "a..total", "a.total as 元 99",
    ])
  func badFigures(expression: String) throws {
    let desk = try NotebookFolder()
    let run = try desk.run("```cesuan name=a\nload s.yaml; run changle-2022\n```\n\nx **1**<!-- = \(expression) -->\n")
    #expect(run.diagnostics.map(\.code) == ["inline-value"])
    #expect(run.diagnostics.first?.location?.start.line == 5)
  }

  @Test("an exercise leaves nothing behind, and is judged by what it comes to")
  func exercises() throws {
    let desk = try NotebookFolder()
    func text(_ attempt: String) -> String {
      "---\nscenarios: s.yaml\n---\n```cesuan attempt=q\n\(attempt)\n```\n\n```cesuan answer=q\nset rate_3m = "
        + "400\nrun changle-2022\n```\n\n```cesuan silent name=after\nrun changle-2022\n```\n{= after.total }\n"
    }
    let untouched = try desk.run(text(""))
    #expect(untouched.values.map(\.text) == ["60,000.00"])
    #expect(NotebookComparison(untouched).exercises.map(\.isRight) == [nil])
    // Another way to ask the same is right.
    #expect(
      NotebookComparison(try desk.run(text("with rate_3m = 400 run changle-2022"))).exercises.map(\.isRight) == [true])
    #expect(NotebookComparison(try desk.run(text("run changle-2022"))).exercises.map(\.isRight) == [false])
    #expect(NotebookComparison(try desk.run(text("rnu"))).exercises.map(\.isRight) == [false])
    #expect(try desk.check(text("run changle-2022")).hasMismatch)
    #expect(!(try desk.check(text("")).hasMismatch))
  }

  @Test("one result for each row of a list")
  func each() throws {
    let desk = try NotebookFolder()
    try desk.write(
      "n.md",
      "---\nscenarios: s.yaml\nparameters: {rate: 300 yuan}\n---\n```cesuan name=a\nwith rate_3m = {rate} run "
        + "changle-2022\n```\n"
    )
    try desk.write("rows.csv", "rate\n300\n\"400 yuan\"\n1,2\nmany\n")
    let answer = NotebookJob(NotebookSettings()).run(desk.path("n.md"), each: desk.path("rows.csv"))
    #expect(answer.json.map { $0["results"]?["a"]?["total"] } == [.string("60000.00"), .string("70000.00"), nil])
    #expect(answer.failed)
    #expect(answer.diagnostics.compactMap { $0.location?.start.line } == [4, 5])
  }

  @Test("nobody's text is lost when the file changes while its notebook runs")
  func changedMeanwhile() throws {
    let desk = try NotebookFolder()
    let run = try desk.run(NotebookFolder.costing)
    try desk.write("n.md", "something else\n")
    #expect(NotebookFile.write(run)?.code == "changed-meanwhile")
    #expect(try desk.read("n.md") == "something else\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.path("")).sorted() == ["n.md", "s.yaml"])
  }

  @Test("links are followed and permissions kept when a file is written")
  func links() throws {
    let desk = try NotebookFolder()
    try desk.write("real.md", NotebookFolder.costing)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: desk.path("real.md"))
    try FileManager.default.createSymbolicLink(atPath: desk.path("link.md"), withDestinationPath: desk.path("real.md"))
    let run = NotebookRun(try NotebookFile.read(desk.path("link.md")), NotebookSettings())
    run.play()
    #expect(NotebookFile.write(run) == nil)
    #expect(try desk.read("real.md").contains("60,000.00"))
    #expect(try FileManager.default.attributesOfItem(atPath: desk.path("real.md"))[.posixPermissions] as? Int == 0o600)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: desk.path("link.md")) == desk.path("real.md"))
  }
}
