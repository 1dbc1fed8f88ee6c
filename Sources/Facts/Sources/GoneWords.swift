// Further words after which a row does not hold: refusals, states of having no work, and where somebody has gone.
// Knows nothing of columns.

enum GoneWords {
  /// What a heading asks about, without the words that make it a question: 是否在职, 在职与否, 在职状态, 在职.
  static func state(_ heading: String) -> String {
    var rest = heading.hasPrefix("是否") ? String(heading.dropFirst(2)) : heading
    for word in ["与否", "状态", "情况", "标志", "标识", "标记", "否"] where rest.hasSuffix(word) && rest.count > word.count {
      rest = String(rest.dropLast(word.count))
      break
    }
    return rest
  }

  /// What alone in a cell says that something was refused.
  static let refused: Set<String> = [
    "不享受", "不予", "不同意", "驳回", "已驳回", "退件", "打回", "拒绝", "否决", "不合规", "不达标", "不批准", "未批准", "不核准", "不认定", "不受理", "剔除",
    "已剔除",
    "排除", "不纳入", "未纳入", "不补", "不予补",
  ]

  /// What says that somebody has no work, where a column says how it is with him now.
  static let outOfWork: Set<String> = ["失业", "已失业", "失业中", "无业", "待业", "未就业", "未在业", "失业人员"]

  /// Whether a heading is of how it is now, and not of what somebody was before.
  static func isOfNow(_ heading: String) -> Bool {
    ["状态", "现状", "情况", "状况", "目前", "现", "备注", "在职", "在岗", "就业与否"].contains(where: heading.contains)
      && !["前", "原", "曾", "类", "身份", "来源", "登记", "失业"].contains(where: heading.contains)
  }

  /// Whether a text says that somebody has gone to another place: 转至乙厂, 调往省外. Within a firm nobody has left.
  static func goesElsewhere(_ word: String) -> Bool {
    var rest = word[...]
    if let lead = ["现已", "已", "现"].first(where: rest.hasPrefix) { rest = word.dropFirst(lead.count) }
    let ways = ["转至", "转往", "转到", "转去", "调往", "调至", "调到", "调去", "转投", "跳槽", "另谋", "另行就业"]
    guard let way = ways.first(where: rest.hasPrefix) else { return false }
    if ["跳槽", "另行就业"].contains(way) { return true }
    let place = rest.dropFirst(way.count)
    let within = [
      "车间", "部", "部门", "班", "班组", "岗", "岗位", "组", "科", "科室", "线", "生产线", "仓库", "办公室", "本厂", "我厂", "本公司", "我公司", "本单位",
    ]
    return !place.isEmpty && !within.contains(where: place.hasSuffix)
  }
}
