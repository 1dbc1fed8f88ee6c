// What the caps of a measure found: the payments in the order in which they come, and whose groups they are. Which cap
// cuts whom is a comparison of what is claimed with what is left; where it comes out alike at two values of a figure on
// which all claims lie in straight lines, it comes out so between them. Knows nothing of figures.
import Facts
import Reckoning

/// Payments as a measure's caps in turn found them.
struct CapsFound {
  let payments: CappedPayments
  /// The clause of each payment.
  let clauses: [Int]
  /// The payments as they come.
  let order: [Int32]
  let caps: [CapGroups]
  let end: CapEnd

  /// Nil where some cap is shared, or there are too many payments.
  init?(_ job: CapJob, _ caps: [CapGroups], _ ranks: [(Int) -> Int64], _ end: CapEnd) {
    guard job.payments.count <= Steadiness.most, caps.allSatisfy({ !$0.isShared }) else { return nil }
    payments = job.payments
    clauses = (0..<job.payments.count).map { job.parts[job.payments.part($0)].candidates.clause }
    order = job.sorted(job.payments.paid.indices.map { Int32(truncatingIfNeeded: $0) }, ranks)
    (self.caps, self.end) = (caps, end)
  }

  /// Adds which cap cuts whom to a digest.
  /// - Parameter isRounded: whether the amounts of a clause are rounded, by up to a fen.
  /// - Returns: by how many fen roundings may move what is left of the payments in all; nil where they may decide.
  func cuts(isRounded: (Int) -> Bool, _ digest: inout Digest) -> Int64? {
    var rooms = caps.map { cap in cap.room.map { CapRoom($0, cap.span) } }
    var noise = caps.map { [Int64](repeating: 0, count: $0.room.count) }
    var moved: Int64 = 0
    /// Whether one is larger than another, wherever roundings may have moved both.
    func isMore(_ a: Int64, _ b: Int64, _ by: Int64) -> Bool? {
      let (distance, isFar) = a.subtractingReportingOverflow(b)
      return by == 0 || isFar || distance.magnitude > UInt64(by) ? a > b : nil
    }
    for row in order {
      let i = Int(row), day = payments.dates[i], wanted = payments.amounts[i]
      let own: Int64 = isRounded(clauses[i]) ? 1 : 0
      var tightest: (cap: Int, left: Int64)?
      var shuts: [Int] = []
      for c in caps.indices where caps[c].room[Int(caps[c].group[i])] != .max {
        let g = Int(caps[c].group[i])
        let left = rooms[c][g].left(on: day)
        guard let isCut = isMore(wanted, left, own + noise[c][g]) else { return nil }
        if isCut { shuts.append(c) }
        guard let now = tightest else {
          tightest = (c, left)
          continue
        }
        let other = Int(caps[now.cap].group[i])
        guard let isLooser = isMore(now.left, left, noise[c][g] + noise[now.cap][other]) else { return nil }
        if isLooser { tightest = (c, left) }
      }
      var paid = wanted, by = own
      if let tightest, wanted > tightest.left {
        let isPart = end == .part
        paid = isPart ? tightest.left : 0
        by = isPart ? noise[tightest.cap][Int(caps[tightest.cap].group[i])] : 0
        digest.add(Int64(tightest.cap))
      } else {
        digest.add(-1)
      }
      for c in shuts { digest.add(Int64(c)) }
      for c in caps.indices {
        let g = Int(caps[c].group[i])
        if end == .stop, shuts.contains(c) { rooms[c][g].close(on: day) }
        rooms[c][g].take(paid, on: day)
        noise[c][g] += by
      }
      moved += by
    }
    return moved
  }
}
