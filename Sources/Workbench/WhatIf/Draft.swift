// Drafts: proposals that are changes to documents, not copies of them. What they rest on stays live: when it changes, so do
// they. Knows nothing of how a draft is shown.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

/// A named set of changes to a programme.
struct Draft: Sendable {
  let name: String
  /// Documents and other drafts.
  let base: [String]
  let settings: [Setting]
  let edits: [DocumentEdit]
}

/// Changes to a document that no setting can express.
struct DocumentEdit: Sendable {
  let document: String
  /// Names of measures that are left out.
  var removed: [String] = []
  /// Policy texts whose declarations are added.
  var added: [SourceFile] = []
  /// The first and last day of the period in which it applies.
  var window: (from: Day, to: Day)?

  init(_ document: String) { self.document = document }

  /// The changes of another, which goes before.
  mutating func take(_ other: DocumentEdit) {
    for name in other.removed where !removed.contains(name) { removed.append(name) }
    for text in other.added where !added.contains(where: { $0.text == text.text }) { added.append(text) }
    if let window = other.window { self.window = window }
  }

  /// What two edits want differently; nil when they go together.
  func conflict(with other: DocumentEdit) -> String? {
    if let a = window, let b = other.window, a.from != b.from || a.to != b.to { return document + ".window" }
    return nil
  }

  var key: String {
    var digest = Digest()
    digest.add(document)
    for name in removed.sorted() { digest.add(name) }
    for text in added { digest.add(text.text) }
    if let window { digest.add(window.from.text + window.to.text) }
    return digest.hex
  }
}

extension Session {
  /// Makes a draft, or makes it anew under the same name.
  func draft(_ request: DraftRequest, _ command: Command) throws(Refusal) -> Answer {
    let name = request.name.raw
    try checkDraftName(request.name)
    var base = request.base.names.map { draft(named: $0)?.name ?? $0.raw }
    var settings: [Setting] = []
    var edits: [DocumentEdit] = []
    // Made from itself, a draft takes over what it was.
    if let old = state.drafts.first(where: { $0.name == name }), let i = base.firstIndex(of: name) {
      base.replaceSubrange(i...i, with: old.base)
      settings = old.settings
      edits = old.edits
    }
    let resolved = try resolve(
      Programme(names: base.map { Written(text: $0, raw: $0, location: request.base.names[0].location) }))
    base = base.map { name in
      draft(named: Written(text: name, raw: name, location: request.name.location)) != nil
        ? name : resolved.documents.first { $0.id == name || $0.id.hasPrefix(name) || $0.number == name }?.id ?? name
    }
    for change in request.changes {
      switch change {
      case .set(let assignment):
        if isWindow(assignment.name.text) {
          try setWindow(assignment, resolved.documents, &edits)
        } else {
          for setting in try understand([beside(settings, assignment, resolved.documents)], in: resolved.documents) {
            if case .parameter(let parameter) = setting.target,
              !resolved.documents.contains(where: { parameter.id.hasPrefix($0.id + ".") })
            {
              throw Refusal(
                .notInProgramme(parameter.id, resolved.names.joined(separator: " + ")), at: assignment.name.location)
            }
            settings.removeAll { $0.target.id == setting.target.id }
            settings.append(setting)
          }
        }
      case .without(let wanted):
        let measure = try self.measure(wanted, in: resolved.documents)
        guard resolved.documents.contains(where: { $0.id == measure.document }) else {
          throw Refusal(.notInProgramme(measure.id, resolved.names.joined(separator: " + ")), at: wanted.location)
        }
        edit(measure.document, in: &edits) { if !$0.removed.contains(measure.name) { $0.removed.append(measure.name) } }
      case .add(let file):
        let text: String
        do { text = try Files.read(path(file.raw)) } catch {
          throw Refusal(.unreadable(file.raw, error.reason), at: file.location)
        }
        let document = try onlyDocument(resolved, at: file.location)
        edit(document.id, in: &edits) { $0.added.append(SourceFile(name: file.raw, text: DraftText.fenced(text))) }
      }
    }
    return try keep(
      Draft(name: name, base: base, settings: settings, edits: edits), by: command.text, at: request.name.location)
  }

  /// Makes a draft from a policy text, as a fence of a notebook holds it: its declarations are added to the document that
  /// the programme is.
  ///
  /// - Parameters:
  ///   - base: documents and drafts.
  ///   - text: declarations of the rule language, without a `document` of their own.
  public func addDraft(_ name: String, from base: [String], adding text: SourceFile, by command: String) -> Answer {
    let location = text.location(fromUTF8: 0, to: 0)
    let written = Written(text: name, raw: name, location: location)
    do {
      try checkDraftName(written)
      let resolved = try resolve(Programme(names: base.map { Written(text: $0, raw: $0, location: location) }))
      let document = try onlyDocument(resolved, at: location)
      var edit = DocumentEdit(document.id)
      edit.added.append(SourceFile(name: text.name, text: DraftText.fenced(text.text)))
      return try keep(Draft(name: name, base: resolved.names, settings: [], edits: [edit]), by: command, at: location)
    } catch {
      return .failure(error.diagnostics)
    }
  }

