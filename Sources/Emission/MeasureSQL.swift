// A measure as one statement: its frames, its sets, what is asked of both, what it pays, and who is left open - each
// a step by name. The order is that of the engine: records, members, frames, sets in turn, requirements, payments,
// limits.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// Writes one measure.
final class MeasureSQL {
  let programme: EmittedProgramme
  let document: CheckedDocument
  let measure: CheckedMeasure
  let steps: SQLSteps
  let e: ExpressionSQL
  /// The list of the frame's records; nil for texts and the district.
  let frameList: ListDeclaration?
  /// Whether frames are (record, year) pairs found among members.
  var yearsFromMembers = false
  /// Whether frames carry a year that belongs to the subject.
  var framesHaveYear = false
  /// Where frames are periods, the first day of one, and the last day of all.
  var periodStart: Typed?
  private(set) var periodsUntil: Typed?
  /// Whether a record has several frames, one for each number or member, which all have its members.
  var sharesMembers = false
  /// SELECTs of subjects that are neither paid nor refused: `subject`, `here`, `beyond`.
  var odd: [String] = []
  /// The steps of frames that are paid for once, and come after one that is, or that come after the first few.
  var leftOut: [String] = []
  /// SELECTs of frames of which it is not known whether they are paid for once, which are none of the first either.
  var openOnce: [String] = []
  /// Steps of subjects of which a cap does not say what is left of them.
  var openByCap: [String] = []
  /// The step of those who ask for a place, where the places are given out by somebody else.
  var askingForSeats: String?
  /// Of each set that is read from a list, the steps of its members before and after a person's are joined.
  var everybody: [String] = []

  init(_ programme: EmittedProgramme, _ document: CheckedDocument, _ measure: CheckedMeasure) {
    self.programme = programme
    self.document = document
    self.measure = measure
    steps = SQLSteps(programme.dialect)
    e = ExpressionSQL(programme, document, measure, steps)
    if case .list(let name)? = measure.frame?.base {
      frameList = programme.dictionary.list(name)
    } else {
      frameList = nil
    }
  }

  /// The table that the statement makes.
  var table: String { dialect.tableName("of_" + measure.id) }

  var dialect: SQLDialect { programme.dialect }

  func refusal(_ what: Text, at location: SourceRange? = nil, hint: Text? = nil) -> EmissionRefusal {
    EmissionRefusal(
      Text("\(what.en) (\(measure.id))", zh: "\(what.zh)（\(measure.id)）"), hint: hint,
      at: location ?? measure.location)
  }

  /// The whole statement.
  func statement() throws(EmissionRefusal) -> String {
    let entries = try entries(paid())
    return """
      -- \(SQLSteps.oneLine(measure.title.zh)) · \(SQLSteps.oneLine(measure.title.en))
      -- \(measure.id), \(document.number)\(measure.article)
      \(steps.table(table, as: entries))
      """
  }

  /// The steps up to what is paid; the last one's name, nil where nothing is.
  func paid() throws(EmissionRefusal) -> String? {
    for cap in measure.limits.caps { _ = try span(of: cap) }
    try setOut()
    let records = try recordStep()
    var scans: [Int: String] = [:]
    for (i, set) in measure.sets.enumerated() {
      if case .list(let name, let field) = set.source { scans[i] = try scan(set, i, name, link: field, records) }
    }
    try frames(records, scans)
    for i in measure.sets.indices { try fill(i, scans[i]) }
    try requirements()
    return try payments()
  }

  // MARK: Windows and days

  /// Whether a date lies in the measure's window, as a condition; nil where there is none.
  func window(_ date: SQLFigure) throws(EmissionRefusal) -> SQLTruth? {
    guard e.isEnacted, let w = measure.window else { return nil }
    var parts: [SQLTruth] = []
    if let from = w.from {
      let day = try e.figure(from, .constant)
      parts.append(.asked([date, day], "\(date.sql) >= \(day.sql)"))
    }
    if let to = w.to {
      let day = try e.figure(to, .constant)
      parts.append(.asked([date, day], "\(date.sql) <= \(day.sql)"))
    }
    return parts.isEmpty ? nil : .and(parts)
  }

