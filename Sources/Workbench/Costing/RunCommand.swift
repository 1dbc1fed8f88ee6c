// `run`: what a programme costs.

import Commands
import Diagnostics

/// Costs a programme.
struct RunCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "run",
    chinese: ["测算", "运行"],
    meaning: Text("what a programme costs", zh: "测算预算"),
    usage: Text("run [PROGRAMME] [by DIMENSION] [as adopted]", zh: "测算 [方案] [按 维度] [按采用]"),
    more: Text(
      "Without a programme: the documents that the scenario names, else everything in force in its district. Dimensions: measure, kind, year, month, beneficiary.",
      zh: "不写方案时：取情景写明的文件，否则取该地区全部现行文件。维度：措施、类别、年度、月份、对象。"),
    group: .costing,
    options: [.settings, .dimension, .mode],
    isDrawable: true)

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.run(programme, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("run", zh: "测算"), Text("run \(n.document) by month", zh: "测算 \(n.document) 按月份"),
      Text(
        "with \(n.parameter) = \(n.value) run \(n.document)",
        zh: "若 \(n.parameter) = \(n.value.replacing(" yuan", with: "元"))，测算 \(n.document)"),
    ]
  }

  func next(in session: Session) -> [Text] {
    let n = ExampleNames(session)
    let subject = session.paidSubject ?? n.subject
    return [
      Text("explain \(subject)", zh: "解释 \(subject)"),
      Text(
        "with \(n.parameter) = \(n.value) run", zh: "若 \(n.parameter) = \(n.value.replacing(" yuan", with: "元"))，测算"
      ),
      Text("readings", zh: "读法"),
    ]
  }
}
