// What is offered instead of a mistake does what it says, or is not offered: settings that cannot have the value, the
// usage of another command, a word that stands there already.

import Answers
import Diagnostics
import Sessions
import Testing

@testable import Workbench

@Suite("Offers that fit")
struct FittingOffersTests {
  @Test(
    "a name is offered only where it can have the value",
    arguments: ["set home = 350102", "set district = 350102", "设 地区 = 长乐区", "with district = 350102 run"])
  func home(_ text: String) throws {
    let found = try Bench().mistake(text)
    #expect(found.code == "not-a-setting" && found.replacement == nil, "\(found)")
    #expect(found.hint?.en.contains("compare changle-2022, jindong-2021 as adopted") == true)
  }

  @Test("a document is no setting, and no figure of it is offered that cannot have the value")
  func document() throws {
    let found = try Bench().mistake("set changle-2022 = 5")
    #expect(found.code == "not-a-setting" && found.message.zh.contains("是文件"), "\(found)")
    #expect(try Bench().mistake("set rate_3n = 400").replacement == "changle-2022.agency_reward.rate_3m")
    #expect(try Bench().mistake("set rate_3n = 2022-01-01").replacement == nil)
  }

  @Test(
    "the usage told is that of the command",
    arguments: [
      ("diff", "diff"), ("compare changle-2022,", "compare"), ("draft x from", "draft"),
      ("explain changle-2022 vs", "explain"),
      ("report package changle-2022 from x.csv", "report package"),
    ])
  func usage(_ text: String, _ word: String) throws {
    let found = try Bench().mistake(text)
    let hint = try #require(found.hint?.en)
    #expect(hint.hasPrefix("write: \(word)") || hint.contains("| \(word)"), "\(found)")
    #expect(!hint.contains("package [of] [PROGRAMME|DRAFT] [from"), "\(hint)")
  }

  @Test("what is missing behind a growth is told as growth, a quoted command as quoted")
  func further() throws {
    #expect(try Bench().mistake("project 2023 to 2028: hires grow").hint?.en == "write: hires grow 5% a year")
    let quoted = try Bench().mistake("'run'")
    #expect(quoted.message.en.contains("`'run'`") && quoted.hint?.en.contains("`run`") == true, "\(quoted)")
  }

  @Test("a reading that has no range is told by its name and its choices'")
  func reading() throws {
    let found = try Bench().mistake("求解 起算方法 使 合计 = 5")
    #expect(found.hint?.zh.contains("clock") == false && found.hint?.zh.contains("inclusive") == false, "\(found)")
  }

  @Test("what a draft sets of a measure that it leaves out is told to do nothing")
  func idle() throws {
    let bench = try Bench()
    let told = bench.ask("draft x from changle-2022: without agency_reward, rate_3m = 400").flatMap(\.diagnostics)
    #expect(told.map(\.code) == ["idle-setting"] && told.allSatisfy { $0.severity == .warning }, "\(told)")
    #expect(bench.ask("draft y from changle-2022: rate_3m = 400").flatMap(\.diagnostics).isEmpty)
  }

  /// As a login or an address is one.
  @Test(
    "an id that holds @ is a record's, with or without a year behind it", arguments: ["花@名", "a1@2022", "@a", "a@b.cn"])
  func at(_ id: String) throws {
    let bench = try Bench(
      Bench.edge.replacing("agency: q,", with: "agency: '\(id)',").replacing("{id: q,", with: "{id: '\(id)',"))
    bench.ask("run changle-2022")
    let told = bench.ask("explain \"\(id)\"")
    #expect(!told.haveFailed && told.flatMap(\.json).map(\.line).joined().contains("\"300.00\""), "\(told)")
    let ledger = try #require(bench.session.last).ledger
    #expect(ledger.dataset.parts(ofSubject: id) == (id, nil))
    #expect(ledger.dataset.parts(ofSubject: id + "@2022") == (id, "2022"))
    #expect(bench.ask("为何没有 机构奖励 给 \"\(id)\"").flatMap(\.diagnostics).allSatisfy { $0.severity != .error })
  }
}
