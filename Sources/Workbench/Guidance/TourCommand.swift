// `tour`: a short tour on the scenario that is loaded.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions
import View

/// Shows around.
struct TourCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "tour",
    chinese: ["导览"],
    meaning: Text("a short tour on the loaded scenario", zh: "用当前情景作简短导览"),
    usage: Text("tour", zh: "导览"),
    group: .session,
    order: 8)

  package init(from parser: inout StatementParser) throws(Misread) {}

  func performAll(in session: Desk, sink: (Answer) -> Bool) -> Bool {
    let source = SourceFile(name: "tour", text: commands(for: session).joined(separator: "\n"))
    session.play(source, keepGoing: true, echo: true, sink: sink)
    return true
  }

  /// Each is shown before its answer.
  private func commands(for session: Desk) -> [String] {
    guard let scenario = session.state.scenario else { return ["list documents", "help"] }
    let isChinese = session.language == .zh
    var lines = [isChinese ? "测算" : "run"]
    if let question = session.question(scenario) { lines.append(question) }
    if let parameter = parameter(session.defaultDocuments(scenario)) {
      let to = raised(parameter)
      lines.append(
        isChinese
          ? "若 \(Settable.parameter(parameter).typedName.zh) = \(to.zh)，测算 按年度"
          : "with \(parameter.name) = \(to.en) run by year")
    }
    return lines + [session.comparison]
  }

  /// A rate that only one measure has.
  private func parameter(_ documents: [CheckedDocument]) -> Parameter? {
    let parameters = documents.flatMap(\.measures).flatMap(\.parameters)
    return parameters.first { one in
      one.type == .money && one.value != nil && parameters.count { $0.name == one.name } == 1
    }
  }

  private func raised(_ parameter: Parameter) -> Text {
    let raw = parameter.value ?? 10_000
    let more = (raw &+ raw / 3) / 100 * 100
    let zh = ValueText.text(more, parameter.type).zh.filter { $0 != " " && $0 != "," }
    return Text(ValueText.typed(more, parameter.type), zh: zh)
  }

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    return Answer()
  }
}
