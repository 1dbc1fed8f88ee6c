// Drafts: proposals that are changes to documents, not copies of them. What they rest on stays live: when it changes,
// so do
// they. Knows nothing of how a draft is asked for or shown.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A named set of changes to a programme.
package struct Draft: Sendable {
  package let name: String
  /// Documents and other drafts.
  package let base: [String]
  package let settings: [Setting]
  package let edits: [DocumentEdit]

  package init(name: String, base: [String], settings: [Setting], edits: [DocumentEdit]) {
    self.name = name
    self.base = base
    self.settings = settings
    self.edits = edits
  }
}

/// Changes to a document that no setting can express.
package struct DocumentEdit: Sendable {
  package let document: String
  /// Names of measures that are left out.
  package var removed: [String] = []
  /// Policy texts whose declarations are added.
  package var added: [SourceFile] = []
  /// The first and last day of the period in which it applies.
  package var window: (from: Day, to: Day)?

  package init(_ document: String) { self.document = document }

  /// The changes of another, which goes before.
  package mutating func take(_ other: DocumentEdit) {
    for name in other.removed where !removed.contains(name) { removed.append(name) }
    for text in other.added where !added.contains(where: { $0.text == text.text }) { added.append(text) }
    if let window = other.window { self.window = window }
  }

  /// What two edits want differently; nil when they go together.
  func conflict(with other: DocumentEdit) -> String? {
    if let a = window, let b = other.window, a.from != b.from || a.to != b.to { return document + ".window" }
    return nil
  }

  package var key: String {
    var digest = Digest()
    digest.add(document)
    for name in removed.sorted() { digest.add(name) }
    for text in added { digest.add(text.text) }
    if let window { digest.add(window.from.text + window.to.text) }
    return digest.hex
  }
}

extension Session {
  /// The dictionary of facts with what drafts have declared.
  package var dictionary: FactDictionary { draftDictionary ?? library.dictionary }

  /// A document as an edit leaves it, under its own id.
  package func edited(_ document: CheckedDocument, _ edit: DocumentEdit, at location: SourceRange?) throws(Refusal)
    -> CheckedDocument
  {
    let key = edit.key
    if let known = editedDocuments[key] { return known }
    let draft = DraftText(document)
    var extended = dictionary
    let entry = Library.check(draft.source(with: edit, keeps: draft.referred(edit)), &extended, library.places)
    let errors = entry.diagnostics.filter { $0.severity == .error }.map(\.asWritten)
    guard errors.isEmpty, let made = entry.document else { throw Refusal(errors) }
    editedDocuments[key] = made
    if extended.fieldCount != dictionary.fieldCount { draftDictionary = extended }
    return made
  }
}

extension Session {
  /// A document with conditions taken away, under its own id: each with whether everybody has what it asks for then,
  /// or nobody.
  /// - Returns: nil where what is left is no document: the condition stands where a rule needs one of its own.
  package func document(
    _ document: CheckedDocument, without conditions: [(location: SourceRange, holds: Bool)]
  ) -> CheckedDocument? {
    let text = DraftText(document).text(without: conditions)
    var extended = dictionary
    let entry = Library.check(SourceFile(name: document.source.name, text: text), &extended, library.places)
    return entry.diagnostics.contains { $0.severity == .error } ? nil : entry.document
  }
}

extension FactDictionary {
  /// How many fields all lists have together: lists and fields are only ever added.
  package var fieldCount: Int { lists.reduce(lists.count) { $0 + $1.fields.count } }
}
