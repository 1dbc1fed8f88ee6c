// `simulate`: the budget under uncertainty. Cohorts' stays are drawn at random with the shares they state; parameters, values,
// counts, days, retention and take-up vary as the user says. Every draw re-decides thresholds and quotas, since it is a whole
// run over its own facts.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import View

/// One input that is drawn.
struct RandomInput {
  enum What {
    case figure(Varied)
    /// The last share of every cohort's retention, or of one's.
    case retention(cohort: Int?)
    case count(cohort: Int)
    case start(cohort: Int)
    /// The share of hires that come about at all.
    case takeUp
  }

  let name: String
  let what: What
  let spread: Spread
  /// For telling it.
  let text: String
}

extension Session {
  private static let mostDraws: Int64 = 1_000_000
  private static let mostHires = 5_000_000

  func simulate(_ request: SimulationRequest, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try inquiry(request.programme, command)
    let digits = request.times.text.replacing(",", with: "")
    guard let times = Int64(digits), times >= 1, times <= Session.mostDraws else {
      throw Refusal(.whatIf(.notACount(request.times.raw)), at: request.times.location)
    }
    var seed: UInt64 = 1
    var limit = budgetLimit(inquiry.settings)
    var inputs: [RandomInput] = []
    let facts = memorised(inquiry.scenario, inquiry.base).0
    let dataset = facts.dataset
    let outlines = dataset.cohortOutlines
    for input in request.inputs {
      switch input.name.text.lowercased() {
      case "seed", "种子":
        guard let n = UInt64(input.value.text.replacing(",", with: "")) else {
          throw Refusal(.whatIf(.notACount(input.value.raw)), at: input.value.location)
        }
        seed = n
      case "budget", "预算":
        do { limit = try ValueText.read(input.value.text, as: .money, places: library.places) } catch {
          throw Refusal(.value(error, name: "budget"), at: input.value.location)
        }
      default: inputs.append(try randomInput(input, inquiry, dataset, outlines))
      }
    }
    let drawsFacts =
      outlines.contains { !$0.retention.isEmpty }
      || inputs.contains { if case .figure = $0.what { false } else { true } }
    if !drawsFacts, inputs.isEmpty { throw Refusal(.whatIf(.needsCohorts), at: request.times.location) }
    if drawsFacts, dataset.hireCount > Session.mostHires {
      throw Refusal(.whatIf(.tooLargeToVary(Session.mostHires)), at: request.times.location)
    }
    let base = try baseRun(inquiry)
    var totals: [Int64] = []
    var drawn: [[Double]] = Array(repeating: [], count: inputs.count)
    var refused = 0
    for draw in 0..<Int(times) {
      if isCancelled() { break }
      progress?(Double(draw) / Double(times))
      var numbers = SeededNumbers(seed: seed, draw: draw)
      var settings = inquiry.base
      var values: [Int64] = []
      for input in inputs {
        let value: Int64
        switch input.what {
        case .figure(let varied):
          let bounds = varied.bounds
          value = input.spread.draw(
            &numbers, atLeast: bounds.atLeast ?? (varied.isDate ? Int64(Int32.min) + 2 : 0),
            atMost: bounds.atMost ?? Int64.max)
          settings = varied.set(value, in: settings)
        case .retention, .takeUp: value = input.spread.draw(&numbers, atMost: Share.unit)
        case .count: value = input.spread.draw(&numbers, atMost: Int64(Session.mostHires))
        case .start: value = input.spread.draw(&numbers, atLeast: -700_000, atMost: 2_900_000)
        }
        values.append(value)
      }
      let ledger: Ledger
      if drawsFacts {
        let changed = Session.varied(dataset, outlines, inputs, values, &numbers)
        ledger = Engine.run(inquiry.documents, scenario: facts.with(changed), settings: settings, control: control)
      } else {
        ledger = self.ledger(inquiry.documents, inquiry.scenario, settings)
      }
      if isCancelled() { break }
      if ledger.diagnostics.contains(where: { $0.severity == .error }) {
        refused += 1
        continue
      }
      totals.append(Goal().amount(ledger))
      for (i, value) in values.enumerated() { drawn[i].append(Double(value)) }
    }
    let told = inputs.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
    evidence = Evidence([inquiry], extra: "simulate \(times) seed \(seed) \(told) \(limit.map(String.init) ?? "")")
    let view = SimulationView(
      inputs: inputs, drawn: drawn, totals: totals, times: Int(times), refused: refused, seed: seed, limit: limit,
      base: Goal().amount(base.ledger), drawsFacts: drawsFacts, inquiry: inquiry, places: library.places)
    var answer = Answer(view.document(), json: [view.json()])
    answer.chart = view.chart
    answer.csv = { view.csv() }
    return answer
  }

