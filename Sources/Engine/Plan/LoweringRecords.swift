// Records and their fields: the frame's own, a member's, the one that a reference names, and what frames ask of their
// sets.
import Facts
import PolicyLanguage
import Reckoning

extension Lowering {
  var frameBase: Node { graph.make(.frameColumn(0, .int32), domain: .frame, register: .int32, mayBeAbsent: false) }

  /// The number of a list's row.
  func row(of list: Int) -> Node { graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false) }

  /// The list that an expression's record is of; nil where facts that were read before the rule have no such list.
  private func list(of record: Typed) -> Int? {
    guard case .record(let name) = record.type else { return nil }
    return dataset.dictionary.index(name)
  }

  func selfRecord(_ c: Context) -> Node {
    switch c {
    case .frame: frameBase
    case .member(let list, _, _): row(of: list)
    case .pair(let pairs, _): member(of: pairs)
    }
  }

  /// The row of the member, and the number of the frame, that belong together.
  func member(of pairs: Pairs) -> Node { pairColumn(pairs, .member) }

  /// What has been paid for a member and its frame.
  func paid(_ pairs: Pairs) -> Node {
    graph.make(.pairColumn(.paid), domain: .pairs(pairs), register: .int64, mayBeAbsent: false)
  }

  private func pairColumn(_ pairs: Pairs, _ part: PairPart) -> Node {
    graph.make(.pairColumn(part), domain: .pairs(pairs), register: .int32, mayBeAbsent: false)
  }

  /// A node of the frames, seen from their members.
  func ofFrame(_ node: Node, _ pairs: Pairs) -> Node { graph.gather(node, pairColumn(pairs, .frame)) }

  /// The frame of a member, by its number.
  func frameRow(of pairs: Pairs) -> Node { pairColumn(pairs, .frame) }

  /// A figure of the frame, asked of a member. Where no frame is at hand it is not known.
  func ofFrame(_ x: Typed, _ c: Context) -> Node {
    switch c {
    case .frame: return lower(x, c)
    case .pair(let pairs, _): return ofFrame(lower(x, frame(of: pairs)), pairs)
    case .member: return absent(.unknown, register(x.type))
    }
  }

  func selfField(_ field: Field, _ c: Context) -> Node {
    switch c {
    case .frame(let list?): graph.gather(column(list, field), frameBase)
    // Texts and the district have no fields.
    case .frame(nil): absent(.none, register(field.type))
    case .member(let list, _, _): column(list, field)
    case .pair(let pairs, let list): graph.gather(column(list, field), member(of: pairs))
    }
  }

  /// A field of the record that an expression names; of a list that the facts do not have there is no record.
  func field(of record: Typed, _ field: Field, _ c: Context) -> Node {
    guard let list = list(of: record) else { return absent(.none, register(field.type)) }
    let index = lower(record, c, .int32)
    var values = column(list, field)
    if values.domain == .constant, index.mayBeAbsent {
      // What is true of every record is not true of a record that is not there.
      values = graph.make(
        .spread, [values], domain: .table(list), register: values.register, mayBeAbsent: values.mayBeAbsent)
    }
    return graph.gather(values, index)
  }

  func frameRecord(_ c: Context) -> Node {
    switch c {
    case .member(_, let link?, _): link
    case .pair(let pairs, _): ofFrame(selfRecord(frame(of: pairs)), pairs)
    case .frame: frameBase
    // Where it is not told which frame a member is of, its record is not known.
    case .member: absent(.unknown, .int32)
    }
  }

  /// The year or number that a frame is for; where no year is known of a member, none.
  func iteration(_ c: Context) -> Node {
    switch c {
    case .frame:
      graph.make(.frameColumn(1, iterationRegister), domain: .frame, register: iterationRegister, mayBeAbsent: true)
    case .member(_, _, let year?): year
    case .member(_, _, nil): absent(.none, iterationRegister)
    case .pair(let pairs, _): ofFrame(iteration(frame(of: pairs)), pairs)
    }
  }

  /// A list's column. Columns that hold one value throughout are constants.
  func column(_ list: Int, _ field: Field) -> Node {
    let g = graph
    if let join = partFields[field.name] { return firstParts(join) }
    guard let column = dataset.tables[list].columns[field.name] else { return absent(.unknown, register(field.type)) }
    let domain = Domain.table(list)
    func leaf(_ r: Register) -> Node {
      g.make(
        .column(list: list, field: field.name, r), domain: domain, register: r,
        mayBeAbsent: r != .truth && column.hasAbsent)
    }
    switch column.data {
    case .constant(let raw):
      return constant(raw, of: field)
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

  /// What a field is that holds one raw value in every record: a constant, none, or unknown for want of the field.
  private func constant(_ raw: Int64, of field: Field) -> Node {
    let r = register(field.type)
    let isUnknown = raw.isUnknown || raw == Int64(Int32.unknownMark)
    let isNone = raw.isNone || raw == Int64(Int32.noneMark)
    if isUnknown || (r == .truth && raw == 2) {
      return graph.make(.missing(field.name, r), domain: .constant, register: r, mayBeAbsent: r != .truth)
    }
    switch r {
    case .truth: return graph.truth(raw == 1 ? Truth.yes : Truth.no)
    case .int32: return isNone ? absent(.none, r) : graph.constant32(Int32(clamping: raw))
    case .int64: return isNone ? absent(.none, r) : graph.constant64(raw)
    }
  }

  /// The row whose set is asked about, and the set's list and field.
  func includes(_ set: Typed, _ c: Context, _ make: (Int, String, Node) -> Node) -> Node {
    // Only a record's field is a set; one of a record that is not there has no members.
    if case .selfField(let field) = set.operation {
      switch c {
      case .frame(nil): return graph.truth(Truth.no)
      case .frame(let list?): return make(list, field.name, graph.gather(row(of: list), frameBase))
      case .member(let list, _, _): return make(list, field.name, row(of: list))
      case .pair(let pairs, let list): return make(list, field.name, graph.gather(row(of: list), member(of: pairs)))
      }
    }
    guard case .field(let record, let field) = set.operation, let list = list(of: record) else {
      return graph.truth(Truth.no)
    }
    return make(list, field.name, graph.gather(row(of: list), lower(record, c, .int32)))
  }

  /// Sets hold 32-bit members; years and other whole numbers are narrowed.
  func narrow(_ n: Node) -> Node {
    guard n.register == .int64 else { return n }
    if case .constant64(let v) = n.op { return graph.constant32(Int32(clamping: v)) }
    return n
  }

  // MARK: What a frame asks of its sets

  func aggregate(_ a: Aggregate, _ r: Register, mayBeAbsent: Bool) -> Node {
    if let known = aggregates.first(where: { $0.0 == a }) { return known.1 }
    let node = graph.make(.frameColumn(2 + aggregates.count, r), domain: .frame, register: r, mayBeAbsent: mayBeAbsent)
    aggregates.append((a, node))
    return node
  }

  /// Members of a set as a sum or extreme looks at them: with their frames where it asks about those, too.
  func members(of set: Int, for x: Typed) -> Context {
    let list = dataset.list(named: measure.sets[set].list)
    return x.asksFrame || x.asksFrameRecord
      ? .pair(Pairs(set: set, isNarrowed: true), list: list) : .member(list: list, link: nil, year: nil)
  }

  func sum(_ x: Typed, over set: Int) -> Node {
    aggregate(.sum(set, lower(x, members(of: set, for: x), .int64)), .int64, mayBeAbsent: true)
  }

  func different(_ x: Typed, over set: Int) -> Node {
    if needsParts(x) {
      let (above, below) = parts(of: x, members(of: set, for: x))
      return aggregate(.differentFractions(set, above, below), .int64, mayBeAbsent: true)
    }
    return aggregate(.different(set, lower(x, members(of: set, for: x))), .int64, mayBeAbsent: true)
  }

  func extreme(_ pick: Expression.Pick, _ x: Typed, over set: Int) -> Node {
    let r = register(x.type)
    let node = lower(x, members(of: set, for: x), r)
    return aggregate(.extreme(set, node, larger: pick == .larger || pick == .later), r, mayBeAbsent: true)
  }
}

extension Dataset {
  /// The index of a list that the facts have to have: whoever runs a measure has asked first (`CheckedMeasure.lacks`).
  func list(named name: String) -> Int {
    Invariant.value(dictionary.index(name), "list-known: the facts have every list that a measure is run over")
  }
}
