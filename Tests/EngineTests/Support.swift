// What the tests of the engine share: the bundled documents, rules written in a test, scenarios from texts, and what a
// run found in lines that can be compared.
import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

/// The bundled places, facts and documents, read from the sources.
enum Bundled {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/CDistricts")
    .standardized

  static func text(_ path: String) -> String {
    guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8) else {
      Issue.record("\(path) cannot be read")
      return ""
    }
    return text
  }

  static let places = Gazetteer(table: text("places.csv"))
  static let names = ["changle-2022", "changle-2020", "quanzhou-tiz-2023", "fuzhou-2021", "jindong-2021"]
  static let texts = Dictionary(uniqueKeysWithValues: (names + ["facts"]).map { ($0, text("documents/\($0).md")) })

  static let dictionary: FactDictionary = {
    let (syntax, mistakes) = PolicyParser.parse(document: SourceFile(name: "facts.md", text: texts["facts"] ?? ""))
    let (made, problems) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: places)
    for problem in mistakes + problems { Issue.record("\(DiagnosticRenderer(language: .en).text(problem))") }
    return made
  }()

  static let documents: [CheckedDocument] = names.compactMap { name in
    let (syntax, mistakes) = PolicyParser.parse(document: SourceFile(name: name + ".md", text: texts[name] ?? ""))
    var lists = dictionary
    let (document, problems) = Checker.check(syntax, dictionary: &lists, places: places)
    for problem in mistakes + problems where problem.severity == .error {
      Issue.record("\(DiagnosticRenderer(language: .en).text(problem))")
    }
    return document
  }

  static func programme(_ ids: String...) -> Programme {
    Programme(documents: ids.compactMap { id in documents.first { $0.id == id } }, dictionary: dictionary)
  }

  static let all = Programme(documents: documents, dictionary: dictionary)
}

/// Documents with the facts that they speak of.
struct Programme: Sendable {
  var documents: [CheckedDocument]
  var dictionary: FactDictionary

  init(documents: [CheckedDocument], dictionary: FactDictionary) {
    self.documents = documents
    self.dictionary = dictionary
  }

  /// Rules written in a test, each text a document of its own; they must be without mistakes.
  init(_ rules: String..., facts: FactDictionary = Bundled.dictionary, location: SourceLocation = #_sourceLocation) {
    dictionary = facts
    documents = []
    for text in rules {
      let source = SourceFile(name: "rules", text: text)
      let (syntax, mistakes) = PolicyParser.parse(rules: text[...], in: source, firstLine: 1)
      let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: Bundled.places)
      for problem in mistakes + problems where problem.severity == .error {
        Issue.record("\(DiagnosticRenderer(language: .en).text(problem))", sourceLocation: location)
      }
      if let document { documents.append(document) }
    }
  }

  /// One measure of Changle's without a window, under the head that every document needs.
  init(measure: String, declarations: String = "", location: SourceLocation = #_sourceLocation) {
    self.init(
      """
      document test
        jurisdiction 350112
      \(declarations)
      measure m
        title "M"
        article "1"
        kind k
      \(measure)
      """, location: location)
  }

  /// A scenario's lists in YAML; problems of the facts fail the test.
  func scenario(_ lists: String, district: String = "350112", location: SourceLocation = #_sourceLocation) -> Scenario?
  {
    let text = "scenario: t\ndistrict: \(district)\n" + lists
    let reading = ScenarioReader(dictionary: dictionary, places: Bundled.places).read(
      text, source: SourceFile(name: "s.yaml", text: text), folder: "")
    for problem in reading.diagnostics where problem.severity == .error {
      Issue.record("\(DiagnosticRenderer(language: .en).text(problem))", sourceLocation: location)
    }
    return reading.scenario
  }

  func run(
    _ lists: String, district: String = "350112", location: SourceLocation = #_sourceLocation,
    _ change: (inout RunSettings) -> Void = { _ in }
  ) -> Outcome? {
    guard let scenario = scenario(lists, district: district, location: location) else { return nil }
    return run(scenario, change)
  }

  func run(_ scenario: Scenario, _ change: (inout RunSettings) -> Void = { _ in }) -> Outcome {
    var settings = RunSettings()
    settings.asOf = scenario.asOf
    change(&settings)
    return Outcome(ledger: Engine.run(documents, scenario: scenario, settings: settings), scenario: scenario)
  }
}

/// One payment of a ledger with its names.
struct Entry: Hashable, Comparable {
  let measure: String
  let beneficiary: String
  let subject: String
  let date: Day
  let fen: Int64
  let standing: Standing
  let displacedBy: String?

  /// `q h-1 2022-06-01 300`, and what became of it when it is not paid.
  var line: String {
    "\(beneficiary) \(subject) \(date.text) \(Money(fen: fen).grouped)" + (standing == .paid ? "" : " \(standing)")
  }

  static func < (a: Entry, b: Entry) -> Bool {
    (a.measure, a.beneficiary, a.date, a.subject, a.fen) < (b.measure, b.beneficiary, b.date, b.subject, b.fen)
  }
}

