// What checks find, and how it is told. Policy documents are parsed, checked, and their examples run; scenarios are
// read; notebooks are run and held against what they say. Knows nothing of exit statuses.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
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
  /// A record for each of them.
  var records: [Record] = []

  var errors: Int { diagnostics.count { $0.severity == .error } }
  var warnings: Int { diagnostics.count { $0.severity == .warning } }
}

enum CheckAnswer {
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
      if result.errors > 0 { line.append(Span(", ", zh: "，")) }
      line.append(
        Span(Count.text(result.mismatches.count, "expectation not met", "expectations not met", zh: "处与预期不符"), .bad))
    }
    if result.warnings > 0 {
      line += [Span(", ", zh: "，"), Span(Count.text(result.warnings, "warning", zh: "条警告"), .warning)]
    }
    if !result.content.isEmpty {
      line +=
        [Span(" (", zh: "（"), Span(result.what, .muted), Span("; ", zh: "；")]
        + .joined(result.content.map { [Span($0, .muted)] }) + [Span(")", zh: "）")]
    }
    return line
  }

  /// A record for each file, for tables of values.
  static func relation(_ results: [CheckResult]) -> Relation {
    var relation = Relation(
      of: results,
      [
        .id("file", Text("File", zh: "文件")) { $0.file }.faces([.csv]).forProgramsOnly(),
        .words("what", Text("What it is", zh: "类型")) { $0.what }.faces([.csv]).forProgramsOnly(),
        .count("errors", Text("Errors", zh: "错误")) { Int64($0.errors) }.faces([.csv]).forProgramsOnly(),
        .count("warnings", Text("Warnings", zh: "警告")) { Int64($0.warnings) }.faces([.csv]).forProgramsOnly(),
        .count("examples", Text("Examples", zh: "算例")) { Int64($0.examples) }.faces([.csv]).forProgramsOnly(),
        .count("mismatches", Text("Mismatches", zh: "与预期不符")) { Int64($0.mismatches.count) }
          .faces([.csv]).forProgramsOnly(),
      ])
    relation.records = .programs
    return relation
  }

  static func record(_ result: CheckResult) -> Record {
    Record(
      kind: "check",
      [
        "file": .id(result.file), "what": .words(result.what), "errors": .count(result.errors),
        "warnings": .count(result.warnings), "examples": .count(result.examples),
        "mismatches": .count(result.mismatches.count),
      ])
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
