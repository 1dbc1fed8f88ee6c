// The smallest change of facts that would get somebody paid: for every condition that fails, the field that would have
// to be otherwise, and by how little; for a count that falls short, the records that nearly count, or further ones like
// those that do. What is found here is a proposal: whoever asks runs the programme over the changed facts before
// telling it.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// Looks for remedies of one measure.
final class RemedySearch {
  let measure: CheckedMeasure
  private let document: CheckedDocument
  private let scenario: Scenario
  private let settings: RunSettings
  private let home: Int32
  let run: MeasureRun

  init(
    _ measure: CheckedMeasure, _ document: CheckedDocument, _ scenario: Scenario, _ settings: RunSettings, _ home: Int32
  ) {
    self.measure = measure
    self.document = document
    self.scenario = scenario
    self.settings = settings
    self.home = home
    run = MeasureRun(measure, of: document, index: 0, scenario: scenario, settings: settings, home: home)
    run.run()
  }

  var dataset: Dataset { scenario.dataset }
  /// The places that facts name, each once.
  private(set) lazy var statedPlaces = placesOfFacts()
  /// What somebody has stated, and what nobody can bring about otherwise, that stands in the way of the subject.
  private(set) var settled: [Remedy.Part] = []
  /// Whether what is settled is told: it is not of records that only nearly count.
  var tellsSettled = true

  func find(_ subject: String) -> Lacking {
    let (id, mark) = dataset.parts(ofSubject: subject)
    let year = mark.flatMap { Int64($0) }
    var found: [Remedy] = []
    if let list = run.frameList, let row = dataset.tables[list].ids?.row(id), hasFrame(row, year) {
      if let remedy = ofFrame(list, row, year) { found.append(remedy) }
    }
    // A record that is counted or paid for in somebody's frame.
    for (i, set) in measure.sets.enumerated() {
      guard case .list(let name, let field?) = set.source, let list = dataset.dictionary.index(name),
        let row = dataset.tables[list].ids?.row(id), let frameList = run.frameList,
        let own = conditions(set.conditions, list, row, context: member(list, field)),
        case .int32(let links)? = dataset.tables[list].columns[field.name]?.data, links[row] >= 0,
        let frame = ofFrame(
          frameList, Int(links[row]), nil, as: Member(set: i, row: Int32(truncatingIfNeeded: row), parts: own))
      else { continue }
      found.append(frame)
    }
    let remedies = found.filter { !$0.parts.isEmpty || $0.leadsTo != nil }.sorted { a, b in
      a.parts.count != b.parts.count ? a.parts.count < b.parts.count : cost(a) < cost(b)
    }
    return Lacking(remedies: remedies, settled: settled)
  }

  /// Whether a record has a frame in the year that is asked about, so that changes of that year can be proposed.
  private func hasFrame(_ row: Int, _ year: Int64?) -> Bool {
    guard let year, !run.iteration.isEmpty else { return true }
    return run.base.indices.contains { Int(run.base[$0]) == row && run.iteration[$0] == year }
  }

  private func cost(_ remedy: Remedy) -> Int64 { remedy.parts.reduce(0) { $0 &+ min($1.distance, 1_000_000_000) } }

  func member(_ list: Int, _ field: Field) -> (MeasureRun) -> Lowering.Context {
    { run in .member(list: list, link: run.lowering.column(list, field), year: nil) }
  }

  func starts(_ list: Int) -> Storage<Int32>? {
    guard let name = dataset.tables[list].declaration.begins,
      case .int32(let s)? = dataset.tables[list].columns[name]?.data
    else { return nil }
    return s
  }

  func rerun(_ edits: [FactEdit]) -> MeasureRun {
    let run = light(edits)
    run.run()
    return run
  }

  // MARK: Conditions

  /// For every condition that fails at a row, one field to change; nil where some condition has none.
  func conditions(
    _ all: [Typed], _ list: Int, _ row: Int, context: (MeasureRun) -> Lowering.Context
  ) -> [Remedy.Part]? {
    var parts: [Remedy.Part] = []
    var met: [Typed] = []
    for condition in all.flatMap(\.conjuncts) {
      if condition.asksSets || holds(condition, run, context, row) { continue }
      // Other records are asked of a whole run; no fact of this one stands for what they are.
      if condition.hasPart(where: { if case .sideways = $0.operation { true } else { false } }) { return nil }
      // What an earlier condition asks for may do for this one too.
      if !parts.isEmpty, holds(condition, light(parts.map(\.edit)), context, row) { continue }
      guard let part = change(for: condition, list, row, context) else { return nil }
      met.append(condition)
      // One fact has one value: the later one has to do for the earlier conditions, too.
      if let i = parts.firstIndex(where: { $0.changes(sameAs: part) }) {
        var other = parts
        other[i] = part
        let changed = light(other.map(\.edit))
        guard met.allSatisfy({ holds($0, changed, context, row) }) else { return nil }
        parts = other
      } else {
        parts.append(part)
      }
    }
    return parts
  }

