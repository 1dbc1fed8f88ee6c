// What a standard in an estimate is made of, where it is a product: 每月300元×3个月. Of what differs from record to record
// it is told how often the known part goes into the amount, where that is a whole number. Knows nothing of tables.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// How the amounts of a run's measures are multiplied.
struct StandardMakeup {
  let run: Session.Run
  let places: Gazetteer
  /// What caps have cut payments to: by measure and amount, what was asked for; nil where that differs.
  private let cut: [Paid: Int64?]

  private struct Paid: Hashable {
    let measure: String
    let fen: Int64
  }

  init(_ list: PaymentList, of run: Session.Run, places: Gazetteer) {
    (self.run, self.places) = (run, places)
    var cut: [Paid: Int64?] = [:]
    for part in list.parts where part.cut != nil {
      for row in 0..<part.count {
        guard let claimed = part.cut(row)?.claimed else { continue }
        let paid = Paid(measure: part.measure.id, fen: part.amount(row))
        if let known = cut[paid] { cut[paid] = .some(known == claimed ? claimed : nil) } else { cut[paid] = claimed }
      }
    }
    self.cut = cut
  }

  /// The factors of an amount in words, or what a cap has cut it from; nil where it is no product.
  func text(_ measure: CheckedMeasure, each fen: Int64) -> Text? {
    // What is taken back may leave any part of an amount.
    guard fen > 0, measure.recoveries.isEmpty else { return nil }
    if let claimed = cut[Paid(measure: measure.id, fen: fen)] {
      guard let claimed else { return nil }
      let whole = uncut(measure, each: claimed)
      let asked = OfficialWords.figure(claimed, .money, places: places)
      let made = whole.map { Text("\(asked.en) (\($0.en))", zh: "\(asked.zh)（\($0.zh)）") } ?? asked
      return Text("\(made.en), of which a cap leaves this", zh: "\(made.zh)，按限额支付")
    }
    return uncut(measure, each: fen)
  }

  private func uncut(_ measure: CheckedMeasure, each fen: Int64) -> Text? {
    var found: [Text] = []
    for pay in measure.pays where !pay.isUpperBound && pay.low == nil && pay.amount.instalment == nil {
      guard let text = text(of: pay.amount, measure, fen) else { continue }
      if !found.contains(text) { found.append(text) }
    }
    // Where two clauses could have paid it, neither is named.
    return found.count == 1 ? found[0] : nil
  }

  /// One factor: its words, and what it multiplies by.
  private struct Factor {
    let words: Text
    let raw: Int64
    let scale: Int64
  }

  private func text(of amount: Typed, _ measure: CheckedMeasure, _ fen: Int64) -> Text? {
    let parts = StandardMakeup.factors(amount)
    guard parts.count > 1 else { return nil }
    var known: [Factor?] = []
    var above: Int128 = 1
    var below: Int128 = 1
    for part in parts {
      let factor = factor(part, measure)
      if let factor {
        let (x, isOver) = above.multipliedReportingOverflow(by: Int128(factor.raw))
        let (y, isUnder) = below.multipliedReportingOverflow(by: Int128(factor.scale))
        guard factor.raw > 0, !isOver, !isUnder else { return nil }
        (above, below) = (x, y)
      }
      known.append(factor)
    }
    let open = parts.indices.filter { known[$0] == nil }
    // In fen an amount of money is its own scale.
    let (wanted, isOver) = Int128(fen).multipliedReportingOverflow(by: below)
    guard !isOver else { return nil }
    var words = known.map { $0?.words }
    if open.isEmpty {
      guard wanted == above else { return nil }
    } else {
      guard open.count == 1, wanted % above == 0, let times = Int64(exactly: wanted / above), times > 0,
        let text = StandardMakeup.times(times, parts[open[0]].type)
      else { return nil }
      words[open[0]] = text
    }
    let all = words.compactMap(\.self)
    return Text(all.map(\.en).joined(separator: " × "), zh: all.map(\.zh).joined(separator: "×"))
  }

  private static func factors(_ t: Typed) -> [Typed] {
    if case .multiply(let x, let y) = t.operation { return factors(x) + factors(y) }
    return [t]
  }

  private static func times(_ number: Int64, _ type: ValueType) -> Text? {
    switch type {
    case .months: Text("\(number) month\(number == 1 ? "" : "s")", zh: "\(number)个月")
    case .days: Text("\(number) day\(number == 1 ? "" : "s")", zh: "\(number)天")
    case .number: .same(String(number))
    case .money, .amount, .rate, .share, .decimal, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice,
      .truth, .record, .set, .nothing, .broken:
      nil
    }
  }

  /// A figure of the text, or one that another document lays down.
  private func factor(_ t: Typed, _ measure: CheckedMeasure) -> Factor? {
    let scale: Int64
    switch t.type {
    case .money, .amount, .rate, .months, .days, .number: scale = 1
    case .share: scale = Share.unit
    case .decimal: scale = Share.unit
    case .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .truth, .record, .set, .nothing, .broken:
      return nil
    }
    let settings = run.ledger.settings
    let document = run.documents.first { $0.id == measure.document }
    switch t.operation {
    case .parameter(let id):
      let all = run.documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
      guard let parameter = all.first(where: { $0.id == id }) else { return nil }
      let raw =
        settings.parameters[id] ?? parameter.value
        ?? parameter.byReference.flatMap { settings.value(of: $0, for: measure) }
      return raw.map {
        Factor(
          words: OfficialWords.figure($0, of: parameter, in: document, places: places), raw: $0, scale: scale)
      }
    case .value(let name):
      return settings.value(of: name, for: measure).map {
        Factor(words: OfficialWords.figure($0, t.type, places: places), raw: $0, scale: scale)
      }
    case .constant(let raw):
      return Factor(words: OfficialWords.figure(raw, t.type, places: places), raw: raw, scale: scale)
    default: return nil
    }
  }
}
