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
    // 人数合计：3
    if let colon = word.lastIndex(of: ":") {
      let figure = word[word.index(after: colon)...].drop { $0 == "共" }
      let number = figure.prefix { $0.isNumber || ".,".contains($0) }
      let unit = String(figure.dropFirst(number.count))
      if !number.isEmpty, ["", "人", "名", "元", "万元", "条", "户", "家"].contains(unit) { word = word[..<colon] }
    }
    for unit in ["万元", "元", "人次", "人", "名", "笔", "户", "家", "条"] where word.hasSuffix(unit) {
      let number = word.dropLast(unit.count).reversed().prefix { $0.isNumber || ".,".contains($0) }.count
      if number > 0 { word = word.dropLast(unit.count + number) }
      break
    }
    if word.last == ":" { word = word.dropLast() }
    if word.isEmpty { return false }
    return totals.contains(String(word)) || plainTotals.contains(String(word))
      || [
        "总额", "总金额", "总笔数", "合计笔数", "笔数合计", "总户数", "合计户数", "金额合计", "人数合计", "合计金额", "合计人数", "sub-total", "人数", "共", "总共",
        "实有人数", "实有",
      ].contains(
        String(word))
      || ["小计", "合计", "总计", "共计", "累计"].contains(where: word.hasSuffix)
  }

  /// What stands alone below a table without naming anybody: 以下空白, 2023年12月20日, 张坂镇人社服务中心, ※ 表示已离职.
  static func isNote(_ text: String) -> Bool {
    var word = text.filter { !"-_—~=*()[]<>《》“”\"".contains($0) }
    while let last = word.last, ".,;:、。".contains(last) { word.removeLast() }
    if word.isEmpty { return true }
    if foots.contains(word) || text.first.map({ "※★☆▲△◆●#".contains($0) }) == true { return true }
    if text.first == "*" { return word.count > 3 }
    // A day, or the form's place for one.
    let isDay = text.allSatisfy { $0.isNumber || "年月日-/._".contains($0) } && text.contains { "年-/.".contains($0) }
    if isDay, text.count > 5 { return true }
    if word.hasPrefix("共"), word.dropFirst().prefix(while: \.isNumber).count > 0, word.count < 8 { return true }
    return offices.contains(where: word.hasSuffix) && word.count > 3
  }

  private static let foots: Set<String> = [
    "以下空白", "下空白", "以下无", "以下无内容", "以下无正文", "以下无记录", "此页无正文", "本页无正文", "空白", "完", "结束", "以上", "转下页", "接下页", "接上页",
    "承上页",
    "续上页", "续表", "续", "endoflist", "end", "thisrowleftblank", "blankbelow",
  ]

  /// How offices are called.
  private static let offices = [
    "局", "委员会", "管委会", "办公室", "人民政府", "政府", "服务中心", "服务站", "服务所", "服务大厅", "人社所", "工会", "管理处", "办事处", "就业科", "社保科",
    "管理科",
  ]

  /// `离职人员`, `2022年新增人员名单`: what a table's part is called.
  static func isTableTitle(_ word: String) -> Bool {
    ["人员", "人员名单", "名单", "花名册", "一览表", "明细表", "登记表", "统计表", "汇总表", "情况表", "台账"].contains { word.hasSuffix($0) }
  }

  static let remarks = [
    "以上名单", "以上人员", "以上信息", "以上情况", "以上内容", "以上数据", "以上共", "以上合计", "以上经", "以上均", "以上为", "以上属实", "以上材料", "此表", "本表",
    "此名单",
    "本名单", "此名册", "本名册", "特此", "兹证明", "兹有", "情况属实", "转下页", "接下页", "承上页", "接上页", "承前页", "过次页", "承前", "续上页", "以下空白",
    "填写说明",
    "填报说明", "填表说明", "备注:", "附:", "附件", "抄送", "抄报", "联系地址", "填报日期", "填报时间", "填表日期", "报送日期", "制表日期", "打印日期", "打印时间",
    "制表时间",
    "备注", "说明", "注:", "注1", "制表", "填表", "审核", "审定", "复核", "打印", "制作", "编制", "主管", "经办", "负责人", "单位负责人", "填报", "联系人",
    "联系电话", "公示期", "公示时间", "公示日期", "监督电话", "举报电话", "投诉电话", "统计人", "审批", "盖章", "制单", "开票", "甲方", "乙方", "丙方", "领导签字",
    "签字", "签章", "法定代表人", "分管领导", "局领导", "科室",
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
