// Checked rules to the plan's graph: settings become constants, readings choose their branch, definitions are put in
// place. Knows nothing of how nodes are worked out.
import Facts
import PolicyLanguage
import Reckoning

/// Lowers the expressions of one measure.
final class Lowering {
  /// Which record bare fields belong to.
  enum Context {
    /// The frame: its record's row stands in frame column 0.
    case frame(list: Int?)
    /// A member of a set, by its list; `link` is the frame's record and `year` the member's place among years.
    case member(list: Int, link: Node?, year: Node?)
  }

  let graph: Graph
  let dataset: Dataset
  let settings: RunSettings
  let measure: CheckedMeasure
  let document: CheckedDocument
  let home: Int32
  private let texts: TextNumbers
  private let parameters: [String: Parameter]
  private let readings: [String: Reading]
  /// Definitions' arguments in place, innermost last.
  private var arguments: [[Node]] = []
  /// The same in their exact forms.
  private var exactArguments: [[Exact]] = []
  /// Which figures need not be whole, as far as they have been asked for outside definitions.
  var fractional: [ObjectIdentifier: Bool] = [:]
  private struct Call: Hashable {
    let definition: ObjectIdentifier
    let arguments: [Int]
  }
  private var calls: [Call: Node] = [:]
  /// Columns of the frame that aggregates stand in, given out in order of first use.
  private(set) var aggregates: [(Aggregate, Node)] = []
  /// The figure that is being varied, where a run is made to see how it decides.
  var watching: Watched?
  /// The nodes of parameters and values.
  private var figures: [Watched: Node] = [:]
  /// Documents that rules name as governing what is excepted.
  private(set) var governedBy: [String] = []
  /// The names of iterations are columns from 1.
  let iterationRegister: Register
  /// Which settings have been looked at so far, each once, in order: what is lowered depends on no others.
  private(set) var reads: [SettingRead] = []
  private var seen: Set<SettingRead.Key> = []
  /// Whether several records of a list, by its index, may be one person's.
  let sharesPersons: (Int) -> Bool
  /// Whether nodes are told which text of the rule they stand for; not where several runs share them.
  private let keepsOrigins: Bool

  enum Aggregate: Equatable {
    case count(Int)
    case sum(Int, Node)
    /// The sum of fractions, above and below: its numerator or its denominator.
    case sumOfFractions(Int, Node, Node, isBelow: Bool)
    case extreme(Int, Node, larger: Bool)
    case dateOfNumber(Int, Node)
    case firstDay(Int, Node)

    static func == (a: Aggregate, b: Aggregate) -> Bool {
      switch (a, b) {
      case (.count(let i), .count(let j)): i == j
      case (.extreme(let i, let x, let a), .extreme(let j, let y, let b)): i == j && x === y && a == b
      case (.sum(let i, let x), .sum(let j, let y)), (.dateOfNumber(let i, let x), .dateOfNumber(let j, let y)),
        (.firstDay(let i, let x), .firstDay(let j, let y)):
        i == j && x === y
      case (.sumOfFractions(let i, let a, let b, let x), .sumOfFractions(let j, let c, let d, let y)):
        i == j && a === c && b === d && x == y
      default: false
      }
    }
  }

  init(
    graph: Graph, dataset: Dataset, settings: RunSettings, measure: CheckedMeasure, document: CheckedDocument,
    home: Int32, iterationRegister: Register, texts: TextNumbers, sharesPersons: @escaping (Int) -> Bool,
    keepsOrigins: Bool = true
  ) {
    self.graph = graph
    self.texts = texts
    self.sharesPersons = sharesPersons
    self.keepsOrigins = keepsOrigins
    self.dataset = dataset
    self.settings = settings
    self.measure = measure
    self.document = document
    self.home = home
    self.iterationRegister = iterationRegister
    var parameters: [String: Parameter] = [:]
    for p in document.parameters + document.measures.flatMap(\.parameters) { parameters[p.id] = p }
    self.parameters = parameters
    var readings: [String: Reading] = [:]
    for r in Reading.global + document.readings + measure.readings { readings[r.id] = r }
    self.readings = readings
  }

