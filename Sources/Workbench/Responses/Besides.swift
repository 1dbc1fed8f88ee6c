// The figures with what is assumed of how people respond, beside the static ones: by measure with what each assumption
// does to it, and the whole answer once more as it is then. Knows nothing of what the question is.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Which figures stand beside the static ones.
enum Besides {
  /// It is about records as they stand.
  case nothing
  /// What the programme comes to, by measure and assumption.
  case total
  /// The whole answer.
  case answer
  /// Both.
  case both
}

/// A programme with what is assumed of those whom it is about.
struct Responding: Sendable {
  let programme: String
  let currency: Currency
  let assumptions: [Assumption]
  /// Their effect together, split over them.
  let split: Attribution
  /// The same by measure, of those that any of them touches.
  let groups: [String: AttributedGroups.Group]
  /// Every measure that pays something either way, in the order of the programme, with what it comes to as the facts
  /// stand (fen).
  let measures: [(measure: CheckedMeasure, stated: Int64)]
  let stated: Int64
  let brought: [(who: Text, Crowd.Brought)]
  /// What is said of what ties records together that come more or less often.
  let tied: [Text]
  /// Those whose figure stands where they respond from.
  let unmoved: [Assumption]

  var responding: Int64 { Amounts.add(stated, split.effect) }

  /// The word with which Chinese counts what somebody is brought to; empty where the thresholds are counted otherwise
  /// each.
  var unit: String {
    let words = Set(assumptions.compactMap { if case .bunching = $0.what { BroughtTo.counted($0.label) } else { nil } })
    return words.count == 1 ? words.first ?? "" : ""
  }

  /// How many orders were drawn, where there are too many assumptions for all of them.
  var sampled: (orders: Int, seed: UInt64)? {
    if case .sampled(let orders, _, let seed) = split.method { (orders, seed) } else { nil }
  }
}

extension Desk {
  /// An answer with the figures beside it of everybody who is assumed to respond; as it is where nothing is.
  func beside(_ answer: Answer, _ command: Command) throws(Refusal) -> Answer {
    let besides = command.performable.besides(command)
    guard let evidence, besides != .nothing, !isResponding else { return answer }
    return try BesideQuestion(session: self, command: command, besides: besides).beside(answer, evidence)
  }
}

/// An estimate, asked once more of everybody who responds.
private struct BesideQuestion {
  let session: Desk
  let command: Command
  let besides: Besides

  /// The programmes of an answer about whom anything is assumed, each with what that does.
  private func responding(_ evidence: Evidence) throws(Refusal) -> [Responding] {
    var all: [Responding] = []
    for part in evidence.parts {
      let name = part.names.joined(separator: " + ")
      let inForce = SettingsInForce(part.scenario, part.settings, part.documents).assumptions
      guard !inForce.isEmpty, !all.contains(where: { $0.programme == name }) else { continue }
      var full = part.runSettings
      for setting in inForce.settings { full.apply(setting) }
      all.append(try responding(name, part, full))
    }
    return all
  }

  private func responding(
    _ name: String, _ part: Evidence.Part, _ full: RunSettings
  ) throws(Refusal) -> Responding {
    let assumptions = full.assumptions
    guard assumptions.count <= Attribution.most else {
      throw AssumeMistake.tooMany(assumptions.count).refusal(at: nil)
    }
    var groups = AttributedGroups()
    var totals: [String: Int64] = [:]
    var refusal: [Diagnostic] = []
    let split = Attribution(count: assumptions.count) { set in
      var settings = full
      settings.assumptions = assumptions.indices.filter { set & (1 << UInt64($0)) != 0 }.map { assumptions[$0] }
      let ledger = session.ledger(part.documents, part.scenario, settings)
      if session.isCancelled() { return nil }
      let errors = ledger.diagnostics.filter { $0.severity == .error }
      guard errors.isEmpty else {
        refusal = errors
        return nil
      }
      let budget = Budget(ledger)
      groups.add(set, Breakdown(budget, by: .measure))
      for line in budget.lines {
        let id = budget.measure(line).id
        totals[id] = set == 0 ? line.tally.total : totals[id] ?? 0
      }
      return budget.sum.total
    }
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    guard let split else { throw Refusal(refusal) }
    let stated = session.memorised(part.scenario, full).0
    let crowd = Crowd(stated, part.documents, full, control: session.control)
    return Responding(
      programme: name, currency: part.documents.currency, assumptions: assumptions, split: split,
      groups: Dictionary(
        uniqueKeysWithValues: groups.groups(of: assumptions.count, orders: 200, seed: 1, whole: split).map {
          ($0.key, $0)
        }),
      measures: part.documents.flatMap(\.measures).compactMap { measure in
        totals[measure.id].map { (measure, $0) }
      },
      stated: totals.values.reduce(0) { Amounts.add($0, $1) },
      brought: crowd.brought.map { (stated.dataset.words($0.subject), $0) },
      tied: crowd.tied(stated).notes,
      unmoved: assumptions.filter { one in
        guard case .response(let response) = one.what else { return false }
        return response.figure.current(full, part.documents) == response.base
      })
  }

