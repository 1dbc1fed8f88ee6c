// Documents as Markdown with GitHub's tables, for notebooks and reports. Data are escaped, so that they read as they
// are whatever they contain. Charts become tables of their figures.

import Diagnostics

/// Documents to Markdown.
package struct MarkdownRenderer: Sendable {
  /// The language of the answer.
  package var language: Language

  /// A renderer for Markdown files.
  package init(language: Language) {
    self.language = language
  }

  /// The document, ending in a line feed unless it is empty.
  package func render(_ document: Document) -> String {
    let parts = document.blocks.map { block($0) }.filter { !$0.isEmpty }
    return parts.isEmpty ? "" : parts.joined(separator: "\n\n") + "\n"
  }

  private func block(_ block: Block) -> String {
    switch block {
    case .heading(let level, let spans):
      // A heading is strong by itself.
      let bare = spans.map { $0.role == .code ? $0 : Span($0.text) }
      return String(repeating: "#", count: min(max(level, 1), 6)) + " " + inline(bare)
    case .paragraph(let spans): return Markdown.guarded(inline(spans))
    case .list(let ordered, let items):
      return items.enumerated().map { (ordered ? "\($0 + 1). " : "- ") + Markdown.guarded(inline($1)) }
        .joined(separator: "\n")
    case .table(let table): return self.table(table)
    case .tree(let nodes): return tree(nodes)
    case .chart(let chart): return table(chart.table)
    case .code(let text, let info): return fence(text, info)
    case .lines(let lines):
      let told = lines.told(in: language).map { $0.map { $0.text.in(language) }.joined() }
      return fence(told.joined(separator: "\n"), nil)
    case .rule: return "---"
    case .note(let kind, let spans):
      let colon = Text(": ", zh: "：").in(language)
      return "> **" + kind.word.in(language) + "**" + colon + inline(spans)
    }
  }

  /// Spans within a line. In a table a bar would end the cell even within code.
  func inline(_ spans: [Span], inTable: Bool = false) -> String {
    var out = ""
    for (i, span) in spans.enumerated() {
      let text = Visible.text(span.text.in(language))
      let next = i + 1 < spans.count ? spans[i + 1].text.in(language).first : nil
      switch span.role {
      case .code: out += Markdown.code(text, inTable: inTable)
      case .strong, .title: out += Markdown.marked(text, "**", after: out.last, before: next)
      case .emphasis: out += Markdown.marked(text, "*", after: out.last, before: next)
      case .plain, .money, .number, .date, .name, .place, .article, .keyword, .good, .bad, .warning, .muted, .prompt:
        out += Markdown.escaped(text)
      }
    }
    return out
  }

  private func table(_ table: Table) -> String {
    var out: [String] = []
    if let title = table.title { out += [Markdown.guarded(inline([Span(title, .strong)])), ""] }
    let columns = table.allColumns
    guard !columns.isEmpty else { return (out + [inline([Span(TableWords.empty)])]).joined(separator: "\n") }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    out.append(line(columns.map { inline([Span($0.title)], inTable: true) }))
    out.append(line(columns.map { $0.alignment == .right ? "---:" : "---" }))
    for section in table.sections {
      if let title = section.title {
        let head = inline(title.map { Span($0.text, .strong) }, inTable: true)
        out.append(line([head] + columns.dropFirst().map { _ in "" }))
      }
      for row in section.rows { out.append(line(columns.indices.map { inline(row[cell: $0].spans, inTable: true) })) }
    }
    if let footer = table.footer {
      out.append(
        line(columns.indices.map { i in inline(footer[cell: i].spans.map { Span($0.text, .strong) }, inTable: true) }))
    }
    if table.rowCount == 0 { out += ["", inline([Span(TableWords.empty)])] }
    return out.joined(separator: "\n")
  }

  private func tree(_ nodes: [TreeNode]) -> String {
    var out: [String] = []
    var open = nodes.reversed().map { (node: $0, depth: 0) }
    while let (node, depth) = open.popLast() {
      // Nothing is indented without end: the deepest share a margin.
      let margin = String(repeating: "  ", count: min(depth, 50))
      out.append(margin + "- " + Markdown.guarded(inline(node.line)))
      open += node.children.reversed().map { ($0, depth + 1) }
    }
    return out.joined(separator: "\n")
  }

  /// A fence longer than any run of backticks inside.
  private func fence(_ text: String, _ info: String?) -> String {
    let mark = String(repeating: "`", count: max(3, Markdown.longestRun(of: "`", in: text) + 1))
    let shown = Visible.text(text, keepLines: true, keepTabs: true)
    let word = (info ?? "").filter { $0.isLetter || $0.isNumber || "-_+.".contains($0) }
    return mark + word + "\n" + shown + (shown.hasSuffix("\n") || shown.isEmpty ? "" : "\n") + mark
  }
}

/// The wording around tables.
enum TableWords {
  static let empty = Text("(no rows)", zh: "（无）")
}
