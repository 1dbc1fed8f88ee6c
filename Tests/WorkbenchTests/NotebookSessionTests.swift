import Commands
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Notebooks and sessions")
struct NotebookSessionTests {
  @Test("a session is written as a notebook without what was undone, and the notebook does the same again")
  func save() throws {
    let bench = try Bench()
    bench.ask("set rate_3m = 400; set rate_6m = 0; undo; run changle-2022")
    let answers = bench.ask("save session into \"\(bench.path("n.md"))\"")
    #expect(answers.first?.failed == false, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let text = try String(contentsOfFile: bench.path("n.md"), encoding: .utf8)
    #expect(text.contains("set rate_3m = 400") && !text.contains("rate_6m"))
    let run = NotebookRun(try NotebookFile.read(bench.path("n.md")), NotebookSettings())
    run.play()
    #expect(run.diagnostics.isEmpty, "\(run.diagnostics.map(\.message.en))")
    #expect(run.outcomes.last?.object?["total"] == .string("70000.00"))
    // And in another session by `source`, wherever that is.
    let other = try Bench()
    let played = other.ask("source \"\(bench.path("n.md"))\"")
    #expect(played.flatMap(\.json).last?["total"] == .string("70000.00"))
    #expect(try other.total("run changle-2022") == "70000.00")
  }

  @Test("files that a saved notebook loads are found from its folder")
  func folders() {
    #expect(SessionText.moved("load a/s.yaml as x", up: 1, isAbsolute: false) == "load ../a/s.yaml as x")
    #expect(SessionText.moved("加载 a/s.yaml", up: 2, isAbsolute: false) == "加载 ../../a/s.yaml")
    #expect(SessionText.moved("load /a/s.yaml", up: 1, isAbsolute: false) == "load /a/s.yaml")
    #expect(SessionText.moved("run", up: 1, isAbsolute: false) == "run")
  }

  static let commands: [(english: String, chinese: String)] = [
    ("run changle-2022 by month as adopted", "测算 changle-2022 按 月份 按 采用"),
    ("with rate_3m = 400 run", "若 rate_3m = 400 测算"),
    ("why not agency_reward for q", "为何没有 agency_reward 给 q"),
    ("compare changle-2022, jindong-2021 by beneficiary", "比较 changle-2022, jindong-2021 按 对象"),
    ("find rate_3m so that total = 65000 in changle-2022", "求解 rate_3m 使得 合计 = 65000 于 changle-2022"),
    ("sweep rate_3m from 200 to 300 step 50", "扫描 rate_3m 从 200 到 300 步长 50"),
    ("draft g from changle-2022: rate_3m = 400", "草案 g 从 changle-2022: rate_3m = 400"),
    ("list measures", "列出 措施"), ("show total", "查看 total"), ("set step = 1", "设定 step = 1"),
  ]

  @Test("a command in the other language means the same", arguments: commands)
  func translation(english: String, chinese: String) throws {
    func meaning(_ text: String) throws -> String {
      let statements = WorkbenchCommands.parser.parse(SourceFile(name: "", text: text))
      return Meaning(try #require(statements.first?.command, "\(text)")).text
    }
    let there = CommandTranslation.translated(english, to: .zh)
    #expect(try meaning(there) == meaning(english))
    #expect(CommandTranslation.translated(there, to: .en) == english)
    #expect(try meaning(CommandTranslation.translated(chinese, to: .en)) == meaning(chinese))
    #expect(there.unicodeScalars.contains { $0.value > 0x4E00 }, "nothing was translated in \(there)")
  }

  @Test("translating leaves comments, names and what is no command as they are")
  func untouched() {
    #expect(
      CommandTranslation.translated("# run this\nrun # by hand\n\nrnu x; list 工种\n", to: .zh)
        == "# run this\n测算 # by hand\n\nrnu x; 列出 工种\n")
    #expect(CommandTranslation.translated("测算changle-2022按措施", to: .en) == "run changle-2022 by measure")
  }

  @Test("a translated notebook keeps its prose, its answers and its fingerprints")
  func translate() throws {
    let desk = try Desk()
    let written = try desk.written(Desk.costing + "\n> ```cesuan\n> undo\n> ```\n")
    let session = Session(library: Library())
    var problems: [Diagnostic] = []
    session.play(SourceFile(name: "test", text: "translate \"\(desk.path("n.md"))\" to zh")) {
      problems += $0.diagnostics
      return true
    }
    #expect(problems.isEmpty, "\(problems.map(\.message.en))")
    let there = try desk.read("n.md")
    #expect(
      there
        == written.replacingOccurrences(of: "\nrun changle", with: "\n测算 changle").replacingOccurrences(
          of: "> undo", with: "> 撤销"))
    // Nothing is stale: the commands mean what they meant.
    let answer = try desk.check()
    #expect(!answer.hasMismatch && !answer.json.contains { $0["kind"] == .string("stale") })
  }
}