  /// The answer with what stands beside it.
  func beside(_ answer: Answer, _ evidence: Evidence) throws(Refusal) -> Answer {
    let all = try responding(evidence)
    guard !all.isEmpty else { return answer }
    var answer = answer
    let told = BesideAnswer(all)
    let twin = try twin()
    // What a projection or a search comes to is not what the programme does.
    let subtitle = besides == .answer ? Text("static, without what is assumed", zh: "静态，不含假设") : told.subtitle
    if let chart = answer.chart {
      answer.chart = chart.with(subtitle: subtitle)
      answer.body = answer.body.replacingCharts { $0.with(subtitle: $0.subtitle ?? subtitle) }
    }
    var body = AnswerBody()
    var record = Record([:])
    if besides != .answer {
      body.append(told.body)
      record = told.record
    }
    if besides != .total {
      body.append(BesideAnswer.heading)
      body.append(twin.body.replacingCharts { $0.with(subtitle: Text("with what is assumed", zh: "含假设")) })
    }
    if let own = twin.records.first { record.add("answer", .record(own)) }
    answer.body.append(body)
    answer.further.append(Record.Member("responding", .record(record)))
    answer.twin = Answer.Twin(
      title: Text("Figures", zh: "数字"), own: Text("static", zh: "静态"), others: Text("responding", zh: "含假设"),
      answer: { twin })
    if let book = answer.book {
      let parts = BesideAnswer.parts(of: body)
      answer.book = {
        var whole = book()
        whole.sheets.append(AnswerBook.Sheet(Text("With responses", zh: "含假设"), parts))
        return whole
      }
    }
    return answer
  }

  /// The same question asked of everybody who responds; the session is as it was.
  private func twin() throws(Refusal) -> Answer {
    let kept = (session.evidence, session.last, session.recent, session.grounds)
    session.isResponding = true
    defer {
      session.isResponding = false
      (session.evidence, session.last, session.recent, session.grounds) = kept
    }
    return try command.performable.perform(in: session, command)
  }
}

/// What the programmes of an answer come to when people respond, in a list.
private struct BesideAnswer: Sendable {
  private struct Row: Sendable {
    let programme: Responding
    /// Nil: the whole programme.
    let measure: CheckedMeasure?
    let stated: Int64
    /// Nil: nothing that is assumed touches it.
    let split: Attribution?

    init(_ programme: Responding) {
      self.programme = programme
      measure = nil
      (stated, split) = (programme.stated, programme.split)
    }

    init(_ programme: Responding, _ measure: CheckedMeasure, stated: Int64) {
      (self.programme, self.measure, self.stated) = (programme, measure, stated)
      split = programme.groups[measure.id]?.split
    }

    var id: String { measure?.id ?? programme.programme }
    var title: Text { measure?.label ?? .same(programme.programme) }
    var responding: Int64 { split.map { Amounts.add(stated, $0.effect) } ?? stated }

    /// What an assumption does here; nil where it is none of the programme's.
    func part(_ id: String) -> Int64? {
      programme.assumptions.firstIndex { $0.id == id }.map { split?.parts[$0].fen ?? 0 }
    }
  }

  private let all: [Responding]

  init(_ all: [Responding]) { self.all = all }

  static var heading: Block {
    .heading(level: 3, [Span("With what is assumed", zh: "含假设的结果", .title)])
  }

  /// Several programmes are told by their totals, one by its measures.
  private var rows: [Row] {
    guard all.count == 1 else { return all.map { Row($0) } }
    return all[0].measures.map { Row(all[0], $0.measure, stated: $0.stated) }
  }

  private var assumptions: [Assumption] {
    var found: [Assumption] = []
    for one in all.flatMap(\.assumptions) where !found.contains(where: { $0.id == one.id }) { found.append(one) }
    return found
  }

  private var relation: Relation {
    let currency = all[0].currency
    var columns: [AnswerColumn<Row>] = [
      all.count == 1
        ? .id("measure", Text("Measure", zh: "措施"), .essential) { $0.id }.shown { [Span($0.title, .name)] }
        : .id("programme", Text("Programme", zh: "方案"), .essential) { $0.id }.role(.name),
      .money("static", Text("Static", zh: "静态"), .essential) { $0.stated },
    ]
    for (i, one) in assumptions.enumerated() {
      columns.append(.change("assumption_\(i + 1)", one.label, .important) { $0.part(one.id) })
    }
    columns.append(.money("responding", currency.heading("With responses", zh: "含假设"), .essential) { $0.responding })
    var relation = Relation(title: Text("How people respond", zh: "人员的反应"), of: rows, columns)
    if all.count == 1 {
      let whole = Row(all[0])
      var values: [String: Datum] = ["static": .money(fen: whole.stated), "responding": .money(fen: whole.responding)]
      for (i, one) in assumptions.enumerated() {
        if let part = whole.part(one.id) { values["assumption_\(i + 1)"] = .change(fen: part) }
      }
      relation.footer = Relation.Line([Span(Text("Total", zh: "合计"), .strong)], values, role: .strong)
    }
    return relation
  }

