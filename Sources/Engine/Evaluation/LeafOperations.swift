// Operations that begin with what is there: constants, columns, rows and localities; and looking up.
import Facts
import Reckoning

extension Operation {
  @inline(__always) func fill<Value: BitwiseCopyable>(_ out: OpenLane<Value>, _ value: Value) {
    for k in 0..<count { out[k] = value }
  }

  /// What nobody has supplied is unknown.
  func missing() {
    switch node.register {
    case .truth: fill(truths, Truth.unknown)
    case .int32: fill(narrow, .unknownMark)
    case .int64: fill(wide, .unknownMark)
    }
  }

  /// A column's values at the batch's rows. Numbers that follow each other are read where they lie and never come here.
  func column() {
    switch step.source {
    case .column(let values): pick(values)
    case .bools(let storage):
      let column = Lane(storage), out = truths
      @inline(__always) func truth(_ v: UInt8) -> UInt8 { v == 0 ? Truth.no : v == 1 ? Truth.yes : Truth.unknown }
      if let rows {
        for k in 0..<count { out[k] = truth(column[Int(rows[k])]) }
      } else {
        let from = column.part(from: start, count: count)
        for k in 0..<count { out[k] = truth(from[k]) }
      }
    case .nothing, .table, .days, .sets:
      Invariant.broken("column-has-source: a column is compiled with where it lies")
    }
  }

  func frameColumn(_ i: Int) {
    pick(
      Invariant.value(
        evaluator.frameColumn(i), "frame-column-filled: a column of the frame is filled before it is asked for"))
  }

  func pairColumn(_ part: PairPart) {
    guard case .pairs(let pairs) = node.domain else {
      Invariant.broken("pair-column-of-pairs: what a member and its frame have in common is asked of both")
    }
    if part == .paid {
      pick(Invariant.value(evaluator.paid[pairs], "paid-told: what was paid is known before it is asked for"))
      return
    }
    let columns = Invariant.value(
      evaluator.pairs[pairs], "pairs-filled: members and their frames are known before they are asked")
    pick(part == .frame ? columns.frames : columns.rows)
  }

  private func pick(_ values: Values) {
    switch values.column {
    case .truth(let s): pick(Lane(s), truths)
    case .int32(let s): pick(Lane(s), narrow)
    case .int64(let s): pick(Lane(s), wide)
    }
  }

  @inline(__always) private func pick<Value: BitwiseCopyable>(_ column: Lane<Value>, _ out: OpenLane<Value>) {
    if let rows {
      for k in 0..<count { out[k] = column[Int(rows[k])] }
    } else {
      let from = column.part(from: start, count: count)
      for k in 0..<count { out[k] = from[k] }
    }
  }

  func rowNumbers() {
    let out = narrow
    if let rows {
      for k in 0..<count { out[k] = rows[k] }
    } else {
      for k in 0..<count { out[k] = Int32(truncatingIfNeeded: start &+ k) }
    }
  }

  func spread() {
    func copy<Value: BitwiseCopyable>(_ from: Lane<Value>, _ out: OpenLane<Value>) {
      for k in 0..<count { out[k] = from[k] }
    }
    switch node.register {
    case .truth: copy(truth(0), truths)
    case .int32: copy(int32(0), narrow)
    case .int64: copy(int64(0), wide)
    }
  }

  func ownText(_ list: Int) {
    let out = narrow
    for k in 0..<count { out[k] = evaluator.ownText(list, row(k)) }
  }

  func placeWithin(_ area: Int32) {
    let places = evaluator.dataset.places
    if let rows {
      let out = truths
      for k in 0..<count { out[k] = places.lies(rows[k], within: area) ? Truth.yes : Truth.no }
    } else {
      places.mark(
        start..<start + count, within: area, output.assumingMemoryBound(to: UInt8.self), yes: Truth.yes, no: Truth.no)
    }
  }

  func placeProvince() {
    let out = narrow
    for k in 0..<count { out[k] = evaluator.province(row(k)) }
  }

  // MARK: Looking up

  func gather() {
    guard case .table(let values) = step.source else {
      Invariant.broken("gather-has-table: what is looked up has been worked out")
    }
    switch values.column {
    case .truth(let s): look(Lane(s), truths, unknown: Truth.unknown, none: Truth.no)
    case .int32(let s): look(Lane(s), narrow, unknown: .unknownMark, none: .noneMark)
    case .int64(let s): look(Lane(s), wide, unknown: .unknownMark, none: .noneMark)
    }
  }

  /// The values at the rows that an index names; where it names none, `unknown` or `none`.
  @inline(__always) private func look<Value: BitwiseCopyable>(
    _ table: Lane<Value>, _ out: OpenLane<Value>, unknown: Value, none: Value
  ) {
    let index = int32(0)
    if !node.inputs[0].mayBeAbsent {
      for k in 0..<count { out[k] = table[Int(UInt32(bitPattern: index[k]))] }
    } else if table.count > 0 {
      for k in 0..<count {
        let i = index[k]
        let v = table[Int(i >= 0 ? i : 0)]
        out[k] = i >= 0 ? v : (i.isUnknown ? unknown : none)
      }
    } else {
      for k in 0..<count { out[k] = index[k].isUnknown ? unknown : none }
    }
  }
}
