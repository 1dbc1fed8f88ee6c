// `sensitivity`: what each parameter, value and reading moves, as a tornado.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

extension Session {
  func sensitivity(_ programme: Programme?, _ change: Written?, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try inquiry(programme, command)
    var share = Share.unit / 10
    if let change {
      let text = change.text.hasPrefix("±") ? String(change.text.dropFirst()) : change.text
      guard let read = try? ValueText.read(text, as: .share, places: library.places), read > 0, read <= 10 * Share.unit
      else {
        throw Refusal(.whatIf(.notAShare(change.raw)), at: change.location)
      }
      share = read
    }
    let run = try baseRun(inquiry)
    let total = Goal().amount(run.ledger)
    var inputs: [Varied] = []
    var seen: Set<String> = []
    for document in inquiry.documents {
      let parameters = document.parameters + document.measures.filter { $0.form == .measure }.flatMap(\.parameters)
      inputs += parameters.compactMap { Varied(.parameter($0)) }
      for value in document.values where seen.insert(value.name).inserted {
        if let v = Varied(.value(value)) { inputs.append(v) }
      }
    }
    var entries: [(input: Varied, entry: FigureEffect)] = []
    var without: [String] = []
    var isPartial = false
    for (i, input) in inputs.enumerated() {
      if isCancelled() {
        isPartial = true
        break
      }
      progress?(Double(i) / Double(max(inputs.count, 1)))
      guard case .figure(let watched, let type) = input.what else { continue }
      guard let now = input.current(inquiry.base) else {
        without.append(input.id)
        continue
      }
      switch type {
      case .money, .moneyPerMonth, .number, .months, .days, .share, .date: break
      default: continue
      }
      let bounds = input.bounds
      let (low, high) = Sensitivity.ends(now, change: share, type: type, atLeast: bounds.atLeast, atMost: bounds.atMost)
      func at(_ raw: Int64) -> Int64? {
        raw == now ? total : budgetLedger(inquiry, watched.set(raw, in: inquiry.base)).map { Goal().amount($0) }
      }
      entries.append(
        (
          input,
          FigureEffect(
            watched: watched, type: type, now: now, low: low, high: high, atLow: at(low), atHigh: at(high))
        ))
    }
    let base = inquiry.base
    let readings =
      isPartial
      ? nil
      : ReadingReport.make(
        inquiry.documents, settings: base,
        run: { changes in
          if changes.isEmpty { return run.ledger }
          var settings = base
          settings.readings.merge(changes) { $1 }
          return self.ledger(inquiry.documents, inquiry.scenario, settings)
        }, isCancelled: isCancelled, combines: false)
    entries.sort { a, b in
      let (x, y) = (a.entry.spread(total), b.entry.spread(total))
      return x != y ? x > y : a.input.id < b.input.id
    }
    evidence = Evidence([inquiry], extra: "sensitivity \(share)")
    let view = SensitivityView(
      entries: entries, readings: readings, without: without, total: total, share: share, inquiry: inquiry,
      isPartial: isPartial || (readings?.isPartial ?? false) && isCancelled(), places: library.places)
    var answer = Answer(view.document(), json: [view.json()])
    answer.chart = view.chart
    return answer
  }
}

struct SensitivityView {
  let entries: [(input: Varied, entry: FigureEffect)]
  let readings: ReadingReport?
  let without: [String]
  let total: Int64
  let share: Int64
  let inquiry: Inquiry
  let isPartial: Bool
  let places: Gazetteer

  private var moving: [(input: Varied, entry: FigureEffect)] { entries.filter { $0.entry.shape(total) != .flat } }

  func document() -> Document {
    var blocks: [Block] = [
      .heading(
        level: 2,
        [
          Span(
            Text(
              "Sensitivity, every parameter ±\(Share(parts: share).text)", zh: "敏感性：各参数 ±\(Share(parts: share).text)"),
            .title)
        ]),
      InquiryHead(inquiry, places: places).block,
      .paragraph([Span("As things stand: ", zh: "现状："), .money(fen: total), Span(" yuan.", zh: " 元。")]),
    ]
    if let chart { blocks.append(.chart(chart)) }
    if !moving.isEmpty { blocks.append(.table(table)) }
    let flat = entries.filter { $0.entry.shape(total) == .flat }.map(\.input.id)
    if !flat.isEmpty {
      blocks.append(.paragraph([Span("Flat here: ", zh: "在此无影响：", .muted)] + .joined(flat.map { [.data($0, .name)] })))
    }
    if let readings {
      let moving = readings.effects.filter(\.matters)
      if !moving.isEmpty { blocks.append(.table(readingTable(moving))) }
    }
    if !without.isEmpty {
      blocks.append(
        .paragraph(
          [Span("Without a figure, so not varied: ", zh: "没有数值，未变动：", .muted)]
            + .joined(without.map { [.data($0, .keyword)] })))
    }
    if isPartial { blocks.append(.note(.warning, [Span("stopped before the end.", zh: "提前停止，结果不完整。")])) }
    return Document(blocks)
  }

