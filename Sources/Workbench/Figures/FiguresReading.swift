// A book of figures read back: held row by row against the book that would be written now, so that whatever no longer
// fits is told by its cell, and what was edited becomes settings of a draft. Knows nothing of drafts.

import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions

/// What was edited in a book of figures.
struct FiguresChange {
  /// A figure that is to be another.
  struct Edit {
    /// `Parameters!D17`
    let cell: String
    let setting: Setting
    let before: Text
  }

  /// What an example is expected to come to.
  struct Expected {
    let cell: String
    let example: Int
    let number: Int
    let outcome: ExampleRunner.Outcome
  }

  var edits: [Edit] = []
  var expected: [Expected] = []
}

/// One reading of a book.
struct FiguresReading {
  /// What would be written now.
  let book: FiguresBook
  let texts: FiguresTexts
  let places: Gazetteer
  /// Whether what held when the book was written has to hold still.
  let comparesNow: Bool

  private var change = FiguresChange()
  private var problems: [Diagnostic] = []
  /// Where what is set now was edited.
  private var edited: [String: SourceRange] = [:]

  init(_ book: FiguresBook, _ texts: FiguresTexts, places: Gazetteer, comparesNow: Bool) {
    self.book = book
    self.texts = texts
    self.places = places
    self.comparesNow = comparesNow
  }

  mutating func read() -> (change: FiguresChange, problems: [Diagnostic]) {
    for sheet in FiguresSheet.allCases { read(sheet, book.sheets[sheet] ?? []) }
    holdTogether()
    return (change, problems)
  }