  /// The facts of one draw.
  private static func varied(
    _ dataset: Dataset, _ outlines: [CohortOutline], _ inputs: [RandomInput], _ values: [Int64],
    _ numbers: inout SeededNumbers
  ) -> Dataset {
    var variations: [CohortVariation] = []
    for (c, outline) in outlines.enumerated() {
      var count = outline.count
      var from = outline.from
      var last: Int64?
      for (input, value) in zip(inputs, values) {
        switch input.what {
        case .count(c): count = Int(clamping: value)
        case .start(c): from = Day(number: Int32(clamping: value))
        case .retention(nil): if last == nil { last = value }
        case .retention(.some(c)): last = value
        default: break
        }
      }
      let shares = shares(outline.retention.map(\.share.parts), last: last)
      var missed: [Int8] = []
      if !shares.isEmpty {
        missed.reserveCapacity(count)
        for _ in 0..<count {
          let u = Int64(numbers.below(UInt64(Share.unit)))
          missed.append(Int8(clamping: shares.firstIndex { u >= $0 } ?? -1))
        }
      }
      let stays = missed
      variations.append(
        CohortVariation(count: count, from: from) { i in
          stays.indices.contains(i) && stays[i] >= 0 ? Int(stays[i]) : nil
        })
    }
    var takeUp: Int64?
    for (input, value) in zip(inputs, values) { if case .takeUp = input.what { takeUp = value } }
    guard let takeUp else { return dataset.varied(variations) }
    let listed = outlines.map(\.firstRow).min() ?? dataset.hireCount
    let total = listed + variations.reduce(0) { $0 + $1.count }
    var comes: [Bool] = []
    comes.reserveCapacity(total)
    for _ in 0..<total { comes.append(Int64(numbers.below(UInt64(Share.unit))) < takeUp) }
    let chosen = comes
    return dataset.varied(variations) { chosen.indices.contains($0) && chosen[$0] }
  }

  /// Shares that end at another last one: of those who leave, as many leave by each month count as stated.
  private static func shares(_ stated: [Int64], last: Int64?) -> [Int64] {
    guard let last, let end = stated.last else { return stated }
    let leaving = Share.unit - end
    guard leaving > 0 else { return stated.enumerated().map { $0.offset == stated.count - 1 ? last : Share.unit } }
    return stated.map { Share.unit - (Decimals.muldiv(Share.unit - $0, Share.unit - last, leaving) ?? 0) }
  }

  // MARK: Inputs

