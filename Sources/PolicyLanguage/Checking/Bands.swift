// Bands that leave a gap, or overlap: rows of a table, and measures of one kind that part one figure among them. Told
// to the drafter as warnings, since a rule may mean it. Knows nothing of facts; parameters stand at their defaults.
import Diagnostics
import Facts
import Reckoning

/// From where to where a condition lets a figure lie, in thirds of its raw unit: one third below or above a figure is
/// just beside it.
private struct Band {
  var low: Int128 = .min
  var high: Int128 = .max

  mutating func narrow(_ op: Expression.Comparison, _ raw: Int64, isWhole: Bool) -> Bool {
    let at = Int128(raw) * 3, beside: Int128 = isWhole ? 3 : 1
    switch op {
    case .less: high = min(high, at - beside)
    case .lessOrEqual: high = min(high, at)
    case .greater: low = max(low, at + beside)
    case .greaterOrEqual: low = max(low, at)
    case .equal: (low, high) = (max(low, at), min(high, at))
    case .notEqual: return false
    }
    return low <= high
  }

  func holds(_ other: Band) -> Bool { low <= other.low && high >= other.high }
}

/// The figure that a condition is about, and where it lets it lie.
private struct Banded {
  let figure: Typed
  var band = Band()
  /// Between two figures next to each other nothing lies.
  var isWhole: Bool {
    switch figure.type {
    case .number, .months, .days, .money, .amount, .share, .decimal, .date: true
    case .truth, .partMonths, .rate, .fraction, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      false
    }
  }

  func isAbout(_ other: Typed) -> Bool { figure.isSameFact(as: other) }
}

extension Typed {
  /// Whether two are the same argument, or the same fact of the same record.
  func isSameFact(as other: Typed) -> Bool {
    guard let path = factPath else { return false }
    return path == other.factPath
  }

  /// What tells a fact from others: of what, and the names that lead to it; nil where it is no fact alone.
  var factPath: String? {
    if case .selfRecord = operation { return "." }
    if case .argument(let i) = operation { return "\(i)" }
    if case .selfField(let field) = operation { return ".:" + field.name }
    if case .field(let of, let field) = operation { return of.factPath.map { $0 + "." + field.name } }
    return nil
  }
}

extension Checker {
  // MARK: Tables

  /// Tells of what no row of a table fits, and of rows that fit the same where they meet.
  func tellBands(_ table: TableSyntax, _ tests: [Typed], _ types: [ValueType]) {
    if table.rows.allSatisfy({ if case .cells = $0.test { true } else { false } }) {
      tellGap(table, types)
    } else {
      tellEdges(table, tests)
    }
  }

  /// What stands in no row: each choice, and what lies above the last bound, with each other.
  private func tellGap(_ table: TableSyntax, _ types: [ValueType]) {
    var places: [[(words: Text, fits: (TableSyntax.Cell) -> Bool)]] = []
    for (k, type) in types.enumerated() {
      let cells = table.rows.compactMap { row -> TableSyntax.Cell? in
        if case .cells(let all) = row.test, all.indices.contains(k) { all[k] } else { nil }
      }
      guard let found = self.places(of: cells, type) else { return }
      places.append(found)
    }
    let count = places.reduce(1) { min($0 * $1.count, 100_000) }
    guard count * table.rows.count <= 100_000 else { return }
    for n in 0..<count {
      var rest = n
      let point = places.map { all in
        defer { rest /= all.count }
        return all[rest % all.count]
      }
      let isFitted = table.rows.contains { row in
        guard case .cells(let cells) = row.test, cells.count == point.count else { return true }
        return zip(cells, point).allSatisfy { $1.fits($0) }
      }
      if isFitted { continue }
      let (what, chinese) = (
        point.map(\.words.en).joined(separator: ", "), point.map(\.words.zh).joined(separator: "、")
      )
      warn(
        "table-gap",
        Text("No row of `\(table.name.text)` fits \(what).", zh: "表 `\(table.name.text)` 没有一行适用于 \(chinese)。"),
        hint: Text(
          "Add a row for it; without one the figure is undetermined there.", zh: "请补上一行；没有的话，该情形无法判定。"),
        at: table.name.location)
      return
    }
  }

