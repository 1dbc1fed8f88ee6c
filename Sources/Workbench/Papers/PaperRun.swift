// What a run comes to, measure by measure, for papers that are held against it: amounts, numbers of payments and of
// those paid, the standards of the text and who pays. Knows nothing of how papers are read.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// The figures of a run by the names that papers give its measures.
struct PaperRun {
  /// A measure with what it comes to.
  struct Measure {
    let id: String
    let tally: Tally
    /// Different ones that are paid.
    let beneficiaries: Int
    /// Its figures as the text has them, by name.
    fileprivate(set) var standards: [(name: Text, figure: Text)] = []
    /// Who pays which share; nil where the text does not say.
    fileprivate(set) var shares: Text?
  }

  /// What a line of indicators says.
  enum Indicator {
    case payments(String)
    case beneficiaries(String)
    /// Apart from its unit, and as sentences have it.
    case standard(value: Text, unit: Text, whole: Text)
    case yearly
  }

  /// In fen.
  let total: Int64
  let counts: YearCounts
  /// A name that several measures have stands for none of them.
  private var measures: [String: Measure?] = [:]
  private var indicators: [String: Indicator] = [:]

  init(_ run: Session.Run, places: Gazetteer) {
    let budget = Budget(run.ledger)
    total = budget.sum.total
    counts = YearCounts(run.ledger)
    let basis = PaperBasis(run: run, places: places)
    for measure in budget.ledger.measures where measure.form == .measure {
      // One that has no line pays nothing.
      let line = budget.line(measure.id)
      var found = Measure(id: measure.id, tally: line?.tally ?? Tally(), beneficiaries: line?.beneficiaries ?? 0)
      let words = PaperNames.words(measure)
      add(words, PaperTables.paymentsOf, .payments(measure.id))
      add(words, PaperTables.beneficiariesOf, .beneficiaries(measure.id))
      if let document = run.documents.first(where: { $0.id == measure.document }) {
        found.shares = document.funds(of: measure)?.words(under: run.ledger.settings.parameters)
        for parameter in measure.parameters {
          guard let figure = basis.standard(parameter, in: document) else { continue }
          let name = Text(PaperNames.words(parameter).en, zh: parameter.words.zh)
          found.standards.append((name, figure))
          guard let reckoned = basis.reckoned(parameter, in: document) else { continue }
          let (value, unit) = PaperTables.split(reckoned)
          let standard = Indicator.standard(value: value, unit: unit, whole: reckoned)
          add(Text("\(measure.title.en): ", zh: measure.words.zh), name, standard)
        }
        let tables = basis.tables(document)
        for one in tables.standards(of: measure, asSet: false) { found.standards.append((one.name, one.figure)) }
        for one in tables.standards(of: measure, asSet: true) where one.parameter != nil {
          let (value, unit) = PaperTables.split(one.figure)
          let standard = Indicator.standard(value: value, unit: unit, whole: one.figure)
          add(Text("\(measure.title.en): ", zh: measure.words.zh), one.name, standard)
        }
        for limit in basis.limits(measure, in: document) {
          found.standards.append((limit.name, limit.figure))
          let (value, unit) = PaperTables.split(limit.figure)
          let standard = Indicator.standard(value: value, unit: unit, whole: limit.figure)
          add(Text("\(measure.title.en): ", zh: measure.words.zh), limit.name, standard)
        }
      }
      name(found, [.same(measure.id), .same(measure.name), measure.words, measure.title, measure.label])
    }
    add(PaperTables.yearly, .same(""), .yearly)
  }

  private mutating func name(_ found: Measure, _ all: [Text]) {
    for words in all {
      for name in [words.en.lowercased(), words.zh.lowercased()] {
        if let other = measures[name] {
          if other?.id != found.id { measures[name] = .some(nil) }
        } else {
          measures[name] = found
        }
      }
    }
  }

