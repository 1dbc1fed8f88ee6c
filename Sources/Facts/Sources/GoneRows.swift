// Columns that nothing is read from and that say of some rows that they no longer hold: 离职, 未入职, 减员, 作废, 已退回. Such
// rows are read like all others, which has to be said. Knows nothing of what becomes of a register.
import Diagnostics
import Reckoning

extension RegisterSurvey {
  /// The warnings on such columns, one each.
  func gone(_ header: BulkHeader, _ schema: ListSchema, _ source: any CellSource) -> [Diagnostic] {
    let list = schema.declaration
    let isPayments = list.name == PaidRegister.list.name
    let status = isPayments ? schema.named("status") : nil
    let free = header.names.indices.filter { column in
      let isStatus = status.map { status in header.columns.contains { $0.column == column && $0.field == status } }
      return (header.plans[column].use == .skip || isStatus == true) && !header.names[column].isEmpty
        && !mapping.leaves(header.names[column], of: list.name) && !mapping.leaves(place: column + 1, of: list.name)
    }
    guard !free.isEmpty else { return [] }
    let most = RegisterSurvey.rowsOfOddities
    let head = source.head(most + 1, limit: BulkHeader.columnLimit)
    let rows = head.prefix(most).filter { $0.line >= header.bodyLine }
    let ends = LastDays(header, schema, reader)
    let stays = isPayments ? nil : staying(free, rows, header, ends, schema, source)
    let found = (stays.map { [$0] } ?? []) + told(free, rows, header, ends, isPayments, source)
    return head.count > most ? found.map(RegisterSurvey.ofTheFirst) : found
  }

  /// That rows say that somebody is at work, and state a last day that has passed; nil where none does.
  private func staying(
    _ free: [Int], _ rows: [BulkRow], _ header: BulkHeader, _ ends: LastDays, _ schema: ListSchema,
    _ source: any CellSource
  ) -> Diagnostic? {
    // The register is no older than the last who came.
    let begins = schema.declaration.begins.flatMap { schema.named($0) }
    let first = begins.flatMap { field in header.columns.first { $0.field == field }?.column }
    let latest = first.flatMap { column in rows.compactMap { ends.day(of: column, header.plans[column], $0) }.max() }
    guard let day = [asOf?.number, latest].compactMap(\.self).max() else { return nil }
    for column in free {
      let remark = GoneRemark(header.names[column], of: false)
      let found = rows.filter { row in
        row.cells.indices.contains(column) && remark.isOfStaying(row.cells[column].text)
          && ends.day(row).map { $0 < day } ?? false
      }
      guard let row = found.first else { continue }
      let (name, cell) = (ValueProblem.shown(header.names[column]), row.cells[column])
      let lines = found.prefix(5).map { String($0.line) }.joined(separator: ", ")
      let (says, more) = (ValueProblem.shown(cell.text), found.count > 5)
      let count = found.count == 1 ? "1 row" : "\(found.count) rows"
      return Diagnostic(
        .warning, code: "stays-and-ended",
        Text(
          "`\(name)` says `\(says)` in \(count) that state a last day in the past (\(lines)\(more ? ", …" : "")): "
            + "the last day counts",
          zh: "`\(name)` 列写着 `\(says)`，而离职日期已过，共 \(found.count) 行（第 \(lines) 行\(more ? "等" : "")），按离职日期处理"),
        hint: Text(
          "check which of the two is right; who works on has no last day", zh: "请核对以哪一项为准；仍在职的，离职日期请留空"),
        at: SourceRange(source: source.file, start: cell.start, end: cell.end))
    }
    return nil
  }

  private func told(
    _ free: [Int], _ rows: [BulkRow], _ header: BulkHeader, _ ends: LastDays, _ isPayments: Bool,
    _ source: any CellSource
  ) -> [Diagnostic] {
    free.compactMap { column -> Diagnostic? in
      let remark = GoneRemark(header.names[column], of: isPayments)
      var found: [BulkRow.Cell] = []
      var isBesideEnds = false
      for row in rows where row.cells.indices.contains(column) {
        let cell = row.cells[column]
        guard remark.isOne(cell.text), !(header.plans[column].use != .skip && PaidStatus.isOwn(cell.text)) else {
          continue
        }
        // Who has left is told by the last day, where the row states one.
        if remark.isOfLeaving(cell.text) {
          if ends.isStated(row) { continue }
          isBesideEnds = isBesideEnds || ends.hasColumn
        }
        found.append(cell)
      }
      return found.isEmpty ? nil : told(found, header.names[column], isPayments, isBesideEnds, source)
    }
  }

