// One measure over one dataset: frames, sets of members, and what holds of them, in a fixed order (scan, filter, group,
// count, first n); paying is in Paying.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// Subjects that are neither paid nor refused, by the rows of one space.
struct OddSubjects {
  var unknown = RowSet()
  var elsewhere = RowSet()
  var facts: Set<String> = []
}

/// Runs one measure. Kept after the run for explanations.
final class MeasureRun: @unchecked Sendable {
  let measure: CheckedMeasure
  let document: CheckedDocument
  let index: Int
  let dataset: Dataset
  let settings: RunSettings
  let graph: Graph
  let evaluator: Evaluator
  let lowering: Lowering
  let home: Int32

  /// The list of the frame's records; nil for texts and the district.
  let frameList: Int?
  let baseSpace: Space
  let iterationName: String?
  /// Whether frames are (record, year) pairs found among members.
  var yearsFromMembers = false
  /// Whether frames carry a year that belongs to the subject.
  var framesHaveYear = false
  /// Whether a record has several frames, one for each number or member, which all have its members.
  var sharesMembers = false

  // The frames, one column each.
  var base: [Int32] = []
  var iteration: [Int64] = []
  var truth: [UInt8] = []
  var sets: [Members] = []
  /// How the sets that are read from lists were read, until they are in their frames.
  var scanned: [Int: ScannedSet] = [:]
  var finder: FrameFinder?
  /// Finds a record's first frame, whatever its year.
  var everyYear: FrameFinder?
  /// The condition of each set's members, for explanations.
  var memberConditions: [Node] = []
  /// What is asked of a set's members together with their frames.
  var lateConditions: [Int: Node] = [:]
  var odd = OddSubjects()
  /// The space of odd subjects.
  let oddSpace: Space
  var diagnostics: [Diagnostic] = []
  var filledAggregates = 0
  /// Whether they are being filled in, one after another.
  var isFillingAggregates = false
  /// Payments that come out below nought, once the measure has paid.
  var belowNought: [Candidates] = []
  /// What of its payments cannot be decided, until it is told.
  var openPayments: [OpenPayments] = []
  /// Subjects of which payments cannot be decided, where they are of another space than the odd subjects.
  var openSubjects = OpenSubjects()
  /// What the measure's caps leave open.
  var openByCap = OpenSubjects()
  /// Whether it is kept what the measure's caps found and left, and what they did.
  var keepsStages = false
  /// Whether it is kept what the measure's caps found, to tell which of them cuts whom; and what they did.
  var keepsCaps = false
  var capsFound: CapsFound?
  var stages: [CapStage] = []
  /// Which frames had something to be paid, where somebody wants to know.
  var noted: PayableFrames?
  /// Whether figures that do not fit are not known, since some did not in a run before.
  let isGuarded: Bool
  /// What is asked for each recovery, once the measure has paid.
  var recoveryTerms: [RecoveryTerms] = []
  var baseCondition: Node
  var restCondition: Node
  var late: [Node] = []
  /// What each frame had passed before its sets were looked at; nil: the frames are not known yet.
  var passed: [UInt8]?
  /// The records of a list that alone are looked at; nil: all.
  let some: SomeRecords?
  /// What the first day of a frame's period is, where frames are periods.
  lazy var startOfPeriod = firstDayOfPeriod

  init(
    _ measure: CheckedMeasure, of document: CheckedDocument, index: Int, scenario: Scenario, settings: RunSettings,
    home: Int32, tables: SharedTables? = nil, some: SomeRecords? = nil, control: RunControl = RunControl(),
    from state: State? = nil, isGuarded: Bool = false
  ) {
    self.isGuarded = isGuarded
    self.measure = measure
    self.document = document
    self.index = index
    self.settings = settings
    self.home = home
    self.some = some
    dataset = scenario.dataset
    let tables = tables ?? SharedTables(scenario.dataset)
    graph = state.map { Graph(from: $0.graph) } ?? Graph()
    evaluator = Evaluator(
      tables, threads: settings.threads, batch: settings.batch, control: control, some: some?.truths)
    var register = Register.int64
    var name: String?
    if let (n, i) = measure.frame?.iterations.first {
      name = n
      if case .members = i { register = .int32 }
    }
    lowering = Lowering(
      graph: graph, dataset: dataset, settings: settings, measure: measure, document: document, home: home,
      iterationRegister: register, texts: evaluator.texts, sharesPersons: { [tables] in tables.sharesPersons($0) },
      keepsOrigins: tables.keepsOrigins)
    switch measure.frame?.base {
    case .list(let list):
      let i = dataset.list(named: list)
      frameList = i
      baseSpace = .list(i)
    case .texts(let field, let list):
      frameList = nil
      let i = dataset.list(named: list)
      if case .ownIDs? = dataset.tables[i].columns[field.name]?.data { baseSpace = .list(i) } else { baseSpace = .text }
    case .district, nil:
      frameList = nil
      baseSpace = .district
    }
    lowering.isGuarded = isGuarded
    evaluator.isGuarded = isGuarded
    iterationName = name
    oddSpace = MeasureRun.listOfOdd(measure, scenario.dataset).map { .list($0) } ?? baseSpace
    baseCondition = graph.truth(Truth.yes)
    restCondition = baseCondition
    if let state { restore(state) }
  }

