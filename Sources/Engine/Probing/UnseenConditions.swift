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
    case .compare(_, let a, let b): isOfText(a) != isOfText(b) || (!isOfText(a) && [a, b].contains(where: restsOnText))
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

  /// Whether a figure that differs from case to case is made with one of the text: a share of it, a day so many months
  /// on, what a table gives, a value of some day, with something added to it.
  private func restsOnText(_ t: Typed) -> Bool {
    func isEither(_ all: [Typed]) -> Bool { all.contains { isOfText($0) || restsOnText($0) } }
    switch t.operation {
    case .add(let x, let y), .subtract(let x, let y): return isEither([x, y])
    case .multiply(let x, let y), .divide(let x, let y): return isEither([x, y].filter { !isOne($0) })
    case .pick(_, let all): return isEither(all)
    case .ifThen(_, let x, let y): return isEither([x, y])
    case .whole(let x), .rounded(let x), .ofFrame(let x): return restsOnText(x)
    case .call(let definition, _):
      return definition.body.telling != nil ? isFigure(definition.body.type) : restsOnText(definition.body)
    case .form(.onDay, _): return true
    case _: return false
    }
  }

  /// Whether it is the one of a unit, which only makes a number of months a number: `/ 1 month`.
  private func isOne(_ t: Typed) -> Bool { if case .constant(1) = t.operation { true } else { false } }

  /// Whether a figure is the same for everybody.
  private func isOfText(_ t: Typed) -> Bool {
    let isExact = t.type == .fraction || t.type == .partMonths
    guard isFigure(t.type) || isExact, !t.asksSets, !t.asksMember, !t.asksFrame, !t.asksFrameRecord else {
      return false
    }
    return !t.hasPart {
      switch $0.operation {
      case .argument, .field: true
      case _: false
      }
    }
  }
}
