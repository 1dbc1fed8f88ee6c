// What hangs on taxes that were paid: amounts, and conditions. Told from the facts that rules name. Judges nothing.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

extension RuleScreen {
  /// Words by which a fact says that an office has agreed.
  static let approvals = ["认定", "核定", "批准", "审批", "审定", "核准", "同意", "许可"]

  /// What of an expression is taxes that were paid.
  private enum Taxes {
    case none
    /// A list of them.
    case listed
    case fact(Field)
  }

  private static func isTax(_ list: String?) -> Bool {
    list.map { $0.split(separator: "_").contains { $0.hasPrefix("tax") } } ?? false
  }

  private func taxes(in expression: Typed) -> Taxes {
    guard let measure else { return .none }
    var found = Taxes.none
    expression.walk { t in
      let set: Int? =
        if case .sum(_, over: let set) = t.operation { set } else if case .extreme(_, _, over: let set) = t.operation {
          set
        } else { nil }
      if let set, measure.sets.indices.contains(set), RuleScreen.isTax(measure.sets[set].list), case .none = found {
        found = .listed
      }
      let one: Field? =
        if case .selfField(let one) = t.operation { one } else if case .field(_, let one) = t.operation { one } else {
          nil
        }
      if let one, one.type == .money, RuleScreen.says(one, ["tax", "vat", "cit"], ["税"]) { found = .fact(one) }
      return .into
    }
    return found
  }

  /// Amounts that hang on taxes.
  mutating func lookAtAmount(_ pay: CheckedPay) {
    let occurrence = ScreenFinding.Occurrence(location: pay.amount.location, holdsWithout: true)
    switch taxes(in: pay.amount) {
    case .none: break
    case .listed: add(.taxTied, nil, nil, occurrence, isCondition: false)
    case .fact(let field): add(.taxTied, field, nil, occurrence, isCondition: false)
    }
  }

  /// A comparison of which a side is taxes that were paid.
  mutating func lookAtTaxes(_ sides: [Typed], _ t: Typed, _ place: Place) {
    let occurrence = ScreenFinding.Occurrence(
      location: t.location, holdsWithout: !place.isNegated || place.isChoice)
    for side in sides {
      switch taxes(in: side) {
      case .none: continue
      case .listed: add(.taxAsked, nil, nil, occurrence, isCondition: true)
      case .fact(let field): add(.taxAsked, field, nil, occurrence, isCondition: true)
      }
      return
    }
  }
}
