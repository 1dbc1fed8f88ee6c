// When a table's rows that begin on a day give way: to the first later one with the same other cells. Made once for a
// table, so that long ones are not gone through for each of their rows.

/// The days of a table's rows.
struct TableDays {
  private typealias Row = (text: String, day: Expression)
  /// By what stands in the other cells, in ascending order.
  private var days: [[String]: [Row]] = [:]
  /// What the other cells are compared by, by row and cell.
  private var others: [[Int: [String]]] = []

  init(_ table: TableSyntax) {
    for row in table.rows {
      var keys: [Int: [String]] = [:]
      if case .cells(let cells) = row.test, cells.contains(where: { $0.day != nil }) {
        let written = cells.map(TableDays.written)
        for (k, cell) in cells.enumerated() {
          guard let day = cell.day else { continue }
          var key = written
          key[k] = String(k)
          keys[k] = key
          days[key, default: []].append(day)
        }
      }
      others.append(keys)
    }
    for key in days.keys { days[key]?.sort { $0.text < $1.text } }
  }

  /// The first later day after that of a row's cell.
  func next(after day: Expression, _ k: Int, _ row: Int) -> Expression? {
    guard case .date(let own) = day.node, others.indices.contains(row), let key = others[row][k], let all = days[key]
    else { return nil }
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].text > own { high = middle } else { low = middle + 1 }
    }
    return low < all.count ? all[low].day : nil
  }

  /// A cell as it is compared with others: by what is written in it.
  private static func written(_ cell: TableSyntax.Cell) -> String {
    switch cell {
    case .any: "any"
    case .above: "above"
    case .upTo(let e): "up to \(e.node)"
    case .below(let e): "below \(e.node)"
    case .from(let e): "from \(e.node)"
    case .values(let all): all.map { "\($0.node)" }.joined(separator: " or ")
    }
  }
}

extension TableSyntax.Cell {
  /// The day from which a row holds; nil where it says none.
  fileprivate var day: (text: String, day: Expression)? {
    guard case .from(let e) = self, case .date(let text) = e.node else { return nil }
    return (text, e)
  }
}
