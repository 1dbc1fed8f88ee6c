// What a measure pays only once, only to the first, only the highest, or only while a quota has seats, in SQL.
import Diagnostics
import Facts
import PolicyLanguage

extension MeasureSQL {
  /// Refuses what no engine says exactly, or what is not said yet.
  func checkLimits() throws(EmissionRefusal) {
    let limits = measure.limits
    if let cap = limits.caps.first { throw refusal(Text("a cap in money", zh: "金额上限"), at: cap.location) }
    if let limit = document.limits.first(where: { $0.measures.contains(measure.name) }) {
      throw refusal(Text("a limit over several measures", zh: "多项措施的合计限额"), at: limit.location)
    }
    if let recovery = measure.recoveries.first {
      throw refusal(Text("taking back what was paid", zh: "追回已付金额"), at: recovery.location)
    }
    if let within = limits.onceWithin {
      throw refusal(Text("once within so many months", zh: "若干月内只付一次"), at: within.location)
    }
    if limits.quotas.count > 1, e.choice("allocation") == 1 {
      throw refusal(
        Text("as many as several quotas at once allow (allocation = maximum)", zh: "多项名额下人数最多的分配（名额分配取人数最多）"),
        at: limits.quotas[0].location)
    }
  }

  /// The steps from everything that may be paid to what is; the last one's name.
  func limits(_ all: String) throws(EmissionRefusal) -> String {
    var last = all
    last = try joinWorkers(last)
    let limits = measure.limits
    if !limits.oncePer.isEmpty { last = try keepFirst(last, limits.oncePer) }
    if let only = limits.onlyFirst {
      let isAsked = try e.holds(only.when)
      last = try onlyFirst(last, only.limit, only.inSuccession && isAsked, only.keys, only.by)
    }
    if let highest = limits.onlyHighest {
      var holds = true
      if let when = highest.when { holds = try e.truth(when, .constant) != .no }
      if holds { last = try keepHighest(last, highest.keys, preferring: highest.preferring) }
    }
    if !limits.quotas.isEmpty { last = try quotas(last) }
    return last
  }

  /// Whether a beneficiary is paid for one of a person's frames only.
  private var joinsFramesOfPersons: Bool {
    switch measure.selection.persons {
    case .every: false
    case .once, .onceInAll: true
    case .byReading: e.countsPersons
    }
  }

  /// Of one worker's records that a beneficiary would be paid for, only the first.
  private func joinWorkers(_ last: String) throws(EmissionRefusal) -> String {
    guard let frameList, frameList.person != nil, joinsFramesOfPersons else { return last }
    let scope = SQLScope(
      "\(last) AS c\n    JOIN \(programme.facts(frameList)) AS r ON r.id = c.record", taken: ["c", "r"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: frameList))
    let begin = try begins(frameList, place)?.sql ?? "r.id"
    let year = framesHaveYear ? ", c.step" : ""
    return steps.add(
      "one_for_each_person", ["Of one person's records only the first is paid · 同一人只按最早一条支付"],
      """
      SELECT \(MeasureSQL.columns) FROM (
        SELECT c.*, first_value(c.record) OVER (
          PARTITION BY c.clause, c.member, c.beneficiary, r.person_key\(year)
          ORDER BY \(begin) NULLS FIRST, c.record, c.step) AS first_record
        FROM \(scope.from)
      ) AS ranked
      WHERE member IS NOT NULL OR record = first_record
      """)
  }

  /// What frames are ranked by: some of their expressions, and the day on which they begin.
  private func keyed(_ expressions: [(name: String, t: Typed)]) throws(EmissionRefusal) -> String {
    let scope = SQLScope("judged AS f", taken: ["f"])
    let place = framePlace(scope)
    var columns: [String] = []
    for (name, t) in expressions {
      let figure = try e.figure(t, place)
      columns.append("\(figure.sql) AS \(name)")
      columns.append("\(figure.unknown) AS \(name)_unknown")
    }
    columns.append("\(try frameBegins(place)?.sql ?? "NULL") AS begins")
    return steps.add(
      "keys", [], "SELECT f.frame,\n  \(columns.joined(separator: ",\n  "))\nFROM \(scope.from)\nWHERE f.here")
  }

  private func keys(_ keys: [Typed]) -> [(name: String, t: Typed)] {
    keys.enumerated().map { ("key_\($0 + 1)", $1) }
  }

  private func partition(_ count: Int) -> String {
    count == 0 ? "" : "PARTITION BY " + (1...count).map { "k.key_\($0), k.key_\($0)_unknown" }.joined(separator: ", ")
  }

  /// Of several frames with the same keys, only the first stays.
  private func keepFirst(_ last: String, _ keyTexts: [Typed]) throws(EmissionRefusal) -> String {
    let keyed = try keyed(keys(keyTexts))
    return steps.add(
      "once_only", ["Of several with the same keys the first is paid · 相同者只付一次"],
      """
      SELECT \(MeasureSQL.columns) FROM (
        SELECT c.*, first_value(c.frame) OVER (
          \(partition(keyTexts.count)) ORDER BY k.begins NULLS FIRST, c.record, c.step) AS first_frame
        FROM \(last) AS c
          JOIN \(keyed) AS k ON k.frame = c.frame
      ) AS ranked
      WHERE frame = first_frame
      """)
  }

