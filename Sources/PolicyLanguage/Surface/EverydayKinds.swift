// What notices call people, contracts and stays (属登记失业人员, 签订一年以上劳动合同, 连续参保满6个月), by the facts that say it. Knows
// nothing of what is declared: a line is only offered where it can be read.

enum EverydayKinds {
  /// What somebody is said to be, and the condition.
  private static let kinds: [(words: [String], condition: String)] = [
    (["登记失业人员", "失业登记人员", "登记失业者", "已登记失业人员", "失业人员"], "有失业登记日期"),
    (
      ["脱贫人口", "脱贫劳动力", "脱贫户", "建档立卡人员", "建档立卡贫困人口", "建档立卡贫困劳动力", "建档立卡户", "建档立卡劳动力", "脱贫人员"],
      "属脱贫人员"
    ), (["高校毕业生", "普通高校毕业生", "应届毕业生", "大中专毕业生", "应届高校毕业生", "毕业生"], "有毕业时间"),
    (["女性", "妇女", "女职工", "女的", "女工"], "性别为女"), (["男性", "男的", "男职工"], "性别为男"),
    (["小微企业", "小型微型企业"], "规模为（小型、微型）之一"),
  ]

  /// The text with such turns as rules have them.
  static func said(_ text: String) -> String {
    var text = text.replacing(
      #/(凡|且|或|，|其中|要求：|（)(?:该录用人员|该人员|该人|本人|其)?(?:属于|属|为|系|是)([\u4E00-\u9FFF]{2,10}?)(的(?:$|，)|，|且|或|）|$)/#
    ) { found in
      let kind = kinds.first { $0.words.contains(String(found.2)) }
      return kind.map { "\(found.1)\($0.condition)\(found.3)" } ?? String(found.0)
    }
    text = text.replacing(#/签订(?:期限)?([0-9]{1,2}|[一二两三四五])年(?:及|\(含\)|（含）)?以上(?:期限)?的?(?:劳动)?合同/#) { found in
      (Int(found.1) ?? ChineseNumeral.value(found.1)).map { "合同月数不少于\($0 * 12)" } ?? String(found.0)
    }
    text = text.replacing(#/(?:劳动)?合同(?:期限|期)(?:已满|满|达到|达|不少于|不低于|在)([0-9]{1,3})个月(?:及?以上)?/#) {
      "合同月数不少于\($0.1)"
    }
    text = text.replacing(#/(?:连续)?(?:参保|缴纳社保|缴纳社会保险|参加社会保险|稳定在岗|在岗|稳定用工)(?:已满|满|达到|达)([0-9]{1,3})个月/#) {
      "稳定就业满\($0.1)个月"
    }
    text = text.replacing(#/户籍(?:地|所在地)?(?:在|位于|属于|属|为)([\u4E00-\u9FFF]{2,8}?(?:省|自治区|市|州|县|区))/#) { "户籍地属于\($0.1)" }
    return text.replacing(#/(?:通过|经|由)(?:人力资源服务|人力资源|中介|职业中介)?机构(?:介绍|推荐|输送)/#) { _ in "有介绍机构" }
  }
}
