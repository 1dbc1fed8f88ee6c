// The figures of one document, as a draft leaves them, as the rows of a workbook that may be edited and brought back:
// what stands in each cell, and what may be changed. Knows nothing of files.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

/// The figures of a document as rows.
struct FiguresBook {
  /// What stands in a cell.
  enum Value {
    case none
    case figure(Int64, ValueType)
    case words(Text)
  }

  /// What a row is about.
  enum Subject {
    case setting(Settable)
    /// The number of an example, and of one of its expectations.
    case expectation(Int, Int)
  }

  /// A row: its name in the first column, what it is, what holds, the cell to be edited, and what else is told of it.
  struct Row {
    let name: String
    let subject: Subject
    let what: Text
    let now: Value
    /// From the fifth column on. The first of them is the unit, or what there is to choose from.
    let rest: [Value]
    /// Words that the cell admits; none: a figure.
    var choices: [Text] = []
    var least: Value = .none
    var most: Value = .none
  }

  let document: CheckedDocument
  /// The draft that the figures are of; nil: the document's own.
  let draft: String?
  let settings: RunSettings
  /// The same as the draft sets it.
  let set: [Setting]
  private(set) var sheets: [FiguresSheet: [Row]] = [:]

  /// - Parameters:
  ///   - document: as the draft's changes of its text leave it.
  ///   - set: what the draft sets.
  init(_ document: CheckedDocument, draft: String?, set: [Setting], words: FigureWords) {
    self.document = document
    self.draft = draft
    var settings = RunSettings()
    for setting in set { settings.apply(setting) }
    self.settings = settings
    self.set = set
    let inTables = Set(words.tables.map { document.id + "." + $0.name + "." })
    let own = document.parameters.filter { p in !inTables.contains { p.id.hasPrefix($0) } }
    sheets[.parameters] =
      own.map { row($0, owner: nil) }
      + document.measures.flatMap { measure in measure.parameters.map { row($0, owner: measure) } }
    sheets[.sources] =
      (document.heading.funds?.parameters ?? []).map { row($0, owner: nil) }
      + document.measures.flatMap { measure in
        (measure.heading.funds?.parameters ?? []).map { row($0, owner: measure) }
      }
    sheets[.tables] = words.tables.flatMap { rows(of: $0) }
    sheets[.readings] = readings
    sheets[.values] = document.values.map { row($0) }
    addOthers(set)
    sheets[.examples] = document.examples.enumerated().flatMap { rows(of: $1, $0, words.examples[$0]) }
  }

  /// The same at a desk, which knows the facts and places that the document speaks of.
  init(of document: CheckedDocument, draft: String?, _ set: [Setting], at desk: Desk) {
    self.init(
      document, draft: draft, set: set,
      words: FigureWords(document, dictionary: desk.dictionary, places: desk.library.places))
  }

  /// A draft may set what no row is about: a general reading for one measure, a value from a certain day on.
  private mutating func addOthers(_ set: [Setting]) {
    let known = Set(sheets.values.joined().map(\.name))
    for setting in set where !known.contains(setting.target.id) {
      switch setting.target {
      case .reading(let reading, let key):
        if case .choice(let name) = setting.value, let at = reading.choices.firstIndex(where: { $0.name == name }) {
          sheets[.readings, default: []].append(row(reading, key: key, choice: at))
        }
      case .value(let value): sheets[.values, default: []].append(row(value))
      case .parameter, .asOf, .mode, .budget, .assumption, .programme: break
      }
    }
  }

  // MARK: Parameters and tables

  private func row(_ parameter: Parameter, owner: CheckedMeasure?) -> Row {
    let label = Settable.parameter(parameter).label
    let what = owner.map { Text("\($0.title.en) (\($0.article))", zh: "\(label.zh)（\($0.article)）") }
    return row(
      parameter, what: what ?? Text("the whole document", zh: label.zh), meaning: parameter.meaning)
  }

  private func row(_ parameter: Parameter, what: Text, meaning: Text?) -> Row {
    let type = parameter.type
    func value(_ raw: Int64?) -> Value { raw.map { .figure($0, type) } ?? .none }
    let referred = parameter.byReference.flatMap { name in document.values.first { $0.name == name } }
    let set = settings.parameters[parameter.id] ?? parameter.value
    let now: Value =
      set.map { .figure($0, type) }
      ?? referred.map { .words(Text("as \($0.words.en)", zh: "同 \($0.words.zh)")) } ?? .none
    var row = Row(
      name: parameter.id, subject: .setting(.parameter(parameter)), what: what, now: now,
      rest: [
        .words(FiguresBook.unit(of: parameter)), value(parameter.atLeast), value(parameter.atMost),
        meaning.map { .words($0) } ?? .none,
      ])
    (row.least, row.most) = (value(parameter.atLeast), value(parameter.atMost))
    return row
  }

