// Accrual dates that decide nothing about a payment, like the day on which the hundredth of more than a hundred members
// counts: they are worked out when somebody lists the payments or asks what is due.
import Facts
import PolicyLanguage
import Reckoning

/// The accrual dates of frames, once somebody asks.
final class LateDates: @unchecked Sendable {
  private let run: MeasureRun
  private let on: Typed

  init(_ run: MeasureRun, _ on: Typed) {
    self.run = run
    self.on = on
  }

  func dates(of frames: [Int32]) -> [Int32] { run.evaluator.late.hold { run.dates(on, of: frames) } }
}

extension MeasureRun {
  /// An expression's dates for some frames.
  func dates(_ on: Typed, of frames: [Int32]) -> [Int32] {
    let values = frameValues(lowering.lower(on, frameContext, .int32)).narrow
    return frames.map { values[Int($0)] }
  }

  /// Whether a date is sure to be there for frames, told without working it out. What it depends on is noted.
  func isSure(_ on: Typed, for frames: [Int32]) -> Bool {
    let beside = lowering.beside()
    var sure: Set<ObjectIdentifier> = []
    guard isSure(on, for: frames, beside, &sure) else { return false }
    _ = beside.lower(on, frameContext, .int32)
    lowering.note(beside.reads)
    return true
  }

  private func isSure(
    _ t: Typed, for frames: [Int32], _ beside: Lowering, _ sure: inout Set<ObjectIdentifier>
  ) -> Bool {
    if sure.contains(ObjectIdentifier(t)) { return true }
    if case .constant = t.operation { return t.type == .date }
    if case .pick(let pick, let parts) = t.operation {
      guard pick == .later || pick == .earlier,
        parts.allSatisfy({ isSure($0, for: frames, beside, &sure) })
      else { return false }
      sure.insert(ObjectIdentifier(t))
      return true
    }
    if case .dateOfNumber(let number, let set) = t.operation {
      guard sets.indices.contains(set), sets[set].isDated,
        case .constant64(let n) = beside.lower(number, frameContext, .int64).op, n >= 1
      else { return false }
      let counts = sets[set].counts(frameCount)
      return frames.allSatisfy { Int64(counts[Int($0)]) >= n }
    }
    if case .dayOfYear(_, _, let year) = t.operation, case .iteration(0) = year.operation, framesHaveYear,
      !iteration.isEmpty
    {
      return frames.allSatisfy { iteration[Int($0)] > -30_000 && iteration[Int($0)] < 50_000 }
    }
    // Of anything else it cannot be told.
    return false
  }
}