  private var list: Relation {
    Relation(
      of: assumptions,
      [
        .id("assumption", Text("Assumption", zh: "假设"), .essential) { $0.id }.shown { [Span($0.label, .name)] },
        .words("value", Text("Value", zh: "取值"), .essential) { $0.text($0.number) }.role(.number),
      ])
  }

  var body: AnswerBody {
    var body = AnswerBody()
    body.append(.paragraph(sentence))
    body.append(list)
    body.append(relation)
    for note in notes { body.append(.note(.note, [Span(note)])) }
    return body
  }

  private var sentence: [Span] {
    guard all.count == 1 else {
      return [Span("The figures above are static; with what is assumed:", zh: "以上为静态数字；含假设为：")]
    }
    let one = all[0]
    return [
      Span("The figures above are static: ", zh: "以上为静态数字："), .money(fen: one.stated),
      Span("; with what is assumed ", zh: "；含假设为 "), .money(fen: one.responding),
      Span(one.currency.behind(".", zh: "。")),
    ]
  }

  private var notes: [Text] {
    var notes: [Text] = []
    if let (orders, seed) = all.lazy.compactMap(\.sampled).first {
      notes.append(
        Text(
          "What each assumption does is the average over \(orders) orders drawn with seed \(seed); the parts add up.",
          zh: "各项假设的影响为抽取的 \(orders) 种顺序下的平均值（种子 \(seed)），相加等于总影响。"))
    } else if assumptions.count > 1 {
      notes.append(
        Text(
          "What each assumption does is the average over all orders of making them; the parts add up.",
          zh: "各项假设的影响为所有先后顺序下的平均值，相加等于总影响。"))
    }
    for one in all.flatMap(\.unmoved) {
      notes.append(
        Text(
          "\(one.label.en): the figure is where they respond from, so nobody does.",
          zh: "\(one.label.zh)：数值未变，没有反应。"))
    }
    for note in all.flatMap(\.tied) where !notes.contains(note) { notes.append(note) }
    for programme in all {
      let unit = programme.unit.isEmpty ? "" : " " + programme.unit
      for (who, one) in programme.brought {
        let (from, to) = ("\(one.from)\(unit)", "\(one.to)\(unit)")
        notes.append(
          one.added > 0
            ? Text(
              "\(who.en) is brought from \(one.from) to \(one.to).",
              zh: "\(who.zh) 由 \(from)\(unit.isEmpty ? " " : "")补足至 \(to)。")
            : Text(
              "\(who.en) stands at \(one.from) of \(one.to), and has no record that could come again.",
              zh: "\(who.zh) 为 \(from)，差至 \(to)，没有可补足的记录。"))
      }
    }
    return notes
  }

  /// Under a chart, whose figures are static.
  var subtitle: Text {
    let parts: [Text] = all.map { one in
      let names = one.assumptions.map {
        ("\($0.label.en) \($0.text($0.number).en)", "\($0.label.zh) \($0.text($0.number).zh)")
      }
      let sum = Figures.money(fen: one.responding)
      let (prefix, zhPrefix) = all.count > 1 ? ("\(one.programme): ", "\(one.programme)：") : ("", "")
      return Text(
        "\(prefix)\(sum) with \(names.map(\.0).joined(separator: ", "))",
        zh: "\(zhPrefix)含假设（\(names.map(\.1).joined(separator: "、"))）为 \(sum)")
    }
    return Text(
      "static; \(parts.map(\.en).joined(separator: "; "))", zh: "静态；\(parts.map(\.zh).joined(separator: "；"))")
  }

  var record: Record {
    var record = Record([:])
    if all.count == 1 {
      record.add([
        "static": .money(fen: all[0].stated), "responding": .money(fen: all[0].responding),
        "effect": .change(fen: all[0].split.effect),
      ])
    }
    record.add(["assumptions": .rows(list), "rows": .rows(relation)])
    return record
  }

  /// The parts of an answer as those of a sheet.
  static func parts(of body: AnswerBody) -> [AnswerBook.Part] {
    body.parts.enumerated().map { number, part in
      switch part {
      case .relation(let relation): .list(BookList("responding \(number)", relation))
      case .block(.chart(let chart)): .chart(chart)
      case .block(let block): .block(block)
      }
    }
  }
}
