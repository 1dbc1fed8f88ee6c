// `readings`: what each interpretation does to the budget.

import Commands
import Diagnostics

/// Runs every choice of every reading.
struct ReadingsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "readings",
    chinese: ["读法", "解读"],
    meaning: Text("what each interpretation does to the budget", zh: "各种读法对预算的影响"),
    usage: Text("readings [PROGRAMME]", zh: "读法 [方案]"),
    more: Text(
      "Each choice is run by itself, then all combinations of the readings that matter where there are no more than 256.",
      zh: "先逐一试算每个选项；有影响的读法组合不超过 256 种时，再试算全部组合。"),
    group: .costing,
    options: [.settings, .mode],
    isDrawable: true)

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.readings(programme, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("readings", zh: "读法"), Text("readings \(n.document)", zh: "读法 \(n.document)")]
  }
}
