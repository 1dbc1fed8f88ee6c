// The list of completions as lines of text: in two columns when the candidates have meanings, else in as many
// columns as fit. Widths are display widths. Knows nothing of how candidates are found or where they go.

/// The candidates for one place, laid out for a window.
struct CompletionList {
  /// What all candidates have in common at their beginning.
  static func commonPrefix(of candidates: [Candidate]) -> String {
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      let shared = zip(prefix, candidate.text).prefix { $0 == $1 }.count
      prefix = prefix.prefix(shared)
    }
    return String(prefix)
  }

  /// The lines to show; a last line says how many candidates found no room.
  static func lines(of candidates: [Candidate], columns: Int, rows: Int, faint: Bool) -> [String] {
    let names = candidates.map { CellWidth.printable($0.text) }
    let meanings = candidates.map { CellWidth.printable($0.meaning) }
    let room = max(rows, 2)
    let (lines, perLine) =
      meanings.allSatisfy(\.isEmpty)
      ? grid(names, columns: columns)
      : (described(names, meanings, columns: columns, faint: faint), 1)
    guard lines.count > room else { return lines }
    let shown = lines.prefix(room - 1)
    return shown + ["… +\(candidates.count - shown.count * perLine)"]
  }

  private static func described(_ names: [String], _ meanings: [String], columns: Int, faint: Bool) -> [String] {
    let limit = max(columns - 1, 1)
    let widestName = min(widest(names), max(limit / 2, 8))
    return zip(names, meanings).map { name, meaning in
      // A name is never shortened beyond the window: it is what gets typed.
      let name = CellWidth.cut(name, to: limit)
      guard !meaning.isEmpty else { return name }
      let taken = max(widestName, CellWidth.of(name)) + 2
      let text = CellWidth.cut(meaning, to: limit - taken)
      guard !text.isEmpty else { return name }
      let padding = String(repeating: " ", count: taken - CellWidth.of(name))
      return name + padding + (faint ? "\u{1b}[2m\(text)\u{1b}[22m" : text)
    }
  }

  private static func widest(_ names: [String]) -> Int { names.reduce(0) { max($0, CellWidth.of($1)) } }

  /// Filled from top to bottom, as file listings are.
  private static func grid(_ names: [String], columns: Int) -> (lines: [String], perLine: Int) {
    let limit = max(columns - 1, 1)
    let cell = min(widest(names) + 2, limit)
    let perLine = max(limit / max(cell, 1), 1)
    let height = (names.count + perLine - 1) / perLine
    let lines = (0..<height).map { row in
      let inRow = stride(from: row, to: names.count, by: height).map { CellWidth.cut(names[$0], to: limit) }
      return inRow.enumerated().map { location, name in
        let padding = location == inRow.count - 1 ? 0 : max(cell - CellWidth.of(name), 1)
        return name + String(repeating: " ", count: padding)
      }.joined()
    }
    return (lines, perLine)
  }
}
