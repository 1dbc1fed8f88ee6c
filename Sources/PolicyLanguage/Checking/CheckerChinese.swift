// Names in their Chinese spelling: either name of a thing is understood wherever the other is, and what reads in
// Chinese as “is” or “of” is resolved to the definition or fact that is meant. Knows nothing of how rules are spelt
// otherwise.
import Diagnostics
import Facts

extension Checker {
  // MARK: Declared names

  /// Takes in the Chinese names of what the document shares; two things of one name are told.
  func declareNames(_ syntax: DocumentSyntax) {
    let named =
      syntax.values.map(\.name) + syntax.readings.map(\.name) + syntax.parameters.map(\.name)
      + syntax.definitions.map(\.name) + syntax.tables.map(\.name)
    declare(named, in: &shared)
    declare(syntax.measures.map(\.name), in: &measureNames)
    var limits = NamePairs()
    declare(syntax.limits.map(\.name), in: &limits)
    for measure in syntax.measures {
      var own = NamePairs()
      declare(measure.clauses.compactMap(\.declaredName), in: &own)
    }
    for name in syntax.likeWords { tellLikeWord(name) }
    for reading in syntax.readings { declareChoices(reading) }
    for measure in syntax.measures {
      for case .reading(let reading) in measure.clauses { declareChoices(reading) }
    }
  }

  /// Tells of a name that is a word of rules in Chinese, too: where it stands the word is not read.
  private func tellLikeWord(_ name: Name) {
    let zh = name.zh ?? name.text
    diagnostics.append(
      Diagnostic(
        .warning, code: "name-is-word",
        Text(
          "`\(zh)` is a word of rules in Chinese, which a name of that spelling takes away.",
          zh: "“\(zh)”是规则用词，作名称后该词即读作名称。"),
        hint: Text("Give it another name, such as `\(zh)标准`.", zh: "请换个名称，如“\(zh)标准”。"), at: name.location))
  }

  private func declareChoices(_ reading: ReadingSyntax) {
    var choices = NamePairs()
    declare(reading.choices.map(\.name), in: &choices)
  }

  private func declare(_ names: [Name], in pairs: inout NamePairs) {
    for name in names {
      if let zh = name.zh {
        if let other = pairs.ids[zh], other != name.text { duplicate(Name(zh, at: name.location)) }
        if SurfaceWords.constantIDs[zh] != nil { duplicate(Name(zh, at: name.location)) }
      }
      pairs.add(name)
    }
  }

  // MARK: Looking up

  /// The id behind a name of either language, by the scope's own order: what is nearest first, then facts, the measure,
  /// the document, the language.
  func id(of text: String, _ scope: Scope) -> String {
    guard text.isChinese else { return text }
    if let id = scope.near.ids[text] { return id }
    if let join = scope.join, let zh = join.chinese.singular, text == zh || text == "该" + zh { return join.singular }
    if let frame = scope.frame, text == frame.words.zh { return frame.name }
    if let list = scope.list {
      if let field = list.named(text) { return field.name }
      if text == "该" + list.record.zh { return list.singular }
    }
    if let field = scope.frameList?.named(text), scope.context == .member { return field.name }
    if let id = scope.far.ids[text] ?? shared.ids[text] ?? SurfaceWords.constantIDs[text] { return id }
    // 同一企业: the frame's record where nothing else is called so.
    if let frame = scope.frame, frame.words.zh == "该" + text { return frame.name }
    // Whoever asks for records may know a fact by the heading that registers have for it: 姓名, 入职时间.
    if records != nil, let field = scope.list?.headed(text) { return field.name }
    return text
  }

  /// Takes down what a bare name stands for.
  func note(_ id: String, _ scope: Scope, at location: SourceRange) {
    guard let notes else { return }
    let isHidden = scope.arguments[id] != nil || scope.lets[id] != nil || scope.iterations[id] != nil
    if !isHidden, let field = scope.list?.field(id), let says = field.says {
      readsLike(field, says, at: location)
    } else {
      notes.name(Text(id, zh: chinese(id, scope)), at: location)
    }
  }

  /// A name that stands bare in a scope, as Chinese writes it.
  private func chinese(_ id: String, _ scope: Scope) -> String {
    if scope.arguments[id] != nil || scope.lets[id] != nil || scope.iterations[id] != nil {
      return scope.near.chinese[id] ?? SurfaceWords.constants[id] ?? id
    }
    if let field = scope.list?.field(id) { return field.words.zh }
    if let join = scope.join, join.singular == id { return "该" + (join.chinese.singular ?? join.singular) }
    if let frame = scope.frame, frame.name == id { return frame.words.zh }
    if let list = scope.list, list.singular == id { return "该" + list.record.zh }
    let isOwn = scope.parameters[id] != nil || parameters[id] != nil || values[id] != nil
    return scope.far.chinese[id] ?? shared.chinese[id] ?? (isOwn ? nil : SurfaceWords.constants[id]) ?? id
  }

  func list(called text: String) -> ListDeclaration? { dictionary.list(called: text) }

  func list(called text: String, at location: SourceRange) -> ListDeclaration? {
    guard let list = list(called: text) else { return nil }
    notes?.name(list.words, at: location)
    return list
  }

  /// The number of a set of the measure.
  func set(called name: Name, _ scope: Scope) -> Int? {
    let id = scope.near.ids[name.text] ?? name.text
    guard let number = scope.sets[id] else { return nil }
    notes?.name(scope.near.words(id), at: name.location)
    return number
  }

