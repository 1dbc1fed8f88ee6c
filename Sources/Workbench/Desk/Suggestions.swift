// What to try on whatever scenario is loaded, for the greeting and the tour. Knows nothing of how it is shown.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions
import View

extension Desk {
  /// Three things to try on the scenario, for the greeting.
  package var suggestions: [String] {
    let isChinese = language == .zh
    guard let scenario = state.scenario else {
      return isChinese ? ["帮助", "列出 文件", "查看 changle-2022"] : ["help", "list documents", "show changle-2022"]
    }
    // A greeting may not wait for a run over many records.
    let isSmall = scenario.scenario.dataset.tables.reduce(0) { $0 + $1.count } <= 1_000
    let question = isSmall ? question(scenario) : nil
    return [
      isChinese ? "测算" : "run",
      question ?? examples(of: ExplainCommand.form).first ?? (isChinese ? "列出 措施" : "list measures"),
      comparison,
    ]
  }

  /// A comparison of two documents that are always at hand.
  var comparison: String {
    language == .zh ? "比较 changle-2022，jindong-2021" : "compare changle-2022, jindong-2021"
  }

  /// Why somebody gets nothing, where a run is quick enough to find one out.
  func question(_ scenario: LoadedScenario) -> String? {
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
      let isOnly = documents.flatMap(\.measures).count { $0.words.zh == measure.words.zh } == 1
      return language == .zh
        ? "为何没有 \(isOnly ? measure.words.zh : measure.typedName.zh) 给 \(Records.typed(id, in: dataset))"
        : "why not \(measure.name) for \(id)"
    }
    return nil
  }
}
