// Figures over records with equal keys, lowered to operations on whole columns: one side has a row for every member,
// the other for every record that asks. Knows nothing of how they are worked out.
import Facts
import PolicyLanguage
import Reckoning

/// A figure over records with equal keys. The inputs are: what every member meets, the members' keys, the askers' keys,
/// the asker's own row, the day on which members begin, the figure, what is asked of both; each as far as there is one.
struct SidewaysOp: Hashable, Sendable {
  enum Figure: Hashable, Sendable {
    case count
    case sum
    /// The sum of fractions, above and below: its numerator or its denominator.
    case fractions(isBelow: Bool)
    case pick(larger: Bool)
    /// The largest or smallest of fractions, above and below: its numerator or its denominator.
    case pickOfFractions(larger: Bool, isBelow: Bool)
    /// Of values, or of fractions, above and below in lowest terms.
    case different
  }

  let figure: Figure
  /// The rows of which members are some.
  let members: Domain
  /// The list whose ids order records that begin on one day; nil: texts, or the district.
  let list: Int?
  let keys: Int
  let order: KeysSyntax.Order?
  let leavesOutSelf: Bool
  /// Whether the asker's row is an input; else it is the row that asks, one of the members.
  let namesAsker: Bool
  let isDated: Bool
  let values: Int
  /// Members and askers together, where something is asked of both.
  let pairs: Pairs?
  /// What becomes of members of which it cannot be told whether they belong.
  let open: Open

  enum Open: Hashable, Sendable {
    /// They leave the figure unknown.
    case unknown
    case leftOut
    case takenIn
  }

  /// Where each kind of input begins.
  var askedKeys: Int { 1 + keys }
  var asker: Int { 1 + 2 * keys }
  var begins: Int { asker + (namesAsker ? 1 : 0) }
  var value: Int { begins + (isDated ? 1 : 0) }
  var both: Int { value + values }
  var inputs: Int { both + (pairs == nil ? 0 : 1) }
}

extension Lowering {
  /// A figure over records with equal keys.
  func sideways(_ figure: SidewaysFigure, _ c: Context) -> Node {
    let (inner, _) = members(of: figure.set)
    switch figure.kind {
    case .count: return sideways(.count, figure.set, [], c)
    case .sum:
      guard let value = figure.value else { break }
      return sideways(.sum, figure.set, [lower(value, inner, .int64)], c)
    case .pick(let pick):
      guard let value = figure.value else { break }
      return sideways(
        .pick(larger: pick == .larger || pick == .later), figure.set, [lower(value, inner, register(value.type))], c)
    case .different:
      guard let value = figure.value else { break }
      return sideways(.different, figure.set, comparable(value, inner), c)
    }
    Invariant.broken("figures-have-values: what is added up or compared is asked of each member")
  }

  /// How many there are if those of which it cannot be told are none, or all.
  func count(_ set: SidewaysSet, open: SidewaysOp.Open, _ c: Context) -> Node { sideways(.count, set, [], c, open) }

  /// The same of fractions: over one denominator where all members have the same, else member by member.
  func exactSideways(_ figure: SidewaysFigure, _ x: Typed, _ c: Context) -> Exact {
    let (inner, _) = members(of: figure.set)
    let member = exact(x, inner)
    let parts = [made(member, .numerator, x), made(member, .denominator, x)]
    if case .pick(let pick) = figure.kind {
      let isLarger = pick == .larger || pick == .later
      func part(isBelow: Bool) -> Exact {
        .leaf(sideways(.pickOfFractions(larger: isLarger, isBelow: isBelow), figure.set, parts, c))
      }
      return .product([part(isBelow: false)], over: [part(isBelow: true)])
    }
    if let (above, below) = member.factors, below.allSatisfy({ $0.domain == .constant }) {
      return .product([.leaf(sideways(.sum, figure.set, [times(above)], c))], over: below.map { .leaf($0) })
    }
    return .product(
      [.leaf(sideways(.fractions(isBelow: false), figure.set, parts, c))],
      over: [.leaf(sideways(.fractions(isBelow: true), figure.set, parts, c))])
  }

  // MARK: Members

