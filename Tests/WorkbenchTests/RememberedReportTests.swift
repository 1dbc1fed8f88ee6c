// Reports of many runs that are asked for once more: made again only where something that they rest on has changed.

import Answers
import Diagnostics
import Sessions
import Synchronization
import Testing
import View

@testable import Workbench

@Suite("Reports that are remembered")
struct RememberedReportTests {
  /// Asks a command, and says whether anything was run for it.
  private static func ask(_ command: String, _ bench: Bench) throws -> (text: String, ran: Bool) {
    let told = Mutex<[Double]>([])
    bench.session.progress = { share in told.withLock { $0.append(share) } }
    defer { bench.session.progress = nil }
    let answer = try #require(bench.ask(command).first)
    #expect(!answer.failed)
    // The number of the result is another each time.
    let text = AnswerRenderer(format: .json).render(answer).replacing(/"result":"r\d+"/, with: "")
    // The programme itself is run each time, which is told as done.
    return (text, told.withLock { $0.contains { $0 < 1 } })
  }

  @Test("what rests on the same is made once", arguments: ["readings changle-2022", "cliffs changle-2022"])
  func once(command: String) throws {
    let bench = try Bench()
    let first = try Self.ask(command, bench)
    let again = try Self.ask(command, bench)
    #expect(first.ran && !again.ran)
    #expect(first.text == again.text)
  }

  @Test(
    "what has changed is run again, and what is taken back is as it was",
    arguments: [
      "set changle-2022.agency_reward.rate_3m = 400", "set clock = anniversary", "set as_of = 2022-03-01",
      "load other",
    ])
  func changed(by change: String) throws {
    let bench = try Bench()
    let other = bench.path("other.yaml")
    try Bench.edge.replacing("count: 100", with: "count: 150").write(toFile: other, atomically: true, encoding: .utf8)
    let change = change == "load other" ? "load \(other)" : change
    for command in ["readings changle-2022", "cliffs changle-2022"] {
      let before = try Self.ask(command, bench)
      bench.ask(change)
      let after = try Self.ask(command, bench)
      bench.ask("undo")
      let back = try Self.ask(command, bench)
      #expect(after.ran && !back.ran)
      #expect(after.text != before.text)
      #expect(back.text == before.text)
    }
  }

  @Test("a draft that says something else under its old name is run again")
  func drafts() throws {
    let bench = try Bench()
    bench.ask("draft more from changle-2022: agency_reward.rate_3m = 400")
    let first = try Self.ask("readings more", bench)
    bench.ask("draft more from changle-2022: agency_reward.rate_3m = 500")
    let second = try Self.ask("readings more", bench)
    #expect(first.ran && second.ran && first.text != second.text)
  }

  @Test("of what was stopped nothing is kept")
  func stopped() throws {
    let bench = try Bench()
    bench.ask("run changle-2022")
    bench.session.isCancelled = { true }
    bench.ask("readings changle-2022")
    bench.session.isCancelled = { false }
    #expect(try Self.ask("readings changle-2022", bench).ran)
  }
}