  private mutating func add(_ words: Text, _ what: Text, _ indicator: Indicator) {
    for name in [words.en + what.en, words.zh + what.zh] { indicators[ValueText.plain(name)] = indicator }
  }

  /// The measure that a line of a form is about, as one of its first cells says.
  fileprivate func measure(of line: [String], within cells: Int = 2) -> Measure? {
    line.prefix(cells).lazy.compactMap { measures[$0.lowercased()] ?? nil }.first
  }

  fileprivate func measure(called id: String) -> Measure? { measures[id.lowercased()] ?? nil }

  fileprivate func indicator(of line: [String]) -> Indicator? {
    line.lazy.compactMap { indicators[$0] }.first
  }
}

extension PaperCheck {
  /// What the lines of one measure come to in a column.
  private struct Sum {
    let name: String
    let role: Role
    let wanted: Int64
    var found: Int64 = 0
    var tolerance: Int64 = 0
    var lines = 0
  }

  /// Holds the lines of a form that gives amounts by measure against the run.
  mutating func check(
    _ table: PaperText.Table, _ roles: [Role], _ grid: [[PaperFigure?]], against run: PaperRun, in file: String
  ) {
    guard roles.contains(.total) || roles.contains(.amount) else { return }
    var sums: [String: Sum] = [:]
    for (number, (line, row)) in zip(table.rows, grid).enumerated() where !PaperCheck.isTotalLine(line) {
      guard let measure = run.measure(of: line) else { continue }
      for (column, role) in roles.enumerated() {
        guard row.indices.contains(column), let figure = row[column] else { continue }
        guard let wanted = PaperCheck.wanted(role, table.heads[column], of: measure) else { continue }
        compare(PaperCell(file, table.number, number, column))
        let name = line.first { !$0.isEmpty } ?? measure.id
        var sum = sums["\(measure.id) \(column)"] ?? Sum(name: name, role: role, wanted: wanted)
        sum.found = sum.found &+ figure.hundredths
        sum.tolerance += figure.tolerance
        sum.lines += 1
        sums["\(measure.id) \(column)"] = sum
      }
    }
    for (_, sum) in sums.sorted(by: { $0.key < $1.key })
    where (sum.found &- sum.wanted).magnitude > UInt64(sum.tolerance) {
      // Whoever is counted in several lines is counted once together.
      if sum.role == .people && sum.lines > 1 { continue }
      let isCount = sum.role == .count || sum.role == .people
      let place = PaperCheck.place(table)
      add(
        .run, file, Text("\(place.en), “\(sum.name)”", zh: "\(place.zh)“\(sum.name)”"),
        isCount ? Figures.integer(sum.found / 100) : Figures.money(fen: sum.found), sum.wanted, isCount: isCount)
    }
  }

  /// What the run has for a column, in hundredths; nil where it has nothing for it.
  private static func wanted(_ role: Role, _ head: String, of measure: PaperRun.Measure) -> Int64? {
    let tally = measure.tally
    switch role {
    case .amount, .total: return tally.total
    case .due: return tally.due
    case .pending: return tally.pending
    // Where something is taken back, lines may count that, too.
    case .count: return tally.recovered == 0 ? Int64(tally.payments) * 100 : nil
    case .people:
      let isOfPayees = ["对象数", "beneficiaries"].contains(bare(head).lowercased())
      return isOfPayees ? Int64(measure.beneficiaries) * 100 : nil
    case .each, .cumulative, .effect, .times, .money, .other: return nil
    }
  }

  // MARK: Standards, shares and indicators