  func holds(_ t: Typed, _ run: MeasureRun, _ context: (MeasureRun) -> Lowering.Context, _ row: Int) -> Bool {
    let node = run.lowering.lower(t, context(run), .truth)
    if case .constantTruth(let v) = node.op { return Truth.holds(v) }
    return Truth.holds(
      Invariant.value(
        run.evaluate(node, Int32(truncatingIfNeeded: row)).truth, "values-of-register: a condition's value is a truth"))
  }

  /// A measure over changed facts that has not been run: enough for asking its conditions.
  func light(_ edits: [FactEdit]) -> MeasureRun {
    let changed = scenario.with(dataset.edited(edits))
    return MeasureRun(
      measure, of: document, index: 0, scenario: changed, settings: settings, home: home,
      tables: SharedTables(changed.dataset, placesOf: run.evaluator.tables))
  }

  /// The nearest change of one field that makes a condition hold. Stated facts that are as they are stay so; where one
  /// of them stands in the way, that is kept.
  private func change(for condition: Typed, _ list: Int, _ row: Int, _ context: (MeasureRun) -> Lowering.Context)
    -> Remedy.Part?
  {
    let spots = fields(condition, list, row, context)
    if let part = change(for: condition, spots.filter { !isSettled($0) }, row, context) { return part }
    let others = spots.filter(isSettled)
    if tellsSettled, let part = change(for: condition, others, row, context),
      !settled.contains(where: { $0.isAbout(sameAs: part) })
    {
      settled.append(part)
    }
    return nil
  }

  private func change(
    for condition: Typed, _ spots: [RecordField], _ row: Int, _ context: (MeasureRun) -> Lowering.Context
  ) -> Remedy.Part? {
    var candidates: [(part: Remedy.Part, spot: RecordField)] = []
    for spot in spots { candidates += values(of: spot, condition, context, row).map { ($0, spot) } }
    candidates.sort { $0.part.distance < $1.part.distance }
    // What nobody has stated comes before what somebody has; and where it is not known whether a condition holds, no
    // stated fact is what is missing.
    if let part = unstated(candidates, condition, context, row) { return part }
    if isOpen(condition, context, row) { return nil }
    var found: [Remedy.Part] = []
    if let (part, spot) = candidates.prefix(60).first(where: { holds(condition, light([$0.part.edit]), context, row) })
    {
      found.append(nearer(part, spot, condition, context, row))
      // What takes no steps from what it is to what it might be has no nearer value.
      if steps(of: spot) == nil { return part }
    }
    // Another figure or day of the condition may have to change by less.
    found += spots.filter { steps(of: $0) != nil }.compactMap { sought($0, condition, context, row) }
    return found.min { $0.distance < $1.distance }
  }

  /// A field of a record that a condition looks at.
  struct RecordField {
    let list: Int
    let row: Int
    let field: Field
  }

  private func fields(_ t: Typed, _ list: Int, _ row: Int, _ context: (MeasureRun) -> Lowering.Context) -> [RecordField]
  {
    var out: [RecordField] = []
    func add(_ list: Int, _ row: Int, _ field: Field) {
      if !out.contains(where: { $0.list == list && $0.row == row && $0.field.name == field.name }) {
        out.append(RecordField(list: list, row: row, field: field))
      }
    }
    /// The row of a record that an expression names; arguments are looked up among those of the call.
    func record(_ t: Typed, _ arguments: [Typed]) -> (Int, Int)? {
      if case .argument(let i) = t.operation { return arguments.indices.contains(i) ? record(arguments[i], []) : nil }
      guard case .record(let name) = t.type, let target = dataset.dictionary.index(name) else { return nil }
      if case .selfRecord = t.operation { return (list, row) }
      let node = run.lowering.lower(t, context(run), .int32)
      let found = Invariant.value(
        run.evaluate(node, Int32(truncatingIfNeeded: row)).int32, "values-of-register: a record is a row of 32 bits")
      return found >= 0 ? (target, Int(found)) : nil
    }
    var seen: Set<[ObjectIdentifier]> = []
    func visit(_ t: Typed, _ arguments: [Typed]) {
      guard seen.insert([ObjectIdentifier(t)] + arguments.map { ObjectIdentifier($0) }).inserted else { return }
      switch t.operation {
      case .selfField(let field): add(list, row, field)
      // A joined spell ends with its last record.
      case .spellEnd(let join):
        let declaration = dataset.tables[list].declaration
        if join.list == declaration.name, let end = declaration.ends.flatMap({ declaration.field($0) }) {
          add(list, row, end)
        }
      case .field(let of, let field):
        if let (target, r) = record(of, arguments) { add(target, r, field) }
        if case .argument = of.operation {} else { visit(of, arguments) }
      case .call(let definition, let own):
        for argument in own { visit(argument, arguments) }
        // What is handed on is what was handed over.
        let given = own.map { argument in
          if case .argument(let i) = argument.operation, arguments.indices.contains(i) {
            arguments[i]
          } else {
            argument
          }
        }
        visit(definition.body, given)
      case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
        .windowEnd, .adopted, .selfRecord, .argument, .frameRecord, .iteration, .not, .and, .or, .compare, .between,
        .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .add, .subtract, .multiply, .divide,
        .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning,
        .provinceOf, .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce,
        .spellBegins, .grouped, .sideways, .numberIn, .different, .ofFrame, .notKnown, .rounded, .form, .nothing:
        for part in t.parts { visit(part, arguments) }
      }
    }
    visit(t, [])
    return out
  }

