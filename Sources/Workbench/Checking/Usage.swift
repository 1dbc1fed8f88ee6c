// Which parameters, values and readings the rules of a document use. Walks every expression once.

import PolicyLanguage

struct Usage {
  private(set) var parameters: Set<String> = []
  private(set) var values: Set<String> = []
  private(set) var readings: Set<String> = []
  private var seen: Set<ObjectIdentifier> = []

  init(_ document: CheckedDocument) {
    visit(window: document.window)
    for definition in document.definitions { visit(definition.body) }
    for parameter in document.parameters { note(parameter) }
    for measure in document.measures { visit(measure) }
  }

  /// A value by reference that stands as a parameter's default is used with the parameter.
  private mutating func note(_ parameter: Parameter) {
    if let value = parameter.byReference { values.insert(value) }
  }

  private mutating func visit(window: CheckedWindow?) {
    visit(window?.from)
    visit(window?.to)
  }

  private mutating func visit(_ measure: CheckedMeasure) {
    for parameter in measure.parameters { note(parameter) }
    visit(window: measure.window)
    for iteration in measure.frame?.iterations ?? [] {
      switch iteration.iteration {
      case .years(let when): visit(when)
      case .range(_, let from, let to): visit([from, to])
      case .members: break
      }
    }
    visit(measure.conditions + measure.requirements + measure.oncePer + measure.ordered)
    visit(measure.begins)
    for set in measure.sets {
      visit(set.conditions)
      visit([set.on, set.begins, set.inYear].compactMap { $0 })
      if case .first(let count, _) = set.source { visit(count) }
    }
    if let first = measure.onlyFirst { visit([first.limit, first.by] + first.keys) }
    if let highest = measure.onlyHighest { visit(highest.keys + [highest.preferring, highest.when].compactMap { $0 }) }
    for pay in measure.pays { visit([pay.who, pay.amount] + [pay.low, pay.on, pay.when].compactMap { $0 }) }
    for grant in measure.grants { visit([grant.who] + [grant.when].compactMap { $0 }) }
    for quota in measure.quotas { visit([quota.limit] + quota.keys) }
    visit(measure.errors.map(\.when))
    visit(measure.expectations.map(\.condition))
  }

  private mutating func visit(_ typed: [Typed]) { for one in typed { visit(one) } }

  private mutating func visit(_ typed: Typed?) {
    guard let typed, seen.insert(ObjectIdentifier(typed)).inserted else { return }
    switch typed.kind {
    case .parameter(let id): parameters.insert(id)
    case .value(let name): values.insert(name)
    case .readingIs(let reading, _): readings.insert(reading)
    case .constant, .textConstant, .placeConstant, .home, .asOf, .windowStart, .windowEnd, .adopted, .selfRecord,
      .selfField, .argument, .frameRecord, .iteration, .count, .nothing:
      break
    case .field(let a, _), .not(let a), .given(let a, _), .whole(let a), .yearOf(let a), .dayOfYear(_, _, let a),
      .provinceOf(let a), .sum(let a, _), .extreme(_, let a, _), .dateOfNumber(let a, _), .firstDayAtOnce(let a, _):
      visit(a)
    case .call(let definition, let arguments):
      visit(definition.body)
      visit(arguments)
    case .and(let all), .or(let all), .pick(_, let all): visit(all)
    case .within(let a, let all), .isAny(let a, let all), .includes(let a, let all): visit([a] + all)
    case .compare(_, let a, let b), .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
      .divide(let a, let b), .wholeMonths(let a, let b), .wholeYears(let a, let b), .completion(let a, let b),
      .yearsRunning(let a, let b):
      visit([a, b])
    case .between(let a, let b, let c), .includesBetween(let a, let b, let c), .ifThen(let a, let b, let c),
      .stable(let a, let b, let c):
      visit([a, b, c])
    case .except(let a, let b, _, let when): visit([a, b] + [when].compactMap { $0 })
    }
  }
}
