// The smallest change of a figure or a day where the text names none that would do: further and further off until the
// condition holds, then halved until a step less would not do. And what a clause's own condition lacks, where a record
// fits and is paid nothing. Every step is a run over the changed fact.
import Facts
import PolicyLanguage
import Reckoning

extension RemedySearch {
  /// The nearest figure of a field with which a condition holds; nil where none does.
  func sought(
    _ spot: RecordField, _ condition: Typed, _ context: (MeasureRun) -> Lowering.Context, _ row: Int
  ) -> Remedy.Part? {
    guard let bounds = bounds(of: spot.field.type), let now = raw(spot), bounds.contains(now) else { return nil }
    let id = dataset.id(Int32(truncatingIfNeeded: spot.row), in: .list(spot.list))
    func part(_ value: Int64) -> Remedy.Part {
      Remedy.Part(
        edit: .set(list: spot.list, row: spot.row, field: spot.field.name, raw: value), record: id, field: spot.field,
        before: now, distance: abs(value - now) + later(spot))
    }
    func does(_ value: Int64) -> Bool { holds(condition, light([part(value).edit]), context, row) }
    let found = [Int64(1), -1].compactMap { sign -> Int64? in
      let room = sign > 0 ? bounds.upperBound - now : now - bounds.lowerBound
      return RemedySearch.least(upTo: room) { does(now + sign * $0) }.map { now + sign * $0 }
    }
    return found.map(part).min { $0.distance < $1.distance }
  }

  /// Where a field's value may move up and down step by step; nil: it may not, or there is none to begin from.
  func steps(of spot: RecordField) -> Int64? {
    guard let bounds = bounds(of: spot.field.type), let now = raw(spot), bounds.contains(now) else { return nil }
    return now
  }

  /// Whether nobody has stated a fact. That there is none of what may be absent is as good as stated.
  func isUnstated(_ spot: RecordField) -> Bool {
    if let now = raw(spot), now.isUnknown || now == Int64(Absent.unknown32) { return true }
    switch spot.field.absence {
    case .required, .none, .unknown: return false
    case .value, .empty, .field: break
    }
    return dataset.tables[spot.list].unstated[spot.field.name]?.contains(spot.row) ?? false
  }

  /// Whether it is not known if a condition holds, or another document governs it: no stated fact is what is wrong.
  func isOpen(_ t: Typed, _ context: (MeasureRun) -> Lowering.Context, _ row: Int) -> Bool {
    let node = run.lowering.lower(t, context(run), .truth)
    guard let truth = run.evaluate(node, Int32(truncatingIfNeeded: row)).truth else { return false }
    return Truth.isUnknown(truth) || Truth.isElsewhere(truth)
  }

  /// The nearest value that does of a fact that nobody has stated.
  func unstated(
    _ candidates: [(part: Remedy.Part, spot: RecordField)], _ condition: Typed,
    _ context: (MeasureRun) -> Lowering.Context, _ row: Int
  ) -> Remedy.Part? {
    let open = candidates.filter { isUnstated($0.spot) }.prefix(60)
    guard let (part, spot) = open.first(where: { holds(condition, light([$0.part.edit]), context, row) }) else {
      return nil
    }
    return steps(of: spot) == nil ? part : nearer(part, spot, condition, context, row)
  }

  /// A value that does, brought as near to what is stated as it still does.
  func nearer(
    _ part: Remedy.Part, _ spot: RecordField, _ condition: Typed, _ context: (MeasureRun) -> Lowering.Context,
    _ row: Int
  ) -> Remedy.Part {
    guard let now = steps(of: spot), case .set(_, _, _, let raw) = part.edit, abs(raw - now) > 1 else { return part }
    func made(_ value: Int64) -> Remedy.Part {
      Remedy.Part(
        edit: .set(list: spot.list, row: spot.row, field: spot.field.name, raw: value), record: part.record,
        field: spot.field, before: now, distance: abs(value - now) + later(spot))
    }
    var (low, high) = (now, raw)
    while abs(high - low) > 1 {
      let middle = low + (high - low) / 2
      if holds(condition, light([made(middle).edit]), context, row) { high = middle } else { low = middle }
    }
    return high == raw ? part : made(high)
  }

  /// The least number above nought for which something holds that holds from there on, as far as that can be told by
  /// going further and further.
  private static func least(upTo most: Int64, _ holds: (Int64) -> Bool) -> Int64? {
    var low: Int64 = 0, high: Int64 = 1
    while high < most, !holds(high) {
      low = high
      high = min(most, high * 4)
    }
    guard high <= most, low > 0 || most > 0, holds(high) else { return nil }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// What the figures of a field may be, in raw form; nil: it has none.
  private func bounds(of type: FieldType) -> ClosedRange<Int64>? {
    switch type {
    case .int, .money, .figure: 0...1_000_000_000_000_000
    // What is stated as a year alone has no day to move.
    case .date, .dateOrMonth, .dateOrYear:
      Int64(
        Day.clamped(year: 1950, month: 1, day: 1).number)...Int64(
          Day.clamped(year: 2100, month: 12, day: 31).number)
    case .bool, .text, .place, .county, .area, .choice, .reference, .set: nil
    }
  }

  /// What a record that fits would need for some clause's own condition; empty where one holds, nil where none can.
  func ofPayments(
    _ list: Int, _ row: Int, context: (MeasureRun) -> Lowering.Context
  ) -> [Remedy.Part]? {
    var best: [Remedy.Part]?
    for pay in measure.pays {
      guard pay.forEach == nil, let when = pay.when, !when.asksSets, !when.asksFrame else { return [] }
      guard let parts = conditions([when], list, row, context: context) else { continue }
      if parts.isEmpty { return [] }
      func cost(_ parts: [Remedy.Part]) -> Int64 { parts.reduce(0) { $0 &+ min($1.distance, 1_000_000_000) } }
      if let known = best, (known.count, cost(known)) <= (parts.count, cost(parts)) { continue }
      best = parts
    }
    return measure.pays.isEmpty ? [] : best
  }
}
