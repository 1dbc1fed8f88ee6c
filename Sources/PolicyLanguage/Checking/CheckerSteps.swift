// Tables gone through step by step, and figures that change on a day. Both are sums and choices of the rows' figures.
import Diagnostics
import Facts
import Reckoning

extension Checker {
  /// The steps of rows that ascend; tells of rows that do not.
  func steps(
    _ table: TableSyntax, _ values: [Typed?], _ rows: [TableRows.Row], _ type: ValueType
  ) -> [(upTo: Typed?, value: Typed, location: SourceRange)]? {
    var steps: [(upTo: Typed?, value: Typed, location: SourceRange)] = []
    var before: Int128?
    for (i, (row, value)) in zip(table.rows, values).enumerated() {
      guard case .cells(let cells) = row.test, cells.count == 1, let value else { return nil }
      switch cells[0] {
      case .upTo(let e), .below(let e):
        guard let (raw, found) = literal(e), found == type || (type.isNumber && found.isNumber) else { return nil }
        // 2 and 1.5 in one measure.
        let bound = found == .number ? Int128(raw) * Int128(Share.unit) : Int128(raw)
        if let last = before, bound <= last {
          report(
            "not-ascending", Text("The rows do not ascend.", zh: "各行没有依次递增。"),
            hint: Text("Put the smaller bound first.", zh: "请把较小的界限放在前面。"), at: e.location)
          return nil
        }
        before = bound
        steps.append((rows[i].bound, value, row.location))
      case .above: steps.append((nil, value, row.location))
      case .from, .values, .any: return nil
      }
    }
    return steps
  }

  /// `reward through n`: what lies in each step, times the step's figure.
  func through(_ written: Name, _ x: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let name = Name(shared.ids[written.text] ?? written.text, at: written.location)
    guard tableSyntax[name.text] != nil else {
      unknownName(Text("table", zh: "表"), name.text, among: Array(tableSyntax.keys), at: name.location)
      return broken(location)
    }
    use(name.text)
    notes?.name(shared.words(name.text), at: name.location)
    guard definition(name.text) != nil, let table = tables[name.text] else { return broken(location) }
    guard let steps = table.steps, let last = steps.last, last.upTo == nil else {
      report(
        "no-steps", Text("`\(name.text)` has no steps to go through.", zh: "`\(name.text)` 没有可逐级计算的档次。"),
        hint: Text(
          "A table of one figure is gone through, with rows `up to …` and `above` at the end.",
          zh: "逐级计算的表只有一个数值参数，各行写 `up to …`，最后一行写 `above`。"),
        at: location)
      return broken(location)
    }
    let wanted = table.arguments[0]
    let n = demanded(expression(x, scope), x, of: wanted.isNumber ? [.fraction, .number, .decimal] : [wanted])
    if n.type == .broken { return n }
    guard let type = Units.product(of: n.type, table.type) else {
      report(
        "cannot-multiply",
        Text(
          "\(table.type.words.en) times \(n.type.words.en) means nothing.",
          zh: "\(table.type.words.zh)乘以\(n.type.words.zh)没有意义。"),
        hint: Text("Give the table another unit.", zh: "请给表换一个单位。"), at: location)
      return broken(location)
    }
    func typed(_ operation: Typed.Operation, _ type: ValueType) -> Typed { Typed(operation, type, at: location) }
    let zero = typed(.constant(0), n.type)
    // Numbers of two kinds, such as 2 and 1.5, are reckoned with exactly.
    let isMixed = steps.contains { step in step.upTo.map { $0.type != n.type } == true }
    let partType = isMixed ? .fraction : n.type
    func larger(_ a: Typed, _ b: Typed) -> Typed { typed(.pick(.larger, [a, b]), partType) }
    // A bound that is set below the one before it leaves its step empty.
    let tops = FirstThatFits.running(steps.compactMap(\.upTo)[...], larger)
    var low: Typed?
    var passed = 0
    var told: [TableSteps.Step] = []
    for (upTo, value, row) in steps {
      let top = upTo.map { typed(.pick(.smaller, [n, $0]), partType) } ?? n
      let part = low.map { larger(typed(.subtract(top, $0), partType), zero) } ?? top
      let amount = typed(.multiply(part, value), type)
      told.append(
        TableSteps.Step(above: low, upTo: upTo, part: part, figure: value, amount: amount, location: row))
      if upTo != nil {
        low = tops[passed]
        passed += 1
      }
    }
    let sum = FirstThatFits.joined(told.map(\.amount)[...]) { typed(.add($0, $1), type) }
    let all = Invariant.value(sum, "table-has-steps: a table with steps has been checked to have one")
    let telling = TableSteps(name: table.name, source: table.source, amount: n, steps: told)
    return Typed(all.operation, type, at: location, telling: .steps(telling))
  }
}

