// Checked expressions as SQL, with a measure's settings in place: readings choose their branch, parameters and values
// are figures. What each expression becomes is here and in the files beside this one; a new one has to be named here.
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Writes the expressions of one measure.
final class ExpressionSQL {
  let programme: EmittedProgramme
  let document: CheckedDocument
  let measure: CheckedMeasure
  let steps: SQLSteps
  /// The code of the district whose measure it is.
  let home: String
  private let parameters: [String: Parameter]
  private let readings: [String: Reading]
  /// The arguments of the definitions that are being written, innermost last, each with where it is asked.
  private var arguments: [[(argument: Typed, place: SQLPlace)]] = []
  /// The by-reference values that were asked for and that nobody has supplied.
  var missing: Set<String> = []
  /// Where a value by date was asked for on a day before its first, as conditions, with what it lacks.
  var before: [(test: String, name: String)] = []
  /// What a value by date is taken for on such a day.
  var early = Early.unknown
  /// What governs whom the measure does not, as its exceptions say.
  var governors: [String] = []
  /// The sets of the measure that are steps by now.
  var sets: [SetStep] = []
  /// Whether frames carry a year, a number or a member.
  var framesHaveSteps = false
  /// How many expressions have been written, each as often as it is used.
  private var written = 0
  /// Within how many figures over other records one is being written: each calls them by a name of its own.
  var besides = 0
  /// Whether a frame may be there more than once.
  var framesMayRepeat = false

  /// What a value by date may be taken for on a day before its first.
  enum Early {
    case unknown
    /// One that nobody has supplied, on every day.
    case missing
    /// One that is known, whatever it is, on every day.
    case known
  }

  /// A set that is a step.
  struct SetStep {
    let step: String
    let list: ListDeclaration
    /// Whether everybody stands in it once.
    let byPerson: Bool
  }

  init(_ programme: EmittedProgramme, _ document: CheckedDocument, _ measure: CheckedMeasure, _ steps: SQLSteps) {
    self.programme = programme
    self.document = document
    self.measure = measure
    self.steps = steps
    let isEnacted = programme.settings.mode == .enacted && document.jurisdiction >= 0
    home = programme.code(isEnacted ? document.jurisdiction : programme.district)
    var parameters: [String: Parameter] = [:]
    for p in document.parameters + document.measures.flatMap(\.parameters) { parameters[p.id] = p }
    self.parameters = parameters
    var readings: [String: Reading] = [:]
    for r in Reading.global + document.readings + measure.readings { readings[r.id] = r }
    self.readings = readings
  }

  var dialect: SQLDialect { programme.dialect }

  // MARK: Settings

  func choice(_ id: String) -> Int {
    let reading = Invariant.value(
      readings[id], "reading-known: a rule asks for readings of its measure, its document or all documents")
    return programme.settings.choice(of: reading, for: measure)
  }

  var isEnacted: Bool { programme.settings.mode == .enacted }
  var countsPersons: Bool { choice("count") == 0 }
  var windowOnAccrual: Bool { choice("window_on") == 1 }
  var yearOfCompletion: Bool { choice("year_of") == 1 }
  var monthsAfter: String { choice("month_end") == 1 ? "months_after_or_next_day" : "months_after" }

  /// Whether a condition on settings holds.
  func holds(_ condition: Typed?) throws(EmissionRefusal) -> Bool {
    guard let condition else { return true }
    return try truth(condition, .constant).here == "TRUE"
  }

  // MARK: Terms

  func truth(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    switch try term(t, p) {
    case .truth(let truth): return truth
    // What is nothing is no condition that holds.
    case .figure(let figure): return figure.unknown == "TRUE" ? .unknown : .no
    }
  }

  func figure(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    switch try term(t, p) {
    case .figure(let figure): return figure
    case .truth(let truth): return SQLFigure(truth.here, unknown: "(\(truth.here)) IS NULL")
    }
  }

