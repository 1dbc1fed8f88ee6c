// Measures, duties and notes: their clauses gathered and checked in the order in which they may refer to each other.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// Checks one measure. Nil when it lacks what nothing can be done without.
  func measure(_ syntax: MeasureSyntax, documentWindow: CheckedWindow?) -> CheckedMeasure? {
    let id = documentID + "." + syntax.name.text
    var scope = Scope(.frame)
    var title: Text?
    var article = ""
    var kind = ""
    var parameterList: [Parameter] = []
    var readingList: [Reading] = []
    var window = documentWindow
    var ownWindow = false
    var assumptions: [Text] = []
    var texts: [Text] = []
    var frame: CheckedFrame?

    // What other clauses refer to comes first, wherever it stands.
    for clause in syntax.clauses {
      switch clause {
      case .title(let t): title = t
      case .article(let a): article = a.text
      case .kind(let k): kind = k.text
      case .assume(let t): assumptions.append(t)
      case .text(let t): texts.append(t)
      case .parameter(let p):
        if let made = measureParameters[syntax.name.text]?[p.name.text] {
          declare(made, in: &scope.parameters)
          parameterList.append(made)
        }
      case .reading(let r):
        if let made = check(r, prefix: id) {
          declare(made, in: &scope.readings)
          readingList.append(made)
        }
      default: break
      }
    }
    if title == nil { missing("title", "title \"…\" zh \"…\"", syntax) }
    if article.isEmpty { missing("article", "article \"三（一）\"", syntax) }
    for clause in syntax.clauses {
      if case .window(let w) = clause {
        var constant = Scope(.constant)
        constant.parameters = scope.parameters
        constant.readings = scope.readings
        window = self.window(w, scope: constant)
        ownWindow = true
      }
      if case .frame(let f) = clause {
        if frame != nil {
          report(
            "two-frames", Text("A measure has one `for each`.", zh: "一项措施只能有一个 `for each`。"),
            hint: Text("Write a second measure.", zh: "请另写一项措施。"), at: f.location)
        }
        frame = self.frame(f, &scope)
      }
    }
    // A joined record is one that begins.
    var conditions = scope.join.map { [Typed(.spellBegins($0), .truth, at: frame?.location ?? syntax.location)] } ?? []
    var begins: Typed?
    var sets: [CheckedSet] = []
    var requirements: [Typed] = []
    var persons: SetSyntax.Persons = .byReading
    var oncePer: [Typed] = []
    var onlyFirst: (limit: Typed, inSuccession: Bool, when: Typed?, keys: [Typed], by: Typed)?
    var onlyHighest: (keys: [Typed], preferring: Typed?, when: Typed?)?
    var yields: CheckedYield?
    var defaults: [CheckedDefault] = []
    var pays: [CheckedPay] = []
    var grants: [CheckedGrant] = []
    var quotas: [(limit: Typed, keys: [Typed], location: SourceRange)] = []
    var ordered: [Typed] = []
    var errors: [(message: Text, when: Typed)] = []
    var expectations: [CheckedExpectation] = []
    // A clause that is there and could not be read has been told about already.
    let written = (
      frame: syntax.clauses.contains { if case .frame = $0 { true } else { false } },
      pays: syntax.clauses.contains { clause in
        switch clause {
        case .pay, .grant: true
        default: false
        }
      },
      expectations: syntax.clauses.contains { if case .expect = $0 { true } else { false } }
    )
    if frame == nil, syntax.form != .note {
      if !written.frame { missing("for each", "for each hire", syntax) }
      return nil
    }
    for clause in syntax.clauses {
      switch clause {
      case .title, .article, .kind, .assume, .text, .parameter, .reading, .window, .frame: break
      case .condition(let e): conditions.append(condition(e, scope))
      case .begins(let e): begins = expression(e, scope, of: .date)
      case .letting(let name, let e):
        if scope.lets[name.text] != nil || scope.sets[name.text] != nil { duplicate(name) }
        var value = expression(e, scope)
        if value.height > Checker.deepest {
          tooDeep(name.location)
          value = broken(name.location)
        }
        scope.lets[name.text] = value
      case .set(let s):
        if scope.lets[s.name.text] != nil || scope.sets[s.name.text] != nil { duplicate(s.name) }
        if let made = set(s, scope) {
          if made.on != nil || made.begins != nil || isDated(made.source, made.list, scope) {
            scope.datedSets.insert(sets.count)
          }
          scope.sets[s.name.text] = sets.count
          scope.setLists.append(made.list)
          scope.setJoins[scope.setLists.count - 1] = made.join
          sets.append(made)
        } else {
          scope.brokenSets.insert(s.name.text)
        }
      case .require(let e): requirements.append(condition(e, scope))
      case .persons(let p, _): persons = p
      case .oncePer(let keys, _): oncePer += keys.map { expression($0, scope) }
      case .onlyFirst(let n, let inSuccession, let when, let keys, let by, _):
        onlyFirst = (
          expression(n, scope, of: .number), inSuccession, when.map { condition($0, settingsScope(scope)) }, keys.map { expression($0, scope) }, expression(by, scope)
        )
      case .onlyHighest(let keys, let preferring, let when, _):
        onlyHighest = (
          keys.map { expression($0, scope) }, preferring.map { condition($0, scope) }, when.map { condition($0, scope) }
        )
      case .yields(let name, let unlessUnpriced, let when):
        yields = CheckedYield(
          to: name.text, unlessUnpriced: unlessUnpriced, when: when.map { condition($0, settingsScope(scope)) })
      case .ownDefault(let reading, let choice, let reason, let location):
        if let made = ownDefault(reading, choice, reason, location) { defaults.append(made) }
      case .pay(let p): if let made = pay(p, scope) { pays.append(made) }
      case .grant(let g):
        let who = expression(g.who, scope)
        guard isBeneficiary(who) else { continue }
        grants.append(
          CheckedGrant(title: g.title, who: who, when: g.when.map { condition($0, scope) }, location: g.location))
      case .quota(let n, let keys, let location):
        quotas.append((expression(n, scope, of: .number), keys.map { expression($0, scope) }, location))
      case .ordered(let keys, _): ordered += keys.map { expression($0, scope) }
      case .error(let message, let when, _): errors.append((message, condition(when, scope)))
      case .expect(let e, let wording, let location):
        expectations.append(CheckedExpectation(condition: condition(e, scope), wording: wording, location: location))
      }
    }
    let money = !pays.isEmpty
    clashes(syntax, frame: frame, sets: sets, pays: pays, quotas: quotas, scope: scope)
    switch syntax.form {
    case .measure:
      if !written.pays { missing("pay", "pay agency 300 yuan for each placed", syntax) }
      if money, kind.isEmpty { missing("kind", "kind agency_reward", syntax) }
    case .duty:
      if !written.expectations { missing("expect", "expect count of held >= 2", syntax) }
      for p in pays { stray("pay", p.location) }
    case .note:
      if let f = frame { stray("for each", f.location) }
      for p in pays { stray("pay", p.location) }
    }
    return CheckedMeasure(
      form: syntax.form, id: id, document: documentID, title: title ?? .same(syntax.name.text), article: article,
      kind: kind, parameters: parameterList, readings: readingList, window: window, ownWindow: ownWindow,
      assumptions: assumptions, texts: texts, frame: frame, conditions: conditions, begins: begins, sets: sets,
      requirements: requirements, persons: persons, oncePer: oncePer, onlyFirst: onlyFirst, onlyHighest: onlyHighest,
      yields: yields, defaults: defaults, pays: pays, grants: grants, quotas: quotas, ordered: ordered, errors: errors,
      expectations: expectations, source: syntax.source, location: syntax.location)
  }

  private func missing(_ what: String, _ sample: String, _ m: MeasureSyntax) {
    report(
      "missing-clause", Text("`\(m.name.text)` has no `\(what)`.", zh: "`\(m.name.text)` 缺少 `\(what)`。"),
      hint: Text("Add a line such as `\(sample)`.", zh: "请加一行，例如 `\(sample)`。"), at: m.name.location)
  }

  private func stray(_ what: String, _ location: SourceRange) {
    report(
      "stray-clause", Text("`\(what)` does not belong here.", zh: "此处不能有 `\(what)`。"),
      hint: Text(
        "Only a measure pays; a duty expects; a note tells.", zh: "只有措施（measure）支付，义务（duty）提出要求，说明（note）仅供阅读。"),
      at: location)
  }

  /// Whether the members of a set have a date on which they count, stated or their list's own.
  private func isDated(_ source: CheckedSet.Source, _ list: String, _ scope: Scope) -> Bool {
    switch source {
    case .list: dictionary.list(list)?.begins != nil
    case .set(let i), .first(_, let i): scope.datedSets.contains(i)
    }
  }

  /// Clauses that do not go together, or stand twice.
  private func clashes(
    _ m: MeasureSyntax, frame: CheckedFrame?, sets: [CheckedSet], pays: [CheckedPay],
    quotas: [(limit: Typed, keys: [Typed], location: SourceRange)], scope: Scope
  ) {
    var seen: Set<String> = []
    func once(_ word: String, _ location: SourceRange) {
      if !seen.insert(word).inserted {
        report(
          "declared-twice",
          Text("`\(word)` stands twice in `\(m.name.text)`.", zh: "`\(m.name.text)` 中 `\(word)` 出现两次。"),
          hint: Text("Keep one of them.", zh: "请只保留一个。"), at: location)
      }
    }
    for clause in m.clauses {
      switch clause {
      case .article(let a): once("article", a.location)
      case .kind(let k):
        once("kind", k.location)
        if m.form != .measure { stray("kind", k.location) }
      case .window(let w): once("window", w.location)
      case .expect(_, _, let location): if m.form == .measure { stray("expect", location) }
      case .grant(let g): if m.form != .measure { stray("grant", g.location) }
      case .quota(_, _, let location): if m.form != .measure { stray("quota", location) }
      default: break
      }
    }
    if let frame, let (name, iteration) = frame.iterations.first, case .years = iteration {
      if sets.isEmpty {
        report(
          "no-years",
          Text(
            "`each \(name)` takes the years in which records fall, and no `count` says which.",
            zh: "`each \(name)` 取记录所在的年度，但没有 `count` 说明是哪些记录。"),
          hint: Text(
            "Add a `count`, or say `each \(name) from … to …`.", zh: "请加上 `count`，或写 `each \(name) from … to …`。"),
          at: frame.location)
      }
      for (i, set) in sets.enumerated() where set.inYear == nil && !scope.datedSets.contains(i) {
        report(
          "no-date", Text("`\(set.name)` has no date that places it in a year.", zh: "`\(set.name)` 没有可确定年度的日期。"),
          hint: Text("Add `on` and a date, or `in year` and a number.", zh: "请加上 `on` 日期，或 `in year` 年份。"),
          at: set.location)
      }
    }
    if let quota = quotas.first, pays.contains(where: { $0.forEach != nil }) {
      report(
        "quota-of-members",
        Text(
          "A quota limits the records of the frame, and here members of a set are paid.",
          zh: "名额限制的是 `for each` 的记录，而此处支付的是集合成员。"),
        hint: Text("Write the measure `for each` of those records.", zh: "请以这些记录作为 `for each` 的对象。"), at: quota.location
      )
    }
    if let list = scope.list {
      for (name, p) in scope.parameters where list.field(name) != nil {
        diagnostics.append(
          Diagnostic(
            .warning, code: "shadowed",
            Text(
              "The parameter `\(name)` is hidden by the field of that name: rules that say `\(name)` mean the field.",
              zh: "参数 `\(name)` 与字段同名：规则中的 `\(name)` 指字段。"),
            hint: Text("Give the parameter another name.", zh: "请给参数换个名称。"), at: p.location))
      }
    }
  }

  private func isBeneficiary(_ t: Typed) -> Bool {
    if case .textConstant = t.kind {
      mismatch(
        t, wanted: .record("…"),
        hint: Text("Name a record or a field; a text of its own is nobody's id.", zh: "请写记录或字段；单独的文字不是任何对象的编号。"))
      return false
    }
    switch t.type {
    case .record, .text: return true
    case .broken: return false
    default:
      mismatch(
        t, wanted: .record("…"),
        hint: Text(
          "Name who receives it: the record of the frame, one of its references, or a text such as a referrer.",
          zh: "请写明对象：本记录、它引用的记录，或引荐人等文字字段。"))
      return false
    }
  }

  private func pay(_ p: PaySyntax, _ scope: Scope) -> CheckedPay? {
    let who = expression(p.who, scope)
    guard isBeneficiary(who) else { return nil }
    var inner = scope
    var forEach: Int?
    if let set = p.forEach {
      guard let i = scope.sets[set.text] else {
        unknownSet(set, scope)
        return nil
      }
      forEach = i
      inner.context = .member
      inner.list = dictionary.list(scope.setLists[i])
      inner.join = scope.setJoins[i]
      inner.lets = [:]
    }
    var amount: Typed
    var amountInFrame = forEach == nil
    if forEach != nil {
      // An amount may be a matter of the member, or of the frame, whose counts only the frame knows.
      let before = diagnostics.count
      amount = expression(p.amount, inner, of: .money)
      if amount.type == .broken {
        let member = diagnostics[before...]
        diagnostics.removeSubrange(before...)
        amount = expression(p.amount, scope, of: .money)
        if amount.type == .broken {
          diagnostics.removeSubrange(before...)
          diagnostics += member
        }
        amountInFrame = true
      }
    } else {
      amount = expression(p.amount, scope, of: .money)
    }
    if amount.type == .broken { return nil }
    let on = p.on.map { expression($0, inner, of: .date) }
    if on == nil {
      let dated = forEach == nil ? scope.list?.begins != nil : forEach.map { scope.datedSets.contains($0) } ?? false
      guard dated else {
        report(
          "no-date", Text("The payment does not say when it is due.", zh: "没有写明何时应付。"),
          hint: Text(
            "Add `on` and a date, such as `on 31 December of year`.", zh: "请加上 `on` 和日期，例如 `on 31 December of year`。"),
          at: p.location)
        return nil
      }
    }
    return CheckedPay(
      who: who, amount: amount, amountInFrame: amountInFrame, isUpperBound: p.isUpperBound,
      low: p.low.map { expression($0, inner, of: .money) },
      forEach: forEach, on: on, when: p.when.map { condition($0, inner) }, location: p.location)
  }

  /// Tells of a set that there is none of; one that is there but could not be read has been told about.
  func unknownSet(_ name: Name, _ scope: Scope) {
    if scope.brokenSets.contains(name.text) { return }
    unknownName(Text("set", zh: "集合"), name.text, among: Array(scope.sets.keys), at: name.location)
  }

  // MARK: Frames and sets

  private func frame(_ f: FrameSyntax, _ scope: inout Scope) -> CheckedFrame? {
    var base: CheckedFrame.Base
    switch f.base {
    case .district: base = .district
    case .each(let name):
      if let join = joined(name.text), let list = dictionary.list(join.list) {
        base = .list(list.name)
        scope.list = list
        scope.join = join
        scope.frameName = join.singular
        scope.frameList = list.name
        break
      }
      guard let list = dictionary.lists.first(where: { $0.singular == name.text || $0.name == name.text }) else {
        unknownName(Text("record", zh: "记录"), name.text, among: dictionary.lists.map(\.singular), at: name.location)
        return nil
      }
      base = .list(list.name)
      scope.list = list
      scope.frameName = list.singular
      scope.frameList = list.name
    case .eachText(let fieldName, let listName):
      guard let list = dictionary.list(listName.text) else {
        unknownName(Text("list", zh: "列表"), listName.text, among: dictionary.lists.map(\.name), at: listName.location)
        return nil
      }
      guard let field = list.field(fieldName.text), field.type == .text else {
        unknownName(
          Text("text field of \(list.name)", zh: "\(list.name) 的文字字段"), fieldName.text,
          among: list.fields.filter { $0.type == .text }.map(\.name), at: fieldName.location)
        return nil
      }
      base = .texts(field: field, list: list.name)
      scope.frameName = field.name
      scope.frameList = list.name
      scope.frameIsText = true
    }
    var iterations: [(name: String, iteration: CheckedFrame.Iteration)] = []
    for i in f.iterations {
      let index = iterations.count
      switch i {
      case .years(let name):
        scope.iterations[name.text] = (index, .number)
        iterations.append((name.text, .years(when: nil)))
      case .completeYears(let name):
        scope.iterations[name.text] = (index, .number)
        iterations.append((name.text, .completeYears))
      case .yearsWhen(let name, let e):
        scope.iterations[name.text] = (index, .number)
        var constant = Scope(.constant)
        constant.parameters = scope.parameters
        constant.readings = scope.readings
        iterations.append((name.text, .years(when: condition(e, constant))))
      case .range(let name, let a, let b):
        let ta = expression(a, scope, of: .number, .months), tb = expression(b, scope, of: .number, .months)
        scope.iterations[name.text] = (index, .number)
        iterations.append((name.text, .range(name: name.text, from: ta, to: tb)))
      case .members(let name, let e):
        let t = expression(e, scope)
        guard case .set(.record(let list)) = t.type, case .selfField(let field) = t.kind else {
          mismatch(t, wanted: .set(.record("…")))
          continue
        }
        scope.iterations[name.text] = (index, .record(list))
        iterations.append((name.text, .members(list: list, of: field)))
      }
    }
    if iterations.count > 1 {
      report(
        "too-many-iterations", Text("A frame takes one further `each`.", zh: "只能再加一个 `each`。"),
        hint: Text("Leave all but one out.", zh: "请只保留一个。"), at: f.location)
      iterations = Array(iterations.prefix(1))
    }
    return CheckedFrame(base: base, iterations: iterations, location: f.location)
  }

  private func set(_ s: SetSyntax, _ scope: Scope) -> CheckedSet? {
    let source: CheckedSet.Source
    let list: ListDeclaration
    var join: JoinedList?
    switch s.source {
    case .set(let name):
      if let i = scope.sets[name.text], let l = dictionary.list(scope.setLists[i]) {
        source = .set(i)
        list = l
        join = scope.setJoins[i]
      } else if let made = joined(name.text), let l = dictionary.list(made.list) {
        guard let link = link(s, list: l, of: nil, by: nil, scope) else { return nil }
        source = link
        list = l
        join = made
      } else if let l = dictionary.list(name.text) {
        // `count held = exchanges`: all records of a list.
        guard let made = link(s, list: l, of: nil, by: nil, scope) else { return nil }
        source = made
        list = l
      } else if scope.brokenSets.contains(name.text) {
        return nil
      } else {
        unknownName(
          Text("set or list", zh: "集合或列表"), name.text, among: Array(scope.sets.keys) + dictionary.lists.map(\.name),
          at: name.location)
        return nil
      }
    case .first(let n, let name):
      guard let i = scope.sets[name.text], let l = dictionary.list(scope.setLists[i]) else {
        unknownSet(name, scope)
        return nil
      }
      source = .first(expression(n, scope, of: .number), of: i)
      list = l
      join = scope.setJoins[i]
    case .list(let name, let of, let by):
      join = joined(name.text)
      guard let l = join.flatMap({ dictionary.list($0.list) }) ?? dictionary.lists.first(where: { $0.name == name.text || $0.singular == name.text })
      else {
        unknownName(Text("list", zh: "列表"), name.text, among: dictionary.lists.map(\.name), at: name.location)
        return nil
      }
      if of == nil, by == nil, let i = scope.sets[name.text] {
        source = .set(i)
      } else {
        guard let made = link(s, list: l, of: of, by: by, scope) else { return nil }
        source = made
      }
      list = l
    }
    var inner = Scope(.member)
    inner.list = list
    inner.frameName = scope.frameName
    inner.frameList = scope.frameList
    inner.frameIsText = scope.frameIsText
    inner.iterations = scope.iterations
    inner.parameters = scope.parameters
    inner.readings = scope.readings
    inner.join = join
    // Of a joined list only records that begin are members; one narrowed from another has asked that already.
    var conditions: [Typed] = []
    if case .list = source, let join { conditions.append(Typed(.spellBegins(join), .truth, at: s.location)) }
    conditions += s.conditions.map { condition($0, inner) }
    return CheckedSet(
      name: s.name.text, source: source, list: list.name, conditions: conditions,
      on: s.on.map { expression($0, inner, of: .date) }, begins: s.begins.map { expression($0, inner, of: .date) },
      inYear: s.inYear.map { expression($0, inner, of: .number) }, atAnyTime: s.atAnyTime, persons: s.persons,
      personsWhen: s.personsWhen.map { condition($0, settingsScope(scope)) }, join: join, location: s.location)
  }

  /// How a list's records are joined to the frame.
  private func link(
    _ s: SetSyntax, list: ListDeclaration, of: Name?, by: Name?, _ scope: Scope
  ) -> CheckedSet.Source? {
    if let by {
      guard let field = list.field(by.text) else {
        unknownName(
          Text("field of \(list.name)", zh: "\(list.name) 的字段"), by.text, among: list.fields.map(\.name),
          at: by.location)
        return nil
      }
      return .list(list.name, link: field)
    }
    guard let of else {
      if scope.frameList == nil { return .list(list.name, link: nil) }
      report(
        "no-link", Text("Whose \(list.name)? The set does not say.", zh: "没有写明是谁的 \(list.name)。"),
        hint: Text(
          "Write `\(list.name) of \(scope.frameName ?? "agency")`.",
          zh: "请写 `\(list.name) of \(scope.frameName ?? "agency")`。"), at: s.location)
      return nil
    }
    guard of.text == scope.frameName else {
      unknownName(Text("frame", zh: "对象"), of.text, among: scope.frameName.map { [$0] } ?? [], at: of.location)
      return nil
    }
    if scope.frameIsText {
      guard let field = list.field(of.text), field.type == .text else {
        unknownName(
          Text("text field of \(list.name)", zh: "\(list.name) 的文字字段"), of.text, among: list.fields.map(\.name),
          at: of.location)
        return nil
      }
      return .list(list.name, link: field)
    }
    let linking = list.fields.filter { $0.type == .reference(scope.frameList ?? "") }
    if let field = linking.first(where: { $0.name == of.text }) ?? (linking.count == 1 ? linking.first : nil) {
      return .list(list.name, link: field)
    }
    report(
      "no-link",
      Text(
        "\(list.name) do not refer to \(scope.frameList ?? "") by one field.",
        zh: "\(list.name) 与 \(scope.frameList ?? "") 之间没有唯一的引用字段。"),
      hint: Text(
        linking.isEmpty
          ? "Choose another list."
          : "Say which: " + linking.map { "`\(list.name) by \($0.name) of \(of.text)`" }.joined(separator: " / "),
        zh: linking.isEmpty
          ? "请换一个列表。" : "请写明字段：" + linking.map { "`\(list.name) by \($0.name) of \(of.text)`" }.joined(separator: " / ")
      ),
      at: s.location)
    return nil
  }
}
