// Checked rules to the plan's graph: settings become constants, readings choose their branch, definitions are put where
// they are called. What each expression becomes is in the files beside this one. Knows nothing of how nodes are worked
// out.
import Facts
import PolicyLanguage
import Reckoning

/// Lowers the expressions of one measure.
final class Lowering {
  /// Which record bare fields belong to.
  enum Context {
    /// The frame: its record's row stands in frame column 0.
    case frame(list: Int?)
    /// A member of a set, by its list; `link` is the frame's record and `year` the year that the member falls into.
    case member(list: Int, link: Node?, year: Node?)
    /// A member of a set together with its frame.
    case pair(Pairs, list: Int)
  }

  let graph: Graph
  let dataset: Dataset
  let settings: RunSettings
  let measure: CheckedMeasure
  let document: CheckedDocument
  let home: Int32
  let texts: TextNumbers
  let parameters: [String: Parameter]
  let readings: [String: Reading]
  /// The joined lists whose parts the measure's sets hold, by the name of what leads to them.
  let partFields: [String: JoinedList]
  /// The arguments of the definitions that are being lowered, innermost last.
  var arguments: [[Node]] = []
  struct Call: Hashable {
    let definition: ObjectIdentifier
    let arguments: [Int]
    /// Whether each argument stands for what it is exactly, and not for what it is rounded to.
    let areExact: [Bool]

    init(_ definition: Definition, _ arguments: [Node], areExact: [Bool]) {
      self.definition = ObjectIdentifier(definition)
      self.arguments = arguments.map(\.number)
      self.areExact = areExact
    }
  }
  /// The arguments in their exact forms.
  var exactArguments: [[Exact]] = []
  /// Which figures need not be whole, by which arguments of the definition that they stand in need not be.
  struct FractionalKey: Hashable {
    let expression: ObjectIdentifier
    let arguments: [Bool]
  }
  var fractional: [FractionalKey: Bool] = [:]
  var calls: [Call: Node] = [:]
  var exactCalls: [Call: Exact] = [:]
  /// What expressions have become; each is held, so that no other takes its place.
  private var made: [Place: (expression: Typed, node: Node)] = [:]
  var exactMade: [Place: (expression: Typed, exact: Exact)] = [:]
  /// Columns of the frame that aggregates stand in, given out in order of first use.
  var aggregates: [(Aggregate, Node)] = []
  /// How many conditions on a member and on who asks there have been.
  var asking = 0
  /// Of members with who asks: how the latter is looked at, where that is not as a frame.
  var askers: [Pairs: Context] = [:]
  /// The figure that is being varied, where a run is made to see how it decides.
  var watching: Watched?
  /// The nodes of parameters and values.
  var figures: [Watched: Node] = [:]
  /// Tables gone through step by step, by the number of the node that they have become.
  var stepsOf: [Int: (steps: TableSteps, context: Context)] = [:]
  /// Whether arithmetic may come to figures that do not fit, which are not known.
  var isGuarded = false
  /// Documents that rules name as governing what is excepted.
  var governedBy: [String] = []
  /// The names of iterations are columns from 1.
  let iterationRegister: Register
  /// Which settings have been looked at so far, each once, in order: what is lowered depends on no others.
  var reads: [SettingRead] = []
  var seen: Set<SettingRead.Key> = []
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
    /// The largest or smallest of fractions, above and below: its numerator or its denominator.
    case extremeOfFractions(Int, Node, Node, larger: Bool, isBelow: Bool)
    case dateOfNumber(Int, Node)
    case firstDay(Int, Node)
    /// How many different values there are.
    case different(Int, Node)
    /// How many different fractions there are, above and below in lowest terms.
    case differentFractions(Int, Node, Node)
    /// What a frame has passed before anything was asked of its sets.
    case passed

