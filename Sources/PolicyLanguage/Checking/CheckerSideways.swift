// Sets by equal keys, before it or anywhere, and candidates: names resolved in the member's and in the asker's scope,
// keys compared by type. Knows nothing of columns.
import Diagnostics
import Facts

extension Checker {
  /// What is known of the measure whose clauses are being checked.
  struct Progress {
    /// How many conditions and requirements stand above.
    var conditions = 0
    var requirements = 0
    /// How many sets stand above, and those that stand in brackets in the clause that is being checked.
    var sets = 0
    var inline: [CheckedSet] = []
    /// Whether the frame says itself when it begins.
    var hasBegins = false

    init() {}
  }

  /// The set that a `count` declares, where it looks sideways; `.none` where it is one that is joined by `of`.
  func sideways(_ s: SetSyntax, _ scope: Scope) -> SidewaysSet?? {
    let words = Text(s.name.text.split(separator: "_").joined(separator: " "), zh: s.name.zh ?? s.name.text)
    switch s.source {
    case .keyed(let set):
      guard isPlain(s) else { return .some(nil) }
      return .some(sideways(set, s.conditions, words, scope))
    case .set(let name):
      let id = scope.near.ids[name.text] ?? name.text
      if s.isAll, scope.frame != nil, !scope.hasSet(id), joined(name.text) == nil, list(called: name.text) != nil {
        guard isPlain(s) else { return .some(nil) }
        let keys = KeysSyntax(isOther: false, matches: [], order: nil)
        let all = InlineSetSyntax(list: name, of: nil, isAll: true, keys: keys, conditions: [], at: s.location)
        return .some(sideways(all, s.conditions, words, scope))
      }
      guard let source = scope.sideways[id] else { return .none }
      guard isPlain(s), let inner = memberScope(of: source, scope) else { return .some(nil) }
      notes?.name(scope.near.words(scope.near.ids[name.text] ?? name.text), at: name.location)
      guard let (own, both) = conditions(s.conditions, inner, source.isOfCandidates) else { return .some(nil) }
      return .some(source.narrowed(words, by: own, both: both, at: s.location))
    case .list: return .none
    case .first(_, let name):
      guard scope.sideways[scope.near.ids[name.text] ?? name.text] != nil else { return .none }
      onlyFigures(name)
      return .some(nil)
    }
  }

  /// Whether a set that looks sideways has no option that only members with frames have.
  private func isPlain(_ s: SetSyntax) -> Bool {
    guard s.on != nil || s.begins != nil || s.inYear != nil || s.persons == .once || s.persons == .onceInAll else {
      return true
    }
    report(
      "sideways-option",
      Text(
        "A set by keys holds every record, whenever it began; of its options only `where` has a meaning.",
        zh: "按相同字段的集合含全部记录，不论何时起始，只能再加 `where`。"),
      hint: Text("Leave the option out, or ask it in `where`.", zh: "请删去该选项，或写入 `where`。"), at: s.location)
    return false
  }

  /// Tells that a set that looks sideways can only be asked for figures.
  func onlyFigures(_ name: Name) {
    report(
      "sideways-members",
      Text(
        "`\(name.text)` looks at other records than the frame's own; they are counted and added up, not paid.",
        zh: "`\(name.text)` 指其他记录，只能计数、合计，不能逐条支付或排序。"),
      hint: Text(
        "Join the members by `of`, such as `hires of enterprise`.", zh: "请用 `of` 关联，例如 `hires of enterprise`。"),
      at: name.location)
  }

  // MARK: Sets

