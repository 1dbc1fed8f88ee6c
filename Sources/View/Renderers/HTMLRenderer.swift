// Documents as HTML: the inside of a page. Everything that comes from data is escaped; there is no script. What a
// derivation rests on can be folded away, a chart brings its figures along. Knows nothing of what may be linked to: who
// has the page says it.

import Diagnostics

/// Documents to HTML.
package struct HTMLRenderer: Sendable {
  /// The language of the answer.
  package var language: Language
  /// Where a span leads, such as `#clause-3`; it gets the spans beside it in its row or line. Nil: nowhere.
  package var link: (@Sendable (Span, [Span]) -> String?)?
  /// The level of an answer's largest heading on the page; nil writes headings as paragraphs, out of the page's
  /// outline.
  var headings: Int?
  /// How deep derivations stand open at first.
  var openDepth: Int

  /// A renderer for the inside of a page.
  package init(
    language: Language, headings: Int? = nil, openDepth: Int = 3, link: (@Sendable (Span, [Span]) -> String?)? = nil
  ) {
    self.language = language
    self.headings = headings
    self.openDepth = openDepth
    self.link = link
  }

  /// The document's blocks, each ending in a line feed.
  package func render(_ document: Document) -> String { document.blocks.map { block($0) + "\n" }.joined() }

  /// Data as it reads on a page.
  package static func escaped(_ text: String) -> String { Markup.escaped(text) }

  private func block(_ block: Block) -> String {
    switch block {
    case .heading(let level, let spans):
      guard let headings else { return "<p class=\"head h\(min(max(level, 1), 6))\">\(bare(spans))</p>" }
      let level = min(max(level, 1) + headings - 1, 6)
      return "<h\(level)>\(bare(spans))</h\(level)>"
    case .paragraph(let spans): return "<p>\(inline(spans))</p>"
    case .list(let ordered, let items):
      let tag = ordered ? "ol" : "ul"
      return "<\(tag)>" + items.map { "<li>\(inline($0))</li>" }.joined() + "</\(tag)>"
    case .table(let table): return self.table(table)
    case .tree(let nodes): return tree(nodes)
    case .chart(let chart): return self.chart(chart)
    case .code(let text, let language): return HTMLRenderer.code(text, language: language)
    case .lines(let lines):
      return "<div class=\"lines\">" + lines.told(in: language).map { "<div>\(inline($0))</div>" }.joined() + "</div>"
    case .rule: return "<hr>"
    case .note(let kind, let spans):
      let colon = Text(": ", zh: "：").in(language)
      let word = Markup.escaped(kind.word.in(language) + colon)
      return "<p class=\"note \(kind.rawValue)\"><strong>\(word)</strong>\(inline(spans))</p>"
    }
  }

  /// Text as it stands, in a box that scrolls when it is too wide.
  package static func code(_ text: String, language: String?) -> String {
    let word = (language ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return "<pre tabindex=\"0\"\(word.isEmpty ? "" : " class=\"\(word)\"")><code>"
      + Markup.escaped(text, keepLines: true) + "</code></pre>"
  }

  // MARK: Spans

  /// Spans within a line, each with the class of its role.
  package func inline(_ spans: [Span]) -> String { spans.map { span($0, among: spans) }.joined() }

  /// A heading is strong by itself.
  private func bare(_ spans: [Span]) -> String {
    spans.map {
      $0.role == .title || $0.role == .strong ? Markup.escaped($0.text.in(language)) : span($0, among: spans)
    }.joined()
  }

  private func span(_ span: Span, among spans: [Span]) -> String {
    let text = Markup.escaped(span.text.in(language))
    guard !text.isEmpty else { return "" }
    let shown =
      switch span.role {
      case .plain: text
      case .strong, .title: "<strong>\(text)</strong>"
      case .emphasis: "<em>\(text)</em>"
      case .code: "<code>\(text)</code>"
      case .money, .number, .date, .name, .place, .article, .keyword, .good, .bad, .warning, .muted, .prompt:
        "<span class=\"\(span.role.rawValue)\">\(text)</span>"
      }
    guard let target = link?(span, spans) else { return shown }
    return "<a href=\"\(Markup.escaped(target))\">\(shown)</a>"
  }

  // MARK: Tables

  private func table(_ table: Table) -> String {
    let columns = table.allColumns
    let isFigures = columns.map { $0.alignment == .right }
    // A narrow window has room for what is a thing's name and what it comes to.
    let isLesser = columns.indices.map { $0 > 0 && columns.count > 3 && columns[$0].importance < .important }
    func kind(_ i: Int) -> String {
      switch (isFigures[i], isLesser[i]) {
      case (true, true): " class=\"num lesser\""
      case (true, false): " class=\"num\""
      case (false, true): " class=\"lesser\""
      case (false, false): ""
      }
    }
    func cells(_ row: Table.Row, head: Bool) -> String {
      // What stands beside a cell says which document its article belongs to.
      let all = row.cells.flatMap(\.spans)
      return columns.indices.map { i in
        let text = row[cell: i].spans.map { span($0, among: all) }.joined()
        return head && i == 0 ? "<th scope=\"row\"\(kind(i))>\(text)</th>" : "<td\(kind(i))>\(text)</td>"
      }.joined()
    }
    let name = table.title.map { Markup.escaped($0.in(language)) }
    let label = name ?? Text("Table", zh: "表").in(language)
    var out = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"\(label)\">\n<table>\n"
    if let name { out += "<caption>\(name)</caption>\n" }
    out += "<thead><tr>"
    for (i, column) in columns.enumerated() {
      let title = Markup.escaped(column.title.in(language))
      out += title.isEmpty ? "<td></td>" : "<th scope=\"col\"\(kind(i))>\(title)</th>"
    }
    out += "</tr></thead>\n"
    for section in table.sections {
      out += "<tbody>\n"
      if let title = section.title {
        let span = "colspan=\"\(max(columns.count, 1))\""
        out += "<tr class=\"section\"><th scope=\"rowgroup\" \(span)>\(inline(title))</th></tr>\n"
      }
      for row in section.rows {
        let role = row.role.map { " class=\"\($0.rawValue)\"" } ?? ""
        out += "<tr\(role)>\(cells(row, head: true))</tr>\n"
      }
      out += "</tbody>\n"
    }
    if table.rowCount == 0 {
      let words = Markup.escaped(TableWords.empty.in(language))
      out += "<tbody><tr><td colspan=\"\(max(columns.count, 1))\">\(words)</td></tr></tbody>\n"
    }
    if let footer = table.footer { out += "<tfoot><tr>\(cells(footer, head: true))</tr></tfoot>\n" }
    return out + "</table>\n</div>"
  }

  // MARK: Derivations

  /// What is still to be written of a tree; kept in a list, so that depth is no danger to the call stack.
  private enum Task {
    case nodes([TreeNode], depth: Int)
    case node(TreeNode, depth: Int)
    case text(String)
  }

  private func tree(_ nodes: [TreeNode]) -> String {
    var out = ""
    var tasks: [Task] = [.nodes(nodes, depth: 0)]
    while let task = tasks.popLast() {
      switch task {
      case .text(let text): out += text
      case .nodes(let nodes, let depth):
        out += depth == 0 ? "<ul class=\"tree\">" : "<ul>"
        tasks.append(.text("</ul>"))
        tasks += nodes.reversed().map { .node($0, depth: depth) }
      case .node(let node, let depth):
        let line = inline(node.line)
        if node.children.isEmpty {
          out += "<li>\(line)</li>"
        } else if depth >= 40 {
          // Browsers give up on lists nested without end; the rest stands below one another.
          out += "<li>\(line)</li>"
          tasks += node.children.reversed().map { .node($0, depth: depth) }
        } else {
          let open = node.isFolded || depth >= openDepth ? "" : " open"
          out += "<li><details\(open)><summary>\(line)</summary>"
          tasks.append(.text("</details></li>"))
          tasks.append(.nodes(node.children, depth: depth + 1))
        }
      }
    }
    return out
  }

  // MARK: Charts

  private func chart(_ chart: Chart) -> String {
    var figures = chart.table
    figures.title = nil
    var out = "<figure>\n"
    if let title = chart.title { out += "<figcaption>\(Markup.escaped(title.in(language)))</figcaption>\n" }
    out += SVGRenderer(language: language).render(chart)
    if case .stacked(let stacked) = chart, let limit = stacked.limit {
      out += "<p>\(Markup.escaped(stacked.verdict(limit).in(language)))</p>\n"
    }
    let summary = Text("The figures", zh: "数据").in(language)
    return out + "<details class=\"figures\"><summary>\(summary)</summary>\n\(table(figures))\n</details>\n</figure>"
  }
}
