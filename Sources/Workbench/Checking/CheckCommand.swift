// `check`: policy documents, scenarios and notebooks, looked through without changing anything.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Sessions

/// Checks files.
struct CheckCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "check",
    chinese: ["检查"],
    meaning: Text("check policy documents, scenarios and notebooks", zh: "检查政策文件、情景和笔记本"),
    usage: Text("check FILE, …", zh: "检查 文件，…"),
    more: Text(
      "Policy documents: language, examples, and what a drafter might have left open. Scenarios: every problem "
        + "of the file. Notebooks: whether what they say still comes out.",
      zh: "政策文件：语法、算例以及可能遗漏之处。情景：文件中的全部问题。笔记本：所写结果是否仍然成立。"),
    group: .session,
    order: 3)

  let files: [Written]

  package init(from parser: inout StatementParser) throws(Misread) {
    var files = [try parser.file()]
    while !parser.isAtEnd {
      if parser.token.kind == .comma { parser.index += 1 }
      files.append(try parser.file())
    }
    self.files = files
  }

  init(_ files: [Written]) { self.files = files }

  package func describe(to meaning: inout Meaning) {
    meaning.add("file", files)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    answer(in: session)
  }

  /// Checks them one by one.
  ///
  /// - Parameter notebooks: what is asked of notebooks.
  func answer(in session: Desk, notebooks: NotebookCheckOptions = NotebookCheckOptions()) -> Answer {
    let results = files.map { check($0, notebooks, in: session) }
    let records = results.flatMap { $0.records + [CheckAnswer.record($0)] }
    var body = AnswerBody(CheckAnswer.document(results))
    body.append(CheckAnswer.relation(results))
    var answer = Answer(
      body, records: records,
      diagnostics: results.flatMap { $0.diagnostics + $0.mismatches })
    answer.failed = results.contains { $0.errors > 0 }
    answer.hasMismatch = results.contains { !$0.mismatches.isEmpty }
    return answer
  }

  private func check(_ file: Written, _ notebooks: NotebookCheckOptions, in session: Desk) -> CheckResult {
    if ["md", "markdown"].contains(Files.ending(file.raw)) {
      do {
        let bytes = try session.door.bytes(session.path(file.raw), as: .source)
        let source = SourceFile(name: file.raw, text: String(decoding: bytes, as: UTF8.self))
        if Notebook.isOne(source.text) {
          return NotebookCheck(
            Notebook.read(bytes, name: session.path(file.raw)), called: file.raw, options: notebooks, session: session
          ).run()
        }
        return DocumentCheck(source, library: session.library, threads: session.threads).run()
      } catch {
        var result = CheckResult(file: file.raw, what: Text("file", zh: "文件"))
        result.diagnostics.append(Mistake.reading(file.raw, error).diagnostic(at: file.location))
        return result
      }
    }
    if JupyterJob.isJupyter(file.raw) {
      var result = CheckResult(file: file.raw, what: Text("file", zh: "文件"))
      result.diagnostics = [NotebookMistake.nothingToRun(file.raw).diagnostic(at: file.location)]
      return result
    }
    var result = CheckResult(file: file.raw, what: Text("scenario", zh: "情景"))
    do {
      let (loaded, diagnostics) = try session.read(file)
      result.diagnostics = diagnostics
      result.content = loaded.scenario.dataset.tables.filter { $0.count > 0 }.map { ScenarioAnswer.count($0) }
    } catch {
      result.diagnostics = error.diagnostics
    }
    return result
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    session.commandWords()
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    after.isEmpty || after.last?.kind == .comma ? ["yaml", "yml", "md"] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("check my-draft.md", zh: "检查 my-draft.md")]
  }

  static let isSpoken = false
}
