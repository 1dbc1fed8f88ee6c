// Measures, duties and notes as they are written, clause by clause. Which clauses go together is a later question.
import Diagnostics

/// `window from A to B`; nil ends are open. `none` is `no window`.
package struct WindowSyntax: Sendable {
  package let from: Expression?
  package let to: Expression?
  package let isNone: Bool
  package let location: SourceRange

  init(from: Expression?, to: Expression?, isNone: Bool, at location: SourceRange) {
    self.from = from
    self.to = to
    self.isNone = isNone
    self.location = location
  }
}

/// `period of 3 months from A to B`, `period of 3 calendar months from A to B`
package struct PeriodSyntax: Sendable {
  package let months: Int
  /// Whether the first ends with a calendar month, the first one counted.
  package let isCalendar: Bool
  package let from: Expression
  package let to: Expression
}

/// `for each agency, each year from A to B`
package struct FrameSyntax: Sendable {
  package enum Base: Sendable {
    /// The singular of a list: `agency`.
    case each(Name)
    /// `each referrer of hires`: the distinct texts of a field.
    case eachText(field: Name, list: Name)
    /// `for the district`
    case district
  }

  package enum Iteration: Sendable {
    /// `each year`: the years in which units of the measure fall.
    case years(Name)
    /// `each year when CONDITION`: split by year only under a reading.
    case yearsWhen(Name, Expression)
    /// `each complete year`: every calendar year, none left out, that the day of costing completes.
    case completeYears(Name)
    /// `each NAME from A to B`: whole numbers. Named `year` it makes the subject `<id>@<year>`.
    case range(Name, from: Expression, to: Expression)
    /// `each period of 3 months from A to B`: stretches of so many months, one after another.
    case periods(Name, PeriodSyntax)
    /// `each NAME in FIELD`: the members of a set of references.
    case members(Name, of: Expression)
  }

  package let base: Base
  package let iterations: [Iteration]
  package let location: SourceRange

  init(base: Base, iterations: [Iteration], at location: SourceRange) {
    self.base = base
    self.iterations = iterations
    self.location = location
  }
}

/// `count NAME = hires of agency where ... on ...`
package struct SetSyntax: Sendable {
  package enum Source: Sendable {
    /// `hires of agency` (link: the frame's name), `hires` (no link), `hires by field`.
    case list(Name, of: Name?, by: Name?)
    /// Another set of the measure, narrowed.
    case set(Name)
    /// `hires with same person before it`: by equal keys, whatever they refer to.
    case keyed(InlineSetSyntax)
    /// `first n of set`
    case first(Expression, of: Name)
  }

  package enum Persons: Sendable {
    /// By the reading `count`.
    case byReading
    /// `every record`
    case every
    /// `once per person`
    case once
    /// `once per person in all`: of everything that the measure counts, not of each frame's
    case onceInAll
  }

  package let name: Name
  package let source: Source
  /// `all hires of agency`: whenever they began, in frames of every year.
  let isAll: Bool
  /// `in any year`: in frames of every year.
  let inAnyYear: Bool
  package let conditions: [Expression]
  /// `on DATE`: the date on which a member counts.
  package let on: Expression?
  /// `begins DATE`, instead of the list's own.
  package let begins: Expression?
  /// `in year EXPR`: the year in which a member is placed, instead of by the reading `year_of`.
  package let inYear: Expression?
  /// `at any time`: members are not tested against the window.
  package let atAnyTime: Bool
  package let persons: Persons
  /// `once per person in all when CONDITION`: a condition on settings; where it fails, `count` decides.
  package let personsWhen: Expression?
  package let location: SourceRange

  /// Whether its members are found by equal keys.
  var isKeyed: Bool { if case .keyed = source { true } else { false } }

  init(
    name: Name, source: Source, isAll: Bool = false, inAnyYear: Bool = false, conditions: [Expression], on: Expression?,
    begins: Expression?,
    inYear: Expression?, atAnyTime: Bool, persons: Persons, personsWhen: Expression? = nil, at location: SourceRange
  ) {
    self.name = name
    self.source = source
    self.isAll = isAll
    self.inAnyYear = inAnyYear
    self.conditions = conditions
    self.on = on
    self.begins = begins
    self.inYear = inYear
    self.atAnyTime = atAnyTime
    self.persons = persons
    self.personsWhen = personsWhen
    self.location = location
  }
}

