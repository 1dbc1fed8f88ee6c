// `diff A, B`: the clauses that two programmes word differently, then who gains and who loses. `explain A vs B for
// ID`: the same for one subject, down to the conditions that decide otherwise.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// One clause that differs.
struct ClauseChange {
  /// `changle-2022.agency_reward`, a document, or nothing for what belongs to all.
  let owner: String
  let article: String
  let name: String
  /// Nil where there is none.
  let before: Text?
  let after: Text?
  /// The whole text of a measure that only one of the two has.
  var isMeasure = false
}

extension Session {
  func diff(_ a: Programme, _ b: Programme, _ command: Command) throws(Refusal) -> Answer {
    let runs = try both(a, b, command)
    let changes = ClauseChanges.between(runs.0, runs.1, library.places)
    let comparison = Comparison(
      [runs.0, runs.1].map { Comparison.Column(name: $0.programme, budget: Budget($0.ledger)) },
      by: command.dimension ?? .measure)
    let view = ComparisonView(comparison, runs: [runs.0, runs.1], places: library.places)
    var document = Document([
      .heading(level: 2, [.data("\(runs.0.programme) → \(runs.1.programme)", .title)])
    ])
    document.append(.lines(ClauseChanges.lines(changes)))
    document.append(view.document())
    evidence = Evidence([runs.0, runs.1], extra: "diff")
    let json: [JSONValue] = changes.map {
      [
        "clause": .string($0.owner.isEmpty ? $0.name : $0.owner + "." + $0.name), "article": .string($0.article),
        "before": $0.before.map { .string($0.en) } ?? .null, "after": $0.after.map { .string($0.en) } ?? .null,
      ]
    }
    var answer = Answer(
      document,
      json: [
        [
          "kind": "diff", "changes": .array(json),
          "comparison": ComparisonView.json(comparison, runs: [runs.0, runs.1]),
        ]
      ])
    answer.chart = .bars(
      BarChart(bars: [runs.0, runs.1].map { .init(.same($0.programme), .money(fen: Budget($0.ledger).sum.total)) }))
    return answer
  }

  /// Two programmes run alike: as enacted where they rest on the same documents, else as adopted.
  private func both(_ a: Programme, _ b: Programme, _ command: Command) throws(Refusal) -> (Run, Run) {
    func ids(_ programme: Programme) throws(Refusal) -> Set<String> {
      if let earlier = try result(programme) { return Set(earlier.evidence.parts.flatMap(\.documents).map(\.id)) }
      return Set(try resolve(programme).documents.map(\.id))
    }
    let mode: Mode = try ids(a) == ids(b) ? .enacted : .adopted
    return (
      try carryOutCompared(a, [a, b], command, default: mode), try carryOutCompared(b, [a, b], command, default: mode)
    )
  }