  /// Goes on from where another run with other settings had come to: the counts that it has asked for keep their places.
  func restore(reads: [SettingRead], aggregates: [(Aggregate, Node)], governedBy: [String]) {
    self.reads = reads
    seen = Set(reads.map(\.key))
    self.aggregates = aggregates
    self.governedBy = governedBy
  }

  /// Another of the same measure and settings, to try something out without leaving a trace.
  func beside() -> Lowering {
    Lowering(
      graph: Graph(), dataset: dataset, settings: settings, measure: measure, document: document, home: home,
      iterationRegister: iterationRegister, texts: texts, sharesPersons: sharesPersons, keepsOrigins: false)
  }

  // MARK: Settings

  func note(_ reads: [SettingRead]) { for read in reads { note(read) } }

  private func note(_ read: SettingRead) {
    if seen.insert(read.key).inserted { reads.append(read) }
  }

  func choice(_ id: String) -> Int {
    guard let reading = readings[id] else { return 0 }
    note(.reading(reading))
    return settings.choice(of: reading, for: measure)
  }

  var isEnacted: Bool {
    note(.mode)
    return settings.mode == .enacted
  }
  /// The day up to which payments are due, where one is set.
  var asOfDay: Day? {
    note(.asOf)
    return settings.asOf
  }
  var monthEnd: MonthEnd { choice("month_end") == 1 ? .nextDay : .clamp }
  var clock: Clock { [.inclusive, .anniversary, .insuredMonths][min(choice("clock"), 2)] }
  var yearOfCompletion: Bool { choice("year_of") == 1 }
  var windowOnAccrual: Bool { choice("window_on") == 1 }
  var countsPersons: Bool { choice("count") == 0 }
  var maximumAllocation: Bool { choice("allocation") == 1 }

  private func figure(_ raw: Int64?, _ type: ValueType, missing name: String) -> Node {
    switch type {
    case .date:
      if let raw { return graph.constant32(Int32(clamping: raw)) }
      return graph.make(.missing(name, .int32), domain: .constant, register: .int32, mayBeAbsent: true)
    default:
      if let raw { return graph.constant64(raw) }
      return graph.make(.missing(name, .int64), domain: .constant, register: .int64, mayBeAbsent: true)
    }
  }

  func parameterValue(_ id: String) -> Int64? {
    guard let p = parameters[id] else { return nil }
    note(.parameter(id))
    if let name = p.byReference { note(.value(name)) }
    return settings.parameters[id] ?? p.value ?? p.byReference.flatMap { settings.value(of: $0, for: measure) }
  }

  /// A figure that is watched gets a node of its own, which no equal figure shares.
  private func apart(_ node: Node, _ figure: Watched, _ value: String?) -> Node {
    guard let watching, watching == figure || (value != nil && watching == Watched(value: value ?? "")),
      node.domain == .constant
    else { return node }
    return graph.make(.spread, [node], domain: .constant, register: node.register, mayBeAbsent: node.mayBeAbsent)
  }

  /// Where a parameter or value stands in the graph; equal figures share a node, except for the one that is watched.
  func nodes(of watched: Watched) -> [Node] { figures[watched].map { [$0] } ?? [] }

  // MARK: Nodes

  func lower(_ t: Typed, _ context: Context) -> Node {
    let node = lowered(t, context)
    if keepsOrigins, node.origin == nil { node.origin = t }
    return node
  }

  /// An expression where a condition, a 32-bit or a 64-bit value belongs. What is `nothing`, or could not be read, is
  /// absent in that form.
  func lower(_ t: Typed, _ c: Context, _ wanted: Register) -> Node {
    let node = lower(t, c)
    return node.register == wanted ? node : absent(.none, wanted)
  }

