// Columns of registers that are called otherwise than what they hold: identity numbers below 编号, agencies or persons
// below one heading, last days beside 在职, remarks of leaving, marks at names.
import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Columns of registers")
struct RegisterColumnsTests {
  private func imported(_ text: String, _ more: String = "") throws -> (bench: Bench, told: [Diagnostic]) {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    try text.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    let command = "导入 \"\(bench.path("r.csv"))\" 作为 录用人员 在 350112 核算日 2022-12-31 \(more)"
    return (bench, bench.ask(command).flatMap(\.diagnostics))
  }

  private func told(_ text: String, _ more: String = "") throws -> [Diagnostic] { try imported(text, more).told }

  private func unread(_ text: String, _ more: String = "") throws -> [Diagnostic] {
    try told(text, more).filter { $0.code == "column-unread" }
  }

  private func count(_ bench: Bench, _ condition: String) throws -> String? {
    try bench.object("count", "count hires where \(condition)")["count"]?.line
  }

  private static let numbers = ["62122119900101005X", "621221199103020021"]

  @Test(
    "Identity numbers below a heading of ids are those of the persons",
    arguments: ["ID", "ID/Passport No.", "编号", "人员编号", "个人编号（身份证号）"])
  func numbers(_ heading: String) throws {
    let rows = Self.numbers.map { "\($0),张伟,甲公司,2022-03-01\n" }.joined()
    let (bench, told) = try imported("\(heading),姓名,用工单位,参保日期\n\(rows)")
    #expect(!told.contains { $0.severity == .error }, "\(told)")
    #expect(try count(bench, "worker_id is given") == "2", "\(told.map(\.message.zh))")
  }

  @Test("Other numbers below such a heading are the records' ids, also where another column states the persons'")
  func ids() throws {
    let other = try imported("编号,姓名,用工单位,参保日期\n202200010001,张伟,甲公司,2022-03-01\n202200010002,王芳,甲公司,2022-03-01\n")
    #expect(try count(other.bench, "worker_id is given") == "0", "\(other.told)")
    let both = "编号,身份证号,姓名,用工单位,参保日期\nA1,\(Self.numbers[0]),张伟,甲公司,2022-03-01\n"
    #expect(try count(imported(both).bench, "worker_id is given") == "1")
    let own = try unread("id,姓名,用工单位,参保日期\n\(Self.numbers[0]),张伟,甲公司,2022-03-01\n")
    #expect(own.contains { $0.hint?.zh.contains("各列 id = 身份证号") == true }, "\(own)")
  }

  @Test(
    "A heading that says an agency or a person is read as both",
    arguments: [
      "介绍单位（个人）", "介绍机构/个人", "介绍机构（人）", "推荐单位（个人）", "介绍单位/介绍人", "介绍机构或个人", "Agency/Individual",
      "Recruited by (agency or individual)",
    ])
  func mixed(_ heading: String) throws {
    let rows = "张三,甲公司,2022-03-01,惠民人力\n李四,甲公司,2022-03-01,王大明\n"
    let (bench, told) = try imported("姓名,用工单位,参保日期,\(heading)\n\(rows)")
    #expect(try count(bench, "agency is given") == "1", "\(told.map(\.message.zh))")
    #expect(try count(bench, "referrer is given") == "1")
    let agencies = try imported("姓名,用工单位,参保日期,\(heading)\n\(rows)", "各列 \"\(heading)\" = 介绍机构")
    #expect(try count(agencies.bench, "agency is given") == "2", "\(agencies.told)")
  }

  @Test("A heading of agencies alone is read as before")
  func agencies() throws {
    for heading in ["介绍单位", "介绍机构（全称）", "介绍单位（公章）"] {
      let text = "姓名,用工单位,参保日期,\(heading)\n张三,甲公司,2022-03-01,惠民人力\n李四,甲公司,2022-03-01,王大明\n"
      #expect(try count(imported(text).bench, "referrer is given") == "0", "\(heading)")
    }
  }

