// A paper as it is handed in: each list of what is open once, every column of amounts with its unit, what is said to
// whoever types commands left out, and amounts in yuan or in tens of thousands. Knows nothing of what papers hold.

import Answers
import Diagnostics
import Reckoning
import Sessions
import View

/// How a paper's lists and sentences stand in it.
struct PaperForm {
  private let currency: Currency
  /// Whether amounts are in tens of thousands of yuan.
  private let isInMyriads: Bool
  /// Whether what is set is what a draft proposes, and nothing else.
  private let isProposed: Bool

  init(_ run: Session.Run, _ unit: MoneyUnit) {
    currency = run.documents.currency
    isInMyriads = unit == .wan && currency == .yuan
    let settings = run.inForce.settings.filter { !$0.isAssumption }
    isProposed = !settings.isEmpty && settings.allSatisfy { $0.source == .draft }
  }

  /// - Parameter body: with a head above it.
  func handedIn(_ body: AnswerBody) -> AnswerBody {
    var out = AnswerBody()
    var known: Set<String> = []
    // What leads to a list stands only where the list does.
    var lead: Block?
    for part in body.parts {
      if case .block(let block) = part {
        if case .note = block {} else { lead = nil }
      }
      switch part {
      case .relation(let relation):
        if relation.title != nil, !known.insert(PaperForm.text(of: relation)).inserted { continue }
        if let block = lead { out.append(block) }
        lead = nil
        out.append(handedIn(relation))
      case .block(.note(let kind, let spans)):
        if Unpaid.isRemedy(spans) { continue }
        let note = Block.note(kind, handedIn(spans))
        if spans.last?.text.zh.hasSuffix("：") ?? false { lead = note } else { out.append(note) }
      case .block(.chart(let chart)): out.append(.chart(named(chart)))
      case .block(.paragraph(let spans)): out.append(.paragraph(handedIn(spans)))
      case .block(let block): out.append(block)
      }
    }
    return out
  }