  func valueID(_ name: String) -> String? {
    let id = shared.ids[name] ?? name
    return values[id] == nil ? nil : id
  }

  func measureID(_ name: Name) -> String {
    let id = measureNames.ids[name.text] ?? name.text
    notes?.name(measureNames.words(id), at: name.location)
    return id
  }

  // MARK: What Chinese says with “is” and “of”

  /// A yes-or-no fact of the record that is looked at, in the words for what holds or what does not.
  func reads(_ name: Name, _ scope: Scope) -> Typed? {
    guard name.text.isChinese else { return nil }
    guard let (field, says, holds) = scope.list?.reading(name.text) else {
      guard scope.context == .member, let t = reads(name, scope.ofFrame) else { return nil }
      return Typed(.ofFrame(t), t.type, at: name.location)
    }
    notes?.name(
      field.words, .reads(holds: holds, yes: says.yes.zh, no: says.no.zh), at: name.location)
    let fact = Typed(.selfField(field), .truth, at: name.location)
    return holds ? fact : Typed(.not(fact), .truth, at: name.location)
  }

  func readsLike(_ field: Field, _ says: Field.Says, at location: SourceRange) {
    notes?.name(field.words, .reads(holds: true, yes: says.yes.zh, no: says.no.zh), at: location)
  }

  /// The same of the record before it: 就业单位受疫情影响.
  func reads(_ name: Name, of record: Typed, _ list: ListDeclaration, at location: SourceRange) -> Typed? {
    if let (field, says, holds) = list.reading(name.text) {
      notes?.name(
        field.words, .reads(holds: holds, yes: says.yes.zh, no: says.no.zh), at: name.location)
      var fact = Typed(.field(record, field), .truth, at: location)
      if case .selfRecord = record.operation { fact = Typed(.selfField(field), .truth, at: location) }
      return holds ? fact : Typed(.not(fact), .truth, at: location)
    }
    return nil
  }

  /// `x的N` where N is a definition of one thing and no field.
  func said(_ name: Name, of base: Expression, _ scope: Scope, _ location: SourceRange) -> Typed? {
    guard let definition = definitionOfOne(name.text) else { return nil }
    // A field of that name goes before.
    if base.node.isBareName, measureNames.ids[base.bareName ?? ""] != nil { return nil }
    let silent = quietly { expression(base, scope) }
    if case .record(let list) = silent.type, dictionary.list(list)?.named(name.text) != nil { return nil }
    return call(Name(definition, at: name.location), [base], scope, location)
  }

  /// `x为N` where N is a definition of one thing that holds or does not, and no choice.
  func said(
    _ name: Expression, of base: Expression, _ typed: Typed, _ scope: Scope, _ location: SourceRange
  ) -> Typed? {
    guard case .name(let written) = name.node, written.isChinese, let definition = definitionOfOne(written) else {
      return nil
    }
    if case .choice(let names) = typed.type, dictionary.words(ofChoices: names).contains(where: { $0.zh == written }) {
      return nil
    }
    return call(Name(definition, at: name.location), [base], scope, location)
  }

  private func definitionOfOne(_ name: String) -> String? {
    guard name.isChinese else { return nil }
    let id = shared.ids[name] ?? name
    return definitionSyntax[id]?.parameters.count == 1 ? id : nil
  }

  /// What an expression would be, without telling what is wrong with it.
  private func quietly(_ check: () -> Typed) -> Typed {
    let before = diagnostics.count
    defer { diagnostics.removeSubrange(before...) }
    return check()
  }
}

extension Expression {
  var bareName: String? { if case .name(let name) = node { name } else { nil } }
}

extension Expression.Node {
  var isBareName: Bool { if case .name = self { true } else { false } }
}

extension ClauseSyntax {
  /// What the clause gives a name to.
  var declaredName: Name? {
    switch self {
    case .parameter(let parameter): parameter.name
    case .reading(let reading): reading.name
    case .letting(let name, _): name
    case .set(let set): set.name
    case .title, .article, .kind, .window, .assume, .text, .frame, .condition, .begins, .require, .persons, .oncePer,
      .onlyFirst, .onlyHighest, .yields, .ownDefault, .pay, .grant, .quota, .cap, .fund, .recover, .ordered, .error,
      .expect:
      nil
    }
  }
}

extension FrameSyntax.Iteration {
  /// What the iteration is called.
  var name: Name {
    switch self {
    case .years(let name), .yearsWhen(let name, _), .completeYears(let name), .range(let name, _, _),
      .members(let name, _), .periods(let name, _):
      name
    }
  }
}

extension ListDeclaration {
  /// The field of an id or a Chinese name.
  package func named(_ name: String) -> Field? { field(name) ?? fields.first { $0.chinese == name } }

  /// The yes-or-no fact that reads so, and whether it then holds.
  func reading(_ words: String) -> (Field, Field.Says, holds: Bool)? {
    for field in fields {
      guard let says = field.says else { continue }
      if says.yes.zh == words { return (field, says, true) }
      if says.no.zh == words { return (field, says, false) }
    }
    for (name, holds) in ChineseNames.truth(in: words) {
      guard let field = named(name), field.type == .bool else { continue }
      // As it is written here, where it has no words of its own.
      let own = Field.Says(yes: .same(words), no: .same("不属" + name))
      return (field, field.says ?? (holds ? own : Field.Says(yes: .same("属" + name), no: .same(words))), holds)
    }
    return nil
  }
}
