// What an editor offers within a clause, in both surfaces of the rules, and what it says of the words there.

import Diagnostics
import Foundation
import Sessions
import Testing
import View
import Workbench

@testable import Serving

@Suite("What may stand within a clause")
struct ClauseOfferTests {
  static let english = """
    ```policy
    document mine
      jurisdiction 350112
      window from 2022-01-28 to 2023-12-31
    measure reward
      article "三（二）"
      title "Reward" zh "奖励"
      kind agency_bonus
      param threshold = 100 persons "how many must settle"
      param rate = 300 yuan "per worker"
      for each agency, each year
      where filed and district within home
      count placed = hires of agency where stable for 3 months on completion of 3 months
      require count of placed >= threshold

    """
  static let chinese = """
    ```policy
    文件 zhongjie
      施行地区 长乐区〔350112〕
      施行期限 自2026年1月1日至2026年12月31日
    措施 中介奖励
      名称 “中介奖励”
      条款 “一”
      待遇类型 介绍奖励
      参数 人数门槛＝3人 “须稳定就业的人数”
      参数 奖励标准＝300元 “每人”
      对每家机构，每个年度
      凡已备案，且注册地属于本地区的
      计 稳定人员＝该机构的录用人员，其中稳定就业满3个月的，于满3个月之日计入

    """

  @Test(
    "The measure's own sets stand first wherever a set can stand",
    arguments: [
      ("  require count of |", "placed"), ("  require count of pl|", "placed"),
      ("  pay agency rate for each |", "placed"),
      ("  pay agency rate for each pl|", "placed"), ("  grant \"g\" to agency when |", "count of placed"),
      ("  require |", "count of placed"), ("  count longer = first 3 of |", "placed"),
      ("  let x = |", "count of placed"),
      ("  count held = hires of ag|", "agency"), ("  pay agency rate |", "for each placed"),
    ] as [(String, String)])
  func sets(line: String, first: String) throws {
    #expect(try offered(Self.english + line + "\n```\n").first == first)
  }

  @Test(
    "Chinese goes on with the longest beginning of something known, without a separator",
    arguments: [
      ("  要求：稳定|", "稳定人员数"), ("  要求：|", "稳定人员数"), ("  付给该机构：稳|", "稳定人员每人"),
      ("  付给该机构：稳定人员每人|", "人数门槛"), ("  付给该机构：稳定人员每人奖|", "奖励标准"),
      ("  要求：稳定人员数不少于人|", "人数门槛"), ("  付给|", "付给该机构：达标人员每人300元"), ("  付给该|", "该机构"),
      ("  计 人员＝该机构的录|", "该机构的录用人员"), ("  计 人员＝该机构的录用人员，其中稳|", "稳定就业满3个月"),
      ("  对每家|", "每家企业"), ("  对每家人力|", "每家机构"), ("  凡注册地属于本|", "属于本地区"), ("  凡已|", "已备案"), ("  凡注|", "注册地"),
      ("  要求：稳定人员|", "稳定人员数"), ("  待遇类型 中介|", "中介奖励"),
    ] as [(String, String)])
  func chinese(line: String, first: String) throws {
    #expect(try offered(Self.chinese + line + "\n```\n").first == first)
  }

  @Test(
    "Places of one sort hold that sort alone",
    arguments: [
      ("  kind |", "agency_bonus"), ("  param more = 300 |", "yuan"), ("  param more = 300 yu|", "yuan"),
      ("  where filed and district |", "within home"), ("  where district wi|", "within home"),
      ("  where district within |", "home"), ("  where district within ho|", "home"), ("  where filed |", "and"),
      ("  count more = hires of agency where stable fo|", "for 3 months"), ("  pay |", "agency"),
      ("  count more = hires of agency where organ|", "organised"),
    ] as [(String, String)])
  func sorts(line: String, first: String) throws {
    let found = try offered(Self.english + line + "\n```\n")
    #expect(found.first == first)
    #expect(!found.contains("founded_on") && !found.contains("wish"))
  }

