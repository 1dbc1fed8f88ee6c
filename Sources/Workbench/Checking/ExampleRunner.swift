// The examples inside a document are tests: their facts become a dataset, the document is run over it, and what comes
// out is compared with what is expected. Knows nothing of files.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

struct ExampleRunner {
  let document: CheckedDocument
  let dictionary: FactDictionary
  let places: Gazetteer
  let threads: Int

  init(_ document: CheckedDocument, dictionary: FactDictionary, places: Gazetteer, threads: Int) {
    self.document = document
    self.dictionary = dictionary
    self.places = places
    self.threads = threads
  }

  /// Runs one example.
  /// - Parameter isMistaken: whether a measure of a name has mistakes, so that nothing can be expected of it.
  /// - Returns: what came out otherwise than expected, and what is wrong with the example itself.
  func run(_ example: ExampleSyntax, isMistaken: (String) -> Bool) -> (mismatches: [Diagnostic], problems: [Diagnostic])
  {
    let (budget, refused, problems) = budget(example)
    guard let budget else { return (refused, problems) }
    var mismatches: [Diagnostic] = []
    for expectation in example.expectations where !isMistaken(expectation.measure.text) {
      if let mistake = compare(expectation, budget, example) {
        mismatches.append(mistake.diagnostic(at: expectation.location))
      }
    }
    return (mismatches, problems + example.belowNought(budget))
  }

  /// What one example comes to, whatever it expects: for each of its expectations in order.
  /// - Parameter settings: what is set before the example's own settings.
  /// - Returns: nil where the example itself cannot be run.
  func outcomes(_ example: ExampleSyntax, with settings: [Setting]) -> [Outcome?]? {
    guard let budget = budget(example, with: settings).budget else { return nil }
    return example.expectations.map { outcome($0, budget) }
  }

  /// What an expectation comes to.
  enum Outcome: Hashable {
    /// Fen.
    case amount(Int64)
    case count(Int64)
    /// Nil: there is no duty of this name.
    case duty(ExampleSyntax.Expectation.Quantity?)
  }

  private func budget(_ example: ExampleSyntax, with before: [Setting] = []) -> (
    budget: Budget?, refused: [Diagnostic], problems: [Diagnostic]
  ) {
    var problems: [Diagnostic] = []
    let settings = settings(example, before, &problems)
    var district = document.jurisdiction
    if let name = example.district {
      if case .found(let id) = places.resolve(name.text) {
        district = id
      } else {
        problems.append(ExampleMistake.unknownPlace(name.text).diagnostic(at: name.location))
      }
    }
    let dataset = dataset(example, &problems)
    if problems.contains(where: { $0.severity == .error }) { return (nil, [], problems) }
    let scenario = Scenario(
      title: example.title.en, district: district, asOf: settings.asOf, documents: [document.id], values: [],
      readings: [], dataset: dataset, source: document.source)
    let ledger = Engine.run([document], scenario: scenario, settings: settings, only: concerned(by: example))
    let errors = ledger.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty {
      let told = errors.map {
        ExampleMistake.refused(example.title, $0.message).diagnostic(at: example.location)
      }
      return (nil, told, problems)
    }
    return (Budget(ledger), [], problems)
  }

  /// The measures that an example's expectations hang on: those that they are about, and those that these give way to,
  /// that give way to them, or that share a limit with them. Measures that refuse facts are always among them.
  private func concerned(by example: ExampleSyntax) -> Set<String> {
    var found = Set(document.measures.filter { !$0.outcome.errors.isEmpty }.map(\.name))
    for expectation in example.expectations {
      found.formUnion(document.measures.filter { $0.isCalled(expectation.measure.text) }.map(\.name))
    }
    var isGrowing = true
    while isGrowing {
      let before = found.count
      for measure in document.measures {
        guard let other = measure.limits.yields?.to, found.contains(measure.name) || found.contains(other) else {
          continue
        }
        found.formUnion([measure.name, other])
      }
      for limit in document.limits where !found.isDisjoint(with: limit.measures) { found.formUnion(limit.measures) }
      isGrowing = found.count > before
    }
    return Set(document.measures.filter { found.contains($0.name) }.map(\.id))
  }

