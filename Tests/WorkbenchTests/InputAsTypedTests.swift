// What people type before they have read anything: figures as they write them, places, questions in their own words.
// Each does the obvious thing, or is answered with the line that does.

import Answers
import Commands
import Diagnostics
import Foundation
import PolicyLanguage
import Reckoning
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Input as people type it")
struct InputAsTypedTests {
  private let session: Desk

  init() throws {
    session = Desk(library: Library())
    let path = URL(filePath: #filePath).appending(path: "../../../scenarios/agency-edge.yaml").standardizedFileURL
    try #require(!session.load(path: path.path(percentEncoded: false)).failed)
  }

  private func ask(_ text: String) -> [Answer] {
    var answers: [Answer] = []
    session.play(SourceFile(name: "test", text: text), keepGoing: true) {
      answers.append($0)
      return true
    }
    return answers
  }

  /// What other programs read of the answers, without the numbers of results.
  private func told(_ text: String) -> [String] {
    ask(text).flatMap { answer in
      var answer = answer
      answer.result = nil
      return answer.json.map(\.line)
    }
  }

  @Test(
    "figures",
    arguments: [
      ("3 million", 300_000_000), ("3 million yuan", 300_000_000), ("3m", 300_000_000), ("300k", 30_000_000),
      ("300 k", 30_000_000), ("2 thousand", 200_000), ("1 billion", 100_000_000_000), ("1.5 million", 150_000_000),
      ("￥300", 30_000), ("¥ 300", 30_000), ("￥3万", 3_000_000), ("3百万", 300_000_000), ("3百万元", 300_000_000),
      ("2千", 200_000), ("5千万", 5_000_000_000), ("2 亿", 20_000_000_000),
    ])
  func figures(text: String, fen: Int64) throws {
    #expect(try ValueText.read(text, as: .money, places: session.library.places) == fen)
  }

  @Test("what is no figure stays none", arguments: ["3 zillion", "￥", "k", "300kk", "3 million million"])
  func noFigures(text: String) {
    #expect(throws: ValueMistake.self) { try ValueText.read(text, as: .money, places: session.library.places) }
  }

  @Test("a sign of money belongs to money, and m means no million of months")
  func signs() {
    let places = session.library.places
    #expect(throws: ValueMistake.self) { try ValueText.read("￥3", as: .months, places: places) }
    #expect(throws: ValueMistake.self) { try ValueText.read("3m", as: .months, places: places) }
  }

  @Test(
    "done as meant",
    arguments: [
      ("if rate_3m = 400", "with rate_3m = 400 run"), ("what if rate_3m = 400", "with rate_3m = 400 run"),
      ("如果 首次标准 = 400", "with rate_3m = 400 run"), ("若 首次标准 = 400元", "with rate_3m = 400 run"),
      ("如果首次标准改为400元", "with rate_3m = 400 run"), ("首次标准提高到400会怎样？", "with rate_3m = 400 run"),
      ("总共多少钱", "run"), ("怎么用", "help"), ("预算", "run"),
      ("with rate_3m = 400", "with rate_3m = 400 run"), ("if budget = 3 million run", "with budget = 3000000 run"),
      ("total", "run"), ("total changle-2022", "run changle-2022"), ("合计", "run"), ("?", "help"), ("？", "help"),
      ("测算 金东", "run jindong-2021"), ("what is agency_reward", "show agency_reward"),
      ("测算 changle-2022 假设本地采用", "run changle-2022 as adopted"),
      ("测算 changle-2022 按原文件施行", "run changle-2022 as enacted"), ("义务 changle-2022", "duties changle-2022"),
      ("断崖", "cliffs"), ("临界", "cliffs"), ("读法", "readings"), ("列出 引用值", "list values"),
      ("测算 按类别", "run by kind"), ("测算一下", "run"), ("再算一遍", "run"), ("每个月付多少？", "run by month"),
      ("谁拿得最多", "run by beneficiary"), ("武陵人力能拿多少", "explain wuling"), ("武陵人力", "explain wuling"),
      ("为何没有 武陵人力", "explain wuling"), ("为什么不给武陵人力机构奖励", "why not agency_reward for wuling"),
      ("武陵人力为什么没有机构奖励", "why not agency_reward for wuling"), ("为何没有机构奖励给武陵人力", "why not agency_reward for wuling"),
      ("有哪些措施", "list measures"), ("一共有多少家企业", "count enterprises"), ("首次标准是多少", "show rate_3m"),
      ("机构奖励怎么算", "show agency_reward"), ("机构奖励", "show agency_reward"), ("谁差一点", "cliffs"),
      ("和金东比一比", "compare changle-2022, jindong-2021"), ("只看机构奖励", "payments agency_reward"),
      ("select count(*) n from hires", "sql \"select count(*) n from hires\""),
      ("what measures are there", "list measures"),
      ("how much does wuling get?", "explain wuling"), ("who gets the most", "run by beneficiary"),
      ("how much per month", "run by month"), ("why did wuling get nothing", "explain wuling"),
      ("how many hires are there", "count hires"),
      ("what does rate_3m mean", "show rate_3m"), ("rate_3m", "show rate_3m"),
    ])
  func done(typed: String, meant: String) {
    let answers = ask(typed)
    #expect(!answers.isEmpty && !answers.haveFailed, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    #expect(told(typed) == told(meant))
  }

  @Test(
    "a name is set by what it is called",
    arguments: [
      "设 首次标准 = 400", "设定 首次标准 = ￥400", "set 首次标准 = 400", "把首次标准改成400", "change rate_3m to 400",
      "set rate_3m to 400",
    ])
  func named(typed: String) {
    #expect(!ask(typed).haveFailed)
    #expect(session.state.settings.map(\.target.id) == ["changle-2022.agency_reward.rate_3m"])
    _ = ask("undo")
  }

  @Test(
    "answered with a line that does it",
    arguments: [
      ("rate_3m = 400", "set rate_3m = 400"), ("export", "last into"), ("导出", "last into"),
      ("恢复默认", "重置"), ("start over", "reset"), ("首次标准500", "若 首次标准 = 500"), ("存成excel", "上次 存入"),
      ("who loses", "by beneficiary"), ("谁受损", "by beneficiary"), ("ls", "list documents"),
    ])
  func offered(typed: String, part: String) throws {
    _ = ask("run")
    let answer = try #require(ask(typed).last)
    let line = try #require(answer.correction)
    #expect(answer.failed && line.contains(part), "\(line)")
    guard !line.contains("into"), !line.contains("存入") else { return }
    #expect(!ask(line).haveFailed, "\(line)")
  }

  @Test("districts are compared by their latest documents, and it is said which")
  func districts() throws {
    let answer = try #require(ask("比较 长乐，金东").last)
    #expect(!answer.failed)
    let note = try #require(answer.diagnostics.first { $0.code == "latest-document" })
    #expect(note.severity == .note && note.message.zh.contains("changle-2022"))
    #expect(note.hint?.zh.contains("changle-2020") == true)
    #expect(answer.diagnostics.filter { $0.code == "latest-document" }.count == 1)
  }

  @Test("who loses by a draft is asked of the draft")
  func losers() throws {
    _ = ask("run; draft fewer from changle-2022: rate_3m = 200")
    #expect(ask("who loses").last?.correction == "compare changle-2022, fewer by beneficiary")
  }

  @Test("every line that is offered in Chinese can be given as it stands")
  func inChinese() throws {
    session.language = .zh
    for typed in ["首次标准 = 400", "谁受损", "ls"] {
      let line = try #require(ask(typed).last?.correction)
      #expect(!ask(line).haveFailed, "\(line)")
    }
  }

  @Test("a list goes on below a line that ends in a colon or a comma")
  func lists() throws {
    let text = "draft two from changle-2022:\n  rate_3m = 400,\n  threshold = 90\nrun two"
    #expect(!WorkbenchCommands.parser.isComplete("draft two from changle-2022:"))
    #expect(!WorkbenchCommands.parser.isComplete("draft two from changle-2022:\n  rate_3m = 400,"))
    #expect(WorkbenchCommands.parser.isComplete("draft two from changle-2022:\n  rate_3m = 400"))
    #expect(WorkbenchCommands.parser.isComplete("draft two from changle-2022:\n"))
    let answers = ask(text)
    #expect(answers.count == 2 && !answers.haveFailed)
    #expect(session.state.drafts.map(\.name) == ["two"])
    // An empty line ends the list, and the next one is a command of its own.
    #expect(ask("run changle-2022,\n\nrun").count == 2)
  }

  @Test("Tab after 为何没有 and after 给")
  func completion() {
    session.language = .zh
    func offered(_ line: String) -> [String] { session.complete(line, at: line.utf8.count).completions.map(\.text) }
    #expect(offered("为何没有 ").contains("机构奖励"))
    #expect(offered("为何没有 机构奖励 ").contains("给"))
    // Those whom the measure looks at, by name; the id finds them as well.
    #expect(offered("为何没有 机构奖励 给 ").contains("兰仓人力"))
    #expect(offered("为何没有 机构奖励 给 lan") == ["lancang"])
    #expect(offered("why not ").contains("机构奖励"))
    #expect(offered("设定 首次标准 = ").contains("默认"))
  }

  @Test("a setting without a blank behind 设, and more words for the total")
  func withoutBlank() {
    session.language = .zh
    #expect(!ask("设首次标准=400").haveFailed)
    #expect(session.state.settings.contains { $0.target.id == "changle-2022.agency_reward.rate_3m" })
    for word in ["总数", "总计", "总金额"] { #expect(told(word) == told("测算"), "\(word)") }
  }

  @Test("no line is asked about that is no command either")
  func vainQuestion() {
    let hints = ask("as csv").flatMap(\.diagnostics).compactMap(\.hint?.en)
    #expect(hints == ["`help` lists the commands"], "\(hints)")
    #expect(ask("rnu").flatMap(\.diagnostics).compactMap(\.hint?.en) == ["did you mean `run`?"])
  }
}