  /// What tells one list from another.
  private static func text(of relation: Relation) -> String {
    let columns = relation.peopleColumns
    var lines = [relation.title?.en ?? ""]
    for row in 0..<min(relation.count, 500) {
      lines.append(columns.map { "\(relation.datum(row, $0))\(relation.shown(row, $0) ?? [])" }.joined(separator: "|"))
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Units

  private func handedIn(_ relation: Relation) -> Relation {
    let isInMyriads = isInMyriads
    let decimals = isInMyriads ? PaperForm.decimals(relation) : 2
    return relation.changed(
      heads: { head in
        // The line that would supply it is for whoever types.
        if head.key == "type", head.title == Unpaid.lineTitle {
          var head = head
          head.stand = nil
          return head
        }
        guard head.type == .money || head.type == .change else { return head }
        var head = head
        let title = PaperForm.withUnit(head.title, currency)
        head.title = isInMyriads ? PaperForm.inMyriads(title) : title
        if isInMyriads { head.type = .decimal }
        return head
      },
      values: { datum in
        guard isInMyriads else { return datum }
        switch datum {
        case .money(let fen): return .decimal(PaperForm.plain(fen, decimals))
        case .change(let fen): return .decimal((fen > 0 ? "+" : "") + PaperForm.plain(fen, decimals))
        default: return datum
        }
      }, shown: { isInMyriads ? $0.map { PaperForm.inMyriads($0, decimals) } : $0 })
  }

  /// A head of amounts that does not say in what they are.
  private static func withUnit(_ title: Text, _ currency: Currency) -> Text {
    if title.zh == currency.chinese { return currency.amounts }
    return title.zh.contains(currency.chinese) ? title : currency.heading(title.en, zh: title.zh)
  }

  private static func inMyriads(_ title: Text) -> Text {
    Text(
      title.en.hasSuffix(", yuan")
        ? title.en.dropLast(4) + "10,000 yuan" : title.en == "Yuan" ? "10,000 yuan" : title.en,
      zh: title.zh.replacing("（元）", with: "（万元）"))
  }

  /// A chart as tables head their sums, in the unit of the tables.
  private func named(_ plain: Chart) -> Chart {
    var chart = plain
    // A draft's figures are proposed, as everywhere else in the paper.
    if isProposed, let text = plain.subtitle, text.zh.hasPrefix("设定 "), text.en.hasPrefix("with ") {
      chart = plain.with(subtitle: Text("proposed: " + text.en.dropFirst(5), zh: "拟调整：" + text.zh.dropFirst(3)))
    }
    switch chart {
    case .stacked(var stacked):
      stacked.yTitle = currency.heading("Together", zh: "合计")
      if isInMyriads {
        stacked.isInMyriads = true
        (stacked.yTitle, stacked.unit) = (PaperForm.inMyriads(stacked.yTitle), PaperForm.myriads)
      }
      return .stacked(stacked)
    case .bars(var bars):
      guard isInMyriads, bars.bars.contains(where: { if case .money = $0.value { true } else { false } }) else {
        return chart
      }
      for i in bars.bars.indices {
        if case .money(let fen) = bars.bars[i].value { bars.bars[i].value = .myriads(fen: fen) }
      }
      bars.title = bars.title.map { PaperForm.inMyriads($0) }
      bars.axis = bars.axis.map { $0 == currency.axis ? PaperForm.myriads : PaperForm.inMyriads($0) }
      return .bars(bars)
    case .lines, .tornado, .histogram: return chart
    }
  }

  private static let myriads = Text("10,000 yuan", zh: "万元")

  // MARK: Tens of thousands

  private static func plain(_ fen: Int64, _ decimals: Int) -> String {
    Figures.myriads(fen: fen, decimals: decimals).replacing(",", with: "")
  }

  /// The decimals that a list's amounts need, so that a column has them alike.
  private static func decimals(_ relation: Relation) -> Int {
    var most = 2
    func see(_ datum: Datum) {
      switch datum {
      case .money(let fen), .change(let fen): most = max(most, Figures.wanDecimals(fen: fen))
      default: return
      }
    }
    for row in 0..<relation.count { for column in relation.peopleColumns { see(relation.datum(row, column)) } }
    for line in [relation.footer].compactMap(\.self) + relation.further.flatMap(\.lines) {
      line.values.values.forEach(see)
    }
    return most
  }

  private static func inMyriads(_ span: Span, _ decimals: Int) -> Span {
    guard let fen = span.amount else { return span }
    let sign = span.text.en.hasPrefix("+") ? "+" : ""
    return Span(.same(sign + Figures.myriads(fen: fen, decimals: decimals)), span.role)
  }

  /// Sentences, in which the unit stands behind the amount.
  private func handedIn(_ spans: [Span]) -> [Span] {
    guard isInMyriads else { return spans }
    var out: [Span] = []
    // Of several amounts the unit stands behind the last: between 3.9 and 4.6 ten thousand yuan.
    var hasUnit = [Bool](repeating: false, count: spans.count)
    for number in spans.indices.dropLast().reversed() where spans[number].amount != nil {
      let behind = spans[number + 1].text.zh
      let isJoined = ["与", "和", "至", "到", "、", "～"].contains(behind.trimmingSpaces)
      hasUnit[number] = behind.hasPrefix(" 元") || isJoined && number + 2 < spans.count && hasUnit[number + 2]
    }
    for (number, span) in spans.enumerated() {
      if let fen = span.amount, hasUnit[number] {
        out.append(PaperForm.inMyriads(span, Figures.wanDecimals(fen: fen)))
      } else if number > 0, spans[number - 1].amount != nil, span.text.zh.hasPrefix(" 元") {
        let en = span.text.en.hasPrefix(" yuan") ? " ten thousand" + span.text.en : span.text.en
        out.append(Span(Text(en, zh: " 万元" + span.text.zh.dropFirst(2)), span.role))
      } else {
        out.append(PaperForm.figure(span))
      }
    }
    return out
  }

  /// `856,300.00 元` by itself.
  private static func figure(_ span: Span) -> Span {
    guard let match = span.text.zh.wholeMatch(of: /(-?)([0-9,]+)\.([0-9]{2}) (元|yuan)/) else { return span }
    guard let size = Int64(match.2.filter { $0 != "," } + match.3) else { return span }
    let fen = match.1.isEmpty ? size : -size
    let text = Figures.myriads(fen: fen, decimals: Figures.wanDecimals(fen: fen))
    return Span(Text("\(text) ten thousand yuan", zh: "\(text) 万元"), span.role)
  }
}
