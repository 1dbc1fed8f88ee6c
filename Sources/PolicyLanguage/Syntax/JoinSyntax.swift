// Lists that join records, and sets that stand inside an expression, as written. Knows nothing of what they mean.
import Diagnostics

/// `joins hires with same person, enterprise where CONDITION [when CONDITION]`: whose records are joined, and which.
package struct JoinsSyntax: Sendable {
  package let list: Name
  /// `person`, and fields that must be the same as well.
  package let keys: [Name]
  package let condition: Expression?
  /// Nil: always. Of several `joins` the first that holds is meant.
  package let when: Expression?
  package let location: SourceRange

  package init(list: Name, keys: [Name], condition: Expression?, when: Expression?, at location: SourceRange) {
    self.list = list
    self.keys = keys
    self.condition = condition
    self.when = when
    self.location = location
  }
}

/// `gap at most 0 days [when CONDITION]` or `gap no calendar month [when CONDITION]`.
package struct GapSyntax: Sendable {
  /// Nil: no calendar month may lie between.
  package let days: Expression?
  package let when: Expression?
  package let location: SourceRange

  package init(days: Expression?, when: Expression?, at location: SourceRange) {
    self.days = days
    self.when = when
    self.location = location
  }
}

/// `(hires with same person where …)` or `(stays of spell where …)`: a set inside an expression; without brackets the
/// source of a set that has a name.
package struct InlineSetSyntax: Sendable {
  /// A list, a set, or `candidates`.
  package let list: Name
  /// `of NAME`: those that refer to the frame, or the parts of a joined record.
  package let of: Name?
  /// `by FIELD of NAME`: by which field they refer to it.
  package let by: Name?
  /// `all hires of enterprise`: whenever they began, in frames of every year.
  package let isAll: Bool
  /// `with same person …`; nil: joined by `of`, or not at all.
  package let keys: KeysSyntax?
  package let conditions: [Expression]
  /// `every record`: not once per person.
  package let isEvery: Bool
  package let location: SourceRange

  package init(
    list: Name, of: Name?, by: Name? = nil, isAll: Bool = false, keys: KeysSyntax? = nil, conditions: [Expression],
    isEvery: Bool = false, at location: SourceRange
  ) {
    self.list = list
    self.of = of
    self.by = by
    self.isAll = isAll
    self.keys = keys
    self.conditions = conditions
    self.isEvery = isEvery
    self.location = location
  }

  /// Those with the person of the record that is looked at, and nothing else.
  var isSamePerson: Bool {
    guard of == nil else { return false }
    guard let keys else { return true }
    guard !keys.isOther, keys.order == nil, keys.matches.count == 1, case .same(let names, nil) = keys.matches[0] else {
      return false
    }
    return names.count == 1 && names[0].text == "person"
  }
}
