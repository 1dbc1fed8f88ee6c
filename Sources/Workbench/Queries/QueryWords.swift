// What may stand in a statement at the cursor: tables, columns of those that it names, and the words of SQL that are
// usual. Knows nothing of keys or screens.

import Commands
import Databases
import Diagnostics

/// Words of statements as completions.
enum QueryWords {
  private static let beginnings = ["select ", "with "]
  private static let usual = [
    "select", "from", "where", "group by", "order by", "limit", "join", "on", "as", "and", "or", "not", "is null",
    "between", "in", "like", "desc", "distinct", "having", "count(*)", "sum(", "avg(", "min(", "max(",
  ]
  /// Words behind which a table stands.
  private static let tablesBehind: Set<String> = ["from", "join"]

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    // Nothing behind the word yet, or the quotation mark is still open.
    guard after.isEmpty else { return [] }
    let done = parts(position.partial)
    let language = session.language
    let words = SQLText.words(of: done)
    // The word that is begun is completed with all that stands before it.
    func line(_ text: String, _ meaning: String, alias: String = "") -> Completion {
      Completion(done + text, meaning, appendsSpace: false, alias: alias.isEmpty ? "" : done + alias)
    }
    if words.isEmpty { return beginnings.map { line($0, "") } }
    let sources = session.querySources
    if let last = words.last, tablesBehind.contains(last.text.lowercased()) {
      return sources.map { source in
        let (own, other) = language == .zh ? (source.name.zh, source.name.en) : (source.name.en, source.name.zh)
        return line(name(own), source.title.in(language), alias: other)
      }
    }
    // Names may be those of tables further on: `select amo| from payments`.
    let named = QueryNames(done, sources).sources
    let columns = (named.isEmpty ? sources.prefix(2) : named[...]).flatMap { source in
      source.columns.map { column in
        let isChinese = QueryWords.isChinese(done, source, language)
        let (own, other) = isChinese ? (column.name.zh, column.name.en) : (column.name.en, column.name.zh)
        return line(name(own), "\(source.name.in(language)) · \(column.title.in(language))", alias: other)
      }
    }
    return columns + usual.map { line($0, "") }
  }

  /// Whether a statement speaks of a table by its Chinese name; the language of the session where it speaks of none.
  private static func isChinese(_ text: String, _ source: QuerySource, _ language: Language) -> Bool {
    let words = SQLText.words(of: text).map(\.text)
    if words.contains(source.name.zh), source.name.zh != source.name.en { return true }
    return language == .zh && !words.contains { $0.lowercased() == source.name.en }
  }

  /// A name as it may be written: in quotation marks where it is no plain word. Those of the command stand around it.
  private static func name(_ name: String) -> String {
    let isPlain = SQLText.words(of: name).map(\.kind) == [.word] && !name.contains(" ")
    return isPlain ? name : "[\(name)]"
  }

  /// A statement up to the word that is begun.
  private static func parts(_ text: String) -> String {
    guard let last = SQLText.words(of: text).last, last.kind == .word, last.range.upperBound == text.utf8.count else {
      return text
    }
    return CommandText.slice(text, 0, last.range.lowerBound)
  }
}
