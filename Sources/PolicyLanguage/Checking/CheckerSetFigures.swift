// Figures over sets: those that look sideways, those in brackets, averages, how many different ones there are, a
// member's place, and figures over a range of numbers.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// The set that looks sideways under a name; nil where the name is none.
  func sideways(called name: Name, _ scope: Scope) -> SidewaysSet? {
    let id = scope.near.ids[name.text] ?? name.text
    guard scope.context == .frame, let set = scope.sideways[id] else { return nil }
    notes?.name(scope.near.words(id), at: name.location)
    return set
  }

  func setFigure(_ f: SetFigureSyntax, _ scope: Scope, _ location: SourceRange) -> Typed {
    if let t = ofOwnFrame(scope, location, { setFigure(f, $0, location) }) { return t }
    switch f.set {
    case .named(let name):
      if f.kind == .number { return number(in: name, scope, location) }
      if let set = sideways(called: name, scope) { return figure(f.kind, f.value, over: set, scope, location) }
      return aggregate(name, scope) { i, list in figure(f.kind, f.value, over: i, list, scope, location) }
    case .inline(let written):
      guard let set = amongFacts(written, scope) else { return broken(location) }
      if set.of != nil || set.by != nil {
        return ofFrame(set, scope, location) { i, list, own in figure(f.kind, f.value, over: i, list, own, location) }
      }
      guard let set = sideways(set, [], self.written(set), scope) else { return broken(location) }
      return figure(f.kind, f.value, over: set, scope, location)
    }
  }

  /// A figure of the frame, asked where the frame's own record is looked at as a member; nil elsewhere.
  private func ofOwnFrame(_ scope: Scope, _ location: SourceRange, _ make: (Scope) -> Typed) -> Typed? {
    guard scope.context == .member, scope.isOwnFrame else { return nil }
    let t = make(scope.ofFrame)
    return t.type == .broken ? t : Typed(.ofFrame(t), t.type, at: location)
  }

  /// `largest of X over (…)` and its kin.
  func extreme(
    _ pick: Expression.Pick, _ x: Expression, over set: InlineSetSyntax, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    if let t = ofOwnFrame(scope, location, { extreme(pick, x, over: set, $0, location) }) { return t }
    guard let set = amongFacts(set, scope) else { return broken(location) }
    if set.by != nil || set.isAll && set.of != nil || set.of.map({ joined($0.text) == nil }) == true {
      return ofFrame(set, scope, location) { i, list, own in extreme(pick, x, over: i, list, own, location) }
    }
    let isDate = pick == .earlier || pick == .later
    if set.of != nil || (set.isSamePerson && isDate && !scope.hasRecordArgument) {
      return grouped(pick, x, set, scope, location)
    }
    guard let set = sideways(set, [], written(set), scope) else { return broken(location) }
    return extreme(pick, x, over: set, scope, location)
  }

  func extreme(
    _ pick: Expression.Pick, _ x: Expression, over set: SidewaysSet, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    value(x, of: set, scope, orderedBy: pick).map { value in
      Typed(.sideways(SidewaysFigure(.pick(pick), of: set, value)), value.type, at: location)
    } ?? broken(location)
  }

  func sum(_ x: Expression, over set: SidewaysSet, _ scope: Scope, _ location: SourceRange) -> Typed {
    figure(.sum, x, over: set, scope, location)
  }

  func count(_ set: SidewaysSet, _ location: SourceRange) -> Typed {
    Typed(.sideways(SidewaysFigure(.count, of: set, nil)), .number, at: location)
  }

  // MARK: Sideways

  private func figure(
    _ kind: SetFigureSyntax.Kind, _ x: Expression?, over set: SidewaysSet, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    func figure(_ kind: SidewaysFigure.Kind, _ value: Typed?, _ type: ValueType) -> Typed {
      Typed(.sideways(SidewaysFigure(kind, of: set, value)), type, at: location)
    }
    switch kind {
    case .count: return count(set, location)
    case .number: Invariant.broken("numbers-in-named-sets: a member's place is asked of a set that has a name")
    case .sum, .average, .different:
      guard let x, let value = value(x, of: set, scope, orderedBy: nil, isKey: kind == .different) else {
        return broken(location)
      }
      if kind == .different { return figure(.different, value, .number) }
      let sum = figure(.sum, value, value.type)
      if kind == .sum { return sum }
      return average(sum, figure(.sum, one(value), .number), location)
    }
  }

  /// What is asked of each member of a set that looks sideways; nil where it could not be read.
  private func value(
    _ x: Expression, of set: SidewaysSet, _ scope: Scope, orderedBy pick: Expression.Pick?, isKey: Bool = false
  ) -> Typed? {
    guard let inner = memberScope(of: set, scope) else { return nil }
    let t = isKey ? key(x, inner) : pick.map { ordered(x, $0, inner) } ?? summed(x, inner)
    if t.type == .broken { return nil }
    if !set.isOfCandidates, t.asksBoth {
      report(
        "sideways-both",
        Text("What is added up is asked of each member alone.", zh: "合计的内容只问每个成员。"),
        hint: Text("Take what the frame says out of the sum.", zh: "请把对象的内容移到合计之外。"), at: x.location)
      return nil
    }
    return t
  }

  // MARK: Of the frame

  private func figure(
    _ kind: SetFigureSyntax.Kind, _ x: Expression?, over i: Int, _ list: String, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let inner = scope.ofMember(dictionary.list(list))
    switch kind {
    case .count: return Typed(.count(i), .number, at: location)
    case .number: Invariant.broken("numbers-of-members: a member's place is no figure of the frame")
    case .sum, .average:
      guard let value = x.map({ summed($0, inner) }), value.type != .broken else { return broken(location) }
      let sum = Typed(.sum(value, over: i), value.type, at: location)
      return kind == .sum ? sum : average(sum, Typed(.sum(one(value), over: i), .number, at: location), location)
    case .different:
      guard let value = x.map({ key($0, inner) }), value.type != .broken else { return broken(location) }
      return Typed(.different(value, over: i), .number, at: location)
    }
  }

  private func extreme(
    _ pick: Expression.Pick, _ x: Expression, over i: Int, _ list: String, _ scope: Scope, _ location: SourceRange
  ) -> Typed {
    let value = ordered(x, pick, scope.ofMember(dictionary.list(list)))
    return value.type == .broken ? value : Typed(.extreme(pick, value, over: i), value.type, at: location)
  }

  /// A set in brackets, as a condition on facts alone may ask for it. There are no frames, so that what is joined by
  /// `of` is joined by the field that refers to the record; nil where none does, which is told.
  private func amongFacts(_ set: InlineSetSyntax, _ scope: Scope) -> InlineSetSyntax? {
    guard records != nil, set.of != nil || set.by != nil, set.of.map({ joined($0.text) == nil }) ?? true else {
      return set
    }
    let list = list(called: set.list.text)
    let fields = (list?.fields ?? []).filter { field in
      guard case .reference(let target) = field.type, target == scope.list?.name else { return false }
      return set.by.map { list?.columnField($0.text) == field.name } ?? true
    }
    guard let frame = scope.frame, set.of.map({ frame.isCalled($0.text) }) ?? true, fields.count == 1 else {
      report(
        "no-record", Text("There is no frame here that they could be of.", zh: "此处没有可以关联的对象。"),
        hint: Text("Join them by keys: `with enterprise = …`.", zh: "请用 `with … = …` 关联。"), at: set.location)
      return nil
    }
    let (own, asker) = (
      Expression(.name(fields[0].name), at: set.location), Expression(.name(frame.name), at: set.location)
    )
    return InlineSetSyntax(
      list: set.list, of: nil, isAll: set.isAll,
      keys: KeysSyntax(isOther: false, matches: [.equal(own, asker)], order: nil), conditions: set.conditions,
      isEvery: set.isEvery, at: set.location)
  }

  /// A set in brackets that is joined by `of`: a set of the measure that has no name.
  private func ofFrame(
    _ set: InlineSetSyntax, _ scope: Scope, _ location: SourceRange, _ make: (Int, String, Scope) -> Typed
  ) -> Typed {
    if scope.context == .member {
      let t = ofFrame(set, scope.ofFrame, location, make)
      return t.type == .broken ? t : Typed(.ofFrame(t), t.type, at: location)
    }
    guard scope.context == .frame, scope.frame != nil, !scope.isCandidate else {
      report(
        "no-record", Text("There is no frame here that they could be of.", zh: "此处没有可以关联的对象。"),
        hint: Text("Join them by keys: `with enterprise = …`.", zh: "请用 `with … = …` 关联。"), at: set.location)
      return broken(location)
    }
    let (words, marks) = (written(set), marks(scope))
    let name = Name(words.en + marks.en, at: set.location, zh: words.zh + marks.zh)
    let source: SetSyntax.Source = .list(set.list, of: set.of, by: set.by)
    let syntax = SetSyntax(
      name: name, source: source, isAll: set.isAll, conditions: set.conditions, on: nil, begins: nil, inYear: nil,
      atAnyTime: false, persons: set.isEvery ? .every : .byReading, at: set.location)
    guard let made = self.set(syntax, scope) else { return broken(location) }
    progress.inline.append(made)
    return make(progress.sets + progress.inline.count - 1, made.list, scope)
  }

  /// The values of ranges that a set in brackets is made for.
  private func marks(_ scope: Scope) -> Text {
    guard !scope.ranges.isEmpty else { return .same("") }
    let values = scope.ranges.map { (en: "\($0.name) = \($0.value)", zh: "\($0.name)＝\($0.value)") }
    return Text(
      " (" + values.map(\.en).joined(separator: ", ") + ")", zh: "（" + values.map(\.zh).joined(separator: "，") + "）")
  }

  /// A set in brackets as it is written.
  private func written(_ set: InlineSetSyntax) -> Text {
    let english = RuleWriter(surface: .en, notes: nil, places: nil).inlineInEnglish(set)
    let chinese = RuleWriter(surface: .zh, notes: notes, places: places).inlineInChinese(set)
    return Text(
      english.dropFirst().dropLast().joined(separator: " "), zh: chinese.dropFirst().dropLast().joined())
  }

  /// `number in s`: the member's place by the day on which it counts, then id.
  private func number(in name: Name, _ scope: Scope, _ location: SourceRange) -> Typed {
    guard scope.context == .member else {
      report(
        "number-of-member",
        Text("Whose place in `\(name.text)`? Only a member has one.", zh: "谁在 `\(name.text)` 中的位次？只有成员才有。"),
        hint: Text(
          "Write it in `pay … for each \(name.text)`, or in a set of `\(name.text)`.",
          zh: "请写在 `pay … for each \(name.text)` 中，或其下的集合中。"),
        at: location)
      return broken(location)
    }
    if scope.sideways[name.text] != nil {
      onlyFigures(name)
      return broken(location)
    }
    guard let i = set(called: name, scope) else {
      unknownSet(name, scope)
      return broken(location)
    }
    guard i == scope.memberOf else {
      report(
        "number-of-member",
        Text("The record that is looked at is no member of `\(name.text)`.", zh: "所看的记录不是 `\(name.text)` 的成员。"),
        hint: Text("Ask its place in the set that it is a member of.", zh: "请询问其所在集合中的位次。"), at: name.location)
      return broken(location)
    }
    return Typed(.numberIn(i), .number, at: location)
  }

  // MARK: What is asked of members

  private func summed(_ x: Expression, _ inner: Scope) -> Typed {
    expression(x, inner, of: money, .money, .number, .months, .partMonths, .days, .decimal, .fraction, .share)
  }

  func ordered(_ x: Expression, _ pick: Expression.Pick, _ inner: Scope) -> Typed {
    switch pick {
    case .earlier, .later: return expression(x, inner, of: .date)
    case .larger, .smaller:
      let t = expression(x, inner)
      return ascends(t.type) ? t : extremal(x, inner)
    }
  }

  /// Something of which there may be different ones.
  private func key(_ x: Expression, _ inner: Scope) -> Typed {
    let t = expression(x, inner)
    switch t.type {
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .place,
      .text, .choice, .record, .broken:
      return t
    case .truth, .dateOrYear, .set, .nothing:
      mismatch(t, wanted: .text)
      return broken(x.location)
    }
  }

  /// One for a member of whom the value is there, nought where there is none; where it is not known, neither.
  private func one(_ value: Typed) -> Typed {
    func typed(_ operation: Typed.Operation, _ type: ValueType) -> Typed { Typed(operation, type, at: value.location) }
    let (one, none) = (typed(.constant(1), .number), typed(.constant(0), .number))
    // Nothing is equal to what is not there, and of what is not known nobody can say.
    let isKnown = typed(.compare(.equal, value, value), .truth)
    let absent = typed(.ifThen(isKnown, one, none), .number)
    return typed(.ifThen(typed(.given(value, negated: false), .truth), one, absent), .number)
  }

  /// What a sum of some over their number is.
  private static func mean(of type: ValueType) -> ValueType {
    if type == .number || type == .decimal || type == .share { return .fraction }
    return type == .months ? .partMonths : type
  }

  /// A sum over how many it is made of; of none there is no average.
  private func average(_ sum: Typed, _ count: Typed, _ location: SourceRange) -> Typed {
    let nought = Typed(.constant(0), .number, at: location)
    let type = Checker.mean(of: sum.type)
    let mean = Typed(.divide(sum, count), type, at: location)
    let some = Typed(.compare(.greater, count, nought), .truth, at: location)
    return Typed(.ifThen(some, mean, Typed(.nothing, .nothing, at: location)), type, at: location)
  }

  // MARK: Ranges

  /// `sum of E for each m from 1 to 12`
  func range(_ f: RangeFigureSyntax, _ scope: Scope, _ location: SourceRange) -> Typed {
    guard let from = end(f.from, scope), let to = end(f.to, scope) else { return broken(location) }
    guard from <= to, to - from < Int64(Checker.mostTerms) else {
      report(
        from > to ? "reversed-range" : "too-many-terms",
        from > to
          ? Text("This ends before it begins.", zh: "终点早于起点。")
          : Text("A range has at most \(Checker.mostTerms) numbers.", zh: "范围最多 \(Checker.mostTerms) 个数。"),
        hint: Text("Correct one of the two ends.", zh: "请更正其中一端。"), at: location)
      return broken(location)
    }
    var terms: [Typed] = []
    let before = diagnostics.count
    var inside = ExpansionCount(besides: scope.lets.values)
    for value in from...to {
      var inner = scope
      // The number of the nearest range is meant, whatever else is called so.
      inner.arguments[f.variable.text] = nil
      inner.lets[f.variable.text] = Typed(.constant(value), .number, at: f.variable.location)
      inner.ranges.append((f.variable.text, value))
      let seen = diagnostics.count
      let term = expression(f.term, inner, of: .number, .fraction, money, .money, .months, .days)
      if term.type == .broken { return term }
      inside.add(term) { expansion(of: $0) }
      guard demandSize(inside.all, terms: Int(to - from) + 1, at: location) else { return broken(location) }
      // What is remarked of one term would be of each.
      if seen > before { diagnostics.removeSubrange(seen...) }
      terms.append(term)
    }
    let variable = Text(f.variable.text, zh: f.variable.zh ?? f.variable.text)
    let told = RangeTerms(variable: variable, terms: Array(zip(from...to, terms)).map { (number: $0, figure: $1) })
    let all = together(terms, f.kind, location)
    return Typed(all.operation, all.type, at: location, telling: .terms(told))
  }

  /// An end of a range, which stands in the text; nil where it does not, which is told.
  private func end(_ e: Expression, _ scope: Scope) -> Int64? {
    let t = expression(e, scope, of: .number)
    if t.type == .broken { return nil }
    if let value = figure(of: t) { return value }
    report(
      "range-end", Text("The ends of a range are numbers that stand in the text.", zh: "范围的两端须为规则中写明的数。"),
      hint: Text("For example `for each m from 1 to 12`.", zh: "例如 `for each m from 1 to 12`。"), at: e.location)
    return nil
  }

  private func figure(of t: Typed) -> Int64? {
    switch t.operation {
    case .constant(let value): return value
    case .add(let a, let b): return figure(of: a).flatMap { x in figure(of: b).map { x + $0 } }
    case .subtract(let a, let b): return figure(of: a).flatMap { x in figure(of: b).map { x - $0 } }
    case .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart, .windowEnd,
      .adopted,
      .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .call, .not, .and, .or, .compare, .between,
      .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .multiply, .divide, .whole, .ifThen,
      .pick,
      .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme,
      .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn, .different, .ofFrame,
      .notKnown, .rounded, .form, .nothing:
      return nil
    }
  }

  private func together(_ terms: [Typed], _ kind: RangeFigureSyntax.Kind, _ location: SourceRange) -> Typed {
    let type = terms[0].type
    switch kind {
    case .largest, .smallest:
      return Typed(.pick(kind == .largest ? .larger : .smaller, terms), type, at: location)
    case .sum: return added(terms[...], location)
    case .average:
      let count = Typed(.constant(Int64(terms.count)), .number, at: location)
      return Typed(.divide(added(terms[...], location), count), Checker.mean(of: type), at: location)
    }
  }

  /// Added up two by two, so that a thousand do not stand a thousand deep.
  private func added(_ terms: ArraySlice<Typed>, _ location: SourceRange) -> Typed {
    if terms.count == 1 { return terms[terms.startIndex] }
    let middle = terms.startIndex + terms.count / 2
    let (a, b) = (added(terms[..<middle], location), added(terms[middle...], location))
    return Typed(.add(a, b), a.type, at: location)
  }
}
