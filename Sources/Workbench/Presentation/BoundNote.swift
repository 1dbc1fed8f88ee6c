// That something is costed at the most that the text allows: what the mark beside a measure means, or which measures it
// is of where they do not stand by themselves. Knows nothing of tables.

import Diagnostics
import PolicyLanguage
import Reports
import View

/// The note on upper bounds below a budget.
struct BoundNote {
  private let budget: Budget
  private let isByMeasure: Bool

  init(_ budget: Budget, isByMeasure: Bool) { (self.budget, self.isByMeasure) = (budget, isByMeasure) }

  /// Nil where nothing is costed so.
  var block: Block? {
    let most = budget.lines.filter(\.isUpperBound).map { budget.measure($0).words }
    guard !most.isEmpty else { return nil }
    guard isByMeasure else {
      // Each by itself, so that papers may call it otherwise.
      return .note(
        .note,
        [Span("Costed at the most that the text allows (“not more than”): ", zh: "按文件上限（“不超过”）计的措施：")]
          + .joined(most.map { [Span($0)] }) + [Span(".", zh: "。")])
    }
    let low = budget.lines.contains { $0.low != nil }
    return .note(
      .note,
      [
        Span("≤ is costed at the most that the text allows (\"not more than\")", zh: "≤ 表示按文件上限（“不超过”）计"),
        low ? Span("; the least is shown beside it.", zh: "，旁为下限。") : Span(".", zh: "。"),
      ])
  }
}
