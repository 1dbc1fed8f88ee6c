// `show` on what answers mention besides documents, measures, names and records: facts, kinds, places, choices of
// readings,
// documents that govern something, words. Asked last, when nothing has the name for itself.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

struct Mentioned {
  private let session: Desk

  init(_ session: Desk) { self.session = session }

  /// What a word stands for in answers; nil when in none.
  func answer(_ thing: Written) -> Answer? {
    for name in [thing.raw, thing.text] {
      if let answer = showFact(name) ?? showKind(name) ?? showChoice(name) ?? showGoverning(name) ?? showPlace(name)
        ?? showWord(name)
      {
        return answer
      }
    }
    return nil
  }

  /// A record's fact by its name in the scenario's file: the lists that have it.
  private func showFact(_ name: String) -> Answer? {
    let dictionary = session.state.scenario?.scenario.dataset.dictionary ?? session.library.dictionary
    let found = dictionary.lists.compactMap { list in list.named(name).map { (list, $0) } }
    guard !found.isEmpty else { return nil }
    return mention(
      Text("The fact \(name)", zh: "事实 \(name)"),
      Relation(
        title: Text("The fact \(name)", zh: "事实 \(name)"), of: found,
        [
          .id("list", Text("List", zh: "列表"), .important) { $0.0.name }.role(.name),
          .words("title", Text("Title", zh: "名称"), .important) { $0.0.title },
          .id("type", Text("Type", zh: "类型"), .important) { RecordAnswer.type($0.1.type) }.role(.muted),
          .words("meaning", Text("Meaning", zh: "含义"), .important) { $0.1.meaning },
        ]))
  }

  /// The measures of a kind, over all documents: what takes the higher of.
  private func showKind(_ name: String) -> Answer? {
    let found = session.library.documents.flatMap(\.measures).filter {
      ($0.kind == name || $0.kindWords.zh == name) && !$0.pays.isEmpty
    }
    return found.isEmpty ? nil : measures(found, Text("Measures of the kind \(name)", zh: "待遇类型 \(name) 的措施"))
  }

  /// The readings that have a choice of this name.
  private func showChoice(_ name: String) -> Answer? {
    var found: [(key: String, choice: Reading.Choice, question: Text)] = []
    for target in NameTable(session.nearDocuments).all {
      guard case .reading(let reading, let key) = target,
        let choice = reading.choices.first(where: { $0.name == name || $0.chinese == name })
      else { continue }
      found.append((key, choice, reading.question))
    }
    guard !found.isEmpty else { return nil }
    let title = Text("The choice \(name)", zh: "选项 \(name)")
    return mention(
      title,
      Relation(
        title: title, of: found,
        [
          .id("reading", Text("Reading", zh: "口径"), .important) { $0.key }.role(.name),
          .words("meaning", Text("Meaning", zh: "含义"), .important) { $0.choice.meaning },
          .words("question", Text("Question", zh: "问题"), .important) { $0.question }.role(.muted),
        ]))
  }

  /// A document that is not at hand, by its number: what it governs.
  private func showGoverning(_ name: String) -> Answer? {
    guard name.count >= 4, name.contains("号") else { return nil }
    let found = session.library.documents.flatMap(\.measures).filter { $0.source.contains(name) }
    return found.isEmpty ? nil : measures(found, Text("Where \(name) is referred to", zh: "提到 \(name) 之处"))
  }

  private func showPlace(_ name: String) -> Answer? {
    guard case .found(let id) = session.library.places.resolve(name) else { return nil }
    let places = session.library.places
    let title = Text(
      "\(places.label(id)): \(places.fullName(id)); documents that are or were in force",
      zh: "\(places.words(id).zh)：\(places.fullName(id))；现行和曾施行的文件")
    return mention(
      title,
      Relation(
        title: title, of: session.library.documents.filter { places.lies(id, within: $0.jurisdiction) },
        [
          .id("document", Text("Document", zh: "文件"), .important) { $0.id }.role(.name),
          .words("title", Text("Title", zh: "标题"), .important) { $0.title },
        ]))
  }

  /// A word of answers, or a preference.
  private func showWord(_ name: String) -> Answer? {
    if Preference.named(name) != nil { return SettingsCommand.answer(in: session) }
    let word = name.lowercased()
    func stands(_ text: Text) -> Bool {
      text.en.lowercased().split(separator: ",").contains { $0.drop(while: { $0 == " " }) == word }
        || text.zh.split(separator: "、").contains { $0 == word }
        || text.en.lowercased() == "as " + word || text.zh == "按" + word
    }
    let found = HelpTopic.words.entries.filter { stands($0.0) }
    guard !found.isEmpty else { return nil }
    return mention(
      nil,
      Relation(
        of: found,
        [
          .words("word", Text("Word", zh: "词语"), .important) { $0.0 }.role(.strong),
          .words("meaning", Text("Meaning", zh: "含义"), .important) { $0.1 },
        ]))
  }

  private func measures(_ found: [CheckedMeasure], _ title: Text) -> Answer {
    mention(
      title,
      Relation(
        title: title, of: found,
        [
          .id("measure", Text("Measure", zh: "措施"), .important) { $0.id }.role(.name),
          .id("article", Text("Article", zh: "条款"), .important) { $0.article }.role(.article),
          .words("title", Text("Title", zh: "名称"), .important) { $0.title },
        ]))
  }

  /// What answers mention, as a table and as rows of the same columns.
  private func mention(_ title: Text?, _ rows: Relation) -> Answer {
    Answer([.relation(rows)], records: [Record(kind: "mention", ["title": .words(title), "rows": .rows(rows)])])
  }
}
