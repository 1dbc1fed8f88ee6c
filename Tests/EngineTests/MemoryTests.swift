// A memory changes nothing: whatever has been run before, with whatever settings, a run that may use it finds what a
// run without it finds.
import Facts
import PolicyLanguage
import Testing

@testable import Engine

@Suite("A memory between runs")
struct MemoryTests {
  /// One setting changed by chance.
  static func change(_ settings: inout RunSettings, _ dice: inout Dice) {
    let parameters = Bundled.documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
    let readings = Reading.global + Bundled.documents.flatMap { $0.readings + $0.measures.flatMap(\.readings) }
    switch Int.random(in: 0..<10, using: &dice) {
    case 0..<4:
      let p = dice.one(parameters)
      settings.parameters[p.id] =
        dice.chance(30)
        ? nil : (p.value ?? 100) + Int64.random(in: -2...2, using: &dice) * max(1, (p.value ?? 100) / 20)
      if settings.parameters[p.id] ?? 0 < 0 { settings.parameters[p.id] = 0 }
    case 4..<7:
      let r = dice.one(readings)
      settings.readings[r.id] = dice.chance(20) ? nil : dice.one(r.choices).name
    case 7:
      let values = Bundled.documents.flatMap(\.values)
      let v = dice.one(values)
      settings.values[v.name] =
        dice.chance(30) ? nil : v.type == .share ? 10_000_000 : Int64.random(in: 0...300_000, using: &dice)
    case 8: settings.mode = settings.mode == .enacted ? .adopted : .enacted
    default: settings.asOf = dice.chance(30) ? nil : day(dice.date("2020-06-01", days: 1700))
    }
  }