  /// How the members are looked at.
  func memberContext(of set: SidewaysSet) -> Context { members(of: set).0 }

  /// How the members are looked at, and which list's ids order them.
  private func members(of set: SidewaysSet) -> (Context, list: Int?) {
    switch set.members {
    case .list(let name):
      let list = dataset.list(named: name)
      return (.member(list: list, link: nil, year: nil), list)
    case .candidates:
      if case .frame(let list) = ownFrame { return (ownFrame, list ?? ownIDsOfFrame) }
      return (ownFrame, nil)
    }
  }

  /// The list whose ids stand for a frame of texts.
  private var ownIDsOfFrame: Int? {
    guard case .texts(let field, let list)? = measure.frame?.base else { return nil }
    let i = dataset.list(named: list)
    if case .ownIDs? = dataset.tables[i].columns[field.name]?.data { return i }
    return nil
  }

  /// What every member meets: of candidates, everything that stands above the set.
  private func condition(of set: SidewaysSet, _ inner: Context) -> Node {
    var parts = set.conditions.map { lower($0, inner, .truth) }
    if case .candidates(let conditions, let requirements) = set.members {
      parts.append(aggregate(.passed, .truth, mayBeAbsent: false))
      parts += measure.selection.conditions.prefix(conditions).map { lower($0, inner, .truth) }
      parts += measure.selection.requirements.prefix(requirements).map { lower($0, inner, .truth) }
    }
    return graph.and(parts)
  }

  /// The day on which each member begins, by which they are ordered.
  private func begins(of set: SidewaysSet, _ inner: Context) -> Node? {
    if set.isOfCandidates {
      if let own = measure.selection.begins { return lower(own, inner, .int32) }
      if let (name, _) = measure.frame?.iterations.first, name == "year" {
        let year = iteration(inner)
        return graph.apply(.dayOfYear(day: 1, month: 1), [year], register: .int32, mayBeAbsent: year.mayBeAbsent)
      }
    }
    guard let list = set.list.map({ dataset.list(named: $0) }),
      let field = dataset.tables[list].declaration.begins.flatMap(dataset.tables[list].declaration.field)
    else { return nil }
    let node = selfField(field, inner)
    guard field.type == .int else { return node }
    return graph.apply(.dayOfYear(day: 1, month: 1), [node], register: .int32, mayBeAbsent: node.mayBeAbsent)
  }

  /// What can be compared with that of another figure of its type by its bits: one value, or two where it need not be
  /// whole.
  private func comparable(_ t: Typed, _ c: Context) -> [Node] {
    guard needsParts(t) else { return [comparable(lower(t, c), t.type)] }
    let (above, below) = parts(of: t, c)
    return [above, below]
  }

  /// What a member and who asks have to have in common: both in parts where one of them is.
  func keys(_ set: SidewaysSet, _ inner: Context, _ c: Context) -> (members: [Node], askers: [Node]) {
    var out = (members: [Node](), askers: [Node]())
    for key in set.keys {
      if needsParts(key.member) || needsParts(key.asker) {
        let (own, asked) = (parts(of: key.member, inner), parts(of: key.asker, c))
        out.members += [own.above, own.below]
        out.askers += [asked.above, asked.below]
      } else {
        out.members += comparable(key.member, inner)
        out.askers += comparable(key.asker, c)
      }
    }
    return out
  }

  /// A value that can be compared with another of its type by its bits.
  private func comparable(_ node: Node, _ type: ValueType) -> Node {
    if node.register == .truth {
      let choice = [node, graph.constant32(1), graph.constant32(0)]
      return graph.apply(.ifThen, choice, register: .int32, mayBeAbsent: true, liftsAbsence: false)
    }
    guard type == .text else { return node }
    if node === frameBase, let list = ownIDsOfFrame { return pooled(graph.gather(row(of: list), node)) }
    return pooled(node)
  }

  // MARK: Askers

