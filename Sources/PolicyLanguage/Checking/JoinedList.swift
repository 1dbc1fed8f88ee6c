// Records that follow on one another taken as one (docs/REFERENCE.md, "Joined lists"): which records, by what,
// with what between them. Knows nothing of columns.
import Diagnostics
import Facts

/// A list that joins the records of another: the joined record has the facts of its first, and the latest end.
package final class JoinedList: Sendable {
  /// Which records are joined, while a condition on settings holds.
  package struct Choice: Sendable {
    /// Fields that have to be the same, beside the person.
    package let keys: [Field]
    /// Nil: every record.
    package let condition: Typed?
    package let when: Typed?
  }

  /// How much may lie between, while a condition on settings holds.
  package struct Gap: Sendable {
    /// Days or months; nil: no whole calendar month.
    package let days: Typed?
    package let when: Typed?
  }

  package let name: String
  package let singular: String
  package let title: Text
  /// The Chinese names of the list and of one of its records.
  package let chinese: (name: String?, singular: String?)
  /// The list whose records are joined.
  package let list: String
  package let choices: [Choice]
  package let gaps: [Gap]
  package let location: SourceRange

  init(
    name: String, singular: String, title: Text, chinese: (name: String?, singular: String?) = (nil, nil), list: String,
    choices: [Choice], gaps: [Gap], location: SourceRange
  ) {
    self.name = name
    self.singular = singular
    self.title = title
    self.chinese = chinese
    self.list = list
    self.choices = choices
    self.gaps = gaps
    self.location = location
  }

  /// What leads from a record to the joined one that it is a part of. No fact is called so, since names have no spaces.
  package var part: Field {
    Field(
      name: "part of " + name, type: .reference(list), absence: .none, labels: [], meaning: title,
      chinese: chinese.singular)
  }

  /// Every expression that it is made of.
  var parts: [Typed] {
    choices.flatMap { [$0.condition, $0.when].compactMap { $0 } }
      + gaps.flatMap { [$0.days, $0.when].compactMap { $0 } }
  }
}

/// A figure over other records of the same list.
package final class GroupedFigure: Sendable {
  package enum Members: Sendable {
    /// The records with the same person, this one among them.
    case samePerson
    /// The records joined by one list that are parts of a record joined by another.
    case parts(JoinedList, of: JoinedList)
  }

  package let pick: Expression.Pick
  package let members: Members
  package let list: String
  /// Asked of each member.
  package let value: Typed
  package let condition: Typed?

  init(pick: Expression.Pick, members: Members, list: String, value: Typed, condition: Typed?) {
    self.pick = pick
    self.members = members
    self.list = list
    self.value = value
    self.condition = condition
  }

  var parts: [Typed] {
    var all = [value] + [condition].compactMap { $0 }
    if case .parts(let inner, let outer) = members { all += inner.parts + outer.parts }
    return all
  }
}
