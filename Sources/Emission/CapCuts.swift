// How caps cut payments, in SQL: steps over payments of which each has what is still paid of it (`paid`), its turn,
// its group and room by each cap, and the number of the cap that has cut it last (`cut`). Knows nothing of what the
// groups are.
import Reckoning

/// Cuts payments by caps, which have numbers from 0.
struct CapCuts {
  let steps: SQLSteps
  /// The reading `cap_end`: what becomes of the payment that no longer fits.
  let end: Int
  private var dialect: SQLDialect { steps.dialect }

  /// Who comes first is paid, as far as there is room.
  func inTurn(_ step: String, _ k: Int) -> String {
    let window = "PARTITION BY group_\(k + 1) ORDER BY turn"
    let columns = "* \(dialect.except) (paid, cut)"
    func cut(to left: String) -> String {
      "\(left) AS paid, CASE WHEN \(left) < paid THEN \(k + 1) ELSE cut END AS cut"
    }
    let soFar = "sum(paid) OVER (\(window) ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    let name = "cut_by_\(k + 1)"
    switch end {
    case 0:
      return steps.add(
        name, ["Who comes first is paid; of the one that no longer fits, what is left · 先到先付，余额照付"],
        "SELECT \(columns),\n  \(cut(to: "greatest(least(paid, room_\(k + 1) - (\(soFar) - paid)), 0)"))\nFROM \(step)")
    case 1:
      return steps.add(
        name, ["Who comes first is paid, until one no longer fits · 先到先付，付不下即止"],
        "SELECT \(columns),\n  \(cut(to: "CASE WHEN \(soFar) <= room_\(k + 1) THEN paid ELSE 0 END"))\nFROM \(step)")
    case 2:
      let queue = steps.add(
        "queue_\(k + 1)", [], "SELECT *, row_number() OVER (\(window)) AS number\nFROM \(step)")
      steps.addTurns(
        "turns_\(k + 1)", ["Who no longer fits is passed over · 付不下的跳过"],
        SQLTurns(
          queue: queue, group: "group_\(k + 1)", columns: ["number", "turn", "paid", "room_\(k + 1) AS room"],
          start: [.init("used", dialect.wide, "0")],
          next: [
            .init("used", dialect.wide, "CASE WHEN t.used + c.paid <= c.room THEN t.used + c.paid ELSE t.used END")
          ],
          told: [.init("turn", "BIGINT", "c.turn"), .init("fits", "BOOLEAN", "t.used + c.paid <= c.room")]),
        recursive: """
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
        SELECT s.* \(dialect.except) (paid, cut), CASE WHEN t.fits THEN s.paid ELSE 0 END AS paid,
          CASE WHEN t.fits THEN s.cut ELSE \(k + 1) END AS cut
        FROM \(step) AS s
          JOIN turns_\(k + 1) AS t ON t.turn = s.turn
        """)
    case let other: Invariant.broken("cap-end-known: the reading `cap_end` has no choice \(other)")
    }
  }

  /// A cap in turn by its number, and the first day whose payments count, by the column of a day; nil: all count.
  struct Turn {
    let number: Int
    let firstDay: ((String) -> String)?
  }

  /// The caps in turn, one after the other where they are several, or where what was paid counts for a time only.
  func inTurn(_ step: String, _ turns: [Turn]) -> String {
    if turns.isEmpty { return step }
    if turns.count == 1, turns[0].firstDay == nil { return inTurn(step, turns[0].number) }
    let queue = steps.add(
      "queue_of_caps", [],
      """
      SELECT turn, date, paid AS wanted, row_number() OVER (ORDER BY turn) AS number,
        \(queued(turns).joined(separator: ",\n  "))
      FROM \(step)
      """)
    steps.addTurns(
      "turns_of_caps", ["Each in turn is paid as far as there is room below every cap · 逐笔核对各项限额"],
      goneThrough(queue, turns), recursive: oneByOne(queue, turns))
    return steps.add(
      "cut_in_turn", [],
      """
      SELECT s.* \(dialect.except) (paid, cut), t.granted AS paid, coalesce(t.tightest, s.cut) AS cut
      FROM \(step) AS s
        JOIN \(queue) AS q ON q.turn = s.turn
        JOIN turns_of_caps AS t ON t.number = q.number
      """)
  }

  /// What is carried along with a payment: its group and room by each cap, and from which day on payments count.
  private func queued(_ turns: [Turn]) -> [String] {
    let groups = turns.map { turn in
      let k = turn.number + 1
      return "dense_rank() OVER (ORDER BY group_\(k)) AS own_\(k), room_\(k)"
    }
    if dialect.keepsSteps { return groups }
    return groups
      + turns.compactMap { turn in turn.firstDay.map { "\($0("date")) AS first_day_\(turn.number + 1)" } }
  }

