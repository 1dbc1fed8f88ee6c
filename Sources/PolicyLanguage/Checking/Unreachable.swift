// Branches that no choice of readings can reach. Knows nothing of facts: a condition on those is never judged here.
import Diagnostics

enum Unreachable {
  /// Which choices of each reading are still possible.
  private typealias Possible = [String: Set<Int>]

  /// A warning for each branch of a measure that cannot be reached.
  static func branches(of measure: CheckedMeasure, readings: [Reading]) -> [Diagnostic] {
    var possible: Possible = [:]
    for r in readings + measure.readings { possible[r.id] = Set(r.choices.indices) }
    var found: [Diagnostic] = []
    var all =
      measure.conditions + measure.requirements + measure.expectations.map(\.condition) + measure.ordered
      + measure.oncePer
    all += measure.pays.flatMap { [$0.amount, $0.on, $0.when].compactMap { $0 } }
    all += measure.sets.flatMap { $0.conditions + [$0.on, $0.begins, $0.inYear].compactMap { $0 } }
    all += measure.grants.compactMap(\.when) + measure.quotas.map(\.limit) + [measure.begins].compactMap { $0 }
    for t in all { visit(t, possible, &found) }
    return found
  }

  private static func visit(_ t: Typed, _ possible: Possible, _ found: inout [Diagnostic]) {
    switch t.kind {
    case .ifThen(let c, let a, let b):
      let yes = narrowed(possible, by: c, holds: true), no = narrowed(possible, by: c, holds: false)
      if let yes { visit(a, yes, &found) } else { found.append(warning(a)) }
      if let no { visit(b, no, &found) } else { found.append(warning(b)) }
      visit(c, possible, &found)
    case .and(let xs), .or(let xs), .pick(_, let xs): for x in xs { visit(x, possible, &found) }
    case .not(let x), .whole(let x), .yearOf(let x), .provinceOf(let x), .given(let x, _), .dayOfYear(_, _, let x):
      visit(x, possible, &found)
    case .compare(_, let a, let b), .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
      .divide(let a, let b),
      .wholeMonths(let a, let b), .wholeYears(let a, let b), .completion(let a, from: let b):
      visit(a, possible, &found)
      visit(b, possible, &found)
    case .between(let x, let a, let b), .stable(months: let x, from: let a, to: let b):
      for e in [x, a, b] { visit(e, possible, &found) }
    default: break
    }
  }

  /// What remains possible when a condition holds or fails; nil when nothing does.
  private static func narrowed(_ possible: Possible, by c: Typed, holds: Bool) -> Possible? {
    switch c.kind {
    case .readingIs(let id, let choice):
      guard var left = possible[id] else { return possible }
      if holds { left.formIntersection([choice]) } else { left.remove(choice) }
      if left.isEmpty { return nil }
      var out = possible
      out[id] = left
      return out
    case .not(let x): return narrowed(possible, by: x, holds: !holds)
    case .constant(let v): return (v != 0) == holds ? possible : nil
    default: return possible
    }
  }

  private static func warning(_ t: Typed) -> Diagnostic {
    Diagnostic(
      .warning, code: "unreachable", Text("No choice of readings leads here.", zh: "任何读法的选择都到不了这里。"),
      hint: Text("Leave the branch out, or mend the condition before it.", zh: "请删去该分支，或修改前面的条件。"), at: t.location)
  }
}