/// `pay WHO [at most] AMOUNT [or at least LOW] [for each SET] [on DATE] [when CONDITION]`
package struct PaySyntax: Sendable {
  package let who: Expression
  package let amount: Expression
  package let isUpperBound: Bool
  package let low: Expression?
  package let forEach: Name?
  package let on: Expression?
  package let when: Expression?
  /// The instalments that the amount is paid in; empty: at once.
  package let parts: [PartSyntax]
  let equalParts: EqualPartsSyntax?
  package let location: SourceRange

  init(
    who: Expression, amount: Expression, isUpperBound: Bool, low: Expression?, forEach: Name?, on: Expression?,
    when: Expression?, parts: [PartSyntax] = [], equalParts: EqualPartsSyntax? = nil, at location: SourceRange
  ) {
    self.parts = parts
    self.equalParts = equalParts
    self.who = who
    self.amount = amount
    self.isUpperBound = isUpperBound
    self.low = low
    self.forEach = forEach
    self.on = on
    self.when = when
    self.location = location
  }
}

/// `grant "title" to WHO [when CONDITION]`: of several, the first whose condition holds.
package struct GrantSyntax: Sendable {
  package let title: Wording
  package let who: Expression
  package let when: Expression?
  package let location: SourceRange

  init(title: Wording, who: Expression, when: Expression?, at location: SourceRange) {
    self.title = title
    self.who = who
    self.when = when
    self.location = location
  }
}

/// One clause of a measure or duty.
package enum ClauseSyntax: Sendable {
  case title(Wording)
  case article(Name)
  case kind(Name)
  case parameter(ParameterSyntax)
  case reading(ReadingSyntax)
  case window(WindowSyntax)
  /// `assume "..."`: what the text leaves open and the encoding decides.
  case assume(Wording)
  /// Prose of a note.
  case text(Wording)
  case frame(FrameSyntax)
  case condition(Expression)
  case begins(Expression)
  case letting(Name, Expression)
  case set(SetSyntax)
  case require(Expression)
  /// `every record`
  case persons(SetSyntax.Persons, SourceRange)
  /// `once per EXPR, ...`; `in any 24 months` (within): unless one with the same keys that is paid lies less than that
  /// before.
  case oncePer([Expression], within: Expression?, SourceRange)
  /// `only the first N for each KEY, ... by EXPR`
  /// `only the first N in succession [when C] for each …`: those less than N beyond the first.
  case onlyFirst(
    Expression, inSuccession: Bool, when: Expression?, keys: [Expression], by: Expression, SourceRange)
  /// `only the highest for each KEY, ... preferring CONDITION [when CONDITION]`
  case onlyHighest(keys: [Expression], preferring: Expression?, when: Expression?, SourceRange)
  /// `yields to MEASURE`: of both, a beneficiary gets the higher total; on a tie, or unpriced, the other.
  /// `unless unpriced`: then both stand. `when`: a condition on settings.
  case yields(Name, unlessUnpriced: Bool, when: Expression?)
  /// `default clock is insured_months "why"`: the measure's own default of a global reading.
  case ownDefault(Name, Name, Wording?, SourceRange)
  case pay(PaySyntax)
  case grant(GrantSyntax)
  /// `quota N for each KEY, ...`; no keys: `quota N in all`
  case quota(Expression, keys: [Expression], SourceRange)
  case ordered([Expression], SourceRange)
  case cap(CapSyntax)
  /// `fund employment_subsidy 60%, district rest`: where the money comes from.
  case fund(FundSyntax)
  /// `recover all on end when …`: what is taken back of what was paid.
  case recover(RecoverSyntax)
  /// `error "..." when CONDITION`
  case error(Wording, when: Expression, SourceRange)
  /// `expect CONDITION "wording"`: what a duty asks for.
  case expect(Expression, Wording?, SourceRange)
}

/// `measure NAME`, `duty NAME` or `note NAME` and its clauses.
package struct MeasureSyntax: Sendable {
  package enum Form: String, Sendable {
    case measure
    case duty
    case note
  }

  package let form: Form
  package let name: Name
  package let clauses: [ClauseSyntax]
  /// The first line of each clause.
  var clauseLines: [Int] = []
  /// The declaration's text, for `show`.
  package let source: String
  package let location: SourceRange

  init(form: Form, name: Name, clauses: [ClauseSyntax], source: String, at location: SourceRange) {
    self.form = form
    self.name = name
    self.clauses = clauses
    self.source = source
    self.location = location
  }
}
