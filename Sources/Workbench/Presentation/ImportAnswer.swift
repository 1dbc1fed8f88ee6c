// What became of a register: its columns, whom it names, the scenario that was written.

import Answers
import Diagnostics
import Facts
import Reckoning
import View

struct ImportAnswer: Sendable {
  let plan: ImportPlan
  /// The answer of the loading.
  let loaded: Answer

  init(_ plan: ImportPlan, loaded: Answer) { (self.plan, self.loaded) = (plan, loaded) }

  var answer: Answer {
    let proposal = plan.proposal
    let rows = proposal.rows
    var body = AnswerBody(blocks: [
      .paragraph([
        .data(plan.register.raw, .name),
        Span(
          Text(
            ": \(rows) \(rows == 1 ? proposal.list.singular : proposal.list.name). Written into ",
            zh: "：\(proposal.list.title.zh) \(rows) 条。已写入 ")), .data(plan.target.raw, .name),
        Span(" and loaded.", zh: "，并已读入。"),
      ])
    ])
    body.append(columns)
    if !plan.named.isEmpty { body.append(named) }
    body.append(AnswerBody(loaded.document))
    body.append(
      .paragraph([
        Span("Next: ", zh: "下一步："), .command("run"), Span("; next month: ", zh: "；下月："),
        Span(
          Text("import NEW like \(plan.target.raw)", zh: "导入 新台账 仿照 \(plan.target.raw)"), .code),
      ]))
    let record = Record(
      kind: "import",
      [
        "file": .id(plan.register.raw), "scenario": .id(plan.target.raw), "list": .id(proposal.list.name),
        "rows": .count(rows), "district": .id(plan.places.code(plan.district)), "columns": .rows(columns),
        "named": .rows(named),
      ])
    return Answer(body, records: [record], diagnostics: loaded.diagnostics)
  }

  private var columns: Relation {
    Relation(
      of: plan.proposal.columns,
      [
        .count("column", Text("Column", zh: "列"), .useful) { Int64($0.number) },
        .id("heading", Text("Heading", zh: "表头"), .essential) { $0.heading },
        .id("fact", Text("Fact", zh: "事实"), .essential) { ImportAnswer.fact($0) }
          .shown { column in
            switch column.use {
            case .own, .usual: column.field.map { [Span($0.words, .name)] }
            case .place(let list): [Span(Text("place of \(list)", zh: "所在地（\(list)）"), .name)]
            case .ignored: [Span("not read", zh: "不读", .muted)]
            }
          },
        .id("because", Text("Because", zh: "依据"), .useful) { ImportAnswer.reason($0.use).en }
          .shown { [Span(ImportAnswer.reason($0.use), .muted)] },
        .id("sample", Text("Sample", zh: "示例"), .incidental) { $0.sample },
      ])
  }

  private static func fact(_ column: RegisterProposal.Column) -> String? {
    switch column.use {
    case .own, .usual: column.field?.name
    case .place(let list): list + ".place"
    case .ignored: nil
    }
  }

  private static func reason(_ use: RegisterProposal.Column.Use) -> Text {
    switch use {
    case .own: Text("its own name", zh: "事实本名")
    case .usual: Text("usual heading", zh: "常用表头")
    case .place: Text("beside a name", zh: "与名称列对应")
    case .ignored: Text("no fact", zh: "不是事实")
    }
  }

  private var named: Relation {
    let (places, district) = (plan.places, plan.district)
    let entries = plan.named.flatMap { one in one.records.map { (list: one.list.name, record: $0) } }
    return Relation(
      of: entries,
      [
        .id("list", Text("List", zh: "清单"), .essential) { $0.list },
        .id("name", Text("Only named", zh: "只有名称"), .essential) { $0.record.name }.role(.name),
        .count("rows", Text("Rows", zh: "行数"), .essential) { Int64($0.record.rows) },
        .id("district", Text("District", zh: "所在地"), .important) { places.code($0.record.place ?? district) }
          .role(.place),
        .flag("assumed", Text("Assumed", zh: "推定"), .important) { $0.record.place == nil },
      ])
  }
}
