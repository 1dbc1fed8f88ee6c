// What-ifs over the mechanisms of the rule language: what a memory hands on is what a plain run finds, whatever figure,
// bound or reading is changed; and where decisions are told to be alike, totals move as they are told to.
import Diagnostics
import Engine
import Facts
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@Suite("What-ifs over tables, caps, other records, recoveries and growth")
struct LanguageWhatIfTests {
  /// The documents that show the mechanisms.
  static let names = [
    "tiers", "caps", "months-over-all-employers", "recovery", "limit-over-measures", "growth", "parts", "dated",
    "no-lower-level", "once-in-months", "net-growth", "unbroken", "tiers-by-number", "used-up",
  ]

  static let programme: Programme = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/language")
    var programme = Programme(documents: [], dictionary: Bundled.dictionary)
    for name in names {
      guard let text = try? String(contentsOf: folder.appending(path: name + ".md"), encoding: .utf8) else {
        Issue.record("\(name) cannot be read")
        continue
      }
      let (syntax, _) = PolicyParser.parse(document: SourceFile(name: name + ".md", text: text))
      let (document, problems) = Checker.check(syntax, dictionary: &programme.dictionary, places: Bundled.places)
      for problem in problems where problem.severity == .error { Issue.record("\(name): \(problem.message.en)") }
      if let document { programme.documents.append(document) }
    }
    return programme
  }()

  static func facts(_ seed: Int) -> String {
    var dice = Dice(state: UInt64(seed) &* 6_364_136 &+ 11)
    var text = "enterprises:\n"
    for e in 0..<4 {
      text += "  - {id: e\(e), district: 350112, ui_premiums_last_year: \(dice.one([0, 900, 4000])), size: small}\n"
    }
    text += "agencies: [{id: q0, district: 350112}, {id: q1, district: 350112}]\n"
    text += "hires:\n"
    for h in 0..<60 {
      let start = dice.date("2022-01-01", days: 1600)
      text += "  - {id: h\(h), worker: w\(Int.random(in: 0..<14, using: &dice)), "
      text += "enterprise: e\(Int.random(in: 0..<4, using: &dice)), agency: q\(h % 2), start: \(start)"
      if dice.chance(60) {
        text += ", end: \(day(start).adding(months: Int.random(in: 1...30, using: &dice), .clamp).text)"
      }
      if dice.chance(70) { text += ", left_by: \(dice.one(["employer", "worker"]))" }
      text += ", monthly_wage: \(Int.random(in: 1500...9000, using: &dice))}\n"
    }
    text += "internships:\n"
    for i in 0..<12 {
      text += "  - {id: i\(i), enterprise: e\(Int.random(in: 0..<4, using: &dice)), school_place: 530000, "
      text += "start: \(dice.date("2025-06-01", days: 500))}\n"
    }
    text += "claims:\n"
    for c in 0..<20 {
      text += "  - {id: c\(c), enterprise: e\(Int.random(in: 0..<4, using: &dice)), "
      text += "filed: \(dice.date("2026-01-01", days: 700)), amount: \(Int.random(in: 1...30_000, using: &dice))}\n"
    }
    text += "startups: [{id: s, founder_origin: 350112, district: 350112, start: 2023-03-01}]\n"
    return text
  }

  /// Every figure that can be changed.
  static let figures: [Parameter] = programme.documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }

  static func change(_ settings: inout RunSettings, _ dice: inout Dice) {
    guard dice.chance(80) else {
      settings.readings["cap_end"] = dice.one(["part", "stop", "skip"])
      return
    }
    let figure = dice.one(figures), now = figure.value ?? 100
    let step = max(1, now / 10)
    settings.parameters[figure.id] = max(0, now + Int64.random(in: -3...3, using: &dice) * step)
  }

  @Test(
    "With a memory and without, whatever is changed, in lists that are long and in such that are not", arguments: 0..<4)
  func memory(seed: Int) throws {
    let scenario = try #require(Self.programme.scenario(Self.facts(seed)))
    var dice = Dice(state: UInt64(seed) &+ 99)
    var settings = RunSettings()
    if seed % 2 == 1 { settings.batch = 2 }
    let memory = RunMemory()
    for step in 0..<30 {
      let with = Outcome(
        ledger: Engine.run(Self.programme.documents, scenario: scenario, settings: settings, memory: memory),
        scenario: scenario)
      let without = Outcome(
        ledger: Engine.run(Self.programme.documents, scenario: scenario, settings: settings), scenario: scenario)
      #expect(with.fingerprint == without.fingerprint, "seed \(seed), step \(step): \(settings.parameters)")
      #expect(without.entries.contains { $0.standing == .overCap })
      Self.change(&settings, &dice)
    }
    #expect(memory.taken > 0 && memory.resumed > 0)
  }

  @Test("Bounds of tables are figures of the text, each with the name of its row")
  func bounds() {
    let ids = Set(Self.figures.map(\.id))
    #expect(ids.isSuperset(of: ["tiers.reward.small.bound", "tiers.reward.middle.bound", "dated.grant_of.low.bound"]))
    #expect(!ids.contains("tiers.reward.large.bound"))
  }

  @Test("Where decisions are alike at two values, the total moves as it is told to", arguments: 0..<2)
  func directions(seed: Int) throws {
    let scenario = try #require(Self.programme.scenario(Self.facts(seed)))
    var dice = Dice(state: UInt64(seed) &+ 7)
    var compared = 0
    for document in Self.programme.documents {
      for figure in document.parameters + document.measures.flatMap(\.parameters) where figure.type != .date {
        let now = figure.value ?? 100
        let watched = Watched(parameter: figure.id)
        var last: (total: Int64, decisions: Decisions)?
        let values = (0..<5).map { _ in max(0, now + Int64.random(in: -4...4, using: &dice) * max(1, now / 8)) }
        for value in Set(values).sorted() {
          let settings = watched.set(value, in: RunSettings())
          let run = Outcome(
            ledger: Engine.run([document], scenario: scenario, settings: settings), scenario: scenario)
          let total = run.entries.filter(\.standing.isInTotal).reduce(0) { $0 + $1.fen }
          let decisions = Engine.decisions(on: watched, [document], scenario: scenario, settings: settings)
          defer { last = (total, decisions) }
          guard let last, last.decisions == decisions, run.errors.isEmpty else { continue }
          compared += 1
          switch decisions.direction {
          case .none: #expect(last.total == total, "\(figure.id) at \(value)")
          case .up: #expect(last.total <= total, "\(figure.id) at \(value)")
          case .down: #expect(last.total >= total, "\(figure.id) at \(value)")
          case .mixed: break
          }
        }
      }
    }
    #expect(compared > 20)
  }

  @Test("A bound of a table gone through moves the total down where figures ascend")
  func boundOfSteps() throws {
    let scenario = try #require(Self.programme.scenario(Self.facts(1)))
    let steps = Programme(
      measure: """
          for each agency, each year
          count placed = hires of agency
          pay agency reward through count of placed on 31 December of year
        """, declarations: FigureExplanationTests.tiers)
    let watched = Watched(parameter: "test.reward.small.bound")
    let decisions = Engine.decisions(
      on: watched, steps.documents, scenario: scenario, settings: watched.set(10, in: RunSettings()))
    #expect(decisions.direction == .down)
  }
}
