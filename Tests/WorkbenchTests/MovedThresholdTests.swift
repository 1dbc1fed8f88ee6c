// Thresholds of a draft in the figures of the text; what `cliffs` looks at where a fact is not stated, and what it
// names; names that begin as words of commands do.

import Answers
import Diagnostics
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Thresholds that move")
struct MovedThresholdTests {
  private static func policy(_ rules: String) -> String {
    let body = rules.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return """
      ```policy
      document near
        jurisdiction 350112

      list posts, each a post
        begins first
        field id text required
        field owner text required
        field first date required
        field hours decimal required
        field wage money required
        field wage_before money required
        field months number required
        field age number

      table rate(hours: decimal) share
        below 120: 0% as none
        below 400: 25% as low
        above: 40% as high

      measure grant
        title "G"
        article "1"
        kind grant
      \(body)
      ```

      """
  }

  /// The age of b is not stated.
  private static let scenario = """
    scenario: S
    district: 350112
    as_of: 2026-12-31
    posts:
      - {id: a, owner: o, first: 2026-02-01, hours: 400, wage: 2099.99, wage_before: 2000, months: 5, age: 55}
      - {id: b, owner: p, first: 2026-03-01, hours: 130, wage: 2500.01, wage_before: 2000, months: 12}
      - {id: c, owner: q, first: 2026-03-01, hours: 10, wage: 9000, wage_before: 10, months: 13, age: 25}

    """

  private func bench(_ rules: String) throws -> Bench { try Bench(Self.scenario, policies: [Self.policy(rules)]) }

  private func page(_ bench: Bench, _ line: String) throws -> String {
    AnswerRenderer(format: .table, language: .en, width: 300).render(try #require(bench.ask(line).last))
  }

  /// What moves, from what to what.
  private func moved(_ bench: Bench, _ change: String) throws -> [[JSONValue?]] {
    let amendment = try bench.object("amendment", "draft d from near: \(change); amend d")
    guard case .array(let rows)? = amendment["thresholds"] else { throw Bench.Missing() }
    return rows.map { [$0["threshold"], $0["before"], $0["after"]] }
  }

  private static let decimals = """
    param enough = 120
    param full = 400
    for each post
    where hours >= enough
    let paid = if hours >= full then 200 yuan otherwise 100 yuan
    pay owner paid
    """

  /// b has 130 hours: with 140 asked for nobody but a stands near 400, which stays.
  @Test("A whole number that a decimal is held against is told as the text has it, and alone where it alone moves")
  func decimals() throws {
    let found = try moved(try bench(Self.decimals), "enough = 140")
    #expect(found == [[.string("near.grant.enough"), .string("120"), .string("140")]], "\(found)")
  }

  @Test("So is a bound of a table of decimals")
  func tables() throws {
    let found = try moved(
      try bench("for each post\npay owner rate(hours) of wage"), "near.rate.low.bound = 125")
    #expect(found.map { Array($0.dropFirst()) } == [[.string("400"), .string("125")]], "\(found)")
  }

  // MARK: What is looked at

  @Test("Who stands at a bound is looked at where the other of two conditions cannot be told")
  func unknownBeside() throws {
    let told = try page(
      try bench("for each post\nwhere months <= 12 or age >= 50\npay owner 100 yuan"), "cliffs near")
    let line = told.split(separator: "\n").first { $0.contains("12  passes") }
    #expect(line?.contains("p: b") == true, "\(told)")
  }

  @Test(
    "A figure that is made with one of the text is named where it is not looked at",
    arguments: [
      "wage <= wage_before + 500 yuan", "months < most / 1 month", "wage >= larger of (wage_before, 2400 yuan)",
    ])
  func named(condition: String) throws {
    let told = try page(
      try bench("param most = 6 months\nfor each post\nwhere \(condition)\npay owner 100 yuan"), "cliffs near")
    #expect(told.contains("Not looked at, whoever may stand near: "), "\(told)")
  }

  @Test("Two facts that are held against each other are no condition on a figure of the text")
  func notNamed() throws {
    let told = try page(try bench("for each post\nwhere wage >= wage_before\npay owner 100 yuan"), "cliffs near")
    #expect(!told.contains("Not looked at"), "\(told)")
  }

  // MARK: Names

  private static func named(_ parameter: String) -> String {
    """
    ```policy
    文件 kk
      施行地区 长乐区〔350112〕

    措施 在岗补贴
      名称 “在岗补贴”
      条款 “一”
      待遇类型 补贴
      参数 \(parameter)＝1000元 “每人”
      对每名录用人员
      付给就业单位：\(parameter)
    ```

    """
  }

  /// A hundred workers at 1,000 yuan.
  @Test(
    "A figure whose name begins as a word of a command does is found and swept",
    arguments: ["自付点", "至少人数", "从业标准", "于岗月数", "使用比例", "到岗标准", "在岗标准", "步长标准"])
  func names(name: String) throws {
    let bench = try Bench(policies: [Self.named(name)])
    for line in [
      "求解 \(name) 使 合计 <= 50000 于 kk", "求解\(name) 从100到2000使合计 = 50000 于kk",
      "find \(name) so that total <= 50000 in kk",
      "求解 \(name) 使 在岗补贴 不超过 5万 于 kk", "求解 kk.在岗补贴.\(name) 使 合计 至少 5万 于 kk",
      "扫描 \(name) 从 100 到 200 步长 100 于 kk", "扫描 \(name) 从100到200步长100 于kk",
      "sweep \(name) from 100 to 200 in kk",
    ] {
      let answers = bench.ask(line)
      let problems = answers.flatMap(\.diagnostics).filter { $0.severity == .error }
      #expect(!answers.isEmpty && problems.isEmpty, "\(line): \(problems.map(\.message.en))")
    }
  }
}