  // MARK: Given

  private func settings(
    _ example: ExampleSyntax, _ before: [Setting], _ problems: inout [Diagnostic]
  ) -> RunSettings {
    var settings = RunSettings()
    settings.threads = threads
    for setting in before { settings.apply(setting) }
    settings.mode = example.adopted ? .adopted : .enacted
    settings.asOf = example.asOf.flatMap { Day($0.text[...], loose: true) }
    let names = NameTable([document])
    for (name, value) in example.settings {
      let found = names.matches(name.text)
      guard let target = found.count == 1 ? found.first : Setting.meant(found, value.text, places: places) else {
        let mistake: Mistake =
          found.isEmpty
          ? .unknownName(name.text, nearest: Nearest.names(to: name.text, among: names.all.map(\.id)))
          : .ambiguousName(name.text, Settable.typedNames(found))
        problems.append(mistake.diagnostic(at: name.location))
        continue
      }
      do {
        settings.apply(try Setting(target, value.text, places: places))
      } catch {
        problems.append(Mistake.value(error, name: target.typedName).diagnostic(at: value.location))
      }
    }
    return settings
  }

  private func dataset(_ example: ExampleSyntax, _ problems: inout [Diagnostic]) -> Dataset {
    var builder = DatasetBuilder(dictionary: dictionary, places: places, threads: 1)
    var unnamed: [String: Int] = [:]
    for given in example.givens {
      guard let list = dictionary.list(called: given.list.text) else {
        problems.append(
          ExampleMistake.unknownList(given.list.text, dictionary.lists.map(\.singular)).diagnostic(
            at: given.list.location))
        continue
      }
      let fields = given.fields.map {
        StatedValue(
          $0.name.text, .text(ExampleRunner.bare($0.value.text, list.field(called: $0.name.text))),
          at: $0.value.location, name: $0.name.location)
      }
      for id in ids(given, list, &unnamed) {
        let stated = list.hasID ? [StatedValue("id", id, at: given.list.location)] : []
        builder.append(list.name, stated + fields, at: given.list.location)
      }
    }
    let (dataset, found) = builder.finish()
    problems += found
    return dataset
  }

  /// An amount without its unit and separators, which stand behind amounts in rules: `4,000 yuan`, 4000元.
  private static func bare(_ text: String, _ field: Field?) -> String {
    let units: [String]
    switch field?.type {
    case .money: units = ["yuan", "元"]
    case .figure(.amount(let currency)): units = [currency.word, currency.chinese]
    case .text, .int, .figure, .bool, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference,
      .set, nil:
      return text
    }
    let unit = units.first { text.hasSuffix($0) } ?? ""
    let figure = text.dropLast(unit.count).filter { $0 != "," && !$0.isWhitespace }
    return figure.allSatisfy { $0.isNumber || $0 == "." } ? String(figure) : text
  }

  /// `given 99 hires h`: h-1 to h-99; `given agency q`: q; without a name the record's own: agency, agency-2.
  private func ids(_ given: ExampleSyntax.Given, _ list: ListDeclaration, _ unnamed: inout [String: Int]) -> [String] {
    var names = given.ids.map(\.text)
    if names.isEmpty {
      let number = unnamed[list.name, default: 0] + 1
      unnamed[list.name] = number
      names = [number == 1 ? list.singular : "\(list.singular)-\(number)"]
    }
    if given.count == 1 { return names }
    return names.flatMap { name in (1...given.count).map { "\(name)-\($0)" } }
  }

  // MARK: Expected

