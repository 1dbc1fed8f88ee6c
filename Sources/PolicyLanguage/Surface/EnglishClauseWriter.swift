// Clauses written in English, as the grammar in `Parser` has them. Knows nothing of lines.
import Diagnostics

extension RuleWriter {
  func english(_ clause: ClauseSyntax) -> [String] {
    switch clause {
    case .title(let text): ["title"] + wording(text)
    case .article(let text): ["article", quoted(text.text)]
    case .kind(let name): ["kind", declared(name)]
    case .parameter(let p): ["param"] + english(p)
    case .reading(let r): ["reading", declared(r.name)] + wording(r.question)
    case .window(let w): english(w)
    case .assume(let text): ["assume"] + wording(text)
    case .text(let text): ["text"] + wording(text)
    case .frame(let f): english(f)
    case .condition(let e): ["where"] + words(e)
    case .begins(let e): ["begins"] + words(e, .sum)
    case .letting(let name, let e): ["let", declared(name), "="] + words(e)
    case .set(let s): english(s)
    case .require(let e): ["require"] + words(e)
    case .persons: ["every", "record"]
    case .oncePer(let keys, let months, _):
      ["once", "per"] + listed(keys) + (months.map { ["in", "any"] + words($0, .sum) } ?? [])
    case .onlyFirst(let n, let inSuccession, let when, let keys, let by, _):
      ["only", "the", "first"] + words(n, .operand) + (inSuccession ? ["in", "succession"] : []) + condition(when)
        + ["for", "each"] + listed(keys) + ["by"] + words(by, .sum)
    case .onlyHighest(let keys, let preferring, let when, _):
      ["only", "the", "highest", "for", "each"] + listed(keys) + (preferring.map { ["preferring"] + words($0) } ?? [])
        + condition(when)
    case .yields(let other, let unless, let when):
      ["yields", "to", name(other)] + (unless ? ["unless", "unpriced"] : []) + condition(when)
    case .ownDefault(let reading, let choice, let reason, _):
      ["default", name(reading), "is", name(choice)] + (reason.map(wording) ?? [])
    case .pay(let p): english(p)
    case .grant(let g): ["grant"] + wording(g.title) + ["to"] + words(g.who, .operand) + condition(g.when)
    case .quota(let n, let keys, _):
      ["quota"] + words(n, .sum) + (keys.isEmpty ? ["in", "all"] : ["for", "each"] + listed(keys))
    case .cap(let cap): self.cap(cap)
    case .fund(let funds): self.funds(funds)
    case .recover(let recover): english(recover)
    case .ordered(let keys, _): ["ordered", "by"] + listed(keys)
    case .error(let message, let when, _): ["error"] + wording(message) + ["when"] + words(when)
    case .expect(let e, let text, _): ["expect"] + words(e) + (text.map(wording) ?? [])
    }
  }

  private func condition(_ when: Expression?) -> [String] { when.map { ["when"] + words($0) } ?? [] }

  private func listed(_ keys: [Expression]) -> [String] { parted(keys, by: ",") }

  func english(_ p: ParameterSyntax) -> [String] {
    [declared(p.name), "="] + words(p.value, .sum) + dated(p)
      + (p.atLeast.map { [",", "at", "least"] + words($0, .sum) } ?? [])
      + (p.atMost.map { [",", "at", "most"] + words($0, .sum) } ?? []) + (p.meaning.map(wording) ?? [])
  }

  func english(_ w: WindowSyntax) -> [String] {
    if w.isNone { return ["no", "window"] }
    return ["window"] + (w.from.map { ["from"] + words($0, .sum) } ?? [])
      + (w.to.map { ["to"] + words($0, .sum) } ?? [])
  }

  private func english(_ f: FrameSyntax) -> [String] {
    var out: [String] =
      switch f.base {
      case .district: ["for", "the", "district"]
      case .each(let record): ["for", "each", name(record)]
      case .eachText(let field, let list): ["for", "each", name(field), "of", name(list)]
      }
    for iteration in f.iterations {
      out += [",", "each"]
      switch iteration {
      case .years(let name): out.append(name.text)
      case .completeYears: out += ["complete", "year"]
      case .yearsWhen(let name, let condition): out += [name.text, "when"] + words(condition)
      case .range(let name, let from, let to):
        out += [declared(name), "from"] + words(from, .sum) + ["to"] + words(to, .sum)
      case .members(let name, let set): out += [declared(name), "in"] + words(set, .sum)
      case .periods(_, let p):
        out += ["period", "of", String(p.months)] + (p.isCalendar ? ["calendar"] : [])
        out += [p.months == 1 ? "month" : "months", "from"] + words(p.from, .sum) + ["to"] + words(p.to, .sum)
      }
    }
    return out
  }

