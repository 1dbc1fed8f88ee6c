// `run` of notebooks, for front ends: answers one after another, files written, one result for each row of a list.

import Diagnostics
import View

/// Running notebooks.
public struct NotebookJob {
  public var settings: NotebookSettings
  public var isCancelled: @Sendable () -> Bool = { false }

  public init(_ settings: NotebookSettings) { self.settings = settings }

  /// Plays a notebook and gives each answer with its command.
  /// - Parameter write: put the answers into the file.
  public func run(_ path: String, write: Bool, sink: (Answer) -> Void) {
    let notebook: Notebook
    do { notebook = try NotebookFile.read(path) } catch {
      sink(.failure(Mistake.unreadable(path, error.reason).diagnostic(at: nil)))
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
          answer = Answer(
            DiagnosticRenderer(language: run.language).document(problems),
            objects: problems.map { JSONValue($0, in: run.language) })
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
    let objects: [JSONValue] = run.values.map {
      [
        "kind": "value", "expression": .string($0.value.expression), "value": .string($0.text),
        "stored": $0.value.stored.map { .string($0) } ?? .null,
      ]
    }
    return Answer(Document([.lines(lines)]), objects: objects)
  }

  // MARK: One result for each row

  /// Plays a notebook once for each row of a CSV file, whose heading names its parameters.
  public func run(_ path: String, each list: String) -> Answer {
    let notebook: Notebook
    let rows: [[String]]
    do { notebook = try NotebookFile.read(path) } catch {
      return .failure(Mistake.unreadable(path, error.reason).diagnostic(at: nil))
    }
    let source: SourceFile
    do { source = SourceFile(name: list, text: try Files.read(list)) } catch {
      return .failure(Mistake.unreadable(list, error.reason).diagnostic(at: nil))
    }
    rows = SimpleCSV.rows(source.text)
    guard let heads = rows.first, rows.count > 1 else {
      return .failure(NotebookMistake.noRows.diagnostic(at: source.location(fromUTF8: 0, to: 0)))
    }
    var table = Table(columns: heads.map { Table.Column(.same($0), .left, .essential, key: $0) })
    var objects: [JSONValue] = []
    var problems: [Diagnostic] = []
    var columns: [String] = []
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
      let results = NotebookJob.results(run)
      if columns.isEmpty { columns = results.map(\.name) }
      table.sections.append(
        Table.Section(
          rows: [
            Table.Row(
              row.map { .data($0) }
                + columns.map { name in results.first { $0.name == name }.map { .data($0.text, .number) } ?? .empty },
              role: run.failed ? .bad : nil)
          ]))
      objects.append([
        "kind": "row", "row": .int(Int64(number)), "ok": .bool(!run.failed),
        "parameters": .object(zip(heads, row).map { .init($0, .string($1)) }),
        "results": .object(results.map { .init($0.name, $0.object) }),
        "values": .object(run.values.map { .init($0.value.expression, .string($0.text)) }),
      ])
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
    table.columns += columns.map { Table.Column(.same($0), .right, .essential, key: $0) }
    table.sections = [Table.Section(rows: table.sections.flatMap(\.rows))]
    var answer = Answer(Document([.table(table)]), objects: objects, diagnostics: problems)
    answer.failed = !problems.isEmpty
    return answer
  }

  private static func location(_ line: Int, _ source: SourceFile) -> SourceRange {
    SourceRange(source: source, start: Position(line: line, column: 0), end: Position(line: line, column: 0))
  }

  /// The sums of the named cells, or of the last cell that has one.
  private static func results(_ run: NotebookRun) -> [(name: String, text: String, object: JSONValue)] {
    func sum(_ outcome: CellOutcome, _ name: String) -> (String, String, JSONValue)? {
      guard let object = outcome.object, case .string(let total)? = object["total"] else { return nil }
      let parts = ["total", "due", "pending", "displaced"].compactMap { key in
        object[key].map { JSONValue.Member(key, $0) }
      }
      return (name, total, .object(parts))
    }
    let named = run.outcomes.compactMap { outcome in outcome.cell.options.name.flatMap { sum(outcome, $0) } }
    if !named.isEmpty { return named }
    return run.outcomes.reversed().lazy.compactMap { sum($0, "total") }.first.map { [$0] } ?? []
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