  private func compare(
    _ expectation: ExampleSyntax.Expectation, _ budget: Budget, _ example: ExampleSyntax
  ) -> ExampleMistake? {
    let ledger = budget.ledger
    guard let measure = measure(expectation, ledger), let outcome = outcome(expectation, budget) else {
      return .unknownMeasure(expectation.measure.text, ledger.measures.map(\.name))
    }
    let name = ledger.measures[measure].words
    let (actual, isMoney): (Int64, Bool)
    switch outcome {
    case .duty(let status):
      if status == expectation.quantity { return nil }
      return .duty(
        example.title, name, found: status?.rawValue ?? "no duty", wanted: expectation.quantity.rawValue)
    case .amount(let fen): (actual, isMoney) = (fen, true)
    case .count(let number): (actual, isMoney) = (number, false)
    }
    guard let wanted = expectation.raw else { return .noFigure(ledger.documents.currency) }
    if wanted == actual { return nil }
    func text(_ raw: Int64) -> String { isMoney ? Money(fen: raw).grouped : Decimals.grouped(String(raw)) }
    return .figure(
      example.title, name, expectation.quantity.rawValue, found: text(actual), wanted: text(wanted),
      unit: isMoney ? ledger.documents.currency : nil)
  }

  /// The measure that an expectation is about.
  private func measure(_ expectation: ExampleSyntax.Expectation, _ ledger: Ledger) -> Int? {
    ledger.measures.indices.first { ledger.measures[$0].isCalled(expectation.measure.text) }
  }

  /// What an expectation comes to; nil where there is no such measure.
  private func outcome(_ expectation: ExampleSyntax.Expectation, _ budget: Budget) -> Outcome? {
    let ledger = budget.ledger
    guard let measure = measure(expectation, ledger) else { return nil }
    let tally = budget.lines.first { $0.measure == measure }?.tally ?? Tally()
    switch expectation.quantity {
    case .met, .notMet, .unknown, .notApplicable:
      let status = ledger.duties.first { $0.measure == measure }?.status.rawValue
      return .duty(status.flatMap { ExampleSyntax.Expectation.Quantity(rawValue: $0) })
    case .total: return .amount(tally.total)
    case .due: return .amount(tally.due)
    case .pending: return .amount(tally.pending)
    case .displaced: return .amount(tally.displaced)
    case .overQuota: return .amount(tally.overQuota)
    case .overCap: return .amount(tally.overCap)
    case .recovered: return .amount(-tally.recovered)
    case .belowNought: return .amount(-tally.belowNought)
    case .payments: return .count(Int64(tally.payments))
    case .unpriced: return .count(ledger.unpriced.filter { $0.measure == measure }.reduce(0) { $0 &+ $1.units })
    case .undetermined:
      return .count(Int64(ledger.undetermined.filter { $0.measure == measure }.reduce(0) { $0 + $1.count }))
    case .elsewhere:
      return .count(Int64(ledger.elsewhere.filter { $0.measure == measure }.reduce(0) { $0 + $1.count }))
    case .grants: return .count(Int64(ledger.grants.count { $0.measure == measure }))
    }
  }
}

extension ListDeclaration {
  /// A field by any of its names.
  fileprivate func field(called name: String) -> Field? {
    fields.first { $0.name == name || $0.words.zh == name || $0.labels.contains(name) }
  }
}

extension CheckedMeasure {
  /// Whether an expectation names it so.
  fileprivate func isCalled(_ text: String) -> Bool { name == text || words.zh == text || id == text }
}

extension ExampleSyntax {
  /// Tells of payments that come out below nought, and so are not made, where nothing expects them.
  fileprivate func belowNought(_ budget: Budget) -> [Diagnostic] {
    budget.lines.compactMap { line in
      let measure = budget.ledger.measures[line.measure], currency = budget.ledger.documents.currency
      let isExpected = expectations.contains { $0.quantity == .belowNought && measure.isCalled($0.measure.text) }
      guard line.tally.belowNought != 0, !isExpected else { return nil }
      let amount = Money(fen: -line.tally.belowNought).grouped
      return ExampleMistake.belowNought(title, measure.words, amount, currency).diagnostic(at: location)
    }
  }
}

