// A draft's effect split over its changes in each group of a budget: whom each change brings how much.

import Answers
import Diagnostics
import PolicyLanguage
import Reckoning
import Reports
import View

/// The split of every group that a draft touches.
struct AttributionGroups: Sendable {
  /// One change in one group.
  private struct Row: Sendable {
    let key: String
    let title: Text
    /// The group's whole effect (fen).
    let effect: Int64
    let change: ChangeWords
    let part: Attribution.Part
    /// Whether it is the group's first row.
    let isFirst: Bool
  }

  private let basis: Breakdown.Basis
  private let currency: Currency
  private let rows: [Row]
  private let isSampled: Bool
  /// What stands above the rows.
  var title: Text?

  /// - Parameter named: what a group is called, by its key and what it brings along.
  init(
    _ groups: [AttributedGroups.Group], words: [ChangeWords], basis: Breakdown.Basis, currency: Currency,
    named: (String, Text) -> Text
  ) {
    (self.basis, self.currency) = (basis, currency)
    isSampled = groups.contains { if case .sampled = $0.split.method { true } else { false } }
    rows = groups.flatMap { group in
      let touched = zip(words, group.split.parts).filter { $0.1.fen != 0 || $0.1.alone != 0 || $0.1.last != 0 }
      return touched.enumerated().map { i, one in
        Row(
          key: group.key, title: named(group.key, group.title), effect: group.split.effect, change: one.0, part: one.1,
          isFirst: i == 0)
      }
    }
  }

  /// People see so many rows.
  private static let most = 60

  var shown: Relation {
    var shown = relation
    shown.records = .programs
    if rows.count > Self.most {
      shown.cut = Relation.Cut(
        Self.most,
        rest: Relation.Line([
          Span(Text("and \(rows.count - Self.most) more", zh: "另有 \(rows.count - Self.most) 行"), .muted)
        ]))
    }
    return shown
  }

  private var relation: Relation {
    let both: ColumnHead.Faces = [.json, .csv]
    var columns: [AnswerColumn<Row>] = [
      .id("group", basis.title, .essential) { $0.key }.shown { [Span($0.isFirst ? $0.title : .same(""), .name)] }
        .faces(both),
      .change("effect", currency.heading("Effect", zh: "影响"), .useful) { $0.effect }
        .shown { $0.isFirst ? nil : [] }.faces(both),
      .id("change", Text("Change", zh: "改动"), .essential) { $0.change.id }.shown { [Span($0.change.label)] }
        .faces(both),
      .change("part", currency.heading("Part", zh: "分摊"), .essential) { $0.part.fen }.faces(both),
    ]
    if isSampled {
      columns.append(.money("error", currency.heading("± error", zh: "±误差"), .essential) { $0.part.error }.faces(both))
    }
    return Relation(title: title, of: rows, columns)
  }

  func add(to record: inout Record) { record.add(["by": basis.datum, "groups": .rows(relation)]) }
}
