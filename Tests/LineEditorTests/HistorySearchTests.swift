// An incremental search through earlier commands: what is found while it is typed, and where it goes on.

import Testing

@testable import LineEditor

@Suite("Searching the history")
struct HistorySearchTests {
  private let entries = ["测算 按 年度", "列出 措施", "run by year", "测算 按 月份", "测算 按 月份"]

  @Test("The newest entry that holds it is found, character by character")
  func newest() {
    var search = HistorySearch(entries)
    search.append("按")
    #expect(search.found == "测算 按 月份")
    search.append(" 年")
    #expect(search.found == "测算 按 年度" && !search.hasFailed)
    search.append("x")
    #expect(search.found.isEmpty && search.hasFailed)
    search.removeLast()
    #expect(search.found == "测算 按 年度")
  }

  @Test("It goes back past entries that are the same, stays at the last, and forth again")
  func further() {
    var search = HistorySearch(entries)
    search.append("测算")
    search.go(by: -1)
    #expect(search.found == "测算 按 年度")
    search.go(by: -1)
    #expect(search.found == "测算 按 年度")
    search.go(by: 1)
    #expect(search.found == "测算 按 月份")
  }

  @Test("Without a pattern nothing is found, and an empty history finds nothing")
  func nothing() {
    var search = HistorySearch(entries)
    search.go(by: -1)
    search.removeLast()
    #expect(search.found.isEmpty && !search.hasFailed)
    var empty = HistorySearch([])
    empty.append("列")
    #expect(empty.hasFailed)
  }
}
