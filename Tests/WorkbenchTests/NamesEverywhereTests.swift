// Every word that answers use can be looked up; things are called by one name, and counted by one word.

import Answers
import Diagnostics
import Foundation
import PolicyLanguage
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Names everywhere")
struct NamesEverywhereTests {
  private static func bench(_ scenario: String) throws -> Bench {
    let bench = try Bench()
    let path = LanguageBookTests.root.appendingPathComponent("scenarios/\(scenario).yaml").path
    bench.session.language = .zh
    try #require(!bench.session.load(path: path).failed)
    return bench
  }

  private static func text(_ command: String, _ bench: Bench, _ language: Language = .zh) -> String {
    bench.session.language = language
    return bench.ask(command).map { answer in
      AnswerRenderer(format: .table, language: language, width: 300).render(answer)
        + answer.diagnostics.map { $0.message.in(language) + ($0.hint?.in(language) ?? "") }.joined()
    }.joined()
  }

  // MARK: Every word

  @Test("show knows every word that a document's rules declare, by either name", arguments: Language.allCases)
  func everyWord(language: Language) throws {
    let bench = try Self.bench("shared")
    bench.session.language = language
    var asked: Set<String> = []
    var unknown: [String] = []
    for document in bench.session.library.ids.compactMap(bench.session.library.document) {
      let words = RuleTerm.all(of: document).map { language == .zh ? $0.words.zh : $0.words.en }
      for word in words where asked.insert(word).inserted {
        let answer = bench.ask(language == .zh ? "查看 \(word)" : "show \(word)").last
        if answer?.failed ?? true { unknown.append(word) }
      }
    }
    #expect(asked.count > 50, "\(asked.count)")
    #expect(unknown.isEmpty, "\(unknown)")
  }

  @Test("and every fact, list, choice and kind")
  func everyFact() throws {
    let bench = try Self.bench("shared")
    var words: Set<String> = []
    for list in bench.session.library.dictionary.lists {
      words.formUnion([list.words.zh, list.record.zh] + (list.chinese.lasts.map { [$0.zh] } ?? []))
      for field in list.fields {
        words.insert(field.words.zh)
        if let says = field.says { words.formUnion([says.yes.zh, says.no.zh]) }
      }
    }
    for measure in bench.session.library.documents.flatMap(\.measures) where !measure.pays.isEmpty {
      words.formUnion([measure.words.zh, measure.kindWords.zh])
    }
    let unknown = words.sorted().filter { word in
      bench.ask("查看 \(word)").last.map { $0.failed && $0.diagnostics.first?.code == "unknown-thing" } ?? true
    }
    #expect(unknown.isEmpty, "\(unknown)")
  }

  @Test("what a word means is told in the reader's language, with the clause and the readings that it rests on")
  func meaning() throws {
    let bench = try Self.bench("agency-edge")
    let counted = Self.text("查看 达标人员", bench)
    #expect(counted.contains("机构奖励（三（二））所计的记录") && counted.contains("计 达标人员"), "\(counted)")
    #expect(!counted.contains("count placed"), "\(counted)")
    let sending = Self.text("查看 输出地", bench)
    #expect(sending.contains("输出地范围＝全部中西部") && sending.contains("原州区处理＝单列"), "\(sending)")
    #expect(Self.text("查看 稳定就业", bench).contains("离职日期不早于满n个月之日"))
    #expect(Self.text("show key", bench, .en).contains("define key"))
    #expect(Self.text("show local spells", bench, .en).contains("joins hires"))
  }

  // MARK: One name, one word

  @Test("what is taken for a list, a day or a year that is not stated is none, not no")
  func none() throws {
    let bench = try Self.bench("specialist-quotas")
    let told = Self.text("测算", bench)
    #expect(told.contains("；按“无”处理：考核合格年度"), "\(told)")
    #expect(!told.contains("公益岗位（录用人员 79）、考核合格年度"), "\(told)")
    #expect(Self.text("run", bench, .en).contains("; taken as none: passed_years"))
  }

  @Test("a quota of persons is counted in persons wherever it stands")
  func persons() throws {
    let bench = try Self.bench("specialist-quotas")
    let told = Self.text("测算；解释 赵陇生；查看 每企业名额；敏感性 changle-2022", bench)
    #expect(told.contains("每企业名额 2人") && told.contains("名额 2 人") && told.contains("现为 2 人"), "\(told)")
    #expect(!told.contains("名额 2个") && !told.contains("2 个，已由"), "\(told)")
  }

