// Which columns of a table are shown in a window and how wide each is. Pure arithmetic on widths; knows nothing of
// the texts.

/// The outcome: columns side by side, or, when not even the essential ones fit, each row as a list of its cells.
enum TableLayout: Equatable {
  /// The columns kept, in order, and their widths.
  case columns([Int], widths: [Int])
  case stacked

  /// What the layout has to know of a column.
  struct Column {
    /// The width at which nothing is wrapped.
    let natural: Int
    /// The width below which the column says too little, or something false.
    let minimum: Int
    let importance: Table.Importance
  }

  /// Leaves out the least important columns, of equally important ones the rightmost, until the others fit at their
  /// minimum; then gives out the remaining room, narrowing the widest columns first.
  static func fit(_ columns: [Column], width: Int, gap: Int) -> TableLayout {
    var kept = Array(columns.indices)
    func gaps() -> Int { gap * max(0, kept.count - 1) }
    while kept.reduce(0, { $0 + columns[$1].minimum }) + gaps() > width {
      let candidates = kept.filter { columns[$0].importance < .essential }
      guard kept.count > 1, let least = candidates.map({ columns[$0].importance }).min(),
        let dropped = candidates.last(where: { columns[$0].importance == least })
      else { return .stacked }
      kept.removeAll { $0 == dropped }
    }
    guard !kept.isEmpty else { return .stacked }
    // No column can use more than the whole window.
    var widths = kept.map { min(columns[$0].natural, width) }
    var excess = widths.reduce(0, +) + gaps() - width
    while excess > 0 {
      let narrowable = widths.indices.filter { widths[$0] > columns[kept[$0]].minimum }
      guard let widest = narrowable.max(by: { widths[$0] < widths[$1] }) else { return .stacked }
      widths[widest] -= 1
      excess -= 1
    }
    return .columns(kept, widths: widths)
  }
}
