// Drafts as documents of their own: every figure that the document has is in the text, of tables and from a day on,
// too; what names a measure that is left out goes with it; examples say what comes out. And figures that cannot be
// together are refused, in a book of figures by its cell.

import Answers
import Diagnostics
import Foundation
import Testing
import View
import Workbooks

@testable import Workbench

@Suite("Drafts as documents of their own")
struct SavedDraftTests {
  private static let rules = """
    # Measures

    ## 1. Grant

    Each worker brings 1,000 yuan, and an agency 250 yuan for the middle step.

    ```policy
    document town
      title "Town measures" zh "办法"
      jurisdiction 350112
      window from 2024-01-01 to 2026-12-31
      fund central 60%, district rest

    table bonus(n: number) yuan per person "for each" zh "每名"
      up to 3: 200 yuan as low
      up to 6: 250 yuan as middle
      above: 300 yuan as high

    measure grant
      title "Grant" zh "补贴"
      article "1"
      kind grant
      param sum = 1,000 yuan, 1,200 yuan from 2025-01-01 "for each" zh "每人"
      param part = 50% "of it" zh "其中"
      for each hire
      pay enterprise sum(start) on start

    measure agency
      title "Agency" zh "中介奖励"
      article "2"
      kind agency
      for each agency, each year
      count placed = hires of agency
      pay agency bonus(count of placed) for each placed on 31 December of year

    limit both
      title "Both together" zh "合计"
      article "3"
      over grant, agency
      cap 90,000 yuan for each year

    example "four"
      given enterprise e: district 350112
      given agency q: district 350112
      given 4 hires h: agency q, enterprise e, start 2024-03-01
      expect agency 1,000 yuan
      expect grant 4,000 yuan
    ```
    """

  private func bench() throws -> Bench {
    let bench = try Bench(policies: [Self.rules])
    bench.session.folder = bench.path("")
    return bench
  }

  private func text(_ bench: Bench, _ name: String) throws -> String {
    try String(contentsOfFile: bench.path(name), encoding: .utf8)
  }

  @Test("figures of tables, their bounds, figures from a day on and shares of sources are written into the text")
  func figures() throws {
    let bench = try bench()
    let changes =
      "bonus.middle = 260, bonus.middle.bound = 7, grant.sum.2025-01-01 = 1300, fund.central = 40%"
    #expect(!bench.ask("draft g from town: \(changes)").haveFailed)
    let saved = try #require(bench.ask("save g into g.md").last)
    #expect(!saved.failed && !saved.diagnostics.contains { $0.code == "not-in-document" })
    let text = try text(bench, "g.md")
    for line in ["up to 7: 260 yuan as middle", "1,000 yuan, 1300 yuan from 2025-01-01", "fund central 40%"] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
    // The example says what the new rules come to, and holds.
    #expect(text.contains("expect agency 1040 yuan") && text.contains("expect grant 4,000 yuan"), "\(text)")
    let check = try #require(bench.ask("check g.md").last)
    #expect(!check.failed && !check.hasMismatch)
    // The prose still says the figure of the middle step as it was.
    let told = saved.diagnostics.filter { $0.code == "prose-says-otherwise" }.map(\.message.en).joined()
    #expect(told.contains("line 5: 250 yuan per person"), "\(saved.diagnostics)")
  }

  @Test("a measure that a limit or an example names is left out of them; a limit of none goes with it")
  func leftOut() throws {
    let bench = try bench()
    #expect(!bench.ask("draft one from town: without grant; save one into one.md").haveFailed)
    let one = try text(bench, "one.md")
    #expect(one.contains("over agency\n") && one.contains("expect agency 1,000 yuan"), "\(one)")
    #expect(!one.contains("measure grant") && !one.contains("expect grant"))
    #expect(!bench.ask("draft none from town: without grant, without agency; save none into none.md").haveFailed)
    let none = try text(bench, "none.md")
    #expect(!none.contains("limit both") && !none.contains("example"), "\(none)")
  }

