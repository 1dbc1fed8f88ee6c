// What stands behind the name of a fact in a heading and makes it another: an expected day, a former firm, somebody
// else's number. Knows nothing of units, or of cells.

/// A word in brackets, behind a stroke or a colon: 离职日期（预计）, 身份证号（监护人）.
enum HeadingQualifier {
  /// Whether what is said makes the heading one of another fact than the one that it is called after.
  ///
  /// - Parameter isEnd: whether the field is its list's last day.
  static func isAnother(_ text: String, of field: Field, isEnd: Bool) -> Bool {
    let word = text.filter { !" _".contains($0) }
    if word.isEmpty { return false }
    if alone.contains(word) || within.contains(where: word.contains) { return true }
    if isEnd, expiring.contains(where: word.contains) { return true }
    if !isEnd, field.type.isDay, ["终止", "届满", "失效"].contains(where: word.contains) { return true }
    return field.type == .bool && isInverted(word, field)
  }

  /// Whether the text is understood, so that nothing needs to be said of it: a form, a unit, a remark on filling in.
  static func isUnderstood(_ text: String) -> Bool {
    let word = text.filter { !" _".contains($0) }
    if word.isEmpty || word.count > 30 { return word.isEmpty }
    if harmless.contains(where: word.contains) { return true }
    let unit = HeadingUnit(word)
    if unit.rest.isEmpty { return true }
    // 年-月-日, yyyy/mm/dd, 18位, 1女2男.
    return word.allSatisfy { $0.isNumber || "ymdhs年月日时号位个字至到-/.,:;，、；|~*+或是否有无男女√×".contains($0) }
  }

  /// `首次填是`: another condition is asked than the one of the heading's name. `是填√` asks the same.
  private static func isInverted(_ word: String, _ field: Field) -> Bool {
    if ["否", "无", "非", "不是", "没有", "不", "no", "n", "not"].contains(word) { return true }
    guard let fill = word.firstRange(of: "填"), fill.upperBound < word.endIndex else { return false }
    let asked = String(word[..<fill.lowerBound].drop { "若如凡".contains($0) }), answer = word[fill.upperBound...]
    guard answer.hasPrefix("是") || answer.hasPrefix("√") || answer.hasPrefix("1") || answer.hasPrefix("y") else {
      return false
    }
    let same = ["是", "有", "属于", "属", "符合", "对", "满足", "yes"] + field.labels
    return !asked.isEmpty && !same.contains { asked == $0 || asked == "是" + $0 || asked == "属于" + $0 }
  }

  /// Words that stand by themselves.
  private static let alone: Set<String> = [
    "原", "拟", "前", "曾", "非", "父", "母", "旧", "上", "次", "old", "former", "previous", "prior", "exp", "est", "plan",
  ]
  /// Words within others.
  private static let within = [
    "预计", "预期", "预定", "预估", "计划", "暂定", "拟定", "拟于", "配偶", "监护人", "联系人", "紧急", "家属", "父亲", "母亲", "户主", "担保人", "代办人",
    "经办人",
    "现居住", "居住地", "暂住", "常住", "外省", "省外", "市外", "区外", "外市", "变更前", "变动前", "调整前", "原单位", "前单位", "上一家", "上家", "取消", "注销",
    "作废",
    "expected", "planned", "estimated", "projected", "proposed", "tentative", "spouse", "guardian", "emergency",
    "contactperson", "nextofkin", "residence", "cancelled",
  ]
  /// The last day of a contract is no last day at work.
  private static let expiring = ["合同到期", "合同期满", "合同届满", "到期", "期满", "contractend", "expiry", "expires"]
  private static let harmless = [
    "必填", "选填", "可不填", "不填", "如有", "若有", "没有", "格式", "例如", "例:", "如:", "全称", "简称", "下拉", "单选", "多选", "填写", "请填", "大写",
    "小写", "身份证",
    "户口", "户籍", "省", "市", "县", "乡镇", "本人", "职工", "劳动者", "员工", "required", "optional", "format", "fullname", "ifany",
    "yes/no", "y/n",
    "name", "date", "税前", "税后", "应发", "实发",
  ]
}
