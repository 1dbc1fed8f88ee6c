// `check`: whether a file is as it should be, without changing anything. Policy documents are parsed, checked, and their
// examples run; scenarios are read; notebooks are run and held against what they say. Knows nothing of exit statuses.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

/// What a check found in one file.
struct CheckResult {
  let file: String
  /// What the file is.
  let what: Text
  var diagnostics: [Diagnostic] = []
  /// Examples that ran, and what did not come out as expected.
  var examples = 0
  var mismatches: [Diagnostic] = []
  /// Figures for people, such as how many measures there are.
  var content: [Text] = []
  /// What stands below the file's line: differences, exercises, stale cells.
  var details = Document()
  /// One object for each of them.
  var objects: [JSONValue] = []

  var errors: Int { diagnostics.count { $0.severity == .error } }
  var warnings: Int { diagnostics.count { $0.severity == .warning } }
}

extension Session {
  func check(_ files: [Written], _ notebooks: NotebookCheckOptions = NotebookCheckOptions()) -> Answer {
    let results = files.map { check($0, notebooks) }
    var answer = Answer(
      CheckView.document(results), objects: results.flatMap { $0.objects + [CheckView.json($0)] },
      diagnostics: results.flatMap { $0.diagnostics + $0.mismatches })
    answer.failed = results.contains { $0.errors > 0 }
    answer.hasMismatch = results.contains { !$0.mismatches.isEmpty }
    return answer
  }

  private func check(_ file: Written, _ notebooks: NotebookCheckOptions) -> CheckResult {
    if ["md", "markdown"].contains(Files.ending(file.raw)) {
      do {
        let bytes = try Files.bytes(path(file.raw))
        let source = SourceFile(name: file.raw, text: String(decoding: bytes, as: UTF8.self))
        if Notebook.isOne(source.text) {
          return NotebookCheck(
            Notebook.read(bytes, name: path(file.raw)), called: file.raw, options: notebooks, session: self
          ).run()
        }
        return DocumentCheck(source, library: library, threads: threads).run()
      } catch {
        var result = CheckResult(file: file.raw, what: Text("file", zh: "文件"))
        result.diagnostics.append(Mistake.unreadable(file.raw, error.reason).diagnostic(at: file.location))
        return result
      }
    }
    var result = CheckResult(file: file.raw, what: Text("scenario", zh: "情景"))
    do {
      let (loaded, diagnostics) = try read(file)
      result.diagnostics = diagnostics
      result.content = loaded.scenario.dataset.tables.filter { $0.count > 0 }.map { ScenarioView.count($0) }
    } catch {
      result.diagnostics = error.diagnostics
    }
    return result
  }
}

enum CheckView {
  static func document(_ results: [CheckResult]) -> Document {
    var document = Document()
    for result in results {
      document.append(.lines([line(result)]))
      document.append(result.details)
    }
    return document.joiningLines
  }

  private static func line(_ result: CheckResult) -> [Span] {
    var line: [Span] = [.data(result.file, .name), Span(": ", zh: "：")]
    if result.errors > 0 {
      line.append(Span(Count.text(result.errors, "error", zh: "处错误"), .bad))
    } else if result.mismatches.isEmpty {
      line.append(Span("fine", zh: "无误", .good))
    }
    if !result.mismatches.isEmpty {
      if result.errors > 0 { line.append(.data(", ")) }
      line.append(
        Span(Count.text(result.mismatches.count, "expectation not met", "expectations not met", zh: "处与预期不符"), .bad))
    }
    if result.warnings > 0 { line += [.data(", "), Span(Count.text(result.warnings, "warning", zh: "条警告"), .warning)] }
    if !result.content.isEmpty {
      line +=
        [.data(" ("), Span(result.what, .muted), .data("; ")] + .joined(result.content.map { [Span($0, .muted)] }) + [
          .data(")")
        ]
    }
    return line
  }

  static func json(_ result: CheckResult) -> JSONValue {
    [
      "kind": "check", "file": .string(result.file), "what": .string(result.what.en),
      "errors": .int(Int64(result.errors)), "warnings": .int(Int64(result.warnings)),
      "examples": .int(Int64(result.examples)), "mismatches": .int(Int64(result.mismatches.count)),
    ]
  }
}

extension Document {
  /// Neighbouring blocks of lines as one, so that nothing stands between them.
  var joiningLines: Document {
    var out = Document()
    for block in blocks {
      if case .lines(let more) = block, case .lines(let lines)? = out.blocks.last {
        out.blocks[out.blocks.count - 1] = .lines(lines + more)
      } else {
        out.append(block)
      }
    }
    return out
  }
}
