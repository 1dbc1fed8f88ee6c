// Sets: the records that a measure counts, sums and pays, and how they are joined to the frame.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  func set(_ s: SetSyntax, _ scope: Scope) -> CheckedSet? {
    guard let (source, list) = source(of: s, scope) else { return nil }
    let join = join(of: s, source, scope)
    var inner = scope.ofMember(list, join)
    if case .set(let i) = source { inner.memberOf = i }
    let partsOf = partsOf(source, scope)
    // Of a joined list only records that begin are members; one narrowed from another has asked that already.
    var conditions: [Typed] = []
    if case .list = source, let join { conditions.append(Typed(.spellBegins(join), .truth, at: s.location)) }
    conditions += s.conditions.map { condition($0, inner) }
    let on = s.on.map { expression($0, inner, of: .date) }
    // What has no day of its own is placed in years by what the rule asks of the year.
    let isPlaced = list.begins != nil || s.begins != nil || s.inYear != nil || on.map { !$0.asksFrame } ?? false
    let asksYear = conditions.contains(where: \.asksIteration)
    return CheckedSet(
      name: s.name.text, chinese: s.name.zh, source: source, list: list.name,
      isOfEveryYear: s.isAll || s.inAnyYear || source.isOfList && !isPlaced && asksYear, conditions: conditions, on: on,
      begins: s.begins.map { expression($0, inner, of: .date) },
      inYear: s.inYear.map { expression($0, inner, of: .number) }, atAnyTime: s.atAnyTime || s.isAll || partsOf != nil,
      persons: s.persons,
      personsWhen: s.personsWhen.map { condition($0, scope.constant) }, join: join, partsOf: partsOf,
      location: s.location)
  }

  /// The joined list through which a set's members are seen: the one it names, or that of the set it is narrowed from.
  private func join(of s: SetSyntax, _ source: CheckedSet.Source, _ scope: Scope) -> JoinedList? {
    switch source {
    case .set(let i), .first(_, let i): return scope.setJoins[i]
    case .list:
      switch s.source {
      case .set(let name), .list(let name, _, _): return joined(name.text)
      case .first, .keyed: return nil
      }
    }
  }

  /// Where the members come from, and the list that they are records of.
  private func source(of s: SetSyntax, _ scope: Scope) -> (CheckedSet.Source, ListDeclaration)? {
    switch s.source {
    case .keyed: Invariant.broken("keyed-sets-sideways: a set by keys is no set of the frame")
    case .set(let name):
      if let i = set(called: name, scope), let list = dictionary.list(scope.setLists[i]) { return (.set(i), list) }
      // `count held = exchanges`: all records of a list.
      if let list = joinedSource(name) ?? list(called: name.text, at: name.location) {
        return link(s, list: list, of: nil, by: nil, scope).map { ($0, list) }
      }
      if !scope.brokenSets.contains(name.text) {
        unknownName(
          Text("set or list", zh: "集合或列表"), name.text, among: Array(scope.sets.keys) + dictionary.lists.map(\.name),
          at: name.location)
      }
      return nil
    case .first(let n, let name):
      guard let i = set(called: name, scope), let list = dictionary.list(scope.setLists[i]) else {
        unknownSet(name, scope)
        return nil
      }
      return (.first(expression(n, scope, of: .number), of: i), list)
    case .list(let name, let of, let by):
      guard
        let list = joinedSource(name) ?? self.list(called: name.text, at: name.location)
      else {
        unknownName(Text("list", zh: "列表"), name.text, among: dictionary.lists.map(\.name), at: name.location)
        return nil
      }
      if of == nil, by == nil, let i = set(called: name, scope) { return (.set(i), list) }
      return link(s, list: list, of: of, by: by, scope).map { ($0, list) }
    }
  }

  /// The joined list of the frame's record, where the members are its parts.
  private func partsOf(_ source: CheckedSet.Source, _ scope: Scope) -> JoinedList? {
    guard let join = scope.join, case .list(_, let field?) = source, field.name == join.part.name else { return nil }
    return join
  }

  /// How a list's records are joined to the frame.
  private func link(
    _ s: SetSyntax, list: ListDeclaration, of: Name?, by: Name?, _ scope: Scope
  ) -> CheckedSet.Source? {
    if let by {
      guard let field = list.named(by.text) else {
        unknownName(
          Text("field of \(list.name)", zh: "\(list.name) 的字段"), by.text, among: list.fields.map(\.name),
          at: by.location)
        return nil
      }
      notes?.name(field.words, at: by.location)
      if let of, let frame = scope.frame { notes?.name(frame.words, at: of.location) }
      return joins(by, field, of, list, scope) ? .list(list.name, link: field) : nil
    }
    guard let of else {
      guard let frame = scope.frame else { return .list(list.name, link: nil) }
      report(
        "no-link", Text("Whose \(list.name)? The set does not say.", zh: "没有写明是谁的 \(list.name)。"),
        hint: Text("Write `\(list.name) of \(frame.name)`.", zh: "请写 `\(list.name) of \(frame.name)`。"), at: s.location)
      return nil
    }
    guard let frame = scope.frame, frame.isCalled(of.text) else {
      if !isKey(of, list, scope) {
        unknownName(Text("frame", zh: "对象"), of.text, among: scope.frame.map { [$0.name] } ?? [], at: of.location)
      }
      return nil
    }
    notes?.name(frame.words, at: of.location)
    if frame.isText {
      let person = frame.name == "person" ? list.personField : nil
      guard let field = list.field(frame.name) ?? person, field.type == .text else {
        unknownName(
          Text("text field of \(list.name)", zh: "\(list.name) 的文字字段"), of.text, among: list.fields.map(\.name),
          at: of.location)
        return nil
      }
      return .list(list.name, link: field)
    }
    if let join = scope.join, join.singular == frame.name, join.list == list.name {
      return .list(list.name, link: join.part)
    }
    let linking = list.fields.filter { $0.type == .reference(frame.list) }
    if let field = linking.first(where: { $0.name == frame.name }) ?? (linking.count == 1 ? linking.first : nil) {
      return .list(list.name, link: field)
    }
    notLinked(s, list, frame, by: linking, of)
    return nil
  }

  /// Whether what a set is said to be of is a fact that its records and the frame's have in common, which is told.
  private func isKey(_ of: Name, _ list: ListDeclaration, _ scope: Scope) -> Bool {
    guard let field = list.named(of.text), (scope.frameList ?? scope.list)?.named(of.text) != nil else { return false }
    let frame = scope.frame?.words ?? Text("the frame", zh: "对象")
    report(
      "unknown-name",
      Text(
        "`\(of.text)` is a fact of \(frame.en), not what the measure is for each of.",
        zh: "`\(of.text)` 是\(frame.zh)的一项事实，不是本措施的对象。"),
      hint: Text(
        "Those with the same one are `\(list.name) with same \(field.name)`.",
        zh: "与其相同的记录，请写 `\(list.name) with same \(field.name)`。"), at: of.location)
    return true
  }

  /// Whether the field that a set names leads to the frame: a reference to its list, or a text where that is a text.
  private func joins(_ by: Name, _ field: Field, _ of: Name?, _ list: ListDeclaration, _ scope: Scope) -> Bool {
    guard let frame = scope.frame else {
      report(
        "no-link", Text("There is no record here that `\(by.text)` could name.", zh: "此处没有 `\(by.text)` 可以指向的记录。"),
        hint: Text("Write `\(list.name)` alone for all of them.", zh: "全部记录请只写 `\(list.name)`。"), at: by.location)
      return false
    }
    if let of, !frame.isCalled(of.text) {
      unknownName(Text("frame", zh: "对象"), of.text, among: [frame.name], at: of.location)
      return false
    }
    let wanted: FieldType = frame.isText ? .text : .reference(frame.list)
    if field.type == wanted { return true }
    let fitting = list.fields.filter { $0.type == wanted }.map { "`\(list.name) by \($0.name) of \(frame.name)`" }
    let target = frame.isText ? Text("texts such as \(frame.name)", zh: "\(frame.name) 这样的文字") : .same(frame.list)
    let found: Text =
      if case .reference(let other) = field.type {
        Text("`\(by.text)` refers to \(other), not to \(target.en).", zh: "`\(by.text)` 指向 \(other)，而不是 \(target.zh)。")
      } else {
        Text("`\(by.text)` does not refer to \(target.en).", zh: "`\(by.text)` 不指向 \(target.zh)。")
      }
    report(
      "no-link", found,
      hint: fitting.isEmpty
        ? Text("Choose another list.", zh: "请换一个列表。")
        : Text("Say which: " + fitting.joined(separator: " / "), zh: "请写明字段：" + fitting.joined(separator: " / ")),
      at: by.location)
    return false
  }

  private func notLinked(
    _ s: SetSyntax, _ list: ListDeclaration, _ frame: Scope.Frame, by linking: [Field], _ of: Name
  ) {
    let ways = linking.map { "`\(list.name) by \($0.name) of \(of.text)`" }.joined(separator: " / ")
    report(
      "no-link",
      Text(
        "\(list.name) do not refer to \(frame.list) by one field.", zh: "\(list.name) 与 \(frame.list) 之间没有唯一的引用字段。"),
      hint: linking.isEmpty
        ? Text("Choose another list.", zh: "请换一个列表。") : Text("Say which: " + ways, zh: "请写明字段：" + ways),
      at: s.location)
  }
}

extension CheckedSet.Source {
  /// Whether it takes records of a list, rather than members of another set.
  var isOfList: Bool { if case .list = self { true } else { false } }
}
