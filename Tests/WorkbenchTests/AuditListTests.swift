// Lists of payments as banks and offices write them: the holder of an account beside a person's number, the last
// digits of numbers, articles before names, and this program's own lists of what it reckons.

import Answers
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Lists of payments as banks and offices write them")
struct AuditListTests {
  private static let rules = """
    ```policy
    document settling
      title "Grants" zh "补贴办法"
      number "测〔2022〕1号"
      jurisdiction 350112
      issued 2022-01-01
      window from 2022-01-01 to 2022-12-31

    measure grant zh 就业补贴
      title "Grant to workers" zh "劳动者稳定就业补贴"
      article "二（三）"
      kind worker_reward
      param places zh 名额 = 4 hires "places" zh "名额"
      for each hire
      where enterprise.district within home
      pay worker 1,000 yuan on completion of 3 months
      quota places in all
      ordered by start

    measure fee zh 机构服务费
      title "Fee for agencies" zh "机构服务补助"
      article "二（四）"
      kind agency_reward
      for each hire
      where agency is given
      pay agency 200 yuan on completion of 3 months
    ```
    """

  private static let scenario = """
    scenario: 核对 · Audit
    district: 350112
    as_of: 2022-12-31
    documents: [settling]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
    agencies:
      - {id: q, name: 红星人力, district: 350112, filed: true}
      - {id: r1, name: 江畔园, district: 350112, filed: true}
      - {id: r2, name: 江畔园, district: 350112, filed: true}
    hires:
      - {id: h1, worker: 张三, worker_id: 522401199001010116, enterprise: k, agency: q, start: 2022-03-01}
      - {id: h2, worker: 李四, worker_id: 522401199002010126, enterprise: k, agency: r1, start: 2022-03-02}
      - {id: h3, worker: 张伟, worker_id: 522401199003010136, enterprise: k, agency: r2, start: 2022-03-03}
      - {id: h4, worker: 张伟, worker_id: 522401199004010146, enterprise: k, start: 2022-03-04}
      - {id: h5, worker: 郑一, worker_id: 522401199008010186, enterprise: k, start: 2022-03-05}
    """

  private func audit(_ list: String, _ more: String = "") throws -> (found: [String: String], told: String) {
    let bench = try Bench(Self.scenario, policies: [Self.rules.replacing("4 hires", with: "9 hires")])
    bench.session.folder = bench.path("")
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("run settling; audit paid.csv \(more)")
    let text = told.map { MarkdownRenderer(language: .zh).render($0.document) }.joined()
    let audit = try #require(told.flatMap(\.json).last { $0["kind"] == .string("audit") })
    guard case .array(let rows)? = audit["entries"] else { throw SweepTests.Failure() }
    var found: [String: String] = [:]
    for row in rows {
      guard case .int(let line)? = row["line"], case .string(let finding)? = row["finding"] else { continue }
      found["\(line)"] = finding
    }
    return (found, text)
  }

  @Test(
    "the holder of an account beside a person's number is that person",
    arguments: ["户名", "收款人", "收款户名", "账户名称", "发放对象", "补贴对象", "收款人姓名"])
  func holders(_ heading: String) throws {
    let found = try audit(
      """
      \(heading),身份证号,补贴项目,金额,发放日期
      张三,522401199001010116,就业补贴,1000,2022-06-01
      张伟,522401199004010146,就业补贴,1000,2022-06-04
      李四,522401199008010186,就业补贴,1000,2022-06-05
      张三,522401199001010116,机构服务费,200,2022-06-01
      李红,522401199002010126,就业补贴,1000,2022-06-02

      """
    ).found
    // Another's number is not clear, what is due to the agency is not due to the person, and a number tells whose a
    // mistaken name is.
    #expect(found == ["2": "as_due", "3": "as_due", "4": "unclear", "5": "not_due", "6": "as_due"], "\(found)")
    let beside = try audit("\(heading),姓名,金额,补贴项目,发放日期\n张三,张三,1000,就业补贴,2022-06-01\n").found
    #expect(beside == ["2": "as_due"], "\(beside)")
    let firm = try audit("\(heading),身份证号,金额,补贴项目,发放日期\n红星人力,522401199001010116,200,机构服务费,2022-06-01\n").found
    #expect(firm == ["2": "as_due"], "\(firm)")
  }

