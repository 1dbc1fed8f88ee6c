// `duties`: which duties are met.

import Commands
import Diagnostics

/// Judges duties.
struct DutiesCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "duties",
    chinese: ["义务"],
    meaning: Text("which duties are met", zh: "各项义务是否履行"),
    usage: Text("duties [PROGRAMME]", zh: "义务 [方案]"),
    group: .costing,
    options: [.settings, .mode])

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.duties(programme, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("duties", zh: "义务"), Text("duties \(n.document)", zh: "义务 \(n.document)")]
  }
}