  /// A set by keys.
  /// - Parameter more: what is asked of its members beside the set's own conditions.
  func sideways(_ set: InlineSetSyntax, _ more: [Expression], _ words: Text, _ scope: Scope) -> SidewaysSet? {
    guard scope.context != .constant else {
      report(
        "no-record", Text("There is no record here to look for others of.", zh: "此处没有可以比照的记录。"),
        hint: Text("Ask it in a measure or in a definition.", zh: "请写在措施或定义中。"), at: set.location)
      return nil
    }
    guard let (members, list, inner) = members(of: set, scope) else { return nil }
    if set.keys == nil, scope.context == .frame, scope.list?.personField == nil, scope.list?.field("person") == nil,
      !(scope.frame?.isCalled("person") ?? false), let list
    {
      whose(set, list, scope)
      return nil
    }
    var keys: [SidewaysSet.Key] = []
    let syntax = set.keys ?? KeysSyntax(isOther: false, matches: [.same([person(at: set)], as: nil)], order: nil)
    for match in syntax.matches {
      guard let found = self.keys(match, list, inner, scope) else { return nil }
      keys += found
    }
    let isCandidates = set.list.text == "candidates" && members.isCandidates
    var asker: Typed?
    if syntax.isOther || syntax.order != nil {
      if !isCandidates {
        guard let found = self.asker(syntax, set, list, scope) else { return nil }
        asker = found
      }
      if syntax.order != nil, !isOrdered(list, scope, isCandidates), let name = list?.name ?? scope.frame?.list {
        report(
          "no-order", Text("In which order? \(name) have no `begins`.", zh: "按什么次序？\(name) 没有 `begins`。"),
          hint: Text("Declare `begins` of the list.", zh: "请为该列表声明 `begins`。"), at: set.location)
        return nil
      }
    }
    guard let (own, both) = conditions(set.conditions + more, inner, isCandidates) else { return nil }
    return SidewaysSet(
      words: words, members: members, list: list?.name, keys: keys, order: syntax.order,
      leavesOutSelf: syntax.isOther || syntax.order == .before, asker: asker, conditions: own, conditionsOnBoth: both,
      location: set.location)
  }

  /// Tells of a set in brackets that says not whose its records are, where nobody is a person who could have several.
  private func whose(_ set: InlineSetSyntax, _ list: ListDeclaration, _ scope: Scope) {
    let isLinked =
      scope.frame.map { frame in
        frame.isText
          ? list.field(frame.name) != nil : list.fields.contains { $0.type == .reference(frame.list) }
      } ?? false
    let own = scope.frame.map { "`\(list.name) of \($0.name)`" }
    report(
      "no-link", Text("Whose \(list.name)? The set does not say.", zh: "没有写明是谁的 \(list.name)。"),
      hint: isLinked && own != nil
        ? Text("Write \(own ?? ""), or `all \(list.name)`.", zh: "请写 \(own ?? "") 或 `all \(list.name)`。")
        : Text("For all of them write `all \(list.name)`.", zh: "指全部记录的，请写 `all \(list.name)`。"), at: set.location)
  }

  private func person(at set: InlineSetSyntax) -> Name { Name("person", at: set.location) }

  /// The list that members are of, and the scope in which they are looked at.
  private func members(
    of set: InlineSetSyntax, _ scope: Scope
  ) -> (SidewaysSet.Members, ListDeclaration?, Scope)? {
    if let list = joinedSource(set.list) ?? list(called: set.list.text, at: set.list.location) {
      return (.list(list.name), list, memberScope(list, joined(set.list.text), scope))
    }
    guard set.list.text == "candidates" || set.list.text == "候选" else {
      unknownName(
        Text("list", zh: "列表"), set.list.text, among: dictionary.lists.map(\.name) + ["candidates"],
        at: set.list.location)
      return nil
    }
    guard scope.context == .frame else {
      report(
        "no-candidates",
        Text("Candidates are a measure's own frames; there are none here.", zh: "候选是措施自身的对象，此处没有。"),
        hint: Text(
          "Ask it in a `count`, `let`, `where` or `require` of the frame.",
          zh: "请写在措施的 `count`、`let`、`where` 或 `require` 中。"),
        at: set.list.location)
      return nil
    }
    guard scope.frame != nil else {
      report(
        "one-candidate", Text("There is only one candidate: the district.", zh: "候选只有一个，即本地区。"),
        hint: Text("Ask it in a frame of records.", zh: "请在按记录的措施中使用。"), at: set.location)
      return nil
    }
    var inner = scope
    inner.isCandidate = true
    inner.part = [:]
    return (
      .candidates(conditions: progress.conditions, requirements: progress.requirements), scope.list, inner
    )
  }

