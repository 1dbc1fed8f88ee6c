// Expressions of the rule language as they are written, before names and types are looked at. Every node knows its
// place in the text.
import Diagnostics

/// A name as written, with its place.
package struct Name: Sendable {
  package let text: String
  /// Where the name is declared: its Chinese name, `zh 首次标准`.
  package let zh: String?
  package let location: SourceRange

  init(_ text: String, at location: SourceRange, zh: String? = nil) {
    self.text = text
    self.location = location
    self.zh = zh
  }
}

/// An expression of the rule language.
package struct Expression: Sendable {
  package let node: Node
  package let location: SourceRange

  init(_ node: Node, at location: SourceRange) {
    self.node = node
    self.location = location
  }

  /// A sign between two values, or the words that stand for it.
  package enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "is not"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Which of several is taken.
  package enum Pick: String, Sendable {
    case later, earlier, larger, smaller
  }

  /// The forms that an expression takes.
  package indirect enum Node: Sendable {
    /// A number with the unit word that follows it, if any: `100 persons`, `300 yuan per month`, `50%` (unit "%").
    /// `digits` is the number's text without separators; 万 and 亿 are already multiplied out.
    case number(digits: String, unit: String?)
    case date(String)
    case string(String)
    /// A bare name: a field, parameter, reading, value, choice, variable, constant, or a definition without arguments.
    case name(String)
    /// `record.field`
    case member(Expression, Name)
    /// `definition(argument, ...)`
    case call(Name, [Expression])
    case not(Expression)
    case and([Expression])
    case or([Expression])
    case compare(Comparison, Expression, Expression)
    /// `x from a to b`: both ends included; unknown when any of the three is.
    case between(Expression, Expression, Expression)
    /// `x is given`, `x is not given`
    case given(Expression, negated: Bool)
    /// `x within p`, `x within any of (p, q)`
    case within(Expression, [Expression])
    /// `x is any of (a, b)`
    case isAny(Expression, [Expression])
    /// `set includes x`, `set includes any of (x, y)`
    case includes(Expression, [Expression])
    /// `set includes any from a to b`
    case includesBetween(Expression, Expression, Expression)
    /// `stable for n`, `stable for n from a to b`
    case stable(months: Expression, from: Expression?, to: Expression?)
    /// `present on d`, `hire present on d`: the record has begun by that day and has not ended before it
    case present(Expression?, on: Expression)
    /// `condition except exception governed by "document" [when condition]`
    case except(Expression, Expression, governedBy: String, when: Expression?)
    case add(Expression, Expression)
    case subtract(Expression, Expression)
    /// `a * b`
    case multiply(Expression, Expression)
    /// `share of amount`
    case portion(Expression, of: Expression)
    case divide(Expression, Expression)
    /// `reward through n`: each step of a table at its own rate
    case through(Name, Expression)
    /// `round x to 1 yuan`, `round x down to 10 yuan`: the text's own rounding
    case round(Expression, Expression.Rounding, to: Expression)
    /// `whole (a / b)`: rounded down
    case whole(Expression)
    case ifThen(Expression, then: Expression, otherwise: Expression)
    /// `later of (a, b, ...)` and its kin; what is not there is left out
    case pick(Pick, [Expression])
    case yearOf(Expression)
    /// `31 December of year`
    case dayOfYear(day: Int, month: Int, year: Expression)
    case wholeMonths(from: Expression, to: Expression)
    case wholeYears(from: Expression, to: Expression)
    /// `completion of n [from date]`: the accrual date of n months by the clock
    case completion(Expression, from: Expression?)
    /// `years running in set from year`: how many years in a row, the first being `year`, stand in the set
    case yearsRunning(Expression, from: Expression)
    /// `province of place`
    case provinceOf(Expression)
    /// `count of set`
    case count(Name)
    /// `sum of expression over set`
    case sum(Expression, over: Name)
    /// `smallest of expression over set` and its kin: `largest`, `earliest`, `latest`
    case extreme(Pick, Expression, over: Name)
    /// The same over a set that stands in brackets: `earliest of start over (hires with same person where …)`
    case extremeOf(Pick, Expression, over: InlineSetSyntax)
    /// `date of number n in set`: when the nth of the set counts, in the order of date, then id
    case dateOfNumber(Expression, in: Name)
    /// `first day with n of set at once`: the first day on which n persons of the set are employed
    case firstDayAtOnce(Expression, of: Name)
    /// Days, months, first and last days, growth, levels of places, with their operands.
    case form(FormSyntax, [Expression])
    case nothing
    /// What could not be parsed; a diagnostic has told why.
    case broken
  }
}
