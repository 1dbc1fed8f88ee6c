// What a measure pays only once, only to the first, only the highest, or only while a quota has seats, in SQL.
import Diagnostics
import Facts
import PolicyLanguage

extension MeasureSQL {
  /// The steps from everything that may be paid to what is; the last one's name.
  func limits(_ all: String) throws(EmissionRefusal) -> String {
    var last = all
    last = try joinWorkers(last)
    let limits = measure.limits
    if !limits.oncePer.isEmpty {
      try noteOpenOnce(limits.oncePer)
      last = try once(setAside(last, [limits.oncePer]), limits.oncePer, within: limits.onceWithin)
    }
    if let only = limits.onlyFirst {
      let isAsked = try e.holds(only.when)
      last = try onlyFirst(last, only.limit, only.inSuccession && isAsked, only.keys, only.by)
    }
    if let highest = limits.onlyHighest {
      var holds = true
      if let when = highest.when { holds = try e.truth(when, .constant) != .no }
      if holds {
        last = try keepHighest(setAside(last, [highest.keys]), highest.keys, preferring: highest.preferring)
      }
    }
    // What comes out below nought takes no place and no room.
    let all = last
    last = steps.add("above_nought", [], "SELECT \(MeasureSQL.columns) FROM \(all) WHERE standing <> 'below_nought'")
    if !limits.quotas.isEmpty {
      last = try quotas(setAside(last, limits.quotas.map(\.keys)))
    }
    last = try caps(last)
    return steps.add(
      "limited", [],
      "SELECT \(MeasureSQL.columns) FROM \(last)\nUNION ALL\n"
        + "SELECT \(MeasureSQL.columns) FROM \(all) WHERE standing = 'below_nought'")
  }

  /// What comes out below nought is nobody's first, and goes the way of the others after the first that is paid.
  private func firstPaid(_ column: String, _ group: String, _ order: String) -> String {
    """
    first_value(c.\(column)) OVER (
        \(group) ORDER BY c.standing = 'below_nought', \(order)) AS first_\(column),
      \(dialect.count(where: "c.standing <> 'below_nought'")) OVER (
        \(group) ORDER BY \(order)) AS paid_by_then
    """
  }

  private static let isBeforePaid = "standing = 'below_nought' AND paid_by_then = 0"

  /// Whether a beneficiary is paid for one of a person's frames only.
  private var joinsFramesOfPersons: Bool {
    switch measure.selection.persons {
    case .every: false
    case .once, .onceInAll: true
    case .byReading: !measure.limits.settlePersons && e.countsPersons
    }
  }

  /// Of one worker's records that a beneficiary would be paid for, only the first.
  private func joinWorkers(_ last: String) throws(EmissionRefusal) -> String {
    guard let frameList, frameList.person != nil, joinsFramesOfPersons else { return last }
    let scope = SQLScope(
      "\(last) AS c\n    JOIN \(programme.facts(frameList)) AS r ON r.id = c.record", taken: ["c", "r"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: frameList))
    let begin = try begins(frameList, place)?.sql ?? "r.id"
    let group = "PARTITION BY c.clause, c.member, c.beneficiary, r.person_key\(framesHaveYear ? ", c.step" : "")"
    let order = "\(begin) NULLS FIRST, c.record, c.step"
    return steps.add(
      "one_for_each_person", ["Of one person's records only the first is paid · 同一人只按最早一条支付"],
      """
      SELECT \(MeasureSQL.columns) FROM (
        SELECT c.*, \(firstPaid("record", group, order))
        FROM \(scope.from)
      ) AS ranked
      WHERE member IS NOT NULL OR record = first_record OR \(MeasureSQL.isBeforePaid)
      """)
  }

  /// Without the frames of which nobody stated a key: it cannot be told with whom they share a place.
  /// - Parameter clauses: the keys of each clause.
  func setAside(_ last: String, _ clauses: [[Typed]]) throws(EmissionRefusal) -> String {
    let all = keys(clauses.flatMap { $0 })
    guard try canBeOpen(all.map(\.t)) else { return last }
    let keyed = try keyed(all)
    var isOpen: [String] = []
    var from = 0
    for clause in clauses {
      let own = Array(all[from..<from + clause.count])
      from += clause.count
      let unknown = own.map { "k.\($0.name)_unknown" }.joined(separator: " OR "), free = try isFree(own)
      if own.isEmpty { continue }
      isOpen.append(free == "FALSE" ? unknown : "((\(unknown)) AND NOT \(SQLLogic.wrapped(free)))")
    }
    return leftOpen(
      last, by: keyed, where: isOpen.joined(separator: " OR "),
      "Of whom nobody stated a key: he takes no place · 分组依据未填者不占名额")
  }

  /// Whether a frame belongs to no group of some keys in `k`, since it has none of one; FALSE where that cannot be.
  func isFree(_ keys: [(name: String, t: Typed)]) throws(EmissionRefusal) -> String {
    var parts: [String] = []
    for (name, t) in keys {
      let figure = try e.figure(t, framePlace(frameScope("judged")))
      guard figure.mayBeNone else { continue }
      parts.append(
        figure.unknown == "FALSE" ? "k.\(name) IS NULL" : "(k.\(name) IS NULL AND NOT k.\(name)_unknown)")
    }
    return SQLLogic.or(parts)
  }

  /// Whether of some figures of frames one may not be known.
  func canBeOpen(_ texts: [Typed]) throws(EmissionRefusal) -> Bool {
    for t in texts {
      let figure = try e.figure(t, framePlace(frameScope("judged")))
      if figure.unknown != "FALSE" { return true }
    }
    return false
  }

