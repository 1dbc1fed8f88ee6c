// One measure over one dataset: frames, sets of members, and what holds of them. The relational plan of architecture,
// decision 5: scan, filter, group, count, first-n; paying is in Paying.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// The members of a set, each with its frame.
struct Members {
  let list: Int
  var rows: [Int32] = []
  var frames: [Int32] = []
  /// The date on which each counts.
  var dates: [Int32] = []
  /// Whether a worker's members have been joined.
  var byPerson = false
}

/// Subjects that are neither paid nor refused, by the rows of one space.
struct OddSubjects {
  var unknown: Set<Int32> = []
  var elsewhere: Set<Int32> = []
  var facts: Set<String> = []
}

/// Runs one measure. Kept after the run for explanations.
final class MeasureRun {
  let measure: CheckedMeasure
  let document: CheckedDocument
  let index: Int
  let dataset: Dataset
  let settings: RunSettings
  let graph = Graph()
  let evaluator: Evaluator
  let lowering: Lowering
  let home: Int32

  /// The list of the frame's records; nil for texts and the district.
  let frameList: Int?
  let baseSpace: Space
  let iterationName: String?
  /// Whether frames are (record, year) pairs found among members.
  private(set) var yearsFromMembers = false
  /// Whether frames carry a year that belongs to the subject.
  private(set) var framesHaveYear = false

  // The frames, one column each.
  private(set) var base: [Int32] = []
  private(set) var iteration: [Int64] = []
  private(set) var truth: [UInt8] = []
  private(set) var sets: [Members] = []
  /// The condition of each set's members, for explanations.
  private(set) var memberConditions: [Node] = []
  private(set) var odd = OddSubjects()
  /// The space of odd subjects.
  private(set) var oddSpace: Space
  var diagnostics: [Diagnostic] = []
  private var filledAggregates = 0
  private(set) var frameCondition: Node
  private(set) var baseCondition: Node
  private var restCondition: Node
  private var late: [Node] = []

  init(
    _ measure: CheckedMeasure, of document: CheckedDocument, index: Int, scenario: Scenario, settings: RunSettings,
    home: Int32
  ) {
    self.measure = measure
    self.document = document
    self.index = index
    self.settings = settings
    self.home = home
    dataset = scenario.dataset
    evaluator = Evaluator(dataset: dataset, threads: settings.threads)
    var register = Register.int64
    var name: String?
    if let (n, i) = measure.frame?.iterations.first {
      name = n
      if case .members = i { register = .int32 }
    }
    lowering = Lowering(
      graph: graph, dataset: dataset, settings: settings, measure: measure, document: document, home: home,
      iterationRegister: register, texts: evaluator.texts)
    switch measure.frame?.base {
    case .list(let list):
      frameList = dataset.dictionary.index(list)
      baseSpace = .list(frameList ?? 0)
    case .texts(let field, let list):
      frameList = nil
      let i = dataset.dictionary.index(list) ?? 0
      if case .ownIDs? = dataset.tables[i].columns[field.name]?.data { baseSpace = .list(i) } else { baseSpace = .text }
    case .district, nil:
      frameList = nil
      baseSpace = .district
    }
    iterationName = name
    oddSpace = baseSpace
    frameCondition = graph.truth(Truth.yes)
    baseCondition = frameCondition
    restCondition = frameCondition
  }

  var frameContext: Lowering.Context { .frame(list: frameList) }
  var frameCount: Int { base.count }

  // MARK: Windows

  /// Whether a date lies in the measure's window, as a condition; nil where there is none.
  func window(_ date: Node) -> Node? {
    guard settings.mode == .enacted, let w = measure.window else { return nil }
    var parts: [Node] = []
    if let from = w.from {
      parts.append(graph.apply(.compare(.greaterOrEqual), [date, lowering.lower(from, .frame(list: nil), .int32)], register: .truth, mayBeAbsent: false))
    }
    if let to = w.to {
      parts.append(graph.apply(.compare(.lessOrEqual), [date, lowering.lower(to, .frame(list: nil), .int32)], register: .truth, mayBeAbsent: false))
    }
    return parts.isEmpty ? nil : graph.and(parts)
  }

  /// The date on which a list's records begin; a year stands for its 1 January.
  func begins(_ declaration: ListDeclaration, _ context: Lowering.Context) -> Node? {
    guard let field = declaration.begins.flatMap(declaration.field) else { return nil }
    let typed = Typed(.selfField(field), field.type == .int ? .number : .date, at: measure.place)
    let node = lowering.lower(typed, context)
    guard field.type == .int else { return node }
    return graph.apply(.dayOfYear(day: 1, month: 1), [node], register: .int32, mayBeAbsent: node.mayBeAbsent)
  }