  private func lowered(_ t: Typed, _ c: Context) -> Node {
    let g = graph
    switch t.kind {
    case .constant(let raw):
      switch t.type {
      case .truth: return g.truth(raw == 0 ? Truth.no : Truth.yes)
      case .date, .choice, .place: return g.constant32(Int32(clamping: raw))
      default: return g.constant64(raw)
      }
    case .textConstant(let s): return g.constant32(texts.number(s))
    case .placeConstant(let id): return g.constant32(id)
    case .parameter(let id):
      let node = apart(
        figure(parameterValue(id), t.type, missing: parameters[id]?.byReference ?? id), Watched(parameter: id),
        parameters[id]?.byReference)
      figures[Watched(parameter: id)] = node
      if settings.parameters[id] == nil, let value = parameters[id]?.byReference {
        figures[Watched(value: value)] = node
      }
      return node
    case .value(let name):
      note(.value(name))
      let node = apart(figure(settings.value(of: name, for: measure), t.type, missing: name), Watched(value: name), nil)
      figures[Watched(value: name)] = node
      return node
    case .readingIs(let id, let index): return g.truth(choice(id) == index ? Truth.yes : Truth.no)
    case .home: return g.constant32(home)
    case .asOf:
      guard let day = asOfDay else { return figure(nil, .date, missing: "as_of") }
      return g.constant32(day.number)
    case .windowStart, .windowEnd:
      guard isEnacted, let w = measure.window,
        let end = { if case .windowStart = t.kind { w.from } else { w.to } }()
      else { return g.constant32(Absent.none32) }
      return lower(end, .frame(list: nil), .int32)
    case .adopted: return g.truth(isEnacted ? Truth.no : Truth.yes)
    case .selfRecord:
      switch c {
      case .frame: return frameBase
      case .member(let list, _, _): return g.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
      }
    case .selfField(let field):
      switch c {
      case .frame(let list):
        guard let list else { return absent(.none, register(field.type)) }
        return g.gather(column(list, field), frameBase)
      case .member(let list, _, _): return column(list, field)
      }
    case .argument(let i): return arguments.last?[i] ?? g.constant64(Absent.none64)
    case .field(let record, let field):
      guard case .record(let name) = record.type, let list = dataset.dictionary.index(name) else {
        return absent(.none, register(field.type))
      }
      let index = lower(record, c, .int32)
      var values = column(list, field)
      if values.domain == .constant, index.mayBeAbsent {
        // What is true of every record is not true of a record that is not there.
        values = g.make(
          .spread, [values], domain: .table(list), register: values.register, mayBeAbsent: values.mayBeAbsent)
      }
      return g.gather(values, index)
    case .frameRecord:
      if case .member(_, let link?, _) = c { return link }
      return frameBase
    case .iteration:
      switch c {
      case .frame:
        return g.make(
          .frameColumn(1, iterationRegister), domain: .frame, register: iterationRegister, mayBeAbsent: true)
      case .member(_, _, let year): return year ?? g.constant64(Absent.none64)
      }
    case .call(let definition, let args):
      // A definition of the same arguments is the same, wherever it stands.
      let nodes = args.map { lower($0, c) }
      let key = Call(definition: ObjectIdentifier(definition), arguments: nodes.map(\.number))
      if let known = calls[key] { return known }
      let node = with(args, c) { lower(definition.body, c) }
      calls[key] = node
      return node
    case .not(let x): return not(lower(x, c, .truth))
    case .and(let xs): return g.and(xs.map { lower($0, c, .truth) })
    case .or(let xs): return g.or(xs.map { lower($0, c, .truth) })
    case .compare(let op, let a, let b): return compare(op, a, b, c)
    case .between(let x, let a, let b):
      let n = [x, a, b].map { lower($0, c, register(x.type == .nothing ? a.type : x.type)) }
      if [x, a, b].contains(where: { $0.type == .dateOrYear }) {
        return g.apply(.betweenDateOrYear, n, register: .truth, mayBeAbsent: false)
      }
      return g.apply(.between, n, register: .truth, mayBeAbsent: false)
    case .given(let x, let negated):
      let n = lower(x, c)
      if n.register != .truth, !n.mayBeAbsent { return g.truth(negated ? Truth.no : Truth.yes) }
      let given = g.apply(.given, [n], register: .truth, mayBeAbsent: false, liftsAbsence: false)
      return negated ? not(given) : given
    case .within(let x, let areas):
      let p = lower(x, c, .int32)
      return g.or(areas.map { within(p, lower($0, c, .int32)) })
    case .isAny(let x, let options): return g.or(options.map { compare(.equal, x, $0, c) })
    case .includes(let set, let options):
      return includes(set, c) { list, field, row in
        g.apply(
          .includes(list: list, field: field), [row] + options.map { narrow(lower($0, c)) }, register: .truth,
          mayBeAbsent: false)
      }
    case .includesBetween(let set, let a, let b):
      return includes(set, c) { list, field, row in
        g.apply(
          .includesBetween(list: list, field: field), [row, narrow(lower(a, c)), narrow(lower(b, c))], register: .truth,
          mayBeAbsent: false)
      }
    case .stable(let months, let from, let to):
      let n = lower(months, c, .int64), start = lower(from, c, .int32), end = lower(to, c, .int32)
      let threshold = g.apply(
        .stableFrom(clock, monthEnd), [start, n], register: .int32, mayBeAbsent: start.mayBeAbsent || n.mayBeAbsent)
      return g.apply(.stable, [end, threshold], register: .truth, mayBeAbsent: false, liftsAbsence: false)
    case .except(let x, let exception, let governor, let when):
      let base = lower(x, c, .truth)
      let active = when.map { lower($0, c, .truth) } ?? g.truth(Truth.yes)
      let excepted = g.and([active, lower(exception, c, .truth)])
      if case .constantTruth(Truth.no) = excepted.op { return base }
      if !governedBy.contains(governor) { governedBy.append(governor) }
      return g.apply(.except(governedBy: governor), [base, excepted], register: .truth, mayBeAbsent: false)
    case .add, .subtract, .multiply, .divide:
      if t.type != .share, isFractional(t) { return made(exact(t, c), .rounded, t) }
      return plain(t, c)
    case .whole(let x): return isFractional(x) ? made(exact(x, c), .down, x) : lower(x, c, .int64)
    case .ifThen(let condition, let a, let b):
      let test = lower(condition, c, .truth)
      if case .constantTruth(let v) = test.op {
        if v == Truth.yes { return fitted(a, c, t.type) }
        if v == Truth.no { return fitted(b, c, t.type) }
      }
      let na = fitted(a, c, t.type), nb = fitted(b, c, t.type)
      return g.apply(
        .ifThen, [test, na, nb], register: na.register, mayBeAbsent: na.register != .truth, liftsAbsence: false)
    case .pick(let pick, let xs):
      let nodes = xs.map { fitted($0, c, t.type) }
      if nodes.count == 1 { return nodes[0] }
      return g.apply(
        .pick(pick), nodes, register: nodes[0].register, mayBeAbsent: nodes.contains { $0.mayBeAbsent },
        liftsAbsence: false)
    case .yearOf(let x):
      let n = lower(x, c, .int32)
      return g.apply(
        x.type == .dateOrYear ? .yearOfDateOrYear : .yearOf, [n], register: .int64, mayBeAbsent: n.mayBeAbsent)
    case .dayOfYear(let day, let month, let year):
      let n = lower(year, c, .int64)
      return g.apply(.dayOfYear(day: day, month: month), [n], register: .int32, mayBeAbsent: n.mayBeAbsent)
    case .wholeMonths(let a, let b): return pair(.wholeMonths(monthEnd), a, b, c, .int64)
    case .wholeYears(let a, let b): return pair(.wholeYears, a, b, c, .int64)
    case .completion(let n, let from): return pair(.completes(clock, monthEnd), from, n, c, .int32, second: .int64)
    case .yearsRunning(let set, let from):
      return includes(set, c) { list, field, row in
        g.apply(
          .yearsRunning(list: list, field: field), [row, lower(from, c, .int64)], register: .int64, mayBeAbsent: true)
      }
    case .provinceOf(let p):
      let n = lower(p, c, .int32)
      let table = g.make(.placeProvince, domain: .places, register: .int32, mayBeAbsent: false)
      return g.gather(table, n)
    case .count(let i): return aggregate(.count(i), .int64, mayBeAbsent: false)
    case .sum(let x, let i):
      if isFractional(t) { return made(exact(t, c), .rounded, t) }
      return aggregate(.sum(i, lower(x, memberContext(of: i), .int64)), .int64, mayBeAbsent: true)
    case .extreme(let pick, let x, let i):
      let list = dataset.dictionary.index(measure.sets[i].list) ?? 0
      let r = register(x.type)
      let node = lower(x, .member(list: list, link: nil, year: nil), r)
      return aggregate(.extreme(i, node, larger: pick == .larger || pick == .later), r, mayBeAbsent: true)
    case .dateOfNumber(let n, let i): return aggregate(.dateOfNumber(i, lower(n, c, .int64)), .int32, mayBeAbsent: true)
    case .firstDayAtOnce(let n, let i): return aggregate(.firstDay(i, lower(n, c, .int64)), .int32, mayBeAbsent: true)
    case .spellEnd(let join): return spellEnd(join, c)
    case .spellBegins(let join): return spellBegins(join, c)
    case .grouped(let figure): return grouped(figure, c)
    case .nothing: return absent(.none, .int64)
    }
  }

