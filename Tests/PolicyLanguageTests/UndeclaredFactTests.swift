// What is offered for a word of rules in Chinese that nothing is called: a line that works as it stands, or none.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Facts that are not declared")
struct UndeclaredFactTests {
  private static let facts = """
    list enterprises zh 企业, each an enterprise zh 企业 per 家
      field id zh 企业编号 text required
      field district zh 注册地 place required
      field began zh 参保日期 date required
      field wage zh 月工资 money required
    """

  private static let dictionary: FactDictionary = {
    let (syntax, mistakes) = PolicyParser.parse(
      rules: facts[...], in: SourceFile(name: "facts", text: facts), firstLine: 1)
    let (made, problems) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: Checking.places)
    for problem in mistakes + problems { Issue.record("\(problem.message.en)") }
    return made
  }()

  private static func check(_ field: String, _ clause: String, pays: String) -> [Diagnostic] {
    let list = field.isEmpty ? "" : "清单 企业，每条为企业\n  \(field)\n"
    let text = """
      ```policy
      文件 t
        施行地区 长乐区〔350112〕
      \(list)
      措施 补贴
        名称 “补贴”
        条款 “一”
        待遇类型 补贴
        对每家企业
      \(clause.isEmpty ? "" : "  \(clause)\n")  付给该企业：\(pays)，于2026年12月31日计为应付
      ```
      """
    let source = SourceFile(name: "draft", text: text)
    return RuleTranslation.Reading(source, dictionary, Checking.places).diagnostics.filter { $0.severity == .error }
  }

  /// The line that is offered; nil where none is.
  private static func offered(_ diagnostics: [Diagnostic]) -> String? {
    for hint in diagnostics.compactMap(\.hint?.zh) {
      guard let begin = hint.firstRange(of: "例如“字段 ") else { continue }
      return "字段 " + String(hint[begin.upperBound...].prefix { $0 != "”" })
    }
    return nil
  }

  @Test(
    "A fact is offered with the type of what it is compared with, and the rule is right once it is declared",
    arguments: [
      ("凡裁员率不高于5.5%的", "字段 裁员率 比例"), ("凡裁员率为5%的", "字段 裁员率 比例"), ("凡裁员率≤5.5%的", "字段 裁员率 比例"),
      ("凡5.5%不少于裁员率的", "字段 裁员率 比例"), ("凡该企业的裁员率不高于5.5%的", "字段 裁员率 比例"),
      ("凡缴费额超过2万元，且月工资不少于2000元的", "字段 缴费额 金额"), ("凡折算系数不少于1.5的", "字段 折算系数 小数"),
      ("凡折算系数不少于30的", "字段 折算系数 数"), ("凡认证日期早于2026年1月1日的", "字段 认证日期 日期"),
    ])
  func typed(clause: String, line: String) {
    let told = Self.check("", clause, pays: "100元")
    #expect(Self.offered(told) == line, "\(told.map { ($0.message.zh, $0.hint?.zh ?? "") })")
    let after = Self.check(line, clause, pays: "100元")
    #expect(after.isEmpty, "\(after.map(\.message.zh))")
  }

  @Test("What is paid by a share of a fact is a fact in yuan", arguments: ["失业保险费×60%", "失业保险费"])
  func paid(amount: String) {
    #expect(Self.offered(Self.check("", "", pays: amount)) == "字段 失业保险费 金额")
    #expect(Self.check("字段 失业保险费 金额", "", pays: amount).isEmpty)
  }

  @Test(
    "Pieces of a sentence are no facts, and what nothing says the type of is not offered",
    arguments: [
      "凡参保日期在2026年1月1日之后的", "凡2026年1月1日后参保的", "凡毕业两年内的", "次序 按月工资从高到低", "凡裁员率不高于同行业的",
      "凡失业期限不少于12个月的",
    ])
  func pieces(clause: String) {
    let told = Self.check("", clause, pays: "100元")
    #expect(!told.isEmpty && Self.offered(told) == nil, "\(told.map { $0.hint?.zh ?? "" })")
  }
}
