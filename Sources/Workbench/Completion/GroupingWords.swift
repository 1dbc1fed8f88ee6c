// What may stand behind `by` and `per`: dimensions, facts, ages, levels, counts. Knows nothing of keys or screens.

import Commands
import Diagnostics
import Facts
import Reports
import Sessions

extension Desk {
  /// What completes the keys that a command takes; nil where none is to come.
  func groupingCompletions(_ position: CursorContext, _ options: CommandForm.Options) -> [Completion]? {
    let previous = position.previous
    if Keyword.per.matches(previous), options.contains(.per) { return UnitQuestion.completions(in: self) }
    guard options.contains(.dimension) || options.contains(.fact) else { return nil }
    let before = position.before
    let by = before.lastIndex { Keyword.by.matches($0.word) }
    if Keyword.by.matches(previous) || (before.last?.kind == .comma && by != nil) {
      let dimensions = Dimension.allCases.map {
        Completion(language == .zh ? $0.chinese[0] : $0.rawValue, language == .zh ? $0.rawValue : "")
      }
      return (options.contains(.dimension) ? dimensions : []) + (options.contains(.fact) ? facts(of: position) : [])
    }
    guard let by, by < before.count - 1, Keyword.at.matches(previous), before.count >= 2 else { return nil }
    return levels(of: before[before.count - 2].text)
  }

  /// Facts that an answer may be taken apart by.
  private func facts(of position: CursorContext) -> [Completion] {
    let dictionary = state.scenario?.scenario.dataset.dictionary ?? library.dictionary
    let age = Completion(
      language == .zh ? "年龄" : "age", Text("whole years, at the beginning or a day", zh: "周岁，按起始日或某日").in(language))
    // Of a question about one list, its own facts.
    let first = position.command.flatMap { $0.type.takesConditions ? $0.after.first : nil }
    let only = first.flatMap { token in
      dictionary.list(called: token.text) ?? dictionary.lists.first { $0.title.zh == token.raw }
    }
    let all = FactPath.all(of: only.map { [$0] } ?? dictionary.lists, in: dictionary)
    return all.map { fact($0.words, $0.meaning) } + [age]
  }

  /// A fact by its name in the session's language; the other one finds it as well.
  func fact(_ words: Text, _ meaning: Text) -> Completion {
    language == .zh
      ? Completion(words.zh, meaning.zh, alias: words.en) : Completion(words.en, meaning.en, alias: words.zh)
  }

  private func levels(of name: String) -> [Completion] {
    guard let dataset = state.scenario?.scenario.dataset else { return [] }
    let path = FactPath(name)
    if let found = path.field(in: dataset) {
      return GroupKey.Level.all(of: found.field.type).map { Completion($0.spellings[language == .zh ? 1 : 0]) }
    }
    guard FactKey.isAge(path.last), let list = path.beside(FactPath.birth).field(in: dataset)?.list else { return [] }
    return list.fields.filter { $0.type.isDay && $0.name != FactPath.birth }.map {
      Completion($0.words.in(language), $0.meaning.in(language))
    }
  }
}