  private func keep(_ draft: Draft, by command: String, at location: SourceRange) throws(Refusal) -> Answer {
    // Its documents must stand before the session knows it.
    let unfolded = try unfold(draft, at: location)
    for edit in unfolded.edits {
      if let document = unfolded.documents.first(where: { $0.id == edit.document }) {
        _ = try edited(document, edit, at: location)
      }
    }
    var next = state
    next.drafts.removeAll { $0.name == draft.name }
    next.drafts.append(draft)
    var notes: [Diagnostic] = []
    if let scenario = next.scenario, scenario.scenario.dataset.dictionary.fieldCount != dictionary.fieldCount {
      // The draft brings facts of its own: what the files state of them is read now.
      let file = Written(text: scenario.path, raw: scenario.path, location: location)
      if let (again, problems) = try? read(file, name: scenario.name) {
        next.scenarios = next.scenarios.map { $0.name == again.name ? again : $0 }
        notes = problems
      }
    }
    log.change(next, by: command)
    var answer = DraftView(draft, unfolded, session: self).summary()
    answer.diagnostics += notes
    return answer
  }

  private func checkDraftName(_ name: Written) throws(Refusal) {
    func refuse(_ why: Text) -> Refusal { Refusal(.draftName(name.raw, why), at: name.location) }
    let text = name.raw
    let isPlain = text.unicodeScalars.allSatisfy {
      $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, isPlain, text.utf8.count <= 60 else {
      throw refuse(Text("it is no plain name", zh: "不是简单的名称"))
    }
    if library.ids.contains(text) { throw refuse(Text("a document is called so", zh: "与文件同名")) }
    if ResultName.isOne(text) { throw refuse(Text("results are called so", zh: "这是结果的名称")) }
    if WorkbenchCommands.vocabulary.named(text) != nil { throw refuse(Text("it is a command", zh: "这是命令")) }
  }

  /// A name that several measures have is meant of the one that was spoken of just before: `rate_3m = 400, threshold = 80`.
  private func beside(_ settings: [Setting], _ assignment: Assignment, _ documents: [CheckedDocument]) -> Assignment {
    guard case .parameter(let before)? = settings.last?.target, let dot = before.id.lastIndex(of: "."),
      case .ambiguous(let targets) = library.resolve(assignment.name.text, in: documents)
    else { return assignment }
    let wanted = before.id[..<dot] + "." + assignment.name.text
    guard targets.contains(where: { $0.id == wanted }) else { return assignment }
    return Assignment(
      name: Written(text: String(wanted), raw: assignment.name.raw, location: assignment.name.location),
      value: assignment.value)
  }

  private func isWindow(_ name: String) -> Bool { name == "window" || name == "期限" || name.hasSuffix(".window") }

  private func setWindow(
    _ assignment: Assignment, _ documents: [CheckedDocument], _ edits: inout [DocumentEdit]
  ) throws(Refusal) {
    let name = assignment.name.text
    let document: CheckedDocument
    if let dot = name.lastIndex(of: ".") {
      let id = String(name[..<dot])
      guard let found = documents.first(where: { $0.id == id }) else {
        throw Refusal(
          .unknownDocument(id, nearest: Nearest.names(to: id, among: documents.map(\.id)), all: documents.map(\.id)),
          at: assignment.name.location)
      }
      document = found
    } else {
      document = try onlyDocument(
        ResolvedProgramme(names: documents.map(\.id), documents: documents), at: assignment.name.location)
    }
    let days = WindowText.days(assignment.value.text)
    guard let days else { throw Refusal(.whatIf(.notAWindow(assignment.value.raw)), at: assignment.value.location) }
    edit(document.id, in: &edits) { $0.window = days }
  }

  private func edit(_ document: String, in edits: inout [DocumentEdit], _ change: (inout DocumentEdit) -> Void) {
    if let i = edits.firstIndex(where: { $0.document == document }) {
      change(&edits[i])
    } else {
      var edit = DocumentEdit(document)
      change(&edit)
      edits.append(edit)
    }
  }

  private func onlyDocument(_ resolved: ResolvedProgramme, at location: SourceRange) throws(Refusal) -> CheckedDocument
  {
    guard let only = resolved.documents.first, resolved.documents.count == 1 else {
      throw Refusal(.whatIf(.severalDocuments(resolved.names)), at: location)
    }
    return only
  }

  // MARK: Edited documents

  /// The dictionary of facts with what drafts have declared.
  var dictionary: FactDictionary { draftDictionary ?? library.dictionary }

  /// A document as an edit leaves it, under its own id.
  func edited(_ document: CheckedDocument, _ edit: DocumentEdit, at location: SourceRange?) throws(Refusal)
    -> CheckedDocument
  {
    let key = edit.key
    if let known = editedDocuments[key] { return known }
    let draft = DraftText(document)
    let text = draft.text(with: edit, keeps: draft.referred(edit))
    var extended = dictionary
    let entry = Library.check(SourceFile(name: document.source.name, text: text), &extended, library.places)
    let errors = entry.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty, let made = entry.document else { throw Refusal(errors) }
    editedDocuments[key] = made
    if extended.fieldCount != dictionary.fieldCount { draftDictionary = extended }
    return made
  }
}

/// Two days with something between them.
enum WindowText {
  static func days(_ text: String) -> (from: Day, to: Day)? {
    var dates: [Day] = []
    var word = ""
    func take() {
      if let day = Day(word[...], loose: true) { dates.append(day) }
      word = ""
    }
    for c in ValueText.plain(text).replacing("..", with: " ") {
      if c == " " || c == "至" || c == "到" || c == "~" { take() } else { word.append(c) }
    }
    take()
    guard dates.count == 2, dates[0] <= dates[1] else { return nil }
    return (dates[0], dates[1])
  }
}

extension FactDictionary {
  /// How many fields all lists have together: lists and fields are only ever added.
  var fieldCount: Int { lists.reduce(lists.count) { $0 + $1.fields.count } }
}
