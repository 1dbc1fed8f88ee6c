// `check` of a notebook: runs it, holds what comes out against what is written, names the stale cells, and writes what
// is new
// when it is told to. Knows nothing of exit statuses.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// What `check` does with notebooks.
package struct NotebookCheckOptions: Sendable {
  /// Put what comes out into the file.
  package var write = false
  /// Only hold the fingerprints against each other.
  package var withoutRunning = false
  package var parameters: [(name: String, value: String)] = []

  package init() {}
}

struct NotebookCheck {
  let notebook: Notebook
  /// How the user calls the file.
  let name: String
  let options: NotebookCheckOptions
  let session: Desk

  /// More differences are counted and not shown.
  private static let mostDifferences = 100

  init(_ notebook: Notebook, called name: String, options: NotebookCheckOptions, session: Desk) {
    self.notebook = notebook
    self.name = name
    self.options = options
    self.session = session
  }

  func run() -> CheckResult {
    var result = CheckResult(file: name, what: Text("notebook", zh: "笔记本"))
    var settings = NotebookSettings()
    settings.parameters = options.parameters
    settings.policies = session.library.ownFiles
    settings.language = session.language
    settings.threads = session.threads
    settings.door = session.door
    let run = NotebookRun(notebook, settings)
    run.session.isCancelled = session.isCancelled
    let stale = NotebookComparison.stale(run)
    if options.withoutRunning {
      result.diagnostics = run.diagnostics
      result.mismatches = stale.map { self.stale($0) }
      tellStale(stale.map { ($0, nil) }, &result)
      return result
    }
    run.play()
    result.diagnostics = run.diagnostics + NotebookCheck.wishes(of: run)
    let comparison = NotebookComparison(run)
    let cells = notebook.cells.count
    result.content = [Count.text(cells, "cell", zh: "个单元格")]
    if !notebook.values.isEmpty { result.content.append(Count.text(notebook.values.count, "figure", zh: "处数字")) }
    if options.write, !run.failed || !run.outcomes.isEmpty {
      let wasWritten = write(run, &result)
      // Attempts are the learner's own: nothing is put in their place.
      let remaining = comparison.mismatches.filter { $0.kind == .attempt || !wasWritten }
      tell(remaining, &result)
      if wasWritten, remaining.count < comparison.mismatches.count {
        let count = comparison.mismatches.count - remaining.count
        result.content.append(Text("\(count) renewed", zh: "更新 \(count) 处"))
      }
    } else {
      tell(comparison.mismatches, &result)
      // A mismatch tells of its cell already.
      tellStale(comparison.stale.filter { !$0.isDifferent }.map { ($0.cell, false) }, &result)
      if run.failed {
        tellStale(
          stale.filter { cell in !run.outcomes.contains { $0.cell.number == cell.number } }.map { ($0, nil) },
          behindFailure: true, &result)
      }
    }
    tell(comparison.exercises, &result)
    return result
  }

  /// The cells that would write files, if they were carried out: whoever is about to run the notebook may want to know.
  private static func wishes(of run: NotebookRun) -> [Diagnostic] {
    run.outcomes.filter { !$0.wishes.isEmpty }.map { outcome in
      let folder = run.notebook.folder
      let files = outcome.wishes.map { shown($0.hasPrefix(folder) ? String($0.dropFirst(folder.count)) : $0) }
      return Diagnostic(
        .note, code: "would-write",
        Text(
          "when it is run, this cell writes \(files.joined(separator: ", "))",
          zh: "运行时，此单元格将写入 \(files.joined(separator: "、"))"),
        at: run.notebook.location(outcome.cell))
    }
  }

  /// Puts what came out into the file.
  /// - Returns: whether the file holds it now.
  private func write(_ run: NotebookRun, _ result: inout CheckResult) -> Bool {
    if let problem = NotebookFile.write(run) {
      result.diagnostics.append(problem)
      return false
    }
    return true
  }

  // MARK: Telling

  private func tell(_ mismatches: [NotebookMismatch], _ result: inout CheckResult) {
    for (i, mismatch) in mismatches.enumerated() {
      let location = SourceRange(
        source: notebook.source, start: Position(line: mismatch.line, column: 0),
        end: Position(line: mismatch.line, column: 0))
      result.mismatches.append(
        Diagnostic(
          .error, code: "notebook-" + mismatch.kind.rawValue, NotebookCheck.message(mismatch),
          hint: NotebookCheck.hint(mismatch), at: location))
      let old = StoredText.lines(mismatch.stored)
      let new = StoredText.lines(mismatch.found)
      if mismatch.kind != .missing, i < NotebookCheck.mostDifferences {
        let head: [Span] = [.data("\(name):\(mismatch.line)  ", .muted), Span(mismatch.name, .strong)]
        result.details.append(.lines([head] + LineDifference.lines(old, new)))
      }
      result.records.append(
        Record(
          kind: "mismatch",
          [
            "file": .id(name), "line": .count(mismatch.line), "what": .id(mismatch.kind.rawValue),
            "cell": .words(mismatch.name), "stored": .id(mismatch.stored), "found": .id(mismatch.found),
          ]))
    }
  }