  func term(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTerm {
    switch try unnamed(t, p) {
    case .figure(let figure): return .figure(try named(figure, t, p))
    case .truth(let truth): return .truth(try named(truth, t, p))
    }
  }

  /// An expression as it stands, however long its text.
  private func unnamed(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTerm {
    switch try counted(t).operation {
    // Figures
    case .constant(let raw): return constant(raw, t.type)
    case .textConstant(let text): return .figure(SQLFigure(dialect.quoted(text)))
    case .placeConstant(let id): return .figure(SQLFigure(dialect.quoted(programme.code(id))))
    case .parameter(let id): return .figure(parameter(id, t.type))
    case .value(let name): return .figure(supplied(programme.settings.value(of: name, for: measure), t.type, name))
    case .readingIs(let id, let index): return .truth(choice(id) == index ? .yes : .no)
    case .home: return .figure(SQLFigure(dialect.quoted(home)))
    case .asOf: return .figure(programme.settings.asOf.map { SQLFigure(SQLDate.text($0)) } ?? .unknown)
    case .windowStart: return .figure(try windowEnd(measure.window?.from))
    case .windowEnd: return .figure(try windowEnd(measure.window?.to))
    case .adopted: return .truth(isEnacted ? .no : .yes)
    // Records
    case .selfRecord: return .figure(try selfRecord(t, p))
    case .selfField(let own): return try selfField(own, t, p)
    case .field(let record, let other): return try field(of: record, other, t, p)
    case .frameRecord: return .figure(try frameRecord(t, p))
    case .iteration: return .figure(try iteration(t, p))
    // Definitions
    case .argument(let i): return try inArgument(i) { x, place throws(EmissionRefusal) in try term(x, place) }
    case .call(let definition, let args): return try call(definition, args, t, p)
    // Conditions
    case .not(let x): return .truth(try truth(x, p).negated)
    case .and(let xs): return .truth(try joined(xs, p, absorbing: .no, SQLTruth.and))
    case .or(let xs): return .truth(try joined(xs, p, absorbing: .yes, SQLTruth.or))
    case .compare(let op, let a, let b): return .truth(try compare(op, a, b, p))
    case .between(let x, let a, let b): return .truth(try between(x, a, b, p))
    case .given(let x, let negated): return .truth(try given(x, negated: negated, p))
    case .within(let x, let areas): return .truth(try within(x, areas, p))
    case .isAny(let x, let options): return .truth(try isAny(x, options, p))
    case .includes(let set, let options): return .truth(try includes(set, options, p))
    case .includesBetween(let set, let a, let b): return .truth(try includes(set, from: a, to: b, p))
    case .stable(let months, let from, let to): return .truth(try stable(months, from, to, p))
    case .except(let x, let exception, let governor, let when):
      return .truth(try except(x, exception, governor, when, p))
    // Arithmetic and choice
    case .add, .subtract, .multiply, .divide: return .figure(try arithmetic(t, p))
    case .whole(let x): return .figure(try isFractional(x) ? exact(x, p).rounded(down: true) : figure(x, p))
    case .rounded(let x): return .figure(try isFractional(x) ? exact(x, p).rounded() : figure(x, p))
    case .ifThen(let condition, let a, let b): return try ifThen(condition, a, b, t, p)
    case .pick(let pick, let xs): return .figure(try choose(pick, xs, t, p))
    // Dates
    case .yearOf(let x): return .figure(try yearOf(x, p))
    case .dayOfYear(let day, let month, let year): return .figure(try dayOfYear(day, month, year, t, p))
    case .wholeMonths(let a, let b): return .figure(try dates("whole_months", a, b, p))
    case .wholeYears(let a, let b): return .figure(try dates("whole_years", a, b, p))
    case .completion(let n, let from): return .figure(try dates(completion, from, n, p))
    case .yearsRunning(let set, let from): return .figure(try yearsRunning(set, from, p))
    case .provinceOf(let x): return .figure(try province(x, p))
    // What a frame asks of its sets
    case .count(let i): return .figure(try count(i, t, p))
    case .sum(let x, let i): return .figure(try isQuotient(t) ? exact(t, p).rounded() : sum(x, over: i, t, p))
    case .extreme(let pick, let x, let i): return .figure(try extreme(pick, x, over: i, t, p))
    case .dateOfNumber(let n, let i): return .figure(try dateOfNumber(n, i, t, p))
    case .firstDayAtOnce(let n, let i): return .figure(try firstDayAtOnce(n, i, t, p))
    case .different(let x, let i): return .figure(try different(x, over: i, t, p))
    // Other records of the same person
    case .spellEnd(let join): return .figure(try spellEnd(join, t, p))
    case .spellBegins(let join): return .truth(try spellBegins(join, t, p))
    case .grouped(let figure): return .figure(try grouped(figure, t, p))
    case .sideways(let figure): return .figure(try sideways(figure, t, p))
    case .numberIn: return .figure(try numberIn(t, p))
    case .ofFrame(let x): return try ofFrame(x, t, p)
    case .notKnown: return .figure(.unknown)
    case .form(let form, let parts): return .figure(try self.form(form, parts, t, p))
    case .nothing: return .figure(.none)
    }
  }

  /// Where a figure of the frame is asked, as seen from the frame or from a member; nil where no frame is at hand.
  func placeOfFrame(_ p: SQLPlace) -> SQLPlace? { p.frame == nil ? p.outer?.place : p }

  /// What is asked of the frame; not known where there is none at hand.
  private func ofFrame(_ x: Typed, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTerm {
    if let place = placeOfFrame(p) { return try term(x, place) }
    return t.type == .truth ? .truth(.unknown) : .figure(.unknown)
  }

  /// A script says what a figure is made of wherever it is used. Figures that use each other many times, each the one
  /// before, would have no end.
  @discardableResult
  func counted(_ t: Typed) throws(EmissionRefusal) -> Typed {
    written += 1
    guard written > 40_000 else { return t }
    throw refusal(
      Text(
        "figures and conditions that use each other so often that they come to more than 40,000 when written out",
        zh: "相互引用、逐一展开后超过4万项的数值和条件"), t)
  }

  func refusal(_ what: Text, _ t: Typed) -> EmissionRefusal {
    EmissionRefusal(Text("\(what.en) (\(measure.id))", zh: "\(what.zh)（\(measure.id)）"), at: t.location)
  }

  // MARK: Figures

  private func constant(_ raw: Int64, _ type: ValueType) -> SQLTerm {
    type == .truth ? .truth(raw == 0 ? .no : .yes) : .figure(SQLFigure(programme.literal(raw, type)))
  }

  func supplied(_ raw: Int64?, _ type: ValueType, _ name: String) -> SQLFigure {
    if let raw { return SQLFigure(programme.literal(raw, type)) }
    if document.values.contains(where: { $0.name == name }) { missing.insert(name) }
    return .unknown
  }

  private func parameter(_ id: String, _ type: ValueType) -> SQLFigure {
    let p = Invariant.value(parameters[id], "parameter-known: a rule asks for parameters of its document")
    let raw =
      programme.settings.parameters[id] ?? p.value
      ?? p.byReference.flatMap { programme.settings.value(of: $0, for: measure) }
    return supplied(raw, type, p.byReference ?? id)
  }

  private func windowEnd(_ end: Typed?) throws(EmissionRefusal) -> SQLFigure {
    guard isEnacted, let end else { return .none }
    return try figure(end, .constant)
  }

  // MARK: Definitions

  /// Does something with an argument of the definition that is being written, where that was called.
  func inArgument<T>(
    _ i: Int, _ body: (Typed, SQLPlace) throws(EmissionRefusal) -> T
  ) throws(EmissionRefusal) -> T {
    let innermost = Invariant.value(arguments.popLast(), "argument-in-call: an argument stands in a definition's body")
    defer { arguments.append(innermost) }
    return try body(innermost[i].argument, innermost[i].place)
  }

  /// Does something where a rule's `paid` is a column.
  func withPaid<T>(_ column: String, _ body: () throws(EmissionRefusal) -> T) throws(EmissionRefusal) -> T {
    // It stands where a frame's number would, since it is no expression of the rule.
    var place = SQLPlace.constant
    place.year = SQLFigure(column)
    arguments.append([(Typed(.iteration(0), .money, at: measure.location), place)])
    defer { arguments.removeLast() }
    return try body()
  }

  /// Writes a definition's body with its arguments in place.
  func inCall<T>(
    _ args: [Typed], _ p: SQLPlace, _ body: () throws(EmissionRefusal) -> T
  ) throws(EmissionRefusal) -> T {
    arguments.append(args.map { ($0, p) })
    defer { arguments.removeLast() }
    return try body()
  }

  private func call(
    _ definition: Definition, _ args: [Typed], _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLTerm {
    if args.count == 1, case .record(let name) = args[0].type, let list = programme.dictionary.list(name), list.hasID,
      arguments.isEmpty
    {
      let index = try figure(args[0], p)
      // Of a record that may not be there it is asked as it stands.
      let isExact = try inCall(args, p) { () throws(EmissionRefusal) -> Bool in try isFractional(definition.body) }
      if index.isSure, !isExact { return try asStep(definition, args[0], list, index, p) }
    }
    return try inCall(args, p) { () throws(EmissionRefusal) in try term(definition.body, p) }
  }

  /// A definition about a record as a step: worked out once for each record, and looked up.
  private func asStep(
    _ definition: Definition, _ argument: Typed, _ list: ListDeclaration, _ index: SQLFigure, _ p: SQLPlace
  ) throws(EmissionRefusal) -> SQLTerm {
    let outside = missing, early = before.count
    missing = []
    let scope = SQLScope("\(programme.facts(list)) AS r", taken: ["r"], rows: ["r.id"])
    let place = SQLPlace(scope, record: .init(alias: "r", list: list))
    let own = Typed(.selfRecord, argument.type, at: argument.location)
    let outer = arguments
    arguments = [[(own, place)]]
    defer { arguments = outer }
    let made = try term(definition.body, place)
    if before.count > early, case .figure = made {
      // On which days it is asked for is a matter of who asks.
      before.removeSubrange(early...)
      arguments = outer
      missing.formUnion(outside)
      return try inCall([argument], p) { () throws(EmissionRefusal) in try term(definition.body, p) }
    }
    let columns: String
    switch made {
    case .truth(let truth):
      columns =
        truth.here == truth.beyond ? "\(truth.here) AS holds" : "\(truth.here) AS holds,\n  \(truth.beyond) AS beyond"
    case .figure(let figure):
      columns = "\(figure.sql) AS figure" + (figure.unknown == "FALSE" ? "" : ",\n  \(figure.unknown) AS is_unknown")
    }
    let step = steps.add(
      "of_" + SQLSteps.oneLine(definition.name), [definition.words.zh + " · " + definition.name],
      "SELECT r.id,\n  \(columns)\nFROM \(scope.from)")
    missing.formUnion(outside)
    let alias = p.scope.join(step, as: "is_" + definition.name, on: "@.id = \(index.sql)")
    switch made {
    case .truth(let truth):
      if ["TRUE", "FALSE", "NULL"].contains(truth.here), truth.here == truth.beyond { return .truth(truth) }
      return .truth(
        SQLTruth(here: alias + ".holds", beyond: truth.here == truth.beyond ? alias + ".holds" : alias + ".beyond"))
    case .figure(let figure):
      return .figure(
        SQLFigure(
          alias + ".figure", unknown: figure.unknown == "FALSE" ? "FALSE" : alias + ".is_unknown",
          mayBeNone: figure.mayBeNone))
    }
  }

  /// Conditions joined; what is decided without some of them does not lack what those lack.
  private func joined(
    _ xs: [Typed], _ p: SQLPlace, absorbing: SQLTruth, _ join: ([SQLTruth]) -> SQLTruth
  ) throws(EmissionRefusal) -> SQLTruth {
    let outside = missing
    var all: [SQLTruth] = []
    for x in xs { all.append(try truth(x, p)) }
    let made = join(all)
    if made == absorbing { missing = outside }
    return made
  }
}