extension ExampleSyntax.Expectation {
  /// What is expected: fen, or a number; nil where it is no plain figure, and of duties, which have none. More may be
  /// taken back than is paid in a time, so it may be below nought.
  var raw: Int64? {
    guard case .number(let digits, _)? = amount?.node,
      let size = Decimals.parse(digits.drop { $0 == "-" }, scale: quantity.isAmount ? 2 : 0, commas: true)
    else { return nil }
    return digits.hasPrefix("-") ? -size : size
  }
}

/// What can be wrong with an example.
enum ExampleMistake {
  case unknownPlace(String)
  case unknownList(String, [String])
  case unknownMeasure(String, [String])
  case noFigure(Currency)
  case refused(Text, Text)
  /// Payments that come out below nought, with how much in all.
  case belowNought(Text, Text, String, Currency)
  case duty(Text, Text, found: String, wanted: String)
  /// `unit`: what is expected is an amount in it; nil: a number.
  case figure(Text, Text, String, found: String, wanted: String, unit: Currency?)

  /// How a duty stands, in Chinese.
  private static func status(_ word: String) -> String {
    switch word {
    case "met": "完成"
    case "not met": "未完成"
    case "unknown": "无法判定"
    case "not applicable": "不适用"
    default: "没有任务"
    }
  }

  func diagnostic(at location: SourceRange) -> Diagnostic {
    switch self {
    case .unknownPlace(let name):
      .error(
        "unknown-place", Text("`\(shown(name))` is not a place, or not only one", zh: "`\(shown(name))` 不是地区，或不唯一"),
        hint: Text("write a code such as 350112", zh: "请写代码，例如 350112"), at: location)
    case .unknownList(let name, let lists):
      .error(
        "unknown-list", Text("there are no records called `\(shown(name))`", zh: "没有名为 `\(shown(name))` 的记录"),
        hint: Nearest.question(for: name, among: lists)
          ?? Text("there are: \(lists.joined(separator: ", "))", zh: "可写：\(lists.joined(separator: "、"))"),
        at: location)
    case .unknownMeasure(let name, let measures):
      .error(
        "unknown-measure", Text("the document has no measure `\(shown(name))`", zh: "文件中没有措施 `\(shown(name))`"),
        hint: Nearest.question(for: name, among: measures), at: location)
    case .noFigure(let unit):
      .error(
        "no-figure", Text("a plain figure is expected here", zh: "此处应为一个数"),
        hint: Text("write 300 \(unit.word)", zh: "写作 300 \(unit.word)"), at: location)
    case .refused(let title, let message):
      .error(
        "example", Text("\"\(title.en)\" cannot be run: \(message.en)", zh: "“\(title.zh)”无法运行：\(message.zh)"),
        at: location)
    case .belowNought(let title, let name, let amount, let unit):
      Diagnostic(
        .warning, code: "example-below-nought",
        Text(
          "\"\(title.en)\": \(name.en) comes out below nought by \(amount) \(unit.word), and is not paid",
          zh: "“\(title.zh)”：\(name.zh)低于零，合计 -\(amount) \(unit.chinese)，不予支付"),
        hint: Text(
          "write `larger of (…, 0 \(unit.word))`, or expect it: `below nought`",
          zh: "可写“（…、0\(unit.chinese)）中较大者”，或在算例中写明“低于零”"), at: location)
    case .duty(let title, let name, let found, let wanted):
      .error(
        "example",
        Text(
          "\"\(title.en)\": \(name.en) is \(found), expected \(wanted)",
          zh: "“\(title.zh)”：\(name.zh)为\(ExampleMistake.status(found))，应为\(ExampleMistake.status(wanted))"),
        at: location)
    case .figure(let title, let name, let quantity, let found, let wanted, let unit):
      .error(
        "example",
        Text(
          "\"\(title.en)\": \(quantity) of \(name.en) is \(found)\(unit.map { " " + $0.word } ?? ""), "
            + "expected \(wanted)",
          zh: "“\(title.zh)”：\(name.zh)的\(ExampleSyntax.Expectation.words(quantity))为 \(found)"
            + "\(unit.map { " " + $0.chinese } ?? "")，应为 \(wanted)\(unit.map { " " + $0.chinese } ?? "")"),
        at: location)
    }
  }
}
