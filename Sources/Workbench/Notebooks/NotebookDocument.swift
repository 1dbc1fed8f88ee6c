// A notebook that has run, or a policy document, as blocks of an answer: what a text document is made of. Prose keeps
// its headings, lists and tables; cells are their commands and answers. Knows nothing of files and forms.

import Answers
import Diagnostics
import Markup
import Sessions
import View

/// A Markdown text as blocks.
struct NotebookDocument {
  /// Deeper inlines are taken as plain text.
  private static let deepest = 40

  private let tree: MarkupTree
  private let language: Language
  private let options: PageOptions
  /// The notebook that was run; nil for other texts.
  private let run: NotebookRun?
  private var cells: [Int: NotebookCell] = [:]
  private var outputs: Set<Int> = []
  private var figures: [String: String] = [:]

  init(_ run: NotebookRun, _ options: PageOptions) {
    let notebook = run.notebook
    tree = MarkupTree(notebook.bytes[notebook.bodyStart...], .github)
    language = run.language
    self.options = options
    self.run = run
    for cell in notebook.cells {
      cells[cell.line] = cell
      if let output = cell.output { outputs.insert(output.line) }
    }
    for value in run.values { figures[value.value.expression] = value.text }
  }

  /// A text that is no notebook.
  init(_ text: String, _ language: Language, _ options: PageOptions) {
    tree = MarkupTree(text.utf8, .github)
    self.language = language
    self.options = options
    run = nil
  }

  /// The text as an answer, from its title on.
  func answer(titled title: String) -> Answer {
    var body = AnswerBody()
    var parts: [AnswerBody.Part] = []
    for node in tree.root.children { parts += self.parts(node) }
    let hasTitle = parts.contains { part in
      if case .block(.heading(level: 1, _)) = part { true } else { false }
    }
    if !hasTitle { body.append(.heading(level: 1, [.data(title, .title)])) }
    for part in parts {
      switch part {
      case .block(let block): body.append(block)
      case .relation(let relation): body.append(relation)
      }
    }
    return Answer(body)
  }

  // MARK: Blocks

  private func parts(_ node: MarkupNode) -> [AnswerBody.Part] {
    switch node.sort {
    case .heading(let level): return [.block(.heading(level: level, spans(node)))]
    case .paragraph: return [.block(.paragraph(spans(node)))]
    case .list: return [.block(.list(ordered: node.html.hasPrefix("<ol"), items(node)))]
    case .quotation: return node.children.map { .block(.note(.note, spans($0))) }
    case .table: return table(node).map { [.block(.table($0))] } ?? []
    case .code: return code(node)
    case .htmlBlock: return ProseHTML.isComment(node.literal) ? [] : [.block(.code(node.literal, language: "html"))]
    case .thematicBreak, .text, .inlineCode, .inlineHTML, .softBreak, .lineBreak, .image, .other: return []
    }
  }

  /// The items of a list, those within them behind a dash.
  private func items(_ node: MarkupNode) -> [[Span]] {
    node.children.flatMap { item -> [[Span]] in
      var lines: [[Span]] = []
      for part in item.children {
        if part.sort == .list {
          lines += items(part).map { [Span.data("– ")] + $0 }
        } else {
          lines.append(spans(part))
        }
      }
      return lines
    }
  }

  private func table(_ node: MarkupNode) -> Table? {
    let rows = node.children.map { row in row.children.map { spans($0) } }
    guard let head = rows.first else { return nil }
    func isFigure(_ column: Int) -> Bool {
      rows.dropFirst().allSatisfy { row in
        guard row.indices.contains(column) else { return true }
        let text = row[column].map { $0.text.en }.joined()
        return text.allSatisfy { "0123456789.,+-–%（）() ".contains($0) }
      } && rows.count > 1
    }
    return Table(
      columns: head.enumerated().map { i, title in
        Table.Column(.same(title.map { $0.text.in(language) }.joined()), isFigure(i) ? .right : .left, .essential)
      },
      rows: rows.dropFirst().map { row in Table.Row(row.map { .spans($0) }) })
  }

