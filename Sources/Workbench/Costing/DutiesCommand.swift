// `duties`: which duties are met.

import Answers
import Commands
import Diagnostics
import Sessions

/// Judges duties.
struct DutiesCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "duties",
    chinese: ["任务", "义务"],
    meaning: Text("which duties are met", zh: "各项任务是否完成"),
    usage: Text("duties [PROGRAMME]", zh: "任务 [方案]"),
    group: .costing,
    options: [.settings, .mode])

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let run =
      programme == nil
      ? try session.lastRun(command, asShown: true) : try session.carryOut(programme, command, default: .enacted)
    if programme != nil { session.last = run }
    return DutyAnswer(run).answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("duties", zh: "任务"), Text("duties \(n.document)", zh: "任务 \(n.document)")]
  }
}
