// Conditions on a figure of the text that nobody has looked at: what is not looked at is named, so that nobody takes it
// for a threshold near which nobody stands.
import Facts
import PolicyLanguage

extension ThresholdFinder {
  /// The measure's conditions on a figure that were not looked at, in the order of its clauses, each once.
  func unseen() -> [UnseenCondition] {
    var found: [UnseenCondition] = []
    measure.expressions.walk { t in
      // Rows and steps of tables are looked at where the table is looked up.
      if t.telling != nil, isTable(t) { return .past }
      if !looked.contains(ObjectIdentifier(t)), isThreshold(t),
        !found.contains(where: { $0.condition.written == t.written })
      {
        found.append(UnseenCondition(measure: measure, condition: t))
      }
      return .into
    }
    return found
  }

  private func isTable(_ t: Typed) -> Bool {
    switch t.telling {
    case .rows?, .steps?: true
    case .terms?, .instalment?, .named?, nil: false
    }
  }

  /// Whether a condition has a bound that is a figure of the text, while what is held against it is not.
  private func isThreshold(_ t: Typed) -> Bool {
    switch t.operation {
    case .compare(.equal, _, _), .compare(.notEqual, _, _): false
    case .compare(_, let a, let b):
      isOfText(a) != isOfText(b)
        || (!isOfText(a) && [a, b].contains { isShareOfCase($0) || isDeadlineOfCase($0) })
    case .between(let x, let low, let high): !isOfText(x) && (isOfText(low) || isOfText(high))
    case .stable(let months, _, _): isOfText(months)
    case .given(let x, _): isDayOfNumber(x)
    case _: false
    }
  }

  /// Whether there is a day only once so many have come, or are there at once, as the text says.
  private func isDayOfNumber(_ t: Typed) -> Bool {
    t.hasPart { part in
      switch part.operation {
      case .dateOfNumber(let n, _), .firstDayAtOnce(let n, _): isOfText(n)
      case _: false
      }
    }
  }

  /// A share of the text of what differs from case to case, or a table's figure.
  private func isShareOfCase(_ t: Typed) -> Bool {
    switch t.operation {
    case .call(let definition, _): definition.body.telling != nil && isFigure(definition.body.type)
    case .multiply(let x, let y): [x, y].contains { $0.type == .share && (isOfText($0) || isShareOfCase($0)) }
    case _: false
    }
  }

  /// A day of the case so many months or days of the text before or after.
  private func isDeadlineOfCase(_ t: Typed) -> Bool {
    guard t.type == .date || t.type == .dateOrYear else { return false }
    switch t.operation {
    case .add(let x, let y), .subtract(let x, let y):
      return [x, y].contains { isOfText($0) || isDeadlineOfCase($0) }
    case _: return false
    }
  }

  /// Whether a figure is the same for everybody.
  private func isOfText(_ t: Typed) -> Bool {
    guard isFigure(t.type), !t.asksSets, !t.asksMember, !t.asksFrame, !t.asksFrameRecord else { return false }
    return !t.hasPart {
      switch $0.operation {
      case .argument, .field: true
      case _: false
      }
    }
  }
}
