// What a measure pays only while a quota has seats, in SQL: one quota by counting, several one candidate after
// another.
import Diagnostics
import Facts
import PolicyLanguage

extension MeasureSQL {
  /// Who finds a seat; the last step's name.
  func quotas(_ last: String) throws(EmissionRefusal) -> String {
    let quotas = measure.limits.quotas
    var wanted: [(name: String, t: Typed)] = []
    for (q, quota) in quotas.enumerated() {
      wanted.append(("seats_\(q + 1)", quota.limit))
      wanted += quota.keys.enumerated().map { ("group_\(q + 1)_\($0 + 1)", $1) }
    }
    wanted += measure.limits.ordered.enumerated().map { ("order_\($0 + 1)", $1) }
    let keyed = try keyed(wanted)
    let order = try orders(measure.limits.ordered) + "c.record, c.step"
    func group(_ q: Int) -> String {
      let parts = quotas[q].keys.indices.map { "k.group_\(q + 1)_\($0 + 1), k.group_\(q + 1)_\($0 + 1)_unknown" }
      return dialect.row(parts)
    }
    let groups = quotas.indices.map { q in
      "dense_rank() OVER (ORDER BY \(group(q))) AS group_\(q + 1), k.seats_\(q + 1) AS own_seats_\(q + 1)"
    }
    let queue = steps.add(
      "queue", ["Everybody in the order of filing · 按备案先后排队"],
      """
      SELECT c.frame, row_number() OVER (ORDER BY \(order)) AS number,
        \(groups.joined(separator: ",\n  "))
      FROM (SELECT DISTINCT frame, record, step FROM \(last) WHERE standing = 'paid') AS c
        JOIN \(keyed) AS k ON k.frame = c.frame
      """)
    let taken = quotas.count == 1 ? oneQuota(queue) : severalQuotas(queue, quotas.count)
    return steps.add(
      "in_quota", ["Who finds a seat is paid · 名额内的支付"],
      """
      SELECT \(MeasureSQL.standing("over_quota", where: "c.standing = 'paid' AND NOT q.taken"))
      FROM \(last) AS c
        LEFT JOIN \(taken) AS q ON q.frame = c.frame
      """)
  }

  private func oneQuota(_ queue: String) -> String {
    steps.add(
      "seated", [],
      """
      SELECT frame, row_number() OVER (PARTITION BY group_1 ORDER BY number)
        <= first_value(own_seats_1) OVER (PARTITION BY group_1 ORDER BY number) AS taken
      FROM \(queue)
      """)
  }

  /// Several quotas at once: each in turn is taken while every group has room, so one after another.
  private func severalQuotas(_ queue: String, _ count: Int) -> String {
    let all = 1...count
    let seats = all.map {
      "first_value(own_seats_\($0)) OVER (PARTITION BY group_\($0) ORDER BY number) AS seats_\($0)"
    }
    let inOrder = steps.add(
      "queue_with_seats", [], "SELECT *,\n  \(seats.joined(separator: ",\n  "))\nFROM \(queue)")
    let room = all.map {
      "\(dialect.size(dialect.filter("t.taken_\($0)", "g", "g = c.group_\($0)"))) < c.seats_\($0)"
    }.joined(separator: " AND ")
    let taken = all.map {
      "CASE WHEN \(room) THEN \(dialect.append("t.taken_\($0)", "c.group_\($0)")) ELSE t.taken_\($0) END"
    }
    let next = all.map { "\(taken[$0 - 1]) AS taken_\($0)" }
    steps.addTurns(
      "turns", ["Each in turn takes a seat while every quota has one · 逐一占用名额"],
      SQLTurns(
        queue: inOrder,
        columns: ["number", "frame"] + all.flatMap { ["CAST(group_\($0) AS BIGINT) AS group_\($0)", "seats_\($0)"] },
        start: all.map { .init("taken_\($0)", "ARRAY<BIGINT>", "array()") },
        next: all.map { .init("taken_\($0)", "ARRAY<BIGINT>", taken[$0 - 1]) },
        told: [
          .init("number", "BIGINT", "c.number"), .init("frame", dialect.string, "c.frame"),
          .init("taken", "BOOLEAN", room),
        ]),
      recursive: """
        SELECT CAST(0 AS BIGINT) AS number, \(dialect.noText) AS frame, FALSE AS taken,
          \(all.map { "CAST([] AS BIGINT[]) AS taken_\($0)" }.joined(separator: ", "))
        UNION ALL
        SELECT c.number, c.frame, \(room) AS taken,
          \(next.joined(separator: ",\n  "))
        FROM turns AS t
          JOIN \(inOrder) AS c ON c.number = t.number + 1
        """)
    return steps.add("seated", [], "SELECT frame, taken FROM turns WHERE number > 0")
  }
}
