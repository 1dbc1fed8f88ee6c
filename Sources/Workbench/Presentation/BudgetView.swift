// A budget as a page: what is paid, measure by measure, then everything that is not paid and why, with the line to type
// that would supply what is missing (architecture, decision 4: nothing unpaid disappears).

import Sessions
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

struct BudgetView: Sendable {
  let budget: Budget
  let run: Session.Run
  let places: Gazetteer
  /// What may be spent.
  let limit: Int64?

  init(_ budget: Budget, run: Session.Run, places: Gazetteer, limit: Int64? = nil) {
    self.budget = budget
    self.run = run
    self.places = places
    self.limit = limit
  }

  private var ledger: Ledger { budget.ledger }
  private var hasDates: Bool { ledger.settings.asOf != nil }

  func document(_ breakdown: Breakdown? = nil, _ flow: CashFlow? = nil) -> Document {
    var document = Document([.heading(level: 2, [Span(.halves(run.scenario.scenario.title), .title)])])
    document.append(RunHead(run, places: places).block)
    if let breakdown { document.append(.table(groups(breakdown, flow))) } else { document.append(.table(measures)) }
    if let limit { document.append(.paragraph(spent(limit, flow))) }
    if let chart = flow?.chart { document.append(.chart(chart)) }
    if budget.lines.contains(where: \.isUpperBound) {
      let low = budget.lines.contains { $0.low != nil }
      document.append(
        .note(
          .note,
          [
            Span("≤ is costed at the most that the text allows (\"not more than\")", zh: "≤ 表示按文件上限（“不超过”）计"),
            low ? Span("; the least is shown beside it.", zh: "，旁为下限。") : Span(".", zh: "。"),
          ]))
    }
    document.append(Unpaid(ledger, places: places).document)
    return document
  }

  // MARK: Tables

  private var measures: Table {
    let several = run.documents.count > 1
    var columns = [
      Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
      Table.Column(Text("Article", zh: "条款"), .left, .useful, key: "article"),
      Table.Column(Text("Payments", zh: "笔数"), .right, .useful, key: "payments"),
      Table.Column(Text("Beneficiaries", zh: "对象数"), .right, .incidental, key: "beneficiaries"),
    ]
    // Beside due and pending there is no room for titles.
    if !hasDates { columns.insert(Table.Column(Text("Title", zh: "名称"), .left, .incidental, key: "title"), at: 2) }
    columns += amountColumns(budget.sum)
    func row(_ line: Budget.Line) -> Table.Row {
      let measure = budget.measure(line)
      var name: [Span] = [.data(measure.name, .name)]
      if line.isUpperBound { name.append(.data(" ≤", .warning)) }
      if let low = line.low, low != line.tally.total {
        name += [Span(" (at least ", zh: "（至少 ", .muted), .money(fen: low), Span(")", zh: "）", .muted)]
      }
      return Table.Row(
        [.spans(name), .data(measure.article, .article)] + (hasDates ? [] : [.text(measure.title)])
          + [.integer(Int64(line.tally.payments)), .integer(Int64(line.beneficiaries))] + amountCells(line.tally),
        role: line.tally.payments == 0 ? .muted : nil)
    }
    let sections = run.documents.compactMap { document -> Table.Section? in
      let rows = budget.lines.filter { budget.measure($0).document == document.id }.map(row)
      if rows.isEmpty { return nil }
      let title: [Span]? = several ? [.data(document.id, .name), .data("  "), Span(document.title, .muted)] : nil
      return Table.Section(title: title, rows: rows)
    }
    return Table(columns: columns, sections: sections, footer: footer(isByMeasure: true))
  }

  /// How the total stands to what may be spent, and when it is passed.
  private func spent(_ limit: Int64, _ flow: CashFlow?) -> [Span] {
    var line: [Span] = [Span("Of a budget of ", zh: "预算 "), .money(fen: limit), Span(" yuan, ", zh: " 元，")]
    let left = limit &- budget.sum.total
    line +=
      left >= 0
      ? [.money(fen: left), Span(" yuan remain.", zh: " 元结余。", .good)]
      : [Span("it is overspent by ", zh: "超支 ", .bad), .money(fen: -left), Span(" yuan.", zh: " 元。")]
    // Where months are drawn, the drawing tells when.
    if let flow, flow.chart == nil, let passed = flow.passed, flow.steps.indices.contains(passed) {
      line += [Span(" It is passed in ", zh: " 在 "), .data(flow.steps[passed].key, .date), Span(".", zh: " 用完。")]
    }
    return line
  }

