// What comes out of an open file, beside what would make it: each example of a document, each cell of a notebook.

import Diagnostics
import PolicyLanguage
import Sessions
import View

extension OpenFile {
  /// A line and what comes out of what begins on it.
  package struct Outcome: Sendable {
    package let line: Int
    package let text: Text
  }

  /// What every example of a document comes to; a check runs them all.
  package var exampleOutcomes: [Outcome] {
    guard let document else { return [] }
    let hasErrors = documentCheck.diagnostics.contains { $0.severity == .error }
    let starts = document.examples.map(\.location.start.line).sorted()
    return document.examples.map { example in
      let line = example.location.start.line
      let end = starts.first { $0 > line } ?? Int.max
      let wrong = diagnostics.first { problem in
        guard problem.severity == .error, let location = problem.location else { return false }
        return location.source?.name ?? source.name == source.name && (line..<end).contains(location.start.line)
      }
      let count = example.expectations.count
      let text: Text =
        if let wrong {
          Text("✗ \(wrong.message.en)", zh: "✗ \(wrong.message.zh)")
        } else if hasErrors {
          Text("not run: mend the mistakes first", zh: "未运行：请先改正错误")
        } else {
          Text("✓ as expected (\(count))", zh: "✓ 与预期一致（\(count)）")
        }
      return Outcome(line: line, text: text)
    }
  }

  /// The lines of a notebook's cells that can be run.
  package var cellLines: [Int] { kind == .notebook ? notebook.cells.map(\.line) : [] }

  /// Plays the notebook, writing nothing; what each cell came to, as far as it went.
  package func run() -> [Outcome] {
    guard kind == .notebook else { return [] }
    var settings = NotebookSettings()
    settings.policies = desk.library.ownFiles
    settings.language = desk.language
    settings.door = desk.door
    let run = NotebookRun(notebook, settings)
    run.play()
    var outcomes = run.outcomes.map { outcome in
      let first = outcome.text.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } }
      let told = first.map { String($0.drop { $0 == " " }) } ?? ""
      let isShown = outcome.cell.output.map { $0.text == outcome.text } ?? true
      let mark = outcome.failed ? "✗ " : "✓ "
      let note = isShown ? Text("", zh: "") : Text(" · not what is shown below", zh: " · 与下方所示不同")
      return Outcome(
        line: outcome.cell.line, text: Text(mark + told + note.en, zh: mark + told + note.zh))
    }
    // What keeps it from being played at all is told at its head.
    if outcomes.isEmpty, let problem = run.diagnostics.first(where: { $0.severity == .error }) {
      outcomes.append(
        Outcome(line: 1, text: Text("✗ \(problem.message.en)", zh: "✗ \(problem.message.zh)")))
    }
    return outcomes
  }
}