  private func randomInput(
    _ input: Assignment, _ inquiry: Inquiry, _ dataset: Dataset, _ outlines: [CohortOutline]
  ) throws(Refusal) -> RandomInput {
    let name = input.name.text
    let word = name.lowercased()
    func made(_ what: RandomInput.What, _ type: ValueType) throws(Refusal) -> RandomInput {
      RandomInput(name: name, what: what, spread: try spread(input.value, type, dataset), text: input.value.text)
    }
    if ["take_up", "takeup", "take-up", "领取率", "到岗率"].contains(word) { return try made(.takeUp, .share) }
    if ["retention", "留存", "留存率"].contains(word) {
      guard outlines.contains(where: { !$0.retention.isEmpty }) else {
        throw Refusal(.whatIf(.needsCohorts), at: input.name.location)
      }
      return try made(.retention(cohort: nil), .share)
    }
    if let dot = name.lastIndex(of: "."), let c = outlines.firstIndex(where: { $0.id == name[..<dot] }) {
      switch name[name.index(after: dot)...].lowercased() {
      case "retention", "留存", "留存率":
        if outlines[c].retention.isEmpty { throw Refusal(.whatIf(.needsCohorts), at: input.name.location) }
        return try made(.retention(cohort: c), .share)
      case "count", "人数": return try made(.count(cohort: c), .number)
      case "start", "开始": return try made(.start(cohort: c), .date)
      default: break
      }
    }
    switch library.resolve(name, in: inquiry.documents) {
    case .found(let target):
      guard let varied = Varied(target), case .figure(_, let type) = varied.what else {
        throw Refusal(.whatIf(.notVaried(input.name.raw)), at: input.name.location)
      }
      return RandomInput(
        name: varied.id, what: .figure(varied), spread: try spread(input.value, type, dataset), text: input.value.text)
    case .ambiguous(let targets):
      throw Refusal(.ambiguousName(input.name.raw, targets.map(\.id)), at: input.name.location)
    case .unknown(let nearest):
      let own =
        ["retention", "take_up", "seed", "budget"]
        + outlines.flatMap { ["\($0.id).count", "\($0.id).start", "\($0.id).retention"] }
      throw Refusal(
        .whatIf(.unknownInput(input.name.raw, nearest: Nearest.names(to: name, among: own) + nearest)),
        at: input.name.location)
    }
  }

  /// `60%..85%`, `normal(300, 20)`, `triangular(200, 300, 400)`, `empirical(hires.monthly_wage)`, or one value.
  private func spread(_ text: Written, _ type: ValueType, _ dataset: Dataset) throws(Refusal) -> Spread {
    func refuse() -> Refusal { Refusal(.whatIf(.notADistribution(text.raw)), at: text.location) }
    func figure(_ part: some StringProtocol, _ type: ValueType) throws(Refusal) -> Int64 {
      do { return try ValueText.read(String(part), as: type, places: library.places) } catch {
        throw Refusal(.value(error, name: text.raw), at: text.location)
      }
    }
    let plain = text.text
    if let dots = plain.firstRange(of: "..") {
      let a = try figure(plain[..<dots.lowerBound], type), b = try figure(plain[dots.upperBound...], type)
      guard a <= b else { throw refuse() }
      return .uniform(a, b)
    }
    let word = plain.prefix { $0 != "(" && $0 != " " }.lowercased()
    var rest = plain.dropFirst(word.count).drop { $0 == " " }
    if rest.hasPrefix("(") {
      guard rest.hasSuffix(")") else { throw refuse() }
      rest = rest.dropFirst().dropLast()
    }
    let parts = rest.split(whereSeparator: { $0 == "," || (!rest.contains(",") && $0 == " ") }).map {
      $0.drop { $0 == " " }
    }
    switch word {
    case "normal", "正态":
      guard parts.count == 2 else { throw refuse() }
      let spread: ValueType = type == .date ? .days : type
      return .normal(mean: try figure(parts[0], type), deviation: try figure(parts[1], spread))
    case "triangular", "三角":
      guard parts.count == 3 else { throw refuse() }
      let (a, m, b) = (try figure(parts[0], type), try figure(parts[1], type), try figure(parts[2], type))
      guard a <= m, m <= b else { throw refuse() }
      return .triangular(a, m, b)
    case "uniform", "均匀":
      guard parts.count == 2 else { throw refuse() }
      let (a, b) = (try figure(parts[0], type), try figure(parts[1], type))
      guard a <= b else { throw refuse() }
      return .uniform(a, b)
    case "empirical", "经验":
      guard let column = parts.first, parts.count == 1, let dot = column.lastIndex(of: ".") else { throw refuse() }
      return .empirical(
        try empirical(String(column[..<dot]), String(column[column.index(after: dot)...]), type, dataset, text))
    default: return .fixed(try figure(plain, type))
    }
  }

