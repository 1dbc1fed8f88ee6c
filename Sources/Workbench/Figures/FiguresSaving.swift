// `save NAME into FILE.xlsx`: the figures of a draft or document, written as a book to be edited. Knows nothing of
// cells.

import Answers
import Commands
import Diagnostics
import PolicyLanguage
import Sessions
import View

/// Figures on their way out.
struct FiguresSaving {
  let desk: Desk

  /// `save NAME into FILE.xlsx`
  func save(_ name: Written, into file: Written) throws(Refusal) -> Answer {
    let draft = desk.draft(named: name)
    let resolved = try desk.resolve(Programme(names: [name]))
    let document = try desk.onlyDocument(resolved, at: name.location)
    let writing = FiguresWriting(
      book: FiguresBook(of: document, draft: draft?.name, resolved.settings, at: desk),
      head: FiguresHead(
        document: document.id, draft: draft?.name, fingerprint: FiguresHead.fingerprint(document, desk)),
      language: desk.language, places: desk.library.places)
    try desk.openDoor(for: file)
    let replaces = desk.door.isForeign(desk.path(file.raw))
    var made = (sheets: 0, rows: 0)
    do {
      try desk.door.write(to: desk.path(file.raw)) { sink in
        made = try withoutActuallyEscaping(sink) { try writing.write($0) }
      }
    } catch let failure as Files.Failure {
      throw Refusal(.writing(file.raw, failure), at: file.location)
    } catch {
      throw Refusal(.interrupted, at: nil)
    }
    return written(file, of: draft?.name ?? document.id, draft: draft?.name, made, replaces: replaces)
  }

  private func written(
    _ file: Written, of name: String, draft: String?, _ made: (sheets: Int, rows: Int), replaces: Bool
  ) -> Answer {
    var answer = Answer(
      Document([
        .paragraph([
          Span("Written into ", zh: "已写入 "), .data(file.raw, .name),
          Span(Text(" (\(made.sheets) sheets, \(made.rows) rows)", zh: "（\(made.sheets) 张工作表，\(made.rows) 行）")),
          replaces ? Span(", in place of what was there.", zh: "，替换了原有文件。") : Span(".", zh: "。"),
        ]),
        .paragraph([
          Span("Edit the yellow cells; then: ", zh: "改黄底单元格后：", .muted),
          .command("draft \(draft ?? (desk.language == .zh ? "名称" : "NAME")) from \(file.raw)"),
        ]),
      ]),
      records: [
        Record(
          kind: "written",
          [
            "file": .id(file.raw), "of": .id(name), "sheets": .count(made.sheets),
            "rows": .count(made.rows), "replaced": .flag(replaces),
          ])
      ])
    answer.isWritten = true
    return answer
  }
}
