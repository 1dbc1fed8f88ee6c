// `show` on what answers mention besides documents, measures, names and records: facts, kinds, places, choices of readings,
// documents that govern something, words. Asked last, when nothing has the name for itself.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

extension Session {
  /// What a word stands for in answers; nil when in none.
  func showMentioned(_ thing: Written) -> Answer? {
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
    let dictionary = state.scenario?.scenario.dataset.dictionary ?? library.dictionary
    let found = dictionary.lists.compactMap { list in list.field(name).map { (list, $0) } }
    guard !found.isEmpty else { return nil }
    let rows = found.map { list, field in
      Table.Row([
        .data(list.name, .name), .text(list.title), .data(RecordView.type(field.type), .muted), .text(field.meaning),
      ])
    }
    return table(
      Text("The fact \(name)", zh: "事实 \(name)"),
      [
        ("list", Text("List", zh: "列表")), ("title", Text("Title", zh: "名称")), ("type", Text("Type", zh: "类型")),
        ("meaning", Text("Meaning", zh: "含义")),
      ],
      rows)
  }

  /// The measures of a kind, over all documents: what takes the higher of.
  private func showKind(_ name: String) -> Answer? {
    let found = library.documents.flatMap(\.measures).filter { $0.kind == name && !$0.pays.isEmpty }
    return found.isEmpty ? nil : measures(found, Text("Measures of the kind \(name)", zh: "类别 \(name) 的措施"))
  }

  /// The readings that have a choice of this name.
  private func showChoice(_ name: String) -> Answer? {
    var rows: [Table.Row] = []
    for target in NameTable(nearDocuments).all {
      guard case .reading(let reading, let key) = target, let choice = reading.choices.first(where: { $0.name == name })
      else { continue }
      rows.append(Table.Row([.data(key, .name), .text(choice.meaning), .text(reading.question, .muted)]))
    }
    guard !rows.isEmpty else { return nil }
    return table(
      Text("The choice \(name)", zh: "选项 \(name)"),
      [
        ("reading", Text("Reading", zh: "读法")), ("meaning", Text("Meaning", zh: "含义")),
        ("question", Text("Question", zh: "问题")),
      ], rows)
  }

  /// A document that is not at hand, by its number: what it governs.
  private func showGoverning(_ name: String) -> Answer? {
    guard name.count >= 4, name.contains("号") else { return nil }
    let found = library.documents.flatMap(\.measures).filter { $0.source.contains(name) }
    return found.isEmpty ? nil : measures(found, Text("Where \(name) is referred to", zh: "提到 \(name) 之处"))
  }

  private func showPlace(_ name: String) -> Answer? {
    guard case .found(let id) = library.places.resolve(name) else { return nil }
    let places = library.places
    let rows = library.documents.filter { places.lies(id, within: $0.jurisdiction) }.map { document in
      Table.Row([.data(document.id, .name), .text(document.title)])
    }
    let title = Text(
      "\(places.label(id)): \(places.fullName(id)); documents in force",
      zh: "\(places.label(id))：\(places.fullName(id))；现行文件")
    return table(title, [("document", Text("Document", zh: "文件")), ("title", Text("Title", zh: "标题"))], rows)
  }

  /// A word of answers, or a preference.
  private func showWord(_ name: String) -> Answer? {
    if Preference.named(name) != nil { return listSettings() }
    let word = name.lowercased()
    func stands(_ text: Text) -> Bool {
      text.en.lowercased().split(separator: ",").contains { $0.drop(while: { $0 == " " }) == word }
        || text.zh.split(separator: "、").contains { $0 == word }
        || text.en.lowercased() == "as " + word || text.zh == "按" + word
    }
    let found = HelpTopic.words.entries.filter { stands($0.0) }
    guard !found.isEmpty else { return nil }
    return table(
      nil, [("word", Text("Word", zh: "词语")), ("meaning", Text("Meaning", zh: "含义"))],
      found.map { Table.Row([.text($0.0, .strong), .text($0.1)]) })
  }

  private func measures(_ found: [CheckedMeasure], _ title: Text) -> Answer {
    table(
      title,
      [
        ("measure", Text("Measure", zh: "措施")), ("article", Text("Article", zh: "条款")),
        ("title", Text("Title", zh: "名称")),
      ],
      found.map { Table.Row([.data($0.id, .name), .data($0.article, .article), .text($0.title)]) })
  }

  private func table(_ title: Text?, _ columns: [(key: String, title: Text)], _ rows: [Table.Row]) -> Answer {
    let table = Table(
      title: title, columns: columns.map { Table.Column($0.title, .left, .important, key: $0.key) }, rows: rows)
    let objects: [JSONValue] = rows.map { row in
      .object(zip(columns, row.cells).map { .init($0.key, .string($1.plain(.en))) })
    }
    return Answer(
      Document([.table(table)]),
      objects: [["kind": "mention", "title": title.map { .string($0.en) } ?? .null, "rows": .array(objects)]])
  }
}
