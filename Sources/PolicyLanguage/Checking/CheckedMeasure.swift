// A checked measure, duty or note: its clauses by what they are for - whom the rule looks at, what it comes to, and how
// much of that at most. Free of columns, settings and figures of a scenario.
import Diagnostics
import Facts

/// A measure, duty or note.
package final class CheckedMeasure: Sendable {
  package let form: MeasureSyntax.Form
  /// `changle-2022.agency_reward`
  package let id: String
  /// The id of the document.
  package let document: String
  package let heading: Heading
  package let parameters: [Parameter]
  package let readings: [Reading]
  package let selection: Selection
  package let outcome: Outcome
  package let limits: Limits
  /// The declaration's text.
  package let source: String
  package let location: SourceRange

  init(
    _ syntax: MeasureSyntax, id: String, document: String, heading: Heading, parameters: [Parameter],
    readings: [Reading], selection: Selection, outcome: Outcome, limits: Limits
  ) {
    form = syntax.form
    source = syntax.source
    location = syntax.location
    self.id = id
    self.document = document
    self.heading = heading
    self.parameters = parameters
    self.readings = readings
    self.selection = selection
    self.outcome = outcome
    self.limits = limits
  }

  /// What the measure is called, and what is said beside its rule.
  package struct Heading: Sendable {
    package internal(set) var title: Text
    /// The article of the document: `三（一）`.
    package internal(set) var article = ""
    /// The short Chinese name; nil where there is none.
    package internal(set) var chinese: String?
    /// The kind's Chinese name; nil where there is none.
    var kindInChinese: String?
    /// The kind of benefit, by which benefits of several documents exclude each other (就高不重复); empty: none.
    package internal(set) var kind = ""
    /// What the text leaves open and the encoding decides.
    package internal(set) var assumptions: [Text] = []
    /// The prose of a note.
    package internal(set) var texts: [Text] = []
    /// Where the money comes from; nil: as the document says, if it does.
    package internal(set) var funds: CheckedFund?
  }

  /// What the rule looks at: when, at which records, and which of them.
  package struct Selection: Sendable {
    /// Nil: no window.
    package internal(set) var window: CheckedWindow?
    /// Whether the window is the measure's own, not the document's.
    package internal(set) var ownWindow = false
    /// Nil in notes only.
    package internal(set) var frame: CheckedFrame?
    package internal(set) var conditions: [Typed] = []
    /// The day on which the frame's spell begins, instead of the list's own.
    package internal(set) var begins: Typed?
    package internal(set) var sets: [CheckedSet] = []
    /// What `let` has named, in the order of the text.
    package internal(set) var lets: [(words: Text, value: Typed)] = []
    /// Conditions that may ask about the sets.
    package internal(set) var requirements: [Typed] = []
    /// How a person who stands in several records is counted.
    package internal(set) var persons: SetSyntax.Persons = .byReading
    /// The measure's own defaults of global readings.
    package internal(set) var defaults: [CheckedDefault] = []
  }

  /// What comes of it.
  package struct Outcome: Sendable {
    package internal(set) var pays: [CheckedPay] = []
    package internal(set) var grants: [CheckedGrant] = []
    /// What is taken back of what was paid.
    package internal(set) var recoveries: [CheckedRecovery] = []
    package internal(set) var errors: [(message: Text, when: Typed)] = []
    /// What a duty asks for.
    package internal(set) var expectations: [CheckedExpectation] = []
  }

  /// How much is paid at most, and to whom of several.
  package struct Limits: Sendable {
    /// Of candidates with the same keys one is paid; no keys: no such limit.
    package internal(set) var oncePer: [Typed] = []
    /// Only where one that is paid lies less than that before; nil: wherever it lies.
    package internal(set) var onceWithin: Typed?
    package internal(set) var onlyFirst: (limit: Typed, inSuccession: Bool, when: Typed?, keys: [Typed], by: Typed)?
    /// Whether `once per` or `only the first` tell persons apart themselves, so that nothing else does for frames.
    package internal(set) var settlePersons = false
    package internal(set) var onlyHighest: (keys: [Typed], preferring: Typed?, when: Typed?)?
    /// The name of the measure that goes before where it pays as much or more.
    package internal(set) var yields: CheckedYield?
    package internal(set) var quotas: [(limit: Typed, keys: [Typed], location: SourceRange)] = []
    package internal(set) var caps: [CheckedCap] = []
    /// Caps of the document's limits that ask for facts or figures of the frame.
    package internal(set) var joint: [JointCap] = []
    /// In which order quotas are filled, and caps.
    package internal(set) var ordered: [Typed] = []
  }
}

