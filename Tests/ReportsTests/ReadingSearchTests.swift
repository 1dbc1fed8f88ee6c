// The bounds over combinations of readings: what only two readings do together is found, what nobody asks is not tried,
// and where there are too many combinations the answer does not call itself exact.

import PolicyLanguage
import Testing

@testable import Reports

@Suite("Bounds over readings")
struct ReadingSearchTests {
  /// What the first readings for all documents come to; choices by their numbers.
  private func bounds(
    _ count: Int, asked: Set<String>?, records: Int = 100, more: Set<String> = [],
    _ total: @escaping ([Int]) -> Int64
  ) -> ReadingReport.Range? {
    let readings = Array(Reading.global.prefix(count))
    let now = total(readings.map(\.defaultIndex))
    let effects = readings.enumerated().map { i, reading in
      let totals = reading.choices.indices.map { choice in
        var at = readings.map(\.defaultIndex)
        at[i] = choice
        return total(at)
      }
      return ReadingReport.Effect(
        reading: reading, states: reading.choices.map(ReadingReport.State.init), current: reading.defaultIndex,
        totals: totals, affected: totals.map { $0 == now ? 0 : 1 },
        examples: totals.map { _ in [] })
    }
    var search = ReadingSearch(effects, now: now, records: records, asked: asked) { changes in
      let at = readings.map { reading in
        reading.choices.firstIndex { $0.name == changes[reading.id] } ?? reading.defaultIndex
      }
      return (total(at), asked?.union(more))
    }
    return search.range { false }
  }

  /// Whatever the total is of, the bounds are those of trying everything.
  @Test("few enough combinations are all tried, whatever the readings do together", arguments: 0..<40)
  func everything(_ seed: Int) throws {
    let readings = Array(Reading.global.prefix(5))
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    var table: [[Int]: Int64] = [:]
    var all: [[Int]] = [[]]
    for reading in readings { all = all.flatMap { head in reading.choices.indices.map { head + [$0] } } }
    // Most combinations do nothing, so that few do by themselves.
    for at in all { table[at] = next() % 8 == 0 ? Int64(next() % 1_000) : 500 }
    let range = try #require(bounds(5, asked: nil) { table[$0] ?? 0 })
    #expect(range.isExact && range.uncombined.isEmpty && range.combinations == all.count)
    #expect(range.low == table.values.min() && range.high == table.values.max())
  }

  @Test("what two readings do only together is found, also where there are too many combinations")
  func pairs() throws {
    let range = try #require(bounds(9, asked: nil) { $0[1] == 2 && $0[7] == 1 ? 6_000 : 0 })
    #expect(range.high == 6_000 && range.low == 0)
    #expect(!range.isExact && range.together == 3 && !range.uncombined.isEmpty)
    #expect(Set(range.highChoices.map(\.choice)) == ["insured_months", "payment"])
  }

  @Test("what three do only together is found, combined with what moves the budget alone, and what else they do told")
  func threes() throws {
    let range = try #require(
      bounds(9, asked: nil) { at in
        (at[0] == 1 ? 10 : 0) + (at[1] == 2 && at[5] == 1 && at[7] == 1 ? (at[0] == 1 ? -6_000 : 100) : 0)
      })
    #expect(range.high == 100 && range.low == -5_990)
    #expect(!range.isExact && range.together == 3 && range.uncombined.count == 5)
    // Far fewer than all (some thousand), and than every two with the others as they are.
    #expect(range.combinations < 120)
  }

  @Test(
    "every three factors stand together in all their levels",
    arguments: [[2, 2, 2], [3, 2, 4, 2], [1, 3, 2, 5, 2, 2, 3]])
  func covering(_ levels: [Int]) {
    let rows = CoveringArray(levels: levels, usual: levels.map { $0 - 1 }).rows
    for a in levels.indices {
      for b in levels.indices where b > a {
        for c in levels.indices where c > b {
          let seen = Set(rows.map { [$0[a], $0[b], $0[c]] })
          #expect(seen.count == levels[a] * levels[b] * levels[c])
        }
      }
    }
    #expect(rows.allSatisfy { zip($0, levels).allSatisfy { 0..<$1 ~= $0 } } && Set(rows).count == rows.count)
  }

  @Test("rows are far fewer than all combinations; fewer than three factors have them all")
  func coveringIsSmall() {
    let twelve = CoveringArray(levels: Array(repeating: 2, count: 12), usual: Array(repeating: 0, count: 12))
    #expect(twelve.rows.count < 40)
    #expect(CoveringArray(levels: [3, 2], usual: [0, 0]).rows.count == 6)
    #expect(CoveringArray(levels: [], usual: []).rows == [[]])
  }

  @Test("over many records what is not tried is told")
  func many() throws {
    let range = try #require(
      bounds(9, asked: nil, records: ReadingSearch.recordLimit + 1) { $0[1] == 2 && $0[7] == 1 ? 6_000 : 0 })
    #expect(range.high == 0 && !range.isExact && range.together == 1 && range.uncombined.count == 9)
  }

  @Test("readings that no run asks are not tried, and those that a combination asks for are")
  func asked() throws {
    let two: Set<String> = ["clock", "year_of"]
    let few = try #require(bounds(9, asked: two) { $0[1] == 1 && $0[2] == 1 ? 7 : 3 })
    #expect(few.isExact && few.combinations == 6 && few.high == 7 && few.low == 3)
    let grown = try #require(bounds(9, asked: two, more: ["count"]) { $0[1] == 1 && $0[2] == 1 && $0[4] == 1 ? 7 : 3 })
    #expect(grown.isExact && grown.combinations == 12 && grown.high == 7)
  }
}
