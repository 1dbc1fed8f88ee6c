// Drafts: proposals that are changes to documents, not copies of them. What they rest on stays live: when it changes,
// so do
// they. Knows nothing of how a draft is shown.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

extension Desk {
  /// Makes a draft from a policy text, as a fence of a notebook holds it: its declarations are added to the document
  /// that
  /// the programme is.
  ///
  /// - Parameters:
  ///   - base: documents and drafts.
  ///   - text: declarations of the rule language, without a `document` of their own.
  func addDraft(_ name: String, from base: [String], adding text: SourceFile, by command: String) -> Answer {
    let location = text.location(fromUTF8: 0, to: 0)
    let written = Written(text: name, raw: name, location: location)
    do {
      try checkDraftName(written)
      let resolved = try resolve(Programme(names: base.map { Written(text: $0, raw: $0, location: location) }))
      let document = try onlyDocument(resolved, at: location)
      var edit = DocumentEdit(document.id)
      edit.added.append(DraftText.added(text))
      return try keep(Draft(name: name, base: resolved.names, settings: [], edits: [edit]), by: command, at: location)
    } catch {
      return .failure(error.diagnostics)
    }
  }

  /// Takes a draft in: what it comes to must stand.
  func keep(_ draft: Draft, by command: String, at location: SourceRange) throws(Refusal) -> Answer {
    // Its documents must stand before the session knows it.
    let unfolded = try unfold(draft, at: location)
    for edit in unfolded.edits {
      if let document = unfolded.documents.first(where: { $0.id == edit.document }) {
        _ = try edited(document, edit, at: location)
      }
    }
    try TableOrder.demand(unfolded.documents, unfolded.settings, at: location)
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
    var answer = DraftAnswer(draft, unfolded, session: self).summary
    answer.diagnostics += notes + idle(draft, at: location)
    return answer
  }

  /// What a draft sets of measures that it leaves out.
  private func idle(_ draft: Draft, at location: SourceRange) -> [Diagnostic] {
    let left = draft.edits.flatMap { edit in edit.removed.map { edit.document + "." + $0 } }
    return draft.settings.compactMap { setting in
      guard left.contains(where: { setting.target.id.hasPrefix($0 + ".") }) else { return nil }
      let name = setting.target.typedName
      return Diagnostic(
        .warning, code: "idle-setting",
        Text(
          "`\(name.en)` has no effect: the draft leaves its measure out", zh: "`\(name.zh)`不起作用：草案已去掉该措施"),
        hint: Text("leave one of the two away", zh: "请删去其中之一"), at: location)
    }
  }

  /// A draft is called like nothing else.
  func checkDraftName(_ name: Written) throws(Refusal) {
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

  /// The document that a programme is, where it is one.
  func onlyDocument(_ resolved: ResolvedProgramme, at location: SourceRange) throws(Refusal) -> CheckedDocument {
    guard let only = resolved.documents.first, resolved.documents.count == 1 else {
      throw Refusal(.whatIf(.severalDocuments(resolved.names)), at: location)
    }
    return only
  }

  // MARK: Edited documents

}

/// Two days with something between them.
enum WindowText {
  static func days(_ text: String) -> (from: Day, to: Day)? {
    var dates: [Day] = []
    var word = ""
    func take() {
      if let day = ValueText.day(word) { dates.append(day) }
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