  @Test("an article and a name together are the measure, and what is none has a way out")
  func articles() throws {
    for words in ["二（三）就业补贴", "二（三） 就业补贴", "就业补贴（二（三））", "第二（三）项：劳动者稳定就业补贴"] {
      let found = try audit("姓名,身份证号,项目,金额,发放日期\n张三,522401199001010116,\(words),1000,2022-06-01\n").found
      #expect(found == ["2": "as_due"], "\(words) \(found)")
    }
    let other = try audit("姓名,身份证号,项目,金额,发放日期\n张三,522401199001010116,二（四）就业补贴,1000,2022-06-01\n")
    #expect(other.found == ["2": "unclear"])
    #expect(other.told.contains("单元格 \"二（四）就业补贴\" = "), "\(other.told)")
  }

  @Test("the last characters of a number tell people of one name apart, and contradict another's")
  func lastDigits() throws {
    for heading in ["身份证后四位", "身份证号"] {
      let found = try audit(
        """
        姓名,\(heading),项目,金额,发放日期
        张伟,0136,就业补贴,1000,2022-06-03
        张伟,0146,就业补贴,1000,2022-06-04
        郑一,9999,就业补贴,1000,2022-06-05
        王不在,0116,就业补贴,1000,2022-06-01

        """)
      #expect(found.found == ["2": "as_due", "3": "as_due", "4": "unclear", "5": "matches_nobody"], "\(found.found)")
      #expect(found.told.filter { !$0.isWhitespace }.contains("h1张三"), "\(found.told)")
    }
  }

  @Test("names with their ids, and with a word behind them; of firms those near are named")
  func names() throws {
    let found = try audit(
      """
      对象,项目,金额,发放日期
      江畔园（r1）,机构服务费,200,2022-06-02
      江畔园（r2）,机构服务费,200,2022-06-03
      红星人力资源有限公司,机构服务费,200,2022-06-01
      郑一（女）,就业补贴,1000,2022-06-05

      """)
    #expect(found.found == ["2": "as_due", "3": "as_due", "4": "matches_nobody", "5": "as_due"], "\(found.found)")
    #expect(found.told.filter { !$0.isWhitespace && $0 != "│" }.contains("红星人力”"), "\(found.told)")
  }

  @Test("this program's own list of payments stands its own audit", arguments: ["csv", "xlsx"], ["en", "zh"])
  func own(_ ending: String, _ language: String) throws {
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    bench.session.language = language == "zh" ? .zh : .en
    let told = bench.ask("run settling; payments into own.\(ending); audit own.\(ending)")
    #expect(!told.contains { $0.failed }, "\(told.flatMap(\.diagnostics).map(\.message.en))")
    let audit = try #require(told.flatMap(\.json).last { $0["kind"] == .string("audit") })
    #expect(audit["paid"] == audit["matched"] && audit["paid"] == audit["due"], "\(audit.line)")
    #expect(told.flatMap(\.diagnostics).contains { $0.code == "paid-unread" && $0.message.zh.contains("没有支付") })
  }

  @Test("a payment that was reversed and made again is told below the lists")
  func reversed() throws {
    let told = try audit(
      """
      姓名,身份证号,项目,金额,发放日期
      张三,522401199001010116,就业补贴,1000,2022-06-01
      张三,522401199001010116,就业补贴,-1000,2022-06-10
      张三,522401199001010116,就业补贴,1000,2022-06-15

      """
    ).told
    #expect(told.contains("第 2 行由第 3 行冲正，第 4 行重新发放"), "\(told)")
  }
}
