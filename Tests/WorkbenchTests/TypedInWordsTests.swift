// Commands as they are spoken: numerals in words, a comma before a keyword, a second 若; and what follows a command that
// is refused.

import Answers
import Commands
import Diagnostics
import Foundation
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Typed in words")
struct TypedInWordsTests {
  @Test(
    "numerals are read",
    arguments: [
      ("三百五十元", "350元"), ("九十九", "99"), ("十万", "100000"), ("百分之十", "10%"), ("千分之三", "0.3%"), ("一百次", "100次"),
      ("两个月", "2个月"), ("一百二十万元", "1200000元"), ("三百零五", "305"), ("三百五", "350"), ("十五", "15"), ("一万五", "15000"),
      ("二亿三千万", "230000000"), ("百分之五十五点五", "55.5%"), ("二〇二二", "2022"), ("百万", "1000000"),
    ])
  func numerals(_ words: String, _ digits: String) { #expect(ChineseNumeral.plain(words) == digits) }

  @Test("what is none stays", arguments: ["万", "户籍地", "次", "百分之", "12", "点五", "三五百"])
  func none(_ text: String) { #expect(ChineseNumeral.plain(text) == nil) }

  @Test(
    "in values of every command",
    arguments: [
      ("设 首次标准＝三百五十元", "设 首次标准＝350元"), ("若 起奖人数＝九十九，测算", "若 起奖人数＝99，测算"),
      ("求 首次标准 使 合计 ＜＝ 十万", "求 首次标准 使 合计 ＜＝ 10万"), ("求 首次标准 使合计不超过六万", "求 首次标准 使合计不超过6万"),
      ("模拟 二十次：首次标准 = 200元..300元", "模拟 20 次：首次标准 = 200元..300元"), ("敏感性 按 百分之十", "敏感性 按 10%"),
      ("草案 丁 从 changle-2022：首次标准 = 三百五十元", "草案 丁 从 changle-2022：首次标准 = 350元"),
      ("扫描 首次标准 从 二百 到 四百 步长 一百", "扫描 首次标准 从 200 到 400 步长 100"),
      ("扫描 首次标准，从 200 到 400，步长 100", "扫描 首次标准 从 200 到 400 步长 100"),
      ("求 首次标准，使合计不超过6万", "求 首次标准 使合计不超过6万"),
    ])
  func values(_ words: String, _ digits: String) throws {
    func told(_ line: String) throws -> [String] {
      let bench = try Bench()
      bench.session.language = .zh
      let answers = bench.ask(line)
      #expect(!answers.contains { $0.failed }, "\(line): \(answers.flatMap(\.diagnostics).map(\.message.zh))")
      return answers.flatMap { $0.json.map { $0.line.replacing(#/"fingerprint":"[^"]*"/#, with: "") } }
    }
    #expect(try told(words) == told(digits))
  }

  @Test("a second 若 is answered with the line that works")
  func secondWith() throws {
    let bench = try Bench()
    bench.session.language = .zh
    let answer = try #require(bench.ask("若 首次标准=400元，若 起奖人数=99，测算").last)
    let hint = try #require(answer.diagnostics.first?.hint?.zh)
    #expect(answer.diagnostics.map(\.code) == ["with-twice"] && hint == "请写：`若 首次标准=400元，起奖人数=99，测算`", "\(hint)")
    #expect(!bench.ask(String(hint.dropFirst(4).dropLast())).haveFailed)
    let english = try bench.mistake("with rate_3m = 400, with threshold = 99 run")
    #expect(english.hint?.en == "write: `with rate_3m = 400, threshold = 99 run`", "\(english)")
    for line in ["帮助 若", "help with"] { #expect(!bench.ask(line).haveFailed) }
  }

  @Test("the last answer as CSV where it is no list says so")
  func lastAsCSV() throws {
    let bench = try Bench()
    let answer = try #require(bench.ask("draft g from changle-2022: rate_3m = 400; last as csv").last)
    #expect(answer.failed && answer.diagnostics.map(\.code) == ["no-rows"])
    #expect(!bench.ask("run; last as csv").haveFailed)
  }

  @Test("what the program was started with is not undone, and what was refused is no step")
  func undone() throws {
    let bench = try Bench()
    bench.session.log.begin()
    bench.ask("set rate_3m = nonsense", keepGoing: true)
    #expect(try bench.mistake("undo").code == "nothing-to-undo")
    #expect(bench.session.state.scenario != nil)
    bench.ask("set rate_3m = 400; set rate_3m = nonsense", keepGoing: true)
    bench.ask("undo 5")
    #expect(bench.session.state.scenario != nil && bench.session.state.settings.isEmpty)
    #expect(try bench.total("redo; run changle-2022") == "70000.00")
  }

  @Test("a year in which records begin is told once, with the line that takes it")
  func oneYear() throws {
    let bench = try Bench()
    let answer = try #require(bench.ask("project 2030 to 2031 from 2019").last)
    #expect(answer.diagnostics.first?.hint?.zh == "记录始于 2022 年，请写：自 2022年")
    #expect(answer.correction == "project 2030 to 2031 from 2022")
  }
}
