// Drafts for people: what one changes, the document that it comes to, and the list of all.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

struct DraftAnswer {
  private let draft: Draft
  private let whole: Session.UnfoldedDraft
  private let session: Desk

  init(_ draft: Draft, _ whole: Session.UnfoldedDraft, session: Desk) {
    self.draft = draft
    self.whole = whole
    self.session = session
  }

  private var places: Gazetteer { session.library.places }

  /// What it changes, one line each.
  var changes: [[Span]] {
    var lines: [[Span]] = []
    for setting in whole.settings {
      // What another document lays down the scenario may have stated.
      let stated: Text? =
        if case .value = setting.target {
          session.state.stated(setting.target.id, places)
        } else {
          ReferenceWords.text(setting.target, in: whole.documents, session.state, places)
        }
      lines.append(
        SettingView.line(
          setting.target, setting.text(places),
          before: stated ?? SettingView.byDefault(setting.target, SessionState(), places)))
    }
    for edit in whole.edits {
      for name in edit.removed {
        let id = edit.document + "." + name
        let measure = session.library.documents.first { $0.id == edit.document }?.measures.first { $0.id == id }
        lines.append([Span("without ", zh: "去掉 ", .bad), Span(Text(id, zh: measure?.words.zh ?? id), .name)])
      }
      for text in edit.added {
        let names = PolicyParser.syntax(of: text).measures.map {
          Text($0.name.text, zh: $0.name.zh ?? $0.name.text)
        }
        lines.append(
          [Span("with ", zh: "加入 ", .good)] + .joined(names.map { [Span($0, .name)] }) + [
            Span("  from ", zh: "  来自 ", .muted), .data(text.name, .muted),
          ])
      }
      if let window = edit.window {
        lines.append([
          Span("in force ", zh: "施行期 "), .data(window.from.text, .date), Span(" to ", zh: " 至 "),
          .data(window.to.text, .date),
          .data("  " + edit.document, .muted),
        ])
      }
    }
    return lines
  }

  var summary: Answer {
    var head: [Span] = [Span("Draft ", zh: "草案 "), .data(draft.name, .name), Span(" from ", zh: "，基于 ")]
    head += .joined(draft.base.map { [.data($0, .name)] }, .same(" + "))
    let lines = changes
    var blocks: [Block] = [.paragraph(head)]
    blocks.append(
      lines.isEmpty
        ? .paragraph(Text("It changes nothing yet.", zh: "尚无改动。"))
        : .lines(lines.map { [.data("  ")] + $0 }))
    blocks.append(
      .paragraph([
        Span("Next: ", zh: "接着：", .muted),
        .command(
          "diff \(draft.base.joined(separator: " + ")), \(draft.name)",
          zh: "差异 \(draft.base.joined(separator: " + "))，\(draft.name)"),
        Span("; ", zh: "；"), .command("show \(draft.name)"), Span("; ", zh: "；"),
        .command("save \(draft.name) into \(draft.name).md"),
      ]))
    let record = record
    return Answer(Document(blocks), records: [record])
  }

  var record: Record {
    let removed = whole.edits.flatMap { edit in edit.removed.map { edit.document + "." + $0 } }
    let added = whole.edits.flatMap { edit in
      edit.added.flatMap { PolicyParser.syntax(of: $0).measures.map { edit.document + "." + $0.name.text } }
    }
    let settings = whole.settings.map { (name: $0.target.id, value: $0.text(places)) }
    return Record(
      kind: "draft",
      [
        "name": .id(draft.name), "from": .ids(draft.base),
        "settings": .rows(
          Relation(
            of: settings,
            [.id("name", Text("Name", zh: "名称")) { $0.name }, .words("value", Text("Value", zh: "值")) { $0.value }])),
        "without": .ids(removed), "added": .ids(added),
      ])
  }

  /// The draft as a policy document of its own; nil: it is of several.
  func saved() -> SavedDraft? {
    guard let document = whole.documents.first, whole.documents.count == 1 else { return nil }
    let edit = whole.edits.first { $0.document == document.id }
    // Figures of what is added stand in the text as it is with them.
    let edited = edit.flatMap { try? session.edited(document, $0, at: nil) }
    let base = DraftText(edited ?? document)
    let rest = edited == nil ? edit : nil
    func made(hasExamples: Bool) -> (text: String, left: [Setting]) {
      base.text(called: draft.name, edit: rest, settings: whole.settings, hasExamples: hasExamples)
    }
    var (text, left) = made(hasExamples: true)
    var saved = SavedDraft(text: "", left: left)
    if let restated = SavedDraft.Examples(text, called: draft.name, at: session) {
      text = restated.text
      saved.examples = restated
    } else {
      (text, left) = made(hasExamples: false)
    }
    saved.prose = DraftText(document).proseWith(whole.settings)
    saved.text = inLanguage(text)
    return saved
  }

  /// The rules in the session's language. What cannot be said in it stays as it is written.
  private func inLanguage(_ text: String) -> String {
    guard session.language == .zh else { return text }
    let result = RuleTranslation.translate(
      SourceFile(name: draft.name + ".md", text: text), to: .zh, dictionary: session.library.dictionary,
      places: session.library.places)
    return result.diagnostics.isEmpty ? result.text : text
  }
}

extension DraftAnswer {
  /// Every draft of a session.
  static func all(in session: Desk) -> Answer {
    var drafts: [(name: String, base: String, changes: [[Span]], record: Record)] = []
    for draft in session.state.drafts {
      guard let whole = try? session.unfold(draft, at: nil) else { continue }
      let view = DraftAnswer(draft, whole, session: session)
      drafts.append((draft.name, draft.base.joined(separator: " + "), view.changes, view.record))
    }
    let seen = Relation(
      of: drafts,
      [
        .id("draft", Text("Draft", zh: "草案"), .essential) { $0.name }.role(.name).forPeople(),
        .id("from", Text("From", zh: "基于"), .essential) { $0.base }.role(.name).forPeople(),
        AnswerColumn(.list, "changes", Text("Changes", zh: "改动"), .essential) { _ in .none }
          .shown { .joined($0.changes, Text("; ", zh: "；")) }.forPeople(),
      ])
    let none = AnswerBody(blocks: [.paragraph(Text("There are no drafts.", zh: "没有草案。"))])
    let records = drafts.map(\.record)
    return Answer(
      records.isEmpty ? none : [.relation(seen)],
      records: [Record(kind: "drafts", ["drafts": .list(records.map { .record($0) })])])
  }
}
