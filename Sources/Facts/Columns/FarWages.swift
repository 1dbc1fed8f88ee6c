// Wages that hardly anybody has: a point too many or too few, yuan in a column of ten thousands, a year's pay for a
// month's. They are read as written and told. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

extension ListColumns {
  /// Fen of a month's pay beyond which a wage is told of: more than nearly anybody has, and less than a part-time post.
  private static let plausible: ClosedRange<Int64> = 50_000...10_000_000

  /// Tells of records in files whose wage for a month is far from any that is paid.
  func tellFarWages(_ assembly: inout Assembly) {
    guard let field = list.schema.named("monthly_wage"), field >= 0, fields[field].type == .money,
      case .buffer(let buffer) = made[field], case .int64(let wages) = buffer.values
    else { return }
    let rows = list.records.count..<list.records.count + list.bulk.reduce(0) { $0 + $1.records.rows }
    let missing = ListSchema.whenAbsent(fields[field])
    var low: (count: Int, rows: [Int]) = (0, []), high = low
    for row in rows where wages[row] != missing && wages[row] > 0 && !ListColumns.plausible.contains(wages[row]) {
      if wages[row] < ListColumns.plausible.lowerBound {
        low.count += 1
        if low.rows.count < 3 { low.rows.append(row) }
      } else if wages[row] < Money.limit.fen {
        high.count += 1
        if high.rows.count < 3 { high.rows.append(row) }
      }
    }
    for (told, isHigh) in [(high, true), (low, false)] where told.count > 0 {
      assembly.remarks.append(farWage(told, field, isHigh: isHigh, wages))
    }
  }

  private func farWage(
    _ told: (count: Int, rows: [Int]), _ field: Int, isHigh: Bool, _ wages: CheckedBuffer<Int64>
  ) -> Diagnostic {
    let places = list.places(told.rows, of: field)
    let parts = zip(places.names, told.rows).map { name, row in
      let yuan = Money(fen: wages[row]).grouped
      return Text("\(name.en): \(yuan)", zh: "\(name.zh) \(yuan) 元")
    }
    let more = told.count > parts.count
    let bound = Money(fen: isHigh ? ListColumns.plausible.upperBound : ListColumns.plausible.lowerBound).grouped
    let title = list.schema.declaration.title, words = fields[field].words
    return Diagnostic(
      .warning, code: "far-wage",
      Text(
        "\(told.count) of the \(title.en) state a `\(fields[field].name)` \(isHigh ? "above" : "below") \(bound) yuan "
          + "(\(parts.map(\.en).joined(separator: "; "))\(more ? "; …" : "")), which is taken as written",
        zh: "\(title.zh)中有 \(told.count) 条的\(words.zh)\(isHigh ? "高于" : "低于") \(bound) 元"
          + "（\(parts.map(\.zh).joined(separator: "、"))\(more ? "等" : "")），按所写处理"),
      hint: Text("check the figure and the unit in the heading", zh: "请核对数字和表头中的单位"), at: places.first)
  }
}
