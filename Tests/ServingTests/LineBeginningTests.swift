// What an editor offers at a place of the rules: what may begin a line there, and the facts behind a dot.

import Diagnostics
import Foundation
import Testing
import View

@testable import Serving

/// What is offered at the sign `|` of a text.
func offered(_ text: String, _ language: Language = .en) throws -> [String] {
  let place = try #require(text.firstIndex(of: "|"))
  let before = text[..<place]
  let line = before.count { $0 == "\n" }
  let character = before.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0
  let editor = try Editor(text.replacing("|", with: ""), language: language)
  guard case .array(let found) = try editor.ask("textDocument/completion", line: line, character: character) else {
    return []
  }
  return found.compactMap { if case .string(let label)? = $0["label"] { label } else { nil } }
}

@Suite("What may stand at a place of the rules")
struct LineBeginningTests {
  private static let head = "```policy\ndocument mine\n  jurisdiction 350112\n"
  private static let measure = head + "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n  for each hire\n"

  private static let examples = [
    "本地区 350112", "核算日 2022-05-01", "令 起奖人数＝50", "已知 99名录用人员 h：介绍机构 q，就业单位 e，参保日期 2022-03-01",
    "结果 机构奖励 0元",
  ]

  private static let table: [(String, [String])] = [
    ("```policy\ndoc|\n```\n", ["document changle-2022"]),
    ("```policy\ndoc|\n", ["document changle-2022"]),
    (head + "mea|\n```\n", ["measure agency_reward"]),
    (head + "measure m\n  ti|\n```\n", ["title \"Reward for agencies\" zh \"中介机构奖励\""]),
    (head + "measure m\n  fo|\n```\n", ["for each agency, each year"]),
    (head + "limit l\n  ov|\n```\n", ["over taking_on, internships"]),
    (head + "  iss|\n```\n", ["issued 2022-01-28"]),
    (measure + "  where enterprise.dis|\n```\n", ["district"]),
    ("```policy\n文件 mine\n  施行地区 350112\n措施 甲\n  付|\n```\n", ["付给该机构：达标人员每人300元"]),
    ("```policy\n文件 mine\n  施行地区 350112\n算例 “甲”\n  |\n```\n", Self.examples),
    ("```policy\n文件 mine\n  措|\n```\n", ["措施 机构奖励〔agency_reward〕"]),
    ("```policy\ndocument mine\n  mea|\n```\n", ["measure agency_reward"]),
    ("```policy\ndocument mine\njur|\n```\n", ["jurisdiction 350112"]),
  ]

  @Test(
    "A declaration at the margin, a clause below one, facts behind a dot",
    arguments: Self.table)
  func places(text: String, wanted: [String]) throws {
    #expect(try offered(text) == wanted)
  }

  @Test("Everything that may begin a line stands there, and no name")
  func all() throws {
    let declarations = try offered("```policy\n|\n```\n")
    #expect(declarations.count == 12 && declarations.contains { $0.hasPrefix("limit ") })
    let clauses = try offered(Self.head + "measure m\n  |\n```\n")
    #expect(clauses.contains { $0.hasPrefix("pay ") } && clauses.contains { $0.hasPrefix("where ") })
    #expect(!clauses.contains("enterprise") && !clauses.contains { $0.hasPrefix("over ") })
    // Elsewhere any name may stand.
    #expect(try offered(Self.measure + "  pay ente|\n```\n").contains("enterprise"))
    #expect(try offered("```policy\n|\n```\n", .zh).contains("措施 机构奖励〔agency_reward〕"))
  }
}
