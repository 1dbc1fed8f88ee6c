// Checked policy: rules whose names are resolved and whose types fit. What a plan is made from; still free of
// columns, settings and figures of a scenario.
import Diagnostics
import Facts
import Reckoning

/// An expression with its type. The record that bare fields belong to is that of the clause it stands in.
public final class Typed: Sendable {
  public let kind: Kind
  public let type: ValueType
  public let location: SourceRange
  /// How many expressions stand inside each other here, definitions included.
  public let height: Int

  public init(_ kind: Kind, _ type: ValueType, at location: SourceRange) {
    self.kind = kind
    self.type = type
    self.location = location
    height = 1 + (kind.parts.lazy.map(\.height).max() ?? 0)
  }

  public enum Kind: Sendable {
    /// A raw figure: fen, parts, months, days, a day number, a count, a choice's index; 0 or 1 for conditions.
    case constant(Int64)
    /// A place by its id in the registry.
    case textConstant(String)
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
    case nothing
  }
}

/// A named condition or figure with typed parameters.
public final class Definition: Sendable {
  public let name: String
  public let parameters: [(name: String, type: ValueType)]
  public let body: Typed
  public let location: SourceRange

  public init(name: String, parameters: [(name: String, type: ValueType)], body: Typed, location: SourceRange) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.location = location
  }
}

/// A window of time; nil ends are open.
public struct CheckedWindow: Sendable {
  public let from: Typed?
  public let to: Typed?
  public let location: SourceRange
}

public struct CheckedFrame: Sendable {
  public enum Base: Sendable {
    case list(String)
    /// The distinct texts of a text field of a list.
    case texts(field: Field, list: String)
    case district
  }

  public enum Iteration: Sendable {
    /// The years in which units fall; with a condition only where it holds.
    case years(when: Typed?)
    /// Every calendar year from the window's first, or from the first in which units fall, to the last that the day of costing
    /// completes, or, without such a day, the last in which units fall.
    case completeYears
    case range(name: String, from: Typed, to: Typed)
    case members(list: String, of: Field)
  }

  public let base: Base
  public let iterations: [(name: String, iteration: Iteration)]
  public let location: SourceRange
}

public struct CheckedSet: Sendable {
  public enum Source: Sendable {
    /// A list's records, joined to the frame by a field; nil: all records (district frames).
    case list(String, link: Field?)
    case set(Int)
    case first(Typed, of: Int)
  }

  public let name: String
  public let source: Source
  /// The list whose records are members.
  public let list: String
  public let conditions: [Typed]
  public let on: Typed?
  public let begins: Typed?
  public let inYear: Typed?
  public let atAnyTime: Bool
  public let persons: SetSyntax.Persons
  /// A condition on settings without which `persons` is by the reading.
  public let personsWhen: Typed?
  /// The joined list through which members are seen.
  public let join: JoinedList?
  public let location: SourceRange
}

public struct CheckedPay: Sendable {
  public let who: Typed
  public let amount: Typed
  /// Whether the amount is a matter of the frame (its counts, say) even where members are paid.
  public let amountInFrame: Bool
  public let isUpperBound: Bool
  public let low: Typed?
  public let forEach: Int?
  public let on: Typed?
  public let when: Typed?
  public let location: SourceRange
}

public struct CheckedGrant: Sendable {
  public let title: Text
  public let who: Typed
  public let when: Typed?
  public let location: SourceRange
}

/// What a duty asks for.
public struct CheckedExpectation: Sendable {
  public let condition: Typed
  public let wording: Text?
  public let location: SourceRange
}

/// To which other measure of its document a measure gives way.
public struct CheckedYield: Sendable {
  public let to: String
  /// Whether both stand where one of them is unpriced; else the other one stands.
  public let unlessUnpriced: Bool
  /// A condition on settings; nil: always.
  public let when: Typed?
}

/// A measure's own default of a global reading.
public struct CheckedDefault: Sendable {
  public let reading: String
  public let choice: Int
  public let reason: Text?
  public let location: SourceRange
}

/// A measure, duty or note.
public final class CheckedMeasure: Sendable {
  public let form: MeasureSyntax.Form
  /// `changle-2022.agency_reward`
  public let id: String
  public let document: String
  public let title: Text
  public let article: String
  public let kind: String
  public let parameters: [Parameter]
  public let readings: [Reading]
  /// Nil: no window.
  public let window: CheckedWindow?
  /// Whether the window is the measure's own, not the document's.
  public let ownWindow: Bool
  public let assumptions: [Text]
  public let texts: [Text]
  public let frame: CheckedFrame?
  public let conditions: [Typed]
  public let begins: Typed?
  public let sets: [CheckedSet]
  public let requirements: [Typed]
  public let persons: SetSyntax.Persons
  public let oncePer: [Typed]
  public let onlyFirst: (limit: Typed, inSuccession: Bool, when: Typed?, keys: [Typed], by: Typed)?
  public let onlyHighest: (keys: [Typed], preferring: Typed?, when: Typed?)?
  public let yields: CheckedYield?
  /// The measure's own defaults of global readings.
  public let defaults: [CheckedDefault]
  public let pays: [CheckedPay]
  public let grants: [CheckedGrant]
  public let quotas: [(limit: Typed, keys: [Typed], location: SourceRange)]
  public let ordered: [Typed]
  public let errors: [(message: Text, when: Typed)]
  public let expectations: [CheckedExpectation]
  public let source: String
  public let location: SourceRange