  /// Does something with a definition's arguments in place, as when its parts are looked at one by one.
  func with<T>(_ args: [Typed], _ context: Context, _ body: () -> T) -> T {
    let nodes = args.map { lower($0, context) }
    let exacts = args.map { isFractional($0) ? exact($0, context) : .leaf(lower($0, context)) }
    arguments.append(nodes)
    exactArguments.append(exacts)
    defer {
      arguments.removeLast()
      exactArguments.removeLast()
    }
    return body()
  }

  func exactArgument(_ i: Int) -> Exact? {
    guard let arguments = exactArguments.last, arguments.indices.contains(i) else { return nil }
    return arguments[i]
  }

  /// What a set's member is asked by itself.
  func memberContext(of set: Int) -> Context {
    .member(list: dataset.dictionary.index(measure.sets[set].list) ?? 0, link: nil, year: nil)
  }

  // MARK: Parts

  var frameBase: Node { graph.make(.frameColumn(0, .int32), domain: .frame, register: .int32, mayBeAbsent: false) }

  private func absent(_ a: Field.Absence, _ r: Register) -> Node {
    switch r {
    case .truth: graph.truth(a == .unknown ? Truth.unknown : Truth.no)
    case .int32: graph.constant32(a == .unknown ? Absent.unknown32 : Absent.none32)
    case .int64: graph.constant64(a == .unknown ? Absent.unknown64 : Absent.none64)
    }
  }

