// What a measure, duty or note lacks, and clauses that do not go together or stand twice.
import Diagnostics
import Facts

extension Checker {
  func missing(_ what: String, _ sample: String, _ m: MeasureSyntax) {
    report(
      "missing-clause", Text("`\(m.name.text)` has no `\(what)`.", zh: "`\(m.name.text)` 缺少 `\(what)`。"),
      hint: Text("Add a line such as `\(sample)`.", zh: "请加一行，例如 `\(sample)`。"), at: m.name.location)
  }

  private func stray(_ what: String, _ location: SourceRange) {
    report(
      "stray-clause", Text("`\(what)` does not belong here.", zh: "此处不能有 `\(what)`。"),
      hint: Text(
        "Only a measure pays; a duty expects; a note tells.", zh: "只有措施（measure）支付，任务（duty）提出要求，说明（note）仅供阅读。"),
      at: location)
  }

  /// What each form has to have, and what it must not.
  func complete(_ draft: MeasureDraft) {
    let syntax = draft.syntax
    let pays = draft.outcome.pays
    switch syntax.form {
    case .measure:
      if !syntax.clauses.contains(where: \.isPayment) {
        missing("pay", "pay agency 300 yuan", syntax)
      }
      if !pays.isEmpty, draft.heading.kind.isEmpty { missing("kind", "kind agency_reward", syntax) }
    case .duty:
      if !syntax.clauses.contains(where: \.isExpectation) { missing("expect", "expect count of held >= 2", syntax) }
      for p in pays { stray("pay", p.location) }
    case .note:
      if let f = draft.selection.frame { stray("for each", f.location) }
      for p in pays { stray("pay", p.location) }
    }
  }

  /// Clauses that do not go together, or stand twice.
  func clashes(_ draft: MeasureDraft) {
    clauses(of: draft.syntax)
    years(draft)
    presence(draft)
    if let quota = draft.limits.quotas.first, draft.outcome.pays.contains(where: { $0.forEach != nil }) {
      report(
        "quota-of-members",
        Text(
          "A quota limits the records of the frame, and here members of a set are paid.",
          zh: "名额限制的是 `for each` 的记录，而此处支付的是集合成员。"),
        hint: Text("Write the measure `for each` of those records.", zh: "请以这些记录作为 `for each` 的对象。"), at: quota.location
      )
    }
    caps(draft)
    recoveries(draft)
    guard let list = draft.scope.list else { return }
    for (name, p) in draft.scope.parameters.merging(parameters, uniquingKeysWith: { own, _ in own }).sorted(by: {
      $0.key < $1.key
    }) {
      let field = list.field(name) ?? p.chinese.flatMap { list.named($0) } ?? list.named(name)
      guard let field, !diagnostics.contains(where: { $0.code == "shadowed" && $0.location?.start == p.location.start })
      else { continue }
      let name = list.field(name) == nil ? field.words.zh : name
      diagnostics.append(
        Diagnostic(
          .warning, code: "shadowed",
          Text(
            "The parameter `\(name)` is hidden by the field of that name: rules that say `\(name)` mean the field.",
            zh: "参数 `\(name)` 与字段同名：规则中的 `\(name)` 指字段。"),
          hint: Text("Give the parameter another name.", zh: "请给参数换个名称。"), at: p.location))
    }
  }

