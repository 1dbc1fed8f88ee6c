// What may stand in a question about records: lists, `where`, the facts of the list, and the values of the fact that is
// compared. Knows nothing of keys or screens.

import Commands
import Diagnostics
import Facts
import Reports
import Sessions

/// Words of conditions as completions.
enum ConditionWords {
  /// Lists, then `where`, then facts and values.
  ///
  /// - Parameter further: keywords that may follow the list or a condition.
  static func completions(
    _ position: CursorContext, _ after: [Token], in session: Desk, further: [Completion]
  ) -> [Completion] {
    guard let first = after.first else { return lists(session) }
    let dictionary = session.state.scenario?.scenario.dataset.dictionary ?? session.library.dictionary
    guard let list = list(first, dictionary) else { return [] }
    let previous = position.previous
    guard let begins = after.firstIndex(where: { Keyword.where.matches($0.word) }) else {
      if Keyword.sort.matches(previous) { return facts(of: list, dictionary, session) }
      return (after.count == 1 ? [word(.where, Text("a condition", zh: "条件"), session)] : []) + further
    }
    if begins == after.count - 1 || joins.contains(previous) { return facts(of: list, dictionary, session) }
    if Keyword.sort.matches(previous) { return facts(of: list, dictionary, session) }
    let isComparing = comparisons.contains(previous) || after.last?.kind == .equals
    if isComparing, after.count > begins + 2 {
      return values(of: after[after.count - 2].text, list, session)
    }
    if after.count > begins + 1, field(after[after.count - 1].text, of: list, dictionary) != nil {
      let words =
        session.language == .zh
        ? ["为", "不为", "等于", "不少于", "不超过", "属于", "为（"] : ["is", "=", ">=", "<=", "within", "is given", "is any of ("]
      return words.map { Completion($0) }
    }
    return (session.language == .zh ? ["且", "或"] : ["and", "or"]).map { Completion($0) } + further
  }

  private static let joins: Set<String> = ["and", "or", "not", "且", "或", "非"]
  private static let comparisons: Set<String> = ["is", "=", "within", "为", "不为", "等于", "属于"]

  static func word(_ keyword: Keyword, _ meaning: Text, _ session: Desk) -> Completion {
    Completion(session.language == .zh ? keyword.chinese : keyword.spellings[0], meaning.in(session.language))
  }

  static func lists(_ session: Desk) -> [Completion] {
    session.library.dictionary.lists.map { list in
      session.language == .zh
        ? Completion(list.words.zh, list.title.zh, alias: list.name)
        : Completion(list.name, list.title.en, alias: list.words.zh)
    }
  }

  private static func list(_ token: Token, _ dictionary: FactDictionary) -> ListDeclaration? {
    dictionary.list(called: token.text) ?? dictionary.lists.first { $0.title.zh == token.raw }
  }

  private static func facts(of list: ListDeclaration, _ dictionary: FactDictionary, _ session: Desk) -> [Completion] {
    FactPath.all(of: [list], in: dictionary).map { session.fact($0.words, $0.meaning) }
  }

  /// A field by its path from a list.
  private static func field(_ path: String, of list: ListDeclaration, _ dictionary: FactDictionary) -> Field? {
    var list = list
    var found: Field?
    for name in path.split(separator: ".").map(String.init) {
      guard let field = list.field(name) ?? list.fields.first(where: { $0.chinese == name }) else { return nil }
      found = field
      if case .reference(let target) = field.type, let next = dictionary.list(target) { list = next }
    }
    return found
  }

  /// Values that a field may have: choices, yes and no, records, and texts and places that stand in the facts.
  private static func values(of path: String, _ list: ListDeclaration, _ session: Desk) -> [Completion] {
    let dictionary = session.state.scenario?.scenario.dataset.dictionary ?? session.library.dictionary
    guard let field = field(path, of: list, dictionary) else { return [] }
    let language = session.language
    switch field.type {
    case .choice:
      return field.choices.map {
        language == .zh ? Completion($0.zh, "", alias: $0.en) : Completion($0.en, "", alias: $0.zh)
      }
    case .bool:
      return language == .zh
        ? [Completion("是", ""), Completion("否", "")] : [Completion("yes", "是"), Completion("no", "否")]
    case .reference(let target):
      guard let table = session.state.scenario?.scenario.dataset.table(target), let ids = table.ids,
        let dataset = session.state.scenario?.scenario.dataset
      else { return [] }
      return (0..<min(table.count, most)).map { row in
        let named = dataset.named(target, row)
        let id = ids.text(row)
        return Completion(id, named == id ? "" : named, alias: dataset.called(target, row).zh)
      }
    case .text, .place, .county, .area: return stated(field, list, session)
    case .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .set: return []
    }
  }

  private static let most = 200

  /// The values that the first records have.
  private static func stated(_ field: Field, _ list: ListDeclaration, _ session: Desk) -> [Completion] {
    guard let dataset = session.state.scenario?.scenario.dataset, let table = dataset.table(list.name),
      let column = table.columns[field.name]
    else { return [] }
    var seen: Set<Int64> = []
    var out: [Completion] = []
    for row in 0..<min(table.count, 20_000) where out.count < most {
      guard let raw = column.raw(row), raw >= 0, seen.insert(raw).inserted else { continue }
      if field.type == .text {
        let text = dataset.texts.text(Int32(clamping: raw))
        out.append(Completion(CommandText.isWord(text) ? text : "\"\(text)\""))
      } else if dataset.places.codes.indices.contains(Int(raw)) {
        out.append(
          Completion(
            dataset.places.codes[Int(raw)].text, dataset.places.names[Int(raw)], alias: dataset.places.names[Int(raw)]))
      }
    }
    return out
  }
}
