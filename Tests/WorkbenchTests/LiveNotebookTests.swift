// An open notebook: what is moved and tried in it comes to what a run from the beginning does, exercises leave nothing
// behind, and its file is written only as it was shown and where nobody has changed it.

import Answers
import Diagnostics
import Foundation
import Sessions
import Testing

@testable import Workbench

@Suite("Notebooks that are open")
struct LiveNotebookTests {
  private static let text = """
    ---
    title: Open
    scenarios: s.yaml
    parameters:
      rate: {type: money, default: 300, at least: 0, at most: 600}
      day: {type: date, default: 2022-07-01}
    ---

    # Open

    **0.00 yuan**<!-- = now.total as yuan --> at {= rate }

    ```cesuan name=before
    run changle-2020
    ```

    > ```cesuan name=now
    > with rate_3m = {rate}, as_of = {day}, run changle-2022
    > ```

    ```cesuan
    compare changle-2022, changle-2020
    set rate_6m = 100 yuan
    ```

    ```cesuan attempt=one
    ```

    ```cesuan answer=one
    run changle-2022
    ```

    ```cesuan name=last
    run changle-2022
    ```

    """

  private func open(_ folder: NotebookFolder, _ text: String = text) throws -> LiveNotebook {
    try folder.write("n.md", text)
    let live = try LiveNotebook(folder.path("n.md"), NotebookSettings())
    settle(live)
    return live
  }

  @discardableResult
  private func settle(_ live: LiveNotebook) -> [String: String] {
    var pieces: [String: String] = [:]
    for _ in 0..<100 where !live.isSettled { for piece in live.step() { pieces[piece.id] = piece.html } }
    #expect(live.isSettled)
    return pieces
  }

  private func results(_ run: NotebookRun) -> [String] {
    run.outcomes.flatMap(\.answers).compactMap { answer in
      answer.result.map { "\($0.name) \($0.fingerprint ?? "")" }
    }
  }

  @Test("what is moved comes to what a run with that value does, with the same fingerprints")
  func moved() throws {
    let folder = try NotebookFolder()
    let live = try open(folder)
    for value in ["310", "0", "600", "300"] {
      try live.move("rate", to: value)
      settle(live)
      let run = try folder.run(Self.text, [("rate", value)])
      #expect(results(live.run) == results(run))
      #expect(live.run.outcomes.map(\.text) == run.outcomes.map(\.text))
      #expect(live.figures.map(\.text) == run.values.map(\.text))
    }
  }

  @Test("only what stands behind the parameter is played again, and only what differs is sent")
  func onlyWhatDepends() throws {
    let live = try open(try NotebookFolder())
    try live.move("rate", to: "310")
    #expect(live.run.outcomes.count == 1)
    #expect(settle(live).keys.sorted() == ["cell-2"])
    try live.move("rate", to: "310 yuan")
    #expect(settle(live).isEmpty)
  }

  @Test("values that a parameter cannot have change nothing")
  func refusedValues() throws {
    let live = try open(try NotebookFolder())
    for (name, value) in [("rate", "601"), ("rate", "x"), ("rate", ""), ("day", "2022-02-30"), ("nothing", "1")] {
      #expect(throws: Refusal.self) { try live.move(name, to: value) }
    }
    #expect(live.isSettled && live.parameters.map(\.value) == ["300 yuan", "2022-07-01"])
  }

  @Test("a cell that is tried comes to what a file with that text does, and the file stays")
  func tried() throws {
    let folder = try NotebookFolder()
    let live = try open(folder)
    try live.move("rate", to: "310")
    try live.attempt("run changle-2022\nset rate_3m = 1 yuan\n", in: 1)
    #expect(live.tried == [1])
    settle(live)
    let text = Self.text.replacingOccurrences(
      of: "```cesuan name=before\nrun changle-2020\n",
      with: "```cesuan name=before\nrun changle-2022\nset rate_3m = 1 yuan\n")
    let other = try NotebookFolder()
    let run = try other.run(text, [("rate", "310")])
    #expect(results(live.run) == results(run))
    #expect(live.run.outcomes.map(\.text) == run.outcomes.map(\.text))
    #expect(try folder.read("n.md") == Self.text)
    live.restore()
    settle(live)
    #expect(live.tried.isEmpty)
    #expect(results(live.run) == results(try other.run(Self.text, [("rate", "310")])))
  }

