// The frames of a measure: records, years, ranges and members of sets, and which of them the conditions leave.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  func directFrames(range: (from: Typed, to: Typed)?, members: (list: Int, field: Field)?) {
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
      rows = baseSpaceIsText ? everyText.sorted().map { Int32(truncatingIfNeeded: $0 >> 32) } : [home]
      truths = [UInt8](repeating: Truth.yes, count: rows.count)
      if case .constantTruth(let t) = baseCondition.op {
        if t == 0 { rows = [] }
        truths = [UInt8](repeating: t, count: rows.count)
      }
    }
    setFrames(rows, [], truths)
    if let range {
      let from = frameValues(lowering.lower(range.from, frameContext, .int64)).wide
      let to = frameValues(lowering.lower(range.to, frameContext, .int64)).wide
      let untilWhen = lastDayOfPeriods.map { frameValues(lowering.lower($0, frameContext, .int32)).narrow }
      let most = startOfPeriod == nil ? 100_001 : TypedForm.mostPeriods
      var newBase: [Int32] = [], newIteration: [Int64] = [], newTruth: [UInt8] = []
      for f in rows.indices {
        let a = from[f], b = to[f]
        // Until when a period goes has to be known: without an end there is no telling how many there are.
        if a.isUnknown || b.isUnknown || (untilWhen.map { $0[f].isNone } ?? false) {
          newBase.append(rows[f])
          newIteration.append(Absent.unknown64)
          newTruth.append(truths[f] & Truth.unknown)
          continue
        }
        if a.isNone || b.isNone || a > b { continue }
        if b.subtractingReportingOverflow(a).overflow || b - a >= most || newBase.count > 20_000_000 {
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
    } else if let members, let frameList,
      case .sets(let offsets, let values)? = dataset.tables[frameList].columns[members.field.name]?.data
    {
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

  func tooMany() {
    diagnostics.append(
      .error(
        "too-many-frames",
        Text(
          "`each \(iterationName ?? "")` of \(measure.id) goes through too many numbers.",
          zh: "\(measure.words.zh)的“\(iterationName ?? "")”取值过多。"),
        hint: Text("Check the facts and parameters that bound it.", zh: "请检查决定其范围的事实和参数。"), at: measure.frame?.location)
    )
  }

  func setFrames(_ base: [Int32], _ iteration: [Int64], _ truth: [UInt8]) {
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
    } else if iterationName == nil {
      // Nothing asks for it.
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
      switch (made.column, evaluator.values(node).column) {
      case (.truth(let all), .truth(let one)): all.buffer.update(repeating: one[0])
      case (.int32(let all), .int32(let one)): all.buffer.update(repeating: one[0])
      case (.int64(let all), .int64(let one)): all.buffer.update(repeating: one[0])
      case (.truth, _), (.int32, _), (.int64, _):
        Invariant.broken("values-of-register: a node's values have the width of the node")
      }
      return made
    }
    // What hangs on the frames' records alone is asked of those, not of their whole list.
    if let direct = atRecords([node]), frameCount <= evaluator.rowCount(direct[0].domain) {
      return evaluator.values(node) { made in
        base.withUnsafeBufferPointer { rows in
          evaluator.run(direct, over: .list(rows)) { worker, start, n in evaluator.copy(worker, to: made, start, n) }
        }
      }
    }
    return evaluator.values(node)
  }

  /// Nodes of frames as nodes of the frames' records; nil where one hangs on more than its record.
  func atRecords(_ nodes: [Node]) -> [Node]? {
    guard frameList != nil else { return nil }
    var out: [Node] = []
    for node in nodes {
      if node.domain == .constant {
        out.append(node)
      } else if case .gather(let inner) = node.op, node.inputs[0] === lowering.frameBase {
        out.append(inner)
      } else if node === lowering.frameBase, let frameList {
        out.append(graph.make(.row, domain: .table(frameList), register: .int32, mayBeAbsent: false))
      } else {
        return nil
      }
    }
    return out.contains { $0.domain != .constant } ? out : nil
  }

  struct Scalar {
    var truth: UInt8?
    var int32: Int32?
    var int64: Int64?
  }

  /// A node at one row: of its own domain's rows, or of a table's.
  func evaluate(_ node: Node, _ row: Int32) -> Scalar {
    var out = Scalar()
    fillAggregates()
    let rows = [node.domain == .constant ? 0 : row]
    rows.withUnsafeBufferPointer { list in
      evaluator.run([node], over: .list(list), oneWorker: true) { worker, _, _ in
        switch node.register {
        case .truth: out.truth = worker.truth(0)[0]
        case .int32: out.int32 = worker.int32(0)[0]
        case .int64: out.int64 = worker.int64(0)[0]
        }
      }
    }
    return out
  }

  /// Joins a further condition to the frames' truth.
  func narrow(by node: Node) {
    if case .constantTruth(let t) = node.op {
      if t != Truth.yes { for f in truth.indices { truth[f] &= t } }
      return
    }
    let values = frameValues(node).truths
    for f in truth.indices { truth[f] &= values[f] }
  }
}
