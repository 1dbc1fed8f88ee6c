// Limits over several measures of a document: their caps, and what those ask of the frames of each measure.
import Diagnostics
import Facts

/// A cap of a limit that asks for facts or figures of the frames.
struct JointCapSyntax {
  let limit: LimitSyntax
  let place: Int
  /// What its keys are, once a measure has said so.
  var keys: [ValueType]?
  /// The measure that said so.
  var first = ""
}

extension Checker {
  // MARK: What is asked of the frames

  /// Takes down which caps of the document's limits cannot be read without a frame.
  func noteLimits(_ syntax: DocumentSyntax) {
    for limit in syntax.limits {
      for (place, written) in limit.caps.enumerated() {
        let told = diagnostics
        let isKnown = cap(written, Scope(.constant)) != nil && diagnostics.count == told.count
        diagnostics = told
        if !isKnown { joint.append(JointCapSyntax(limit: limit, place: place)) }
      }
    }
  }

  private func isJoint(_ limit: String, _ place: Int) -> Bool {
    joint.contains { $0.limit.name.text == limit && $0.place == place }
  }

  /// What the document's limits ask of a measure's frames.
  func takeJoint(_ draft: inout MeasureDraft) {
    let name = draft.syntax.name.text
    guard draft.syntax.form == .measure else { return }
    for i in joint.indices {
      let one = joint[i]
      guard one.limit.measures.contains(where: { measureID($0) == name }) else { continue }
      let told = diagnostics.count
      progress = Progress(draft)
      let made = cap(one.limit.caps[one.place], withNamesOfOthers(draft.scope), isJoint: true)
      if !progress.inline.isEmpty {
        report(
          "limit-set", Text("A limit asks for facts, not for sets.", zh: "合并限额只能询问事实，不能统计集合。"),
          hint: Text("Name the figure with `let` in each of its measures.", zh: "请在各项措施中用 `let` 命名该数。"),
          at: one.limit.caps[one.place].location)
      }
      retell(from: told, of: draft)
      guard let made, areAlike(made, i, name) else { continue }
      draft.limits.joint.append(JointCap(limit: one.limit.name.text, place: one.place, cap: made))
    }
  }

  /// A scope in which a field may be called in Chinese as it is in another list: 就业单位 of hires is 实习单位 of
  /// internships, and both are the enterprise.
  private func withNamesOfOthers(_ scope: Scope) -> Scope {
    var scope = scope
    for field in dictionary.lists.flatMap(\.fields) where field.words.zh.isChinese {
      let zh = field.words.zh
      let isKnown = scope.list?.field(field.name) != nil || scope.frame?.name == field.name
      if isKnown, id(of: zh, scope) == zh { scope.far.add(field.name, zh) }
    }
    return scope
  }

  /// What a limit could not ask of a measure, once for what is wrong with every one.
  private func retell(from told: Int, of draft: MeasureDraft) {
    let new = diagnostics[told...]
    diagnostics.removeSubrange(told...)
    let words = Text(draft.syntax.name.text, zh: draft.syntax.name.zh ?? draft.syntax.name.text)
    for one in new {
      if one.code == "unknown-name", let location = one.location {
        report(
          "limit-fact", Text("In `\(words.en)`: \(one.message.en)", zh: "`\(words.zh)`：\(one.message.zh)"),
          hint: Text(
            "A limit asks each of its measures: name what the frames of all of them have, or `beneficiary`.",
            zh: "合并限额对每项措施都要询问；请写各项措施的对应记录都有的项目，或写 `beneficiary`。"),
          at: location)
      } else {
        let isTold = diagnostics.contains { $0.code == one.code && $0.location?.start == one.location?.start }
        if !isTold { diagnostics.append(one) }
      }
    }
  }