  /// The scope of a member of a list: of a frame's set it sees the frame; of a record's own it does not.
  private func memberScope(_ list: ListDeclaration, _ join: JoinedList?, _ scope: Scope) -> Scope {
    if scope.context == .frame, !scope.isCandidate { return scope.ofMember(list, join) }
    var inner = scope.constant
    inner.context = .member
    inner.list = list
    inner.join = join
    if scope.context == .definition {
      inner.arguments = scope.arguments
      inner.near = scope.near
    }
    return inner
  }

  func memberScope(of set: SidewaysSet, _ scope: Scope) -> Scope? {
    switch set.members {
    case .candidates:
      var inner = scope
      inner.isCandidate = true
      inner.part = [:]
      return inner
    case .list(let name): return dictionary.list(name).map { memberScope($0, nil, scope) }
    }
  }

  /// Conditions of a set, by whether they are asked of the member alone; nil where one could not be read.
  private func conditions(
    _ all: [Expression], _ inner: Scope, _ areCandidates: Bool
  ) -> (own: [Typed], both: [Typed])? {
    var own: [Typed] = [], both: [Typed] = []
    for e in all {
      let t = condition(e, inner)
      if t.type == .broken { return nil }
      if !areCandidates, t.asksBoth { both.append(t) } else { own.append(t) }
    }
    return (own, both)
  }

  /// Whether records of a list, or frames, have an order by the day on which they begin.
  private func isOrdered(_ list: ListDeclaration?, _ scope: Scope, _ areCandidates: Bool) -> Bool {
    if areCandidates, scope.iterations["year"] != nil || progress.hasBegins { return true }
    return list?.begins != nil
  }

  /// The record that asks, which has to be one of the list to be left out or to stand before or after others.
  private func asker(
    _ syntax: KeysSyntax, _ set: InlineSetSyntax, _ list: ListDeclaration?, _ scope: Scope
  ) -> Typed? {
    var record: Typed?
    for case .same(_, as: let name?) in syntax.matches where record == nil {
      record = expression(Expression(.name(name.text), at: name.location), scope)
    }
    if record == nil, scope.context == .definition {
      let fitting = scope.arguments.filter { $0.value.type == list.map { .record($0.name) } }
      if fitting.count == 1, let (_, argument) = fitting.first {
        record = Typed(.argument(argument.index), argument.type, at: set.location)
      }
    }
    if record == nil, let own = scope.list, scope.frame?.isText != true || scope.context == .member {
      record = Typed(.selfRecord, .record(own.name), at: set.location)
    }
    if let record, let list, record.type == .record(list.name) { return record }
    if record?.type == .broken { return nil }
    let what = list?.name ?? set.list.text
    report(
      "not-one-of",
      Text(
        "Which of the \(what) is `it`? The record that asks is none of them.", zh: "`it` 指哪一条？发问的记录不属于 \(what)。"),
      hint: Text(
        "Compare a day in `where` instead, such as `where start < …`.", zh: "请改为在 `where` 中比较日期，例如 `where start < …`。"),
      at: set.location)
    return nil
  }
}

extension SidewaysSet.Members {
  fileprivate var isCandidates: Bool { if case .candidates = self { true } else { false } }
}

extension Typed {
  /// Whether something is asked of a member that hangs on who asks as well.
  var asksBoth: Bool {
    var isFound = false
    walk { t in
      // A definition is made of its own arguments, and asks what is given for them.
      if case .call(_, let given) = t.operation {
        if given.contains(where: \.asksBoth) { isFound = true }
        return isFound ? .stop : .past
      }
      if t.asksWhoAsks { isFound = true }
      return isFound ? .stop : .into
    }
    return isFound
  }

