// Measures, duties and notes: their clauses gathered and checked in the order in which they may refer to each other.
// Frames, sets and payments have files of their own.
import Diagnostics
import Facts

/// A measure while its clauses are being taken in.
struct MeasureDraft {
  let syntax: MeasureSyntax
  let id: String
  /// What its expressions may name; grows with every clause that declares something.
  var scope = Scope(.frame)
  var title: Text?
  var heading: CheckedMeasure.Heading
  var parameters: [Parameter] = []
  var readings: [Reading] = []
  var selection = CheckedMeasure.Selection()
  var outcome = CheckedMeasure.Outcome()
  var limits = CheckedMeasure.Limits()
  /// Whether a payment is written that cannot be read, which has been told.
  var hasBrokenPayment = false

  init(_ syntax: MeasureSyntax, id: String, window: CheckedWindow?) {
    self.syntax = syntax
    self.id = id
    heading = CheckedMeasure.Heading(title: .same(syntax.name.text))
    heading.chinese = syntax.name.zh
    selection.window = window
  }
}

extension ClauseSyntax {
  /// What a clause gives a name to for the lines below it.
  fileprivate var declaredNames: [String] {
    switch self {
    case .letting(let name, _): [name.text] + [name.zh].compactMap { $0 }
    case .set(let set): [set.name.text] + [set.name.zh].compactMap { $0 }
    case .title, .article, .kind, .parameter, .reading, .window, .assume, .text, .frame, .condition, .begins, .require,
      .persons, .oncePer, .onlyFirst, .onlyHighest, .yields, .ownDefault, .pay, .grant, .quota, .ordered, .cap,
      .fund, .recover, .error, .expect:
      []
    }
  }
}

extension Checker {
  /// Checks one measure. Nil when it lacks what nothing can be done without.
  func measure(_ syntax: MeasureSyntax, documentWindow: CheckedWindow?) -> CheckedMeasure? {
    var draft = MeasureDraft(syntax, id: documentID + "." + syntax.name.text, window: documentWindow)
    declaredInMeasure = Set(syntax.clauses.flatMap(\.declaredNames))
    defer { declaredInMeasure = [] }
    // What other clauses refer to comes first, wherever it stands.
    for clause in syntax.clauses { introduce(clause, &draft) }
    if let title = draft.title { draft.heading.title = title } else { missing("title", "title \"…\" zh \"…\"", syntax) }
    if draft.heading.article.isEmpty { missing("article", "article \"三（一）\"", syntax) }
    for clause in syntax.clauses { frame(clause, &draft) }
    if draft.selection.frame == nil, syntax.form != .note {
      // A clause that is there and could not be read has been told about already.
      if !syntax.clauses.contains(where: \.isFrame) { missing("for each", "for each hire", syntax) }
      return nil
    }
    // A joined record is one that begins.
    if let join = draft.scope.join, let frame = draft.selection.frame {
      draft.selection.conditions.append(Typed(.spellBegins(join), .truth, at: frame.location))
    }
    for clause in syntax.clauses { take(clause, &draft) }
    draft.selection.defaults += documentDefaults
    clashes(draft)
    complete(draft)
    takeJoint(&draft)
    return CheckedMeasure(
      syntax, id: draft.id, document: documentID, heading: draft.heading, parameters: draft.parameters,
      readings: draft.readings, selection: draft.selection, outcome: draft.outcome, limits: draft.limits)
  }

  /// What the measure is called and what it declares.
  private func introduce(_ clause: ClauseSyntax, _ draft: inout MeasureDraft) {
    switch clause {
    case .title(let t): draft.title = t
    case .article(let a): draft.heading.article = a.text
    case .kind(let k):
      draft.heading.kind = k.text
      draft.heading.kindInChinese = k.zh
    case .assume(let t): draft.heading.assumptions.append(t)
    case .text(let t): draft.heading.texts.append(t)
    case .parameter(let p) where !p.dated.isEmpty:
      if let (definition, figures) = datedParameter(p, prefix: draft.id) {
        if draft.scope.dated[p.name.text] != nil { duplicate(p.name) }
        draft.scope.dated[p.name.text] = definition
        draft.scope.far.add(p.name)
        draft.parameters += figures
      }
    case .parameter(let p):
      if let made = measureParameters[draft.syntax.name.text]?[p.name.text] {
        declare(made, in: &draft.scope.parameters)
        draft.scope.far.add(p.name)
        draft.parameters.append(made)
      }
    case .reading(let r):
      if let made = check(r, prefix: draft.id, owner: draft.syntax.name.zh ?? draft.syntax.name.text) {
        declare(made, in: &draft.scope.readings)
        draft.scope.far.add(r.name)
        draft.readings.append(made)
      }
    case .window, .frame, .condition, .begins, .letting, .set, .require, .persons, .oncePer, .onlyFirst, .onlyHighest,
      .yields, .ownDefault, .pay, .grant, .quota, .ordered, .cap, .fund, .recover, .error, .expect:
      break
    }
  }

  /// When, and at what the measure looks.
  private func frame(_ clause: ClauseSyntax, _ draft: inout MeasureDraft) {
    if case .window(let w) = clause {
      draft.selection.window = window(w, scope: draft.scope.constant)
      draft.selection.ownWindow = true
    }
    if case .frame(let f) = clause {
      if draft.selection.frame != nil {
        report(
          "two-frames", Text("A measure has one `for each`.", zh: "一项措施只能有一个 `for each`。"),
          hint: Text("Write a second measure.", zh: "请另写一项措施。"), at: f.location)
      }
      draft.selection.frame = frame(f, &draft.scope)
    }
  }

