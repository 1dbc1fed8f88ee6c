// Tables: looked up row by row as a chain of conditions, and gone through step by step as a sum. Every row's figure is
// a parameter, so that it can be set, swept and sought like any other.
import Diagnostics
import Facts
import Reckoning

/// A table whose rows have been checked.
struct CheckedTable {
  let type: ValueType
  let arguments: [ValueType]
  /// The steps of a table of one ascending argument: up to which figure each goes, the last without end; nil for every
  /// other table.
  let steps: [(upTo: Typed?, value: Typed, location: SourceRange)]?
  let name: Text
  let source: Text?
}

extension TableSyntax.Cell {
  /// Whether it ends with a figure.
  fileprivate var isBound: Bool {
    switch self {
    case .upTo, .below: true
    case .above, .from, .values, .any: false
    }
  }
}

extension Checker {
  /// The table as a definition of its arguments; nil where it cannot be read, which has been told.
  func table(_ syntax: TableSyntax) -> Definition? {
    let name = syntax.name.text
    if inProgress.contains(name) {
      report(
        "circular-definition", Text("The table `\(name)` is made of itself.", zh: "表 `\(name)` 引用了自身。"),
        hint: Text("Say its rows without it.", zh: "请在各行中不引用该表。"), at: syntax.name.location)
      return nil
    }
    inProgress.append(name)
    defer { inProgress.removeLast() }
    guard let type = declaredType(syntax.unit.text) else {
      unknownUnit(syntax.unit.text, at: syntax.unit.location)
      return nil
    }
    var scope = Scope(.definition)
    var parameters: [(name: String, type: ValueType)] = []
    for (parameter, typeName) in syntax.parameters {
      guard let declared = argumentType(typeName) else { return nil }
      // Whatever is counted or measured may be looked up: 2, 1.5, a quotient.
      let type = declared.isNumber ? .fraction : declared
      if scope.arguments[parameter.text] != nil { duplicate(parameter) }
      scope.near.add(parameter)
      scope.arguments[parameter.text] = (parameters.count, type)
      parameters.append((parameter.text, type))
    }
    guard !syntax.rows.isEmpty else {
      report(
        "no-rows", Text("The table `\(name)` has no rows.", zh: "表 `\(name)` 没有行。"),
        hint: Text(
          "Write each row on a deeper line, such as `up to 30: 500 yuan`.", zh: "每行另起一行并缩进，例如 `up to 30: 500 yuan`。"),
        at: syntax.name.location)
      return nil
    }
    guard demandRows(syntax.rows.count, of: Text("table", zh: "表"), syntax.name) else { return nil }
    tableDays[name] = TableDays(syntax)
    let values = syntax.rows.enumerated().map { i, row in figure(row, i, type, syntax, parameters.map(\.type)) }
    let tests = syntax.rows.enumerated().map { i, row in test(row, i, parameters.map(\.type), syntax, scope) }
    var rows: [TableRows.Row] = []
    var choices: [FirstThatFits.Row] = []
    for (i, (test, value)) in zip(tests, values).enumerated() {
      guard let test, let value else { return nil }
      rows.append(self.row(i, test, value, syntax))
      choices.append((test, value))
    }
    let open = choices.prefix { !isAlways($0.test) }
    let last = open.count < choices.count ? choices[open.count].figure : nil
    // What stands for a row's figure alone stands apart from it, so that it can say that it is a table.
    let otherwise =
      last.map { Typed($0.operation, type, at: $0.location) } ?? Typed(.notKnown(name), type, at: syntax.name.location)
    let chosen = FirstThatFits(type: type).figure(open, otherwise: otherwise)
    let body = Typed(chosen.operation, type, at: chosen.location, telling: .rows(named(syntax, rows)))
    demandReachable(syntax, tests)
    demandNarrowFirst(syntax, rows)
    tellBands(syntax, tests.compactMap { $0 }, parameters.map(\.type))
    let steps = parameters.count == 1 ? steps(syntax, values, rows, parameters[0].type) : nil
    tables[name] = CheckedTable(
      type: type, arguments: parameters.map(\.type), steps: steps,
      name: Text(name, zh: syntax.name.zh ?? name), source: syntax.source)
    let made = Definition(
      name: name, chinese: syntax.name.zh, parameters: parameters, body: body, location: syntax.name.location)
    definitions[name] = made
    return made
  }

