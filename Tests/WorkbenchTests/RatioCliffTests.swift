// Thresholds that are no plain figure: a share of what differs from case to case, and figures between two bounds.

import Answers
import Diagnostics
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Cliffs of ratios")
struct RatioCliffTests {
  private static func policy(_ conditions: String) -> String {
    """
    ```policy
    document ratios
      title "Ratios"
      jurisdiction 350112
      issued 2022-01-01

    measure quota
      title "Quota"
      article "1"
      kind quota
      param share = 30%
      param least = 2
      param most = 4
      for each enterprise
      count taken = hires of enterprise
      count poor = taken where relief_person
      \(conditions)
      pay enterprise 10,000 yuan on 2022-12-31
    ```
    """
  }

  /// 3 of 11 and 2 of 3.
  private static let scenario: String = {
    var lines = "scenario: Ratios\ndistrict: 350112\nas_of: 2022-12-31\n"
    lines += "enterprises: [{id: e1, district: 350112}, {id: e2, district: 350112}]\nhires:\n"
    for (enterprise, all, poor) in [("e1", 11, 3), ("e2", 3, 2)] {
      for i in 0..<all {
        lines +=
          "  - {id: \(enterprise)-\(i), enterprise: \(enterprise), start: 2022-03-01, relief_person: \(i < poor)}\n"
      }
    }
    return lines
  }()

  private func steps(_ conditions: String) throws -> [JSONValue] {
    let bench = try Bench(Self.scenario, policies: [Self.policy(conditions)])
    guard case .array(let thresholds)? = try bench.object("cliffs", "cliffs ratios")["thresholds"] else {
      throw Bench.Missing()
    }
    func list(_ value: JSONValue?) -> [JSONValue] { if case .array(let all)? = value { all } else { [] } }
    return thresholds.flatMap { list($0["steps"]) }.filter { !list($0["subjects"]).isEmpty }
  }

  /// Two thirds lie between two figures that a share can be: as the lower one it admits, as the higher it does not.
  @Test(
    "A share of what differs from case to case is a ratio, however it is written",
    arguments: [
      "require count of poor >= share * count of taken", "require share * count of taken <= count of poor",
      "require count of poor / count of taken >= share", "require count of poor > share * count of taken",
    ])
  func ratios(condition: String) throws {
    let steps = try steps(condition)
    #expect(steps.map { $0["passes"] } == [.bool(false), .bool(true)], "\(steps)")
    #expect(steps.map { $0["jump"] } == [.string("10000.00"), .string("10000.00")], "\(steps)")
  }

  @Test("What lies between two bounds stands near either")
  func between() throws {
    let steps = try steps("require count of poor from least to most")
    let values = steps.map { $0["value"] }
    #expect(values == [.int(2), .int(3), .int(2), .int(3)], "\(steps)")
  }
}
