// What groups of a budget are called, and two keys of it that cross. Knows nothing of how many payments there are.

import Answers
import Commands
import Diagnostics
import Reports
import View

extension Breakdown.Basis {
  /// The name that programs read, or both names.
  var datum: Datum {
    switch self {
    case .dimension(let dimension): .id(dimension.rawValue)
    case .keys(let names): names.count == 1 ? .id(names[0].name) : .ids(names.map(\.name))
    }
  }

  /// The head of a column of groups in CSV.
  var key: String {
    switch self {
    case .dimension(let dimension): dimension.rawValue
    case .keys: "group"
    }
  }

  /// What people call it.
  var title: Text {
    switch self {
    case .dimension(let dimension): dimension.title
    case .keys(let names):
      Text(names.map(\.title.en).joined(separator: ", "), zh: names.map(\.title.zh).joined(separator: "、"))
    }
  }
}

extension CrossTable {
  /// What a budget comes to where two keys cross.
  init(_ cross: Breakdown.Cross, _ basis: Breakdown.Basis, _ budget: Budget) {
    var titles: [Text] = []
    if case .keys(let names) = basis { titles = names.map(\.title) }
    let dataset = budget.ledger.dataset
    func lines(_ groups: [Breakdown.Group]) -> [Line] {
      groups.map { Line(key: $0.key, title: $0.title ?? dataset.words($0.key), sum: $0.tally.total) }
    }
    self.init(
      rows: lines(cross.rows), columns: lines(cross.columns),
      cells: cross.cells.map { $0.map { $0.map(\.total) } }, total: budget.sum.total,
      names: (titles.first ?? .same(""), titles.last ?? .same("")), currency: budget.ledger.documents.currency)
  }
}
