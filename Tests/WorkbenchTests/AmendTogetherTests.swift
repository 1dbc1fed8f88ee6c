// What several changes of one draft say of each other: no sentence of a notice is about a clause that another deletes.

import Answers
import Diagnostics
import Testing
import View

@testable import Workbench

@Suite("Changes that are made together")
struct AmendTogetherTests {
  private func sentences(_ draft: String) throws -> [String] {
    let bench = try Bench()
    let told = try bench.object("amendment", "\(draft); amend k")
    guard case .array(let rows)? = told["sentences"] else { throw SweepTests.Failure() }
    return rows.map(\.line)
  }

  @Test("a reading that several articles use is not settled in the one that is deleted")
  func deleted() throws {
    let both = try sentences(
      "draft k from changle-2022: without specialist_allowance, sending_regions = named")
    try #require(both.count == 2, "\(both)")
    #expect(both.count { $0.contains("三（五）") } == 1, "\(both)")
    #expect(both.contains { $0.contains("三（一）、三（二）、三（四）") && $0.contains("settled") }, "\(both)")
    let one = try sentences("draft k from changle-2022: sending_regions = named")
    #expect(one.count == 1 && one[0].contains("三（四）、三（五）"), "\(one)")
  }

  @Test("a reading all of whose articles are deleted is not settled, and the table keeps where it stood")
  func allDeleted() throws {
    let bench = try Bench()
    let all = ["base_operating", "agency_reward", "student_internship", "enterprise_internship"]
    let others = all + ["enterprise_retention", "specialist_allowance"]
    let without = others.map { ", without \($0)" }.joined()
    let told = try bench.object(
      "amendment", "draft k from changle-2022: sending_regions = named\(without); amend k")
    guard case .array(let rows)? = told["sentences"] else { throw SweepTests.Failure() }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.line.contains("deleted") }, "\(rows)")
  }
}
