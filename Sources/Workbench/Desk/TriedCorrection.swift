// The line as it was probably meant, offered where it stands up to being tried: it reads as a command, and what it
// names is there. Nothing is worked out for it, and nothing of it stays.

import Answers
import Commands
import Diagnostics
import Sessions

extension Desk {
  /// The corrected line; nil where there is none, or one that fails as well.
  func correction(of statement: CommandParser.Statement, _ diagnostics: [Diagnostic]) -> String? {
    guard let line = Correction.line(statement.text, at: statement.location, diagnostics), stands(line) else {
      return nil
    }
    return line
  }

  /// What is wrong with a statement, without asking whether a line was meant that is no command either.
  func withoutVainQuestions(_ statement: CommandParser.Statement) -> [Diagnostic] {
    statement.diagnostics.map { problem in
      guard problem.code == "unknown-command",
        let line = Correction.line(statement.text, at: statement.location, [problem]), !reads(line)
      else { return problem }
      return .error(
        problem.code, problem.message, hint: Text("`help` lists the commands", zh: "`帮助` 列出全部命令"),
        at: problem.location ?? statement.location)
    }
  }

  private func reads(_ line: String) -> Bool {
    var statements = WorkbenchCommands.parser.statements(of: SourceFile(name: "<correction>", text: line))
    while let statement = statements.next() { if statement.command == nil { return false } }
    return true
  }

  /// What a trial comes to grief with though the line is right: it is not worked out, and nothing is loaded yet.
  private static let excused: Set<String> = ["interrupted", "no-scenario"]

  /// Whether a line reads as commands that can be set about.
  private func stands(_ line: String) -> Bool {
    var statements = WorkbenchCommands.parser.statements(of: SourceFile(name: "<correction>", text: line))
    let (kept, wish, tell, question, consent) = (door, isCancelled, progress, ask, confirm)
    let (grounds, evidence) = (self.grounds, self.evidence)
    defer {
      (isCancelled, progress, ask, confirm) = (wish, tell, question, consent)
      (door, self.grounds, self.evidence) = (kept, grounds, evidence)
    }
    // Whoever works for long asks whether to stop, and stops here: what is named was looked up before.
    isCancelled = { true }
    door = door.looking()
    (progress, ask, confirm) = (nil, nil, nil)
    while let statement = statements.next() {
      guard let command = statement.command else { return false }
      // What writes or acts is tried when it is carried out; of questions nothing stays.
      guard command.into == nil, type(of: command.performable).isShownAgain else { continue }
      let answer = trial { perform(command) }
      let errors = answer.diagnostics.filter { $0.severity == .error }
      if answer.failed, !errors.allSatisfy({ Desk.excused.contains($0.code) }) { return false }
    }
    return true
  }
}