  private func isAlways(_ t: Typed) -> Bool { if case .constant(1) = t.operation { t.type == .truth } else { false } }

  /// A row's figure as a parameter of the table.
  private func figure(
    _ row: TableSyntax.Row, _ i: Int, _ type: ValueType, _ table: TableSyntax, _ arguments: [ValueType]
  ) -> Typed? {
    guard var (raw, found) = literal(row.value) else {
      if let (message, hint) = beyondReach(row.value) {
        report("bad-figure", message, hint: hint, at: row.value.location)
        return nil
      }
      report(
        "not-a-figure", Text("A row's amount must be a figure with its unit.", zh: "表中每行的数值必须是带单位的数字。"),
        hint: Text("For example `500 yuan`.", zh: "例如 `500 yuan`。"), at: row.value.location)
      return nil
    }
    // A whole figure is a decimal.
    if type == .decimal, found == .number { (raw, found) = (raw * Share.unit, .decimal) }
    // The table says per what, once for all rows.
    guard found == type || type.isRate(of: found) else {
      mismatch(Typed(.constant(raw), found, at: row.value.location), wanted: type)
      return nil
    }
    let words = rowName(row, i, arguments)
    let name = words.en
    let id = documentID + "." + table.name.text + "." + name
    if !tableFigures.insert(id).inserted { duplicate(row.name ?? table.name) }
    var parameter = Parameter(
      id: id, type: type, value: raw, byReference: nil, atLeast: 0, atMost: nil, meaning: table.meaning,
      chinese: row.name?.zh ?? (words.zh == name ? nil : words.zh), owner: nil, location: row.location)
    parameter.nameInTable = Text(
      table.name.text + "." + name, zh: (table.name.zh ?? table.name.text) + "." + (row.name?.zh ?? words.zh))
    tableParameters.append(parameter)
    measureParameters[table.name.text, default: [:]][parameter.name] = parameter
    return Typed(.parameter(id), type, at: row.value.location)
  }

  /// A row's bound as a parameter of the table, `reward.small.bound`; of several in one row, each with its argument's
  /// name.
  private func bound(_ raw: Int64, _ type: ValueType, _ e: Expression, _ k: Int, _ i: Int, _ table: TableSyntax)
    -> Typed
  {
    let row = table.rows[i]
    let name = rowName(row, i, []).en
    let isOnly = if case .cells(let cells) = row.test { cells.count(where: \.isBound) == 1 } else { true }
    let argument = table.parameters[k].name
    let last = isOnly ? "bound" : argument.text + "_bound"
    let inTable = name + "." + last
    let id = documentID + "." + table.name.text + "." + inTable
    if tableFigures.insert(id).inserted {
      let chinese = isOnly ? "界限" : (argument.zh ?? argument.text) + "界限"
      var parameter = Parameter(
        id: id, type: type, value: raw, byReference: nil, atLeast: type == .date ? nil : 0, atMost: nil,
        meaning: table.meaning, chinese: chinese, owner: nil, location: e.location)
      parameter.nameInTable = Text(
        table.name.text + "." + inTable,
        zh: (table.name.zh ?? table.name.text) + "." + (row.name?.zh ?? name) + "." + chinese)
      tableParameters.append(parameter)
      measureParameters[table.name.text, default: [:]][inTable] = parameter
    }
    return Typed(.parameter(id), type, at: e.location)
  }

  /// What an explanation tells of the table.
  private func named(_ table: TableSyntax, _ rows: [TableRows.Row]) -> TableRows {
    TableRows(
      name: Text(table.name.text, zh: table.name.zh ?? table.name.text), source: table.source, rows: rows)
  }