  func explainDifference(_ a: Programme, _ b: Programme, _ subject: Written?, _ command: Command) throws(Refusal)
    -> Answer
  {
    let (first, second) = try both(a, b, command)
    let id = try subject.map { name throws(Refusal) in try subjectID(name, in: first) }
    let changes = ClauseChanges.between(first, second, library.places)
    let difference = DifferenceOf(first, second, id)
    var document = Document([
      .heading(
        level: 2,
        [.data("\(first.programme) → \(second.programme)", .title)] + (id.map { [.data("  " + $0, .title)] } ?? []))
    ])
    document.append(.paragraph(difference.sentence))
    if !difference.rows.isEmpty { document.append(.table(difference.table)) }
    // What of the changes bears on the measures that differ.
    let touched = Set(difference.rows.map(\.measure.id))
    let bearing = changes.filter { change in
      touched.contains {
        $0 == change.owner || change.isMeasure
          ? $0 == change.owner + "." + change.name : change.owner.isEmpty || $0.hasPrefix(change.owner + ".")
      }
    }
    if !bearing.isEmpty {
      document.append(.paragraph(Text("The clauses that differ:", zh: "不同的条款：")))
      document.append(.lines(ClauseChanges.lines(bearing)))
    } else if difference.rows.isEmpty {
      document.append(.paragraph(Text("Nothing differs in what is paid.", zh: "所付金额没有差别。")))
    }
    // Where one side pays nothing, the conditions that fail there.
    if let id {
      for row in difference.rows where row.before == 0 || row.after == 0 {
        let silent = row.before == 0 ? first : second
        guard silent.documents.contains(where: { $0.id == row.measure.document }),
          let own = silent.ledger.measures.first(where: { $0.id == row.measure.id })
        else { continue }
        let accounts = Explainer(ledger: silent.ledger, scenario: silent.facts).explain(id) { $0.id == own.id }
        document.append(
          .paragraph([Span("Under ", zh: "按 ", .muted), .data(silent.programme, .name), Span(":", zh: "：", .muted)]))
        document.append(ExplanationView(id, accounts, run: silent, places: library.places).whyNot(own).document)
      }
    }
    evidence = Evidence([first, second], extra: "explain \(id ?? "")")
    let rows: [JSONValue] = difference.rows.map {
      [
        "measure": .string($0.measure.id), "before": .money(fen: $0.before), "after": .money(fen: $0.after),
        "change": .money(fen: $0.after - $0.before),
      ]
    }
    let clauses: [JSONValue] = bearing.map {
      [
        "clause": .string($0.owner.isEmpty ? $0.name : $0.owner + "." + $0.name),
        "before": $0.before.map { .string($0.en) } ?? .null, "after": $0.after.map { .string($0.en) } ?? .null,
      ]
    }
    return Answer(
      document,
      json: [
        [
          "kind": "difference", "programmes": .strings([first.programme, second.programme]),
          "subject": id.map { .string($0) } ?? .null, "measures": .array(rows), "clauses": .array(clauses),
        ]
      ])
  }
}

/// What two runs pay differently, for one subject or for all.
private struct DifferenceOf {
  struct Row {
    let measure: CheckedMeasure
    var before: Int64 = 0
    var after: Int64 = 0
    var countBefore = 0
    var countAfter = 0
  }

  let rows: [Row]
  private let names: (String, String)

  init(_ first: Session.Run, _ second: Session.Run, _ id: String?) {
    names = (first.programme, second.programme)
    var rows: [String: Row] = [:]
    var order: [String] = []
    func add(_ run: Session.Run, isFirst: Bool) {
      let ledger = run.ledger
      for block in ledger.blocks {
        let measure = ledger.measures[block.measure]
        var sum: Int64 = 0
        var count = 0
        for i in id.map({ ledger.rows(of: $0, in: block) }) ?? Array(0..<block.count) where block.standing(i) == .paid {
          sum = sum.addingReportingOverflow(block.amount(i)).partialValue
          count += 1
        }
        if rows[measure.id] == nil {
          rows[measure.id] = Row(measure: measure)
          order.append(measure.id)
        }
        if isFirst {
          rows[measure.id]?.before &+= sum
          rows[measure.id]?.countBefore += count
        } else {
          rows[measure.id]?.after &+= sum
          rows[measure.id]?.countAfter += count
        }
      }
    }
    add(first, isFirst: true)
    add(second, isFirst: false)
    self.rows = order.compactMap { rows[$0] }.filter { $0.before != $0.after || $0.countBefore != $0.countAfter }
      .sorted { ($0.after - $0.before).magnitude > ($1.after - $1.before).magnitude }
  }

  var sentence: [Span] {
    let change = rows.reduce(Int64(0)) { $0 &+ ($1.after - $1.before) }
    if change == 0 {
      return [
        .data(names.1, .name), Span(" pays as much as ", zh: " 与 "), .data(names.0, .name), Span(".", zh: " 所付相同。"),
      ]
    }
    return [
      .data(names.1, .name), change > 0 ? Span(" pays more than ", zh: " 多于 ") : Span(" pays less than ", zh: " 少于 "),
      .data(names.0, .name), Span(" by ", zh: "，相差 "), .money(fen: abs(change)), Span(" yuan.", zh: " 元。"),
    ]
  }

