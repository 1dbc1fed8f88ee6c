// What forms and sentences say of one total: split over the same lines, as shares of sources, as more or less, in
// words.

import Answers
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Papers that contradict themselves line by line")
struct PaperSplitTests {
  /// What `report check` finds of a text.
  private func findings(_ text: String) throws -> [String] {
    let bench = try Bench()
    bench.session.folder = bench.path("")
    try text.write(toFile: bench.path("n.md"), atomically: true, encoding: .utf8)
    let record = try #require(bench.ask("report check n.md").last?.json.first)
    guard case .array(let rows)? = record["findings"] else { return [] }
    return rows.map { row in
      [row["finding"], row["found"], row["wanted"]].map { if case .string(let text)? = $0 { text } else { "" } }
        .joined(separator: " | ")
    }
  }

  private static func form(_ head: String, _ first: String, _ second: String) -> String {
    "\n## \(head)\n\n| 措施 | 合计（元） |\n| --- | ---: |\n| 吸纳补贴 | \(first) |\n| 见习补贴 | \(second) |\n"
      + "| 合计 | 39,200.00 |\n"
  }

  @Test("forms of one total with the same lines say the same of each; what most say is right")
  func splits() throws {
    let (one, other) = (("14,400.00", "24,800.00"), ("24,800.00", "14,400.00"))
    let same = Self.form("一、测算", one.0, one.1) + Self.form("四、明细", one.0, one.1)
    #expect(try findings(same).isEmpty)
    let two = try findings(Self.form("一、测算", one.0, one.1) + Self.form("四、明细", other.0, other.1))
    #expect(two.count == 2 && two[0].hasPrefix("repeats | ") && two[0].contains("≠"), "\(two)")
    let three = try findings(same + Self.form("五、资金", other.0, other.1))
    #expect(Set(three) == ["repeats | 24,800.00 | 14,400.00", "repeats | 14,400.00 | 24,800.00"], "\(three)")
  }

  @Test(
    "sentences: shares that are no whole, less that is more, sums in words, sums of some lines",
    arguments: [
      ("所需资金由就业补助资金61%、市级15%、区级25%承担。", "shares | 61% + 15% + 25% | 100%"),
      ("所需资金由就业补助资金60%、市级15%、区级25%承担。", ""), ("由就业补助资金60%、市级15%承担，其余由区级财政承担。", ""),
      ("资金来源由“就业补助资金60%、区级财政40%”调整为“就业补助资金70%、区级财政30%”。", ""),
      ("资金来源由“就业补助资金60%、其余区级财政”调整为“就业补助资金70%、其余区级财政”。", ""),
      ("资金来源由就业补助资金60%、区级财政40%调整为就业补助资金70%、区级财政30%。", ""),
      ("资金来源由“就业补助资金60%、区级财政40%”调整为“就业补助资金70%、区级财政40%”。", "shares | 70% + 40% | 100%"),
      ("比现行办法减少1,217.08元。", "sign | 1,217.08 元 | 1,217.08"), ("比现行办法增加1,217.08元。", ""),
      ("共需资金三万九千二百元。", ""), ("共需资金三万九千三百元。", "said | 三万九千三百元 | 39,200.00"),
      ("两项合计39,200.00元，第一、第三项合计15,617.08元。", ""),
    ])
  func sentences(_ sentence: String, _ finding: String) throws {
    let effect =
      "\n## 三、修订\n\n| 条款 | 资金影响（元） |\n| --- | ---: |\n| 一 | +1,217.08 |\n| 三 | 0.00 |\n| 合计 | +1,217.08 |\n"
    let more =
      "\n## 五、其他\n\n| 项目 | 金额（元） |\n| --- | ---: |\n| 甲 | 14,400.00 |\n| 乙 | 23,582.92 |\n"
      + "| 丙 | 1,217.08 |\n| 合计 | 39,200.00 |\n"
    let found = try findings(
      "# 说明\n\n" + sentence + "\n" + Self.form("一、测算", "14,400.00", "24,800.00") + effect + more)
    #expect(found == (finding.isEmpty ? [] : [finding]), "\(sentence): \(found)")
  }

  @Test("a word that is a figure elsewhere is none: 一并")
  func words() throws {
    let form = { (state: String) in "\n## 报送材料\n\n| 材料 | 现状 |\n| --- | --- |\n| 起草说明 | \(state) |\n" }
    #expect(try findings("# 说明\n" + form("即本件") + form("随本件一并报送")).isEmpty)
    #expect(try findings("# 说明\n" + form("算例3个") + form("算例4个")).count == 1)
  }
}