// MARK: - Figures that change on a day

extension Checker {
  /// Tells of a day that no calendar has.
  ///
  /// - Returns: whether it is one.
  func saysNoSuchDay(_ e: Expression) -> Bool {
    guard case .date(let text) = e.node, Day(text[...]) == nil else { return false }
    report(
      "bad-date", Text("There is no such day: \(text).", zh: "没有 \(text) 这一天。"),
      hint: Text("Look at the month and how many days it has.", zh: "请核对月份及该月天数。"), at: e.location)
    return true
  }

  /// `param rate = 1,000 yuan, 1,200 yuan from 2024-07-01`: a definition of the day, and its figures.
  func datedParameter(_ syntax: ParameterSyntax, prefix: String) -> (Definition, [Parameter])? {
    let plain = ParameterSyntax(
      name: syntax.name, value: syntax.value, atLeast: syntax.atLeast, atMost: syntax.atMost, meaning: syntax.meaning)
    guard let first = check(plain, prefix: prefix) else { return nil }
    var figures = [first]
    let name = Text(syntax.name.text, zh: syntax.name.zh ?? syntax.name.text)
    let day = Typed(.argument(0), .date, at: syntax.name.location)
    // Before all days there is the first figure, without a day none.
    let isThere = Typed(.given(day, negated: false), .truth, at: syntax.name.location)
    let earliest = Typed(.parameter(first.id), first.type, at: syntax.value.location)
    let without = Typed(.notKnown(syntax.name.text), first.type, at: syntax.name.location)
    guard demandRows(syntax.dated.count + 1, of: Text("figure", zh: "数值"), syntax.name) else { return nil }
    var rows = [
      TableRows.Row(test: isThere, cells: [.otherwise], figure: earliest, location: syntax.value.location)
    ]
    var choices: [FirstThatFits.Row] = [(isThere, earliest)]
    var before: Int64?
    // What is wrong with one figure is no reason not to know the name.
    for step in syntax.dated {
      guard let (raw, type) = literal(step.value), type == first.type else {
        report(
          "bound-unit", Text("The figure must have the parameter's own unit.", zh: "数值的单位必须与参数相同。"),
          hint: Text("Write \(first.type.words.en).", zh: "请写\(first.type.words.zh)。"), at: step.value.location)
        continue
      }
      guard let (from, kind) = literal(step.from), kind == .date, case .date(let text) = step.from.node else {
        if !saysNoSuchDay(step.from) {
          report(
            "bad-date", Text("A day belongs here.", zh: "这里应为日期。"),
            hint: Text("Write dates as 2022-01-28.", zh: "日期写作 2022-01-28。"), at: step.from.location)
        }
        continue
      }
      if let before, from <= before {
        report(
          "not-ascending", Text("The days do not ascend.", zh: "日期没有依次递增。"),
          hint: Text("Put the earlier day first.", zh: "请把较早的日期放在前面。"), at: step.from.location)
        continue
      }
      before = from
      var figure = Parameter(
        id: first.id + "." + text, type: type, value: raw, byReference: nil, atLeast: first.atLeast,
        atMost: first.atMost, meaning: syntax.meaning, chinese: nil, owner: first.owner, location: syntax.name.location)
      figure.nameInTable = Text(name.en + "." + text, zh: name.zh + "（\(text) 起）")
      figures.append(figure)
      let start = Typed(.constant(from), .date, at: step.from.location)
      let test = Typed(.compare(.greaterOrEqual, day, start), .truth, at: step.from.location)
      let value = Typed(.parameter(figure.id), type, at: step.value.location)
      rows.append(
        TableRows.Row(test: test, cells: [.from(start, before: nil)], figure: value, location: step.value.location))
      choices.append((test, value))
    }
    // The latest day that has come counts.
    let figure = FirstThatFits(type: first.type).figure(choices.reversed()[...], otherwise: without)
    let body = Typed(
      figure.operation, first.type, at: figure.location,
      telling: .rows(TableRows(name: name, source: nil, rows: rows.reversed())))
    let made = Definition(
      name: syntax.name.text, chinese: syntax.name.zh, parameters: [("day", .date)], body: body,
      location: syntax.name.location)
    return (made, figures)
  }
}
