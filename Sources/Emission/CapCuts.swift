// How caps cut payments, in SQL: steps over payments of which each has what is still paid of it (`paid`), its turn,
// and its group and room by each cap. Knows nothing of what the groups are.
import Reckoning

/// Cuts payments by caps, which have numbers from 0.
struct CapCuts {
  let steps: SQLSteps
  /// The reading `cap_end`: what becomes of the payment that no longer fits.
  let end: Int

  /// Who comes first is paid, as far as there is room.
  func inTurn(_ step: String, _ k: Int) -> String {
    let window = "PARTITION BY group_\(k + 1) ORDER BY turn"
    let columns = "* EXCLUDE (paid)"
    let soFar = "sum(paid) OVER (\(window) ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    let name = "cut_by_\(k + 1)"
    switch end {
    case 0:
      return steps.add(
        name, ["Who comes first is paid; of the one that no longer fits, what is left · 先到先付，余额照付"],
        "SELECT \(columns), greatest(least(paid, room_\(k + 1) - (\(soFar) - paid)), 0) AS paid\nFROM \(step)")
    case 1:
      return steps.add(
        name, ["Who comes first is paid, until one no longer fits · 先到先付，付不下即止"],
        "SELECT \(columns), CASE WHEN \(soFar) <= room_\(k + 1) THEN paid ELSE 0 END AS paid\nFROM \(step)")
    case 2:
      let queue = steps.add(
        "queue_\(k + 1)", [], "SELECT *, row_number() OVER (\(window)) AS number\nFROM \(step)")
      steps.addRecursive(
        "turns_\(k + 1)", ["Who no longer fits is passed over · 付不下的跳过"],
        """
        SELECT turn, group_\(k + 1) AS own, number,
          CASE WHEN paid <= room_\(k + 1) THEN CAST(paid AS HUGEINT) ELSE 0 END AS used,
          paid <= room_\(k + 1) AS fits
        FROM \(queue)
        WHERE number = 1
        UNION ALL
        SELECT q.turn, q.group_\(k + 1) AS own, q.number,
          CASE WHEN t.used + q.paid <= q.room_\(k + 1) THEN t.used + q.paid ELSE t.used END AS used,
          t.used + q.paid <= q.room_\(k + 1) AS fits
        FROM turns_\(k + 1) AS t
          JOIN \(queue) AS q ON q.group_\(k + 1) = t.own AND q.number = t.number + 1
        """)
      return steps.add(
        name, [],
        """
        SELECT s.* EXCLUDE (paid), CASE WHEN t.fits THEN s.paid ELSE 0 END AS paid
        FROM \(step) AS s
          JOIN turns_\(k + 1) AS t ON t.turn = s.turn
        """)
    case let other: Invariant.broken("cap-end-known: the reading `cap_end` has no choice \(other)")
    }
  }

  /// All of a group by the same factor, rounded down; the fen that are left go to the largest remainders.
  func inProportion(_ step: String, _ k: Int) -> String {
    let group = "PARTITION BY group_\(k + 1)"
    let summed = steps.add(
      "summed_\(k + 1)", [],
      """
      SELECT *, CAST(sum(paid) OVER (\(group)) AS HUGEINT) AS whole,
        CAST(paid AS HUGEINT) * room_\(k + 1) AS product
      FROM \(step)
      """)
    let shares = steps.add(
      "shares_\(k + 1)", ["All alike, by the same share · 按同一比例"],
      """
      SELECT * EXCLUDE (whole, product), whole > room_\(k + 1) AS is_cut, product // whole AS share,
        row_number() OVER (\(group) ORDER BY product % whole DESC, turn) AS by_remainder
      FROM \(summed)
      WHERE paid > 0
      """)
    return steps.add(
      "cut_by_\(k + 1)", [],
      """
      SELECT * EXCLUDE (paid, is_cut, share, by_remainder),
        CASE WHEN NOT is_cut THEN paid
          WHEN by_remainder <= room_\(k + 1) - sum(share) OVER (\(group)) THEN share + 1
          ELSE share END AS paid
      FROM \(shares)
      UNION ALL
      SELECT * EXCLUDE (paid), paid FROM \(step) WHERE paid = 0
      """)
  }
}