  private func english(_ s: SetSyntax) -> [String] {
    var out = ["count", declared(s.name), "="]
    switch s.source {
    case .set(let set): out += (s.isAll ? ["all"] : []) + [name(set)]
    case .first(let n, let set): out += ["first"] + words(n, .operand) + ["of", name(set)]
    case .list(let list, let of, let by):
      out += (s.isAll ? ["all"] : []) + [name(list)]
      if let by { out += ["by", name(by)] }
      if let of { out += ["of", name(of)] }
    case .keyed(let set): out += sourceInEnglish(set)
    }
    for condition in s.conditions { out += ["where"] + words(condition) }
    if let on = s.on { out += ["on"] + words(on, .sum) }
    if let begins = s.begins { out += ["begins"] + words(begins, .sum) }
    if let year = s.inYear { out += ["in", "year"] + words(year, .operand) }
    if s.atAnyTime { out += ["at", "any", "time"] }
    if s.inAnyYear { out += ["in", "any", "year"] }
    switch s.persons {
    case .byReading: break
    case .every: out += ["every", "record"]
    case .once: out += ["once", "per", "person"]
    case .onceInAll: out += ["once", "per", "person", "in", "all"] + condition(s.personsWhen)
    }
    return out
  }

  private func english(_ p: PaySyntax) -> [String] {
    ["pay"] + words(p.who, .operand) + (p.isUpperBound ? ["at", "most"] : []) + words(p.amount, .sum)
      + (p.low.map { ["or", "at", "least"] + words($0, .sum) } ?? [])
      + (p.forEach.map { ["for", "each", name($0)] } ?? []) + equalParts(p.equalParts)
      + (p.on.map { ["on"] + words($0, .sum) } ?? [])
      + condition(p.when)
  }

  private func english(_ r: RecoverSyntax) -> [String] {
    ["recover"] + (r.amount.map { words($0, .sum) } ?? ["all"]) + (r.who.map { ["from"] + words($0, .operand) } ?? [])
      + (r.on.map { ["on"] + words($0, .sum) } ?? []) + condition(r.when)
      + (r.forEach.map { ["for", "each", name($0)] } ?? [])
  }

  // MARK: Declarations of one clause

  func english(_ v: ValueSyntax) -> [String] {
    ["value", declared(v.name), v.unit.text] + (v.isByDate ? ["by", "date"] : []) + (v.meaning.map(wording) ?? [])
      + (v.source.map { ["from"] + wording($0) } ?? [])
  }

  func english(_ d: DefinitionSyntax) -> [String] {
    guard !d.parameters.isEmpty else { return ["define", declared(d.name)] + words(d.body, .either) }
    return ["define", declared(d.name) + "(" + englishArguments(d.parameters) + ")"] + words(d.body)
  }

  func english(_ choice: ReadingSyntax.Choice) -> [String] {
    [declared(choice.name)] + (choice.meaning.map(wording) ?? []) + (choice.isDefault ? ["default"] : [])
  }

  // MARK: Lists

  func englishHead(_ l: ListSyntax) -> [String] {
    let article = listed(l.singular).first.map { "aeiou".contains($0) } == true ? "an" : "a"
    return ["list", listed(l.name), ",", "each", article, listed(l.singular)]
      + (l.classifier.map { ["per", $0.text] } ?? [])
  }

  func english(_ j: JoinsSyntax) -> [String] {
    ["joins", name(j.list), "with", "same", j.keys.map { name($0) }.joined(separator: ", ")]
      + (j.condition.map { ["where"] + words($0) } ?? []) + condition(j.when)
  }

  func english(_ g: GapSyntax) -> [String] {
    ["gap"] + (g.days.map { ["at", "most"] + words($0, .sum) } ?? ["no", "calendar", "month"]) + condition(g.when)
  }

  func english(_ f: ListSyntax.FieldSyntax) -> [String] {
    var out = ["field", declared(f.name)] + english(f.type) + (f.isAscending ? ["ascending"] : [])
    switch f.absence {
    case .required?: out.append("required")
    case ListSyntax.AbsenceSyntax.none?: out += ["absent", "means", "none"]
    case .empty?: out += ["absent", "means", "empty"]
    case .value(let value)?: out += ["default", value.text]
    case nil: break
    }
    if !f.labels.isEmpty { out += ["label", f.labels.map(quoted).joined(separator: ", ")] }
    if let meaning = f.meaning { out += wording(meaning) }
    if let says = f.says {
      out += ["says", quoted(says.yes.en), "/", quoted(says.no.en)]
      if says.yes.en != says.yes.zh { out += ["zh", quoted(says.yes.zh), "/", quoted(says.no.zh)] }
    }
    return out
  }

  private func english(_ type: ListSyntax.TypeSyntax) -> [String] {
    switch type {
    case .plain(let word): return [word]
    case .reference(let list): return ["reference", "to", name(list)]
    case .set(let member): return ["set", "of"] + english(member)
    case .choice(let names, let labels):
      let choices = zip(names, labels).map { name, labels in
        ([declared(name)] + labels.map(quoted)).joined(separator: " ")
      }
      return ["one", "of", "(" + choices.joined(separator: ", ") + ")"]
    }
  }
}
