// What the word at a place stands for: in rules first what the declaration around it names, then facts of its records,
// then the language's own words; elsewhere whatever has a name. Knows nothing of protocols.

import Answers
import Diagnostics
import Facts
import PolicyLanguage
import View

extension OpenFile {
  /// What stands at a place, explained; nil where nothing with a meaning does.
  package func meaning(at position: Position) -> Answer? {
    let lines = OpenFile.lines(source.text)
    guard lines.indices.contains(position.line - 1) else { return nil }
    if kind == .policy, ruleLines(lines).contains(position.line) { return ruleMeaning(at: position, lines) }
    guard let word = word(at: position) else { return nil }
    return kind == .notebook ? desk.inspect(word.text, at: 0) : desk.explained(word.text)
  }

  private func ruleMeaning(at position: Position, _ lines: [Substring]) -> Answer? {
    let line = String(lines[position.line - 1])
    let token = tokens.last { token in
      token.location.start.line == position.line && token.location.start.column <= position.column
        && position.column <= token.location.end.column
    }
    guard token?.sort != .text, token?.sort != .comment, let word = word(at: position) else { return nil }
    if token?.sort == .place { return desk.explained(token?.text ?? word.text) }
    let isChinese = !line.drop { $0 == " " }.prefix(1).allSatisfy(\.isASCII)
    let name = isChinese ? token.map { String($0.text.drop { $0 == "该" }) } ?? word.text : word.text
    let from = isChinese ? token?.location.start.column ?? word.from : word.from
    let before = line.prefix(max(0, from - 1))
    let offers = RuleOffers(self, block(lines, position.line, line))
    if before.last == ".", let field = fact(name, behind: String(before.dropLast())) { return field }
    if let own = offers.block.own.first(where: { ($0.name == name || $0.chinese == name) && isNamed(token) }) {
      return meaning(of: own, named: name, offers)
    }
    let isFirst = before.allSatisfy { $0 == " " }
    if !isFirst, let answer = factMeaning(name, before, offers, isExample: isExample(offers.block)) { return answer }
    if !isChinese || token?.sort != .number,
      let entry = RuleWords.entry(in: Array(line), at: min(position.column - 1, max(0, from - 1)))
        ?? RuleWords.entry(in: Array(line), at: min(from, line.count)),
      !isChinese || token?.sort == .word || RuleWords.isSpelt(name, entry)
    {
      if isNamed(token), !isChinese, entry.en != name, !entry.en.hasPrefix("stable"), !entry.en.hasPrefix("completion")
      {
        return desk.explained(name)
      }
      return RuleWords.answer(entry, line: isFirst ? sample(entry, offers.block) : nil)
    }
    if token?.sort == .word || token?.sort == .number { return nil }
    let owned =
      (document == nil ? [] : owners(at: position).map { "\($0).\(name)" })
      + (document.map { ["\($0.id).\(name)"] } ?? [])
    for name in owned + [name] { if let answer = desk.explained(name) { return answer } }
    return nil
  }

  private func isNamed(_ token: RuleToken?) -> Bool { token?.sort == .name || token == nil }

  private func isExample(_ block: RuleBlock) -> Bool { ["example", "算例"].contains(block.declaration) }

  /// A line that begins with a word, as it should look.
  private func sample(_ entry: RuleWords.Entry, _ block: RuleBlock) -> Text? {
    let word = String(entry.en.prefix { $0 != " " })
    let known = LineBeginnings.declarations + LineBeginnings.clauses(of: block.declaration)
    guard let line = known.first(where: { $0.word == word })?.line else { return nil }
    return Text(line, zh: ChineseLines.line(word, below: block.declaration) ?? line)
  }

  /// A name that a declaration gives.
  private func meaning(of own: RuleBlock.Own, named name: String, _ offers: RuleOffers) -> Answer {
    let ids = document?.measures.map(\.id) ?? []
    if own.sort == .parameter || own.sort == .reading {
      let here = ids.filter { id in block(named: offers.block, is: id) }
      for id in here { if let answer = desk.explained("\(id).\(own.name)") { return answer } }
      if let id = document?.id, let answer = desk.explained("\(id).\(own.name)") { return answer }
    }
    let what: Text =
      switch own.sort {
      case .set: Text("a set of this measure", zh: "本措施的集合")
      case .figure: Text("a figure of this measure", zh: "本措施的数")
      case .parameter: Text("a parameter", zh: "参数")
      case .reading: Text("a reading", zh: "口径")
      }
    return told(name, [what, .same(own.meaning)])
  }

  private func block(named block: RuleBlock, is id: String) -> Bool {
    document?.measures.first { $0.id == id }.map { $0.name == block.name || $0.heading.chinese == block.name } ?? false
  }

  private func told(_ name: String, _ texts: [Text]) -> Answer {
    let blocks = texts.filter { !$0.en.isEmpty }.map { Block.paragraph($0) }
    return Answer(
      Document([.paragraph([Span(.same(name), .code)])] + blocks),
      records: [Record(kind: "name", ["name": .id(name), "meaning": .words(texts.last ?? .same(""))])])
  }

  // MARK: Facts

  private func fact(_ name: String, behind record: String) -> Answer? {
    let record = String(record.reversed().prefix { OpenFile.isNamePart($0) }.reversed())
    let lists = desk.library.dictionary.lists
    for list in lists where list.singular == record {
      if let field = list.field(name) { return told(field, of: list) }
    }
    for field in lists.flatMap(\.fields) where field.name == record {
      if case .reference(let target) = field.type, let list = lists.first(where: { $0.name == target }),
        let found = list.field(name)
      {
        return told(found, of: list)
      }
    }
    return nil
  }

  private func factMeaning(_ name: String, _ before: Substring, _ offers: RuleOffers, isExample: Bool) -> Answer? {
    let lists: [ListDeclaration]
    if isExample {
      let words = EnglishOffers.words(before)
      guard ["given", "已知"].contains(where: { words.first?.hasPrefix($0) ?? false }),
        before.contains(where: { ":：".contains($0) })
      else { return nil }
      lists = desk.library.dictionary.lists.filter { list in
        words.contains { $0 == list.singular || $0 == list.name || $0.contains(list.record.zh) }
      }
    } else {
      lists = [offers.current, offers.block.frame].compactMap { $0 }
    }
    for list in lists {
      let field = list.fields.first { field in
        field.name == name || field.chinese == name || field.says?.yes.zh == name || field.says?.no.zh == name
      }
      if let field { return told(field, of: list) }
    }
    return nil
  }

  private func told(_ field: Field, of list: ListDeclaration) -> Answer {
    let choices = field.choices
    let of = Text(
      "a fact of \(list.title.en) · \(RecordAnswer.type(field.type))",
      zh: "\(list.title.zh)的事实 · \(RecordAnswer.type(field.type))")
    let among = Text(choices.map(\.en).joined(separator: ", "), zh: choices.map(\.zh).joined(separator: "、"))
    return told(
      field.name == field.words.zh ? field.name : "\(field.name) · \(field.words.zh)", [of, field.meaning, among])
  }
}