  /// `nothing` takes the form of what it stands beside.
  private func fitted(_ t: Typed, _ c: Context, _ type: ValueType) -> Node {
    return lower(t, c, register(type))
  }

  func not(_ n: Node) -> Node {
    if case .constantTruth(let v) = n.op { return graph.truth(Truth.not(v)) }
    if n.op == .not { return n.inputs[0] }
    return graph.apply(.not, [n], register: .truth, mayBeAbsent: false, liftsAbsence: false)
  }

  private func pair(_ op: Op, _ a: Typed, _ b: Typed, _ c: Context, _ r: Register, second: Register = .int32) -> Node {
    let x = lower(a, c, .int32), y = lower(b, c, second)
    return graph.apply(op, [x, y], register: r, mayBeAbsent: x.mayBeAbsent || y.mayBeAbsent)
  }

  func aggregate(_ a: Aggregate, _ r: Register, mayBeAbsent: Bool) -> Node {
    if let known = aggregates.first(where: { $0.0 == a }) { return known.1 }
    let node = graph.make(.frameColumn(2 + aggregates.count, r), domain: .frame, register: r, mayBeAbsent: mayBeAbsent)
    aggregates.append((a, node))
    return node
  }

  private func register(_ type: FieldType) -> Register {
    switch type {
    case .bool: .truth
    case .int, .money: .int64
    default: .int32
    }
  }

