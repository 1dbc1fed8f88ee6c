// `emit sql`: a programme as a script for another engine.

import Answers
import Commands
import Diagnostics
import Emission
import Sessions
import View

/// Writes a programme with its settings as a script in SQL.
struct EmitCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "emit",
    chinese: ["生成"],
    meaning: Text("a programme as a script for another engine", zh: "把方案写成其他引擎可执行的脚本"),
    usage: Text("emit sql [PROGRAMME] [for duckdb|spark] into FILE.sql", zh: "生成 sql [方案] [对 duckdb|spark] 存入 文件.sql"),
    more: Text(
      "The script has a step for each condition, with the article beside it, and makes a table `ledger`: payments by "
        + "what becomes of them, what is unpriced, who is undetermined or governed elsewhere. It reads a table for "
        + "each list of facts; its head says which columns and how to fill them from Parquet or CSV. Readings, "
        + "parameters and values stand as they are set. Who gets a place where several quotas allow as many as "
        + "they can is left open: the script tells who asks for one (`candidate`), the program gives them out (`run … "
        + "on`). What else cannot be said exactly is refused by name. `for spark` writes it for Spark 4.3 "
        + "(`spark-sql -f FILE.sql`), else it is for DuckDB.",
      zh: "脚本对每个条件各有一步，注明条款，最终得出表 ledger：各笔支付及其状态、标准未明确的、无法判定的、适用其他文件的。"
        + "脚本读取每个事实清单各一张表，开头写明各列及如何从 Parquet 或 CSV 填入。口径、参数和数值按当前设置写入。"
        + "多项名额取人数最多的，脚本只列出候选对象，名额由本程序分配（`测算 … 在`）；其他不能准确表达的内容会指明并拒绝。"
        + "“对 spark”写成 Spark 4.3 的脚本（`spark-sql -f 文件.sql`），否则为 DuckDB 脚本。"),
    group: .costing,
    options: [.settings, .mode])

  let programme: Programme?
  let engine: OtherEngine

  package init(from parser: inout StatementParser) throws(Misread) {
    guard parser.token.word == "sql" else {
      throw parser.fail(.missing(Text("`sql`", zh: "`sql`"), usage: parser.usage))
    }
    parser.index += 1
    let isNamed = !parser.isAtEnd && !Keyword.for.matches(parser.token.word)
    programme = isNamed ? try parser.optionalProgramme() : nil
    guard Keyword.for.matches(parser.token.word) else {
      engine = .duckdb
      return
    }
    parser.index += 1
    engine = try parser.otherEngine()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
    meaning.add("engine", engine.rawValue)
  }

  static let ownEndings: [String]? = ["sql"]

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try session.inquiry(programme, command, staysThere: true)
    let scenario = inquiry.scenario.scenario
    let text: String
    do {
      text = try SQLEmission.script(
        EmittedProgramme(
          inquiry.programme.documents, dictionary: scenario.dataset.dictionary, places: scenario.dataset.places,
          district: scenario.district, settings: inquiry.base, dialect: engine.dialect))
    } catch {
      throw Refusal([error.diagnostic])
    }
    guard let file = command.into else {
      return Answer(
        Document([.code(text, language: "sql")]),
        records: [Record(kind: "script", ["engine": .id(engine.rawValue), "text": .id(text)])])
    }
    try session.put(text, into: file)
    let lines = text.utf8.count { $0 == 0x0A }
    var answer = Answer(
      Document([
        .paragraph([
          Span("The script is written into ", zh: "脚本已写入 "), .data(file.raw, .name),
          Span(Text(" (\(lines) lines).", zh: "（\(lines) 行）。")),
        ])
      ]),
      records: [
        Record(kind: "written", ["file": .id(file.raw), "lines": .count(lines), "engine": .id(engine.rawValue)])
      ])
    answer.isWritten = true
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let last = after.last, Keyword.for.matches(last.word) {
      return OtherEngine.allCases.map { Completion($0.rawValue, $0.title) }
    }
    switch after.last {
    case nil: return [Completion("sql", Text("as a script in SQL", zh: "写成 SQL 脚本").in(session.language))]
    case let last? where last.kind == .plus || last.word == "sql": return session.documents()
    case let last? where OtherEngine.named(last.word) != nil: return []
    case _?:
      return OtherEngine.allCases.map {
        let text = "\(session.language == .zh ? "对" : "for") \($0.rawValue)"
        return Completion(text, Text("a script for \($0.title)", zh: "\($0.title) 脚本").in(session.language))
      }
    }
  }
}
