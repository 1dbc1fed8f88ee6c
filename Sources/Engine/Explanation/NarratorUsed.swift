// What of a measure's rule was used at all in a run: an alternative that the mode or a reading closes for everybody is
// not, nor are the figures that stand in it alone. Knows nothing of what it is told for.
import PolicyLanguage

extension Narrator {
  /// Goes through the expressions of the measure that the run's mode and readings leave open, each once.
  /// - Parameters:
  ///   - visit: is handed each of them.
  ///   - decided: is handed what decides about those that are left out.
  func walkUsed(_ visit: (Typed) -> Void, decided: (Typed) -> Void) {
    var seen: Set<ObjectIdentifier> = []
    var known: [ObjectIdentifier: Bool?] = [:]
    var open = measure.expressions
    while let one = open.popLast() {
      one.walk { t in
        guard seen.insert(ObjectIdentifier(t)).inserted else { return .past }
        if case .ifThen(let test, let first, let other) = t.operation, let holds = settled(test, &known) {
          decided(test)
          open.append(holds ? first : other)
          return .past
        }
        if t.type == .truth, settled(t, &known) != nil {
          decided(t)
          return .past
        }
        visit(t)
        return .into
      }
    }
  }

  /// Whether a condition holds or fails for everybody by the mode and the readings alone; nil: it hangs on more.
  private func settled(_ t: Typed, _ known: inout [ObjectIdentifier: Bool?]) -> Bool? {
    if let found = known[ObjectIdentifier(t)] { return found }
    let made: Bool?
    if case .adopted = t.operation {
      made = !run.lowering.isEnacted
    } else if case .readingIs = t.operation {
      if case .constantTruth(let v) = run.lowering.lower(t, run.frameContext, .truth).op {
        made = Truth.holds(v)
      } else {
        made = nil
      }
    } else if case .not(let part) = t.operation {
      made = settled(part, &known).map { !$0 }
    } else if case .call(let definition, _) = t.operation, t.type == .truth {
      made = settled(definition.body, &known)
    } else if case .and(let parts) = t.operation {
      let all = parts.map { settled($0, &known) }
      made = all.contains(false) ? false : all.allSatisfy { $0 == true } ? true : nil
    } else if case .or(let parts) = t.operation {
      let all = parts.map { settled($0, &known) }
      made = all.contains(true) ? true : all.allSatisfy { $0 == false } ? false : nil
    } else {
      made = nil
    }
    known[ObjectIdentifier(t)] = .some(made)
    return made
  }
}