  // MARK: Cells

  private func code(_ node: MarkupNode) -> [AnswerBody.Part] {
    let line = node.lines.first + (run?.notebook.frontLines ?? 0)
    if let run, let cell = cells[line] { return parts(cell, run) }
    if outputs.contains(line) { return [] }
    return [.block(.code(node.literal, language: nil))]
  }

  private func parts(_ cell: NotebookCell, _ run: NotebookRun) -> [AnswerBody.Part] {
    // What belongs to the answers of exercises is handed in by itself.
    if cell.options.answer != nil || cell.kind == .answer, options.answers != .key { return [] }
    if cell.options.isSilent { return [] }
    let outcome = cell.number <= run.outcomes.count ? run.outcomes[cell.number - 1] : nil
    var parts: [AnswerBody.Part] = []
    if !cell.options.isHidden, !(options.hidesCommands && cell.kind == .commands) {
      let text = cell.text.hasSuffix("\n") ? String(cell.text.dropLast()) : cell.text
      parts.append(.block(.code(text, language: cell.kind.rawValue)))
    }
    if let outcome, cell.kind == .commands || cell.output != nil {
      for answer in outcome.answers { parts += self.parts(answer) }
    }
    return parts
  }

  private func parts(_ answer: Answer) -> [AnswerBody.Part] {
    let body = options.hidesOffers ? answer.body.withoutOffers : answer.body
    let shown = options.hidesRunHeads ? RunHead.left(out: body.parts) : body.parts
    var parts = shown.map { part -> AnswerBody.Part in
      // An answer's headings stay out of the text's outline.
      guard case .block(.heading(_, let spans)) = part else { return part }
      return .block(.paragraph(spans.map { Span($0.text, .strong) }))
    }
    for problem in answer.diagnostics.prefix(20) {
      let kind: NoteKind = problem.severity == .error ? .error : problem.severity == .warning ? .warning : .note
      parts.append(.block(.note(kind, [Span(problem.told)])))
    }
    if let more = answer.untoldProblems(beyond: 20) { parts.append(.block(.note(.note, [Span(more)]))) }
    return parts
  }

  // MARK: Inlines

  private func spans(_ node: MarkupNode) -> [Span] { spans(node, depth: 0) }

  private func spans(_ node: MarkupNode, depth: Int) -> [Span] {
    guard depth < NotebookDocument.deepest else { return [.data(node.plainText)] }
    var out: [Span] = []
    var before = 0
    for child in node.children {
      let start = out.count
      switch child.sort {
      case .text: out += figures(in: child.literal)
      case .inlineCode: out.append(.data(child.literal, .code))
      case .softBreak: if !ProseHTML.joins(child) { out.append(.data(" ")) }
      case .lineBreak: out.append(.data("\n"))
      case .inlineHTML:
        if let expression = ProseHTML.expression(child.literal) {
          if let figure = figures[expression] {
            out.removeSubrange(before...)
            out.append(.data(figure, .strong))
          }
        } else if !child.literal.hasPrefix("<!--") {
          out.append(.data(child.literal))
        }
      case .image:
        out.append(Span("[picture: ", zh: "［图：")); out.append(.data(child.plainText + (language == .zh ? "］" : "]")))
      case .heading, .paragraph, .code, .list, .quotation, .table, .htmlBlock, .thematicBreak, .other:
        out += spans(child, depth: depth + 1)
      }
      before = min(start, out.count)
    }
    return out
  }

  /// `{= edge.total }` within a text.
  private func figures(in text: String) -> [Span] {
    let parts = text.split(separator: "{=", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return [.data(text)] }
    var out: [Span] = [.data(String(parts[0]))]
    for part in parts.dropFirst() {
      guard let close = part.firstIndex(of: "}"), let figure = figures[part[..<close].trimmingSpaces] else {
        out.append(.data("{=" + part))
        continue
      }
      out.append(.data(figure, .strong))
      out.append(.data(String(part[part.index(after: close)...])))
    }
    return out
  }
}
