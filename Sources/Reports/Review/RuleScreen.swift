// Where rules treat undertakings otherwise than one another for what they are rather than for what they do: where they
// are registered, pay taxes or are counted, on which list they stand, what they are called, who owns them; and amounts
// that are tied to taxes. Told from the structure of conditions, never from prose. Knows nothing of laws, and judges
// nothing.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Screens the rules of a document.
package struct RuleScreen {
  let document: CheckedDocument
  private let places: Gazetteer
  let undertakings: Set<String>
  private var found: [ScreenFinding] = []
  /// Conditions on facts whose meaning nobody knows but whoever declared them.
  var unjudged: [UnjudgedCondition] = []
  private(set) var measure: CheckedMeasure?
  /// The home of the document.
  private let home: Int32
  /// The facts that the document declares itself.
  let declared: Set<String>
  /// The facts that any document declares, and the lists of no persons.
  let ownFields: Set<OwnField>
  let ownLists: Set<String>
  /// What has been looked at in the measure, and where: rules may use one figure in many places.
  private var seen: Set<Place.Key> = []

  /// The lists of undertakings that every scenario may hold.
  static let ownUndertakings: Set<String> = ["enterprises", "agencies", "startups"]
  /// Those that are no undertakings, or nobody's.
  private static let others: Set<String> = [
    "bases", "hires", "internships", "specialists", "adjustments", "fairs", "parks", "teams", "tax_records",
    "jobseekers", "stations", "townships", "exchanges",
  ]

  /// What a document's measures ask, in their order.
  package static func findings(_ document: CheckedDocument, _ dictionary: FactDictionary, _ places: Gazetteer)
    -> [ScreenFinding]
  {
    screened(document, dictionary, places).found
  }

  /// What a document's measures ask, in their order, and the conditions that are not judged since they hang on facts
  /// that documents declare.
  package static func screened(
    _ document: CheckedDocument, _ dictionary: FactDictionary, _ places: Gazetteer
  ) -> (found: [ScreenFinding], unjudged: [UnjudgedCondition]) {
    var screen = RuleScreen(document, dictionary, places)
    for measure in document.measures where !measure.pays.isEmpty || !measure.grants.isEmpty { screen.look(at: measure) }
    // What was found of a fact is judged.
    let left = screen.unjudged.filter { one in
      !screen.found.contains { $0.list == one.list && $0.field?.name == one.field?.name }
    }
    return (screen.found, left)
  }

  private init(_ document: CheckedDocument, _ dictionary: FactDictionary, _ places: Gazetteer) {
    self.document = document
    self.places = places
    home = document.jurisdiction
    declared = Set(document.syntax.lists.flatMap { $0.fields.map(\.name.text) })
    ownFields = OwnField.all(dictionary)
    ownLists = OwnField.lists(dictionary)
    // What a proposal declares is an undertaking where it is paid and is no person.
    var paid: Set<String> = []
    for measure in document.measures {
      for pay in measure.pays { if case .record(let list) = pay.who.type { paid.insert(list) } }
    }
    let added = dictionary.lists.filter { list in
      paid.contains(list.name) && list.person == nil && !RuleScreen.others.contains(list.name)
    }
    undertakings = RuleScreen.ownUndertakings.union(added.map(\.name))
  }

  // MARK: Walking

  /// What holds where an expression stands.
  struct Place {
    /// The list of the record that bare fields belong to.
    var list: String?
    var arguments: [Argument] = []
    var isNegated = false
    /// Whether it decides between two ways of treating somebody, rather than about whether they are paid.
    var isChoice = false

    struct Key: Hashable {
      let expression: ObjectIdentifier
      let list: String?
      let arguments: [ObjectIdentifier]
      let isNegated: Bool
      let isChoice: Bool
    }

    func key(_ t: Typed) -> Key {
      Key(
        expression: ObjectIdentifier(t), list: list,
        arguments: arguments.flatMap { [ObjectIdentifier($0.value), ObjectIdentifier($0.call)] }, isNegated: isNegated,
        isChoice: isChoice)
    }
  }

  /// What a definition is given, which is no argument itself.
  struct Argument {
    let value: Typed
    /// The call that hands it over.
    let call: Typed
    /// The list of the record that bare fields belong to there.
    let list: String?
  }

  private mutating func look(at measure: CheckedMeasure) {
    self.measure = measure
    seen = []
    var frame: String?
    if case .list(let list)? = measure.frame?.base { frame = list }
    if case .texts(_, let list)? = measure.frame?.base { frame = list }
    let place = Place(list: frame)
    for condition in measure.selection.conditions + measure.selection.requirements { visit(condition, place) }
    for set in measure.sets {
      for condition in set.conditions { visit(condition, Place(list: set.list)) }
      for joined in [set.join, set.partsOf].compactMap(\.self) { visit(joined) }
    }
    measure.expressions.walk { t in
      if case .spellEnd(let joined) = t.operation { visit(joined) }
      if case .spellBegins(let joined) = t.operation { visit(joined) }
      return .into
    }
    for pay in measure.pays {
      var own = place
      if let each = pay.forEach, measure.sets.indices.contains(each) { own.list = measure.sets[each].list }
      if let when = pay.when { visit(when, own) }
      visit(pay.amount, own)
      // On which day, and who is paid, may be another matter for some than for others.
      for other in [pay.on, pay.who].compactMap(\.self) { visit(other, own) }
      lookAtAmount(pay)
    }
    // Who comes first, and how much there is for whom, too.
    var choice = place
    choice.isChoice = true
    for limit in measure.limits.expressions { visit(limit, choice) }
    for grant in measure.grants { if let when = grant.when { visit(when, place) } }
  }

  /// Which records make one, which a rule says of the records that are joined.
  private mutating func visit(_ joined: JoinedList) {
    for choice in joined.choices { if let condition = choice.condition { visit(condition, Place(list: joined.list)) } }
  }

  private mutating func visit(_ t: Typed, _ place: Place) {
    guard seen.insert(place.key(t)).inserted else { return }
    var inner = place
    switch t.operation {
    case .not(let x):
      inner.isNegated.toggle()
      visit(x, inner)
    case .ifThen(let condition, let yes, let no):
      var choice = inner
      choice.isChoice = true
      visit(condition, choice)
      visit(yes, inner)
      visit(no, inner)
    case .call(let definition, let arguments):
      let given = arguments.map { argument(place, $0) ?? Argument(value: $0, call: t, list: place.list) }
      visit(
        definition.body,
        Place(list: nil, arguments: given, isNegated: place.isNegated, isChoice: place.isChoice))
    case .within(let x, let regions): lookAtPlace(x, regions, t, place)
    case .isAny(let x, let values):
      if x.type == .text { lookAtName(x, values, t, place) } else { lookAtPlace(x, values, t, place) }
      lookAtWord(x, t, place)
    case .compare(_, let a, let b):
      lookAtPlace(a, [b], t, place)
      if fact(a, t, place) == nil { lookAtPlace(b, [a], t, place) }
      lookAtTaxes([a, b], t, place)
      lookAtName(a, [b], t, place)
      lookAtName(b, [a], t, place)
      for side in [a, b] { lookAtWord(side, t, place) }
      lookAtMembership(a, b, t)
      visit(a, inner)
      visit(b, inner)
    case .includes(let x, _): lookAtList(x, t, place)
    case .given(let x, _):
      lookAtWord(x, t, place)
      visit(x, inner)
    case .selfField(let field) where field.type == .bool: lookAtTruth(field, of: place.list, t, place)
    case .field(let base, let field) where field.type == .bool:
      lookAtTruth(field, of: RuleScreen.list(of: base), t, place)
    case .between(let x, let a, let b):
      lookAtTaxes([x, a, b], t, place)
      for part in [x, a, b] { visit(part, inner) }
    case .except(let x, let exception, _, let when):
      visit(x, inner)
      // Whoever is excepted does not have what the condition asks for.
      var excepted = inner
      excepted.isNegated.toggle()
      for part in [exception, when].compactMap(\.self) { visit(part, excepted) }
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .and, .or,
      .includesBetween, .stable, .add, .subtract, .multiply, .divide, .whole, .pick, .yearOf, .dayOfYear,
      .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme, .dateOfNumber,
      .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn, .different, .rounded, .notKnown,
      .ofFrame, .form, .nothing:
      for part in t.parts { visit(part, inner) }
    }
  }

  static func list(of base: Typed) -> String? {
    if case .record(let list) = base.type { list } else { nil }
  }

  // MARK: What is asked

  struct Fact {
    let field: Field
    let list: String
    let at: Typed
    /// Whether everybody has what is asked for, once nobody asks.
    let holdsWithout: Bool
  }

  /// What stands for a definition's argument; nil for what is none.
  private func argument(_ place: Place, _ x: Typed) -> Argument? {
    guard case .argument(let i) = x.operation, place.arguments.indices.contains(i) else { return nil }
    return place.arguments[i]
  }

  /// The fact of an undertaking that an expression is, and where it is asked for: at the call that hands it over.
  func fact(_ x: Typed, _ t: Typed, _ place: Place) -> Fact? {
    let given = argument(place, x) ?? Argument(value: x, call: t, list: place.list)
    // The county of where it is registered is where it is registered.
    let (x, at) = (RuleScreen.placed(given.value), given.call)
    // Of two ways of treating somebody everybody has that of those who fit.
    let holds = !place.isNegated || place.isChoice
    if case .selfField(let field) = x.operation, let list = given.list, undertakings.contains(list) {
      return Fact(field: field, list: list, at: at, holdsWithout: holds)
    }
    if case .field(let base, let field) = x.operation, let list = RuleScreen.list(of: base),
      undertakings.contains(list)
    {
      return Fact(field: field, list: list, at: at, holdsWithout: holds)
    }
    return nil
  }

  private mutating func lookAtPlace(_ x: Typed, _ regions: [Typed], _ t: Typed, _ place: Place) {
    guard let fact = fact(x, t, place), RuleScreen.isPlace(fact.field.type) else { return }
    let isOurs = regions.contains { isHome($0, place) }
    let kind: ScreenFinding.Kind
    if !isOurs || place.isNegated || place.isChoice {
      kind = .outsiders
    } else if RuleScreen.says(fact.field, ["tax"], ["税"]) {
      kind = .taxed
    } else if RuleScreen.says(fact.field, ["count", "statistic"], ["统计", "纳统", "入统"]) {
      kind = .counted
    } else {
      kind = .registered
    }
    add(kind, fact)
  }

  /// What a place of a level is that of; all else as it is.
  private static func placed(_ x: Typed) -> Typed {
    if case .provinceOf(let inner) = x.operation { return placed(inner) }
    if case .form(let form, let parts) = x.operation, form == .county || form == .prefecture, let inner = parts.first {
      return placed(inner)
    }
    return x
  }

  private static func isPlace(_ type: FieldType) -> Bool {
    switch type {
    case .place, .county, .area: true
    case .text, .bool, .int, .money, .date, .dateOrMonth, .dateOrYear, .figure, .choice, .reference, .set: false
    }
  }

  /// Whether a region is the document's own, or holds it.
  private func isHome(_ region: Typed, _ place: Place) -> Bool {
    let region = RuleScreen.placed(region)
    if case .home = region.operation { return true }
    if case .placeConstant(let id) = region.operation { return home >= 0 && places.lies(home, within: id) }
    return argument(place, region).map { isHome($0.value, place) } ?? false
  }

  private mutating func lookAtName(_ x: Typed, _ values: [Typed], _ t: Typed, _ place: Place) {
    guard values.contains(where: { if case .textConstant = $0.operation { true } else { false } }),
      let fact = fact(x, t, place), fact.field.type == .text
    else { return }
    add(.named, fact)
  }

  private mutating func lookAtList(_ x: Typed, _ t: Typed, _ place: Place) {
    guard let fact = fact(x, t, place) else { return }
    if case .set(.choice) = fact.field.type { add(.listed, fact) } else { lookAtWord(x, t, place) }
  }

  private mutating func lookAtTruth(_ field: Field, of list: String?, _ t: Typed, _ place: Place) {
    guard let list else { return }
    let fact = Fact(field: field, list: list, at: t, holdsWithout: !place.isNegated || place.isChoice)
    // An approval decides about whoever is paid for it, on whichever list it stands.
    if declared.contains(field.name), RuleScreen.says(field, ["approv"], RuleScreen.approvals) {
      add(.chosen, fact)
      return
    }
    guard undertakings.contains(list) else {
      lookAtWord(t, t, place)
      return
    }
    if RuleScreen.says(field, ["outside"], ["市外", "区外", "外地", "引进"]) {
      add(.outsiders, fact)
    } else if RuleScreen.says(field, ["selected", "designated", "chosen"], ["选定", "指定", "认定的"]) {
      add(.chosen, fact)
    } else if RuleScreen.says(field, ["owned"], ["国有", "民营", "所有制"]) {
      add(.ownership, fact)
    } else {
      lookAtWord(t, t, place)
    }
  }

  /// Whether a fact's own names say something: those are declared with it, in the dictionary.
  static func says(_ field: Field, _ english: [String], _ chinese: [String]) -> Bool {
    let names = field.name.split(separator: "_").map(String.init)
    let labels = field.labels + [field.chinese].compactMap(\.self)
    return names.contains { name in english.contains { name.hasPrefix($0) } }
      || labels.contains { label in chinese.contains { label.contains($0) } }
  }

  mutating func add(_ kind: ScreenFinding.Kind, _ fact: Fact) {
    let occurrence = ScreenFinding.Occurrence(location: fact.at.location, holdsWithout: fact.holdsWithout)
    add(kind, fact.field, fact.list, occurrence, isCondition: true)
  }

  /// What is asked of one fact in several places is one finding.
  mutating func add(
    _ kind: ScreenFinding.Kind, _ field: Field?, _ list: String?, _ occurrence: ScreenFinding.Occurrence,
    isCondition: Bool
  ) {
    guard let measure else { return }
    guard let same = found.firstIndex(where: { $0.kind == kind && $0.field?.name == field?.name && $0.list == list })
    else {
      found.append(
        ScreenFinding(
          kind: kind, field: field, list: list, document: document.id, measures: [measure], occurrences: [occurrence],
          isCondition: isCondition))
      return
    }
    if !found[same].measures.contains(where: { $0.id == measure.id }) { found[same].measures.append(measure) }
    let known = found[same].occurrences.firstIndex {
      $0.location.start == occurrence.location.start && $0.location.end == occurrence.location.end
    }
    if let known {
      if occurrence.holdsWithout { found[same].occurrences[known].holdsWithout = true }
    } else {
      found[same].occurrences.append(occurrence)
    }
  }
}