  /// Values that a field might have instead, as the condition suggests them.
  private func values(of spot: RecordField, _ condition: Typed, _ context: (MeasureRun) -> Lowering.Context, _ row: Int)
    -> [Remedy.Part]
  {
    let now = raw(spot)
    let id = dataset.id(Int32(truncatingIfNeeded: spot.row), in: .list(spot.list))
    func part(_ raw: Int64, _ distance: Int64) -> Remedy.Part {
      Remedy.Part(
        edit: .set(list: spot.list, row: spot.row, field: spot.field.name, raw: raw), record: id, field: spot.field,
        before: now, distance: distance)
    }
    func away(_ raw: Int64) -> Int64 {
      now.map { $0 <= Absent.none64 || $0 <= Int64(Absent.none32) ? 100_000 : abs(raw &- $0) } ?? 100_000
    }
    switch spot.field.type {
    case .bool: return [part(now == 1 ? 0 : 1, 1)]
    case .choice(let names):
      return names.indices.map { Int64($0) }.filter { $0 != now }.map { part($0, 2) }
    case .set(.choice(let names)):
      return names.indices.map {
        Remedy.Part(
          edit: .include(list: spot.list, row: spot.row, field: spot.field.name, member: Int32($0)), record: id,
          field: spot.field, before: nil, distance: 2
        )
      }
    case .place, .county, .area:
      var wanted: [Int32] = []
      for place in [home] + places(condition, context, row) {
        for p in fitting(place, spot.field.type) where !wanted.contains(p) && Int64(p) != now { wanted.append(p) }
      }
      return wanted.prefix(40).enumerated().map { part(Int64($0.element), 3 + Int64($0.offset)) }
    case .date, .dateOrMonth, .dateOrYear:
      // Of stays that are short, those that go on come first.
      var out = days(condition, context, row).map { part($0, away($0) + later(spot)) }
      if spot.field.absence == .none { out.append(part(Absent.none64, 50_000)) }
      return out
    case .int, .money, .figure:
      let fitting = figures(condition, context, row).filter { $0.type.fits(spot.field.type) }
      let near: [Int64] = fitting.flatMap { figure in [figure.raw, figure.raw + 1, figure.raw - 1] }
      return near.filter { $0 >= 0 }.map { part($0, away($0)) }
    case .text, .reference, .set: return []
    }
  }

  func raw(_ spot: RecordField) -> Int64? {
    switch dataset.tables[spot.list].columns[spot.field.name]?.data {
    case .constant(let v)?: v
    case .bools(let s)?: Int64(s[spot.row])
    case .int32(let s)?: Int64(s[spot.row])
    case .int64(let s)?: s[spot.row]
    // A set has no one value, an id as text is not changed, and a column that is not there states nothing.
    case .sets?, .ownIDs?, nil: nil
    }
  }
}

extension ValueType {
  /// Whether figures are hundred-millionths.
  var isScaled: Bool { self == .share || self == .decimal }

  /// Whether a figure of the text may stand for a fact: in the same parts of a whole.
  fileprivate func fits(_ type: FieldType) -> Bool {
    switch type {
    case .figure(.share): self == .share
    case .figure(.decimal): self == .decimal
    case .figure(.amount), .int, .money: !isScaled
    case .text, .bool, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set: false
    }
  }
}