  /// - Parameters:
  ///   - batch: how many rows are worked out at a time; lists of sixteen times as many have columns that are kept.
  ///   - columns: about how many bytes of columns the memory may keep.
  @discardableResult
  static func compare(
    _ scenario: Scenario, seed: Int, steps: Int, batch: Int? = nil, columns: Int = 1 << 28
  ) -> RunMemory {
    var dice = Dice(state: UInt64(seed) &* 7919 &+ 5)
    var settings = Chance.settings(seed)
    if let batch { settings.batch = batch }
    let memory = RunMemory(columns: columns)
    var earlier: [RunSettings] = []
    for step in 0..<steps {
      let with = Outcome(
        ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings, memory: memory),
        scenario: scenario)
      let without = Outcome(
        ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings), scenario: scenario)
      #expect(with.fingerprint == without.fingerprint, "seed \(seed), step \(step)")
      if step % 5 == 0 { compareProbes(scenario, settings, memory, &dice) }
      earlier.append(settings)
      // Now and then back to what has been.
      if dice.chance(25) { settings = dice.one(earlier) }
      change(&settings, &dice)
    }
    #expect(memory.taken > 0 && memory.resumed > 0)
    return memory
  }

  /// What is asked of a run beside its payments: how it decides on a figure, who stands near thresholds, who is
  /// counted.
  private static func compareProbes(
    _ scenario: Scenario, _ settings: RunSettings, _ memory: RunMemory, _ dice: inout Dice
  ) {
    let documents = Bundled.documents
    let parameters = documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
    let watched = Watched(parameter: dice.one(parameters).id)
    let decisions = Engine.decisions(
      on: watched, documents, scenario: scenario, settings: settings, memory: RunMemory())
    #expect(
      Engine.decisions(on: watched, documents, scenario: scenario, settings: settings, memory: memory) == decisions,
      "\(watched.name)")
    func near(_ memory: RunMemory?) -> [String] {
      let found = Engine.thresholds(documents, scenario: scenario, settings: settings, near: 3, memory: memory)
      return found.thresholds.map { "\($0.measure.id) \($0.bound) \($0.near.map { [$0.subject, String($0.value)] })" }
        + found.quotas.map { "\($0.measure.id) \($0.limit)" }
    }
    #expect(near(memory) == near(nil))
    for name in Set(Engine.counts(of: documents).map(\.en)) {
      let members = Engine.members(of: name, in: documents, scenario: scenario, settings: settings)
      let rows = Dictionary(grouping: members, by: \.list).values.map { Set($0.flatMap(\.rows)).count }
      let counted = Engine.counted(name, in: documents, scenario: scenario, settings: settings, memory: memory)
      #expect(counted == Int64(rows.reduce(0, +)), "\(name)")
    }
  }

  @Test("With it and without it every run finds the same, setting by setting", arguments: 0..<12)
  func same(seed: Int) throws {
    let scenario = try #require(Chance.small(seed).scenario())
    MemoryTests.compare(scenario, seed: seed, steps: 25)
  }

  @Test(
    "Where parts of conditions are kept as columns, every run finds the same, and whichever of them had to go",
    arguments: 0..<8)
  func columns(seed: Int) throws {
    let scenario = try #require(Chance.small(seed).scenario())
    let memory = MemoryTests.compare(
      scenario, seed: seed, steps: 15, batch: 1 + seed % 2, columns: seed < 4 ? 1 << 28 : 1500)
    // Where next to nothing may be kept, nothing need be read again.
    #expect(seed >= 4 || memory.tables(scenario.dataset).kept?.read ?? 0 > 0, "no column was read again")
  }

  @Test("A memory that may keep next to nothing is still right")
  func bounded() throws {
    let scenario = try #require(Chance.small(3).scenario())
    let memory = RunMemory(limit: 1)
    var settings = Chance.settings(3)
    for n in 0..<6 {
      settings.parameters["changle-2022.agency_reward.rate_3m"] = Int64(n * 1000)
      let with = Outcome(
        ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings, memory: memory),
        scenario: scenario)
      let without = Outcome(
        ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings), scenario: scenario)
      #expect(with.fingerprint == without.fingerprint)
    }
  }

  @Test(
    "Where documents compete, a changed rate displaces what it displaces without a memory",
    arguments: ["total", "payment"])
  func rivals(higherBy: String) throws {
    let scenario = try #require(ThreadTests.scenario(threads: 2))
    let memory = RunMemory()
    var settings = RunSettings()
    settings.mode = .adopted
    settings.readings["higher_by"] = higherBy
    settings.values = ["public_post_month": 123_457, "social_insurance_month": 123_457]
    settings.parameters["changle-2022.agency_reward.threshold"] = 20
    var displaced: Set<[Int]> = []
    // Two payments of one document meet one of another, now below it, now equal, now above.
    for rate: Int64 in [30_000, 31_000, 49_999, 50_000, 50_001, 70_000, 30_000, 100_000, 100_001] {
      settings.parameters["changle-2022.agency_reward.rate_3m"] = rate
      let with = Engine.run(Bundled.documents, scenario: scenario, settings: settings, memory: memory)
      let without = Engine.run(Bundled.documents, scenario: scenario, settings: settings)
      #expect(ThreadTests.columns(with) == ThreadTests.columns(without), "\(rate)")
      #expect(with.blocks.map(\.displacedBy) == without.blocks.map(\.displacedBy), "\(rate)")
      displaced.insert(with.blocks.map { $0.standings.count { $0 == Standing.displaced.rawValue } })
    }
    #expect(displaced.count > 1, "no rate changed what is displaced")
  }

  @Test("Given other facts, it forgets")
  func otherFacts() throws {
    let memory = RunMemory()
    for seed in [1, 2, 1] {
      let scenario = try #require(Chance.small(seed).scenario())
      let settings = Chance.settings(7)
      let with = Outcome(
        ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings, memory: memory),
        scenario: scenario)
      let without = Outcome(
        ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings), scenario: scenario)
      #expect(with.fingerprint == without.fingerprint)
    }
  }

  @Test("A changed rate leaves every other measure as it was and the changed one's members as they were")
  func touches() throws {
    let scenario = try #require(Chance.small(5).scenario())
    let memory = RunMemory()
    var settings = RunSettings()
    _ = Engine.run(Bundled.documents, scenario: scenario, settings: settings, memory: memory)
    let before = (memory.taken, memory.resumed, memory.made)
    settings.parameters["changle-2022.agency_reward.rate_3m"] = 12_345
    _ = Engine.run(Bundled.documents, scenario: scenario, settings: settings, memory: memory)
    let running = Bundled.documents.flatMap(\.measures).count { $0.form != .note }
    #expect(memory.made == before.2)
    #expect(memory.resumed == before.1 + 1)
    #expect(memory.taken == before.0 + running - 1)
  }

  @Test("A cancelled run is no budget, and nothing of it is remembered")
  func cancelled() throws {
    let scenario = try #require(Chance.small(5).scenario())
    let memory = RunMemory()
    let ledger = Engine.run(
      Bundled.documents, scenario: scenario, settings: RunSettings(), memory: memory,
      control: RunControl(isCancelled: { true }))
    #expect(ledger.isCancelled)
    #expect(ledger.diagnostics.contains { $0.severity == .error })
    #expect(ledger.blocks.isEmpty)
    let with = Outcome(
      ledger: Engine.run(Bundled.documents, scenario: scenario, settings: RunSettings(), memory: memory),
      scenario: scenario)
    let without = Outcome(
      ledger: Engine.run(Bundled.documents, scenario: scenario, settings: RunSettings()), scenario: scenario)
    #expect(with.fingerprint == without.fingerprint)
  }
}