  /// The values that a column of facts holds.
  private func empirical(
    _ list: String, _ field: String, _ type: ValueType, _ dataset: Dataset, _ text: Written
  ) throws(Refusal) -> [Int64] {
    guard let table = dataset.table(list), let declared = table.declaration.field(field),
      let column = table.columns[field]
    else {
      throw Refusal(.whatIf(.unknownInput(list + "." + field, nearest: [])), at: text.location)
    }
    let fits: Bool
    switch (declared.type, type) {
    case (.money, .money), (.money, .moneyPerMonth), (.int, .number), (.int, .months), (.int, .days), (.date, .date):
      fits = true
    default: fits = false
    }
    guard fits else { throw Refusal(.whatIf(.notADistribution(text.raw)), at: text.location) }
    var values: [Int64] = []
    switch column.data {
    case .int32(let s): for i in 0..<table.count where s[i] > Absent.none32 { values.append(Int64(s[i])) }
    case .int64(let s): for i in 0..<table.count where s[i] > Absent.none64 { values.append(s[i]) }
    case .constant(let raw) where raw > Absent.none64 && raw > Int64(Absent.none32) && table.count > 0: values = [raw]
    default: break
    }
    if values.isEmpty { throw Refusal(.whatIf(.emptyColumn(list + "." + field)), at: text.location) }
    return values
  }
}

extension Varied {
  var isDate: Bool { if case .figure(_, .date) = what { true } else { false } }
}

struct SimulationView {
  let inputs: [RandomInput]
  let drawn: [[Double]]
  let totals: [Int64]
  let times: Int
  let refused: Int
  let seed: UInt64
  let limit: Int64?
  let base: Int64
  let drawsFacts: Bool
  let inquiry: Inquiry
  let places: Gazetteer

  private var summary: UncertaintySummary? { UncertaintySummary(totals, limit: limit) }

  private func percent(_ x: Double) -> String { Figures.decimal((x * 1000).rounded() / 10) + "%" }

