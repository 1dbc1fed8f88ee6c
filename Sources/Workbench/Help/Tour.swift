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
    let isChinese = language == .zh
    guard let scenario = state.scenario else {
      return isChinese ? ["帮助", "列出 文件", "查看 changle-2022"] : ["help", "list documents", "show changle-2022"]
    }
    // A greeting may not wait for a run over many records.
    let isSmall = scenario.scenario.dataset.tables.reduce(0) { $0 + $1.count } <= 1_000
    let question = isSmall ? question(scenario) : nil
    return [
      isChinese ? "测算" : "run", question ?? examples(of: ExplainCommand.form).first ?? (isChinese ? "列出 措施" : "list measures"),
      comparison,
    ]
  }

  private var comparison: String {
    language == .zh ? "比较 changle-2022，jindong-2021" : "compare changle-2022, jindong-2021"
  }

  private var tourCommands: [String] {
    guard let scenario = state.scenario else { return ["list documents", "help"] }
    let isChinese = language == .zh
    var lines = [isChinese ? "测算" : "run"]
    if let question = question(scenario) { lines.append(question) }
    if let parameter = tourParameter(defaultDocuments(scenario)) {
      let setting = "\(parameter.name) = \(raised(parameter))"
      lines.append(isChinese ? "若 \(setting)，测算 按年度" : "with \(setting) run by year")
    }
    return lines + [comparison]
  }

  /// Why somebody gets nothing, where a run is quick enough to find one out.
  private func question(_ scenario: LoadedScenario) -> String? {
    let dataset = scenario.scenario.dataset
    guard dataset.tables.reduce(0, { $0 + $1.count }) <= 20_000 else { return nil }
    let documents = defaultDocuments(scenario)
    let programme = ResolvedProgramme(names: documents.map(\.id), documents: documents)
    guard let run = try? run(programme, scenario, state.settings, mode: .enacted) else { return nil }
    for measure in documents.flatMap(\.measures).filter({ !$0.pays.isEmpty }).sorted(by: { $0.name < $1.name }) {
      guard case .list(let name)? = measure.frame?.base, let number = dataset.dictionary.index(name),
        let ids = dataset.tables[number].ids, ids.count > 0,
        let index = run.ledger.measures.firstIndex(where: { $0.id == measure.id })
      else { continue }
      var paid: Set<Int32> = []
      for block in run.ledger.blocks where block.measure == index && block.beneficiarySpace == .list(number) {
        paid.formUnion(block.beneficiaries)
      }
      guard !paid.isEmpty, let row = (0..<ids.count).last(where: { !paid.contains(Int32(truncatingIfNeeded: $0)) })
      else { continue }
      let id = ids.text(row)
      return language == .zh ? "为何没有 \(measure.name) 给 \(id)" : "why not \(measure.name) for \(id)"
    }
    return nil
  }

  /// A rate that only one measure has.
  private func tourParameter(_ documents: [CheckedDocument]) -> Parameter? {
    let parameters = documents.flatMap(\.measures).flatMap(\.parameters)
    return parameters.first { one in
      one.type == .money && one.value != nil && parameters.count { $0.name == one.name } == 1
    }
  }

  private func raised(_ parameter: Parameter) -> String {
    let raw = parameter.value ?? 10_000
    return ValueText.typed((raw &+ raw / 3) / 100 * 100, parameter.type)
  }
}