  private func told(
    _ found: [BulkRow.Cell], _ heading: String, _ isPayments: Bool, _ isBesideEnds: Bool, _ source: any CellSource
  ) -> Diagnostic {
    var words: [String] = []
    for cell in found where !words.contains(cell.text) && words.count < 4 { words.append(cell.text) }
    let said = words.prefix(3).map { ValueProblem.shown($0) }, more = words.count > 3
    let en = said.map { "`\($0)`" }.joined(separator: ", ") + (more ? ", …" : "")
    let zh = said.map { "“\($0)”" }.joined(separator: "、") + (more ? "等" : "")
    let name = ValueProblem.shown(heading)
    let quoted = HeadingNotes.quoted(heading)
    let lines = found.prefix(5).map { String($0.start.line) }.joined(separator: ", ")
    let further = found.count > 5
    let without =
      isBesideEnds
      ? Text(
        " that \(found.count == 1 ? "states" : "state") no last day (\(lines)\(further ? ", …" : ""))",
        zh: "而没有写离职日期（第 \(lines) 行\(further ? "等" : "")）") : Text("", zh: "")
    return Diagnostic(
      .warning, code: "column-unread",
      Text(
        "`\(name)` is not read and says \(en) in \(found.count) \(found.count == 1 ? "row" : "rows")\(without.en), "
          + "which are taken like all others",
        zh: "`\(name)` 列未读入，其中有 \(found.count) 行写着\(zh)\(without.zh)，这些行照样读入"),
      hint: isPayments
        ? Text(
          "leave out the rows of what was not paid or came back; if it means nothing: `columns \(quoted) = none`",
          zh: "未发放或已退回的行请去掉；如无关系，请加上“各列 \(quoted) = 不读”")
        : isBesideEnds
          ? Text(
            "state the last day in these rows, or leave them out; if it means nothing: `columns \(quoted) = none`",
            zh: "请在这些行补写离职日期，或不含这些行另存；如无关系，请加上“各列 \(quoted) = 不读”")
          : Text(
            "give the last day in a column of its own, or leave these rows out; if it means nothing: "
              + "`columns \(quoted) = none`",
            zh: "请另列写明离职日期，或不含这些行另存；如无关系，请加上“各列 \(quoted) = 不读”"),
      at: SourceRange(source: source.file, start: found[0].start, end: found[0].end))
  }
}

/// Which rows state a last day, asked of the row and not of its heading.
struct LastDays {
  private let columns: [Int]
  /// Whether the column states both days in each cell.
  private let isSpan: Bool
  private let field: Field?
  private let plan: BulkColumnPlan?
  private let reader: ValueReader
  /// Whether there is a column for it.
  let hasColumn: Bool
  /// Whether the list knows last days at all.
  private let isKnown: Bool

  init(_ header: BulkHeader, _ schema: ListSchema, _ reader: ValueReader) {
    self.reader = reader
    let end = schema.declaration.ends.flatMap { schema.named($0) }
    isKnown = end != nil
    let column = end.flatMap { end in header.columns.first { $0.field == end }?.column }
    hasColumn = column != nil
    isSpan = column.map { $0 >= header.width } ?? false
    field = end.map { schema.fields[$0] }
    plan = column.map { header.plans[$0] }
    columns = column.map { $0 < header.width ? [$0] : header.standIns[$0 - header.width].columns } ?? []
  }

  /// Whether a row says when it ends; what cannot be read is told elsewhere.
  func isStated(_ row: BulkRow) -> Bool {
    guard isKnown else { return true }
    guard let field, let plan, hasColumn else { return false }
    // A stand-in without columns of its own speaks for all rows.
    if columns.isEmpty { return true }
    let cells = columns.filter { row.cells.indices.contains($0) }.map { row.cells[$0].text }
    if isSpan, columns.count == 1, let only = cells.first { return SpanText.days(only) != nil }
    guard columns.count == 1, let only = cells.first, plan.use == .day else {
      return cells.contains { !CellText.closed($0).isEmpty }
    }
    do {
      guard case .number(let day)? = try reader.reading(only, field, plan.context).value else { return false }
      return !OpenEnds.days.contains(Int32(truncatingIfNeeded: day))
    } catch { return !CellText.closed(only).isEmpty }
  }