  private static func message(_ mismatch: NotebookMismatch) -> Text {
    switch mismatch.kind {
    case .output:
      Text("\(mismatch.name.en): the answer in the file is not what comes out", zh: "\(mismatch.name.zh)：文件中的输出与重算结果不符")
    case .missing: Text("\(mismatch.name.en) has no answer in the file", zh: "\(mismatch.name.zh)在文件中没有输出")
    case .value:
      Text(
        "\(mismatch.name.en) is \(shown(mismatch.stored)) in the file and comes out as \(shown(mismatch.found))",
        zh: "\(mismatch.name.zh)在文件中为 \(shown(mismatch.stored))，重算为 \(shown(mismatch.found))")
    case .attempt: Text("\(mismatch.name.en) does not come to what the answer does", zh: "\(mismatch.name.zh)与答案的结果不同")
    }
  }

  private static func hint(_ mismatch: NotebookMismatch) -> Text? {
    switch mismatch.kind {
    case .output, .missing, .value:
      Text("look at the difference; `check --write` puts it into the file", zh: "请核对差异；`check --write` 会写入文件")
    case .attempt: nil
    }
  }

  private func stale(_ cell: NotebookCell) -> Diagnostic {
    Diagnostic(
      .error, code: "stale",
      Text("\(cell.name.en) is stale: what it depends on has changed", zh: "\(cell.name.zh)已过时：所依据的内容有变化"),
      hint: Text("run the check without --no-run", zh: "请去掉 --no-run 再检查"), at: notebook.location(cell))
  }

  /// Cells whose fingerprint is old: nil where nobody has looked whether the answer still holds.
  /// - Parameter behindFailure: whether they were to be run and a cell before them went wrong.
  private func tellStale(
    _ stale: [(cell: NotebookCell, isDifferent: Bool?)], behindFailure: Bool = false, _ result: inout CheckResult
  ) {
    guard !stale.isEmpty else { return }
    let lines = stale.map { cell, isDifferent -> [Span] in
      let rest: Span =
        isDifferent == nil
        ? behindFailure
          ? Span(": not run, since a cell before it went wrong", zh: "：前面的单元格出错，未运行", .warning)
          : Span(": stale, not run", zh: "：已过时，未运行", .warning)
        : Span(": what it depends on has changed; its answer still holds", zh: "：所依据的内容有变化，输出仍然成立", .muted)
      return [.data("\(name):\(cell.line)  ", .muted), Span(cell.name), rest]
    }
    result.details.append(.lines(lines))
    for (cell, isDifferent) in stale {
      result.records.append(
        Record(
          kind: "stale",
          [
            "file": .id(name), "line": .count(cell.line), "cell": .words(cell.name),
            "holds": isDifferent.map { .flag(!$0) } ?? .none,
          ]))
    }
  }

  private func tell(_ exercises: [ExerciseVerdict], _ result: inout CheckResult) {
    guard !exercises.isEmpty else { return }
    let lines = exercises.map { exercise -> [Span] in
      let verdict: Span =
        switch exercise.isRight {
        case true?: Span("✓ right", zh: "✓ 正确", .good)
        case false?: Span("✗ not yet", zh: "✗ 尚不对", .bad)
        case nil: Span("– not attempted", zh: "– 未作答", .muted)
        }
      return [.data("\(name):\(exercise.line)  ", .muted), .data(exercise.name, .name), .data("  "), verdict]
    }
    result.details.append(.lines(lines))
    for exercise in exercises {
      result.records.append(
        Record(
          kind: "exercise",
          [
            "file": .id(name), "line": .count(exercise.line), "exercise": .id(exercise.name),
            "right": exercise.isRight.map { .flag($0) } ?? .none,
          ]))
    }
  }
}

/// A notebook's file.
enum NotebookFile {
  /// Reads a notebook.
  static func read(_ path: String, through door: FileDoor = FileDoor()) throws(Files.Failure) -> Notebook {
    Notebook.read(try door.bytes(path, as: .source), name: path)
  }

  /// Why there is nothing to run in a file; nil where there is something.
  static func refusal(_ notebook: Notebook) -> Diagnostic? {
    guard notebook.cells.isEmpty, notebook.values.isEmpty, notebook.diagnostics.isEmpty else { return nil }
    return NotebookMistake.nothingToRun(notebook.source.name).diagnostic(at: nil)
  }

  /// Puts a run's answers into its file; without a difference the file is not touched.
  /// - Returns: what is wrong.
  static func write(_ run: NotebookRun) -> Diagnostic? {
    let path = run.notebook.source.name
    let bytes = NotebookWriting.bytes(run)
    if bytes == run.notebook.bytes { return nil }
    do {
      return try run.settings.door.replace(path, run.notebook.bytes, with: bytes)
        ? nil : NotebookMistake.changedMeanwhile.diagnostic(at: nil)
    } catch {
      return Mistake.writing(path, error).diagnostic(at: nil)
    }
  }
}
