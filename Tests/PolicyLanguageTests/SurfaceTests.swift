// Both surfaces of the rule language: every bundled document in Chinese and back is the same policy.
import Diagnostics
import Facts
import Foundation
import Reckoning
import Testing

@testable import PolicyLanguage

struct SurfaceTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/CDistricts")
  static let documents = ["changle-2022", "changle-2020", "fuzhou-2021", "jindong-2021", "quanzhou-tiz-2023"]

  private func text(_ name: String) throws -> String { try Self.text(name) }

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  static let known = Result { try made() }

  private func world() throws -> (FactDictionary, Gazetteer) { try Self.known.get() }

  private static func made() throws -> (FactDictionary, Gazetteer) {
    let places = Gazetteer(table: try text("places.csv"))
    let source = SourceFile(name: "facts.md", text: try text("documents/facts.md"))
    let (syntax, _) = PolicyParser.parse(document: source)
    return (DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: places).0, places)
  }

  @Test(arguments: documents)
  func aDocumentInChineseIsTheSamePolicy(_ name: String) throws {
    let (dictionary, places) = try world()
    let source = SourceFile(name: name + ".md", text: try text("documents/\(name).md"))
    let chinese = RuleTranslation.translate(source, to: .zh, dictionary: dictionary, places: places)
    #expect(chinese.diagnostics.map(\.message.en) == [])
    #expect(chinese.text != source.text)
    #expect(chinese.unnamed == [])
    let again = SourceFile(name: name + ".md", text: chinese.text)
    let english = RuleTranslation.translate(again, to: .en, dictionary: dictionary, places: places)
    #expect(english.diagnostics.map(\.message.en) == [])
    let back = SourceFile(name: name + ".md", text: english.text)
    #expect(
      RuleTranslation.canonical(back, dictionary: dictionary, places: places)
        == RuleTranslation.canonical(source, dictionary: dictionary, places: places))
  }

  private static let catalogue = folder.appending(path: "../../Tests/Fixtures/catalogue").standardizedFileURL

  /// The documents of the catalogue, without their twins.
  static let catalogued: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: catalogue.path(percentEncoded: false))) ?? []
    return all.filter { $0.hasSuffix(".md") && !$0.hasSuffix(".zh.md") }.map { String($0.dropLast(3)) }.sorted()
  }()

  @Test(arguments: catalogued)
  func theTwinInChineseIsTheSamePolicy(_ name: String) throws {
    let (dictionary, places) = try world()
    let english = try String(contentsOf: Self.catalogue.appending(path: name + ".md"), encoding: .utf8)
    let twin = Self.catalogue.appending(path: name + ".zh.md")
    let source = SourceFile(name: name, text: english)
    let written = RuleTranslation.translate(source, to: .zh, dictionary: dictionary, places: places)
    #expect(written.diagnostics.map(\.message.en) == [])
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
      try written.text.write(to: twin, atomically: true, encoding: .utf8)
    }
    let chinese = try String(contentsOf: twin, encoding: .utf8)
    #expect(written.text == chinese)
    #expect(
      RuleTranslation.canonical(SourceFile(name: name, text: chinese), dictionary: dictionary, places: places)
        == RuleTranslation.canonical(source, dictionary: dictionary, places: places))
  }

  @Test func everyMechanismHasItsTwin() { #expect(Self.catalogued.count == 25) }

  @Test(arguments: ["LANGUAGE.zh.md", "README.zh.md"])
  func everyRuleOnAChinesePageCanBeRead(_ page: String) throws {
    let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    let (syntax, problems) = PolicyParser.parse(
      document: SourceFile(name: page, text: text), dictionary: try world().0)
    // Several documents stand on one page.
    let mistakes = problems.filter { $0.severity == .error && $0.code != "second-header" }
    #expect(mistakes.map { "\($0.location?.start.line ?? 0): \($0.message.en)" } == [])
    #expect(!syntax.measures.isEmpty)
  }

  @Test func everyWordOfRulesInChineseStandsInTheChineseBook() throws {
    let root = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
    let book = try String(contentsOf: root.appendingPathComponent("LANGUAGE.zh.md"), encoding: .utf8)
    #expect(ChineseWords.all.filter { !book.contains($0) }.sorted() == [])
  }

  @Test func aMeasureWithoutAnyIDIsRead() throws {
    let (dictionary, places) = try world()
    let text = """
      ```policy
      文件 带教办法
        施行地区 长乐区〔350112〕
      口径 范围 “哪些省份算西部？”
        全部西部 默认 “西部各省份”
        不满十省 “只有点名的”
      清单 录用人员，每条为录用人员
        字段 带教师傅 引自 师傅 未填即无
      清单 师傅，每条为师傅，单位 “名”
        起始 聘任日期
        字段 id 文本 必填
        字段 等级 选项（高级工、技师） 必填
        字段 聘任日期 日期 必填
      措施 带教津贴
        名称 “带教津贴”
        条款 “一”
        待遇类型 带教津贴
        对每名师傅，自1至3的每个周年
        凡等级为技师的
        计 出师学徒＝该师傅的录用人员，其中范围为不满十省，或户籍地属于原州区〔640402〕的
        付给该师傅：100元×周年×出师学徒数，于聘任日期＋12个月×周年计为应付
      ```
      """
    var known = dictionary
    let source = SourceFile(name: "x.md", text: text)
    let (syntax, mistakes) = PolicyParser.parse(document: source, dictionary: dictionary)
    let (_, problems) = Checker.check(syntax, dictionary: &known, places: places, notes: NameNotes())
    #expect((mistakes + problems).filter { $0.severity == .error }.map(\.message.en) == [])
    #expect(known.list("hires")?.field("带教师傅")?.type == .reference("师傅"))
    #expect(known.list("师傅")?.begins == "聘任日期")
  }

  @Test func rulesInChineseUseNamesThatRulesInEnglishDeclareAndNoneOfATable() throws {
    let (dictionary, places) = try world()
    let text = """
      ```policy
      document mixed
        jurisdiction 350112
      define local zh 本区企业(e: enterprise)
        e.district within home
      ```

      ```text
      措施  条款  合计
      ```

      ```policy
      措施 入职奖励
        名称 “入职奖励”
        条款 “一”
        待遇类型 入职奖励
        对每名录用人员
        凡就业单位为本区企业的
        付给就业单位：1000元
      ```
      """
    let source = SourceFile(name: "x.md", text: text)
    let english = RuleTranslation.translate(source, to: .en, dictionary: dictionary, places: places)
    #expect(english.diagnostics.map(\.message.en) == [])
    #expect(english.text.contains("where local(enterprise)"))
  }

  static let fixtures: [String] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/language")
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { $0.hasSuffix(".md") }.sorted().map { folder.appendingPathComponent($0).path }
  }()

  /// Translated to Chinese and back; the Chinese.
  private func turned(_ text: String, name: String = "x.md") throws -> String {
    let (dictionary, places) = try world()
    let source = SourceFile(name: name, text: text)
    func canonical(_ source: SourceFile) -> [String] {
      RuleTranslation.canonical(source, dictionary: dictionary, places: places)
    }
    let chinese = RuleTranslation.translate(source, to: .zh, dictionary: dictionary, places: places)
    #expect(chinese.diagnostics.map(\.message.en) == [])
    let again = SourceFile(name: name, text: chinese.text)
    #expect(canonical(again) == canonical(source))
    let english = RuleTranslation.translate(again, to: .en, dictionary: dictionary, places: places)
    #expect(english.diagnostics.map(\.message.en) == [])
    #expect(canonical(SourceFile(name: name, text: english.text)) == canonical(source))
    // What is in a language already keeps its bytes.
    #expect(RuleTranslation.translate(again, to: .zh, dictionary: dictionary, places: places).text == chinese.text)
    return chinese.text
  }

  @Test(arguments: fixtures)
  func aMechanismInChineseIsTheSame(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(try turned(text) != text)
  }

  /// Rules of every form, nested by chance: they read in Chinese what they read in English.
  @Test func rulesByChanceAreTheSame() throws {
    let (dictionary, places) = try world()
    var sound = 0
    for seed in 1...60 {
      var chance = RuleChance(seed: UInt64(seed))
      let text = chance.document()
      let source = SourceFile(name: "chance-\(seed).md", text: text)
      let reading = RuleTranslation.Reading(source, dictionary, places)
      let errors = reading.diagnostics.filter { $0.severity == .error }
      // What cannot be, such as a range that ends before it begins, may come up; not often.
      guard errors.isEmpty else { continue }
      sound += 1
      _ = try turned(text, name: source.name)
    }
    #expect(sound > 50)
  }

  @Test func thereAreMechanisms() { #expect(Self.fixtures.count >= 10) }

  /// What the language gained last, as an official document writes it; and as hands do.
  @Test func tablesCapsAndInstalmentsReadAsDocumentsWriteThem() throws {
    let (dictionary, places) = try world()
    let text = try turned(Self.mechanisms)
    for line in [
      "标准表 奖励标准〔reward〕（人数〔n〕：数），单位元/人 “每人” en “for each” 依据 “通知” en “a notice”",
      "  不超过30：500元，记作 小档〔small〕", "  不满100：800元", "  超过：1,000元",
      "标准表 补贴表〔grant〕（规模〔s〕：企业的规模、发生日〔d〕：日期），单位元/人·月",
      "  微型或小型，自2022年4月1日起：300元", "  不限，自2023年4月1日起：5万元/人·月",
      "标准表 比例表〔share_of〕（企业甲〔e〕：企业），单位%", "  如企业甲属国有企业：50%", "  其余：60%",
      "  参数 奖金〔bonus〕＝1,000元，自2024年7月1日起为1,200元 “奖金” en “a bonus”",
      "  计 在册人员〔staff〕＝该企业的全部录用人员，其中于年度的12月31日在岗的",
      "  设 累进额〔steps〕＝在册人员数按奖励标准累进", "  付给该企业：累进额四舍五入到10元，于年度的12月31日计为应付",
      "  付给该企业：奖金（2024年7月1日）舍去到1元，自年度的12月31日起每3个月一期等额3期",
      "    分期 40%，于年度的12月31日计为应付，限比例表（该企业）高于50%的", "    分期 余额，于年度的12月31日＋1日计为应付",
      "  限额 同一企业、年度不超过6万元，先到先得", "  限额 共不超过1,000万元，按比例", "合并限额 单家企业〔firm〕", "  涉及 用工",
      "  限额 同一发放对象、年度不超过5,000元，先到先得",
    ] {
      let plain = line.replacing("1,000元", with: "1000元").replacing("1,200元", with: "1200元").replacing(
        "5,000元", with: "5000元"
      ).replacing("1,000万元", with: "1000万元")
      #expect(text.contains(plain + "\n"), "\(plain)\n\(text)")
    }
    let hand = text.replacing("，记作 小档〔small〕", with: "〔small〕。").replacing("元/人·月", with: "元每人每月")
      .replacing("起为", with: "起").replacing("，先到先得", with: "").replacing("：", with: ":").replacing("，", with: ",")
      .replacing("（", with: "(").replacing("）", with: ")").replacing("＝", with: " = ")
    func canonical(_ text: String) -> [String] {
      RuleTranslation.canonical(SourceFile(name: "x.md", text: text), dictionary: dictionary, places: places)
    }
    #expect(canonical(hand) == canonical(text).map { $0.replacing("small zh 小档", with: "small") })
  }

  private static let mechanisms = """
    ```policy
    document mechanisms
      jurisdiction 350112
    table reward zh 奖励标准(n zh 人数: number) yuan per person "for each" zh "每人" from "a notice" zh "通知"
      up to 30: 500 yuan as small zh 小档
      below 100: 800 yuan
      above: 1,000 yuan
    table grant zh 补贴表(s zh 规模: enterprises.size, d zh 发生日: date) yuan per person per month
      micro or small, from 2022-04-01: 300 yuan
      any, from 2023-04-01: 50,000 yuan per person per month
    table share_of zh 比例表(e zh 企业甲: enterprise) %
      when e.state_owned: 50%
      otherwise: 60%
    measure use zh 用工
      title "Use" zh "用工"
      article "1"
      kind use
      param bonus zh 奖金 = 1,000 yuan, 1,200 yuan from 2024-07-01 "a bonus" zh "奖金"
      for each enterprise, each year from 2026 to 2027
      count staff zh 在册人员 = all hires of enterprise where present on 31 December of year
      let steps zh 累进额 = reward through count of staff
      let unused = grant(enterprise.size, as_of) * 3 * 2 months
      pay enterprise round steps to 10 yuan on 31 December of year
      pay enterprise round bonus(2024-07-01) down to 1 yuan in 3 equal parts every 3 months from 31 December of year
      pay enterprise steps
        part 40% on 31 December of year when share_of(enterprise) > 50%
        part rest on 31 December of year + 1 day
      cap 60,000 yuan for each enterprise, year
      cap 10,000,000 yuan in all in proportion
    limit firm zh 单家企业
      article "3"
      over use
      cap 5,000 yuan for each beneficiary, year
    ```
    """

  @Test func aMeasureWrittenInChineseIsItsEnglishTwin() throws {
    let (dictionary, places) = try world()
    let chinese = """
      ```policy
      文件 welcome
        施行地区 长乐区〔350112〕
      措施 入职奖励〔welcome_bonus〕
        名称 “入职奖励” en “Welcome bonus”
        条款 “一”
        待遇类型 入职奖励〔welcome_bonus〕
        参数 奖励额〔rate〕＝1,000元
        对每名录用人员
        凡就业单位的注册地属于本地区，且稳定就业满6个月的
        付给就业单位：奖励额，于满6个月之日计为应付
      ```
      """
    let english = """
      ```policy
      document welcome
        jurisdiction 350112
      measure welcome_bonus zh 入职奖励
        title "Welcome bonus" zh "入职奖励"
        article "一"
        kind welcome_bonus zh 入职奖励
        param rate zh 奖励额 = 1000 yuan
        for each hire
        where enterprise.district within home and stable for 6 months
        pay enterprise rate on completion of 6 months
      ```
      """
    func canonical(_ text: String) -> [String] {
      RuleTranslation.canonical(SourceFile(name: "x.md", text: text), dictionary: dictionary, places: places)
    }
    #expect(canonical(chinese) == canonical(english))
  }
}
