// Lists that join records, and figures over other records of the same person: names resolved, types compared.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// Checks the document's joined lists. They are no lists of facts: a scenario cannot state them.
  func declareJoined(_ lists: [ListSyntax]) {
    for list in lists where !list.joins.isEmpty {
      if joined[list.name.text] != nil || dictionary.list(list.name.text) != nil { duplicate(list.name) }
      if let made = joinedList(list) { joined[list.name.text] = made }
    }
  }

  /// The joined list of which a word is the name or the singular.
  func joined(_ word: String) -> JoinedList? {
    joined[word]
      ?? joined.values.first {
        $0.singular == word || $0.chinese.name == word || $0.chinese.singular == word
          || $0.chinese.singular.map { "该" + $0 } == word
      }
  }

  /// The list whose records are joined by what a name stands for.
  func joinedSource(_ name: Name) -> ListDeclaration? {
    guard let join = joined(name.text) else { return nil }
    notes?.name(Text(join.name, zh: join.chinese.name ?? join.name), at: name.location)
    return dictionary.list(join.list)
  }

  private func joinedList(_ syntax: ListSyntax) -> JoinedList? {
    var source: ListDeclaration?
    var choices: [JoinedList.Choice] = []
    for join in syntax.joins {
      guard let list = list(called: join.list.text, at: join.list.location) else {
        unknownName(
          Text("list", zh: "列表"), join.list.text, among: dictionary.lists.map(\.name), at: join.list.location)
        return nil
      }
      guard list.person != nil, list.begins != nil, list.ends != nil else {
        report(
          "cannot-join",
          Text("\(list.name) have no person, beginning and end to be joined by.", zh: "\(list.name) 没有人员和起止日期，不能衔接。"),
          hint: Text("Declare `person`, `begins` and `ends` of the list.", zh: "请为该列表声明 `person`、`begins` 和 `ends`。"),
          at: join.location)
        return nil
      }
      if let source, source.name != list.name {
        report(
          "cannot-join", Text("One list joins the records of one list.", zh: "一个列表只能衔接一个列表的记录。"),
          hint: Text("Name \(source.name) again.", zh: "请仍写 \(source.name)。"), at: join.list.location)
        return nil
      }
      source = list
      guard let keys = keys(join, list) else { return nil }
      var inner = Scope(.member)
      inner.list = list
      choices.append(
        JoinedList.Choice(
          keys: keys, condition: join.condition.map { condition($0, inner) },
          when: join.when.map { condition($0, Scope(.constant)) }))
    }
    guard let source else { return nil }
    if syntax.gaps.isEmpty {
      report(
        "missing-clause", Text("`\(syntax.name.text)` has no `gap`.", zh: "`\(syntax.name.text)` 缺少 `gap`。"),
        hint: Text("Add a line such as `gap at most 0 days`.", zh: "请加一行，例如 `gap at most 0 days`。"),
        at: syntax.name.location)
      return nil
    }
    let gaps = syntax.gaps.map { gap in
      JoinedList.Gap(
        days: gap.days.map { expression($0, Scope(.constant), of: .days, .months) },
        when: gap.when.map { condition($0, Scope(.constant)) })
    }
    return JoinedList(
      name: syntax.name.text, singular: syntax.singular.text, title: syntax.title ?? .same(syntax.name.text),
      chinese: (syntax.name.zh, syntax.singular.zh), list: source.name, choices: choices, gaps: gaps,
      location: syntax.name.location)
  }

  /// The fields that have to be the same beside the person, who comes first.
  private func keys(_ join: JoinsSyntax, _ list: ListDeclaration) -> [Field]? {
    let persons = ["person", SurfaceWords.person] + [list.personName, list.personID].compactMap { $0 }
    guard let first = join.keys.first, persons.contains(first.text) || list.named(first.text)?.name == list.personName
    else {
      report(
        "cannot-join", Text("Records are joined by person first.", zh: "衔接首先按人。"),
        hint: Text("Write `with same person`.", zh: "请写 `with same person`。"), at: join.location)
      return nil
    }
    notes?.name(Text("person", zh: SurfaceWords.person), at: first.location)
    var fields: [Field] = []
    for key in join.keys.dropFirst() {
      guard let field = list.named(key.text) else {
        unknownName(
          Text("field of \(list.name)", zh: "\(list.name) 的字段"), key.text, among: list.fields.map(\.name),
          at: key.location)
        return nil
      }
      notes?.name(field.words, at: key.location)
      fields.append(field)
    }
    return fields
  }

  // MARK: In expressions

  /// The last day of the record that is looked at: of a joined one, its latest.
  func lastDay(_ field: Field, _ scope: Scope, at location: SourceRange) -> Typed {
    guard let join = scope.join, field.name == dictionary.list(join.list)?.ends else {
      return Typed(.selfField(field), ValueType(field.type), at: location)
    }
    return Typed(.spellEnd(join), .date, at: location)
  }

  /// `earliest of X over (hires with same person where …)`
  func grouped(
    _ pick: Expression.Pick, _ x: Expression, _ set: InlineSetSyntax, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    guard scope.context == .member || scope.context == .frame, let own = scope.list else {
      report(
        "no-record", Text("There is no record here to look for others of.", zh: "此处没有可以比照的记录。"),
        hint: Text("Ask it in `where` or `on` of a `count`.", zh: "请写在 `count` 的 `where` 或 `on` 中。"), at: location)
      return broken(location)
    }
    var inner = Scope(.member)
    inner.parameters = scope.parameters
    inner.readings = scope.readings
    inner.far = scope.far
    let members: GroupedFigure.Members
    if let of = set.of {
      guard let outer = joined(of.text), let parts = joined(set.list.text), outer.list == parts.list,
        outer.list == own.name
      else {
        unknownName(
          Text("joined list", zh: "衔接列表"), joined(of.text) == nil ? of.text : set.list.text,
          among: joined.values.flatMap { [$0.name, $0.singular] }, at: set.location)
        return broken(location)
      }
      notes?.name(Text(parts.name, zh: parts.chinese.name ?? parts.name), at: set.list.location)
      notes?.name(
        Text(outer.singular, zh: "该" + (outer.chinese.singular ?? outer.chinese.name ?? outer.singular)),
        at: of.location)
      members = .parts(parts, of: outer)
      inner.join = parts
    } else {
      guard list(called: set.list.text, at: set.list.location)?.name == own.name, own.person != nil else {
        report(
          "no-person",
          Text(
            "`with same person` looks among the records of one list with persons.",
            zh: "`with same person` 只在有人员的同一列表内查找。"),
          hint: Text("Write `\(own.name) with same person`.", zh: "请写 `\(own.name) with same person`。"),
          at: set.location)
        return broken(location)
      }
      members = .samePerson
    }
    inner.list = own
    let value = expression(x, inner, of: .date)
    let conditions = set.conditions.map { condition($0, inner) }
    if value.type == .broken || conditions.contains(where: { $0.type == .broken }) { return broken(location) }
    let all = conditions.isEmpty ? nil : Typed(.and(conditions), .truth, at: set.location)
    return Typed(
      .grouped(GroupedFigure(pick: pick, members: members, list: own.name, value: value, condition: all)), .date,
      at: location)
  }
}

extension Checker {
  /// `default clock is insured_months`
  func ownDefault(_ name: Name, _ choice: Name, _ reason: Text?, _ location: SourceRange) -> CheckedDefault? {
    let reading = Reading.global.first { $0.name == name.text || $0.chinese == name.text }
    guard let reading, !reading.isGlobalOnly else {
      unknownName(
        Text("global reading", zh: "通用口径"), name.text,
        among: Reading.global.filter { !$0.isGlobalOnly }.map(\.name), at: name.location)
      return nil
    }
    guard let index = reading.choices.firstIndex(where: { $0.name == choice.text || $0.chinese == choice.text }) else {
      unknownName(
        Text("choice of `\(name.text)`", zh: "`\(name.text)` 的选项"), choice.text, among: reading.choices.map(\.name),
        at: choice.location)
      return nil
    }
    notes?.name(reading.words, at: name.location)
    notes?.name(reading.choices[index].words, at: choice.location)
    return CheckedDefault(reading: reading.name, choice: index, reason: reason, location: location)
  }
}
