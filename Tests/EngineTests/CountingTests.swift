// Sets that are counted without writing their members down against the same sets with every member in hand: where each
// hire's worker is stated, members are joined one by one; where it is not, each hire is a worker of its own, and counts
// do.
import Engine
import Testing

@Suite("Counting without members")
struct CountingTests {
  static func records(_ seed: Int, stated: Bool) -> Records {
    var records = Chance.small(seed)
    for i in records.all.indices where records.all[i].list == "hires" {
      records.all[i].fields.removeAll { $0.name == "worker" }
      if stated, let id = records.all[i]["id"] { records.all[i].fields.append(("worker", id)) }
    }
    return records
  }

  static func outcome(_ records: Records, _ settings: RunSettings) throws -> [String] {
    let scenario = try #require(records.scenario())
    return Outcome(ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings), scenario: scenario)
      .fingerprint
  }

  @Test("Counted and listed members come to the same", arguments: 0..<40)
  func same(seed: Int) throws {
    for more in 0..<3 {
      var settings = Chance.settings(seed &+ more &* 1000)
      if more == 0 { settings.asOf = nil }
      #expect(
        try Self.outcome(Self.records(seed, stated: false), settings)
          == Self.outcome(Self.records(seed, stated: true), settings))
    }
  }

  @Test("A day splits what is counted as it splits what is listed", arguments: 0..<8)
  func due(seed: Int) throws {
    let scenario = try #require(Self.records(seed, stated: false).scenario())
    var settings = Chance.settings(seed)
    settings.asOf = day("2022-12-31")
    let ledger = Engine.run(Bundled.documents, scenario: scenario, settings: settings)
    for block in ledger.blocks {
      let counted = block.count(upTo: 19_357)
      #expect(counted == block.dates.count { $0 <= 19_357 })
      var paid: Set<Int32> = []
      block.forEachPaidBeneficiary { paid.insert($0) }
      #expect(
        paid == Set(block.beneficiaries.indices.filter { block.standing($0) == .paid }.map { block.beneficiaries[$0] }))
    }
  }
}