  @Test("Whom a payment goes to, and a record's facts behind its dot, and no other names")
  func only() throws {
    #expect(try offered(Self.english + "  pay ag|\n```\n") == ["agency"])
    let facts = try offered(Self.english + "  count c = hires of agency where enterprise.|\n```\n")
    #expect(facts.contains("district") && !facts.contains("rate") && !facts.contains("filed"))
    #expect(try offered(Self.english + "  count c = hires of agency where enterprise.placed|\n```\n").isEmpty)
    let example = Self.english + "example \"e\"\n"
    #expect(try offered(example + "  given agency q: |\n```\n").contains("filed"))
    #expect(try !offered(example + "  given agency q: |\n```\n").contains("start"))
    #expect(try offered(example + "  given agency q: filed |\n```\n") == ["true", "false"])
    #expect(try offered(example + "  expect |\n```\n").first == "reward")
    #expect(try offered(example + "  exp|\n```\n") == ["expect reward 0 yuan"])
    #expect(try offered(example + "  with |\n```\n").contains("threshold"))
  }

  @Test("Chinese rules are offered Chinese names before others")
  func chineseFirst() throws {
    let found = try offered(Self.chinese + "  凡已备案且|\n```\n")
    #expect(!found.isEmpty && found.allSatisfy { !$0.allSatisfy(\.isASCII) })
    let kinds = try offered(Self.chinese + "  待遇类型 |\n```\n")
    #expect(kinds.first == "介绍奖励" && !kinds.contains("above_scale"))
    let example = Self.chinese + "算例 “甲”\n"
    #expect(try offered(example + "  已知 机构 q：|\n```\n").contains("备案"))
    #expect(try offered(example + "  已知 机构 q：备案|\n```\n").contains("是"))
    #expect(try offered(example + "  结果 |\n```\n").first == "中介奖励")
    #expect(try !offered(example + "  |\n```\n").contains { $0.hasPrefix("应当") })
  }

  @Test("A Chinese declaration that is taken below a clause moves to the margin")
  func margin() throws {
    let text = Self.chinese + "  措\n```\n"
    let editor = try Editor(text, language: .zh)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 3
    guard case .array(let found) = try editor.ask("textDocument/completion", line: line, character: 3) else {
      Issue.record("nothing is offered")
      return
    }
    let edit = try #require(found.first)
    #expect(edit.line.contains("\"additionalTextEdits\":[{") && edit.line.contains("\"newText\":\"措施 机构奖励"))
  }

  @Test("What a measure has as a clause, too, stays where it was taken")
  func stays() throws {
    let text = Self.chinese + "  参\n```\n"
    let editor = try Editor(text, language: .zh)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 3
    guard case .array(let found) = try editor.ask("textDocument/completion", line: line, character: 3) else {
      Issue.record("nothing is offered")
      return
    }
    #expect(!found.isEmpty && !found.contains { $0.line.contains("\"additionalTextEdits\":[{") })
  }

  /// What is told of the word at the sign `|`; empty: nothing.
  private func told(_ text: String, _ language: Language = .en) throws -> String {
    let place = try #require(text.firstIndex(of: "|"))
    let before = text[..<place]
    let editor = try Editor(text.replacing("|", with: ""), language: language)
    let character = before.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0
    let hover = try editor.ask("textDocument/hover", line: before.count { $0 == "\n" }, character: character)
    if case .string(let text)? = hover["contents"]?["value"] { return text }
    return ""
  }