  /// A row with its cells as they have been checked.
  private func row(_ i: Int, _ test: Typed, _ figure: Typed, _ table: TableSyntax) -> TableRows.Row {
    let row = table.rows[i]
    let cells: [TableRows.Cell]
    switch row.test {
    case .otherwise: cells = [.otherwise]
    case .when: cells = [.when(test)]
    case .cells(let written):
      // What has to hold of each cell stands in the row's test in the same order.
      var parts: [Typed] = []
      if case .and(let all) = test.operation { parts = all } else if !isAlways(test) { parts = [test] }
      cells = written.enumerated().map { k, cell in
        switch cell {
        case .any: return .any
        case .above: return .above
        case .upTo: return .upTo(compared(&parts))
        case .below: return .below(compared(&parts))
        case .values: return .values(values(&parts))
        case .from(let e):
          let start = compared(&parts)
          return .from(start, before: tableDays[table.name.text]?.next(after: e, k, i) == nil ? nil : compared(&parts))
        }
      }
    }
    return TableRows.Row(
      test: isAlways(test) ? nil : test, cells: cells, figure: figure, location: row.location)
  }

  /// What the first of some comparisons compares with.
  private func compared(_ parts: inout [Typed]) -> Typed {
    let first = parts.isEmpty ? nil : parts.removeFirst()
    guard let first, case .compare(_, _, let with) = first.operation else {
      Invariant.broken("cells-of-row: a cell with a bound or a day is a comparison of the row's test")
    }
    return with
  }

  /// What the first of some comparisons, or of some choices between them, compares with.
  private func values(_ parts: inout [Typed]) -> [Typed] {
    guard let first = parts.first else {
      Invariant.broken("cells-of-row: a cell of values is a comparison of the row's test")
    }
    parts.removeFirst()
    if case .or(let all) = first.operation { return all }
    return [first]
  }

  /// What a row's figure is called: its own name, its choice, whatever that is written as, or its day, else its number.
  private func rowName(_ row: TableSyntax.Row, _ i: Int, _ arguments: [ValueType]) -> Text {
    if let name = row.name { return .same(name.text) }
    func plain(_ row: TableSyntax.Row) -> Text? {
      guard case .cells(let cells) = row.test, cells.count == 1 else { return nil }
      switch cells[0] {
      case .values(let values):
        guard values.count == 1, case .name(let name) = values[0].node else { return nil }
        if case .choice(let all)? = arguments.first { return choice(name, of: all) ?? .same(name) }
        return .same(name)
      case .from(let day):
        guard case .date(let text) = day.node else { return nil }
        return .same(text)
      case .upTo, .below, .above, .any: return nil
      }
    }
    return plain(row) ?? .same(String(i + 1))
  }

  // MARK: Which row

  /// What has to hold for a row; nil where it cannot be read.
  private func test(
    _ row: TableSyntax.Row, _ i: Int, _ types: [ValueType], _ table: TableSyntax, _ scope: Scope
  ) -> Typed? {
    let always = Typed(.constant(1), .truth, at: row.location)
    switch row.test {
    case .otherwise: return always
    case .when(let e):
      let t = condition(e, scope)
      return t.type == .broken ? nil : t
    case .cells(let cells):
      guard cells.count == types.count else {
        report(
          "wrong-count",
          Text(
            "The row has \(cells.count) cells, and the table \(types.count) arguments.",
            zh: "该行有 \(cells.count) 格，而表有 \(types.count) 个参数。"),
          hint: Text("Write `any` where it makes no difference.", zh: "无所谓之处请写 `any`。"), at: row.location)
        return nil
      }
      var parts: [Typed] = []
      for (k, cell) in cells.enumerated() {
        guard let part = self.part(cell, k, types[k], row, i, table, scope) else { return nil }
        parts += part
      }
      return parts.isEmpty ? always : parts.count == 1 ? parts[0] : Typed(.and(parts), .truth, at: row.location)
    }
  }