  init(
    form: MeasureSyntax.Form, id: String, document: String, title: Text, article: String, kind: String,
    parameters: [Parameter], readings: [Reading], window: CheckedWindow?, ownWindow: Bool, assumptions: [Text],
    texts: [Text], frame: CheckedFrame?, conditions: [Typed], begins: Typed?, sets: [CheckedSet],
    requirements: [Typed], persons: SetSyntax.Persons, oncePer: [Typed],
    onlyFirst: (limit: Typed, inSuccession: Bool, when: Typed?, keys: [Typed], by: Typed)?,
    onlyHighest: (keys: [Typed], preferring: Typed?, when: Typed?)?, yields: CheckedYield?,
    defaults: [CheckedDefault], pays: [CheckedPay],
    grants: [CheckedGrant], quotas: [(limit: Typed, keys: [Typed], location: SourceRange)], ordered: [Typed],
    errors: [(message: Text, when: Typed)], expectations: [CheckedExpectation], source: String, location: SourceRange
  ) {
    self.form = form
    self.id = id
    self.document = document
    self.title = title
    self.article = article
    self.kind = kind
    self.parameters = parameters
    self.readings = readings
    self.window = window
    self.ownWindow = ownWindow
    self.assumptions = assumptions
    self.texts = texts
    self.frame = frame
    self.conditions = conditions
    self.begins = begins
    self.sets = sets
    self.requirements = requirements
    self.persons = persons
    self.oncePer = oncePer
    self.onlyFirst = onlyFirst
    self.onlyHighest = onlyHighest
    self.yields = yields
    self.defaults = defaults
    self.pays = pays
    self.grants = grants
    self.quotas = quotas
    self.ordered = ordered
    self.errors = errors
    self.expectations = expectations
    self.source = source
    self.location = location
  }

  /// `agency_reward`
  public var name: String { String(id.dropFirst(document.count + 1)) }
}

/// A checked policy document.
public final class CheckedDocument: Sendable {
  public let id: String
  public let title: Text
  public let number: String
  /// An id in the places registry.
  public let jurisdiction: Int32
  public let issued: Day?
  public let window: CheckedWindow?
  public let remarks: [(key: String, text: Text)]
  public let parameters: [Parameter]
  public let readings: [Reading]
  public let values: [ReferenceValue]
  public let definitions: [Definition]
  public let measures: [CheckedMeasure]
  public let examples: [ExampleSyntax]
  public let prose: [ProseSyntax]
  public let source: SourceFile

  init(
    id: String, title: Text, number: String, jurisdiction: Int32, issued: Day?, window: CheckedWindow?,
    remarks: [(key: String, text: Text)], parameters: [Parameter], readings: [Reading], values: [ReferenceValue],
    definitions: [Definition], measures: [CheckedMeasure], examples: [ExampleSyntax], prose: [ProseSyntax],
    source: SourceFile
  ) {
    self.id = id
    self.title = title
    self.number = number
    self.jurisdiction = jurisdiction
    self.issued = issued
    self.window = window
    self.remarks = remarks
    self.parameters = parameters
    self.readings = readings
    self.values = values
    self.definitions = definitions
    self.measures = measures
    self.examples = examples
    self.prose = prose
    self.source = source
  }

  /// Whether the document says that of benefits of one kind the higher is taken: the header's `higher`.
  public var hasHigherClause: Bool { remarks.contains { $0.key == "higher" } }

  public func measure(_ name: String) -> CheckedMeasure? { measures.first { $0.name == name } }
}

extension Typed.Kind {
  /// The expressions that an expression is made of; of a call also the definition's own.
  public var parts: [Typed] {
    switch self {
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd,
      .adopted, .selfRecord, .selfField, .argument, .frameRecord, .iteration, .count, .nothing:
      []
    case .field(let x, _), .not(let x), .given(let x, _), .whole(let x), .yearOf(let x), .dayOfYear(_, _, let x),
      .provinceOf(let x), .sum(let x, _), .extreme(_, let x, _), .dateOfNumber(let x, _), .firstDayAtOnce(let x, _):
      [x]
    case .compare(_, let a, let b), .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
      .divide(let a, let b), .wholeMonths(let a, let b), .wholeYears(let a, let b), .completion(let a, let b),
      .yearsRunning(let a, let b):
      [a, b]
    case .between(let a, let b, let c), .includesBetween(let a, let b, let c), .stable(let a, let b, let c),
      .ifThen(let a, let b, let c):
      [a, b, c]
    case .and(let xs), .or(let xs), .pick(_, let xs): xs
    case .within(let x, let xs), .isAny(let x, let xs), .includes(let x, let xs): [x] + xs
    case .except(let a, let b, _, let when): [a, b] + (when.map { [$0] } ?? [])
    case .call(let definition, let arguments): [definition.body] + arguments
    case .spellEnd(let join), .spellBegins(let join): join.parts
    case .grouped(let figure): figure.parts
    }
  }
}
