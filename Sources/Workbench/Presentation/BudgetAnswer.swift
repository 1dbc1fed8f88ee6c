// A budget: what is paid, measure by measure or taken apart otherwise, then everything that is not paid and why, with
// the line to type that would supply what is missing (architecture: Nothing unpaid disappears). The keys and their
// order are the contract with other programs.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct BudgetAnswer: Sendable {
  let budget: Budget
  let run: Session.Run
  let places: Gazetteer
  /// What it is taken apart by, and month by month or year by year.
  var breakdown: Breakdown?
  var flow: CashFlow?
  /// What may be spent.
  var limit: Int64?
  var funds = FundLimits()
  /// The yuan for each of something, and how many of that each group has.
  var unitCosts: UnitCostAnswer?
  var groupCosts: [String: UnitCosts.Group]?

  init(_ budget: Budget, run: Session.Run, places: Gazetteer) {
    self.budget = budget
    self.run = run
    self.places = places
  }

  private var ledger: Ledger { budget.ledger }
  /// What nobody stated and these measures ask for.
  private var assumed: [OpenFact] {
    OpenFact.of(run.documents, run.facts.dataset, elsewhere: run.there?.unstated ?? [:])
  }
  private var hasDates: Bool { ledger.settings.asOf != nil }

  var answer: Answer {
    var answer = Answer(body, records: [record], diagnostics: ledger.diagnostics)
    answer.chart =
      chart ?? (breakdown == nil ? unitCosts?.chart : nil)
      ?? BudgetChart.of(budget, breakdown, run.documents.currency) { group in
        breakdown.map { GroupNames.words($0.basis, [run])(group.key, group.title) } ?? .same(group.key)
      }
    answer.leftOut = Unreckoned([run], places).line
    let drawn = answer.chart
    answer.book = { book(drawn) }
    return answer
  }

  /// What is handed in of it.
  private func book(_ chart: Chart?) -> AnswerBook {
    var parts: [AnswerBook.Part] = []
    if let cross {
      parts = [.list(BookList("groups", cross.relation))]
    } else if var groups {
      groups.cut = nil
      parts = [.list(BookList("groups", groups))]
    } else if let unitCosts {
      for (number, part) in unitCosts.body.parts.enumerated() {
        switch part {
        case .relation(let relation): parts.append(.list(BookList("each \(number)", relation)))
        case .block(let block): parts.append(.block(block))
        }
      }
    }
    return BudgetBook(
      budget: budget, run: run, places: places, breakdown: breakdown, groups: parts, notes: notes, chart: chart
    ).book
  }

  /// What is said below the measures.
  private var notes: [Block] {
    var blocks: [Block] = (limit.map { [.paragraph(spent($0))] } ?? []) + funds.notes(budget, breakdown)
    if let mark = boundNote { blocks.append(mark) }
    for note in ledger.diagnostics where note.severity != .error { blocks.append(.note(.note, [Span(note.told)])) }
    return blocks
  }

  /// That nothing can be paid, since the documents hold in another district than the scenario's; nil where they do not.
  private var elsewhereNote: Block? {
    let district = run.scenario.scenario.district
    let areElsewhere = run.documents.allSatisfy { document in
      !places.lies(district, within: document.jurisdiction) && !places.lies(document.jurisdiction, within: district)
    }
    guard ledger.settings.mode == .enacted, budget.sum.payments == 0, areElsewhere, !run.documents.isEmpty else {
      return nil
    }
    let names = run.documents.map(\.id).joined(separator: " + ")
    let (there, here) = (places.words(run.documents[0].jurisdiction), places.words(district))
    return .note(
      .note,
      [
        Span(
          Text(
            "\(names) holds in \(there.en), and this scenario is of \(here.en); what it would come to here: ",
            zh: "\(names) 在\(there.zh)施行，本情景属于\(here.zh)；要问在本地照此办理要多少：")),
        .command("run \(names) as adopted", zh: "测算 \(names) 假设本地采用"),
      ])
  }

  /// What `≤` means, where it stands anywhere.
  private var boundNote: Block? { BoundNote(budget, isByMeasure: breakdown == nil).block }

  // MARK: For people

  private var body: AnswerBody {
    var body = AnswerBody(blocks: [.heading(level: 2, [Span(.halves(run.scenario.scenario.title), .title)])])
    body.append(RunHead(run, places: places).block)
    if let unitCosts, groups == nil { body.append(unitCosts.body) } else { body.append(groups ?? measures) }
    if let cross { body.append(cross.relation) }
    if let why = elsewhereNote ?? EmptyColumn(run: run).note { body.append(why) }
    if let limit { body.append(.paragraph(spent(limit))) }
    for note in funds.notes(budget, breakdown) { body.append(note) }
    if let chart { body.append(.chart(chart)) }
    if let boundNote { body.append(boundNote) }
    body.append(Unpaid(ledger, places: places, facts: run.there == nil ? run.facts : nil).body)
    let taken = OpenFactText.line(assumed, run.facts.dataset.dictionary)
    if !taken.isEmpty { body.append(.note(.note, taken)) }
    return body
  }

  /// How the total stands to what may be spent, and when it is passed.
  /// How the budget accrues, drawn.
  private var chart: Chart? { flow?.chart(run.documents.currency) }

  private func spent(_ limit: Int64) -> [Span] {
    var line: [Span] = [
      Span("Of a budget of ", zh: "预算 "), .money(fen: limit), Span(run.documents.currency.behind(", ", zh: "，")),
    ]
    let left = limit &- budget.sum.total
    line +=
      left >= 0
      ? [.money(fen: left), Span(run.documents.currency.behind(" remain.", zh: "结余。"), .good)]
      : [
        Span("it is overspent by ", zh: "超支 ", .bad), .money(fen: -left),
        Span(run.documents.currency.behind(".", zh: "。")),
      ]
    // Where months are drawn, the drawing tells when.
    if let flow, chart == nil, let passed = flow.passed, flow.steps.indices.contains(passed) {
      line += [Span(" It is passed in ", zh: " 在 "), .data(flow.steps[passed].key, .date), Span(".", zh: " 用完。")]
    }
    return line
  }

  // MARK: Relations

  /// The measures, in sections where there are several documents.
  private var measures: Relation {
    let (budget, several) = (budget, run.documents.count > 1)
    let columns: [AnswerColumn<Budget.Line>] = [
      .id("measure", Text("Measure", zh: "措施"), .essential) { budget.measure($0).id }
        .shown { BudgetAnswer.name($0, budget.measure($0).words) }.faces([.json, .csv]),
      .chineseName { budget.measure($0).words.zh },
      .id("article", Text("Article", zh: "条款"), .useful) { budget.measure($0).article }
        .role(.article).faces([.json, .csv]),
      .id("kind", Text("Kind", zh: "待遇类型")) { budget.measure($0).kind }
        .shown { [Span(budget.measure($0).kindWords, .name)] }.faces([.json, .csv]),
      // Beside due and pending there is no room for titles.
      .words("title", Text("Title", zh: "名称"), hasDates ? nil : .incidental) { budget.measure($0).title }.forPeople(),
      .count("payments", Text("Payments", zh: "笔数"), .useful) { Int64($0.tally.payments) }.faces([.json, .csv]),
      .count("beneficiaries", Text("Beneficiaries", zh: "对象数"), .incidental) { Int64($0.beneficiaries) }
        .faces([.json, .csv]),
    ]
    let further: [AnswerColumn<Budget.Line>] = [
      .flag("upper_bound", Text("At most", zh: "上限")) { $0.isUpperBound }.faces([.json, .csv]),
      .money("low", Text("At least", zh: "下限")) { $0.low }.leftOutWhenNone(),
    ]
    let sums: [AnswerColumn<Budget.Line>] = amounts { $0.tally }
    let sections = run.documents.map { document in
      (
        title: several ? [.data(document.id, .name), .data("  "), Span(document.title, .muted)] : nil as [Span]?,
        entries: budget.lines.filter { budget.measure($0).document == document.id }
      )
    }
    var relation = Relation(
      sections: sections, role: { $0.tally.payments == 0 ? .muted : nil }, columns + sums + further)
    relation.order = [
      "measure", "article", "title", "payments", "beneficiaries", "due", "pending", "total", "displaced",
      "over_quota", "over_cap", "recovered", "below_nought",
    ]
    relation.footer = footer
    relation.records = .programs
    return relation
  }

  /// A measure's name with what is known of it besides.
  private static func name(_ line: Budget.Line, _ measure: Text) -> [Span] {
    var name: [Span] = [Span(measure, .name)]
    if line.isUpperBound { name.append(.data(" ≤", .warning)) }
    if let low = line.low, low != line.tally.total {
      name += [Span(" (at least ", zh: "（至少 ", .muted), .money(fen: low), Span(")", zh: "）", .muted)]
    }
    return name
  }

  /// What the budget is taken apart by, where anybody asks.
  private var groups: Relation? {
    guard let breakdown else { return nil }
    if breakdown.cross != nil { return pairs(breakdown) }
    let (flow, limit, funds) = (flow, limit, funds)
    let key = groupName(breakdown)
    // A payment that several sources share would be counted with each.
    let isFund = breakdown.sharesPayments
    let columns: [AnswerColumn<Breakdown.Group>] = [
      key.role(.name).faces([.json, .csv]),
      .count("payments", Text("Payments", zh: "笔数"), isFund ? nil : .useful) { Int64($0.tally.payments) }.faces([
        .json, .csv,
      ]),
    ]
    let sum = AnswerColumn<Breakdown.Group>.money(
      "cumulative", Text("Added up", zh: "累计"), flow == nil ? nil : .important
    ) {
      flow?.step($0.key)?.cumulative
    }
    let sums: [AnswerColumn<Breakdown.Group>] = amounts { $0.tally }
    var relation = Relation(
      of: breakdown.groups,
      role: { group in
        if funds.isOver(group) { return .warning }
        guard let step = flow?.step(group.key), let limit else { return nil }
        return step.cumulative > limit ? .warning : nil
      }, columns + sums + [sum.leftOutWhenNone()] + perGroup + funds.columns(breakdown, run.documents.currency))
    relation.order = [
      "group", "payments", "due", "pending", "total", "displaced", "over_quota", "over_cap", "recovered",
      "below_nought", "cumulative", "units", "units_total", "each", "budget", "left",
    ]
    relation.footer = footer
    relation.records = .programs
    let shown = flow == nil ? 50 : 240
    if breakdown.groups.count > shown {
      let folded = breakdown.groups.dropFirst(shown), last = folded.map(\.key).besides
      var rest = Tally()
      for group in folded.dropLast(last) { rest.add(group.tally) }
      let more = folded.count - last
      relation.cut = Relation.Cut(
        shown, last: last,
        rest: more == 0 ? nil : Relation.Line([Span(Text("\(more) more", zh: "另有 \(more) 项"), .muted)], values(rest)))
    }
    return relation
  }

  /// How many there are in each group of what the budget is told for each, and what each comes to.
  private var perGroup: [AnswerColumn<Breakdown.Group>] {
    guard let groupCosts, let unitCosts else { return [] }
    // Where measures that have no part in it pay as well, a row's total is not what is divided.
    let isPart = breakdown?.groups.contains { groupCosts[$0.key]?.total ?? 0 != $0.tally.total } ?? false
    let both: ColumnHead.Faces = [.json, .csv]
    return [
      .count("units", unitCosts.title, .important) { Int64(groupCosts[$0.key]?.units ?? 0) }.faces(both),
      .money("units_total", Text("Of it for these", zh: "其中计入平均"), isPart ? .important : nil) {
        groupCosts[$0.key]?.total ?? 0
      }.faces(both), .money("each", unitCosts.each, .essential) { groupCosts[$0.key]?.each }.faces(both),
    ]
  }

  /// What a group is called.
  private func groupName(_ breakdown: Breakdown) -> AnswerColumn<Breakdown.Group> {
    switch breakdown.basis {
    case .dimension(let dimension):
      let isTime = dimension == .year || dimension == .month
      let names = GroupNames(dimension, [run])
      return .mixed("group", dimension.title, .essential) { isTime ? .date($0.key) : .id($0.key) }
        .shown { isTime ? nil : [Span(names.words($0.key), .name)] }
    case .keys:
      return .mixed("group", breakdown.basis.title, .essential) { .id($0.key) }
        .shown { [Span($0.title ?? .same($0.key), .name)] }
    }
  }

  /// What stands where two keys cross, one row for each pair, for programs. People see it as a table with the sums of
  /// both (`cross`).
  private func pairs(_ breakdown: Breakdown) -> Relation {
    let both: ColumnHead.Faces = [.json, .csv]
    let columns: [AnswerColumn<Breakdown.Group>] = [
      .id("group", breakdown.basis.title) { $0.parts.first }.faces(both),
      .id("group_2", breakdown.basis.title) { $0.parts.last }.faces(both),
    ]
    let payments: [AnswerColumn<Breakdown.Group>] =
      breakdown.sharesPayments
      ? [] : [.count("payments", Text("Payments", zh: "笔数")) { Int64($0.tally.payments) }.faces(both)]
    let sums: [AnswerColumn<Breakdown.Group>] = amounts { $0.tally }
    var relation = Relation(of: breakdown.groups, columns + payments + sums.map { $0.forProgramsOnly() })
    relation.records = .programs
    return relation
  }

  private var cross: CrossTable? {
    guard let breakdown, let cross = breakdown.cross else { return nil }
    return CrossTable(cross, breakdown.basis, budget)
  }

  /// Amounts as the contract has them. For people due and pending have columns where a date parts them; what is not
  /// paid has where there is any.
  private func amounts<Entry: Sendable>(_ tally: @escaping @Sendable (Entry) -> Tally) -> [AnswerColumn<Entry>] {
    let sum = budget.sum
    func unpaid(_ figure: @escaping @Sendable (Tally) -> Int64, _ column: AnswerColumn<Entry>) -> AnswerColumn<Entry> {
      column.shown { figure(tally($0)) == 0 ? [] : nil }
    }
    var columns: [AnswerColumn<Entry>] = [
      .money("total", run.documents.currency.heading("Total", zh: "合计"), .essential) { tally($0).total },
      .money("due", Text("Due", zh: "应付"), hasDates ? .important : nil) { tally($0).due },
      .money("pending", Text("Pending", zh: "未到期"), hasDates ? .important : nil) { tally($0).pending },
      unpaid(
        { $0.displaced },
        .money("displaced", Text("Displaced", zh: "就高不重复"), sum.displaced == 0 ? nil : .useful) {
          tally($0).displaced
        }),
      unpaid(
        { $0.overQuota },
        .money("over_quota", Text("Over quota", zh: "超出名额"), sum.overQuota == 0 ? nil : .useful) {
          tally($0).overQuota
        }),
    ]
    // There is no such column where no cap was reached.
    if sum.overCap != 0 {
      columns.append(
        unpaid({ $0.overCap }, .money("over_cap", Text("Over cap", zh: "超出限额"), .useful) { tally($0).overCap }))
    }
    // Nor where nothing is taken back, or comes out below nought.
    if sum.recovered != 0 {
      columns.append(
        unpaid(
          { $0.recovered },
          .money("recovered", Text("Of which recovered", zh: "其中追回"), .useful) { tally($0).recovered }))
    }
    if sum.belowNought != 0 {
      columns.append(
        unpaid(
          { $0.belowNought },
          .money("below_nought", Text("Below nought", zh: "低于零"), .useful) { tally($0).belowNought }))
    }
    return columns.map { $0.faces([.json, .csv]) }
  }

  private var footer: Relation.Line {
    Relation.Line([Span(Text("Total", zh: "合计"), .strong)], values(budget.sum), role: .strong)
  }

  /// The figures of a line below the rows, in the columns that people see.
  private func values(_ tally: Tally) -> [String: Datum] {
    var values: [String: Datum] = ["total": .money(fen: tally.total)]
    if breakdown?.sharesPayments != true { values["payments"] = .count(tally.payments) }
    if hasDates {
      values["due"] = .money(fen: tally.due)
      values["pending"] = .money(fen: tally.pending)
    }
    if budget.sum.displaced != 0, tally.displaced != 0 { values["displaced"] = .money(fen: tally.displaced) }
    if budget.sum.overQuota != 0, tally.overQuota != 0 { values["over_quota"] = .money(fen: tally.overQuota) }
    if tally.overCap != 0 { values["over_cap"] = .money(fen: tally.overCap) }
    if tally.recovered != 0 { values["recovered"] = .money(fen: tally.recovered) }
    if tally.belowNought != 0 { values["below_nought"] = .money(fen: tally.belowNought) }
    return values
  }

  // MARK: For programs

  var record: Record {
    let places = ledger.dataset.places
    var record = Record(
      kind: "budget",
      [
        "scenario": .id(run.scenario.scenario.title),
        "home": .id(places.code(run.scenario.scenario.district)),
        "mode": .id(ledger.settings.mode.rawValue), "programme": .ids(run.names), "as_of": .day(ledger.settings.asOf),
        "total": .money(fen: budget.sum.total), "due": .money(fen: budget.sum.due),
        "pending": .money(fen: budget.sum.pending), "displaced": .money(fen: budget.sum.displaced),
        "over_quota": .money(fen: budget.sum.overQuota), "measures": .rows(measures),
      ])
    let sum = budget.sum
    for (key, fen) in [("over_cap", sum.overCap), ("recovered", sum.recovered), ("below_nought", sum.belowNought)]
    where fen != 0 {
      record.add(key, .money(fen: fen))
    }
    let settings = run.inForce.settings.map { Record.Member($0.target.id, .words($0.text(places))) }
    record.add("settings", .record(Record(settings)))
    let unpaid = Unpaid(ledger, places: places)
    record.add([
      "unpriced": .rows(unpaid.unpriced), "undetermined": .rows(unpaid.undetermined),
      "elsewhere": .rows(unpaid.elsewhere), "grants": .rows(unpaid.grants),
      "assumed": .rows(OpenFactText.relation(assumed, run.facts.dataset.dictionary)),
    ])
    if let there = run.there { record.add("computed_by", .id(there.engine)) }
    let notes = ledger.diagnostics.map { Datum.words($0.message) }
    if !notes.isEmpty { record.add("notes", .list(notes)) }
    if let breakdown, let groups {
      record.add(["by": breakdown.basis.datum, "groups": .rows(groups)])
    }
    unitCosts?.add(to: &record)
    if let limit {
      record.add(["budget": .money(fen: limit), "left": .money(fen: limit &- budget.sum.total)])
      if let flow { record.add("passed", flow.passed.map { .date(flow.steps[$0].key) } ?? .none) }
    }
    return record
  }
}