  /// Holds what a form says in words against the run: standards, who pays, indicators.
  mutating func checkWords(of table: PaperText.Table, against run: PaperRun, in file: String) {
    let heads = table.heads.map { PaperCheck.bare($0).lowercased() }
    let standards = heads.firstIndex { $0 == "标准" || $0 == "standards" }
    let funded = heads.firstIndex { $0 == "资金来源" || $0 == "who pays" }
    let value = heads.firstIndex { $0 == "值" || $0 == "value" }
    for (number, line) in table.rows.enumerated() {
      let place = PaperCheck.place(table, row: number + 1)
      func cell(_ column: Int) -> PaperCell { PaperCell(file, table.number, number, column) }
      if let measure = run.measure(of: line, within: 3) {
        if let standards, line.indices.contains(standards) {
          check(standards: line[standards], of: measure, cell(standards), place)
        }
        if let funded, line.indices.contains(funded), let shares = measure.shares {
          check(shares: line[funded], shares, cell(funded), place)
        }
      }
      if let value, line.indices.contains(value), let indicator = run.indicator(of: line) {
        let year = heads.firstIndex { $0 == "年度" || $0 == "year" }.flatMap { i in
          line.indices.contains(i) ? Int(line[i]) : nil
        }
        let unit = line.indices.contains(value + 1) ? line[value + 1] : ""
        check(indicator, line[value], unit, year, run, cell(value), place)
      }
    }
  }

  /// `首次标准300元；再次标准300元`
  private mutating func check(
    standards text: String, of measure: PaperRun.Measure, _ cell: PaperCell, _ place: Text
  ) {
    for part in text.split(whereSeparator: { ";；".contains($0) }).map({ $0.trimmingSpaces }) {
      let known = measure.standards.flatMap { name, figure in
        [(name.en + ": ", figure.en), (name.zh, figure.zh)].map { name, figure in
          (name: name, whole: ValueText.plain(name + figure))
        }
      }
      // A name may begin as another does: the longest is meant.
      let meant = known.filter { part.hasPrefix(ValueText.plain($0.name)) }.max { $0.name.count < $1.name.count }
      guard let meant else { continue }
      compare(cell)
      if part == meant.whole { continue }
      add(PaperFinding(rule: .run, file: cell.file, place: place, found: part, wanted: meant.whole))
    }
  }

  /// `区级财政100%；…`
  private mutating func check(shares text: String, _ shares: Text, _ cell: PaperCell, _ place: Text) {
    guard text.contains("%") else { return }
    compare(cell)
    let wanted = [ValueText.plain(shares.zh), ValueText.plain(shares.en)]
    if wanted.contains(where: { text.hasPrefix($0) }) { return }
    let isChinese = text.unicodeScalars.contains { $0.value >= 0x4E00 }
    add(PaperFinding(rule: .run, file: cell.file, place: place, found: text, wanted: wanted[isChinese ? 0 : 1]))
  }

  private mutating func check(
    _ indicator: PaperRun.Indicator, _ text: String, _ unit: String, _ year: Int?, _ run: PaperRun, _ cell: PaperCell,
    _ place: Text
  ) {
    let wanted: [String]
    switch indicator {
    case .payments(let id):
      let count = year.map { run.counts.count(id, $0).payments }
      wanted = [Figures.integer(Int64(count ?? run.measure(called: id)?.tally.payments ?? 0))]
    case .beneficiaries(let id):
      let count = year.map { run.counts.count(id, $0).beneficiaries }
      wanted = [Figures.integer(Int64(count ?? run.measure(called: id)?.beneficiaries ?? 0))]
    case .standard(let value, let word, let whole):
      // The cell with its unit, as the run has it in either language.
      wanted = [value.zh + word.zh, value.en + word.en, whole.zh].map(ValueText.plain)
    case .yearly:
      guard let year else { return }
      wanted = [Figures.money(fen: run.counts.sum(year))]
    }
    compare(cell)
    let found = PaperFigure(cell: text)
    let isSame = wanted.contains { one in
      if one == text || one == text + unit { return true }
      guard let found, let own = PaperFigure(cell: one) else { return false }
      return own.agrees(with: found.hundredths)
    }
    if !isSame { add(PaperFinding(rule: .run, file: cell.file, place: place, found: text + unit, wanted: wanted[0])) }
  }
}
