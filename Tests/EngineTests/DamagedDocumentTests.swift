// Damaged documents, all the way: whatever is done to a bundled document, it is read, checked, run and explained without a
// trap, and every message has words in two languages and a place inside the text.
import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@testable import Engine

/// Damage to rules by chance: lines, words and figures are taken away, moved and replaced.
enum Damage {
  static let pieces = [
    "(", ")", ",", ".", "=", ">=", "-", "and", "or", "not", "if", "then", "otherwise", "of", "count of", "sum of", "on",
    "when", "every record",
    "nothing", "home", "as_of", "window_start", "0", "1", "999999999", "1000000000", "10000000000 yuan", "12000 months",
    "100000%", "0 persons",
    "1 yuan per month", "9999-12-31", "0001-01-01", "350112", "53", "hires", "hire", "agency", "enterprises", "year",
    "each year", "for the district",
    "worker", "district", "lists", "start", "end", "true", "stable for 3 months", "completion of 6 months",
    "later of (start, end)", "\"x\"",
    "is given", "within home", "includes", "first (3) of", "whole", "year of start", "31 December of year",
    "whole months from start to end",
    "years running in passed_years from 2022", "date of number 1 in settled", "* 1000000000", "/ 0", "+ 12000 months",
    "- 1000000000 days",
  ]

  static func done(to lines: [String], _ dice: inout Dice) -> [String] {
    var lines = lines
    for _ in 0..<Int.random(in: 1...5, using: &dice) {
      let i = Int.random(in: 0..<lines.count, using: &dice), j = Int.random(in: 0..<lines.count, using: &dice)
      var words = lines[i].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let w = Int.random(in: 0..<words.count, using: &dice)
      switch Int.random(in: 0..<9, using: &dice) {
      case 0: lines.remove(at: i)
      case 1: lines.swapAt(i, j)
      case 2: lines.insert(lines[j], at: i)
      case 3:
        words.remove(at: w)
        lines[i] = words.joined(separator: " ")
      case 4, 5:
        words[w] = dice.one(pieces)
        lines[i] = words.joined(separator: " ")
      case 6:
        words.insert(dice.one(pieces), at: w)
        lines[i] = words.joined(separator: " ")
      case 7:
        let others = lines[j].split(separator: " ").map(String.init)
        if !others.isEmpty { words[w] = dice.one(others) }
        lines[i] = words.joined(separator: " ")
      default:
        // A figure becomes an enormous one, or none.
        words = words.map { Int($0) != nil && dice.chance(50) ? dice.one(["0", "1000000000", "7"]) : $0 }
        lines[i] = words.joined(separator: " ")
      }
      if lines.isEmpty { lines = [""] }
    }
    return lines
  }

  /// The rules of a document without its prose and its examples.
  static func rules(_ text: String) -> [String] {
    var out: [String] = []
    var inFence = false, inExample = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        inFence = line.hasPrefix("```policy")
        inExample = false
        out.append("")
        continue
      }
      if !inFence { continue }
      if !line.hasPrefix(" "), !line.isEmpty { inExample = line.hasPrefix("example") }
      if !inExample { out.append(String(line)) }
    }
    return out
  }

  /// Reads, checks, runs and explains; what is wrong with the messages, in words.
  static func survive(_ text: String, isMarkdown: Bool, _ lists: FactDictionary, scenario: Records, seed: Int)
    -> [String]
  {
    var faults: [String] = []
    let source = SourceFile(name: "damaged", text: text)
    let (syntax, mistakes) =
      isMarkdown ? PolicyParser.parse(document: source) : PolicyParser.parse(rules: text[...], in: source, firstLine: 1)
    var dictionary = lists
    let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: Bundled.places)
    for problem in mistakes + problems {
      if problem.message.en.isEmpty || problem.message.zh.isEmpty { faults.append("no words: \(problem.code)") }
      if problem.hint == nil { faults.append("no hint: \(problem.code)") }
      guard let place = problem.location else {
        faults.append("no place: \(problem.code)")
        continue
      }
      if place.start.line < 1 || place.end.line > source.lines.count || place.end < place.start {
        faults.append("outside: \(problem.code)")
      }
      for language in [Language.en, .zh] { _ = DiagnosticRenderer(language: language).text(problem) }
    }
    guard let document, let scenario = scenario.scenario(dictionary) else { return faults }
    let ledger = Engine.run([document], scenario: scenario, settings: Chance.settings(seed))
    let outcome = Outcome(ledger: ledger, scenario: scenario)
    if outcome.entries.contains(where: { $0.fen <= 0 }) { faults.append("a payment of nothing") }
    let explainer = Explainer(ledger: ledger, scenario: scenario)
    for id in ["h1", "e0", "q1"] { _ = explainer.explain(id) }
    return faults
  }
}

