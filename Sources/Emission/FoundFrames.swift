// The cases that a measure looks at, before anything is asked of them: records, the years in which something falls to
// them or which are complete, numbers of a range, members of a set.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureSQL {
  /// The step of all frames: `record`, `step`, `step_unknown`.
  /// - Parameters:
  ///   - records: the step of what records by themselves decide; nil where frames are no records of a list.
  ///   - scans: the steps of what is asked of each record of a set, by the sets' places.
  func foundFrames(_ records: String?, _ scans: [Int: String]) throws(EmissionRefusal) -> String {
    let plain = "SELECT record, NULL AS step, FALSE AS step_unknown"
    if e.framesHaveSteps, case .range(_, let from, let to)? = iteration, let texts = try texts() {
      let all = "SELECT DISTINCT record, TRUE AS here, FALSE AS beyond FROM (\n  \(texts)\n) AS found"
      return try rangeFrames(steps.add("texts", [], all), nil, from, to)
    }
    if yearsFromMembers || baseIsText { return try framesOfMembers(records, scans) }
    guard let records, let frameList else {
      if e.framesHaveSteps, case .range(_, let from, let to)? = iteration {
        let district = "SELECT \(dialect.quoted(e.home)) AS record, TRUE AS here, FALSE AS beyond"
        return try rangeFrames(steps.add("district", [], district), nil, from, to)
      }
      return steps.add(
        "frames_found", [], "SELECT \(dialect.quoted(e.home)) AS record, NULL AS step, FALSE AS step_unknown")
    }
    let open = "here IS NOT FALSE OR beyond IS NOT FALSE"
    switch iteration {
    case .range(_, let from, let to) where e.framesHaveSteps: return try rangeFrames(records, frameList, from, to)
    case .members(_, let field) where e.framesHaveSteps:
      return steps.add(
        "frames_found", [],
        """
        SELECT q.record, \(dialect.rows(of: "r." + SQLName.column(field.name))) AS step, FALSE AS step_unknown
        FROM \(records) AS q
          JOIN \(programme.facts(frameList)) AS r ON r.id = q.record
        WHERE \(open)
        """)
    case .range, .members, .years, .completeYears, nil:
      return steps.add("frames_found", [], "\(plain)\nFROM \(records)\nWHERE \(open)")
    }
  }

  private var iteration: CheckedFrame.Iteration? { measure.frame?.iterations.first?.iteration }

  /// The texts that frames are for, where no set says which; nil where frames are for something else. A text all of
  /// whose records begin outside the window is none of them.
  private func texts() throws(EmissionRefusal) -> String? {
    guard case .texts(let field, let name)? = measure.frame?.base, let list = programme.dictionary.list(name) else {
      return nil
    }
    let scope = SQLScope("\(programme.facts(list)) AS r", taken: ["r"], rows: ["r.id"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: list))
    let text = "r." + SQLName.column(field.name)
    var tests = ["\(text) IS NOT NULL"]
    if measure.sets.isEmpty, !e.windowOnAccrual, let day = try begins(list, place), let inside = try window(day) {
      tests.append(day.isSure ? inside.here : "(\(day.sql) IS NULL OR \(inside.here))")
    }
    return "SELECT \(text) AS record, NULL AS step FROM \(scope.from) WHERE \(SQLLogic.and(tests))"
  }

  /// Frames that come of what falls to them.
  private func framesOfMembers(_ records: String?, _ scans: [Int: String]) throws(EmissionRefusal) -> String {
    let own = scans.keys.sorted().filter { !(framesHaveYear && measure.sets[$0].isOfEveryYear) }
    var parts = own.compactMap { scans[$0] }.map { scan in
      framesHaveYear
        ? "SELECT record, step FROM \(scan) WHERE here AND record IS NOT NULL AND step IS NOT NULL"
        : "SELECT record, NULL AS step FROM \(scan) WHERE here AND record IS NOT NULL"
    }
    if measure.sets.isEmpty, !yearsFromMembers, let texts = try texts() { parts.append(texts) }
    if parts.isEmpty { parts.append("SELECT \(dialect.noText) AS record, CAST(NULL AS BIGINT) AS step WHERE FALSE") }
    let all = parts.joined(separator: "\n  UNION ALL\n  ")
    let found = steps.add(
      "frames_found", [], "SELECT DISTINCT record, step, FALSE AS step_unknown\nFROM (\n  \(all)\n) AS found")
    return try withEmptyYears(found, records)
  }

  /// - Parameter list: the list of the frames' records; nil where frames are for texts.
  private func rangeFrames(
    _ records: String, _ list: ListDeclaration?, _ from: Typed, _ to: Typed
  ) throws(EmissionRefusal) -> String {
    let joined = list.map { "\n    JOIN \(programme.facts($0)) AS r ON r.id = q.record" } ?? ""
    let scope = SQLScope("\(records) AS q\(joined)", taken: ["q", "r"], rows: ["q.record"])
    var place = list.map { SQLPlace(scope, record: .init(alias: "r", list: $0)) } ?? SQLPlace(scope)
    if list == nil { place.text = "q.record" }
    let first = try e.figure(from, place), last = try e.figure(to, place)
    // Until when periods go has to be known: without an end there is no telling how many there are.
    let until = try periodsUntil.map { t throws(EmissionRefusal) in try e.figure(t, place) }
    let endless = until.map { $0.mayBeNone ? "\($0.sql) IS NULL" : "FALSE" } ?? "FALSE"
    let ranges = steps.add(
      "ranges", [],
      """
      SELECT q.record, \(first.sql) AS first_step, \(last.sql) AS last_step,
        \(SQLLogic.or([first.unknown, last.unknown, endless])) AS is_unknown
      FROM \(scope.from)
      WHERE q.here IS NOT FALSE OR q.beyond IS NOT FALSE
      """)
    let each = dialect.rows(of: dialect.numbers(from: "first_step", to: "last_step"))
    return steps.add(
      "frames_found", [],
      """
      SELECT record, \(each) AS step, FALSE AS step_unknown
      FROM \(ranges)
      WHERE NOT is_unknown AND first_step <= last_step
      UNION ALL
      SELECT record, NULL AS step, TRUE AS step_unknown
      FROM \(ranges)
      WHERE is_unknown
      """)
  }

  // MARK: Years in which nothing falls

  /// The frames found with those of years in which nothing falls: of each complete year, and of a district whose rule
  /// has a window of its own.
  private func withEmptyYears(_ found: String, _ records: String?) throws(EmissionRefusal) -> String {
    guard yearsFromMembers, let base = measure.frame?.base else { return found }
    if case .completeYears? = iteration { return try completeYears(found, records, base) }
    guard case .district = base, measure.selection.ownWindow, let first = try yearOfWindow(measure.window?.from),
      let last = try yearOfWindow(measure.window?.to)
    else { return found }
    let years = eachYear(
      "SELECT \(dialect.quoted(e.home)) AS record, \(first) AS first_year, \(last) AS last_year", most: 1000)
    return steps.add(
      "frames_and_years", [],
      """
      SELECT record, step, step_unknown FROM \(found)
      UNION
      SELECT record, step, step_unknown FROM \(years)
      """)
  }

  /// The year of an end of the window; nil where there is none.
  private func yearOfWindow(_ end: Typed?) throws(EmissionRefusal) -> String? {
    guard e.isEnacted, let end else { return nil }
    let day = try e.figure(end, .constant)
    return day.isSure ? "year_of(\(day.sql))" : nil
  }

  /// Every year from the window's first, as enacted, or the first in which something falls, to the last that `as_of`
  /// completes, or else the last in which something falls, and no further than the window; of a record that begins some
  /// day, from that year on.
  private func completeYears(
    _ found: String, _ records: String?, _ base: CheckedFrame.Base
  ) throws(EmissionRefusal) -> String {
    let first = try yearOfWindow(measure.window?.from) ?? "(SELECT min(step) FROM \(found))"
    let last = programme.settings.asOf.map { String(($0 + 1).year - 1) } ?? "(SELECT max(step) FROM \(found))"
    let closing = try yearOfWindow(measure.window?.to)
    let end = closing.map { "least(\(last), \($0))" } ?? last
    let span = steps.add(
      "years_looked_at", ["From which year to which · 起止年度"],
      "SELECT CAST(\(first) AS BIGINT) AS first_year, CAST(\(end) AS BIGINT) AS last_year")
    switch base {
    case .district:
      return eachYear("SELECT \(dialect.quoted(e.home)) AS record, first_year, last_year FROM \(span)", most: 10_000)
    case .texts:
      let texts = "(SELECT DISTINCT record FROM \(found)) AS q"
      return eachYear("SELECT q.record, s.first_year, s.last_year FROM \(texts) CROSS JOIN \(span) AS s", most: 10_000)
    case .list:
      guard let records, let frameList else { return found }
      let scope = SQLScope(
        "\(records) AS q\n    JOIN \(programme.facts(frameList)) AS r ON r.id = q.record\n    CROSS JOIN \(span) AS s",
        taken: ["q", "r", "s"], rows: ["q.record"])
      let place = SQLPlace(scope, record: .init(alias: "r", list: frameList))
      // Whose beginning nobody knows is there in all years.
      let own = try yearOfBeginning(frameList, place).map { "greatest(\($0), s.first_year)" } ?? "s.first_year"
      return eachYear(
        """
        SELECT q.record, \(own) AS first_year, s.last_year
        FROM \(scope.from)
        WHERE q.here IS NOT FALSE OR q.beyond IS NOT FALSE
        """, most: 10_000)
    }
  }

  /// The year in which a record begins; nil where its list has no first day.
  private func yearOfBeginning(_ list: ListDeclaration, _ p: SQLPlace) throws(EmissionRefusal) -> String? {
    guard let field = list.begins.flatMap(list.field) else { return nil }
    let own = Typed(.selfField(field), ValueType(field.type), at: measure.location)
    return try field.type == .int ? e.figure(own, p).sql : e.yearOf(own, p).sql
  }

  /// A frame for each year of spans.
  /// - Parameter most: how many after the first are looked at.
  private func eachYear(_ spans: String, most: Int) -> String {
    let ranges = steps.add("ranges", [], spans)
    let each = dialect.rows(of: dialect.numbers(from: "first_year", to: "least(last_year, first_year + \(most))"))
    return steps.add(
      "frames_of_years", ["Years in which nothing falls, too · 没有记录的年度也算"],
      """
      SELECT record, \(each) AS step, FALSE AS step_unknown
      FROM \(ranges)
      WHERE first_year <= last_year
      """)
  }
}
