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
    let (selection, outcome, limits) = (measure.selection, measure.outcome, measure.limits)
    var all =
      selection.conditions + selection.requirements + outcome.expectations.map(\.condition) + limits.ordered
      + limits.oncePer
    all += measure.pays.flatMap { [$0.amount, $0.on, $0.when].compactMap { $0 } }
    all += measure.recoveries.flatMap(\.expressions)
    all += measure.sets.flatMap { $0.conditions + [$0.on, $0.begins, $0.inYear].compactMap { $0 } }
    all += measure.grants.compactMap(\.when) + limits.quotas.map(\.limit) + [selection.begins].compactMap { $0 }
    var seen: Set<Visit> = []
    for t in all { visit(t, possible, &seen, &found) }
    return found
  }

  /// An expression with what is possible where it stands: what is used several times is looked at once.
  private struct Visit: Hashable {
    let expression: ObjectIdentifier
    let possible: Possible
  }

  private static func visit(
    _ t: Typed, _ possible: Possible, _ seen: inout Set<Visit>, _ found: inout [Diagnostic]
  ) {
    guard seen.insert(Visit(expression: ObjectIdentifier(t), possible: possible)).inserted else { return }
    switch t.operation {
    case .ifThen(let c, let a, let b):
      let yes = narrowed(possible, by: c, holds: true), no = narrowed(possible, by: c, holds: false)
      if let yes { visit(a, yes, &seen, &found) } else { found.append(warning(a)) }
      if let no { visit(b, no, &seen, &found) } else { found.append(warning(b)) }
      visit(c, possible, &seen, &found)
    case .and, .or, .pick, .not, .whole, .yearOf, .provinceOf, .given, .dayOfYear, .compare, .add, .subtract,
      .multiply, .divide, .wholeMonths, .wholeYears, .completion, .between, .stable:
      for part in t.parts { visit(part, possible, &seen, &found) }
    // Not followed: a definition is shared by rules that leave different readings possible; and what is asked of sets,
    // places and exceptions.
    case .call, .field, .within, .isAny, .includes, .includesBetween, .except, .yearsRunning, .sum, .extreme,
      .dateOfNumber, .firstDayAtOnce, .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home,
      .asOf, .windowStart, .windowEnd, .adopted, .selfRecord, .selfField, .argument, .frameRecord, .iteration, .count,
      .spellEnd, .spellBegins, .grouped, .ofFrame, .notKnown, .rounded, .form, .nothing:
      break
    }
  }

  /// What remains possible when a condition holds or fails; nil when nothing does.
  private static func narrowed(_ possible: Possible, by c: Typed, holds: Bool) -> Possible? {
    if case .not(let x) = c.operation { return narrowed(possible, by: x, holds: !holds) }
    if case .constant(let v) = c.operation { return (v != 0) == holds ? possible : nil }
    guard case .readingIs(let id, let choice) = c.operation, var left = possible[id] else { return possible }
    if holds { left.formIntersection([choice]) } else { left.remove(choice) }
    if left.isEmpty { return nil }
    var out = possible
    out[id] = left
    return out
  }

  private static func warning(_ t: Typed) -> Diagnostic {
    Diagnostic(
      .warning, code: "unreachable", Text("No choice of readings leads here.", zh: "任何口径的选择都到不了这里。"),
      hint: Text("Leave the branch out, or mend the condition before it.", zh: "请删去该分支，或修改前面的条件。"), at: t.location)
  }
}
