// `use`: another of the scenarios that are loaded.

import Commands
import Diagnostics

/// Goes to another scenario.
struct UseCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "use",
    chinese: ["使用", "切换"],
    meaning: Text("go to another scenario that is loaded", zh: "切换到另一个已读入的情景"),
    usage: Text("use NAME", zh: "使用 名称"),
    group: .scenarios)

  let name: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    name = try parser.phrase(Text("a scenario's name", zh: "情景名称"))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("name", name)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.use(name, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    session.state.scenarios.map { Completion($0.name, $0.scenario.title) }
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("use \(n.scenario)", zh: "使用 \(n.scenario)")]
  }

  func next(in session: Session) -> [Text] {
    [Text("run", zh: "测算"), Text("tour", zh: "导览")]
  }

  static let isSpoken = false
}
