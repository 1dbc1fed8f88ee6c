// The syntax tree of policy documents: what the parser found, before any meaning is checked. Every node knows its
// place in the text. Knows nothing of types, columns or files.
import Diagnostics

/// A name as written, with its place.
public struct Name: Sendable {
  public let text: String
  public let location: SourceRange

  public init(_ text: String, at location: SourceRange) {
    self.text = text
    self.location = location
  }
}

/// An expression of the rule language.
public struct Expression: Sendable {
  public let node: Node
  public let location: SourceRange

  public init(_ node: Node, at location: SourceRange) {
    self.node = node
    self.location = location
  }

  public enum Comparison: String, Sendable {
    case equal = "="
    case notEqual = "is not"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  public enum Pick: String, Sendable {
    case later, earlier, larger, smaller
  }

  public indirect enum Node: Sendable {
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
    /// `condition except exception governed by "document" [when condition]`
    case except(Expression, Expression, governedBy: String, when: Expression?)
    case add(Expression, Expression)
    case subtract(Expression, Expression)
    /// `a * b`, and `share of amount`
    case multiply(Expression, Expression)
    case divide(Expression, Expression)
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
    case nothing
    /// What could not be parsed; a diagnostic has told why.
    case broken
  }
}

/// A bilingual text as written: `"English" zh "中文"`. Where one is missing the other stands for both.
public typealias Wording = Text

public struct ParameterSyntax: Sendable {
  public let name: Name
  public let value: Expression
  public let atLeast: Expression?
  public let atMost: Expression?
  public let meaning: Wording?

  public init(name: Name, value: Expression, atLeast: Expression?, atMost: Expression?, meaning: Wording?) {
    self.name = name
    self.value = value
    self.atLeast = atLeast
    self.atMost = atMost
    self.meaning = meaning
  }
}

public struct ReadingSyntax: Sendable {
  public struct Choice: Sendable {
    public let name: Name
    public let meaning: Wording?
    public let isDefault: Bool

    public init(name: Name, meaning: Wording?, isDefault: Bool) {
      self.name = name
      self.meaning = meaning
      self.isDefault = isDefault
    }
  }

  public let name: Name
  public let question: Wording
  public let choices: [Choice]

  public init(name: Name, question: Wording, choices: [Choice]) {
    self.name = name
    self.question = question
    self.choices = choices
  }
}

/// `value NAME UNIT "what it is" from "the document that sets it"`: a by-reference value.
public struct ValueSyntax: Sendable {
  public let name: Name
  /// As written: `yuan`, `yuan per month`, `%`, `persons`, `months`.
  public let unit: Name
  public let meaning: Wording?
  public let source: Wording?

  public init(name: Name, unit: Name, meaning: Wording?, source: Wording?) {
    self.name = name
    self.unit = unit
    self.meaning = meaning
    self.source = source
  }
}

public struct DefinitionSyntax: Sendable {
  public let name: Name
  /// Parameter names with their types as written: the singular of a list, or `place`, `date`, `number`, `months`, `money`.
  public let parameters: [(name: Name, type: Name)]
  public let body: Expression

  public init(name: Name, parameters: [(name: Name, type: Name)], body: Expression) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}

/// `window from A to B`; nil ends are open. `none` is `no window`.
public struct WindowSyntax: Sendable {
  public let from: Expression?
  public let to: Expression?
  public let isNone: Bool
  public let location: SourceRange

  public init(from: Expression?, to: Expression?, isNone: Bool, at location: SourceRange) {
    self.from = from
    self.to = to
    self.isNone = isNone
    self.location = location
  }
}

/// `for each agency, each year from A to B`
public struct FrameSyntax: Sendable {
  public enum Base: Sendable {
    /// The singular of a list: `agency`.
    case each(Name)
    /// `each referrer of hires`: the distinct texts of a field.
    case eachText(field: Name, list: Name)
    /// `for the district`
    case district
  }

  public enum Iteration: Sendable {
    /// `each year`: the years in which units of the measure fall.
    case years(Name)
    /// `each year when CONDITION`: split by year only under a reading.
    case yearsWhen(Name, Expression)
    /// `each complete year`: every calendar year, none left out, that the day of costing completes.
    case completeYears(Name)
    /// `each NAME from A to B`: whole numbers. Named `year` it makes the subject `<id>@<year>`.
    case range(Name, from: Expression, to: Expression)
    /// `each NAME in FIELD`: the members of a set of references.
    case members(Name, of: Expression)
  }

  public let base: Base
  public let iterations: [Iteration]
  public let location: SourceRange

