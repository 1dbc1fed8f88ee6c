// A short tour: a few commands on whatever scenario is loaded, each shown before its answer.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import View

extension Session {
  func playTour(sink: (Answer) -> Bool) {
    let lines = tourCommands
    let source = SourceFile(name: "tour", text: lines.joined(separator: "\n"))
    play(source, keepGoing: true, echo: true, sink: sink)
  }

  /// Three things to try on the scenario, for the greeting.
  public var suggestions: [String] {
    guard let scenario = state.scenario else {
      return [
        language == .zh ? "帮助" : "help", language == .zh ? "列出 文件" : "list documents",
        language == .zh ? "查看 changle-2022" : "show changle-2022",
      ]
    }
    let measure = tourMeasure(scenario)
    return language == .zh
      ? ["测算", "比较 changle-2022，jindong-2021", "查看 \(measure)"]
      : ["run", "compare changle-2022, jindong-2021", "show \(measure)"]
  }

  private var tourCommands: [String] {
    guard let scenario = state.scenario else { return ["list documents", "help"] }
    let documents = defaultDocuments(scenario)
    var lines = ["run", "run by year"]
    if let parameter = tourParameter(documents) {
      lines.append("with \(parameter.id) = \(raised(parameter)) run")
    }
    lines.append("compare changle-2022, jindong-2021")
    lines.append("show \(tourMeasure(scenario))")
    return lines
  }

  private func tourMeasure(_ scenario: LoadedScenario) -> String {
    let measures = defaultDocuments(scenario).flatMap(\.measures)
    return (measures.first { $0.name == "agency_reward" } ?? measures.first { $0.form == .measure })?.id ?? "changle-2022"
  }

  private func tourParameter(_ documents: [CheckedDocument]) -> Parameter? {
    let parameters = documents.flatMap(\.measures).flatMap(\.parameters)
    return parameters.first { $0.name == "rate_3m" } ?? parameters.first { $0.type == .money && $0.value != nil }
  }

  private func raised(_ parameter: Parameter) -> String {
    let raw = parameter.value ?? 10_000
    return ValueText.typed(raw &+ raw / 3, parameter.type)
  }
}
