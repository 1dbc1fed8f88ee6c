// One session behind every front end: it performs commands and keeps the log of what they changed. The prompt, `-c`, a
// pipe and a script all come through here, so that they cannot drift apart (architecture, decision 6). Knows nothing of
// terminals.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import View

/// A session.
public final class Session {
  public let library: Library
  /// The language of texts that depend on it when they are made, such as help on both spellings.
  public var language: Language
  public var threads = 2
  /// Asked between two steps of long work.
  public var isCancelled: @Sendable () -> Bool = { false }
  /// Told how much of a run is done, 0 to 1.
  public var progress: (@Sendable (Double) -> Void)?
  /// How answers look and how the prompt behaves.
  public internal(set) var preferences = Preferences()
  /// The file of the configuration, for telling people about it.
  public var configFile: String?
  /// Where large CSV files are kept as columns, for who prefers `cache = on`; nil: nowhere.
  public var cacheFolder: String?
  /// Whether answers carry what one may ask next.
  public var suggestsNext = false
  /// What `last` shows.
  var lastAnswer: Answer?
  /// Where the files are that commands name: empty for the process's own folder, or ending in `/`.
  var folder = ""
  /// Whether commands may write files; a check only looks.
  var mayWrite = true
  /// Whether a scenario is remembered by its whole path: the folder is that of a notebook that is played just now.
  var keepsWholePaths = false
  var log = StateLog()
  var last: Run?
  /// What was asked about last: what-ifs that name no programme are about it.
  var recent: Recent?
  /// Numbered results, and what the one being made rests on.
  var results = ResultLog()
  var evidence: Evidence?
  /// What runs over the same facts may keep.
  let memories = RunMemories()
  private var serials = 0
  /// Documents as drafts leave them, and the facts that drafts have declared.
  var editedDocuments: [String: CheckedDocument] = [:]
  var draftDictionary: FactDictionary?
  /// Digests of facts, by the serial of the scenario.
  var factDigests: [Int: UInt64] = [:]
  /// Scripts that are being carried out, outermost first.
  var playing: [String] = []

  public init(library: Library, language: Language = .en) {
    self.library = library
    self.language = language
  }

  /// What holds now.
  public var state: SessionState { log.state }

  /// One run with what it was asked.
  struct Run: Sendable {
    /// As it is shown: `changle-2022 + fuzhou-2021`.
    var programme: String { names.joined(separator: " + ") }
    /// Documents and drafts, as they are called.
    let names: [String]
    let documents: [CheckedDocument]
    /// The settings of the user that took part: those that hold, and those for the one command.
    let settings: [Setting]
    let scenario: LoadedScenario
    /// The facts as this run took them.
    let facts: Scenario
    let ledger: Ledger
    /// How many steps of the session held.
    let depth: Int
  }

  func nextSerial() -> Int {
    serials += 1
    return serials
  }

  // MARK: Texts

  /// Performs every command of a text, giving each answer to `sink` as it comes.
  ///
  /// - Parameters:
  ///   - keepGoing: go on after a command that failed.
  ///   - echo: let each answer carry its command, for showing it.
  /// - Returns: whether all went well.
  @discardableResult
  public func play(
    _ source: SourceFile, keepGoing: Bool = false, echo: Bool = false, sink: (Answer) -> Bool
  ) -> Bool {
    var allWell = true
    for statement in WorkbenchCommands.parser.statements(of: source) {
      var isWanted = true
      var ends = false
      var failed = false
      perform(statement) { answer in
        var answer = answer
        if echo, answer.echo == nil, isWanted { answer.echo = statement.text }
        failed = failed || answer.failed
        ends = ends || answer.ends
        if isWanted { isWanted = sink(answer) }
        return isWanted
      }
      if failed { allWell = false }
      if ends || !isWanted || (failed && !keepGoing) { break }
    }
    return allWell
  }

