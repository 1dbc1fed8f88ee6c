// Clauses written in Chinese. Each is read back by `ChineseClauses`. Knows nothing of lines.
import Diagnostics

extension RuleWriter {
  func chinese(_ clause: ClauseSyntax) -> [String] {
    switch clause {
    case .title(let text): ["名称", " "] + wording(text)
    case .article(let text): ["条款", " ", quoted(text.text)]
    case .kind(let name): ["待遇类型", " ", declared(name)]
    case .parameter(let p): ["参数", " "] + chinese(p)
    case .reading(let r): ["口径", " ", declared(r.name), " "] + wording(r.question)
    case .window(let w): chinese(w)
    case .assume(let text): ["假定", " "] + wording(text)
    case .text(let text): ["内容", " "] + wording(text)
    case .frame(let f): chinese(f)
    case .condition(let e): ["凡"] + words(e) + ["的"]
    case .begins(let e): ["以"] + words(e, .sum) + ["判断期限"]
    case .letting(let name, let e): ["设", " ", declared(name), "＝"] + words(e)
    case .set(let s): chinese(s)
    case .require(let e): ["要求", "："] + words(e)
    case .persons(let persons, _): [Self.persons(persons)]
    case .oncePer(let keys, let months, _):
      ["同一"] + several(keys) + (months.map(within) ?? []) + ["只计一次"]
    case .onlyFirst(let n, let inSuccession, let when, let keys, let by, _):
      ["同一"] + several(keys) + [inSuccession ? "连续只取前" : "只取前"] + words(n, .operand) + ["名"] + limited(when)
        + ["，", "按"] + words(by, .sum) + ["先后"]
    case .onlyHighest(let keys, let preferring, let when, _):
      ["同一"] + several(keys) + ["只取最高"] + (preferring.map { ["，"] + words($0) + ["的", "优先"] } ?? [])
        + limited(when)
    case .yields(let other, let unless, let when):
      ["与", name(other), "就高不重复"] + (unless ? ["，", "标准未明确时除外"] : []) + limited(when)
    case .ownDefault(let reading, let choice, let reason, _):
      ["缺省", " ", name(reading), "为", name(choice)] + (reason.map { [" "] + wording($0) } ?? [])
    case .pay(let p): chinese(p)
    case .grant(let g): ["授予"] + words(g.who, .operand) + wording(g.title) + limited(g.when)
    case .quota(let n, let keys, _):
      keys.isEmpty
        ? ["名额", " ", "共限"] + words(n, .sum) : ["名额", " ", "同一"] + several(keys) + ["限"] + words(n, .sum)
    case .cap(let cap): self.cap(cap)
    case .fund(let funds): self.funds(funds)
    case .recover(let recover): chinese(recover)
    case .ordered(let keys, _): ["次序", " ", "按"] + parted(keys, by: "、") + ["先后"]
    case .error(let message, let when, _): ["报错", " "] + wording(message) + limited(when)
    case .expect(let e, let text, _): ["应当", "："] + words(e) + (text.map { [" "] + wording($0) } ?? [])
    }
  }

  private func limited(_ when: Expression?) -> [String] { when.map { ["，", "限"] + words($0) + ["的"] } ?? [] }

  static func persons(_ persons: SetSyntax.Persons) -> String {
    switch persons {
    case .byReading: ""
    case .every: "逐条计算"
    case .once: "每人一次"
    case .onceInAll: "合计每人一次"
    }
  }

  func chinese(_ p: ParameterSyntax) -> [String] {
    [declared(p.name), "＝"] + words(p.value, .sum) + dated(p)
      + (p.atLeast.map { ["，", "不少于"] + words($0, .sum) } ?? [])
      + (p.atMost.map { ["，", "不超过"] + words($0, .sum) } ?? []) + (p.meaning.map { [" "] + wording($0) } ?? [])
  }

  func chinese(_ w: WindowSyntax) -> [String] {
    if w.isNone { return ["不设期限"] }
    let from = w.from.map { ["自"] + words($0, .sum) } ?? []
    if let to = w.to { return ["施行期限", " "] + from + ["至"] + words(to, .sum) }
    return ["施行期限", " "] + from + ["起"]
  }

  private func chinese(_ f: FrameSyntax) -> [String] {
    var out: [String] =
      switch f.base {
      case .district: ["对本地区"]
      case .each(let record): ["对每", name(record)]
      case .eachText(let field, let list): ["对", name(list), "中的每", "名", name(field)]
      }
    for iteration in f.iterations {
      out.append("，")
      switch iteration {
      case .years: out.append("每个年度")
      case .completeYears: out.append("每个完整年度")
      case .yearsWhen(_, let condition): out += ["在"] + words(condition) + ["时", "每个年度"]
      case .range(let name, let from, let to):
        out += ["自"] + words(from, .sum) + ["至"] + words(to, .operand) + ["的每个", iterated(name)]
      case .periods(_, let p):
        out += ["自"] + words(p.from, .sum) + ["至"] + words(p.to, .operand) + ["每"]
        out += p.isCalendar ? ["\(p.months)", "个自然月", "的每期"] : ["\(p.months)个月", "的每期"]
      case .members(let name, let set): out += words(set, .operand) + ["中的每", "个", iterated(name)]
      }
    }
    return out
  }

  private func iterated(_ name: Name) -> String { name.text == "year" ? SurfaceWords.year : declared(name) }

