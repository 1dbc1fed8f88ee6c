// A divisor that is nought: what hangs on it is undetermined everywhere, with the divisor's name, and nobody says that
// a fact is missing.

import Answers
import Diagnostics
import Testing
import View

@testable import Workbench

@Suite("Divisions by nought")
struct DivisionTests {
  private static let policy = """
    ```policy
    document nought
      jurisdiction 350112
    measure whole
      title "Whole" zh "整数"
      article "1"
      kind whole
      param span zh 月数 = 0 months "how long" zh "月数"
      for each hire
      pay enterprise 10 yuan * (whole months from start to 2022-12-31) / span on start
    measure ratio
      title "Ratio" zh "比例"
      article "2"
      kind ratio
      for each enterprise
      count all_hires = hires of enterprise
      count rich zh 高薪人员 = hires of enterprise where monthly_wage > 1,000,000 yuan
      require count of all_hires / count of rich > 2
      pay enterprise 10 yuan on 2022-12-31
    measure some
      title "Some" zh "部分"
      article "3"
      kind some
      param step zh 每档人数 = 0 persons, at least 0 "how many" zh "人数"
      for each enterprise
      count everyone zh 全部人员 = hires of enterprise
      count chosen zh 入选人员 = first (whole (count of everyone / step) * step) of everyone
      pay enterprise 10 yuan for each chosen
    ```
    """

  private static let scenario = """
    scenario: nought
    district: 350112
    documents: [nought]
    enterprises: [{id: e1, district: 350112}]
    hires:
      - {id: h1, enterprise: e1, start: 2022-03-01, monthly_wage: 3000}
      - {id: h2, enterprise: e1, start: 2022-04-01, monthly_wage: 3000}
    """

  private func text(_ bench: Bench, _ command: String, _ language: Language = .en) throws -> String {
    let answer = try #require(bench.ask(command).last)
    try #require(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    return AnswerRenderer(format: .table, language: language, width: 200).render(answer)
  }

  @Test("a run names the divisor, and asks nobody for a fact")
  func run() throws {
    let bench = try Bench(Self.scenario, policies: [Self.policy])
    let told = try text(bench, "run nought")
    #expect(told.contains("Undetermined: a divisor is nought") && !told.contains("a fact is not stated"), "\(told)")
    for name in ["span", "rich", "step"] { #expect(told.contains("division by zero, \(name)"), "\(name): \(told)") }
    // A note without words is none.
    #expect(!told.split(separator: "\n").contains { $0 == "Note:" || $0 == "Note: " }, "\(told)")
    #expect(try text(bench, "missing nought").contains("Every fact"))
    let chinese = try text(bench, "language zh\nrun nought", .zh)
    #expect(chinese.contains("无法判定：除数为零") && !chinese.contains("无法判定：缺少事实"), "\(chinese)")
    for name in ["月数", "高薪人员", "每档人数"] { #expect(chinese.contains("除数为零、\(name)"), "\(name): \(chinese)") }
  }

  @Test("a run with a fact that is missing as well says both")
  func both() throws {
    let open = Self.scenario.replacing("monthly_wage: 3000", with: "organised: true")
    let told = try text(try Bench(open, policies: [Self.policy]), "run nought")
    #expect(told.contains("a fact is not stated, or a divisor is nought"), "\(told)")
  }

  @Test(
    "explanations name the divisor where the run does",
    arguments: [
      ("explain h1 whole", "division by zero: span", "除数为零：月数"),
      ("why not whole for h1", "division by zero: span", "除数为零：月数"),
      ("explain e1 ratio", "division by zero: rich", "除数为零：高薪人员"),
      ("why not ratio for e1", "division by zero: rich", "除数为零：高薪人员"),
      ("explain e1 some", "division by zero: step", "除数为零：每档人数"),
      ("why not some for e1", "division by zero: step", "除数为零：每档人数"),
      ("explain h1 some", "division by zero: step", "除数为零：每档人数"),
      ("why not some for h1", "division by zero: step", "除数为零：每档人数"),
    ])
  func explained(_ command: String, _ english: String, _ chinese: String) throws {
    let bench = try Bench(Self.scenario, policies: [Self.policy])
    bench.ask("run nought")
    let told = try text(bench, command)
    #expect(told.contains(english), "\(told)")
    for untrue in ["every condition is met", "a fact is missing", "not known", "not stated", "one by one"] {
      #expect(!told.contains(untrue), "\(untrue): \(told)")
    }
    let answer = try text(bench, "language zh\n" + command, .zh)
    #expect(answer.contains(chinese) && !answer.contains("缺少事实"), "\(answer)")
  }

  @Test("with another divisor all of it is paid")
  func paid() throws {
    let bench = try Bench(Self.scenario, policies: [Self.policy])
    bench.ask("set span = 1 months, step = 2")
    let told = try text(bench, "run nought")
    #expect(!told.contains("division by zero, span") && !told.contains("division by zero, step"), "\(told)")
    #expect(try text(bench, "explain h1 some").contains("is among chosen"))
  }
}
