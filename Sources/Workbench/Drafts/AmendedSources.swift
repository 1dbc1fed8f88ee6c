// What each source of money bears now and under a draft, with what each change moves between them where the draft
// changes who pays. Knows nothing of papers.

import Answers
import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

struct AmendedSources: Sendable {
  /// One source.
  private struct Line: Sendable {
    let words: Text
    let key: String
    let before: Int64
    let after: Int64
  }

  private let lines: [Line]
  private let currency: Currency
  /// By source and change; nil where the draft changes no shares.
  private var moved: AttributionGroups?

  /// The key by which budgets are taken apart by source.
  static let key = GroupKey(.fund, title: Text("fund", zh: "资金来源"))

  /// - Parameter groups: what every set of changes comes to by source; nil where no shares are changed.
  init(_ split: DraftSplit, _ groups: AttributedGroups?, _ attribution: Attribution) {
    let (base, proposed) = (split.base, split.proposed)
    let (before, after) = (FundSplit(Budget(base.ledger)).groups, FundSplit(Budget(proposed.ledger)).groups)
    currency = base.documents.currency
    lines = FundSplit.order.compactMap { key in
      let (x, y) = (before.first { $0.key == key }, after.first { $0.key == key })
      if x == nil && y == nil { return nil }
      return Line(
        words: FundSplit.words(key), key: key, before: x?.tally.total ?? 0, after: y?.tally.total ?? 0)
    }
    guard let groups else { return }
    let basis = Breakdown(Budget(base.ledger), by: .fund).basis
    moved = AttributionGroups(
      groups.groups(of: split.changes.count, orders: 200, seed: 1, whole: attribution), words: split.words,
      basis: basis, currency: currency, named: GroupNames.words(basis, [base, proposed]))
    moved?.title = Text("What each change moves", zh: "各项改动对各来源的影响")
  }

  /// Whether a draft changes who pays.
  static func areMoved(by split: DraftSplit) -> Bool {
    split.changes.contains { change in
      guard case .setting(let setting) = change, case .parameter(let parameter) = setting.target else { return false }
      return SourceShare(parameter, split.base.documents) != nil
    }
  }

  /// The lists; none where nobody says who pays, one bears all, or nothing moves.
  var relations: [Relation] {
    guard lines.count > 1, lines.contains(where: { $0.key != FundSplit.unstated && $0.before != $0.after }) else {
      return []
    }
    return [sources] + (moved.map { [$0.shown] } ?? [])
  }

  /// The sources for programs.
  var sources: Relation {
    var relation = Relation(
      title: Text("Who bears it", zh: "各来源承担的变化"), of: lines,
      [
        .id("fund", Text("Source", zh: "资金来源"), .essential) { $0.key }.shown { [Span($0.words, .name)] },
        .money("before", currency.heading("Now", zh: "现行"), .essential) { $0.before },
        .money("after", currency.heading("Then", zh: "修订后"), .essential) { $0.after },
        .change("difference", currency.heading("Change", zh: "差额"), .essential) { $0.after - $0.before },
      ])
    func sum(_ path: KeyPath<Line, Int64>) -> Int64 { lines.reduce(0) { $0 + $1[keyPath: path] } }
    let (before, after) = (sum(\.before), sum(\.after))
    relation.footer = Relation.Line(
      [Span(Text("Together", zh: "合计"), .strong)],
      ["before": .money(fen: before), "after": .money(fen: after), "difference": .change(fen: after - before)],
      role: .strong)
    return relation
  }
}
