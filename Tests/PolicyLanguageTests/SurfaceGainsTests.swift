// What the language gained last, in Chinese as an official document puts it: records beside, spans of days, periods,
// recovery, currencies. What hands write otherwise is read as well.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Records beside, spans, periods and recovery in Chinese")
struct SurfaceGainsTests {
  private static let document = """
    ```policy
    document beside
      jurisdiction outside "纽约"
      currency peso zh "比索" 0 decimals
      default cap_end is stop "until it is used up" zh "用完即止"
      fund employment_subsidy 60%, district rest
    value lpr zh 贷款利率 share by date "the rate" zh "利率" from "a notice" zh "公告"
    define earlier zh 此前次数(h zh 该人: hire) count of (hires with same person as h before it)
    measure one zh 逐人
      title "One" zh "逐人"
      article "1"
      kind one
      for each hire
      every record
      count others zh 其他记录 = other hires with same person, enterprise
      count until zh 至今记录 = hires with same person up to it where filed_for(hire)
      count alike zh 同工种记录 = hires with same person, occupation = occupation, enterprise.district = origin
      where earlier(hire) < 3 and county of origin is given and level of origin is any of (county, prefecture)
      once per person in any 24 months
      let days zh 在岗天数 = days present from 2026-01-01 to 2026-06-30
      let months zh 月数合计 = calendar months from start to later of (end, start)
      pay enterprise 2 peso per day * days + 1 peso * (count of others + count of until + count of alike +
          count of different enterprise over until) on last day of quarter of start
      pay enterprise 1,000 peso grown by 5% for 3 years on first day of month of start + 1 month
      recover all from enterprise on end when end is given
      cap 20,000 peso for each enterprise in any 36 months
    define filed_for zh 有档(h zh 某人: hire) h.occupation is given
    measure two zh 逐年
      title "Two" zh "逐年"
      fund unemployment_insurance 33.5%, carried_over 6.5%, city rest
      article "2"
      kind two
      for each enterprise, each year
      count came zh 新进人员 = hires of enterprise
      count here zh 在册人员 = hires of enterprise in any year
      let mean zh 平均 = average of whole months from start to as_of over here
      pay enterprise 1 peso * (count of (all hires of enterprise where present on first day of quarter 3 of
          year every record) + largest of m * 2 for each m from 1 to 3) * count of here on last day of
          month 6 of year when mean > 3 months
    limit fund zh 来源额度
      title "Fund" zh "来源额度"
      article "4"
      over one, two
      cap 500 peso of employment_subsidy for each year in turn
      cap 40 peso of city for each beneficiary in any 3 years then district
    measure three zh 逐期
      title "Three" zh "逐期"
      article "3"
      kind three
      for each enterprise, each period of 3 calendar months from 2026-01-15 to 2027-01-14
      pay enterprise 1 peso * period on period_end when lpr(period_start) > 3% and count of (hires with
          enterprise = enterprise where start <= period_end) > 2
    ```
    """

  private func canonical(_ text: String) throws -> [String] {
    let (dictionary, places) = try SurfaceTests.known.get()
    return RuleTranslation.canonical(SourceFile(name: "x.md", text: text), dictionary: dictionary, places: places)
  }

  private func chinese() throws -> String {
    let (dictionary, places) = try SurfaceTests.known.get()
    let source = SourceFile(name: "x.md", text: Self.document)
    let made = RuleTranslation.translate(source, to: .zh, dictionary: dictionary, places: places)
    #expect(made.diagnostics.map(\.message.en) == [])
    return made.text
  }

  @Test("Each reads as a sentence, and back to the same rule")
  func sentences() throws {
    let text = try chinese()
    #expect(try canonical(text) == canonical(Self.document))
    for line in [
      "施行地区 境外 “纽约”", "货币 比索〔peso〕，以整数支付", "缺省 限额用完为即止 “用完即止” en “until it is used up”", "资金来源 就业补助资金60%、其余区级财政",
      "资金来源 失业保险基金33.5%、上年结转资金6.5%、其余市级财政", "限额 就业补助资金同一年度不超过500比索，先到先得",
      "任意3年内，先到先得，超出部分由区级财政承担",
      "引用标准 贷款利率〔lpr〕，单位比例，随日期调整 “利率” en “the rate” 依据 “公告” en “a notice”",
      "定义 此前次数〔earlier〕（该人〔h〕：录用人员）＝（在其之前与该人本人相同的录用人员）数",
      "计 其他记录〔others〕＝本人、就业单位相同的其他录用人员", "计 至今记录〔until〕＝至其为止本人相同的录用人员，其中该录用人员为有档的",
      "计 同工种记录〔alike〕＝本人相同且工种为工种且就业单位的注册地为户籍地的录用人员",
      "且有户籍地的所在县区，且户籍地的行政级别为（县级、市级）之一的", "同一人任意24个月内只计一次",
      "设 在岗天数〔days〕＝自2026年1月1日至2026年6月30日的在岗天数",
      "设 月数合计〔months〕＝自参保日期至（离职日期、参保日期）中较晚者的自然月数",
      "付给就业单位：2比索/日×在岗天数＋1比索×", "至今记录中不同的就业单位数），", "于参保日期所在季度的末日计为应付",
      "付给就业单位：1000比索按5%逐年递增3年后的数额，于参保日期所在月的首日＋1个月计为应付",
      "追回 向就业单位：全部，于离职日期计为应退，限有离职日期的", "限额 同一就业单位不超过20000比索，任意36个月内，先到先得",
      "计 在册人员〔here〕＝该企业的录用人员，不论年度", "设 平均〔mean〕＝在册人员中平均的自参保日期至核算日的整月数",
      "（该企业的全部录用人员，其中于年度的第3季度首日在岗的，逐条计算）数", "（m自1至3，各期（m×2）的最大数）", "于年度的6月末日计为应付",
      "对每家企业，自2026年1月15日至2027年1月14日每3个自然月的每期", "付给该企业：1比索×期次，于本期末日计为应付，限贷款利率（本期首日）高于3%",
      "其中参保日期不晚于本期末日的）数超过2的",
    ] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
  }