  /// Each payment in turn against every cap at once: what was paid of each group is carried along.
  private func oneByOne(_ queue: String, _ turns: [Turn]) -> String {
    let all = turns.map { $0.number + 1 }
    let lefts = turns.map { turn in
      let k = turn.number + 1
      let counts = turn.firstDay.map { " AND x.d >= " + $0("c.date") } ?? ""
      let mine = "lambda x: x.g = c.own_\(k)\(counts)"
      return """
        CASE WHEN len(list_filter(t.closed_\(k), \(mine))) > 0 THEN 0
              ELSE greatest(c.room_\(k) - coalesce(list_sum(list_transform(list_filter(t.taken_\(k), \(mine)),
                lambda x: x.fen)), 0), 0) END AS left_\(k),
            len(list_filter(t.closed_\(k), \(mine))) > 0 AS is_closed_\(k)
        """
    }
    let least = "least(\((["wanted"] + all.map { "left_\($0)" }).joined(separator: ", ")))"
    let granted = end == 0 ? least : "CASE WHEN \(least) = wanted THEN wanted ELSE 0 END"
    let tightest = CapCuts.tightest(all.map { ($0, "left_\($0)") }, wanted: "wanted")
    let carried = all.map { k in
      let taken = """
        CASE WHEN granted > 0 THEN list_append(taken_\(k), {'g': own_\(k), 'd': date, 'fen': CAST(granted AS HUGEINT)})
            ELSE taken_\(k) END AS taken_\(k)
        """
      // Who does not fit closes the group, once, as long as that day counts.
      let closed =
        end == 1
        ? "CASE WHEN left_\(k) < wanted AND NOT is_closed_\(k) "
          + "THEN list_append(closed_\(k), {'g': own_\(k), 'd': date}) ELSE closed_\(k) END AS closed_\(k)"
        : "closed_\(k)"
      return taken + ",\n  " + closed
    }
    let state = all.map { "t.taken_\($0), t.closed_\($0), c.own_\($0)" }.joined(separator: ", ")
    let empty = all.map {
      "CAST([] AS STRUCT(g BIGINT, d DATE, fen HUGEINT)[]) AS taken_\($0), "
        + "CAST([] AS STRUCT(g BIGINT, d DATE)[]) AS closed_\($0)"
    }
    return """
      SELECT CAST(0 AS BIGINT) AS number, CAST(0 AS BIGINT) AS turn, CAST(0 AS HUGEINT) AS granted,
        CAST(NULL AS INTEGER) AS tightest,
        \(empty.joined(separator: ",\n  "))
      UNION ALL
      SELECT number, turn, CAST(granted AS HUGEINT) AS granted, \(tightest) AS tightest,
        \(carried.joined(separator: ",\n  "))
      FROM (
        SELECT *, \(granted) AS granted
        FROM (
          SELECT c.number, c.turn, c.date, c.wanted, \(state),
            \(lefts.joined(separator: ",\n      "))
          FROM turns_of_caps AS t
            JOIN \(queue) AS c ON c.number = t.number + 1
        ) AS asked
      ) AS decided
      """
  }

  /// The number of the first cap that leaves least, where that is less than is wanted.
  static func tightest(_ lefts: [(k: Int, left: String)], wanted: String) -> String {
    let least = lefts.count == 1 ? lefts[0].left : "least(\(lefts.map(\.left).joined(separator: ", ")))"
    let which = lefts.map { "WHEN \(least) = (\($0.left)) THEN \($0.k)" }.joined(separator: " ")
    return "CASE WHEN \(least) >= \(wanted) THEN NULL \(which) END"
  }

  /// All of a group by the same factor, rounded down; the fen that are left go to the largest remainders.
  func inProportion(_ step: String, _ k: Int) -> String {
    let group = "PARTITION BY group_\(k + 1)"
    let summed = steps.add(
      "summed_\(k + 1)", [],
      """
      SELECT * \(dialect.except) (cut),
        CASE WHEN sum(paid) OVER (\(group)) > room_\(k + 1) THEN \(k + 1) ELSE cut END AS cut,
        CAST(sum(paid) OVER (\(group)) AS \(dialect.wide)) AS whole,
        CAST(paid AS \(dialect.wide)) * room_\(k + 1) AS product
      FROM \(step)
      """)
    let share = dialect.quotient("product", "whole")
    let shares = steps.add(
      "shares_\(k + 1)", ["All alike, by the same share · 按同一比例"],
      """
      SELECT * \(dialect.except) (whole, product), whole > room_\(k + 1) AS is_cut, \(share) AS share,
        row_number() OVER (\(group) ORDER BY product % whole DESC, turn) AS by_remainder
      FROM \(summed)
      WHERE paid > 0
      """)
    return steps.add(
      "cut_by_\(k + 1)", [],
      """
      SELECT * \(dialect.except) (paid, is_cut, share, by_remainder),
        CASE WHEN NOT is_cut THEN paid
          WHEN by_remainder <= room_\(k + 1) - sum(share) OVER (\(group)) THEN share + 1
          ELSE share END AS paid
      FROM \(shares)
      UNION ALL
      SELECT * \(dialect.except) (paid, whole, product), paid FROM \(summed) WHERE paid = 0
      """)
  }
}

extension CapCuts {
  /// The columns of a payment of which a cap has left `paid`: what was claimed at first, and which cap cut it.
  /// - Parameters:
  ///   - amount: the column that holds what the cap has found.
  ///   - value: what stands in it now.
  ///   - cap: the cap's name.
  static func left(
    of amount: String, _ columns: String, as value: String, _ standing: String, by cap: String
  ) -> String {
    MeasureSQL.selected(
      columns,
      [
        amount: value, "standing": standing,
        "claimed": "CASE WHEN paid < \(amount) THEN coalesce(claimed, \(amount)) ELSE claimed END",
        "cut_by": "CASE WHEN paid < \(amount) THEN \(cap) ELSE cut_by END",
      ])
  }
}