  /// The last day of a row, where a column of its own states it.
  func day(_ row: BulkRow) -> Int32? {
    guard let plan, !isSpan, columns.count == 1 else { return nil }
    return day(of: columns[0], plan, row).flatMap { OpenEnds.days.contains($0) ? nil : $0 }
  }

  /// The day that a cell states; nil where it states none.
  func day(of column: Int, _ plan: BulkColumnPlan, _ row: BulkRow) -> Int32? {
    guard plan.use == .day, let field = plan.field, row.cells.indices.contains(column) else { return nil }
    do {
      guard case .number(let day)? = try reader.reading(row.cells[column].text, field, plan.context).value else {
        return nil
      }
      return Int32(exactly: day)
    } catch { return nil }
  }
}

/// Tells remarks after which a row does not hold.
struct GoneRemark {
  /// Whether the column asks whether a row still holds: 是否离职, 作废标志.
  private let isQuestion: Bool
  /// Whether it asks the contrary: 是否在职, 是否通过.
  private let isContrary: Bool
  private let heading: String
  private let isPayments: Bool

  /// - Parameter isPayments: whether the rows are payments, which hold whatever became of the people later.
  init(_ heading: String, of isPayments: Bool) {
    let bare = Headings.bare(heading).name
    self.heading = bare
    self.isPayments = isPayments
    let words = GoneRemark.within + (isPayments ? GoneRemark.failing : GoneRemark.leaving)
    let isAsked = bare.hasPrefix("是否") || ["标志", "标识", "标记"].contains(where: bare.hasSuffix) || words.contains(bare)
    isQuestion = isAsked && words.contains { GoneRemark.says($0, in: bare) }
    let holding = GoneRemark.holding + (isPayments ? GoneRemark.paid : GoneRemark.working)
    let state = GoneWords.state(bare)
    isContrary = holding.contains(state) && (bare.hasPrefix("是否") || !isPayments)
  }

  /// Whether a cell says so.
  func isOne(_ text: String) -> Bool {
    let word = CellText.closed(text)
    guard !word.isEmpty, word.count <= GoneRemark.longest else { return false }
    if isQuestion, GoneRemark.marks.contains(word.lowercased()) { return true }
    if isContrary, GoneRemark.denials.contains(word.lowercased()) { return true }
    if GoneRemark.whole.contains(word) || GoneRemark.within.contains(where: { GoneRemark.says($0, in: word) })
      || GoneEnglish.isVoid(text)
    {
      return true
    }
    return isPayments
      ? GoneRemark.unpaid.contains(word) || GoneRemark.failing.contains { GoneRemark.says($0, in: word) }
        || GoneEnglish.isUnpaid(text)
      : GoneRemark.isLeaving(text) || GoneWords.refused.contains(word) || saysOutOfWork(word)
  }

  /// Whether a column of states says that somebody has no work: 就业状态 = 失业, and not 入职前状态.
  private func saysOutOfWork(_ word: String) -> Bool {
    GoneWords.outOfWork.contains(word) && GoneWords.isOfNow(heading)
  }

  /// Whether it is about leaving work, which the last day says as well.
  func isOfLeaving(_ text: String) -> Bool {
    if isPayments { return false }
    let word = CellText.closed(text)
    if isContrary, GoneRemark.denials.contains(word.lowercased()) {
      return GoneRemark.working.contains { heading.contains($0) } || heading.contains("在")
    }
    if GoneRemark.marks.contains(word.lowercased()) { return GoneRemark.leaving.contains { heading.contains($0) } }
    return GoneRemark.isLeaving(text) && !GoneRemark.within.contains { word.contains($0) } || saysOutOfWork(word)
  }

  /// Whether a cell says that somebody is at work.
  func isOfStaying(_ text: String) -> Bool {
    let word = CellText.closed(text)
    if isContrary, GoneRemark.marks.contains(word.lowercased()) {
      return ["在职", "在岗", "在册", "在厂", "在编", "在场"].contains(where: heading.hasSuffix)
    }
    return ["在职", "仍在职", "在岗", "仍在岗", "在职在岗", "在册", "在厂", "在场"].contains(word)
  }

