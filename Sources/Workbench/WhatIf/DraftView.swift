// Drafts for people: what one changes, the document that it comes to, and the list of all.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct DraftView {
  private let draft: Draft
  private let whole: Session.UnfoldedDraft
  private let session: Session

  init(_ draft: Draft, _ whole: Session.UnfoldedDraft, session: Session) {
    self.draft = draft
    self.whole = whole
    self.session = session
  }

  private var places: Gazetteer { session.library.places }

  /// What it changes, one line each.
  var changes: [[Span]] {
    var lines: [[Span]] = []
    for setting in whole.settings {
      lines.append(
        SettingView.line(
          setting.target, setting.text(places), before: SettingView.byDefault(setting.target, SessionState(), places)))
    }
    for edit in whole.edits {
      for name in edit.removed {
        lines.append([Span("without ", zh: "去掉 ", .bad), .data(edit.document + "." + name, .name)])
      }
      for text in edit.added {
        let names = PolicyParser.parse(document: text).0.measures.map(\.name.text)
        lines.append(
          [Span("with ", zh: "加入 ", .good)] + .joined(names.map { [.data($0, .name)] }) + [
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

  func summary() -> Answer {
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
        Span("Next: ", zh: "接着：", .muted), .command("diff \(draft.base.joined(separator: " + ")), \(draft.name)"),
        .data(", "),
        .command("show \(draft.name)"), .data(", "), .command("save \(draft.name) into \(draft.name).md"),
      ]))
    return Answer(Document(blocks), objects: [json])
  }

  var json: JSONValue {
    let settings: [JSONValue] = whole.settings.map {
      ["name": .string($0.target.id), "value": .string($0.text(places).en)]
    }
    let removed = whole.edits.flatMap { edit in edit.removed.map { edit.document + "." + $0 } }
    let added = whole.edits.flatMap { edit in
      edit.added.flatMap { PolicyParser.parse(document: $0).0.measures.map { edit.document + "." + $0.name.text } }
    }
    return [
      "kind": "draft", "name": .string(draft.name), "from": .strings(draft.base), "settings": .array(settings),
      "without": .strings(removed), "added": .strings(added),
    ]
  }

  /// The draft as a policy document of its own, and what of it a document cannot hold.
  func text() -> (text: String, left: [Setting])? {
    guard let document = whole.documents.first, whole.documents.count == 1 else { return nil }
    return DraftText(document).text(
      called: draft.name, edit: whole.edits.first { $0.document == document.id }, settings: whole.settings)
  }
}

extension Session {
  /// `show DRAFT`: the policy document that it comes to.
  func showDraft(_ draft: Draft, at location: SourceRange) throws(Refusal) -> Answer {
    let whole = try unfold(draft, at: location)
    let view = DraftView(draft, whole, session: self)
    guard let (text, left) = view.text() else { return view.summary() }
    var json = view.json
    if case .object(let members) = json { json = .object(members + [.init("text", .string(text))]) }
    return Answer(Document([.code(text, language: "markdown")]), objects: [json], diagnostics: leftOut(left))
  }

  /// What a document cannot hold is told, not lost silently.
  private func leftOut(_ settings: [Setting]) -> [Diagnostic] {
    guard !settings.isEmpty else { return [] }
    let names = settings.map { "\($0.target.id) = \($0.text(library.places).en)" }.joined(separator: ", ")
    return [
      Diagnostic(
        .note, code: "not-in-document",
        Text("a policy document cannot hold: \(names)", zh: "政策文件无法写入：\(names)"),
        hint: Text(
          "state it in the scenario's `values` or `readings`, or with `set`", zh: "请写在情景的 `values`、`readings` 中，或用 `设定`"
        ))
    ]
  }

  /// `save DRAFT into FILE`
  func saveDraft(_ name: Written, into file: Written) throws(Refusal) -> Answer {
    guard let draft = draft(named: name) else {
      throw Refusal(.unknownDraft(name.raw, state.drafts.map(\.name)), at: name.location)
    }
    let view = DraftView(draft, try unfold(draft, at: name.location), session: self)
    guard let (text, left) = view.text() else {
      throw Refusal(.whatIf(.severalDocuments(draft.base)), at: name.location)
    }
    try put(text, into: file)
    var answer = Answer(
      Document([
        .paragraph([
          Span("Written as a policy document into ", zh: "已作为政策文件写入 "), .data(file.raw, .name),
          Span("; its examples were left out, since they tell what the old figures come to.", zh: "；原有示例针对旧数值，未写入。"),
        ])
      ]), objects: [["kind": "written", "file": .string(file.raw), "draft": .string(draft.name)]],
      diagnostics: leftOut(left))
    answer.isWritten = true
    return answer
  }

  func listDrafts() -> Answer {
    var rows: [Table.Row] = []
    var json: [JSONValue] = []
    for draft in state.drafts {
      guard let whole = try? unfold(draft, at: nil) else { continue }
      let view = DraftView(draft, whole, session: self)
      let changes = view.changes
      rows.append(
        Table.Row([
          .data(draft.name, .name), .data(draft.base.joined(separator: " + "), .name),
          .spans(.joined(changes, Text("; ", zh: "；"))),
        ]))
      json.append(view.json)
    }
    let table = Table(
      columns: [
        Table.Column(Text("Draft", zh: "草案"), .left, .essential, key: "draft"),
        Table.Column(Text("From", zh: "基于"), .left, .essential, key: "from"),
        Table.Column(Text("Changes", zh: "改动"), .left, .essential, key: "changes"),
      ], rows: rows)
    return Answer(
      rows.isEmpty ? Document([.paragraph(Text("There are no drafts.", zh: "没有草案。"))]) : Document([.table(table)]),
      objects: [["kind": "drafts", "drafts": .array(json)]])
  }
}