  /// What an argument may be, as far as rows tell it apart: choices, and stretches between bounds; nil: it cannot be
  /// said.
  private func places(
    of cells: [TableSyntax.Cell], _ type: ValueType
  ) -> [(words: Text, fits: (TableSyntax.Cell) -> Bool)]? {
    var bounds: [(raw: Int128, words: String)] = []
    var isOpen = true
    for cell in cells {
      switch cell {
      case .upTo(let e), .below(let e):
        guard let at = position(e, type) else { return nil }
        bounds.append((at, Checker.written(e)))
        isOpen = false
      case .above: isOpen = false
      case .from, .values, .any: break
      }
    }
    if !isOpen {
      bounds.sort { $0.raw < $1.raw }
      let all = bounds.map { bound in
        let words = Text("up to " + bound.words, zh: "不超过" + bound.words)
        return (words: words, fits: { [self] in fits($0, bound.raw, type) } as (TableSyntax.Cell) -> Bool)
      }
      let last = bounds.last.map { Text("above " + $0.words, zh: "超过" + $0.words) } ?? Text("anything", zh: "任何情形")
      return all + [(words: last, fits: { [self] in fits($0, nil, type) })]
    }
    let names: [String], words: [Text]
    switch type {
    case .choice(let all): (names, words) = (all, dictionary.words(ofChoices: all))
    case .truth: (names, words) = (["true", "false"], [Text("yes", zh: "是"), Text("no", zh: "否")])
    case .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date, .dateOrYear,
      .place, .text, .record, .set, .nothing, .broken:
      // What else there may be is not for a table to say.
      return [(Text("any", zh: "不限"), { _ in true })]
    }
    return zip(names, words).map { name, own in
      (
        words: own,
        fits: { [self] cell in
          guard case .values(let all) = cell else { return true }
          return all.contains { value in
            guard let written = value.bareName.map({ shared.ids[$0] ?? $0 }) else { return true }
            return written == name || written == own.en || written == own.zh
              || choice(written, of: names)?.en == name
          }
        }
      )
    }
  }

  /// Whether a cell fits what lies just at a bound, or above all: nil.
  private func fits(_ cell: TableSyntax.Cell, _ at: Int128?, _ type: ValueType) -> Bool {
    switch cell {
    case .upTo(let e): at.map { at in position(e, type).map { at <= $0 } ?? true } ?? false
    case .below(let e): at.map { at in position(e, type).map { at - 1 < $0 } ?? true } ?? false
    case .above, .from, .any: true
    case .values: false
    }
  }

  /// Where a bound lies, whole or not.
  private func position(_ e: Expression, _ type: ValueType) -> Int128? {
    guard let (raw, found) = literal(e) else { return nil }
    return type.isNumber && found == .number ? Int128(raw) * Int128(Share.unit) : Int128(raw)
  }

  private static func written(_ e: Expression) -> String {
    switch e.node {
    case .number(let digits, let unit?): unit == "%" ? digits + unit : digits + " " + unit
    case .number(let digits, nil): digits
    case .date(let text): text
    case _: "it"
    }
  }

  /// Rows by condition that part one figure among them.
  private func tellEdges(_ table: TableSyntax, _ tests: [Typed]) {
    var bands: [(row: Int, banded: Banded)] = []
    var isClosed = false
    for (i, (row, test)) in zip(table.rows, tests).enumerated() {
      guard case .when = row.test else {
        isClosed = true
        continue
      }
      guard let banded = self.banded(test.conjuncts), bands.first.map({ $0.banded.isAbout(banded.figure) }) ?? true
      else { return }
      bands.append((i, banded))
    }
    guard let isWhole = bands.first?.banded.isWhole else { return }
    for (k, one) in bands.enumerated() {
      for other in bands[..<k] {
        let (a, b) = (one.banded.band, other.banded.band)
        guard max(a.low, b.low) <= min(a.high, b.high), !a.holds(b), !b.holds(a) else { continue }
        let (first, second, name) = (other.row + 1, one.row + 1, table.name.text)
        warn(
          "table-overlap",
          Text(
            "Rows \(first) and \(second) of `\(name)` fit the same where they meet; the first counts.",
            zh: "表 `\(name)` 的第 \(first) 行与第 \(second) 行有重叠，以在前者为准。"),
          hint: Text("Write one of the two bounds without its end.", zh: "请让其中一行不含该界限。"),
          at: table.rows[one.row].location)
      }
    }
    if isClosed { return }
    let all = bands.sorted { $0.banded.band.low < $1.banded.band.low }
    var high = all[0].banded.band.high, before = all[0].row
    for (row, banded) in all.dropFirst() {
      if banded.band.low > high, banded.band.low - high > (isWhole ? 3 : 1) {
        warn(
          "table-gap",
          Text(
            "What lies between rows \(before + 1) and \(row + 1) of `\(table.name.text)` falls to none.",
            zh: "表 `\(table.name.text)` 的第 \(before + 1) 行与第 \(row + 1) 行之间有空档。"),
          hint: Text("Let one of the two hold its end, or add `otherwise`.", zh: "请让其中一行含该界限，或加一行 `otherwise`。"),
          at: table.rows[row].location)
      }
      if banded.band.high > high { (high, before) = (banded.band.high, row) }
    }
  }

