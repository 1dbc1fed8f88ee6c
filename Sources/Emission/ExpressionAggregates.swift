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

  /// The members of a set, each with its record, and with its frame where a figure asks for that.
  private func members(_ set: SetStep, for x: Typed) -> (scope: SQLScope, place: SQLPlace) {
    let ofFrame = x.asksFrame || x.asksFrameRecord
    let frames = ofFrame ? "\n    JOIN frames AS f ON f.frame = s.frame" : ""
    let scope = SQLScope(
      "\(set.step) AS s\(frames)\n    JOIN \(programme.facts(set.list)) AS m ON m.id = s.member",
      taken: ofFrame ? ["s", "f", "m"] : ["s", "m"], rows: ["s.frame", "s.member"])
    var place = SQLPlace(scope, record: .init(alias: "m", list: set.list))
    place.memberOf = set.step
    if ofFrame { place.outer = SQLPlace.Outer(frame(in: scope)) }
    return (scope, place)
  }

  /// The frame by the alias `f`, with its record as `r`.
  func frame(in scope: SQLScope) -> SQLPlace {
    var place = SQLPlace(scope, frame: "f")
    if case .list(let name)? = measure.frame?.base, let list = programme.dictionary.list(name) {
      let r = scope.join(programme.facts(list), as: "r", on: "@.id = f.record")
      place.record = .init(alias: r, list: list)
    } else {
      place.text = "f.record"
    }
    return place
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
    let (scope, place) = members(set, for: x)
    let value = try figure(x, place)
    return looked(
      "sum_over_\(measure.sets[i].name)", "coalesce(CAST(sum(\(value.sql)) AS BIGINT), 0)", value, scope, frame, p,
      empty: "0")
  }

  /// The sum of fractions over a set.
  func exactSum(_ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set, for: x)
    let value = try exact(x, place)
    let name = "sum_over_\(measure.sets[i].name)"
    let figure = SQLFigure(value.above, unknown: value.unknown, mayBeNone: value.mayBeNone)
    if SQLLogic.isNumber(value.below) {
      let sum = "coalesce(CAST(sum(\(value.above)) AS \(dialect.wide)), 0)"
      let above = looked(name, sum, figure, scope, frame, p, empty: "0")
      return SQLExact(above: above.sql, below: value.below, unknown: above.unknown, mayBeNone: false, in: dialect)
    }
    let sum = value.summed()
    let above = looked(name, sum.above.replacing("@", with: ""), figure, scope, frame, p, empty: "0")
    let below = looked(name, sum.below.replacing("@", with: ""), figure, scope, frame, p, empty: "1")
    return SQLExact(above: above.sql, below: below.sql, unknown: above.unknown, mayBeNone: false, in: dialect)
  }

  func extreme(
    _ pick: Expression.Pick, _ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLFigure {
    if try isQuotient(t) { return try exact(t, p).rounded() }
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set, for: x)
    let value = try figure(x, place)
    let isLarger = pick == .larger || pick == .later
    return looked(
      "\(pick.rawValue)_over_\(measure.sets[i].name)", extreme(of: value.sql, x.type, isLarger), value, scope, frame, p,
      empty: nil)
  }

  /// The largest or smallest as an aggregate, with `@` where it says of which rows: of choices by their order.
  func extreme(of value: String, _ type: ValueType, _ isLarger: Bool, rows: String = "") -> String {
    let function = isLarger ? "max" : "min"
    guard case .choice(let names) = type else { return "\(function)(\(value))\(rows)" }
    let all = names.map(dialect.quoted)
    return dialect.element(all, at: "\(function)(\(dialect.position(of: value, in: all)))\(rows) - 1")
  }

  /// The largest or smallest of fractions over a set.
  func exactExtreme(
    _ pick: Expression.Pick, _ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLExact {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set, for: x)
    let value = try exact(x, place)
    let best = value.extreme(isLarger: pick == .larger || pick == .later)
    let name = "\(pick.rawValue)_over_\(measure.sets[i].name)"
    func part(_ aggregate: String) -> SQLFigure {
      if SQLLogic.isNumber(aggregate) { return SQLFigure(aggregate) }
      return looked(
        name, aggregate.replacing("@", with: ""),
        SQLFigure(value.above, unknown: value.unknown, mayBeNone: value.mayBeNone), scope, frame, p, empty: nil)
    }
    let above = part(best.above), below = part(best.below)
    return SQLExact(above: above.sql, below: below.sql, unknown: above.unknown, mayBeNone: true, in: dialect)
  }

  func different(_ x: Typed, over i: Int, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let set = try set(i, t), frame = try frame(t, p)
    let (scope, place) = members(set, for: x)
    let isExact = try isQuotient(x)
    let value = isExact ? compared(try exact(x, place)) : try figure(x, place)
    return looked(
      "different_over_\(measure.sets[i].name)", "count(DISTINCT \(value.sql))", value, scope, frame, p, empty: "0")
  }

  /// A fraction as what may be told apart.
  func compared(_ exact: SQLExact) -> SQLFigure {
    SQLFigure(exact.key, unknown: exact.unknown, mayBeNone: exact.mayBeNone)
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
    // Before its set is known it has none that is known.
    guard let set = p.memberOf else { return .unknown }
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