  @Test("rows of a table that would not ascend are refused wherever they are set")
  func ascending() throws {
    let bench = try bench()
    for command in [
      "set bonus.middle.bound = 2", "draft g from town: bonus.middle.bound = 3", "with bonus.low.bound = 6 run town",
    ] {
      #expect(try bench.mistake(command).code == "not-ascending", "\(command)")
    }
    #expect(!bench.ask("set bonus.low.bound = 7, bonus.middle.bound = 9").haveFailed)
  }

  @Test("a book of figures refuses by cell what cannot be together, and a bare 8 beside the unit %")
  func book() throws {
    let bench = try bench()
    bench.ask("save town into f.xlsx")
    for (name, value, code) in [
      ("town.bonus.middle.bound", "2", "not-ascending"), ("town.grant.part", "800%", "wrong-unit"),
      ("town.fund.central", "120%", "out-of-bounds"),
    ] {
      var book = try FiguresBookTests.Book(bench.path("f.xlsx"))
      let cell = try book.set(name, value)
      try book.write(to: bench.path("g.xlsx"))
      let problem = try bench.mistake("draft g from g.xlsx")
      #expect(problem.code == code, "\(name): \(problem.message.en)")
      #expect(problem.location.flatMap { $0.source?.naming?($0.start) } == cell)
    }
    var book = try FiguresBookTests.Book(bench.path("f.xlsx"))
    try book.set("town.fund.central", "45%")
    try book.write(to: bench.path("g.xlsx"))
    #expect(!bench.ask("draft g from g.xlsx; save g into g.md").haveFailed)
    #expect(try text(bench, "g.md").contains("fund central 45%"))
  }

  @Test("what hangs on a threshold that nobody can move is not said to be nothing")
  func thresholds() throws {
    let rules = Self.rules.replacing(
      "for each hire\n  pay", with: "for each hire\n  where monthly_wage >= 4000 yuan\n  pay")
    let scenario = """
      scenario: Two
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: e, district: 350112}]
      hires:
        - {id: a, enterprise: e, start: 2024-03-01, monthly_wage: 4000}
        - {id: b, enterprise: e, start: 2024-03-01, monthly_wage: 3900}
      """
    let bench = try Bench(scenario, policies: [rules])
    bench.ask("draft g from town: without grant")
    let amendment = try bench.object("amendment", "amend g")
    guard case .array(let rows)? = amendment["thresholds"], let row = rows.first else {
      Issue.record("no thresholds: \(amendment)")
      return
    }
    #expect(row["step_before"] == .null && row["step_after"] == .null && row["near_before"] != .int(0), "\(row)")
  }

  @Test("a figure of what a draft adds, or of what it takes away, is no amendment by itself")
  func onDrafts() throws {
    let scenario = """
      scenario: Two
      district: 350112
      as_of: 2026-12-31
      enterprises: [{id: e, district: 350112}]
      hires: [{id: a, enterprise: e, start: 2024-03-01}, {id: b, enterprise: e, start: 2024-03-01}]
      """
    let bench = try Bench(scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    try """
    measure fare
      title "Fare" zh "交通补贴"
      article "4"
      kind fare
      param each = 300 yuan "each" zh "每人"
      for each hire
      pay worker each on start
    """.write(toFile: bench.path("new.md"), atomically: true, encoding: .utf8)
    bench.ask("draft g from town: add new.md, grant.part = 60%; draft h from g: fare.each = 400, without grant")
    let amendment = try bench.object("amendment", "amend h")
    guard case .array(let rows)? = amendment["changes"] else {
      Issue.record("no changes: \(amendment)")
      return
    }
    func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }
    #expect(rows.map { text($0["effect"]) } == ["-2000.00", "800.00"], "\(rows)")
    let proposed = text(rows.last?["proposed"])
    #expect(proposed.contains("400 yuan"), "\(rows)")
    // The text has the new figure where it was added.
    #expect(!bench.ask("save h into h.md").haveFailed)
    #expect(try self.text(bench, "h.md").contains("param each = 400 yuan"))
  }
}
