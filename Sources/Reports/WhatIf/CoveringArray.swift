// Rows in which every three of several choices stand together at least once: far fewer than all combinations, and
// enough to find what three of them do together (a covering array of strength three, built greedily).

/// Rows of levels in which every three factors have all combinations of theirs.
struct CoveringArray {
  /// A level of each factor, by its number.
  let rows: [[Int]]

  /// How many factors stand together in all their combinations, where there are so many factors.
  static let strength = 3

  /// - Parameters:
  ///   - levels: how many levels each factor has; at least one.
  ///   - usual: the level that a factor keeps in a row where nothing is gained by another.
  init(levels: [Int], usual: [Int]) {
    guard levels.count >= CoveringArray.strength else {
      rows = CoveringArray.all(levels)
      return
    }
    var open = Triples(levels)
    var rows: [[Int]] = []
    while let first = open.next() {
      var row: [Int?] = levels.map { _ in nil }
      for (factor, level) in first { row[factor] = level }
      for factor in levels.indices where row[factor] == nil {
        row[factor] = CoveringArray.best(factor, levels[factor], usual[factor], row, open)
      }
      let whole = zip(row, usual).map { $0 ?? $1 }
      open.cover(whole)
      rows.append(whole)
    }
    self.rows = rows
  }

  /// The level by which a row covers most of what is open together with what it has; the usual one where none does
  /// better, then the first.
  private static func best(_ factor: Int, _ levels: Int, _ usual: Int, _ row: [Int?], _ open: Triples) -> Int {
    let counts = (0..<levels).map { open.gained(factor, $0, row) }
    guard let most = counts.max(), most > counts[usual] else { return usual }
    return counts.firstIndex(of: most) ?? usual
  }

  private static func all(_ levels: [Int]) -> [[Int]] {
    levels.reduce([[]]) { rows, count in rows.flatMap { row in (0..<count).map { row + [$0] } } }
  }
}

/// What three levels have not stood together yet.
private struct Triples {
  private let levels: [Int]
  /// Where the factor's levels begin among all.
  private let starts: [Int]
  private let width: Int
  /// The factor of each level.
  private let factors: [Int]
  /// Whether three levels are open, by their numbers among all levels, the factors in rising order.
  private var isOpen: [Bool]
  private var cursor = 0

  init(_ levels: [Int]) {
    self.levels = levels
    var starts: [Int] = []
    var sum = 0
    for count in levels {
      starts.append(sum)
      sum += count
    }
    (self.starts, width) = (starts, sum)
    factors = levels.indices.flatMap { Array(repeating: $0, count: levels[$0]) }
    isOpen = Array(repeating: false, count: sum * sum * sum)
    for a in levels.indices {
      for b in levels.indices where b > a {
        for c in levels.indices where c > b {
          for i in 0..<levels[a] {
            for j in 0..<levels[b] { for k in 0..<levels[c] { isOpen[place(a, i, b, j, c, k)] = true } }
          }
        }
      }
    }
  }

  private func place(_ a: Int, _ i: Int, _ b: Int, _ j: Int, _ c: Int, _ k: Int) -> Int {
    ((starts[a] + i) * width + starts[b] + j) * width + starts[c] + k
  }

  /// The first three that are open: factor and level of each.
  mutating func next() -> [(factor: Int, level: Int)]? {
    while cursor < isOpen.count, !isOpen[cursor] { cursor += 1 }
    guard cursor < isOpen.count else { return nil }
    return [cursor / (width * width), cursor / width % width, cursor % width].map { number in
      let factor = factors[number]
      return (factor, number - starts[factor])
    }
  }

  /// How many open ones a level covers together with every two that a row has.
  func gained(_ factor: Int, _ level: Int, _ row: [Int?]) -> Int {
    var count = 0
    for a in row.indices where a != factor {
      guard let i = row[a] else { continue }
      for b in row.indices where b > a && b != factor {
        guard let j = row[b] else { continue }
        let at =
          factor < a
          ? place(factor, level, a, i, b, j)
          : factor < b ? place(a, i, factor, level, b, j) : place(a, i, b, j, factor, level)
        if isOpen[at] { count += 1 }
      }
    }
    return count
  }

  mutating func cover(_ row: [Int]) {
    for a in row.indices {
      for b in row.indices where b > a {
        for c in row.indices where c > b { isOpen[place(a, row[a], b, row[b], c, row[c])] = false }
      }
    }
  }
}