  @Test(
    "The language's words are told as such, never as a command, a fact or a choice of something else",
    arguments: [
      ("  f|or each agency", "looks at, one by one"), ("  p|ay agency rate", "who is paid"),
      ("  where dis|trict within home", "a fact of"), ("  where district wit|hin home", "lies in another"),
      ("  where district within ho|me", "own district"), ("  c|ount p = hires of agency", "a set of records"),
      ("  count p = hires of agency where sta|ble for 3 months", "without a break"),
      ("  req|uire count of placed >= 3", "a condition on counts"),
      ("  require count of pla|ced >= 3", "hires of agency"),
      ("  require cou|nt of placed >= 3", "how many records"), ("  k|ind agency_bonus", "kind of benefit"),
      ("  win|dow from 2022-01-28", "first and the last day"), ("  par|am x = 3 persons, at least 0", "may change"),
      ("  param x = 3 per|sons", "how many people"), ("  param x = 3 persons, at le|ast 0", "not less than"),
      ("  pay agency rate for each placed on compl|etion of 3 months", "is completed"),
      ("  require count of placed >= thre|shold", "100 persons"), ("  where fi|led", "on record with"),
      ("example \"e\"\n  giv|en agency q: filed true", "facts of an example"),
      ("example \"e\"\n  given agency q: fil|ed true", "on record with"),
      ("example \"e\"\n  exp|ect reward 0 yuan", "comes to"),
    ] as [(String, String)])
  func words(line: String, wanted: String) throws {
    let text = try told(Self.english + line + "\n```\n")
    #expect(text.contains(wanted), "\(text)")
  }

  @Test(
    "Chinese words, sets and facts are told, too",
    arguments: [
      ("  付|给该机构：300元", "付给谁"), ("  要|求：稳定人员数不少于3", "对数目的条件"), ("  要求：稳定人|员数不少于3", "本措施的集合"),
      ("  凡已备|案的", "输入地备案"), ("  凡注册地属|于本地区的", "在另一地之内"), ("  凡注册|地属于本地区的", "的事实"),
      ("  对|每家机构，每个年度", "逐一看什么"),
      ("  计 甲＝该机构的录用人员，其中稳定就|业满3个月的", "连续存续"), ("算例 “甲”\n  结|果 中介奖励 0元", "算例应得"),
    ] as [(String, String)])
  func chineseWords(line: String, wanted: String) throws {
    let text = try told(Self.chinese + line + "\n```\n", .zh)
    #expect(text.contains(wanted), "\(text)")
  }

  /// The texts that quick fixes put in the place of a word.
  private func mended(_ text: String, _ word: String) throws -> [String] {
    let editor = try Editor(text)
    let (line, character) = place(of: word, in: text)
    let at: JSONValue = ["line": .int(Int64(line)), "character": .int(Int64(character))]
    let asked: JSONValue = [
      "textDocument": ["uri": .string(editor.uri)], "range": ["start": at, "end": at], "context": ["diagnostics": []],
    ]
    guard case .array(let list) = try editor.ask("textDocument/codeAction", asked) else { return [] }
    return list.compactMap { action in
      let marks = action.line.components(separatedBy: "\"newText\":\"")
      return marks.count > 1 ? marks[1].components(separatedBy: "\"").first : nil
    }
  }

  @Test(
    "A mistake whose cure is known is mended: a set, a list, a measure, a fact, a unit",
    arguments: [
      ("count of placed >=", "count of placd >=", "placd", "placed"),
      ("where filed", "where file", "file and", "filed"),
      ("expect reward 0 yuan", "expect rewrad 0 yuan", "rewrad", "reward"),
      ("each placed\n", "each placd\n", "placd", "placed"), ("agency rate", "agency 300", "300 for", "300 yuan"),
      ("agency q: filed", "agency q: fild", "fild", "filed"),
    ] as [(String, String, String, String)])
  func cures(sound: String, mistaken: String, word: String, cure: String) throws {
    let whole =
      Self.english + "  pay agency rate for each placed\n"
      + "example \"e\"\n  given agency q: filed true, district 350112\n  expect reward 0 yuan\n```\n"
    let text = whole.replacing(sound, with: mistaken)
    #expect(text != whole)
    #expect(try mended(text, word).first == cure)
  }
}
