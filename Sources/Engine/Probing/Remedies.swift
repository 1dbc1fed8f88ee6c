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

  func find(_ subject: String) -> [Remedy] {
    let parts = subject.split(separator: "@")
    let id = parts.first.map(String.init) ?? subject
    let year = parts.count > 1 ? Int64(parts[1]) : nil
    var found: [Remedy] = []
    if let list = run.frameList, let row = dataset.tables[list].ids?.row(id) {
      if let remedy = ofFrame(list, row, year) { found.append(remedy) }
    }
    // A record that is counted or paid for in somebody's frame.
    for set in measure.sets {
      guard case .list(let name, let field?) = set.source, let list = dataset.dictionary.index(name),
        let row = dataset.tables[list].ids?.row(id), let frameList = run.frameList,
        let own = conditions(set.conditions, list, row, context: member(list, field)),
        case .int32(let links)? = dataset.tables[list].columns[field.name]?.data, links[row] >= 0,
        let frame = ofFrame(frameList, Int(links[row]), nil, besides: own)
      else { continue }
      found.append(frame)
    }
    return found.filter { !$0.parts.isEmpty }.sorted { a, b in
      a.parts.count != b.parts.count ? a.parts.count < b.parts.count : cost(a) < cost(b)
    }
  }

  private func cost(_ remedy: Remedy) -> Int64 { remedy.parts.reduce(0) { $0 &+ min($1.distance, 1_000_000_000) } }

  private func member(_ list: Int, _ field: Field) -> (MeasureRun) -> Lowering.Context {
    { run in .member(list: list, link: run.lowering.column(list, field), year: nil) }
  }

  // MARK: Frames

  /// What a frame's record, and the records that are counted for it, would need.
  private func ofFrame(_ list: Int, _ row: Int, _ year: Int64?, besides: [Remedy.Part] = []) -> Remedy? {
    let context: (MeasureRun) -> Lowering.Context = { run in
      .member(
        list: list, link: run.graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false), year: nil)
    }
    guard
      var parts = conditions(
        measure.selection.conditions.filter { !$0.asksSets && !$0.asksIteration }, list, row, context: context)
    else { return nil }
    parts = besides + parts
    // Counts are asked of the facts as they would then be.
    let changed = parts.isEmpty ? run : rerun(parts.map(\.edit))
    for requirement in measure.selection.requirements.flatMap(\.conjuncts) {
      guard case .compare(let op, let left, let right) = requirement.operation, case .count(let set) = left.operation,
        op == .greaterOrEqual || op == .greater,
        let bound = constant(right, changed)
      else { continue }
      let wanted = op == .greater ? bound + 1 : bound
      guard let short = fill(set, list, row, year, wanted, changed, &parts) else { return nil }
      if short { continue }
    }
    if parts.isEmpty {
      guard let more = ofPayments(list, row, context: context) else { return nil }
      parts = more
    }
    return Remedy(parts: parts)
  }

  private func constant(_ t: Typed, _ run: MeasureRun) -> Int64? {
    if case .constant64(let v) = run.lowering.lower(t, run.frameContext).op { return v > Absent.none64 ? v : nil }
    return nil
  }

  /// Brings a count up to a number.
  /// - Returns: whether anything had to be done; nil when it cannot be done.
  private func fill(
    _ set: Int, _ frameList: Int, _ frameRow: Int, _ year: Int64?, _ wanted: Int64, _ run: MeasureRun,
    _ parts: inout [Remedy.Part]
  ) -> Bool? {
    // The set that is read from a list, through those that are narrowed from it.
    var conditions: [Typed] = []
    var current = measure.sets[set]
    while case .set(let source) = current.source {
      conditions += current.conditions
      current = measure.sets[source]
    }
    guard case .list(let name, let field?) = current.source, let list = dataset.dictionary.index(name),
      run.sets.indices.contains(set)
    else { return nil }
    conditions += current.conditions
    let members = run.sets[set].all
    // Of several years, the one that lacks least.
    var best: (frame: Int, count: Int64)?
    for f in run.base.indices
    where Int(run.base[f]) == frameRow && (year == nil || run.iteration.isEmpty || run.iteration[f] == year) {
      let count = Int64(members.frames.count { Int($0) == f })
      if let known = best, count <= known.count { continue }
      best = (f, count)
    }
    // For a record that is no frame yet nothing is counted.
    let have = best.map(\.count) ?? 0
    if have >= wanted { return false }
    var lacking = wanted - have
    guard lacking <= 10_000 else { return nil }
    let counted =
      best.map { best in
        Set(members.rows.indices.filter { Int(members.frames[$0]) == best.frame }.map { members.rows[$0] })
      } ?? []
    // Those that nearly count.
    guard case .int32(let links)? = dataset.tables[list].columns[field.name]?.data else { return nil }
    var near: [(row: Int32, parts: [Remedy.Part], cost: Int64)] = []
    let context = member(list, field)
    let starts = starts(list)
    let frameYear = best.flatMap { run.iteration.isEmpty ? nil : run.iteration[$0.frame] }
    for row in 0..<dataset.tables[list].count
    where Int(links[row]) == frameRow && !counted.contains(Int32(truncatingIfNeeded: row)) {
      if near.count >= 400 { break }
      if let frameYear, let start = starts?[row], start > Absent.none32, Int64(Day(number: start).year) != frameYear {
        continue
      }
      guard let own = self.conditions(conditions, list, row, context: context), !own.isEmpty, own.count <= 2 else {
        continue
      }
      near.append((Int32(truncatingIfNeeded: row), own, own.reduce(0) { $0 &+ $1.distance }))
    }
    near.sort { $0.parts.count != $1.parts.count ? $0.parts.count < $1.parts.count : $0.cost < $1.cost }
    for one in near.prefix(Int(lacking)) {
      parts += one.parts
      lacking -= 1
    }
    if lacking > 0 {
      guard let like = counted.min() ?? near.first?.row else { return nil }
      parts.append(
        Remedy.Part(
          edit: .copies(list: list, row: Int(like), count: Int(lacking)), record: dataset.id(like, in: .list(list)),
          field: nil, before: nil,
          distance: lacking))
    }
    return true
  }

  private func starts(_ list: Int) -> Storage<Int32>? {
    guard let name = dataset.tables[list].declaration.begins,
      case .int32(let s)? = dataset.tables[list].columns[name]?.data
    else { return nil }
    return s
  }

  private func rerun(_ edits: [FactEdit]) -> MeasureRun {
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

  /// The nearest change of one field that makes a condition hold.
  private func change(for condition: Typed, _ list: Int, _ row: Int, _ context: (MeasureRun) -> Lowering.Context)
    -> Remedy.Part?
  {
    let spots = fields(condition, list, row, context)
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
      return names.indices.map { Int64($0) }.filter { $0 != now }.map { part($0, 2 + later(spot)) }
    case .set(.choice(let names)):
      return names.indices.map {
        Remedy.Part(
          edit: .include(list: spot.list, row: spot.row, field: spot.field.name, member: Int32($0)), record: id,
          field: spot.field, before: nil, distance: 2 + settled(spot)
        )
      }
    case .place, .county, .area:
      var wanted: [Int32] = []
      for place in [home] + places(condition, context, row) {
        for p in fitting(place, spot.field.type) where !wanted.contains(p) && Int64(p) != now { wanted.append(p) }
      }
      return wanted.prefix(40).enumerated().map { part(Int64($0.element), 3 + Int64($0.offset) + settled(spot)) }
    case .date, .dateOrMonth, .dateOrYear:
      // Of two days that would do, leaving later comes before having begun earlier.
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
