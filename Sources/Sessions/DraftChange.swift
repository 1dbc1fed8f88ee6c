// The single changes of a draft, and the programme that some of them make: what takes a draft apart runs these. Knows
// nothing of what they cost.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// One change of a draft.
package enum DraftChange: Sendable {
  /// A figure, a reading or a value.
  case setting(Setting)
  /// A measure of a document is left out.
  case without(document: String, measure: String)
  /// A policy text is added to a document.
  case add(document: String, text: SourceFile)
  /// A document applies in another period.
  case window(document: String, from: Day, to: Day)
}

extension Session.UnfoldedDraft {
  /// What the draft and those that it rests on change, one by one, in their order.
  package var changes: [DraftChange] {
    settings.map { .setting($0) }
      + edits.flatMap { edit -> [DraftChange] in
        edit.removed.map { .without(document: edit.document, measure: $0) }
          + edit.added.map { .add(document: edit.document, text: $0) }
          + (edit.window.map { [.window(document: edit.document, from: $0.from, to: $0.to)] } ?? [])
      }
  }
}

extension Session {
  /// The programme of a draft with some of its changes.
  /// - Throws: what is wrong with the documents that they leave.
  package func programme(
    of whole: UnfoldedDraft, named names: [String], with changes: [DraftChange], at location: SourceRange?
  ) throws(Refusal) -> ResolvedProgramme {
    var out = ResolvedProgramme(names: names, documents: whole.documents)
    for i in out.documents.indices {
      var edit = DocumentEdit(out.documents[i].id)
      var isEdited = false
      for change in changes {
        switch change {
        case .setting: continue
        case .without(let document, let measure):
          guard document == edit.document else { continue }
          edit.removed.append(measure)
        case .add(let document, let text):
          guard document == edit.document else { continue }
          edit.added.append(text)
        case .window(let document, let from, let to):
          guard document == edit.document else { continue }
          edit.window = (from, to)
        }
        isEdited = true
      }
      if isEdited { out.documents[i] = try edited(out.documents[i], edit, at: location) }
    }
    out.settings = changes.compactMap { if case .setting(let setting) = $0 { setting } else { nil } }
    return out
  }
}
