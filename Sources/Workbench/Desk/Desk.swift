// One session behind every front end: it performs commands and keeps the log of what they changed. The prompt, `-c`, a
// pipe and a script all come through here, so that they cannot drift apart. Knows nothing of
// terminals.

import Answers
import Commands
import Databases
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions
import View

/// A session at work: it performs commands on what the session knows, and says how answers look.
package final class Desk: Session {
  /// The language of texts that depend on it when they are made, such as help on both spellings.
  package var language: Language
  /// How answers look and how the prompt behaves.
  package internal(set) var preferences = Preferences()
  /// The file of the configuration, for telling people about it.
  package var configFile: String?
  /// Where large CSV files are kept as columns, for who prefers `cache = on`; nil: nowhere.
  package var cacheFolder: String?
  /// Whether answers carry what one may ask next.
  package var suggestsNext = false
  /// Rules in the reader's language.
  private(set) lazy var ruleTexts = RuleTexts(library)
  /// What `last` shows.
  var lastAnswer: Answer?
  /// Asks whoever sits at the prompt whether a file may be replaced; nil where nobody can be asked.
  package var confirm: ((Text) -> Bool)?
  /// Whether a scenario is remembered by its whole path: the folder is that of a notebook that is played just now.
  var keepsWholePaths = false
  /// The paper whose cells are being played.
  var paperInHand: ReportCommand.Paper?
  /// The papers that are handed in with it.
  var papersBeside: [ReportCommand.Paper] = []
  /// Asks whoever sits at the prompt a question; the answer, empty for Enter alone, and nil where the asking was
  /// interrupted. Nil itself where nobody can be asked.
  package var ask: ((Question) -> String?)?
  /// How many commands behind a mistake in the last text were not carried out.
  package private(set) var leftOut = 0
  /// Scripts that are being carried out, outermost first.
  var playing: [String] = []
  /// What can be drawn of numbered results.
  var charts: [Int: Chart] = [:]
  /// The lists of numbered results, as tables for statements.
  var resultTables: [Int: QueryTable] = [:]
  /// What simulations have come to.
  var simulations = SimulationMemory()
  /// The texts of the facts as statements read them, with the scenario's number and how many there are.
  var knownTexts: (serial: Int, count: Int, texts: DatasetTexts)?

  package init(library: Library, language: Language = .en) {
    self.language = language
    super.init(library: library)
    noteCurrency = { AmountWriting.current?.decimals = $0.decimals }
  }

  // MARK: Texts

  /// Performs every command of a text, giving each answer to `sink` as it comes.
  ///
  /// - Parameters:
  ///   - keepGoing: go on after a command that failed.
  ///   - echo: let each answer carry its command, for showing it.
  /// - Returns: whether all went well.
  @discardableResult
  package func play(
    _ source: SourceFile, keepGoing: Bool = false, echo: Bool = false, sink: (Answer) -> Bool
  ) -> Bool {
    var allWell = true
    leftOut = 0
    var statements = WorkbenchCommands.parser.statements(of: source)
    while let statement = statements.next() {
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
    if !allWell { while statements.next() != nil { leftOut += 1 } }
    return allWell
  }

  /// Performs one statement; `source` and `tour` have several answers.
  package func perform(_ statement: CommandParser.Statement, sink: (Answer) -> Bool) {
    guard let command = statement.command else {
      var isDone = false
      let told = familiar(statement) { answer in
        isDone = true
        return sink(answer)
      }
      if isDone { return }
      if let told {
        _ = sink(told)
        return
      }
      var answer = Answer.failure(withoutVainQuestions(statement))
      answer.correction = correction(of: statement, statement.diagnostics)
      _ = sink(answer)
      return
    }
    if command.performable.performAll(in: self, sink: sink) { return }
    var answer = perform(command)
    answer.correction = correction(of: statement, answer.diagnostics)
    let isShown = type(of: command.performable).isShownAgain && command.into == nil && !answer.document.isEmpty
    if !answer.failed, isShown { lastAnswer = answer }
    if suggestsNext, !answer.failed, command.into == nil {
      answer.next = command.performable.next(in: self).map { $0.in(language) }
    }
    _ = sink(answer)
  }

  // MARK: Commands

  /// Performs one command.
  package func perform(_ command: Command) -> Answer {
    AmountWriting.$current.withValue(AmountWriting()) {
      var answer = performed(command)
      answer.decimals = AmountWriting.current?.decimals ?? 2
      return answer
    }
  }

  private func performed(_ command: Command) -> Answer {
    let areListed = command.performable.besides(command) != .nothing
    return BesideFigures.$areListed.withValue(areListed) {
      var answer = told(command)
      // A book is made when it is asked for.
      if !areListed, let book = answer.book {
        answer.book = { BesideFigures.$areListed.withValue(false) { book() } }
      }
      return answer
    }
  }

  private func told(_ command: Command) -> Answer {
    var answer: Answer
    evidence = nil
    if let format = command.format, format.isForFiles, command.into == nil {
      return .failure(FileForms.onlyFiles(format, at: command.location))
    }
    // A command that carries out another rests on what that rests on.
    let outer = grounds
    grounds = []
    defer { grounds = outer + grounds }
    do {
      // Before the work, which may be long.
      try FileForms.check(command, in: self)
      if let file = command.into { try openDoor(for: file) }
      answer = try answered(command)
      if !answer.failed { answer = try beside(answer, command) }
      if !answer.failed { tellSettings(&answer) }
      if let evidence, !answer.failed {
        number(&answer, evidence, command)
        bind(&answer, evidence)
      }
    } catch {
      answer = .failure(error.diagnostics)
    }
    if answer.isWritten { return answer }
    if let refusal = FileForms.noRecords(in: answer, command) { return .failure(answer.diagnostics + [refusal]) }
    if let format = command.format { answer.format = format }
    if let file = command.into, !answer.failed { answer = write(answer, to: file) }
    return answer
  }

  /// Makes a book of an answer about money that has none of its own: its lists and charts, and what it rests on.
  private func bind(_ answer: inout Answer, _ evidence: Evidence) {
    guard answer.book == nil else { return }
    let places = library.places
    let told = answer
    let parts = evidence.parts.map { GroundSheets.Part($0) }
    answer.book = {
      var book = AnswerBook(told)
      book.sheets += GroundSheets(parts, places, inputs: told.inputs).sheets
      return book
    }
  }

  private func answered(_ command: Command) throws(Refusal) -> Answer {
    let performable = command.performable
    let answer = try performable.perform(in: self, command)
    if type(of: performable).isSpoken, !answer.failed { log.remember(command.text) }
    return answer
  }
}

extension Desk {
  /// Reads a scenario that is named outside a command, such as an argument of the program.
  package func load(path: String) -> Answer {
    let verb = language == .zh ? "加载" : "load"
    let source = SourceFile(name: "load", text: "\(verb) \"\(path)\"")
    let location = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
    let file = Written(text: path, raw: path, location: location)
    var answer = perform(Command(LoadCommand(file: file), text: source.text, location: location))
    answer.diagnostics = answer.diagnostics.map {
      $0.location?.source == nil ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint) : $0
    }
    return answer
  }

  /// Checks files that are named outside a command.
  package func check(paths: [String], notebooks: NotebookCheckOptions = NotebookCheckOptions()) -> Answer {
    let location = SourceRange(source: nil, start: Position(line: 0, column: 0), end: Position(line: 0, column: 0))
    let files = paths.map { Written(text: $0, raw: $0, location: location) }
    var answer = CheckCommand(files).answer(in: self, notebooks: notebooks)
    answer.diagnostics = answer.diagnostics.map {
      $0.location?.source == nil ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint) : $0
    }
    return answer
  }
}