  /// A table row by row: the bounds of each, then its figure.
  private func rows(of table: FigureWords.Table) -> [Row] {
    let figures = document.parameters.filter { $0.id.hasPrefix(document.id + "." + table.name + ".") }
    let meaning = [table.meaning, table.source].compactMap { $0 }
    let told =
      meaning.isEmpty
      ? nil
      : Text(meaning.map(\.en).joined(separator: "; "), zh: meaning.map(\.zh).joined(separator: "；"))
    return table.rows.flatMap { row -> [Row] in
      func what(_ part: Text) -> Text {
        Text("\(table.words.en), \(row.test.en): \(part.en)", zh: "\(table.words.zh)，\(row.test.zh)：\(part.zh)")
      }
      let bounds = row.bounds.compactMap { bound -> Row? in
        figures.first { $0.location.start == bound.start }.map {
          self.row(
            $0, what: what(Text("the bound of \(bound.argument.en)", zh: "\(bound.argument.zh)的界限")), meaning: told)
        }
      }
      let figure = figures.first { $0.location.start == row.start }.map {
        self.row($0, what: what(Text("the figure", zh: "标准")), meaning: told)
      }
      return bounds + (figure.map { [$0] } ?? [])
    }
  }

  // MARK: Readings and values

  private var readings: [Row] {
    let general = Reading.global.filter { !$0.isGlobalOnly && $0.isAsked(in: [document]) }.map { reading in
      row(reading, key: document.id + "." + reading.name, choice: settings.choice(of: reading, in: document))
    }
    let own = document.readings.map { row($0, key: $0.id, choice: settings.choice(of: $0, in: document)) }
    let measures = document.measures.flatMap { measure in
      measure.readings.map { row($0, key: $0.id, choice: settings.choice(of: $0, for: measure)) }
    }
    return own + measures + general
  }

  private func row(_ reading: Reading, key: String, choice: Int) -> Row {
    let choices = reading.choices.map(\.words)
    let meanings = reading.choices.map {
      Text("\($0.words.en): \($0.meaning.en)", zh: "\($0.words.zh)：\($0.meaning.zh)")
    }
    return Row(
      name: key, subject: .setting(.reading(reading, key: key)), what: reading.question,
      now: .words(reading.choices[choice].words),
      rest: [
        .words(Text(choices.map(\.en).joined(separator: ", "), zh: choices.map(\.zh).joined(separator: "、"))),
        .words(Text(meanings.map(\.en).joined(separator: "\n"), zh: meanings.map(\.zh).joined(separator: "\n"))),
      ], choices: choices)
  }

  private func row(_ value: ReferenceValue) -> Row {
    Row(
      name: value.name, subject: .setting(.value(value)), what: value.meaning ?? value.words,
      now: settings.values[value.name].map { .figure($0, value.type) } ?? .none,
      rest: [.words(FiguresBook.unit(value.type)), value.source.map { .words($0) } ?? .none])
  }

  // MARK: Examples

  private func rows(of example: ExampleSyntax, _ number: Int, _ setup: [Text]) -> [Row] {
    example.expectations.enumerated().map { k, expectation in
      let measure = document.measure(called: expectation.measure.text)?.words ?? .same(expectation.measure.text)
      let quantity = expectation.quantity
      let isDuty = ExampleSyntax.Expectation.Quantity.ofDuties.contains(quantity)
      let amount: ValueType = document.currency == .yuan ? .money : .amount(document.currency)
      let type: ValueType = quantity.isAmount ? amount : .number
      let asked = Text(
        isDuty || quantity == .total ? measure.en : "\(measure.en): \(quantity.words.en)",
        zh: isDuty || quantity == .total ? measure.zh : "\(measure.zh)：\(quantity.words.zh)")
      let now: Value = isDuty ? .words(quantity.words) : expectation.raw.map { .figure($0, type) } ?? .none
      return Row(
        name: "\(number + 1).\(k + 1)", subject: .expectation(number, k), what: example.title, now: now,
        rest: [
          isDuty ? .none : .words(FiguresBook.unit(type)), .words(asked),
          .words(Text(setup.map(\.en).joined(separator: "\n"), zh: setup.map(\.zh).joined(separator: "\n"))),
        ], choices: isDuty ? ExampleSyntax.Expectation.Quantity.ofDuties.map(\.words) : [])
    }
  }

  /// In what a parameter's figure is counted, as its name tells.
  private static func unit(of parameter: Parameter) -> Text {
    guard parameter.type == .number else { return unit(parameter.type) }
    if let raw = parameter.value, parameter.isYear(raw) { return Text("year", zh: "年度") }
    return Text(unit(.number).en, zh: parameter.countingWord.isEmpty ? "数" : parameter.countingWord)
  }

  /// In what a figure is counted.
  static func unit(_ type: ValueType) -> Text {
    switch type {
    case .money: Text(Currency.yuan.word, zh: Currency.yuan.chinese)
    case .amount(let currency): Text(currency.word, zh: currency.chinese)
    case .rate(let rate): rate.unit
    case .share: .same("%")
    case .months, .partMonths: Text("months", zh: "个月")
    case .days: Text("days", zh: "天")
    case .number: Text("number", zh: "个")
    case .date: Text("date", zh: "日期")
    case .truth, .decimal, .fraction, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      type.words
    }
  }
}