  @Test(
    "Last days that are not read are told of as people fill them in",
    arguments: [
      ("止薪日期", "2022-06-30", "在职"), ("止薪日期", "2022-06-30", "至今"), ("派遣结束日期", "2022-06-30", "长期"),
      ("参保截止日期", "2022-06-30", "-"), ("止薪年月", "202206", "在职"), ("止薪年月", "2022.06", ""), ("止薪年月", "2022年6月", "-"),
      ("就业时间段", "2022.3.1-2022.6.30", "2022.3.1至今"), ("在职期间", "2022.3.1-6.30", "2022.3.1-在职"),
      ("Employment period", "2022-03-01 - 2022-06-30", ""), ("用工起止时间", "2022.3.1-2022.6.30", ""),
      ("Assignment end", "2022-06-30", "ongoing"),
    ])
  func lastDays(_ heading: String, _ one: String, _ other: String) throws {
    let head = "姓名,用工单位,参保日期,\(heading)\n张三,甲公司,2022-03-01,\(one)\n"
    let more = "李四,甲公司,2022-03-01,\(other)\n王五,甲公司,2022-03-01,\(other)\n"
    let found = try unread(head + more)
    #expect(found.contains { $0.message.zh.contains(heading) && $0.message.zh.contains("离职日期") }, "\(found)")
    let left = try unread(head + more, "各列 \"\(heading)\" = 不读")
    #expect(left.isEmpty, "\(left)")
  }

  @Test("Of two days in one cell the last can be asked for; a contract's are nobody's")
  func spans() throws {
    let rows = "张三,甲公司,2022-03-01,2022.3.1-2022.6.30\n李四,甲公司,2022-03-01,2022.3.1-2022.12.31\n"
    let read = try imported("姓名,用工单位,参保日期,在职期间\n\(rows)", "各列 在职期间 = 离职日期")
    #expect(try count(read.bench, "end is given") == "2", "\(read.told)")
    #expect(try unread("姓名,用工单位,参保日期,合同起止时间\n\(rows)").isEmpty)
  }

  @Test("Columns of months that some rows leave off are told of once, and not months that are still to come")
  func months() throws {
    let head = "姓名,用工单位,参保日期,1月,2月,3月,4月,5月,6月\n"
    let whole = "张三,甲公司,2022-01-01,√,√,√,√,,\n"
    let found = try unread(head + whole + "李四,甲公司,2022-01-01,√,√,,,,\n")
    #expect(found.count == 1 && found[0].message.zh.contains("第 3 行"), "\(found)")
    #expect(try unread(head + whole + "李四,甲公司,2022-01-01,√,√,√,√,,\n").isEmpty)
  }

  @Test(
    "Nobody who has introduced somebody is no agency",
    arguments: ["本人自谋", "无介绍机构", "无中介机构", "个人自主择业", "没有介绍机构", "未通过中介机构", "无推荐单位"])
  func nobody(_ word: String) throws {
    let text = "姓名,用工单位,参保日期,介绍机构\n张三,甲公司,2022-03-01,惠民人力\n李四,甲公司,2022-03-01,\(word)\n"
    let (bench, told) = try imported(text)
    #expect(try count(bench, "agency is given") == "1", "\(told.map(\.message.zh))")
  }

  @Test(
    "Remarks of leaving and of refusal are told of",
    arguments: [
      ("人员状态", "参保终止", true), ("审核意见", "不予享受", true), ("审核意见", "驳回", true), ("在职", "×", true), ("在职", "0", true),
      ("就业状态", "失业", true), ("备注", "合同到期未续签", true), ("备注", "返乡", true), ("备注", "转至乙厂", true), ("备注", "调往省外", true),
      ("入职前状态", "失业", false), ("备注", "调至二车间", false), ("备注", "已续签", false), ("备注", "返乡农民工", false), ("在职", "√", false),
      ("审核意见", "同意", false),
    ])
  func remarks(_ heading: String, _ text: String, _ isTold: Bool) throws {
    let found = try unread("姓名,用工单位,参保日期,\(heading)\n张三,甲公司,2022-03-01,\(text)\n李四,甲公司,2022-03-01,\n")
    #expect(found.contains { $0.message.zh.contains("照样读入") } == isTold, "\(found)")
  }