  var frameContext: Lowering.Context { .frame(list: frameList) }
  var frameCount: Int { base.count }

  // MARK: Windows

  /// Whether a date lies in the measure's window, as a condition; nil where there is none.
  func window(_ date: Node) -> Node? {
    guard lowering.isEnacted, let w = measure.window else { return nil }
    var parts: [Node] = []
    if let from = w.from {
      parts.append(
        graph.apply(
          .compare(.greaterOrEqual), [date, lowering.lower(from, .frame(list: nil), .int32)], register: .truth,
          mayBeAbsent: false))
    }
    if let to = w.to {
      parts.append(
        graph.apply(
          .compare(.lessOrEqual), [date, lowering.lower(to, .frame(list: nil), .int32)], register: .truth,
          mayBeAbsent: false))
    }
    return parts.isEmpty ? nil : graph.and(parts)
  }

  /// The date on which a list's records begin; a year stands for its 1 January.
  func begins(_ declaration: ListDeclaration, _ context: Lowering.Context) -> Node? {
    guard let field = declaration.begins.flatMap(declaration.field) else { return nil }
    let typed = Typed(.selfField(field), field.type == .int ? .number : .date, at: measure.location)
    let node = lowering.lower(typed, context)
    guard field.type == .int else { return node }
    return graph.apply(.dayOfYear(day: 1, month: 1), [node], register: .int32, mayBeAbsent: node.mayBeAbsent)
  }

  // MARK: Running

  /// How many steps a run has: the frames with the scans of lists, each set in turn, the requirements.
  var steps: Int { measure.sets.count + 2 }

  /// Frames and sets; afterwards `truth` says of each frame whether it meets the conditions and requirements.
  /// - Parameters:
  ///   - done: how many steps are done already.
  ///   - after: told of each step that is done.
  func run(after done: Int = 0, _ after: (Int) -> Void = { _ in }) {
    for step in done..<max(steps, done) {
      if measure.frame != nil, !evaluator.control.isCancelled() {
        switch step {
        case 0: frames()
        case steps - 1: requirements()
        default: fill(step - 1)
        }
      }
      after(step + 1)
    }
  }

