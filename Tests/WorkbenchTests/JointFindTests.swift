// `find` over several figures: held to runs at every point of a grid.

import Testing
import View

@testable import Workbench

@Suite("Several figures found at once")
struct JointFindTests {
  /// Three agencies with so many hires each, a few of which leave early.
  private static func scenario(_ sizes: [Int]) -> String {
    let cohorts = sizes.enumerated().map { i, n in
      "  - {id: c\(i), count: \(n), hire: {agency: a\(i), enterprise: k, origin: 520502}, start: 2022-03-01}\n"
        + "  - {id: d\(i), count: 4, hire: {agency: a\(i), enterprise: k, origin: 520502, end: 2022-07-01}, "
        + "start: 2022-03-01}"
    }
    let agencies = sizes.indices.map { "{id: a\($0), district: 350112, filed: true}" }
    return """
      scenario: Agencies
      district: 350112
      enterprises: [{id: k, district: 350112, lists: [leading_2021]}]
      agencies: [\(agencies.joined(separator: ", "))]
      cohorts:
      \(cohorts.joined(separator: "\n"))
      """
  }

  private func fen(_ value: JSONValue?) throws -> Int {
    guard case .string(let text)? = value, let fen = Int(text.replacing(".", with: "")) else {
      throw SweepTests.Failure()
    }
    return fen
  }

  @Test("the best is what plain runs over the grid find", arguments: [[6, 9, 12], [11, 5, 30]])
  func grid(sizes: [Int]) throws {
    let bench = try Bench(JointFindTests.scenario(sizes))
    let rates = [100, 200, 300], thresholds = Array(8...18)
    var points: [(total: Int, placed: Int)] = []
    for rate in rates {
      for threshold in thresholds {
        let with = "with rate_3m = \(rate), agency_reward.threshold = \(threshold) run changle-2022"
        // Each agency has four more who leave after three months.
        let placed = sizes.map { $0 + 4 }.filter { $0 >= threshold }.reduce(0, +)
        points.append((try fen(.string(try bench.total(with))), placed))
      }
    }
    for target in [1_000, 5_000, 9_000, 30_000] {
      let asked =
        "find rate_3m from 100 to 300, agency_reward.threshold from 8 to 18 so that total <= \(target) "
        + "with most placed in changle-2022"
      let found = try bench.object("optimum", asked)
      #expect(found["exact"] == .bool(true))
      let doing = points.filter { $0.total <= target * 100 }
      let most = doing.map(\.placed).max()
      #expect(found["found"] == .bool(most != nil))
      guard let most else { continue }
      #expect(found["count"] == .int(Int64(most)))
      // The least for it: at the lowest rate, which is one of the grid's.
      let least = try #require(doing.filter { $0.placed == most }.map(\.total).min())
      #expect(try fen(found["total"]) == least)
      let again = try bench.object(
        "optimum", asked.replacing("total <= \(target) with most placed", with: "placed >= \(most) with least total"))
      #expect(try fen(again["total"]) == least)
    }
  }

  @Test("beside the best stand the values that do as well, up to the fen")
  func room() throws {
    let bench = try Bench(JointFindTests.scenario([16]))
    let found = try bench.object(
      "optimum",
      "with rate_6m = 0 find rate_3m from 100 to 300, agency_reward.threshold from 8 to 30 so that total <= 5000 "
        + "with most placed in changle-2022")
    guard case .array(let figures)? = found["figures"] else { throw SweepTests.Failure() }
    #expect(found["count"] == .int(20) && found["total"] == "2000.00")
    // Twenty times 250 yuan are 5,000.
    #expect(figures.first?["from"] == "100.00" && figures.first?["to"] == "250.00")
    #expect(figures.last?["from"] == .int(8))
  }
}
