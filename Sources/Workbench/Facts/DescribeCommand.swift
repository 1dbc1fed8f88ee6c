// `describe`: what the records of a list say, field by field.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Reports
import Sessions

/// Describes a list.
struct DescribeCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "describe",
    chinese: ["概览", "描述"],
    meaning: Text("what a list's records state, field by field, and what looks wrong", zh: "逐字段概览一个清单：已填、默认、异常"),
    usage: Text("describe LIST [where CONDITION]", zh: "概览 清单 [其中 条件]"),
    more: Text(
      "For each field: how many records state it, how many are taken as the default, how many values differ, the least "
        + "and greatest, the most frequent, and values that look wrong: days far from all others, ages at which nobody "
        + "works, figures that look like a slip of the unit, texts in two writings, identity numbers that cannot be.",
      zh: "逐字段给出：已填数、按默认数、不同值数、最小、最大、最常见，以及可疑值：远离其余的日期、不合就业的年龄、疑似单位写错的数值、同一内容两种写法、无效的身份证号。"),
    group: .scenarios,
    options: [.settings])

  let query: RecordQuery

  package init(from parser: inout StatementParser) throws(Misread) {
    query = try RecordQuery(from: &parser)
  }

  package func describe(to meaning: inout Meaning) { query.describe(to: &meaning) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let found = try session.found(query, command)
    let isCancelled = session.isCancelled
    let fields = FieldSummary.all(of: found.table, rows: found.rows, in: found.dataset, isCancelled: isCancelled)
    if isCancelled() { throw Refusal(.interrupted, at: nil) }
    return DescribeAnswer(found, fields).answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    ConditionWords.completions(position, after, in: session, further: [])
  }

  static var takesConditions: Bool { true }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("describe \(n.list)", zh: "概览 \(n.list)")]
  }

  func next(in session: Desk) -> [Text] {
    [Text("list \(query.list.raw)", zh: "列出 \(query.list.raw)"), Text("missing", zh: "缺什么")]
  }
}