/// What a run found.
struct Outcome {
  let ledger: Ledger
  let scenario: Scenario
  let entries: [Entry]

  init(ledger: Ledger, scenario: Scenario) {
    self.ledger = ledger
    self.scenario = scenario
    var entries: [Entry] = []
    for block in ledger.blocks {
      for i in 0..<block.count {
        let by = block.displacedBy.isEmpty ? -1 : Int(block.displacedBy[i])
        entries.append(
          Entry(
            measure: ledger.measures[block.measure].id, beneficiary: ledger.beneficiary(block, i),
            subject: ledger.subject(block, i), date: Day(number: block.dates[i]), fen: block.amount(i),
            standing: block.standing(i), displacedBy: by >= 0 ? ledger.measures[by].id : nil))
      }
    }
    self.entries = entries.sorted()
  }

  private func of(_ measure: String) -> [Entry] {
    entries.filter { $0.measure == measure || $0.measure.hasSuffix("." + measure) }
  }

  /// Every payment of a measure in a line.
  func lines(_ measure: String = "m") -> [String] { of(measure).map(\.line) }

  /// Payments of one beneficiary, day and amount together: `q: 100 × 300 on 2022-06-01`.
  func summary(_ measure: String) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for e in of(measure) {
      let key = "\(Money(fen: e.fen).grouped) on \(e.date.text)" + (e.standing == .paid ? "" : " \(e.standing)")
      let full = e.beneficiary + "|" + key
      if counts[full] == nil { order.append(full) }
      counts[full, default: 0] += 1
    }
    return order.map { full in
      let parts = full.split(separator: "|", maxSplits: 1)
      return "\(parts[0]): \(counts[full] ?? 0) × \(parts[1])"
    }
  }

  func total(_ measure: String = "m", _ standing: Standing = .paid) -> Int64 {
    of(measure).filter { $0.standing == standing }.reduce(0) { $0 + $1.fen }
  }

  var total: Int64 { entries.filter { $0.standing == .paid }.reduce(0) { $0 + $1.fen } }
  var due: Int64 { entries.filter { $0.standing == .paid && ledger.isDue($0.date.number) }.reduce(0) { $0 + $1.fen } }
  var pending: Int64 {
    entries.filter { $0.standing == .paid && !ledger.isDue($0.date.number) }.reduce(0) { $0 + $1.fen }
  }

  /// `2: district, origin` for what is undetermined, empty when nothing is.
  func undetermined(_ measure: String = "m") -> String {
    told(
      ledger.undetermined.filter { isNamed($0.measure, measure) }.map {
        "\($0.count): \($0.facts.joined(separator: ", "))"
      })
  }

  func elsewhere(_ measure: String = "m") -> String {
    told(ledger.elsewhere.filter { isNamed($0.measure, measure) }.map { "\($0.count): \($0.governedBy)" })
  }

  /// `12 months: rate`
  func unpriced(_ measure: String = "m") -> String {
    told(
      ledger.unpriced.filter { isNamed($0.measure, measure) }.map {
        "\($0.units)\($0.isMonths ? " months" : ""): \($0.missing.joined(separator: ", "))"
      })
  }

  func grants(_ measure: String = "m") -> [String] {
    ledger.grants.filter { isNamed($0.measure, measure) }.map { "\($0.beneficiary) \($0.title.en)" }.sorted()
  }

  func duty(_ measure: String = "m") -> DutyResult? { ledger.duties.first { isNamed($0.measure, measure) } }

  var errors: [String] { ledger.diagnostics.filter { $0.severity == .error }.map(\.code) }

  private func isNamed(_ index: Int, _ name: String) -> Bool {
    ledger.measures[index].id == name || ledger.measures[index].name == name
  }
  private func told(_ texts: [String]) -> String { texts.joined(separator: "; ") }

  /// All of it in a form that two runs can be compared by. Undetermined and elsewhere by their subjects.
  var fingerprint: [String] {
    var out = entries.map { $0.measure + " " + $0.line + " " + ($0.displacedBy ?? "") }
    out += ledger.unpriced.map { "unpriced \(ledger.measures[$0.measure].id) \($0.units) \($0.isMonths) \($0.missing)" }
      .sorted()
    out += ledger.undetermined.map {
      "undetermined \(ledger.measures[$0.measure].id) \($0.count) \($0.subjects.sorted()) \($0.facts)"
    }
    out += ledger.elsewhere.map {
      "elsewhere \(ledger.measures[$0.measure].id) \($0.count) \($0.subjects.sorted()) \($0.governedBy)"
    }
    out += ledger.grants.map { "grant \(ledger.measures[$0.measure].id) \($0.beneficiary) \($0.title.en)" }.sorted()
    out += ledger.duties.map {
      "duty \(ledger.measures[$0.measure].id) \($0.status.rawValue) \($0.checked) \($0.failing.sorted()) "
        + "\($0.unknown.sorted()) \($0.facts)"
    }
    out += ledger.diagnostics.map { "diagnostic \($0.code) \($0.message.en)" }.sorted()
    return out
  }
}

func day(_ text: String) -> Day { Day(text[...]) ?? Day(number: 0) }
