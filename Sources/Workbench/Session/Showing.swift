// `list` and `show`: what there is. A thing is looked for among documents, measures, articles, names, records, lists, in
// that order.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

extension Session {
  func list(_ listing: Listing, _ command: Command) throws(Refusal) -> Answer {
    let documents = listing == .documents ? library.documents : nearDocuments
    let lists = ListView(
      documents: documents, state: state, places: library.places,
      inForce: Set(state.scenario.map { library.inForce(in: $0.scenario.district).map(\.id) } ?? []))
    switch listing {
    case .scenarios: return lists.scenarios()
    case .documents: return lists.allDocuments()
    case .measures: return lists.measures(duties: false)
    case .duties: return lists.measures(duties: true)
    case .readings: return lists.readings()
    case .values: return lists.values()
    case .parameters: return lists.parameters()
    case .drafts: return listDrafts()
    case .results: return listResults()
    }
  }

  /// The records of a list of facts.
  func listFacts(_ name: Written) throws(Refusal) -> Answer {
    let dictionary = state.scenario?.scenario.dataset.dictionary ?? library.dictionary
    let wanted = dictionary.lists.first { list in
      list.name == name.text || list.singular == name.text || list.title.zh == name.raw || list.title.en == name.raw
    }
    guard let wanted else {
      let known = Listing.allCases.map(\.rawValue) + dictionary.lists.map(\.name)
      throw Refusal(.unknownList(name.raw, known), at: name.location)
    }
    let scenario = try self.scenario(at: name.location)
    guard let table = scenario.scenario.dataset.table(wanted.name) else { return Answer() }
    return RecordView.list(table, of: scenario.scenario.dataset)
  }

  func show(_ thing: Written, _ command: Command) throws(Refusal) -> Answer {
    let settings = try settings(command, in: nearDocuments)
    var shownState = state
    for setting in settings { shownState.set(setting) }
    let places = library.places
    if let draft = draft(named: thing) { return try showDraft(draft, at: thing.location) }
    for name in [thing.raw, thing.text] {
      if library.ids.contains(name) {
        guard let document = library.document(name) else { throw Refusal(library.entry(name)?.diagnostics ?? []) }
        return DocumentView(document, state: shownState, places: places).answer()
      }
      let measures = self.measures(called: name)
      if let only = measures.first, measures.count == 1, let document = library.document(only.document) {
        return MeasureView(only, document: document, state: shownState, places: places, language: language).answer()
      }
      if measures.count > 1 { throw Refusal(.ambiguousMeasure(name, measures.map(\.id)), at: thing.location) }
      if let answer = showArticle(name, shownState) { return answer }
    }
    if let answer = try showName(thing, shownState) { return answer }
    if let scenario = state.scenario {
      // A record of a year, `k1@2022`, is shown as the record.
      for name in [thing.raw, thing.text] + thing.raw.split(separator: "@").dropLast().prefix(1).map(String.init) {
        let records = Records.find(name, in: scenario.scenario.dataset)
        if !records.isEmpty { return RecordView.answer(records, of: scenario.scenario.dataset) }
      }
    }
    if let scenario = state.scenarios.first(where: { $0.name == thing.raw }) {
      return Answer(
        ScenarioView.summary(scenario, documents: defaultDocuments(scenario)), json: [ScenarioView.json(scenario)])
    }
    if let list = library.dictionary.lists.first(where: {
      $0.name == thing.text || $0.singular == thing.text || $0.title.zh == thing.raw
    }) {
      return RecordView.declaration(list)
    }
    if let found = try? document(thing) { return DocumentView(found, state: shownState, places: places).answer() }
    if let answer = showMentioned(thing) { return answer }
    throw Refusal(.unknownThing(thing.raw, nearest: nearest(thing.text)), at: thing.location)
  }

  private func measures(called name: String) -> [CheckedMeasure] {
    for documents in [nearDocuments, library.documents] {
      let found = documents.flatMap(\.measures).filter { $0.id == name || $0.name == name }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// `show 三（二）`: the article in every document that has it, those of the programme first.
  private func showArticle(_ name: String, _ state: SessionState) -> Answer? {
    let wanted = Article.plain(name)
    guard !wanted.isEmpty else { return nil }
    for documents in [nearDocuments, library.documents] {
      let found = documents.filter { Article.exists(wanted, in: $0) }
      if !found.isEmpty {
        return ArticleView(wanted, documents: found, state: state, places: library.places, language: language).answer()
      }
    }
    return nil
  }

  private func showName(_ thing: Written, _ state: SessionState) throws(Refusal) -> Answer? {
    switch library.resolve(thing.text, in: nearDocuments) {
    case .unknown: return nil
    case .ambiguous(let targets): throw Refusal(.ambiguousName(thing.raw, targets.map(\.id)), at: thing.location)
    case .found(let target):
      return NameView(target, documents: library.documents, state: state, places: library.places).answer()
    }
  }

  /// Names of things that resemble one.
  func nearest(_ name: String) -> [String] {
    var names = library.ids + state.drafts.map(\.name) + nearDocuments.flatMap { $0.measures.map(\.name) }
    names += NameTable(nearDocuments).all.map(\.id)
    if let dataset = state.scenario?.scenario.dataset { names += Records.someIDs(of: dataset, limit: 2000) }
    return Nearest.names(to: name, among: names)
  }
}