  var table: Table {
    Table(
      columns: [
        Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
        Table.Column(Text("Article", zh: "条款"), .left, .useful, key: "article"),
        Table.Column(.same(names.0), .right, .essential),
        Table.Column(Text("Payments", zh: "笔数"), .right, .incidental),
        Table.Column(.same(names.1), .right, .essential),
        Table.Column(Text("Payments", zh: "笔数"), .right, .incidental),
        Table.Column(Text("Change", zh: "差额"), .right, .important, key: "change"),
      ],
      rows: rows.map {
        Table.Row([
          .data($0.measure.name, .name), .data($0.measure.article, .article), .money(fen: $0.before),
          .integer(Int64($0.countBefore)),
          .money(fen: $0.after), .integer(Int64($0.countAfter)), .change(fen: $0.after - $0.before),
        ])
      })
  }
}

enum ClauseChanges {
  /// Every clause and setting by which two runs differ.
  static func between(_ a: Session.Run, _ b: Session.Run, _ places: Gazetteer) -> [ClauseChange] {
    var out: [ClauseChange] = []
    for document in a.documents where !b.documents.contains(where: { $0.id == document.id }) {
      out.append(
        ClauseChange(owner: "", article: document.number, name: document.id, before: document.title, after: nil))
    }
    for document in b.documents where !a.documents.contains(where: { $0.id == document.id }) {
      out.append(
        ClauseChange(owner: "", article: document.number, name: document.id, before: nil, after: document.title))
    }
    for old in a.documents {
      guard let new = b.documents.first(where: { $0.id == old.id }) else { continue }
      let (x, y) = (DocumentView.window(old.window), DocumentView.window(new.window))
      if x != y { out.append(ClauseChange(owner: old.id, article: "", name: "window", before: x, after: y)) }
      out += parameters(old.parameters, new.parameters, "", a, b, places, owner: old.id)
      out += readings(old.readings, new.readings, a, b, owner: old.id, article: "", measure: "", document: old.id)
      for measure in old.measures {
        // A measure that others refer to is left out by letting nobody fit it.
        guard let other = new.measures.first(where: { $0.id == measure.id }), !isLeftOut(other) || isLeftOut(measure)
        else {
          out.append(
            ClauseChange(
              owner: old.id, article: measure.article, name: measure.name, before: .same(measure.source), after: nil,
              isMeasure: true))
          continue
        }
        out += parameters(measure.parameters, other.parameters, measure.article, a, b, places, owner: measure.id)
        out += readings(
          measure.readings, other.readings, a, b, owner: measure.id, article: measure.article, measure: measure.id,
          document: old.id)
        out += readings(
          Reading.global, Reading.global, a, b, owner: measure.id, article: measure.article, measure: measure.id,
          document: old.id, onlyOwn: true)
      }
      for measure in new.measures
      where !isLeftOut(measure) && !old.measures.contains(where: { $0.id == measure.id && !isLeftOut($0) }) {
        out.append(
          ClauseChange(
            owner: new.id, article: measure.article, name: measure.name, before: nil, after: .same(measure.source),
            isMeasure: true))
      }
    }
    out += readings(Reading.global, Reading.global, a, b, owner: "", article: "", measure: "", document: "")
    var values: [String: ReferenceValue] = [:]
    for document in a.documents + b.documents { for value in document.values { values[value.name] = value } }
    for name in values.keys.sorted() {
      guard let value = values[name] else { continue }
      func text(_ run: Session.Run) -> Text? {
        run.ledger.settings.values[name].map { ValueText.text($0, value.type, places: places) }
      }
      let (x, y) = (text(a), text(b))
      if x != y { out.append(ClauseChange(owner: "", article: "", name: name, before: x, after: y)) }
    }
    let (x, y) = (a.ledger.settings, b.ledger.settings)
    if x.mode != y.mode {
      out.append(ClauseChange(owner: "", article: "", name: "mode", before: x.mode.title, after: y.mode.title))
    }
    if x.asOf != y.asOf {
      out.append(
        ClauseChange(
          owner: "", article: "", name: "as_of", before: x.asOf.map { .same($0.text) },
          after: y.asOf.map { .same($0.text) }))
    }
    return out
  }

