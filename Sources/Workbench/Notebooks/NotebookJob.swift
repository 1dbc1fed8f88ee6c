// `run` of notebooks, for front ends: answers one after another, files written, one result for each row of a list.

import Answers
import Diagnostics
import Sessions
import View

/// Running notebooks.
package struct NotebookJob {
  package var settings: NotebookSettings
  package var isCancelled: @Sendable () -> Bool = { false }

  package init(_ settings: NotebookSettings) { self.settings = settings }

  /// Plays a notebook and gives each answer with its command.
  /// - Parameter write: put the answers into the file.
  package func run(_ path: String, write: Bool, sink: (Answer) -> Void) {
    let notebook: Notebook
    do { notebook = try NotebookFile.read(path, through: settings.door) } catch {
      sink(.failure(Mistake.reading(path, error).diagnostic(at: nil)))
      return
    }
    if let problem = NotebookFile.refusal(notebook) {
      sink(.failure(problem))
      return
    }
    let run = NotebookRun(notebook, settings)
    run.session.isCancelled = isCancelled
    if run.language != settings.language {
      var answer = Answer()
      answer.language = run.language
      sink(answer)
    }
    run.play { outcome in
      for (answer, command) in zip(outcome.answers, NotebookJob.commands(outcome)) {
        var answer = answer
        answer.echo = command
        // What an expected failure says is part of the lesson, and no failure of the run.
        if !outcome.failed, answer.failed {
          let problems = answer.diagnostics
          let records = problems.map { Record($0, in: run.language) }
          answer = Answer(
            DiagnosticRenderer(language: run.language).document(problems),
            records: records)
          answer.echo = command
        }
        if outcome.failed { answer.diagnostics = [] }
        answer.failed = false
        sink(answer)
      }
    }
    if !run.values.isEmpty { sink(NotebookJob.values(run)) }
    if run.failed { sink(.failure(run.diagnostics)) }
    if write, !run.outcomes.isEmpty, let problem = NotebookFile.write(run) { sink(.failure(problem)) }
  }

  /// The commands of a cell, as far as they were answered.
  private static func commands(_ outcome: CellOutcome) -> [String] {
    guard outcome.cell.kind == .commands else { return ["```" + outcome.cell.kind.rawValue] }
    let texts = WorkbenchCommands.parser.parse(SourceFile(name: "", text: outcome.cell.text)).map(\.text)
    return texts + Array(repeating: "", count: max(0, outcome.answers.count - texts.count))
  }

  /// The figures of the prose with their expressions.
  private static func values(_ run: NotebookRun) -> Answer {
    let lines = run.values.map { value -> [Span] in
      [.data(value.value.expression, .code), .data(" = "), .data(value.text, .number)]
    }
    let records = run.values.map { value in
      Record(
        kind: "value",
        ["expression": .id(value.value.expression), "value": .id(value.text), "stored": .id(value.value.stored)])
    }
    return Answer([.block(.lines(lines))], records: records)
  }

  // MARK: One result for each row

  /// Plays a notebook once for each row of a CSV file, whose heading names its parameters.
  package func run(_ path: String, each list: String) -> Answer {
    let notebook: Notebook
    let rows: [[String]]
    do { notebook = try NotebookFile.read(path, through: settings.door) } catch {
      return .failure(Mistake.reading(path, error).diagnostic(at: nil))
    }
    if let problem = NotebookFile.refusal(notebook) { return .failure(problem) }
    let source: SourceFile
    do { source = SourceFile(name: list, text: try settings.door.text(list, as: .source)) } catch {
      return .failure(Mistake.reading(list, error).diagnostic(at: nil))
    }
    rows = SimpleCSV.rows(source.text)
    guard let heads = rows.first, rows.count > 1 else {
      return .failure(NotebookMistake.noRows.diagnostic(at: source.location(fromUTF8: 0, to: 0)))
    }
    var results = NotebookRows(heads)
    var problems: [Diagnostic] = []
    for (number, row) in rows.enumerated().dropFirst() {
      guard row.count == heads.count else {
        problems.append(
          NotebookMistake.unevenRow(row.count, heads.count).diagnostic(at: NotebookJob.location(number + 1, source)))
        continue
      }
      var settings = settings
      settings.parameters += zip(heads, row).map { ($0, $1) }
      let run = NotebookRun(notebook, settings)
      run.session.isCancelled = isCancelled
      run.play()
      results.add(run, number, row)
      // The file's mistakes are the same in every row.
      if run.failed, problems.count < 20 {
        problems += run.diagnostics.map { problem in
          problem.location == nil
            ? Diagnostic(
              problem.severity, code: problem.code, problem.message, hint: problem.hint,
              at: NotebookJob.location(number + 1, source)) : problem
        }
      }
      if isCancelled() { break }
    }
    return results.answer(problems)
  }

  private static func location(_ line: Int, _ source: SourceFile) -> SourceRange {
    SourceRange(source: source, start: Position(line: line, column: 0), end: Position(line: line, column: 0))
  }
}

/// Lists of values as Excel saves them: commas, quotation marks doubled inside quoted fields.
enum SimpleCSV {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var bytes = Array(text.utf8)[...]
    func taken() -> String { String(decoding: field, as: UTF8.self).trimmingSpaces }
    while let byte = bytes.popFirst() {
      switch byte {
      case 0x22 where isQuoted && bytes.first == 0x22:
        field.append(0x22)
        bytes = bytes.dropFirst()
      case 0x22 where isQuoted || field.isEmpty: isQuoted.toggle()
      case 0x2C where !isQuoted:
        row.append(taken())
        field = []
      case 0x0A where !isQuoted:
        row.append(taken())
        if row != [""] { rows.append(row) }
        (row, field) = ([], [])
      case 0x0D where !isQuoted: break
      default: field.append(byte)
      }
    }
    row.append(taken())
    if row != [""] { rows.append(row) }
    return rows
  }
}