  // MARK: Running

  /// Frames and sets; afterwards `truth` says of each frame whether it meets the conditions and requirements.
  func run() {
    guard let frame = measure.frame else { return }
    var range: (from: Typed, to: Typed)?
    var members: (list: Int, field: Field)?
    if let (name, i) = frame.iterations.first {
      switch i {
      case .years(let when):
        if let when {
          if case .constantTruth(Truth.no) = lowering.lower(when, .frame(list: nil), .truth).op { break }
        }
        yearsFromMembers = true
        framesHaveYear = true
      case .range(_, let from, let to):
        range = (from, to)
        framesHaveYear = name == "year"
      case .members(let list, let field): members = (dataset.dictionary.index(list) ?? 0, field)
      }
    }
    conditions(yearly: yearsFromMembers)
    if yearsFromMembers || baseSpaceIsText {
      gatherMembers(discovering: true)
    } else {
      directFrames(range: range, members: members)
      gatherMembers(discovering: false)
    }
    requirements()
  }

  private var baseSpaceIsText: Bool {
    if case .texts? = measure.frame?.base { return true }
    return false
  }

  /// Splits the conditions on the frame into those that its record alone decides and the rest.
  private func conditions(yearly: Bool) {
    var all = measure.conditions.map { lowering.lower($0, frameContext, .truth) }
    if let date = frameBegins(yearly: yearly), !(lowering.windowOnAccrual && !measure.pays.isEmpty), let w = window(date) {
      all.append(w)
    }
    frameCondition = graph.and(all)
    var baseParts: [Node] = []
    var rest: [Node] = []
    let parts = frameCondition.op == .and ? frameCondition.inputs : [frameCondition]
    for part in parts {
      if case .gather(let inner) = part.op, part.inputs[0] === lowering.frameBase {
        baseParts.append(inner)
      } else if part.domain == .constant {
        baseParts.append(part)
      } else if usesAggregates(part) {
        late.append(part)
      } else {
        rest.append(part)
      }
    }
    baseCondition = graph.and(baseParts)
    restCondition = graph.and(rest)
  }

  /// The date of the frame that the window tests, where frames have one.
  func frameBegins(yearly: Bool) -> Node? {
    if let typed = measure.begins { return lowering.lower(typed, frameContext, .int32) }
    guard !yearly, let frameList else { return nil }
    return begins(dataset.tables[frameList].declaration, frameContext)
  }

  private func usesAggregates(_ node: Node) -> Bool {
    if case .frameColumn(let i, _) = node.op, i >= 2 { return true }
    return node.inputs.contains { usesAggregates($0) }
  }

  // MARK: Frames

  private func directFrames(range: (from: Typed, to: Typed)?, members: (list: Int, field: Field)?) {
    var rows: [Int32]
    var truths: [UInt8]
    if let frameList {
      let selection = evaluator.select(baseCondition, [], count: dataset.tables[frameList].count)
      rows = selection.rows
      truths = [UInt8](repeating: Truth.yes, count: rows.count)
      if !selection.odd.isEmpty {
        rows += selection.odd.map(\.row)
        truths += selection.odd.map(\.truth)
        let order = rows.indices.sorted { rows[$0] < rows[$1] }
        rows = order.map { rows[$0] }
        truths = order.map { truths[$0] }
      }
    } else {
      rows = [home]
      truths = [Truth.yes]
      if case .constantTruth(let t) = baseCondition.op { truths = [t] }
      if truths[0] == 0 {
        rows = []
        truths = []
      }
    }
    setFrames(rows, [], truths)
    if let range {
      let from = frameValues(lowering.lower(range.from, frameContext, .int64)).int64
      let to = frameValues(lowering.lower(range.to, frameContext, .int64)).int64
      var newBase: [Int32] = [], newIteration: [Int64] = [], newTruth: [UInt8] = []
      for f in rows.indices {
        guard let a = from?[f], let b = to?[f] else { continue }
        if a == Absent.unknown64 || b == Absent.unknown64 {
          newBase.append(rows[f])
          newIteration.append(Absent.unknown64)
          newTruth.append(truths[f] & Truth.unknown)
          continue
        }
        if a == Absent.none64 || b == Absent.none64 || a > b { continue }
        if b.subtractingReportingOverflow(a).overflow || b - a > 100_000 || newBase.count > 20_000_000 {
          tooMany()
          break
        }
        for v in a...b {
          newBase.append(rows[f])
          newIteration.append(v)
          newTruth.append(truths[f])
        }
      }
      setFrames(newBase, newIteration, newTruth)
    } else if let members, let frameList, case .sets(let offsets, let values)? = dataset.tables[frameList].columns[members.field.name]?.data {
      var newBase: [Int32] = [], newIteration: [Int64] = [], newTruth: [UInt8] = []
      for f in rows.indices {
        let r = Int(rows[f])
        for j in Int(offsets[r])..<Int(offsets[r + 1]) {
          newBase.append(rows[f])
          newIteration.append(Int64(values[j]))
          newTruth.append(truths[f])
        }
      }
      setFrames(newBase, newIteration, newTruth)
    } else if members != nil {
      setFrames([], [], [])
    }
    narrow(by: restCondition)
  }