  private var asksWhoAsks: Bool {
    switch operation {
    case .iteration, .ofFrame, .frameRecord, .argument: true
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd, .adopted, .selfRecord, .selfField, .field, .call, .not, .and, .or, .compare, .between, .given,
      .within, .isAny, .includes, .includesBetween, .stable, .except, .add, .subtract, .multiply, .divide, .whole,
      .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
      .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn,
      .different, .notKnown, .rounded, .form, .nothing:
      false
    }
  }
}

extension Checker.Progress {
  init(_ draft: MeasureDraft) {
    conditions = draft.selection.conditions.count
    requirements = draft.selection.requirements.count
    sets = draft.selection.sets.count
    hasBegins = draft.selection.begins != nil
  }
}

extension MeasureDraft {
  /// Takes in the sets that stood in brackets in a clause.
  mutating func takeInline(_ progress: inout Checker.Progress, _ dictionary: FactDictionary) {
    for set in progress.inline {
      if set.on != nil || set.begins != nil || dictionary.list(set.list)?.begins != nil {
        scope.datedSets.insert(selection.sets.count)
      }
      scope.setLists.append(set.list)
      scope.setJoins[selection.sets.count] = set.join
      selection.sets.append(set)
    }
    progress = Checker.Progress(self)
  }
}

extension Scope {
  /// Whether a definition is given a record.
  var hasRecordArgument: Bool {
    context == .definition && arguments.values.contains { if case .record = $0.type { true } else { false } }
  }

  /// Whether a set, of whatever kind, has the name already.
  func hasSet(_ name: String) -> Bool { sets[name] != nil || sideways[name] != nil }
}

extension Checker {
  /// Notes where keys tell persons apart: a document that says for itself how often a person is paid leaves nothing to
  /// the reading.
  func settle(_ keys: [Typed], _ draft: inout MeasureDraft) {
    guard let list = draft.scope.list, let person = list.personField else { return }
    let names = Set([person.name, list.personName, list.personID].compactMap(\.self))
    let isByPerson = keys.contains { key in
      if case .selfField(let field) = key.operation { names.contains(field.name) } else { false }
    }
    if isByPerson { draft.limits.settlePersons = true }
  }

  /// `once per KEYS [in any 24 months]`
  func oncePer(
    _ keys: [Expression], within months: Expression?, _ draft: inout MeasureDraft, _ location: SourceRange
  ) {
    if months == nil, keys.count == 1, keys[0].bareName == "person" {
      // Whatever the reading says, sets count each person once, too; where every record stands for itself, they do not.
      if draft.selection.persons == .byReading { draft.selection.persons = .once }
      // Of an agency or a district it is the members that are persons.
      if draft.scope.list?.personField == nil || draft.scope.frame?.isText == true { return }
    }
    let checked = keys.map { key($0, draft) }
    draft.limits.oncePer += checked
    settle(checked, &draft)
    guard let months else { return }
    let span = expression(months, draft.scope.constant, of: .months)
    guard demandSpan(span) else { return }
    draft.limits.onceWithin = span
    let isDated =
      draft.selection.begins != nil || draft.scope.list?.begins != nil
      || draft.selection.frame?.iterations.first?.name == "year"
    if !isDated {
      report(
        "no-date", Text("The frame has no day that the months could be counted from.", zh: "对象没有可起算的日期。"),
        hint: Text("Add `begins` and a date.", zh: "请加上 `begins` 日期。"), at: location)
    }
  }

  /// Among candidates the frame's own name could mean the candidate or the one that asks.
  func candidateOrFrame(_ name: Name) -> Typed {
    report(
      "two-meanings",
      Text(
        "Among candidates, `\(name.text)` could be the candidate or the one that asks.",
        zh: "在候选之中，`\(name.text)` 可以指候选，也可以指发问者。"),
      hint: Text(
        "Bare names are the candidate's; to compare two records, write `with same … before it` of the list.",
        zh: "单独的名称指候选；要比较两条记录，请写列表的 `with same … before it`。"),
      at: name.location)
    return broken(name.location)
  }
}
