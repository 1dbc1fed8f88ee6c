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

  /// The command that says what somebody was asked; nil where nobody was.
  let said: String?

  init(_ plan: ImportPlan, loaded: Answer, said: String? = nil) {
    (self.plan, self.loaded, self.said) = (plan, loaded, said)
  }

  var answer: Answer {
    let proposal = plan.proposal
    let rows = plan.proposals.reduce(0) { $0 + $1.rows }
    let files = plan.registers.map(\.raw)
    var body = AnswerBody(blocks: [
      .paragraph([
        .data(files.joined(separator: ", "), .name),
        Span(
          Text(
            ": \(rows) \(rows == 1 ? proposal.list.singular : proposal.list.name). Written into ",
            zh: "：\(proposal.list.title.zh) \(rows) 条。已写入 ")), .data(plan.target.raw, .name),
        Span(" and loaded.", zh: "，并已读入。"),
      ])
    ])
    body.append(relation(of: shown))
    if !unread.isEmpty { body.append(.paragraph(unreadLine)) }
    if !plan.named.isEmpty { body.append(named) }
    body.append(AnswerBody(loaded.document))
    if let said {
      body.append(.paragraph([Span("Without questions: ", zh: "不经提问："), .data(said, .code)]))
    }
    body.append(
      .paragraph([
        Span("Next: ", zh: "下一步："), .command("missing", zh: "缺什么"), Span("; ", zh: "；"), .command("run", zh: "测算"),
        Span("; next month: ", zh: "；下月："),
        Span(
          Text("import NEW like \(plan.target.raw)", zh: "导入 新台账 仿照 \(plan.target.raw)"), .code),
      ]))
    let columns = relation(of: proposal.columns)
    let record = Record(
      kind: "import",
      [
        "file": .id(plan.register.raw), "files": .ids(files), "scenario": .id(plan.target.raw),
        "list": .id(proposal.list.name), "rows": .count(rows), "district": .id(plan.places.code(plan.district)),
        "columns": .rows(columns), "named": .rows(named),
      ])
    return Answer(body, records: [record], diagnostics: loaded.diagnostics)
  }

  /// The columns that something becomes of.
  private var shown: [RegisterProposal.Column] {
    plan.proposal.columns.filter { if case .ignored = $0.use { false } else { true } }
  }

  /// The headings of those that nothing is read from.
  private var unread: [String] {
    plan.proposal.columns.compactMap { if case .ignored = $0.use { $0.heading } else { nil } }
  }

  private static let namedAtMost = 12

  private var unreadLine: [Span] {
    let names = unread.prefix(ImportAnswer.namedAtMost)
    let more = unread.count - names.count
    var line = [Span(Text("Not read: ", zh: "未读入的列："), .muted)]
    line += .joined(names.map { [.data($0, .name)] })
    if more > 0 { line.append(Span(Text(", and \(more) more", zh: "，另有 \(more) 列"), .muted)) }
    line.append(Span(Text(". If one states a fact: ", zh: "。其中若有事实：")))
    line.append(
      Span(Text("import FILE columns HEADING = FACT", zh: "导入 文件 各列 表头 = 事实"), .code))
    return line
  }

  private func relation(of columns: [RegisterProposal.Column]) -> Relation {
    let dictionary = plan.dictionary
    let said = Set(plan.said.columns.map { ImportAnswer.plain($0.name.raw) })
    @Sendable func reason(_ column: RegisterProposal.Column) -> Text {
      if case .values = column.use { return ImportAnswer.reason(column.use) }
      if said.contains(ImportAnswer.plain(column.heading)) { return Text("as you said", zh: "由您指定") }
      return ImportAnswer.reason(column.use)
    }
    return Relation(
      of: columns,
      [
        .count("column", Text("Column", zh: "列"), .useful) { Int64($0.number) },
        .id("heading", Text("Heading", zh: "表头"), .essential) { $0.heading },
        .id("fact", Text("Fact", zh: "事实"), .essential) { ImportAnswer.fact($0) }
          .shown { column in
            switch column.use {
            case .own, .usual, .values: column.field.map { [Span($0.words, .name)] }
            case .place(let list):
              [Span(Text("place of \(list)", zh: "\(dictionary.list(list)?.title.zh ?? list)所在地"), .name)]
            case .ignored: [Span("not read", zh: "不读", .muted)]
            }
          },
        .id("because", Text("Because", zh: "依据"), .useful) { reason($0).en }
          .shown { [Span(reason($0), .muted)] },
        .id("sample", Text("Sample", zh: "示例"), .incidental) { $0.sample },
      ])
  }

  /// A heading as two of them are compared.
  private static func plain(_ heading: String) -> String { RegisterSurvey.plain(heading).lowercased() }

  private static func fact(_ column: RegisterProposal.Column) -> String? {
    switch column.use {
    case .own, .usual, .values: column.field?.name
    case .place(let list): list + ".place"
    case .ignored: nil
    }
  }

  private static func reason(_ use: RegisterProposal.Column.Use) -> Text {
    switch use {
    case .own: Text("its own name", zh: "事实本名")
    case .usual: Text("usual heading", zh: "常用表头")
    case .values: Text("its cells", zh: "按内容")
    case .place: Text("beside a name", zh: "与名称列对应")
    case .ignored: Text("no fact", zh: "不是事实")
    }
  }

  private var named: Relation {
    let (places, district) = (plan.places, plan.district)
    let entries = plan.named.flatMap { one in one.records.map { (list: one.list, record: $0) } }
    return Relation(
      of: entries,
      [
        .id("list", Text("List", zh: "清单"), .essential) { $0.list.name }
          .shown { [Span(Text($0.list.name, zh: $0.list.title.zh))] },
        .id("name", Text("Only named", zh: "只有名称"), .essential) { $0.record.name }.role(.name),
        .count("rows", Text("Rows", zh: "行数"), .essential) { Int64($0.record.rows) },
        .id("district", Text("District", zh: "所在地"), .important) { places.code($0.record.place ?? district) }
          .role(.place),
        .flag("assumed", Text("Assumed", zh: "推定"), .important) { $0.record.place == nil },
      ])
  }
}
