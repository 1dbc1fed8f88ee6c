// Checked expressions: names are resolved and types fit. What a plan is made from; still free of columns, settings and
// figures of a scenario. What an expression is made of is in `TypedParts`.
import Diagnostics
import Facts
import Reckoning

/// An expression with its type. The record that bare fields belong to is that of the clause it stands in.
package final class Typed: Sendable {
  package let operation: Operation
  package let type: ValueType
  package let location: SourceRange
  /// How many expressions stand inside each other here, definitions included.
  package let height: Int
  /// What its parts alone do not say; nil: they say all.
  package let telling: Telling?
  /// What is asked here or in anything below.
  let asked: Asked

  package init(_ operation: Operation, _ type: ValueType, at location: SourceRange, telling: Telling? = nil) {
    self.operation = operation
    self.type = type
    self.location = location
    self.telling = telling
    let parts = operation.parts
    height = 1 + parts.reduce(0) { max($0, $1.height) }
    asked = parts.reduce(operation.asked) { $0.union($1.asked) }
  }

  /// What an expression does, and with what.
  package enum Operation: Sendable {
    /// A raw figure: fen, parts, months, days, a day number, a count, a choice's index; 0 or 1 for conditions.
    case constant(Int64)
    case textConstant(String)
    /// A place by its id in the registry.
    case placeConstant(Int32)
    case parameter(String)
    case value(String)
    /// Whether a reading stands at a choice.
    case readingIs(reading: String, choice: Int)
    case home
    case asOf
    case windowStart
    case windowEnd
    case adopted
    /// The record of the clause itself: the frame's, or a set's member.
    case selfRecord
    case selfField(Field)
    /// A definition's argument.
    case argument(Int)
    case field(Typed, Field)
    /// The frame's record, seen from a member of a set.
    case frameRecord
    case iteration(Int)
    case call(Definition, [Typed])
    case not(Typed)
    case and([Typed])
    case or([Typed])
    case compare(Expression.Comparison, Typed, Typed)
    case between(Typed, Typed, Typed)
    case given(Typed, negated: Bool)
    case within(Typed, [Typed])
    case isAny(Typed, [Typed])
    case includes(Typed, [Typed])
    case includesBetween(Typed, Typed, Typed)
    /// `from` and `to` nil: the spell of the clause's record.
    case stable(months: Typed, from: Typed, to: Typed)
    case except(Typed, Typed, governedBy: String, when: Typed?)
    case add(Typed, Typed)
    case subtract(Typed, Typed)
    case multiply(Typed, Typed)
    case divide(Typed, Typed)
    case whole(Typed)
    case ifThen(Typed, Typed, Typed)
    case pick(Expression.Pick, [Typed])
    case yearOf(Typed)
    case dayOfYear(day: Int, month: Int, Typed)
    case wholeMonths(Typed, Typed)
    case wholeYears(Typed, Typed)
    case completion(Typed, from: Typed)
    case yearsRunning(Typed, from: Typed)
    case provinceOf(Typed)
    case count(Int)
    case sum(Typed, over: Int)
    case extreme(Expression.Pick, Typed, over: Int)
    case dateOfNumber(Typed, in: Int)
    case firstDayAtOnce(Typed, of: Int)
    /// The latest last day of a record joined of several; of its first.
    case spellEnd(JoinedList)
    /// Whether the record begins a joined one, rather than going on with one or not being joined.
    case spellBegins(JoinedList)
    /// A figure over other records of the same list.
    case grouped(GroupedFigure)
    /// A figure over records with equal keys.
    case sideways(SidewaysFigure)
    /// The member's place in a set, by the day on which it counts.
    case numberIn(Int)
    /// How many different values there are over a set.
    case different(Typed, over: Int)
    /// A figure rounded to the nearest whole of its raw unit, half away from nought.
    case rounded(Typed)
    /// What a table has no row for, by the table's name.
    case notKnown(String)
    /// A figure of the frame, asked of a member of one of its sets.
    case ofFrame(Typed)
    /// Days, months, first and last days, growth, levels of places, figures of a day.
    case form(TypedForm, [Typed])
    case nothing
  }
}

/// A named condition or figure with typed parameters.
package final class Definition: Sendable {
  package let name: String
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  package let parameters: [(name: String, type: ValueType)]
  package let body: Typed
  package let location: SourceRange

  /// What the definition is called, in both languages.
  package var words: Text { Text(name, zh: chinese ?? name) }

  init(
    name: String, chinese: String? = nil, parameters: [(name: String, type: ValueType)], body: Typed,
    location: SourceRange
  ) {
    self.name = name
    self.chinese = chinese
    self.parameters = parameters
    self.body = body
    self.location = location
  }
}