  private func frames() {
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
      case .completeYears:
        yearsFromMembers = true
        framesHaveYear = true
      case .range(_, let from, let to):
        range = (from, to)
        framesHaveYear = name == "year"
        sharesMembers = !framesHaveYear
      case .members(let list, let field):
        members = (dataset.list(named: list), field)
        sharesMembers = true
      }
    }
    conditions(yearly: yearsFromMembers)
    // Texts come out of what falls to them; with a range of numbers, years or periods each text has all of these.
    if yearsFromMembers || baseSpaceIsText && range == nil {
      scanLists(discovering: true)
    } else {
      directFrames(range: range, members: members)
      scanLists(discovering: false)
    }
    passed = truth
  }

  var baseSpaceIsText: Bool {
    if case .texts? = measure.frame?.base { return true }
    return false
  }

  /// Splits the conditions on the frame into those that its record alone decides and the rest.
  func conditions(yearly: Bool) {
    // What stands below a set of candidates must not keep any of them out.
    let first = measure.firstCandidates ?? measure.selection.conditions.count
    late = measure.selection.conditions.dropFirst(first).map { lowering.lower($0, frameContext, .truth) }
    var all = measure.selection.conditions.prefix(first).map { lowering.lower($0, frameContext, .truth) }
    if let date = frameBegins(yearly: yearly), !(lowering.windowOnAccrual && !measure.pays.isEmpty),
      let w = window(date)
    {
      all.append(w)
    }
    let frameCondition = graph.and(all)
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
    if let typed = measure.selection.begins { return lowering.lower(typed, frameContext, .int32) }
    guard !yearly, let frameList else { return nil }
    return begins(dataset.tables[frameList].declaration, frameContext)
  }

  func usesAggregates(_ node: Node) -> Bool {
    node.needs { if case .frameColumn(let i, _) = $0.op { i >= 2 } else { false } }
  }

  // MARK: Requirements

  /// Whether anything is asked of a frame once its members are known.
  var decidesLate: Bool { !late.isEmpty || !measure.selection.requirements.isEmpty }

  /// Requirements on counts decide last; where they fail, nothing is owed, and where they are unknown, the frame is
  /// undetermined.
  func requirements() {
    var nodes = late + measure.selection.requirements.map { lowering.lower($0, frameContext, .truth) }
    nodes = nodes.filter { if case .constantTruth(Truth.yes) = $0.op { false } else { true } }
    for node in nodes { narrow(by: node) }
    let open = noteOddFrames()
    odd.facts.formUnion(factsBehind(open.noted, nodes))
    openSubjects.facts.formUnion(factsBehind(open.alone, nodes))
  }

  /// What makes frames undetermined, of which some conditions have been asked late.
  private func factsBehind(_ frames: [Int32], _ late: [Node]) -> Set<String> {
    if frames.isEmpty { return [] }
    var facts = blame(graph.and([frameTruthNode] + late), rows: frames)
    if iteration.indices.contains(where: { iteration[$0] == Absent.unknown64 }),
      let (_, i) = measure.frame?.iterations.first,
      case .range(_, let from, let to) = i
    {
      for t in [from, to] { facts.formUnion(blame(lowering.lower(t, frameContext, .int64), rows: frames)) }
    }
    return facts
  }

  /// Whether some payment of the frame falls into the window, where the window is on the accrual date.
  func accruesInWindow() -> Node? {
    guard lowering.windowOnAccrual, !measure.pays.isEmpty, measure.pays.allSatisfy({ $0.forEach == nil }) else {
      return nil
    }
    var parts: [Node] = []
    for pay in measure.pays {
      guard let on = pay.on.map({ lowering.lower($0, frameContext, .int32) }) ?? frameBegins(yearly: false),
        let w = window(on)
      else { return nil }
      parts.append(w)
    }
    return graph.or(parts)
  }

  var governedBy: [String] { lowering.governedBy }

  // MARK: Going on from another run

  /// What a run has come to after some of its steps.
  struct State: @unchecked Sendable {
    let reads: [SettingRead]
    let graph: Graph
    let evaluator: Evaluator.State
    let aggregates: [(Lowering.Aggregate, Node)]
    let governedBy: [String]
    let yearsFromMembers: Bool
    let framesHaveYear: Bool
    let sharesMembers: Bool
    let base: [Int32]
    let iteration: [Int64]
    let truth: [UInt8]
    let sets: [Members]
    let scanned: [Int: ScannedSet]
    let finder: FrameFinder?
    let everyYear: FrameFinder?
    let memberConditions: [Node]
    let lateConditions: [Int: Node]
    let odd: OddSubjects
    let openSubjects: OpenSubjects
    let diagnostics: [Diagnostic]
    let filledAggregates: Int
    let baseCondition: Node
    let restCondition: Node
    let late: [Node]
    let passed: [UInt8]?
  }

  var state: State {
    State(
      reads: lowering.reads, graph: Graph(from: graph), evaluator: evaluator.state, aggregates: lowering.aggregates,
      governedBy: lowering.governedBy, yearsFromMembers: yearsFromMembers, framesHaveYear: framesHaveYear,
      sharesMembers: sharesMembers, base: base,
      iteration: iteration, truth: truth, sets: sets, scanned: scanned, finder: finder, everyYear: everyYear,
      memberConditions: memberConditions, lateConditions: lateConditions,
      odd: odd, openSubjects: openSubjects, diagnostics: diagnostics, filledAggregates: filledAggregates,
      baseCondition: baseCondition, restCondition: restCondition, late: late, passed: passed)
  }

  private func restore(_ s: State) {
    lowering.restore(reads: s.reads, aggregates: s.aggregates, governedBy: s.governedBy)
    evaluator.restore(s.evaluator)
    (yearsFromMembers, framesHaveYear, sharesMembers) = (s.yearsFromMembers, s.framesHaveYear, s.sharesMembers)
    (base, iteration, truth) = (s.base, s.iteration, s.truth)
    (sets, scanned, finder, memberConditions) = (s.sets, s.scanned, s.finder, s.memberConditions)
    (everyYear, lateConditions) = (s.everyYear, s.lateConditions)
    passed = s.passed
    (odd, openSubjects, diagnostics) = (s.odd, s.openSubjects, s.diagnostics)
    (filledAggregates, baseCondition, restCondition, late) = (
      s.filledAggregates, s.baseCondition, s.restCondition, s.late
    )
  }
}

extension CheckedSet {
  /// Whether the set is read from a list rather than narrowed from another.
  var isScan: Bool {
    if case .list = source { return true }
    return false
  }
}