  /// The date on which a list's records begin; a year stands for its 1 January.
  func begins(_ list: ListDeclaration, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure? {
    guard let field = list.begins.flatMap(list.field) else { return nil }
    let own = try e.figure(Typed(.selfField(field), ValueType(field.type), at: measure.location), p)
    return field.type == .int ? .of([own], "day_of_year(\(own.sql), 1, 1)") : own
  }

  /// The date of the frame that the window tests, where frames have one.
  func frameBegins(_ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure? {
    if let typed = measure.selection.begins { return try e.figure(typed, p) }
    guard !yearsFromMembers, let frameList else { return nil }
    return try begins(frameList, p)
  }

  // MARK: Frames

  private func setOut() throws(EmissionRefusal) {
    guard let frame = measure.frame else { throw refusal(Text("a rule without records", zh: "没有对象的规则")) }
    guard let (name, iteration) = frame.iterations.first else { return }
    e.framesHaveSteps = true
    switch iteration {
    case .years(let when):
      if let when, try e.truth(when, .constant) == .no {
        e.framesHaveSteps = false
        return
      }
      (yearsFromMembers, framesHaveYear) = (true, true)
    case .completeYears: (yearsFromMembers, framesHaveYear) = (true, true)
    case .range(_, let from, let to):
      framesHaveYear = name == "year"
      sharesMembers = !framesHaveYear
      if case .form(.periods(let months, let isCalendar), let ends) = to.operation {
        let n = Typed(.iteration(0), .number, at: from.location)
        periodStart = Typed(
          .form(.periodStart(months: months, isCalendar: isCalendar), [ends[0], n]), .date, at: to.location)
        periodsUntil = ends[1]
      }
    case .members: (sharesMembers, e.framesMayRepeat) = (true, true)
    }
    if measure.frame?.iterations.count ?? 0 > 1 {
      throw refusal(Text("more than one number for each record", zh: "同一记录的多重序号"), at: frame.location)
    }
  }

  /// Conditions that the frame's record alone decides, the others that are asked before sets, and those behind: what
  /// stands below a set of candidates keeps none of them out.
  private func conditions() throws(EmissionRefusal) -> (ofRecord: [Typed], ofFrame: [Typed], late: [Typed]) {
    var ofRecord: [Typed] = [], ofFrame: [Typed] = [], late: [Typed] = []
    let all = measure.selection.conditions, first = measure.firstCandidates ?? all.count
    for t in all.prefix(first).flatMap(\.conjuncts) {
      if t.asksSets { late.append(t) } else if t.asksFrame { ofFrame.append(t) } else { ofRecord.append(t) }
    }
    return (ofRecord, ofFrame, late + all.dropFirst(first).flatMap(\.conjuncts))
  }

  /// Conditions that ask about sets.
  func lateConditions() throws(EmissionRefusal) -> [Typed] { try conditions().late }

  private var beginsOfFrame: Bool { measure.selection.begins?.asksFrame == true }

  /// Whether the window is asked of frames.
  private var testsWindow: Bool { !(e.windowOnAccrual && !measure.pays.isEmpty) }

  /// What is asked of each record by itself; nil where frames are no records of a list.
  private func recordStep() throws(EmissionRefusal) -> String? {
    guard let frameList else { return nil }
    let scope = SQLScope("\(programme.facts(frameList)) AS r", taken: ["r"], rows: ["r.id"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: frameList))
    var parts: [SQLTruth] = []
    for t in try conditions().ofRecord { parts.append(try e.truth(t, place)) }
    if testsWindow, !beginsOfFrame, let day = try frameBegins(place), let inside = try window(day) {
      parts.append(inside)
    }
    let truth = SQLTruth.lines(parts)
    return steps.add(
      "records", ["What \(frameList.words.en) by themselves decide · 对象自身的条件"],
      "SELECT r.id AS record,\n  \(truth.here) AS here,\n  \(truth.beyond) AS beyond\nFROM \(scope.from)")
  }

  /// The frames with what is asked of them before their sets.
  private func frames(_ records: String?, _ scans: [Int: String]) throws(EmissionRefusal) {
    let found = try foundFrames(records, scans)
    let scope = frameScope(found)
    let place = framePlace(scope)
    var parts: [SQLTruth] = []
    if let records {
      let q = scope.join(records, as: "q", on: "@.record = f.record")
      parts.append(SQLTruth(here: q + ".here", beyond: q + ".beyond"))
      for t in try conditions().ofFrame { parts.append(try e.truth(t, place)) }
    } else {
      let all = try conditions()
      for t in all.ofRecord + all.ofFrame { parts.append(try e.truth(t, place)) }
    }
    if testsWindow, beginsOfFrame || records == nil, let day = try frameBegins(place), let inside = try window(day) {
      parts.append(inside)
    }
    if case .range? = measure.frame?.iterations.first?.iteration, e.framesHaveSteps {
      parts.append(SQLTruth("CASE WHEN f.step_unknown THEN NULL ELSE TRUE END"))
    }
    let truth = SQLTruth.lines(parts)
    let step = try periodStart.map { t throws(EmissionRefusal) in try e.figure(t, place).sql } ?? "f.step"
    let key = e.framesHaveSteps ? "f.record || '@' || coalesce(CAST(\(step) AS \(dialect.string)), '?')" : "f.record"
    steps.add(
      "frames", ["Each case that is looked at · 逐一考察的对象"],
      """
      SELECT * FROM (
        SELECT \(key) AS frame, f.record, f.step, f.step_unknown,
          \(truth.here) AS here,
          \(truth.beyond) AS beyond
        FROM \(scope.from)
      ) AS all_frames
      WHERE here IS NOT FALSE OR beyond IS NOT FALSE
      """)
  }

  /// Whether what is paid for has the frame's year or period behind it.
  var framesAreNamed: Bool { naming != nil }

  /// What stands behind the record of what is paid for; nil where nothing does.
  var naming: FrameNaming? { framesHaveYear ? .year : periodStart == nil ? nil : .period(measure.periodLength) }

  var baseIsText: Bool { if case .texts? = measure.frame?.base { true } else { false } }

  /// The frames of a step by the alias `f`.
  func frameScope(_ step: String, taken: [String] = ["f"]) -> SQLScope {
    SQLScope("\(step) AS f", taken: taken, rows: e.framesHaveSteps ? ["f.record", "f.step"] : ["f.record"])
  }

  /// A frame by its alias `f`, with its record as `r`.
  func framePlace(_ scope: SQLScope) -> SQLPlace { e.frame(in: scope) }
}
