// What mistaken rules are answered with: lines that work where they stand, names of the kind that belongs there, and
// examples that nothing refuses.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Lines that are offered")
struct OfferedLinesTests {
  private static let facts = """
    list enterprises zh 企业, each an enterprise zh 企业 per 家
      field id zh 企业编号 text required
      field district zh 注册地 place required
      field size zh 规模 one of (micro zh 微型, small zh 小型)
      field employees zh 职工人数 number
      field premiums zh 失业保险费 money
    list agencies zh 机构, each an agency zh 机构 per 家
      field id zh 机构编号 text required
      field district zh 注册地 place required
      field filed zh 备案 bool default false
    list zones zh 园区, each a zone zh 园区 per 个
      field id zh 园区编号 text required
    list hires zh 录用人员, each a hire zh 录用人员 per 名
      lasts "stable" zh "稳定就业"
      person worker
      begins start
      ends end
      field id zh 序号 text required
      field worker zh 姓名 text default id
      field origin zh 户籍地 place
      field born zh 出生年月 date
      field enterprise zh 就业单位 reference to enterprises required
      field agency zh 介绍机构 reference to agencies absent means none
      field start zh 参保日期 date required
      field end zh 离职日期 date absent means none
      field monthly_wage zh 月工资 money
    """

  private static let dictionary: FactDictionary = {
    let (syntax, mistakes) = PolicyParser.parse(
      rules: facts[...], in: SourceFile(name: "facts", text: facts), firstLine: 1)
    let (made, problems) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: Checking.places)
    for problem in mistakes + problems { Issue.record("\(problem.message.en)") }
    return made
  }()

  /// What is wrong with rules, as `check` tells it.
  private static func told(_ rules: String) -> [Diagnostic] {
    let source = SourceFile(name: "own.md", text: "```policy\n" + rules + "\n```")
    var dictionary = dictionary
    let (syntax, mistakes) = PolicyParser.parse(document: source, dictionary: dictionary)
    let (_, problems) = Checker.check(syntax, dictionary: &dictionary, places: Checking.places)
    return (mistakes + Cascades.without(problems, after: mistakes, in: source)).filter { $0.severity == .error }
  }

  private static func chinese(
    frame: String = "对每名录用人员", _ clauses: [String], pay: String? = "付给就业单位：1000元", head: String = ""
  ) -> String {
    let lines = ["文件 own", "  施行地区 长乐区〔350112〕", "  施行期限 自2026年1月1日至2026年6月30日"]
    let measure = ["措施 补贴", "  名称 “补贴”", "  条款 “一”", "  待遇类型 补贴", "  " + frame]
    let all =
      lines + (head.isEmpty ? [] : ["  " + head]) + measure + (clauses + [pay].compactMap { $0 }).map { "  " + $0 }
    return all.joined(separator: "\n")
  }

  private static func english(
    frame: String = "for each hire", _ clauses: [String], pay: String? = "pay enterprise 1,000 yuan"
  ) -> String {
    let head = "document own\n  jurisdiction 350112\n  window from 2026-01-01 to 2026-06-30\n"
    let measure = "measure m\n  title \"M\" zh \"补\"\n  article \"1\"\n  kind k\n  \(frame)\n"
    return head + measure + (clauses + [pay].compactMap { $0 }).map { "  " + $0 }.joined(separator: "\n")
  }

  /// The line behind 例如 or in 规则中写作, of the first hint that has one.
  private static func line(_ told: [Diagnostic], _ lead: String) -> String? {
    for hint in told.compactMap(\.hint?.zh) {
      guard let begin = hint.firstRange(of: lead) else { continue }
      return String(hint[begin.upperBound...]).replacing("`", with: "")
    }
    return nil
  }

  @Test(
    "Examples of lines hold in every frame that they are shown in",
    arguments: [
      ("对每家机构", "凡甲乙丙丁的"), ("对每家企业", "凡甲乙丙丁的"), ("对每名录用人员", "凡甲乙丙丁的"), ("对每个园区", "凡甲乙丙丁的"),
      ("对每家企业", "名额 共限一百来个"), ("对每名录用人员", "限额 至多六万"), ("对每家企业", "限额 至多六万"), ("对每家机构", "同一家只领一回"),
    ])
  func copied(frame: String, clause: String) {
    let pay = frame == "对每名录用人员" ? "付给就业单位：1000元" : "付给该\(frame.dropFirst(3))：1000元，于2026年6月30日计为应付"
    let told = Self.told(Self.chinese(frame: frame, [clause], pay: pay))
    guard let line = Self.line(told, "例如：") else {
      Issue.record("\(told.map { ($0.message.zh, $0.hint?.zh ?? "") })")
      return
    }
    let after = Self.told(Self.chinese(frame: frame, [line], pay: pay))
    #expect(after.isEmpty, "\(line): \(after.map(\.message.zh))")
  }

  @Test(
    "So do those of payments, in either language, and their day lies within the document's time",
    arguments: ["企业", "机构", "园区", "录用人员"])
  func payments(record: String) throws {
    let told = Self.told(Self.chinese(frame: "对每个\(record)", [], pay: "付给该\(record)：甲乙丙丁"))
    let line = try #require(Self.line(told, "例如："))
    #expect(line == "付给该\(record)：300元，于2026年6月30日计为应付")
    #expect(Self.told(Self.chinese(frame: "对每个\(record)", [], pay: line)).isEmpty)
    let english = ["企业": "enterprise", "机构": "agency", "园区": "zone", "录用人员": "hire"][record] ?? ""
    let other = Self.told(Self.english(frame: "for each \(english)", [], pay: "pay \(english) 300 yuan,"))
    let pay = try #require(Self.line(other, "例如："))
    #expect(Self.told(Self.english(frame: "for each \(english)", [], pay: pay)).isEmpty, "\(pay)")
    let condition = try #require(Self.line(Self.told(Self.english(frame: "for each \(english)", ["where 3 4"])), "例如："))
    #expect(Self.told(Self.english(frame: "for each \(english)", [condition], pay: pay)).isEmpty, "\(condition)")
  }

  @Test(
    "A payment without a day is offered one that its frame has",
    arguments: [
      ("对每家企业", "`于2026年6月30日计为应付`"), ("对每家企业，自2024至2026的每个年度", "`于年度的12月31日计为应付`"),
      ("对每家企业，自2026年1月1日至2026年6月30日每3个自然月的每期", "`于本期末日计为应付`"),
    ])
  func days(frame: String, day: String) {
    let told = Self.told(Self.chinese(frame: frame, [], pay: "付给该企业：100元"))
    #expect(told.map(\.code) == ["no-date"])
    #expect(told.first?.hint?.zh.contains(day) ?? false, "\(told.first?.hint?.zh ?? "")")
    let added = "付给该企业：100元，" + day.replacing("`", with: "")
    #expect(Self.told(Self.chinese(frame: frame, [], pay: added)).isEmpty)
  }

  @Test("A year or a period that the frame has not is told with what to write, and no reading is named")
  func noYear() {
    for (word, line) in [("年度的12月31日", "`每个年度`"), ("本期末日", "每3个自然月的每期")] {
      let told = Self.told(Self.chinese(frame: "对每家企业", [], pay: "付给该企业：100元，于\(word)计为应付"))
      #expect(told.map(\.code) == ["unknown-name"])
      let hint = told.first?.hint?.zh ?? ""
      #expect(hint.contains(line) && !hint.contains("year_of") && !hint.contains("年度归属"), "\(hint)")
    }
    let told = Self.told(Self.english(["where yearof = 3"]))
    #expect(told.first?.hint?.en.contains("year_of") == false)
    // Where a reading could stand it is asked back.
    let reading = Self.told(Self.english(["where clok is anniversary"]))
    #expect(reading.first?.hint?.en.contains("clock") == true, "\(reading.first?.hint?.en ?? "")")
  }

  @Test(
    "Lines of notices in English are answered with the line as rules have it",
    arguments: [
      ("where enterprise.size is small or micro", "where enterprise.size is any of (small, micro)"),
      ("where enterprise.size is not small or micro", "where enterprise.size is not any of (small, micro)"),
      ("where enterprise.size in (small, micro)", "where enterprise.size is any of (small, micro)"),
      ("where enterprise.size is one of (small, micro)", "where enterprise.size is any of (small, micro)"),
      ("where end is null", "where end is not given"), ("where end is empty", "where end is not given"),
      ("where end is missing", "where end is not given"), ("where end is not null", "where end is given"),
      ("where start within 2026", "where start from 2026-01-01 to 2026-12-31"),
      ("where age is between 16 and 24", "where (whole years from born to start) from 16 to 24"),
      ("where monthly_wage between 1 yuan and 3 yuan", "where monthly_wage from 1 yuan to 3 yuan"),
      (
        "pay enterprise 30% of monthly_wage, at most 1,500 yuan",
        "pay enterprise smaller of (30% of monthly_wage, 1,500 yuan)"
      ),
      (
        "pay enterprise 30% of monthly_wage up to 1,500 yuan on start",
        "pay enterprise smaller of (30% of monthly_wage, 1,500 yuan) on start"
      ),
      (
        "pay enterprise 30% of monthly_wage, at least 100 yuan",
        "pay enterprise larger of (30% of monthly_wage, 100 yuan)"
      ),
      (
        "pay enterprise greater of (500 yuan, 10% * monthly_wage)",
        "pay enterprise larger of (500 yuan, 10% * monthly_wage)"
      ),
      (
        "pay enterprise the lesser of (500 yuan, 10% * monthly_wage)",
        "pay enterprise smaller of (500 yuan, 10% * monthly_wage)"
      ),
      ("pay enterprise max(500 yuan, 10% * monthly_wage)", "pay enterprise larger of (500 yuan, 10% * monthly_wage)"),
    ])
  func inEnglish(written: String, line: String) {
    let rules = { (line: String) in
      line.hasPrefix("pay") ? Self.english([], pay: line) : Self.english([line])
    }
    let told = Self.told(rules(written))
    #expect(!told.isEmpty)
    #expect(told.allSatisfy { $0.hint?.en == "Rules have it so: `\(line)`" }, "\(told.map { $0.hint?.en ?? "" })")
    #expect(Self.told(rules(line)).isEmpty, "\(Self.told(rules(line)).map(\.message.en))")
  }

  @Test("What stands in quotation marks is no turn, and what cannot be read is not offered")
  func untouched() {
    let time = WrittenTime([])
    for line in ["  assume \"paid at most 3 or 4, max(1, 2)\"", "  where end is given or start is given"] {
      #expect(EnglishTurns.asRule(line, time) == line)
    }
    let told = Self.told(Self.english(["where enterprise.size is huge or micro"]))
    #expect(told.allSatisfy { $0.hint?.en.contains("Rules have it so") == false })
  }

  @Test(
    "Quarters, half-years and months are offered as periods with the document's days",
    arguments: [
      ("每季度", "quarter", 3), ("每个季度", "quarter", 3), ("每半年", "half-year", 6), ("每月", "month", 1), ("每个月", "month", 1),
    ])
  func stretches(zh: String, en: String, months: Int) throws {
    let told = Self.told(Self.chinese(frame: "对每家企业，\(zh)", [], pay: "付给该企业：100元"))
    let frame = try #require(Self.line(told, "规则中写作："))
    #expect(frame == "对每家企业，自2026年1月1日至2026年6月30日每\(months)个自然月的每期")
    #expect(Self.told(Self.chinese(frame: frame, [], pay: "付给该企业：100元，于本期末日计为应付")).isEmpty)
    let other = Self.told(Self.english(frame: "for each enterprise, each \(en)", [], pay: "pay enterprise 1 yuan"))
    #expect(other.map(\.code) == ["endless-iteration"])
    let line = try #require(Self.line(other, "规则中写作："))
    let unit = months == 1 ? "month" : "months"
    #expect(
      line == "for each enterprise, each period of \(months) calendar \(unit) from 2026-01-01 to 2026-06-30", "\(line)")
    #expect(Self.told(Self.english(frame: line, [], pay: "pay enterprise 1 yuan on period_end")).isEmpty)
  }

  @Test("So are so many months")
  func months() {
    let chinese = Self.told(Self.chinese(frame: "对每家企业，每3个月", [], pay: "付给该企业：100元"))
    #expect(Self.line(chinese, "规则中写作：") == "对每家企业，自2026年1月1日至2026年6月30日每3个月的每期")
    let english = Self.told(
      Self.english(frame: "for each enterprise, each period of 3 months", [], pay: "pay enterprise 1 yuan"))
    let line = "for each enterprise, each period of 3 months from 2026-01-01 to 2026-06-30"
    #expect(Self.line(english, "规则中写作：") == line)
    #expect(Self.told(Self.english(frame: line, [], pay: "pay enterprise 1 yuan on period_end")).isEmpty)
  }

  @Test(
    "Turns of notices about stays, limits for each and months are answered with the line as rules have it",
    arguments: [
      ("凡就业单位的注册地为本区的", "凡就业单位的注册地属于本地区的"),
      ("凡稳定就业不满12个月的", "凡非（稳定就业满12个月）的"), ("凡稳定就业不足12个月的", "凡非（稳定就业满12个月）的"),
      ("凡稳定就业未满一年的", "凡非（稳定就业满12个月）的"), ("凡连续就业不满半年的", "凡非（稳定就业满6个月）的"),
      ("凡参保日期在2026年内的", "凡参保日期在2026年1月1日至2026年12月31日之间的"),
      ("凡参保日期在2026年的", "凡参保日期在2026年1月1日至2026年12月31日之间的"),
      ("同一人任意24个月内只享受一次", "同一人任意24个月内只计一次"), ("同一就业单位只申领一次", "同一就业单位只计一次"),
      ("付给就业单位：月工资的30%，但每人不超过1500元", "付给就业单位：（30%×月工资、1500元）中较小者"),
      ("付给就业单位：500元/月×自参保日期至离职日期的月数", "付给就业单位：500元/月×自参保日期至离职日期的整月数"),
    ])
  func notices(written: String, line: String) {
    let rules = { (line: String) in
      line.hasPrefix("付给") ? Self.chinese([], pay: line) : Self.chinese([line])
    }
    let told = Self.told(rules(written))
    #expect(Self.line(told, "规则中写作：") == line, "\(told.map { $0.hint?.zh ?? "" })")
    #expect(told.count == 1, "\(told.map(\.message.zh))")
    #expect(Self.told(rules(line)).isEmpty, "\(Self.told(rules(line)).map(\.message.zh))")
  }

  @Test("So is what is taken back of those who left too soon")
  func takenBack() {
    let back = { (condition: String) in
      Self.told(Self.chinese(["付给就业单位：1000元", "追回 全部，于离职日期计为应退，限\(condition)的"], pay: nil))
    }
    let told = back("稳定就业不满12个月")
    #expect(Self.line(told, "规则中写作：") == "追回 全部，于离职日期计为应退，限非（稳定就业满12个月）的")
    #expect(back("非（稳定就业满12个月）").isEmpty)
  }

  @Test("名 counts persons where 人 does")
  func persons() {
    let rules = { (word: String) in
      Self.chinese(
        ["参数 总数＝100\(word) “名额”", "凡就业单位的职工人数少于30\(word)的", "名额 共限总数", "名额 同一就业单位限2\(word)"],
        pay: "付给就业单位：500元/\(word)×1\(word)")
    }
    for word in ["人", "名"] { #expect(Self.told(rules(word)).isEmpty, "\(Self.told(rules(word)).map(\.message.zh))") }
    // Where 名 belongs to the clause it still does.
    let first = Self.chinese(["参数 起点＝2人 “起点”", "同一就业单位只取前起点＋1名，按参保日期先后"])
    #expect(Self.told(first).isEmpty, "\(Self.told(first).map(\.message.zh))")
  }

  @Test("Only names of the kind that belongs there are offered")
  func kinds() {
    let day = Self.told(Self.chinese([], pay: "付给就业单位：1500元，于次月15日计为应付"))
    #expect(day.first?.hint?.zh.contains("次月首日") == false, "\(day.first?.hint?.zh ?? "")")
    let place = Self.told(Self.chinese(["凡参保日期早于内的"]))
    #expect(!place.contains { $0.hint?.zh.contains("内蒙古") ?? false }, "\(place.map { $0.hint?.zh ?? "" })")
    let within = Self.told(Self.english(["where start within home"]))
    #expect(within.map(\.code) == ["wrong-type"])
    #expect(within.first?.hint?.en.contains("from … to …") ?? false)
    // A fact and a choice are, where they can stand.
    #expect(Self.told(Self.chinese(["凡月工质不低于4000元的"])).first?.hint?.zh.contains("月工资") ?? false)
    #expect(Self.told(Self.chinese(["凡就业单位的规模为小形的"])).contains { $0.hint?.zh.contains("小型") ?? false })
  }

  @Test(
    "Figures are an example only where a figure may stand",
    arguments: ["次序 按先到先得", "与社保补贴就高不重复", "同一人任意24个月内只领一回"])
  func figures(clause: String) {
    for frame in ["对每名录用人员", "对每家企业"] {
      let pay = frame == "对每家企业" ? "付给该企业：1元，于2026年1月1日计为应付" : "付给就业单位：1元"
      let told = Self.told(Self.chinese(frame: frame, [clause], pay: pay))
      #expect(!told.isEmpty && told.allSatisfy { $0.hint != nil })
      #expect(!told.contains { $0.hint?.zh.contains("50%、") ?? false }, "\(told.map { $0.hint?.zh ?? "" })")
    }
    let measure = Self.told(Self.chinese(["与社保补贴就高不重复"]))
    #expect(measure.map(\.code) == ["unknown-name"])
    #expect(measure.first?.message.zh.contains("`社保补贴`") ?? false, "\(measure.first?.message.zh ?? "")")
  }

  @Test(
    "The yuan by another name is refused where it stands, and the rest is read in yuan",
    arguments: ["元", "人民币", "RMB", "人民币元", "人民币〔cny〕"])
  func yuan(name: String) {
    let told = Self.told(Self.chinese([], pay: "付给就业单位：10%×月工资", head: "货币 \(name)"))
    #expect(told.map(\.code) == ["currency-is-yuan"], "\(told.map(\.message.zh))")
    #expect(told.first?.location?.start.line == 5)
    let english = "document own\n  jurisdiction 350112\n  currency renminbi\nnote n\n  article \"1\"\n  text \"x\"\n"
    let codes = Self.told(english).map(\.code)
    #expect(codes.contains("currency-is-yuan") && !codes.contains("wrong-type"))
    let dollars = Self.told(Self.chinese([], pay: "付给就业单位：10美元", head: "货币 美元"))
    #expect(dollars.isEmpty, "\(dollars.map(\.message.zh))")
  }
}