  // MARK: Measures

  /// Tells of measures of one kind that part one figure among them and leave out, or take twice, what lies at the edge.
  func tellEdges(_ measures: [CheckedMeasure]) {
    var known: [(measure: CheckedMeasure, figures: [Banded])] = []
    for m in measures where m.form == .measure {
      guard case .list? = m.frame?.base else { continue }
      let conditions = (m.selection.conditions + m.selection.requirements).flatMap(\.conjuncts)
      var figures: [Banded] = []
      for t in conditions {
        guard let one = banded([t]) else { continue }
        if let i = figures.firstIndex(where: { $0.isAbout(one.figure) }) {
          figures[i].band.low = max(figures[i].band.low, one.band.low)
          figures[i].band.high = min(figures[i].band.high, one.band.high)
        } else {
          figures.append(one)
        }
      }
      for (other, theirs) in known where other.kind == m.kind && isSameFrame(other, m) {
        for a in theirs {
          guard let b = figures.first(where: { $0.isAbout(a.figure) }) else { continue }
          tellEdge(other, m, a.band.low <= b.band.low ? (a, b) : (b, a))
        }
      }
      known.append((m, figures))
    }
  }

  private func isSameFrame(_ a: CheckedMeasure, _ b: CheckedMeasure) -> Bool {
    if case .list(let x)? = a.frame?.base, case .list(let y)? = b.frame?.base { x == y } else { false }
  }

  private func tellEdge(_ a: CheckedMeasure, _ b: CheckedMeasure, _ pair: (low: Banded, high: Banded)) {
    let (end, start) = (pair.low.band.high, pair.high.band.low)
    guard end != .max, start != .min, pair.low.band.low < start else { return }
    // One whole figure lies between, or one is in both.
    let hole: Int128 = pair.low.isWhole ? 6 : 2
    if start - end == hole {
      warn(
        "edge-gap",
        Text(
          "`\(a.name)` and `\(b.name)` leave out what lies just between them.",
          zh: "`\(a.name)` 与 `\(b.name)` 都不含二者交界处。"),
        hint: Text("Let one of the two hold its end.", zh: "请让其中一项含该界限。"), at: pair.high.figure.location)
    } else if start == end, pair.high.band.high > end {
      warn(
        "edge-overlap",
        Text(
          "`\(a.name)` and `\(b.name)` both hold where they meet.", zh: "`\(a.name)` 与 `\(b.name)` 在交界处都成立。"),
        hint: Text("Write one of the two bounds without its end.", zh: "请让其中一项不含该界限。"),
        at: pair.high.figure.location)
    }
  }

  // MARK: Conditions

  /// What conditions let one figure be; nil where they are about something else, or about several.
  private func banded(_ conditions: [Typed]) -> Banded? {
    var found: Banded?
    for t in conditions {
      let bounds: [(Expression.Comparison, Typed, Typed)]
      switch t.operation {
      case .compare(let op, let x, let bound): bounds = [(op, x, bound)]
      case .between(let x, let a, let b): bounds = [(.greaterOrEqual, x, a), (.lessOrEqual, x, b)]
      case _: return nil
      }
      for (op, x, bound) in bounds {
        guard let raw = fixed(bound, x.type), x.isFact else { return nil }
        if found == nil { found = Banded(figure: x) }
        guard var band = found?.band, found?.isAbout(x) == true, band.narrow(op, raw, isWhole: found?.isWhole == true)
        else { return nil }
        found?.band = band
      }
    }
    return found
  }

  /// A figure of the text, as what it is compared with counts.
  private func fixed(_ t: Typed, _ type: ValueType) -> Int64? {
    let found: Int64?
    switch t.operation {
    case .constant(let raw): found = raw
    case .parameter(let id): found = parameter(withID: id)?.value
    case _: found = nil
    }
    guard let found, t.type != type else { return found }
    switch (type, t.type) {
    case (.fraction, .number):
      let (scaled, over) = found.multipliedReportingOverflow(by: Share.unit)
      return over ? nil : scaled
    case (.fraction, .decimal): return found
    case (_, _): return nil
    }
  }

  private func warn(_ code: String, _ message: Text, hint: Text, at location: SourceRange) {
    diagnostics.append(Diagnostic(.warning, code: code, message, hint: hint, at: location))
  }
}

extension Typed {
  /// Whether it is a fact, or an argument.
  fileprivate var isFact: Bool {
    switch operation {
    case .selfField, .argument, .field: true
    case _: false
    }
  }
}