  @Test("Hands leave spaces and commas, write half-width signs, and say 应付 of what is due back")
  func hands() throws {
    let text = try chinese()
    let hand = text.replacing("计为应退", with: "计为应付").replacing("（m自1至3，各期", with: "（m自1至3各期")
      .replacing("，先到先得", with: "").replacing("：", with: ":").replacing("，", with: ",")
      .replacing("（", with: "(").replacing("）", with: ")").replacing("＝", with: " = ")
      .replacing("36个月内", with: "36个月内 ")
    #expect(try canonical(hand) == canonical(text))
  }

  @Test("What begins a clause does so, also where something is called so; 1万2千 is 12,000")
  func clauseWords() throws {
    func text(_ places: String, _ most: String, _ order: String, _ figure: String) -> String {
      """
      ```policy
      文件 x
        施行地区 长乐区〔350112〕
      措施 甲
        名称 “甲”
        条款 “一”
        待遇类型 甲
        参数 \(places)〔places〕＝2家 “几家”
        参数 \(most)〔most〕＝\(figure) “多少”
        对每家企业
        设 \(order)〔base〕＝100元
        名额 共限\(places)
        次序 按企业编号先后
        限额 共不超过\(most)
        付给该企业：\(order)，于2026年12月31日计为应付
      ```
      """
    }
    func renamed(_ text: String) throws -> [String] {
      try canonical(text).map {
        $0.replacing("名额", with: "家数").replacing("限额", with: "上限").replacing("次序", with: "基数")
      }
    }
    let plain = try canonical(text("家数", "上限", "基数", "12000元"))
    #expect(try renamed(text("名额", "限额", "次序", "1万2千元")) == plain)
    #expect(try canonical(text("家数", "上限", "基数", "1亿2000万3百元")).contains { $0.contains("120000300 yuan") })
    // And from English, by these names.
    let (dictionary, places) = try SurfaceTests.known.get()
    let english = RuleTranslation.translate(
      SourceFile(name: "x.md", text: text("名额", "限额", "次序", "12000元")), to: .en, dictionary: dictionary,
      places: places)
    #expect(english.diagnostics.map(\.message.en) == [])
    let back = RuleTranslation.translate(
      SourceFile(name: "x.md", text: english.text), to: .zh, dictionary: dictionary, places: places)
    #expect(back.diagnostics.map(\.message.en) == [])
  }

  @Test("A name that goes on past a word of the language stays a name")
  func names() throws {
    let text = """
      ```policy
      文件 x
        施行地区 长乐区〔350112〕
      清单 补贴申报，每条为补贴申报，单位 “份”
        名称 “补贴申报”
        起始 日期甲
        字段 id 文本 必填
        字段 天数上限 数 必填
        字段 内外部单位 文本 必填
        字段 向上浮动比例 比例 必填
        字段 其他费用 金额 必填
        字段 日期甲 日期 必填
      措施 申报补贴
        名称 “申报补贴”
        条款 “一”
        待遇类型 申报补贴
        参数 课时标准＝80元每人每课时 “每课时”
        对每份补贴申报
        凡该补贴申报的天数上限不少于3，且向上浮动比例高于5%的
        付给内外部单位：课时标准×2×3＋其他费用
      ```
      """
    let (dictionary, places) = try SurfaceTests.known.get()
    let reading = RuleTranslation.Reading(SourceFile(name: "x.md", text: text), dictionary, places)
    #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.message.zh) == [])
    #expect(reading.canonical.contains { $0.contains("80 yuan per person per class") })
    #expect(reading.canonical.contains { $0.contains("天数上限 >= 3 and 向上浮动比例 > 5%") })
  }

  @Test("What examples set is named in the language of the rules")
  func settings() throws {
    let text = """
      ```policy
      document x
        jurisdiction 350112
      param rate zh 奖励标准 = 300 yuan
      measure one zh 奖励
        title "One" zh "奖励"
        article "1"
        kind one
        for each hire
        pay enterprise rate
      example "x"
        with rate = 400, clock = insured_months
        given enterprise e: district 350112
        expect one 0 yuan
      ```
      """
    let (dictionary, places) = try SurfaceTests.known.get()
    let made = RuleTranslation.translate(
      SourceFile(name: "x.md", text: text), to: .zh, dictionary: dictionary, places: places)
    #expect(made.text.contains("令 奖励标准＝400，起算方法＝参保月份"))
    #expect(try canonical(made.text) == canonical(text))
  }
}