  /// Performs one statement; `source` and `tour` have several answers.
  package func perform(_ statement: CommandParser.Statement, sink: (Answer) -> Bool) {
    guard let command = statement.command else {
      var answer = Answer.failure(statement.diagnostics)
      answer.correction = Correction.line(statement.text, at: statement.location, answer.diagnostics)
      _ = sink(answer)
      return
    }
    if command.performable.performAll(in: self, sink: sink) { return }
    var answer = perform(command)
    answer.correction = Correction.line(statement.text, at: statement.location, answer.diagnostics)
    let isShown = type(of: command.performable).isShownAgain && command.into == nil && !answer.document.isEmpty
    if !answer.failed, isShown { lastAnswer = answer }
    if suggestsNext, !answer.failed, command.into == nil {
      answer.next = command.performable.next(in: self).map { $0.in(language) }
    }
    _ = sink(answer)
  }

  func playFile(_ file: Written, sink: (Answer) -> Bool) {
    let path = path(file.raw)
    guard !playing.contains(path), playing.count < 16 else {
      _ = sink(.failure(Mistake.tooDeep(file.raw).diagnostic(at: file.location)))
      return
    }
    do {
      let text = try Files.read(path)
      playing.append(path)
      defer { playing.removeLast() }
      if ["md", "markdown"].contains(Files.ending(file.raw)), Notebook.isOne(text) {
        playNotebook(Notebook.read(Array(text.utf8), name: path), sink: sink)
      } else {
        play(SourceFile(name: file.raw, text: PastedTranscript.commands(in: text)), echo: true, sink: sink)
      }
    } catch {
      _ = sink(.failure(Mistake.unreadable(file.raw, error.reason).diagnostic(at: file.location)))
    }
  }

  // MARK: Commands

  /// Performs one command.
  package func perform(_ command: Command) -> Answer {
    var answer: Answer
    evidence = nil
    do {
      answer = try answered(command)
      if let evidence, !answer.failed { number(&answer, evidence, command) }
    } catch {
      answer = .failure(error.diagnostics)
    }
    if answer.isWritten { return answer }
    if let format = command.format { answer.format = format }
    if let file = command.into, !answer.failed { answer = write(answer, to: file) }
    return answer
  }

  private func answered(_ command: Command) throws(Refusal) -> Answer {
    let performable = command.performable
    let answer = try performable.perform(in: self, command)
    if type(of: performable).isSpoken, !answer.failed { log.remember(command.text) }
    return answer
  }
}

extension Session {
  /// `last`: the last answer again, on request with every column of its tables.
  func again(wide: Bool) throws(Refusal) -> Answer {
    guard var answer = lastAnswer else { throw Refusal(.nothingBefore, at: nil) }
    answer.isWide = wide
    answer.format = nil
    answer.diagnostics = []
    return answer
  }

  /// A file's path as commands name it, from the folder of the session.
  func path(_ name: String) -> String {
    let path = Files.expanded(name)
    return path.hasPrefix("/") ? path : folder + path
  }

  /// Writes a file that a command names, unless the session only looks.
  func put(_ text: String, into file: Written) throws(Refusal) {
    guard mayWrite else { return }
    do { try Files.write(text, to: path(file.raw)) } catch {
      throw Refusal(.unwritable(file.raw, error.reason), at: file.location)
    }
  }

  /// Reads a scenario that is named outside a command, such as an argument of the program.
  public func load(path: String) -> Answer {
    let source = SourceFile(name: "load", text: "load \"\(path)\"")
    let location = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
    let file = Written(text: path, raw: path, location: location)
    var answer = perform(Command(LoadCommand(file: file), text: source.text, location: location))
    answer.diagnostics = answer.diagnostics.map {
      $0.location?.source == nil ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint) : $0
    }
    return answer
  }

  /// Checks files that are named outside a command.
  public func check(paths: [String], notebooks: NotebookCheckOptions = NotebookCheckOptions()) -> Answer {
    let location = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
    var answer = check(paths.map { Written(text: $0, raw: $0, location: location) }, notebooks)
    answer.diagnostics = answer.diagnostics.map {
      $0.location?.source == nil ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint) : $0
    }
    return answer
  }
}