  private static func isLeftOut(_ measure: CheckedMeasure) -> Bool { measure.source.contains(DraftText.fitsNobody) }

  private static func parameters(
    _ old: [Parameter], _ new: [Parameter], _ article: String, _ a: Session.Run, _ b: Session.Run, _ places: Gazetteer,
    owner: String
  ) -> [ClauseChange] {
    func text(_ p: Parameter, _ run: Session.Run) -> Text? {
      (run.ledger.settings.parameters[p.id] ?? p.value).map { ValueText.text($0, p.type, places: places) }
        ?? p.byReference.map { .same($0) }
    }
    var out: [ClauseChange] = []
    for p in old {
      let before = text(p, a)
      let after = new.first { $0.id == p.id }.flatMap { text($0, b) }
      if before != after {
        out.append(ClauseChange(owner: owner, article: article, name: p.name, before: before, after: after))
      }
    }
    for p in new where !old.contains(where: { $0.id == p.id }) {
      out.append(ClauseChange(owner: owner, article: article, name: p.name, before: nil, after: text(p, b)))
    }
    return out
  }

  private static func readings(
    _ old: [Reading], _ new: [Reading], _ a: Session.Run, _ b: Session.Run, owner: String, article: String,
    measure: String, document: String,
    onlyOwn: Bool = false
  ) -> [ClauseChange] {
    old.compactMap { reading in
      guard let other = new.first(where: { $0.id == reading.id }) else { return nil }
      func choice(_ r: Reading, _ run: Session.Run) -> Reading.Choice {
        let settings = run.ledger.settings
        guard let of = run.ledger.measures.first(where: { $0.id == measure }) else {
          return r.choices[settings.choice(of: r, document: document)]
        }
        if onlyOwn, settings.readings[measure + "." + r.name] == nil {
          return r.choices[settings.choice(of: r, document: "")]
        }
        return r.choices[settings.choice(of: r, for: of)]
      }
      let (x, y) = (choice(reading, a), choice(other, b))
      if x.name == y.name { return nil }
      if onlyOwn, a.ledger.settings.readings[measure + "." + reading.name] == nil,
        b.ledger.settings.readings[measure + "." + reading.name] == nil
      {
        return nil
      }
      func text(_ c: Reading.Choice) -> Text { Text("\(c.name) — \(c.meaning.en)", zh: "\(c.name) — \(c.meaning.zh)") }
      return ClauseChange(owner: owner, article: article, name: reading.name, before: text(x), after: text(y))
    }
  }

  /// As text, old lines marked with a minus and new ones with a plus.
  static func lines(_ changes: [ClauseChange]) -> [[Span]] {
    guard !changes.isEmpty else { return [[Span("No clause differs.", zh: "条款没有不同。", .muted)]] }
    var out: [[Span]] = []
    var owner: String?
    for change in changes {
      if owner != change.owner {
        owner = change.owner
        if !change.owner.isEmpty { out.append([.data(change.owner, .name), .data("  " + change.article, .article)]) }
      }
      if change.isMeasure {
        let source = (change.before ?? change.after)?.en ?? ""
        let mark = change.before == nil ? "+ " : "- "
        for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
          out.append([.data("  " + mark + line, change.before == nil ? .good : .bad)])
        }
        continue
      }
      if let before = change.before { out.append([.data("  - \(change.name) = ", .bad), Span(before, .bad)]) }
      if let after = change.after { out.append([.data("  + \(change.name) = ", .good), Span(after, .good)]) }
      if change.before == nil, change.after == nil { out.append([.data("  \(change.name)")]) }
    }
    return out
  }
}
