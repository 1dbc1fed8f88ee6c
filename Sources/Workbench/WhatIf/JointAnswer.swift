// The best combination of several figures, what each could be besides, and the frontier: what more of the one costs of
// the other.

import Answers
import Commands
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct JointAnswer: Sendable {
  private let found: JointSearch.Found
  private let axes: [JointFind.Axis]
  private let aim: JointAim
  private let counted: Text
  private let goal: String
  /// The same for people.
  private let told: (goal: Text, wanted: Text)
  private let wanted: String
  private let inquiry: Inquiry
  private let records: Int64
  private let places: Gazetteer
  private let rows: [Row]
  private let best: JointSearch.Point?
  private let frontier: [JointSearch.Point]
  /// The combinations at which nothing can be costed.
  private let uncosted: Uncosted
  /// What Chinese lines call the figures, by their ids.
  private let names: [String: String]

  /// A figure of the best combination.
  private struct Row: Sendable {
    let varied: Varied
    let value: Int64
    /// The values that would do as well, the others being as they are.
    let room: JointFind.Room
    let now: Int64?

    /// Whether other values do as well.
    var hasRoom: Bool { room.around.count > 1 || !room.others.isEmpty }
  }

  init(_ find: JointFind, _ found: JointSearch.Found, rooms: [JointFind.Room], records: Int64, places: Gazetteer) {
    self.found = found
    (axes, aim, counted, inquiry) = (find.axes, find.aim, find.counted, find.inquiry)
    goal = find.request.goal.map(\.raw).joined(separator: " ")
    wanted = find.request.aim?.what.raw ?? find.counted.en
    let words = GoalWords(find.inquiry)
    told = (words.text(find.request.goal), find.request.aim.map { words.text([$0.what]) } ?? find.counted)
    self.records = records
    self.places = places
    best = found.best(aim, near: find.now)
    frontier = found.frontier(aim, near: find.now)
    uncosted = found.isCancelled ? Uncosted() : find.uncosted(found)
    let base = find.inquiry.base
    names = Dictionary(
      find.axes.map { ($0.varied.id, find.session.typedInChinese($0.varied.target)) }, uniquingKeysWith: { $1 })
    rows =
      best.map { best in
        find.axes.indices.map { i in
          let varied = find.axes[i].varied
          return Row(varied: varied, value: best.values[i], room: rooms[i], now: varied.current(base))
        }
      } ?? []
  }

  var answer: Answer {
    var body = AnswerBody(blocks: [.heading(level: 2, title), InquiryHead(inquiry, places: places).block])
    for cut in axes.compactMap(\.cut) { body.append(.note(.note, [Span(cut)])) }
    body.append(.paragraph(sentence))
    if !rows.isEmpty { body.append(figures) }
    if rows.count(where: \.hasRoom) > 1 { body.append(.paragraph([Span(oneAtATime)])) }
    if !rows.allSatisfy(\.room.isExact) {
      body.append(
        .paragraph([
          Span(
            "More values may do as well than are shown: not all were looked at.", zh: "同样可行的值可能不止所列：未能全部考察。", .warning)
        ]))
    }
    for note in uncosted.notes { body.append(note) }
    body.append(.paragraph(searched))
    if !rows.isEmpty { body.append(.paragraph(taking)) }
    if frontier.count > 1 {
      body.append(.paragraph([Span(frontierTitle, .strong)]))
      body.append(steps)
    }
    if let chart { body.append(.chart(chart)) }
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var currency: Currency { inquiry.documents.currency }

  private var isMost: Bool {
    switch aim {
    case .count(let most, _, _), .amount(let most, _, _): most
    }
  }

  /// How the goal is to stand to which figure.
  private var condition: (sign: String, chinese: String, figure: Text) {
    let (comparison, figure): (GoalComparison, Text) =
      switch aim {
      case .count(_, let comparison, let fen): (comparison, .same(Figures.money(fen: fen)))
      case .amount(_, let comparison, let count): (comparison, .same(Decimals.grouped(String(count))))
      }
    return (comparison.rawValue, SolutionAnswer.saying(comparison), figure)
  }

  private var title: [Span] {
    let names = Text(
      axes.map(\.varied.target.label.en).joined(separator: ", "),
      zh: axes.map(\.varied.target.label.zh).joined(separator: "、"))
    let (sign, chinese, figure) = condition
    return [
      Span(names, .title), Span(" so that ", zh: "，使 ", .title),
      Span(
        Text(
          "\(told.goal.en) \(sign) \(figure.en) with \(isMost ? "most" : "fewest") \(told.wanted.en)",
          zh: "\(told.goal.zh)\(chinese) \(figure.zh)，且\(told.wanted.zh)\(isMost ? "最多" : "最少")"), .title),
    ]
  }

  private var sentence: [Span] {
    guard let best else {
      return [
        found.isExact
          ? uncosted.isEmpty
            ? Span("No combination does.", zh: "没有可行的组合。")
            : Span("No combination that can be costed does.", zh: "能够测算的组合均不可行。")
          : Span("No combination that was tried does.", zh: "试过的组合均不可行。")
      ]
    }
    return [
      found.isExact
        ? Span("The best there is: ", zh: "最优：") : Span("The best that was found: ", zh: "已找到的最优：", .warning),
      Span(Text("\(counted.en) ", zh: counted.zh + " ")), .data(Decimals.grouped(String(best.count)), .number),
      Span(", at ", zh: "，金额 "), .money(fen: best.amount), Span(currency.behind(".", zh: "。")),
    ]
  }

  /// That the ranges beside the values do not hold together.
  private var oneAtATime: Text {
    Text(
      "Each of these ranges holds while the other figures have the values shown; several of them changed at once "
        + "may not "
        + "do.",
      zh: "各参数的可行范围均以其余参数取上列之值为前提；同时变动几项，不一定可行。")
  }

  /// How far anybody can trust it.
  private var searched: [Span] {
    let runs = Span(Text("\(found.runs) combinations were run", zh: "测算组合 \(found.runs) 个"), .muted)
    if found.isExact {
      if !uncosted.isEmpty {
        let all = Text(
          "; every combination within the ranges that can be costed is accounted for.", zh: "；范围内能够测算的组合都已涵盖。")
        return [runs, Span(all, .muted)]
      }
      let all = Span("; every combination of values within the ranges is accounted for.", zh: "；范围内的每一种组合都已涵盖。", .muted)
      return [runs, all]
    }
    let why =
      found.isCancelled
      ? Text("; stopped before the end: not exact.", zh: "；提前停止，结果并非精确。")
      : Text("; too many steps for all to be looked at: not exact.", zh: "；台阶过多，未能全部考察，结果并非精确。")
    guard case .count(true, _, _) = aim else { return [runs, Span(why, .warning)] }
    let bound = Decimals.grouped(String(records))
    return [
      runs, Span(why, .warning),
      Span(
        Text(" No combination can count more than \(bound), all records there are.", zh: "任何组合都不会超过全部记录数 \(bound)。"),
        .muted),
    ]
  }

  private var taking: [Span] {
    TakingLines(
      rows.map { TakingLines.Figure($0.varied, typed($0), name: names[$0.varied.id] ?? $0.varied.id) }, of: inquiry
    ).spans
  }

  private func typed(_ row: Row) -> Text {
    switch row.varied.what {
    case .figure(_, let type):
      Text(
        ValueText.typed(row.value, type, places: places).replacing(",", with: ""),
        zh: ValueText.text(row.value, type, places: places).zh.replacing(",", with: ""))
    case .reading(let reading, _):
      Text(reading.choices[Int(row.value)].name, zh: reading.choices[Int(row.value)].words.zh)
    case .assumption: Invariant.broken("assumptions-are-not-sought: a search is for figures and readings.")
    }
  }

  // MARK: Lists

  /// No more stretches that do as well are told beside a figure.
  private static let mostStretches = 12

  private var figures: Relation {
    let places = places
    func value(
      _ key: String, _ title: Text, _ importance: Table.Importance?, _ of: @escaping @Sendable (Row) -> Int64?
    ) -> AnswerColumn<Row> {
      .mixed(key, title, importance) { row in of(row).map { row.varied.datum($0) } ?? .none }
        .shown { row in of(row).map { [Span(row.varied.text($0, places))] } }.aligned(.right)
    }
    var columns: [AnswerColumn<Row>] = [
      .id("name", Text("Figure", zh: "参数"), .essential) { $0.varied.id }.shown {
        [Span($0.varied.target.label, .name)]
      },
      value("value", Text("Value", zh: "取值"), .essential) { $0.value },
      value("from", Text("as well from", zh: "同样可行：从"), .important) { $0.room.around.lowerBound },
      value("to", Text("to", zh: "到"), .important) { $0.room.around.upperBound },
    ]
    if !rows.allSatisfy(\.room.others.isEmpty) { columns.append(also) }
    columns.append(value("now", Text("Now", zh: "现行"), .useful) { $0.now })
    return Relation(of: rows, columns)
  }

  /// What does as well apart from the stretch in which the value lies.
  private var also: AnswerColumn<Row> {
    let places = places
    return .words("also", Text("and", zh: "另有"), .important) { row in
      let stretches = row.room.others.prefix(Self.mostStretches).map { stretch -> Text in
        let from = row.varied.text(stretch.lowerBound, places), to = row.varied.text(stretch.upperBound, places)
        return stretch.count == 1 ? from : Text("\(from.en) to \(to.en)", zh: "\(from.zh)至\(to.zh)")
      }
      if stretches.isEmpty { return nil }
      let (en, zh) = row.room.others.count > Self.mostStretches ? (", …", "……") : ("", "")
      return Text(
        stretches.map(\.en).joined(separator: ", ") + en, zh: stretches.map(\.zh).joined(separator: "、") + zh)
    }
  }

  private var frontierTitle: Text {
    if !found.isExact {
      return Text(
        "What it takes, of what was run: nothing there comes to \(aim.isForMany ? "more" : "fewer") for the same money",
        zh: "费用前沿（仅就已测算的组合）：其中同样金额下没有\(aim.isForMany ? "更多" : "更少")的组合")
    }
    return Text(
      "What it takes: nothing else comes to \(aim.isForMany ? "more" : "fewer") for the same money",
      zh: "费用前沿：同样金额下没有\(aim.isForMany ? "更多" : "更少")的组合")
  }

  private var steps: Relation {
    let places = places
    var columns: [AnswerColumn<JointSearch.Point>] = axes.enumerated().map { i, axis in
      .mixed("value_\(i)", axis.varied.target.words, .essential) { axis.varied.datum($0.values[i]) }
        .shown { [Span(axis.varied.text($0.values[i], places))] }.aligned(.right).headedByTitle()
    }
    columns.append(.count("count", counted, .essential) { $0.count })
    columns.append(.money("total", currency.heading("Total", zh: "合计"), .essential) { $0.amount })
    let best = best
    return Relation(of: frontier, role: { $0 == best ? .strong : nil }, columns)
  }

  private var chart: Chart? {
    guard frontier.count > 1 else { return nil }
    let points = frontier.map { LineChart.Point(.money(fen: $0.amount), .integer($0.count)) }
    return .lines(
      LineChart(
        title: Text("\(counted.en) against cost", zh: "\(counted.zh)与费用"),
        xTitle: currency.heading("Total", zh: "合计"), yTitle: counted, series: [.init(counted, points: points)]))
  }

  private var record: Record {
    var record = Record(
      kind: "optimum",
      [
        "programme": .ids(inquiry.programme.names), "goal": .id(goal), "comparison": .id(condition.sign),
        "aim": .id(isMost ? "most" : "fewest"), "of": .id(wanted), "counted": .id(counted.en),
        "found": .flag(best != nil), "figures": .rows(figures),
      ])
    switch aim {
    case .count(_, _, let fen): record.add("target", .money(fen: fen))
    case .amount(_, _, let count): record.add("target", .count(count))
    }
    if let best { record.add(["count": .count(best.count), "total": .money(fen: best.amount)]) }
    if !rows.isEmpty { record.add("ranges_exact", .flag(rows.allSatisfy(\.room.isExact))) }
    record.add([
      "frontier": .rows(steps), "exact": .flag(found.isExact), "partial": .flag(found.isCancelled),
      "runs": .count(found.runs), "most_possible": .count(found.isExact ? best?.count ?? 0 : records),
    ])
    if !uncosted.isEmpty { record.add("uncosted", uncosted.datum) }
    return record
  }
}
