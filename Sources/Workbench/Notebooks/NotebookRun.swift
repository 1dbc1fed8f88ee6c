// Plays a notebook from top to bottom in a clean session. Errors end the run at their cell, and what came before stays.
// Knows nothing of terminals, and nothing of pages.

import Answers
import Commands
import Diagnostics
import Facts
import PolicyLanguage
import Sessions
import View

/// What a notebook is run with.
package struct NotebookSettings: Sendable {
  /// Values of its parameters, as typed.
  package var parameters: [(name: String, value: String)] = []
  /// Further policy documents at hand.
  package var policies: [SourceFile] = []
  /// The language where the notebook names none.
  package var language: Language = .en
  package var threads = 2
  /// The way to files: a notebook stays in its folder and in what the user allows beside it.
  package var door = FileDoor()
  /// Whether its commands may write files.
  package var mayWrite = false

  package init() {}
}

/// What one cell answered.
struct CellOutcome: Sendable {
  let cell: NotebookCell
  var answers: [Answer] = []
  /// The answers as they stand in the file.
  var text = ""
  var diagnostics: [Diagnostic] = []
  var failed = false
  /// Files that the cell would have written, had it been allowed to.
  var wishes: [String] = []
  let fingerprint: String

  /// The last record among the answers.
  var record: Record? { answers.reversed().lazy.compactMap(\.records.last).first }
  /// The last object for programs among the answers.
  var object: JSONValue? { answers.reversed().lazy.compactMap(\.json.last).first }
}

/// A figure of the prose, worked out.
struct ValueOutcome: Sendable {
  let value: InlineValue
  let text: String
}