  private static func isLeaving(_ text: String) -> Bool {
    let word = CellText.closed(text)
    // 退休返聘 works on.
    if ["返聘", "返岗", "复职", "复工", "续聘"].contains(where: word.contains) { return false }
    if left.contains(word) || leaving.contains(where: { says($0, in: word) }) || GoneEnglish.isLeaving(text)
      || GoneWords.goesElsewhere(word)
    {
      return true
    }
    return stays.contains { state in
      guard let found = word.firstRange(of: state) else { return false }
      return ["不", "未", "非", "无", "没", "不再", "没有", "已不", "没在", "不是"].contains(
        where: word[..<found.lowerBound].hasSuffix)
    }
  }

  /// Longer texts are no remarks on whether a row holds.
  private static let longest = 40
  private static let marks: Set<String> = ["是", "√", "✓", "✔", "1", "y", "yes", "true", "对", "有"]
  private static let denials: Set<String> = [
    "否", "×", "✗", "✘", "✕", "✖", "❌", "╳", "☐", "□", "0", "n", "no", "false", "不", "不是", "非", "无", "没有",
  ]
  private static let holding = ["符合", "符合条件", "符合要求", "有效", "通过", "审核通过", "已通过"]
  private static let working = [
    "在职", "仍在职", "在岗", "仍在岗", "录用", "已录用", "入职", "已入职", "到岗", "已到岗", "报到", "已报到", "在册", "在厂", "在编", "在场", "在保", "正常参保",
    "正常缴费",
  ]
  private static let paid = [
    "发放", "已发放", "发放成功", "支付", "已支付", "支付成功", "到账", "已到账", "成功", "交易成功", "入账", "已入账", "入账成功", "转账成功", "代发成功",
  ]

  /// What says that somebody works no more, wherever it stands, unless it is denied.
  private static let leaving = [
    "离职", "辞职", "离岗", "离厂", "离店", "离司", "离场", "离队", "辞工", "自离", "已走", "走了", "月走", "日走", "号走", "退工", "辞退", "解聘", "解雇",
    "开除", "除名",
    "劝退", "裁员", "裁减", "退场", "停缴", "断缴", "断保", "缴费中断", "参保中断", "中断缴费", "中断参保", "中断就业", "暂停缴费", "停止缴费", "终止缴费", "暂停参保",
    "停止参保", "终止参保", "参保终止", "参保停止", "参保暂停", "缴费终止", "缴费停止", "缴费暂停", "社保终止", "社保停止", "就业终止", "用工终止", "派遣终止", "用工结束",
    "派遣结束",
    "未续签", "不续签", "未再续签", "未续聘", "不再续聘", "未续约", "不再续约", "没有续签", "没续签", "返乡离", "已返乡", "已回乡", "已回老家",
    "停保", "退保", "减员", "封存", "退休", "内退", "病退", "死亡", "去世", "病故", "身故", "亡故", "解除合同", "解除劳动", "终止合同", "终止劳动", "合同终止",
    "合同解除", "合同已终止",
    "合同已解除", "解除聘", "终止聘", "已调出", "已转出", "社保转出", "保险转出", "关系转出", "转出社保", "转出保险", "已离开", "已退出",
  ]

  /// What says so alone in a cell, and within other words may say anything.
  private static let left: Set<String> = [
    "减少", "终止", "已终止", "解除", "已解除", "中断", "已中断", "暂停", "已暂停", "停薪留职", "调出", "转出", "调离", "调走", "离开", "退出", "退", "已退",
    "离", "辞", "下岗", "返乡", "回乡", "回老家", "返回原籍", "不干了", "不做了",
    "待岗", "期满", "合同期满", "合同到期", "到期终止", "期满终止", "期满离",
  ]

  /// States that say the contrary where they are denied: 不在岗, 非在职, 已不在册.
  private static let stays = ["在职", "在岗", "在册", "在厂", "在场", "在编", "在保", "上班", "在本单位", "在公司"]

  /// What alone in a cell says that a row does not hold, and within other words may say anything.
  private static let whole: Set<String> = [
    "放弃", "取消", "已取消", "已退", "退", "重复", "重复发放", "错误", "删除", "失败", "冻结", "未发", "停发", "已停发", "不发", "暂缓", "终止",
  ]