  /// Everything else, in the order in which it is written.
  private func take(_ clause: ClauseSyntax, _ draft: inout MeasureDraft) {
    let scope = draft.scope
    progress = Progress(draft)
    defer { draft.takeInline(&progress, dictionary) }
    switch clause {
    case .title, .article, .kind, .assume, .text, .parameter, .reading, .window, .frame: break
    case .condition(let e): draft.selection.conditions.append(condition(e, scope))
    case .begins(let e): draft.selection.begins = expression(e, scope, of: .date)
    case .letting(let name, let e): letting(name, e, &draft)
    case .set(let s): take(s, &draft)
    case .require(let e): draft.selection.requirements.append(condition(e, scope))
    case .persons(let p, _): draft.selection.persons = p
    case .oncePer(let keys, let months, let location):
      oncePer(keys, within: months, &draft, location)
    case .onlyFirst(let n, let inSuccession, let when, let keys, let by, _):
      draft.limits.onlyFirst = (
        expression(n, scope, of: .number), inSuccession, when.map { condition($0, scope.constant) },
        keys.map { expression($0, scope) }, expression(by, scope)
      )
      settle(draft.limits.onlyFirst?.keys ?? [], &draft)
    case .onlyHighest(let keys, let preferring, let when, _):
      draft.limits.onlyHighest = (
        keys.map { expression($0, scope) }, preferring.map { condition($0, scope) }, when.map { condition($0, scope) }
      )
    case .yields(let name, let unlessUnpriced, let when):
      draft.limits.yields = CheckedYield(
        to: measureID(name), unlessUnpriced: unlessUnpriced, when: when.map { condition($0, scope.constant) })
    case .ownDefault(let reading, let choice, let reason, let location):
      if let made = ownDefault(reading, choice, reason, location) { draft.selection.defaults.append(made) }
    case .pay(let p):
      let made = pays(p, scope)
      if made.isEmpty { draft.hasBrokenPayment = true }
      draft.outcome.pays += made
    case .grant(let g): if let made = grant(g, scope) { draft.outcome.grants.append(made) }
    case .quota(let n, let keys, let location):
      draft.limits.quotas.append(
        (expression(n, scope, of: .number), keys.map { key($0, draft) }, location))
    case .cap(let c):
      if isOwn(c), let made = cap(c, scope) { draft.limits.caps.append(made) }
    case .fund(let f):
      draft.heading.funds = funds(f, prefix: draft.id, owner: draft.syntax.name.zh ?? draft.syntax.name.text)
    case .recover(let r):
      // What cannot be read above is told there.
      if draft.outcome.pays.isEmpty, draft.hasBrokenPayment { break }
      if draft.syntax.form == .measure, let made = recovery(r, scope, below: draft.outcome.pays) {
        draft.outcome.recoveries.append(made)
      }
    case .ordered(let keys, _): draft.limits.ordered += keys.map { expression($0, scope) }
    case .error(let message, let when, _): draft.outcome.errors.append((message, condition(when, scope)))
    case .expect(let e, let wording, let location):
      draft.outcome.expectations.append(
        CheckedExpectation(condition: condition(e, scope), wording: wording, location: location))
    }
  }

  private func letting(_ name: Name, _ e: Expression, _ draft: inout MeasureDraft) {
    if draft.scope.hasSet(name.text) || draft.scope.lets[name.text] != nil { duplicate(name) }
    var value = expression(e, draft.scope)
    if value.height > Checker.deepest {
      tooDeep(name.location)
      value = broken(name.location)
    }
    draft.scope.lets[name.text] = value
    draft.selection.lets.append((Text(name.text, zh: name.zh ?? name.text), value))
    draft.scope.near.add(name)
  }

  private func take(_ s: SetSyntax, _ draft: inout MeasureDraft) {
    if draft.scope.hasSet(s.name.text) || draft.scope.lets[s.name.text] != nil { duplicate(s.name) }
    if let sideways = sideways(s, draft.scope) {
      if let sideways {
        draft.scope.sideways[s.name.text] = sideways
        draft.scope.near.add(s.name)
      } else {
        draft.scope.brokenSets.insert(s.name.text)
      }
      return
    }
    guard let made = set(s, draft.scope) else {
      draft.scope.brokenSets.insert(s.name.text)
      return
    }
    draft.takeInline(&progress, dictionary)
    let number = draft.selection.sets.count
    if made.on != nil || made.begins != nil || isDated(made.source, made.list, draft.scope) {
      draft.scope.datedSets.insert(number)
    }
    draft.scope.sets[s.name.text] = number
    draft.scope.near.add(s.name)
    draft.scope.setLists.append(made.list)
    draft.scope.setJoins[number] = made.join
    draft.selection.sets.append(made)
  }

  /// Whether the members of a set have a date on which they count, stated or their list's own.
  private func isDated(_ source: CheckedSet.Source, _ list: String, _ scope: Scope) -> Bool {
    switch source {
    case .list: dictionary.list(list)?.begins != nil
    case .set(let i), .first(_, let i): scope.datedSets.contains(i)
    }
  }
}
