// Rules as an official writes them who has read the book once: turns that are read, and turns that are answered with
// the line as rules have it.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Rules as officials write them")
struct OfficialWritingTests {
  private static let facts = """
    list enterprises zh 企业, each an enterprise zh 企业 per 家
      field id zh 企业编号 text required
      field district zh 注册地 place required
      field size zh 规模 one of (micro zh 微型, small zh 小型)
    list hires zh 录用人员, each a hire zh 录用人员 per 名
      lasts "stable" zh "稳定就业"
      person worker
      begins start
      ends end
      field id zh 序号 text required
      field worker zh 姓名 text default id
      field origin zh 户籍地 place
      field education zh 文化程度 text
      field enterprise zh 就业单位 reference to enterprises required
      field start zh 参保日期 date required
      field end zh 离职日期 date absent means none
    """

  private static let dictionary: FactDictionary = {
    let (syntax, mistakes) = PolicyParser.parse(
      rules: facts[...], in: SourceFile(name: "facts", text: facts), firstLine: 1)
    let (made, problems) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: Checking.places)
    for problem in mistakes + problems { Issue.record("\(problem.message.en)") }
    return made
  }()

  private static func check(_ rules: String) -> (document: CheckedDocument?, told: [Diagnostic]) {
    let source = SourceFile(name: "own.md", text: "```policy\n" + rules + "\n```")
    var dictionary = dictionary
    let (syntax, mistakes) = PolicyParser.parse(document: source, dictionary: dictionary)
    let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: Checking.places)
    return (
      document, (mistakes + Cascades.without(problems, after: mistakes, in: source)).filter { $0.severity == .error }
    )
  }

  private static func rules(
    window: String = "施行期限 自2026年1月1日至2026年12月31日", frame: String = "对每名录用人员", _ clauses: [String],
    pay: String = "付给就业单位：1000元"
  ) -> String {
    let lines = [
      "文件 own", "  施行地区 长乐区〔350112〕", "  " + window, "措施 补贴", "  名称 “补贴”", "  条款 “一”", "  待遇类型 补贴", "  " + frame,
    ]
    return (lines + (clauses + [pay]).map { "  " + $0 }).joined(separator: "\n")
  }

  @Test(
    "a period with 起 and 止, one source by itself, 年度 among the keys of quotas",
    arguments: [
      rules(window: "施行期限 自2026年1月1日起至2026年12月31日止", []), rules(["资金来源 区级财政"]),
      rules(["名额 同一就业单位、年度限2人"]), rules(["同一姓名、年度只计一次"]),
    ])
  func read(_ rules: String) throws {
    let (document, told) = Self.check(rules)
    #expect(told.isEmpty, "\(told.map(\.message.zh))\n\(rules)")
    let measure = try #require(document?.measures.first)
    if rules.contains("资金来源") {
      #expect(measure.heading.funds?.shares.count == 1, "\(rules)")
    } else if rules.contains("年度") {
      let keys = measure.limits.quotas.flatMap(\.keys) + measure.limits.oncePer
      #expect(keys.contains { if case .yearOf = $0.operation { true } else { false } })
    }
  }

  @Test("年度 of payments on several days is told with what to write")
  func severalDays() {
    let (_, told) = Self.check(
      Self.rules(["名额 同一就业单位、年度限2人", "付给就业单位：500元，于参保日期＋6个月计为应付"]))
    #expect(told.map(\.code) == ["no-year"], "\(told.map(\.message.zh))")
    #expect(told.first?.hint?.zh.contains("参保日期的年份") ?? false)
  }

  private static let list = """
    清单 证书，每条为证书，单位 “本”
      名称 “证书”
      起始 发证日期
      字段 id 文本 必填
      字段 持证人 文本 必填
      字段 紧缺工种 是否 缺省 否
      字段 等级 选项（初级、重点证书） 必填
      字段 发证日期 日期 必填
    文件 own
      施行地区 长乐区〔350112〕
    措施 补贴
      名称 “补贴”
      条款 “一”
      待遇类型 补贴
      对每本证书

    """

  @Test(
    "a yes-or-no field of one's own is said with 属, 属于, 为, 是 and 系, and their opposites",
    arguments: ["属", "属于", "为", "是", "系", "不属", "不属于", "不为", "不是"])
  func truths(_ word: String) throws {
    for clause in ["凡\(word)紧缺工种的", "凡该证书\(word)紧缺工种的"] {
      let (document, told) = Self.check(Self.list + "  \(clause)\n  付给持证人：100元")
      #expect(told.isEmpty, "\(told.map(\.message.zh)) \(clause)")
      let condition = try #require(document?.measures.first?.selection.conditions.first)
      let isNot = if case .not = condition.operation { true } else { false }
      #expect(isNot == word.hasPrefix("不"), "\(clause)")
    }
  }

  @Test("为 before a choice still compares")
  func choice() throws {
    let (document, told) = Self.check(Self.list + "  凡等级为重点证书的\n  付给持证人：100元")
    #expect(told.isEmpty, "\(told.map(\.message.zh))")
    let condition = try #require(document?.measures.first?.selection.conditions.first)
    if case .compare = condition.operation {} else { Issue.record("no comparison") }
  }

  @Test(
    "turns of notices are answered with the line as rules have it",
    arguments: [
      (["凡就业单位为小型或微型企业的"], "凡就业单位的规模为（小型、微型）之一的"), (["凡就业单位注册地在本区的"], "凡就业单位的注册地属于本地区的"),
      (["凡户籍地不在福建的"], "凡非（户籍地属于福建）的"), (["凡连续就业满3个月以上的"], "凡稳定就业满3个月的"),
      (["参数 标准＝每人每月200元 “每月”"], "参数 标准＝200元/人·月 “每月”"), (["凡文化程度为硕士或博士的"], "凡文化程度为（“硕士”、“博士”）之一的"),
      (["参数 加成＝20%", "付给就业单位：100元×（1＋加成）"], "付给就业单位：100元×（100%＋加成）"),
      (["参数 基数＝300元", "付给就业单位：三分之二×基数"], "付给就业单位：2/3×基数"),
      (["参数 基数＝300元", "付给就业单位：基数的三分之二"], "付给就业单位：2/3×基数"),
      (["参数 基数＝300元", "付给就业单位：基数的 10%，但不超过 500 元"], "付给就业单位：（10%×基数、500元）中较小者"),
      (
        ["参数 基数＝300元", "付给就业单位：基数＋如离职日期晚于2026年6月30日，则200元，否则0元"],
        "付给就业单位：基数＋（如离职日期晚于2026年6月30日，则200元，否则0元）"
      ),
      (["参数 次数＝7", "付给就业单位：进位（次数÷12）×100元"], "付给就业单位：（（次数÷12）进位到1）×100元"),
    ])
  func turns(_ clauses: [String], _ line: String) {
    let (_, told) = Self.check(Self.rules(clauses))
    #expect(told.contains { $0.hint?.zh.contains(line) ?? false }, "\(told.map { ($0.hint ?? $0.message).zh }) \(line)")
  }

  @Test("so are frames and the rows of tables, and nothing is said that only follows from them")
  func rows() {
    let frame = Self.check(
      """
      文件 own
        施行地区 长乐区〔350112〕
      标准表 奖补标准（新增人数：数），单位元 “每家”
        10人以下：不奖
        10人至29人：1万元
        30人及以上：5万元
      措施 补贴
        名称 “补贴”
        条款 “一”
        待遇类型 补贴
        对每家企业，每年
        计 新增人员＝该企业的录用人员
        付给该企业：奖补标准（新增人员数），于年度的12月31日计为应付
      """
    ).told
    for line in ["不超过10：0元", "不超过29：1万元", "超过：5万元", "对每家企业，每个年度"] {
      #expect(
        frame.contains { $0.hint?.zh.contains(line) ?? false }, "\(line) \(frame.map { ($0.hint ?? $0.message).zh })")
    }
    #expect(!frame.contains { $0.code == "no-rows" || $0.code == "missing-clause" }, "\(frame.map(\.message.zh))")
  }

  @Test("A table is not said to be used by nobody where the line that asks it has a mistake")
  func unused() {
    let rules = Self.rules(["参数 基数＝300元"], pay: "付给就业单位：标准（基数÷0）＋没有的名称")
    let told = Self.check(rules + "\n标准表 标准（数额：数），单位元\n  不超过1：1元\n  超过：2元\n").told
    #expect(!told.isEmpty)
    let source = SourceFile(name: "own.md", text: "```policy\n" + rules + "\n标准表 标准（数额：数），单位元\n  超过：2元\n```")
    var dictionary = Self.dictionary
    let (syntax, _) = PolicyParser.parse(document: source, dictionary: dictionary)
    let all = Checker.check(syntax, dictionary: &dictionary, places: Checking.places).1
    #expect(!all.contains { $0.code == "unused-table" }, "\(all.map(\.message.zh))")
  }
}
