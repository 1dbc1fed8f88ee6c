// `show` on what answers mention besides documents, measures, names and records: facts, kinds, places, choices of
// readings, documents that govern something, words of the rules, words of answers. Asked last, when nothing has the
// name for itself.

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
      if let answer = show(name) { return answer }
      // Rules say 该机构 of the agency that they look at.
      if name.hasPrefix("该"), name.count > 1, let answer = show(String(name.dropFirst())) { return answer }
    }
    return nil
  }

  private func show(_ name: String) -> Answer? {
    showTerm(name) ?? showLasting(name) ?? showFact(name) ?? showKind(name) ?? showChoice(name) ?? showGoverning(name)
      ?? showPlace(name) ?? showWord(name) ?? showList(name) ?? showRuleWord(name)
  }

  /// A word to which rules give a meaning: those of the documents at hand, else of any.
  private func showTerm(_ name: String) -> Answer? {
    for documents in [session.nearDocuments, session.library.documents] {
      let found = RuleTerm.called(name, in: documents)
      if !found.isEmpty { return TermAnswer(name, found, in: session).answer }
    }
    return nil
  }

  /// What records of a list do while they last: 稳定就业.
  private func showLasting(_ name: String) -> Answer? {
    let found = dictionary.lists.filter { list in
      list.chinese.lasts.map { $0.zh == name || $0.en == name.lowercased() } ?? false
    }
    return found.isEmpty ? nil : TermAnswer.lasting(name, found)
  }

  /// A list by the word for one of its records.
  private func showList(_ name: String) -> Answer? {
    let dictionary = dictionary
    return dictionary.lists.first { $0.record.zh == name || $0.record.en == name }
      .map { RecordAnswer.declaration($0, dictionary) }
  }

  /// A word of the rule language.
  private func showRuleWord(_ name: String) -> Answer? {
    let word = name.lowercased()
    return RuleWordList.all.first { $0.en == word || $0.zh.split(separator: " ").contains { $0 == name } }
      .map { RuleWords.answer($0, line: nil) }
  }

  private var dictionary: FactDictionary {
    session.state.scenario?.scenario.dataset.dictionary ?? session.library.dictionary
  }

  /// A record's fact by its name in the scenario's file: the lists that have it.
  private func showFact(_ name: String) -> Answer? {
    let dictionary = dictionary
    let found = dictionary.lists.compactMap { list in
      (list.named(name) ?? list.fields.first { $0.reads(as: name) }).map { (list, $0) }
    }
    guard !found.isEmpty else { return nil }
    return mention(
      Text("The fact \(name)", zh: "事实 \(name)"),
      Relation(
        title: Text("The fact \(name)", zh: "事实 \(name)"), of: found,
        [
          .id("list", Text("List", zh: "清单"), .important) { $0.0.name }.shown { [Span($0.0.words, .name)] },
          .words("title", Text("Title", zh: "名称"), .important) { $0.0.title },
          .id("type", Text("Type", zh: "类型"), .important) { RecordAnswer.type($0.1.type) }
            .shown { [Span(RecordAnswer.words($0.1, dictionary), .muted)] },
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
    var found: [(key: String, label: Text, choice: Reading.Choice, question: Text)] = []
    for target in NameTable(session.nearDocuments).all {
      guard case .reading(let reading, let key) = target,
        let choice = reading.choices.first(where: { $0.name == name || $0.chinese == name })
      else { continue }
      found.append((key, target.label, choice, reading.question))
    }
    guard !found.isEmpty else { return nil }
    let title = Text("The choice \(name)", zh: "选项 \(name)")
    return mention(
      title,
      Relation(
        title: title, of: found,
        [
          .id("reading", Text("Reading", zh: "口径"), .important) { $0.key }.shown { [Span($0.label, .name)] },
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
          .id("measure", Text("Measure", zh: "措施"), .important) { $0.id }.shown { [Span($0.label, .name)] },
          .id("article", Text("Article", zh: "条款"), .important) { $0.article }.role(.article),
          .words("title", Text("Title", zh: "名称"), .important) { $0.title },
        ]))
  }

  /// What answers mention, as a table and as rows of the same columns.
  private func mention(_ title: Text?, _ rows: Relation) -> Answer {
    Answer([.relation(rows)], records: [Record(kind: "mention", ["title": .words(title), "rows": .rows(rows)])])
  }
}

extension Field {
  /// Whether a word is how the fact reads where it holds or where it does not: 已备案, 未备案.
  fileprivate func reads(as word: String) -> Bool {
    guard let says else { return false }
    return [says.yes.zh, says.no.zh, says.yes.en, says.no.en].contains(word)
  }
}
