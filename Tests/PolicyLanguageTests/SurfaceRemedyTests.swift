// Mistakes in rules in Chinese: what is said of them can be written into rules in Chinese as it stands.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("What is said of rules in Chinese")
struct SurfaceRemedyTests {
  private static let facts = """
    list enterprises zh 企业, each an enterprise zh 企业 per 家
      field id zh 企业编号 text required
      field name zh 企业名称 text default id
      field district zh 注册地 place required
      field lists zh 名单 set of one of (leading_2021 zh 龙头企业, honest_employer zh 诚信用工)
      field size zh 规模 one of (micro zh 微型, small zh 小型)
      field state_owned zh 国有 bool default false
      field employees zh 职工人数 number
      field premiums zh 失业保险费 money
    list agencies zh 机构, each an agency zh 机构 per 家
      field id zh 机构编号 text required
      field district zh 注册地 place required
      field filed zh 备案 bool default false
      field registered_on zh 注册日期 date
    list hires zh 录用人员, each a hire zh 录用人员 per 名
      person worker
      begins start
      ends end
      field id zh 序号 text required
      field worker zh 姓名 text default id
      field origin zh 户籍地 place
      field enterprise zh 就业单位 reference to enterprises required
      field agency zh 介绍机构 reference to agencies absent means none
      field start zh 参保日期 date required
      field end zh 离职日期 date absent means none
      field graduated zh 毕业时间 date or year absent means none
      field wage zh 月工资 money
      field organised zh 有组织 bool default true
    list loans zh 贷款, each a loan zh 贷款 per 笔
      field id zh 贷款编号 text required
      field lender zh 贷款人 reference to enterprises required
      field borrower zh 借款人 reference to enterprises required
      field years zh 贴息年度 set of number
    """

  private static let dictionary: FactDictionary = {
    let (syntax, mistakes) = PolicyParser.parse(
      rules: facts[...], in: SourceFile(name: "facts", text: facts), firstLine: 1)
    let (made, problems) = DictionaryBuilder.extend(FactDictionary(), with: syntax.lists, places: Checking.places)
    for problem in mistakes + problems { Issue.record("\(problem.message.en)") }
    return made
  }()

  /// Rules with a mistake, clause by clause in Chinese.
  private static func inChinese(_ rules: String) -> String {
    let source = SourceFile(name: "draft", text: "```policy\n" + rules + "\n```")
    let reading = RuleTranslation.Reading(source, dictionary, Checking.places)
    let names = ChineseNames(reading.dictionary, document: source.text)
    let writer = RuleWriter(surface: .zh, notes: reading.notes, places: Checking.places)
    return FenceTranslation(language: .zh, isMeant: { $0 != .zh }, reading: reading, names: names, writer: writer)
      .document(source)
  }

  private static func check(_ text: String) -> [Diagnostic] {
    RuleTranslation.Reading(SourceFile(name: "draft", text: text), dictionary, Checking.places).diagnostics
  }

  /// Words of rules in English that are left in what is said.
  static func english(in text: String, but allowed: Set<String>) -> [String] {
    var found: [String] = []
    for (i, piece) in text.components("`").enumerated() where i % 2 == 1 {
      let words = piece.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }.map(String.init)
      for word in words where word.contains(where: \.isLetter) && !allowed.contains(word) {
        let isWord = Word(rawValue: word) != nil || SurfaceWords.units[word] != nil
        if isWord || dictionary.list(called: word) != nil || dictionary.lists.contains(where: { $0.field(word) != nil })
        {
          found.append(word)
        }
      }
    }
    return found
  }

  /// Mistakes that rules in Chinese cannot have: they have one sign for `of` and `*`, and a list and one of its records
  /// are called the same.
  private static let others: Set<String> = ["count-as-share", "unknown-name+reference"]

  @Test("Every mistake of the checker, too, is told in the words of the rules", arguments: CheckerGoldenTests.mistakes)
  func checker(_ mistake: (name: String, rules: String)) {
    let text = Self.inChinese(mistake.rules)
    let told = Self.check(text)
    let code = String(mistake.name.prefix { $0 != "+" })
    if !Self.others.contains(mistake.name) {
      #expect(told.contains { $0.code == code }, "\(told.map { $0.code + " " + $0.message.en })\n\(text)")
    }
    for d in told {
      for said in [d.message, d.hint ?? .same("")] {
        let left = Self.english(in: said.zh, but: ["zh"]) + Self.english(in: said.en, but: ["zh"])
        #expect(left == [], "\(d.code): \(said.zh) \(said.en)\n\(text)")
      }
    }
  }

  @Test("Pieces of rules in remedies come in the words of rules in Chinese")
  func pieces() {
    let text = """
      ```policy
      文件 d
        施行地区 长乐区〔350112〕
      ```
      """
    let source = SourceFile(name: "draft", text: text)
    let (syntax, _) = PolicyParser.parse(document: source, dictionary: Self.dictionary)
    let remedies = ChineseRemedies(syntax, dictionary: Self.dictionary, places: Checking.places)
    let place = source.location(fromUTF8: 12, to: 12)
    for (english, chinese) in [
      ("Write `on 31 December of year`.", "Write `于年度的12月31日计为应付`."),
      ("`* 3 months`, `>= 100`", "`×3个月`, `不少于100`"), ("`(if C then A otherwise B)`", "`如C，则A，否则B`"),
      ("`all hires of enterprise`", "`企业的全部录用人员`"), ("`hires with same person`", "`本人相同的录用人员`"),
      ("`each year from … to …`", "`自…至…的每个年度`"), ("`up to 30: 500 yuan`", "`不超过30：500元`"),
      ("`document NAME`", "`文件 NAME`"), ("`gap at most 0 days`", "`间断不超过0日`"), ("`part rest`", "`分期 余额`"),
      ("`title \"…\" zh \"…\"`", "`名称 “…”`"), ("For example: 300 yuan, 50%.", "For example: 300元, 50%."),
      ("`cap 5,000 yuan for each beneficiary, year`", "`限额 同一发放对象、年度不超过5000元，先到先得`"), ("`中`", "`中`"),
    ] {
      let told = remedies.told([Diagnostic(.error, code: "x", .same(english), at: place)])
      #expect(told[0].message.en == chinese)
    }
  }

  @Test("A name that is nearly one is asked back in Chinese")
  func questions() {
    let text = """
      ```policy
      文件 d
        施行地区 长乐区〔350112〕
      措施 m〔m〕
        名称 “M”
        条款 “1”
        待遇类型 k
        参数 奖励标准甲〔rate〕＝300元
        对每名录用人员
        凡户籍属于本地区的
        付给就业单位：奖励标准，于参保日期计为应付
      ```
      """
    let told = Self.check(text)
    #expect(told.contains { $0.code == "unknown-name" || $0.code == "unexpected" })
    #expect(told.contains { $0.hint?.zh.contains("户籍地") ?? false }, "\(told.map { $0.hint?.zh ?? $0.message.zh })")
  }
}
