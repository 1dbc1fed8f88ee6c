// How an answer is called later in the session. Knows nothing of what it rests on.

/// How an answer is called among the session's results.
package struct ResultTag: Sendable, Hashable {
  /// From 1.
  package let number: Int
  /// A digest of facts, documents, settings and question; nil where the facts are too many to look at without being
  /// asked.
  package let fingerprint: String?

  package init(number: Int, fingerprint: String?) {
    self.number = number
    self.fingerprint = fingerprint
  }

  /// `r3`
  package var name: String { "r\(number)" }
}