  @Test("sensitivity says by how much each sort of figure is changed, and its values have units")
  func sensitivity() throws {
    let bench = try Self.bench("agency-edge")
    let told = Self.text("敏感性 changle-2022", bench)
    #expect(told.contains("敏感性：各参数逐一变动") && !told.contains("各参数 ±"), "\(told)")
    #expect(told.contains("每项变动 ±10%；人数、月数等按此不足 1 的，变动 1；不超出文件规定的界限。"), "\(told)")
    #expect(told.contains("100 人") && told.contains("300 元"), "\(told)")
  }

  @Test("a comparison calls measures by their short names, in the table and below it")
  func comparison() throws {
    let bench = try Self.bench("agency-edge")
    let told = Self.text("草案 宽松 从 changle-2022：起奖人数 = 99；差异 changle-2022，宽松", bench)
    #expect(!told.contains("人力资源服务机构奖励"), "\(told)")
  }

  @Test("statements read names beside ids, in tables of either language")
  func statements() throws {
    let bench = try Self.bench("jindong-2021")
    let paid = Self.text(
      "测算；查询 \"SELECT 对象, 对象名称, 记录名称, 措施, 措施名称 FROM 明细 WHERE 措施 = '社保补贴' AND 对象 = 'shejiang' LIMIT 1\"", bench)
    #expect(paid.contains("畲江服饰") && paid.contains("吸纳脱贫人员社保补贴"), "\(paid)")
    #expect(Self.text("查询 \"SELECT 记录名称 FROM 未支付\"", bench).contains("石榴花"))
    #expect(Self.text("查询 \"SELECT 就业单位名称 FROM 录用人员 LIMIT 200\"", bench).contains("畲江服饰"))
    #expect(Self.text("sql \"select beneficiary_name from payments\"", bench, .en).contains("畲江服饰"))
  }

  @Test("amounts in ten thousands say so in every head")
  func heads() throws {
    let bench = try Self.bench("jindong-2021")
    bench.ask("设 单位 = 万")
    let answer = try #require(bench.ask("测算").last)
    var renderer = AnswerRenderer(format: .table, language: .zh, width: 200)
    renderer.look.unit = .wan
    let told = renderer.render(answer)
    #expect(told.contains("应付（万元）") && told.contains("未到期（万元）") && told.contains("合计（万元）"), "\(told)")
  }

  @Test("a place that nobody knows brings the places like it, and names of figures are told as answers have them")
  func remedies() throws {
    let bench = try Self.bench("jindong-2021")
    let told = Self.text("列出 录用人员 其中 户籍地 = 贵洲", bench)
    #expect(told.contains("贵州") && told.contains("地区"), "\(told)")
    let shown = Self.text("查看 就业补贴的一次性补贴额", bench)
    #expect(shown.contains("设定 就业补贴的一次性补贴额 = 3,000元"), "\(shown)")
    let answers = bench.ask("设定 jindong-2021.就业补贴的一次性补贴额 = 3,000元")
    #expect(answers.allSatisfy { !$0.failed })
    #expect(Self.text("列出 参数 前 3", bench).contains("，或 列出 清单名称 [其中 条件]"))
  }

  // MARK: Pages

  @Test("whoever points at a figure of a Chinese page reads what it is, and cells hold what Chinese would type")
  func pages() throws {
    let folder = try NotebookFolder()
    let page = try folder.page(
      """
      ---
      title: 测算
      language: zh
      scenarios: s.yaml
      parameters:
        rate: {type: money, default: 300 yuan, meaning: 首次标准}
      ---
      共 {= edge.agency_reward.total as 元 }，其中应付 {= edge.due as 元 }。

      ```cesuan name=edge
      若 首次标准 = {rate}，测算 changle-2022
      ```
      """, PageOptions(), .zh)
    #expect(page.contains("title=\"机构奖励合计（若 首次标准 = 300元，测算 changle-2022）\""), "\(page)")
    #expect(page.contains("title=\"应付（若 首次标准 = 300元，测算 changle-2022）\""), "\(page)")
    #expect(!page.contains("300 yuan") && !page.contains("agency_reward.total"), "\(page)")
  }
}
