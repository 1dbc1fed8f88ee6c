// Blocks of an answer as lines of a sheet. Knows nothing of lists and charts, which have cells of their own.

import Diagnostics
import View
import Workbooks

/// Prose as lines, each with its look.
struct BookProse {
  /// A line of a sheet.
  struct Line {
    let text: String
    let style: CellStyle
  }

  private let language: Language
  private let showsIdNumbers: Bool
  private(set) var lines: [Line] = []

  init(_ language: Language, showsIdNumbers: Bool) {
    self.language = language
    self.showsIdNumbers = showsIdNumbers
  }

  private var colon: String { Text(": ", zh: "：").in(language) }

  mutating func add(_ block: Block) {
    switch block {
    case .heading(let level, let spans): add(text(spans), isBold: level > 2, isTitle: level <= 2)
    case .paragraph(let spans): add(text(spans))
    case .list(let ordered, let items):
      for (i, item) in items.enumerated() { add((ordered ? "\(i + 1). " : "• ") + text(item)) }
    case .tree(let nodes): for node in nodes { add(node, depth: 0) }
    case .code(let code, _): for line in code.split(separator: "\n") { add(String(line)) }
    case .lines(let lines): for line in lines.told(in: language) { add(text(line)) }
    case .note(let kind, let spans): add(kind.word.in(language) + colon + text(spans), isMuted: kind == .note)
    case .rule, .table, .chart: break
    }
  }

  mutating func add(_ text: String, isBold: Bool = false, isTitle: Bool = false, isMuted: Bool = false) {
    var style = CellStyle()
    style.isBold = isBold
    style.isTitle = isTitle
    style.isMuted = isMuted
    style.wraps = true
    let shown = Visible.text(text, keepLines: true)
    lines.append(Line(text: showsIdNumbers ? shown : PersonalNumbers.covered(shown), style: style))
  }

  private mutating func add(_ node: TreeNode, depth: Int) {
    add(String(repeating: "    ", count: min(depth, 20)) + text(node.line), isBold: depth == 0)
    for child in node.children { add(child, depth: depth + 1) }
  }

  private func text(_ spans: [Span]) -> String { spans.map { $0.text.in(language) }.joined() }
}