  private func register(_ type: ValueType) -> Register {
    switch type {
    case .truth: .truth
    case .date, .dateOrYear, .place, .text, .choice, .record, .set: .int32
    default: .int64
    }
  }

  /// A list's column. Columns that hold one value throughout are constants.
  func column(_ list: Int, _ field: Field) -> Node {
    let g = graph
    guard let column = dataset.tables[list].columns[field.name] else { return absent(.unknown, register(field.type)) }
    let domain = Domain.table(list)
    func leaf(_ r: Register) -> Node {
      g.make(
        .column(list: list, field: field.name, r), domain: domain, register: r,
        mayBeAbsent: r != .truth && column.hasAbsent)
    }
    switch column.data {
    case .constant(let raw):
      let unknown = raw == Absent.unknown64 || raw == Int64(Absent.unknown32)
      let none = raw == Absent.none64 || raw == Int64(Absent.none32)
      switch register(field.type) {
      case .truth:
        if unknown || raw == 2 {
          return g.make(.missing(field.name, .truth), domain: .constant, register: .truth, mayBeAbsent: false)
        }
        return g.truth(raw == 1 ? Truth.yes : Truth.no)
      case let r:
        if unknown { return g.make(.missing(field.name, r), domain: .constant, register: r, mayBeAbsent: true) }
        if none { return absent(.none, r) }
        return r == .int32 ? g.constant32(Int32(clamping: raw)) : g.constant64(raw)
      }
    case .ownIDs: return g.make(.row, domain: domain, register: .int32, mayBeAbsent: false)
    case .bools: return leaf(.truth)
    case .int64: return leaf(.int64)
    case .sets: return g.make(.row, domain: domain, register: .int32, mayBeAbsent: false)
    case .int32:
      let raw = leaf(.int32)
      guard register(field.type) == .int64 else { return raw }
      return g.make(.widen, [raw], domain: domain, register: .int64, mayBeAbsent: raw.mayBeAbsent)
    }
  }

