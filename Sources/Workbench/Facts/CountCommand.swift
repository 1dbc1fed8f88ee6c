// `count`: how many records there are, of which sort.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Reports
import Sessions

/// Counts records.
struct CountCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "count",
    chinese: ["统计", "计数"],
    meaning: Text("how many records meet a condition, by any fact", zh: "统计符合条件的记录，可按任一事实分组"),
    usage: Text("count LIST [where CONDITION] [by FACT[, FACT]]", zh: "统计 清单 [其中 条件] [按 事实[，事实]]"),
    more: Text(
      "Conditions are those of the rule language, in English or Chinese; ids and names of records may stand in them. "
        + "Records of which a fact is missing are told apart. A fact may be taken at a level (origin at prefecture, "
        + "start at quarter), as an age (age at start), or in bands (in 16..24, 25..34, 35..).",
      zh: "条件按规则语言写，中英文均可，可直接写编号或名称；事实不足而无法判定的记录单列。"
        + "事实可取级别（户籍地 取 市级、参保日期 取 季度）、年龄（年龄 于 参保日期）或分档（分档 16..24、25..34、35..）。"),
    group: .scenarios,
    options: [.settings, .fact],
    isDrawable: true)

  let query: RecordQuery

  package init(from parser: inout StatementParser) throws(Misread) {
    query = try RecordQuery(from: &parser)
  }

  package func describe(to meaning: inout Meaning) { query.describe(to: &meaning) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let list = try session.factList(query.list)
    let keys = try session.groupKeys(command, of: list)
    let found = try session.found(query, command)
    return CountAnswer(found, by: keys).answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    ConditionWords.completions(position, after, in: session, further: [])
  }

  static var takesConditions: Bool { true }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("count \(n.list)", zh: "统计 \(n.list)")]
      + n.fact.map {
        [Text("count \(n.list) by \($0)", zh: "统计 \(n.list) 按 \($0)")]
      }.joined()
  }

  func next(in session: Desk) -> [Text] {
    [Text("describe \(query.list.raw)", zh: "概览 \(query.list.raw)")]
  }
}
