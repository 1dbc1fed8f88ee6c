// Programmes side by side, on one page: the table, how the gap splits over measures, who gains and who loses, and what
// each programme could not know, so that a column that is merely unanswered does not look cheap.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct ComparisonAnswer: Sendable {
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

  /// What each programme could not know, so that a column that is merely unanswered does not look cheap.
  var unreckoned: Unreckoned { Unreckoned(runs, places) }

  /// - Parameter records: what CSV has of the rows.
  func body(records: Relation.Records = .programs) -> AnswerBody {
    guard !runs.isEmpty else { return AnswerBody() }
    let head = ComparisonHead(runs, places)
    var body = AnswerBody(blocks: [.heading(level: 2, head.title)] + head.blocks())
    let settings = SettingsText.lines(runs, places)
    if !settings.isEmpty { body.append(.lines(settings)) }
    var rows = rows
    rows.records = records
    body.append(rows)
    for column in comparison.columns.indices.dropFirst() { body.append(AnswerBody(gap(column))) }
    for run in runs { if let sentence = EmptyColumn(run: run).sentence { body.append(.paragraph(sentence)) } }
    if !unreckoned.isEmpty { body.append(unreckoned.relation) }
    return body
  }

  var record: Record {
    let columns = zip(comparison.columns, runs).map { column, run in
      Datum.record(BudgetAnswer(column.budget, run: run, places: places).record)
    }
    var record = Record(
      kind: "comparison",
      ["columns": .list(columns), "by": comparison.basis.datum, "rows": .rows(rows)])
    let differences = ComparisonHead(runs, places).differences
    if !differences.isEmpty { record.add("differ_in", .ids(differences.map(\.key))) }
    return record
  }

  // MARK: Table

  /// With two programmes each row has its change; with more the totals' changes say enough.
  private var hasChanges: Bool { comparison.columns.count == 2 }

  private var rows: Relation {
    let (key, title) = (comparison.basis.key, comparison.basis.title)
    let first: [AnswerColumn<Comparison.Row>] = [
      .mixed(key, title, .essential, datum).role(.name).shown(label).faces(.csv),
      .id("key", title) { $0.key },
      AnswerColumn(.list, "keys", title, nil) { $0.parts.isEmpty ? .none : .ids($0.parts) }.leftOutWhenNone(),
      AnswerColumn(.list, "totals", runs[0].documents.currency.heading("Totals", zh: "合计"), nil) { row in
        .list(row.totals.map { .money($0) })
      },
    ]
    let hasChanges = hasChanges
    let columns = comparison.columns.enumerated().flatMap { i, column -> [AnswerColumn<Comparison.Row>] in
      let total = AnswerColumn<Comparison.Row>.money("total_\(i)", .same(column.name), .essential) { $0.totals[i] }
      let change = AnswerColumn<Comparison.Row>.change(
        "change_\(i)", Text("Change", zh: "差额"), i > 0 && hasChanges ? .useful : nil
      ) { ComparisonAnswer.change($0.totals, i) }
      return [total.faces(.csv).headedByTitle(), change.forPeople().headedByTitle()]
    }
    var relation = Relation(of: comparison.rows, first + columns)
    let limit = 40
    if comparison.rows.count > limit {
      var rest = Array(repeating: Int64(0), count: comparison.columns.count)
      let folded = comparison.rows.dropFirst(limit), last = folded.map(\.key).besides
      for row in folded.dropLast(last) {
        for (i, total) in row.totals.enumerated() { rest[i] = rest[i] &+ (total ?? 0) }
      }
      let more = folded.count - last
      relation.cut = Relation.Cut(
        limit, last: last,
        rest: more == 0 ? nil : Relation.Line([Span(Text("\(more) more", zh: "另有 \(more) 项"), .muted)], values(rest)))
    }
    if !others.isEmpty { relation.further = [Relation.Further([Span("Of the totals", zh: "合计说明", .muted)], others)] }
    relation.footer = Relation.Line(
      [Span(runs[0].documents.currency.heading("Total", zh: "合计"), .strong)],
      values(comparison.columns.map(\.budget.sum.total)),
      role: .strong)
    return relation
  }

  /// What a column has more than the first; nil where that is nothing.
  private static func change(_ totals: [Int64?], _ i: Int) -> Int64? {
    let change = (totals[i] ?? 0) &- (totals[0] ?? 0)
    return change == 0 ? nil : change
  }

  /// The figures of a line below the rows.
  private func values(_ totals: [Int64]) -> [String: Datum] {
    var values: [String: Datum] = [:]
    for (i, total) in totals.enumerated() {
      values["total_\(i)"] = .money(fen: total)
      if i > 0, hasChanges { values["change_\(i)"] = .change(ComparisonAnswer.change(totals, i)) }
    }
    return values
  }

  /// What the totals consist of, and what stands beside them.
  private var others: [Relation.Line] {
    let sums = comparison.columns.map(\.budget.sum)
    var against: [String: Datum] = [:]
    for column in comparison.columns.indices.dropFirst() {
      against["total_\(column)"] = .change(fen: comparison.difference(column))
    }
    func further(_ text: Text, _ figure: (Tally) -> Int64) -> Relation.Line? {
      guard sums.contains(where: { figure($0) != 0 }) else { return nil }
      return Relation.Line([Span(text, .muted)], values(sums.map { figure($0) }), role: .muted)
    }
    let hasDates = runs.contains { $0.ledger.settings.asOf != nil }
    return [
      // The differences of the totals against the first column, where they have no columns of their own.
      hasChanges
        ? nil
        : Relation.Line(
          [Span("against ", zh: "相对于 ", .muted), .data(comparison.columns[0].name, .name)], against),
      hasDates ? further(Text("of it due", zh: "其中应付")) { $0.due } : nil,
      hasDates ? further(Text("of it pending", zh: "其中未到期")) { $0.pending } : nil,
      further(Text("displaced, not in the total", zh: "就高不重复（不计入合计）")) { $0.displaced },
      further(Text("over quota, not in the total", zh: "超出名额（不计入合计）")) { $0.overQuota },
      further(Text("over a cap, not in the total", zh: "超出限额（不计入合计）")) { $0.overCap },
      further(Text("of it taken back", zh: "其中追回")) { $0.recovered },
      further(Text("below nought, not in the total", zh: "低于零（不计入合计）")) { $0.belowNought },
    ].compactMap { $0 }
  }

  private func datum(_ row: Comparison.Row) -> Datum {
    switch comparison.basis {
    case .dimension(.year), .dimension(.month): .date(row.key)
    case .dimension(.beneficiary), .dimension(.kind), .dimension(.measure), .dimension(.fund), .keys: .id(row.key)
    }
  }

  /// What people read instead of the key.
  private func label(_ row: Comparison.Row) -> [Span]? {
    guard case .dimension(let dimension) = comparison.basis else { return [Span(row.title ?? .same(row.key), .name)] }
    let names = GroupNames(dimension, runs)
    switch dimension {
    case .year, .month: return nil
    case .beneficiary: return [Span(runs[0].ledger.dataset.words(row.key), .name)]
    case .kind, .fund: return [Span(names.words(row.key), .name)]
    case .measure:
      let isOne = Set(runs.flatMap(\.documents).map(\.id)).count == 1
      let name = isOne ? String(row.key.split(separator: ".").last ?? "") : row.key
      let words = Text(name, zh: names.words(row.key).zh)
      guard let title = row.title else { return [Span(words, .name)] }
      // Chinese has short names, which all answers use; in English the title says what an id does not.
      return [Span(words, .name), Span(Text("  " + title.en, zh: ""), .muted)]
    }
  }

  /// A measure in a sentence: its title, in Chinese its short name, and the document where there are several.
  private func name(_ measure: CheckedMeasure) -> [Span] {
    let origin = measure.addedFrom ?? measure.document
    return [Span(Text(measure.title.en, zh: measure.words.zh)), Span(Text(" (\(origin))", zh: "（\(origin)）"), .muted)]
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
        .data(a, .name), Span(" by ", zh: "，相差 "), .money(fen: abs(difference)),
        Span(runs[0].documents.currency.behind()),
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
    line += .joined(
      changes.prefix(5).map {
        [Span(runs[0].ledger.dataset.words($0.beneficiary), .name), .data(" "), .change(fen: $0.difference)]
      })
    if changes.count > 5 { line.append(Span(", …", zh: "……")) }
    return line
  }
}