  @Test(
    "A column of figures or English words that says who is of a group is told of",
    arguments: [("贫困标识", "1", "0"), ("Poverty Relief", "TRUE", "FALSE")])
  func groups(_ heading: String, _ yes: String, _ no: String) throws {
    let found = try unread("姓名,用工单位,参保日期,\(heading)\n张三,甲公司,2022-03-01,\(yes)\n李四,甲公司,2022-03-01,\(no)\n")
    #expect(found.contains { $0.hint?.zh.contains("= 脱贫人员") == true }, "\(found)")
    let others = try unread("姓名,用工单位,参保日期,就业人数\n张三,甲公司,2022-03-01,1\n李四,甲公司,2022-03-01,1\n")
    #expect(!others.contains { $0.hint?.zh.contains("= 脱贫人员") == true }, "\(others)")
  }

  @Test("Of employers the premiums, those laid off and the lists are known or told of, and a headcount is no money")
  func employers() throws {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    let text =
      "企业名称,注册地,企业规模,上年度实际缴纳失业保险费,上年度裁员人数,上年度参保职工平均人数,入选名单\n"
      + "甲公司,350112,小型,56780.50,2,120,龙头企业、诚信用工\n乙公司,350112,小型,1200.00,0,2100,\n"
    try text.write(toFile: bench.path("e.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("导入 \"\(bench.path("e.csv"))\" 作为 企业 在 350112 核算日 2022-12-31").flatMap(\.diagnostics)
    let given = try bench.object(
      "count", "count enterprises where ui_premiums_last_year = 56780.50 yuan and layoffs = 2")
    #expect(given["count"]?.line == "1", "\(told)")
    #expect(!told.contains { $0.hint?.zh.contains("平均人数 = ") == true }, "\(told)")
    #expect(told.contains { $0.code == "column-unread" && $0.message.zh.contains("入选名单") }, "\(told)")
  }

  @Test(
    "Marks at names that make two persons of one are told of where no number tells",
    arguments: ["卓玛※", "*卓玛", "卓玛①", "卓玛（组长）", "卓玛 (女)", "卓玛.", "卓玛#", "卓玛（二次入职）"])
  func marks(_ name: String) throws {
    let without = try pair("卓玛", name)
    #expect(without.contains { $0.code == "names-alike" && $0.hint?.zh.contains("`卓玛`") == true }, "\(without)")
    #expect(try !pair("卓玛", name, Self.numbers).contains { $0.code == "names-alike" }, "\(name)")
    for (one, other) in [("张伟1", "张伟2"), ("欧阳*", "欧阳**"), ("卓玛", "央金※")] {
      #expect(try !pair(one, other).contains { $0.code == "names-alike" }, "\(other)")
    }
  }

  private func pair(_ one: String, _ other: String, _ numbers: [String] = []) throws -> [Diagnostic] {
    let bench = try Bench("scenario: t\ndistrict: 350112\n")
    let ids = numbers.map { ", worker_id: \"\($0)\"" } + ["", ""]
    try """
    scenario: t
    district: 350112
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: h1, worker: "\(one)", enterprise: e, start: 2022-03-01, end: 2022-08-31\(ids[0])}
      - {id: h2, worker: "\(other)", enterprise: e, start: 2022-10-01\(ids[1])}

    """.write(toFile: bench.path("x.yaml"), atomically: true, encoding: .utf8)
    return bench.session.load(path: bench.path("x.yaml")).diagnostics
  }
}
