// How lines of Chinese rules should look, by the English words that begin them: what an editor puts in. Knows nothing
// of places in a file.

/// Lines of Chinese rules.
enum ChineseLines {
  /// The line that says what an English line with this beginning says; in an example the words mean something else.
  static func line(_ word: String, below declaration: String) -> String? {
    if declaration == "example" || declaration == "算例" { return ofExamples[word] }
    if declaration == "document" || declaration == "文件", let found = ofDocuments[word] { return found }
    if declaration == "list" || declaration == "清单", let found = ofLists[word] { return found }
    return all[word]
  }

  private static let ofExamples = [
    "district": "本地区 350112", "as": "核算日 2022-05-01", "with": "令 起奖人数＝50",
    "given": "已知 99名录用人员 h：介绍机构 q，就业单位 e，参保日期 2022-03-01", "expect": "结果 机构奖励 0元",
  ]

  private static let ofDocuments = [
    "number": "文号 “长政办〔2022〕8号”", "jurisdiction": "施行地区 长乐区〔350112〕", "issued": "印发日期 2022-01-28",
  ]

  private static let ofLists = ["begins": "起始 申领日期", "person": "同人依据 申领人"]

  private static let all = [
    "document": "文件 changle-2022", "list": "清单 申领〔claims〕，每条为申领〔claim〕",
    "value": "引用标准 月最低工资〔minimum_wage〕，单位元 “当地月最低工资标准” 依据 “本市通知”",
    "define": "定义 本区〔in_home〕（该地〔p〕：地区）＝该地属于本地区", "reading": "口径 计奖范围 “为哪些人计奖？”",
    "param": "参数 起奖人数＝100人，不少于0 “至少稳定就业的人数”", "measure": "措施 机构奖励〔agency_reward〕",
    "duty": "任务 报送", "table": "标准表 单价（人数：数），单位元/人", "limit": "合并限额 单家企业", "note": "说明 资金来源条",
    "example": "算例 “九十九人不足一百人”",
    "title": "名称 “中介机构奖励” en “Reward for agencies”", "article": "条款 “三（二）”", "kind": "待遇类型 介绍奖励",
    "window": "施行期限 自2022年1月28日至2023年12月31日", "no": "不设期限", "assume": "假定 “原文未写明之处”",
    "text": "内容 “所需资金由区财政安排。”", "for": "对每家机构，每个年度", "where": "凡已备案，且注册地属于本地区的",
    "begins": "以参保日期判断期限", "let": "设 半数＝起奖人数×50%",
    "count": "计 达标人员＝该机构的录用人员，其中稳定就业满3个月的，于满3个月之日计入",
    "require": "要求：达标人员数不少于起奖人数", "once": "每人一次", "every": "逐条计算",
    "only": "同一就业单位只取前3名，按参保日期先后", "yields": "与吸纳补贴就高不重复",
    "pay": "付给该机构：达标人员每人300元", "grant": "授予该机构“金牌机构”，限达标人员数不少于30的",
    "cap": "限额 同一机构、年度不超过6万元", "recover": "追回 全部，于离职日期计为应退，限离职日期早于参保日期＋12个月的",
    "fund": "资金来源 就业补助资金60%、其余区级财政", "quota": "名额 共限500个岗位", "ordered": "次序 按参保日期先后",
    "error": "报错 “不应如此”，限达标人员数超过10000的", "expect": "应当：已备案 “须已备案”",
    "default": "缺省 期限判断为应付日 “原文如此”", "over": "涉及 吸纳补贴、见习补贴", "currency": "货币 美元",
    "ends": "终止 申领终止", "lasts": "持续 “有效” en “valid”", "joins": "衔接 本人相同的录用人员",
    "gap": "间断不超过0日", "field": "字段 申领金额〔amount〕 金额 必填",
  ]
}