  private func chinese(_ s: SetSyntax) -> [String] {
    var out = ["计", " ", declared(s.name), "＝"]
    switch s.source {
    case .set(let set): out += (s.isAll ? ["全部"] : []) + [name(set)]
    case .first(let n, let set): out += [name(set), "的前"] + words(n, .operand) + ["名"]
    case .list(let list, let of, let by):
      if let of { out += [name(of), "的"] }
      out += (s.isAll ? ["全部"] : []) + [name(list)]
      if let by { out += ["（", "按", name(by), "）"] }
    case .keyed(let set): out += sourceInChinese(set)
    }
    for condition in s.conditions { out += ["，", "其中"] + words(condition) + ["的"] }
    if let on = s.on { out += ["，", "于"] + words(on, .sum) + ["计入"] }
    if let begins = s.begins { out += ["，", "以"] + words(begins, .sum) + ["判断期限"] }
    if let year = s.inYear { out += ["，", "归入年度", "（"] + words(year) + ["）"] }
    if s.atAnyTime { out += ["，", "不论何时"] }
    if s.inAnyYear { out += ["，", "不论年度"] }
    if s.persons != .byReading { out += ["，", Self.persons(s.persons)] + limited(s.personsWhen) }
    return out
  }

  private func chinese(_ p: PaySyntax) -> [String] {
    var out = ["付给"] + words(p.who, .operand) + ["："]
    if let set = p.forEach { out += [name(set), "每人"] }
    if p.isUpperBound { out.append("不超过") }
    out += words(p.amount, p.forEach == nil ? .expression : .sum)
    if let low = p.low { out += ["，", "但不低于"] + words(low, .sum) }
    out += equalParts(p.equalParts)
    if let on = p.on { out += ["，", "于"] + words(on, .sum) + ["计为应付"] }
    return out + limited(p.when)
  }

  private func chinese(_ r: RecoverSyntax) -> [String] {
    ["追回", " "] + (r.who.map { ["向"] + words($0, .operand) + ["："] } ?? [])
      + (r.forEach.map { [name($0), "每人"] } ?? [])
      + (r.amount.map { words($0, r.forEach == nil ? .expression : .sum) } ?? ["全部"])
      + (r.on.map { ["，", "于"] + words($0, .sum) + ["计为应退"] } ?? []) + limited(r.when)
  }

  // MARK: Declarations of one clause

  func chinese(_ v: ValueSyntax) -> [String] {
    ["引用标准", " ", declared(v.name), "，", "单位" + unit(v.unit.text)]
      + (v.isByDate ? ["，", "随日期调整"] : [])
      + (v.meaning.map { [" "] + wording($0) } ?? []) + (v.source.map { [" ", "依据", " "] + wording($0) } ?? [])
  }

  func chinese(_ d: DefinitionSyntax) -> [String] {
    var out = ["定义", " ", declared(d.name)]
    if !d.parameters.isEmpty {
      out += ["（"] + chineseArguments(d.parameters) + ["）"]
    }
    return out + ["＝"] + words(d.body)
  }

  func chinese(_ choice: ReadingSyntax.Choice) -> [String] {
    [declared(choice.name)] + (choice.isDefault ? [" ", "默认"] : []) + (choice.meaning.map { [" "] + wording($0) } ?? [])
  }

  // MARK: Lists

  func chineseHead(_ l: ListSyntax) -> [String] {
    ["清单", " ", listed(l.name), "，", "每条为", listed(l.singular)]
      + (l.classifier.map { ["，", "单位", " ", quoted($0.text)] } ?? [])
  }

  func chinese(_ j: JoinsSyntax) -> [String] {
    var out = ["衔接", " "]
    for (i, key) in j.keys.enumerated() { out += (i > 0 ? ["、"] : []) + [name(key)] }
    out.append("相同的")
    out.append(name(j.list))
    if let condition = j.condition { out += ["，", "其中"] + words(condition) + ["的"] }
    return out + limited(j.when)
  }

  func chinese(_ g: GapSyntax) -> [String] {
    (g.days.map { ["间断不超过"] + words($0, .sum) } ?? ["间断", "不含整月"]) + limited(g.when)
  }

  func chinese(_ f: ListSyntax.FieldSyntax) -> [String] {
    var out = ["字段", " ", declared(f.name), " "] + chinese(f.type) + (f.isAscending ? ["由低到高"] : [])
    switch f.absence {
    case .required?: out += [" ", "必填"]
    case ListSyntax.AbsenceSyntax.none?: out += [" ", "未填即无"]
    case .empty?: out += [" ", "未填即空"]
    case .value(let value)?: out += [" ", "缺省", " ", ["true": "是", "false": "否"][value.text] ?? value.text]
    case nil: break
    }
    if !f.labels.isEmpty { out += [" ", "标签", " ", f.labels.map(quoted).joined(separator: "、")] }
    if let meaning = f.meaning { out += [" "] + wording(meaning) }
    if let says = f.says {
      out += [" ", "读作", " ", quoted(says.yes.zh), "、", quoted(says.no.zh)]
      if says.yes.en != says.yes.zh { out += [" ", "en", " ", quoted(says.yes.en), "、", quoted(says.no.en)] }
    }
    return out
  }

  private func chinese(_ type: ListSyntax.TypeSyntax) -> [String] {
    switch type {
    case .plain(let word): return [SurfaceWords.fieldTypes[word] ?? word]
    case .reference(let list): return ["引自", " ", name(list)]
    case .set(let member): return ["多个", " "] + chinese(member)
    case .choice(let names, let labels):
      let choices = zip(names, labels).map { name, labels in
        ([declared(name)] + labels.map(quoted)).joined(separator: " ")
      }
      return ["选项", "（", choices.joined(separator: "、"), "）"]
    }
  }
}
