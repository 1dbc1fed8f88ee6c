// The words by which rows are told that are no records. Knows nothing of rows.

extension RowKinds {
  /// Words for totals, which more may follow where they are Chinese.
  static let totals = ["合计", "总计", "小计", "共计", "累计", "总人数", "总数", "本页", "总合计"]
  static let plainTotals = ["total", "subtotal", "sum", "grandtotal", "total:", "totals"]
  /// Whether a text is what a row of totals is called, whatever stands before it (惠民小计, 3月小计) and however many are
  /// counted: 合计：, 合计（元）, 小计2人.
  ///
  /// - Parameter text: without blanks, in small letters, full-width signs as ASCII.
  static func isTotalWord(_ text: String) -> Bool {
    var word = text[...]
    if word.last == ":" { word = word.dropLast() }
    if word.last == ")", let open = word.lastIndex(of: "(") { word = word[..<open] }
    if word.last == ":" { word = word.dropLast() }
    for unit in ["万元", "元", "人次", "人", "名", "笔", "户", "家", "条"] where word.hasSuffix(unit) {
      let number = word.dropLast(unit.count).reversed().prefix { $0.isNumber || ".,".contains($0) }.count
      if number > 0 { word = word.dropLast(unit.count + number) }
      break
    }
    if word.last == ":" { word = word.dropLast() }
    if word.isEmpty { return false }
    return totals.contains(String(word)) || plainTotals.contains(String(word))
      || ["总额", "总金额", "金额合计", "人数合计", "合计金额", "合计人数", "sub-total"].contains(String(word))
      || ["小计", "合计", "总计", "共计", "累计"].contains(where: word.hasSuffix)
  }

  static let remarks = [
    "备注", "说明", "注:", "注1", "制表", "填表", "审核", "审定", "复核", "打印", "制作", "编制", "主管", "经办", "负责人", "单位负责人", "填报", "联系人",
    "联系电话", "统计人", "审批", "盖章", "制单", "开票", "甲方", "乙方", "丙方", "领导签字", "签字", "签章", "法定代表人", "分管领导", "局领导", "科室",
    "preparedby",
    "approvedby", "checkedby", "reviewedby", "signature", "printedon", "generatedon",
  ]

  /// How cells are to be filled in, below the headings: 18位, 年/月/日, 元, 必填.
  static let formats: Set<String> = [
    "年/月/日", "年-月-日", "年月日", "yyyy-mm-dd", "yyyy/mm/dd", "yyyymmdd", "yyyy-mm", "元", "万元", "元/月", "文本", "文字", "数字",
    "数值",
    "年月", "日期", "时间", "年份", "月份", "号码", "名称", "姓名", "金额", "全称", "简称", "18位", "18位数", "必填", "选填", "非必填", "下拉", "下拉选择",
    "是/否", "男/女", "字符", "文本格式", "日期格式", "省市县", "个月", "月",
    "人", "-",
  ]

  static let numerals: Set<Character> = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]

  /// `第一部分 纺织`, `第2组`
  static func isPartHeading(_ word: String) -> Bool {
    guard word.hasPrefix("第") else { return false }
    let number = word.dropFirst().prefix { numerals.contains($0) || $0.isNumber }
    let rest = word.dropFirst(number.count + 1)
    return !number.isEmpty && ["部分", "组", "类", "批", "片区"].contains(where: rest.hasPrefix)
  }

  /// `三月份`, `2022年3月`, `第一季度`, `上半年`
  static func isPeriod(_ word: String) -> Bool {
    guard word.count <= 10 else { return false }
    if ["上半年", "下半年"].contains(where: word.hasSuffix) { return true }
    let rest = word.drop { numerals.contains($0) || $0.isNumber || "第年〇零".contains($0) }
    return rest.count < word.count && ["月", "月份", "季度"].contains(String(rest)) || word.hasSuffix("年") && rest.isEmpty
  }

  /// How places and offices end that records are grouped by.
  static let groups = [
    "村", "社区", "镇", "乡", "街道", "居委会", "村委会", "办事处", "县", "区", "市", "公司", "厂", "车间", "班组", "部门", "基地", "中心", "工作站", "机构",
  ]
}
