// Programmes side by side, on one page: the table, how the gap splits over measures, who gains and who loses, and what
// each programme could not know, so that a column that is merely unanswered does not look cheap.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

struct ComparisonView: Sendable {
  let comparison: Comparison
  let runs: [Session.Run]
  let places: Gazetteer

  init(_ comparison: Comparison, runs: [Session.Run], places: Gazetteer) {
    self.comparison = comparison
    self.runs = runs
    self.places = places
  }

  /// Whether the programmes have a document in common, so that comparing measure by measure says something.
  static func share(_ runs: [Session.Run]) -> Bool {
    guard let first = runs.first else { return false }
    let ids = Set(first.documents.map(\.id))
    return runs.dropFirst().allSatisfy { $0.documents.contains { ids.contains($0.id) } }
  }

  func document() -> Document {
    var document = Document()
    guard let run = runs.first else { return document }
    document.append(.heading(level: 2, [Span(.halves(run.scenario.scenario.title), .title)]))
    let mode = run.ledger.settings.mode
    var line: [Span] = [Span("Compared ", zh: "比较："), Span(mode.title, .emphasis)]
    if mode == .adopted {
      line += [Span("; home ", zh: "；本地区 "), .data(places.label(run.scenario.scenario.district), .place)]
    } else {
      line.append(Span("; each document in its own district", zh: "；各文件在其本地区"))
    }
    if let day = run.ledger.settings.asOf { line += [Span("; as of ", zh: "；截止 "), .data(day.text, .date)] }
    document.append(.paragraph(line))
    document.append(.table(table))
    for column in comparison.columns.indices.dropFirst() { document.append(gap(column)) }
    let open = unanswered
    if !open.isEmpty {
      document.append(
        .table(
          Table(
            title: Text("What could not be reckoned", zh: "未能测算的部分"),
            columns: [
              Table.Column(Text("Programme", zh: "方案"), .left, .essential, key: "programme"),
              Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
              Table.Column(Text("Open", zh: "数量"), .right, .important, key: "open"),
              Table.Column(Text("Missing", zh: "缺少"), .left, .essential, key: "missing"),
            ], rows: open)))
    }
    return document
  }

  // MARK: Table

  /// With two programmes each row has its change; with more the totals' changes say enough.
  private var hasChanges: Bool { comparison.columns.count == 2 }

  private var table: Table {
    var columns = [Table.Column(comparison.dimension.title, .left, .essential, key: comparison.dimension.rawValue)]
    for (i, column) in comparison.columns.enumerated() {
      columns.append(Table.Column(.same(column.name), .right, .essential))
      if i > 0, hasChanges { columns.append(Table.Column(Text("Change", zh: "差额"), .right, .useful)) }
    }
    func cells(_ totals: [Int64?]) -> [Cell] {
      var out: [Cell] = []
      for (i, total) in totals.enumerated() {
        out.append(total.map { .money(fen: $0) } ?? .empty)
        if i > 0, hasChanges {
          let change = (total ?? 0) &- (totals[0] ?? 0)
          out.append(change == 0 ? .empty : .change(fen: change))
        }
      }
      return out
    }
    let limit = 40
    var rows = comparison.rows.prefix(limit).map { row in Table.Row([label(row)] + cells(row.totals)) }
    if comparison.rows.count > limit {
      var rest = Array(repeating: Int64?(0), count: comparison.columns.count)
      for row in comparison.rows.dropFirst(limit) {
        for (i, total) in row.totals.enumerated() { rest[i] = (rest[i] ?? 0) &+ (total ?? 0) }
      }
      let more = comparison.rows.count - limit
      rows.append(Table.Row([.text(Text("\(more) more", zh: "另有 \(more) 项"), .muted)] + cells(rest)))
    }
    let sums = comparison.columns.map(\.budget.sum)
    /// The differences of the totals against the first column, where they have no columns of their own.
    let against = Table.Row(
      [.spans([Span("against ", zh: "相对于 ", .muted), .data(comparison.columns[0].name, .name)]), .empty]
        + comparison.columns.indices.dropFirst().map { .change(fen: comparison.difference($0)) })
    var sections = [Table.Section(rows: rows)]
    func further(_ text: Text, _ figure: (Tally) -> Int64) -> Table.Row? {
      guard sums.contains(where: { figure($0) != 0 }) else { return nil }
      return Table.Row([.text(text, .muted)] + cells(sums.map { figure($0) }), role: .muted)
    }
    let hasDates = runs.contains { $0.ledger.settings.asOf != nil }
    let others = [
      hasChanges ? nil : against,
      hasDates ? further(Text("of it due", zh: "其中应付")) { $0.due } : nil,
      hasDates ? further(Text("of it pending", zh: "其中待付")) { $0.pending } : nil,
      further(Text("displaced, not in the total", zh: "就高让出（不计入合计）")) { $0.displaced },
      further(Text("over quota, not in the total", zh: "超出名额（不计入合计）")) { $0.overQuota },
    ].compactMap { $0 }
    if !others.isEmpty {
      sections.append(Table.Section(title: [Span("Of the totals", zh: "合计说明", .muted)], rows: others))
    }
    return Table(
      columns: columns, sections: sections,
      footer: Table.Row(
        [.text(Text("Total, yuan", zh: "合计（元）"), .strong)] + cells(sums.map { $0.total }), role: .strong))
  }