  /// Without the frames that are left open, of whose payments nobody knows.
  /// - Parameters:
  ///   - keyed: the step of their figures, `k`.
  ///   - isOpen: the condition.
  func leftOpen(_ last: String, by keyed: String, where isOpen: String, _ remark: String) -> String {
    let asked = steps.add(
      "asked_for_keys", [],
      "SELECT c.*, \(isOpen) AS is_open\nFROM \(last) AS c\n  JOIN \(keyed) AS k ON k.frame = c.frame")
    openByCap.append(
      steps.add(
        "open_by_key", [remark],
        "SELECT coalesce(member, record) AS subject, is_open\nFROM \(asked)\n"
          + "WHERE standing <> 'below_nought'"))
    return steps.add(
      "with_keys", [],
      "SELECT \(MeasureSQL.columns) FROM \(asked) WHERE NOT is_open OR standing = 'below_nought'")
  }

  /// What frames are ranked by: some of their expressions, and the day on which they begin.
  func keyed(_ expressions: [(name: String, t: Typed)]) throws(EmissionRefusal) -> String {
    let scope = frameScope("judged")
    let place = framePlace(scope)
    var columns: [String] = []
    for (name, t) in expressions {
      let isExact = isCompared(name) ? try e.isQuotient(t) : false
      let figure = isExact ? e.compared(try e.exact(t, place)) : try e.figure(t, place)
      columns.append("\(figure.sql) AS \(name)")
      columns.append("\(figure.unknown) AS \(name)_unknown")
    }
    columns.append("\(try frameBegins(place)?.sql ?? "NULL") AS begins")
    return steps.add(
      "keys", [], "SELECT f.frame,\n  \(columns.joined(separator: ",\n  "))\nFROM \(scope.from)\nWHERE f.here")
  }

  /// Whether a column is only compared with others, so that it holds a figure as it is, and not rounded.
  private func isCompared(_ name: String) -> Bool {
    ["key_", "group_", "order_", "compared_"].contains { name.hasPrefix($0) }
  }

  /// What an expression is sorted by, in `k`: choices by their place among the choices.
  func sorted(_ t: Typed, _ column: String) throws(EmissionRefusal) -> String {
    switch t.type {
    case .choice(let names): dialect.position(of: "k." + column, in: names.map(dialect.quoted))
    case .set: throw refusal(Text("an order by sets", zh: "按集合排序"), at: t.location)
    case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date,
      .dateOrYear, .place, .text, .record, .nothing, .broken:
      "k.\(column)"
    }
  }

  /// The order that a measure names, in `k`, with a comma behind it.
  func orders(_ ordered: [Typed]) throws(EmissionRefusal) -> String {
    var all = ""
    for (i, t) in ordered.enumerated() {
      let name = "order_\(i + 1)"
      let isNamed = if case .record = t.type { true } else { t.type == .text || t.type == .place }
      // Of names, what is not known is as good as none.
      if !isNamed { all += "k.\(name)_unknown DESC, " }
      all += "\(try sorted(t, name)) NULLS FIRST, "
    }
    return all
  }

  func keys(_ keys: [Typed]) -> [(name: String, t: Typed)] {
    keys.enumerated().map { ("key_\($0 + 1)", $1) }
  }

  func partition(_ count: Int) -> String {
    count == 0 ? "" : "PARTITION BY " + (1...count).map { "k.key_\($0), k.key_\($0)_unknown" }.joined(separator: ", ")
  }

  /// Of several frames with the same keys, the one that is paid most stands; on a tie the preferred, then the first.
  private func keepHighest(
    _ last: String, _ keyTexts: [Typed], preferring: Typed?
  ) throws(EmissionRefusal) -> String {
    var wanted = keys(keyTexts)
    if let preferring { wanted.append(("preferred", preferring)) }
    let keyed = try keyed(wanted)
    let free = try isFree(keys(keyTexts))
    let isFree = free == "FALSE" ? "" : ",\n  \(free) AS is_free"
    let preferred = preferring == nil ? "" : " coalesce(k.preferred, FALSE) DESC,"
    let ranked = steps.add(
      "highest", [],
      """
      SELECT t.frame, row_number() OVER (
        \(partition(keyTexts.count))
        ORDER BY t.total DESC,\(preferred) k.begins NULLS FIRST, t.record, t.step) AS number\(isFree)
      FROM (
        SELECT frame, record, step, sum(amount) AS total
        FROM \(last)
        WHERE missing IS NULL AND standing = 'paid'
        GROUP BY frame, record, step
      ) AS t
        JOIN \(keyed) AS k ON k.frame = t.frame
      """)
    let isLower = free == "FALSE" ? "h.number > 1" : "h.number > 1 AND NOT h.is_free"
    return steps.add(
      "only_highest", ["Only the highest is paid · 只付最高的"],
      """
      SELECT \(MeasureSQL.standing("displaced", where: "\(isLower) AND c.missing IS NULL AND c.standing = 'paid'"))
      FROM \(last) AS c
        LEFT JOIN \(ranked) AS h ON h.frame = c.frame
      """)
  }

  /// The columns of `c`, with another standing where a condition holds.
  static func standing(_ standing: String, where test: String) -> String {
    let changed = "CASE WHEN \(test) THEN '\(standing)' ELSE c.standing END AS standing"
    return columns.split(separator: ", ").map { $0 == "standing" ? changed : "c." + $0 }.joined(separator: ", ")
  }
}