/// A notebook's whole run.
package final class NotebookRun {
  package let notebook: Notebook
  package let language: Language
  let session: Desk
  /// What was answered so far; `NotebookReplay` takes some of it back.
  var outcomes: [CellOutcome] = []
  var values: [ValueOutcome] = []
  /// What stopped it, and what is wrong with it.
  package internal(set) var diagnostics: [Diagnostic] = []
  private(set) var fingerprints: [String] = []
  /// Where the session stood before each cell that was played, kept for whoever plays some of them again.
  var moments: [DeskMoment] = []
  var keepsMoments = false
  let settings: NotebookSettings
  /// Where names of cells and of results lead, and the objects made so far.
  var named: [String: Int] = [:]
  var numbered: [String: Int] = [:]
  var objects: [Int: JSONValue?] = [:]
  var parameters: [String: String] = [:]
  /// How much was wrong before the first cell.
  private(set) var standing = 0
  /// The columns that answers in a file may take.
  static let width = 100

  package var failed: Bool { diagnostics.contains { $0.severity == .error } }

  package init(_ notebook: Notebook, _ settings: NotebookSettings) {
    self.notebook = notebook
    var settings = settings
    language = notebook.front.language ?? settings.language
    diagnostics = notebook.diagnostics
    var door = settings.door.inside(notebook.folder)
    if settings.mayWrite { door.onlyLooks = false } else { door = door.looking() }
    var seen: Set<String> = Set(settings.policies.map(\.name))
    for policy in notebook.front.policies where seen.insert(notebook.folder + policy.file).inserted {
      do {
        let path = policy.file.hasPrefix("/") ? policy.file : notebook.folder + policy.file
        settings.policies.append(SourceFile(name: path, text: try door.text(path, as: .source)))
      } catch {
        diagnostics.append(Mistake.reading(policy.file, error).diagnostic(at: policy.location))
      }
    }
    settings.policies += NotebookRun.documents(in: notebook)
    self.settings = settings
    let library = Library(files: settings.policies)
    session = Desk(library: library, language: language)
    session.threads = settings.threads
    session.folder = notebook.folder
    session.door = door
    if !settings.policies.isEmpty { diagnostics += library.startDiagnostics }
    readParameters()
    fingerprints = CellFingerprints(notebook, values: parameters, policies: settings.policies, door).all
  }

  /// A notebook that is played at a desk which is there already: its cells ask what is known there.
  /// - Parameter values: of the parameters that it has, by name.
  init(_ notebook: Notebook, at desk: Desk, parameters values: [String: String]) {
    self.notebook = notebook
    language = notebook.front.language ?? desk.language
    diagnostics = notebook.diagnostics
    settings = NotebookSettings()
    session = desk
    readParameters()
    for parameter in notebook.front.parameters {
      if let value = values[parameter.name] { parameters[parameter.name] = value }
    }
    fingerprints = Array(repeating: "", count: notebook.cells.count)
  }

  /// A notebook that differs from another in one cell of commands, with what was answered above that cell.
  /// - Parameter cell: how many cells stand above it, all of them played.
  init(_ notebook: Notebook, continuing other: NotebookRun, behind cell: Int) {
    precondition(other.keepsMoments && other.outcomes.count >= cell, "moments-kept: the cells above were played")
    self.notebook = notebook
    (language, settings, session, parameters) = (other.language, other.settings, other.session, other.parameters)
    (keepsMoments, standing) = (true, other.standing)
    if cell < other.moments.count { session.go(to: other.moments[cell]) }
    diagnostics = Array(other.diagnostics.prefix(standing))
    outcomes = Array(other.outcomes.prefix(cell))
    moments = Array(other.moments.prefix(cell))
    fingerprints = Array(repeating: "", count: notebook.cells.count)
  }

  /// Whole policy documents that stand in the notebook's fences, each as a file of its own with its lines where they
  /// are.
  private static func documents(in notebook: Notebook) -> [SourceFile] {
    notebook.cells.compactMap { cell in
      guard cell.kind == .policy, PolicyCell.document(cell.text) != nil else { return nil }
      return SourceFile(
        name: notebook.source.name, text: String(repeating: "\n", count: cell.line - 1) + PolicyCell.fenced(cell.text))
    }
  }

  /// The parameters' values as cells of the notebook's language have them: 300元 where English has `300 yuan`.
  var writtenParameters: [String: String] {
    var written = parameters
    for parameter in notebook.front.parameters {
      if let value = parameters[parameter.name] { written[parameter.name] = parameter.written(value, in: language) }
    }
    return written
  }

  /// The parameters' values as they are put into cells.
  var parameterValues: [(name: String, value: String)] {
    notebook.front.parameters.map { ($0.name, parameters[$0.name] ?? $0.byDefault) }
  }

  private func readParameters() {
    for parameter in notebook.front.parameters { parameters[parameter.name] = parameter.byDefault }
    for (name, value) in settings.parameters {
      guard let parameter = notebook.front.parameters.first(where: { $0.name == name }) else {
        let known = notebook.front.parameters.map(\.name)
        diagnostics.append(
          NotebookMistake.unknownParameter(name, nearest: Nearest.names(to: name, among: known)).diagnostic(at: nil))
        continue
      }
      do { parameters[name] = try parameter.value(value) } catch {
        diagnostics.append(error.mistake.diagnostic(at: nil))
      }
    }
  }

  // MARK: Playing

  /// Plays every cell, giving each to `sink` as it is done.
  /// - Returns: whether all went well.
  @discardableResult
  func play(_ sink: (CellOutcome) -> Void = { _ in }) -> Bool {
    guard begin() else { return false }
    // A text may say first what comes out, and show below how: figures are worked out when all cells are done.
    defer { workOut() }
    while let outcome = playNext() {
      sink(outcome)
      if outcome.failed || session.isCancelled() { return false }
    }
    return true
  }

  /// Whether there is something to play, once the scenarios are loaded.
  func begin() -> Bool {
    let isReady = !failed && loadScenarios()
    standing = diagnostics.count
    return isReady
  }

  /// Plays the next cell.
  /// - Returns: nil when all are done.
  func playNext() -> CellOutcome? {
    guard outcomes.count < notebook.cells.count else { return nil }
    if keepsMoments { moments.append(session.moment) }
    let outcome = play(notebook.cells[outcomes.count], fingerprints[outcomes.count])
    outcomes.append(outcome)
    if outcome.failed { diagnostics += outcome.diagnostics }
    return outcome
  }

  private func loadScenarios() -> Bool {
    for scenario in notebook.front.scenarios {
      let location =
        scenario.location
        ?? SourceRange(source: notebook.source, start: Position(line: 1, column: 1), end: Position(line: 1, column: 1))
      let file = Written(text: scenario.file, raw: scenario.file, location: location)
      let name = scenario.name.map { Written(text: $0, raw: $0, location: location) }
      let answer = session.perform(
        Command(LoadCommand(file: file, name: name), text: "load \(scenario.file)", location: location))
      if answer.failed { diagnostics += answer.diagnostics }
    }
    return !failed
  }

  private func play(_ cell: NotebookCell, _ fingerprint: String) -> CellOutcome {
    // An exercise is tried and leaves nothing behind.
    if cell.options.isExercise { return session.trial { perform(cell, fingerprint) } }
    return perform(cell, fingerprint)
  }

  func perform(_ cell: NotebookCell, _ fingerprint: String) -> CellOutcome {
    var outcome = CellOutcome(cell: cell, fingerprint: fingerprint)
    switch cell.kind {
    case .answer: break
    case .commands:
      let filled = ParameterText.filled(cell.text, writtenParameters)
      let source = SourceFile(name: notebook.source.name, text: filled)
      session.play(source) { answer in
        outcome.answers.append(located(answer, cell, source, isFilled: filled != cell.text))
        return !answer.ends
      }
    case .scenario:
      outcome.answers = [
        session.loadScenario(cell.text, name: cell.options.name, source: notebook.source, line: cell.line + 1)
      ]
    case .policy:
      outcome.answers = [session.take(policy: cell, of: notebook)]
    }
    outcome.wishes = session.door.takeWishes()
    outcome.diagnostics = outcome.answers.flatMap(\.diagnostics)
    outcome.failed = outcome.answers.contains(where: \.failed)
    outcome.text = text(of: outcome)
    if cell.options.attempt != nil { outcome.failed = false }
    if cell.options.expectsError { judge(&outcome) }
    return outcome
  }

  /// Whether a cell that is to fail did, and for the reason given.
  private func judge(_ outcome: inout CellOutcome) {
    let codes = outcome.diagnostics.filter { $0.severity == .error }.map(\.code)
    if !outcome.failed {
      outcome.diagnostics.append(NotebookMistake.unexpectedSuccess.diagnostic(at: notebook.location(outcome.cell)))
      outcome.failed = true
    } else if let wanted = outcome.cell.options.errorCode, !codes.contains(wanted) {
      outcome.diagnostics.append(
        NotebookMistake.otherError(wanted: wanted, found: codes).diagnostic(at: notebook.location(outcome.cell)))
    } else {
      outcome.failed = false
    }
  }

  /// Mistakes at their places in the notebook instead of in the cell.
  private func located(_ answer: Answer, _ cell: NotebookCell, _ source: SourceFile, isFilled: Bool) -> Answer {
    guard answer.diagnostics.contains(where: { $0.location?.source === source }) else { return answer }
    var answer = answer
    let shift = cell.line
    // Where parameters were put in, what was carried out is shown, not what is written.
    let shown =
      isFilled
      ? SourceFile(name: source.name, text: String(repeating: "\n", count: shift) + source.text) : notebook.source
    let margin = isFilled ? 0 : cell.margin.count
    func moved(_ position: Position) -> Position {
      Position(line: position.line + shift, column: position.column + margin)
    }
    answer.diagnostics = answer.diagnostics.map { problem in
      guard let location = problem.location, location.source === source else { return problem }
      return Diagnostic(
        problem.severity, code: problem.code, problem.message, hint: problem.hint,
        at: SourceRange(source: shown, start: moved(location.start), end: moved(location.end)))
    }
    return answer
  }

  /// Answers as they stand in the file: as in a terminal without colours, a hundred columns wide. What was wrong comes
  /// without its place, which the next edit would change.
  private func text(of outcome: CellOutcome) -> String {
    var parts: [String] = []
    var tongue = session.language
    for answer in outcome.answers {
      if let language = answer.language { tongue = language }
      var shown = AnswerRenderer(language: tongue, width: NotebookRun.width)
      shown.showsIdNumbers = session.showsIdNumbers
      let text = shown.render(answer)
      if !text.isEmpty { parts.append(text) }
      var renderer = DiagnosticRenderer(language: tongue, width: NotebookRun.width)
      renderer.showsNumbers = session.showsIdNumbers
      for problem in answer.diagnostics.prefix(20) {
        parts.append(
          renderer.text(Diagnostic(problem.severity, code: problem.code, problem.message, hint: problem.hint)) + "\n")
      }
      if let more = answer.untoldProblems(beyond: 20) { parts.append(more.in(tongue) + "\n") }
    }
    return parts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }

  // MARK: Figures

  func workOut() {
    let isWhole = !failed && outcomes.count == notebook.cells.count
    index()
    // One expression may stand in a text many times; `_` means another answer at each place.
    var known: [String: String] = [:]
    for value in notebook.values {
      if let text = known[value.expression] {
        values.append(ValueOutcome(value: value, text: text))
        continue
      }
      do {
        let text = try ValueExpression.text(value.expression, self, before: value.cells)
        if !value.expression.contains("_") { known[value.expression] = text }
        values.append(ValueOutcome(value: value, text: text))
      } catch {
        // What a stopped run did not come to is not the expression's fault. Nobody reads more than a hundred mistakes.
        if isWhole, diagnostics.count < 100 { diagnostics.append(error.diagnostic(at: notebook.location(value.range))) }
      }
    }
  }

  /// Finds out which names lead to which cell.
  private func index() {
    for (i, outcome) in outcomes.enumerated() {
      for name in [outcome.cell.options.name, outcome.cell.options.answer].compactMap(\.self) { named[name] = i }
      for answer in outcome.answers { if let result = answer.result { numbered[result.name] = i } }
    }
  }

  /// What a name in an expression stands for; `_` is the last answer above it.
  func object(named name: String, before cells: Int) -> JSONValue? {
    if name == "_" {
      return (0..<min(cells, outcomes.count)).reversed().lazy.compactMap { self.object(of: $0) }.first
    }
    if let i = named[name] { return object(of: i) }
    guard let i = numbered[name] else { return nil }
    return outcomes[i].answers.last { $0.result?.name == name }?.json.last
  }

  /// The object of a cell, made once.
  private func object(of i: Int) -> JSONValue? {
    if let known = objects[i] { return known }
    let object = outcomes[i].object
    objects[i] = .some(object)
    return object
  }

  func parameter(_ name: String) -> String? { parameters[name] }

  /// The last command of the cell that a name leads to, as it was carried out; nil where it leads to none.
  func command(named name: String) -> String? {
    guard let i = named[name] ?? numbered[name] else { return nil }
    let lines = ParameterText.filled(outcomes[i].cell.text, writtenParameters).split(separator: "\n")
    return lines.last { !$0.trimmingSpaces.isEmpty && !$0.trimmingSpaces.hasPrefix("#") }?.trimmingSpaces
  }

  /// With how many decimals amounts of what is handed in as a whole are written: none where no answer has any.
  var decimals: Int { outcomes.flatMap(\.answers).filter { $0.result != nil }.map(\.decimals).max() ?? 2 }

  /// Names that an expression may begin with.
  var knownNames: [String] { outcomes.compactMap { $0.cell.options.name } + parameters.keys.sorted() }
}
