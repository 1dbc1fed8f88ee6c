// Whether every amount of a measure moves one way by itself while a figure grows and nothing is decided otherwise, also
// where the total does not: what rises with it stands beside what falls, and caps take turns. Of such amounts the total
// lies between the sums of the lower and of the higher ends. Knows nothing of goals.
import PolicyLanguage
import Reckoning

/// That every amount moves one way by itself, as long as something is decided alike.
package struct Steadiness: Sendable, Hashable {
  /// A digest of what else has to be decided alike: which figure is picked, and which cap cuts whom.
  package let digest: UInt64
  /// Of more payments it is not told.
  package static var most: Int { 1_000 }

  /// By how many fen at most the total may lie beyond what the amounts tell, since parts of it are rounded.
  package let slack: Int64
}

extension DecisionTracer {
  /// Nil where it cannot be told.
  func steadiness(_ candidates: [Candidates]) -> Steadiness? {
    let measure = run.measure, limits = measure.limits
    if candidates.reduce(0, { $0 + $1.count }) > Steadiness.most { return nil }
    if limits.yields != nil || limits.onlyHighest != nil || hangsOnOrder { return nil }
    let isCapped = !limits.caps.isEmpty, takesBack = !measure.recoveries.isEmpty
    var choices = Choices()
    var rounded: Set<Int> = []
    for (i, pay) in measure.pays.enumerated() {
      let context = run.context(of: pay)
      let node = run.lowering.lower(pay.amount, context, .int64)
      if touched.contains(node), pay.amount.instalment != nil { return nil }
      switch course(node, &choices) {
      case .straight: break
      case .rounded: rounded.insert(i)
      case .oneWay: if isCapped || takesBack { return nil }
      case .unknown: return nil
      }
      let day = pay.on.map { run.lowering.lower($0, context, .int32) }
      if isCapped || takesBack, let day, touched.contains(day) { return nil }
    }
    if takesBack, !takesBackParts { return nil }
    for cap in limits.caps {
      let amount = run.lowering.lower(cap.amount, run.frameContext, .int64)
      if touched.contains(amount), !isStraight(amount, &choices) { return nil }
    }
    var digest = Digest()
    for choice in choices.all { add(choice, to: &digest) }
    for c in candidates {
      digest.add(Int64(c.clause))
      for row in c.frames + c.members { digest.add(Int64(row)) }
    }
    var slack: Int64 = 0
    if isCapped {
      guard let found = run.capsFound, let moved = found.cuts(isRounded: rounded.contains, &digest) else { return nil }
      slack = moved
    } else if takesBack {
      slack = candidates.reduce(0) { rounded.contains($1.clause) ? $0 + Int64($1.count) : $0 }
    }
    // What is taken back is rounded once more.
    if takesBack, slack > 0 { slack = 2 * slack + candidates.reduce(0) { $0 + Int64($1.count) } }
    return Steadiness(digest: digest.value, slack: 2 * slack)
  }

  /// Whether who comes first, or with whom, hangs on the figure.
  private var hangsOnOrder: Bool {
    let limits = run.measure.limits
    var all = limits.ordered + limits.oncePer + [limits.onceWithin].compactMap { $0 } + limits.quotas.flatMap(\.keys)
    if let only = limits.onlyFirst { all += [only.by] + only.keys }
    for cap in limits.caps { for case .figure(let key) in cap.keys { all.append(key) } }
    return all.contains { touched.contains(run.lowering.lower($0, run.frameContext)) }
  }

  /// Whether all of what was paid is taken back, or a share of it that has nothing to do with the figure.
  private var takesBackParts: Bool {
    guard run.recoveryTerms.count == 1, let recovery = run.measure.recoveries.first, let terms = run.recoveryTerms.first
    else { return false }
    if touched.contains(terms.on) { return false }
    guard let amount = terms.amount, let written = recovery.amount else { return true }
    return CheckedRecovery.namesPaid(written) && recovery.isShareOfPaid && !touched.contains(amount)
  }

  // MARK: What is decided at all

  /// Whether a comparison that comes out alike at two values comes out so between them: its sides move towards each
  /// other, or lie on straight lines.
  func isDecidedBetween() -> Bool {
    limits.allSatisfy { direction($0) != .mixed || isStraight($0, &picks) }
      && nodes.allSatisfy { $0.register != .truth || !touched.contains($0) || isTold($0, &picks) }
  }

  private func isTold(_ node: Node, _ choices: inout Choices) -> Bool {
    let inputs = node.inputs
    func isTold(_ a: Node, _ b: Node) -> Bool {
      direction(a).joined(direction(b).flipped) != .mixed || (isStraight(a, &choices) && isStraight(b, &choices))
    }
    switch node.op {
    case .and, .or, .not, .ifThen, .except, .gather, .spread, .constantTruth, .frameColumn, .pairColumn, .given,
      .form(.isUnknown):
      return true
    case .compare, .compareDateOrYear:
      return inputs[0].register == .truth || isTold(inputs[0], inputs[1])
    case .between, .betweenDateOrYear: return isTold(inputs[0], inputs[1]) && isTold(inputs[0], inputs[2])
    case .compareExact(_, let a, let b):
      return direction(a, inputs, at: node).joined(direction(b, inputs, at: node).flipped) != .mixed
        || (isStraight(a, node, &choices) && isStraight(b, node, &choices))
    case .compareProducts(_, let above, let below, let other):
      let second = above + below
      let sides = [
        (Array(inputs[..<above]), Array(inputs[above..<second])),
        (Array(inputs[second..<second + other]), Array(inputs[(second + other)...])),
      ]
      func joined(_ nodes: [Node]) -> Direction { nodes.reduce(.none) { $0.joined(direction($1)) } }
      let ways = sides.map { joined($0.0).joined(joined($0.1).flipped) }
      return ways[0].joined(ways[1].flipped) != .mixed
        || sides.allSatisfy { isStraight(above: $0.0, below: $0.1, &choices) }
    case .stable, .within, .includes, .includesBetween, .column, .missing, .placeWithin, .pick, .constant32,
      .constant64, .row, .ownText, .placeProvince, .addMonths, .addMonthsDateOrYear, .addDays, .dateDifference,
      .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear, .wholeMonths, .wholeYears, .yearsRunning, .widen,
      .add, .subtract, .multiply, .product, .exact, .whole, .form:
      // Whatever else is asked of a figure is asked of the same one where it moves one way.
      return inputs.allSatisfy { $0.register == .truth || direction($0) != .mixed || isStraight($0, &choices) }
    }
  }
}

extension MeasureRun {
  /// Where the amount of a payment is asked.
  func context(of pay: CheckedPay) -> Lowering.Context {
    guard let set = pay.forEach, !pay.amountInFrame, sets.indices.contains(set) else { return frameContext }
    return memberContext(of: pay, set)
  }
}
