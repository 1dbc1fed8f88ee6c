// Columns that nothing is read from and that say of some rows that they no longer hold: 离职, 未入职, 减员, 作废, 已退回. Such
// rows are read like all others, which has to be said. Knows nothing of what becomes of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// So many rows are looked at.
  private static let rowsLookedAt = 5000

  /// The warnings on such columns, one each.
  func gone(_ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource) -> [Diagnostic] {
    let list = schema.declaration
    let hasEnd =
      list.ends.flatMap { schema.named($0) }.map { end in header.columns.contains { $0.field == end } } ?? true
    let free = header.names.indices.filter {
      header.plans[$0].use == .skip && !header.names[$0].isEmpty && !mapping.leaves(header.names[$0], of: list.name)
    }
    guard !free.isEmpty else { return [] }
    let rows = source.top(RegisterSurvey.rowsLookedAt, limit: BulkHeader.columnLimit).filter {
      $0.line >= header.bodyLine
    }
    let isPayments = list.name == PaidRegister.list.name
    return free.compactMap { column -> Diagnostic? in
      let remark = GoneRemark(header.names[column], of: isPayments)
      let found = rows.compactMap { row in row.cells.indices.contains(column) ? row.cells[column] : nil }.filter {
        // Where a column states the last day, who has left is told by it.
        remark.isOne($0.text) && !(hasEnd && remark.isOfLeaving($0.text))
      }
      guard let first = found.first else { return nil }
      var words: [String] = []
      for cell in found where !words.contains(cell.text) && words.count < 4 { words.append(cell.text) }
      let said = words.prefix(3).map { ValueProblem.shown($0) }, more = words.count > 3
      let en = said.map { "`\($0)`" }.joined(separator: ", ") + (more ? ", …" : "")
      let zh = said.map { "“\($0)”" }.joined(separator: "、") + (more ? "等" : "")
      let name = ValueProblem.shown(header.names[column])
      let quoted = HeadingNotes.quoted(header.names[column])
      return Diagnostic(
        .warning, code: "column-unread",
        Text(
          "`\(name)` is not read and says \(en) in \(found.count) \(found.count == 1 ? "row" : "rows"), which are "
            + "taken like all others",
          zh: "`\(name)` 列未读入，其中有 \(found.count) 行写着\(zh)，这些行照样读入"),
        hint: isPayments
          ? Text(
            "leave out the rows of what was not paid or came back; if it means nothing: `columns \(quoted) = none`",
            zh: "未发放或已退回的行请去掉；如无关系，请加上“各列 \(quoted) = 不读”")
          : Text(
            "give the last day in a column of its own, or leave these rows out; if it means nothing: "
              + "`columns \(quoted) = none`",
            zh: "请另列写明离职日期，或不含这些行另存；如无关系，请加上“各列 \(quoted) = 不读”"),
        at: SourceRange(source: source.file, start: first.start, end: first.end))
    }
  }
}

/// Tells remarks after which a row does not hold.
struct GoneRemark {
  /// Whether the column asks whether a row still holds: 是否离职, 作废标志.
  private let isQuestion: Bool
  /// Whether it asks the contrary: 是否在职, 是否通过.
  private let isContrary: Bool
  private let heading: String

  /// - Parameter isPayments: whether the rows are payments, which hold whatever became of the people later.
  init(_ heading: String, of isPayments: Bool) {
    let bare = Headings.bare(heading).name
    self.heading = bare
    let words = GoneRemark.within + (isPayments ? [] : GoneRemark.leaving)
    let isAsked = bare.hasPrefix("是否") || ["标志", "标识", "标记"].contains(where: bare.hasSuffix) || words.contains(bare)
    isQuestion = isAsked && words.contains { GoneRemark.says($0, in: bare) }
    let holding = GoneRemark.holding + (isPayments ? GoneRemark.paid : GoneRemark.working)
    isContrary = bare.hasPrefix("是否") && holding.contains(String(bare.dropFirst(2)))
  }

  /// Whether a cell says so.
  func isOne(_ text: String) -> Bool {
    let word = CellText.closed(text)
    guard !word.isEmpty, word.count <= GoneRemark.longest else { return false }
    if isQuestion, GoneRemark.marks.contains(word.lowercased()) { return true }
    if isContrary, GoneRemark.denials.contains(word.lowercased()) { return true }
    return GoneRemark.whole.contains(word) || GoneRemark.leaving.contains { GoneRemark.says($0, in: word) }
      || GoneRemark.within.contains { GoneRemark.says($0, in: word) }
  }

  /// Whether it is about leaving work, which the last day says as well.
  func isOfLeaving(_ text: String) -> Bool {
    let word = CellText.closed(text)
    if isContrary { return heading.contains("在") }
    if GoneRemark.marks.contains(word.lowercased()) { return GoneRemark.leaving.contains { heading.contains($0) } }
    return GoneRemark.leaving.contains { word.contains($0) } && !GoneRemark.within.contains { word.contains($0) }
  }

  /// Longer texts are no remarks on whether a row holds.
  private static let longest = 40
  private static let marks: Set<String> = ["是", "√", "✓", "✔", "1", "y", "yes", "true", "对", "有"]
  private static let denials: Set<String> = ["否", "×", "✗", "0", "n", "no", "false", "不", "无"]
  private static let holding = ["符合", "符合条件", "符合要求", "有效", "通过", "审核通过", "已通过"]
  private static let working = ["在职", "仍在职", "在岗", "仍在岗", "录用", "已录用", "入职", "已入职", "到岗", "已到岗", "报到", "已报到"]
  private static let paid = ["发放", "已发放", "发放成功", "支付", "已支付", "支付成功", "到账", "已到账"]
  private static let leaving = ["离职", "辞职", "离岗", "离厂", "离店", "辞工", "自离", "已走", "走了", "月走", "日走", "号走"]

  /// What alone in a cell says so, and within other words may say anything.
  private static let whole: Set<String> = [
    "停保", "已停保", "减员", "减少", "退保", "已退保", "放弃", "取消", "已取消", "已退", "退", "重复", "重复发放", "错误", "删除", "失败", "冻结", "死亡",
    "已死亡", "去世", "已去世", "未发", "停发", "已停发", "不发", "暂缓", "终止",
  ]

  /// What says so wherever it stands, unless it is denied.
  private static let within = [
    "作废", "注销", "撤销", "冲销", "红冲", "冲正", "退回", "退汇", "退票", "退款", "追回", "收回", "已删除", "应删除", "已取消", "无效", "不符合", "不合格",
    "未入职", "未录用", "未到岗", "未报到", "未发放", "未支付", "未到账", "发放失败", "支付失败", "打款失败", "不通过", "未通过", "停止发放", "暂停发放", "不予发放",
    "账号错误", "账户错误", "卡号错误",
  ]

  /// Whether a text holds a word that nothing before it denies: 未退回, 无作废, 不予追回.
  private static func says(_ word: String, in text: String) -> Bool {
    guard let found = text.firstRange(of: word) else { return false }
    let before = text[..<found.lowerBound]
    return !["未", "无", "没有", "没", "不", "不予", "无需", "不需", "非", "未被", "免"].contains(where: before.hasSuffix)
  }
}
