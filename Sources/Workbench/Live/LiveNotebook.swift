// A notebook that is open in a page: its parameters are moved, its cells tried, its exercises answered, its file is
// looked after and, on request, written. It is played one cell at a time, so that whoever serves it can listen in
// between. Knows nothing of connections and viewers.

import Answers
import Diagnostics
import Markup
import Sessions
import View

/// An open notebook.
package final class LiveNotebook {
  /// A part of the page that is not as it was.
  package struct Piece: Sendable {
    /// The id of the element.
    package let id: String
    package let html: String
  }

  /// What an attempt at an exercise came to.
  package struct Verdict: Sendable {
    package let isRight: Bool
    package let html: String
  }

  package let path: String
  /// Counts the texts that the page was laid out from: pieces of one do not fit into another.
  package private(set) var edition = 1
  /// Counts what has changed in the page.
  package private(set) var version = 1
  /// The cells that are tried otherwise than the file has them.
  package private(set) var tried: Set<Int> = []
  /// Whether everything is worked out.
  package private(set) var isSettled = false
  /// Why the page does not show the file as it is: it cannot be read, or is wrong.
  package private(set) var trouble: [Diagnostic] = []
  /// Asked while a cell is played, whether something more urgent has come.
  package var isCancelled: @Sendable () -> Bool = { false } {
    didSet { run.session.isCancelled = isCancelled }
  }

  let settings: NotebookSettings
  /// The file's bytes as they were read.
  var file: [UInt8]
  private(set) var run: NotebookRun
  private var page: NotebookPage
  private var hasBegun = false
  /// What viewers have: cells by number, and the clauses.
  private var shown: [Int: String] = [:]
  private var shownClauses = ""
  private var watch: FileWatch
  private var lost: [String] = []

  /// Opens a notebook.
  /// - Throws: what keeps it from being shown.
  package init(_ path: String, _ settings: NotebookSettings) throws(Refusal) {
    (self.path, self.settings) = (path, settings)
    let notebook = try LiveNotebook.read(path, settings)
    file = notebook.bytes
    (run, page) = LiveNotebook.play(notebook, settings)
    watch = FileWatch(notebook, run.settings)
    if run.failed { throw Refusal(run.diagnostics) }
  }

  package var language: Language { run.language }
  package var title: String { run.notebook.title ?? Files.stem(path) }

  static func read(_ path: String, _ settings: NotebookSettings) throws(Refusal) -> Notebook {
    let notebook: Notebook
    do { notebook = try NotebookFile.read(path, through: settings.door) } catch {
      throw Refusal([Mistake.reading(path, error).diagnostic(at: nil)])
    }
    let errors = notebook.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    guard Notebook.isOne(notebook.source.text) else {
      throw Refusal([LiveMistake.notANotebook(path).diagnostic])
    }
    return notebook
  }

  private static func play(_ notebook: Notebook, _ settings: NotebookSettings) -> (NotebookRun, NotebookPage) {
    let run = NotebookRun(notebook, settings)
    run.keepsMoments = true
    return (run, laidOut(run))
  }

  private static func laidOut(_ run: NotebookRun) -> NotebookPage {
    var options = PageOptions()
    options.hidesOffers = true
    return NotebookPage(run, options, isLive: true)
  }

  // MARK: Showing

  /// The whole page as it stands.
  /// - Parameter role: what its reader may do, for the script.
  package func html(for role: String) -> String {
    page.covered(
      page.text(
        marks: " data-edition=\"\(edition)\" data-version=\"\(version)\" data-role=\"\(HTMLRenderer.escaped(role))\""))
  }

  /// What is wrong, for the top of the page.
  package var troubleHTML: String {
    // Figures that could not be worked out have no cell that says so.
    let own = run.isOver && !(run.outcomes.last?.failed ?? false) ? run.diagnostics : []
    let problems = trouble + own.filter { $0.severity == .error }
    let renderer = HTMLRenderer(language: language)
    return page.covered(
      problems.prefix(10).map { problem in
        let line = problem.location.map { Text("line \($0.start.line): ", zh: "第 \($0.start.line) 行：") }
        return renderer.render(
          Document(
            [.note(.error, [Span(line ?? .same(""), .muted), Span(problem.told)])]
              + (problem.hint.map { [.paragraph([Span($0, .muted)])] } ?? [])))
      }.joined())
  }

  /// The figures of the prose by their expressions.
  package var figures: [(expression: String, text: String)] {
    run.values.map { ($0.value.expression, page.covered($0.text)) }
  }

  /// The parameters as they stand.
  package var parameters: [(name: String, value: String)] { run.parameterValues }

  /// The cells that are not played yet.
  package var waiting: [Int] {
    isSettled || run.isOver ? [] : Array((run.outcomes.count + 1)...run.notebook.cells.count)
  }

  // MARK: Playing

  /// Plays the next cell, or works out the figures behind the last.
  /// - Returns: what looks otherwise now.
  package func step() -> [Piece] {
    guard !isSettled else { return [] }
    version += 1
    if !hasBegun {
      hasBegun = true
      if !run.begin() { return finish() }
    }
    guard !run.isOver, let outcome = run.playNext() else { return finish() }
    watch.add(run.session.door.loadedFiles)
    if isCancelled() {
      run.rewind(to: outcome.cell.number - 1)
      return []
    }
    return piece(outcome).map { [$0] } ?? []
  }

  private func piece(_ outcome: CellOutcome) -> Piece? {
    let cell = outcome.cell
    if cell.options.attempt != nil || cell.kind == .answer { return nil }
    let html = page.covered(page.liveInside(cell, outcome))
    guard shown.updateValue(html, forKey: cell.number) != html else { return nil }
    return Piece(id: "cell-\(cell.number)", html: html)
  }

  private func finish() -> [Piece] {
    run.forget()
    run.workOut()
    isSettled = true
    var pieces: [Piece] = []
    // Cells behind a mistake show no answer of another time.
    for cell in run.notebook.cells.dropFirst(run.outcomes.count)
    where cell.options.attempt == nil && cell.kind != .answer {
      let html = page.covered(page.liveInside(cell, nil))
      if shown.updateValue(html, forKey: cell.number) != html {
        pieces.append(Piece(id: "cell-\(cell.number)", html: html))
      }
    }
    let clauses = page.covered(page.clauses)
    if clauses != shownClauses { pieces.append(Piece(id: "clauses", html: clauses)) }
    shownClauses = clauses
    return pieces
  }

  // MARK: Moving and trying

  /// Gives a parameter another value; what depends on it is played by `step`.
  package func move(_ name: String, to value: String) throws(Refusal) {
    try run.move(name, to: value)
    isSettled = false
  }

  /// The text of a cell as it stands in the file or is tried.
  package func source(of cell: Int) throws(Refusal) -> String { try self.cell(cell).text }

  private func cell(_ number: Int) throws(Refusal) -> NotebookCell {
    guard run.notebook.cells.indices.contains(number - 1) else { throw Refusal([LiveMistake.noCell.diagnostic]) }
    return run.notebook.cells[number - 1]
  }

  /// Plays the notebook with another text in a cell. The file stays as it is.
  package func attempt(_ text: String, in number: Int) throws(Refusal) {
    let cell = try cell(number)
    if cell.text == text { return }
    let bytes = CellEdit(cell, text).applied(to: run.notebook.bytes)
    let notebook = Notebook.read(bytes, name: path)
    let errors = notebook.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw Refusal(errors) }
    let isKept =
      notebook.cells.count == run.notebook.cells.count
      && zip(notebook.cells, run.notebook.cells).allSatisfy { new, old in
        new.number == number ? StoredText.lines(new.text) == StoredText.lines(text) : new.text == old.text
      }
    guard isKept, Notebook.isOne(notebook.source.text) else { throw Refusal([LiveMistake.notACell.diagnostic]) }
    let isSame = CellEdit.isOriginal(notebook, file, number)
    if isSame { tried.remove(number) } else { tried.insert(number) }
    if cell.kind == .commands, run.outcomes.count >= number - 1 {
      run = NotebookRun(notebook, continuing: run, behind: number - 1)
      page = NotebookPage(run, like: page)
      isSettled = false
    } else {
      begin(notebook)
    }
  }

  /// Goes back to what the file says.
  package func restore() {
    guard !tried.isEmpty else { return }
    tried = []
    begin(Notebook.read(file, name: path))
  }

  /// Plays a notebook from its beginning, with the parameters where they are.
  private func begin(_ notebook: Notebook) {
    var own = settings
    // Where nobody has moved a parameter it follows the file, and a value that no longer fits gives way to the file's.
    own.parameters = zip(run.notebook.front.parameters, run.parameterValues).filter { $0.byDefault != $1.value }
      .map(\.1).filter { name, value in
        notebook.front.parameters.contains { $0.name == name && (try? $0.value(value)) != nil }
      }
    (run, page) = LiveNotebook.play(notebook, own)
    run.session.isCancelled = isCancelled
    (hasBegun, isSettled) = (false, false)
  }

  /// Carries out an attempt at an exercise and holds it against the answer, by result.
  package func attempt(exercise name: String, _ text: String) throws(Refusal) -> Verdict {
    precondition(isSettled, "settled-first: exercises are judged when everything is worked out")
    let answer = run.outcomes.first { $0.cell.options.answer == name && $0.cell.kind == .commands }
    guard let cell = run.notebook.cells.first(where: { $0.options.attempt == name }), let answer,
      cell.number <= run.moments.count
    else { throw Refusal([LiveMistake.noExercise(name).diagnostic]) }
    let found = run.attempt(cell, text)
    if isCancelled() { throw Refusal([LiveMistake.tooLong.diagnostic]) }
    let isRight = !found.answers.isEmpty && ExerciseResult.isSame(found, answer)
    return Verdict(isRight: isRight, html: page.covered(page.answers(found)))
  }

  // MARK: The file

  /// Looks whether the file, or one that it names, is another than it was, and takes it in.
  /// - Returns: whether anything has changed.
  package func look() -> Bool {
    guard watch.hasChanged() else { return false }
    let before = trouble.map(\.message)
    do {
      let notebook = try LiveNotebook.read(path, settings)
      trouble = []
      carry(into: notebook)
    } catch {
      trouble = error.diagnostics
      watch = watch.renewed()
      if trouble.map(\.message) == before { return false }
    }
    return true
  }

  /// Shows a file as it is now. What is being tried is the viewer's own work and goes along, where the file has left
  /// its cell as it was.
  private func carry(into notebook: Notebook) {
    let original = Notebook.read(file, name: path).cells
    let texts = tried.sorted().map { (from: original[$0 - 1].text, to: run.notebook.cells[$0 - 1].text) }
    take(notebook)
    for (from, to) in texts {
      let places = notebook.cells.filter { $0.text == from }
      let isDone = places.count == 1 && (try? attempt(to, in: places[0].number)) != nil
      if !isDone { lost.append(to) }
    }
  }

  /// What was tried in cells that the file no longer has, once.
  package func takeLost() -> [String] {
    defer { lost = [] }
    return lost
  }

  /// Shows a file as it is now, and nothing that is tried.
  func take(_ notebook: Notebook) {
    if notebook.bytes != file { edition += 1 }
    (file, tried, shown, shownClauses) = (notebook.bytes, [], [:], "")
    begin(notebook)
    watch = FileWatch(notebook, run.settings)
  }
}

extension Answer {
  /// Where a page is, for whoever started it.
  package static func addresses(lead: String, follow: String, title: String) -> Answer {
    Answer(
      Document([
        .paragraph([.data(title, .strong)]),
        .lines([
          [Span("To lead:    ", zh: "主持："), .data(lead)], [Span("To follow:  ", zh: "跟看："), .data(follow)],
        ]),
        .paragraph([Span("Ctrl-C ends it.", zh: "按 Ctrl-C 结束。", .muted)]),
      ]), records: [Record(kind: "page", ["lead": .id(lead), "follow": .id(follow)])])
  }
}