extension CheckedMeasure {
  /// `agency_reward`
  package var name: String { String(id.dropFirst(document.count + 1)) }
  package var title: Text { heading.title }
  /// The short name in both languages: in Chinese the title stands in for one that is missing, in English it is the id.
  package var words: Text { Text(name, zh: heading.chinese ?? (name.isChinese ? name : title.zh)) }
  /// The kind of benefit in both languages; empty: none.
  package var kindWords: Text { Text(kind, zh: heading.kindInChinese ?? kind) }
  package var article: String { heading.article }
  /// The kind of benefit; empty: none.
  package var kind: String { heading.kind }
  /// What the text leaves open and the encoding decides.
  package var assumptions: [Text] { heading.assumptions }
  /// The prose of a note.
  package var texts: [Text] { heading.texts }
  /// Nil: no window.
  package var window: CheckedWindow? { selection.window }
  package var frame: CheckedFrame? { selection.frame }
  package var sets: [CheckedSet] { selection.sets }
  package var pays: [CheckedPay] { outcome.pays }
  package var grants: [CheckedGrant] { outcome.grants }
  /// What is taken back of what was paid.
  package var recoveries: [CheckedRecovery] { outcome.recoveries }

  /// Every expression that the measure is made of; those of definitions stand inside their calls.
  package var expressions: [Typed] { selection.expressions + outcome.expressions + limits.expressions }
}

extension CheckedMeasure.Selection {
  var expressions: [Typed] {
    var all = conditions + requirements
    if let begins { all.append(begins) }
    if let window { all += window.expressions }
    if let frame { all += frame.expressions }
    for set in sets { all += set.expressions }
    return all
  }
}

extension CheckedMeasure.Outcome {
  var expressions: [Typed] {
    pays.flatMap(\.expressions) + recoveries.flatMap(\.expressions) + grants.flatMap(\.expressions) + errors.map(\.when)
      + expectations.map(\.condition)
  }
}

extension CheckedMeasure.Limits {
  /// What decides who comes first and how much there is for whom.
  package var expressions: [Typed] {
    var all = oncePer + ordered + [onceWithin].compactMap { $0 }
    if let onlyFirst { all += [onlyFirst.limit, onlyFirst.by] + [onlyFirst.when].compactMap { $0 } + onlyFirst.keys }
    if let when = yields?.when { all.append(when) }
    if let onlyHighest { all += onlyHighest.keys + [onlyHighest.preferring, onlyHighest.when].compactMap { $0 } }
    for quota in quotas { all += [quota.limit] + quota.keys }
    all += caps.flatMap(\.expressions) + joint.flatMap(\.cap.expressions)
    return all
  }

  /// How the measure reads a cap of a limit; nil where the cap is the same for all.
  package func joint(_ limit: String, _ place: Int) -> CheckedCap? {
    joint.first { $0.limit == limit && $0.place == place }?.cap
  }
}

/// How long the periods of a measure's frames are.
package struct PeriodLength: Hashable, Sendable {
  package let months: Int
  /// Whether they are those of the calendar, and not counted from a day on.
  package let isCalendar: Bool
}

extension CheckedMeasure {
  /// How long the periods of its frames are; nil where its frames have none.
  package var periodLength: PeriodLength? {
    guard let (_, i) = frame?.iterations.first, case .range(_, _, let to) = i,
      case .form(.periods(let months, let isCalendar), _) = to.operation
    else { return nil }
    return PeriodLength(months: months, isCalendar: isCalendar)
  }
}
