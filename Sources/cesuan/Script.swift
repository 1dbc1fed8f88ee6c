// Commands from the standard input. A file is carried out as a whole; from a pipe each command is carried out as it
// comes, so that another program may ask and listen in turn.

import Answers
import Commands
import Diagnostics
import Glibc
import LineEditor
import Workbench

struct Script {
  private let invocation: Invocation
  private let keepGoing: Bool

  init(_ invocation: Invocation, keepGoing: Bool) {
    self.invocation = invocation
    self.keepGoing = keepGoing
  }

  func play() {
    var status = stat()
    if fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      let source = SourceFile(name: "input", text: Stream.readAll(STDIN_FILENO))
      invocation.session.play(source, keepGoing: keepGoing) { invocation.take($0) && !Interrupt.pending }
      return
    }
    let reader = PlainReader()
    reader.isComplete = { WorkbenchCommands.parser.isComplete($0) }
    var line = 0
    while case .line(let text, _) = reader.read() {
      var ends = false
      invocation.begin()
      let source = SourceFile(name: "input", text: text)
      let allWell = invocation.session.play(source, keepGoing: keepGoing) { answer in
        var answer = answer
        answer.diagnostics = answer.diagnostics.map { moved($0, of: source, by: line) }
        ends = ends || answer.ends
        return invocation.take(answer)
      }
      if ends || (!allWell && !keepGoing) { return }
      line += 1 + text.utf8.count { $0 == 0x0A }
    }
  }

  /// The place of a mistake in the whole input, of which only a part was parsed.
  private func moved(_ problem: Diagnostic, of source: SourceFile, by lines: Int) -> Diagnostic {
    guard lines > 0, let location = problem.location, location.source === source else { return problem }
    let whole = SourceFile(name: source.name, text: String(repeating: "\n", count: lines) + source.text)
    func moved(_ position: Position) -> Position { Position(line: position.line + lines, column: position.column) }
    return Diagnostic(
      problem.severity, code: problem.code, problem.message, hint: problem.hint,
      at: SourceRange(source: whole, start: moved(location.start), end: moved(location.end)))
  }
}
