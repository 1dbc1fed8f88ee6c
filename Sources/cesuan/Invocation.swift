// One invocation of the program: a session, where its answers go, and the exit status. Knows nothing of keys.

import Answers
import Diagnostics
import Glibc
import LineEditor
import Sessions
import View
import Workbench

final class Invocation {
  let session: Desk
  let output: Output
  private(set) var status: Int32 = 0
  private let libraryProblems: [Diagnostic]
  /// What is wrong with options and variables of the environment: worth telling, never a reason to stop.
  let settingProblems: [Diagnostic]
  private let progress = Progress()
  /// Policy documents of the user's own.
  let policyFiles: [SourceFile]

  init(_ options: Options) {
    var files: [SourceFile] = []
    var problems: [Diagnostic] = []
    var door = FileDoor()
    door.allowance.read = options.allowRead
    door.allowance.write = options.allowWrite
    door.allowance.replaces = options.force
    if let folder = options.policies { (files, problems) = PolicyFolder.read(folder, through: door) }
    policyFiles = files
    let library = Library(files: files)
    session = Desk(library: library)
    session.threads = options.threads
    session.door = door
    output = Output(format: options.format.format, session: session)
    settingProblems = Configuration.take(options, into: session)
    let isDrawn = Surroundings.isTerminal(STDERR_FILENO) && Surroundings.variable("TERM") != "dumb"
    session.progress = { [progress] in isDrawn ? progress.tell($0) : progress.note($0) }
    libraryProblems = problems + (files.isEmpty ? [] : library.startDiagnostics)
  }

  /// Takes an answer, and remembers how it went.
  @discardableResult
  func take(_ answer: Answer) -> Bool {
    let seconds = progress.end()
    if let language = answer.language { output.language = language }
    let isWhole = output.show(answer)
    if session.preferences.isOn(.timer), answer.format ?? output.format == .table { output.tell(seconds: seconds) }
    begin()
    if answer.failed || !isWhole { status = 1 } else if answer.hasMismatch, status == 0 { status = 2 }
    return true
  }

  /// Work on a command begins.
  func begin() {
    progress.begin(session.language, isQuiet: session.preferences.isOn(.plain))
  }

  /// Work stands still while somebody is asked.
  func pause() { progress.end() }

  /// Lets commands ask whoever started the program from a terminal; from a pipe nobody can be asked.
  func askAtTerminal() {
    guard Surroundings.isTerminal(STDIN_FILENO), Surroundings.isTerminal(STDOUT_FILENO) else { return }
    let reader = PlainReader()
    session.ask = { [unowned self] question in
      pause()
      defer { begin() }
      reader.prompt = question.line(in: session.language)
      guard case .line(let text, _) = reader.read() else { return nil }
      return text
    }
  }

  // MARK: Subcommands

  func start(scenarios: [String], commands: [String], keepGoing: Bool) -> Int32 {
    let isScript = !commands.isEmpty || !Surroundings.isTerminal(STDIN_FILENO)
    Interrupt.install()
    session.isCancelled = { Interrupt.pending }
    let configurationProblems = Configuration.read(into: session)
    output.show(settingProblems + configurationProblems)
    begin()
    tell(libraryProblems)
    if status != 0, isScript, !keepGoing { return status }
    for path in scenarios {
      let answer = session.load(path: path)
      if Interrupt.pending { return 130 }
      output.show(diagnosticsOf: answer)
      if answer.failed { status = 1 }
    }
    // What the program was started with is no step of the session.
    session.log.begin()
    if status != 0, isScript, !keepGoing { return status }
    if !commands.isEmpty {
      let source = SourceFile(name: "-c", text: commands.joined(separator: "\n"))
      session.play(source, keepGoing: keepGoing) { take($0) && !Interrupt.pending }
    } else if isScript {
      Script(self, keepGoing: keepGoing).play()
    } else {
      return Prompt(self).converse()
    }
    return Interrupt.pending ? 130 : status
  }

  func check(_ files: [String], _ notebooks: NotebookCheckOptions) -> Int32 {
    tell(libraryProblems)
    take(session.check(paths: files, notebooks: notebooks))
    return status
  }

  func tellLibraryProblems() { tell(libraryProblems) }

  private func tell(_ problems: [Diagnostic]) {
    guard !problems.isEmpty else { return }
    // What is worth telling is no reason to stop.
    if problems.contains(where: { $0.severity == .error }) {
      take(.failure(problems))
    } else {
      output.show(diagnosticsOf: Answer(diagnostics: problems))
    }
  }
}