  /// Clauses that stand twice, or in a form that has no use for them.
  private func clauses(of m: MeasureSyntax) {
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
      case .begins(let e): once("begins", e.location)
      case .persons(_, let location): once("every record", location)
      case .oncePer(_, _, let location): once("once per", location)
      case .onlyFirst(_, _, _, _, _, let location): once("only the first", location)
      case .onlyHighest(_, _, _, let location): once("only the highest", location)
      case .yields(let name, _, _): once("yields to", name.location)
      case .ownDefault(let reading, _, _, let location): once("default " + reading.text, location)
      case .expect(_, _, let location): if m.form == .measure { stray("expect", location) }
      case .grant(let g): if m.form != .measure { stray("grant", g.location) }
      case .fund(let f):
        once("fund", f.location)
        if m.form != .measure { stray("fund", f.location) }
      case .recover(let r) where m.form != .measure: stray("recover", r.location)
      case .cap(let c) where m.form != .measure: stray("cap", c.location)
      case .quota(_, _, let location): if m.form != .measure { stray("quota", location) }
      // A title is told by the parser, and a frame where it is made; an order goes on where the one before leaves two
      // equal.
      case .title, .parameter, .reading, .assume, .text, .frame, .condition, .letting, .set, .require, .pay, .ordered,
        .cap, .recover, .error:
        break
      }
    }
  }

  /// Whether a frame's years begin without any set: those of the district, and of records that begin some day.
  private func isDated(_ base: CheckedFrame.Base) -> Bool {
    switch base {
    case .district: true
    case .list(let list): dictionary.list(list)?.begins != nil
    case .texts: false
    }
  }

  /// A frame of years takes them from the sets, whose members have to have a date; one of given years takes in each
  /// what falls into it.
  private func years(_ draft: MeasureDraft) {
    guard let frame = draft.selection.frame, let (name, iteration) = frame.iterations.first, frame.hasYears
    else { return }
    let sets = draft.selection.sets
    let needsSet: Bool
    var isComplete = false
    switch iteration {
    case .years: needsSet = true
    case .completeYears: (needsSet, isComplete) = (!isDated(frame.base), true)
    case .range, .members: needsSet = false
    }
    if needsSet, sets.allSatisfy(\.isOfEveryYear) {
      report(
        "no-years",
        isComplete
          ? Text(
            "Nothing says with which year `each complete \(name)` begins where the document is applied elsewhere: "
              + "every "
              + "`count` has all of its records in each year.",
            zh: "在他处采用时，无从得知 `each complete \(name)` 自哪一年度起：各 `count` 在每个年度都计入全部记录。")
          : sets.isEmpty
            ? Text(
              "`each \(name)` takes the years in which records fall, and no `count` says which.",
              zh: "`each \(name)` 取记录所在的年度，但没有 `count` 说明是哪些记录。")
            : Text(
              "`each \(name)` takes the years in which records fall, and what is counted with `all` is the same in "
                + "each.",
              zh: "`each \(name)` 取记录所在的年度，而用 `all` 计的各年度都相同，说明不了是哪几年。"),
        hint: isComplete
          ? Text(
            "Add a `count` without `all`, such as `count come = hires of enterprise`: the first year is that in which "
              + "one of them falls. Or say `each \(name) from … to …`.",
            zh: "请加上不用 `all` 的 `count`，例如 `count come zh 来人 = hires of enterprise`：自其中最早一条所在的年度起。"
              + "或写 `each \(name) from … to …`。")
          : Text(
            "Add a `count` without `all`, or say `each \(name) from … to …`.",
            zh: "请加上不用 `all` 的 `count`，或写 `each \(name) from … to …`。"),
        at: frame.location)
    }
    for (i, set) in sets.enumerated()
    where set.inYear == nil && !set.isOfEveryYear && !draft.scope.datedSets.contains(i) {
      // Where years are given, what is narrowed from another set lies where that one does.
      if case .range = iteration, !set.source.isOfList { continue }
      report(
        "no-date", Text("`\(set.name)` has no date that places it in a year.", zh: "`\(set.name)` 没有可确定年度的日期。"),
        hint: Text(
          "Add `on` and a date, or `in year` and a number; write `all` before the list where every year has all of "
            + "them.",
          zh: "请加上 `on` 日期，或 `in year` 年份；各年度都计入全部记录的，在列表前写 `all`。"),
        at: set.location)
    }
  }
}

extension ClauseSyntax {
  var isFrame: Bool { if case .frame = self { true } else { false } }
  var isExpectation: Bool { if case .expect = self { true } else { false } }
  /// Whether the clause says what somebody gets.
  var isPayment: Bool {
    if case .pay = self { return true }
    if case .grant = self { return true }
    return false
  }
}