    static func == (a: Aggregate, b: Aggregate) -> Bool {
      switch (a, b) {
      case (.count(let i), .count(let j)): i == j
      case (.extreme(let i, let x, let a), .extreme(let j, let y, let b)): i == j && x === y && a == b
      case (.sum(let i, let x), .sum(let j, let y)), (.dateOfNumber(let i, let x), .dateOfNumber(let j, let y)),
        (.firstDay(let i, let x), .firstDay(let j, let y)), (.different(let i, let x), .different(let j, let y)):
        i == j && x === y
      case (.sumOfFractions(let i, let a, let b, let x), .sumOfFractions(let j, let c, let d, let y)):
        i == j && a === c && b === d && x == y
      case (
        .extremeOfFractions(let i, let a, let b, let p, let x), .extremeOfFractions(let j, let c, let d, let q, let y)
      ):
        i == j && a === c && b === d && p == q && x == y
      case (.differentFractions(let i, let a, let b), .differentFractions(let j, let c, let d)):
        i == j && a === c && b === d
      case (.passed, .passed): true
      case (.count, _), (.sum, _), (.sumOfFractions, _), (.extreme, _), (.extremeOfFractions, _),
        (.dateOfNumber, _), (.firstDay, _), (.different, _), (.differentFractions, _), (.passed, _):
        false
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
    parameters = document.parametersByID
    var readings: [String: Reading] = [:]
    for r in Reading.global + document.readings + measure.readings { readings[r.id] = r }
    self.readings = readings
    partFields = Dictionary(
      measure.sets.compactMap(\.partsOf).map { ($0.part.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The frame, seen from itself.
  var ownFrame: Context {
    if case .list(let list)? = measure.frame?.base {
      .frame(list: dataset.list(named: list))
    } else {
      .frame(list: nil)
    }
  }

  /// The frame of a member, seen from itself; or, of members with who asks, who asks.
  func frame(of pairs: Pairs) -> Context { askers[pairs] ?? ownFrame }

  /// Goes on from where another run with other settings had come to: the counts that it has asked for keep their
  /// positions.
  func restore(reads: [SettingRead], aggregates: [(Aggregate, Node)], governedBy: [String]) {
    self.reads = reads
    seen = Set(reads.map(\.key))
    self.aggregates = aggregates
    self.governedBy = governedBy
  }

  /// Another of the same measure, to try something out without leaving a trace.
  /// - Parameter other: settings in place of those that the measure was run with; nil: the same.
  func beside(_ other: RunSettings? = nil) -> Lowering {
    let made = Lowering(
      graph: Graph(), dataset: dataset, settings: other ?? settings, measure: measure, document: document, home: home,
      iterationRegister: iterationRegister, texts: texts, sharesPersons: sharesPersons, keepsOrigins: false)
    made.isGuarded = isGuarded
    return made
  }

  // MARK: Nodes

  func lower(_ t: Typed, _ context: Context) -> Node {
    // What has parts and is used several times, as a `let` is, becomes a node once.
    let key = t.height > 1 && arguments.isEmpty ? Place(t, context) : nil
    if let key, let known = made[key] { return known.node }
    let node = lowered(t, context)
    if keepsOrigins, node.origin == nil { node.origin = t }
    if case .steps(let steps)? = t.telling { stepsOf[node.number] = (steps, context) }
    if let key { made[key] = (t, node) }
    return node
  }

  /// An expression where it is asked.
  struct Place: Hashable {
    let expression: ObjectIdentifier
    let list: Int?
    let link: Int?
    let year: Int?
    let pairs: Pairs?

    init(_ t: Typed, _ context: Context) {
      expression = ObjectIdentifier(t)
      switch context {
      case .frame(let list): (self.list, link, year, pairs) = (list, -1, -1, nil)
      case .member(let list, let link, let year):
        (self.list, self.link, self.year, pairs) = (list, link?.number, year?.number, nil)
      case .pair(let pairs, let list): (self.list, link, year, self.pairs) = (list, nil, nil, pairs)
      }
    }
  }

  /// An expression where a condition, a 32-bit or a 64-bit value belongs. What is `nothing`, or could not be read, is
  /// absent in that form.
  func lower(_ t: Typed, _ c: Context, _ wanted: Register) -> Node {
    let node = lower(t, c)
    return node.register == wanted ? node : absent(.none, wanted)
  }

  func absent(_ a: Field.Absence, _ r: Register) -> Node {
    switch r {
    case .truth: graph.truth(a == .unknown ? Truth.unknown : Truth.no)
    case .int32: graph.constant32(.absent(unknown: a == .unknown))
    case .int64: graph.constant64(.absent(unknown: a == .unknown))
    }
  }

  func register(_ type: FieldType) -> Register {
    switch type {
    case .bool: .truth
    case .int, .money, .figure: .int64
    case .text, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .set: .int32
    }
  }

  func register(_ type: ValueType) -> Register {
    switch type {
    case .truth: .truth
    case .date, .dateOrYear, .place, .text, .choice, .record, .set: .int32
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .nothing, .broken:
      .int64
    }
  }
}