  private func sideways(
    _ figure: SidewaysOp.Figure, _ set: SidewaysSet, _ values: [Node], _ c: Context, _ open: SidewaysOp.Open = .unknown
  ) -> Node {
    let (inner, list) = members(of: set)
    let keys = keys(set, inner, c)
    var asked = keys.askers
    if let asker = set.asker { asked.append(lower(asker, c, .int32)) }
    let both = conditionOnBoth(set, list, c)
    let isWhole = both != nil || set.isOfCandidates
    let (domain, index, nodes) = isWhole ? (self.domain(of: c), nil, asked) : hoisted(asked, c)
    let begins = set.order == nil ? nil : begins(of: set, inner)
    let op = SidewaysOp(
      figure: figure, members: self.domain(of: inner), list: list, keys: keys.members.count, order: set.order,
      leavesOutSelf: set.leavesOutSelf, namesAsker: set.asker != nil, isDated: begins != nil, values: values.count,
      pairs: both?.pairs, open: open)
    let isDay = if case .pick = figure { values[0].register } else { Register.int64 }
    let inputs =
      [condition(of: set, inner)] + keys.members + nodes + [begins].compactMap { $0 } + values
      + [both?.node].compactMap { $0 }
    Invariant.holds(inputs.count == op.inputs, "sideways-inputs: a figure over other records has the inputs it names")
    let node = graph.make(.whole(.sideways(op)), inputs, domain: domain, register: isDay, mayBeAbsent: true)
    return index.map { graph.gather(node, $0) } ?? node
  }

  /// The rows that a place in the rules is asked of.
  private func domain(of c: Context) -> Domain {
    switch c {
    case .frame: .frame
    case .member(let list, _, _): .table(list)
    case .pair(let pairs, _): .pairs(pairs)
    }
  }

  /// What is asked, at the records that it hangs on where that is one index.
  private func hoisted(_ asked: [Node], _ c: Context) -> (Domain, index: Node?, [Node]) {
    var index: Node?
    var inner: [Node] = []
    for node in asked {
      if node.domain == .constant {
        inner.append(node)
        continue
      }
      let looked: (Node, Node)?
      if case .gather(let x) = node.op {
        looked = (x, node.inputs[0])
      } else if node === frameBase, case .frame(let list?) = ownFrame {
        looked = (row(of: list), node)
      } else if case .pair(let pairs, let list) = c, node === member(of: pairs) {
        looked = (row(of: list), node)
      } else {
        looked = nil
      }
      guard let (x, i) = looked, case .table = x.domain, !i.mayBeAbsent, index == nil || index === i else {
        return (domain(of: c), nil, asked)
      }
      index = i
      inner.append(x)
    }
    guard let index, let domain = inner.first(where: { $0.domain != .constant })?.domain,
      inner.allSatisfy({ $0.domain == .constant || $0.domain == domain })
    else { return (domain(of: c), nil, asked) }
    return (domain, index, inner)
  }

  /// What is asked of a member and of who asks at once.
  private func conditionOnBoth(_ set: SidewaysSet, _ list: Int?, _ c: Context) -> (pairs: Pairs, node: Node)? {
    guard !set.conditionsOnBoth.isEmpty, let list else { return nil }
    asking += 1
    let pairs = Pairs.asking(asking)
    // A record that is looked at before there is any frame asks as it is.
    if case .member = c { askers[pairs] = c }
    // What a definition is given hangs on who asks.
    let own = arguments.last, exact = exactArguments.last
    if let own { arguments.append(own.map { ofAsker($0, pairs) }) }
    if let exact { exactArguments.append(exact.map { $0.looked { ofAsker($0, pairs) } }) }
    defer {
      if own != nil { arguments.removeLast() }
      if exact != nil { exactArguments.removeLast() }
    }
    let parts = set.conditionsOnBoth.map { lower($0, .pair(pairs, list: list), .truth) }
    return (pairs, graph.and(parts))
  }

  private func ofAsker(_ node: Node, _ pairs: Pairs) -> Node {
    node.domain == .constant ? node : ofFrame(node, pairs)
  }

  // MARK: Places

  /// The member's place in its set.
  func number(in set: Int, _ c: Context) -> Node {
    guard case .pair(let pairs, let list) = c else { return absent(.unknown, .int64) }
    return graph.make(
      .whole(.place(list: list)), [member(of: pairs)], domain: .pairs(pairs), register: .int64, mayBeAbsent: false)
  }
}