  private func label(_ row: Comparison.Row) -> Cell {
    switch comparison.dimension {
    case .year, .month: return .date(row.key)
    case .beneficiary: return .data(row.key, .name)
    case .kind: return row.title.map { .text($0) } ?? .data(row.key, .name)
    case .measure:
      let isOne = Set(runs.flatMap(\.documents).map(\.id)).count == 1
      let name = isOne ? String(row.key.split(separator: ".").last ?? "") : row.key
      return .spans([.data(name, .name)] + (row.title.map { [.data("  "), Span($0, .muted)] } ?? []))
    }
  }

  /// A measure in a sentence: its title, and the document where there are several.
  private func name(_ measure: CheckedMeasure) -> [Span] {
    [Span(measure.title), Span(Text(" (\(measure.document))", zh: "（\(measure.document)）"), .muted)]
  }

  // MARK: The gap

  private func gap(_ column: Int) -> Document {
    let difference = comparison.difference(column)
    let (a, b) = (comparison.columns[0].name, comparison.columns[column].name)
    var document = Document()
    var line: [Span] = [.data(b, .name)]
    if difference == 0 {
      line += [Span(" costs as much as ", zh: " 与 "), .data(a, .name), Span(".", zh: " 花费相同。")]
    } else {
      line += [
        difference > 0 ? Span(" costs more than ", zh: " 高于 ") : Span(" costs less than ", zh: " 低于 "),
        .data(a, .name), Span(" by ", zh: "，相差 "), .money(fen: abs(difference)), Span(" yuan", zh: " 元"),
      ]
      let parts = comparison.split(column).sorted { $0.part.magnitude > $1.part.magnitude }
      line.append(Span(": ", zh: "："))
      line += .joined(parts.prefix(6).map { name($0.measure) + [.data(" "), .change(fen: $0.part)] })
      if parts.count > 6 {
        let rest = parts.dropFirst(6).reduce(Int64(0)) { $0 &+ $1.part }
        line += [Span(", the others ", zh: "，其余 "), .change(fen: rest)]
      }
      line.append(Span(".", zh: "。"))
    }
    document.append(.paragraph(line))
    let (gain, lose) = comparison.changes(column)
    if gain.isEmpty, lose.isEmpty { return document }
    document.append(
      .list(
        ordered: false,
        [
          who(gain, Count.text(gain.count, "beneficiary gains", "beneficiaries gain", zh: "个对象增加")),
          who(lose, Count.text(lose.count, "beneficiary loses", "beneficiaries lose", zh: "个对象减少")),
        ].filter { !$0.isEmpty }))
    return document
  }

  private func who(_ changes: [Comparison.Change], _ count: Text) -> [Span] {
    guard !changes.isEmpty else { return [] }
    var line: [Span] = [Span(count), Span(": ", zh: "：")]
    line += .joined(changes.prefix(5).map { [.data($0.beneficiary, .name), .data(" "), .change(fen: $0.difference)] })
    if changes.count > 5 { line.append(Span(", …", zh: "……")) }
    return line
  }

  // MARK: What is missing

  private var unanswered: [Table.Row] {
    var rows: [Table.Row] = []
    for run in runs {
      for entry in run.ledger.unpriced {
        rows.append(
          Table.Row([
            .data(run.programme, .name), .data(run.ledger.measures[entry.measure].name, .name),
            .spans([
              .number(entry.units),
              entry.isMonths ? Span(" months not priced", zh: " 个月未定价") : Span(" payments not priced", zh: " 笔未定价"),
            ]),
            .spans(.joined(entry.missing.map { [.data($0, .keyword)] })),
          ]))
      }
      for entry in run.ledger.undetermined {
        rows.append(
          Table.Row([
            .data(run.programme, .name), .data(run.ledger.measures[entry.measure].name, .name),
            .spans([.number(Int64(entry.count)), Span(" undetermined", zh: " 个无法判定")]),
            .spans(.joined(entry.facts.map { [.data($0, .keyword)] })),
          ]))
      }
    }
    return rows
  }

  // MARK: Other programs

  static func json(_ comparison: Comparison, runs: [Session.Run]) -> JSONValue {
    let columns = zip(comparison.columns, runs).map { BudgetJSON.object($0.budget, run: $1) }
    let rows: [JSONValue] = comparison.rows.map { row in
      ["key": .string(row.key), "totals": .array(row.totals.map { $0.map { .money(fen: $0) } ?? .null })]
    }
    return [
      "kind": "comparison", "columns": .array(columns), "by": .string(comparison.dimension.rawValue),
      "rows": .array(rows),
    ]
  }

  func csv() -> String {
    let columns =
      [Table.Column(.same(comparison.dimension.rawValue))] + comparison.columns.map { Table.Column(.same($0.name)) }
    let rows = comparison.rows.map { row in
      Table.Row([.data(row.key)] + row.totals.map { $0.map { .money(fen: $0) } ?? .empty })
    }
    return CSVRenderer(language: .en).render(Table(columns: columns, rows: rows))
  }
}
