// Who is listed near a threshold, and operations that go by bits and not by branches, against what they stand for.
import Facts
import PolicyLanguage
import Testing

@testable import Engine

@Suite("Near a threshold, and of two")
struct NearTests {
  @Test("Who is listed near a threshold is the nearest of all who stand there", arguments: 1...6)
  func listed(seed: Int) throws {
    let scenario = try #require(Chance.small(seed).scenario())
    let settings = Chance.settings(seed)
    func near(_ listed: Int) -> [Threshold] {
      Engine.thresholds(
        Bundled.documents, scenario: scenario, settings: settings, near: 400, listed: listed
      ).thresholds
    }
    let all = near(.max)
    #expect(!all.isEmpty)
    for listed in [0, 1, 3] {
      let some = near(listed)
      #expect(some.count == all.count)
      for (few, whole) in zip(some, all) {
        #expect(few.near.map(\.subject) == whole.near.prefix(listed).map(\.subject), "\(whole.measure.id)")
        #expect(few.near.map(\.value) == whole.near.prefix(listed).map(\.value), "\(whole.measure.id)")
        #expect(few.unlisted == whole.near.count - few.near.count)
      }
    }
  }

  @Test("Of two figures the later and the earlier, and a stay's end against a day, whatever is absent")
  func ofTwo() throws {
    let scenario = try #require(Chance.small(1).scenario())
    let evaluator = Evaluator(SharedTables(scenario.dataset), threads: 1, batch: 16)
    let graph = Graph(), days: [Int32] = [Absent.unknown32, Absent.none32, -4, 0, 7, .max]
    func made(_ op: Op, _ x: Int32, _ y: Int32, _ register: Register) -> Values {
      evaluator.values(
        graph.make(
          op, [graph.constant32(x), graph.constant32(y)], domain: .constant, register: register, mayBeAbsent: true))
    }
    for x in days {
      for y in days {
        let there = [x, y].filter { $0 > Absent.none32 }
        let isUnknown = [x, y].contains(Absent.unknown32)
        let later = isUnknown ? Absent.unknown32 : there.max() ?? Absent.none32
        let earlier = isUnknown ? Absent.unknown32 : there.min() ?? Absent.none32
        #expect(made(.pick(.later), x, y, .int32).narrow[0] == later, "\(x) \(y)")
        #expect(made(.pick(.earlier), x, y, .int32).narrow[0] == earlier, "\(x) \(y)")
        let lasts =
          y == Absent.none32
          ? Truth.no : isUnknown ? Truth.unknown : x == Absent.none32 || x >= y ? Truth.yes : Truth.no
        #expect(made(.stable, x, y, .truth).truths[0] == lasts, "\(x) \(y)")
      }
    }
  }
}