  public init(base: Base, iterations: [Iteration], at location: SourceRange) {
    self.base = base
    self.iterations = iterations
    self.location = location
  }
}

/// `count NAME = hires of agency where ... on ...`
public struct SetSyntax: Sendable {
  public enum Source: Sendable {
    /// `hires of agency` (link: the frame's name), `hires` (no link), `hires by field`.
    case list(Name, of: Name?, by: Name?)
    /// Another set of the measure, narrowed.
    case set(Name)
    /// `first n of set`
    case first(Expression, of: Name)
  }

  public enum Persons: Sendable {
    /// By the reading `count`.
    case byReading
    /// `every record`
    case every
    /// `once per person`
    case once
    /// `once per person in all`: of everything that the measure counts, not of each frame's
    case onceInAll
  }

  public let name: Name
  public let source: Source
  public let conditions: [Expression]
  /// `on DATE`: the date on which a member counts.
  public let on: Expression?
  /// `begins DATE`, instead of the list's own.
  public let begins: Expression?
  /// `in year EXPR`: the year in which a member is placed, instead of by the reading `year_of`.
  public let inYear: Expression?
  /// `at any time`: members are not tested against the window.
  public let atAnyTime: Bool
  public let persons: Persons
  /// `once per person in all when CONDITION`: a condition on settings; where it fails, `count` decides.
  public let personsWhen: Expression?
  public let location: SourceRange