@Suite("Damaged documents, to the end")
struct DamagedDocumentTests {
  @Test("Damaged rules are read, checked, run and explained without a trap")
  func rules() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      DamagedDocumentTests.all(0..<12)
    }
    report(result?.standardErrorContent ?? [])
  }

  /// The last words before a trap are the document, seed and round.
  private func report(_ bytes: [UInt8]) {
    let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
      $0.hasPrefix("fault") || $0.hasPrefix("trying") || $0 == "end"
    }
    for fault in Set(words.filter { $0.hasPrefix("fault") }) { Issue.record("\(fault)") }
    if let last = words.last, last.hasPrefix("trying") { Issue.record("trapped: \(last)") }
  }

  static func all(_ seeds: Range<Int>) {
    func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
    // What a process says that is stopped by a trap is lost to the test; with a folder it can be read there.
    if let folder = ProcessInfo.processInfo.environment["DAMAGED_FOLDER"] {
      dup2(open(folder + "/said", O_CREAT | O_WRONLY | O_TRUNC, 0o644), 2)
    }
    for name in Bundled.names {
      let lines = Damage.rules(Bundled.texts[name] ?? "")
      for seed in seeds {
        var dice = Dice(state: UInt64(seed) &* 31 &+ UInt64(name.utf8.count))
        let text = Damage.done(to: lines, &dice).joined(separator: "\n")
        say("trying \(name) \(seed)")
        if let folder = ProcessInfo.processInfo.environment["DAMAGED_FOLDER"] {
          try? text.write(toFile: folder + "/\(name)-\(seed).txt", atomically: true, encoding: .utf8)
        }
        for fault in Damage.survive(
          text, isMarkdown: false, Bundled.dictionary, scenario: Chance.small(seed % 3), seed: seed)
        {
          say("fault \(fault) in \(name) \(seed)")
        }
      }
    }
    say("end")
  }

  @Test("A damaged dictionary of facts is read without a trap, and a document over it is checked")
  func facts() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      let lines = Damage.rules(Bundled.texts["facts"] ?? "")
      for seed in 0..<25 {
        var dice = Dice(state: UInt64(seed) &* 131 &+ 7)
        let text = Damage.done(to: lines, &dice).joined(separator: "\n")
        FileHandle.standardError.write(Data("trying facts \(seed)\n".utf8))
        let (syntax, _) = PolicyParser.parse(rules: text[...], in: SourceFile(name: "facts", text: text), firstLine: 1)
        let (lists, _) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: Bundled.places)
        let source = SourceFile(name: "changle-2022", text: Bundled.texts["changle-2022"] ?? "")
        var dictionary = lists
        let (document, _) = Checker.check(
          PolicyParser.parse(document: source).0, dictionary: &dictionary, places: Bundled.places)
        var builder = DatasetBuilder(dictionary: dictionary, places: Bundled.places)
        let (dataset, _) = builder.finish()
        guard let document else { continue }
        let scenario = Scenario(
          title: "", district: 0, asOf: nil, documents: nil, values: [], readings: [], dataset: dataset, source: source)
        _ = Engine.run([document], scenario: scenario, settings: RunSettings())
      }
      FileHandle.standardError.write(Data("end\n".utf8))
    }
    report(result?.standardErrorContent ?? [])
  }
}