  /// Whether a cap's keys are for a measure what they are for those before it, and may be compared with them.
  private func areAlike(_ cap: CheckedCap, _ i: Int, _ measure: String) -> Bool {
    var types: [ValueType] = []
    for key in cap.keys {
      guard case .figure(let t) = key else { continue }
      switch t.type {
      case .truth, .number, .date, .dateOrYear, .place, .text, .choice, .record, .months, .days: break
      case .partMonths, .money, .amount, .rate, .share, .decimal, .fraction, .set, .nothing, .broken:
        // Said once, where the limit has it, of all measures.
        let at = cap.location
        if !diagnostics.contains(where: { $0.code == "wrong-type" && $0.location?.start == at.start }) {
          report(
            "wrong-type",
            Text(
              "`for each` says who or what is the same: an amount, a share or a set is no such thing.",
              zh: "“同一…”须写相同的对象或项目，金额、比例和集合不能作为依据。"),
            hint: Text("Name a record, a number, a day, a place or a choice.", zh: "请写记录、数、日期、地区或选项。"), at: at)
        }
        return false
      }
      types.append(t.type)
    }
    guard let known = joint[i].keys else {
      joint[i].keys = types
      joint[i].first = measure
      return true
    }
    if known == types { return true }
    report(
      "limit-keys",
      Text(
        "The keys are something else in `\(measure)` than in `\(joint[i].first)`.",
        zh: "“同一…”的项目在 `\(measure)` 中与在 `\(joint[i].first)` 中不是同一类。"),
      hint: Text(
        "Name what is the same in all measures of the limit, or `beneficiary`.",
        zh: "请写各项措施中相同的项目，或写 `beneficiary`。"), at: cap.location)
    return false
  }

  // MARK: The limits

  /// The limits of a document.
  /// - Parameter funds: where the document's money comes from, as far as its measures do not say otherwise.
  func limits(_ syntax: DocumentSyntax, _ measures: [CheckedMeasure], _ funds: CheckedFund?) -> [CheckedLimit] {
    var seen: Set<String> = []
    let limits = syntax.limits.compactMap { limit -> CheckedLimit? in
      if !seen.insert(limit.name.text).inserted { duplicate(limit.name) }
      guard self.demand(limit) else { return nil }
      var names: [String] = []
      for written in limit.measures {
        let name = Name(measureID(written), at: written.location)
        guard let found = measures.first(where: { $0.name == name.text }), found.form == .measure else {
          unknownName(
            Text("measure", zh: "措施"), name.text, among: measures.filter { $0.form == .measure }.map(\.name),
            at: name.location)
          return nil
        }
        if names.contains(name.text) { duplicate(name) }
        names.append(name.text)
      }
      let caps = limit.caps.enumerated().compactMap { k, written in
        isJoint(limit.name.text, k)
          ? measures.lazy.compactMap { $0.limits.joint(limit.name.text, k) }.first : cap(written, Scope(.constant))
      }
      sources(limit, measures.filter { names.contains($0.name) }, funds, among: syntax.limits)
      return CheckedLimit(
        name: limit.name.text, title: limit.title ?? .same(limit.name.text), article: limit.article?.text ?? "",
        measures: names, caps: caps, location: limit.location)
    }
    return areInOrder(limits) ? limits : []
  }

  /// What a limit cannot do without.
  private func demand(_ limit: LimitSyntax) -> Bool {
    func lacks(_ what: String, _ sample: String) {
      report(
        "missing-clause", Text("`\(limit.name.text)` has no `\(what)`.", zh: "`\(limit.name.text)` 缺少 `\(what)`。"),
        hint: Text("Add a line such as `\(sample)`.", zh: "请加一行，例如 `\(sample)`。"), at: limit.name.location)
    }
    if limit.article == nil { lacks("article", "article \"3\"") }
    if limit.measures.isEmpty { lacks("over", "over taking_on, internships") }
    if limit.caps.isEmpty { lacks("cap", "cap 5,000 yuan for each beneficiary, year") }
    return !limit.measures.isEmpty && !limit.caps.isEmpty
  }
}
