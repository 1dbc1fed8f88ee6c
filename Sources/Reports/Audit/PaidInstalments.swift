// A payment that was made in several lines, none of which is it by itself: what each line is of what is due, poured in
// the order of days. Knows nothing of names and days.

import Reckoning

/// What a line is of a payment.
struct PaidShare: Hashable {
  /// Index of the payment.
  let due: Int
  /// Fen of what is due.
  let fen: Int64
  /// Whether no other line has paid of it before.
  let isFirst: Bool
}

/// Lines that say the same of whom and what they are for, and what is due to those.
struct PaidInstalments {
  /// Fen of the lines and of the payments, above nought, both in the order of their days.
  let lines: [Int64]
  let dues: [(due: Int, fen: Int64)]

  /// How many of the lines come to payments exactly, the first of which are paid; nil where none do together.
  var exact: Int? {
    var ends: Set<Int64> = []
    var sum: Int64 = 0
    for due in dues {
      sum = Amounts.add(sum, due.fen)
      ends.insert(sum)
    }
    sum = 0
    var found: Int?
    for (i, fen) in lines.enumerated() {
      sum = Amounts.add(sum, fen)
      if i > 0, ends.contains(sum) { found = i + 1 }
    }
    return found
  }

  /// What the first so many lines are of the payments; nothing for a line behind the last of what is due. What is left
  /// of a payment goes with the last line that pays of it, so that it is too little.
  func shares(of count: Int) -> [[PaidShare]] {
    var out: [[PaidShare]] = []
    var (due, paid) = (0, Int64(0))
    for line in lines.prefix(count) {
      var left = line
      var shares: [PaidShare] = []
      while left > 0, due < dues.count {
        let fen = min(left, Amounts.add(dues[due].fen, -paid))
        shares.append(PaidShare(due: dues[due].due, fen: fen, isFirst: paid == 0))
        left = Amounts.add(left, -fen)
        paid = Amounts.add(paid, fen)
        if paid == dues[due].fen { (due, paid) = (due + 1, 0) }
      }
      out.append(shares)
    }
    if paid > 0, let last = out.lastIndex(where: { !$0.isEmpty }), let share = out[last].last {
      let rest = Amounts.add(dues[due].fen, -paid)
      out[last][out[last].count - 1] = PaidShare(
        due: share.due, fen: Amounts.add(share.fen, rest), isFirst: share.isFirst)
    }
    return out
  }
}
