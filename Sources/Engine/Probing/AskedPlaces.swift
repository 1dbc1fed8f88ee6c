// Where conditions are asked: of frames, of a list's records, of members with their frames. Whoever stands near a bound
// is found in the same way at all of them. Knows nothing of bounds.
import Facts
import PolicyLanguage
import Reckoning

/// Subjects that something is asked of.
struct AskedPlace {
  /// What tells places apart.
  enum Key: Hashable {
    case frames
    case records(Int)
    case members(Int, pairs: Bool)
    /// Records that are found by equal keys.
    case keyed(ObjectIdentifier)
  }

  let key: Key
  let context: Lowering.Context
  let count: Int
  /// The list whose records are asked by themselves; nil: frames, or members.
  var records: Int?
  /// The list of the members, where they are asked without their frames, and their rows there.
  var memberList: Int?
  var members: [Int32] = []
  /// The list whose rows are asked, whoever stands there.
  var list: Int? { records ?? memberList }
  /// The values of a node, by what stands in the rows that `row` names.
  let values: (Node) -> Values
  let row: (Node, Int) -> Int
  let subject: (Int) -> String
  let beneficiary: (Int) -> String?
  /// Whether the frame, or whoever asks for the record, leaves it to what is asked here.
  var isAsked: (Int) -> Bool = { _ in true }

  /// Whether what a node says differs from one to another here.
  func tellsApart(_ node: Node) -> Bool {
    switch key {
    case .frames: true
    case .members: node.domain != .constant && node.domain != .frame
    case .records, .keyed: records.map { node.domain == .table($0) } ?? false
    }
  }
}

extension ThresholdFinder {
  func framePlace() -> AskedPlace {
    AskedPlace(
      key: .frames, context: run.frameContext, count: run.frameCount, values: { [run] in run.frameValues($0) },
      row: { $1 }, subject: { [run] in run.frameName($0) }, beneficiary: beneficiaries())
  }

  func recordPlace(
    _ key: AskedPlace.Key, _ list: Int, _ context: Lowering.Context, who: @escaping (Int) -> String?
  ) -> AskedPlace {
    AskedPlace(
      key: key, context: context, count: run.dataset.tables[list].count, records: list,
      values: { [run] in run.evaluator.values($0) }, row: { $0.domain == .constant ? 0 : $1 },
      subject: { [run] in run.dataset.id(Int32(truncatingIfNeeded: $0), in: .list(list)) }, beneficiary: who)
  }

  /// The frames' own records.
  func ownRecordPlace(_ list: Int) -> AskedPlace {
    let row = run.graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
    return recordPlace(.records(-1), list, .member(list: list, link: row, year: nil)) { [self] in
      beneficiary(ofFrameRecord: $0)
    }
  }

  /// The members of a set, with their frames where something of both is asked.
  /// - Parameter isAsked: whether a frame leaves it to its members.
  func memberPlace(
    _ key: AskedPlace.Key, _ context: Lowering.Context, _ members: MemberRows, of list: Int,
    isAsked: @escaping (Int) -> Bool
  ) -> AskedPlace {
    let who = beneficiaries()
    func row(_ node: Node, _ k: Int) -> Int {
      node.domain == .constant ? 0 : node.isOfPairs ? k : Int(members.rows[k])
    }
    var made = AskedPlace(
      key: key, context: context, count: members.rows.count, values: { [run] in run.evaluator.values($0) }, row: row,
      subject: { [run] in run.dataset.id(members.rows[$0], in: .list(list)) },
      beneficiary: { who(Int(members.frames[$0])) }, isAsked: { isAsked(Int(members.frames[$0])) })
    if case .member = context { (made.memberList, made.members) = (list, members.rows) }
    return made
  }

  /// The members that a set has in the end.
  /// - Parameter context: how they are looked at; nil: with their frames.
  func memberPlace(_ set: Int, _ context: Lowering.Context? = nil, fits: Node) -> AskedPlace {
    let list = run.sets[set].list
    var isOfPairs = context == nil
    if case .pair? = context { isOfPairs = true }
    if isOfPairs { run.makeKnown(set) }
    let frames = run.frameValues(fits).truths
    return memberPlace(
      .members(set, pairs: isOfPairs), context ?? .pair(Pairs(set: set, isNarrowed: true), list: list),
      run.sets[set].all, of: list
    ) { Truth.holds(frames[$0]) }
  }

  /// Every record that a set is read from with every frame that it could be a member of, whatever is asked of both;
  /// nil where they are too many.
  func candidatePlace(_ set: CheckedSet, _ number: Int, _ link: Field?, _ list: Int) -> AskedPlace? {
    let scan = run.scan(set, link: link, list: list)
    let isShared = run.isShared(set)
    guard let frameOf = isShared && run.framesHaveYear ? run.everyYear : run.finder else { return nil }
    let count = run.dataset.tables[list].count
    let links = run.evaluator.values(scan.link).narrow, years = scan.year.map { run.evaluator.values($0).wide }
    let truths = run.passed ?? run.truth
    var members = MemberRows()
    for row in 0..<count {
      let year = years.map { scan.year?.domain == .constant ? $0[0] : $0[row] }
      let first = frameOf(links[scan.link.domain == .constant ? 0 : row], year)
      guard first >= 0 else { continue }
      for f in run.framesOf(first, isShared) where Truth.holds(truths[f]) {
        members.rows.append(Int32(truncatingIfNeeded: row))
        members.frames.append(Int32(truncatingIfNeeded: f))
        members.dates.append(Absent.none32)
      }
      if members.rows.count > 2_000_000 { return nil }
    }
    // Numbers that no set has.
    let pairs = Pairs(set: measure.sets.count + number, isNarrowed: false)
    run.makeKnown(members, as: pairs)
    return memberPlace(
      .members(measure.sets.count + number, pairs: true), .pair(pairs, list: list), members, of: list
    ) { _ in true }
  }

  /// The records that are found by equal keys, where frames look for them.
  func keyedPlace(_ set: SidewaysSet, _ list: Int, asked place: AskedPlace) -> AskedPlace {
    let context = run.lowering.memberContext(of: set)
    var made = recordPlace(.keyed(ObjectIdentifier(set)), list, context) { _ in nil }
    guard case .frames = place.key, run.frameCount > 0 else { return made }
    let keys = run.lowering.keys(set, context, run.frameContext)
    let asked = keys.askers.map { run.frameValues($0) }, own = keys.members.map { run.evaluator.values($0) }
    func figure(_ values: Values, _ i: Int) -> Int64? { values.isTruth ? nil : number(values, i) }
    let fitting = (0..<run.frameCount).filter { Truth.holds(run.truth[$0]) }
    let wanted = Set(fitting.map { f in asked.map { figure($0, f) } })
    made.isAsked = { row in
      wanted.contains(zip(own, keys.members).map { figure($0, $1.domain == .constant ? 0 : row) })
    }
    return made
  }
}

extension Values {
  fileprivate var isTruth: Bool { if case .truth = column { true } else { false } }
}