  @Test("a cell's text takes its place byte for byte, inside quotations and with fences of its own")
  func edits() throws {
    let bytes = Array(Self.text.utf8)
    let notebook = Notebook.read(bytes, name: "n.md")
    func edited(_ number: Int, _ text: String) -> String {
      String(decoding: CellEdit(notebook.cells[number - 1], text).applied(to: bytes), as: UTF8.self)
    }
    for cell in notebook.cells { #expect(edited(cell.number, cell.text) == Self.text) }
    #expect(edited(2, "run\n\nshow x").contains("> ```cesuan name=now\n> run\n>\n> show x\n> ```\n"))
    #expect(edited(1, "a\n```\nb").contains("````cesuan name=before\na\n```\nb\n````\n"))
    #expect(edited(4, "run").contains("```cesuan attempt=one\nrun\n```\n"))
    #expect(edited(6, "").hasSuffix("```cesuan name=last\n```\n"))
    let crossed = Self.text.replacingOccurrences(of: "\n", with: "\r\n")
    let cell = Notebook.read(Array(crossed.utf8), name: "n.md").cells[0]
    let text = String(decoding: CellEdit(cell, "a\nb\n").applied(to: Array(crossed.utf8)), as: UTF8.self)
    #expect(
      text == crossed.replacingOccurrences(of: "run changle-2020\r\n```\r\n\r\n>", with: "a\r\nb\r\n```\r\n\r\n>"))
  }

  @Test("a mistake in a cell stops there, and is gone when the cell is mended")
  func mistaken() throws {
    let live = try open(try NotebookFolder())
    try live.attempt("rnu\n", in: 1)
    let pieces = settle(live)
    #expect(pieces["cell-1"]?.contains("rnu") == true && pieces["cell-2"]?.contains("answer") == false)
    try live.attempt("run changle-2020\n", in: 1)
    #expect(settle(live)["cell-2"]?.contains("60,000.00") == true)
    #expect(live.tried.isEmpty && live.troubleHTML.isEmpty)
  }

  @Test("attempts at an exercise are judged by result, where they stand, and leave nothing behind")
  func exercises() throws {
    let live = try open(try NotebookFolder())
    #expect(try live.attempt(exercise: "one", "run changle-2022 by beneficiary").isRight)
    #expect(try !live.attempt(exercise: "one", "run changle-2020").isRight)
    #expect(try !live.attempt(exercise: "one", "").isRight)
    // `rate_6m` was set above.
    let whole = try live.attempt(exercise: "one", "set rate_3m = 1 yuan; language zh; run changle-2022")
    #expect(!whole.isRight && whole.html.contains("合计"))
    #expect(try live.attempt(exercise: "one", "run changle-2022").html.contains("40,000.00"))
    #expect(throws: Refusal.self) { try live.attempt(exercise: "two", "run") }
    try live.move("rate", to: "310")
    settle(live)
    #expect(try live.attempt(exercise: "one", "run changle-2022").isRight)
  }

