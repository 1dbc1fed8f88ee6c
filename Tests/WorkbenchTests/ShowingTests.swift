import Answers
import Testing
import View

@testable import Workbench

@Suite("Showing what answers mention")
struct ShowingTests {
  @Test(
    "facts, kinds, places, choices, words",
    arguments: [
      ("origin", "The fact origin"), ("internship_retention", "Measures of the kind internship_retention"),
      ("inclusive", "The choice inclusive"),
      ("350112", "350112 长乐区: 福建省福州市长乐区; documents that are or were in force"),
      ("长乐区", "350112 长乐区: 福建省福州市长乐区; documents that are or were in force"),
    ])
  func mentioned(name: String, title: String) throws {
    #expect(try Bench().object("mention", "show \(name)")["title"] == .string(title))
  }

  @Test("words of answers, preferences, records of a year", arguments: ["due", "应付", "enacted", "unit", "q@2022"])
  func words(name: String) throws {
    let answer = try #require(try Bench().ask("show \(name)").last)
    #expect(!answer.failed && !answer.document.isEmpty)
  }

  @Test("a measure goes before a kind of the same name, and nothing is made up", arguments: ["agency_reward"])
  func order(name: String) throws {
    let bench = try Bench()
    #expect(try bench.object("measure", "show \(name)")["measure"] != nil)
    #expect(try bench.mistake("show nonsuch").code == "unknown-thing")
  }
}
