// What a command of the workbench is beside its words: it is performed on a session, completes what may stand where,
// and
// offers examples. One file holds one command; adding one touches that file and the list below. Knows no command.

import Answers
import Commands
import Diagnostics
import Sessions

/// A command that a session performs.
protocol WorkbenchCommand: Request {
  /// Carries it out.
  ///
  /// - Parameter command: its options, its settings, its place.
  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer

  /// Carries out a command that has several answers, giving each to `sink`.
  ///
  /// - Returns: false where it has one, which `perform` gives.
  func performAll(in session: Desk, sink: (Answer) -> Bool) -> Bool

  /// What could stand behind its word, after some words.
  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion]

  /// The endings of files that could stand there, none meaning any; nil where no file belongs.
  static func fileEndings(_ after: [Token]) -> [String]?

  /// Where people are assumed to respond, which figures stand beside the static ones.
  func besides(_ command: Command) -> Besides

  /// Commands to try, made of names of the scenario that is loaded. A test performs them.
  static func examples(_ names: ExampleNames) -> [Text]

  /// What one may ask after its answer.
  func next(in session: Desk) -> [Text]

  /// Whether a session that is saved repeats it: it asks something of what holds.
  static var isSpoken: Bool { get }
  /// Whether `last` shows its answer: it tells something instead of confirming a change.
  static var isShownAgain: Bool { get }
  /// Whether a name follows its `as`, and no mode or form.
  static var nameFollowsAs: Bool { get }
  /// Whether its names may be those of preferences.
  static var namesPreferences: Bool { get }
  /// The endings of the files that it writes by itself, none meaning any; nil where its answer is written.
  static var ownEndings: [String]? { get }
  /// Whether conditions stand in it, whose `=` compares and does not set.
  static var takesConditions: Bool { get }
}

extension WorkbenchCommand {
  func performAll(in session: Desk, sink: (Answer) -> Bool) -> Bool { false }
  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] { [] }
  static func fileEndings(_ after: [Token]) -> [String]? { nil }
  static func examples(_ names: ExampleNames) -> [Text] { [] }
  func next(in session: Desk) -> [Text] { [] }
  func besides(_ command: Command) -> Besides { .nothing }
  static var isSpoken: Bool { true }
  static var isShownAgain: Bool { true }
  static var nameFollowsAs: Bool { false }
  static var namesPreferences: Bool { false }
  static var ownEndings: [String]? { nil }
  static var takesConditions: Bool { false }
}

/// The commands there are.
package enum WorkbenchCommands {
  /// Every command, in the order in which it is offered.
  static let all: [any WorkbenchCommand.Type] = [
    LoadCommand.self, ImportCommand.self, NewCommand.self, UseCommand.self, ListCommand.self, CountCommand.self,
    DescribeCommand.self, SQLCommand.self, EmitCommand.self, ShowCommand.self, SetCommand.self,
    AssumeCommand.self, ForgetCommand.self,
    UndoCommand.self, RedoCommand.self, HistoryCommand.self, ResetCommand.self, RunCommand.self, CompareCommand.self,
    PaymentsCommand.self, AuditCommand.self, OutturnCommand.self, DutiesCommand.self, MissingCommand.self,
    ReadingsCommand.self,
    ExplainCommand.self,
    WhyNotCommand.self,
    DraftCommand.self, DiffCommand.self, AttributeCommand.self,
    AmendCommand.self, ReviewCommand.self, ReportCommand.self, SweepCommand.self, FindCommand.self, CliffsCommand.self,
    SensitivityCommand.self, SimulateCommand.self, ProjectCommand.self, PlotCommand.self, VerifyCommand.self,
    SourceCommand.self, SaveCommand.self,
    TranslateCommand.self, CheckCommand.self, HelpCommand.self, LanguageCommand.self,
    TourCommand.self, QuitCommand.self, LastCommand.self, SettingsCommand.self, TimerCommand.self,
  ]

  /// Each is one of the requests as it stands: a list that is converted as a whole asks the runtime for each of them.
  package static let vocabulary = Vocabulary(all.map { (type: any WorkbenchCommand.Type) -> any Request.Type in type })

  /// Reads commands with all the words there are.
  package static let parser = CommandParser(vocabulary)

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.form.name, $0) })

  /// The command of a form.
  static func type(of form: CommandForm) -> any WorkbenchCommand.Type {
    guard let type = byName[form.name] else { preconditionFailure("`\(form.name)` is no command of the workbench.") }
    return type
  }
}

extension Command {
  /// What it asks, as something that can be performed.
  var performable: any WorkbenchCommand {
    guard let performable = request as? any WorkbenchCommand else {
      preconditionFailure("`\(request.form.name)` is no command of the workbench.")
    }
    return performable
  }
}
