// The best of what a search over several figures has found, and what more of it costs. Of combinations that come to the
// same the one is told that lies nearest to the figures as they are. Knows nothing of how they were found.

import Engine

extension JointSearch.Cell {
  /// The combination of the cell that comes to what a corner comes to and lies nearest to some values: figures that
  /// move nothing here go as near as the cell reaches.
  func nearest(_ corner: JointSearch.Point, to now: [Int64]?) -> JointSearch.Point {
    guard let now else { return corner }
    // Where the amount is the same at all corners, and rounding moves no part of it, it is the same throughout.
    let isFlat = low.amount == high.amount && slack == 0
    let values = ranges.indices.map { axis in
      isFlat || directions[axis] == .none
        ? min(max(now[axis], ranges[axis].lowerBound), ranges[axis].upperBound) : corner.values[axis]
    }
    return JointSearch.Point(values: values, amount: corner.amount, count: corner.count)
  }
}

extension JointSearch.Point {
  /// Whether a combination that comes to the same changes less of what there is: fewer figures, then those by a smaller
  /// share of what they are, then the one whose values are least.
  fileprivate func isNearer(than other: JointSearch.Point, to now: [Int64]) -> Bool {
    let (own, others) = (distance(to: now), other.distance(to: now))
    if own.changed != others.changed { return own.changed < others.changed }
    if own.share != others.share { return own.share < others.share }
    return values.lexicographicallyPrecedes(other.values)
  }

  private func distance(to now: [Int64]) -> (changed: Int, share: Double) {
    var (changed, share) = (0, 0.0)
    for (value, old) in zip(values, now) where value != old {
      changed += 1
      share += abs(Double(value) - Double(old)) / max(abs(Double(old)), 1)
    }
    return (changed, share)
  }
}

extension JointSearch.Found {
  private func points(_ aim: JointAim, near now: [Int64]?) -> [JointSearch.Point] {
    cells.map { $0.nearest(aim.wantsLow ? $0.low : $0.high, to: now) } + tried
  }

  /// The best combination; nil where none does.
  /// - Parameter now: the figures as they are: of combinations that do equally well the nearest to them is the best.
  ///   Nil: that whose values are least.
  package func best(_ aim: JointAim, near now: [Int64]? = nil) -> JointSearch.Point? {
    points(aim, near: now).filter(aim.holds).min { a, b in
      guard let now, a.amount == b.amount, a.count == b.count else { return aim.prefers(a, to: b) }
      return a.isNearer(than: b, to: now)
    }
  }

  /// What more of the one costs of the other: every combination to which none is better in both, of those that were run
  /// where not all are accounted for.
  /// - Parameter now: the figures as they are, as for the best.
  package func frontier(_ aim: JointAim, near now: [Int64]? = nil) -> [JointSearch.Point] {
    let sorted = points(aim, near: now).sorted { a, b in
      if a.amount != b.amount { return aim.wantsLow ? a.amount < b.amount : a.amount > b.amount }
      if a.count != b.count { return aim.isForMany ? a.count > b.count : a.count < b.count }
      return now.map { a.isNearer(than: b, to: $0) } ?? a.values.lexicographicallyPrecedes(b.values)
    }
    var frontier: [JointSearch.Point] = []
    for point in sorted {
      if let last = frontier.last, aim.isForMany ? point.count <= last.count : point.count >= last.count { continue }
      frontier.append(point)
    }
    return frontier
  }
}