  private func groups(_ breakdown: Breakdown, _ flow: CashFlow?) -> Table {
    var columns =
      [
        Table.Column(breakdown.dimension.title, .left, .essential, key: breakdown.dimension.rawValue),
        Table.Column(Text("Payments", zh: "笔数"), .right, .useful, key: "payments"),
      ] + amountColumns(budget.sum)
    let limit = 50
    if flow != nil { columns.append(Table.Column(Text("Added up", zh: "累计"), .right, .important, key: "cumulative")) }
    let shown = flow == nil ? limit : 240
    var rows = breakdown.groups.prefix(shown).map { group -> Table.Row in
      let isTime = breakdown.dimension == .year || breakdown.dimension == .month
      let name: Cell = isTime ? .date(group.key) : .data(group.key, .name)
      let sum = flow?.step(group.key)
      let isOver = sum.map { step in self.limit.map { step.cumulative > $0 } ?? false } ?? false
      return Table.Row(
        [name, .integer(Int64(group.tally.payments))] + amountCells(group.tally)
          + (sum.map { [.money(fen: $0.cumulative)] } ?? []),
        role: isOver ? .warning : nil)
    }
    if breakdown.groups.count > shown {
      var rest = Tally()
      for group in breakdown.groups.dropFirst(shown) { rest.add(group.tally) }
      rows.append(
        Table.Row(
          [
            .text(Text("\(breakdown.groups.count - shown) more", zh: "另有 \(breakdown.groups.count - shown) 项"), .muted),
            .integer(Int64(rest.payments)),
          ]
            + amountCells(rest)))
    }
    return Table(columns: columns, rows: rows, footer: footer(isByMeasure: false))
  }

  private func footer(isByMeasure: Bool) -> Table.Row {
    var cells: [Cell] = [.text(Text("Total", zh: "合计"), .strong)]
    if isByMeasure { cells += hasDates ? [.empty] : [.empty, .empty] }
    cells.append(.integer(Int64(budget.sum.payments)))
    if isByMeasure { cells.append(.empty) }
    return Table.Row(cells + amountCells(budget.sum), role: .strong)
  }

  /// Due and pending have columns where a date parts them; what is not paid where there is any.
  private func amountColumns(_ sum: Tally) -> [Table.Column] {
    var columns: [Table.Column] = []
    if hasDates {
      columns.append(Table.Column(Text("Due", zh: "应付"), .right, .important, key: "due"))
      columns.append(Table.Column(Text("Pending", zh: "待付"), .right, .important, key: "pending"))
    }
    columns.append(Table.Column(Text("Total, yuan", zh: "合计（元）"), .right, .essential, key: "total"))
    if sum.displaced != 0 {
      columns.append(Table.Column(Text("Displaced", zh: "就高让出"), .right, .useful, key: "displaced"))
    }
    if sum.overQuota != 0 {
      columns.append(Table.Column(Text("Over quota", zh: "超出名额"), .right, .useful, key: "over_quota"))
    }
    return columns
  }

  private func amountCells(_ tally: Tally) -> [Cell] {
    var cells: [Cell] = []
    if hasDates { cells += [.money(fen: tally.due), .money(fen: tally.pending)] }
    cells.append(.money(fen: tally.total))
    if budget.sum.displaced != 0 { cells.append(tally.displaced == 0 ? .empty : .money(fen: tally.displaced)) }
    if budget.sum.overQuota != 0 { cells.append(tally.overQuota == 0 ? .empty : .money(fen: tally.overQuota)) }
    return cells
  }

  // MARK: CSV

  /// The rows with the columns of the contract.
  func csv(_ breakdown: Breakdown?) -> String {
    let first = breakdown == nil ? ["measure", "article", "kind"] : ["group"]
    let keys = first + ["payments"] + (breakdown == nil ? ["beneficiaries"] : [])
    let columns =
      (keys + ["total", "due", "pending", "displaced", "over_quota"] + (breakdown == nil ? ["upper_bound"] : []))
      .map { Table.Column(.same($0), key: $0) }
    func amounts(_ tally: Tally) -> [Cell] {
      [tally.total, tally.due, tally.pending, tally.displaced, tally.overQuota].map { .money(fen: $0) }
    }
    let rows: [Table.Row] =
      breakdown?.groups.map { Table.Row([.data($0.key), .integer(Int64($0.tally.payments))] + amounts($0.tally)) }
      ?? budget.lines.map { line in
        let measure = budget.measure(line)
        return Table.Row(
          [
            .data(measure.id), .data(measure.article), .data(measure.kind), .integer(Int64(line.tally.payments)),
            .integer(Int64(line.beneficiaries)),
          ] + amounts(line.tally) + [.data(line.isUpperBound ? "true" : "false")])
      }
    return CSVRenderer(language: .en).render(Table(columns: columns, rows: rows))
  }
}

/// What a run was asked: programme, mode, home, date, settings.
struct RunHead {
  let run: Session.Run
  let places: Gazetteer

  init(_ run: Session.Run, places: Gazetteer) {
    self.run = run
    self.places = places
  }

  var block: Block {
    let settings = run.ledger.settings
    var line: [Span] = [.data(run.programme, .name), Span(" ", zh: "，"), Span(settings.mode.title, .emphasis)]
    line += [Span("; home ", zh: "；本地区 ")] + .joined(homes.map { [.data($0, .place)] })
    if let day = settings.asOf { line += [Span("; as of ", zh: "；截止 "), .data(day.text, .date)] }
    let own = run.settings.filter {
      if case .mode = $0.target { false } else if case .asOf = $0.target { false } else { true }
    }
    if !own.isEmpty {
      line += [Span("; with ", zh: "；设定 ")]
      line += .joined(own.map { [.data($0.target.id, .name), .data(" = "), Span($0.text(places), .number)] })
    }
    return .paragraph(line)
  }

  /// The homes of the documents, each once.
  private var homes: [String] {
    var seen: [Int32] = []
    for document in run.documents {
      let home = run.ledger.homes[document.id] ?? run.scenario.scenario.district
      if !seen.contains(home) { seen.append(home) }
    }
    return seen.map { places.label($0) }
  }
}
