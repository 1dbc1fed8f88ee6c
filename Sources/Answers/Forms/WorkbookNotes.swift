// The last sheet of a workbook: what of an answer is no list, from top to bottom, and what differs from the documents.
// Knows nothing of lists.

import Diagnostics
import View
import Workbooks

/// Prose of an answer as rows of a sheet.
struct WorkbookNotes {
  private static let width = 100.0

  private let language: Language
  private var prose: BookProse

  init(_ blocks: [Block], _ answer: Answer, _ language: Language, showsIdNumbers: Bool) {
    self.language = language
    prose = BookProse(language, showsIdNumbers: showsIdNumbers)
    for block in blocks { prose.add(block) }
    for problem in answer.diagnostics where problem.severity != .error {
      add(DiagnosticRenderer.word(for: problem.severity).in(language) + colon + problem.told.in(language))
    }
    addSettings(of: answer)
  }

  var isEmpty: Bool { prose.lines.isEmpty }

  var rows: [[WorkbookWriter.Cell]] {
    prose.lines.map { [WorkbookWriter.Cell($0.text.isEmpty ? .empty : .text($0.text), $0.style)] }
  }

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

  private mutating func add(_ text: String, isBold: Bool = false) { prose.add(text, isBold: isBold) }
}
