// Turns of notices about stays that were not long enough, the months between two days, limits for each, and stretches
// of the year, as rules have them. Knows nothing of what is declared: a line is only offered where it can be read.
import Reckoning

/// 稳定就业不满12个月, 自参保日期至离职日期的月数, 但每人不超过1500元.
enum EverydayStays {
  /// The text with such stays and months as rules have them.
  static func said(_ text: String) -> String {
    let stay =
      #/
        (?:该录用人员|该人员|该员|本人|其)?(?:稳定就业|(?:连续|持续|稳定)(?:就业|工作|用工|在岗|参保)|
        在岗|参保)(?:时间|期限|时长)?(?:不满|未满|不足|不到|未达到|未达|少于|低于|没有满)([0-9]{1,3}|
        [一二三四五])(个月|年)(?:以上)?
      /#
    let short = text.replacing(stay) { found in
      guard let count = Int(found.1) ?? ChineseNumeral.value(found.1) else { return String(found.0) }
      return "非（稳定就业满\(found.2 == "年" ? count * 12 : count)个月）"
    }
    let months = short.replacing(#/(自[^，。；：＝（）]+?至[^，。；：＝（）]+?)的(?:总月数|月份数|个月数|月数)(?=[^\u4E00-\u9FFF]|$)/#) {
      "\($0.1)的整月数"
    }
    return months.replacing(#/(自[^，。；：＝（）]+?至[^，。；：＝（）]+?)的(?:总年数|年数)(?=[^\u4E00-\u9FFF]|$)/#) { "\($0.1)的整年数" }
  }

  /// 付给就业单位：月工资的30%，但每人不超过1500元: a payment is for each already.
  static func each(_ text: String) -> String {
    guard text.drop(while: { $0 == " " }).hasPrefix("付给") else { return text }
    return text.replacing(#/，(?:但|且|并)?(?:每人|每名|每位|人均|单人)(?:最高|最多)?(不超过|不高于|最高|最多|封顶)/#) { "，但\($0.1)" }
  }
}

/// Every quarter, half-year or month of a document's time.
enum EverydayPeriods {
  /// 对每家企业，每季度: periods are named with their first and last day.
  static func said(_ text: String, _ time: WrittenTime) -> String {
    let counted = text.replacing(#/^(\s*对每?[^，、]+)[，、]每([0-9]{1,2})个(自然)?月(?:为?一期)?$/#) { found in
      "\(found.1)，自\(time.first.zh)至\(time.last.zh)每\(found.2)个\(found.3 ?? "")月的每期"
    }
    return counted.replacing(
      #/^(\s*对每?[^，、]+)[，、](?:按)?每(?:一个|一|个)?(?:自然)?(季度|季|半年度|半年|两个月|双月|月份|月)$/#
    ) { found in
      let months =
        found.2.hasPrefix("季") ? 3 : found.2.contains("半年") ? 6 : found.2.hasSuffix("月") && found.2 != "月" ? 2 : 1
      return "\(found.1)，自\(time.first.zh)至\(time.last.zh)每\(months)个自然月的每期"
    }
  }
}