  /// The inputs with the share of the variance that goes along with each, the largest first.
  private var drivers: [(name: String, share: Double)] {
    var out = zip(inputs, drawn).map { ($0.name, UncertaintySummary.share(of: $1, in: totals)) }
    out.sort { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    return out.map { (name: $0.0, share: $0.1) }
  }

  func document() -> Document {
    var blocks: [Block] = [
      .heading(level: 2, [Span(Text("The budget in \(totals.count) draws", zh: "\(totals.count) 次抽取下的预算"), .title)]),
      InquiryHead(inquiry, places: places).block,
    ]
    var what: [[Span]] = inputs.map {
      [.data($0.name, .name), Span(" drawn from ", zh: " 取自 ", .muted), .data($0.text, .number)]
    }
    if drawsFacts {
      what.append([Span("cohorts' stays drawn at random with their shares", zh: "各批次的留存按所列比例随机抽取", .muted)])
    }
    what.append([Span(Text("seed \(seed): the same seed gives the same draws", zh: "种子 \(seed)：同一种子得到同样的抽取"), .muted)])
    blocks.append(.list(ordered: false, what))
    guard let summary else {
      blocks.append(.note(.warning, [Span("stopped before the first draw.", zh: "在第一次抽取前停止。")]))
      return Document(blocks)
    }
    var rows: [Table.Row] = [
      Table.Row([.text(Text("as things stand", zh: "按所列事实")), .money(fen: base)]),
      Table.Row([.text(Text("mean", zh: "均值")), .money(fen: summary.mean)]),
    ]
    for q in summary.quantiles {
      let name =
        switch q.percent {
        case 0: Text("least", zh: "最低")
        case 50: Text("median", zh: "中位数")
        case 100: Text("most", zh: "最高")
        default: Text("\(q.percent) % lie at or below", zh: "\(q.percent)% 不超过")
        }
      rows.append(Table.Row([.text(name), .money(fen: q.total)], role: q.percent == 50 ? .strong : nil))
    }
    rows.append(
      Table.Row([
        .text(Text("standard deviation", zh: "标准差"), .muted),
        .money(fen: Int64(clamping: Int(summary.deviation.rounded()))),
      ]))
    blocks.append(
      .table(
        Table(
          columns: [
            Table.Column(Text("Budget", zh: "预算"), .left, .essential, key: "what"),
            Table.Column(Text("Total, yuan", zh: "合计（元）"), .right, .essential, key: "total"),
          ], rows: rows)))
    if let limit, let (p, error) = summary.overspending {
      blocks.append(
        .paragraph([
          Span("It passes ", zh: "超过 "), .money(fen: limit), Span(" yuan with a probability of ", zh: " 元的概率为 "),
          .data(percent(p), .strong),
          Span(" (standard error ", zh: "（标准误 ", .muted), .data(percent(error), .muted), Span(").", zh: "）。", .muted),
        ]))
    }
    if let chart { blocks.append(.chart(chart)) }
    let drivers = self.drivers
    if !drivers.isEmpty {
      let rest = max(0, 1 - drivers.reduce(0) { $0 + $1.share })
      var line: [Span] = [Span("What drives the spread: ", zh: "波动来源：")]
      line += .joined(drivers.map { [.data($0.name, .name), .data(" " + percent($0.share), .number)] })
      line.append(
        Span(
          Text(
            "; the rest, \(percent(rest)), is chance in the stays and what inputs do together",
            zh: "；其余 \(percent(rest)) 来自留存的随机性和各输入的共同作用"), .muted))
      blocks.append(.paragraph(line))
    }
    if refused > 0 {
      blocks.append(
        .note(
          .warning,
          [
            Span(
              Text(
                "\(refused) draws had no budget, since a measure refused a fact; they are left out.",
                zh: "\(refused) 次抽取因措施拒绝某项事实而没有预算，未计入。"))
          ])
      )
    }
    if totals.count + refused < times {
      blocks.append(
        .note(
          .warning,
          [Span(Text("stopped after \(totals.count) of \(times) draws.", zh: "在 \(times) 次中完成 \(totals.count) 次后停止。"))])
      )
    }
    return Document(blocks)
  }

  var chart: Chart? {
    let bins = UncertaintySummary.bins(totals, 16)
    guard bins.count > 1 else { return nil }
    return .histogram(
      Histogram(
        title: Text("Draws by total, yuan", zh: "按合计（元）的抽取次数"),
        bins: bins.map { Histogram.Bin(from: .money(fen: $0.from), to: .money(fen: $0.to), count: $0.count) }))
  }

  /// A decimal with as many places as mean anything.
  private func decimal(_ x: Double) -> JSONValue { .number(String((x * 1_000_000).rounded() / 1_000_000)) }

  func json() -> JSONValue {
    let summary = self.summary
    let quantiles: [JSONValue] = (summary?.quantiles ?? []).map {
      ["percent": .int(Int64($0.percent)), "total": .money(fen: $0.total)]
    }
    let over: JSONValue =
      limit.flatMap { limit in
        summary?.overspending.map {
          ["budget": .money(fen: limit), "probability": decimal($0.probability), "standard_error": decimal($0.error)]
        }
      } ?? .null
    return [
      "kind": "simulation", "programme": .strings(inquiry.programme.names), "times": .int(Int64(times)),
      "done": .int(Int64(totals.count)),
      "refused": .int(Int64(refused)), "seed": .string(String(seed)),
      "inputs": .array(inputs.map { ["name": .string($0.name), "distribution": .string($0.text)] }),
      "stated": .money(fen: base),
      "mean": summary.map { .money(fen: $0.mean) } ?? .null,
      "standard_deviation": summary.map { .money(fen: Int64(clamping: Int($0.deviation.rounded()))) } ?? .null,
      "quantiles": .array(quantiles), "overspending": over,
      "drivers": .array(drivers.map { ["name": .string($0.name), "share": decimal($0.share)] }),
      "partial": .bool(totals.count + refused < times),
    ]
  }

  func csv() -> String {
    let columns = [Table.Column(.same("draw")), Table.Column(.same("total"))]
    return CSVRenderer(language: .en).render(
      Table(
        columns: columns,
        rows: totals.enumerated().map { Table.Row([.integer(Int64($0.offset + 1)), .money(fen: $0.element)]) }))
  }
}
