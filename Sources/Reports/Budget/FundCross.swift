// Sources of money crossed with another key: what each measure comes to in each group, split by the shares in force so
// that both margins hold to the fen. Knows nothing of how it is shown.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

extension Breakdown {
  /// Crosses the sources of money with another key.
  ///
  /// - Precondition: of two keys one is the source of money.
  init(_ budget: Budget, fundsAcross keys: [GroupKey]) {
    Invariant.holds(
      keys.count == 2 && keys.count(where: \.isFund) == 1,
      "funds-cross-once: sources of money are crossed with one other key")
    let isFirst = keys[0].isFund
    let other = keys[isFirst ? 1 : 0]
    let measures = GroupKey(.measure, title: Text("measure", zh: "措施"))
    let found = Invariant.value(
      Breakdown(budget, by: [measures, other]).cross, "two-keys-cross: a budget by two keys has both margins")
    var cells: [String: [Tally?]] = [:]
    func add(_ part: Tally, to key: String, _ column: Int) {
      var line = cells[key] ?? Array(repeating: nil, count: found.columns.count)
      var sum = line[column] ?? Tally()
      sum.add(part)
      line[column] = sum
      cells[key] = line
    }
    let borne = BorneCells(budget.ledger, by: [measures, other])
    for (row, group) in zip(found.cells, found.rows) {
      let measure = Invariant.value(
        budget.ledger.measures.first { $0.id == group.key },
        "measure-in-ledger: a payment's measure is one of the ledger's")
      // What has been split so far, and what of that went to each source: the parts of all groups add up to those of
      // the measure as a whole.
      var (whole, before) = (Tally(), [String: Tally]())
      for (column, tally) in row.enumerated() {
        guard let all = tally else { continue }
        let own = borne.parts(group.key, found.columns[column].key)
        for (key, part) in own { add(part, to: key, column) }
        let tally = all.without(own.map(\.tally))
        whole.add(tally)
        for (key, sum) in FundSplit.parts(of: whole, measure, budget.ledger) {
          var part = sum.less(before[key] ?? Tally())
          before[key] = sum
          part.payments = sum.payments == 0 ? 0 : tally.payments
          if !part.isEmpty { add(part, to: key, column) }
        }
      }
    }
    let keysInOrder = FundSplit.order.filter { cells[$0] != nil }
    let lines = keysInOrder.map { cells[$0] ?? [] }
    let funds = zip(keysInOrder, lines).map { key, line in
      Group(
        key: key, title: FundSplit.words(key),
        tally: line.reduce(into: Tally()) { sum, tally in sum.add(tally ?? Tally()) })
    }
    let turned = isFirst ? lines : found.columns.indices.map { column in lines.map { $0[column] } }
    let cross = Cross(
      rows: isFirst ? funds : found.columns, columns: isFirst ? found.columns : funds, cells: turned)
    self.init(
      basis: .keys(keys.map { GroupName(name: $0.name, title: $0.title) }), groups: cross.pairs, cross: cross)
  }

  /// Whether a payment may stand in several groups, since it has several sources.
  package var sharesPayments: Bool {
    switch basis {
    case .dimension(let dimension): dimension == .fund
    case .keys(let names): names.contains { $0.name == Dimension.fund.rawValue }
    }
  }
}

extension Breakdown.Cross {
  /// What both keys have in common, row by row, as groups of one list.
  var pairs: [Breakdown.Group] {
    zip(rows.indices, rows).flatMap { place, row in
      zip(columns.indices, columns).compactMap { across, column in
        cells[place][across].map { tally in
          func words(_ group: Breakdown.Group) -> Text { group.title ?? .same(group.key) }
          return Breakdown.Group(
            key: row.key + " · " + column.key,
            title: Text(words(row).en + " · " + words(column).en, zh: words(row).zh + " · " + words(column).zh),
            tally: tally, rank: Int64(place * columns.count + across), parts: [row.key, column.key])
        }
      }
    }
  }
}