  private mutating func read(_ kind: FiguresSheet, _ rows: [FiguresBook.Row]) {
    guard let sheet = texts.sheet(kind.name) else {
      // Books written before shares stood in them have no sheet of them, and change none.
      if !rows.isEmpty, kind != .sources { problems.append(FiguresMistake.noSheet(kind.name).diagnostic(at: nil)) }
      return
    }
    let known = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0) })
    var seen: Set<String> = []
    for written in sheet.rows where written.number >= FiguresSheet.firstRow {
      if written.cells.allSatisfy({ ValueText.plain($0).isEmpty }) { continue }
      let name = written.text(FiguresSheet.nameColumn)
      let place = texts.place(sheet.name, row: written.number, column: FiguresSheet.nameColumn)
      guard let row = known[name] else {
        problems.append(FiguresMistake.unknownRow(name, known: rows.map(\.name)).diagnostic(at: place))
        continue
      }
      guard seen.insert(name).inserted else {
        problems.append(FiguresMistake.secondRow(name).diagnostic(at: place))
        continue
      }
      compare(row, written, sheet.name)
    }
    for (i, row) in rows.enumerated() where !seen.contains(row.name) {
      let place = texts.place(sheet.name, row: FiguresSheet.firstRow + i, column: FiguresSheet.nameColumn)
      problems.append(FiguresMistake.missingRow(row.name).diagnostic(at: place))
    }
  }

  private mutating func compare(_ row: FiguresBook.Row, _ written: FiguresTexts.Row, _ sheet: String) {
    func place(_ column: Int) -> SourceRange { texts.place(sheet, row: written.number, column: column) }
    let now = written.text(FiguresSheet.nowColumn)
    if comparesNow, !says(now, row.now) {
      problems.append(
        FiguresMistake.otherNow(label(row), now: text(row.now), book: now)
          .diagnostic(at: place(FiguresSheet.nowColumn)))
    }
    let unit = written.text(FiguresSheet.unitColumn)
    if row.choices.isEmpty, let first = row.rest.first, !says(unit, first) {
      problems.append(
        FiguresMistake.otherUnit(label(row), unit: text(first), book: unit)
          .diagnostic(at: place(FiguresSheet.unitColumn)))
    }
    let new = written.text(FiguresSheet.newColumn)
    let cell = FiguresTexts.cell(sheet, row: written.number, column: FiguresSheet.newColumn)
    switch row.subject {
    case .setting(let target): edit(target, row, new, cell, at: place(FiguresSheet.newColumn))
    case .expectation(let example, let number):
      guard !new.isEmpty else { return }
      do {
        change.expected.append(
          FiguresChange.Expected(
            cell: cell, example: example, number: number, outcome: try outcome(new, row, example, number)))
      } catch {
        problems.append(
          Mistake.value(error, name: label(row)).diagnostic(at: place(FiguresSheet.newColumn)))
      }
    }
  }

  // MARK: Figures

  private mutating func edit(
    _ target: Settable, _ row: FiguresBook.Row, _ new: String, _ cell: String, at place: SourceRange
  ) {
    let setting: Setting
    if new.isEmpty {
      switch (target, row.now) {
      case (_, .none), (.parameter, .words): return
      case (.value, .figure): setting = none(target)
      case (.parameter, .figure), (.reading, _), (.value, .words), (.asOf, _), (.mode, _), (.budget, _),
        (.assumption, _), (.programme, _):
        problems.append(FiguresMistake.emptied(label(row), was: text(row.now)).diagnostic(at: place))
        return
      }
    } else {
      do { setting = try Setting(target, new, places: places) } catch {
        problems.append(Mistake.value(error, name: target.typedName).diagnostic(at: place))
        return
      }
    }
    if isSame(setting, row.now) { return }
    if let mistake = FiguresReading.percent(setting, row.now) {
      problems.append(Mistake.value(mistake, name: target.typedName).diagnostic(at: place))
      return
    }
    edited[target.id] = place
    change.edits.append(FiguresChange.Edit(cell: cell, setting: setting, before: text(row.now)))
  }

  /// A bare 8 beside the unit `%` reads as 800%: of a share that was no more than the whole, that is not what is meant,
  /// or has to be said.
  private static func percent(_ setting: Setting, _ now: FiguresBook.Value) -> ValueMistake? {
    guard case .raw(let raw) = setting.value, case .figure(let old, .share) = now, old <= Share.unit, raw > Share.unit
    else { return nil }
    return .percentAboveWhole(Decimals.text(raw, scale: 8, keep: 0), Share(parts: raw).text)
  }

  /// What figures have to be of one another: the rows of a table ascend, and shares of sources come to the whole.
  private mutating func holdTogether() {
    guard problems.isEmpty else { return }
    let set = change.edits.map(\.setting)
    let inForce = book.set.filter { one in !set.contains { $0.target.id == one.target.id } } + set
    if let order = TableOrder([book.document], inForce) {
      problems += [order.bound, order.before].compactMap { edited[$0.id] }.prefix(1).map { order.diagnostic(at: $0) }
    }
    let parameters = Dictionary(
      inForce.compactMap { one -> (String, Int64)? in
        if case .raw(let raw) = one.value { (one.target.id, raw) } else { nil }
      }
    ) { _, last in last }
    let all = [book.document.heading.funds] + book.document.measures.map(\.heading.funds)
    for funds in all.compactMap(\.self) {
      guard let place = funds.parameters.compactMap({ edited[$0.id] }).last else { continue }
      let sum = funds.parameters.reduce(Int64(0)) { $0 + (parameters[$1.id] ?? $1.value ?? 0) }
      let hasRest = funds.shares.contains { $0.parameter == nil }
      if hasRest ? sum <= CheckedFund.whole : sum == CheckedFund.whole { continue }
      problems.append(FiguresMistake.shares(Share(parts: sum).text, hasRest: hasRest).diagnostic(at: place))
    }
  }

  private func none(_ target: Settable) -> Setting {
    guard let setting = try? Setting(target, "none", places: places) else {
      Invariant.broken("none-for-values: a value laid down elsewhere may be taken away")
    }
    return setting
  }

  /// Whether a setting is what holds anyway.
  private func isSame(_ setting: Setting, _ now: FiguresBook.Value) -> Bool {
    switch (setting.value, now) {
    case (.raw(let raw), .figure(let old, _)): raw == old
    case (.none, .none): true
    case (.choice, .words(let words)): setting.text(places).en == words.en
    case (.raw, _), (.none, _), (.choice, _), (.day, _), (.mode, _), (.byDefault, _): false
    }
  }

  // MARK: Examples

  private func outcome(_ text: String, _ row: FiguresBook.Row, _ example: Int, _ number: Int) throws(ValueMistake)
    -> ExampleRunner.Outcome
  {
    let quantity = book.document.examples[example].expectations[number].quantity
    if !row.choices.isEmpty {
      let all = ExampleSyntax.Expectation.Quantity.ofDuties
      guard let found = all.first(where: { $0.words.en == text.lowercased() || $0.words.zh == text }) else {
        throw .unknownChoice(text, row.choices)
      }
      return .duty(found)
    }
    let raw = try figure(text, quantity.isAmount ? .money : .number)
    return quantity.isAmount ? .amount(raw) : .count(raw)
  }

  /// A figure that may be below nought.
  private func figure(_ text: String, _ type: ValueType) throws(ValueMistake) -> Int64 {
    guard text.hasPrefix("-") else { return try ValueText.read(text, as: type, places: places) }
    return -(try ValueText.read(String(text.dropFirst()), as: type, places: places))
  }

  // MARK: Texts

  /// Whether a cell says a value still.
  private func says(_ cell: String, _ value: FiguresBook.Value) -> Bool {
    switch value {
    case .none: return cell.isEmpty
    case .words(let words): return [words.en, words.zh].contains { ValueText.plain($0) == cell }
    case .figure(let raw, let type):
      if let read = try? figure(cell, type), read == raw { return true }
      let written = ValueText.text(raw, type, places: places)
      return cell == written.en || cell == written.zh
    }
  }

  private func text(_ value: FiguresBook.Value) -> Text {
    switch value {
    case .none: Text("none", zh: "无")
    case .words(let words): words
    case .figure(let raw, let type): ValueText.text(raw, type, places: places)
    }
  }

  private func label(_ row: FiguresBook.Row) -> Text {
    switch row.subject {
    case .setting(let target): target.typedName
    case .expectation: .same(row.name)
    }
  }
}