  public init(
    name: Name, source: Source, conditions: [Expression], on: Expression?, begins: Expression?, inYear: Expression?,
    atAnyTime: Bool, persons: Persons, personsWhen: Expression? = nil, at location: SourceRange
  ) {
    self.name = name
    self.source = source
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
public struct PaySyntax: Sendable {
  public let who: Expression
  public let amount: Expression
  public let isUpperBound: Bool
  public let low: Expression?
  public let forEach: Name?
  public let on: Expression?
  public let when: Expression?
  public let location: SourceRange

  public init(
    who: Expression, amount: Expression, isUpperBound: Bool, low: Expression?, forEach: Name?, on: Expression?,
    when: Expression?, at location: SourceRange
  ) {
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
public struct GrantSyntax: Sendable {
  public let title: Wording
  public let who: Expression
  public let when: Expression?
  public let location: SourceRange

  public init(title: Wording, who: Expression, when: Expression?, at location: SourceRange) {
    self.title = title
    self.who = who
    self.when = when
    self.location = location
  }
}

/// One clause of a measure or duty.
public enum ClauseSyntax: Sendable {
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
  /// `once per person`, `every record` (persons), or `once per EXPR, ...` (keys).
  case persons(SetSyntax.Persons, SourceRange)
  case oncePer([Expression], SourceRange)
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
  /// `error "..." when CONDITION`
  case error(Wording, when: Expression, SourceRange)
  /// `expect CONDITION "wording"`: what a duty asks for.
  case expect(Expression, Wording?, SourceRange)
}

public struct MeasureSyntax: Sendable {
  public enum Form: String, Sendable {
    case measure
    case duty
    case note
  }

  public let form: Form
  public let name: Name
  public let clauses: [ClauseSyntax]
  /// The declaration's text, for `show`.
  public let source: String
  public let location: SourceRange

  public init(form: Form, name: Name, clauses: [ClauseSyntax], source: String, at location: SourceRange) {
    self.form = form
    self.name = name
    self.clauses = clauses
    self.source = source
    self.location = location
  }
}

/// `document ID` and its clauses.
public struct HeaderSyntax: Sendable {
  public let name: Name
  public let title: Wording?
  /// The document's official number.
  public let number: String?
  public let jurisdiction: Name?
  public let issued: Name?
  public let window: WindowSyntax?
  /// Every other `key "text"` clause (funded, interpreted, higher), for `show`.
  public let remarks: [(key: Name, text: Wording)]

  public init(
    name: Name, title: Wording?, number: String?, jurisdiction: Name?, issued: Name?, window: WindowSyntax?,
    remarks: [(key: Name, text: Wording)]
  ) {
    self.name = name
    self.title = title
    self.number = number
    self.jurisdiction = jurisdiction
    self.issued = issued
    self.window = window
    self.remarks = remarks
  }
}

/// `list hires, each a hire` and its clauses.
public struct ListSyntax: Sendable {
  public struct FieldSyntax: Sendable {
    public let name: Name
    /// As written: `text`, `bool`, `number`, `money`, `date`, `date or month`, `date or year`, `place`, `one of (a, b)`,
    /// `reference to LIST`, `set of ...`.
    public let type: TypeSyntax
    /// `required`, `absent means none`, `absent means empty`, `default VALUE`; nil: absent is unknown.
    public let absence: AbsenceSyntax?
    public let labels: [String]
    public let meaning: Wording?

    public init(name: Name, type: TypeSyntax, absence: AbsenceSyntax?, labels: [String], meaning: Wording?) {
      self.name = name
      self.type = type
      self.absence = absence
      self.labels = labels
      self.meaning = meaning
    }
  }

  public indirect enum TypeSyntax: Sendable {
    case plain(String)
    /// Choices, and the other words that files may use for each.
    case choice([Name], labels: [[String]])
    case reference(Name)
    case set(TypeSyntax)
  }

  public enum AbsenceSyntax: Sendable {
    case required
    case none
    case empty
    case value(Name)
  }

  public let name: Name
  public let singular: Name
  public let title: Wording?
  public let person: Name?
  /// `person NUMBER or NAME`: the field of the identity number that goes before the name.
  public let personID: Name?
  public let begins: Name?
  public let ends: Name?
  public let fields: [FieldSyntax]
  /// What the list joins; empty for a list of facts.
  public let joins: [JoinsSyntax]
  public let gaps: [GapSyntax]

  public init(
    name: Name, singular: Name, title: Wording?, person: Name?, personID: Name? = nil, begins: Name?, ends: Name?,
    fields: [FieldSyntax], joins: [JoinsSyntax] = [], gaps: [GapSyntax] = []
  ) {
    self.name = name
    self.singular = singular
    self.title = title
    self.person = person
    self.personID = personID
    self.begins = begins
    self.ends = ends
    self.fields = fields
    self.joins = joins
    self.gaps = gaps
  }
}

/// `example "..."` and its clauses: a test inside a document.
public struct ExampleSyntax: Sendable {
  /// `given [N] LIST [ID, ...]: FIELD VALUE, ...`
  public struct Given: Sendable {
    public let list: Name
    public let count: Int
    public let ids: [Name]
    /// Values as written, up to the comma; quotes removed.
    public let fields: [(name: Name, value: Name)]

    public init(list: Name, count: Int, ids: [Name], fields: [(name: Name, value: Name)]) {
      self.list = list
      self.count = count
      self.ids = ids
      self.fields = fields
    }
  }

  public struct Expectation: Sendable {
    public enum Quantity: String, Sendable {
      case total, due, pending, displaced, overQuota = "over quota", payments, unpriced, undetermined, elsewhere,
        grants, met, notMet = "not met", unknown, notApplicable = "not applicable"
    }

    public let measure: Name
    public let quantity: Quantity
    /// Nil for `met`, `not met`, `unknown` and `not applicable`.
    public let amount: Expression?
    public let location: SourceRange

    public init(measure: Name, quantity: Quantity, amount: Expression?, at location: SourceRange) {
      self.measure = measure
      self.quantity = quantity
      self.amount = amount
      self.location = location
    }
  }

  public let title: Wording
  public let district: Name?
  public let asOf: Name?
  /// `as adopted`; nil: as enacted.
  public let adopted: Bool
  /// `with NAME = VALUE, ...`: the value as written.
  public let settings: [(name: Name, value: Name)]
  public let givens: [Given]
  public let expectations: [Expectation]
  public let location: SourceRange

  public init(
    title: Wording, district: Name?, asOf: Name?, adopted: Bool, settings: [(name: Name, value: Name)],
    givens: [Given], expectations: [Expectation], at location: SourceRange
  ) {
    self.title = title
    self.district = district
    self.asOf = asOf
    self.adopted = adopted
    self.settings = settings
    self.givens = givens
    self.expectations = expectations
    self.location = location
  }
}

/// A heading of the Markdown around the rules, and the prose that follows it up to the next heading or fence.
public struct ProseSyntax: Sendable {
  /// 1 to 6 for a heading; 0 for prose.
  public let level: Int
  public let text: String
  public let line: Int

  public init(level: Int, text: String, line: Int) {
    self.level = level
    self.text = text
    self.line = line
  }
}

/// One policy document, or the rules of a fence of a notebook.
public struct DocumentSyntax: Sendable {
  public var header: HeaderSyntax?
  public var lists: [ListSyntax] = []
  public var values: [ValueSyntax] = []
  public var readings: [ReadingSyntax] = []
  public var parameters: [ParameterSyntax] = []
  public var definitions: [DefinitionSyntax] = []
  public var measures: [MeasureSyntax] = []
  public var examples: [ExampleSyntax] = []
  public var prose: [ProseSyntax] = []
  public let source: SourceFile

  public init(source: SourceFile) { self.source = source }
}