  private func tooMany() {
    diagnostics.append(
      .error(
        "too-many-frames",
        Text("`each \(iterationName ?? "")` of \(measure.id) goes through too many numbers.", zh: "\(measure.id) 的 `each \(iterationName ?? "")` 取值过多。"),
        hint: Text("Check the facts and parameters that bound it.", zh: "请检查决定其范围的事实和参数。"), at: measure.frame?.place))
  }

  private func setFrames(_ base: [Int32], _ iteration: [Int64], _ truth: [UInt8]) {
    self.base = base
    self.iteration = iteration
    self.truth = truth
    evaluator.clearFrames()
    filledAggregates = 0
    evaluator.setFrameColumn(0, Values(int32: Storage(base, padding: 0)))
    if !iteration.isEmpty {
      if lowering.iterationRegister == .int64 {
        evaluator.setFrameColumn(1, Values(int64: Storage(iteration, padding: 0)))
      } else {
        evaluator.setFrameColumn(1, Values(int32: Storage(iteration.map { Int32(truncatingIfNeeded: $0) }, padding: 0)))
      }
    } else if lowering.iterationRegister == .int64 {
      evaluator.setFrameColumn(1, Values(int64: Storage(count: base.count, repeating: Absent.none64)))
    } else {
      evaluator.setFrameColumn(1, Values(int32: Storage(count: base.count, repeating: Absent.none32)))
    }
  }

  /// A node's values for all frames.
  func frameValues(_ node: Node) -> Values {
    fillAggregates()
    if node.domain == .constant {
      let made = Values(node.register, count: frameCount)
      let one = evaluator.values(node)
      for f in 0..<frameCount {
        made.truth?[f] = one.truth?[0] ?? 0
        made.int32?[f] = one.int32?[0] ?? 0
        made.int64?[f] = one.int64?[0] ?? 0
      }
      return made
    }
    return evaluator.values(node)
  }

  /// Joins a further condition to the frames' truth.
  private func narrow(by node: Node) {
    if case .constantTruth(let t) = node.op {
      if t != Truth.yes { for f in truth.indices { truth[f] &= t } }
      return
    }
    guard let values = frameValues(node).truth else { return }
    for f in truth.indices { truth[f] &= values[f] }
  }

  // MARK: Members

  private struct Scanned {
    var rows: [Int32]
    var links: [Int32]
    var dates: [Int32]
    var begins: [Int32]
    var years: [Int64]
    var odd: [(row: Int32, truth: UInt8)]
    var link: Node
    var year: Node?

    func oddLinks(_ rows: [Int32], _ values: (Node, [Int32]) -> [Int32]) -> [Int32] { values(link, rows) }
    func oddYears(_ rows: [Int32], _ values: (Node, [Int32]) -> [Int64]) -> [Int64]? { year.map { values($0, rows) } }
  }

  /// The nodes of a set that scans a list.
  private struct Scan {
    let condition: Node
    let link: Node
    let date: Node
    let begins: Node
    let year: Node?
  }

  private func scan(_ set: CheckedSet, link field: Field?, list: Int) -> Scan {
    let link: Node
    if let field {
      link = lowering.column(list, field)
    } else {
      link = graph.constant32(home)
    }
    let plain = Lowering.Context.member(list: list, link: link, year: nil)
    let start = set.begins.map { lowering.lower($0, plain, .int32) } ?? begins(dataset.tables[list].declaration, plain)
    let date = set.on.map { lowering.lower($0, plain, .int32) } ?? start
    var year: Node?
    if framesHaveYear {
      if let typed = set.inYear {
        year = lowering.lower(typed, plain, .int64)
      } else if let d = lowering.yearOfCompletion ? date : start {
        year = graph.apply(.yearOf, [d], register: .int64, mayBeAbsent: d.mayBeAbsent)
      }
    }
    let context = Lowering.Context.member(list: list, link: link, year: year)
    var parts = set.conditions.map { lowering.lower($0, context, .truth) }
    if !set.atAnyTime, let tested = lowering.windowOnAccrual ? date : start, let w = window(tested) { parts.append(w) }
    // What the frame's record alone decides is asked of each hire at once; of other records, which are not counted by
    // themselves, the frame is asked later.
    if field != nil, frameList != nil {
      if dataset.tables[list].declaration.person != nil { parts.append(graph.gather(baseCondition, link)) }
      if link.mayBeAbsent {
        parts.append(graph.apply(.given, [link], register: .truth, mayBeAbsent: false, liftsAbsence: false))
      }
    } else if link.mayBeAbsent {
      parts.append(graph.apply(.given, [link], register: .truth, mayBeAbsent: false, liftsAbsence: false))
    }
    let none = graph.constant32(Absent.none32)
    return Scan(condition: graph.and(parts), link: link, date: date ?? none, begins: start ?? none, year: year)
  }

