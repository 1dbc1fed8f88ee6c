// Conditions on a figure that is there only where a test holds, told by the test itself: whether the figure is there,
// and whether it is the value that it was taken from. Nothing has to be worked out for each record then but the test.
import Facts

extension Graph {
  /// A condition that comes to the same in every case and asks for less; nil where there is none.
  func simpler(_ op: Op, _ inputs: [Node]) -> Node? {
    if op == .given, let choice = inputs[0].valueOrNone, choice.test.hasOneReading {
      // Where the test is unknown, so is the figure, and what is unknown is not given.
      var parts = [choice.test, known(choice.test)]
      if choice.value.mayBeAbsent { parts.append(given(choice.value)) }
      return and(parts)
    }
    if op == .compare(.equal) {
      for (a, b) in [(inputs[0], inputs[1]), (inputs[1], inputs[0])] where !a.mayBeAbsent {
        if let choice = b.valueOrNone, choice.value === a, choice.test.hasOneReading { return choice.test }
      }
    }
    return nil
  }

  private func known(_ test: Node) -> Node {
    if case .constantTruth(let t) = test.op { return truth(t == Truth.unknown ? Truth.no : Truth.yes) }
    return given(test)
  }

  private func given(_ node: Node) -> Node {
    apply(.given, [node], register: .truth, mayBeAbsent: false, liftsAbsence: false)
  }
}

extension Node {
  /// The test and the value of a choice that is none where the test does not hold.
  fileprivate var valueOrNone: (test: Node, value: Node)? {
    guard op == .ifThen, [.constant32(Absent.none32), .constant64(Absent.none64)].contains(inputs[2].op) else {
      return nil
    }
    return (inputs[0], inputs[1])
  }

  /// Whether a condition is the same as if nothing were governed by another document: nothing in it is excepted.
  fileprivate var hasOneReading: Bool {
    var seen: Set<ObjectIdentifier> = []
    func visit(_ node: Node) -> Bool {
      guard seen.insert(ObjectIdentifier(node)).inserted else { return true }
      if node.isOfTwoReadings { return false }
      if case .gather(let inner) = node.op, !visit(inner) { return false }
      return node.inputs.allSatisfy(visit)
    }
    return visit(self)
  }

  /// Whether it may say something else where nothing is governed elsewhere, or stands for what may.
  private var isOfTwoReadings: Bool {
    switch op {
    case .except, .frameColumn, .pairColumn, .whole: true
    case .constant32, .constant64, .constantTruth, .missing, .column, .row, .spread, .ownText, .placeWithin,
      .placeProvince, .gather, .and, .or, .not, .given, .compare, .compareDateOrYear, .compareProducts, .between,
      .betweenDateOrYear, .within, .stable, .includes, .includesBetween, .ifThen, .pick, .addMonths,
      .addMonthsDateOrYear, .addDays, .dateDifference, .completes, .stableFrom, .yearOf, .yearOfDateOrYear, .dayOfYear,
      .wholeMonths, .wholeYears, .yearsRunning, .widen, .add, .subtract, .multiply, .product, .exact, .compareExact,
      .form:
      false
    }
  }
}
