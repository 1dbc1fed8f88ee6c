// Figures that are made of others in a way that has to be told: which row of a table was taken and why, each step of
// one with what it comes to, the numbers of a range, the figure of a day. Every figure told stands in the rule, in a
// fact, or is worked out from such by the plan itself.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// A figure with what it is made of; nil: its parts say that themselves.
  func made(_ t: Typed, _ at: Row) -> Derivation? {
    if case .call(let definition, let args) = t.operation, case .rows(let table)? = definition.body.telling {
      let (name, own) = (words(t), value(t, at))
      let said = args.map { words($0) }
      return run.lowering.with(args, at.context) {
        argumentWords.append(said)
        defer { argumentWords.removeLast() }
        return row(of: table, name, own, t.location, at)
      }
    }
    if case .form(.onDay(let value), let parts) = t.operation { return ofDay(value, parts[0], t, at) }
    switch t.telling {
    case .steps(let steps): return self.steps(steps, t, at)
    case .terms(let terms): return self.terms(terms, t, at)
    case .named(let name):
      let own = value(t, at)
      return Derivation(.told, Text("\(name.en) = \(own.en)", zh: "\(name.zh)：\(own.zh)"), location: t.location)
    case .rows, .instalment, nil: return nil
    }
  }

  // MARK: Rows

  /// So many rows that may be the one are named.
  private static var mostOpenRows: Int { 5 }

  /// The row that was taken: the first that fits.
  private func row(
    of table: TableRows, _ name: Text, _ own: Text, _ location: SourceRange, _ at: Row
  ) -> Derivation {
    var open: [Int] = []
    for (i, row) in table.rows.enumerated() {
      let t = row.test.map { truth($0, at) } ?? Truth.yes
      if Truth.isUnknown(t) { open.append(i) }
      guard Truth.holds(t) else { continue }
      let which = words(of: row, i, in: table), figure = self.name(of: row.figure)
      let source = table.source.map { Text(", from “\($0.en)”", zh: "，依据“\($0.zh)”") } ?? .same("")
      if open.isEmpty {
        let isLong = longTables.tell(i, of: table.name, rows: table.rows.count)
        return Derivation(
          .told,
          Text(
            "\(name.en) = \(own.en): the row “\(which.en)” (\(figure.en))\(source.en)",
            zh: "\(name.zh)：\(own.zh)，适用“\(which.zh)”一行（\(figure.zh)）\(source.zh)"),
          children: isLong ? [-1, 1].compactMap { beside(i + $0, in: table, at, isBefore: $0 < 0) } : [],
          location: row.location)
      }
      open.append(i)
      break
    }
    if open.isEmpty {
      return Derivation(
        .unknown,
        Text(
          "\(name.en) is not known: no row of \(table.name.en) fits", zh: "\(name.zh)无法确定：表 \(table.name.zh) 没有适用的行"),
        location: location)
    }
    // Rows that may still be the one: where all give the same, the figure is known nevertheless.
    let rows = open.prefix(Self.mostOpenRows).map { words(of: table.rows[$0], $0, in: table) }
    let more = open.count - rows.count
    let others = more > 0 ? Text(" or \(more) more", zh: "等 \(open.count) 行") : .same("")
    return Derivation(
      .unknown,
      Text(
        "\(name.en) = \(own.en): which row of \(table.name.en) fits is not known, "
          + rows.map { "“\($0.en)”" }.joined(separator: " or ") + others.en,
        zh: "\(name.zh)：\(own.zh)，表 \(table.name.zh) 适用哪一行尚不能确定：" + rows.map { "“\($0.zh)”" }.joined(separator: "或")
          + others.zh),
      location: location)
  }

  /// The row before or after the one that was taken.
  private func beside(_ i: Int, in table: TableRows, _ at: Row, isBefore: Bool) -> Derivation? {
    guard table.rows.indices.contains(i) else { return nil }
    let row = table.rows[i]
    let (which, own) = (words(of: row, i, in: table), value(row.figure, at))
    let figure = name(of: row.figure)
    return Derivation(
      .told,
      Text(
        "the row \(isBefore ? "before" : "after") it: “\(which.en)”, \(own.en) (\(figure.en))",
        zh: "\(isBefore ? "前" : "后")一行：“\(which.zh)”，\(own.zh)（\(figure.zh)）"),
      location: row.location)
  }

  /// What a row's figure is called, wherever it is set.
  private func name(of figure: Typed) -> Text {
    guard case .parameter(let id) = figure.operation, let parameter = run.lowering.parameters[id] else {
      return excerpt(figure)
    }
    return parameter.fullWords
  }

  /// `up to 100`, `350112, from 2024-07-01`.
  private func words(of row: TableRows.Row, _ i: Int, in table: TableRows) -> Text {
    let parts = row.cells.compactMap { cell -> Text? in
      switch cell {
      case .upTo(let bound): return figure(bound).map { Text("up to \($0.en)", zh: "不超过\($0.zh)") }
      case .below(let bound): return figure(bound).map { Text("below \($0.en)", zh: "不满\($0.zh)") }
      case .above:
        let before = i > 0 ? lastBound(table.rows[i - 1]) : nil
        return before.map { Text("above \($0.en)", zh: "超过\($0.zh)") } ?? Text("above", zh: "超过")
      case .from(let day, _): return figure(day).map { Text("from \($0.en)", zh: "自 \($0.zh) 起") }
      case .values(let tests):
        let all = tests.map { excerpt($0) }
        return Text(all.map(\.en).joined(separator: " or "), zh: all.map(\.zh).joined(separator: "或"))
      case .any: return nil
      case .when(let test): return phrase(test)
      case .otherwise:
        let days = table.rows.compactMap { row -> Typed? in
          if case .from(let day, _)? = row.cells.first, row.cells.count == 1 { day } else { nil }
        }
        guard days.count == table.rows.count - 1, let first = days.last.flatMap({ figure($0) }) else {
          return Text("otherwise", zh: "其余")
        }
        return Text("before \(first.en)", zh: "\(first.zh) 以前")
      }
    }
    if parts.isEmpty { return Text("any", zh: "不限") }
    return Text(parts.map(\.en).joined(separator: ", "), zh: parts.map(\.zh).joined(separator: "，"))
  }

  private func lastBound(_ row: TableRows.Row) -> Text? {
    guard row.cells.count == 1, case .upTo(let bound) = row.cells[0] else { return nil }
    return figure(bound)
  }

  /// A figure of the text as it is set; nil where it is none.
  private func figure(_ t: Typed) -> Text? {
    let node = run.lowering.lower(t, run.frameContext)
    return node.domain == .constant ? describe(evaluate(node, 0), t.type, of: t) : excerpt(t)
  }

  // MARK: Days

  /// A value laid down elsewhere, with the day from which the figure holds that was taken.
  private func ofDay(_ name: String, _ day: Typed, _ t: Typed, _ at: Row) -> Derivation {
    let (asked, own) = (words(t), value(t, at))
    func line(_ verdict: Derivation.Verdict, _ en: String, zh: String) -> Derivation {
      Derivation(verdict, Text("\(asked.en) = \(own.en)\(en)", zh: "\(asked.zh)：\(own.zh)\(zh)"), location: t.location)
    }
    let days = run.settings.days(of: name)
    if run.settings.value(of: name, for: run.measure) != nil { return line(.told, ", set for every day", zh: "，各日相同") }
    guard let on = evaluate(run.lowering.lower(day, at.context, .int32), at.row).int32, !on.isAbsent else {
      return line(.unknown, "", zh: "")
    }
    guard let from = days.last(where: { $0 <= on }) else {
      let first = days.first.map { Day(number: $0).text }
      return line(
        .unknown, first.map { ": nothing is supplied for days before \($0)" } ?? ": it is not supplied",
        zh: first.map { "，\($0) 以前的数值未提供" } ?? "，未提供")
    }
    let since = Day(number: from).text
    return line(.told, ", in force from \(since)", zh: "，自 \(since) 起")
  }

  // MARK: Steps

  /// Each step with what lies in it and what that comes to.
  private func steps(_ steps: TableSteps, _ t: Typed, _ at: Row) -> Derivation {
    let (name, own, all) = (words(t), value(t, at), value(steps.amount, at))
    var children: [Derivation] = []
    var sums: [Text] = []
    for (i, step) in steps.steps.enumerated() {
      guard let part = evaluate(run.lowering.lower(step.part, at.context, .int64), at.row).int64, part > 0 else {
        continue
      }
      let (many, rate, amount) = (exactText(step.part, at), value(step.figure, at), exactText(step.amount, at))
      let (bounds, figure) = (self.bounds(step), self.name(of: step.figure))
      _ = longTables.tell(i, of: steps.name, rows: steps.steps.count)
      sums.append(amount)
      children.append(
        Derivation(
          .told,
          Text(
            "\(many.en) of \(all.en)\(bounds.en) at \(rate.en) (\(figure.en)): \(amount.en)",
            zh: "\(all.zh)中\(bounds.zh)的部分 \(many.zh)，按\(rate.zh)（\(figure.zh)）：\(amount.zh)"),
          location: step.location))
    }
    let source = steps.source.map { Text(", from “\($0.en)”", zh: "，依据“\($0.zh)”") } ?? .same("")
    let sum =
      sums.count < 2
      ? .same("")
      : Text(": " + sums.map(\.en).joined(separator: " + "), zh: "，即" + sums.map(\.zh).joined(separator: "＋"))
    return Derivation(
      .told, Text("\(name.en) = \(own.en)\(sum.en)\(source.en)", zh: "\(name.zh)：\(own.zh)\(sum.zh)\(source.zh)"),
      children: children, location: t.location)
  }

  /// Between which figures a step lies.
  private func bounds(_ step: TableSteps.Step) -> Text {
    let low = step.above.flatMap { figure($0) }, high = step.upTo.flatMap { figure($0) }
    switch (low, high) {
    case (nil, nil): return .same("")
    case (nil, let high?): return Text(", up to \(high.en),", zh: "不超过\(high.zh)")
    case (let low?, nil): return Text(", above \(low.en),", zh: "超过\(low.zh)")
    case (let low?, let high?): return Text(", above \(low.en) up to \(high.en),", zh: "超过\(low.zh)至\(high.zh)")
    }
  }

  // MARK: Ranges

  /// The most stretches of a range that are told one by one.
  private static var mostStretches: Int { 24 }

  /// Numbers of a range that come to the same.
  private struct Stretch {
    let first: Int64
    var last: Int64
    let figure: Text
    let members: Text
  }

  /// What each number of a range comes to, those that come to the same together.
  private func terms(_ range: RangeTerms, _ t: Typed, _ at: Row) -> Derivation {
    var stretches: [Stretch] = []
    for (number, figure) in range.terms {
      let (own, who) = (exactText(figure, at), members(of: figure, at))
      if let last = stretches.last, last.figure.en == own.en, last.members.en == who.en {
        stretches[stretches.count - 1].last = number
      } else {
        stretches.append(Stretch(first: number, last: number, figure: own, members: who))
      }
    }
    let children = stretches.prefix(Self.mostStretches).map { one -> Derivation in
      let numbers = one.first == one.last ? "\(one.first)" : "\(one.first) to \(one.last)"
      let numbersZh = one.first == one.last ? "\(one.first)" : "\(one.first) 至 \(one.last)"
      return Derivation(
        .told,
        Text(
          "\(range.variable.en) = \(numbers): \(one.figure.en)\(one.members.en)",
          zh: "\(range.variable.zh)＝\(numbersZh)：\(one.figure.zh)\(one.members.zh)"),
        location: t.location)
    }
    let more = stretches.count - children.count
    let (name, own) = (words(t), exactText(t, at))
    let left = more > 0 ? Text("; \(more) stretches more", zh: "；另有 \(more) 段") : .same("")
    return Derivation(
      .told, Text("\(name.en) = \(own.en)\(left.en)", zh: "\(name.zh)：\(own.zh)\(left.zh)"), children: Array(children),
      location: t.location)
  }

  /// Who is counted, where a figure is how many a set has.
  private func members(of t: Typed, _ at: Row) -> Text {
    guard case .count(let i) = t.operation, case .frame = at.context else { return .same("") }
    let members = run.sets[i]
    let mine = members.rows.indices.filter { members.frames[$0] == at.row }
    if mine.isEmpty { return .same("") }
    let ids = mine.prefix(5).compactMap { dataset.tables[members.list].ids?.text(Int(members.rows[$0])) }
    let names = listed(ids, of: mine.count)
    return Text(" (\(names.en))", zh: "（\(names.zh)）")
  }

  /// The sets in brackets that the numbers of a range have each of its own: they are told with the range.
  var setsOfRanges: Set<Int> {
    var found: Set<Int> = []
    measure.expressions.walk { t in
      guard case .terms(let range)? = t.telling else { return .into }
      for (_, figure) in range.terms {
        // A set that has a name of its own stands for itself.
        figure.walk { part in
          if case .count(let i) = part.operation, measure.sets[i].name.contains(" ") { found.insert(i) }
          return .into
        }
      }
      return .past
    }
    return found
  }

  // MARK: Fractions

  /// A figure as it is before anything is rounded: in decimals where it has few, else as a quotient.
  func exactText(_ t: Typed, _ at: Row) -> Text {
    guard run.lowering.isFractional(t), t.type != .share, t.type != .decimal else { return value(t, at) }
    let exact = run.lowering.exact(t, at.context)
    let above = evaluate(run.lowering.made(exact, .numerator, t), at.row).int64
    let below = evaluate(run.lowering.made(exact, .denominator, t), at.row).int64
    guard let above, let below, !above.isAbsent, !below.isAbsent, below > 0 else { return value(t, at) }
    if below == 1 { return value(t, at) }
    let unit: Int128
    switch t.type {
    case .money, .amount, .rate: unit = 100
    case .truth, .number, .months, .partMonths, .days, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text,
      .choice, .record, .set, .nothing, .broken:
      unit = 1
    }
    let scaled = Int128(above) * Int128(Share.unit), whole = Int128(below) * unit
    let behind = unitWords(t.type)
    guard scaled % whole == 0, let parts = Int64(exactly: scaled / whole) else {
      // An amount is told in decimals, which go on.
      guard unit == 100, let parts = Int64(exactly: scaled / whole) else {
        return Text("\(above)/\(below)\(behind.en)", zh: "\(above)/\(below)\(behind.zh)")
      }
      let text = Decimals.grouped(Decimals.text(parts, scale: 8, keep: 0)) + "…"
      return Text(text + behind.en, zh: text + behind.zh)
    }
    let text = Decimals.grouped(Decimals.text(parts, scale: 8, keep: 0))
    return Text(text + behind.en, zh: text + behind.zh)
  }

  /// What stands behind a figure of a type.
  private func unitWords(_ type: ValueType) -> Text {
    switch type {
    case .money: Text(" yuan", zh: "元")
    case .amount(let currency): Text(" " + currency.word, zh: currency.chinese)
    case .rate(let rate): Text(rate.written.en, zh: String(rate.written.zh.drop { $0 == " " }))
    case .months, .partMonths: Text(" months", zh: "个月")
    case .days: Text(" days", zh: "天")
    case .truth, .number, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set,
      .nothing, .broken:
      .same("")
    }
  }
}
