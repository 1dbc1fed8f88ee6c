// What a change of facts does to the whole of a budget beside what it brings somebody under one measure: another
// benefit may be lost by it. Knows nothing of how the change was found.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import View

struct EffectOfChange {
  /// So many other measures are named.
  private static var mostMeasures: Int { 4 }

  /// What the subject gets under the measure then.
  let paid: Int64
  /// By how much the whole budget changes.
  let total: Int64
  /// The other measures that come to something else, and by how much.
  private let others: [(name: Text, fen: Int64)]

  init(of measure: CheckedMeasure, _ paid: Int64, _ before: Ledger, _ after: Ledger, _ names: GroupNames) {
    self.paid = paid
    let (old, new) = (Budget(before), Budget(after))
    total = Amounts.add(new.sum.total, -old.sum.total)
    let all = after.measures.filter { $0.id != measure.id }.compactMap { other -> (name: Text, fen: Int64)? in
      let change = Amounts.add(new.line(other.id)?.tally.total ?? 0, -(old.line(other.id)?.tally.total ?? 0))
      return change == 0 ? nil : (names.words(other.id), change)
    }
    others = Array(all.sorted { abs($0.fen) > abs($1.fen) }.prefix(Self.mostMeasures))
  }

  /// What running it came to: the sum, and beside it what changes elsewhere.
  func line(_ currency: Currency) -> [Span] {
    var line: [Span] = [
      Span("then, by running it: ", zh: "照此测算，可得 ", .muted), .money(fen: paid), Span(currency.behind(), .muted),
    ]
    guard !others.isEmpty || total != paid else { return line }
    for other in others {
      line += [
        Span("; ", zh: "；", .muted), Span(other.name, .name),
        other.fen < 0 ? Span(" less by ", zh: "减少 ", .muted) : Span(" more by ", zh: "增加 ", .muted),
        .money(fen: abs(other.fen)), Span(currency.behind(), .muted),
      ]
    }
    if total == 0 { return line + [Span("; the total stays the same", zh: "；合计不变", .muted)] }
    return line + [
      total < 0
        ? Span("; the total falls by ", zh: "；合计减少 ", .muted) : Span("; the total rises by ", zh: "；合计增加 ", .muted),
      .money(fen: abs(total)), Span(currency.behind(), .muted),
    ]
  }
}
