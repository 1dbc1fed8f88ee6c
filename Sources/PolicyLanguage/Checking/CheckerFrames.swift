// Frames: what a measure goes through record by record, and its further `each`.
import Diagnostics
import Facts

extension Checker {
  func frame(_ f: FrameSyntax, _ scope: inout Scope) -> CheckedFrame? {
    guard let base = base(of: f, &scope) else { return nil }
    var iterations: [(name: String, iteration: CheckedFrame.Iteration)] = []
    for i in f.iterations {
      if let made = iteration(i, number: iterations.count, &scope) { iterations.append(made) }
    }
    if iterations.count > 1 {
      report(
        "too-many-iterations", Text("A frame takes one further `each`.", zh: "只能再加一个 `each`。"),
        hint: Text("Leave all but one out.", zh: "请只保留一个。"), at: f.location)
      iterations = Array(iterations.prefix(1))
    }
    return CheckedFrame(
      base: base, iterations: iterations, chinese: iterations.map { scope.near.chinese[$0.name] }, location: f.location)
  }

  private func base(of f: FrameSyntax, _ scope: inout Scope) -> CheckedFrame.Base? {
    switch f.base {
    case .district: return .district
    case .each(let name):
      if let join = joined(name.text), let list = dictionary.list(join.list) {
        scope.list = list
        scope.join = join
        let record = Text(join.singular, zh: join.chinese.singular ?? join.singular)
        scope.frame = Scope.Frame(name: join.singular, list: list.name, words: record.pointed, isText: false)
        notes?.name(Text(record.en, zh: (list.chinese.classifier ?? "") + record.zh), at: name.location)
        return .list(list.name)
      }
      guard let list = self.list(called: name.text) else {
        unknownName(Text("record", zh: "记录"), name.text, among: dictionary.lists.map(\.singular), at: name.location)
        return nil
      }
      scope.list = list
      scope.frame = Scope.Frame(name: list.singular, list: list.name, words: list.record.pointed, isText: false)
      notes?.name(Text(list.singular, zh: (list.chinese.classifier ?? "个") + list.record.zh), at: name.location)
      return .list(list.name)
    case .eachText(let fieldName, let listName):
      guard let list = list(called: listName.text, at: listName.location) else {
        unknownName(Text("list", zh: "列表"), listName.text, among: dictionary.lists.map(\.name), at: listName.location)
        return nil
      }
      let isPerson = fieldName.text == "person" || fieldName.text == SurfaceWords.person
      guard let field = list.named(fieldName.text) ?? (isPerson ? list.personField : nil), field.type == .text else {
        unknownName(
          Text("text field of \(list.name)", zh: "\(list.name) 的文字字段"), fieldName.text,
          among: list.fields.filter { $0.type == .text }.map(\.name), at: fieldName.location)
        return nil
      }
      let words = isPerson ? Text("person", zh: SurfaceWords.person) : field.words
      scope.frame = Scope.Frame(
        name: isPerson ? "person" : field.name, list: list.name, words: isPerson ? words : words.pointed, isText: true)
      notes?.name(words, at: fieldName.location)
      return .texts(field: field, list: list.name)
    }
  }

  private func iteration(
    _ i: FrameSyntax.Iteration, number: Int, _ scope: inout Scope
  ) -> (name: String, iteration: CheckedFrame.Iteration)? {
    scope.near.add(i.name.text, i.name.zh ?? i.ownWords)
    switch i {
    case .years(let name):
      scope.iterations[name.text] = (number, .number)
      return (name.text, .years(when: nil))
    case .completeYears(let name):
      scope.iterations[name.text] = (number, .number)
      return (name.text, .completeYears)
    case .yearsWhen(let name, let e):
      scope.iterations[name.text] = (number, .number)
      return (name.text, .years(when: condition(e, scope.constant)))
    case .range(let name, let a, let b):
      let ta = expression(a, scope, of: .number, .months), tb = expression(b, scope, of: .number, .months)
      demandOrder(ta, tb, at: a.location)
      scope.iterations[name.text] = (number, .number)
      return (name.text, .range(name: name.text, from: ta, to: tb))
    case .periods(let name, let p): return periods(name, p, number: number, &scope)
    case .members(let name, let e):
      let t = expression(e, scope)
      guard case .set(.record(let list)) = t.type, case .selfField(let field) = t.operation else {
        mismatch(t, wanted: .set(.record("…")))
        return nil
      }
      scope.iterations[name.text] = (number, .record(list))
      return (name.text, .members(list: list, of: field))
    }
  }
}

extension FrameSyntax.Iteration {
  /// What the language itself calls it in Chinese: of years and periods.
  fileprivate var ownWords: String? {
    switch self {
    case .years, .yearsWhen, .completeYears, .periods: SurfaceWords.constants[name.text]
    case .range(let name, _, _): name.text == "year" ? SurfaceWords.year : nil
    case .members: nil
    }
  }
}
