// What is linear takes linear time, and what has a limit says so: headings of one name, tables filled up with cells,
// sums beyond what can be added.
import Answers
import Foundation
import Markup
import Testing
import View

@testable import Workbench

@Suite("Limits that are told")
struct LimitTests {
  @Test("Thousands of equal headings have names of their own, in order")
  func headings() {
    let text = String(repeating: "# h\n\n", count: 10_000)
    let prose = ProseHTML(MarkupTree(text.utf8, .github), .en)
    prose.prepare { _ in nil }
    let ids = prose.contents.map(\.id)
    #expect(ids.count == 10_000 && Set(ids).count == 10_000)
    #expect(Array(ids.prefix(3)) == ["h", "h-2", "h-3"] && ids.last == "h-10000")
  }

  private func table(_ columns: Int, _ rows: Int) -> [UInt8] {
    let head = String(repeating: "|a", count: columns) + "|\n" + String(repeating: "|-", count: columns) + "|\n"
    return Array((head + String(repeating: "|a\n", count: rows)).utf8)
  }

  @Test("A table of too many cells is told before it is made")
  func cells() {
    #expect(table(500, 10_000).withUnsafeBufferPointer { MarkupTables.tooLarge($0) } == 1)
    #expect(table(500, 900).withUnsafeBufferPointer { MarkupTables.tooLarge($0) } == nil)
    let notebook = Notebook.read(Array("---\ntitle: t\n---\n\n".utf8) + table(500, 10_000), name: "n.md")
    #expect(notebook.diagnostics.map(\.code) == ["large-table"])
    #expect(notebook.diagnostics.first?.location?.start.line == 5)
  }

  @Test("Two tables that are each small enough, and lines that look like dashes, are no large table")
  func smallTables() {
    let two = table(500, 900) + Array("\n".utf8) + table(500, 900)
    #expect(two.withUnsafeBufferPointer { MarkupTables.tooLarge($0) } == nil)
    let rule = Array(("---\n" + String(repeating: "word\n", count: 600_000)).utf8)
    #expect(rule.withUnsafeBufferPointer { MarkupTables.tooLarge($0) } == nil)
  }

  @Test("Payments that cannot be added up are refused, not cut to the largest figure")
  func sums() throws {
    let policy = """
      ```policy
      document big
        jurisdiction 350112
      measure fee
        title "F"
        article "1"
        kind fee
        param rate = 10000000000 yuan
        for each hire
        pay enterprise rate
      ```
      """
    let scenario = """
      scenario: x
      district: 350112
      documents: [big]
      enterprises: [{id: e1, district: 350112}]
      cohorts:
        - {id: c1, count: COUNT, hire: {enterprise: e1}, start: {from: 2022-02-01, to: 2022-06-30}}
      """
    let fits = try Bench(scenario.replacing("COUNT", with: "90000"), policies: [policy])
    #expect(try fits.total("run big") == "900000000000000.00")
    let over = try Bench(scenario.replacing("COUNT", with: "110000"), policies: [policy])
    #expect(try over.mistake("run big").code == "too-large")
  }
}
