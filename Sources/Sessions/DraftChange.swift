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
  /// A policy text is added to a document, with what is set of it: no document that is in force has those figures.
  case add(document: String, text: SourceFile, set: [Setting])
  /// A document applies in another period.
  case window(document: String, from: Day, to: Day)
}

extension Session.UnfoldedDraft {
  /// What the draft and those that it rests on change, one by one, in their order.
  package var changes: [DraftChange] {
    // A measure that goes takes its figures with it, unless others need them.
    let gone = edits.flatMap { edit -> [String] in
      let document = documents.first { $0.id == edit.document }
      let kept = document.map { DraftText($0).referred(edit) } ?? []
      return edit.removed.filter { !kept.contains($0) }.map { edit.document + "." + $0 + "." }
    }
    let added = edits.flatMap { edit in
      edit.added.map { text -> (key: String, own: [String]) in
        let syntax = PolicyParser.syntax(of: text)
        let names = syntax.measures.map { $0.name.text + "." } + syntax.tables.map { $0.name.text + "." }
        return (edit.document + text.text, names.map { edit.document + "." + $0 })
      }
    }
    func isOne(_ setting: Setting, of starts: [String]) -> Bool {
      starts.contains { setting.target.id.hasPrefix($0) }
    }
    let own = settings.filter { one in !isOne(one, of: gone) && !added.contains { isOne(one, of: $0.own) } }
    return own.map { .setting($0) }
      + edits.flatMap { edit -> [DraftChange] in
        edit.removed.map { .without(document: edit.document, measure: $0) }
          + edit.added.map { text in
            let names = added.first { $0.key == edit.document + text.text }?.own ?? []
            return .add(document: edit.document, text: text, set: settings.filter { isOne($0, of: names) })
          }
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
        case .add(let document, let text, _):
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
    out.settings = changes.flatMap { change -> [Setting] in
      switch change {
      case .setting(let setting): [setting]
      case .add(_, _, let set): set
      case .without, .window: []
      }
    }
    return out
  }
}
