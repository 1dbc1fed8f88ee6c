// From a measure or an article in an answer to the clause's own words in a page's appendix. Knows which clauses were
// linked to,
// so that the appendix holds those and no others.

import Diagnostics
import PolicyLanguage
import Synchronization
import View

/// The clauses that a page links to.
final class ClauseLinks: Sendable {
  /// A clause of a document.
  struct Clause: Hashable, Comparable {
    let document: String
    /// The line of its heading, by which it is called on the page.
    let line: Int

    var id: String { "clause-" + document.filter { $0.isASCII } + "-\(line)" }

    static func < (a: Clause, b: Clause) -> Bool { (a.document, a.line) < (b.document, b.line) }
  }

  private struct Entry: Sendable {
    let measure: String
    let id: String
    let article: String
    let clause: Clause
  }

  private let entries: [String: [Entry]]
  private let used = Mutex(Set<Clause>())

  init(_ documents: [CheckedDocument]) {
    var entries: [String: [Entry]] = [:]
    for document in documents {
      for article in Article.all(of: document) {
        for measure in article.measures {
          let entry = Entry(
            measure: measure.name, id: measure.id, article: measure.article,
            clause: Clause(document: document.id, line: article.line))
          entries[measure.name, default: []].append(entry)
          entries[measure.id, default: []].append(entry)
        }
      }
    }
    self.entries = entries
  }

  /// Where a span leads.
  /// - Parameter programme: the documents that the answer is about.
  func target(_ span: Span, among spans: [Span], programme: [String]) -> String? {
    let clause: Clause?
    switch span.role {
    case .name: clause = entry(span.text.en, among: spans, programme)?.clause
    case .article:
      let names = spans.filter { $0.role == .name || $0.role == .muted || $0.role == .plain }.map(\.text.en)
      clause =
        names.lazy.compactMap { self.entry($0, among: spans, programme) }.first { $0.article == span.text.en }?.clause
    default: clause = nil
    }
    guard let clause else { return nil }
    used.withLock { _ = $0.insert(clause) }
    return "#" + clause.id
  }

  /// The measure that a name stands for; nil where several documents have one of that name.
  private func entry(_ name: String, among spans: [Span], _ programme: [String]) -> Entry? {
    guard let found = entries[name] else { return nil }
    if found.count == 1 { return found[0] }
    let beside = found.filter { entry in spans.contains { $0.text.en == entry.clause.document } }
    if beside.count == 1 { return beside[0] }
    let asked = found.filter { programme.contains($0.clause.document) }
    return asked.count == 1 ? asked[0] : nil
  }

  /// The clauses linked to so far, in the order of the documents.
  func clauses(in documents: [CheckedDocument]) -> [(document: CheckedDocument, article: Article, id: String)] {
    let used = used.withLock { $0 }
    return documents.flatMap { document in
      Article.all(of: document).compactMap { article in
        let clause = Clause(document: document.id, line: article.line)
        return used.contains(clause) ? (document, article, clause.id) : nil
      }
    }
  }
}