  @Test("what is given up is played again")
  func givenUp() throws {
    let live = try open(try NotebookFolder())
    let before = results(live.run)
    try live.move("rate", to: "310")
    live.isCancelled = { true }
    for _ in 0..<5 { #expect(live.step().isEmpty) }
    #expect(!live.isSettled)
    live.isCancelled = { false }
    try live.move("rate", to: "300")
    settle(live)
    #expect(results(live.run) == before)
  }

  @Test("what is written is what was shown, with the answers that the file's own parameters give")
  func written() throws {
    let folder = try NotebookFolder()
    let live = try open(folder)
    try live.move("rate", to: "310")
    try live.attempt("run changle-2022\n", in: 1)
    settle(live)
    let plan = live.plan(withAnswers: true)
    #expect(plan.html.contains("- run changle-2020") && plan.html.contains("+ run changle-2022"))
    #expect(try folder.read("n.md") == Self.text)
    try live.write(plan)
    settle(live)
    let text = try folder.read("n.md")
    #expect(text.contains("**60,000.00 yuan**<!--") && text.contains("```output "))
    #expect(try folder.check().failed == false)
    #expect(live.tried.isEmpty && live.edition == 2)
    #expect(live.plan(withAnswers: true).isEmpty)
    // The parameter stays where it was moved to.
    #expect(live.parameters[0].value == "310 yuan")
  }

  @Test("a file that somebody else has changed is not written over, and what is tried goes along")
  func changedMeanwhile() throws {
    let folder = try NotebookFolder()
    let live = try open(folder)
    try live.attempt("run changle-2022\n", in: 1)
    settle(live)
    let plan = live.plan(withAnswers: false)
    try folder.write("n.md", Self.text + "\nTheirs.\n")
    #expect(throws: Refusal.self) { try live.write(plan) }
    #expect(try folder.read("n.md") == Self.text + "\nTheirs.\n")
    #expect(live.look())
    #expect(live.tried == [1] && live.takeLost().isEmpty)
    #expect(throws: Refusal.self) { try live.write(plan) }
    // A cell that is no longer there gives what was tried back.
    try folder.write(
      "n.md", Self.text.replacingOccurrences(of: "run changle-2020\n```\n\n>", with: "show budget\n```\n\n>"))
    #expect(live.look())
    #expect(live.tried.isEmpty && live.takeLost() == ["run changle-2022\n"])
    #expect(!live.look())
  }

  @Test("a file that only a cell loads is looked at, too")
  func loadedByACell() throws {
    let folder = try NotebookFolder()
    func facts(_ start: String) throws {
      try folder.write(
        "s.yaml",
        "scenario: S\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\nhires_from: h.csv\n")
      try folder.write("h.csv", "id,enterprise,start\na,e,\(start)\n")
    }
    try facts("2022-03-01")
    let live = try open(
      folder, "# Cells\n\n```cesuan\nload s.yaml\n```\n\n```cesuan\ncount hires by start\n```\n")
    #expect(!live.look() && live.html(for: "lead").contains("2022-03-01"))
    try facts("2023-11-30")
    #expect(live.look())
    settle(live)
    #expect(live.html(for: "lead").contains("2023-11-30") && !live.look())
  }

  @Test("a file that cannot be shown is told of, and the page stays until it can")
  func broken() throws {
    let folder = try NotebookFolder()
    let live = try open(folder)
    try folder.write("n.md", "---\ntitle: x\n")
    #expect(live.look() && !live.trouble.isEmpty && live.html(for: "lead").contains("<h1 id=\"open\">Open</h1>"))
    #expect(!live.look())
    try folder.write("n.md", Self.text.replacingOccurrences(of: "# Open", with: "# Mended"))
    #expect(live.look() && live.trouble.isEmpty)
    #expect(live.html(for: "lead").contains("<h1 id=\"mended\">Mended</h1>"))
  }

  @Test("a page has a control of its own for every kind of parameter, within its bounds")
  func controls() throws {
    let parameters = """
        a: {type: money, default: 300, at least: 100, at most: 500, meaning: "<A>"}
        b: {type: share, default: 50%}
        c: {choices: [yes, no], default: no}
        d: {choices: [x, y, z], default: y}
        e: {choices: [p, q, r, s, t, u], default: q}
        f: {type: date, default: 2022-07-01, at least: 2022-01-01}
        g: {type: name, default: changle-2022}
        h: {type: months, default: 0}
      """
    let live = try open(
      try NotebookFolder(), "---\nscenarios: s.yaml\nparameters:\n\(parameters)\n---\n\n```cesuan\nrun {g}\n```\n")
    let page = live.html(for: "lead")
    for part in [
      "&lt;A&gt;", #"min="10000" max="50000" step="1" data-step="500" value="30000" aria-valuetext="300 yuan""#,
      #"min="0" max="100000000" step="1" data-step="1000000" value="50000000" aria-valuetext="50 %""#,
      #"role="switch" id="parameter-3" data-on="yes" data-off="no">"#,
      #"<input type="radio" name="parameter-4" value="y" checked>"#, "<option selected>q</option>",
      #"<input type="date" id="parameter-6" class="exact" value="2022-07-01" min="2022-01-01">"#,
      #"<input type="text" id="parameter-7" class="exact" value="changle-2022""#,
      #"min="0" max="10" step="1" data-step="1" value="0""#,
    ] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test("what is no notebook is refused with the reason")
  func noNotebook() throws {
    let folder = try NotebookFolder()
    try folder.write("n.md", "# Prose\n")
    for path in ["n.md", "missing.md", "s.yaml"] {
      #expect(throws: Refusal.self) { try LiveNotebook(folder.path(path), NotebookSettings()) }
    }
    try folder.write("n.md", "---\ntitel: x\n---\n```cesuan\nrun\n```\n")
    #expect(throws: Refusal.self) { try LiveNotebook(folder.path("n.md"), NotebookSettings()) }
  }
}
