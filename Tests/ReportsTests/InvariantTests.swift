// What a ledger promises is checked where it is added up: a broken promise stops the run with a sentence that names it,
// and never becomes a figure.

import Engine
import Testing

@testable import Reports

@Suite("Invariants of reports")
struct InvariantTests {
  @Test("a standing that there is not stops the run")
  func standing() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var tally = Tally()
      tally.add(100, 9, isDue: true)
    }
    let told = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(told.contains("A ledger holds only standings that there are."))
    var tally = Tally()
    tally.add(100, Standing.overQuota.rawValue, isDue: true)
    #expect(tally.overQuota == 100 && tally.total == 0)
  }

  @Test("a payment to nobody stops the run", arguments: [-1, 64, 1 << 20])
  func beneficiary(id: Int) async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [id] in
      var map = BitMap(size: 10)
      map.insert(id)
    }
    let told = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(told.contains("Every payment goes to somebody in the facts."))
  }
}
