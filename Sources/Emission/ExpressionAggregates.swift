// What a frame asks of its sets, in SQL: each figure a step of its own, by frame, which is looked up.
import Diagnostics
import Facts
import PolicyLanguage

extension ExpressionSQL {
  private func set(_ i: Int, _ t: Typed) throws(EmissionRefusal) -> SetStep {
    guard sets.indices.contains(i) else {
      throw refusal(Text("a figure of a set that is made later", zh: "尚未得出的集合的数值"), t)
    }
    return sets[i]
  }

  private func frame(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> String {
    guard let frame = p.frame else {
      throw refusal(Text("a figure of a set asked of a member", zh: "对集合成员询问集合数值"), t)
    }
    return frame
  }

  /// The members of a set, each with its record.
  private func members(_ set: SetStep) -> (scope: SQLScope, place: SQLPlace) {
    let scope = SQLScope(
      "\(set.step) AS s\n    JOIN \(programme.facts(set.list)) AS m ON m.id = s.member", taken: ["s", "m"],
      rows: ["s.frame", "s.member"])
    return (scope, SQLPlace(scope, record: .init(alias: "m", list: set.list)))
  }

  func count(_ i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let step = steps.add(
      "count_of_\(measure.sets[i].name)", [], "SELECT frame, count(*) AS figure\nFROM \(set.step)\nGROUP BY frame")
    let alias = p.scope.join(step, as: step, on: "@.frame = \(frame).frame")
    return SQLFigure("coalesce(\(alias).figure, 0)")
  }

  func sum(_ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set)
    let value = try figure(x, place)
    return looked(
      "sum_over_\(measure.sets[i].name)", "coalesce(CAST(sum(\(value.sql)) AS BIGINT), 0)", value, scope, frame, p,
      empty: "0")
  }

  /// The sum of fractions over a set, where all members have one denominator.
  func exactSum(_ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set)
    let value = try exact(x, place)
    guard SQLLogic.isNumber(value.below) else {
      throw refusal(Text("a sum of fractions with different denominators", zh: "不同分母的分数之和"), t)
    }
    let above = looked(
      "sum_over_\(measure.sets[i].name)", "coalesce(CAST(sum(\(value.above)) AS \(dialect.wide)), 0)",
      SQLFigure(value.above, unknown: value.unknown, mayBeNone: value.mayBeNone), scope, frame, p, empty: "0")
    return SQLExact(above: above.sql, below: value.below, unknown: above.unknown, mayBeNone: false, in: dialect)
  }

  func extreme(
    _ pick: Expression.Pick, _ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set)
    let value = try figure(x, place)
    let isLarger = pick == .larger || pick == .later
    return looked(
      "\(pick.rawValue)_over_\(measure.sets[i].name)", "\(isLarger ? "max" : "min")(\(value.sql))", value, scope, frame,
      p, empty: nil)
  }

  func different(_ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set)
    let value = try figure(x, place)
    return looked(
      "different_over_\(measure.sets[i].name)", "count(DISTINCT \(value.sql))", value, scope, frame, p, empty: "0")
  }

  /// A figure by frame as a step, looked up.
  /// - Parameter empty: what it is of a set without members; nil: none.
  private func looked(
    _ name: String, _ figure: String, _ value: SQLFigure, _ scope: SQLScope, _ frame: String, _ p: SQLPlace,
    empty: String?
  ) -> SQLFigure {
    let isSure = value.unknown == "FALSE"
    let open = isSure ? "" : ", bool_or(\(value.unknown)) AS is_unknown"
    let step = steps.add(
      name, [], "SELECT s.frame, \(figure) AS figure\(open)\nFROM \(scope.from)\nGROUP BY s.frame")
    let alias = p.scope.join(step, as: step, on: "@.frame = \(frame).frame")
    let unknown = isSure ? "FALSE" : "coalesce(\(alias).is_unknown, FALSE)"
    let found = empty.map { "coalesce(\(alias).figure, \($0))" } ?? alias + ".figure"
    return SQLFigure(
      isSure ? found : "(CASE WHEN NOT \(unknown) THEN \(found) END)", unknown: unknown, mayBeNone: empty == nil)
  }

  func dateOfNumber(_ n: Typed, _ i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let number = try figure(n, p)
    let step = steps.add(
      "days_of_\(measure.sets[i].name)", [],
      """
      SELECT frame, date, date_unknown,
        row_number() OVER (PARTITION BY frame ORDER BY date_unknown DESC, date NULLS FIRST) AS number
      FROM \(set.step)
      """)
    let alias = p.scope.join(step, as: step, on: "@.frame = \(frame).frame AND @.number = \(number.sql)")
    return SQLFigure(
      alias + ".date", unknown: SQLLogic.or([number.unknown, "coalesce(\(alias).date_unknown, FALSE)"]), mayBeNone: true
    )
  }

  /// The member's place in its set, by the day on which it counts, then the id.
  func numberIn(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    guard let set = p.memberOf else {
      throw refusal(Text("a member's number before its set is known", zh: "集合得出之前的序号"), t)
    }
    let step = steps.add(
      "numbers_of_" + set, [],
      """
      SELECT frame, member, row_number() OVER (
        PARTITION BY frame ORDER BY date_unknown DESC, date NULLS FIRST, member) AS number
      FROM \(set)
      """)
    let alias = p.scope.join(step, as: step, on: "@.frame = s.frame AND @.member = s.member")
    return SQLFigure(alias + ".number")
  }

  func firstDayAtOnce(_ n: Typed, _ i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let number = try figure(n, p)
    guard let begins = set.list.begins, let ends = set.list.ends else {
      throw refusal(Text("records without a first and last day", zh: "没有起止日期的记录"), t)
    }
    let (start, end) = (SQLName.column(begins), SQLName.column(ends))
    let spells = steps.add(
      "spells_of_\(measure.sets[i].name)", [],
      """
      SELECT s.frame, s.person, m.\(start) AS start_day, m.\(end) AS end_day
      FROM \(set.step) AS s
        JOIN \(programme.facts(set.list)) AS m ON m.id = s.member
      """)
    let step = steps.add(
      "at_once_of_\(measure.sets[i].name)", ["Of each first day, how many different persons are there on it."],
      """
      SELECT d.frame, d.day, count(DISTINCT s.person) AS persons
      FROM (SELECT DISTINCT frame, start_day AS day FROM \(spells)) AS d
        JOIN \(spells) AS s ON s.frame = d.frame AND s.start_day <= d.day
          AND (s.end_day IS NULL OR s.end_day >= d.day)
      GROUP BY d.frame, d.day
      """)
    return SQLFigure(
      "(SELECT min(d.day) FROM \(step) AS d WHERE d.frame = \(frame).frame AND d.persons >= \(number.sql))",
      unknown: number.unknown, mayBeNone: true)
  }
}
