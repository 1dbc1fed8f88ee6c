// The last sheet of a workbook: what of an answer is no list, from top to bottom, and what differs from the documents.
// Knows nothing of lists.

import Diagnostics
import View
import Workbooks

/// Prose of an answer as rows of a sheet.
struct WorkbookNotes {
  private static let width = 100.0

  private let language: Language
  private(set) var rows: [[WorkbookWriter.Cell]] = []

  init(_ blocks: [Block], _ answer: Answer, _ language: Language) {
    self.language = language
    for block in blocks { add(block) }
    for problem in answer.diagnostics where problem.severity != .error {
      add(DiagnosticRenderer.word(for: problem.severity).in(language) + colon + problem.message.in(language))
    }
    addSettings(of: answer)
  }

  var isEmpty: Bool { rows.isEmpty }

  var layout: WorkbookWriter.Layout {
    WorkbookWriter.Layout(name: Text("Notes", zh: "说明").in(language), widths: [WorkbookNotes.width])
  }

  private var colon: String { Text(": ", zh: "：").in(language) }

  /// What differs from the documents, by name and value.
  private mutating func addSettings(of answer: Answer) {
    var lines: [String] = []
    for record in answer.records {
      guard case .record(let settings)? = record["settings"] else { continue }
      for member in settings.members {
        let value = TableForm.cell(member.value, WorkbookNotes.head).spans
        lines.append(member.key + " = " + value.map { $0.text.in(language) }.joined())
      }
    }
    guard !lines.isEmpty else { return }
    add(Text("Settings that differ from the documents", zh: "与文件不同的设定").in(language), isBold: true)
    for line in lines { add(line) }
  }

  private static let head = AnswerColumn<Int>.mixed("value", Text("Value", zh: "值")) { .count(Int64($0)) }.head

  private mutating func add(_ text: String, isBold: Bool = false, isTitle: Bool = false, isMuted: Bool = false) {
    var style = CellStyle()
    style.isBold = isBold
    style.isTitle = isTitle
    style.isMuted = isMuted
    style.wraps = true
    rows.append([WorkbookWriter.Cell(text.isEmpty ? .empty : .text(Visible.text(text, keepLines: true)), style)])
  }

  private mutating func add(_ block: Block) {
    switch block {
    case .heading(let level, let spans): add(text(spans), isBold: level > 2, isTitle: level <= 2)
    case .paragraph(let spans): add(text(spans))
    case .list(let ordered, let items):
      for (i, item) in items.enumerated() { add((ordered ? "\(i + 1). " : "• ") + text(item)) }
    case .tree(let nodes): for node in nodes { add(node, depth: 0) }
    case .code(let code, _): for line in code.split(separator: "\n") { add(String(line)) }
    case .lines(let lines): for line in lines { add(text(line)) }
    case .note(let kind, let spans): add(kind.word.in(language) + colon + text(spans), isMuted: kind == .note)
    case .rule, .table, .chart: break
    }
  }

  private mutating func add(_ node: TreeNode, depth: Int) {
    add(String(repeating: "    ", count: min(depth, 20)) + text(node.line), isBold: depth == 0)
    for child in node.children { add(child, depth: depth + 1) }
  }

  private func text(_ spans: [Span]) -> String { spans.map { $0.text.in(language) }.joined() }
}
