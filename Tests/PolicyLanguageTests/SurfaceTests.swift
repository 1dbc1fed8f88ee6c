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

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
  }

  private func world() throws -> (FactDictionary, Gazetteer) {
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
