// What may be written at a place of the rules, by where it stands: a declaration at the margin, a clause below one, the
// facts of a record behind its dot. Knows nothing of names that fit anywhere.

import Facts
import PolicyLanguage

extension OpenFile {
  /// What fits a place of the rules and no other; nil where any name may stand.
  func fitting(_ lines: [Substring], _ line: Int, _ head: String) -> (partial: String, words: [Completion])? {
    let partial = String(head.reversed().prefix { OpenFile.isNamePart($0) }.reversed())
    let before = head.dropLast(partial.count)
    if before.last == "." {
      let record = String(before.dropLast().reversed().prefix { OpenFile.isNamePart($0) }.reversed())
      let words = facts(of: record).filter { $0.text.hasPrefix(partial) }
      return words.isEmpty ? nil : (partial, words)
    }
    guard before.allSatisfy({ $0 == " " }) else { return nil }
    let inside = Set(ruleLines(lines))
    let above = (1..<line).reversed().first { number in
      inside.contains(number) && lines[number - 1].first.map { $0 != " " && $0 != "#" } == true
    }
    let declaration = above.map { String(lines[$0 - 1].prefix { OpenFile.isNamePart($0) }) } ?? ""
    let isChinese = above == nil ? desk.language == .zh : declaration.first.map { !$0.isASCII } ?? false
    let begun = before.isEmpty ? LineBeginnings.declarations : LineBeginnings.clauses(of: declaration)
    let words = begun.filter { (isChinese ? $0.chinese : $0.word).hasPrefix(partial) }.map { one in
      isChinese ? Completion(one.chinese, one.line) : Completion(one.line, one.chinese)
    }
    return words.isEmpty ? nil : (partial, words)
  }

  /// The facts that a record has, by its name or by that of a fact that refers to one.
  private func facts(of record: String) -> [Completion] {
    let lists = desk.library.dictionary.lists
    var wanted = Set(lists.filter { $0.singular == record || $0.record.zh == record }.map(\.name))
    for field in lists.flatMap(\.fields) where field.name == record || field.chinese == record {
      if case .reference(let list) = field.type { wanted.insert(list) }
    }
    let isChinese = record.first.map { !$0.isASCII } ?? false
    return lists.filter { wanted.contains($0.name) }.flatMap(\.fields).map { field in
      let meaning = field.meaning.in(desk.language)
      return Completion(isChinese ? field.words.zh : field.name, meaning, alias: isChinese ? field.name : "")
    }
  }
}
