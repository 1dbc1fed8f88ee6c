// Records that follow on one another taken as one (LANGUAGE.md, "Records that follow on"): which records, by what, with what
// between them. Knows nothing of columns.
import Diagnostics
import Facts

/// A list that joins the records of another: the joined record has the facts of its first, and the latest end.
public final class JoinedList: Sendable {
  /// Which records are joined, while a condition on settings holds.
  public struct Choice: Sendable {
    /// Fields that have to be the same, beside the person.
    public let keys: [Field]
    /// Nil: every record.
    public let condition: Typed?
    public let when: Typed?
  }

  /// How much may lie between, while a condition on settings holds.
  public struct Gap: Sendable {
    /// Nil: no whole calendar month.
    public let days: Typed?
    public let when: Typed?
  }

  public let name: String
  public let singular: String
  public let title: Text
  /// The list whose records are joined.
  public let list: String
  public let choices: [Choice]
  public let gaps: [Gap]
  public let location: SourceRange

  init(
    name: String, singular: String, title: Text, list: String, choices: [Choice], gaps: [Gap], location: SourceRange
  ) {
    self.name = name
    self.singular = singular
    self.title = title
    self.list = list
    self.choices = choices
    self.gaps = gaps
    self.location = location
  }

  /// Every expression that it is made of.
  var parts: [Typed] {
    choices.flatMap { [$0.condition, $0.when].compactMap { $0 } } + gaps.flatMap { [$0.days, $0.when].compactMap { $0 } }
  }
}

/// A figure over other records of the same list.
public final class GroupedFigure: Sendable {
  public enum Members: Sendable {
    /// The records with the same person, this one among them.
    case samePerson
    /// The records joined by one list that are parts of a record joined by another.
    case parts(JoinedList, of: JoinedList)
  }

  public let pick: Expression.Pick
  public let members: Members
  public let list: String
  /// Asked of each member.
  public let value: Typed
  public let condition: Typed?

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