  private func part(
    _ cell: TableSyntax.Cell, _ k: Int, _ type: ValueType, _ row: TableSyntax.Row, _ i: Int, _ table: TableSyntax,
    _ scope: Scope
  ) -> [Typed]? {
    let argument = Typed(.argument(k), type, at: row.location)
    func compared(_ op: Expression.Comparison, _ e: Expression, of wanted: ValueType) -> [Typed]? {
      let bound = demanded(expression(e, scope), e, of: wanted.isNumber ? [.number, .decimal, .fraction] : [wanted])
      if bound.type == .broken { return nil }
      return [Typed(.compare(op, argument, bound), .truth, at: e.location)]
    }
    func bounded(_ op: Expression.Comparison, _ e: Expression) -> [Typed]? {
      guard let written = compared(op, e, of: type) else { return nil }
      guard case .compare(_, _, let with) = written[0].operation, case .constant(let raw) = with.operation else {
        return written
      }
      let figure = bound(raw, with.type, e, k, i, table)
      return [Typed(.compare(op, argument, figure), .truth, at: e.location)]
    }
    switch cell {
    case .any, .above: return []
    case .upTo(let e): return bounded(.lessOrEqual, e)
    case .below(let e): return bounded(.less, e)
    case .from(let e):
      guard type == .date else {
        mismatch(argument, wanted: .date)
        return nil
      }
      guard let start = compared(.greaterOrEqual, e, of: .date) else { return nil }
      guard let next = tableDays[table.name.text]?.next(after: e, k, i) else { return start }
      return compared(.less, next, of: .date).map { start + $0 }
    case .values(let all):
      let name = Expression(.name(table.parameters[k].name.text), at: row.location)
      // A row of a city or a province holds what lies there.
      let parts =
        type == .place
        ? all.map { within(name, [$0], scope, $0.location) } : all.map { compare(.equal, name, $0, scope, $0.location) }
      if parts.contains(where: { $0.type == .broken }) { return nil }
      return parts.count == 1 ? parts : [Typed(.or(parts), .truth, at: row.location)]
    }
  }

  /// Whether a table, or a figure that changes on certain days, is no longer than one may be; tells where it is.
  func demandRows(_ count: Int, of what: Text, _ name: Name) -> Bool {
    if count <= Checker.mostRows { return true }
    let (most, all) = (Decimals.grouped(String(Checker.mostRows)), Decimals.grouped(String(count)))
    report(
      "too-many-terms",
      Text(
        "The \(what.en) `\(name.text)` has \(all) rows; at most \(most) can be reckoned with.",
        zh: "\(what.zh) `\(name.text)` 有 \(all) 行，最多 \(most) 行。"),
      hint: Text(
        "Give what the rows tell apart a field of the facts, or part them among several tables.",
        zh: "请把各行所区分的内容作为事实的字段，或拆分为几个表。"),
      at: name.location)
    return false
  }

  /// Tells of rows that none can come to, since one before them fits whatever comes.
  private func demandReachable(_ table: TableSyntax, _ tests: [Typed?]) {
    guard let last = tests.firstIndex(where: { $0.map(isAlways) ?? false }), last + 1 < tests.count else { return }
    report(
      "hidden-row",
      Text(
        "Row \(last + 2) is hidden by row \(last + 1), which fits everything.",
        zh: "第 \(last + 2) 行被第 \(last + 1) 行遮住：后者适用于一切情形。"),
      hint: Text("Put what fits everything last.", zh: "请把适用于一切情形的行放在最后。"), at: table.rows[last + 1].location)
  }

  /// Tells of rows for places that lie in a place of a row above, which is the first that fits them.
  private func demandNarrowFirst(_ table: TableSyntax, _ rows: [TableRows.Row]) {
    func areas(_ row: TableRows.Row, _ k: Int) -> [Int32]? {
      guard row.cells.indices.contains(k), case .values(let tests) = row.cells[k] else { return nil }
      let found = tests.compactMap { test -> Int32? in
        guard case .within(_, let places) = test.operation, case .placeConstant(let id)? = places.first?.operation
        else { return nil }
        return id
      }
      return found.count == tests.count ? found : nil
    }
    func others(_ i: Int, but k: Int) -> String {
      guard case .cells(let cells) = table.rows[i].test else { return "" }
      return cells.enumerated().filter { $0.offset != k }.map { "\($0.element)" }.joined(separator: "|")
    }
    for k in table.parameters.indices {
      for (j, row) in rows.enumerated() {
        guard let inner = areas(row, k) else { continue }
        for i in 0..<j {
          guard let outer = areas(rows[i], k), others(i, but: k) == others(j, but: k),
            inner.allSatisfy({ one in outer.contains { places.lies(one, within: $0) } })
          else { continue }
          report(
            "hidden-row",
            Text(
              "Row \(j + 1) is hidden by row \(i + 1), whose place it lies in.",
              zh: "第 \(j + 1) 行被第 \(i + 1) 行遮住：其地区在后者之内。"),
            hint: Text("Put the narrower place first.", zh: "请把范围较小的地区写在前面。"), at: row.location)
          return
        }
      }
    }
  }
}
