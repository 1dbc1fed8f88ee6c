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
    var last = try withoutOpenGroups(last, keyed)
    if try canBeOpen(measure.limits.ordered) {
      let open = measure.limits.ordered.indices.map { "k.order_\($0 + 1)_unknown" }.joined(separator: " OR ")
      last = leftOpen(
        last, by: crowded(keyed, try queue(last, keyed)), where: "((\(open)) AND k.is_crowded)",
        "Whose turn nobody knows, where there are too few places · 名额不足而先后依据未填者不占名额")
    }
    let queue = try queue(last, keyed)
    let taken: String
    if quotas.count == 1 {
      taken = oneQuota(queue)
    } else if asksForSeats {
      askingForSeats = queue
      taken = seats
    } else {
      taken = severalQuotas(queue, quotas.count)
    }
    if asksForSeats {
      last = steps.add(
        "still_asking", ["Of whom nobody has said whether he has a place · 名额尚未分配的候选对象"],
        seated(last, by: taken, "candidate", where: "q.taken IS NULL"))
    }
    return steps.add(
      "in_quota", ["Who finds a seat is paid · 名额内的支付"],
      seated(last, by: taken, "over_quota", where: "NOT q.taken"))
  }

  /// What is paid so far, with another standing where a condition on the place holds, `q`.
  private func seated(_ last: String, by taken: String, _ standing: String, where test: String) -> String {
    """
    SELECT \(MeasureSQL.standing(standing, where: "c.standing = 'paid' AND \(test)"))
    FROM \(last) AS c
      LEFT JOIN \(taken) AS q ON q.frame = c.frame
    """
  }

  /// Whether several quotas allow as many as they can, which takes more than going through a queue.
  var asksForSeats: Bool { measure.limits.quotas.count > 1 && e.choice("allocation") == 1 }

  /// The table that tells who has a place: `frame`, `taken`.
  var seats: String { dialect.tableName("seats_" + measure.id) }

  /// The table of who asks for a place, in a script by itself.
  var asked: String { dialect.tableName("asked_" + measure.id) }

  /// The table into which is put, in a script by itself, who has one: `frame`, `taken`.
  var places: String { dialect.tableName("places_" + measure.id) }

  /// The statement that makes a table of who asks for a place, in filing order, with the groups of each quota and the
  /// places that each has; nil where nobody has to be asked.
  func candidates(_ name: String, isLasting: Bool = false) throws(EmissionRefusal) -> String? {
    guard asksForSeats else { return nil }
    _ = try paid()
    guard let askingForSeats else { return nil }
    let columns = measure.limits.quotas.indices.map { "group_\($0 + 1), seats_\($0 + 1)" }
    return steps.table(
      name, as: "SELECT number, frame, \(columns.joined(separator: ", ")) FROM \(askingForSeats)", needed: true,
      isLasting: isLasting)
  }

  /// Everybody who is paid so far, in filing order, with the groups of each quota and how many places these have.
  private func queue(_ last: String, _ keyed: String) throws(EmissionRefusal) -> String {
    let quotas = measure.limits.quotas
    let order = try orders(measure.limits.ordered) + "c.record, c.step"
    var groups: [String] = [], seats: [String] = []
    for (q, quota) in quotas.enumerated() {
      let keys = quota.keys.enumerated().map { (name: "group_\(q + 1)_\($0 + 1)", t: $1) }
      let free = try isFree(keys), figure = try figure(ofSeats: quota.limit)
      var parts = keys.flatMap { ["k.\($0.name)", "k.\($0.name)_unknown"] }
      // Who has none of a key has a place of his own.
      if free != "FALSE" { parts.append("CASE WHEN \(free) THEN c.frame END") }
      groups.append("dense_rank() OVER (ORDER BY \(dialect.row(parts))) AS group_\(q + 1)")
      let own = free == "FALSE" ? "" : "WHEN \(free) THEN 1 "
      let any = figure.isSure ? "" : "WHEN k.seats_\(q + 1) IS NULL THEN 9223372036854775807 "
      let said = "greatest(k.seats_\(q + 1), 0)"
      groups.append("\(own + any == "" ? said : "CASE \(own)\(any)ELSE \(said) END") AS own_seats_\(q + 1)")
      groups.append("\(isOpen(figure, q, free)) AS is_open_\(q + 1)")
      let group = "OVER (PARTITION BY group_\(q + 1))"
      seats.append("min(own_seats_\(q + 1)) \(group) AS seats_\(q + 1)")
      seats.append(
        "bool_or(is_open_\(q + 1)) \(group) OR min(own_seats_\(q + 1)) \(group) <> max(own_seats_\(q + 1)) \(group) "
          + "AS is_open_group_\(q + 1)")
    }
    let queue = steps.add(
      "queue", ["Everybody in the order of filing · 按备案先后排队"],
      """
      SELECT c.frame, row_number() OVER (ORDER BY \(order)) AS number,
        \(groups.joined(separator: ",\n  "))
      FROM (SELECT DISTINCT frame, record, step FROM \(last) WHERE standing = 'paid') AS c
        JOIN \(keyed) AS k ON k.frame = c.frame
      """)
    return steps.add("queue_with_seats", [], "SELECT *,\n  \(seats.joined(separator: ",\n  "))\nFROM \(queue)")
  }

  /// Whether it is not known how many places a frame says that its group has, in `k`.
  private func isOpen(_ figure: SQLFigure, _ q: Int, _ free: String) -> String {
    if figure.unknown == "FALSE" { return "FALSE" }
    return SQLLogic.and(["k.seats_\(q + 1)_unknown"] + (free == "FALSE" ? [] : ["NOT " + SQLLogic.wrapped(free)]))
  }

  private func figure(ofSeats t: Typed) throws(EmissionRefusal) -> SQLFigure {
    try e.figure(t, framePlace(frameScope("judged")))
  }

  /// Without the groups of which it is not known how many places they have, or of which two numbers are said.
  private func withoutOpenGroups(_ last: String, _ keyed: String) throws(EmissionRefusal) -> String {
    var open: [String] = []
    for (q, quota) in measure.limits.quotas.enumerated() {
      let figure = try figure(ofSeats: quota.limit)
      if !SQLLogic.isNumber(figure.sql) { open.append("q.is_open_group_\(q + 1)") }
    }
    if open.isEmpty { return last }
    let marked = marked(keyed, try queue(last, keyed), open.joined(separator: " OR "), as: "is_open_group")
    return leftOpen(
      last, by: marked, where: "k.is_open_group",
      "How many places there are nobody knows, or two numbers are said · 名额数未填或同组不一致的不占名额")
  }

  /// The keys of frames with whether there are not places enough for their groups.
  private func crowded(_ keyed: String, _ queue: String) -> String {
    let each = measure.limits.quotas.indices.map {
      "count(*) OVER (PARTITION BY group_\($0 + 1)) > seats_\($0 + 1)"
    }
    let counted = steps.add(
      "crowded", [], "SELECT frame,\n  \(each.joined(separator: "\n  OR ")) AS is_crowded\nFROM \(queue)")
    return marked(keyed, counted, "q.is_crowded", as: "is_crowded")
  }

  /// The keys of frames with what is told of those in a queue.
  func marked(_ keyed: String, _ queue: String, _ sql: String, as name: String) -> String {
    steps.add(
      "keys_of_queue", [],
      """
      SELECT k.*, coalesce(\(sql), FALSE) AS \(name)
      FROM \(keyed) AS k
        LEFT JOIN \(queue) AS q ON q.frame = k.frame
      """)
  }

  private func oneQuota(_ queue: String) -> String {
    steps.add(
      "seated", [],
      """
      SELECT frame, row_number() OVER (PARTITION BY group_1 ORDER BY number) <= seats_1 AS taken
      FROM \(queue)
      """)
  }

  /// Several quotas at once: each in turn is taken while every group has room, so one after another.
  private func severalQuotas(_ inOrder: String, _ count: Int) -> String {
    let all = 1...count
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