  /// What says so wherever it stands, unless it is denied.
  private static let within = [
    "作废", "注销", "撤销", "冲销", "红冲", "冲正", "退回", "退汇", "退票", "退款", "追回", "收回", "已删除", "应删除", "已取消", "无效", "不符合", "不合格",
    "未入职", "未录用", "未到岗", "未报到", "未发放", "未支付", "未到账", "发放失败", "支付失败", "打款失败", "不通过", "未通过", "停止发放", "暂停发放", "不予发放",
    "不予享受", "不予补贴", "不予奖补", "不予奖励", "不予认定", "不予通过", "不予受理", "不予核准", "不予批准", "不予审批", "不予支持", "不予核定", "审核不过", "审批不过",
    "未获批准", "未获通过", "未予批准", "未予通过", "不得享受", "取消资格", "取消享受",
    "账号错误", "账户错误", "卡号错误",
  ]

  /// The same of payments, as banks and offices word that one was not made or came back.
  private static let failing = [
    "失败", "不成功", "未成功", "没成功", "没有成功", "未能成功", "不符", "有误", "错误", "异常", "止付", "销户", "挂失", "冻结", "拒付", "拒绝", "拒收", "驳回",
    "打回", "退件", "退单",
    "退账", "退帐", "退转", "被退", "未入账", "未入帐", "未到帐", "未发", "未付", "未拨", "未划", "未打款", "未转账", "未兑付", "未领取", "未汇", "无此账号",
    "无此户", "账号不存在",
    "账户不存在", "户名不存在", "不存在", "待发放", "待支付", "待拨付", "待付", "停发", "停付", "缓发", "缓付", "暂缓", "不予支付", "不予拨付", "无法入账", "无法支付",
    "不能入账", "长期不动户",
    "睡眠户", "久悬", "超时", "关闭", "失效",
  ]

  /// The same alone in a cell.
  private static let unpaid: Set<String> = [
    "停保", "退保", "已退保", "死亡", "已死亡", "去世", "已去世", "中止", "中断", "未完成", "不发", "未发", "停发",
  ]

  /// Whether a text holds a word that nothing before it denies: 未退回, 无作废, 不予追回.
  private static func says(_ word: String, in text: String) -> Bool {
    var rest = text[...]
    while let found = rest.firstRange(of: word) {
      let before = text[..<found.lowerBound]
      if !["未", "无", "没有", "没", "不", "不予", "无需", "不需", "非", "未被", "免", "从未", "并未", "尚未"].contains(
        where: before.hasSuffix)
      {
        return true
      }
      rest = rest[found.upperBound...]
    }
    return false
  }
}

/// The same in English, word by word.
private enum GoneEnglish {
  private static let leaving: Set<String> = [
    "resigned", "resignation", "quit", "terminated", "dismissed", "fired", "retired", "departed", "exited",
    "offboarded", "redundant", "deceased", "dead", "inactive", "suspended",
  ]
  private static let beside: Set<String> = ["has", "already", "company", "firm", "job", "work", "employer", "on", "in"]
  private static let void: Set<String> = [
    "void", "voided", "cancelled", "canceled", "deleted", "withdrawn", "invalid", "rejected",
  ]
  private static let unpaid: Set<String> = [
    "failed", "failure", "unsuccessful", "returned", "bounced", "reversed", "refunded", "declined", "unpaid", "refused",
    "frozen", "blocked", "rejected", "uncredited",
  ]
  private static let denials: Set<String> = ["not", "never", "no", "without", "non"]

  static func isLeaving(_ text: String) -> Bool {
    // Of hands and of days left nobody is gone.
    let words = words(text)
    if words == ["left"] || words.contains("left") && !beside.isDisjoint(with: words) { return true }
    return says(leaving, text) || denied(["employed", "working", "active", "insured"], text)
  }

  static func isVoid(_ text: String) -> Bool { says(void, text) }

  static func isUnpaid(_ text: String) -> Bool {
    says(unpaid, text) || denied(["paid", "credited", "successful", "completed", "received"], text)
  }

  private static func words(_ text: String) -> [String] {
    guard text.utf8.contains(where: { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }) else { return [] }
    return text.lowercased().split { !($0.isASCII && $0.isLetter) }.map(String.init)
  }

  private static func says(_ known: Set<String>, _ text: String) -> Bool {
    let words = words(text)
    return words.indices.contains { i in known.contains(words[i]) && (i == 0 || !denials.contains(words[i - 1])) }
  }

  private static func denied(_ known: Set<String>, _ text: String) -> Bool {
    let words = words(text)
    return words.indices.contains { i in
      guard known.contains(words[i]), i > 0 else { return false }
      return ["not", "never", "non"].contains(words[i - 1]) || i > 1 && words[i - 2] == "no" && words[i - 1] == "longer"
    }
  }
}
