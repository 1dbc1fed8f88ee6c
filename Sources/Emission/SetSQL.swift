// The sets of a measure in SQL: what is asked of each record of a list, members in their frames, a person's records
// joined, narrower sets, and the first of one.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureSQL {
  /// What is asked of each record of a set's list, with the record and year that it falls to.
  func scan(
    _ set: CheckedSet, _ number: Int, _ name: String, link field: Field?, _ records: String?
  ) throws(EmissionRefusal) -> String {
    let list = Invariant.value(
      programme.dictionary.list(name), "list-known: the facts have every list that a measure is run over")
    let scope = SQLScope("\(programme.facts(list)) AS m", taken: ["m"], rows: ["m.id"])
    var place = SQLPlace(scope, record: .init(alias: "m", list: list))
    let link: SQLFigure
    if let join = set.partsOf, let field {
      link = try e.spellFirst(join, Typed(.selfField(field), ValueType(field.type), at: set.location), place)
    } else {
      link = try linkFigure(field, place)
    }
    place.link = link
    let waits = hasLateDays(set)
    let (start, date) = waits ? (nil, nil) : try days(of: set, list, place)
    if framesHaveYear, !set.isOfEveryYear {
      if let typed = set.inYear {
        place.year = try e.figure(typed, place)
      } else if let day = (e.yearOfCompletion ? date : start) ?? date {
        place.year = .of([day], "year_of(\(day.sql))")
      }
    }
    var parts: [SQLTruth] = []
    let early = set.conditions.filter { !isLate($0, in: set) }
    for t in early.flatMap(\.conjuncts) { parts.append(try e.truth(t, place)) }
    if !waits, let inside = try inWindow(set, start, date) { parts.append(inside) }
    let own = parts
    // What the record of the frame decides is asked of each hire at once.
    if field != nil, let records, list.person != nil {
      let q = scope.join(records, as: "q", on: "@.record = \(link.sql)")
      parts.append(SQLTruth(here: q + ".here", beyond: q + ".beyond"))
    }
    // Who names nobody, or of whom it is not known whom he names, falls to no frame.
    let isLinked = link.isSure ? [] : [SQLTruth("\(link.sql) IS NOT NULL")]
    let truth = SQLTruth.lines(parts + isLinked)
    let alone = try self.waits(set, list) ? ",\n    \(SQLTruth.lines(own + isLinked).here) AS own_here" : ""
    let none = SQLFigure.none
    let day = date ?? none, first = start ?? none
    return steps.add(
      "asked_for_" + set.name, ["\(set.words.zh) · \(set.words.en): what is asked of each record."],
      """
      SELECT * FROM (
        SELECT m.id AS member, \(link.sql) AS record, \(place.year?.sql ?? "NULL") AS step,
          \(day.sql) AS date, \(day.unknown) AS date_unknown, \(first.sql) AS begins,
          \(list.person == nil ? "m.id" : "m.person_key") AS person,
          \(truth.here) AS here,
          \(truth.beyond) AS beyond\(alone)
        FROM \(scope.from)
      ) AS asked
      WHERE here IS NOT FALSE OR beyond IS NOT FALSE
      """)
  }

  private func linkFigure(_ field: Field?, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    guard let field else { return SQLFigure(dialect.quoted(e.home)) }
    return try e.figure(Typed(.selfField(field), ValueType(field.type), at: measure.location), p)
  }

  /// The days of a list's member: when it begins, and when it counts; nil where it has none.
  private func days(
    of set: CheckedSet, _ list: ListDeclaration, _ p: SQLPlace
  ) throws(EmissionRefusal) -> (begins: SQLFigure?, counts: SQLFigure?) {
    let own = try set.begins.map { t throws(EmissionRefusal) in try e.figure(t, p) }
    let start = own == nil ? try begins(list, p) : own
    let date = try set.on.map { t throws(EmissionRefusal) in try e.figure(t, p) }
    return (start, date ?? start)
  }

  /// Whether a member's day lies in the window; nil where nothing asks.
  private func inWindow(
    _ set: CheckedSet, _ begins: SQLFigure?, _ counts: SQLFigure?
  ) throws(EmissionRefusal) -> SQLTruth? {
    guard !set.atAnyTime, let tested = e.windowOnAccrual ? counts : begins else { return nil }
    return try window(tested)
  }

  /// Makes a set's step, with its members in their frames.
  func fill(_ i: Int, _ asked: String?) throws(EmissionRefusal) {
    let set = measure.sets[i]
    let list = Invariant.value(
      programme.dictionary.list(set.list), "list-known: the facts have every list that a measure is run over")
    switch set.source {
    case .list:
      let asked = Invariant.value(asked, "set-scanned: a list's set has been read before it is put into frames")
      try place(set, asked, list)
    case .set(let source): try narrow(set, e.sets[source])
    case .first(let n, let source): try first(set, n, e.sets[source])
    }
  }

  /// Whether it is told of the members of the set that is being made that a fact of theirs leaves them open.
  private func tellsOfMembers(_ list: ListDeclaration) -> Bool {
    list.person != nil || measure.paysForMembers(of: e.sets.count)
  }

  private func isShared(_ set: CheckedSet) -> Bool { sharesMembers || (framesHaveYear && set.isOfEveryYear) }

  /// Whether what is open about a frame may be settled by what is asked of its members. Till then they count for it,
  /// but where one record of a person counts for all frames together: none may stand in the way of what is certain.
  private func waits(_ set: CheckedSet, _ list: ListDeclaration) throws(EmissionRefusal) -> Bool {
    let inAll = try joinsInAll(set), late = try lateConditions()
    return list.person != nil && !inAll && (!late.isEmpty || !measure.selection.requirements.isEmpty)
  }

  /// Whether it is not known of the frame of a row whether it is one.
  static let isOpen = "(frame IS NOT NULL AND frame_here IS NULL AND frame_beyond IS NOT TRUE)"

  private func place(_ set: CheckedSet, _ asked: String, _ list: ListDeclaration) throws(EmissionRefusal) {
    let isShared = isShared(set), reports = list.person != nil
    let placed = steps.add(
      "placed_for_" + set.name, ["The same in the cases that they fall to."],
      """
      SELECT a.*, f.frame, f.here AS frame_here, f.beyond AS frame_beyond
      FROM \(asked) AS a
        \(frames(byYear: !isShared && framesHaveYear))
      """)
    let inAll = try joinsInAll(set), waits = try waits(set, list)
    if tellsOfMembers(list), !inAll {
      odd.append(oddMembers(placed, isShared: isShared, waits: waits, ofFrames: reports))
    }
    let columns = "frame, member, date, date_unknown, begins, person"
    let late = set.conditions.filter { isLate($0, in: set) }
    var (source, test) = (placed, "here AND frame IS NOT NULL")
    if reports {
      test =
        inAll
        ? "here AND frame_here"
        : waits
          ? "here AND frame_here OR own_here AND \(MeasureSQL.isOpen)" : "here AND (frame_here OR \(MeasureSQL.isOpen))"
    }
    if !late.isEmpty || hasLateDays(set) {
      (source, test) = (try askedInFrames(late, of: set, placed, test, list), "here")
    }
    guard try joinsPersons(set, list) else {
      let step = steps.add(
        "set_" + set.name, ["\(set.words.zh) · \(set.words.en)"],
        "SELECT \(columns)\nFROM \(source)\nWHERE \(test)")
      if reports { everybody.append(step) }
      e.sets.append(.init(step: step, list: list, byPerson: false))
      return
    }
    let ranked = steps.add(
      "everybody_" + set.name, ["Of one person's records the one that begins first counts."],
      """
      SELECT \(columns),
        row_number() OVER (PARTITION BY \(inAll ? "" : "frame, ")person ORDER BY begins NULLS FIRST, member) AS number
      FROM \(source)
      WHERE \(test)
      """)
    let step = steps.add(
      "set_" + set.name, ["\(set.words.zh) · \(set.words.en)"], "SELECT \(columns)\nFROM \(ranked)\nWHERE number = 1")
    if reports { everybody.append(inAll ? step : ranked) }
    if reports, inAll { odd.append(withoutLaterOnes(placed, step, set, isShared: isShared)) }
    e.sets.append(.init(step: step, list: list, byPerson: true))
  }

  /// The frames that members `a` fall to. Joined by nothing but what is equal, since engines go through every pair for
  /// anything else: whose years are not known has one frame without a year.
  private func frames(byYear: Bool) -> String {
    if !byYear { return "LEFT JOIN frames AS f ON f.record = a.record" }
    if yearsFromMembers || baseIsText { return "LEFT JOIN frames AS f ON f.record = a.record AND f.step = a.step" }
    return """
      LEFT JOIN (SELECT DISTINCT record FROM frames WHERE step_unknown) AS u ON u.record = a.record
        LEFT JOIN frames AS f ON f.record = a.record
          AND f.step IS NOT DISTINCT FROM CASE WHEN u.record IS NULL THEN a.step END
      """
  }

  /// Whether a condition can only be asked of a member together with its frame: it speaks of a figure of the frame, or
  /// of its number where that is not the year that the member itself falls into.
  private func isLate(_ t: Typed, in set: CheckedSet) -> Bool {
    if t.asksFrameRecord, frameList != nil, case .list(_, nil) = set.source { return true }
    guard t.asksFrame else { return false }
    return framesHaveYear && !set.isOfEveryYear ? t.hasPart(where: \.isOfFrame) : true
  }

  /// Whether the days of a set's members can only be told together with their frames.
  private func hasLateDays(_ set: CheckedSet) -> Bool {
    guard case .list = set.source else { return false }
    return [set.on, set.begins].contains { $0.map { isLate($0, in: set) } ?? false }
  }

  /// What can only be asked of a set's members together with their frames.
  private func askedInFrames(
    _ late: [Typed], of set: CheckedSet, _ placed: String, _ fits: String, _ list: ListDeclaration
  ) throws(EmissionRefusal) -> String {
    let fitting = steps.add(
      "fitting_for_" + set.name, [],
      "SELECT frame, member, date, date_unknown, begins, person\nFROM \(placed)\nWHERE \(fits)")
    let place = try memberPlace(set, .init(step: fitting, list: list, byPerson: false), frames: "frames")
    var parts: [SQLTruth] = []
    for t in late { parts.append(try e.truth(t, place)) }
    var columns = "s.*"
    if hasLateDays(set) {
      let (start, date) = try days(of: set, list, place), none = SQLFigure.none
      if let inside = try inWindow(set, start, date) { parts.append(inside) }
      columns =
        "s.* \(dialect.except) (date, date_unknown, begins), \((date ?? none).sql) AS date,\n  "
        + "\((date ?? none).unknown) AS date_unknown, \((start ?? none).sql) AS begins"
    }
    let truth = SQLTruth.lines(parts)
    let step = steps.add(
      "asked_in_frames_of_" + set.name, ["\(set.words.zh) · \(set.words.en): what is asked together with the case."],
      """
      SELECT \(columns), f.here AS frame_here, f.beyond AS frame_beyond,
        \(truth.here) AS here,
        \(truth.beyond) AS beyond
      FROM \(place.scope.from)
      """)
    if tellsOfMembers(list) { odd.append(MeasureSQL.oddInFrames(step)) }
    return step
  }

  // MARK: Persons

  private func joinsInAll(_ set: CheckedSet) throws(EmissionRefusal) -> Bool {
    guard case .onceInAll = set.persons else { return false }
    return try e.holds(set.personsWhen)
  }

  private func joinsPersons(_ set: CheckedSet, _ list: ListDeclaration) throws(EmissionRefusal) -> Bool {
    guard list.person != nil else { return false }
    if try joinsInAll(set) { return true }
    // The parts of a joined record are one person's, and the set is all of them.
    if set.partsOf != nil { if case .once = set.persons { return true } else { return false } }
    switch set.persons {
    case .every: return false
    case .once: return true
    case .byReading, .onceInAll:
      switch measure.selection.persons {
      case .every: return false
      case .once, .onceInAll: return true
      case .byReading: return e.countsPersons
      }
    }
  }

  // MARK: Sets of sets

  /// A member of a set with its frame.
  func memberPlace(_ set: CheckedSet, _ step: ExpressionSQL.SetStep, frames: String) throws(EmissionRefusal) -> SQLPlace
  {
    let scope = SQLScope(
      """
      \(step.step) AS s
          JOIN \(frames) AS f ON f.frame = s.frame
          JOIN \(programme.facts(step.list)) AS m ON m.id = s.member
      """, taken: ["s", "f", "m"], rows: ["s.frame", "s.member"])
    var place = SQLPlace(scope, record: .init(alias: "m", list: step.list))
    place.outer = SQLPlace.Outer(framePlace(scope))
    place.memberOf = step.step
    if let field = try linkField(set) { place.link = try linkFigure(field, place) }
    return place
  }

  /// The field by which the list that a set stems from is joined to the frame; nil for a district's.
  private func linkField(_ set: CheckedSet) throws(EmissionRefusal) -> Field? {
    switch set.source {
    case .list(_, let field): return field
    case .set(let i), .first(_, let i): return try linkField(measure.sets[i])
    }
  }

  private func narrow(_ set: CheckedSet, _ source: ExpressionSQL.SetStep) throws(EmissionRefusal) {
    let place = try memberPlace(set, source, frames: "frames")
    var parts: [SQLTruth] = []
    for condition in set.conditions { parts.append(try e.truth(condition, place)) }
    let date = try set.on.map { t throws(EmissionRefusal) in try e.figure(t, place) }
    if let date, e.windowOnAccrual, !set.atAnyTime, let inside = try window(date) { parts.append(inside) }
    let truth = SQLTruth.lines(parts)
    let asked = steps.add(
      "asked_for_" + set.name, ["\(set.words.zh) · \(set.words.en): what is asked of each."],
      """
      SELECT s.frame, s.member, \(date?.sql ?? "s.date") AS date, \(date?.unknown ?? "s.date_unknown") AS date_unknown,
        s.begins, s.person,
        f.here AS frame_here, f.beyond AS frame_beyond,
        \(truth.here) AS here,
        \(truth.beyond) AS beyond
      FROM \(place.scope.from)
      """)
    if tellsOfMembers(source.list) { odd.append(MeasureSQL.oddInFrames(asked)) }
    let columns = "frame, member, date, date_unknown, begins, person"
    var byPerson = source.byPerson
    var body = "SELECT \(columns)\nFROM \(asked)\nWHERE here"
    if case .once = set.persons, !byPerson {
      byPerson = true
      let list = source.list
      let own = list.begins.map { "r." + SQLName.column($0) } ?? "a.date"
      let ranked = steps.add(
        "everybody_" + set.name, ["Of one person's records the one that begins first counts."],
        """
        SELECT a.*, row_number() OVER (PARTITION BY a.frame, a.person ORDER BY \(own) NULLS FIRST, a.member) AS number
        FROM \(asked) AS a
          JOIN \(programme.facts(list)) AS r ON r.id = a.member
        WHERE a.here
        """)
      body = "SELECT \(columns)\nFROM \(ranked)\nWHERE number = 1"
    }
    let step = steps.add("set_" + set.name, ["\(set.words.zh) · \(set.words.en)"], body)
    e.sets.append(.init(step: step, list: source.list, byPerson: byPerson))
  }

  private func first(_ set: CheckedSet, _ n: Typed, _ source: ExpressionSQL.SetStep) throws(EmissionRefusal) {
    let scope = frameScope("frames")
    let limit = try e.figure(n, framePlace(scope))
    let limits = steps.add(
      "limit_of_" + set.name, [],
      "SELECT f.frame, f.here, \(limit.sql) AS figure, \(limit.unknown) AS is_unknown\nFROM \(scope.from)")
    let columns = "s.frame, s.member, s.date, s.date_unknown, s.begins, s.person"
    let step = steps.add(
      "set_" + set.name, ["\(set.words.zh) · \(set.words.en): the first to count."],
      """
      SELECT \(columns)
      FROM (
        SELECT *, row_number() OVER (
          PARTITION BY frame ORDER BY date_unknown DESC, date NULLS FIRST, member) AS number
        FROM \(source.step)
      ) AS s
        JOIN \(limits) AS l ON l.frame = s.frame
      WHERE s.number <= l.figure
      """)
    if limit.unknown != "FALSE" {
      odd.append(
        """
        SELECT s.member AS subject, CAST(NULL AS BOOLEAN) AS here, CAST(NULL AS BOOLEAN) AS beyond \
        FROM \(source.step) AS s JOIN \(limits) AS l ON l.frame = s.frame WHERE l.here AND l.is_unknown
        """)
    }
    e.sets.append(.init(step: step, list: source.list, byPerson: source.byPerson))
  }

  // MARK: Requirements

  /// Whether the measure counts persons: its odd subjects are then the hires themselves.
  var countsHires: Bool { measure.sets.contains { programme.dictionary.list($0.list)?.person != nil } }

  /// Requirements on counts decide last; where they are unknown, the frame is undetermined.
  func requirements() throws(EmissionRefusal) {
    let scope = frameScope("frames")
    let place = framePlace(scope)
    var parts = [SQLTruth(here: "f.here", beyond: "f.beyond")]
    for t in try lateConditions() + measure.selection.requirements { parts.append(try e.truth(t, place)) }
    let truth = SQLTruth.lines(parts)
    let open = try accruesInWindow(place)
    steps.add(
      "judged", ["The same with what is asked of their sets."],
      """
      SELECT f.frame, f.record, f.step, f.step_unknown,
        \(truth.here) AS here,
        \(truth.beyond) AS beyond,
        \(open?.here ?? "TRUE") AS open_here, \(open?.beyond ?? "TRUE") AS open_beyond
      FROM \(scope.from)
      """)
    let whole = "f.here AND f.open_here AS here, f.beyond AND f.open_beyond AS beyond"
    guard countsHires, !measure.leavesFramesOpen else {
      odd.append("SELECT f.record AS subject, \(whole) FROM judged AS f WHERE f.here IS NOT TRUE")
      return
    }
    for step in everybody {
      odd.append(
        "SELECT s.member AS subject, \(whole) FROM judged AS f JOIN \(step) AS s ON s.frame = f.frame "
          + "WHERE f.here IS NOT TRUE")
    }
  }

  /// Whether some payment of the frame falls into the window, where the window is on the accrual date.
  func accruesInWindow(_ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth? {
    guard e.windowOnAccrual, !measure.pays.isEmpty, measure.pays.allSatisfy({ $0.forEach == nil }) else { return nil }
    var parts: [SQLTruth] = []
    for pay in measure.pays {
      guard let on = try day(pay, p), let inside = try window(on) else { return nil }
      parts.append(inside)
    }
    return .or(parts)
  }
}