  private func gatherMembers(discovering: Bool) {
    var scanned: [Int: Scanned] = [:]
    for (i, set) in measure.sets.enumerated() {
      guard case .list(let name, let field) = set.source, let list = dataset.dictionary.index(name) else {
        memberConditions.append(graph.truth(Truth.yes))
        continue
      }
      let s = scan(set, link: field, list: list)
      memberConditions.append(s.condition)
      var others = [s.link, s.date, s.begins]
      if let y = s.year { others.append(y) }
      let selection = evaluator.select(s.condition, others, count: dataset.tables[list].count)
      scanned[i] = Scanned(
        rows: selection.rows, links: selection.int32[0], dates: selection.int32[1], begins: selection.int32[2],
        years: s.year == nil ? [] : selection.int64[3], odd: selection.odd, link: s.link, year: s.year)
    }
    if discovering { discoverFrames(scanned) }
    let frameOf = frameFinder()
    for (i, set) in measure.sets.enumerated() {
      switch set.source {
      case .list(let name, _): place(set, scanned[i], list: dataset.dictionary.index(name) ?? 0, scan: i, frameOf)
      case .set(let source): narrowSet(set, sets[source])
      case .first(let n, let source): firstOf(set, n, source)
      }
    }
  }

  /// Frames are the records (and years) that members fall to.
  private func discoverFrames(_ scanned: [Int: Scanned]) {
    var keys: Set<UInt64> = []
    for s in scanned.values {
      let years = s.years.isEmpty ? (0, 0) : (s.years.lazy.filter { $0 > -30_000 }.min() ?? 0, s.years.lazy.filter { $0 < 50_000 }.max() ?? 0)
      let span = Int(years.1 - years.0) + 1
      let links = Int(s.links.max() ?? -1) + 1
      if span > 0, links * span <= 40_000_000 {
        // Few enough to mark each once.
        var seen = [Bool](repeating: false, count: max(links * span, 1))
        for k in s.rows.indices where s.links[k] >= 0 {
          let y = s.years.isEmpty ? 0 : s.years[k] - years.0
          if y >= 0, y < Int64(span) { seen[Int(s.links[k]) * span + Int(y)] = true }
        }
        for i in seen.indices where seen[i] {
          if let key = frameKey(Int32(truncatingIfNeeded: i / span), s.years.isEmpty ? 0 : years.0 + Int64(i % span)) { keys.insert(key) }
        }
      } else {
        for k in s.rows.indices {
          if let key = frameKey(s.links[k], s.years.isEmpty ? 0 : s.years[k]) { keys.insert(key) }
        }
      }
    }
    if case .district? = measure.frame?.base, yearsFromMembers, settings.mode == .enacted, measure.ownWindow,
      let w = measure.window, let a = w.from, let b = w.to,
      case .constant32(let from) = lowering.lower(a, .frame(list: nil)).op,
      case .constant32(let to) = lowering.lower(b, .frame(list: nil)).op, from <= to
    {
      let first = Day(number: from).year, last = Day(number: to).year
      for y in first...min(last, first + 1000) { if let key = frameKey(home, Int64(y)) { keys.insert(key) } }
    }
    let sorted = keys.sorted()
    setFrames(
      sorted.map { Int32(truncatingIfNeeded: $0 >> 32) },
      framesHaveYear ? sorted.map { Int64(Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF)) } : [],
      [UInt8](repeating: Truth.yes, count: sorted.count))
    if frameList != nil, baseCondition.domain != .constant {
      narrow(by: graph.gather(baseCondition, lowering.frameBase))
    } else {
      narrow(by: baseCondition)
    }
    narrow(by: restCondition)
  }

  private func frameKey(_ link: Int32, _ year: Int64) -> UInt64? {
    guard link >= 0, year > Absent.none64, year > -30_000, year < 50_000 else { return nil }
    return UInt64(UInt32(bitPattern: link)) << 32 | UInt64(UInt32(truncatingIfNeeded: year))
  }

  /// The first frame of a record (and year), or -1. Several frames of one record share its members when they are not
  /// told apart by year.
  private func frameFinder() -> (Int32, Int64) -> Int32 {
    let limit = baseSpace == .district ? 1 : Int(base.max() ?? -1) + 1
    if !framesHaveYear {
      var first = [Int32](repeating: -1, count: max(limit, 1))
      for f in base.indices.reversed() { first[baseSpace == .district ? 0 : Int(base[f])] = Int32(truncatingIfNeeded: f) }
      let district = baseSpace == .district
      return { link, _ in
        let i = district ? 0 : Int(link)
        return i >= 0 && i < first.count ? first[i] : -1
      }
    }
    let years = iteration.filter { $0 > -30_000 && $0 < 50_000 }
    // A record whose years are unknown has one frame, which may be of any year.
    var ofAnyYear: [Int32: Int32] = [:]
    for f in base.indices where iteration[f] == Absent.unknown64 { ofAnyYear[base[f]] = Int32(truncatingIfNeeded: f) }
    guard let low = years.min(), let high = years.max() else { return { link, _ in ofAnyYear[link] ?? -1 } }
    let span = Int(high - low) + 1
    if limit <= 40_000_000 / max(span, 1) {
      var table = [Int32](repeating: -1, count: max(limit * span, 1))
      for f in base.indices where iteration[f] >= low && iteration[f] <= high {
        table[(baseSpace == .district ? 0 : Int(base[f])) * span + Int(iteration[f] - low)] = Int32(truncatingIfNeeded: f)
      }
      let district = baseSpace == .district
      return { link, year in
        guard year >= low, year <= high, link >= 0 else { return ofAnyYear[link] ?? -1 }
        let i = (district ? 0 : Int(link)) * span + Int(year - low)
        let f = i < table.count ? table[i] : -1
        return f >= 0 || ofAnyYear.isEmpty ? f : ofAnyYear[link] ?? -1
      }
    }
    var table: [UInt64: Int32] = [:]
    for f in base.indices {
      if let key = frameKey(base[f], iteration[f]) { table[key] = Int32(truncatingIfNeeded: f) }
    }
    return { [self] link, year in frameKey(link, year).flatMap { table[$0] } ?? -1 }
  }

  /// Whether the measure counts persons: its odd subjects are then the hires themselves (semantics, "Persons and hires").
  var countsHires: Bool {
    measure.sets.contains { dataset.dictionary.list($0.list)?.person != nil }
  }

  private func note(_ row: Int32, _ truth: UInt8) {
    if Truth.isElsewhere(truth) {
      odd.elsewhere.insert(row)
    } else if Truth.isUnknown(truth) {
      odd.unknown.insert(row)
    }
  }

  /// Puts a scanned list's rows into their frames and joins a worker's.
  private func place(_ set: CheckedSet, _ scanned: Scanned?, list: Int, scan: Int, _ frameOf: (Int32, Int64) -> Int32) {
    guard let s = scanned else {
      sets.append(Members(list: list))
      return
    }
    var members = Members(list: list)
    let person = dataset.tables[list].declaration.person
    let reportsMembers = person != nil
    if reportsMembers { oddSpace = .list(list) }
    if reportsMembers, !s.odd.isEmpty {
      // A member is undetermined only for a frame that its record and year leave open.
      let rows = s.odd.map(\.row)
      let links = s.oddLinks(rows, memberValues), years = s.oddYears(rows, memberNumbers)
      var unknownRows: [Int32] = []
      for (k, o) in s.odd.enumerated() {
        let f = links[k] >= 0 || links[k] == Absent.unknown32 ? frameOf(links[k], years?[k] ?? 0) : -1
        var t = o.truth
        if f >= 0 { t &= truth[Int(f)] } else if !yearsFromMembers { continue }
        note(o.row, t)
        if Truth.isUnknown(t) { unknownRows.append(o.row) }
      }
      if !unknownRows.isEmpty { odd.facts.formUnion(blame(memberConditions[scan], rows: unknownRows)) }
    }
    let n = s.rows.count
    members.rows.reserveCapacity(n)
    members.frames.reserveCapacity(n)
    members.dates.reserveCapacity(n)
    var begins: [Int32] = []
    let persons = joinsPersons(set, list: list)
    let plainYears = s.years.isEmpty
    var lateFrames: [Int32] = []
    for k in 0..<n {
      let f = frameOf(s.links[k], plainYears ? 0 : s.years[k])
      guard f >= 0 else { continue }
      let t = truth[Int(f)]
      if t == Truth.yes || t & 0b11 == 0b11 {
        members.rows.append(s.rows[k])
        members.frames.append(f)
        members.dates.append(s.dates[k])
        if persons { begins.append(s.begins[k]) }
      } else if reportsMembers {
        note(s.rows[k], t)
        if Truth.isUnknown(t) { lateFrames.append(f) }
      } else if t != 0 {
        // Records that are no hires count for an undetermined frame, too: whether it is one shows in the end.
        members.rows.append(s.rows[k])
        members.frames.append(f)
        members.dates.append(s.dates[k])
        if persons { begins.append(s.begins[k]) }
      }
    }
    if !lateFrames.isEmpty { odd.facts.formUnion(blame(frameTruthNode, rows: Array(Set(lateFrames)))) }
    if persons {
      joinPersons(&members, begins)
    }
    members.byPerson = persons
    sets.append(members)
  }

  private var frameTruthNode: Node { graph.and([frameList == nil ? baseCondition : graph.gather(baseCondition, lowering.frameBase), restCondition]) }

  private func joinsPersons(_ set: CheckedSet, list: Int) -> Bool {
    guard dataset.tables[list].declaration.person != nil else { return false }
    switch set.persons {
    case .every: return false
    case .once: return true
    case .byReading:
      if measure.form == .duty { return false }
      switch measure.persons {
      case .every: return false
      case .once: return true
      case .byReading: return lowering.countsPersons
      }
    }
  }

  /// Of one worker's members of one frame, only the one that begins first (then smallest id) stays.
  private func joinPersons(_ members: inout Members, _ begins: [Int32]) {
    let table = dataset.tables[members.list]
    guard let field = table.declaration.person, case .int32(let persons)? = table.columns[field]?.data else { return }
    var best: [UInt64: Int] = [:]
    best.reserveCapacity(members.rows.count)
    var drop: [Bool]?
    for k in members.rows.indices where persons[Int(members.rows[k])] > Absent.none32 {
      // Who is not named is nobody else.
      let key = UInt64(UInt32(bitPattern: members.frames[k])) << 32 | UInt64(UInt32(bitPattern: persons[Int(members.rows[k])]))
      guard let other = best[key] else {
        best[key] = k
        continue
      }
      if drop == nil { drop = [Bool](repeating: false, count: members.rows.count) }
      let earlier =
        begins[k] != begins[other]
        ? begins[k] < begins[other]
        : table.ids?.precedes(Int(members.rows[k]), Int(members.rows[other])) ?? false
      if earlier {
        drop?[other] = true
        best[key] = k
      } else {
        drop?[k] = true
      }
    }
    guard let drop else { return }
    members.keep { !drop[$0] }
  }

  private func narrowSet(_ set: CheckedSet, _ source: Members) {
    var members = Members(list: source.list, byPerson: source.byPerson)
    let link = linkNode(of: set)
    let inner = Lowering.Context.member(list: source.list, link: link, year: nil)
    var parts = set.conditions.map { lowering.lower($0, inner, .truth) }
    let date = set.on.map { lowering.lower($0, inner, .int32) }
    if let date, lowering.windowOnAccrual, !set.atAnyTime, let w = window(date) { parts.append(w) }
    let condition = graph.and(parts)
    memberConditions[sets.count] = condition
    var truths = [UInt8](repeating: 0, count: source.rows.count)
    var dates = source.dates
    source.rows.withUnsafeBufferPointer { rows in
      truths.withUnsafeMutableBufferPointer { truths in
        dates.withUnsafeMutableBufferPointer { dates in
          nonisolated(unsafe) let truths = truths, dates = dates
          evaluator.run(date.map { [condition, $0] } ?? [condition], over: .list(rows)) { worker, start, n in
            let t = worker.truth(0)
            for k in 0..<n { truths[start + k] = t[k] }
            if date != nil {
              let d = worker.int32(1)
              for k in 0..<n { dates[start + k] = d[k] }
            }
          }
        }
      }
    }
    var unknownRows: [Int32] = []
    let reports = dataset.tables[source.list].declaration.person != nil
    for k in source.rows.indices {
      if truths[k] & 0b11 == 0b11 {
        members.rows.append(source.rows[k])
        members.frames.append(source.frames[k])
        members.dates.append(dates[k])
      } else if truths[k] != 0, reports {
        note(source.rows[k], truths[k])
        if Truth.isUnknown(truths[k]) { unknownRows.append(source.rows[k]) }
      }
    }
    if !unknownRows.isEmpty { odd.facts.formUnion(blame(condition, rows: unknownRows)) }
    if set.persons == .once, !members.byPerson {
      let start = begins(dataset.tables[source.list].declaration, inner)
      joinPersons(&members, start.map { memberValues($0, members.rows) } ?? members.dates)
      members.byPerson = true
    }
    sets.append(members)
  }

  /// A date node's values for members.
  func memberValues(_ node: Node, _ rows: [Int32]) -> [Int32] {
    var out = [Int32](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      out.withUnsafeMutableBufferPointer { out in
        nonisolated(unsafe) let out = out
        evaluator.run([node], over: .list(list)) { worker, start, n in
          let v = worker.int32(0)
          for k in 0..<n { out[start + k] = v[k] }
        }
      }
    }
    return out
  }

  /// A number node's values for members.
  private func memberNumbers(_ node: Node, _ rows: [Int32]) -> [Int64] {
    var out = [Int64](repeating: 0, count: rows.count)
    rows.withUnsafeBufferPointer { list in
      evaluator.run([node], over: .list(list), oneWorker: true) { worker, start, n in
        let v = worker.int64(0)
        for k in 0..<n { out[start + k] = v[k] }
      }
    }
    return out
  }

  /// The field by which the list that a set stems from is joined to the frame.
  func linkNode(of set: CheckedSet) -> Node? {
    var current = set
    while true {
      switch current.source {
      case .list(let name, let field):
        guard let list = dataset.dictionary.index(name) else { return nil }
        return field.map { lowering.column(list, $0) }
      case .set(let i), .first(_, let i): current = measure.sets[i]
      }
    }
  }

  private func firstOf(_ set: CheckedSet, _ n: Typed, _ source: Int) {
    let all = sets[source]
    let limit = lowering.lower(n, frameContext, .int64)
    // Everyone: nothing to rank.
    if let count = lowering.aggregates.first(where: { $0.0 == .count(source) }), count.1 === limit {
      sets.append(all)
      return
    }
    guard let limits = frameValues(limit).int64 else {
      sets.append(all)
      return
    }
    var keep = [Bool](repeating: false, count: all.rows.count)
    let ids = dataset.tables[all.list].ids
    let buckets = buckets(all)
    for f in 0..<frameCount {
      let ks = buckets[f]
      let n = Int(max(0, min(limits[f], Int64(ks.count))))
      if n == ks.count {
        for k in ks { keep[Int(k)] = true }
      } else if n > 0 {
        let ordered = ks.map { Int($0) }.sorted {
          all.dates[$0] != all.dates[$1]
            ? all.dates[$0] < all.dates[$1]
            : ids?.precedes(Int(all.rows[$0]), Int(all.rows[$1])) ?? ($0 < $1)
        }
        for k in ordered.prefix(n) { keep[k] = true }
      }
    }
    var members = all
    members.keep { keep[$0] }
    sets.append(members)
  }

  /// The places of members, frame by frame, in their own order.
  func buckets(_ members: Members) -> Buckets { Buckets(members.frames, count: frameCount) }

  // MARK: Aggregates

  /// Works out the counts, sums and dates that expressions of the frame have asked for so far.
  func fillAggregates() {
    while filledAggregates < lowering.aggregates.count {
      let (aggregate, node) = lowering.aggregates[filledAggregates]
      let set: Int
      switch aggregate {
      case .count(let i), .sum(let i, _), .dateOfNumber(let i, _), .firstDay(let i, _): set = i
      }
      guard set < sets.count else { return }
      filledAggregates += 1
      guard case .frameColumn(let column, _) = node.op else { continue }
      evaluator.setFrameColumn(column, compute(aggregate, sets[set]))
    }
  }

  private func compute(_ aggregate: Lowering.Aggregate, _ members: Members) -> Values {
    switch aggregate {
    case .count:
      let out = Storage<Int64>(count: frameCount, repeating: 0)
      guard let base = out.buffer.baseAddress else { return Values(int64: out) }
      for f in members.frames { base[Int(f)] += 1 }
      return Values(int64: out)
    case .sum(_, let node):
      let out = Storage<Int64>(count: frameCount, repeating: 0)
      var overflow = false
      members.rows.withUnsafeBufferPointer { rows in
        evaluator.run([node], over: .list(rows), oneWorker: true) { worker, start, n in
          let v = worker.int64(0)
          for k in 0..<n {
            let f = Int(members.frames[start + k])
            if v[k] == Absent.unknown64 || out[f] == Absent.unknown64 {
              out[f] = Absent.unknown64
            } else if v[k] != Absent.none64 {
              let (s, o) = out[f].addingReportingOverflow(v[k])
              out[f] = o ? Absent.none64 : s
              overflow = overflow || o
            }
          }
        }
      }
      if overflow { diagnostics.append(MeasureRun.tooLarge(measure)) }
      return Values(int64: out)
    case .dateOfNumber(_, let number):
      let out = Storage<Int32>(count: frameCount, repeating: Absent.none32)
      guard let wanted = frameValues(number).int64 else { return Values(int32: out) }
      let buckets = buckets(members)
      for f in 0..<frameCount {
        let ks = buckets[f]
        let n = wanted[f]
        if n == Absent.unknown64 {
          out[f] = Absent.unknown32
        } else if n >= 1, n <= Int64(ks.count) {
          var dates = ks.map { members.dates[Int($0)] }
          out[f] = Buckets.nth(Int(n) - 1, of: &dates)
        }
      }
      return Values(int32: out)
    case .firstDay(_, let number):
      let out = Storage<Int32>(count: frameCount, repeating: Absent.none32)
      guard let wanted = frameValues(number).int64 else { return Values(int32: out) }
      let spells = Spells(dataset.tables[members.list])
      let buckets = buckets(members)
      for f in 0..<frameCount {
        out[f] = spells.firstDay(with: wanted[f], among: buckets[f].map { members.rows[Int($0)] })
      }
      return Values(int32: out)
    }
  }

  static func tooLarge(_ measure: CheckedMeasure) -> Diagnostic {
    .error(
      "too-large", Text("An amount of \(measure.id) is larger than can be reckoned.", zh: "\(measure.id) 的金额超出可计算范围。"),
      hint: Text("Check the rates and facts for a figure with too many digits.", zh: "请检查标准和事实中是否有位数过多的数字。"), at: measure.place)
  }

  // MARK: Requirements

  /// Requirements on counts decide last; where they fail, nothing is owed, and where they are unknown, the frame is
  /// undetermined.
  private func requirements() {
    let before = truth
    var nodes = late + measure.requirements.map { lowering.lower($0, frameContext, .truth) }
    nodes = nodes.filter { if case .constantTruth(Truth.yes) = $0.op { false } else { true } }
    for node in nodes { narrow(by: node) }
    // What an undetermined frame leaves undecided. Where the accrual date decides, a frame whose payments all fall
    // outside the window leaves nothing.
    let open = accruesInWindow().flatMap { frameValues($0).truth }
    var unknownFrames: [Int32] = []
    for f in truth.indices where truth[f] != 0 && truth[f] & 0b11 != 0b11 {
      let t = truth[f] & (open?[f] ?? Truth.yes)
      if t == 0 { continue }
      if countsHires {
        if before[f] & 0b11 == 0b11 {
          // The frame fits but for its requirement: its members hang on it.
          for (i, set) in sets.enumerated() where measure.sets[i].isScan {
            for k in set.rows.indices where Int(set.frames[k]) == f { note(set.rows[k], t) }
          }
          if Truth.isUnknown(t) { unknownFrames.append(Int32(truncatingIfNeeded: f)) }
        }
      } else {
        note(base[f], t)
        if Truth.isUnknown(t) { unknownFrames.append(Int32(truncatingIfNeeded: f)) }
      }
    }
    if !unknownFrames.isEmpty {
      odd.facts.formUnion(blame(graph.and([frameTruthNode] + nodes), rows: unknownFrames))
      if iteration.indices.contains(where: { iteration[$0] == Absent.unknown64 }), let (_, i) = measure.frame?.iterations.first,
        case .range(_, let from, let to) = i
      {
        for t in [from, to] { odd.facts.formUnion(blame(lowering.lower(t, frameContext, .int64), rows: unknownFrames)) }
      }
    }
  }

  /// Whether some payment of the frame falls into the window, where the window is on the accrual date.
  private func accruesInWindow() -> Node? {
    guard lowering.windowOnAccrual, !measure.pays.isEmpty, measure.pays.allSatisfy({ $0.forEach == nil }) else { return nil }
    var parts: [Node] = []
    for pay in measure.pays {
      guard let on = pay.on.map({ lowering.lower($0, frameContext, .int32) }) ?? frameBegins(yearly: false), let w = window(on) else { return nil }
      parts.append(w)
    }
    return graph.or(parts)
  }

  /// Notes a frame whose payment cannot be decided for want of a fact.
  func noteUndetermined(subject: Int32, facts: Set<String>) {
    odd.unknown.insert(subject)
    odd.facts.formUnion(facts)
  }

  var governedBy: [String] { lowering.governedBy }
}

extension CheckedSet {
  /// Whether the set is read from a list rather than narrowed from another.
  var isScan: Bool {
    if case .list = source { return true }
    return false
  }
}

extension Members {
  /// Keeps the members for which `test` holds of their place.
  mutating func keep(_ test: (Int) -> Bool) {
    var c = 0
    for k in rows.indices where test(k) {
      rows[c] = rows[k]
      frames[c] = frames[k]
      dates[c] = dates[k]
      c += 1
    }
    rows.removeLast(rows.count - c)
    frames.removeLast(frames.count - c)
    dates.removeLast(dates.count - c)
  }
}
