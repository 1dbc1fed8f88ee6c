// What a programme's names stand for: documents, drafts of them, or an earlier result. Drafts of one document that
// stand
// together are one document with the changes of both; where they contradict each other, that is told.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// A programme whose names are understood.
package struct ResolvedProgramme {
  package var names: [String]
  package var documents: [CheckedDocument]
  /// What its drafts set.
  package var settings: [Setting] = []
  /// Its drafts, with everything that they change.
  package var drafts: [(name: String, whole: Session.UnfoldedDraft)] = []

  package init(names: [String], documents: [CheckedDocument], settings: [Setting] = []) {
    self.names = names
    self.documents = documents
    self.settings = settings
  }
}

/// What was asked about last.
package struct Recent {
  package let names: [String]
  package let mode: Mode
  package let scenario: String
}

extension Session {
  package func resolve(_ programme: Programme) throws(Refusal) -> ResolvedProgramme {
    var out = ResolvedProgramme(names: [], documents: [])
    var edits: [DocumentEdit] = []
    for name in programme.names {
      if let draft = draft(named: name) {
        let whole = try unfold(draft, at: name.location)
        out.names.append(draft.name)
        for document in whole.documents where !out.documents.contains(where: { $0.id == document.id }) {
          out.documents.append(document)
        }
        try join(whole, into: &out.settings, &edits, called: name)
        if !out.drafts.contains(where: { $0.name == draft.name }) { out.drafts.append((draft.name, whole)) }
      } else {
        let document = try self.document(name)
        if !out.documents.contains(where: { $0.id == document.id }) {
          out.documents.append(document)
          out.names.append(document.id)
        }
      }
    }
    for i in out.documents.indices {
      if let edit = edits.first(where: { $0.document == out.documents[i].id }) {
        out.documents[i] = try edited(out.documents[i], edit, at: programme.names.first?.location)
      }
    }
    return out
  }

  /// The documents of a programme, each once.
  package func documents(_ programme: Programme) throws(Refusal) -> [CheckedDocument] {
    try resolve(programme).documents
  }

  package func draft(named name: Written) -> Draft? {
    state.drafts.first { $0.name == name.raw || $0.name == name.text }
  }

  /// A draft with everything that the drafts it rests on change, before the documents are edited.
  package struct UnfoldedDraft {
    package var documents: [CheckedDocument] = []
    package var settings: [Setting] = []
    package var edits: [DocumentEdit] = []
  }

  package func unfold(_ draft: Draft, at location: SourceRange?, depth: Int = 0) throws(Refusal) -> UnfoldedDraft {
    guard depth < 32 else { throw Refusal(.draftTooDeep(draft.name), at: location) }
    var out = UnfoldedDraft()
    for name in draft.base {
      let written = Written(
        text: name, raw: name,
        location: location
          ?? SourceRange(source: nil, start: Position(line: 1, column: 1), end: Position(line: 1, column: 1)))
      if let inner = self.draft(named: written) {
        let whole = try unfold(inner, at: location, depth: depth + 1)
        for document in whole.documents where !out.documents.contains(where: { $0.id == document.id }) {
          out.documents.append(document)
        }
        try join(whole, into: &out.settings, &out.edits, called: written)
      } else {
        let document = try self.document(written)
        if !out.documents.contains(where: { $0.id == document.id }) { out.documents.append(document) }
      }
    }
    // What a draft changes itself goes before what it rests on.
    for setting in draft.settings {
      out.settings.removeAll { $0.target.id == setting.target.id }
      out.settings.append(setting)
    }
    for edit in draft.edits {
      if let i = out.edits.firstIndex(where: { $0.document == edit.document }) {
        out.edits[i].take(edit)
      } else {
        out.edits.append(edit)
      }
    }
    return out
  }

  /// Puts a draft beside others; two that set the same thing differently contradict each other.
  private func join(
    _ draft: UnfoldedDraft, into settings: inout [Setting], _ edits: inout [DocumentEdit], called name: Written
  ) throws(Refusal) {
    for setting in draft.settings {
      if let other = settings.first(where: { $0.target.id == setting.target.id }) {
        if other.value != setting.value {
          throw Refusal(
            .draftConflict(name.raw, setting.target.id, other.text(library.places), setting.text(library.places)),
            at: name.location)
        }
      } else {
        settings.append(setting)
      }
    }
    for edit in draft.edits {
      if let i = edits.firstIndex(where: { $0.document == edit.document }) {
        if let problem = edits[i].conflict(with: edit) {
          throw Refusal(
            .draftConflict(name.raw, problem, Text("one way", zh: "一种"), Text("another way", zh: "另一种")),
            at: name.location)
        }
        edits[i].take(edit)
      } else {
        edits.append(edit)
      }
    }
  }

  /// The mode in which a programme was asked about last, where it was what was asked about last.
  package func recentMode(_ programme: Programme) -> Mode? {
    guard let recent, recent.scenario == state.current, (try? resolve(programme))?.names == recent.names else {
      return nil
    }
    return recent.mode
  }

  /// What a command that names no programme is about: what was asked about last in this scenario, else what the
  /// scenario
  /// names or what is in force.
  func currentProgramme(_ scenario: LoadedScenario, _ command: Command) throws(Refusal) -> (
    ResolvedProgramme, Mode
  ) {
    if let recent, recent.scenario == scenario.name {
      let names = recent.names.map { Written(text: $0, raw: $0, location: command.location) }
      if let resolved = try? resolve(Programme(names: names)) { return (resolved, recent.mode) }
    }
    let documents = defaultDocuments(scenario)
    return (ResolvedProgramme(names: documents.map(\.id), documents: documents), .enacted)
  }
}
