// Records that follow on one another, and figures over records of the same person, in SQL: steps over a whole list.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension ExpressionSQL {
  /// The step of a joined list: of each record that fits the first of the joined one and that one's last day.
  private func spells(_ join: JoinedList, _ t: Typed) throws(EmissionRefusal) -> String {
    let list = Invariant.value(
      programme.dictionary.list(join.list), "joined-list-known: a joined list joins the records of a list")
    guard let begins = list.begins, let ends = list.ends, list.person != nil else {
      Invariant.broken("joined-list-dated: a joined list has been checked to have persons, first and last days")
    }
    let scope = SQLScope("\(programme.facts(list)) AS r", taken: ["r"], rows: ["r.id"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: list))
    var choice: JoinedList.Choice?
    for one in join.choices where choice == nil { if try holds(one.when) { choice = one } }
    var gap: JoinedList.Gap?
    for one in join.gaps where gap == nil { if try holds(one.when) { gap = one } }
    let fits =
      try choice?.condition.map { condition throws(EmissionRefusal) in try truth(condition, place) }
      ?? (choice == nil ? .no : .yes)
    let keys = (choice?.keys ?? []).map { "r." + SQLName.column($0.name) }
    let named = dialect.record(keys.enumerated().map { ("k\($0)", $1) })
    let latest = try latestBegin(gap, place, t)
    let name = join.name
    let asked = steps.add(
      name + "_asked", ["\(join.title.zh) · \(join.title.en): which records may be joined."],
      """
      SELECT r.id, r.person_key AS person, r.\(SQLName.column(begins)) AS begins, r.\(SQLName.column(ends)) AS ends,
        \(keys.isEmpty ? "TRUE" : named) AS keys,
        \(fits.here) AS fits, \(fits.beyond) AS fits_beyond
      FROM \(scope.from)
      """)
    let fitting = "fits IS NOT FALSE OR fits_beyond IS NOT FALSE"
    let several = steps.add(
      name + "_several", ["Whoever has several records: whose only one stands by itself."],
      "SELECT person FROM \(asked) WHERE \(fitting) GROUP BY person HAVING count(*) > 1")
    let ordered = steps.add(
      name + "_ordered",
      ["Until when the person was there before each, as far as the same keys go; none: still there."],
      """
      SELECT *, bool_or(fits IS NOT TRUE) OVER (PARTITION BY person) AS is_open,
        max(coalesce(ends, DATE '9999-12-31')) OVER (
          PARTITION BY person, keys ORDER BY begins, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
      FROM \(asked)
        SEMI JOIN \(several) USING (person)
      WHERE \(fitting)
      """)
    let cut = steps.add(
      name + "_cut", ["A record that begins later than the gap allows begins a new stretch."],
      """
      SELECT *, sum(CASE WHEN until = DATE '9999-12-31' OR begins <= \(latest) THEN 0 ELSE 1 END) OVER (
        PARTITION BY person, keys ORDER BY begins, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS number
      FROM \(ordered)
      """)
    return steps.add(
      name, ["\(join.title.zh) · \(join.title.en)"],
      """
      SELECT id, is_open,
        first_value(id) OVER (PARTITION BY person, keys, number ORDER BY begins, id) AS first_id,
        CASE WHEN NOT bool_or(ends IS NULL) OVER (PARTITION BY person, keys, number)
          THEN max(ends) OVER (PARTITION BY person, keys, number) END AS last_day
      FROM \(cut)
      UNION ALL
      SELECT id, fits IS NOT TRUE, id, ends
      FROM \(asked)
        ANTI JOIN \(several) USING (person)
      WHERE \(fitting)
      """)
  }

  /// The last day on which a record may begin to go on with one that ends on `until`.
  private func latestBegin(_ gap: JoinedList.Gap?, _ p: SQLPlace, _ t: Typed) throws(EmissionRefusal) -> String {
    guard let gap else { return "until + 1" }
    guard let days = gap.days else { return "last_of_next_month(until)" }
    let number = try figure(days, .constant)
    guard number.isSure else { throw refusal(Text("a gap that is not known", zh: "未知的间隔"), t) }
    return days.type == .months ? "months_after(until, \(number.sql)) + 1" : "days_after(until, \(number.sql)) + 1"
  }

  private func spell(_ join: JoinedList, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> (
    alias: String, own: String
  ) {
    guard let record = p.record, record.list.name == join.list else {
      throw refusal(Text("a joined record seen from another list", zh: "从其他清单询问的连续记录"), t)
    }
    return (p.scope.join(try spells(join, t), as: join.singular, on: "@.id = \(record.alias).id"), record.alias)
  }

  func spellBegins(_ join: JoinedList, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    let (spell, _) = try spell(join, t, p)
    return SQLTruth(
      "CASE WHEN \(spell).id IS NULL THEN FALSE WHEN NOT \(spell).is_open THEN \(spell).first_id = \(spell).id END")
  }

  /// The first of the records that a record is joined with; none where it is not asked for, or where that is not known,
  /// since then it is not known of any of them whether it begins a joined one.
  func spellFirst(_ join: JoinedList, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let (spell, _) = try spell(join, t, p)
    return SQLFigure("(CASE WHEN NOT \(spell).is_open THEN \(spell).first_id END)", mayBeNone: true)
  }

  func spellEnd(_ join: JoinedList, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let (spell, own) = try spell(join, t, p)
    let list = Invariant.value(p.record, "spell-of-record: a joined record is one of a list").list
    let end = own + "." + SQLName.column(list.ends ?? "end")
    return SQLFigure(
      "(CASE WHEN \(spell).first_id = \(spell).id AND NOT \(spell).is_open THEN \(spell).last_day ELSE \(end) END)",
      mayBeNone: true)
  }

  func grouped(_ figure: GroupedFigure, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    let list = Invariant.value(
      programme.dictionary.list(figure.list), "grouped-list-known: a figure is over the records of a list")
    guard let asker = p.record, asker.list.name == figure.list else {
      throw refusal(Text("a figure over a person's records asked from another list", zh: "从其他清单询问同一人的记录"), t)
    }
    let scope = SQLScope("\(programme.facts(list)) AS r", taken: ["r"], rows: ["r.id"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: list))
    var conditions = try figure.condition.map { c throws(EmissionRefusal) in [try truth(c, place)] } ?? []
    let key: String, asked: String
    switch figure.members {
    case .samePerson: (key, asked) = ("r.person_key", asker.alias + ".person_key")
    case .parts(let parts, of: let outer):
      conditions.append(try spellBegins(parts, t, place))
      let (spell, _) = try spell(outer, t, place)
      conditions.append(SQLTruth("\(spell).id IS NOT NULL AND NOT \(spell).is_open"))
      (key, asked) = (spell + ".first_id", asker.alias + ".id")
    }
    let test = SQLTruth.and(conditions).here
    let asks = SQLLogic.wrapped(test)
    let value = try self.figure(figure.value, place)
    let function = figure.pick == .later || figure.pick == .larger ? "max" : "min"
    let step = steps.add(
      "\(figure.pick.rawValue)_of_\(list.singular)",
      ["\(list.words.zh) · the \(figure.pick.rawValue) of each person's."],
      """
      SELECT \(key) AS key, \(function)(CASE WHEN \(test) THEN \(value.sql) END) AS figure,
        bool_or(coalesce(\(asks), TRUE) AND (\(asks) IS NULL OR \(value.unknown))) AS is_unknown
      FROM \(scope.from)
      GROUP BY \(key)
      """)
    let alias = p.scope.join(step, as: step, on: "@.key = \(asked)")
    let unknown = "coalesce(\(alias).is_unknown, FALSE)"
    return SQLFigure("(CASE WHEN NOT \(unknown) THEN \(alias).figure END)", unknown: unknown, mayBeNone: true)
  }
}
