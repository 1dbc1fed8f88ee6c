// What is taken back of what a measure has paid, checked. Free of columns, settings and figures of a scenario.
import Diagnostics
import Facts

/// `recover …`: what is taken back, from whom, when and under which condition.
///
/// Everything is asked of a member together with its frame: of the members of the set, or of the frame's own record.
package struct CheckedRecovery: Sendable {
  /// Money, in which the definition's argument 0 is what has been paid; nil: all of that.
  package let amount: Typed?
  /// Nil: whoever was paid.
  package let who: Typed?
  package let on: Typed
  package let when: Typed?
  /// The set whose members it is asked of; nil: the frame's record.
  package let forEach: Int?
  /// Whether it is asked once for a record, whose frames are all looked at together.
  package let isOncePerRecord: Bool
  package let location: SourceRange

  package var expressions: [Typed] { [on] + [amount, who, when].compactMap { $0 } }

  /// Whether the amount is what was paid times a share, or over a number, that has nothing to do with it.
  package var isShareOfPaid: Bool {
    guard let amount else { return true }
    return CheckedRecovery.isShare(amount)
  }

  private static func isShare(_ t: Typed) -> Bool {
    if case .argument = t.operation { return true }
    if case .multiply(let a, let b) = t.operation {
      return (isShare(a) && !namesPaid(b)) || (isShare(b) && !namesPaid(a))
    }
    if case .divide(let a, let b) = t.operation { return isShare(a) && !namesPaid(b) }
    return false
  }

  /// Whether an expression speaks of what was paid.
  package static func namesPaid(_ t: Typed) -> Bool {
    var isFound = false
    t.walk { part in
      // The arguments of a definition are its own; what it is called with is looked at.
      if case .call(_, let arguments) = part.operation {
        isFound = isFound || arguments.contains(where: namesPaid)
        return isFound ? .stop : .past
      }
      if case .argument = part.operation { isFound = true }
      return isFound ? .stop : .into
    }
    return isFound
  }
}
