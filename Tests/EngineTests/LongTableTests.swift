// Tables and figures of thousands of rows: they are reckoned, explained and gone through like short ones, since nothing
// goes as deep as they are long.
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Testing

@Suite("Tables of thousands of rows")
struct LongTableTests {
  static let rows = 6_000

  static func rows(_ line: (Int) -> String) -> String { (1..<rows).map(line).joined(separator: "\n") }

  static func run(_ declarations: String, _ pay: String) throws -> Outcome {
    let programme = Programme(
      measure: "  for each enterprise\n  pay enterprise \(pay) on 2026-03-01", declarations: declarations)
    return try #require(
      programme.run(
        "enterprises:\n"
          + [3, 4_321, 5_999, 12_000].map {
            "  - {id: e\($0), district: 350112, employees: \($0)}"
          }.joined(separator: "\n") + "\n  - {id: open, district: 350112}"))
  }

  static func paid(_ outcome: Outcome) -> [String: Int64] {
    Dictionary(outcome.entries.map { ($0.subject, $0.fen) }, uniquingKeysWith: { a, _ in a })
  }

  @Test("Looked up by bounds: the first row that fits, of the first as of the last; without the fact, undetermined")
  func bounds() throws {
    let table = "table t(n: number) yuan\n" + Self.rows { "  up to \($0): \($0 + 1) yuan" } + "\n  above: 7 yuan\n"
    let outcome = try Self.run(table, "t(employees)")
    #expect(Self.paid(outcome) == ["e3": 400, "e4321": 432_200, "e5999": 600_000, "e12000": 700])
    #expect(outcome.errors == [])
  }

  @Test("The row of a table of hundreds is told by its bound")
  func told() throws {
    let rows = (1..<300).map { "  up to \($0 * 40): \($0) yuan" }.joined(separator: "\n")
    let outcome = try Self.run("table t(n: number) yuan\n" + rows + "\n  above: 7 yuan\n", "t(employees)")
    let told = FigureExplanationTests.told(outcome, "e4321")
    #expect(told.contains { $0.contains("the row “up to 4,360”") }, "\(told)")
    // The rows beside it, and none of the others.
    #expect(told.contains { $0.hasPrefix("the row before it: “up to 4,320”, 108 yuan") }, "\(told)")
    #expect(told.contains { $0.hasPrefix("后一行：“不超过4,400”，110元") }, "\(told)")
    let accounts = Explainer(ledger: outcome.ledger, scenario: outcome.scenario).explain("e4321")
    let settings = accounts.flatMap(\.settings).map(\.text.en)
    #expect(settings.contains("t.109.bound = 4,360") && settings.contains("297 rows more of t"), "\(settings)")
    #expect(settings.count < 10, "\(settings)")
    #expect(FigureExplanationTests.told(outcome, "open").contains { $0.contains("employees") })
  }

  @Test("Looked up by conditions that overlap")
  func conditions() throws {
    let rows = Self.rows { "  when n < \($0 * 2): \($0) yuan" }
    let table = "table t(n: number) yuan\n" + rows + "\n  otherwise: 7 yuan\n"
    let outcome = try Self.run(table, "t(employees)")
    #expect(Self.paid(outcome) == ["e3": 200, "e4321": 216_100, "e5999": 300_000, "e12000": 700])
  }

  @Test("Gone through step by step")
  func steps() throws {
    let table = "table t(n: number) yuan\n" + Self.rows { "  up to \($0): \($0 % 2 + 1) yuan" } + "\n  above: 5 yuan\n"
    let outcome = try Self.run(table, "t through employees")
    // Of each two steps one at 2 yuan and one at 1; beyond the last bound 5.
    #expect(Self.paid(outcome) == ["e3": 500, "e4321": 648_200, "e5999": 899_900, "e12000": 3_900_400])
  }

  @Test("A figure that changes on thousands of days")
  func days() throws {
    let first = try #require(Day("2000-01-01"[...])).number
    let days = (1..<Self.rows).map { "\($0) yuan from \(Day(number: first + Int32($0)).text)" }
    let outcome = try Self.run(
      "param rate = 9 yuan, " + days.joined(separator: ", ") + "\n", "rate(2000-01-01 + employees * 1 days)")
    #expect(Self.paid(outcome) == ["e3": 300, "e4321": 432_100, "e5999": 599_900, "e12000": 599_900])
  }

  @Test("Rows from a day on give way to the next later one with the same other cells")
  func rowsOfDays() throws {
    let first = try #require(Day("2000-01-01"[...])).number
    let rows = (1...5_000).flatMap { n in
      let day = Day(number: first + Int32(n)).text
      return ["  true, from \(day): \(n) yuan", "  false, from \(day): \(n + 1) yuan"]
    }
    let table = "table t(b: bool, d: date) yuan\n" + rows.joined(separator: "\n") + "\n"
    let outcome = try Self.run(table, "t(employees > 4000, 2000-01-01 + employees * 1 days)")
    #expect(Self.paid(outcome) == ["e3": 400, "e4321": 432_100, "e5999": 500_000, "e12000": 500_000])
  }
}