  /// The first few frames of each group, or those less than so many beyond the first.
  private func onlyFirst(
    _ last: String, _ limit: Typed, _ inSuccession: Bool, _ keyTexts: [Typed], _ by: Typed
  ) throws(EmissionRefusal) -> String {
    if inSuccession, by.type != .number { throw refusal(Text("days in succession", zh: "连续的日期"), at: by.location) }
    let keyed = try keyed(keys(keyTexts) + [("rank", by), ("most", limit)])
    let counting = measure.pays.allSatisfy { $0.forEach == nil } && e.windowOnAccrual ? " AND f.open_here" : ""
    let order = partition(keyTexts.count) + " ORDER BY k.rank NULLS FIRST, f.record, f.step"
    let ranked = steps.add(
      "ranked", [],
      """
      SELECT k.frame, k.rank,
        first_value(k.rank) OVER (\(order)) AS first_rank,
        first_value(k.most) OVER (\(order)) AS most,
        row_number() OVER (\(order)) AS number
      FROM judged AS f
        JOIN \(keyed) AS k ON k.frame = f.frame
      WHERE f.here\(counting)
      """)
    return steps.add(
      "only_first", ["Only the first of each are paid · 只付最先的"],
      """
      SELECT \(MeasureSQL.columns.split(separator: ", ").map { "c." + $0 }.joined(separator: ", "))
      FROM \(last) AS c
        JOIN \(ranked) AS k ON k.frame = c.frame
      WHERE \(inSuccession ? "k.rank - k.first_rank < k.most" : "k.number <= k.most")
      """)
  }

  /// Of several frames with the same keys, the one that is paid most stands; on a tie the preferred, then the first.
  private func keepHighest(
    _ last: String, _ keyTexts: [Typed], preferring: Typed?
  ) throws(EmissionRefusal) -> String {
    var wanted = keys(keyTexts)
    if let preferring { wanted.append(("preferred", preferring)) }
    let keyed = try keyed(wanted)
    let preferred = preferring == nil ? "" : " coalesce(k.preferred, FALSE) DESC,"
    let ranked = steps.add(
      "highest", [],
      """
      SELECT t.frame, row_number() OVER (
        \(partition(keyTexts.count))
        ORDER BY t.total DESC,\(preferred) k.begins NULLS FIRST, t.record, t.step) AS number
      FROM (
        SELECT frame, record, step, sum(amount) AS total
        FROM \(last)
        WHERE missing IS NULL
        GROUP BY frame, record, step
      ) AS t
        JOIN \(keyed) AS k ON k.frame = t.frame
      """)
    return steps.add(
      "only_highest", ["Only the highest is paid · 只付最高的"],
      """
      SELECT \(MeasureSQL.standing("displaced", where: "h.number > 1 AND c.missing IS NULL"))
      FROM \(last) AS c
        LEFT JOIN \(ranked) AS h ON h.frame = c.frame
      """)
  }

  /// The columns of `c`, with another standing where a condition holds.
  private static func standing(_ standing: String, where test: String) -> String {
    let changed = "CASE WHEN \(test) THEN '\(standing)' ELSE c.standing END AS standing"
    return columns.split(separator: ", ").map { $0 == "standing" ? changed : "c." + $0 }.joined(separator: ", ")
  }

  // MARK: Quotas

  private func quotas(_ last: String) throws(EmissionRefusal) -> String {
    let quotas = measure.limits.quotas
    var wanted: [(name: String, t: Typed)] = []
    for (q, quota) in quotas.enumerated() {
      wanted.append(("seats_\(q + 1)", quota.limit))
      wanted += quota.keys.enumerated().map { ("group_\(q + 1)_\($0 + 1)", $1) }
    }
    wanted += measure.limits.ordered.enumerated().map { ("order_\($0 + 1)", $1) }
    let keyed = try keyed(wanted)
    let order = measure.limits.ordered.indices.map { "k.order_\($0 + 1) NULLS FIRST, " }.joined() + "c.record, c.step"
    func group(_ q: Int) -> String {
      let parts = quotas[q].keys.indices.map { "k.group_\(q + 1)_\($0 + 1)" }
      return parts.isEmpty
        ? "''" : "concat_ws('|', \(parts.map { "coalesce(CAST(\($0) AS VARCHAR), '')" }.joined(separator: ", ")))"
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
      "len(list_filter(t.taken_\($0), lambda g: g = c.group_\($0))) < c.seats_\($0)"
    }.joined(separator: " AND ")
    let next = all.map {
      "CASE WHEN \(room) THEN list_append(t.taken_\($0), c.group_\($0)) ELSE t.taken_\($0) END AS taken_\($0)"
    }
    steps.addRecursive(
      "turns", ["Each in turn takes a seat while every quota has one · 逐一占用名额"],
      """
      SELECT CAST(0 AS BIGINT) AS number, CAST(NULL AS VARCHAR) AS frame, FALSE AS taken,
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