  private func cell(_ amount: Int64?) -> Cell {
    guard let amount else { return .text(Text("no budget", zh: "无预算"), .warning) }
    return amount == total ? .empty : .change(fen: amount - total)
  }

  private var table: Table {
    Table(
      columns: [
        Table.Column(Text("Input", zh: "输入"), .left, .essential, key: "name"),
        Table.Column(Text("Now", zh: "现值"), .right, .important, key: "now"),
        Table.Column(Text("From", zh: "低值"), .right, .incidental, key: "low"),
        Table.Column(Text("To", zh: "高值"), .right, .incidental, key: "high"),
        Table.Column(Text("At the low end", zh: "取低值时"), .right, .essential, key: "at_low"),
        Table.Column(Text("At the high end", zh: "取高值时"), .right, .essential, key: "at_high"),
        Table.Column(Text("Shape", zh: "形态"), .left, .useful, key: "shape"),
      ],
      rows: moving.map { input, e in
        Table.Row([
          .data(input.id, .name), input.cell(e.now, places), input.cell(e.low, places), input.cell(e.high, places),
          cell(e.atLow),
          cell(e.atHigh), e.shape(total) == .oneSided ? .text(Text("one-sided", zh: "单向"), .muted) : .empty,
        ])
      })
  }

  private func readingTable(_ entries: [ReadingReport.Effect]) -> Table {
    let sorted = entries.sorted { $0.spread > $1.spread }
    return Table(
      title: Text("Readings", zh: "读法"),
      columns: [
        Table.Column(Text("Reading", zh: "读法"), .left, .essential, key: "reading"),
        Table.Column(Text("Now", zh: "现为"), .left, .important, key: "now"),
        Table.Column(Text("Choice", zh: "改为"), .left, .essential, key: "choice"),
        Table.Column(Text("Change", zh: "差额"), .right, .essential, key: "change"),
      ],
      rows: sorted.flatMap { e in
        e.reading.choices.enumerated().filter { $0.offset != e.current && e.totals[$0.offset] != total }.map {
          i, choice in
          Table.Row([
            .data(e.reading.id, .name), .data(e.reading.choices[e.current].name, .muted), .data(choice.name, .name),
            .change(fen: e.totals[i] - total),
          ])
        }
      })
  }

  var chart: Chart? {
    let bars = moving.prefix(15).map { input, e in
      TornadoChart.Bar(
        .same(input.id), low: .money(fen: e.atLow ?? total), at: input.text(e.low, places).en,
        high: .money(fen: e.atHigh ?? total),
        at: input.text(e.high, places).en)
    }
    guard !bars.isEmpty else { return nil }
    return .tornado(TornadoChart(title: Text("Total, yuan", zh: "合计（元）"), base: .money(fen: total), bars: Array(bars)))
  }

  func json() -> JSONValue {
    let rows: [JSONValue] = entries.map { input, e in
      let shape: JSONValue =
        switch e.shape(total) {
        case .flat: "flat"
        case .oneSided: "one-sided"
        case .twoSided: "two-sided"
        }
      return [
        "name": .string(input.id), "now": input.json(e.now), "low": input.json(e.low), "high": input.json(e.high),
        "at_low": e.atLow.map { .money(fen: $0) } ?? .null, "at_high": e.atHigh.map { .money(fen: $0) } ?? .null,
        "shape": shape,
      ]
    }
    let choices: [JSONValue] = (readings?.effects ?? []).map { e in
      [
        "reading": .string(e.reading.id), "current": .string(e.reading.choices[e.current].name),
        "totals": .array(
          e.reading.choices.enumerated().map { ["choice": .string($1.name), "total": .money(fen: e.totals[$0])] }),
      ]
    }
    return [
      "kind": "sensitivity", "programme": .strings(inquiry.programme.names), "change": Varied.json(share, .share),
      "total": .money(fen: total), "inputs": .array(rows), "readings": .array(choices),
      "without_figure": .strings(without),
      "partial": .bool(isPartial),
    ]
  }
}