  /// The row whose set is asked about, and the set's list and field.
  private func includes(_ set: Typed, _ c: Context, _ make: (Int, String, Node) -> Node) -> Node {
    let g = graph
    switch set.kind {
    case .selfField(let field):
      switch c {
      case .frame(let list):
        guard let list else { return g.truth(Truth.no) }
        let row = g.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
        return make(list, field.name, g.gather(row, frameBase))
      case .member(let list, _, _):
        return make(list, field.name, g.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false))
      }
    case .field(let record, let field):
      guard case .record(let name) = record.type, let list = dataset.dictionary.index(name) else {
        return g.truth(Truth.no)
      }
      let row = g.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
      return make(list, field.name, g.gather(row, lower(record, c, .int32)))
    default: return g.truth(Truth.no)
    }
  }

  /// Sets hold 32-bit members; years and other whole numbers are narrowed.
  private func narrow(_ n: Node) -> Node {
    guard n.register == .int64 else { return n }
    if case .constant64(let v) = n.op { return graph.constant32(Int32(clamping: v)) }
    return n
  }

  private func within(_ p: Node, _ area: Node) -> Node {
    if case .constant32(let id) = area.op, id >= 0 {
      if case .constant32(let place) = p.op {
        guard place >= 0 else { return graph.truth(place == Absent.unknown32 ? Truth.unknown : Truth.no) }
        return graph.truth(dataset.places.lies(place, within: id) ? Truth.yes : Truth.no)
      }
      let table = graph.make(.placeWithin(id), domain: .places, register: .truth, mayBeAbsent: false)
      return graph.gather(table, p)
    }
    return graph.apply(.within, [p, area], register: .truth, mayBeAbsent: false)
  }

  private func compare(_ op: Expression.Comparison, _ a: Typed, _ b: Typed, _ c: Context) -> Node {
    let g = graph
    if a.type == .nothing || b.type == .nothing {
      let given = g.apply(
        .given, [lower(a.type == .nothing ? b : a, c)], register: .truth, mayBeAbsent: false, liftsAbsence: false)
      return op == .equal ? not(given) : given
    }
    if a.type == .truth {
      let x = lower(a, c, .truth), y = lower(b, c, .truth)
      let same = g.or([g.and([x, y]), g.and([not(x), not(y)])])
      return op == .equal ? same : not(same)
    }
    if a.type == .dateOrYear || b.type == .dateOrYear {
      return g.apply(
        .compareDateOrYear(op), [lower(a, c, .int32), lower(b, c, .int32)], register: .truth, mayBeAbsent: false)
    }
    if register(a.type) == .int64, register(b.type) == .int64, isFractional(a) || isFractional(b) {
      return compared(op, exact(a, c), exact(b, c), [a, b])
    }
    var x = lower(a, c), y = lower(b, c)
    if x.register != y.register { return g.truth(Truth.no) }
    if a.type == .text { (x, y) = (pooled(x), pooled(y)) }
    return g.apply(.compare(op), [x, y], register: .truth, mayBeAbsent: false)
  }

  /// A text as a number of the pool, for comparing: columns of own ids hold rows instead.
  private func pooled(_ n: Node) -> Node {
    switch n.op {
    case .row:
      guard case .table(let list) = n.domain else { return n }
      return graph.make(.ownText(list), domain: n.domain, register: .int32, mayBeAbsent: false)
    case .gather(let inner): return graph.gather(pooled(inner), n.inputs[0])
    default: return n
    }
  }

  /// Arithmetic on whole figures, dates and shares as they are.
  private func plain(_ t: Typed, _ c: Context) -> Node {
    switch t.kind {
    case .add(let a, let b): return sum(a, b, adding: true, c)
    case .subtract(let a, let b): return sum(a, b, adding: false, c)
    case .multiply(let a, let b): return times([lower(a, c, .int64), lower(b, c, .int64)])
    default: preconditionFailure("Only sums and products of whole figures are plain arithmetic.")
    }
  }

  private func sum(_ a: Typed, _ b: Typed, adding: Bool, _ c: Context) -> Node {
    let g = graph
    let x = lower(a, c, register(a.type))
    var y = lower(b, c, register(b.type))
    let absent = x.mayBeAbsent || y.mayBeAbsent
    switch (a.type, b.type) {
    case (.date, .date): return g.apply(.dateDifference, [x, y], register: .int64, mayBeAbsent: absent)
    case (.date, .months), (.date, .days), (.dateOrYear, .months):
      if !adding { y = g.apply(.subtract, [g.constant64(0), y], register: .int64, mayBeAbsent: y.mayBeAbsent) }
      let op: Op =
        b.type == .days ? .addDays : a.type == .dateOrYear ? .addMonthsDateOrYear(monthEnd) : .addMonths(monthEnd)
      return g.apply(op, [x, y], register: .int32, mayBeAbsent: absent)
    default: return g.apply(adding ? .add : .subtract, [x, y], register: .int64, mayBeAbsent: absent)
    }
  }

  /// The product of some nodes.
  func times(_ nodes: [Node]) -> Node {
    guard var node = nodes.first else { return graph.constant64(1) }
    for n in nodes.dropFirst() {
      node = graph.apply(.multiply, [node, n], register: .int64, mayBeAbsent: node.mayBeAbsent || n.mayBeAbsent)
    }
    return node
  }
}
