// The words to which rules give a meaning: definitions, tables, joined lists, limits, and what a measure counts,
// names or goes through. Answers use them all; whoever meets one may ask what it stands for. Knows nothing of how it
// is shown.

import Diagnostics
import PolicyLanguage

/// A word of a document's rules, and where it is said what it means.
struct RuleTerm: Sendable {
  enum Sort: Sendable {
    case definition, table, joined, limit
    /// What a measure counts, gives a name, goes through.
    case counted, named, iteration

    /// What the word is; in Chinese behind what it belongs to: 机构奖励所计的记录.
    var words: Text {
      switch self {
      case .definition: Text("a definition", zh: "的定义")
      case .table: Text("a table", zh: "的标准表")
      case .joined: Text("records taken together", zh: "中合并计算的记录")
      case .limit: Text("a joint limit", zh: "的合并限额")
      case .counted: Text("what is counted", zh: "所计的记录")
      case .named: Text("a figure of the rule", zh: "中的量")
      case .iteration: Text("what is gone through", zh: "中逐一计算的依据")
      }
    }
  }

  let sort: Sort
  let words: Text
  let document: CheckedDocument
  /// The measure whose word it is; nil: the whole document's.
  let measure: CheckedMeasure?
  /// The key under which `RuleTexts` has the clause.
  let key: String

  /// Every word of a document.
  static func all(of document: CheckedDocument) -> [RuleTerm] {
    RuleTerm.declared(document.syntax).map { one in
      RuleTerm(
        sort: one.sort, words: Text(one.name.text, zh: one.name.zh ?? one.name.text), document: document,
        measure: one.measure.flatMap { document.measure($0) }, key: one.key)
    }
  }

  /// Those that a name may stand for: in either language, in English with spaces or with `_`.
  static func called(_ name: String, in documents: [CheckedDocument]) -> [RuleTerm] {
    let id = name.replacing(" ", with: "_")
    return documents.flatMap { all(of: $0) }.filter { $0.words.zh == name || $0.words.en == id }
  }

  // MARK: Where they are declared

  /// A name that rules declare, with the measure that has it and the key of its clause.
  struct Declared {
    let sort: Sort
    let name: Name
    let measure: String?

    var key: String { RuleTerm.key(name.text, of: measure) }
  }

  private static func key(_ name: String, of measure: String?) -> String { (measure.map { $0 + "." } ?? "") + name }

  /// What some rules declare, in the order of their sorts.
  static func declared(_ syntax: DocumentSyntax) -> [Declared] {
    var out = syntax.definitions.map { Declared(sort: .definition, name: $0.name, measure: nil) }
    out += syntax.tables.map { Declared(sort: .table, name: $0.name, measure: nil) }
    for list in syntax.lists where !list.joins.isEmpty {
      out += [list.name, list.singular].map { Declared(sort: .joined, name: $0, measure: nil) }
    }
    out += syntax.limits.map { Declared(sort: .limit, name: $0.name, measure: nil) }
    for measure in syntax.measures {
      out += measure.clauses.flatMap { names(of: $0) }.map { sort, name in
        Declared(sort: sort, name: name, measure: measure.name.text)
      }
    }
    return out
  }

  private static func names(of clause: ClauseSyntax) -> [(Sort, Name)] {
    switch clause {
    case .set(let set): return [(.counted, set.name)]
    case .letting(let name, _): return [(.named, name)]
    case .frame(let frame):
      return frame.iterations.compactMap { iteration in
        switch iteration {
        // What a year is nobody asks.
        case .years, .yearsWhen, .completeYears: nil
        case .range(let name, _, _), .periods(let name, _), .members(let name, _):
          name.text == "year" ? nil : (.iteration, name)
        }
      }
    case .title, .article, .kind, .parameter, .reading, .window, .assume, .text, .condition, .begins, .require,
      .persons, .oncePer, .onlyFirst, .onlyHighest, .yields, .ownDefault, .pay, .grant, .quota, .ordered, .cap, .fund,
      .recover, .error, .expect:
      return []
    }
  }

  /// The clauses that declare them, as they stand in a text, by their keys: the line and what is deeper below it.
  static func clauses(_ syntax: DocumentSyntax) -> [String: String] {
    let lines = syntax.source.text.split(separator: "\n", omittingEmptySubsequences: false)
    var found: [String: String] = [:]
    for one in declared(syntax) where found[one.key] == nil {
      let first = one.name.location.start.line - 1
      guard lines.indices.contains(first) else { continue }
      let depth = indent(lines[first])
      let below = lines[(first + 1)...].prefix { !$0.allSatisfy(\.isWhitespace) && indent($0) > depth }
      found[one.key] = ([lines[first]] + below).map { String($0.dropFirst(depth)) }.joined(separator: "\n")
    }
    return found
  }

  private static func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
}
