// `show`: whatever has a name: a document, measure, article, parameter, reading, value, record.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Sessions
import View

/// Shows what a name stands for.
struct ShowCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "show",
    chinese: ["查看", "显示"],
    meaning: Text("a document, measure, article, parameter, reading or record", zh: "查看文件、措施、条款、参数、口径或记录"),
    usage: Text("show DOCUMENT|MEASURE|ARTICLE|NAME|ID", zh: "查看 文件|措施|条款|名称|编号"),
    group: .scenarios,
    options: [.settings])

  let thing: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    thing = try parser.phrase(Text("what to show", zh: "要查看的内容"))
  }

  init(_ thing: Written) { self.thing = thing }

  package func describe(to meaning: inout Meaning) {
    meaning.add("thing", thing)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let settings = try session.settings(command, in: session.nearDocuments)
    var shownState = session.state
    for setting in settings { shownState.set(setting) }
    let places = session.library.places
    if let draft = session.draft(named: thing) { return try show(draft, in: session) }
    for name in [thing.raw, thing.text] {
      if session.library.ids.contains(name) {
        guard let document = session.library.document(name) else {
          throw Refusal(session.library.entry(name)?.diagnostics ?? [])
        }
        return DocumentAnswer(document, state: shownState, places: places).answer
      }
      let measures = self.measures(called: name, in: session)
      if let only = measures.first, measures.count == 1, let document = session.library.document(only.document) {
        return MeasureAnswer(
          only, document: document, state: shownState, places: places, language: session.language,
          rules: session.ruleTexts
        ).answer
      }
      if measures.count > 1 { throw Refusal(.ambiguousMeasure(name, measures.map(\.typedName)), at: thing.location) }
      if var answer = show(article: name, shownState, in: session) {
        answer.diagnostics += Records.hidden(name, behind: Text("an article", zh: "条款"), session.state.scenario)
        return answer
      }
    }
    if let answer = try show(name: thing, shownState, in: session) { return answer }
    if let scenario = session.state.scenario, let found = Records.qualified(thing.raw, in: scenario.scenario.dataset) {
      return RecordAnswer.answer([found], of: scenario.scenario.dataset)
    }
    if let scenario = session.state.scenario {
      // A record of a year, `k1@2022`, is shown as the record.
      for name in [thing.raw, thing.text, scenario.scenario.dataset.parts(ofSubject: thing.raw).id] {
        let records = Records.find(name, in: scenario.scenario.dataset)
        if !records.isEmpty { return RecordAnswer.answer(records, of: scenario.scenario.dataset) }
      }
      for name in [thing.raw, thing.text] {
        let records = Records.named(name, in: scenario.scenario.dataset)
        if !records.isEmpty { return RecordAnswer.answer(records, of: scenario.scenario.dataset) }
      }
    }
    if let scenario = session.state.scenarios.first(where: { $0.name == thing.raw }) {
      return ScenarioAnswer.answer(scenario, documents: session.defaultDocuments(scenario))
    }
    if let list = session.library.dictionary.lists.first(where: {
      $0.name == thing.text || $0.singular == thing.text || $0.title.zh == thing.raw
        || $0.words.zh == thing.raw
    }) {
      return RecordAnswer.declaration(list, session.library.dictionary)
    }
    if let found = try? session.document(thing) {
      return DocumentAnswer(found, state: shownState, places: places).answer
    }
    if let answer = Mentioned(session).answer(thing) { return answer }
    throw Refusal(.unknownThing(thing.raw, nearest: session.nearest(thing.text)), at: thing.location)
  }

  /// `show DRAFT`: the policy document that it comes to.
  private func show(_ draft: Draft, in session: Desk) throws(Refusal) -> Answer {
    let whole = try session.unfold(draft, at: thing.location)
    let view = DraftAnswer(draft, whole, session: session)
    guard let saved = view.saved() else { return view.summary }
    let text = saved.text
    let record = view.record.with(["text": .id(text)])
    return Answer(
      Document([.code(ProseInOneLanguage.told(text, session.language), language: "markdown")]), records: [record],
      diagnostics: saved.notes(session.library.places))
  }

  private func measures(called name: String, in session: Desk) -> [CheckedMeasure] {
    for documents in [session.nearDocuments, session.library.documents] {
      let found = documents.flatMap(\.measures).filter {
        $0.id == name || $0.name == name || $0.words.zh == name || $0.typedName.zh == name
      }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// `show 三（二）`: the article in every document that has it, those of the programme first.
  private func show(article name: String, _ state: SessionState, in session: Desk) -> Answer? {
    let wanted = Article.plain(name)
    guard !wanted.isEmpty else { return nil }
    for documents in [session.nearDocuments, session.library.documents] {
      let found = documents.filter { Article.exists(wanted, in: $0) }
      if !found.isEmpty {
        return ArticleAnswer(
          wanted, documents: found, state: state, places: session.library.places, language: session.language
        ).answer
      }
    }
    return nil
  }

  private func show(name thing: Written, _ state: SessionState, in session: Desk) throws(Refusal) -> Answer? {
    switch session.library.resolve(thing.text, in: session.nearDocuments) {
    case .unknown: return nil
    case .ambiguous(let targets):
      throw Refusal(.ambiguousName(thing.raw, Settable.typedNames(targets)), at: thing.location)
    case .found(let target):
      return NameAnswer(target, documents: session.library.documents, state: state, places: session.library.places)
        .answer
    }
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty else { return [] }
    return session.documents() + session.measures() + session.articles() + session.names() + session.ids(position)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("show \(n.document)", zh: "查看 \(n.document)"), Text("show \(n.article)", zh: "查看 \(n.article)"),
      Text("show \(n.measure)", zh: "查看 \(n.zh.measure)"), Text("show \(n.parameter)", zh: "查看 \(n.zh.parameter)"),
    ]
  }
}
