// What expressions of the frame ask of its sets: counts, sums and dates.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// Works out the counts, sums and dates that expressions of the frame have asked for so far.
  func fillAggregates() {
    // Asking members for one does not go on to those behind it, which may rest on it: those before it are there.
    if isFillingAggregates { return }
    isFillingAggregates = true
    defer { isFillingAggregates = false }
    while filledAggregates < lowering.aggregates.count {
      let (aggregate, node) = lowering.aggregates[filledAggregates]
      let set: Int
      switch aggregate {
      case .count(let i), .sum(let i, _), .sumOfFractions(let i, _, _, _), .extreme(let i, _, _),
        .extremeOfFractions(let i, _, _, _, _), .dateOfNumber(let i, _), .firstDay(let i, _), .different(let i, _),
        .differentFractions(let i, _, _):
        set = i
      case .passed:
        guard let passed else { return }
        filledAggregates += 1
        evaluator.setFrameColumn(column(of: node), Values(truth: Storage(passed, padding: 0)))
        continue
      }
      // What is asked of a set that is not known yet is filled in once it is.
      guard set < sets.count else { return }
      filledAggregates += 1
      evaluator.setFrameColumn(column(of: node), compute(aggregate, sets[set]))
    }
  }

  private func column(of node: Node) -> Int {
    guard case .frameColumn(let column, _) = node.op else {
      Invariant.broken("aggregate-in-column: what a frame asks of its sets stands in a column of the frame")
    }
    return column
  }

  func compute(_ aggregate: Lowering.Aggregate, _ members: Members) -> Values {
    switch aggregate {
    case .count: Values(int64: Storage(members.counts(frameCount).map { Int64($0) }, padding: 0))
    case .sum(let set, let node): sum(of: node, members.all, set)
    case .sumOfFractions(let set, let above, let below, let isBelow):
      fractions(above, below, members.all, set, isBelow, Counted.added)
    case .extremeOfFractions(let set, let above, let below, let larger, let isBelow):
      fractions(above, below, members.all, set, isBelow, from: .none) { Counted.picked($0, $1, larger) }
    case .differentFractions(let set, let above, let below): different(above, below, members.all, set)
    case .extreme(let set, let node, let larger): extreme(of: node, members.all, set, larger: larger)
    case .dateOfNumber(_, let number): dates(of: number, members.all)
    case .firstDay(_, let number): firstDays(with: number, members)
    case .different(let set, let node): different(node, members.all, set)
    case .passed: Invariant.broken("passed-of-frames: what a frame has passed is asked of no set")
    }
  }

  private func sum(of node: Node, _ members: MemberRows, _ set: Int) -> Values {
    let out = Storage<Int64>(count: frameCount, repeating: 0)
    var overflow = false
    ask([node], members, set) { worker, start, n in
      let v = worker.int64(0)
      for k in 0..<n {
        let f = Int(members.frames[start + k])
        if v[k].isUnknown || out[f].isUnknown {
          out[f] = .unknownMark
        } else if !v[k].isNone {
          let (s, o) = out[f].addingReportingOverflow(v[k])
          out[f] = o ? (evaluator.isGuarded ? .unknownMark : .noneMark) : s
          overflow = overflow || o
        }
      }
    }
    if overflow { evaluator.overflowed = true }
    return Values(int64: out)
  }

  private func extreme(of node: Node, _ members: MemberRows, _ set: Int, larger: Bool) -> Values {
    func values<Value: Marked>(_ at: @escaping (Worker, Int) -> Value) -> Storage<Value> {
      let out = Storage<Value>(count: frameCount, repeating: .noneMark)
      ask([node], members, set) { worker, start, n in
        for k in 0..<n {
          let f = Int(members.frames[start + k])
          out[f] = MeasureRun.pick(out[f], at(worker, k), larger)
        }
      }
      return out
    }
    switch node.register {
    case .int32: return Values(int32: values { $0.int32(0)[$1] })
    case .int64: return Values(int64: values { $0.int64(0)[$1] })
    case .truth: Invariant.broken("extreme-numbers: of conditions none is the larger")
    }
  }

  /// The day on which the nth member of each frame counts.
  private func dates(of number: Node, _ members: MemberRows) -> Values {
    let out = Storage<Int32>(count: frameCount, repeating: .noneMark)
    let wanted = frameValues(number).wide
    let buckets = Buckets(members.frames, count: frameCount)
    for f in 0..<frameCount {
      let ks = buckets[f]
      let n = wanted[f]
      if n.isUnknown {
        out[f] = .unknownMark
      } else if n >= 1, n <= Int64(ks.count) {
        var dates = ks.map { members.dates[Int($0)] }
        out[f] = Buckets.nth(Int(n) - 1, of: &dates)
      }
    }
    return Values(int32: out)
  }

  /// The first day on which each frame has so many at once.
  private func firstDays(with number: Node, _ set: Members) -> Values {
    let out = Storage<Int32>(count: frameCount, repeating: .noneMark)
    let wanted = frameValues(number).wide
    let spells = Spells(dataset.tables[set.list])
    let members = set.all
    let buckets = Buckets(members.frames, count: frameCount)
    for f in 0..<frameCount {
      out[f] = spells.firstDay(with: wanted[f], among: buckets[f].map { members.rows[Int($0)] })
    }
    return Values(int32: out)
  }

  /// How many different values the members of each frame have.
  private func different(_ node: Node, _ members: MemberRows, _ set: Int) -> Values {
    let out = Storage<Int64>(count: frameCount, repeating: 0)
    var seen = KeyedNumbers()
    ask([node], members, set) { worker, start, n in
      for k in 0..<n {
        let f = Int(members.frames[start + k])
        let v = node.register == .int32 ? Absence.widen(worker.int32(0)[k]) : worker.int64(0)[k]
        if v.isUnknown || out[f].isUnknown {
          out[f] = .unknownMark
        } else if !v.isNone, seen.isNew(f, v) {
          out[f] += 1
        }
      }
    }
    return Values(int64: out)
  }

  /// Asks nodes of every member of a set, batch by batch: the worker, the batch's first member and its length.
  func ask(_ nodes: [Node], _ members: MemberRows, _ set: Int, _ each: (Worker, Int, Int) -> Void) {
    if nodes.contains(where: { $0.isOfPairs }) {
      makeKnown(set)
      evaluator.run(nodes, over: .range(0..<members.rows.count), oneWorker: true, sink: each)
    } else {
      members.rows.withUnsafeBufferPointer { rows in
        evaluator.run(nodes, over: .list(rows), oneWorker: true, sink: each)
      }
    }
  }

  /// The larger or smaller of two; what is not there is left out, what is unknown makes all unknown.
  private static func pick<Value: Marked>(_ a: Value, _ b: Value, _ larger: Bool) -> Value {
    if a.isUnknown || b.isUnknown { return .unknownMark }
    if a.isNone || b.isNone { return a.isNone ? b : a }
    return larger ? max(a, b) : min(a, b)
  }

  static func tooLarge(_ measure: CheckedMeasure) -> Diagnostic {
    .error(
      "too-large",
      Text("An amount of \(measure.id) is larger than can be reckoned.", zh: "\(measure.words.zh) 的金额超出可计算范围。"),
      hint: Text("Check the rates and facts for a figure with too many digits.", zh: "请检查标准和事实中是否有位数过多的数字。"),
      at: measure.location)
  }
}
