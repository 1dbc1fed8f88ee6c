// Which line of a form as the program makes it each line of one that was read is a copy of. Knows nothing of what
// follows from it.

/// The lines of two forms, put together.
struct MatchedLines {
  /// The line of the own form for each that was read; nil: it is a copy of none.
  private(set) var own: [Int?]
  /// Those of the own form that nothing is a copy of.
  var missing: [Int] { isTaken.indices.filter { !isTaken[$0] } }

  private var isTaken: [Bool]
  private let rows: [[String]]
  private let wanted: [[String]]

  /// Those that are the same; then those with the same words; then those with the same first cell; then those that
  /// differ in few cells. Each line is a copy of one.
  init(_ rows: [[String]], _ wanted: [[String]]) {
    (self.rows, self.wanted) = (rows, wanted)
    own = Array(repeating: nil, count: rows.count)
    isTaken = Array(repeating: false, count: wanted.count)
    takeSame()
    takeOfWords()
    takeFirst()
    takeNear()
  }

  private mutating func take(_ line: Int, as number: Int) {
    own[number] = line
    isTaken[line] = true
  }

  private var open: [Int] { own.indices.filter { own[$0] == nil } }

  private mutating func takeSame() {
    // Most lines stand where they stood, or a little later than the last.
    var next = 0
    for number in rows.indices {
      let place =
        wanted[next...].indices.first { !isTaken[$0] && RemadePapers.isSame(rows[number], wanted[$0]) }
        ?? wanted[..<next].indices.first { !isTaken[$0] && RemadePapers.isSame(rows[number], wanted[$0]) }
      guard let place else { continue }
      take(place, as: number)
      next = place + 1
    }
  }

  /// Of several with the same words the one with the same first cell is meant, or the one in the same turn.
  private mutating func takeOfWords() {
    func words(_ line: [String]) -> [String] { line.map { FigureText($0).words } }
    let alike = Dictionary(grouping: missing) { words(wanted[$0]) }
    let mine = Dictionary(grouping: open) { words(rows[$0]) }
    for (key, numbers) in mine {
      guard let lines = alike[key] else { continue }
      for number in numbers {
        let named = lines.filter { wanted[$0].first == rows[number].first }
        if named.count == 1, !isTaken[named[0]] { take(named[0], as: number) }
      }
      let (left, others) = (numbers.filter { own[$0] == nil }, lines.filter { !isTaken[$0] })
      if left.count == others.count { for (number, line) in zip(left, others) { take(line, as: number) } }
    }
  }

  private mutating func takeFirst() {
    let named = Dictionary(grouping: wanted.indices) { wanted[$0].first ?? "" }
    let mine = Dictionary(grouping: rows.indices) { rows[$0].first ?? "" }
    for number in open {
      let first = rows[number].first ?? ""
      guard mine[first]?.count == 1, let lines = named[first], lines.count == 1, !isTaken[lines[0]],
        wanted[lines[0]].count == rows[number].count
      else { continue }
      take(lines[0], as: number)
    }
  }

  /// Lines of which at most a third of the cells differ, not counting those that a person is to write.
  private mutating func takeNear() {
    // Lists of thousands that have little in common are of two runs.
    guard open.count * missing.count <= 250_000 else { return }
    for number in open {
      let row = rows[number]
      var best: (line: Int, different: Int)?
      var isOnly = true
      for line in missing where wanted[line].count == row.count {
        let different = zip(row, wanted[line]).count { a, b in
          !PaperCheck.isToBeWritten(b) && !FigureText.isSame(a, b)
        }
        // Nothing is left of a line of which all is to be written.
        let same = zip(row, wanted[line]).count { a, b in !a.isEmpty && FigureText.isSame(a, b) }
        guard different * 3 <= row.count, same > 0 else { continue }
        if let known = best, known.different < different { continue }
        isOnly = best.map { $0.different > different } ?? true
        best = (line, different)
      }
      if let best, isOnly { take(best.line, as: number) }
    }
  }
}
